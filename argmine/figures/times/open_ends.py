"""Stretches that are open on one side: before December, 2018年之前, tomorrow before 5pm.

All text here is folded.
"""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from argmine.figures.times.language import CLOCKED, Moment
from argmine.figures.token import FIGURE_END

if TYPE_CHECKING:
    from collections.abc import Sequence

    from argmine.figures.times.language import Language

_LATER = re.compile(r"\b[ap]\.?m\.?\sor\s(?:later|earlier|after|before)\Z")
_THE = re.compile(r"(?i:\bthe\s)\Z")
_COMPARES = re.compile(rf"(?i:{FIGURE_END}\s(?:greater|more|less)\sthan\s(?:the\s)?)\Z")
_ABOUT = "前后"
_EARLIER = re.compile(r"(?i:before|until|till|prior|earlier)|前|截|直")
# Not later than a day is by then.
_DENIED = re.compile(r"\b(?:no|not)\s(?P<way>later|earlier|sooner)\b", re.IGNORECASE)
_LATER_THAN = re.compile(r"(?i:after|later|starting|beginning|onward)|后")


def opened(text: str, moments: Sequence[Moment], language: Language) -> list[Moment]:
    """Take the words that leave a stretch open into its moment."""
    return _closed(text, [_bounded(text, moment, language) for moment in moments], moments)


def _bounded(text: str, moment: Moment, language: Language) -> Moment:
    """Take in the word that opens or closes a stretch: before December, 2018年之前."""
    if moment.kind == "frequency":
        return moment
    before = language.before.search(text, max(0, moment.start - 26), moment.start)
    if before and _THE.search(before[0]) and text[moment.start : moment.end].isdigit():
        before = None  # the law of "before the 1965 law" has the bound, not its year
    if before and _COMPARES.search(text, max(0, before.start() - 12), before.end()):
        before = None  # "8% more than last year"
    after = language.after.match(text, moment.end)
    start = before.start() if before else moment.start
    end = after.end() if after else moment.end
    if start == moment.start and end == moment.end:
        return moment
    norm = _open(moment.norm, (before[0] if before else "") + (after[0] if after else ""))
    return replace(moment, start=start, end=end, kind="period", norm=norm)


def _open(norm: str | None, words: str) -> str | None:
    """Return the stretch that "before 2018" names, in the form of ISO 8601-2: ../2018."""
    if norm is None or "/" in norm:
        return None
    if words == _ABOUT:
        return norm
    denied = _DENIED.search(words)
    if denied:
        return f"../{norm}" if denied["way"].lower() == "later" else f"{norm}/.."
    if _EARLIER.search(words):
        return f"../{norm}"
    return f"{norm}/.." if _LATER_THAN.search(words) else norm


def _closed(text: str, bounded: Sequence[Moment], plain: Sequence[Moment]) -> list[Moment]:
    """Join a day and the bound of its hour: tomorrow before 5pm, 3 pm or later on Monday."""
    made: list[Moment] = []
    for moment, core in zip(bounded, plain, strict=True):
        held = made[-1] if made else None
        if held is None:
            made.append(moment)
            continue
        opened = held.kind == "date" and moment.start < core.start and core.kind in CLOCKED
        ended = (
            moment.kind == "date"
            and held.kind == "period"
            and bool(_LATER.search(text, held.start, held.end))
        )
        if (opened and text[held.end : moment.start] == " ") or (
            ended and text[held.end : moment.start] == " on "
        ):
            made[-1] = Moment(held.start, moment.end, "period")
        else:
            made.append(moment)
    return made
