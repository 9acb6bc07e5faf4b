"""``argmine train``: from labelled sentences to a model folder."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from argmine.errors import UsageError

if TYPE_CHECKING:
    from argmine.training.config import TrainingConfig


def train(
    out: Annotated[Path, typer.Option("--out", "-o", help="Model folder to write.")],
    config: Annotated[
        Path | None, typer.Argument(help="Training configuration, a TOML file.")
    ] = None,
    settings: Annotated[
        list[str] | None,
        typer.Option(
            "--set",
            help="A setting, over the file's: method=lora, loop.epochs=3, data.train=rows.csv; "
            "may be repeated.",
        ),
    ] = None,
) -> None:
    """Train a model; started again with the same folder, it goes on where it was.

    Needs the extra argmine[train].
    """
    read = settings_of(config, settings or [])
    from argmine.cli.progress import steps  # noqa: PLC0415
    from argmine.training import run  # noqa: PLC0415 - after the extra was looked for

    with steps() as report:
        measures = run.train(read, out, report)
    for lang, tasks in measures.items():
        shown = ", ".join(f"{task} {score:.3f}" for task, score in tasks.items())
        typer.echo(f"macro-F1 on dev, {lang}: {shown}", err=True)
    typer.echo(f"model -> {out} (how many rows these scores stand on: {out}/README.md)", err=True)


def settings_of(path: Path | None, options: list[str]) -> TrainingConfig:
    """Return a training configuration: a file, and what ``--set`` lays over it.

    Raises:
        ConfigError: They do not make one.
        UsageError: The extra is not installed, or an option is not of the form key=value.
    """
    from argmine import config  # noqa: PLC0415

    try:
        from argmine.training import run  # noqa: F401, PLC0415 - whether all it needs is there
        from argmine.training.config import TrainingConfig  # noqa: PLC0415
    except ImportError as error:
        msg = f'training needs the package {error.name!r}: pip install "argmine[train]"'
        raise UsageError(msg) from None
    table = config.table(path) if path else {}
    for option in options:
        key, equals, value = option.partition("=")
        if not equals:
            msg = f"--set {option}: not of the form key=value, such as loop.epochs=3"
            raise UsageError(msg)
        _lay(table, _keys(key), _value(value))
    if path is None and "data" not in table:
        msg = "name a training configuration, or rows with --set data.train=rows.csv"
        raise UsageError(msg)
    return config.parse(table, TrainingConfig, where=str(path) if path else "--set")


def _keys(written: str) -> list[str]:
    """Return the parts of a key; ``tasks."stance.china".field`` has three."""
    try:
        nested: Any = tomllib.loads(f"{written} = 0")
    except tomllib.TOMLDecodeError:
        return written.split(".")
    parts = []
    while isinstance(nested, dict):
        [(part, nested)] = nested.items()
        parts.append(part)
    return parts


def _value(written: str) -> object:
    """Return a value as TOML has it; what is none is text."""
    try:
        return tomllib.loads(f"x = {written}")["x"]
    except tomllib.TOMLDecodeError:
        return written


def _lay(table: dict[str, Any], keys: list[str], value: object) -> None:
    for key in keys[:-1]:
        inner = table.setdefault(key, {})
        if not isinstance(inner, dict):
            msg = f"--set {'.'.join(keys)}: {key!r} has no settings of its own"
            raise UsageError(msg)
        table = inner
    # A list may be given as its one item.
    many = ".".join(keys[-2:]) in ("train", "dev", "data.train", "data.dev", "loop.seeds")
    table[keys[-1]] = [value] if many and not isinstance(value, list) else value
