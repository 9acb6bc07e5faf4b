"""HTML pages: the article without the page around it (trafilatura)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from argmine.errors import DocumentError
from argmine.formats.decode import decode
from argmine.records import Document

if TYPE_CHECKING:
    from argmine.records import Meta

_FIELDS = {
    "title": "title",
    "author": "author",
    "sitename": "source",
    "date": "published",
    "url": "url",
    "description": "description",
}


def document(raw: bytes, name: str) -> Document:
    """Return the article of a page, its title as first line, the rest in ``meta``.

    Raises:
        DocumentError: The page holds no article text, or is no text at all.
    """
    # Imported late: it takes a fifth of a second, and most corpora hold no pages.
    from trafilatura import bare_extraction  # noqa: PLC0415

    text = decode(raw)
    try:
        page = bare_extraction(
            text, with_metadata=True, include_comments=False, favor_precision=True
        )
    except Exception as error:  # noqa: BLE001 - its parser raises whatever it meets
        msg = f"the page cannot be parsed: {error!r}"
        raise DocumentError(msg) from None
    lines = (page.text or "").splitlines() if page is not None else []
    # It gives one line a paragraph; a blank line between says so to any reader.
    body = "\n\n".join(line.strip() for line in lines if line.strip())
    if page is None or not body:
        msg = "the page holds no article text"
        raise DocumentError(msg)
    meta: Meta = {"file": name}
    for field, key in _FIELDS.items():
        value = getattr(page, field, None)
        if value:
            meta[key] = str(value)
    title = str(meta.get("title", ""))
    if title and not body.startswith(title):
        body = f"{title}\n\n{body}"
    return Document.of(body, meta=meta)
