"""Numbers with their units: the middle of the grammar.

A numeral is found first; then its neighbours are read, to the left for a sign ("$",
每公斤), to the right for a scale, a unit and a rate; then two numerals that make a
range are joined.  All text here is folded.
"""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from argmine.figures import numerals
from argmine.figures.numerals import ARABIC, CHINESE, ENGLISH, ENGLISH_SCALE, SHORT_SCALES
from argmine.figures.ranges import joined
from argmine.figures.tables import TABLES, Unit
from argmine.figures.token import Taken, Token

if TYPE_CHECKING:
    from argmine.records import FigureType

_NUMERAL = re.compile(
    rf"(?P<zh>{CHINESE})|(?P<ar>{ARABIC}|(?<![\d\w])\.\d+)|(?i:(?P<en>\b{ENGLISH}\b))"
)
_SCALE = re.compile(ENGLISH_SCALE, re.IGNORECASE)
_SHORT = re.compile(r"\s?(?P<long>bn|bln|tn|trn|tln|mn|mln)\b|(?P<one>[kKmMbBtT])(?![A-Za-z0-9])")
_COUNTER = re.compile(
    r"架次|人次|批次|个|名|位|人|家|艘|架|辆|枚|台|项|种|次|条|所|座|股|件|户|例|张|份|只|头|套|间|颗|"
    r"篇|部|起|批|轮|款|支|处|国|州|宗|笔|层|门|棵|道|幅|场|门|亩|栋|村|站|县|市|省|节|封|首|粒|"
    r"吨级|万人|万辆|岁以上"
)
_PER_AFTER = re.compile(
    rf"\s?/\s?(?P<slash>{TABLES.per})(?![A-Za-z])"
    rf"|\s(?:per|a|an|each|every)\s(?P<word>(?i:{TABLES.per}|person|head|capita|share|unit|firm|household))(?![A-Za-z]|\s(?:earlier|ago|later|before|after|on)\b)"
    rf"|每(?P<mei>{TABLES.per}|人|股|户|台|辆|架|件|个)"
    rf"|/(?P<zh>人|股|户|台|辆|架|件|个)"
)
_PER_BEFORE = re.compile(rf"每(?P<unit>{TABLES.per}|人|股|户|台|辆|架|件|桶|个)(?:约|为|仅)?\s?\Z")
_NEGATIVE = re.compile(r"(?:(?<![A-Za-z0-9%)])[-]|零下|负|(?i:\b(?:minus|negative)\s))\Z")
_POSITIVE = re.compile(r"正\Z")
_PLURAL = re.compile(
    r"\s(?:(?:[a-z]+(?:-[a-z]+)*|[A-Z][A-Za-z.]+)\s){0,2}(?:[a-z]+s|people|men|women|children|aircraft|"
    r"personnel|staff|troops|police)\b"
)
_AGE_AFTER_NAME = re.compile(r"[A-Z][a-z'-]+,\s\Z")
_AGED = re.compile(r"(?i:\b(?:aged?|age\sof|turned|turns))\s\Z")
_DOLLAR_TIE = re.compile(r"(?i:japan|tokyo|yen|boj)|日本|东京")
_ORDINAL = re.compile(r"(?:st|nd|rd|th)\b")
_LETTER = re.compile(r"[A-Za-z]")
_LOOK = 24
_LONGEST = 40
# Latin unit letters that need to touch their number: "5 m" is rare, "5 a" is not a unit.
_TOUCHING = frozenset(("t", "m", "g", "l", "L", "x", "V", "W"))
_VERB_LIKE = frozenset(("won", "rand", "lira", "dong", "real", "second", "sec", "min", "mu"))


def find(text: str, taken: Taken, *, chinese: bool) -> list[Token]:
    """Return the numbers of folded text outside what is taken, ranges joined."""
    tokens: list[Token] = []
    read = 0
    for match in _NUMERAL.finditer(text):
        # The scale of "2 million" was read with its number.
        if match.start() < read or taken.overlaps(*match.span()):
            continue
        token = _token(text, match, chinese=chinese)
        if token is not None:
            tokens.append(token)
            read = token.end
    return [token for token in joined(text, tokens) if _worth(text, token)]


def _token(text: str, match: re.Match[str], *, chinese: bool) -> Token | None:
    start, end = match.span()
    if match["ar"] is not None:
        if end - start > _LONGEST or _inside_word(text, start, end):
            return None
        number = numerals.Numeral(value=numerals.parse_arabic(match["ar"]))
    elif match["en"] is not None:
        if text[max(0, start - 1) : start] == "-" or _compound(text, end):
            return None
        number = numerals.Numeral(value=numerals.parse_english(match["en"]))
    else:
        start, end, parsed = _chinese(match)
        if parsed is None or _inside_word(text, start, end):
            return None
        number = parsed
    token = Token(
        start,
        end,
        start,
        end,
        "number",
        value=number.value,
        low=number.low,
        high=number.high,
        more=number.more,
        vague=number.vague,
        plain=match["ar"] is not None,
    )
    token = _with_sign(text, token, chinese=chinese)
    token = _with_scale(text, token)
    token = _with_unit(text, token)
    token = _with_rate(text, token)
    if token.plain and token.unit is None and not token.scaled:
        ordinal = _ORDINAL.match(text, token.end)
        if ordinal:
            return replace(token, end=ordinal.end(), type="ordinal")
        if _LETTER.match(text, token.end):
            return None
    return _typed(text, token)


def _chinese(match: re.Match[str]) -> tuple[int, int, numerals.Numeral | None]:
    """Read a Chinese numeral; 上 before a digit belongs to the words before it."""
    start, end = match.span()
    written = match[0]
    if written[0] == "上" and written[1:2] not in ("十", "百", "千", "万", "亿"):
        start, written = start + 1, written[1:]
    if not written:
        return start, end, None
    return start, end, numerals.parse_chinese(written)


def _inside_word(text: str, start: int, end: int) -> bool:
    """Say whether digits are part of a name or code: B52, 0x1F, 3D."""
    left = text[max(0, start - 2) : start]
    if left and left[-1].isascii() and (left[-1].isalpha() or left[-1] in "_#@"):
        return not TABLES.before.search(text[max(0, start - 6) : start])
    if len(left) == 2 and left[-1] in "/.," and left[0].isdigit():
        return True
    after = text[end : end + 2]
    return after[:1] == "/" and after[1:2].isdigit()


def _compound(text: str, end: int) -> bool:
    """Say whether a word numeral goes on as another word: "one-sided"."""
    following = text[end : end + 2]
    if following[:1] != "-" or not following[1:].isalpha():
        return False
    return not TABLES.after.match(text, end)


def _with_sign(text: str, token: Token, *, chinese: bool) -> Token:
    left = text[max(0, token.start - 8) : token.start]
    found = TABLES.before.search(left)
    if found:
        unit = TABLES.unit(found[0].strip())
        start = token.start - len(found[0])
        if (
            found[0].strip() == "¥"
            and not chinese
            and (
                _DOLLAR_TIE.search(text, max(0, start - 200), token.end + 100)
                or not _china(text, start)
            )
        ):
            unit = TABLES.signs["JPY"]
        before = text[max(0, start - 1) : start]
        if before.isascii() and before.isalpha():
            return token
        token = replace(token, start=start, unit=unit)
    negative = _NEGATIVE.search(text, max(0, token.start - 9), token.start)
    if negative and token.value is not None:
        return replace(
            token,
            start=negative.start(),
            core_start=min(negative.start(), token.core_start),
            value=-token.value,
        )
    positive = _POSITIVE.search(text, max(0, token.start - 1), token.start)
    if positive and text[token.end : token.end + 1] == "%":
        return replace(token, start=positive.start())
    return token


def _china(text: str, at: int) -> bool:
    window = text[max(0, at - 200) : at + 100]
    return any(word in window for word in ("China", "Chinese", "yuan", "Beijing", "RMB"))


def _with_scale(text: str, token: Token) -> Token:
    scale = _SCALE.match(text, token.end)
    factor, end = 1.0, token.end
    if scale:
        for word in re.findall("[a-z]+", scale[0].lower()):
            factor *= {
                "thousand": 1e3,
                "million": 1e6,
                "billion": 1e9,
                "trillion": 1e12,
                "dozen": 12,
            }[word]
        end = scale.end()
    elif token.plain:
        short = _SHORT.match(text, token.end)
        if short and (short["long"] or _is_short_scale(text, token, short)):
            factor = SHORT_SCALES[(short["long"] or short["one"]).lower()]
            end = short.end()
    if factor == 1.0:
        return token
    scaled = [
        None if v is None else numerals.times(v, factor)
        for v in (token.value, token.low, token.high)
    ]
    return replace(
        token, end=end, core_end=end, value=scaled[0], low=scaled[1], high=scaled[2], scaled=True
    )


def _is_short_scale(text: str, token: Token, short: re.Match[str]) -> bool:
    """Tell 2.1m barrels and $5m from 300m of cable."""
    if token.unit is not None and token.unit.currency:
        return True
    letter = short["one"]
    if letter in "tTbB":
        return TABLES.after.match(text, short.end()) is not None
    following = re.compile(r"\s(?:[a-z]+-)?[a-z]{3,}").match(text, short.end())
    if letter in "kK":
        return following is not None or letter == "k"
    if following is None:
        return False
    return TABLES.after.match(text, short.end()) is not None or following[0].endswith(
        ("s", "people")
    )


def _with_unit(text: str, token: Token) -> Token:
    if text.startswith("日内", token.end):
        return replace(token, end=token.end + 1, unit=TABLES.exact["天"])
    found = TABLES.after.match(text, token.end)
    if found:
        unit = TABLES.unit(found[0].strip(" -"))
        if unit.code == "lb" and token.scaled and found[0].strip().startswith("pound"):
            # A million pounds is money more often than weight.
            unit = TABLES.signs["£"]
        if found["sign"] and token.unit is not None:
            return token
        if _fits(text, token, found, unit):
            factor = unit.factor
            value = (
                token.value
                if token.value is None or factor == 1
                else numerals.times(token.value, factor)
            )
            end = found.end()
            if found["zh"] and text[end : end + 1] == "半" and value is not None:
                value, end = value + unit.factor / 2, end + 1
            return replace(token, end=end, unit=unit, value=value)
    counter = _COUNTER.match(text, token.end)
    if counter and token.unit is None:
        return replace(token, end=counter.end(), counter=counter[0])
    return token


def _fits(text: str, token: Token, found: re.Match[str], unit: Unit) -> bool:
    written = found[0]
    word = written.strip(" -")
    if token.unit is not None and token.unit.currency:
        return unit.currency and unit.code == token.unit.code
    if word in _TOUCHING and (written[0] == " " or not token.plain):
        return False
    if word.lower() in _VERB_LIKE and not token.scaled:
        return (token.plain and (token.value or 0) >= 20) or word.lower() in ("second", "min")
    if written[0] == "-" and unit.type not in (
        "duration",
        "quantity",
        "age",
        "money",
        "percentage_point",
        "percent",
        "temperature",
    ):
        return False
    if unit.code == "deg":
        return token.plain
    if found["zh"] == "年" and token.plain and 1900 <= (token.value or 0) <= 2100:
        return False
    return not (
        found["zh"] in ("米", "克", "周", "码", "斤", "桶", "升", "度", "元")
        and text[found.end() : found.end() + 1] in tuple("兰国边头首素旦制级格旗化")
    )


def _with_rate(text: str, token: Token) -> Token:
    left = _PER_BEFORE.search(text, max(0, token.start - 8), token.start)
    if left and token.unit is not None:
        return replace(token, start=left.start(), per=_per(left["unit"]))
    right = _PER_AFTER.match(text, token.end)
    if (
        right
        and (token.unit is not None or right["slash"])
        and (token.unit is None or token.unit.type in ("money", "quantity", "percent"))
    ):
        written = right["slash"] or right["word"] or right["mei"] or right["zh"]
        return replace(token, end=right.end(), per=_per(written))
    return token


def _per(written: str) -> str:
    try:
        return TABLES.unit(written).code
    except KeyError:
        return written.lower()


def _typed(text: str, token: Token) -> Token:
    if text[max(0, token.start - 1) : token.start] == "第" and token.value is not None:
        return replace(
            token,
            type="ordinal",
            start=token.start - 1,
            end=token.core_end,
            unit=None,
            counter=None,
        )
    if token.unit is not None:
        type_: FigureType = token.unit.type
        if (
            type_ == "multiple"
            and token.end - token.core_end > 1
            and re.match(r"\s(?:a|per|each|every)\s", text[token.end : token.end + 7])
        ):
            type_ = "frequency"
        return replace(token, type=type_)
    if token.counter is not None:
        return replace(token, type="count")
    before = text[max(0, token.start - _LOOK) : token.start]
    whole = token.value is not None and token.value.is_integer()
    if whole and token.plain and 1 <= (token.value or 0) <= 120:
        listed = _AGE_AFTER_NAME.search(before) and text[token.end : token.end + 1] in (
            ",",
            ".",
            ";",
            ")",
        )
        if _AGED.search(before) or listed:
            return replace(token, type="age", unit=Unit("age", "age"))
    if token.value is None or (whole and (_PLURAL.match(text, token.end) or not token.plain)):
        return replace(token, type="count")
    return token


def _worth(text: str, token: Token) -> bool:
    """Say whether a token is a figure: a bare small Chinese numeral is a word."""
    written = text[token.core_start : token.core_end]
    if token.type == "ordinal":
        return True
    if written in ("百", "千", "万", "亿", "兆"):
        return False
    if token.unit is not None:
        return written != "一" or token.unit.type != "money" or token.unit.code != "CNY"
    if written.lower() in ("one", "zero", "a", "1 and") or written in ("一", "零"):
        return False
    if token.plain:
        return True
    if written[0].isascii() and written[0].isalpha():
        return True
    if token.counter is not None:
        return any(c not in "十百千万亿兆上" for c in written) or len(written) < 3
    if token.vague:
        return len(written) > 1
    digits = any(c in numerals.DIGITS or c.isdigit() for c in written)
    return digits and any(c in "百千万亿兆点" or c.isdigit() for c in written)
