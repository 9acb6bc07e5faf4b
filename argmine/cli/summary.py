"""The table at the end of a run: what was found, and what it took."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.console import Console
from rich.markup import escape
from rich.table import Table

if TYPE_CHECKING:
    from argmine.formats.state import State


def show(state: State) -> None:
    """Print to standard error, so that output can be piped."""
    table = Table("", "all", "of which", title="argmine", title_justify="left")
    for name, labels in state.counts.items():
        ordered = sorted(labels.items(), key=lambda pair: -pair[1])
        shares = ", ".join(f"{label} {n:,}" for label, n in ordered)
        table.add_row(escape(name), f"{sum(labels.values()):,}", escape(shares))
    spent = ", ".join(
        f"{name} {value:.1f} ({state.documents / value:,.1f} documents/s)"
        for name, value in state.seconds.items()
        if value > 0
    )
    table.add_row("seconds", f"{sum(state.seconds.values()):,.1f}", spent)
    Console(stderr=True).print(table)
