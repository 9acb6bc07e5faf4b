"""Plain text and Markdown: one file, one document."""

from __future__ import annotations

from argmine.errors import DocumentError
from argmine.formats.decode import decode
from argmine.formats.scripts import require_known
from argmine.records import Document


def document(raw: bytes, name: str) -> Document:
    """Return the document of one text file; its id is made from the text.

    Raises:
        DocumentError: The text is empty or no text.
    """
    text = decode(raw)
    if not text.strip():
        msg = "the text is empty"
        raise DocumentError(msg)
    require_known(text)
    return Document.of(text, meta={"file": name})
