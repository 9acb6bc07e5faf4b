"""Find the figures of a text: moments first, then vetoes, special forms and numbers."""

from __future__ import annotations

import bisect
import re
from dataclasses import replace
from typing import TYPE_CHECKING

import msgspec

from argmine.figures import context, measures, numerals, veto
from argmine.figures.grammar import among, bounds, joins, quantity, relative, special
from argmine.figures.grammar.worth import worth
from argmine.figures.measures.chinese import RATES
from argmine.figures.normalise import fold
from argmine.figures.tables import TABLES
from argmine.figures.times import moments as times
from argmine.figures.token import Floor, Taken
from argmine.records import Figure, Measure
from argmine.segmentation.language import is_chinese

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterable, Iterator, Sequence

    from argmine.figures.times.language import Moment
    from argmine.figures.token import Token
    from argmine.records import Change, Qualifier

_MEASURED = frozenset(
    "money percent percentage_point quantity count number multiple fraction age temperature".split()
)
_WHEN = frozenset(("date", "time", "period", "frequency"))
_RATED = frozenset(("quantity", "money", "count"))
_CLAUSE = 40
_MONEYS = {
    "新台币": re.compile(
        r"\A(?!.*(?:人民币|RMB|CNY|陆币|大陆|中国)).*(?:新台币|台币|台股|加权指数|行政院|立法院|台积电|鸿海|联发科|台北股市|集中市场|花莲|高雄|新北市|健保|劳保|(?<![一两二三四五六七八九十\d这那每几平后])台电(?![脑影视商动话梯子池器])|台湾中油|公平会|台北地[院检]|立委|国发会|兆元)",
        re.DOTALL,
    ),
    "港元": re.compile(
        r"\A(?!.*(?:人民币|RMB|CNY|沪|深|A股|大陆|中国|澳门|新加坡|广东)).*(?:港元|港币|港仙|恒生指数|恒指|港府|港铁|裁判法院|公屋|居屋|港股|房委会|旺角|沙田|观塘|香港(?:特区政府|立法会|消委会|金管局|高等法院|特首|政府)|的士|呎价|强积金|财政司|中银香港|(?<=\(0\d{4}\))收报|(?<=\.HK\))收报)",
        re.DOTALL,
    ),
    "澳门元": re.compile(r"\A(?!.*(?:人民币|RMB|CNY|港元|港币)).*澳门元", re.DOTALL),
}
_ALSO = re.compile(
    r"(?:\s?(?:points?|点))?\s?[,，(（]?\s?(?:or|或)\s?(?:(?:about|nearly|around|some)\s|约|近)?"
)
_AND_ANOTHER = re.compile(
    r"(?:,?\s(?:and|while)\s(?:the\s)?|,\s(?=those\s))(?P<noun>[A-Z][\w&.'-]{0,20}(?:\s[A-Z\d][\w&.'-]{0,20}){0,3}"
    r"|those\s(?:to|from|in|of)\s(?:the\s)?[A-Z][\w.]{0,20}(?:\s[A-Z][\w.]{0,20})?)\s"
)
_HOW_OFTEN = re.compile(context.ADJECTIVES)
_AGO = re.compile(r"\b(?:earlier|ago|before)\b")
_LATER = re.compile(".?[后前]的")
_EXTREME = re.compile("(?:以?来)?的?(?:新?[高低](?:[位点]|水平)?|最[高低])")
_SENTENCE = re.compile(r"[.!?。！？](?!\d)")
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
    moments = times.find(folded, reference_date, in_chinese=chinese)
    if numerals.may_hold(folded, in_chinese=chinese):
        tokens, moments = _counted(folded, moments, chinese=chinese)
    else:
        tokens = []
        if moments and veto.may_name(folded):  # the Today of USA Today
            moments = _parted(veto.spans(folded), moments)[1]
    ends = sorted(
        [
            *((m.end, m.start) for m in moments),
            *((t.end + len(t.counter or ""), -1) for t in tokens),
        ]
    )
    found = [
        *(_of_moment(text, moment) for moment in moments),
        *(
            _of_token(text, folded, token, _floor(ends, token.start), chinese=chinese)
            for token in tokens
        ),
    ]
    return _tied(folded, _carried(folded, _same_change(folded, list(_apart(found)))))


def _floor(ends: Sequence[tuple[int, int]], start: int) -> Floor:
    """Return where the last figure or moment before ``start`` ends, and a moment begins."""
    place = bisect.bisect_right(ends, (start, start))
    end, begin = ends[place - 1] if place else (0, -1)
    before = ends[place - 2][0] if place > 1 else 0
    return Floor(end, begin if begin >= 0 else None, min(before, max(begin, 0)))


def _counted(
    folded: str, moments: list[Moment], *, chinese: bool
) -> tuple[list[Token], list[Moment]]:
    """Return the numbers with what makes them figures, and the moments left over."""
    vetoes, moments = _parted(veto.spans(folded), moments)
    taken = [(m.start, m.end) for m in moments]
    free = Taken(taken)
    rest = _masked(folded, vetoes)
    specials = [s for s in among.find(rest) if not free.overlaps(s.start, s.end)]
    free = Taken([*taken, *((s.start, s.end) for s in specials)])
    specials += [s for s in special.find(rest) if not free.overlaps(s.start, s.end)]
    # The "daily" of "200,000 daily passengers" stands between a count and what is counted.
    masked = [(m.start, m.end) for m in moments if not _HOW_OFTEN.fullmatch(folded, m.start, m.end)]
    spans = [*vetoes, *masked, *((s.start, s.end) for s in specials)]
    numbers = quantity.find(_masked(folded, spans), chinese=chinese)
    tokens = joins.joined(folded, sorted([*specials, *numbers], key=lambda token: token.start))
    coin = next((coin for coin, told in _MONEYS.items() if told.search(folded)), None)
    tokens = _of_coin(tokens, coin) if coin else tokens
    placed, left = relative.placed(folded, list(tokens), moments, chinese=chinese)
    return list(worth(folded, bounds.bounded(folded, placed))), left


def _of_coin(tokens: Iterable[Token], coin: str) -> Iterator[Token]:
    """Take 元 for the money of Taiwan or Hong Kong in a text that names it, and no other."""
    for token in tokens:
        yuan = token.unit is not None and token.unit.code == "CNY"
        yield replace(token, unit=TABLES.chinese[coin]) if yuan else token


def _parted(
    vetoes: list[tuple[int, int]], moments: list[Moment]
) -> tuple[list[tuple[int, int]], list[Moment]]:
    """Settle who has a stretch: a moment with a veto inside it stands, others yield.

    上半 is no figure, 去年上半年 is a period; the 2018-09-23 of an address is no date.
    """
    if not moments or not vetoes:
        return vetoes, moments
    whole = Taken([(m.start, m.end) for m in moments])
    # "CHIEN2025年11月27日": a date in full is one, though its year looks like a model's.
    named = Taken(vetoes)
    dates = [m for m in moments if m.norm and m.kind == "date"]
    cut = {v for m in dates if (v := named.at(m.start)) and v[0] < m.start and v[1] < m.end}
    kept = [span for span in vetoes if span not in cut and not whole.holds(*span)]
    vetoed = Taken(kept)
    return kept, [m for m in moments if not vetoed.overlaps(m.start, m.end)]


def _masked(text: str, spans: Iterable[tuple[int, int]]) -> str:
    """Blank out what is spoken for, so that no number reaches into it."""
    parts, at = [], 0
    for start, end in sorted(spans):
        if end <= at:
            continue
        parts += [text[at:start], "\x00" * (end - max(start, at))]
        at = end
    return "".join([*parts, text[at:]])


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


def _of_token(text: str, folded: str, token: Token, floor: Floor, *, chinese: bool) -> Figure:
    type_, start, end = token.type, token.start, token.end
    unit = token.unit.code if token.unit else token.counter
    per = token.per
    if per is None and type_ in _RATED:
        per = context.often(folded, start, end)
    measured = type_ in _MEASURED
    return Figure(
        segment=None,
        start=start,
        end=end,
        text=text[start:end],
        type=type_,
        core_start=token.core_start,
        core_end=token.core_end,
        value=token.value,
        low=token.low,
        high=token.high,
        unit="year" if unit == "age" else unit,
        currency=token.unit.code if token.unit and token.unit.currency else None,
        per=per,
        qualifier=_qualifier(folded, token),
        change=_change(folded, token),
        relation=context.relation(folded, start, multiple=type_ == "multiple"),
        measures=_measure(text, folded, token, floor, chinese=chinese) if measured else None,
    )


def _measure(
    text: str, folded: str, token: Token, floor: Floor, *, chinese: bool
) -> Measure | None:
    span = measures.place(folded, token, floor, chinese=chinese)
    return Measure(*span, text[slice(*span)]) if span else None


def _qualifier(folded: str, token: Token) -> Qualifier | None:
    if token.vague:
        return "vague"
    if token.bound is not None:
        return token.bound
    beside = context.qualifier(folded, token.start, token.end + len(token.counter or ""))
    return beside or ("more_than" if token.more else None)


def _change(folded: str, token: Token) -> Change | None:
    found = context.change(folded, token.start, token.end)
    if found == "from" and _AGO.search(folded, token.core_end, token.end + 8):
        return None  # "down 3% from a year earlier"
    if token.type == "duration" and (
        _LATER.match(folded, token.end - 1) or _EXTREME.match(folded, token.end)
    ):
        return None  # 降到半年后的60%, 由十年前的33.3%, 升至七周高位
    if found not in ("up", "down"):
        return found
    # "Stepped down 12 days later": no stretch of time tells by how much.
    raised = token.type == "money" and context.is_raised(folded, token.start)
    return None if raised or token.type in ("duration", "age") else found


def _same_change(folded: str, figures: Sequence[Figure]) -> list[Figure]:
    """Let "fell 58 cents, or 0.9%" say its change of both figures.

    What "in June" tells may stand between them.
    """
    made: list[Figure] = []
    for figure in figures:
        last = next((one for one in made[-1:-3:-1] if one.type not in _WHEN), None)
        if last and figure.change is None and _shares_change(folded, last, figure):
            figure = msgspec.structs.replace(figure, change=last.change)  # noqa: PLW2901
        elif last and figure.change is None:
            figure = _of_another(folded, last, figure)  # noqa: PLW2901
        made.append(figure)
    return made


def _of_another(folded: str, last: Figure, figure: Figure) -> Figure:
    """Read "the S&P 500 rose 0.5% and the Nasdaq 0.8%": one verb, two things."""
    found = _AND_ANOTHER.fullmatch(folded, last.end, figure.start)
    alike = last.type == figure.type and last.unit == figure.unit
    if not (found and alike and last.change in ("up", "down")):
        return figure
    span = found.span("noun")
    thing = last.measures if found["noun"].startswith("those") else Measure(*span, found["noun"])
    return msgspec.structs.replace(figure, change=last.change, measures=thing)


def _shares_change(folded: str, last: Figure, figure: Figure) -> bool:
    if last.change in ("up", "down") and _ALSO.fullmatch(folded[last.end : figure.start]):
        return True
    alike = last.type == figure.type and last.unit == figure.unit
    return (
        last.change in ("up", "down", "to", "from")
        and alike
        and figure.type not in ("count", "number", "duration")
        and context.goes_on(folded, last.end, figure.start, figure.end)
    )


def _carried(folded: str, figures: list[Figure]) -> list[Figure]:
    """Let a clause that names nothing go on with what was measured before it."""
    made: list[Figure] = []
    last: Figure | None = None
    for figure in figures:
        carried = figure
        bare = figure.type not in ("count", "age") or (
            figure.type == "count" and figure.unit is None and figure.change is not None
        )
        if last and figure.measures is None and figure.type in _MEASURED and bare:
            between = folded[last.end : figure.start]
            if len(between) < _CLAUSE and not _SENTENCE.search(between):
                carried = msgspec.structs.replace(figure, measures=last.measures)
        if (
            carried.measures is not None
            # What a count stands before is its own; a subject goes on.
            and (
                carried.type not in ("count", "age")
                or (carried.type == "count" and carried.measures.end <= carried.start)
            )
            and fold(carried.measures.text) not in RATES
        ):
            last = carried
        made.append(carried)
    return made


def _tied(folded: str, figures: list[Figure]) -> list[Figure]:
    """Give a rate the duration that is said of it: 7,000 tons a year for ten years."""
    for place, figure in enumerate(figures[:-1]):
        # "7,000 tons annually for ten years": the rate word is a figure of its own.
        step = 2 if figures[place + 1].type == "frequency" else 1
        following = figures[min(place + step, len(figures) - 1)]
        if (
            figure.per == "year"
            and following.type == "duration"
            and following.value is not None
            and following.unit in _PERIODS
            and context.lasts(folded, figure.end, following.start)
        ):
            number = f"{following.value:.15g}"
            period = f"P{number}{_PERIODS[following.unit]}"
            figures[place] = msgspec.structs.replace(figure, period=period)
    return figures
