"""The table at the end of a run: what was found, in counts."""

from __future__ import annotations

from collections import Counter

from rich.console import Console
from rich.table import Table

from argmine.records import Document, Failure


class Tally:
    """Counts over documents; the documents themselves are not kept."""

    def __init__(self) -> None:
        """Begin at zero."""
        self._counts: dict[str, Counter[str]] = {}

    def add(self, item: Document | Failure) -> None:
        """Count one document, or one failure."""
        if isinstance(item, Failure):
            self._count("documents", "set aside")
            return
        self._count("documents", item.lang or "no text")
        for part in item.segments:
            self._count("segments", part.lang)
            if part.role:
                self._count("role", part.role.label)
            for target, prediction in (part.stance or {}).items():
                self._count(f"stance {target}", prediction.label)
            if part.holder:
                self._count("holder", part.holder.label)
            for task, prediction in (part.labels or {}).items():
                self._count(task, prediction.label)
        for figure in item.figures:
            self._count("figures", figure.type)

    def show(self) -> None:
        """Print the counts to standard error, so that output can be piped."""
        table = Table("", "all", "of which", title="argmine", title_justify="left")
        for name, counts in self._counts.items():
            shares = ", ".join(f"{label} {n:,}" for label, n in counts.most_common())
            table.add_row(name, f"{counts.total():,}", shares)
        Console(stderr=True).print(table)

    def _count(self, name: str, label: str) -> None:
        self._counts.setdefault(name, Counter())[label] += 1
