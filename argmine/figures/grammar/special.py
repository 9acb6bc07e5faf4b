"""Figures whose number is a word of its own: 三分之一, doubled, one in four, 翻两番, 八折.

All text here is folded (``normalise.fold``).
"""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from argmine.figures import numerals
from argmine.figures.grammar import forms
from argmine.figures.numerals import chinese
from argmine.figures.numerals.chinese import DIGITS, D
from argmine.figures.tables import TABLES, Unit

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from argmine.figures.token import Token
    from argmine.records import Qualifier

_FACTORS = {
    "doubl": 2.0, "twice": 2.0, "tripl": 3.0, "trebl": 3.0, "thrice": 3.0, "quadrupl": 4.0, "quintupl": 5.0,
    "halv": 0.5,
}  # fmt: skip
_FOLDS = {
    word: number
    for number, word in enumerate(
        "two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen".split(),
        2,
    )
} | {"twenty": 20, "thirty": 30, "forty": 40, "fifty": 50, "hundred": 100, "thousand": 1000}
_SMALL = "one|two|three|four|five|six|seven|eight|nine|ten"
_VAGUE = r"(?:tens|dozens|scores|hundreds|thousands|millions|billions|trillions)"
_DIGIT = D[1:]
_TIMES_EN = "second|minute|hour|day|week|fortnight|month|quarter|year|decade|century"

_PATTERN = re.compile(
    rf"(?P<share>(?<![{D}十百千万亿\d])(?P<share_s>负\s?)?(?P<share_w>十万|[百千万][万千百]{{0,2}})\s{{0,3}}分\s{{0,3}}之\s{{0,3}}(?=[负\d{D}十百千]))"
    rf"|(?P<part>分\s{{0,2}}之\s{{0,2}}(?=[负\d{D}十百千]))"
    rf"|(?P<third>(?<![{D}\d])[二三四五六七八九十][分份]一(?![月日号秒点]))"
    rf"|(?P<tenths>(?<![\d.])(?P<tenths_n>\d{{1,2}}(?:\.\d{{1,2}})?|[{_DIGIT}]\s?点\s?[{D}]|[{_DIGIT}十半]|[{_DIGIT}]十)"
    rf"(?:(?P<tenths_l>成半)?\s?(?:至|到|-|~)?\s?(?P<tenths_m>[{_DIGIT}]|[1-9]))?"
    rf"(?:多|余)?\s?成(?P<tenths_h>半|多|\s?[一二三四五六七八九](?![成倍])|[1-9](?=[\s，。；、,.;!！）)]|\Z|[的民受选支认反赞不表主希盼觉没愿对则]))?"
    r"(?![为立功果本员长熟交都就分人形品因效绩败语天见群]))"
    r"|(?P<turn>翻了?(?P<turn_n>[一两二三四五1-5])[番倍]|翻番|翻倍|(?<!成)倍增)"
    rf"|(?P<discount>(?<![\d.])(?P<discount_n>\d{{1,2}}(?:\.\d{{1,2}})?|\d\s\d|[{_DIGIT}](?:\s?点?\s?[{D}])?|对|半)\s?折(?![叠合断磨扣腾射服中扇]))"
    rf"|(?P<half_point>(?<![{D}十\d个])半个(?P<half_point_u>百分点|基点))"
    rf"|(?P<clock>(?<![{D}十\d点时])(?P<clock_n>[一两三])刻钟)"
    rf"|(?P<some>(?<![{D}十百千万\d好])[几数]个?(?P<some_u>天|日|周|星期|月|年|小时|分钟)(?<!几月)(?![报前]?[线表据])(?!几))"
    rf"|(?P<minutes>(?<![{D}十\d])(?P<minutes_n>[{_DIGIT}十\d]{{0,3}})分半钟?)"
    rf"|(?P<half_unit>(?P<half_n>[{_DIGIT}十\d]{{0,3}}个)半(?=[小月钟世年季])|(?<![一年月日前后上下东西南北])(?<!(?<!再)过)半个?(?=小时|天|年(?![级报度])|月(?!球|刊|牙)|钟|世纪|加仑|升|公斤|斤|吨|公里|英里|小时|秒|分钟))"
    r"|(?P<half_zh>一半半?(?!是)|(?:(?<!超)过半|大半|近半)(?![年个月天小成分日数])|(?:超过|近|过)?半数|减半|(?<!被)腰斩)"
    r"|(?i:(?P<point>(?<!-)\b(?:a\s)?(?P<point_n>quarter|half)(?:-point\b|[\s-](?:of\sa\s)?percentage[\s-]point\b|\sa\spoint\b|\spoint(?=\s(?:cut|hike|rise|increase|reduction|drop|move|to|in|on|at|this|last)\b|[.,;]|\Z)))"
    r"|(?P<factor>\b(?:doubl(?:e|ed|es|ing)|tripl(?:e|ed|es|ing)|trebl(?:e|ed|es|ing)|"
    r"quadrupl(?:e|ed|es|ing)|quintupl(?:e|ed|es|ing)|halv(?:e|ed|es|ing)(?!s)|twice|thrice)\b)"
    rf"|(?P<fold>\b(?P<fold_n>{'|'.join(_FOLDS)}|\d{{1,6}}(?:\.\d{{1,4}})?)[-\s]?fold\b)"
    rf"|(?P<of>(?<!\d[.,])\b(?P<of_n>\d{{1,3}}(?:,\d{{3}}){{1,2}}|{_SMALL}|(?:nine|eigh|seven|six|fif|four|thir)te?en|eleven|twelve|twenty|ninety-nine|\d{{1,4}})(?:\stimes)?\s(?P<of_w>in|out\sof)\s(?:every\s|a\s)?(?={_SMALL}|\d|hundred|(?<=\bone in )(?:eleven|twelve|\w{{3,5}}teen|twenty|thirty|fifty)|(?<=out of )(?:eleven|twelve|\w{{3,5}}teen|twenty|thirty|fifty)))"
    rf"|(?P<few>\b(?:a\s)?(?:few|several|couple(?:\sof)?)\s(?P<few_u>{_TIMES_EN})s\b)"
    rf"|(?P<one>(?:(?<=\bin\s)|(?<=\bwithin\s))an?\s(?P<one_u>{_TIMES_EN})\b(?!-)|(?<!-)\ban?\s(?P<one_v>{_TIMES_EN})(?=\s(?:ago|later|earlier|before(?=\s?[.,;:)]|\Z)|starting|from\snow|and\sa\shalf)\b)|(?:(?<=\bnext\s)|(?<=\bpast\s)|(?<=\blast\s))(?P<one_w>{_TIMES_EN})(?=\sand\sa\shalf\b))"
    rf"|(?P<span>\b(?P<span_n>half\s)?a\s(?P<span_u>decade|fortnight|century)\b(?!-))"
    r"|(?P<aged>(?:(?<=\bin\shis\s)|(?<=\bin\sher\s)|(?<=\bin\stheir\s))(?:early\s|mid[\s-]|late\s)?'?(?P<aged_n>[1-9]0)'?s(?:\s(?:and|or|to)\s(?P<aged_m>[2-9]0)'?s)?\b)"
    rf"|(?P<cohort>\b(?P<cohort_w>over|under)-(?P<cohort_n>[1-9]\d)s\b)"
    rf"|(?P<by>(?<=\bby\s)(?:a\sfactor|factors)\sof\s(?=\d|{_SMALL}))"
    rf"|(?P<vague>\b(?:several|a\sfew|a\scouple\sof)\s(?:dozen|hundred|thousand|million|billion|trillion)\b(?:\s(?:thousand|million|billion)\b)?|\b{_VAGUE}(?:(?:[\s-](?:of|and|or)[\s-]{_VAGUE}){{1,2}}\b|\b(?=\s(?:of|more)\b))(?P<vague_u>\sof\s(?:(?:U\.?S\.?\s)?dollars|euros|pounds(?!\sof\b)|yuan|yen|rupees|rubles)\b)?))"
)
_PART_LEFT = re.compile(
    rf"(?P<minus>负\s?)?(?:(?P<whole>(?:[{D}十百千万亿\d.][{D}十百千万亿\s]{{0,19}}|\d[\d.,\s]{{0,19}}?))\s?又\s?)?"
    rf"(?P<under>(?:[{D}十百千万亿][{D}十百千万亿\s]{{0,19}}?|\d[\d.,\s]{{0,19}}?[万亿]?))\s{{0,3}}\Z"
)
_PART_LOOK = 44
_TO = re.compile(r"\s?(?:至|到|-|~)\s?(?:百分之)?")
_TO_EN = re.compile(r"\s(?:to|or)\s\w|-\d")
_TIME_UNIT = re.compile(r"\s(?:years?|days?|months?|weeks?|minutes?|hours?|seconds?)\b|\s?[%,.]\d")


_COUNTED = re.compile(rf"(?:\b(?:{_SMALL})|\d)[\s-]\Z", re.IGNORECASE)
_TIMES_ZH = {
    "天": "day", "日": "day", "周": "week", "星期": "week", "月": "month", "年": "year",
    "小时": "hour", "分钟": "minute",
}  # fmt: skip
_PERCENT = TABLES.exact["%"]
_TIMES = TABLES.exact["x"]


def find(text: str) -> Iterator[Token]:
    """Yield these figures in folded text, in order."""
    end = 0
    for match in _PATTERN.finditer(text):
        kind = next(name for name in _MAKERS if match[name] is not None)
        made = _MAKERS[kind](match, text)
        if made is not None and made.start >= end:
            yield made
            end = made.end


def _share(m: re.Match[str], text: str) -> Token | None:
    under = chinese.value_of("一" + m["share_w"])
    first = forms.numeral(text, m.end())
    if under is None or first is None or under < 100:
        return None
    if first.low is not None and first.high is not None and first.value is None:
        ends = (forms.exact(first.low * 100 / under), forms.exact(first.high * 100 / under))
        return forms.token((m.start(), first.end), "percent", unit=_PERCENT, bounds=ends)
    if first.value is None:
        return None
    scale = (-100 if m["share_s"] else 100) / under
    value, end = forms.exact(first.value * scale), first.end
    to = _TO.match(text, end)
    second = forms.numeral(text, to.end()) if to else None
    if second and second.value is not None and second.value * scale > value:
        return forms.token(
            (m.start(), second.end),
            "percent",
            unit=_PERCENT,
            bounds=(value, forms.exact(second.value * scale)),
        )
    return forms.token((m.start(), end), "percent", value, unit=_PERCENT)


def _part(m: re.Match[str], text: str) -> Token | None:
    """Read 三分之一, 三百五十又三分之一, 负3分之负一百五十七."""
    over = forms.numeral(text, m.end())
    left = _PART_LEFT.search(text, max(0, m.start() - _PART_LOOK), m.start())
    if over is None or over.value is None or left is None:
        return None
    under = forms.number(left["under"])
    whole = forms.number(left["whole"]) if left["whole"] else 0.0
    if not under or whole is None:
        return None
    value = whole + over.value / under
    sign = -1.0 if left["minus"] else 1.0
    if text.startswith("厘", over.end) and not text.startswith("厘米", over.end):
        unit = TABLES.chinese["百分点"]
        return forms.token((left.start(), over.end + 1), unit.type, sign * value, unit=unit)
    return forms.token((left.start(), over.end), "fraction", sign * value)


def _third(m: re.Match[str], text: str) -> Token | None:
    under = forms.number(m[0][0])
    unit = TABLES.after(text, m.end())
    if under is None or unit is None or unit.unit.type != "quantity":
        return None
    return forms.token((m.start(), unit.end), unit.unit.type, 1 / under, unit=unit.unit)


def _tenths(m: re.Match[str], _text: str) -> Token | None:
    written = m["tenths_n"]
    first = 0.5 if written == "半" else forms.number(written)
    if first is None or (written == "半" and m["tenths_m"]):
        return None
    extra = (m["tenths_h"] or "").strip()
    more = 5.0 if extra == "半" else float(extra if extra.isdigit() else DIGITS.get(extra, 0))
    if m["tenths_m"]:
        second = forms.number(m["tenths_m"])
        if second is None or second <= first:
            return None
        low = first * 10 + (5.0 if m["tenths_l"] else 0.0)
        return forms.token(m.span(), "percent", unit=_PERCENT, bounds=(low, second * 10 + more))
    over: Qualifier | None = "more_than" if "多" in m[0] or "余" in m[0] else None
    return forms.token(
        m.span(), "percent", forms.exact(first * 10 + more), unit=_PERCENT, bound=over
    )


def _discount(m: re.Match[str], _text: str) -> Token | None:
    """八折 is 80%, 七五折 and 75折 are 75%, 对折 is half."""
    written = re.sub(r"\s", "", m["discount_n"])
    if written in "对半":
        value: float | None = 50.0
    elif len(written) == 2 and all(c in DIGITS for c in written):
        value = 10.0 * DIGITS[written[0]] + DIGITS[written[1]]
    else:
        value = forms.number(written)
        if value is not None and value < 10:
            value = forms.exact(value * 10)
    return None if value is None else forms.token(m.span(), "percent", value, unit=_PERCENT)


def _turn(m: re.Match[str], _text: str) -> Token:
    times = forms.number(m["turn_n"]) if m["turn_n"] else 1.0
    value = (1.0 + (times or 1.0)) if "倍" in m[0] else 2.0 ** (times or 1.0)
    return forms.token(m.span(), "multiple", value, unit=_TIMES)


def _half_unit(m: re.Match[str], text: str) -> Token | None:
    """Read 半小时, 一个半小时, 个半月."""
    counted = m["half_n"]
    found = TABLES.after(text, m.end())
    unit, end = (found.unit, found.end) if found else (None, 0)
    for written, code in (
        ("月", "month"),
        ("钟头", "hour"),
        ("钟", "hour"),
        ("世纪", "century"),
        ("季度", "quarter"),
    ):
        if text.startswith(written, m.end()) and (unit is None or unit.type != "duration"):
            unit, end = (
                TABLES.words[code if code != "quarter" else "quarters"],
                m.end() + len(written),
            )
    if unit is None:
        return None
    number = (
        forms.number(counted[:-1]) if counted and len(counted) > 1 else (1.0 if counted else 0.0)
    )
    if number is None:
        return None
    return forms.token((m.start(), end), unit.type, number + 0.5, unit=unit)


def _half_point(m: re.Match[str], _text: str) -> Token:
    return forms.token(m.span(), "percentage_point", 0.5, unit=TABLES.chinese[m["half_point_u"]])


def _point(m: re.Match[str], _text: str) -> Token:
    """Read "a quarter-point cut"."""
    many = 0.25 if m["point_n"].lower() == "quarter" else 0.5
    return forms.token(m.span(), "percentage_point", many, unit=TABLES.chinese["百分点"])


def _clock(m: re.Match[str], _text: str) -> Token:
    """Read 一刻钟, a quarter of an hour."""
    quarters = {"一": 1, "两": 2, "三": 3}[m["clock_n"]]
    return forms.token(m.span(), "duration", 15.0 * quarters, unit=TABLES.words["minute"])


def _some(m: re.Match[str], _text: str) -> Token:
    """Read 几天, 数月: how long is not told."""
    unit = TABLES.words[_TIMES_ZH[m["some_u"]]]
    return forms.token(m.span(), "duration", unit=unit, bound="vague")


def _minutes(m: re.Match[str], _text: str) -> Token | None:
    """Read 五分半, 分半钟."""
    if not m["minutes_n"] and not m[0].endswith("钟"):
        return None
    number = forms.number(m["minutes_n"]) if m["minutes_n"] else 1.0
    unit = TABLES.words["minute"]
    return None if number is None else forms.token(m.span(), "duration", number + 0.5, unit=unit)


def _half_zh(m: re.Match[str], _text: str) -> Token:
    if m[0] in ("减半", "腰斩"):
        return forms.token(m.span(), "multiple", 0.5, unit=_TIMES)
    qualifiers: dict[str, Qualifier] = {
        "过": "more_than",
        "大": "more_than",
        "近": "approx",
        "超": "more_than",
    }
    return forms.token(m.span(), "fraction", 0.5, bound=qualifiers.get(m[0][0]))


def _factor(m: re.Match[str], text: str) -> Token | None:
    if m["factor"].lower() == "halves" and _COUNTED.search(text, max(0, m.start() - 8), m.start()):
        return None  # "three halves" is a fraction
    word = m["factor"].lower()
    value = next(v for stem, v in _FACTORS.items() if word.startswith(stem))
    return forms.token(m.span(), "multiple", value, unit=_TIMES)


def _fold(m: re.Match[str], _text: str) -> Token:
    written = m["fold_n"].lower()
    value = _FOLDS.get(written) or float(written)
    return forms.token(m.span(), "multiple", float(value), unit=_TIMES)


def _of(m: re.Match[str], text: str) -> Token | None:
    """Read "one in four", "two out of five hundred"."""
    over, under = numerals.at(text, m.start("of_n")), numerals.at(text, m.end())
    if over is None or under is None or over.value is None or under.value is None:
        return None
    if not 0 < over.value < under.value or _TIME_UNIT.match(text, under.end):
        return None
    if m["of_w"].lower() == "in" and under.value > 1000:
        return None  # "3 in 2019" is no share
    return forms.token((m.start(), under.end), "fraction", over.value / under.value)


def _few(m: re.Match[str], _text: str) -> Token:
    unit, _many = _stretch(m["few_u"])
    return forms.token(m.span(), "duration", unit=unit, bound="vague")


def _one(m: re.Match[str], _text: str) -> Token:
    """Read "in a week", "a year ago": an article counts where time is told by it."""
    unit, many = _stretch(m["one_u"] or m["one_v"] or m["one_w"])
    return forms.token(m.span(), "duration", many, unit=unit)


def _stretch(word: str) -> tuple[Unit, float]:
    """Return the unit that a word of time is counted in, and how many it is."""
    written = word.lower()
    if written == "fortnight":
        return TABLES.words["week"], 2.0
    return TABLES.words["quarters" if written == "quarter" else written], 1.0


def _span(m: re.Match[str], _text: str) -> Token:
    unit, many = _stretch(m["span_u"])
    return forms.token(m.span(), "duration", many / 2 if m["span_n"] else many, unit=unit)


def _aged(m: re.Match[str], _text: str) -> Token:
    """Read "in her mid-50s": ten years of a life."""
    low, high = float(m["aged_n"]), float(m["aged_m"] or m["aged_n"]) + 9
    return forms.token(m.span(), "age", unit=Unit("age", "age"), bounds=(low, high))


def _cohort(m: re.Match[str], _text: str) -> Token:
    """Read "the over-60s"."""
    age, over = float(m["cohort_n"]), m["cohort_w"].lower() == "over"
    found = forms.token(m.span(), "age", age, unit=Unit("age", "age"))
    return replace(
        found,
        low=age if over else None,
        high=None if over else age,
        bound="more_than" if over else "less_than",
    )


def _by(m: re.Match[str], text: str) -> Token | None:
    """Read "(fell by) a factor of ten"."""
    found = numerals.at(text, m.end())
    if found is None or found.value is None or _TO_EN.match(text, found.end):
        return None
    return forms.token((m.start(), found.end), "multiple", found.value, unit=_TIMES)


def _vague(m: re.Match[str], text: str) -> Token:
    if m["vague_u"]:
        unit = TABLES.words[m["vague_u"].split()[-1].lower()]
        return forms.token(
            m.span(), "money", unit=TABLES.signs["£"] if unit.code == "lb" else unit, bound="vague"
        )
    of = len(" of") if text.startswith(" of ", m.end()) else 0
    counted = TABLES.after(text, m.end() + of)
    if counted and counted.unit.currency and counted.gap == " ":
        # "Several million dollars"
        return forms.token((m.start(), counted.end), "money", unit=counted.unit, bound="vague")
    many = (
        counted
        and counted.written.endswith(("s", "feet"))
        and text[counted.end : counted.end + 1] != "-"
    )
    if counted and many and counted.unit.type in ("quantity", "duration"):
        span = (m.start(), counted.end)
        return forms.token(span, counted.unit.type, unit=counted.unit, bound="vague")
    return forms.token(m.span(), "count", bound="vague")


_MAKERS: dict[str, Callable[[re.Match[str], str], Token | None]] = {
    "share": _share,
    "part": _part,
    "third": _third,
    "tenths": _tenths,
    "discount": _discount,
    "turn": _turn,
    "half_point": _half_point,
    "point": _point,
    "clock": _clock,
    "some": _some,
    "minutes": _minutes,
    "half_unit": _half_unit,
    "half_zh": _half_zh,
    "factor": _factor,
    "fold": _fold,
    "of": _of,
    "few": _few,
    "one": _one,
    "span": _span,
    "aged": _aged,
    "cohort": _cohort,
    "by": _by,
    "vague": _vague,
}
