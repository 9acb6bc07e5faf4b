"""The root command, and the one place where an error becomes an exit code."""

from __future__ import annotations

import io
import sys

import typer

from argmine.cli import annotate, data, evaluate, models, schema, train
from argmine.cli.once import OnceCommand
from argmine.errors import ArgmineError

app = typer.Typer(
    name="argmine",
    help="Bilingual argument mining: claims, evidence, stance and figures in news.",
    no_args_is_help=True,
    # Markup would swallow words in brackets such as argmine[train].
    rich_markup_mode=None,
    add_completion=False,
    pretty_exceptions_enable=False,
)
app.command("annotate", cls=OnceCommand)(annotate.annotate)
app.command("evaluate", cls=OnceCommand)(evaluate.evaluate)
app.command("compare", cls=OnceCommand)(evaluate.compare)
app.command("agreement", cls=OnceCommand)(evaluate.agreement)
app.command("train", cls=OnceCommand)(train.train)
app.command("schema", cls=OnceCommand)(schema.schema)
app.add_typer(data.app, name="data")
app.add_typer(models.app, name="models")


def main() -> None:
    """Run the command line."""
    for stream in (sys.stdout, sys.stderr):
        # A terminal that has no Chinese characters shows their numbers.
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")
    try:
        app()
    except ArgmineError as error:
        typer.echo(f"argmine: {error}", err=True)
        raise SystemExit(error.exit_code) from None
    except OSError as error:
        typer.echo(f"argmine: {error.filename or 'output'}: {error.strerror or error}", err=True)
        raise SystemExit(2) from None
