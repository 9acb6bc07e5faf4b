"""Bounds that leave a figure open on one side, and pairs of them that close it.

"More than 40", 至少10, "200 or greater" and ≥50 name a range, so the words belong to the
figure; an approximation ("about 40") only says how sure the number is.  All text here is
folded (``normalise.fold``).
"""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from argmine.figures.token import FIGURE_END

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from argmine.figures.token import Token
    from argmine.records import Qualifier

# "May not exceed" is a bound from above, and 不得少于 one from below.
_NO_ZH = r"(?:不(?:得|会|能|应|可|宜|许|准|再|必)?|(?:尚|从|并|均|仍|还)?未(?:能|曾|有)?|(?:从|并|尚|还)?没有?)"
_LEFT: tuple[tuple[Qualifier, re.Pattern[str]], ...] = (
    ("at_most", re.compile(
        r"(?i:\b(?:up\sto|at\smost|no(?:t)?\s(?:more|greater|larger|higher|later)\sthan|a?\s?maximum\sof|(?:equal\sto\sor\s)?(?:less|smaller|fewer|lower)\s(?:than\s)?or\sequal\s(?:than|to)|equal\sto\sor\s(?:less|smaller|fewer|lower)\sthan|as\s(?:much|many)\sas)\s)\Z"
        rf"|(?:最高|最多|至多|{_NO_ZH}(?:超过|超出|突破|大于|高于|多于)了?|小于\s?(?:或者?)?\s?等于|低于\s?(?:或者?)?\s?等于|少于\s?(?:或者?)?\s?等于|≤|<\s?=|=\s?<)\s{{0,2}}\Z")),
    ("at_least", re.compile(
        r"(?i:\b(?:at\sleast(?:\sor\sequal\sto)?|no(?:t)?\s(?:less|fewer|smaller|lower|sooner|earlier)\sthan|as\s(?:few|little)\sas|a?\s?minimum\sof|(?:more|greater|larger|bigger|higher)\s(?:than\s)?or\sequal\s(?:than|to)|equal\sto\sor\s(?:more|greater|larger|bigger|higher)\sthan)\s)\Z"
        rf"|(?:至少(?:有|要|需要|需|为)?|最少|起码|{_NO_ZH}(?:少于|低于|小于|跌破)|大于\s?(?:或者?)?\s?等于|高于\s?(?:或者?)?\s?等于|多于\s?(?:或者?)?\s?等于|≥|>\s?=|=\s?>)\s{{0,2}}\Z")),
    ("more_than", re.compile(
        r"(?i:\b(?:(?:more|greater|larger|bigger|higher)\sthan|over|above|in\sexcess\sof|upwards\sof|north\sof)\s)\Z"
        r"|(?i:\bexceed(?:s|ing|ed)?\s)\Z|(?:超过了?|超出|多于|大于|高于|(?<![A-Za-z=<])>)\s{0,2}\Z")),
    ("less_than", re.compile(
        r"(?i:\b(?:(?:less|fewer|smaller|lower)\sthan|(?<!served\s)(?<!serving\s)under|below)\s)\Z"
        r"|(?:不到|少于|小于|低于|未满|(?<![A-Za-z=>])<)\s{0,2}\Z")),
)  # fmt: skip
_RIGHT: tuple[tuple[Qualifier, re.Pattern[str]], ...] = (
    ("more_than", re.compile(
        r"\s(?i:or\s(?:more|greater|higher|larger|above)(?!\sthan\s)(?:\sthan)?|and\s(?:above|up|over|older)(?!\s(?:(?:the|its|their|a)\b|\d|\$))|or\s(?:older|over(?=\s?[.,;)]|\Z|\s(?:are|were|is|have|had|who|in|live|voted)\b)))\b|\+(?![\d\w/-])|\+(?=人)|-plus\b|\splus(?=\s?[.,;)]|\Z)|\s?(?:或者?|及|和)?以上|或者?更多")),
    ("less_than", re.compile(
        r"\s(?i:or\s(?:less|fewer|lower|smaller|below)(?!\sthan\s)(?:\sthan)?|and\s(?:below|under)(?!-\d|\s(?:(?:the|its|their|a)\b|§|\d|\$)))\b|\s?(?:或者?|及)?以[下内]|\s?之[下内]|或者?更少")),
)  # fmt: skip
_ODD = re.compile(r"-(?:odd|some)\b(?=\s[A-Za-z])")
_VERB = re.compile(
    r"[\u4e00-\u9fff](?<![有近达约至共计为是的了且并或和])(?:超过了?|超出|高于|低于)\s?\Z|(?i:[a-z]\sexceed(?:s|ed)?\s)\Z"
)
_COMPARED = re.compile(r"比\s?\Z")
_COMPARISON: dict[str, Qualifier] = {
    "大": "more_than",
    "高": "more_than",
    "多": "more_than",
    "小": "less_than",
    "低": "less_than",
    "少": "less_than",
}
_EQUAL = re.compile(r"(?:\bequal\sto\s|等于)\Z", re.IGNORECASE)
_JOINT = re.compile(
    r"\s?(?:,\s)?(?:and|but)\s|\s?(?:[,，]\s?)?(?:并且?|且|同时|的同时|又)?\s?(?:[,，]\s?)?",
    re.IGNORECASE,
)
_CLOSING = ("at_most", "at_least", "more_than", "less_than")
_LOOK = 44
# Above the sea, under a treaty, over a decade: no bound but a place or a time.
_PLACE = ("over", "above", "under", "below")
_STEPPED = re.compile(
    r"(?i:\b(?:edg|ris|rose|climb|add|go|gone|went|shot|mov|step|pick|ramp|back|catch|caught|inch|creep|crept|ticked|ticks|ticking|nudg|jump|drift|pushed|scaled|surg|soar|bump|spik|leap|leapt)\w*|revis\w+(?:\s(?:its|the|their|his)\s[a-z]+(?:\s(?:forecast|estimate|target|outlook))?)?)\s\Z"
)
# "Sued over three patents", "phased in over 15 years", "paid $140m over 56 sales".
_ABOUT = re.compile(
    r"(?i:\b(?:su(?:e|ed|es|ing)|lawsuits?|disput\w+|battles?|rows?|phased\sin|anger|protests?|fights?|concerns?|controversy|feud|clash\w*"
    r"|(?:fin(?:e|ed|es)|pa(?:y|id|ys))\s[$€£¥]?\d[\d.,]{0,8}[a-z]{0,2}(?:\s(?:m|b|tr)illion)?)\s)\Z"
)
_UPPER = ("at_most", "less_than")
_HIGHER = re.compile(r"(?:greater|larger|bigger|higher|smaller|lower|more|less|fewer)\sthan\Z")
# "5% more than a year earlier": behind a figure it compares.
_COMPARES = re.compile(rf"{FIGURE_END}\s?\Z")
# "In over two decades", "took under two hours": no place.
_LASTS = re.compile(
    r"(?i:\b(?:took|takes?|taking|in|just|last(?:s|ed|ing)|for|well|within|after|spent|of))\s\Z"
)
# "Above the 2% target", "below the 50-point mark".
_MARKED = re.compile(
    r"(?i:\b(?P<over>above|over|past|passed|crossed|exceed(?:s|ed|ing)?)|\b(?:below|under|beneath))\s(?i:the|its|their|an?|[a-z]+'s)\s\Z"
)
_MARK = re.compile(
    r"(?:%|[\s-]?[a-z]+)?(?:\s[a-z]+)?\s(?:target|ceiling|mark|threshold|level|limit|goal|cap|barrier|floor|forecast|estimates?|consensus|expectations?)\b"
)
_THEN = re.compile(r"\s(?:ago|before|earlier|previously|prior)\b")


def bounded(text: str, tokens: Iterable[Token]) -> Iterator[Token]:
    """Widen every token by the bound beside it; two bounds that meet become a range."""
    held: Token | None = None
    for token in tokens:
        now = _one(text, token)
        if held is not None:
            pair = _pair(text, held, now)
            if pair is not None:
                held = pair
                continue
            yield held
        held = now
    if held is not None:
        yield held


def _one(text: str, token: Token) -> Token:
    if token.value is None or token.type == "ordinal":
        return token if token.type != "ordinal" else _ordinal(text, token)
    for label, pattern in _LEFT:
        found = pattern.search(text, max(0, token.start - _LOOK), token.start)
        if found and _bounds(text, token, found):
            # "The price exceeds $110": there the bound is the verb of the clause.
            start = (
                None
                if token.unit and _VERB.search(text, max(0, found.start() - 2), found.end())
                else found.start()
            )
            return _bind(_widened(text, token), label, start=start)
    marked = _MARKED.search(text, max(0, token.start - 20), token.start)
    if marked and _MARK.match(text, token.end):
        return _bind(token, "more_than" if marked["over"] else "less_than")
    compared = _COMPARED.search(text, max(0, token.start - 2), token.start)
    if compared:
        word = text[token.end : token.end + 2].strip()[:1]
        if word in _COMPARISON:
            end = text.index(word, token.end) + 1
            return _bind(token, _COMPARISON[word], start=compared.start(), end=end)
    return _widened(text, token)


_THOSE = re.compile(
    r"(?i:\b(?:those|people|adults|children|kids|men|women|residents|voters|citizens|patients|anyone|aged))\s?\Z"
)


def _bounds(text: str, token: Token, found: re.Match[str]) -> bool:
    """Tell a bound from a time ("over ten years") and a step ("edged up to 0.75")."""
    words = found[0].strip().lower()
    counts = token.type not in ("money", "percent", "percentage_point")
    if (
        words == "over"
        and counts
        and _ABOUT.search(text, max(0, found.start() - 28), found.start())
    ):
        return False
    # "Over ten years" is a time; "those over 65" are told by their age, "at over 65" is none.
    aged = (
        token.type == "age"
        and not text.endswith("old", token.start, token.end)
        and not _THOSE.search(text, max(0, found.start() - 16), found.start())
    )
    lasts = token.type == "duration" and _LASTS.search(
        text, max(0, found.start() - 9), found.start()
    )
    if (token.type == "duration" or aged) and words in _PLACE and not lasts:
        return False
    if (
        token.type == "duration"
        and _HIGHER.match(words)
        and _THEN.search(text, token.start, token.end + 14)
        and (
            words.split()[0] not in ("more", "less", "fewer")
            or _COMPARES.search(text, max(0, found.start() - 10), found.start())
        )
    ):
        return False  # "5% higher than a year earlier"
    return not (
        words == "up to" and _STEPPED.search(text, max(0, found.start() - 40), found.start())
    )


def _widened(text: str, token: Token) -> Token:
    if token.counter and token.type == "count":
        shift = _right(text, token.end + len(token.counter))
        if shift is None:
            return _right_bound(text, token)
        return _bind(token, shift[0], end=token.end)
    return _right_bound(text, token)


def _right(text: str, at: int) -> tuple[Qualifier, int] | None:
    for label, pattern in _RIGHT:
        found = pattern.match(text, at)
        if found:
            return label, found.end()
    return None


def _right_bound(text: str, token: Token) -> Token:
    if token.more and token.low is None:
        token = replace(token, low=token.value, high=_next(token.value), bound="more_than")
    odd = _ODD.match(text, token.end) if token.unit is None else None
    if odd:
        return replace(token, end=odd.end(), type="count", bound="approx")
    found = _right(text, token.end)
    equal = _EQUAL.search(text, max(0, token.start - 9), token.start)
    if found is None:
        if equal and token.unit is None:
            return replace(token, start=equal.start(), low=token.value, high=token.value)
        return token
    label, end = found
    start = equal.start() if equal else None
    return _bind(token, label, start=start, end=end)


def _next(value: float | None) -> float | None:
    """Return where "more than" ends in Chinese: 3000多 is less than 4000, 5700多 than 5800."""
    if not value or not value.is_integer():
        return None
    step = 1
    while value % (step * 10) == 0:
        step *= 10
    return value + step


def _ordinal(text: str, token: Token) -> Token:
    """Read "higher than the tenth", which bounds a place."""
    for label, pattern in _LEFT:
        found = pattern.search(text, max(0, token.start - _LOOK), token.start)
        if (
            found
            and label in ("more_than", "less_than")
            and token.value is not None
            and "than" in found[0].lower()
        ):
            return replace(_bind(token, label, start=found.start()), type="number")
    return token


def _bind(
    token: Token, label: Qualifier, *, start: int | None = None, end: int | None = None
) -> Token:
    upper = label in _UPPER
    return replace(
        token,
        start=token.start if start is None else start,
        end=token.end if end is None else end,
        low=None if upper else token.value,
        high=token.value if upper else None,
        bound=label,
    )


def _pair(text: str, first: Token, second: Token) -> Token | None:
    """Close "more than 10 and less than 40" to a range."""
    if (
        first.bound not in _CLOSING
        or second.bound not in _CLOSING
        or first.value is None
        or second.value is None
    ):
        return None
    upper, lower = (first, second) if first.bound in _UPPER else (second, first)
    if upper.bound not in _UPPER or lower.bound in _UPPER or lower.unit not in (None, upper.unit):
        return None
    if lower.value is None or upper.value is None or not lower.value < upper.value:
        return None
    if not _JOINT.fullmatch(text[first.end : second.start]):
        return None
    return replace(
        second,
        start=first.start,
        core_start=first.core_start,
        value=None,
        low=lower.value,
        high=upper.value,
        unit=upper.unit or lower.unit,
        bound=None,
    )
