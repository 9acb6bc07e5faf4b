"""What stands before a number: the sign of a currency, a minus, a scale of degrees.

All text here is folded.
"""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from argmine.figures import numerals
from argmine.figures.tables import MIXED_SIGNS, TABLES

if TYPE_CHECKING:
    from argmine.figures.tables import Found
    from argmine.figures.token import Token

_NEGATIVE = re.compile(
    r"\s?(?P<sign>\A-\s{0,2}|(?<=\A\s)-\s{0,2}|(?<=[\s(（\u4e00-\u9fff,，:：])(?<![\d%)]\s)-|零下|负\s?|(?i:\b(?:minus|negative)\s))\Z"
)
_EITHER = re.compile(r"(?:(?i:\bplus\sor\sminus\s|\bplus/minus\s)|±|\+/-|正负)\s?\Z")
_POSITIVE = re.compile(r"正\Z")
_TEMPERATURE = re.compile(r"(?P<scale>摄氏|华氏)(?:温度)?\s?\Z")
_DOLLAR_TIE = re.compile(r"(?i:japan|tokyo|yen|boj)|日本|东京")


def signed(text: str, token: Token, previous: Token | None, *, chinese: bool) -> Token:
    """Read the sign before a number, if ``previous`` has not read it."""
    found = TABLES.before(text, token.start)
    read = previous.end if previous else 0
    if found is not None and found.end >= read and _is_sign(text, found):
        unit = found.unit
        if found.written == "¥" and not chinese and _yen(text, found.end, token.end):
            unit = TABLES.signs["jpy"]
        token = replace(token, start=found.end, unit=unit)
        if unit.factor != 1.0 and token.value is not None:
            token = replace(token, value=numerals.times(token.value, unit.factor))
    degrees = _TEMPERATURE.search(text, max(0, token.start - 6), token.start)
    if degrees:
        unit = TABLES.chinese["摄氏度" if degrees["scale"] == "摄氏" else "华氏度"]
        token = replace(token, start=degrees.start(), unit=unit)
    return _negative(text, token)


def _is_sign(text: str, found: Found) -> bool:
    """Tell "RM 42" and "dollar 22.5m" from words that happen to name a coin."""
    written = found.written
    if not written[0].isalpha() or not written[-1].isalpha() or not written.isascii():
        return True
    left = text[max(0, found.end - 1) : found.end]
    if left.isascii() and left.isalnum():
        return False
    return (
        written.isupper()
        or found.unit.code == "MYR"
        or written.lower() == "dollar"
        or written in MIXED_SIGNS
    )


def _yen(text: str, start: int, end: int) -> bool:
    window = text[max(0, start - 200) : start + 100]
    china = any(word in window for word in ("China", "Chinese", "yuan", "Beijing", "RMB"))
    return not china or bool(_DOLLAR_TIE.search(text, max(0, start - 200), end + 100))


def _negative(text: str, token: Token) -> Token:
    either = _EITHER.search(text, max(0, token.start - 15), token.start)
    if either and token.value is not None:
        return replace(token, start=either.start(), bound="plus_minus")
    negative = _NEGATIVE.search(text, max(0, token.start - 9), token.start)
    if negative and token.value is not None:
        start = negative.start("sign")
        core = min(start, token.core_start)
        return replace(token, start=start, core_start=core, value=-token.value)
    positive = _POSITIVE.search(text, max(0, token.start - 1), token.start)
    if positive and text[token.end : token.end + 1] == "%":
        return replace(token, start=positive.start())
    return token
