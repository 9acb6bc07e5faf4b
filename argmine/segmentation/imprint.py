"""The line beside a headline, part by part: 2025-04-09 08:30　来源：新华网　作者：王明.

A line is an imprint if it falls into dates, hours, labelled names and short names, and has
at least one part that nothing else has: a date, a label, "2h ago".
"""

from __future__ import annotations

import re
from typing import NamedTuple

from argmine.segmentation import patterns

_WIDTH = 160
_PARTS = 12
_OUTLET_WIDTH = 8
_OF_OUTLETS = re.compile(
    "[报報網网社台刊]|[记記]者|[编編][辑輯译譯]|[评評][论論]员|研究|频道|財經|财经|新闻|新聞|观察|觀察|本报|工作室"
)
_MONTH = rf"(?i:{patterns.MONTH})"
_CLOCK = (
    r"\d{1,2}[:：]\d{2}(?:[:：]\d{2})?(?:\s?[AaPp]\.?[Mm]\.?)?(?:\s[A-Z]{2,4}(?:[+-]\d{1,2})?)?"
)
_WEEKDAY = r"(?:(?:Mon|Tues?|Wed(?:nes)?|Thu(?:rs?)?|Fri|Sat(?:ur)?|Sun)(?:day)?\.?,?\s)"
_DAY = (
    rf"(?:{patterns.DATE}|\d{{4}}\s\d{{2}}/\d{{2}}|\d{{1,2}}/\d{{1,2}}/\d{{4}}|\d{{4}}/\d{{1,2}}/\d{{1,2}}"
    rf"|{_WEEKDAY}?(?:{_MONTH}\s\d{{1,2}}(?:st|nd|rd|th)?(?:,?\s\d{{4}})?|\d{{1,2}}(?:st|nd|rd|th)?\s{_MONTH},?\s\d{{4}}))"
)
_TOLD = r"(?:(?:发布|發布|发表|發表|更新|出版)?(?:时间|時間|日期)|更新于|更新於|(?:[Ll]ast\s)?[Uu]pdated(?:\son)?|[Pp]ublished(?:\son)?|[Pp]osted(?:\son)?|[Dd]ate)"
_WHEN = re.compile(rf"(?:{_TOLD}\s?[:：]?\s?)?(?:{_DAY}(?:,?(?:\sat)?\s{{0,3}}{_CLOCK})?|{_CLOCK})")
_AGO = re.compile(
    r"\d{1,3}\s?(?:s|m|h|d|secs?|mins?|hrs?|seconds?|minutes?|hours?|days?)\.?\sago|\d{1,3}[\s-]min(?:ute)?s?\sread|\d{1,3}\s?(?:分钟|小时|天)前"
)
_VALUE = rf"(?![请請您你]){patterns.NO_CLAUSE}[^。！？!?:：，,（）()%]{{1,30}}"
_LABEL_ZH = (
    r"(?:(?:本文)?(?:来源|來源|转自|轉自)|稿源|作者|(?:[\u4e00-\u9fff]{0,4})(?:编辑|編輯|责编|責編|编译|編譯|校对|审核|监制)|"
    r"文|撰文|摄影|攝影|通讯员|发布于|发布者|栏目|字号|统筹|統籌)"
)
_HAN_NAMES = (
    r"(?!谢谢|謝謝|你好|您好|是的|好的)[\u4e00-\u9fff·]{2,4}(?:[\s、，][\u4e00-\u9fff·]{2,4}){0,5}"
)
_LABELLED_ZH = re.compile(
    rf"(?P<label>{_LABEL_ZH})\s?[:：]\s{{0,2}}(?P<value>{_VALUE})|[\u4e00-\u9fff\d]{{0,8}}[记記]者\s?[:：]\s?{_HAN_NAMES}|(?:阅读|浏览|点击|评论)\s?\d[\d.]{{0,6}}[万wW]?\+?"
)
_NAME = r"[A-Z][\w.'’-]*"
_LABELLED_EN = re.compile(
    rf"(?P<label>(?i:authors?|source|editor|writer|byline):|(?:(?:Story|Words|Text|Analysis|Opinion|Edited|Written)\sby|By|BY|by)\b:?)\s"
    rf"(?P<value>{patterns.NO_AUTHOR}(?!(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day\b|{_MONTH}\b){_NAME}(?:[\s,&]+(?:and\s)?{_NAME}){{0,8}})"
)
_SHORT = re.compile(
    rf"{_NAME}(?:\s{_NAME}){{0,4}}|(?:[□◎◆]\s?)?[\u4e00-\u9fff《》·－-]{{2,12}}|(?:记者|記者)\s?[\u4e00-\u9fff]{{2,4}}|https?://\S{{1,100}}"
)
_BOUNDARY = re.compile(
    rf"\s*[|｜•·・]\s*|\u3000+|\s{{2,}}|\t|\s?[／/]\s?(?=[\u4e00-\u9fff])|\s(?=(?:{_LABEL_ZH}|[\u4e00-\u9fff\d]{{0,8}}[记記]者)\s?[:：])|,\s(?={_DAY}\Z)"
)
_LAST_DATE = re.compile(rf"(?P<rest>\S.*?)[\s,]+(?P<when>{_WHEN.pattern})")
_FIRST_DATE = re.compile(rf"(?P<when>{_WHEN.pattern})\s+(?P<rest>\S.*)")
# Nothing else can be one.
_AGENCY = re.compile(
    r"Reuters|REUTERS|AFP|AP|Bloomberg|Xinhua|CNN|BBC|CNBC|CGTN|NPR|Axios|Politico"
)
_HINT = re.compile(r"\d|[:：|｜•·]|(?i:\bby\b)|[记記]者")
# "Tiananmen Square, June 4, 1989": a name and a day alone are a title.
_TITLE_AND_DAY = re.compile(rf"(?!{_WEEKDAY}){_NAME}(?:\s{_NAME}){{0,4}},\s{_DAY}")
_YEAR = re.compile(r"\d{4}")
_HOUR_AT_END = re.compile(r"[AaPp]\.[Mm]\.\Z")
_FRAME = "*_ ()（）[]【】"
_SOURCES = ("来源", "來源", "本文来源", "本文來源", "稿源", "转自", "本文转自", "source:")


class Imprint(NamedTuple):
    """What an imprint names: its source."""

    source: str | None


def read(line: str) -> Imprint | None:
    """Return what a line names, None if it is no imprint."""
    if len(line) > _WIDTH or not _HINT.search(line):
        return None
    if (line.endswith(".") and not _HOUR_AT_END.search(line)) or ("]" in line) > ("[" in line):
        return None
    body = line.replace("**", "").strip(_FRAME)
    chunks = [chunk for chunk in _BOUNDARY.split(body) if chunk and chunk.strip()]
    if len(chunks) > _PARTS or (len(chunks) > 1 and _TITLE_AND_DAY.fullmatch(body)):
        return None
    if _WHEN.fullmatch(body) and not _YEAR.search(body):
        return None  # days and hours alone head the parts of a calendar
    strong, source = False, None
    for chunk in chunks:
        found = _part(chunk.strip(_FRAME))
        if found is None:
            return None
        told, name = found
        strong, source = strong or told, source or name
    return Imprint(source) if strong else None


def _part(chunk: str) -> tuple[bool, str | None] | None:
    """Return whether a part is one that only imprints have, and its source."""
    if _WHEN.fullmatch(chunk) or _AGO.fullmatch(chunk):
        return True, None
    labelled = _LABELLED_ZH.fullmatch(chunk) or _LABELLED_EN.fullmatch(chunk)
    if labelled:
        label = (labelled["label"] or "").lower()
        return True, labelled["value"].strip() if label in _SOURCES else None
    if _SHORT.fullmatch(chunk):
        return None if _tells(chunk) and patterns.ALL_HAN.fullmatch(chunk) else (False, None)
    for pattern in (_LAST_DATE, _FIRST_DATE):
        dated = pattern.fullmatch(chunk)
        inner = _part(dated["rest"].strip(_FRAME)) if dated else None
        if dated is None or inner is None or _WHEN.fullmatch(dated["rest"]):
            continue
        if not inner[0] and _tells(dated["rest"]):
            continue
        return True, inner[1]
    return None


def _tells(rest: str) -> bool:
    """Say whether what stands behind a date is what happened then, and no outlet."""
    if patterns.OUTLET.search(rest) or _AGENCY.fullmatch(rest) or _OF_OUTLETS.search(rest):
        return False
    return rest.isascii() or patterns.line_width(rest) > _OUTLET_WIDTH
