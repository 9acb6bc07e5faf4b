"""What the words around a figure say of it: bounds, change, rate, the thing measured."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from argmine.records import Measure

if TYPE_CHECKING:
    from argmine.records import Change, Qualifier, Relation

_LEFT = 28
_CLAUSE = 60

_LEFT_QUALIFIERS: tuple[tuple[Qualifier, re.Pattern[str]], ...] = (
    (
        "at_most",
        re.compile(
            r"(?:(?i:\b(?:up to|at most|no more than|maximum of|as much as|as many as|capped at))\s(?:about\s)?|最高|最多|至多|不超过|高达|上限(?:为)?|多达)\Z"
        ),
    ),
    (
        "at_least",
        re.compile(
            r"(?:(?i:\b(?:at least|no less than|no fewer than|minimum of|a minimum))\s|至少(?:需要|要|有)?|最少|不少于|不低于|起码)\Z"
        ),
    ),
    (
        "more_than",
        re.compile(
            r"(?:(?i:\b(?:more than|over|above|exceed(?:s|ed|ing)?|in excess of|greater than|upwards of|surpass(?:es|ed|ing)?|topp(?:ed|ing)|north of|beyond))\s(?:the\s|a\s)?|超过|超出|超|逾|突破|高于|大于|多于|破|达逾|远超)\Z"
        ),
    ),
    (
        "less_than",
        re.compile(
            r"(?:(?i:\b(?:less than|fewer than|under|below|short of|lower than))\s(?:the\s|a\s)?|不到|不足|低于|少于|小于|未满|跌破|不满|未达)\Z"
        ),
    ),
    (
        "approx",
        re.compile(
            r"(?:(?i:\b(?:about|around|some|roughly|approximately|nearly|almost|close to|an estimated|estimated|circa|near))\s(?:a\s|an\s)?|约|大约|大概|将近|接近|近|几乎|左右|差不多|约为|估计)(?:市场价)?\Z|~\Z"
        ),
    ),
)
_RIGHT_QUALIFIERS: tuple[tuple[Qualifier, re.Pattern[str]], ...] = (
    (
        "more_than",
        re.compile(r"(?:以上|\s?\+(?!\d)|-plus\b|\splus\b|\s(?i:or more|and (?:above|up|over)))"),
    ),
    ("less_than", re.compile(r"(?:以下|以内|\s(?i:or (?:less|fewer|lower)))")),
    ("approx", re.compile(r"(?:左右|上下|前后|\s(?i:or so))")),
)
_UP_EN = (
    r"(?:rose|risen|rise|rises|rising|up|climb(?:ed|s|ing)?|grew|grown|grow(?:s|ing)?|gain(?:ed|s|ing)?|jump(?:ed|s|ing)?|"
    r"increas(?:e|ed|es|ing)|surg(?:e|ed|es|ing)|soar(?:ed|s|ing)?|expand(?:ed|s|ing)?|add(?:ed|s|ing)|"
    r"edged up|advanc(?:ed|es|ing)|rebound(?:ed)?|higher|lifted|raised?)"
)
_DOWN_EN = (
    r"(?:fell|fallen|falls?|falling|down|dropp(?:ed|ing)|drops?|declin(?:e|ed|es|ing)|decreas(?:e|ed|es|ing)|slid|slipp(?:ed|ing)|"
    r"plung(?:ed|es|ing)|tumbl(?:ed|es|ing)|shrank|shrunk|shrink(?:s|ing)?|lost|los(?:es|ing)|cut(?:s|ting)?|reduc(?:e|ed|es|ing)|"
    r"lower(?:ed)?|edged down|contract(?:ed|s|ing)?|sank|trimmed|slashed)"
)
_MID_EN = r"(?:\s(?:by|of|some|about|around|nearly|almost|roughly|over|more than|less than|at least|up to|a|an|another|as much as|rates?|taxes|prices?|output|tariffs?)){0,3}\s\Z"
_UP = re.compile(
    rf"(?i:\b{_UP_EN}{_MID_EN})|(?:上涨|增长|增加|提高|上升|升|涨|增|调升|上调|攀升|飙升|激增|扩大|多出|提升|加征|涨幅(?:为|达)?|增幅(?:为|达)?)(?:了|约|近|超过|逾|达|幅度)?\s?\Z"
)
_DOWN = re.compile(
    rf"(?i:\b{_DOWN_EN}{_MID_EN})|(?:下降|减少|降低|下跌|下滑|跌|降|减|调降|下调|降息|缩减|缩水|萎缩|削减|降幅(?:为|达)?|跌幅(?:为|达)?|少)(?:了|约|近|超过|逾|达)?\s?\Z"
)
_CHANGED_EN = re.compile(
    rf"(?i:\b(?:{_UP_EN}|{_DOWN_EN}|doubled|tripled|quadrupled|halved|mov(?:ed|es)|chang(?:ed|es)|revis(?:ed|es)|edged|\w+fold|narrow(?:ed|s)|widen(?:ed|s))\b[^.;!?]*\sto\s(?:about\s|around\s|nearly\s|over\s|a\s|an\s)?(?:record\s)?\Z)"
)
_TO_ZH = re.compile(r"(?:至|到|为|成)(?:了|约|近|超过|逾)?\s?\Z")
_TO_VERB_ZH = re.compile(
    r"(?:降|升|涨|增|减|提高|调整|缩|放缓|跌|转|扩大|上调|下调|攀升|下滑|回落|回升|变)[^，。；]{0,4}(?:至|到|为|成)(?:了|约|近)?\s?\Z"
)
_FROM = re.compile(
    r"(?i:\bfrom\s(?:about\s|around\s|a\s)?\Z)|(?:从|由)(?:\d{4}年的|去年的|此前的|原来的|上年的)?\s?\Z"
)
_FROM_ZH_FOLLOW = re.compile(r"[^，。；]{0,10}(?:至|到|为|升|降|增|减|提高|上调|下调|扩大|转)")
_FROM_EN_FOLLOW = re.compile(r"[^.;!?]{0,40}\sto\s(?:about\s|around\s|a\s)?[$£€¥]?\d")
_CHANGES_EN = re.compile(
    r"\bto\s[^.;!?]{0,24}?\d[^.;!?]{0,14},?\sfrom\s(?:about\s|around\s|a\s)?\Z"
)
_INCREASE = re.compile(r"(?:增长|增加|上涨|提高|增|涨|多|高出|扩大)了?(?:近|约|超过|逾)?\Z")
_YEARLY_EN = re.compile(
    r"(?i:\s(?:of\s(?:[\w-]+\s){0,3})?(?:annually|a year|per year|per annum|each year|every year|yearly)\b(?!\s(?:earlier|ago|later|before)))"
)
_YEARLY_ZH = re.compile(r"(?:每年|年均|年产能?)[^，。；\d]{0,8}\Z")
_FOR_YEARS_EN = re.compile(r"(?i:\s?[^.;!?\d]{0,30}\bfor\s(?:the\snext\s|a\s)?\Z)")
_FOR_YEARS_ZH = re.compile(r"[^。；\d]{0,12}(?:为期|持续|连续|期限(?:为)?)\Z")
_NOUN_EN = r"(?P<noun>(?:[A-Za-z][\w'-]*\s){0,2}[A-Za-z][\w'-]*)"
_DIRECT_EN = re.compile(
    rf"\s(?:(?:more|new|additional)\s)?(?:of\s(?:the\s|its\s|their\s)?)?{_NOUN_EN}"
)
_LINKED_EN = re.compile(rf"\s(?:of|worth\sof)\s(?:the\s|its\s|their\s|all\s)?{_NOUN_EN}")
_NOUN_ZH = r"(?P<noun>(?![以左上前内来中边期年月日])[\u4e00-\u9fff]{2,6}?)(?=[，。、；！？,.;)）(（]|的|和|与|被|将|已|在|$)"
_DIRECT_ZH = re.compile(rf"的?{_NOUN_ZH}")
_LINKED_ZH = re.compile(rf"的{_NOUN_ZH}")
_STOP_EN = frozenset(
    "and or but that which who in on at to for by from with as after before since than while when is are was were has have had will would could may might can last next earlier over of the a an this its their it he she they".split()
)


def qualifier(text: str, start: int, end: int, *, duration: bool = False) -> Qualifier | None:
    """Return what bounds the figure: "about", "at least", 逾, 以上.

    Before a duration "over" tells when, not how much: "over ten years".
    """
    for label, pattern in _LEFT_QUALIFIERS:
        found = pattern.search(text, max(0, start - _LEFT), start)
        if found and not (duration and found[0].strip().lower() == "over"):
            return label
    for label, pattern in _RIGHT_QUALIFIERS:
        if pattern.match(text, end):
            return label
    return None


def change(text: str, start: int, end: int) -> Change | None:
    """Return how the figure changed: by it (up, down), to it, or from it."""
    begin = max(0, start - _CLAUSE)
    bare = _bare_start(text, start)
    if _FROM.search(text, begin, bare):
        if text[max(0, bare - 1) : bare] in ("从", "由", "的"):
            return "from" if _FROM_ZH_FOLLOW.match(text, end) else None
        pair = _FROM_EN_FOLLOW.match(text, end) or _CHANGES_EN.search(text, begin, bare)
        return "from" if pair else None
    if _TO_ZH.search(text, begin, bare):
        return "to" if _TO_VERB_ZH.search(text, begin, bare) else None
    if _UP.search(text, begin, bare):
        return "up"
    if _DOWN.search(text, begin, bare):
        return "down"
    if text[max(0, bare - 14) : bare].find(" to ") >= 0 and _CHANGED_EN.search(text, begin, bare):
        return "to"
    return None


def relation(text: str, start: int, *, multiple: bool) -> Relation | None:
    """Tell 增长两倍 (by twice as much) from 增长到两倍 (to twice as much)."""
    if multiple and _INCREASE.search(text, max(0, start - 12), start):
        return "increase_by"
    if multiple and re.search(
        r"(?:增|涨|升|提高|扩大)[^，。]{0,4}(?:到|至|为)\Z", text[max(0, start - 12) : start]
    ):
        return "to"
    return None


def is_yearly(text: str, start: int, end: int) -> bool:
    """Say whether the figure is an amount a year: 7,000 tons annually, 每年…7000吨."""
    return bool(_YEARLY_EN.match(text, end) or _YEARLY_ZH.search(text, max(0, start - 16), start))


def lasts(text: str, end: int, start: int) -> bool:
    """Say whether the duration at ``start`` tells how long the rate before it holds."""
    between = text[end:start]
    if len(between) > 45:
        return False
    return bool(_FOR_YEARS_EN.fullmatch(between) or _FOR_YEARS_ZH.fullmatch(between))


def measures(original: str, text: str, end: int, *, chinese: bool, linked: bool) -> Measure | None:
    """Return the noun after the figure that names the thing measured.

    It follows a count directly (60 jets, 12艘潜艇); behind money and shares only a word
    that links it (30% of profits, 63美元的市场价) makes it sure.
    """
    if chinese:
        found = (_LINKED_ZH if linked else _DIRECT_ZH).match(text, end)
    else:
        found = (_LINKED_EN if linked else _DIRECT_EN).match(text, end)
    if not found:
        return None
    start, stop = found.span("noun")
    if not chinese:
        kept = 0
        for word in re.finditer(r"\S+", found["noun"]):
            if word[0].lower() in _STOP_EN:
                break
            kept = word.end()
        stop = start + kept
    return Measure(start, stop, original[start:stop]) if stop > start else None


def _bare_start(text: str, start: int) -> int:
    """Step over a qualifier, so that "rose by about 5%" is read as "rose by 5%"."""
    for _label, pattern in _LEFT_QUALIFIERS:
        found = pattern.search(text, max(0, start - _LEFT), start)
        if found:
            return found.start()
    return start
