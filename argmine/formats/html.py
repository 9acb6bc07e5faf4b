"""HTML pages: the article without the page around it (trafilatura)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from argmine.errors import DocumentError
from argmine.formats.decode import decode
from argmine.records import Document

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lxml.etree import _Element
    from lxml.html import HtmlElement

    from argmine.records import Meta

_FIELDS = {
    "title": "title",
    "author": "author",
    "sitename": "source",
    "date": "published",
    "url": "url",
    "description": "description",
}


# What trafilatura calls the parts of an article, and how Markdown marks them.
_HOLDERS = ("quote", "list", "table", "div", "section", "body")
_MARKS = {"head": "## ", "item": "- "}
# A cell with more text than this holds prose, no datum.
_PROSE = 200
_BLOCKS = ("table", "div", "p", "ul", "ol", "h1", "h2", "h3", "h4", "blockquote")


def document(raw: bytes, name: str) -> Document:
    """Return the article of a page, its title as first line, the rest in ``meta``.

    Raises:
        DocumentError: The page holds no article text, or is no text at all.
    """
    # Imported late: it takes a fifth of a second, and most corpora hold no pages.
    from trafilatura import bare_extraction, load_html  # noqa: PLC0415

    text = decode(raw)
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
                # An extensive search takes the year of a copyright line for a date.
                date_extraction_params={"extensive_search": False},
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
    meta: Meta = {"file": name}
    for field, key in _FIELDS.items():
        value = getattr(page, field, None)
        if value:
            meta[key] = str(value)
    title = str(meta.get("title", ""))
    if title:
        first = lines[0].lstrip("# ")
        body = "\n\n".join([title, *lines[1 if first == title else 0 :]])
    return Document.of(body, meta=meta)


def _lines(body: _Element) -> list[str]:
    """Return the paragraphs of an article, those that are none marked as Markdown has them."""
    return [
        f"{mark}{line}"
        for mark, element in _blocks(body, "")
        for line in (" ".join(part.split()) for part in _text(element).split("\n"))
        if line
    ]


def _blocks(parent: _Element, quoted: str) -> Iterator[tuple[str, _Element]]:
    for child in parent:
        if child.tag in _HOLDERS:
            yield from _blocks(child, "> " if child.tag == "quote" else quoted)
            if child.tag == "quote" and not len(child):
                yield "> ", child
        elif child.tag == "row":
            yield "", child
        else:
            yield f"{quoted}{_MARKS.get(child.tag, '')}", child


def _text(element: _Element) -> str:
    """Return the text of a paragraph, broken where the page breaks it; a row as tables have it."""
    if element.tag == "row":
        cells = [" ".join(_text(cell).split()) for cell in element]
        return f"| {' | '.join(cells)} |"
    parts = [element.text or ""]
    for child in element:
        parts += ["\n" if child.tag == "lb" else _text(child), child.tail or ""]
    return "".join(parts)


def _without_layout_tables(tree: HtmlElement) -> HtmlElement:
    """Make plain boxes of tables that lay out a page, as old sites have them.

    Such a table has a table, paragraphs or prose in a cell, or no row of two cells.
    """
    for table in list(tree.iter("table")):
        rows = [
            [cell for cell in row if cell.tag in ("td", "th")]
            for row in table.iterfind(".//tr")
            if next(row.iterancestors("table")) is table
        ]
        cells = [cell for row in rows for cell in row]
        single = all(sum(bool(_length(cell)) for cell in row) < 2 for row in rows)
        if single or any(_is_layout(cell) for cell in cells):
            for cell in cells:
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
            cell.insert(0 if child is None else cell.index(child) + 1, held)


def _is_layout(cell: HtmlElement) -> bool:
    inner = cell.find(".//table") is not None or cell.find(".//p") is not None
    return inner or _length(cell) > _PROSE


def _length(cell: HtmlElement) -> int:
    return len("".join(cell.itertext()).strip())
