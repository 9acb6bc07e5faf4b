"""Moments: dates, times and periods as a reader takes them, however they are put together.

Calendar dates come with their ISO 8601 form (``dates``); words of time (``english``,
``chinese``) are joined to them and to each other: a day and an hour, two ends of a
stretch.  Words that leave a stretch open are added last (``open_ends``); "since" and
"from" name where it begins and stay outside, as 自 and 以来 do.  All text here is folded.
"""

from __future__ import annotations

import datetime as dt
import re
from bisect import bisect_left
from dataclasses import replace
from typing import TYPE_CHECKING

from argmine.figures.times import dates, open_ends, resolve
from argmine.figures.times.coordinated import coordinated
from argmine.figures.times.language import CLOCKED, TYPES, WEAK, Moment, compiled, language

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from argmine.figures.times.language import Language

_CALENDAR = {"年": "year", "月": "month"}
_WEEK_EN = re.compile(r"(?i:\bweeks?\b)")
_DIGIT = re.compile(r"\d")
# Beside a day a bare number is an hour where nothing is counted by it.
_HOUR_AFTER = re.compile(r"\s?(?:\Z|[.?!;)](?!\d)|,\s)")
_YEAR_DIGITS = 4
_YEARLESS = re.compile(r"\A(?!.*(?:\d{4}|年|year))")
_DATED = re.compile(r"[\dX]{4}-[\dX]{2}(?:-[\dX]{2})?")
# What narrows a month or a year down, so that its norm is no longer theirs.
_NARROWER = re.compile(
    r"(?i:first|second|third|fourth|last|week|day|end|start|beginning|middle|half|quarter)|[初末底前后周第]"
)
# 去年年底 is told as 2019年底 is: by its year; the year alone is no day of it.
_AN_END = re.compile(r"年?[初底末中]|[上中下]旬")
_DAY_OF = re.compile(r"(\d{1,2})[日号]")
# 连涨7日 and 为期3日 tell how long, not when.
_LASTING = re.compile(r"(?:连[续涨跌升降]|持续|为期|长达|历时|延长)\Z")
_BARE_DAY = re.compile(r"(?:\d{1,3}|[一二三四五六七八九十]{1,3})日")
_FROM_TODAY = re.compile(r"(?:[今昨明前后][天日]|[今昨明])")
_AT = re.compile(r",?\s(?:at|around|about)\s")


def find(text: str, reference: dt.date | None, *, in_chinese: bool) -> list[Moment]:
    """Return the moments in folded text, in order, without overlap."""
    words = language(in_chinese=in_chinese)
    present = words.present(text)
    found = [
        moment
        for kind, hints, pattern in words.atoms
        if not hints.isdisjoint(present)
        for moment in _matches(text, kind, compiled(pattern))
    ]
    if not found and not _DIGIT.search(text):
        return []
    found = [_resolved(text, moment, reference) for moment in found]
    # Of two as long as each other the calendar's date comes first: it knows "next January".
    calendar = [
        Moment(m.start, m.end, _CALENDAR.get(text[m.end - 1], m.type), m.norm)
        for m in dates.find(text, reference)
        if not (
            _LASTING.search(text, max(0, m.start - 2), m.start)
            and _BARE_DAY.fullmatch(text, m.start, m.end)
        )
    ]
    moments = _joined(text, _chosen(text, [*calendar, *found]), words)
    moments = _joined(text, _ranged(text, moments, words), words)
    strong = coordinated(text, [m for m in moments if m.kind not in WEAK], chinese=words.chinese)
    return open_ends.opened(text, strong, words)


def _resolved(text: str, moment: Moment, reference: dt.date | None) -> Moment:
    if moment.norm or moment.kind not in ("date", "period", "year", "month", "part"):
        return moment
    written = text[moment.start : moment.end]
    if reference is None:
        return replace(moment, norm=resolve.opening(written, None))
    return replace(moment, norm=resolve.norm(written, reference))


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
    if kind == "year":
        return written if written.isdecimal() else resolve.era(written)
    if kind == "date":
        return resolve.day(written)
    return resolve.stretch(written) if kind in ("period", "season") else None


def _chosen(text: str, moments: Sequence[Moment]) -> list[Moment]:
    """Keep the longest of those that overlap; its norm may come from one of its length."""
    kept: list[Moment] = []
    starts: list[int] = []
    for moment in sorted(
        moments, key=lambda m: (m.start - m.end, m.kind in WEAK, m.start, m.norm is not None)
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
            and held.type == TYPES.get(moment.kind)
        ):
            kept[place - 1] = replace(held, norm=moment.norm)
    return kept


_OF_A_DAY = ("date", "day", "nth")


def _joined(text: str, moments: Sequence[Moment], language: Language) -> list[Moment]:
    made: list[Moment] = []
    for moment in moments:
        held = made[-1] if made else None
        kind = _together(text, held, moment, language) if held else None
        if held is None or kind is None:
            made.append(moment)
            continue
        opened = text[held.end : moment.start].strip() == "("
        end = moment.end + (opened and text[moment.end : moment.end + 1] == ")")
        dated = _dated(text, held, moment, language)
        norm = _norm(text, held, moment) if dated is None else dated.norm
        made[-1] = Moment(held.start, end, kind, norm)
    return made


def _together(text: str, first: Moment, second: Moment, language: Language) -> str | None:
    gap = text[first.end : second.start]
    if gap and not language.beside.fullmatch(gap):
        bracketed = gap.strip() == "(" and text[second.end : second.end + 1] == ")"
        return "date" if bracketed and _dated(text, first, second, language) else None
    if second.kind in ("bare", "nth") and not language.chinese:
        hour = first.kind in ("date", "part") and second.kind == "bare" and _AT.fullmatch(gap)
        return "time" if hour and _HOUR_AFTER.match(text, second.end) else None
    one, two = text[first.start : first.end], text[second.start : second.end]
    if first.kind in _OF_A_DAY and second.kind in ("date", "day"):
        if bool(language.weekday.search(one)) != bool(language.weekday.search(two)):
            return "date"
        if not language.chinese:
            return None
    if gap.strip(" ,，"):
        if gap.strip() in ("的", "约", "大约") and language.chinese:
            return language.together.get((first.kind, second.kind))
    elif gap.strip() and language.chinese:
        return None
    kind = language.together.get((first.kind, second.kind))
    if kind is not None or language.chinese:
        return kind
    return _of_week(first, second, one, two, language)


def _of_week(first: Moment, second: Moment, one: str, two: str, language: Language) -> str | None:
    """Join a week and its day: Monday of next week, next week on Monday."""
    for week, day in ((first, two), (second, one)):
        words = one if week is first else two
        if week.kind == "period" and language.weekday.fullmatch(day) and _WEEK_EN.search(words):
            return "date"
    return None


def _dated(text: str, first: Moment, second: Moment, language: Language) -> Moment | None:
    """Return the written date that stands beside a day of the week.

    Its norm is that of both: the day of the week must not be counted from the article's.
    """
    if first.kind not in _OF_A_DAY or second.kind not in _OF_A_DAY:
        return None
    one, two = (_told(text[m.start : m.end], language) for m in (first, second))
    if one == two:
        return None
    return second if one else first


def _told(written: str, language: Language) -> bool:
    """Say whether a day is told by its weekday, or from the day of the article."""
    return bool(language.weekday.search(written) or _FROM_TODAY.fullmatch(written))


def _norm(text: str, first: Moment, second: Moment) -> str | None:
    """Put a day and an hour together: 2025-07-20 and T22:29."""
    one, two = first.norm, second.norm
    part = text[first.start : first.end]
    evening = part.endswith(("晚", "夜", "下午"))
    if two and two.startswith("T") and (evening or first.kind in ("part", "time")):
        two = resolve.afternoon(two, part)
        if first.kind == "part" and resolve.small_hours(two, part):
            one = None  # 昨夜2时 is a day later
    if one and two:
        return _of_both(one, two, year=first.kind == "year")
    if first.kind == "year" and one is None and two:
        # The year is not told (24年, 翌年), so it is not the article's.
        return f"XXXX{two[_YEAR_DIGITS:]}"
    if first.kind in ("year", "month") and two is None:
        return _part_of(one, text[second.start : second.end])
    return one or two


def _of_both(one: str, two: str, *, year: bool) -> str | None:
    """Return what two norms tell together: a day and its hour, a year and its part."""
    if two.startswith("T") and "T" not in one:
        return one + two
    if one.startswith("T") and "T" not in two:
        return two + one
    if year and len(one) == _YEAR_DIGITS:
        return "/".join(one + end[_YEAR_DIGITS:] for end in two.split("/"))
    if "T" in one and len(two) == len("2025-07-20"):
        return two + one[one.index("T") :]  # 9:05 a.m. on Tuesday, Jan. 7: the day as written
    return one if one == two else None


def _part_of(norm: str | None, written: str) -> str | None:
    """Return the norm of a day of a month, or of the month or year whose end or middle is told."""
    day = _DAY_OF.fullmatch(written)
    if day and norm and len(norm) == len("2025-07"):
        return f"{norm}-{int(day[1]):02d}"
    return norm if _AN_END.fullmatch(written) else None


def _ranged(text: str, moments: Sequence[Moment], language: Language) -> list[Moment]:
    made: list[Moment] = []
    for moment in moments:
        held = made[-1] if made else None
        span = _range(text, held, moment, language) if held else None
        if span is None:
            made.append(moment)
        else:
            made[-1] = span
    return made


def _range(text: str, first: Moment, second: Moment, language: Language) -> Moment | None:
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
    if dashed and (second.kind == "nth" or not _DIGIT.search(text, first.start, second.end)):
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
    weekday = language.weekday.fullmatch(text, second.start, second.end)
    if one and two and weekday and len(one) == len(two) and two <= one:
        two = (dt.date.fromisoformat(two) + dt.timedelta(weeks=1)).isoformat()
    elif one and two and _YEARLESS.match(text[second.start : second.end]):
        two = _in_year_of(one, two)
    elif one and two and _YEARLESS.match(text[first.start : first.end]):
        one = _in_year_before(one, two)
    norm = f"{one}/{two}" if one and two and one < two else None
    return Moment(start, end, kind, norm)


def _in_year_of(first: str, second: str) -> str:
    """Put the second end into the year of the first, or the next: 去年5月3日至6月2日."""
    year, rest = first[:_YEAR_DIGITS], second[_YEAR_DIGITS:]
    if not year.isdigit() or len(first) != len(second) or second.startswith("T"):
        return second
    return f"{year}{rest}" if f"{year}{rest}" > first else f"{int(year) + 1:04d}{rest}"


def _in_year_before(first: str, second: str) -> str:
    """Put the first end into the year of the second, or the one before: May to June 2024."""
    year, rest = second[:_YEAR_DIGITS], first[_YEAR_DIGITS:]
    if not year.isdigit() or len(first) != len(second) or "T" in (first[0], second[0]):
        return first
    return f"{year}{rest}" if f"{year}{rest}" < second else f"{int(year) - 1:04d}{rest}"


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
        return "span" if len(kinds - CLOCKED) == 0 and "part" not in kinds else None
    if kinds & {"half", "hours", "span", "spoken"}:
        return None
    if kinds <= {"slash"} | {"nth"}:
        return "period" if kinds == {"slash"} else "nth"
    if kinds == {"bare", "slash"}:
        return None  # 4-1/4 per cent
    if "bare" in kinds:
        return "span" if kinds & CLOCKED else "period"
    return "span" if first.kind in CLOCKED and second.kind in CLOCKED else "period"
