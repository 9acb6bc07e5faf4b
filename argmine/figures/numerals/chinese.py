"""Numerals in Chinese characters, digits mixed in: 一百二十万, 3万4000, 七八百万, 数十亿.

A run of numeral characters is read as far as it makes one number.  All text here is
folded (``normalise.fold``): simplified characters, bankers' numerals as plain ones.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

DIGITS = {c: i for i, c in enumerate("零一二三四五六七八九")} | {"两": 2}
SCALES = {"十": 10, "百": 100, "千": 1_000, "万": 10**4, "亿": 10**8, "兆": 10**12}
_TENS = {"廿": 20, "卅": 30, "卌": 40}
D = "零一二两三四五六七八九"
_PLAIN = r"(?:\d{1,3}(?:,\d{3}){1,9}(?!\d)|\d{1,39})(?:\.\d{1,20})?"
# 千 and 兆 begin units too: 千瓦, 兆赫; 百 begins 百分之.
_S = r"(?:十|百(?!\s?分\s?[之点])|千(?![瓦克米卡帕伏赫焦])|兆(?![瓦赫字比帕升焦])|[万亿])"
_WRITTEN = rf"(?:{_PLAIN}\s?[多余几]?\s?{_S}|[{D}廿卅卌几]|{_S})"
# "Three, four" and by custom "three, five" are about so many.
_PAIRS = "一、二|二、三|两、三|三、四|三、五|四、五|五、六|六、七|七、八|八、九"
RUN = (
    rf"(?:(?:(?<![第、])(?:{_PAIRS})(?=[十百千万亿个名年月天人家成倍条艘架次])|{_WRITTEN}|[数上](?=[十百千万亿兆])|半百|{_PLAIN}(?:[多余]|来(?=[个名家年万亿])))"
    rf"(?:\s{{0,2}}{_WRITTEN}|\s?[多余](?=[万亿兆])|\s?点\s?(?:\d{{1,20}}|[{D}])|(?<=[{D}])半(?=[十百千万亿]))"
    rf"{{0,31}}(?:(?<=[万亿千百零])\s?{_PLAIN}(?![\d.])|\s?[多余](?![数额])|来(?=[个名家年万亿]))?)"
)
_TRIMS = 8
# 一两 is a weight but before what is counted.
_A_FEW = re.compile("个|年|天|日|周|星期|小时|分钟|代|次|家|名|位|项|条|句|人|种|件")


@dataclass(frozen=True, slots=True)
class Characters:
    """What a run of characters says, and how much of it."""

    end: int
    value: float | None = None
    low: float | None = None
    high: float | None = None
    more: bool = False
    vague: bool = False
    scale: float = 1.0


def parse(text: str, start: int, end: int) -> Characters | None:
    """Read one number from the run at ``text[start:end]``; shorter if all makes none."""
    written = text[start:end].rstrip()
    for cut in range(_TRIMS):
        body = written[: len(written) - cut].rstrip()
        if not body:
            return None
        if body == "一两" and _A_FEW.match(text, start + 2):
            return Characters(start + 2, low=1.0, high=2.0)
        found = _read(body, start + len(body))
        if found is not None:
            return found
    return None


def value_of(written: str) -> float | None:
    """Return the value of a plain numeral, digits or characters."""
    found = parse(written, 0, len(written))
    return found.value if found and found.end == len(written) else None


def _read(written: str, end: int) -> Characters | None:
    text = re.sub(r"[\s,、]", "", written)
    more = any(mark in text for mark in "多余来")
    text = re.sub("[多余来]", "", text)
    if not text or (len(text) > 1 and text[-1] == "两"):
        return None  # 三十两 is thirty liang
    scale = _trailing(text)
    if text == "半百":
        return Characters(end, 50.0)
    if text[0] in "数上几" or "几" in text:
        return _vague(text, end, scale, more=more)
    pair = _pair(text)
    if pair is not None:
        return Characters(end, low=pair[0], high=pair[1], more=more, scale=scale)
    value = _value(text)
    return None if value is None else Characters(end, value, more=more, scale=scale)


def _trailing(text: str) -> float:
    """Return the scale a numeral ends in: 1e12 of 三万亿, 1 of 三万四."""
    great = re.search("[万亿兆]+$", text)
    if great:
        product = 1.0
        for mark in great[0]:
            product *= SCALES[mark]
        return product
    return float(SCALES.get(text[-1], 1))


def _pair(text: str) -> tuple[float, float] | None:
    """Return the bounds of 七八百, 十五六万, and by custom 三五."""
    if text.count("点") or (len(text) > 2 and all(c in DIGITS for c in text)):
        return None
    pair = re.search(rf"([{D[1:]}])([{D[1:]}])(?=[十百千万亿兆]|$)", text)
    if pair is None:
        return None
    first, second = pair[1], pair[2]
    if DIGITS[second] - DIGITS[first] != 1 and first + second != "三五":
        return None
    low = _value(text[: pair.start()] + first + text[pair.end() :])
    high = _value(text[: pair.start()] + second + text[pair.end() :])
    return (low, high) if low is not None and high is not None and low < high else None


def _vague(text: str, end: int, scale: float, *, more: bool) -> Characters | None:
    if text[0] == "上":
        value = _value("一" + text[1:]) if text[1:2] in SCALES else None
        return None if value is None else Characters(end, value, more=True, scale=scale)
    if text[0] in "几数":
        unit = _value("一" + text[1:]) if text[1:2] in SCALES else None
        if unit is None:
            return None
        # Several tens are from one to ten of them.
        return Characters(end, low=unit, high=10 * unit, more=more, vague=True, scale=scale)
    value = _value(re.sub("零?几", "", text))
    return None if value is None or text == "几" else Characters(end, value, more=True, scale=scale)


def _value(text: str) -> float | None:
    """Return the value of digits and scales; None for what is no numeral."""
    whole, point, decimals = text.partition("点")
    if point:
        return _decimal(whole, decimals)
    if text and all(c in DIGITS for c in text):
        return float("".join(str(DIGITS[c]) for c in text)) if "两" not in text[1:] else None
    return _Sum().of(re.findall(r"\d+(?:\.\d+)?|.", text))


def _decimal(whole: str, decimals: str) -> float | None:
    base = _value(whole) if whole else 0.0
    digits = re.match(rf"(?:[{D}]+|\d+)", decimals)
    if base is None or digits is None:
        return None
    rest = decimals[digits.end() :]
    if any(c not in SCALES for c in rest):
        return None
    shown = "".join(str(DIGITS.get(c, c)) for c in digits[0])
    value = base + float(f"0.{shown}")
    for mark in rest:
        value *= SCALES[mark]
    return float(f"{value:.15g}")


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
            if not self._take(part):
                return None
        if self.number is not None:
            # 一万二 is 12000: a last digit without scale counts in the next lower one.
            colloquial = parts[-1] in DIGITS and self.scale >= 100 and not self.zero
            self.section += self.number * (self.scale // 10 if colloquial else 1)
        return float(f"{self.total + self.section:.15g}")

    def _take(self, part: str) -> bool:
        if part in SCALES:
            return self._scale(SCALES[part])
        if part in _TENS:
            if self.number:
                return False
            self.section += _TENS[part]
            self.number, self.scale = None, 10
        elif part in DIGITS:
            if self.number and self.number >= 1 and DIGITS[part] != 0:
                return False
            self.zero = self.zero or DIGITS[part] == 0
            self.number = float(DIGITS[part]) if DIGITS[part] else self.number
        elif part == "半":
            self.number = (self.number or 0.0) + 0.5
        elif part[0].isdigit():
            if self.number is not None:
                return False
            self.number = float(part)
        else:
            return False
        return True

    def _scale(self, scale: int) -> bool:
        if scale < 10_000:
            if self.number is None and self.scale < scale and self.section:
                return False  # 五十千 is 五十 and a word
            self.section += (1.0 if self.number is None else self.number) * scale
        elif self.section == 0 and self.number is None:
            self.total = (self.total or 1.0) * scale
        else:
            part = self.section + (self.number or 0.0)
            carried = 0 < self.total < scale
            self.total = (self.total + part) * scale if carried else self.total + part * scale
            self.section = 0.0
        self.number, self.scale, self.zero = None, scale, False
        return True
