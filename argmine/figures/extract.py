"""Find the figures of a text: vetoes first, then dates, special forms and numbers."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

from argmine.figures import context, dates, grammar, special, veto
from argmine.figures.normalise import fold
from argmine.figures.token import Taken
from argmine.records import Figure
from argmine.segmentation.language import is_chinese

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterator, Sequence

    from argmine.figures.dates import Moment
    from argmine.figures.special import Special
    from argmine.figures.token import Token
    from argmine.records import FigureType

_MEASURED = frozenset(
    ("money", "percent", "percentage_point", "quantity", "count", "number", "multiple", "fraction")
)
_PERIODS = {"year": "Y", "month": "M", "week": "W", "day": "D"}


def find(text: str, lang: str | None = None, reference_date: dt.date | None = None) -> list[Figure]:
    """Return the figures of a text, in order, without overlap.

    Args:
        text: Any text; offsets of the result are code points into it.
        lang: ``zh`` or ``en``; told from the text if not given.
        reference_date: The date of the article, to complete dates without a year.
    """
    folded = fold(text)
    chinese = is_chinese(text) if lang is None else lang.startswith("zh")
    vetoes = veto.spans(folded)
    vetoed = Taken(vetoes)
    moments = [m for m in dates.find(folded, reference_date) if not vetoed.overlaps(m.start, m.end)]
    taken = [(m.start, m.end) for m in moments]
    free = Taken(taken)
    specials = [
        s
        for s in special.find(folded)
        if not vetoed.overlaps(s.start, s.end) and not free.overlaps(s.start, s.end)
    ]
    spans = [*vetoes, *taken, *((s.start, s.end) for s in specials)]
    tokens = grammar.find(folded, Taken(spans), chinese=chinese)
    found = [
        *(_of_moment(text, moment) for moment in moments),
        *(_of_special(text, folded, part, chinese=chinese) for part in specials),
        *(_of_token(text, folded, token, chinese=chinese) for token in tokens),
    ]
    return _tied(folded, list(_apart(found)))


def _apart(figures: Sequence[Figure]) -> Iterator[Figure]:
    """Yield the figures in order, of two that overlap the first and longer one."""
    end = 0
    for figure in sorted(figures, key=lambda f: (f.start, -f.end)):
        if figure.start >= end:
            yield figure
            end = figure.end


def _of_moment(text: str, moment: Moment) -> Figure:
    return Figure(
        segment=None,
        start=moment.start,
        end=moment.end,
        text=text[moment.start : moment.end],
        type=moment.type,
        core_start=moment.start,
        core_end=moment.end,
        norm=moment.norm,
    )


def _of_special(text: str, folded: str, part: Special, *, chinese: bool) -> Figure:
    multiple = part.type == "multiple"
    return Figure(
        segment=None,
        start=part.start,
        end=part.end,
        text=text[part.start : part.end],
        type=part.type,
        core_start=part.start,
        core_end=part.end,
        value=part.value,
        low=part.low,
        high=part.high,
        unit=part.unit,
        qualifier=part.qualifier or context.qualifier(folded, part.start, part.end),
        change=context.change(folded, part.start, part.end),
        relation=context.relation(folded, part.start, multiple=multiple),
        measures=context.measures(text, folded, part.end, chinese=chinese, linked=True),
    )


def _of_token(text: str, folded: str, token: Token, *, chinese: bool) -> Figure:
    qualifier = context.qualifier(folded, token.start, token.end, duration=token.type == "duration")
    if token.vague:
        qualifier = "vague"
    elif qualifier is None and token.more:
        qualifier = "more_than"
    unit = token.unit.code if token.unit else token.counter
    type_: FigureType = token.type
    per = token.per
    if (
        per is None
        and type_ in ("quantity", "money", "count")
        and context.is_yearly(folded, token.start, token.end)
    ):
        per = "year"
    end = token.end
    return Figure(
        segment=None,
        start=token.start,
        end=end,
        text=text[token.start : end],
        type=type_,
        core_start=token.core_start,
        core_end=token.core_end,
        value=token.value,
        low=token.low,
        high=token.high,
        unit="year" if unit == "age" else unit,
        currency=token.unit.code if token.unit and token.unit.currency else None,
        per=per,
        qualifier=qualifier,
        change=context.change(folded, token.start, end),
        relation=context.relation(folded, token.start, multiple=type_ == "multiple"),
        measures=context.measures(
            text, folded, end, chinese=chinese, linked=type_ not in ("count", "quantity")
        )
        if type_ in _MEASURED
        else None,
    )


def _tied(folded: str, figures: list[Figure]) -> list[Figure]:
    """Give a rate the duration that is said of it: 7,000 tons a year for ten years."""
    for place, figure in enumerate(figures[:-1]):
        following = figures[place + 1]
        if (
            figure.per == "year"
            and following.type == "duration"
            and following.value is not None
            and following.unit in _PERIODS
            and context.lasts(folded, figure.end, following.start)
        ):
            number = f"{following.value:g}"
            period = f"P{number}{_PERIODS[following.unit]}"
            figures[place] = msgspec.structs.replace(figure, period=period)
    return figures
