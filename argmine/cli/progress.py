"""A progress bar on a terminal; nothing elsewhere."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, TypeVar

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
    from collections.abc import Iterable, Iterator

    from rich.progress import ProgressColumn

ItemT = TypeVar("ItemT")


def is_watched() -> bool:
    """Say whether standard error is a terminal."""
    return sys.stderr is not None and sys.stderr.isatty()


def watched(items: Iterable[ItemT], unit: str, total: int | None = None) -> Iterator[ItemT]:
    """Yield the items, showing count, rate and time on standard error."""
    if not is_watched():
        yield from items
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
        task = progress.add_task(unit, total=total, rate="")
        for item in items:
            yield item
            speed = progress.tasks[0].speed
            progress.update(task, advance=1, rate=f"{60 * speed:,.0f}/min" if speed else "")
