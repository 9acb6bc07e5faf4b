"""HTML pages: the article without the page around it (trafilatura)."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from argmine.errors import DocumentError
from argmine.formats.decode import decode
from argmine.formats.scripts import require_known
from argmine.records import Document

if TYPE_CHECKING:
    from collections.abc import Sequence

    from lxml.etree import _Element
    from lxml.html import HtmlElement

_FIELDS = {
    "title": "title",
    "author": "author",
    "sitename": "source",
    "date": "published",
    "url": "url",
    "description": "description",
}


# What trafilatura calls the parts of an article, and how Markdown marks them.
_MARKS = {"head": "## ", "item": "- "}
_INLINE = (
    "hi",
    "ref",
    "del",
    "code",
    "graphic",
    "span",
    "a",
    "b",
    "i",
    "em",
    "strong",
    "sup",
    "sub",
)
# A break within one of these breaks a line, no paragraph.
_WHOLE = ("item", "head", "cell")
# A cell with more text than this holds prose, no datum.
_PROSE, _DATUM, _PAIR = 200, 80, 2
_BLOCKS = (
    "table", "div", "p", "ul", "ol", "dl", "h1", "h2", "h3", "h4", "h5", "h6", "blockquote",
    "center", "article", "section", "main", "header", "footer", "form", "pre", "figure", "hr",
)  # fmt: skip


# How a page begins, or a part of one that somebody has cut out.
_PAGE = re.compile(
    r"\s*(?:<\?xml[^<>]{0,200}>\s*)?<(?:!doctype\s+html"
    r"|(?:html|head|body)(?:\s+[A-Za-z][\w:@.-]*\s*=[^<>]*)?\s*>)",
    re.IGNORECASE,
)
_CUTTING = re.compile(
    r"\s*<(?P<tag>div|p|article|section|main|header|h[1-6]|table|ul|ol|figure|blockquote)"
    r"(?:\s+[A-Za-z][\w:@.-]*(?:\s*=\s*(?:\"[^\"]*\"|'[^']*'|[^\s\"'<>]+))?)*\s*>",
    re.IGNORECASE,
)


def is_page(text: str) -> bool:
    """Say whether a text is HTML, by how it begins."""
    return (_PAGE.match(text) is not None and "</" in text) or _is_cutting(text)


def _is_cutting(text: str) -> bool:
    """Tell <section> … </section> from the <Section 301> and the <Table> of a text."""
    found = _CUTTING.match(text)
    if found is None:
        return False
    tag, rest = found["tag"].lower(), text[found.end() :].lower()
    return f"</{tag}" in rest or (tag == "p" and "<p" in rest)


def document(raw: bytes, name: str) -> Document:
    """Return the article of a page, its title as first line, the rest in ``meta``.

    Raises:
        DocumentError: The page holds no article text, or is no text at all.
    """
    body, meta = article(decode(raw))
    require_known(body)
    return Document.of(body, meta={"file": name, **meta})


def article(text: str) -> tuple[str, dict[str, str]]:
    """Return the article of a page, its title as first line, and what the page tells of it.

    Raises:
        DocumentError: The page holds no article text.
    """
    # Imported late: it takes a fifth of a second, and most corpora hold no pages.
    from trafilatura import bare_extraction, load_html  # noqa: PLC0415

    if _is_cutting(text):
        text = f"<html><body><article>{text}</article></body></html>"
    try:
        tree = load_html(text)
        page = (
            tree
            if tree is None
            else bare_extraction(
                _without_layout_tables(tree),
                with_metadata=True,
                include_comments=False,
                favor_precision=True,
            )
        )
    except Exception as error:  # noqa: BLE001 - its parser raises whatever it meets
        msg = f"the page cannot be parsed: {error!r}"
        raise DocumentError(msg) from None
    lines = _lines(page.body) if page is not None and page.body is not None else []
    # One line is a paragraph; a blank line between says so to any reader.
    body = "\n\n".join(lines)
    if page is None or not body:
        msg = "the page holds no article text"
        raise DocumentError(msg)
    meta: dict[str, str] = {}
    for field, key in _FIELDS.items():
        value = getattr(page, field, None)
        # Of a copyright line only the year is known, and the first of January made up.
        if value and not (field == "date" and str(value).endswith("-01-01")):
            meta[key] = str(value)
    title = meta.get("title", "")
    if title:
        first = lines[0].lstrip("# ")
        body = "\n\n".join([title, *lines[1 if first == title else 0 :]])
    return body, meta


def _lines(body: _Element) -> list[str]:
    """Return the paragraphs of an article, those that are none marked as Markdown has them."""
    found: list[str] = []
    _read(body, "", found)
    return found


def _read(element: _Element, mark: str, found: list[str]) -> None:
    """Add the paragraphs of a part of the page; only the first has the mark of an item."""
    later = "> " if mark.startswith("> ") else ""
    begun, held = len(found), element.text or ""
    for child in element:
        if child.tag in _INLINE or (child.tag == "lb" and element.tag in _WHOLE):
            held += _inline(child)
        else:
            _add(held, mark if len(found) == begun else later, found)
            held = ""
            outer = mark if len(found) == begun else later
            if child.tag == "row":
                _add(f"| {' | '.join(_cell(cell) for cell in child)} |", later, found)
            elif child.tag == "quote":
                _read(child, "> ", found)
            else:
                own = _MARKS.get(child.tag)
                _read(child, outer if own is None else later + own, found)
        held += child.tail or ""
    _add(held, mark if len(found) == begun else later, found)


def _add(text: str, mark: str, found: list[str]) -> None:
    line = " ".join(text.split())
    if line:
        found.append(mark + line)


def _inline(element: _Element) -> str:
    """Return the text of an element; what is no part of a line stands apart in it."""
    parts = [element.text or ""]
    for child in element:
        parts += [_inline(child), child.tail or ""]
    text = "".join(parts)
    return text if element.tag in _INLINE else f" {text} "


def _cell(element: _Element) -> str:
    return " ".join(_inline(element).split())


def _without_layout_tables(tree: HtmlElement) -> HtmlElement:
    """Make plain boxes of tables that lay out a page, as old sites have them."""
    for table in list(tree.iter("table")):
        rows = [
            [cell for cell in row if cell.tag in ("td", "th")]
            for row in table.iterfind(".//tr")
            if next(row.iterancestors("table")) is table
        ]
        if _is_layout(rows):
            for cell in (cell for row in rows for cell in row):
                cell.tag = "div"
                _in_paragraphs(cell)
            table.tag = "div"
            for part in table.iter("tbody", "thead", "tfoot", "tr"):
                if next(part.iterancestors("table"), None) is None:
                    part.tag = "div"
    return tree


def _in_paragraphs(cell: HtmlElement) -> None:
    """Put the bare text of a cell into paragraphs, which the extraction keeps in their order."""
    children, text = list(cell), cell.text
    cell.text = None
    held: HtmlElement | None = None
    for child in (None, *children):
        if child is not None:
            text, child.tail = child.tail, None
            inline = child.tag not in _BLOCKS
            if inline and held is None:
                held = cell.makeelement("p", {})
                child.addprevious(held)
            if inline and held is not None:
                held.append(child)
                child.tail = text
                continue
            held = None
        if text and text.strip():
            held = cell.makeelement("p", {})
            held.text = text
            if child is None:
                cell.insert(0, held)
            else:
                child.addnext(held)


def _is_layout(rows: Sequence[Sequence[HtmlElement]]) -> bool:
    """Say whether cells lay out a page: no row of two, or prose in one and few data beside."""
    filled = [[_length(cell) for cell in row if _length(cell)] for row in rows]
    if all(len(row) < _PAIR for row in filled):
        return True
    cells = [cell for row in rows for cell in row]
    if any(cell.find(".//table") is not None for cell in cells):
        return True
    # Rows of data: two short cells in each of two, or a short one before each longer.
    if sum(len([n for n in row if n < _DATUM]) >= _PAIR for row in filled) >= _PAIR:
        return False
    if len(filled) >= _PAIR and all(len(row) >= _PAIR and row[0] < _DATUM for row in filled):
        return False
    return any(_length(cell) > _PROSE or len(cell.findall(".//p")) >= _PAIR for cell in cells)


def _length(cell: HtmlElement) -> int:
    return len("".join(cell.itertext()).strip())
