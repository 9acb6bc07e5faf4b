"""Rates: $110 per kilogram, 元/吨, 每公斤110美元, 40 miles an hour.

All text here is folded.
"""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from argmine.figures.tables import TABLES

if TYPE_CHECKING:
    from argmine.figures.token import Token

_NOUNS = r"person|head|capita|share|unit|firm|household|student|worker|employee|visit|night|trip|game|vehicle|ship|plane"
_PER_AFTER = re.compile(r"\s?/\s?|\s(?:per|a|an|each|every)\s|每(?=[\u4e00-\u9fff])")
_NOT_A_RATE = re.compile(r"\s(?:earlier|ago|later|before|after|on)\b|[A-Za-z0-9]")
_COUNTED = re.compile(rf"(?:{_NOUNS})\b|人|股|户|台|辆|架|件|个")
_PER_BEFORE = re.compile(r"每(?P<unit>[\u4e00-\u9fff]{1,4}?)(?:约|为|仅)?\s?\Z")


def with_rate(text: str, token: Token) -> Token:
    """Read what the number is counted by: per kilogram, 每股."""
    left = _PER_BEFORE.search(text, max(0, token.start - 8), token.start)
    if (
        left
        and token.unit is not None
        and (left["unit"] in TABLES.chinese or _COUNTED.fullmatch(left["unit"]))
    ):
        start = token.start if token.unit.currency else left.start()
        return replace(token, start=start, per=_per(left["unit"]))
    right = _PER_AFTER.match(text, token.end)
    if right is None or (token.unit is None and "/" not in right[0]):
        return token
    found = TABLES.after(text, right.end())
    if token.unit is not None and token.unit.type not in ("money", "quantity", "percent"):
        often = token.unit.code == "x" and found is not None and found.unit.type == "duration"
        if not often:
            return token
    counted = _COUNTED.match(text, right.end())
    if counted and not (found and found.end > counted.end()):
        end, per = counted.end(), counted[0].lower()
    elif (
        found
        and not found.gap
        and found.unit.type not in ("percent", "percentage_point", "multiple")
    ):
        end, per = found.end, found.unit.code
    else:
        return token
    if right[0].strip() not in ("/", "per", "每") and _NOT_A_RATE.match(text, end):
        return token
    # "$98 a share" is an amount and what it buys; "$110 per kilogram" is one price.
    apart = token.unit is not None and token.unit.currency and right[0].strip() not in ("/", "per")
    return replace(token, end=token.end if apart else end, per=per)


def _per(written: str) -> str:
    unit = TABLES.chinese.get(written)
    return unit.code if unit else written
