"""Moments side by side that tell once what they share: 5月10日和11日, 6、7月, May 10 and 11.

All text here is folded.
"""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import replace
from itertools import pairwise
from typing import TYPE_CHECKING

from argmine.figures.numerals.chinese import value_of
from argmine.figures.times.dates import MONTHS
from argmine.figures.times.language import Moment

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

_LOOK = 24
_AND_ZH = r"(?:\s?[、,，]\s?|和|与|及)"
_AND_EN = r"(?:,?\sand\s|,\s)"
_JOINT_ZH = re.compile(_AND_ZH)
_DAY = re.compile(r"(\d{1,2}|[一二三四五六七八九十廿]{1,3})\s?[日号]")
_N = r"(?:\d{1,2}|十[一二]?|[一二三四五六七八九])"
# Behind a verb or a noun a number is one: 跌至3、4月回升.
_APART = r"(?:\A|(?<=[\s，,。；：:（(“年在于从自即是和与及的]))"
# What may stand bare before the last one of its kind, and which digits of the norm it tells.
_BEFORE_ZH: tuple[tuple[re.Pattern[str], re.Pattern[str], str], ...] = (
    (re.compile(rf"{_N}月份?"), re.compile(rf"{_APART}(?:{_N}{_AND_ZH}){{1,4}}\Z"), "month"),
    (re.compile(r"\d{4}年"), re.compile(rf"{_APART}(?:(?:19|20)\d\d{_AND_ZH}){{1,4}}\Z"), "year"),
    (re.compile(r"第?[二三四]季度?"), re.compile(rf"(?<![\d.一二三四五六七八九十])第?(?:[一二三](?:{_AND_ZH}|至|到|-)?){{1,3}}\Z"), "quarter"),
)  # fmt: skip
_DAY_BEFORE = re.compile(
    rf"(?:\A|(?<=\bon\s)|(?<=\bthe\s)|(?<=\bof\s)|(?<=\bfor\s)|(?<=[(]))(?:\d{{1,2}}{_AND_EN}){{1,3}}\Z"
)
_DAY_FIRST = re.compile(r"\d{1,2}\s[A-Z]")
_MONTH_FIRST = re.compile(r"[A-Z][a-z]+\.?\s\d{1,2}\Z")
_DAY_AFTER = re.compile(
    r",?\sand\s(?P<day>[12]\d|3[01]|[1-9])(?=\s?[.;:)]|,\s|\Z|\s(?:in|at|with|by|the|as|when|after|before|for|to|they|he|she|it|we|were|was|will)\b)(?!,\d)"
)
_TOLD_YEAR = re.compile(r"([A-Z][a-z]+)\.?(?:\s\d{1,2}(?:st|nd|rd|th)?,?)?\s\d{4}\Z")
_YEARLESS = re.compile(r"([A-Z][a-z]+)\.?(?:\s\d{1,2}(?:st|nd|rd|th)?)?\Z")
_JOINT_EN = re.compile(r",?\s(?:and|or)\s|,\s")
_LONGEST_LIST = 4
_QUARTERS = "一二三四"
_THROUGH = re.compile("[至到-]")
_NUMBER = re.compile(r"\d+|[一二三四五六七八九十]+")
_DATE, _MONTH, _YEAR = 10, 7, 4


def coordinated(text: str, moments: Sequence[Moment], *, chinese: bool) -> list[Moment]:
    """Return the moments with those that share a month or a word with one beside them."""
    made: list[Moment] = []
    for moment in moments:
        floor = made[-1].end if made else 0
        if chinese:
            moment = _of_month(text, made[-1] if made else None, moment)  # noqa: PLW2901 - the same one, dated
            made += _before_zh(text, moment, floor)
            made.append(moment)
        else:
            _share_year(text, made, moment)
            made += _before_en(text, moment, floor)
            made.append(moment)
            made += _after_en(text, moment)
    kept: list[Moment] = []
    for moment in made:
        if not kept or moment.start >= kept[-1].end:
            kept.append(moment)
        elif moment.end > kept[-1].end:
            kept[-1] = moment
    return kept


def _of_month(text: str, held: Moment | None, moment: Moment) -> Moment:
    """Date the 11日 of 5月10日和11日, which else is a day of the article's month."""
    norm = held.norm if held is not None else None
    day = _DAY.fullmatch(text, moment.start, moment.end)
    if held is None or not day or norm is None or len(norm) != _DATE:
        return moment
    number = value_of(day[1]) if not day[1].isdigit() else float(day[1])
    if (
        number is None
        or number <= int(norm[8:])
        or not _JOINT_ZH.fullmatch(text, held.end, moment.start)
    ):
        return moment
    day_norm = _on(norm, int(number))
    return replace(moment, norm=day_norm) if day_norm else moment


def _on(norm: str, day: int) -> str | None:
    """Return a later day of a date's month, None if it has none."""
    if not norm[:4].isdigit():
        return f"{norm[:8]}{day:02d}" if day > int(norm[8:]) else None
    try:
        found = dt.date.fromisoformat(norm).replace(day=day)
    except ValueError:
        return None
    return found.isoformat()


def _share_year(text: str, made: list[Moment], moment: Moment) -> None:
    """Give "November 10 and December 5, 2022" the year that is told once, at the end."""
    if not _of_month_en(_TOLD_YEAR.match(text, moment.start, moment.end)):
        return  # the year of "Fiscal 2023" is none of the calendar's
    later = moment
    for place in range(len(made) - 1, max(-1, len(made) - 1 - _LONGEST_LIST), -1):
        held = made[place]
        joint = _JOINT_EN.fullmatch(text, held.end, later.start)
        alike = _of_month_en(_YEARLESS.match(text, held.start, held.end))
        if not (joint and alike and held.norm and later.norm):
            return
        # What comes later in the calendar is of the year before: December and January 2023.
        year = int(later.norm[:4]) - (held.norm[5:7] > later.norm[5:7])
        later = made[place] = replace(held, norm=f"{year:04d}{held.norm[4:]}")


def _of_month_en(written: re.Match[str] | None) -> bool:
    return written is not None and written[1].lower() in MONTHS


def _before_zh(text: str, moment: Moment, floor: int) -> Iterator[Moment]:
    for last, pattern, part in _BEFORE_ZH:
        if last.fullmatch(text, moment.start, moment.end) is None:
            continue
        found = pattern.search(text, max(floor, moment.start - _LOOK), moment.start)
        if found is None:
            return
        numbers = list(_NUMBER.finditer(text, found.start(), found.end()))
        if part == "quarter":
            yield from _quarters(text, moment, found)
            return
        digits = text[moment.start].isdigit()
        for number in numbers:
            if number[0].isdigit() != digits:
                continue  # the 一、 of a heading
            value = value_of(number[0]) if not number[0].isdigit() else float(number[0])
            norm = None if value is None else _with(moment.norm, part, int(value))
            if norm is not None and (moment.norm is None or norm < moment.norm):
                yield Moment(number.start(), number.end(), "period", norm)


def _quarters(text: str, moment: Moment, found: re.Match[str]) -> Iterator[Moment]:
    """Make one stretch of 一至三季度, 一、二季度 and 二三季度."""
    told = [_QUARTERS.index(c) + 1 for c in text[found.start() : moment.end] if c in _QUARTERS]
    apart = any(later - earlier != 1 for earlier, later in pairwise(told))
    if apart and not _THROUGH.search(found[0]):
        return  # of 一、三季度 the first may be the number of a paragraph
    norm = moment.norm
    if norm is not None and "-Q" in norm:
        norm = f"{norm[:-1]}{told[0]}/{norm}"
    yield Moment(found.start(), moment.end, "period", norm)


def _with(norm: str | None, part: str, value: int) -> str | None:
    if part == "year":
        return f"{value:04d}"
    if norm is None or len(norm) != _MONTH or not 1 <= value <= 12:
        return None
    return f"{norm[:5]}{value:02d}"


def _before_en(text: str, moment: Moment, floor: int) -> Iterator[Moment]:
    """Read the 10 of "10 and 11 May"."""
    if moment.norm is None or not _DAY_FIRST.match(text, moment.start, moment.end):
        return
    found = _DAY_BEFORE.search(text, max(floor, moment.start - _LOOK), moment.start)
    if found is None or len(moment.norm) != _DATE:
        return
    for number in _NUMBER.finditer(text, found.start(), found.end()):
        yield Moment(number.start(), number.end(), "date", f"{moment.norm[:8]}{int(number[0]):02d}")


def _after_en(text: str, moment: Moment) -> Iterator[Moment]:
    """Read the 11 of "May 10 and 11"."""
    written = _MONTH_FIRST.search(text, moment.start, moment.end)
    if written is None or moment.norm is None or len(moment.norm) != _DATE:
        return
    found = _DAY_AFTER.match(text, moment.end)
    if found:
        norm = _on(moment.norm, int(found["day"]))
        if norm is not None and norm > moment.norm:
            yield Moment(found.start("day"), found.end("day"), "date", norm)
