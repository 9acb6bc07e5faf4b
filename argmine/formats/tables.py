"""Rows as documents."""

from __future__ import annotations

from typing import TYPE_CHECKING

from argmine.config import nearest
from argmine.errors import DocumentError
from argmine.formats import html
from argmine.formats.rows import Row, short
from argmine.formats.scripts import require_known
from argmine.records import Document, Failure

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from argmine.records import Meta


def documents(
    rows: Iterable[Row | Failure], name: str, text_key: str, id_key: str
) -> Iterator[Document | Failure]:
    """Yield one document a row of the file ``name``; failures pass through.

    A text that is HTML is read as a page is; what the row says goes before what that says.
    """
    for row in rows:
        yield row if isinstance(row, Failure) else _document(row, name, text_key, id_key)


def _document(row: Row, name: str, text_key: str, id_key: str) -> Document | Failure:
    line, cells = row.line, row.cells
    if text_key not in cells:
        hint = nearest(text_key, list(cells)) if cells else "the row is empty"
        return Failure(file=name, line=line, reason=f"no field {text_key!r}; {hint}")
    text, given = cells[text_key], cells.get(id_key)
    # A table has NaN where a number is missing.
    missing = given is None or given == "" or given != given  # noqa: PLR0124
    identity = None if missing else str(given)
    try:
        if not isinstance(text, str):
            msg = f"{text_key}: expected text, found {short(text)}"
            raise DocumentError(msg)
        if not text.strip():
            msg = f"{text_key}: the text is empty"
            raise DocumentError(msg)
        meta: Meta = {"file": name}
        if html.is_page(text):
            text, told = html.article(text)
            meta.update(told)
        meta.update((k, _plain(v)) for k, v in cells.items() if k not in (text_key, id_key))
        require_known(text)
        return Document.of(text, id=identity, meta=meta)
    except DocumentError as error:
        return Failure(file=name, line=line, id=identity, reason=str(error))


def _plain(value: object) -> str | int | float | bool | list[object] | dict[str, object] | None:
    """Return a value as JSON has it; dates and the like become text."""
    if value is None or isinstance(value, str | bool | int | float | list | dict):
        return value
    if hasattr(value, "isoformat"):
        return str(value.isoformat())
    return str(value)
