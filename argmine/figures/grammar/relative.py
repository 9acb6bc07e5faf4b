"""Durations that place a moment: "in two weeks", "three days ago", 过去十年, 五天后.

The span takes in the words that say from where the time is counted, and a moment that it
is counted from ("two weeks before Christmas"); value, unit and core stay the duration's.
All text here is folded.
"""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from argmine.figures.times.language import Moment
    from argmine.figures.token import Token

_LEFT_EN = re.compile(
    r"(?i:\b(?:(?:with)?in|(?:this\s)?(?:last|past|next|previous|coming|upcoming|following))\s)\Z"
)
_RIGHT_EN = re.compile(
    r"\s(?:(?:ago|later|earlier|hence|from\snow(?:\son)?)\b(?!\sthan)|before(?=\s?[.,;:)]|\Z))",
    re.IGNORECASE,
)
_FROM_EN = re.compile(
    r"(?:,?\s(?:before|after|since|starting(?:\s(?:from|on))?|beginning(?:\son)?|prior\sto)|\sfrom)\s"
    r"(?:the\s)?",
    re.IGNORECASE,
)
_LEFT_ZH = re.compile(
    r"(?:(?:过去|未来|接下来)的?|今后|最近|再过|之[前后]|(?<![提以之此目当眼面日])前|(?<![最以之此今落前])后|(?<![时续有达期约过了将接])近)\s?\Z"
)
_RIGHT_ZH = re.compile(
    r"\s?(?:[以之][前后]|以来|(?:前|后)(?![往去来天年期者几述景果提瞻沿卫]|续|台|勤|方|面))"
)
_CLOSE_ZH = re.compile(r"\s?(?:以内|之内|内|里)(?![部外地阁政线])")
_BESIDE = re.compile(r",?\s(?:on\s)?")
_NOUN = re.compile(r"\s(?!(?:and|or|to|of|from)\b)[a-z]")
_LOOK = 24
_WIDEST = len(", on ")


def placed(
    text: str, tokens: Sequence[Token], moments: Sequence[Moment], *, chinese: bool
) -> tuple[list[Token], list[Moment]]:
    """Widen the durations that place a moment; return also the moments left over."""
    left = _Moments(moments)
    made = [
        _placed(text, token, left, chinese=chinese) if token.type == "duration" else token
        for token in tokens
    ]
    return made, [moment for moment in moments if moment.start in left.by_start]


class _Moments:
    """The moments not yet taken in, by where they start and end."""

    def __init__(self, moments: Sequence[Moment]) -> None:
        self.by_start = {moment.start: moment for moment in moments}
        self.by_end = {moment.end: moment for moment in moments}

    def take(self, moment: Moment) -> None:
        del self.by_start[moment.start], self.by_end[moment.end]


def _placed(text: str, token: Token, moments: _Moments, *, chinese: bool) -> Token:
    if chinese:
        return _placed_zh(text, token)
    before = _LEFT_EN.search(text, max(0, token.start - _LOOK), token.start)
    if "-" in text[token.core_end : token.end] and _NOUN.match(text, token.end):
        before = None  # "in four-year sprints"
    after = _RIGHT_EN.match(text, token.end)
    if after:
        return _beside(text, replace(token, end=after.end()), moments)
    counted = _counted_from(text, token, moments)
    if counted is not None:
        return _beside(text, counted, moments)
    return _beside(text, replace(token, start=before.start()), moments) if before else token


def _placed_zh(text: str, token: Token) -> Token:
    before = _LEFT_ZH.search(text, max(0, token.start - 4), token.start)
    after = _RIGHT_ZH.match(text, token.end)
    if before and not after:
        after = _CLOSE_ZH.match(text, token.end)
    return replace(
        token,
        start=before.start() if before else token.start,
        end=after.end() if after else token.end,
    )


def _counted_from(text: str, token: Token, moments: _Moments) -> Token | None:
    """Take in the moment that the time is counted from: two days after today."""
    linked = _FROM_EN.match(text, token.end)
    if linked is None:
        return None
    for start in range(token.end + 1, linked.end() + 1):
        moment = moments.by_start.get(start)
        # A moment may hold the word itself, as "after today" does.
        if moment and linked.end() < moment.end and moment.kind != "frequency":
            moments.take(moment)
            return replace(token, end=moment.end)
    return None


def _beside(text: str, token: Token, moments: _Moments) -> Token:
    """Take in the day beside a time counted: Monday two weeks from now."""
    for gap in range(1, _WIDEST + 1):
        before = moments.by_end.get(token.start - gap)
        if before and before.kind == "date" and _BESIDE.fullmatch(text, before.end, token.start):
            moments.take(before)
            return replace(token, start=before.start)
        after = moments.by_start.get(token.end + gap)
        if after and after.kind == "date" and _BESIDE.fullmatch(text, token.end, after.start):
            moments.take(after)
            return replace(token, end=after.end)
    return token
