"""What figures in words are made of: their tokens, and the numerals within them.

All text here is folded (``normalise.fold``).
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from argmine.figures import numerals
from argmine.figures.numerals import chinese
from argmine.figures.token import Token

if TYPE_CHECKING:
    from argmine.figures.tables import Unit
    from argmine.records import FigureType, Qualifier


def token(  # noqa: PLR0913 - the fields of a token
    span: tuple[int, int],
    type_: FigureType,
    value: float | None = None,
    *,
    unit: Unit | None = None,
    bounds: tuple[float, float] | None = None,
    bound: Qualifier | None = None,
) -> Token:
    """Return a figure whose span is its core, with ``bounds`` as low and high."""
    start, end = span
    low, high = bounds or (None, None)
    return Token(start, end, start, end, type_, value, low, high, unit, bound=bound)


def numeral(text: str, place: int) -> numerals.Numeral | None:
    """Read a numeral, perhaps negative, perhaps in thousands: 百分之3.2k."""
    negative = text[place : place + 1] == "负"
    found = numerals.at(text, place + negative)
    if found is None or found.value is None:
        return found
    value, end = found.value, found.end
    thousand = re.compile(r"\s?[kK](?![A-Za-z0-9])").match(text, end)
    if thousand:
        value, end = numerals.times(value, 1e3), thousand.end()
    return numerals.Numeral(place, end, found.script, -value if negative else value)


def number(written: str) -> float | None:
    """Return the value of a number in digits or Chinese characters, None if it is none."""
    plain = re.sub(r"[\s,]", "", written)
    try:
        return float(plain)
    except ValueError:
        return chinese.value_of(plain)


def exact(value: float) -> float:
    """Return a value without the dust of binary fractions."""
    return float(f"{value:.12g}")
