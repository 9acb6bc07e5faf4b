"""Lines that a page wrapped: which go on with the line above them."""

from __future__ import annotations

import itertools
import re
import sys
from dataclasses import dataclass
from typing import TYPE_CHECKING

from argmine.segmentation import patterns
from argmine.segmentation.bylines import is_byline
from argmine.segmentation.language import is_chinese

if TYPE_CHECKING:
    from collections.abc import Sequence

_WRAP_WIDTH = 55
_NARROWEST = 24
_ALIKE = 0.8
_SEVERAL = 3
# No page is so wide: a longer line is a paragraph of its own.
_PAGE_WIDTH = 104
# Another speaks, or another post begins.
_TURN = re.compile(
    r"[QA]\s+(?=[A-Z“\"])|@\w{2,30}\b|©|\d{1,2}/\s|\((?:Adds|Corrects|Updates|Recasts)\b"
)
_LOWER = re.compile(r"(?:[-–—]{1,2}\s?)?[a-z]{2}|a\s")


@dataclass(frozen=True, slots=True)
class Page:
    """From which width on a line may have been wrapped, and whether the first one may have been."""

    width: int = _WRAP_WIDTH
    first: bool = False


def page(lines: Sequence[str]) -> Page:
    """Tell how wide the page was that a text comes from.

    A narrow one shows by lines of like width that end in the middle of sentences, other
    sentences ending within them.  Where hardly a line is broken, the first is a headline.
    """
    broken = [
        patterns.line_width(line)
        for line, below in itertools.pairwise(lines)
        if 0 < len(line) <= _PAGE_WIDTH
        and below
        and not (patterns.ends_statement(line) or _opens_block(below))
    ]
    wide = sum(_WRAP_WIDTH <= width <= _PAGE_WIDTH for width in broken)
    told = [patterns.line_width(line) for line in lines if line]
    if broken and max(told) < _WRAP_WIDTH:
        most = max(broken)
        alike = sum(width >= _ALIKE * most for width in broken)
        inside = sum(patterns.SAYS.search(line) is not None for line in lines)
        cut = is_chinese(lines[0]) or any(line[:1].islower() for line in lines)
        enough = alike >= _SEVERAL and 2 * alike >= len(told)
        if cut and enough and inside > 1 and most >= _NARROWEST:
            return Page(int(_ALIKE * most), first=True)
    return Page(first=wide >= _SEVERAL)


def in_item(text: str, start: int, at: int, line: str) -> bool:
    """Say whether a line is indented to the text of the item that begins at ``start``.

    ``at`` is where the line begins, its indent left out.
    """
    indented = text[max(0, at - 2) : at] == "  "
    flush = start == 0 or text[start - 1] == "\n"
    opened = indented and flush and patterns.BULLET.match(text, start)
    return bool(opened) and not _opens_block(line)


def continues(before: str, line: str, page: Page, *, first: bool = False) -> bool:
    """Say whether a line of a page goes on with the sentence of the line before it.

    The ``first`` line does so only where lines are broken all over, or a sentence is cut.
    """
    quoted, more = patterns.QUOTE_LINE.match(before), patterns.QUOTE_LINE.match(line)
    if quoted and more and before[quoted.end() :] and line[more.end() :]:
        # What is quoted is wrapped as all else is, with the mark at each line.
        before, line = before[quoted.end() :], line[more.end() :]
        if before.endswith(("，", "、", ",", "；")):
            return True
    if patterns.SPEAKER.match(line) or _TURN.match(line):
        return False
    item = _opens_block(before)
    if _cut_short(before, line, page.width, item=item):
        return True
    ended = patterns.ends_statement(before) and not patterns.BROKEN.search(before)
    if ended or _opens_block(line):
        return False
    if patterns.DATELINE.match(line) or patterns.NAMED_TURN.match(line):
        return False
    if item:
        return _item_goes_on(before, line, page.width)
    cut = patterns.UNFINISHED.search(before) or line[0] in "的了，、"
    headline = first and not (page.first or cut)
    return _prose_goes_on(before, line, sys.maxsize if headline else page.width)


def _cut_short(before: str, line: str, least: int, *, item: bool) -> bool:
    """Say whether no sentence can end here, whatever mark the line ends with."""
    if not item and patterns.BROKEN_OFF.search(before) and _goes_on(line):
        return True
    if patterns.line_width(before) < least:
        return False
    if patterns.MONTH_AT_END.search(before) and line[0].isdigit():
        return True  # "on June⏎10. The measure": no bullet
    # "Apple Inc.⏎and", "in the first year;⏎its engineers", "wrong⏎— and"
    return not item and _LOWER.match(line) is not None and not before.endswith((":", "："))


def _item_goes_on(before: str, line: str, least: int) -> bool:
    if not _opens_item(before):
        return False
    if before.endswith(("，", "、", ",")) or line[:2].islower():
        return True
    width = patterns.line_width(before)
    broken = patterns.BROKEN.search(before) or width > _PAGE_WIDTH
    unfinished = width > _PAGE_WIDTH and patterns.UNFINISHED.search(before) is not None
    return width >= least and bool((broken and line[0].isdigit()) or unfinished)


def _prose_goes_on(before: str, line: str, least: int) -> bool:
    if line[0].islower() or (patterns.BROKEN.search(before) and line[0].isdigit()):
        return True
    width = patterns.line_width(before)
    if width > _PAGE_WIDTH:
        # Some sites break even long lines before a number, a name or a link.
        return line[0].isdigit() or patterns.UNFINISHED.search(before) is not None
    # Where the next line is wider than a page, none was wrapped; but see above.
    fits = patterns.line_width(line) <= _PAGE_WIDTH or line[0].isdigit() or line[0] in '“"$€£'
    return (
        width >= least
        and fits
        and is_chinese(before) == is_chinese(line)
        and not (patterns.is_title_case(before) and not patterns.UNFINISHED.search(before))
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
