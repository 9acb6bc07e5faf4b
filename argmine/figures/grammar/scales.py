"""Scales behind digits: 2.3bn, $5m, 30k; what is a scale and what a unit.

All text here is folded.
"""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from argmine.figures import numerals
from argmine.figures.numerals.cardinal import SCALES
from argmine.figures.tables import TABLES
from argmine.figures.token import stands_alone

if TYPE_CHECKING:
    from argmine.figures.token import Token

_SHORT_SCALES = {
    "k": 1e3, "mn": 1e6, "mln": 1e6, "mil": 1e6, "mm": 1e6, "m": 1e6, "bn": 1e9, "bln": 1e9, "b": 1e9,
    "g": 1e9, "mrd": 1e9, "bi": 1e9, "tn": 1e12, "trn": 1e12, "tln": 1e12, "trln": 1e12, "tr": 1e12, "t": 1e12,
}  # fmt: skip
_GREAT = re.compile(r"\s(thousand|million|billion|trillion)\b", re.IGNORECASE)
_SHORT = re.compile(
    r"\s?(?P<long>(?i:bn|bln|tn|trn|tln|trln|mn|mln|mil|mrd)|tr)\b|(?P<money>MM|\sbi)\b|(?P<one>[kKmMbBtTG])(?![A-Za-z0-9/])|\s{1,2}(?P<far>k)(?![A-Za-z0-9/])"
)
_FOLLOWING = re.compile(r"[\s-](?:of\s(?=them|whom))?(?:[a-z]+-)?(?P<noun>[a-z]{2,})")
# 13m Americans, 5m EVs, 40m US homes.
_PEOPLE = re.compile(
    r"\s(?:[A-Z][a-z]{2,}(?:s|ese)\b|[a-z]?[A-Z][A-Za-z]{0,12}s\b|[A-Z]{2,4}\s[a-z]{3,}s\b)"
)
# Behind metres: "300m of cable", "100m sprint", "30m long"; a noun makes m a million.
_OF_METRES = frozenset(
    "of long wide high tall deep above below away apart from to thick across behind ahead into off race sprint hurdles "
    "freestyle relay final dash and by squared north south east west altitude depth height or in on at the with for "
    "as is isn was up down per an thick radius diameter runner record stretch section drop fence wall wingspan vessel telescope".split()
)


# "Births rose to 9.54m from 9.02m": people and things come in millions, with any word behind.
_MILLIONS = re.compile(
    r"(?i:\b(?:births|deaths|users|workforce|population|members|membership|subscribers|jobs|people|visitors|passengers|customers|sales|units|vehicles|cars|"
    r"migrants|refugees|workers|students|downloads|viewers|views|followers|arrivals|tourists|households|voters|accounts|shipments|deliveries|"
    r"registrations|cases|infections|headcount|circulation|marriages|graduates|employees|hired|employs|employed|sold|jobless|unemployed|turnout|"
    r"votes?|winner|l[ao]b(?:ou)?r\sforce))\b"
    r"[^.;!?\d]{0,40}(?:between\s\d\d\sand\s\d\d,?\s[a-z\s]{0,20})?(?:\d[\d.,]{0,6}m,?\s(?:in\s(?:\d{4}|\x00{4})\s)?(?:up\s|down\s)?(?:from|to|and)\s)?\Z"
)
_LENGTHS = frozenset(
    "long wide high tall deep sprint hurdles freestyle thick radius diameter altitude depth height".split()
)


def with_scale(text: str, token: Token) -> Token:
    """Read the scale behind digits: bn, m, k."""
    if not token.plain or token.fraction:
        return token
    great = _GREAT.match(text, token.end) if text[token.end - 1] == "+" else None
    if great:  # $30+ billion
        return scaled(token, SCALES[great[1].lower()], great.end())
    short = _SHORT.match(text, token.end)
    if short and (short["long"] or _is_short_scale(text, token, short)):
        written = short["long"] or short["money"] or short["one"] or short["far"]
        return scaled(token, _SHORT_SCALES[written.strip().lower()], short.end())
    return token


def _is_short_scale(text: str, token: Token, short: re.Match[str]) -> bool:
    """Tell 2.1m barrels and $5m from 300m of cable."""
    if token.unit is not None and token.unit.currency:
        return short["one"] != "G"
    if short["money"]:
        return False
    alone = stands_alone(text, token.start, short.end(), " -")
    letter = short["one"] or short["far"]
    if (alone and letter in "KMbBGk") or letter == "k":
        return True
    unit = TABLES.after(text, short.end())
    if unit is not None and (unit.unit.currency or letter != "K"):
        return letter != "G"
    following = _FOLLOWING.match(text, short.end())
    if letter == "m" and _PEOPLE.match(text, short.end()):
        return True
    if letter in "tTbBG":
        return False
    if letter == "K":
        return following is not None
    if following is not None and following["noun"] not in _OF_METRES:
        return True
    lengthy = following is not None and following["noun"] in _LENGTHS
    left = max(0, token.start - 60)
    return letter == "m" and not lengthy and _MILLIONS.search(text, left, token.start) is not None


def scaled(token: Token, factor: float, end: int) -> Token:
    """Return the token multiplied, with a new end."""
    low, value, high = (
        None if v is None else numerals.times(v, factor)
        for v in (token.low, token.value, token.high)
    )
    return replace(
        token, end=end, core_end=end, value=value, low=low, high=high, scale=token.scale * factor
    )


def times(value: float | None, factor: float) -> float | None:
    """Multiply a value that may be missing."""
    return None if value is None else numerals.times(value, factor)
