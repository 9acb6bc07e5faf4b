"""Hold out whole articles, so that no sentence of one is in both parts."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from argmine.training.data import Example


def split(
    examples: Sequence[Example], share: float, seed: int
) -> tuple[list[Example], list[Example]]:
    """Return two parts, the second with about ``share`` of the rows.

    A row without an article goes with the rows of the same text.  Which part an article is
    in depends on its name and the seed alone: more rows do not move the old ones.  Only of so
    few articles that none would be held out, the first one drawn is.
    """
    places = [_place(example, seed) for example in examples]
    least = min(places) if len(set(places)) > 1 else None
    parts: tuple[list[Example], list[Example]] = [], []
    for example, place in zip(examples, places, strict=True):
        parts[place < share or place == least].append(example)
    return parts


def _place(example: Example, seed: int) -> float:
    """Return a number from 0 to 1 that the article has drawn."""
    group = example.article or example.sentence.text
    digest = hashlib.sha256(f"{seed}/{group}".encode()).digest()
    return int.from_bytes(digest[:8]) / 2**64
