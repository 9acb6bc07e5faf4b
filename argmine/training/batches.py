"""Which rows are read together, and in which order."""

from __future__ import annotations

import random
from dataclasses import replace
from typing import TYPE_CHECKING

import msgspec

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from argmine.model.inputs import Row, RowMaker
    from argmine.training.data import Example

_POOL = 32


def shuffled(rows: Sequence[Row], size: int, seed: str) -> list[list[Row]]:
    """Return batches of about ``size`` sentences, in rows alike in length, in random order."""
    generator = random.Random(seed)  # noqa: S311
    drawn = list(rows)
    generator.shuffle(drawn)
    batches: list[list[Row]] = []
    for start in range(0, len(drawn), size * _POOL):
        pool = sorted(drawn[start : start + size * _POOL], key=lambda row: len(row.ids))
        batches += _filled(pool, size)
    generator.shuffle(batches)
    return batches


def first_rows(maker: RowMaker, examples: Sequence[Example]) -> list[Row]:
    """Return the rows of all examples: training reads the first window of a long sentence."""
    rows: dict[tuple[int, ...], Row] = {}
    for row in maker.rows([example.sentence for example in examples]):
        rows.setdefault(row.owners, row)
    return list(rows.values())


def alone_rows(maker: RowMaker, examples: Sequence[Example]) -> dict[int, Row]:
    """Return the row that an example has to itself, by place, for those that share one."""
    single = [
        msgspec.structs.replace(e, sentence=replace(e.sentence, follows=False)) for e in examples
    ]
    shared = {o for row in first_rows(maker, examples) if len(row.owners) > 1 for o in row.owners}
    rows = {row.owners[0]: row for row in first_rows(maker, single)}
    return {owner: rows[owner] for owner in sorted(shared)}


def drawn_owners(rows: Sequence[Row], share: float, seed: str) -> list[int]:
    """Return the sentences of a share of the rows that hold several, drawn anew each time."""
    generator = random.Random(seed)  # noqa: S311
    several = [row for row in rows if len(row.owners) > 1]
    return [owner for row in several if generator.random() < share for owner in row.owners]


def masked(rows: Sequence[Row], share: float, maker: RowMaker, seed: str) -> list[Row]:
    """Return the rows with a share of their pieces, drawn anew each time, hidden by a mask.

    What is left out differs from epoch to epoch, so a row is harder to learn by heart
    (word dropout: Iyyer et al. 2015, Deep Unordered Composition).
    """
    generator = random.Random(seed)  # noqa: S311
    return [
        replace(
            row,
            ids=tuple(
                maker.mask if piece not in maker.marks and generator.random() < share else piece
                for piece in row.ids
            ),
        )
        for row in rows
    ]


def _filled(rows: Sequence[Row], sentences: int) -> Iterator[list[Row]]:
    """Yield the rows in batches that hold so many sentences, or would hold more."""
    batch: list[Row] = []
    held = 0
    for row in rows:
        if batch and held + len(row.owners) > sentences:
            yield batch
            batch, held = [], 0
        batch.append(row)
        held += len(row.owners)
    if batch:
        yield batch
