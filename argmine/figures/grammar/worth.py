"""Which numbers are figures: a bare small numeral is a word.

All text here is folded.
"""

from __future__ import annotations

import math
import re
from typing import TYPE_CHECKING

from argmine.figures.grammar.units import CASUALTIES
from argmine.figures.numerals.cardinal import DOZEN, SCALES
from argmine.figures.numerals.chinese import DIGITS
from argmine.figures.token import stands_alone

if TYPE_CHECKING:
    from collections.abc import Iterator

    from argmine.figures.token import Token

# The number is five: what it says is the numeral itself, be it ever so small.
_SAID = re.compile(
    "(?:(?<=是)|(?<=等于)|(?<=写作))(?!一，)(?=[一二三四五六七八九十]{1,2}(?:[，。,.!?;、]|却|而是|这|\\Z))"
)

# 跌破百元大关: a level that has a name.
_LEVEL = re.compile("[美日欧港]?元(?:整数)?大?关")


def worth(text: str, tokens: Iterator[Token]) -> Iterator[Token]:
    """Yield the tokens that are figures: a bare small numeral is a word.

    Where the whole text is one number it is one, however small.
    """
    for token in tokens:
        end = token.end + len(token.counter or "")
        ends = (v for v in (token.value, token.low, token.high) if v is not None)
        if not all(map(math.isfinite, ends)):
            continue  # no number of JSON
        alone = stands_alone(text, token.start, end, " .。!?")
        if alone or _worth(text, token) or _SAID.match(text, token.start):
            yield token


def _worth(text: str, token: Token) -> bool:
    written = text[token.core_start : token.core_end]
    if token.type in ("ordinal", "fraction") or token.bound is not None:
        return True
    if written in ("十", "百", "千", "万", "亿", "兆"):
        counted = token.unit is not None or token.counter is not None
        said = text[max(0, token.start - 1) : token.start] in tuple("近逾过超约达上")
        said = said or _LEVEL.match(text, token.core_end) is not None
        return counted and (written == "十" or said)
    if written.lower() in SCALES:
        return False  # "million" alone counts nothing
    if token.unit is not None:
        return written != "一" or token.unit.type != "money" or token.unit.code != "CNY"
    if (
        written.lower() in ("one", "a", "half", "a half", "a quarter", "quarter")
        and not token.fraction
    ):
        return False
    if written in ("一", "零") and token.scale == 1.0 and token.counter not in CASUALTIES:
        return False
    if token.plain or (written[0].isascii() and written[0].isalpha()):
        return True
    if token.counter is not None:
        return any(c not in "十百千万亿兆上" for c in written) or len(written) < 3
    if token.vague:
        return len(written) > 1
    return _speaks(text, token, written)


def _speaks(text: str, token: Token, written: str) -> bool:
    """Say whether a bare Chinese numeral is more than a syllable of a word."""
    if any(c in "百千万亿兆点" or c.isdigit() for c in written) and any(
        c in DIGITS or c.isdigit() for c in written
    ):
        return True
    if (token.value is not None and token.value < 0) or token.scale % DOZEN == 0:
        return True
    if len(written) > 1 and text[max(0, token.start - 1) : token.start] in tuple("近逾超达破"):
        return True
    beside = (text[max(0, token.start - 1) : token.start], text[token.end : token.end + 1])
    return len(written) > 1 and not any("\u4e00" <= c <= "\u9fff" for c in beside if c)
