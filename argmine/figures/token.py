"""A number as the grammar sees it, and the text it must keep off."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Sequence

    from argmine.figures.tables import Unit
    from argmine.records import FigureType, Qualifier


_MARGIN = 16
# How a figure ends, where "more than" behind it compares: 5% more than a year earlier.
FIGURE_END = r"(?:%|\d|\b(?:per\s?cent|points?|(?:m|b|tr)illion|thousand|cents?|dollars?|yuan|euros?|yen|pounds?|barrels?|tons?|tonnes?|b/d|bpd|people|jobs|units|votes))"


@dataclass(frozen=True, slots=True)
class Token:
    """A number with what stands by it; ``core`` is the bare number's place.

    ``value`` is the number as written; ``low`` and ``high`` are the ends of a range,
    one of them only where a bound leaves it open ("more than 40").
    """

    start: int
    end: int
    core_start: int
    core_end: int
    type: FigureType
    value: float | None = None
    low: float | None = None
    high: float | None = None
    unit: Unit | None = None
    counter: str | None = None
    per: str | None = None
    bound: Qualifier | None = None
    more: bool = False
    vague: bool = False
    scale: float = 1.0
    plain: bool = False
    fraction: bool = False


def stands_alone(text: str, start: int, end: int, marks: str = " ") -> bool:
    """Say whether nothing but blanks and marks stands around a stretch.

    Looks no further than a few characters, so that many numbers cost no copies of the
    text: what has more before or behind it stands in a sentence.
    """
    before, after = text[max(0, start - _MARGIN) : start], text[end : end + _MARGIN]
    whole = start <= _MARGIN and len(text) - end <= _MARGIN
    return whole and not before.strip(marks) and not after.strip(marks)


class Floor(NamedTuple):
    """Where the figure or moment before a figure ends.

    ``moment`` is where it begins if it is a moment, and ``before`` where the one before it ends.
    """

    end: int
    moment: int | None
    before: int


class Taken:
    """Stretches of text already spoken for."""

    def __init__(self, spans: Sequence[tuple[int, int]]) -> None:
        """Take sorted or unsorted spans."""
        self._spans = sorted(spans)
        self._starts = [start for start, _end in self._spans]

    def overlaps(self, start: int, end: int) -> bool:
        """Say whether any part of the stretch is taken."""
        place = bisect_right(self._starts, start)
        if place and self._spans[place - 1][1] > start:
            return True
        return place < len(self._starts) and self._starts[place] < end

    def at(self, place: int) -> tuple[int, int] | None:
        """Return the span that a place stands in."""
        before = bisect_right(self._starts, place)
        return self._spans[before - 1] if before and self._spans[before - 1][1] > place else None

    def holds(self, start: int, end: int) -> bool:
        """Say whether one span has all of the stretch."""
        place = bisect_right(self._starts, start)
        return bool(place) and self._spans[place - 1][1] >= end


def tight(text: str, start: int) -> int:
    """Step over the space that some put between Chinese words and a number: 增长 12%."""
    spaced = start > 1 and text[start - 1] == " " and "\u4e00" <= text[start - 2] <= "\u9fff"
    return start - spaced
