"""Moments: dates, times and periods as a reader takes them, however they are put together.

Calendar dates come with their ISO 8601 form (``dates``); words of time (``english``,
``chinese``) are joined to them and to each other: a day and an hour, two ends of a
stretch, a day and the "before" that opens it.  "Since" and "from" name where a stretch
begins and stay outside, as 自 and 以来 do.  All text here is folded.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from argmine.figures.times import chinese, dates, english, resolve

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterator, Sequence
    from types import ModuleType

    from argmine.records import FigureType

_TYPES: dict[str, FigureType] = {
    "date": "date", "day": "date", "time": "time", "frequency": "frequency", "period": "period",
    "now": "time", "part": "period", "year": "period", "month": "period", "span": "period",
}  # fmt: skip
# Kinds that mean something beside another moment only: the 12 of "between 12 and 14 May",
# an ordinal, a bare year, m/d, two bare hours, the pm of "today pm".
_WEAK = frozenset(("bare", "nth", "digits", "slash", "hours", "half", "spoken", "hour"))
# Kinds that make one moment where they stand side by side.
_TOGETHER = {
    ("date", "time"): "time", ("time", "date"): "time", ("day", "time"): "time",
    ("date", "part"): "part", ("day", "part"): "part", ("part", "date"): "part",
    ("part", "time"): "time", ("time", "part"): "time", ("part", "period"): "part",
    ("frequency", "time"): "frequency", ("time", "frequency"): "frequency",
    ("frequency", "part"): "frequency", ("frequency", "span"): "frequency",
    ("date", "span"): "span", ("span", "date"): "span", ("day", "span"): "span",
    ("part", "span"): "span", ("span", "part"): "span", ("date", "hours"): "span",
    ("part", "hours"): "span", ("date", "half"): "part", ("date", "spoken"): "time",
    ("spoken", "part"): "time", ("part", "spoken"): "time", ("slash", "digits"): "date",
}  # fmt: skip
# In Chinese the greater stands before the lesser and nothing between them.
_TOGETHER_ZH = {
    ("date", "hour"): "time", ("day", "hour"): "time", ("part", "hour"): "time",
    ("frequency", "hour"): "frequency", ("year", "month"): "month", ("year", "date"): "date", ("year", "day"): "date",
    ("month", "day"): "date", ("month", "date"): "date", ("year", "period"): "period",
    ("month", "period"): "period", ("year", "nth"): "period", ("month", "nth"): "period", ("period", "period"): "period",
}  # fmt: skip
_CALENDAR = {"年": "year", "月": "month"}
_CLOCKED = frozenset(("time", "part", "span", "hours"))
_WEEKDAY_EN = re.compile(rf"(?i:(?:{english.WHICH}\s)?{english.DAY})\Z")
_WEEKDAY_ZH = re.compile(rf"{chinese.WEEKDAY}\Z")
_WEEK_EN = re.compile(r"(?i:\bweeks?\b)")
_WORD = re.compile(r"[a-z]+")
_DIGIT = re.compile(r"\d")
# Beside a day a bare number is an hour where nothing is counted by it.
_HOUR_AFTER = re.compile(r"\s?(?:\Z|[.?!;)](?!\d)|,\s)")
_YEAR_DIGITS = 4
_DATED = re.compile(r"[\dX]{4}-[\dX]{2}(?:-[\dX]{2})?")
# What narrows a month or a year down, so that its norm is no longer theirs.
_NARROWER = re.compile(
    r"(?i:first|second|third|fourth|last|week|day|end|start|beginning|middle|half|quarter)|[初末底前后周第]"
)
_LATER = re.compile(r"\b[ap]\.?m\.?\sor\s(?:later|earlier|after|before)\Z")
_EARLIER = re.compile(r"(?i:before|until|till|prior|earlier)|前|截|直")
_LATER_THAN = re.compile(r"(?i:after|later|starting|beginning|onward)|后")
_AT = re.compile(r",?\s(?:at|around|about)\s")


@dataclass(frozen=True, slots=True)
class Moment:
    """A date, time or period found in folded text."""

    start: int
    end: int
    kind: str
    norm: str | None = None

    @property
    def type(self) -> FigureType:
        """Return the figure type of its kind."""
        return _TYPES.get(self.kind, "number")


@dataclass(frozen=True, slots=True)
class _Language:
    """The compiled words of one language."""

    atoms: tuple[tuple[str, frozenset[str], re.Pattern[str]], ...]
    before: re.Pattern[str]
    after: re.Pattern[str]
    opener: re.Pattern[str]
    to: re.Pattern[str]
    beside: re.Pattern[str]
    within: re.Pattern[str]
    weekday: re.Pattern[str]
    together: dict[tuple[str, str], str]
    chinese: bool

    def present(self, text: str) -> set[str]:
        """Return what triggers the atoms: characters, or words and "#" for digits."""
        if self.chinese:
            return set(text)
        words = set(_WORD.findall(text.lower()))
        return words | {"#"} if _DIGIT.search(text) else words


def _compiled(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern, re.IGNORECASE)


def _language(words: ModuleType) -> _Language:
    return _Language(
        tuple((kind, frozenset(hints), _compiled(row)) for kind, hints, row in words.ATOMS),
        before=_compiled(words.BEFORE),
        after=_compiled(words.AFTER),
        opener=_compiled(words.FROM),
        to=_compiled(words.TO),
        beside=_compiled(words.WITH),
        within=_compiled(words.WITHIN),
        weekday=_WEEKDAY_ZH if words is chinese else _WEEKDAY_EN,
        together=_TOGETHER | _TOGETHER_ZH if words is chinese else _TOGETHER,
        chinese=words is chinese,
    )


_ENGLISH, _CHINESE = _language(english), _language(chinese)


def find(text: str, reference: dt.date | None, *, in_chinese: bool) -> list[Moment]:
    """Return the moments in folded text, in order, without overlap."""
    language = _CHINESE if in_chinese else _ENGLISH
    present = language.present(text)
    found = [
        moment
        for kind, hints, pattern in language.atoms
        if not hints.isdisjoint(present)
        for moment in _matches(text, kind, pattern)
    ]
    if not found and not _DIGIT.search(text):
        return []
    if reference is not None:
        found = [_resolved(text, moment, reference) for moment in found]
    found += [
        Moment(m.start, m.end, _CALENDAR.get(text[m.end - 1], m.type), m.norm)
        for m in dates.find(text, reference)
    ]
    moments = _joined(text, _chosen(text, found), language)
    moments = _joined(text, _ranged(text, moments, language), language)
    strong = [m for m in moments if m.kind not in _WEAK]
    return _closed(text, [_bounded(text, m, language) for m in strong], strong)


def _resolved(text: str, moment: Moment, reference: dt.date) -> Moment:
    if moment.norm or moment.kind not in ("date", "period", "year", "month"):
        return moment
    return replace(moment, norm=resolve.norm(text[moment.start : moment.end], reference))


def _matches(text: str, kind: str, pattern: re.Pattern[str]) -> Iterator[Moment]:
    for found in pattern.finditer(text):
        start, end = found.span()
        while start < end and text[start] == " ":
            start += 1
        norm = _own_norm(found[0].strip(), kind)
        if kind == "season":
            if norm is None:
                continue  # 2015-32 is no pair of years
            yield Moment(start, end, "period", norm)
        elif start < end:
            yield Moment(start, end, kind, norm)


def _own_norm(written: str, kind: str) -> str | None:
    """Return the norm that an atom has of itself: a bare year, a clock time in characters."""
    if kind == "digits":
        return written
    if kind in ("time", "hour"):
        return resolve.clock(written)
    return resolve.stretch(written) if kind in ("period", "season") else None


def _chosen(text: str, moments: Sequence[Moment]) -> list[Moment]:
    """Keep the longest of those that overlap; its norm may come from one of its length."""
    kept: list[Moment] = []
    starts: list[int] = []
    for moment in sorted(
        moments, key=lambda m: (m.start - m.end, m.kind in _WEAK, m.start, m.norm is not None)
    ):
        place = bisect_left(starts, moment.end)
        held = kept[place - 1] if place else None
        if held is None or held.end <= moment.start:
            starts.insert(place, moment.start)
            kept.insert(place, moment)
        elif (
            moment.norm
            and not held.norm
            and moment.end == held.end
            and not _NARROWER.search(text, held.start, moment.start)
            and held.type == _TYPES.get(moment.kind)
        ):
            kept[place - 1] = replace(held, norm=moment.norm)
    return kept


def _joined(text: str, moments: Sequence[Moment], language: _Language) -> list[Moment]:
    made: list[Moment] = []
    for moment in moments:
        held = made[-1] if made else None
        kind = _together(text, held, moment, language) if held else None
        if held is None or kind is None:
            made.append(moment)
            continue
        opened = text[held.end : moment.start] == "("
        end = moment.end + (opened and text[moment.end : moment.end + 1] == ")")
        made[-1] = Moment(held.start, end, kind, _norm(text, held, moment))
    return made


def _together(text: str, first: Moment, second: Moment, language: _Language) -> str | None:
    gap = text[first.end : second.start]
    if gap and not language.beside.fullmatch(gap):
        return None
    if second.kind in ("bare", "nth") and not language.chinese:
        hour = first.kind in ("date", "part") and second.kind == "bare" and _AT.fullmatch(gap)
        return "time" if hour and _HOUR_AFTER.match(text, second.end) else None
    one, two = text[first.start : first.end], text[second.start : second.end]
    if first.kind in ("date", "day", "nth") and second.kind in ("date", "day"):
        if bool(language.weekday.search(one)) != bool(language.weekday.search(two)):
            return "date"
        if not language.chinese:
            return None
    if gap.strip(" ,，"):
        if gap.strip() == "的" and language.chinese:
            return language.together.get((first.kind, second.kind))
    elif "," in gap and language.chinese:
        return None
    kind = language.together.get((first.kind, second.kind))
    if kind is not None or language.chinese:
        return kind
    return _of_week(first, second, one, two, language)


def _of_week(first: Moment, second: Moment, one: str, two: str, language: _Language) -> str | None:
    """Join a week and its day: Monday of next week, next week on Monday."""
    for week, day in ((first, two), (second, one)):
        words = one if week is first else two
        if week.kind == "period" and language.weekday.fullmatch(day) and _WEEK_EN.search(words):
            return "date"
    return None


def _norm(text: str, first: Moment, second: Moment) -> str | None:
    """Put a day and an hour together: 2025-07-20 and T22:29."""
    one, two = first.norm, second.norm
    if two and two.startswith("T") and first.kind in ("part", "time"):
        two = resolve.afternoon(two, text[first.start : first.end])
    if one and two:
        if two.startswith("T") and "T" not in one:
            return one + two
        if one.startswith("T") and "T" not in two:
            return two + one
        if first.kind == "year" and len(one) == _YEAR_DIGITS:
            return one + two[_YEAR_DIGITS:]
    if one and two:
        return one if one == two else None
    if first.kind in ("year", "month") and two is None:
        return None  # the year alone is not the day, the month not its middle
    return one or two


def _ranged(text: str, moments: Sequence[Moment], language: _Language) -> list[Moment]:
    made: list[Moment] = []
    for moment in moments:
        held = made[-1] if made else None
        span = _range(text, held, moment, language) if held else None
        if span is None:
            made.append(moment)
        else:
            made[-1] = span
    return made


def _range(text: str, first: Moment, second: Moment, language: _Language) -> Moment | None:
    """Make one stretch of its two ends, if that is what stands there."""
    gap = text[first.end : second.start]
    if not language.to.fullmatch(gap) or "frequency" in (first.kind, second.kind):
        return None
    kind = _kind_of_range(first, second)
    found = language.opener.search(text, max(0, first.start - 12), first.start)
    opened = found[0].strip().lower() if found else ""
    word = gap.strip().lower().split(" ")[0]
    ending = language.within.match(text, second.end)
    # "This year — that year": a dash between words is a break in the sentence.
    dashed = word.startswith("-") and " " in gap
    if dashed and not _DIGIT.search(text, first.start, second.end):
        return None
    if kind is None or not _reads(word, opened, first, second, ending):
        return None
    if kind == "hours" and not (
        (word == "and" and opened.startswith("between")) or word in ("-", "~", "to")
    ):
        return None
    start = found.start() if found and opened != "在" else first.start
    end = ending.end() if ending else second.end
    two = _filled(second, first.norm, text[second.start : second.end])
    one = first.norm or _filled(first, second.norm, text[first.start : first.end])
    norm = f"{one}/{two}" if one and two and one < two else None
    return Moment(start, end, kind, norm)


def _filled(end: Moment, by: str | None, written: str) -> str | None:
    """Give one end what it leaves to the other: the month of 9月3日至5日, the year of 1至5月."""
    norm = end.norm
    if end.kind == "bare" and by is not None and _DATED.fullmatch(by) and written.isdigit():
        return f"{by[:-2]}{int(written):02d}"
    if norm is None or by is None or end.kind != "day" or len(norm) != len(by):
        return norm
    return by[:-2] + norm[-2:]


def _reads(
    word: str, opened: str, first: Moment, second: Moment, ending: re.Match[str] | None
) -> bool:
    """Tell two ends of a stretch from two moments in a row."""
    if word == "and":
        return opened.startswith("between")
    if word in ("与", "和"):
        return ending is not None and ending[0] != "止"
    return not (word.startswith("-") and first.kind == "date" and second.kind == "time")


def _kind_of_range(first: Moment, second: Moment) -> str | None:
    kinds = {first.kind, second.kind}
    if kinds <= {"bare"}:
        return "hours"
    if kinds == {"spoken"}:
        return "span"
    if kinds & {"hour"}:
        kinds = {"time" if kind == "hour" else kind for kind in kinds}
        return "span" if len(kinds - _CLOCKED) == 0 and "part" not in kinds else None
    if kinds & {"half", "hours", "span", "spoken"}:
        return None
    if kinds <= {"slash"} | {"nth"}:
        return "period" if kinds == {"slash"} else "nth"
    if kinds == {"bare", "slash"}:
        return None  # 4-1/4 per cent
    if "bare" in kinds:
        return "span" if kinds & _CLOCKED else "period"
    return "span" if first.kind in _CLOCKED and second.kind in _CLOCKED else "period"


def _bounded(text: str, moment: Moment, language: _Language) -> Moment:
    """Take in the word that opens or closes a stretch: before December, 2018年之前."""
    if moment.kind == "frequency":
        return moment
    before = language.before.search(text, max(0, moment.start - 26), moment.start)
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
    if _EARLIER.search(words):
        return f"../{norm}"
    return f"{norm}/.." if _LATER_THAN.search(words) else norm


def _closed(text: str, bounded: list[Moment], plain: list[Moment]) -> list[Moment]:
    """Join a day and the bound of its hour: tomorrow before 5pm, 3 pm or later on Monday."""
    made: list[Moment] = []
    for moment, core in zip(bounded, plain, strict=True):
        held = made[-1] if made else None
        if held is None:
            made.append(moment)
            continue
        opened = held.kind == "date" and moment.start < core.start and core.kind in _CLOCKED
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
