"""Rates: $110 per kilogram, 元/吨, 每公斤110美元, 40 miles an hour.

All text here is folded.
"""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from argmine.figures.tables import TABLES

if TYPE_CHECKING:
    from argmine.figures.token import Token

_NOUNS = r"person|head|capita|share|unit|firm|household|student|worker|employee|visit|night|trip|game|vehicle|ship|plane|shot|ticket|bottle|dose|meal"
_PER_AFTER = re.compile(r"\s?/\s?|\s(?:per|a|an|each|every)\s|-(?:a|an|per)-|每(?=[\u4e00-\u9fff])")
_MANY = re.compile(
    r"(?:\s(?P<what>[a-z]{3,14}))?\s(?:per|for\severy|out\sof\severy)\s(?P<number>1,?000|10,?000|100,?000|1,?000,?000|(?i:(?:a\s)?(?:thousand|million)))"
    r"(?:\s(?P<noun>people|persons|residents|inhabitants|population|(?:live\s)?births|women|men|children|adults|workers|vehicles|tokens|users)\b|(?=\s?[.,;:)](?!\d)|\Z|\s(?:in|for|last|and|or|to)\b))"
)
_MANY_WORDS = {"thousand": "1000", "million": "1000000"}
_OF_A = re.compile(r"\sof(?:\s[a-z-]+){1,3}?\s(?:per|a|an|each|every)\s")
# "A barrel on Friday" is one (the day is blanked out), "a year on" is none.
_NOT_A_RATE = re.compile(
    r"\s(?:earlier|ago|later|before|after|on(?!\s(?:\x00|average\b)))\b|[A-Za-z0-9]"
)
_COUNTED = re.compile(rf"(?:{_NOUNS})\b|人|股|户|台|辆|架|件|个")
_COUNTED_PER = re.compile(
    r"(?:container|teu|feu|missile|jet|aircraft|car|truck|tank|drone|chip|wafer|bottle|ticket|pupil|voter|patient|customer|passenger|"
    r"subscriber|shipment|package|parcel|box|pair|dollar|euro|hectare|acre|item|book|visa|woman|child|page|copy|seat|room|song)\b",
    re.IGNORECASE,
)
_PIECE = "(?:[枚辆架艘台件颗只头套位名箱]|部(?!门|队|委|长|署))"
_PIECE_ZH = re.compile(
    rf"(?P<counter>{_PIECE})(?P<noun>[\u4e00-\u9fff]{{0,3}}?)"
    r"(?P<verb>(?:造价|采购|购买|单价|价值|费用|成本|平均|将|按|须|需|可|应|要|缴|交|付|获|得|赔|售|卖|补|罚|征|收|加|花)[\u4e00-\u9fff]{0,6})?"
)
_PER_BEFORE = re.compile(
    r"(?:每[干湿]?(?P<million>\x00\x00)?(?P<unit>[\u4e00-\u9fff]{1,4}?)(?:均价|价格|售价|成本|补贴|平均|收益|盈余|净利|股息|股利|派息|红利|净资产|发行价|调[升降涨]|上涨|下跌|[涨跌派售报])?|(?P<word>时速|时薪|日薪|月薪|年薪|[日月年]均))(?:约|为|仅|达|近|逾|超过|不足|不到|低于|高于)?\s?\Z"
)
# 每股派发现金红利0.35元: a verb and a noun between.
_PER_CLAUSE = re.compile(
    r"每(?:(?P<unit>股|吨|桶|亩|公顷|公斤|千克|公升|升|加仑|盎司|磅|斤|户|人|台|辆|架|件|平方米|度)[\u4e00-\u9fff]{1,8}"
    rf"|(?P<piece>{_PIECE}[\u4e00-\u9fff]{{2,10}}))\Z"
)
# 14万元一平米: one of what a price buys ends the phrase.
_OF_ONE = re.compile(
    r"一(?P<unit>平方米|平米|平方尺|平方英尺|[公市]?斤|千克|克|盎司|磅|吨|桶|升|加仑|公里|度|亩|公顷|立方米|股|人|台|辆|架|件|个|张|盒|瓶|套|袋|枚|天|小时|晚)"
    r"(?=[，。；、！？）)”」…的]|左右|起|计|\s|\Z)"
)
_LETTER = re.compile(r"[shdy](?![A-Za-z0-9])")
_LETTERS = {"s": "s", "h": "hour", "d": "day", "y": "year"}
_NO_MEASURE = ("percent", "percentage_point", "multiple")
_TIMES = {"月": "month", "日": "day", "天": "day", "时": "hour", "年": "year", "季": "quarter"}


def with_rate(text: str, token: Token) -> Token:
    """Read what the number is counted by: per kilogram, 每股."""
    return _before(text, token) or _of_many(text, token) or _behind(text, token) or token


def _of_many(text: str, token: Token) -> Token | None:
    """Read "4.5 per 100,000 people": so many of them are what it is counted by."""
    found = _MANY.match(text, token.end)
    if found is None or (token.unit is not None and not token.unit.currency):
        return None
    many = found["number"].lower().removeprefix("a ").replace(",", "")
    number = _MANY_WORDS.get(many, many)
    return replace(token, end=found.end(), per=f"{number} {(found['noun'] or '').lower()}".strip())


def _before(text: str, token: Token) -> Token | None:
    if token.unit is None and not token.counter:
        return None
    left = _PER_BEFORE.search(text, max(0, token.start - 10), token.start)
    if left is not None:
        per = _TIMES[left["word"][0]] if left["word"] else _counted(left["unit"])
        per = "mmBtu" if left["million"] and per == "BTU" else per
        if per is not None:
            rate = token.unit is not None and token.unit.type == "percent"
            if rate and left["unit"] and _PIECE_ZH.match(left["unit"]):
                return None  # 每件按54%征税
            apart = token.unit is None or token.unit.currency or left["word"]
            return replace(token, start=token.start if apart else left.start(), per=per)
    if token.unit is None or token.unit.type not in ("money", "quantity"):
        return None
    clause = _PER_CLAUSE.search(text, max(0, token.start - 14), token.start)
    per = _counted(clause["unit"] or clause["piece"]) if clause else None
    return None if per is None else replace(token, per=per)


def _behind(text: str, token: Token) -> Token | None:
    if token.unit is not None and token.unit.currency and (one := _OF_ONE.match(text, token.end)):
        return replace(token, end=one.end(), per=_counted(one["unit"]) or one["unit"])
    right = _PER_AFTER.match(text, token.end)
    if right is None and token.unit is not None and token.unit.type == "quantity":
        right = _OF_A.match(text, token.end)
    if right is None or (token.unit is None and right[0][:1] not in ("/", "-")):
        return None  # a 1,000-a-day toll has a rate, "1,000 a day" is told as a count
    word = right[0].strip(" -")
    named = _named(text, token, right.end(), word)
    if named is None:
        return None
    end, per = named
    if word not in ("/", "per", "每") and _NOT_A_RATE.match(text, end):
        return None
    # "$98 a share" is an amount and what it buys, "$110 per kilogram" is one price; in
    # "5,000 tonnes of rare earths a month" the goods stand between.
    apart = token.unit is not None and token.unit.currency and word not in ("/", "per")
    return replace(token, end=token.end if apart or word.startswith("of ") else end, per=per)


def _named(text: str, token: Token, start: int, word: str) -> tuple[int, str] | None:
    """Return where the word ends that a number is counted by, and its code."""
    found = TABLES.after(text, start)
    if token.unit is not None and token.unit.type not in ("money", "quantity", "percent"):
        often = token.unit.code == "x" and found is not None and found.unit.type == "duration"
        if not often:
            return None
    counted = _COUNTED.match(text, start) or (word == "per" and _COUNTED_PER.match(text, start))
    if counted and not (found and found.end > counted.end()):
        return counted.end(), counted[0].lower()
    if found and not found.gap and found.unit.type not in _NO_MEASURE:
        return found.end, "kWh" if found.written == "度" else found.unit.code
    if word == "per" and text.startswith("annum", start):
        return start + len("annum"), "year"
    letter = _LETTER.match(text, start) if word == "/" else None
    if letter:
        return letter.end(), _LETTERS[letter[0]]
    if word in ("/", "每") and text[start : start + 1] in _TIMES:
        return start + 1, _TIMES[text[start]]
    return None


def _counted(written: str) -> str | None:
    """Return what 每 counts by: a unit, a time, a noun that is counted; None for others."""
    if written in _TIMES:
        return _TIMES[written]
    unit = TABLES.chinese.get(written)
    if unit is not None:
        return "kWh" if unit.code == "deg" else unit.code
    if _COUNTED.fullmatch(written):
        return written
    piece = _PIECE_ZH.fullmatch(written)
    return piece["noun"] or piece["counter"] if piece else None
