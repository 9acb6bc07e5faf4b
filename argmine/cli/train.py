"""``argmine train``: from labelled sentences to a model folder."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from argmine.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Callable

    from argmine.training.loop import Progress


def train(
    config: Annotated[Path, typer.Argument(help="Training configuration, a TOML file.")],
    out: Annotated[Path, typer.Option("--out", "-o", help="Model folder to write.")],
) -> None:
    """Train a model; started again with the same folder, it goes on where it was.

    Needs the extra argmine[train].
    """
    from argmine import config as configs  # noqa: PLC0415

    try:
        from argmine.training import run  # noqa: PLC0415
        from argmine.training.config import TrainingConfig  # noqa: PLC0415
    except ImportError as error:
        msg = f'training needs the package {error.name!r}: pip install "argmine[train]"'
        raise UsageError(msg) from None
    settings = configs.read(config, TrainingConfig)
    measures = run.train(settings, out, _printer())
    for lang, tasks in measures.items():
        shown = ", ".join(f"{task} {score:.3f}" for task, score in tasks.items())
        typer.echo(f"macro-F1 on dev, {lang}: {shown}", err=True)
    typer.echo(f"model -> {out}", err=True)


def _printer() -> Callable[[Progress], None]:
    """Return what prints a line now and then, with the time left."""
    import time  # noqa: PLC0415

    begun: list[tuple[float, int]] = []

    def report(progress: Progress) -> None:
        if not begun:
            begun.append((time.monotonic(), progress.step))
        if progress.step % 20 and progress.step != progress.steps:
            return
        started, first = begun[0]
        done = max(1, progress.step - first)
        left = (time.monotonic() - started) / done * (progress.steps - progress.step)
        typer.echo(
            f"run {progress.run} step {progress.step}/{progress.steps} "
            f"loss {progress.loss:.3f} {left / 60:.0f} min left",
            err=True,
        )

    return report
