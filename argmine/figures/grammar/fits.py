"""Whether the unit behind a number is one: "5 m" and 三十块, but no "5 mark time".

All text here is folded.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from argmine.figures.token import stands_alone

if TYPE_CHECKING:
    from collections.abc import Callable

    from argmine.figures.tables import Found
    from argmine.figures.token import Token

_COLD = re.compile(r"(?i:temperature|weather|cold|hot|warm|heat|freez|outside|melt|boil)")
# Of C and F alone: what a forecast tells.
_FORECAST = re.compile(r"(?i:\b(?:lows?|highs?)\sof|\bmercury\b|\bforecast|thermomet|\bdegrees\b)")
HEAT = re.compile(r"[温热冷寒暑烧]|零下|零上|负|(?i:warm|cool|temperature)")
# 三度会见: how many times.
_TIMES_OVER = re.compile("会[见晤谈]|访[华美问]|当选")
_SHARED = re.compile(r"(?i:half|quarter)")
_TOUCHING = frozenset(
    (
        "t",
        "m",
        "g",
        "l",
        "L",
        "x",
        "V",
        "W",
        "h",
        "A",
        "K",
        "J",
        "in",
        "C",
        "F",
        "'",
        '"',
        "''",
        "ms",
        "Ma",
        "Ga",
        "cc",
        "gs",
        "pm",
    )
)
_VERB_LIKE = frozenset(
    (
        "won",
        "rand",
        "lira",
        "dong",
        "second",
        "sec",
        "min",
        "mu",
        "stone",
        "mao",
        "fen",
        "sen",
    )
)
# Of these even one or two are counted.
_COUNTED_WORDS = frozenset(("second", "min", "sec", "sen", "kuai", "fen", "mao"))
_MANY = 20
# So many 度 are no degrees.
GREAT = 1e4
_SPEED = re.compile("[航流风]速")
_NEAR = 80
_CUT_OFF = {
    "米": "兰粒饭线酒",
    "克": "兰里东林制服拉",
    "周": "边刊末恩",
    "码": "头",
    "升": "级旗学高",
    "度": "假过量",
    "元": "首旦素年老朝",
    "两": "国岸会方个家党军院用边面人名者位大种次点手",
    "磅": "礴",
    "节": "目日约能省点课车编电",
    "焦": "点虑急距",
    "帕": "金",
    "刀": "具",
    "块": "链",
}


def fits(text: str, token: Token, found: Found) -> bool:
    """Say whether a written unit belongs to the number before it."""
    written = found.written
    if token.unit is not None:
        return _completes(text, token, found)
    if token.type == "fraction" and not _shares(text, token, found):
        return False
    if found.gap == "-" and found.unit.type in ("multiple", "fraction"):
        return False
    if written[-1] in "$€£¥₩₹₽" and (found.gap == "-" or text[found.end : found.end + 1].isdigit()):
        return False
    if written in _TOUCHING and not _touches(text, token, found):
        return False
    if written in ("C", "F", "K") and not _is_degree(text, token, found):
        return False
    if written.lower() in _VERB_LIKE and token.scale == 1.0:
        return (token.plain and (token.value or 0) >= _MANY) or written.lower() in _COUNTED_WORDS
    if text[found.end : found.end + 1] in tuple(_CUT_OFF.get(written[-1], "")):
        return False
    if found.unit.code in _TOLD_AROUND:
        return _TOLD_AROUND[found.unit.code](text, token, found)
    return not (written == "年" and token.plain and 1900 <= (token.value or 0) <= 2100)


def _is_of_heat(text: str, token: Token, found: Found) -> bool:
    heat = HEAT.search(text, max(0, token.core_start - 20), token.core_end) is not None
    counted = token.plain or token.scale >= GREAT
    return heat or (counted and not _TIMES_OVER.match(text, found.end))


def _is_speed(text: str, token: Token, found: Found) -> bool:
    if found.written != "节":
        return True
    before = _SPEED.search(text, max(0, token.start - 10), token.start)
    return before is not None or text.startswith("的速度", found.end)


# Units whose words mean other things too: 度 are times, 节 are lessons.
_TOLD_AROUND: dict[str, Callable[[str, Token, Found], bool]] = {
    "deg": _is_of_heat,
    "knot": _is_speed,
}


def _completes(text: str, token: Token, found: Found) -> bool:
    """Say whether the unit goes with the sign that was read before the number."""
    sign, unit = token.unit, found.unit
    if sign is not None and sign.type == "temperature":
        return unit.code in ("deg", sign.code)
    same = sign is not None and unit.currency and unit.code == sign.code
    # 新台币5,473亿元: the word before it says whose 元 it is.
    if sign is not None and sign.currency and found.written == "元":
        return same or "\u4e00" <= text[token.start] <= "\u9fff"
    return same and found.written[-1] not in "$€£¥"


def _shares(text: str, token: Token, found: Found) -> bool:
    """Say whether there can be a part of the unit: half a percent, but no "third year"."""
    if found.unit.type == "multiple":
        return False
    written, between = text[token.core_start : token.core_end], text[token.end : found.end]
    if found.unit.type == "duration" and found.gap == " " and written[:2].lower() == "a ":
        return bool(_SHARED.search(written))
    mixed = token.plain and (token.value or 0.0) > 1  # 8 7/8 per cent
    return found.unit.type != "percent" or mixed or " of " in between or " a " in between


def _touches(text: str, token: Token, found: Found) -> bool:
    """Say whether a letter that may be a word stands close enough to be a unit."""
    if found.written == "A" and "\u4e00" <= text[found.end : found.end + 1] <= "\u9fff":
        return False  # 18A制程
    return (not found.gap and token.plain) or _lone_letter(text, token, found)


def _is_degree(text: str, token: Token, found: Found) -> bool:
    """Say whether C, F or K is a degree: where heat is spoken of, or nothing else is."""
    if found.written == "K" and "." in text[token.start : token.end]:
        return True
    if stands_alone(text, token.start, found.end, " -.,!?"):
        return True
    near = (max(0, token.start - _NEAR), found.end + _NEAR)
    told = found.written != "K" and _FORECAST.search(text, *near)
    return bool(told) or _COLD.search(text, *near) is not None


def _lone_letter(text: str, token: Token, found: Found) -> bool:
    """Read "5 g" as grams where nothing but figures, marks and units stand beside it."""
    following = text[found.end : found.end + 3]
    if found.written in ("'", '"', "''"):
        quoted = text[max(0, token.start - 1) : token.start] in ('"', "'")
        return token.plain and not quoted and (not found.gap or following[:1] in ("", " "))
    if found.written == "in":
        return not following.strip(" .,)") or following[:1] in (",", ")")
    if found.written in (
        "t",
        "l",
        "L",
        "g",
        "m",
        "kg",
        "W",
        "V",
        "h",
        "s",
        "gs",
        "C",
        "pm",
        "A",
        "Ma",
    ):
        return following[:1] in ("", ".", ",", ")", ";", " ", "/") and (
            token.plain or not following.strip()
        )
    return not following.strip()
