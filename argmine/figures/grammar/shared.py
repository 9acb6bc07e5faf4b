"""Give numbers side by side what is told once: "from 10 to 25 percent", 189亿和82亿美元.

All text here is folded (``normalise.fold``).
"""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from argmine.figures import numerals

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from argmine.figures.token import Token

_FROM = re.compile(r"(?:\b[Ff]rom\s|[从自由])\Z")
_CAME_TO = (
    r"(?:增|升|涨|降|减|跌|扩大|提高|上升|下降|增加|增长|减少|缩减|上调|下调|飙升|攀升)[至到]"
)
_TO = re.compile(rf"\s(?:up\s|down\s)?to\s(?:about\s|around\s)?|{_CAME_TO}")
# "Rose to 25 from 10 percent".
_FROM_BEHIND = re.compile(r"\sfrom\s(?:about\s|around\s)?")
_TO_BEFORE = re.compile(r"\bto\s\Z")
_BARE_END = re.compile(
    r"\s?(?:[.,;:)。，；]|\Z)|\s(?:in|by|on|over|after|since|from|under|last|this|and|as|for)\b"
)
_ALONGSIDE = re.compile(rf"\s?(?:、|和|与|及|以及|或|{_CAME_TO})\s?|,?\s(?:and|or|to)\s")
_LISTED = re.compile(rf"{_ALONGSIDE.pattern}|,\s?")
# What an amount is set against, and what may follow where its unit is left out.
_AGAINST = re.compile(
    r"(?:\sin\s(?:[A-Z][a-z]{2,8}|\x00{2,16}|\d{4}))?,?\s(?:(?P<beside>(?:up|down)\sfrom|against|versus|vs\.?|compared\s(?:with|to))|from|of\swhich|from\sa\speak\sof)\s"
    r"(?:(?:about|around|nearly|some|just|only)\s)?"
)
_WHOLE = 100.0
_NO_NOUN = re.compile(
    r"\s?[.,;:)]|\Z|\s(?:a\s(?:year|month|week|quarter)|in|by|on|over|after|since|last|this|the|and|as|for|previously|earlier|before|came|was|were|went|is)\b|\s?\x00"
)
_COMMA = re.compile(r",\s|、")
_CHOICE = re.compile(r"\sor\s|或")
_ALSO_ZH = re.compile(r"、|和|与|及|以及")
_LISTED_UNITS = ("percent", "percentage_point", "quantity", "money")
_GREAT_SCALE = 1e4
_LONGEST_GAP = 14
_FAR_APART = 100.0


def told_once(text: str, tokens: Iterable[Token]) -> Iterator[Token]:
    """Yield the numbers, each with the unit and scale that it leaves to one beside it."""
    return _rates(text, _against(text, _currencies(text, _listed(text, _moved(text, tokens)))))


def _against(text: str, tokens: Iterable[Token]) -> Iterator[Token]:
    """Let what an amount is set against have its unit: $3.2bn against 2.9bn."""
    last: Token | None = None
    for token in tokens:
        now = token
        set_against = _AGAINST.fullmatch(text, last.end, token.start) if last else None
        bare = token.unit is None and token.counter is None and token.value is not None
        if last and set_against and bare and _NO_NOUN.match(text, token.end):
            beside = set_against["beside"] is not None
            now = _of_its_kind(last, token, beside=beside)
        yield now
        last = now


def _of_its_kind(last: Token, token: Token, *, beside: bool) -> Token:
    """Return a bare number with the unit of an amount as great, or of a share ``beside`` it."""
    if last.type in ("money", "quantity"):
        alike = min(last.scale, token.scale) >= _GREAT_SCALE
    else:
        share = last.type in ("percent", "percentage_point")
        alike = share and beside and token.plain and token.scale == 1.0
        alike = alike and (token.value or 0.0) <= _WHOLE
    return replace(token, unit=last.unit, type=last.type) if alike and last.unit else token


def _rates(text: str, tokens: Iterable[Token]) -> Iterator[Token]:
    """Let amounts side by side be counted by what the first is: 每吨分别上调125元和120元."""
    last: Token | None = None
    for token in tokens:
        now = token
        if last is not None and last.per and token.per is None and token.unit == last.unit:
            also = _ALSO_ZH.fullmatch(text, last.end, token.start)
            currency = token.unit is not None and token.unit.currency
            now = replace(token, per=last.per) if also and currency else token
        yield now
        last = now


def _moved(text: str, tokens: Iterable[Token]) -> Iterator[Token]:
    """Let the two ends of a change have the unit and scale that are told once.

    "Rose from 10 to 25 percent", "fell from 30 to 5 million tons", "from 10 percent to 25".
    """
    held: Token | None = None
    for token in tokens:
        last, now = held, token
        if last is not None and _from_to(text, last, now):
            last, now = _like(last, now), _like_percent(text, last, now)
        if last is not None:
            yield last
        held = now
    if held is not None:
        yield held


def _from_to(text: str, first: Token, second: Token) -> bool:
    between = text[first.end : second.start]
    if first.value is None or second.value is None or len(between) > _LONGEST_GAP:
        return False
    left = max(0, first.start - 9)
    if _TO.fullmatch(between):
        return _FROM.search(text, left, first.start) is not None
    return _FROM_BEHIND.fullmatch(between) is not None and (
        _TO_BEFORE.search(text, left, first.start) is not None
    )


def _like(first: Token, second: Token) -> Token:
    """Return the first end with what only the second tells."""
    low, high, unit = first.value or 0.0, second.value or 0.0, second.unit
    if first.type == "number" and unit is None and second.type == "count" and not second.counter:
        return replace(first, type="count") if first.scale == second.scale else first
    if unit is None or first.counter or first.per or first.scale != 1.0 or first.fraction:
        return first
    if first.unit not in (None, unit) or (first.unit is not None and not unit.currency):
        return first
    near = 0 < high / second.scale < low * _FAR_APART and low * second.scale < high * _FAR_APART
    if not near or first.type == "ordinal":
        return first
    scale = second.scale if first.plain or first.unit is None else 1.0
    return replace(
        first, value=numerals.times(low, scale), unit=unit, type=unit.type, per=second.per
    )


def _like_percent(text: str, first: Token, second: Token) -> Token:
    """Return the second end as a percentage, if it is bare and the first end is one."""
    bare = second.unit is None and second.counter is None and second.scale == 1.0
    if first.type != "percent" or not bare or second.type != "number":
        return second
    if not _BARE_END.match(text, second.end):
        return second
    return replace(second, unit=first.unit, type=first.type)


def _listed(text: str, tokens: Iterable[Token]) -> Iterator[Token]:
    """Let the numbers before a choice of percentages be some too: 10, 15 or 25 percent."""
    later: Token | None = None
    told: list[Token] = []
    listed = given = False
    for token in reversed(list(tokens)):
        beside = later is not None and _COMMA.fullmatch(text, token.end, later.start)
        bare = token.type == "number" and token.value is not None and token.scale == 1.0
        if later is not None and listed and beside and bare:
            later = replace(token, unit=later.unit, type=later.type)
        elif later is not None and bare and _listed_zh(text, token, later, given=given):
            value = numerals.times(token.value or 0.0, later.scale)
            later = replace(
                token, value=value, unit=later.unit, type=later.type, counter=later.counter
            )
            listed, given = False, True
        else:
            later, given = token, False
            listed = token.type == "percent" and token.low is not None
            listed = listed and _CHOICE.search(text, token.start, token.end) is not None
        told.append(later)
    return reversed(told)


def _listed_zh(text: str, token: Token, later: Token, *, given: bool) -> bool:
    """Say whether a bare number leaves its unit to the next: 4.5、3.1和1.9个百分点.

    ``given`` says that the next has it from the one behind.
    """
    unit = later.unit is not None and later.type in _LISTED_UNITS and not later.per
    if not (unit or later.counter == "级") or later.value is None or not token.plain:
        return False
    # The second of a pair is as great as the first: 10、20和30亿元.
    near = later.value / later.scale < _FAR_APART * (token.value or 0.0)
    spelled = given or later.core_end < later.end or later.counter is not None
    return near and spelled and _ALSO_ZH.fullmatch(text, token.end, later.start) is not None


def _currencies(text: str, tokens: Iterable[Token]) -> Iterator[Token]:
    """Let great numbers without a unit have the currency that is told once: 189亿和82亿美元."""
    later: Token | None = None
    spelled = shared = False
    told: list[Token] = []
    for token in reversed(list(tokens)):
        # A comma lists what "and" goes on with: 1, 2 and 3 billion dollars.
        joint = _LISTED if shared else _ALONGSIDE
        beside = later is not None and joint.fullmatch(text, token.end, later.start)
        lacks = token.unit is None and token.counter is None and token.scale >= _GREAT_SCALE
        if later is not None and " " in text[token.end : later.start]:
            # "20 million and 300 billion dollars": people, and what they have.
            lacks = lacks and token.scale == later.scale
        if later is not None and beside and lacks and spelled:
            later, shared = replace(token, unit=later.unit, type=later.type), True
        else:
            later, shared = token, False
            currency = token.unit is not None and token.unit.currency
            spelled = currency and token.core_end < token.end
        told.append(later)
    return reversed(told)
