"""Join numbers that are one figure: sums of units (5 ft 2 in, 五元三毛) and ranges.

All text here is folded (``normalise.fold``).
"""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from argmine.figures import numerals
from argmine.figures.grammar import shared
from argmine.figures.numerals import chinese

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from argmine.figures.tables import Unit
    from argmine.figures.token import Token

_AND = re.compile(r"\s?(?:,\s?)?(?:and\s|又|零)?")
_RANGE = re.compile(
    r"\s?(?:-{1,2}|~|至|到)\s?(?:~\s?)?|-\s(?:to|or|and)\s|-to-|\s(?:to|through|and|or)\s(?:about\s|around\s)?|(?:与|和|或)"
)
_BETWEEN = re.compile(r"(?:\b[Bb]etween\s(?:the\sages\sof\s)?|介于|处于|位于|在)\Z")
_WITHIN = re.compile(r"\s?之?间")
_FROM = re.compile(r"(?:\b[Ff]rom\s|[从自由])\Z")
_CHANGED = re.compile(
    r"(?i:\b(?:rose|risen|ris(?:e|es|ing)|grew|grow\w*|increas\w+|climb\w*|jump\w*|up|down|fell|fall\w*|drop\w*|"
    r"declin\w+|decreas\w+|reduc\w+|cut\w*|rais\w+|lower\w*|expand\w*|mov\w+|chang\w+|go|goes|went|shr\w+|shrank|lost|slid\w*|"
    r"widen\w*|lift\w*|bump\w*|gain\w*|add\w*|narrow\w*|doubl\w+|surg\w+|soar\w*|plung\w+|tumbl\w+|slow\w*|accelerat\w+|revis\w+|boost\w*|hik\w+|slash\w*))\b"
)
_CHANGED_ZH = re.compile("[升降涨跌增减涨提调扩缩滑落变改放]")
_TAIL = re.compile(
    r"\d(?=[，。,；;、\s）)的]|\Z)(?![,.]\d)|零?[一二三四五六七八九](?![十百千万亿兆点\d一二三四五六七八九两个元块角毛分米公年月日名位人家架台])"
)
_GREAT = re.compile(r"\sof\sa\s(?:hundred|thousand|million|billion|trillion)\b")
# 9秒98: hundredths of a second.
_HUNDREDTHS = re.compile(r"\d{2}(?![\d.%年月日秒分米个人名])")
_METRES = re.compile(r"\d{2}(?![\d.%米厘年月日])")
_HALF = re.compile(
    r"\sand\s(?:a\s)?(?:half|(quarter))\b(?!\s(?:of|a|the|million)\b)", re.IGNORECASE
)
_TAILED = {"块": 0.1, "蚊": 0.1, "米": 0.1, "毛": 0.01, "毫": 0.01, "角": 0.01}
_MINUTES = 60
# "Rose 3% to 5%" may be a range; five times as much is where it rose to.
_LEAP = 4.0
_LEAP_BY = 2.0
_STEP = re.compile(
    rf"(?:{_CHANGED.pattern}(?:\s(?:by|about|around|another|a|output|prices?|rates?|some))*\s|(?:{_CHANGED_ZH.pattern})[加长大少低高小]?了?)\Z"
)
_BY = re.compile(r"\bby\s(?:[$€£¥]\s?)?\Z")
_LONGEST_GAP = 14
_MONTHS = {"year": 12.0, "quarter": 3.0, "month": 1.0}


def joined(text: str, tokens: Iterable[Token]) -> Iterator[Token]:
    """Join what belongs together into one figure: first sums, then ranges of them."""
    sums = _pairs(text, _tailed(text, tokens), _sum)
    return shared.told_once(text, _pairs(text, sums, _range))


def _pairs(
    text: str, tokens: Iterable[Token], join: Callable[[str, Token, Token], Token | None]
) -> Iterator[Token]:
    held: Token | None = None
    for token in tokens:
        joint = join(text, held, token) if held is not None else None
        if held is not None and joint is None:
            yield held
        held = joint or token
    if held is not None:
        yield held


def _tailed(text: str, tokens: Iterable[Token]) -> Iterator[Token]:
    """Add what follows a unit without one of its own: 三米九, 五块六, an hour and a half."""
    end = 0
    for token in tokens:
        if token.start < end:
            continue  # its first digit was the tail of the one before
        made = _with_tail(text, token)
        end = made.end if made is not token else 0
        yield made


def _with_tail(text: str, token: Token) -> Token:
    metres = _METRES.match(text, token.end) if text[token.core_end : token.end] == "米" else None
    if metres and token.value is not None:
        value = numerals.times(token.value + float(f"0.{metres[0]}"), 1.0)
        return replace(token, end=metres.end(), value=value)
    hundredths = _HUNDREDTHS.match(text, token.end) if text[token.end - 1] == "秒" else None
    if hundredths and token.value is not None:
        value = numerals.times(token.value + float(f"0.{hundredths[0]}"), 1.0)
        return replace(token, end=hundredths.end(), value=value)
    half = _HALF.match(text, token.end) if token.type in ("duration", "quantity") else None
    if half and token.value is not None:
        over = 0.25 if half[1] else 0.5
        return replace(token, end=half.end(), value=token.value + over)
    step = _TAILED.get(text[token.core_end : token.end].strip())
    if step is None or token.value is None or _counted_by(text, token):
        return token
    tail = _TAIL.match(text, token.end)
    if tail is None:
        return token
    last = tail[0][-1]
    digit = float(last) if last.isdigit() else chinese.DIGITS[last]
    number = digit * (step / 10 if tail[0][0] == "零" else step)
    return replace(token, end=tail.end(), value=numerals.times(token.value + number, 1.0))


def _sum(text: str, first: Token, second: Token) -> Token | None:
    """Add a smaller unit to a greater one: 5 feet 2 inches, 五元三毛, 2 years 3 months.

    A share of a great number is a number too: a quarter of a million.
    """
    if first.fraction and first.value and _GREAT.match(text, first.end):
        value = numerals.times(first.value * (second.value or 0.0), 1.0)
        return replace(second, start=first.start, core_start=first.core_start, value=value)
    if first.value is None or second.value is None:
        return None
    if first.unit is None or _counted_by(text, first):
        return None
    if first.plain and not _whole(first.value) and not first.unit.currency:
        return None
    between = text[first.end : second.start]
    if second.unit is None:
        return _rest(text, first, second, between)
    if not _AND.fullmatch(between):
        return None
    added = _added(first.unit, second.unit)
    if added is None:
        return None
    scale, unit = added
    return replace(
        second,
        start=first.start,
        core_start=first.core_start,
        value=numerals.times(first.value * scale + second.value, 1.0),
        unit=unit,
        type=unit.type,
        per=first.per or second.per,
    )


def _added(whole: Unit, part: Unit) -> tuple[float, Unit] | None:
    """Return how many of the unit of their sum the greater one holds, and that unit."""
    if whole.currency and part.currency:
        cents = part.factor == 0.01 and part.code == "USD" and whole.factor == 1.0
        lesser = part.factor < whole.factor and (whole.code == part.code or cents)
        return (1.0, whole) if lesser else None
    if not whole.dimension or whole.dimension != part.dimension or part.size >= whole.size:
        return None
    if whole.dimension == "mass" and part.code not in ("liang", "oz", "g"):
        return None
    return _ratio(whole.code, part.code, whole.size / part.size), part


def _counted_by(text: str, token: Token) -> bool:
    """Say whether what it is counted by stands behind it; that of 每公斤18块2毛 does not."""
    return token.per is not None and text[token.end - 1 : token.end] not in ("元", *_TAILED)


def _ratio(whole: str, part: str, ratio: float) -> float:
    """Years hold twelve months, not 365 days over thirty."""
    if whole in _MONTHS and part in _MONTHS:
        return _MONTHS[whole] / _MONTHS[part]
    return ratio


def _whole(value: float) -> bool:
    return value.is_integer()


def _rest(text: str, first: Token, second: Token, between: str) -> Token | None:
    """Read a bare number behind an amount: one hour thirty, 15 dollars 50, $3 and fourteen."""
    unit = first.unit
    if unit is None or second.counter or second.value is None or second.low is not None:
        return None
    if not re.fullmatch(r"\s(?:and\s)?", between) or re.match(
        r"\s?[%A-Za-z\d\u4e00-\u9fff-]", text[second.end : second.end + 2]
    ):
        return None
    spelled = first.core_end < first.end
    if unit.currency and unit.factor == 1.0 and first.scale == 1.0 and spelled:
        if not 0 < second.value < 100 or not _whole(second.value):
            return None
        value = numerals.times(first.value or 0.0, 1.0) + second.value / 100
        return replace(first, end=second.end, value=numerals.times(value, 1.0))
    if unit.code != "hour":
        return None
    if second.fraction:
        value = (first.value or 0.0) + second.value
    elif 0 < second.value < _MINUTES and _whole(second.value):
        value = (first.value or 0.0) + second.value / _MINUTES
    else:
        return None
    return replace(first, end=second.end, value=numerals.times(value, 1.0))


def _range(text: str, first: Token, second: Token) -> Token | None:
    """Make one figure of two ends: $2-3bn, between 110 and 120, 三到五成."""
    between, upper, dashed = _ends(text, first, second)
    if (
        len(between) > _LONGEST_GAP
        or not _RANGE.fullmatch(between)
        or first.value is None
        or upper is None
    ):
        return None
    opening = _opening(text, first, between)
    if opening is None or not _same_unit(first, second):
        return None
    low, unit = first.value, second.unit or first.unit
    if _shares_scale(first, second) and low < upper / second.scale:
        low = numerals.times(low, second.scale)
    elif first.unit is None and unit is not None and unit.factor != 1:
        low = numerals.times(low, unit.factor)
    if upper < low < 0 and unit is not None and unit.type == "temperature":
        low, upper = upper, low  # -15C to -20C
    if (low < 0 < upper and "-" in between and not dashed) or not low < upper:
        return None
    leap = _LEAP if between.strip() == "to" else 2 * _LEAP
    if (
        unit is not None
        and unit.currency
        and _BY.search(text, max(0, first.start - 6), first.start)
    ):
        leap = _LEAP_BY  # "rose by $2bn to $5bn"
    if _moves(text, first, between) and upper > leap * low > 0:
        return None  # "gold rose $13 to $1,210" is a step and a level
    span = _stretch(text, first, second, between, opening)
    if span is None:
        return None
    return replace(
        second,
        start=span[0],
        end=span[1],
        core_start=first.core_start,
        value=None,
        low=low,
        high=upper,
        unit=unit,
        type=unit.type if unit else "number" if second.type == "ordinal" else second.type,
        per=second.per or first.per,
        more=first.more or second.more,
        scale=1.0,
        counter=second.counter or first.counter,
    )


def _moves(text: str, first: Token, between: str) -> bool:
    """Say whether a verb of change stands right before the first of two numbers."""
    if between.strip() not in ("to", "至", "到"):
        return False
    return _STEP.search(text, max(0, first.start - 24), first.start) is not None


def _ends(text: str, first: Token, second: Token) -> tuple[str, float | None, bool]:
    """Return what joins two numbers, the second, and whether its sign was the dash.

    In "2 -7 g" the dash was read as a sign.
    """
    between, upper = text[first.end : second.start], second.value
    signed = upper is not None and upper < 0 and text[second.start] == "-"
    if upper is not None and signed and between.strip() in ("", "-"):
        return between + "-", -upper, True
    return between, upper, False


def _stretch(
    text: str, first: Token, second: Token, between: str, opening: tuple[int, str]
) -> tuple[int, int] | None:
    """Return where the range starts and ends; None for 10和20, which are two."""
    start, word = opening
    joined_by_and = between in ("与", "和")
    enclosed = joined_by_and or word in ("在", "位于", "介于", "处于")
    within = _WITHIN.match(text, second.end) if enclosed else None
    if joined_by_and and within is None:
        return None
    if within is None and word == "在":
        start = first.start
    return start, within.end() if within else second.end


def _shares_scale(first: Token, second: Token) -> bool:
    """Say whether the first number leaves its scale to the second: $2-3bn, 八百到九百亿."""
    if first.scale == 1.0:
        return second.scale > 1
    return first.scale < 1e4 <= second.scale and not first.plain


def _opening(text: str, first: Token, between: str) -> tuple[int, str] | None:
    """Return where the range starts, and the word that opens it; None if it is no range."""
    left = max(0, first.start - 24)
    word = between.split(maxsplit=1)[0] if between.split() else ""
    opened = _BETWEEN.search(text, left, first.start)
    if opened:
        return opened.start(), opened[0].strip().lower()
    if word in ("and", "or"):
        return (first.start, "") if word == "or" and first.unit is None else None
    if between in ("或",):
        return (first.start, "")
    came = _FROM.search(text, left, first.start)
    if came is None:
        return first.start, ""
    clause = re.split(r"[.;!?。；，]\s?", text[max(0, came.start() - 60) : came.start()])[-1]
    if _CHANGED.search(clause) or _CHANGED_ZH.search(clause[-12:]) or _CHANGED_ZH.search(between):
        return None
    made_up = came[0] == "由" and between.strip() in ("-", "~")  # 由3~5个部门组成
    return (first.start, "") if made_up else (came.start(), came[0].strip().lower())


def _same_unit(first: Token, second: Token) -> bool:
    if first.type == "ordinal" or second.type == "ordinal":
        return first.type == second.type
    if first.unit is None or first.unit == second.unit:
        return True
    return second.unit is None and (first.unit.currency or first.unit.code == "age")
