"""Figures whose number is a word of its own: 三分之一, doubled, one in four, 翻两番."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from argmine.figures import numerals
from argmine.figures.numerals import DIGITS

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from argmine.records import FigureType, Qualifier

_D = "".join(DIGITS)
_N = rf"(?:\d{{1,12}}(?:,\d{{3}}){{0,4}}(?:\.\d{{1,8}})?|[{_D}十百千]{{1,9}}(?:点[{_D}]{{1,9}})?)"
_SMALL = "one|two|three|four|five|six|seven|eight|nine|ten"
_PARTS = {
    "half": 2,
    "halves": 2,
    "third": 3,
    "quarter": 4,
    "fourth": 4,
    "fifth": 5,
    "sixth": 6,
    "seventh": 7,
    "eighth": 8,
    "ninth": 9,
    "tenth": 10,
    "hundredth": 100,
}
_FACTORS = {
    "double": 2.0,
    "doubl": 2.0,
    "twice": 2.0,
    "twofold": 2.0,
    "triple": 3.0,
    "tripl": 3.0,
    "threefold": 3.0,
    "quadruple": 4.0,
    "quadrupl": 4.0,
    "quintupl": 5.0,
    "halv": 0.5,
    "thrice": 3.0,
}
_FOLDS = {w: i for i, w in enumerate("two three four five six seven eight nine ten".split(), 2)}
_VAGUE = r"(?:tens|dozens|scores|hundreds|thousands|millions|billions|trillions)"

_PATTERN = re.compile(
    rf"(?P<share>(?:百分之|千分之|万分之)(?P<share_n>负?{_N})"
    rf"(?:(?:至|到|-|~)(?:百分之)?(?P<share_m>{_N}))?)"
    rf"|(?P<part>(?P<part_d>{_N})分之(?P<part_n>{_N}))"
    rf"|(?P<tenths>(?<![\d.])(?P<tenths_n>\d{{1,2}}(?:\.\d{{1,2}})?|[{_D[1:]}两]点[{_D}]|[{_D[1:]}两十])"
    rf"(?:(?P<tenths_l>成半)?(?:至|到|-|~)?(?P<tenths_m>[{_D[1:]}两]|[1-9]))?"
    r"(?:多|余)?成(?P<tenths_h>半|[一二三四五六七八九](?![成倍]))?"
    r"(?![为立功果本员长熟交都就分人形品因]))"
    r"|(?P<turn>翻了?(?P<turn_n>[一两二三四五1-5])[番倍]|翻番|翻倍|倍增)"
    rf"|(?P<discount>(?<![\d.])(?P<discount_n>\d{{1,2}}(?:\.\d{{1,2}})?|[{_D[1:]}两](?:点?[{_D}])?)折(?![叠合断磨扣腾射服中]))"
    r"|(?P<half_zh>一半(?!是)|过半|大半|近半|半数|减半)"
    r"|(?i:(?P<factor>\b(?:more\sthan\s|nearly\s|almost\s)?(?P<factor_w>doubl(?:e|ed|es|ing)|tripl(?:e|ed|es|ing)|"
    r"quadrupl(?:e|ed|es|ing)|quintupl(?:e|ed|es|ing)|halv(?:e|ed|es|ing)|twice|thrice)\b)"
    rf"|(?P<fold>\b(?P<fold_n>{'|'.join(_FOLDS)}|\d+(?:\.\d+)?)[-\s]?fold\b)"
    rf"|(?P<of>\b(?P<of_n>{_SMALL}|\d{{1,4}})\s(?:in|out\sof)\s(?:every\s)?(?P<of_m>{_SMALL}|\d{{1,5}})\b(?!\s?[%,.]\d|\s(?:years?|days?|months?|weeks?)))"
    rf"|(?P<frac>(?<!and\s)\b(?P<frac_n>a|one|two|three|four|five|six|seven|eight|nine)[\s-]"
    rf"(?P<frac_d>half|third|quarter|fourth|fifth|sixth|seventh|eighth|ninth|tenth)s?\b"
    r"(?!\s(?:dozen|million|billion|thousand|trillion|hundred|century|year|of\sthe\s(?:year|20|19)|to\s)|-)"
    r"|(?<![\w-])half(?=\s(?:of|the|a(?!\s)|its|their|his|our|that|all)\b))"
    rf"|(?P<slash>(?<![\d/.])(?P<slash_n>[1-9])/(?P<slash_d>[2-9]|10)(?![\d/]))"
    rf"|(?P<vague>\b(?:{_VAGUE}\s(?:and|or)\s)?{_VAGUE}(?:\sof\s{_VAGUE}){{0,2}}\b(?=\s(?:of|more)\b)))"
)


@dataclass(frozen=True, slots=True)
class Special:
    """A figure found whole: value or bounds, type, unit."""

    start: int
    end: int
    type: FigureType
    unit: str | None = None
    value: float | None = None
    low: float | None = None
    high: float | None = None
    qualifier: Qualifier | None = None


def find(text: str) -> Iterator[Special]:
    """Yield these figures in folded text, in order."""
    for match in _PATTERN.finditer(text):
        kind = next(name for name in _MAKERS if match[name] is not None)
        made = _MAKERS[kind](match)
        if made is not None:
            yield made


def _number(written: str) -> float | None:
    negative = written.startswith("负")
    body = written.removeprefix("负")
    if body[0].isdigit():
        value: float | None = numerals.parse_arabic(body)
    else:
        parsed = numerals.parse_chinese(body)
        value = parsed.value if parsed else None
    return -value if negative and value is not None else value


def _share(m: re.Match[str]) -> Special | None:
    scale = {"百": 1.0, "千": 0.1, "万": 0.01}[m["share"][0]]
    first = _number(m["share_n"])
    if first is None:
        return None
    first = round(first * scale, 6)
    if m["share_m"]:
        second = _number(m["share_m"])
        if second is not None and second * scale > first:
            return Special(*m.span(), "percent", "%", low=first, high=second * scale)
    return Special(*m.span(), "percent", "%", first)


def _part(m: re.Match[str]) -> Special | None:
    over, under = _number(m["part_n"]), _number(m["part_d"])
    if not over or not under:
        return None
    return Special(*m.span(), "fraction", None, over / under)


def _tenths(m: re.Match[str]) -> Special | None:
    first = _number(m["tenths_n"])
    if first is None:
        return None
    extra = m["tenths_h"]
    more = 5.0 if extra == "半" else float(DIGITS[extra]) if extra else 0.0
    if m["tenths_m"]:
        second = _number(m["tenths_m"])
        if second is None or second <= first:
            return None
        low = first * 10 + (5.0 if m["tenths_l"] else 0.0)
        return Special(*m.span(), "percent", "%", low=low, high=second * 10 + more)
    over: Qualifier | None = "more_than" if "多" in m[0] or "余" in m[0] else None
    return Special(*m.span(), "percent", "%", first * 10 + more, qualifier=over)


def _discount(m: re.Match[str]) -> Special | None:
    """八折 is 80%, 七五折 and 75折 are 75%."""
    written = m["discount_n"]
    if len(written) == 2 and all(c in DIGITS for c in written):
        value: float | None = 10.0 * DIGITS[written[0]] + DIGITS[written[1]]
    else:
        value = _number(written)
        if value is not None and value < 10:
            value = round(value * 10, 6)
    return None if value is None else Special(*m.span(), "percent", "%", value)


def _turn(m: re.Match[str]) -> Special:
    times = _number(m["turn_n"]) if m["turn_n"] else 1.0
    value = (1.0 + (times or 1.0)) if "倍" in m[0] else 2.0 ** (times or 1.0)
    return Special(*m.span(), "multiple", "x", value)


def _half_zh(m: re.Match[str]) -> Special:
    if m[0] == "减半":
        return Special(*m.span(), "multiple", "x", 0.5)
    qualifiers: dict[str, Qualifier] = {"过": "more_than", "大": "more_than", "近": "approx"}
    return Special(*m.span(), "fraction", None, 0.5, qualifier=qualifiers.get(m[0][0]))


def _factor(m: re.Match[str]) -> Special:
    word = m["factor_w"].lower()
    value = next(v for stem, v in _FACTORS.items() if word.startswith(stem))
    return Special(m.start("factor_w"), m.end(), "multiple", "x", value)


def _fold(m: re.Match[str]) -> Special:
    written = m["fold_n"].lower()
    value = _FOLDS.get(written) or float(written)
    return Special(*m.span(), "multiple", "x", float(value))


def _of(m: re.Match[str]) -> Special | None:
    over, under = (_english(m[name]) for name in ("of_n", "of_m"))
    if not 0 < over < under or (under > 1000 and "out" not in m[0]):
        return None
    return Special(*m.span(), "fraction", None, over / under)


def _english(written: str) -> float:
    return float(written) if written.isdigit() else numerals.parse_english(written)


def _frac(m: re.Match[str]) -> Special | None:
    if m["frac_d"] is None:
        return Special(*m.span(), "fraction", None, 0.5)
    over = 1.0 if m["frac_n"].lower() == "a" else _english(m["frac_n"])
    under = _PARTS[m["frac_d"].lower()]
    return Special(*m.span(), "fraction", None, over / under)


def _slash(m: re.Match[str]) -> Special | None:
    over, under = int(m["slash_n"]), int(m["slash_d"])
    return Special(*m.span(), "fraction", None, over / under) if over < under else None


def _vague(m: re.Match[str]) -> Special:
    return Special(*m.span(), "count", None, qualifier="vague")


_MAKERS: dict[str, Callable[[re.Match[str]], Special | None]] = {
    "share": _share,
    "part": _part,
    "tenths": _tenths,
    "discount": _discount,
    "turn": _turn,
    "half_zh": _half_zh,
    "factor": _factor,
    "fold": _fold,
    "of": _of,
    "frac": _frac,
    "slash": _slash,
    "vague": _vague,
}
