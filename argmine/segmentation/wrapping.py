"""Lines that a page wrapped: which go on with the line above them."""

from __future__ import annotations

import re

from argmine.segmentation import patterns
from argmine.segmentation.bylines import is_byline
from argmine.segmentation.language import is_chinese

_WRAP_WIDTH = 55
# No page is so wide: a longer line is a paragraph of its own.
_PAGE_WIDTH = 104
_LOWER = re.compile(r"(?:[-–—]{1,2}\s?)?[a-z]{2}|a\s")


def in_item(text: str, start: int, at: int, line: str) -> bool:
    """Say whether a line is indented to the text of the item that begins at ``start``.

    ``at`` is where the line begins, its indent left out.
    """
    indented = text[max(0, at - 2) : at] == "  "
    flush = start == 0 or text[start - 1] == "\n"
    opened = indented and flush and patterns.BULLET.match(text, start)
    return bool(opened) and not _opens_block(line)


def continues(before: str, line: str) -> bool:
    """Say whether a line goes on with the sentence of the line before it."""
    quoted, more = patterns.QUOTE_LINE.match(before), patterns.QUOTE_LINE.match(line)
    if quoted and more and before[quoted.end() :] and line[more.end() :]:
        # What is quoted is wrapped as all else is, with the mark at each line.
        before, line = before[quoted.end() :], line[more.end() :]
        if before.endswith(("，", "、", ",", "；")):
            return True
    item = _opens_block(before)
    if _cut_short(before, line, item=item):
        return True
    ended = patterns.ends_statement(before) and not patterns.BROKEN.search(before)
    if ended or _opens_block(line):
        return False
    if patterns.DATELINE.match(line) or patterns.NAMED_TURN.match(line):
        return False
    return _item_goes_on(before, line) if item else _prose_goes_on(before, line)


def _cut_short(before: str, line: str, *, item: bool) -> bool:
    """Say whether no sentence can end here, whatever mark the line ends with."""
    if not item and patterns.BROKEN_OFF.search(before) and _goes_on(line):
        return True
    if patterns.line_width(before) < _WRAP_WIDTH:
        return False
    if patterns.MONTH_AT_END.search(before) and line[0].isdigit():
        return True  # "on June⏎10. The measure": no bullet
    # "Apple Inc.⏎and", "in the first year;⏎its engineers", "wrong⏎— and"
    return not item and _LOWER.match(line) is not None and not before.endswith((":", "："))


def _item_goes_on(before: str, line: str) -> bool:
    if not _opens_item(before):
        return False
    if before.endswith(("，", "、", ",")) or line[:2].islower():
        return True
    width = patterns.line_width(before)
    broken = patterns.BROKEN.search(before) or width > _PAGE_WIDTH
    unfinished = width > _PAGE_WIDTH and patterns.UNFINISHED.search(before) is not None
    return width >= _WRAP_WIDTH and bool((broken and line[0].isdigit()) or unfinished)


def _prose_goes_on(before: str, line: str) -> bool:
    if line[0].islower() or (patterns.BROKEN.search(before) and line[0].isdigit()):
        return True
    width = patterns.line_width(before)
    if width > _PAGE_WIDTH:
        # Some sites break even long lines before a number, a name or a link.
        return line[0].isdigit() or patterns.UNFINISHED.search(before) is not None
    # Where the next line is wider than a page, none was wrapped; but see above.
    fits = patterns.line_width(line) <= _PAGE_WIDTH or line[0].isdigit() or line[0] in '“"$€£'
    return (
        width >= _WRAP_WIDTH
        and fits
        and is_chinese(before) == is_chinese(line)
        and not patterns.is_title_case(before)
    )


def _goes_on(line: str) -> bool:
    """Say whether a line can go on with one that is broken off: in small letters or a figure."""
    opened = line[0].islower() or (line[0].isdigit() and not patterns.BULLET.match(line))
    return opened or line[0] in "$€£¥"


def _opens_item(line: str) -> bool:
    return patterns.BULLET.match(line) is not None and not is_byline(line)


def _opens_block(line: str) -> bool:
    return (
        any(
            pattern.match(line)
            for pattern in (
                patterns.BULLET,
                patterns.GROUP,
                patterns.MARKDOWN_HEADING,
                patterns.QUOTE_LINE,
                patterns.CHINESE_HEADING,
            )
        )
        or patterns.is_furniture(line)
        or is_byline(line)
    )
