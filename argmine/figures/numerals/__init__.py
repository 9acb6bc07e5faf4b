"""Find the numerals of a text: digits, English words, Chinese characters, mixed.

All text here is folded (``normalise.fold``).
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from argmine.figures.numerals import arabic, chinese, english
from argmine.figures.numerals.cardinal import DECADES, FIRSTS, PARTS, SCALES, UNITS
from argmine.figures.numerals.chinese import D

if TYPE_CHECKING:
    from collections.abc import Iterator

_LONGEST = 40
_COUNTING = (
    "double doubled doubling triple tripled tripling quadruple quadrupled quadrupling quintuple quintupled "
    "quintupling halve halved halving twice thrice ten dozen score few several couple second minute hour day "
    "week fortnight month year decade century"
).split()


@dataclass(frozen=True, slots=True)
class Numeral:
    """A number or a range as written, without unit.

    ``scale`` is what its last word multiplies by (1e6 in "2 million"): a number before
    it in a range may share it.
    """

    start: int
    end: int
    script: Literal["digits", "words", "chinese"]
    value: float | None = None
    low: float | None = None
    high: float | None = None
    more: bool = False
    vague: bool = False
    scale: float = 1.0
    fraction: bool = False
    ordinal: bool = False


_DIGIT, _WORD, _HAN = (
    re.compile(r"[\d½¼¾⅓⅔⅕⅖⅗⅘⅙⅛⅜⅝⅞]"),
    re.compile("[a-z]+"),
    re.compile("[\u4e00-\u9fff]"),
)
_HINT_ZH = re.compile(rf"[\d{D}十百千万亿兆廿卅几数半倍成番折双翻A-Za-z½¼¾⅓⅔⅕⅖⅗⅘⅙⅛⅜⅝⅞]")
# The words of numbers, and those by which an article counts: "a week ago".
_WORDS = frozenset(
    f"{word}{s}"
    for word in (*UNITS, *DECADES, *SCALES, *FIRSTS, *PARTS, *_COUNTING)
    for s in ("", "s")
)
_NUMERAL = re.compile(rf"(?P<zh>{chinese.RUN})|(?i:(?P<en>{english.RUN}))|(?P<ar>{arabic.DIGITS})")


def may_hold(text: str, *, in_chinese: bool) -> bool:
    """Tell fast that folded text holds no number, so that none need be sought."""
    if in_chinese:
        return _HINT_ZH.search(text) is not None
    if _DIGIT.search(text):
        return True
    lower = text.lower()
    return "fold" in lower or not _WORDS.isdisjoint(_WORD.findall(lower)) or bool(_HAN.search(text))


def scan(text: str) -> Iterator[Numeral]:
    """Yield the numerals of folded text from left to right, without overlap."""
    at = 0
    while (match := _NUMERAL.search(text, at)) is not None:
        found = _read(text, match)
        if found is None:
            at = match.end() if match["ar"] else match.start() + 1
            continue
        yield found
        at = found.end


def _read(text: str, match: re.Match[str]) -> Numeral | None:
    start, end = match.span()
    if match["ar"] is not None:
        return _digits(start, end, match[0])
    if match["en"] is not None:
        words = english.parse(text, start, end)
        if words is None:
            digits = re.compile(arabic.DIGITS).match(text, start)
            return _digits(start, digits.end(), digits[0]) if digits else None
        if words.digits:
            return _digits(start, words.end, text[start : words.end])
        return Numeral(
            start,
            words.end,
            "words",
            words.value,
            scale=words.scale,
            fraction=words.fraction,
            ordinal=words.ordinal,
        )
    if text[start] == "零" and text[start + 1 : start + 2] in ("下", "上"):
        return None  # 零下 is a sign
    if text[start] == "上" and text[start + 1 : start + 2] not in tuple("十百千万亿"):
        return None
    read = chinese.parse(text, start, end)
    if read is None:
        return None
    return Numeral(
        start,
        read.end,
        "chinese",
        read.value,
        read.low,
        read.high,
        read.more,
        read.vague,
        read.scale,
    )


def _digits(start: int, end: int, written: str) -> Numeral | None:
    if end - start > _LONGEST:
        return None
    value = arabic.parse(written)
    if value is None:
        return None
    return Numeral(start, end, "digits", value, fraction=arabic.is_fraction(written))


def at(text: str, place: int) -> Numeral | None:
    """Return the numeral that begins at a place, or None."""
    match = _NUMERAL.match(text, place)
    return _read(text, match) if match else None


def times(value: float, factor: float) -> float:
    """Multiply without the dust of binary fractions: 1.1 million is 1100000."""
    return float(f"{value * factor:.15g}")
