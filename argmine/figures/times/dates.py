"""Dates, times and periods in both languages, as ISO 8601.

Parts that the text does not give are written ``XXXX`` or ``XX``; with the date of the
article they are filled in: the year nearest to it.
"""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from argmine.records import FigureType

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

MONTHS = {
    name: number
    for number, names in enumerate(
        (
            "january jan",
            "february feb",
            "march mar",
            "april apr",
            "may",
            "june jun",
            "july jul",
            "august aug",
            "september sept sep",
            "october oct",
            "november nov",
            "december dec",
        ),
        start=1,
    )
    for name in names.split()
}
_NAME = (
    r"(?:January|February|March|April|May|June|July|August|September|October|November|"
    r"December|Jan\.?|Feb\.?|Mar\.?|Apr\.?|Jun\.?|Jul\.?|Aug\.?|Sept?\.?|Oct\.?|Nov\.?|"
    r"Dec\.?)"
)
_LEAP_YEAR = 2024
# Months from one December to the January before.
_FAR = 9
_YEAR = r"(?:1[5-9]|20)\d\d"
_FAR_YEAR = r"(?:1[0-4]|2[1-3])\d\d(?=[.,;)]|\Z|\sand\s|\sto\s)"
_CLOCK = r"(?P<hour>\d{1,2}):(?P<minute>[0-5]\d)(?::[0-5]\d)?(?:\s?(?P<ampm1>[AaPp])(?:\.[Mm]\b\.?|[Mm]\b))?"
_DIGITS = dict(zip("零一二三四五六七八九", "0123456789", strict=True))
_ZH_NUMBER = r"(?:\d{1,2}|[一二三四五六七八九十廿]{1,3})"
# "16、17日" are two days, of which the last has the word.
_AND_DAYS = r"(?:、\d{1,2}){0,3}[、和]\d{1,2}日(?![元内])"
_ZH_YEAR = r"(?:\d{4}|[零一二三四五六七八九]{4})"
_BEFORE_BARE = (
    r"(?<![A-Za-z])(?:[Ii]n|[Bb]y|[Ss]ince|[Uu]ntil|[Tt]ill|[Dd]uring|[Ff]rom|[Oo]f|[Tt]o|"
    r"[Bb]efore|[Aa]fter|[Ll]ate|[Ee]arly|[Mm]id-?|[Tt]hrough|[Ll]ast|[Tt]his|[Nn]ext|"
    r"[Aa]round|[Aa]nd|[Tt]he|[Ff]or|[Ii]ts|[Ff]iscal|(?:[Mm]id|[Ee]nd|[Ee]arly|[Ll]ate)(?=-))[\s-]"
)

# Of an hour: 9:30 a.m. ET.
ZONE = r"(?:\s(?:[ECMP][DS]?T|GMT|UTC|BST|CET|HKT|JST|Eastern(?!\s[A-Z])|(?:local|Beijing|Eastern|Pacific|Moscow|Taipei|Hong\sKong)\stime)\b)?"
# Of which year a month is, told from the article's, or from one that was named before.
_WHICH = r"(?:last|next|this|that(?:\ssame)?|the\s(?:same|previous|following))"
_PATTERN = re.compile(
    rf"(?P<iso>(?<!\d)(?P<iy>{_YEAR})[-/.](?P<im>\d{{1,2}})[-/.](?P<id>\d{{1,2}})(?!\d)"
    rf"(?:[T\s]{{1,2}}{_CLOCK})?)"
    rf"|(?P<mdy>\b(?:(?P<n1>[Nn]ext|[Ll]ast)\s)?(?P<m1>{_NAME})\s(?P<d1>\d{{1,2}})(?:st|nd|rd|th)?(?!\d|,\d{{3}}|%)"
    rf"(?:,?\s(?P<y1>{_YEAR})\b|\s(?:of\s)?(?P<w1>{_WHICH})\syear\b(?!['-]))?)"
    rf"|(?P<dmy>\b(?P<d2>\d{{1,2}})(?:st|nd|rd|th)?\s(?:of\s)?(?P<m2>{_NAME})"
    rf"(?:,?\s(?P<y2>{_YEAR})\b|\b))"
    rf"|(?P<my>\b(?P<m3>{_NAME})(?:,?\s(?:of\s)?(?P<y3>{_YEAR})\b|\s(?:of\s)?(?P<w3>{_WHICH})\syear\b(?!['-])))"
    rf"|(?P<month>{_BEFORE_BARE}(?P<m4>{_NAME})(?![\w-]|\.?,?\s(?:of\s)?\d|\s(?:of\s)?{_WHICH}\syear\b(?!['-])))"
    rf"|(?P<half>(?P<hn>first|second)\shalf(?:\sof\s(?:the\syear|(?P<hy>{_YEAR})))?)"
    rf"|(?P<quarter>\bQ(?P<q1>[1-4])(?:\s(?:of\s)?(?P<q1y>{_YEAR}))?\b"
    rf"|(?P<q2>[Ff]irst|[Ss]econd|[Tt]hird|[Ff]ourth|(?:last|final)(?=\squarter\sof\s(?:{_YEAR}|(?:last|this|next)\syear)\b))[\s-]quarter(?:\sof\s(?:(?P<q2y>{_YEAR})|(?P<q2r>last|this|next)\syear))?)"
    rf"|(?P<fiscal>\b(?:FY\s?|fiscal(?:\syear)?\s)(?P<fy>{_YEAR})(?:[-/](?P<fy2>\d\d)(?!\d))?|(?P<fyz>{_ZH_YEAR})财年(?:的?第?(?P<fqz>[一二三四1-4])(?:季度?|财季)|(?P<fhz>[上下])半年)?)"
    rf"|(?P<range>\b(?P<r1>{_YEAR})\s?-\s?(?P<r2>{_YEAR})\b年?)"
    rf"|(?P<decade>\b(?P<dec>{_YEAR})s\b)"
    rf"|(?P<zymd>(?P<zy1>{_ZH_YEAR})\s?年(?:\s?(?P<zm1>{_ZH_NUMBER})\s?月(?:份)?"
    rf"(?:\s?(?P<zd1>{_ZH_NUMBER})\s?(?:日|号))?|(?P<zh1>[上下])半年|第?(?P<zq1>[一二三四1-4])季度?"
    r"|[初底末](?![国])|中(?=[，,。以之至到]|\Z))?)"
    rf"|(?P<zmd>(?P<zm2>{_ZH_NUMBER})\s?月\s?(?P<zd2>{_ZH_NUMBER})\s?(?:日|号|(?={_AND_DAYS})))"
    rf"|(?P<zm>(?<![个\d零一二三四五六七八九十连跌涨升降续第])(?P<zm3>{_ZH_NUMBER})\s?月(?:份)?(?![\u4e00-\u9fff]?球))"
    rf"|(?P<zd>(?:(?<![\d第零一二三四五六七八九十月])|(?<=[周期拜][一二三四五六日天]))(?P<zd3>\d{{1,2}})(?:日(?!本(?![周月年])|[元方军币圆内])|(?={_AND_DAYS}))"
    r"(?:[上下]午|凌晨|晚(?![上间]))?)"
    rf"|(?P<zq>第?(?P<zq2>[一二三四](?=季度)|(?<=第)(?<![》”\"」划剧]第)[一二三四1-4](?=季(?!开播|播出|收官|节目))|首(?=季))季度?|(?P<zq3>[上下])半年)"
    rf"|(?P<clock>(?<![\d:.]){_CLOCK.replace('hour', 'hour2').replace('minute', 'minute2').replace('ampm1', 'ampm2')}(?![\d:]){ZONE})"
    r"|(?P<gmt>(?<![\d:.])(?P<gh>[01]\d|2[0-3]):?(?P<gm>[0-5]\d)\s(?:GMT|UTC|(?:local|Beijing|Eastern)\stime)\b)"
    rf"|(?P<ampm>(?<![\d:.])(?P<hour3>\d{{1,2}})(?:\.(?P<minute3>[0-5]\d))?\s?(?P<ampm3>[AaPp])(?:\.[Mm]\b\.?|[Mm]\b){ZONE})"
    rf"|(?P<year>(?:{_BEFORE_BARE}|(?<=[(\s])(?=19|20)|(?<=\()(?=\d{{4}}\)))(?P<y5>{_YEAR}|(?<=[ynel]\s){_FAR_YEAR})"
    r"(?!\sGMT|\sUTC|\s?%|\d|,\d|\.\d|[A-Za-z]|-|\s?[\u4e00-\u9fff]|\s(?:million|billion|trillion|people|tons|tonnes|"
    r"dollars|yuan|miles|km|jobs|troops|workers|companies|firms|units|points|votes|deaths)))"
)
# "In the second half" is one of the year where nothing else is named.
_IN_THE = re.compile(r"\b[Ii]n\sthe\s\Z")
_CLAUSE_END = re.compile(r"\s?(?:[.,;)]|\Z)")
_AWAY = {None: 0, "last": -1, "this": 0, "next": 1}
_QUARTERS = {
    "first": 1,
    "second": 2,
    "third": 3,
    "fourth": 4,
    "last": 4,
    "final": 4,
    "一": 1,
    "首": 1,
    "二": 2,
    "三": 3,
    "四": 4,
    **{str(number): number for number in range(1, 5)},
}


# What a maker returns: type, norm, and a start other than the match's.
_Made = tuple[FigureType, str | None, int | None] | None


@dataclass(frozen=True, slots=True)
class CalendarDate:
    """A date, time or period found in folded text."""

    start: int
    end: int
    type: FigureType
    norm: str | None


def find(text: str, reference: dt.date | None) -> Iterator[CalendarDate]:
    """Yield the moments in folded text, in order."""
    for match in _PATTERN.finditer(text):
        moment = _moment(match, reference)
        if moment is not None:
            yield moment


def _moment(match: re.Match[str], reference: dt.date | None) -> CalendarDate | None:
    kind = next(name for name in _MAKERS if match[name] is not None)
    made = _MAKERS[kind](match, reference)
    if made is None:
        return None
    type_, norm, start = made
    return CalendarDate(start if start is not None else match.start(), match.end(), type_, norm)


def _number(written: str) -> int:
    if written.isdigit():
        return int(written)
    text = written.replace("廿", "二十")
    if "十" in text:
        tens, _, ones = text.partition("十")
        return 10 * int(_DIGITS.get(tens, "1")) + int(_DIGITS.get(ones, "0"))
    return int("".join(_DIGITS[c] for c in text))


def _month_number(name: str) -> int:
    return MONTHS[name.rstrip(".").lower()]


def _day(year: int | None, month: int, day: int, reference: dt.date | None) -> str | None:
    if year is None and reference is not None and 1 <= month <= 12:
        year = nearest_year(month, reference)
    try:
        dt.date(_LEAP_YEAR if year is None else year, month, day)
    except ValueError:
        return None
    return f"{'XXXX' if year is None else f'{year:04d}'}-{month:02d}-{day:02d}"


def _month(year: int | None, month: int, reference: dt.date | None) -> str | None:
    if not 1 <= month <= 12 or year == 0:
        return None
    if year is None and reference is not None:
        year = nearest_year(month, reference)
    return f"{'XXXX' if year is None else f'{year:04d}'}-{month:02d}"


def _told_year(written: str, month: int, reference: dt.date | None) -> int | None:
    """Return the year of "since December", "last December" and "next March"."""
    word = written.split(maxsplit=1)[0].lower()
    if reference is None or word not in ("since", "last", "next"):
        return None
    if word == "next":
        return reference.year + (month <= reference.month)
    return reference.year - (
        month > reference.month or (word == "last" and month == reference.month)
    )


def _nearest_day(day: int, reference: dt.date) -> str | None:
    """Return the day of that number that lies nearest to the article's date."""
    months = (reference.year * 12 + reference.month - 1 + step for step in (-1, 0, 1))
    found = []
    for month in months:
        try:
            found.append(dt.date(month // 12, month % 12 + 1, day))
        except ValueError:
            continue
    return min(found, key=lambda date: abs(date - reference)).isoformat() if found else None


def nearest_year(month: int, reference: dt.date) -> int:
    """Return the year in which the month lies nearest to the article's date."""
    distance = month - reference.month
    year = reference.year + (distance < -6) - (distance > 6)
    return min(max(year, dt.MINYEAR), dt.MAXYEAR)


def _clock(hour: str, minute: str, half: str | None) -> str | None:
    value = int(hour)
    if half and not 1 <= value <= 12:
        return None
    if half:
        value = value % 12 + (12 if half in "Pp" else 0)
    return f"T{value:02d}:{minute}" if value < 24 else None


def _iso(m: re.Match[str], _ref: dt.date | None) -> _Made:
    day = _day(int(m["iy"]), int(m["im"]), int(m["id"]), None)
    if day is None:
        return None
    if m["hour"] is None:
        return "date", day, None
    clock = _clock(m["hour"], m["minute"], m["ampm1"])
    return "time", day + (clock or ""), None


def _mdy(m: re.Match[str], ref: dt.date | None) -> _Made:
    month = _month_number(m["m1"])
    year = int(m["y1"]) if m["y1"] else None
    if m["w1"] or m["n1"]:
        year = (
            _year_told(m["w1"], ref) if m["w1"] else _year_beside(m["n1"], month, int(m["d1"]), ref)
        )
        norm = _day(year, month, int(m["d1"]), None)
        return ("date", norm, None) if norm else None
    if year is None and m.string[max(0, m.start() - 6) : m.start()].lower() == "since ":
        year = _told_year("since", month, ref)
        if year and ref and (month, int(m["d1"])) > (ref.month, ref.day):
            year = ref.year - 1
    norm = _day(year, month, int(m["d1"]), ref)
    return ("date", norm, None) if norm else None


def _year_told(written: str, reference: dt.date | None) -> int | None:
    """Return the year of "last year"; that of "that year" is not known here."""
    away = _AWAY.get(written.lower())
    return None if reference is None or away is None else reference.year + away


def _year_beside(written: str, month: int, day: int, reference: dt.date | None) -> int | None:
    """Return the year of "next Jan. 1" and "last July 4"."""
    if reference is None:
        return None
    passed = (month, day) < (reference.month, reference.day)
    return reference.year + passed if written.lower() == "next" else reference.year - (not passed)


def _my(m: re.Match[str], _ref: dt.date | None) -> _Made:
    year = int(m["y3"]) if m["y3"] else _year_told(m["w3"], _ref)
    norm = _month(year, _month_number(m["m3"]), None)
    return ("period", norm, None) if norm else None


def _dmy(m: re.Match[str], ref: dt.date | None) -> _Made:
    year = int(m["y2"]) if m["y2"] else None
    norm = _day(year, _month_number(m["m2"]), int(m["d2"]), ref)
    return ("date", norm, None) if norm else None


def _zymd(m: re.Match[str], _ref: dt.date | None) -> _Made:
    year = int("".join(_DIGITS.get(c, c) for c in m["zy1"]))
    if m["zm1"]:
        month = _number(m["zm1"])
        if m["zd1"]:
            norm = _day(year, month, _number(m["zd1"]), None)
            return ("date", norm, None) if norm else None
        norm = _month(year, month, None)
        return ("period", norm, None) if norm else None
    if m["zh1"]:
        return "period", f"{year}-H{1 if m['zh1'] == '上' else 2}", None
    if m["zq1"]:
        return "period", f"{year}-Q{_QUARTERS.get(m['zq1']) or m['zq1']}", None
    return "period", f"{year}", None


def _year_zh(month: int, reference: dt.date | None) -> int | None:
    """Return the year of a month that Chinese names without one: that of the article.

    Seen from January 12月 is that of the year before, seen from December 1月 the coming one;
    any other year is told.
    """
    if reference is None:
        return None
    distance = month - reference.month
    return reference.year - (distance > _FAR) + (distance < -_FAR - 1)


def _zmd(m: re.Match[str], ref: dt.date | None) -> _Made:
    month = _number(m["zm2"])
    norm = _day(_year_zh(month, ref), month, _number(m["zd2"]), ref)
    return ("date", norm, None) if norm else None


def _zm(m: re.Match[str], ref: dt.date | None) -> _Made:
    month = _number(m["zm3"])
    norm = _month(_year_zh(month, ref), month, ref)
    return ("period", norm, None) if norm else None


def _zd(m: re.Match[str], ref: dt.date | None) -> _Made:
    day = int(m["zd3"])
    if ref is not None:
        norm = _nearest_day(day, ref)
    else:
        norm = f"XXXX-XX-{day:02d}" if 1 <= day <= 31 else None
    return ("date", norm, None) if norm else None


def _half(m: re.Match[str], ref: dt.date | None) -> _Made:
    year = m["hy"] or (str(ref.year) if ref else "XXXX")
    alone = _IN_THE.search(m.string, max(0, m.start() - 8), m.start()) and _CLAUSE_END.match(
        m.string, m.end()
    )
    if m["hy"] is None and "year" not in m[0] and not alone:
        return None
    return "period", f"{year}-H{1 if m['hn'] == 'first' else 2}", None


def _quarter(m: re.Match[str], ref: dt.date | None) -> _Made:
    number = m["q1"] or _QUARTERS[m["q2"].lower()]
    year = m["q1y"] or m["q2y"] or (str(ref.year + _AWAY[m["q2r"]]) if ref else "XXXX")
    return "period", f"{year}-Q{number}", None


def _zq(m: re.Match[str], ref: dt.date | None) -> _Made:
    year = str(ref.year) if ref else "XXXX"
    part = f"Q{_QUARTERS[m['zq2']]}" if m["zq2"] else f"H{1 if m['zq3'] == '上' else 2}"
    return "period", f"{year}-{part}", None


def _fiscal(m: re.Match[str], _ref: dt.date | None) -> _Made:
    year = m["fy"] or "".join(_DIGITS.get(c, c) for c in m["fyz"])
    following = m["fy2"] and f"{int(year) + 1:04d}"
    if following and following[2:] != m["fy2"]:
        return None
    part = f"-Q{_QUARTERS[m['fqz']]}" if m["fqz"] else ""
    if m["fhz"]:
        part = f"-H{1 if m['fhz'] == '上' else 2}"
    return "period", f"FY{year}/FY{following}" if following else f"FY{year}{part}", None


def _clock_only(m: re.Match[str], _ref: dt.date | None) -> _Made:
    norm = _clock(m["hour2"], m["minute2"], m["ampm2"])
    return ("time", norm, None) if norm else None


def _ampm(m: re.Match[str], _ref: dt.date | None) -> _Made:
    norm = _clock(m["hour3"], m["minute3"] or "00", m["ampm3"])
    return ("time", norm, None) if norm else None


_MAKERS: dict[str, Callable[[re.Match[str], dt.date | None], _Made]] = {
    "iso": _iso,
    "mdy": _mdy,
    "dmy": _dmy,
    "my": _my,
    "month": lambda m, r: (
        "period",
        _month(_told_year(m[0], _month_number(m["m4"]), r), _month_number(m["m4"]), r),
        m.start("m4"),
    ),
    "half": _half,
    "quarter": _quarter,
    "fiscal": _fiscal,
    "range": lambda m, _r: ("period", f"{m['r1']}/{m['r2']}", None) if m["r1"] < m["r2"] else None,
    "decade": lambda m, _r: ("period", f"{m['dec'][:3]}X", None),
    "zymd": _zymd,
    "zmd": _zmd,
    "zm": _zm,
    "zd": _zd,
    "zq": _zq,
    "clock": _clock_only,
    "gmt": lambda m, _r: ("time", f"T{m['gh']}:{m['gm']}", None),
    "ampm": _ampm,
    "year": lambda m, _r: ("period", m["y5"], m.start("y5")),
}
