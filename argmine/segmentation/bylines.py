"""Lines that name author, source or date, and what they name."""

from __future__ import annotations

import datetime as dt
import re
from typing import TYPE_CHECKING

from argmine.segmentation import imprint, patterns

if TYPE_CHECKING:
    from collections.abc import Sequence

    from argmine.records import Block

LABEL_WIDTH = 30
_BYLINE_WIDTH = 120
_EVENT_WIDTH = 16
_EVENT_WORDS = 2
_SOURCE_LENGTH = 12
_LABEL = re.compile(r"[:：*]|作者|[记記]者")
_ROW_LENGTH = 90
_DAY = rf"(?:{patterns.DATE}|{patterns.DAY_EN})"
_ROW = re.compile(
    rf"(?:[-–—•*]\s+)?(?P<first>{_DAY})[\s|｜:：,，·—–-]+(?P<below>[^\d\s].{{0,60}})"
    rf"|(?:[-–—•*]\s+)?(?P<above>[^\d\s].{{0,60}}?)[\s|｜,，·—–-]+(?P<last>{_DAY})"
)
_MONTHS = "jan feb mar apr may jun jul aug sep oct nov dec".split()


def is_byline(line: str) -> bool:
    """Say whether a line names author, source or date and nothing else."""
    if patterns.line_width(line) > _BYLINE_WIDTH:
        return False
    for pattern in (patterns.SOURCE_DATE, patterns.DATE_ONLY):
        found = pattern.match(line)
        if found:
            rest = line[found.end() :]
            # "2025年4月17日例行记者会" goes on without a gap: it is a title.
            apart = not rest or not rest[0].isalnum()
            # "王毅同美国国务卿鲁比奥会谈 2025年7月11日" is a title with its day.
            named = found.groupdict().get("source") or ""
            if len(named) > _SOURCE_LENGTH and patterns.ALL_HAN.fullmatch(named):
                continue
            if _tells_event(rest):
                continue
            if apart and patterns.line_width(rest.strip()) <= LABEL_WIDTH:
                return not patterns.ends_statement(line)
    if patterns.CREDIT.match(line) or patterns.DATELINE.fullmatch(line):
        return True
    return imprint.read(line) is not None and not patterns.is_furniture(line)


def dated_row(line: str) -> str | None:
    """Return the day that a line tells something of, None if it tells of none.

    A day beside an outlet, a label or an hour is no such row.
    """
    found = _ROW.fullmatch(line) if len(line) <= _ROW_LENGTH else None
    if found is None:
        return None
    rest = found["below"] or found["above"]
    if patterns.BESIDE_DATE.match(rest) or patterns.OUTLET.search(rest) or _LABEL.search(rest):
        return None
    return found["first"] or found["last"]


def _tells_event(rest: str) -> bool:
    """Say whether what follows a date is what happened then, as in a timeline."""
    body = rest.strip(" |｜·•—–-\u3000")
    if rest.lstrip()[:1] in tuple(":："):
        return bool(rest.strip(" :："))
    if patterns.BESIDE_DATE.match(rest.strip()) or patterns.OUTLET.search(body):
        return False
    return patterns.line_width(body) > _EVENT_WIDTH or len(body.split()) > _EVENT_WORDS


def source_and_date(text: str, blocks: Sequence[Block]) -> tuple[str | None, str | None]:
    """Return the source and the ISO 8601 date or time that the bylines name."""
    source = date = None
    for block in blocks:
        if block.kind != "byline":
            continue
        line = text[block.start : block.end]
        told = imprint.read(line)
        if told is not None and source is None:
            source = told.source
        found = patterns.SOURCE_DATE.match(line) or patterns.SOURCE.search(line)
        if found and source is None and not _LABEL.search(found["source"]):
            source = found["source"].strip(" -–—:：（(【[") or None
        if date is None:
            date = _date_of(line) or _date_of(line.title())  # "APRIL 9, 2025"
    return source, date


def _date_of(line: str) -> str | None:
    parts = patterns.DATE_PARTS.search(line)
    if parts is not None:
        return _iso_date(parts)
    found = patterns.DATE_EN.search(line) or patterns.DAY_FIRST.search(line)
    if found is None:
        return None
    month = _MONTHS.index(found["month"][:3].lower()) + 1
    try:
        return dt.date(int(found["year"]), month, int(found["day"])).isoformat()
    except ValueError:
        return None


def _iso_date(parts: re.Match[str]) -> str | None:
    year, month, day, hour, minute = parts.groups()
    try:
        date = dt.date(int(year), int(month), int(day)).isoformat()
    except ValueError:
        return None
    if hour is None or int(hour) > 23 or int(minute) > 59:
        return date
    return f"{date}T{int(hour):02d}:{minute}"
