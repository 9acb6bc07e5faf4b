"""Numerals of both languages: one pattern that finds them, one function for their value.

All text here is folded (``normalise.fold``).
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

ARABIC = r"(?:\d{1,3}(?:,\d{3}){1,9}(?!\d)(?:\.\d+)?|\d+(?:\.\d+)?)"
DIGITS = {c: i for i, c in enumerate("零一二三四五六七八九")} | {"两": 2}
SCALES = {"十": 10, "百": 100, "千": 1_000, "万": 10**4, "亿": 10**8, "兆": 10**12}
_TENS = {"廿": 20, "卅": 30}
_D = "零一二两三四五六七八九"

# 1.2万亿, 3万4000, 5700多, 一百二十, 七八百万, 十几, 数十亿, 上百, 二点五万
_S = "(?:[十百万亿兆]|千(?![瓦克米卡帕伏赫]))"
CHINESE = (
    rf"(?:{ARABIC}\s?[多余]?{_S}{{1,8}}"
    rf"(?:[零多余]?\s?(?:\d+(?:\.\d+)?|[{_D}]){_S}{{0,4}}){{0,6}}[多余几]?"
    rf"|{ARABIC}[多余](?=[^\d.])"
    rf"|(?:[{_D}廿卅几数上]|{_S})(?:[{_D}廿卅几]|{_S})*(?:点[{_D}]+{_S}*)?"
    r"[多余来]?[万亿兆]*)"
)
_LONGEST = 24

_UNITS = {
    w: i
    for i, w in enumerate(
        "zero one two three four five six seven eight nine ten eleven twelve thirteen "
        "fourteen fifteen sixteen seventeen eighteen nineteen".split()
    )
}
_DECADES = {
    w: 10 * i
    for i, w in enumerate("twenty thirty forty fifty sixty seventy eighty ninety".split(), start=2)
}
_WORD_SCALES = {
    "hundred": 100.0,
    "thousand": 1e3,
    "million": 1e6,
    "billion": 1e9,
    "trillion": 1e12,
    "dozen": 12.0,
}
SHORT_SCALES = {
    "k": 1e3,
    "mn": 1e6,
    "mln": 1e6,
    "m": 1e6,
    "bn": 1e9,
    "bln": 1e9,
    "b": 1e9,
    "tn": 1e12,
    "trn": 1e12,
    "tln": 1e12,
    "t": 1e12,
}
_SMALL = "|".join(sorted([*_UNITS, *_DECADES], key=len, reverse=True))
_SCALE_WORDS = "hundred|thousand|million|billion|trillion|dozen"
_WORD = rf"(?:{_SMALL}|{_SCALE_WORDS})"
ENGLISH = (
    rf"(?:half\s(?:a|an)\s(?:{_SCALE_WORDS})"
    rf"|(?:a\s)?quarter\s(?:of\sa\s)?(?:million|billion|trillion)"
    rf"|(?:a|an)\s(?:half\s)?(?:{_SCALE_WORDS})(?:\s(?:{_SCALE_WORDS}))?(?:\sand\s(?:{_SMALL})(?:[\s-](?:{_SMALL}))?)?"
    rf"|{_WORD}(?:(?:[\s-]|\sand\s){_WORD}){{0,8}}"
    rf"(?:\sand\sa\s(?:half|quarter)(?:\s(?:{_SCALE_WORDS}))?|-and-a-half)?)"
)
ENGLISH_SCALE = r"(?:[\s-]?(?:thousand|million|billion|trillion|dozen)\b(?:\strillion\b)?)"


@dataclass(frozen=True, slots=True)
class Numeral:
    """A number or a range as written, without unit."""

    value: float | None = None
    low: float | None = None
    high: float | None = None
    more: bool = False
    vague: bool = False


def times(value: float, factor: float) -> float:
    """Multiply without the dust of binary fractions: 1.1 million is 1100000."""
    return float(f"{value * factor:.15g}")


def parse_arabic(written: str) -> float:
    """Return the value of 1,234.5."""
    return float(written.replace(",", ""))


def parse_english(written: str) -> float:
    """Return the value of a numeral in words: "two and a half million"."""
    total, section, fraction = 0.0, 0.0, 0.0
    words = re.split(r"[\s-]+", written.lower())
    if "quarter" in words[:2]:
        return 0.25 * _WORD_SCALES[words[-1]]
    for index, word in enumerate(words):
        if word in _UNITS:
            section += _UNITS[word]
        elif word in _DECADES:
            section += _DECADES[word]
        elif word in ("half", "quarter"):
            fraction += 0.5 if word == "half" else 0.25
        elif word in ("a", "an") and index == 0:
            section += 1 if words[1:2] != ["half"] else 0
        elif word in _WORD_SCALES:
            scale = _WORD_SCALES[word]
            section = (section + fraction if section or fraction else 1.0) * scale
            fraction = 0.0
            if scale >= 1e3:
                total, section = (
                    (total + section, 0.0) if total == 0 or total >= scale else (total * scale, 0.0)
                )
    if "half" in words and words[0] == "half":
        return total + section
    return total + section + fraction


def parse_chinese(written: str) -> Numeral | None:
    """Return the value of a Chinese or mixed numeral, or None if it is none.

    数十, 几千 and 上百 are vague; 七八百 and 十五六 are ranges; 多, 余 mean more than.
    """
    if len(written) > _LONGEST:
        return None
    text = written.replace(" ", "").replace(",", "")
    more = any(mark in text for mark in "多余") or "来" in text
    text = re.sub("[多余来]", "", text)
    if text[:1] in ("几", "数", "上") or "几" in text:
        return _vague(text, more)
    pair = re.search(rf"([{_D[1:]}])([{_D[1:]}])(?=[十百千万亿兆]|$)", text)
    digits_only = all(c in DIGITS for c in text)
    if pair and (len(text) == 2 or not digits_only) and _follows(pair[1], pair[2]):
        low = _value(text[: pair.start()] + pair[1] + text[pair.end() :])
        high = _value(text[: pair.start()] + pair[2] + text[pair.end() :])
        if low is not None and high is not None and low < high:
            return Numeral(low=low, high=high, more=more)
    value = _value(text)
    return None if value is None else Numeral(value=value, more=more)


def _follows(first: str, second: str) -> bool:
    """Say whether two digits side by side mean a range: 七八, and by custom 三五."""
    return DIGITS[second] - DIGITS[first] == 1 or first + second == "三五"


def _vague(text: str, more: bool) -> Numeral | None:
    body = text.removeprefix("上")
    if body != text:
        value = _value("一" + body) if body and body[0] in SCALES else None
        return None if value is None else Numeral(value=value, more=True)
    if text.endswith("几") and text != "几":
        value = _value(text[:-1])
        return None if value is None else Numeral(value=value, more=True)
    if re.search(r"[十百千]几[万亿]", text):
        value = _value(text.replace("几", ""))
        return None if value is None else Numeral(value=value, more=True)
    return Numeral(vague=True, more=more) if len(text) > 1 else None


def _value(text: str) -> float | None:
    """Return the value of digits and scales; None for what is no numeral."""
    whole, point, decimals = text.partition("点")
    if point:
        return _decimal(whole, decimals)
    if text and all(c in DIGITS for c in text):
        return float("".join(str(DIGITS[c]) for c in text))
    return _Sum().of(re.findall(r"\d+(?:\.\d+)?|.", text))


class _Sum:
    """Adds up a numeral read from left to right: 三千 | 五百 | 万."""

    def __init__(self) -> None:
        self.total = 0.0  # whole myriads
        self.section = 0.0  # below the next myriad
        self.number: float | None = None  # the digits just read
        self.scale = 1
        self.zero = False

    def of(self, parts: Sequence[str]) -> float | None:
        for part in parts:
            if part in SCALES:
                self._scale(SCALES[part])
            elif part in _TENS:
                self.section += _TENS[part]
            elif part in DIGITS:
                self.zero = self.zero or DIGITS[part] == 0
                self.number = 10 * (self.number or 0.0) + DIGITS[part]
            elif part[0].isdigit():
                self.number = float(part)
            else:
                return None
        if self.number is not None:
            # 一万二 is 12000: a last digit without scale counts in the next lower one.
            colloquial = parts[-1] in DIGITS and self.scale >= 100 and not self.zero
            self.section += self.number * (self.scale // 10 if colloquial else 1)
        return float(f"{self.total + self.section:.15g}")

    def _scale(self, scale: int) -> None:
        if scale < 10_000:
            self.section += (1.0 if self.number is None else self.number) * scale
        elif self.section == 0 and self.number is None:
            self.total = (self.total or 1.0) * scale
        else:
            part = self.section + (self.number or 0.0)
            carried = 0 < self.total < scale
            self.total = (self.total + part) * scale if carried else self.total + part * scale
            self.section = 0.0
        self.number, self.scale, self.zero = None, scale, False


def _decimal(whole: str, decimals: str) -> float | None:
    base = _value(whole) if whole else 0.0
    digits = "".join(str(DIGITS[c]) for c in decimals if c in DIGITS)
    scales = "".join(c for c in decimals if c in SCALES)
    if base is None or not digits:
        return None
    value = base + float(f"0.{digits}")
    for scale in scales:
        value *= SCALES[scale]
    return value
