"""A progress bar on a terminal; nothing elsewhere."""

from __future__ import annotations

import sys
import time
from contextlib import contextmanager
from typing import TYPE_CHECKING

from rich.console import Console
from rich.progress import (
    BarColumn,
    MofNCompleteColumn,
    Progress,
    TextColumn,
    TimeElapsedColumn,
    TimeRemainingColumn,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from rich.progress import ProgressColumn, TaskID

    from argmine.training.loop import Progress as Step


def is_watched() -> bool:
    """Say whether standard error is a terminal."""
    return sys.stderr is not None and sys.stderr.isatty()


@contextmanager
def steps() -> Iterator[Callable[[Step], None]]:
    """Give what shows the steps of a training: a bar, or a line now and then."""
    if not is_watched():
        yield _printer()
        return
    columns = (
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TimeRemainingColumn(),
    )
    with Progress(*columns, console=Console(stderr=True)) as progress:
        bars: dict[int, TaskID] = {}

        def report(step: Step) -> None:
            if step.run not in bars:
                bars[step.run] = progress.add_task("", total=step.steps, completed=step.step - 1)
            told = f"run {step.run} loss {step.loss:.3f}"
            progress.update(bars[step.run], completed=step.step, description=told)

        yield report


def _printer() -> Callable[[Step], None]:
    begun: dict[int, tuple[float, int]] = {}

    def report(step: Step) -> None:
        started, first = begun.setdefault(step.run, (time.monotonic(), step.step))
        if step.step % 50 and step.step != step.steps:
            return
        left = (time.monotonic() - started) / max(1, step.step - first) * (step.steps - step.step)
        told = f"run {step.run} step {step.step}/{step.steps} loss {step.loss:.3f}"
        print(f"{told} {left / 60:.0f} min left", file=sys.stderr, flush=True)  # noqa: T201

    return report


@contextmanager
def documents(total: int | None, done: int) -> Iterator[Callable[[int], None]]:
    """Give what is told of documents as they are done: a bar with rate and time, or nothing.

    ``done`` documents were annotated before.
    """
    if not is_watched():
        yield lambda _: None
        return
    left: ProgressColumn = TimeRemainingColumn() if total else TimeElapsedColumn()
    columns = (
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TextColumn("{task.fields[rate]}"),
        left,
    )
    with Progress(*columns, console=Console(stderr=True)) as progress:
        task = progress.add_task("documents", total=total, rate="", completed=done)
        begun, annotated = time.monotonic(), 0

        def advance(items: int) -> None:
            nonlocal annotated
            annotated += items
            rate = 60 * annotated / max(1e-3, time.monotonic() - begun)
            progress.update(task, advance=items, rate=f"{rate:,.0f}/min")

        yield advance
