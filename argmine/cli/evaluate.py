"""``argmine evaluate``: how well a model agrees with labelled sentences."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from argmine.errors import UsageError


def evaluate(
    gold: Annotated[
        Path,
        typer.Argument(help="JSONL with text, prev, next, lang, role, stance, holder."),
    ],
    model: Annotated[
        str, typer.Option(help="Name of a shipped model, or a model folder.")
    ] = "us-china",
    json: Annotated[bool, typer.Option("--json", help="Print JSON, not a table.")] = False,
) -> None:
    """Score a model on labelled sentences: macro-F1, accuracy, calibration error."""
    import msgspec  # noqa: PLC0415

    try:
        from argmine.evaluation import run  # noqa: PLC0415
    except ImportError as error:
        msg = f'evaluation needs the package {error.name!r}: pip install "argmine[evaluate]"'
        raise UsageError(msg) from None
    from argmine.model import folder  # noqa: PLC0415
    from argmine.model.classifier import Classifier  # noqa: PLC0415

    rows = run.read_gold(gold)
    classifier = Classifier(folder.find(model))
    measures = run.table(run.answers(classifier, rows))
    if json:
        typer.echo(msgspec.json.format(msgspec.json.encode(measures), indent=1).decode())
        return
    typer.echo(f"{'':24}{'rows':>6}{'macro-F1':>10}{'accuracy':>10}{'ECE':>8}")
    for lang, tasks in measures.items():
        for task, row in tasks.items():
            typer.echo(
                f"{lang + ' ' + task:24}{row['rows']:>6}{row['macro_f1']:>10.3f}"
                f"{row['accuracy']:>10.3f}{row['ece']:>8.3f}"
            )
