"""The root command, and the one place where an error becomes an exit code."""

from __future__ import annotations

import os
import sys

import typer

from argmine.cli import annotate, evaluate, models, schema, train
from argmine.errors import ArgmineError

app = typer.Typer(
    name="argmine",
    help="Bilingual argument mining: claims, evidence, stance and figures in news.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)
app.command("annotate")(annotate.annotate)
app.command("evaluate")(evaluate.evaluate)
app.command("train")(train.train)
app.command("schema")(schema.schema)
app.add_typer(models.app, name="models")


def main() -> None:
    """Run the command line."""
    try:
        app()
    except ArgmineError as error:
        typer.echo(f"argmine: {error}", err=True)
        raise SystemExit(error.exit_code) from None
    except BrokenPipeError:
        # The reader of our output went away ("| head"): nothing is wrong.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        raise SystemExit(0) from None
