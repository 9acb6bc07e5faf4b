"""Days, months and years that are told from the date of the article, as ISO 8601.

"Yesterday" and 上周二 are dates only for a reader who knows when the article came out.
A bare weekday of an English report is the last one that has passed, today included;
in Chinese 周二 belongs to the running week, which begins on Monday.
"""

from __future__ import annotations

import datetime as dt
import re

from argmine.figures import numerals
from argmine.figures.numerals.cardinal import FIRSTS
from argmine.figures.numerals.chinese import value_of
from argmine.figures.times.dates import MONTHS, nearest_year

_DAYS = {
    "today": 0, "yesterday": -1, "tomorrow": 1, "day before yesterday": -2, "day after tomorrow": 2,
    "今天": 0, "今日": 0, "昨天": -1, "昨日": -1, "明天": 1, "明日": 1, "前天": -2, "后天": 2,
    "大前天": -3, "大后天": 3, "今晨": 0, "今早": 0, "今晚": 0, "今夜": 0, "昨晚": -1, "昨夜": -1,
    "明早": 1, "明晚": 1, "昨": -1, "今": 0, "明": 1,
}  # fmt: skip
_YEARS = {
    "last year": -1, "this year": 0, "next year": 1,
    "去年": -1, "今年": 0, "明年": 1, "前年": -2, "后年": 2, "本年": 0, "上年": -1, "上一年": -1,
}  # fmt: skip
_MONTHS = {
    "last month": -1, "this month": 0, "next month": 1,
    "上月": -1, "上个月": -1, "本月": 0, "这个月": 0, "下月": 1, "下个月": 1,
}  # fmt: skip
_WEEKS = {
    "last week": -1, "this week": 0, "next week": 1, "上周": -1, "上个星期": -1, "上星期": -1,
    "本周": 0, "这周": 0, "这个星期": 0, "下周": 1, "下个星期": 1, "下星期": 1,
}  # fmt: skip
_QUARTERS = {
    "last quarter": -1, "this quarter": 0, "next quarter": 1, "上季度": -1, "上季": -1, "本季": 0, "下季": 1, "上个季度": -1,
    "本季度": 0, "这个季度": 0, "下季度": 1, "下个季度": 1,
}  # fmt: skip
# The first months or quarters of a year, or its last months.
_FIRST_EN = re.compile(
    r"first\s(?P<many>\w+)\s(?P<unit>month|quarter)s(?:\sof\s(?:(?P<year>\d{4})|(?P<which>this|last|next|the)\syear))?"
)
_FIRST_ZH = re.compile(
    r"(?:[前首头](?P<many>\d{1,2}|[一二两三四五六七八九十]{1,2})个?(?P<unit>月|季度?)|最后(?P<last>\d|[二两三四五六])个月)"
)
# Month and day of feasts that fall on the same day everywhere.
_FEASTS = {
    "元旦": (1, 1), "情人节": (2, 14), "妇女节": (3, 8), "五一": (5, 1), "建党节": (7, 1), "建军节": (8, 1),
    "万圣节": (10, 31), "双十一": (11, 11), "圣诞节": (12, 25),
}  # fmt: skip
_OF_YEAR = {"this": 0, "the": 0, "last": -1, "next": 1}
_WEEKDAY_EN = re.compile(r"(last\s)?(mon|tue|wed|thu|fri|sat|sun)[a-z]*\.?")
_WEEKDAY_ZH = re.compile(r"(上|下|本|这)?个?(?:周|星期|礼拜)([一二三四五六日天])")
_ENGLISH = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_CHINESE = {"一": 0, "二": 1, "三": 2, "四": 3, "五": 4, "六": 5, "日": 6, "天": 6}
_CHINESE_DIGITS = "零一二三四五六七八九"
_FIRST, _LAST = 2, 9998  # a year less than the calendar has
_CLOCK_ZH = re.compile(
    r"(?P<hour>[零一二两三四五六七八九十\d]{1,3})\s?[点时](?:(?P<minute>[半整钟]|[一三]刻|[零一二三四五六七八九十\d]{1,3})分?)?钟?(?:左右|许)?"
)
_MINUTES = {"": 0.0, "整": 0.0, "钟": 0.0, "半": 30.0, "一刻": 15.0, "三刻": 45.0}
_AFTERNOON = re.compile("下午|傍晚|晚|夜间|深夜|[昨今当]夜")
_HALF = re.compile(
    r"H(?P<first>[12])[\s-](?:of\s)?(?P<year>\d{4})|(?P<second>[12])H\s?(?P<later>\d{4}|\d\d)"
)
_SEASON = re.compile(r"(\d\d)(\d\d)[-/](\d\d)(?:年度|财年|赛季|学年|年)?")
_DECADE = re.compile(
    r"(?:(?P<century>\d\d|[一二]?十[一二三四五六七八九]?)世纪|(?P<last>上个?世纪)|(?P<hundreds>1[5-9]|20))?"
    r"(?:(?P<tens>\d)0|(?P<word>[一二三四五六七八九])十)年代(?:初|末期?|中叶|[前中后]期)?"
)
_ERA = re.compile(r"(?:民国(元|\d{1,3}|[一二三四五六七八九十百]{1,5})年度?|(1[0-3]\d)学?年度?)")
_ERA_BEGAN = 1911
_PLACES = {"first": 1, "1st": 1, "second": 2, "2nd": 2, "third": 3, "3rd": 3, "fourth": 4, "4th": 4,
           "last": 4, "final": 4}  # fmt: skip
_FISCAL_PART = re.compile(
    r"(?:the\s)?(?:(?P<word>first|second|third|fourth|1st|2nd|3rd|4th|last|final)[\s-](?P<kind>quarter|half)|Q(?P<one>[1-4]))"
    r"[\s-]?(?:of\s|in\s)?(?:the\s)?(?:FY\s?|fiscal\s(?:year\s)?)(?P<year>\d{4}|\d\d)"
    r"|FY\s?(?P<before>\d{4}|\d\d)[\s-]?Q(?P<two>[1-4])"
    r"|(?P<three>[1-4])Q\s?FY\s?(?P<beside>\d{4}|\d\d)",
    re.IGNORECASE,
)
_DAY_FIRST_OR_LAST = re.compile(r"(?P<first>\d{1,2})([/.-])(?P<second>\d{1,2})\2(?P<year>\d{4})")
_PROCLAIMED = re.compile(
    r"(?:this\s)?(?P<day>[a-z\d\s-]+)\sday\sof\s(?P<month>[a-z]+\.?),?\sin\sthe\syear\sof\sour\slord\s(?P<year>.+)"
)
_MONTHS_A_YEAR = 12
_FISCAL = re.compile(r"(?:FY|fiscal\s(?:year\s)?)(\d{4}|\d\d)", re.IGNORECASE)
_SHORT = re.compile(r"'(\d\d)")
_AHEAD = 10  # a short year lies no further ahead of the article
_YEAR_DIGITS = 4
_LONGEST_SPAN = 10
_NIGHT = re.compile("凌晨|半夜|午夜")
# The small hours of a night are told as they are: 昨夜2时.
_EVENING = re.compile("晚|夜")
_FIRST_EVENING_HOUR = 5
_NOON, _HOURS, _SIXTY = 12, 24, 60
_OFFSETS = {"上": -7, "下": 7}


def norm(written: str, reference: dt.date) -> str | None:
    """Return the ISO 8601 form of a word of time, None if it names no day or stretch."""
    word = written.lower().removeprefix("the ")
    if not _FIRST < reference.year < _LAST:
        return None
    if word in _DAYS:
        return (reference + dt.timedelta(days=_DAYS[word])).isoformat()
    if word in _YEARS:
        return f"{reference.year + _YEARS[word]:04d}"
    if word in _MONTHS:
        months = reference.year * 12 + reference.month - 1 + _MONTHS[word]
        return f"{months // 12:04d}-{months % 12 + 1:02d}"
    if word in _QUARTERS:
        quarters = reference.year * 4 + (reference.month - 1) // 3 + _QUARTERS[word]
        return f"{quarters // 4:04d}-Q{quarters % 4 + 1}"
    if word in _WEEKS:
        year, week, _day = (reference + dt.timedelta(weeks=_WEEKS[word])).isocalendar()
        return f"{year:04d}-W{week:02d}"
    return opening(word, reference) or _of_calendar(word, reference) or _weekday(word, reference)


def _of_calendar(word: str, reference: dt.date) -> str | None:
    """Return the day of a feast, the year of '25, or the month nearest to the article."""
    if word in _FEASTS:
        month, number = _FEASTS[word]
        return f"{nearest_year(month, reference):04d}-{month:02d}-{number:02d}"
    short = _SHORT.fullmatch(word)
    if short:
        back = (reference.year + _AHEAD - int(short[1])) % 100
        return f"{reference.year + _AHEAD - back:04d}"
    named = MONTHS.get(word.rstrip("."))
    return f"{nearest_year(named, reference):04d}-{named:02d}" if named is not None else None


def opening(written: str, reference: dt.date | None) -> str | None:
    """Return the stretch of the first eight months, 前三季度 or 最后两个月 of a year."""
    word = written.lower().removeprefix("the ")
    found = _FIRST_EN.fullmatch(word) or _FIRST_ZH.fullmatch(word)
    if found is None:
        return None
    told = found.groupdict()
    year = told.get("year") or "XXXX"
    if reference is not None and year == "XXXX":
        year = f"{reference.year + _OF_YEAR.get(told.get('which') or 'this', 0):04d}"
    if told.get("last"):
        return f"{year}-{_MONTHS_A_YEAR + 1 - int(value_of(told['last']) or 0):02d}/{year}-12"
    many = value_of(told["many"]) if "first" not in word else _number_of(told["many"])
    if many is None or not 1 < many <= _MONTHS_A_YEAR:
        return None
    if told["unit"].startswith(("quarter", "季")):
        return f"{year}-Q1/{year}-Q{int(many)}"
    return f"{year}-01/{year}-{int(many):02d}"


def _number_of(written: str) -> float | None:
    if written.isdigit():
        return float(written)
    words = "two three four five six seven eight nine ten eleven twelve".split()
    return float(words.index(written) + 2) if written in words else None


def clock(written: str) -> str | None:
    """Return a clock time in characters as ISO 8601: 三点半, 20时30分, 零点一刻."""
    found = _CLOCK_ZH.fullmatch(written)
    if found is None:
        return None
    hour = value_of(found["hour"])
    minute = _MINUTES.get(found["minute"] or "")
    if minute is None:
        minute = value_of(found["minute"].lstrip("零"))
    if hour is None or minute is None or hour > _HOURS or minute >= _SIXTY:
        return None
    return f"T{int(hour):02d}:{int(minute):02d}"


def day(written: str) -> str | None:
    """Return the day of 29/09/2020 and 9/29/2020; which is the month of 3/4/2020 is not told."""
    found = _DAY_FIRST_OR_LAST.fullmatch(written)
    if found is None:
        return _proclaimed(written)
    first, second = int(found["first"]), int(found["second"])
    if first != second and first <= _MONTHS_A_YEAR and second <= _MONTHS_A_YEAR:
        return None
    month, number = sorted((first, second))
    try:
        return dt.date(int(found["year"]), month, number).isoformat()
    except ValueError:
        return None


def _proclaimed(written: str) -> str | None:
    """Return "this first day of May, in the year of our Lord two thousand twenty-three"."""
    found = _PROCLAIMED.fullmatch(written.lower())
    if found is None:
        return None
    number = _ordinal(found["day"])
    year = numerals.at(found["year"], 0)
    month = MONTHS.get(found["month"].rstrip("."))
    if number is None or month is None or year is None or not year.value:
        return None
    try:
        return dt.date(int(year.value), month, number).isoformat()
    except ValueError:
        return None


def _ordinal(written: str) -> int | None:
    """Return the number of "thirty-first" and "31st"."""
    digits = re.match(r"\d+", written)
    if digits:
        return int(digits[0])
    *tens, last = re.split(r"[\s-]", written)
    if last not in FIRSTS:
        return None
    return FIRSTS[last] + {"twenty": 20, "thirty": 30}.get(tens[0] if tens else "", 0)


def stretch(written: str) -> str | None:
    """Return a stretch that is told by digits alone: H1 2025, 2H24, 2019-20, FY25, Q4 FY25."""
    part = _FISCAL_PART.fullmatch(written)
    if part:
        return _fiscal_part(part)
    half = _HALF.fullmatch(written)
    if half:
        year = half["year"] or half["later"]
        return f"{_century(year)}-H{half['first'] or half['second']}"
    span = _SEASON.fullmatch(written)
    if span and 0 < int(span[3]) - int(span[2]) <= _LONGEST_SPAN:
        return f"{span[1]}{span[2]}/{span[1]}{span[3]}"
    fiscal = _FISCAL.fullmatch(written)
    return f"FY{_century(fiscal[1])}" if fiscal else _decade(written)


def _fiscal_part(found: re.Match[str]) -> str:
    """Return the quarter or half of a fiscal year, as in FY2023-Q4."""
    word = (found["word"] or "").lower()
    number = found["one"] or found["two"] or found["three"] or _PLACES[word]
    kind = "H" if (found["kind"] or "").lower() == "half" else "Q"
    if word in ("last", "final") and kind == "H":
        number = 2
    return f"FY{_century(found['year'] or found['before'] or found['beside'])}-{kind}{number}"


def _decade(written: str) -> str | None:
    """Return the ten years of 20世纪90年代 and 1960年代; 90年代 alone does not tell its century."""
    found = _DECADE.fullmatch(written)
    if found is None:
        return None
    hundreds = found["hundreds"] or ("19" if found["last"] else None)
    if found["century"]:
        number = value_of(found["century"])
        hundreds = f"{int(number) - 1:02d}" if number else None
    tens = found["tens"] or str(_CHINESE_DIGITS.index(found["word"]))
    return f"{hundreds}{tens}X" if hundreds else None


def era(written: str) -> str | None:
    """Return the year of 民国114年."""
    found = _ERA.fullmatch(written)
    if found is None:
        return None
    written = found[1] or found[2]
    number = 1.0 if written == "元" else value_of(written)
    return f"{_ERA_BEGAN + int(number):04d}" if number else None


def _century(year: str) -> str:
    return year if len(year) == _YEAR_DIGITS else f"20{year}"


def afternoon(norm: str, part: str) -> str:
    """Move a clock time into the part of the day named before it: 下午2:30."""
    hour = int(norm[1:3])
    if hour == _NOON and _NIGHT.search(part):
        return f"T00{norm[3:]}"
    evening = _EVENING.search(part)
    if hour == _NOON and evening and norm.endswith(":00"):
        return "T24:00"  # the end of that day
    begins = _FIRST_EVENING_HOUR if evening else 1
    late = _AFTERNOON.search(part) and begins <= hour < _NOON
    return f"T{hour + _NOON:02d}{norm[3:]}" if late else norm


def small_hours(norm: str, part: str) -> bool:
    """Say whether an hour of a night belongs to the day after: 昨夜2时."""
    return int(norm[1:3]) < _FIRST_EVENING_HOUR and _EVENING.search(part) is not None


def _weekday(word: str, reference: dt.date) -> str | None:
    english = _WEEKDAY_EN.fullmatch(word)
    if english:
        back = (reference.weekday() - _ENGLISH.index(english[2])) % 7
        if english[1] and back == 0:
            back = 7
        return (reference - dt.timedelta(days=back)).isoformat()
    chinese = _WEEKDAY_ZH.fullmatch(word)
    if chinese:
        monday = reference - dt.timedelta(days=reference.weekday())
        days = _CHINESE[chinese[2]] + _OFFSETS.get(chinese[1] or "", 0)
        return (monday + dt.timedelta(days=days)).isoformat()
    return None
