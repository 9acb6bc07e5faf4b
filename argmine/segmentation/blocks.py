"""Find the layout of an article: headline, byline, headings, bullets, paragraphs.

Lines are joined into paragraphs where a page wrapped them, then each is told by its
look and its neighbours.  A digest that lost its line breaks ("Group 1 - … [2] - …") is
taken apart into its groups and bullets.
"""

from __future__ import annotations

import itertools
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from argmine.records import Block, BlockKind
from argmine.segmentation import markdown, patterns, wrapping
from argmine.segmentation.bylines import LABEL_WIDTH, dated_row, is_byline
from argmine.segmentation.language import is_chinese

if TYPE_CHECKING:
    import re
    from collections.abc import Iterator, Sequence

# So many headings, and a third of all lines, are none.
_MANY_HEADINGS = 20
_SAMPLE = 100_000
_HEADLINE_WIDTH = 200
_HEADING_WIDTH = 80
_LABEL_CHARACTERS = 6
_LABEL_WORDS = 4
_HEAD_LINES = 6
_PLACE_LINES = 5
_PLACE_WIDTH = 60
_SECTION_LINES = 14
_CHINESE_DIGITS = {c: i for i, c in enumerate("零一二三四五六七八九十")}


@dataclass(frozen=True, slots=True)
class Line:
    """A stretch of text that prints as one paragraph; offsets are trimmed.

    Of some the layout tells the kind.
    """

    start: int
    end: int
    text: str
    kind: BlockKind | None = None


@dataclass(frozen=True, slots=True)
class Part:
    """A block before it has a number."""

    start: int
    end: int
    kind: BlockKind
    group: int | None = None


def find(text: str) -> tuple[Block, ...]:
    """Return the blocks of a text, in order, without overlap."""
    lines = _timeline(list(_paragraphs(text)))
    places = _places(lines)
    title = next((line.text for line in lines if line.kind == "headline"), None)
    if title is not None:
        lines = [_once(line, title) for line in lines]
    told = places or title is not None
    head = None if told else _headline_index(lines)
    above = (Part(line.start, line.end, "byline") for line in lines[:places])
    below = (part for i in range(places, len(lines)) for part in _parts(text, lines, i, head))
    parts = itertools.chain(above, below)
    filled = _unbroken(text, [part for part in parts if part.end > part.start])
    return tuple(
        Block(number, part.start, part.end, part.kind, part.group)
        for number, part in enumerate(filled)
    )


def _unbroken(text: str, parts: list[Part]) -> list[Part]:
    """Take no line for a heading where most lines of a text end no sentence: it is broken."""
    heads = [
        part
        for part in parts
        if part.kind == "heading"
        and not text[max(0, part.start - 8) : part.start].rstrip(" ").endswith("#")
    ]
    prose = [part for part in parts if part.kind in ("heading", "paragraph")]
    ended = sum(patterns.ends_statement(text[part.start : part.end]) for part in prose)
    listed = any(part.kind == "bullet" for part in parts)
    if len(heads) < _MANY_HEADINGS or listed or ended > len(prose) / 3:
        return parts
    if any(patterns.CHINESE_HEADING.match(text[part.start : part.end]) for part in heads):
        return parts
    broken = {part.start for part in heads}
    return [replace(part, kind="paragraph") if part.start in broken else part for part in parts]


def _timeline(lines: list[Line]) -> list[Line]:
    """Make paragraphs of rows that tell what happened on several days: no bylines."""
    days = [None if line.kind else dated_row(line.text) for line in lines]
    made = []
    for line, before, day, after in zip(
        lines, [None, *days], days, [*days[1:], None], strict=False
    ):
        # Rows stand side by side; bylines of several articles have their texts between.
        row = day and {before, after} - {None, day} and is_byline(line.text)
        made.append(replace(line, kind="paragraph") if row else line)
    return made


def _once(line: Line, title: str) -> Line:
    """Leave out the heading that says the headline of the front matter again."""
    body = patterns.MARKDOWN_HEADING.sub("", line.text, count=1)
    again = body == title and line.kind in (None, "heading")
    return replace(line, kind="boilerplate") if again else line


def _places(lines: Sequence[Line]) -> int:
    """Return how many lines name where a speech was held, above the hour at which it began."""
    for index, line in enumerate(lines[:_PLACE_LINES]):
        if patterns.BEGAN.match(line.text):
            return index
        wide = patterns.line_width(line.text) > _PLACE_WIDTH
        if wide or not (patterns.PLACE_LINE.match(line.text) or is_byline(line.text)):
            return 0
    return 0


def _paragraphs(text: str) -> Iterator[Line]:
    """Yield the paragraphs: the lines of a text, hard-wrapped ones joined."""
    start, last, first = 0, None, None
    page = wrapping.page([line.strip() for line in text[:_SAMPLE].splitlines()])
    for line, apart in _lines(text, markdown.marks(text)):
        first = first or line
        goes_on = (
            last is not None
            and not (apart or last.kind)
            and (
                wrapping.in_item(text, start, line.start, line.text)
                or wrapping.continues(last.text, line.text, page, first=last is first)
            )
        )
        if last is not None and not goes_on:
            yield Line(start, last.end, text[start : last.end], last.kind)
            last = None
        if last is None:
            start = line.start
        last = line
    if last is not None:
        yield Line(start, last.end, text[start : last.end], last.kind)


def _lines(text: str, marks: Sequence[markdown.Mark]) -> Iterator[tuple[Line, bool]]:
    """Yield non-empty lines, each with whether a blank line or an indent sets it apart."""
    position, blank, ahead = 0, True, iter(marks)
    mark = next(ahead, None)
    for raw in text.splitlines(keepends=True):
        body = raw.strip().strip("\ufeff").strip()
        end = position + len(raw)
        if mark is not None and position <= mark.start < end:
            yield Line(mark.start, mark.end, text[mark.start : mark.end], mark.kind), True
            blank = True
        elif body and (mark is None or end <= mark.start):
            start = position + raw.index(body)
            yield Line(start, start + len(body), body), blank or raw.startswith("\u3000\u3000")
            blank = False
        else:
            blank = True
        if mark is not None and mark.end <= end:
            mark = next(ahead, None)
        position = end


def _headline_index(lines: Sequence[Line]) -> int | None:
    """Return which line is the headline: the first above the first byline that is no label.

    Labels are what pages have above a headline, short words such as the name of a section;
    if all fit lines are so short it is the widest.  Without a byline it is the first line,
    if that is no sentence and text follows.
    """
    candidates = [i for i in range(min(_HEAD_LINES, len(lines))) if _fits(lines[i].text)]
    byline = next(
        (i for i in range(1, min(_HEAD_LINES, len(lines))) if is_byline(lines[i].text)), None
    )
    if byline is not None:
        # What asks between a headline and a byline is no turn of a dialogue.
        above = [i for i in range(byline) if _fits(lines[i].text, asks=True)]
        full = [i for i in above if not _is_label(lines[i].text)]
        if full:
            return full[0]
        if above:
            return max(above, key=lambda i: patterns.line_width(lines[i].text))
    if candidates and len(lines) > 1:
        first = candidates[0]
        # Below a date a label or a caption is no headline.
        dated = any(is_byline(line.text) for line in lines[:first])
        if dated and (_is_label(lines[first].text) or patterns.CAPTION.search(lines[first].text)):
            return None
        blank_before = all(
            patterns.is_furniture(line.text) or is_byline(line.text) for line in lines[:first]
        )
        body = any(patterns.ends_statement(line.text) for line in lines[first + 1 :])
        if blank_before and body:
            return first
    return None


def _is_label(line: str) -> bool:
    if ">" in line or line.startswith("当前位置"):
        return True
    if is_chinese(line):
        return patterns.line_width(line) < 2 * _LABEL_CHARACTERS
    return len(line.split()) < _LABEL_WORDS


def _fits(line: str, *, asks: bool = False) -> bool:
    body = patterns.MARKDOWN_HEADING.sub("", line, count=1)
    if len(line) != len(body) and line.startswith("# "):
        return True
    return (
        patterns.line_width(body) <= _HEADLINE_WIDTH
        and (body.endswith(tuple("?？!！")) or not patterns.ends_statement(body))
        and not body.endswith((",", "，"))
        and not patterns.SPEAKER.match(body)
        and (asks or not patterns.QUESTION.match(body))
        and not patterns.GROUP.match(body)
        and not patterns.BULLET.match(body)
        and not patterns.is_furniture(body)
        and not is_byline(body)
        and not patterns.DATELINE.match(body)
        and not (patterns.CITATION.search(body) and patterns.INLINE_DASH.search(body))
    )


def _parts(text: str, lines: Sequence[Line], index: int, head: int | None) -> Iterator[Part]:
    """Yield the blocks of one paragraph."""
    line = lines[index]
    start, end = line.start, line.end
    heading = patterns.MARKDOWN_HEADING.match(line.text)
    if line.kind and index != head:
        yield Part(start, end, line.kind)
    elif index == head:
        yield Part(start + (heading.end() if heading else 0), end, "headline")
    elif is_byline(line.text):
        yield Part(start, end, "byline")
    elif patterns.is_furniture(line.text) or _stray(lines, index, head):
        yield Part(start, end, "boilerplate")
    elif heading:
        yield Part(start + heading.end(), end, "heading")
    elif _is_digest(line.text):
        yield from _digest(text, start, end)
    elif (quote := patterns.QUOTE_LINE.match(line.text)) is not None:
        yield Part(start + quote.end(), end, "quote")
    elif _is_heading(lines, index):
        yield Part(start, end, "heading")
    elif (bullet := patterns.BULLET.match(line.text)) is not None:
        yield Part(start + bullet.end(), end, "bullet")
    else:
        yield from _dated_paragraph(line)


def _stray(lines: Sequence[Line], index: int, head: int | None) -> bool:
    """A short label above the headline, left over from the page's navigation."""
    return (
        head is not None
        and index < head
        and patterns.line_width(lines[index].text) <= LABEL_WIDTH
        and not patterns.ends_statement(lines[index].text)
    )


def _dated_paragraph(line: Line) -> Iterator[Part]:
    dateline = patterns.DATELINE.match(line.text)
    if dateline is None or dateline.end() >= len(line.text):
        yield Part(line.start, line.end, "paragraph")
        return
    body = line.start + dateline.end()
    yield Part(line.start, line.start + len(dateline[0].rstrip()), "byline")
    yield Part(body, line.end, "paragraph")


def _is_heading(lines: Sequence[Line], index: int) -> bool:
    """A short line that ends no sentence and has text below it."""
    text = lines[index].text
    numbered = patterns.CHINESE_HEADING.match(text) is not None
    width = patterns.line_width(text)
    if width > _HEADING_WIDTH or (
        width > _HEADING_WIDTH // 2 and not numbered and is_chinese(text)
    ):
        return False
    asks = patterns.ASKS.fullmatch(text) and 0 < index < len(lines) - 1
    if asks and patterns.ends_statement(lines[index - 1].text):
        # What an explainer goes on to answer.
        below = lines[index + 1].text
        return patterns.ends_statement(below) and patterns.line_width(below) > 2 * width
    if patterns.ends_statement(text) or text.endswith(("，", ",", "、")) or "\n" in text:
        return False
    if text.endswith(("—", "–", "-", "…")) or patterns.TURN.match(text):
        return False
    if index + 1 >= len(lines):
        return False
    following = lines[index + 1].text
    if patterns.BULLET.match(text) and not numbered:
        return _numbers_section(lines, index)
    return bool(numbered or patterns.line_width(following) > width)


def _numbers_section(lines: Sequence[Line], index: int) -> bool:
    """Say whether a numbered line, "2. The wrong target", stands between paragraphs of prose."""
    text = lines[index].text
    if not patterns.SECTION.match(text) or patterns.SAYS.search(text):
        return False
    following = lines[index + 2 : index + _SECTION_LINES]
    announced = index > 0 and lines[index - 1].text.endswith((":", "："))
    if announced and not any(patterns.SECTION.match(line.text) for line in following):
        return False  # what is announced is a list, unless text stands between its numbers
    around = (*lines[max(0, index - 1) : index], lines[index + 1])
    listed = any(patterns.BULLET.match(line.text) or line.kind == "bullet" for line in around)
    if patterns.PART_ZH.match(text) and patterns.SECTION.match(lines[index + 1].text):
        return not patterns.PART_ZH.match(lines[index + 1].text)  # （二）服务贸易⏎1. 旅游。
    return not listed and patterns.ends_statement(lines[index + 1].text)


def _is_digest(line: str) -> bool:
    groups = sum(1 for _ in patterns.GROUP.finditer(line))
    marks = sum(1 for _ in patterns.INLINE_DASH.finditer(line))
    dots = sum(1 for _ in patterns.INLINE_DOT.finditer(line))
    return (groups > 0 and patterns.GROUP.match(line) is not None) or marks > 1 or dots > 1


def _digest(text: str, start: int, end: int) -> Iterator[Part]:
    """Take groups and bullets written in one run apart."""
    groups = list(patterns.GROUP.finditer(text, start, end))
    if not groups:
        yield from _bullets(text, start, end, None)
        return
    if groups[0].start() > start:
        yield from _bullets(text, start, groups[0].start(), None)
    edges = [*(match.start() for match in groups[1:]), end]
    for match, edge in zip(groups, edges, strict=True):
        yield from _bullets(text, match.end(), edge, _group_number(match))


def _bullets(text: str, start: int, end: int, group: int | None) -> Iterator[Part]:
    opening = patterns.BULLET.match(text, start, end)
    lead = opening is not None or group is not None
    begin = opening.end() if opening else start
    cuts = sorted(
        {(m.start(), m.end()) for m in patterns.INLINE_DASH.finditer(text, begin, end)}
        | {(m.start(), m.end()) for m in patterns.INLINE_DOT.finditer(text, begin, end)}
    )
    for cut, following in [*cuts, (end, end)]:
        stop = cut
        while stop > begin and text[stop - 1].isspace():
            stop -= 1
        if stop > begin:
            yield Part(begin, stop, "bullet" if lead else "paragraph", group)
        begin, lead = max(following, begin), True


def _group_number(match: re.Match[str]) -> int:
    written = match["number"] or match["zh"] or match["zh2"]
    if written.isdigit():
        return int(written)
    total = 0
    for digit in written:
        value = _CHINESE_DIGITS[digit]
        total = (total or 1) * 10 if value == 10 else total + value
    return total
