"""Join two numbers: a range ($2-3bn, 三到五年) or a sum in two coins (五元三毛)."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from argmine.figures import numerals
from argmine.figures.numerals import ARABIC

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from argmine.figures.token import Token

_AND = re.compile(r"\s?(?:and\s|又)?")
_RANGE = re.compile(r"\s?(?:-|~|至|到|\sto\s|\sand\s|\sor\s)\s?|\sto\s|\sand\s|\sor\s")


def joined(text: str, tokens: Sequence[Token]) -> Iterator[Token]:
    """Join what belongs together into one figure."""
    held: Token | None = None
    for token in tokens:
        if held is None:
            held = token
            continue
        joined = _sum(text, held, token) or _range(text, held, token)
        if joined is not None:
            held = joined
            continue
        yield held
        held = token
    if held is not None:
        yield held


def _sum(text: str, first: Token, second: Token) -> Token | None:
    """Join an amount in two coins: 五元三毛, 3 dollars and 50 cents."""
    whole, part = first.unit, second.unit
    if (
        whole is None
        or part is None
        or not (whole.code == part.code and part.factor < whole.factor)
    ):
        return None
    if (
        first.value is None
        or second.value is None
        or not _AND.fullmatch(text[first.end : second.start])
    ):
        return None
    value = numerals.times(first.value + second.value, 1.0)
    return replace(second, start=first.start, core_start=first.core_start, value=value, unit=whole)


def _range(text: str, first: Token, second: Token) -> Token | None:
    between = text[first.end : second.start]
    if (
        len(between) > 6
        or not _RANGE.fullmatch(between)
        or first.value is None
        or second.value is None
    ):
        return None
    left = text[max(0, first.start - 9) : first.start].lower()
    word = between.strip()
    if word in ("and", "or") and not (
        left.endswith("between ") or (word == "or" and first.unit is None)
    ):
        return None
    if left.endswith("from ") and first.unit is not None and word == "to":
        return None
    if (
        first.unit is not None
        and first.unit != second.unit
        and not (second.unit is None and first.unit.currency)
    ):
        return None
    low, high = first.value, second.value
    unit = second.unit or first.unit
    bare = _unscaled(text, second)
    if second.scaled and not first.scaled and low < high and bare:
        ratio = high / bare
        if low * ratio < high:
            low = numerals.times(low, ratio)
    elif first.unit is None and unit is not None and unit.factor != 1:
        low = numerals.times(low, unit.factor)
    if low < 0 and high > 0 and "-" in between:
        return None
    if not low < high:
        return None
    return replace(
        second,
        start=first.start,
        core_start=first.core_start,
        value=None,
        low=low,
        high=high,
        unit=unit,
        type=unit.type if unit else second.type,
        per=second.per or first.per,
        more=first.more or second.more,
    )


def _unscaled(text: str, token: Token) -> float:
    """Return the bare number of a scaled token: 3 of "3bn", 5 of "5万"."""
    found = re.match(ARABIC, text[token.core_start : token.core_end])
    return numerals.parse_arabic(found[0]) if found else 1.0
