"""Rows as documents."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from argmine.config import nearest
from argmine.errors import DocumentError
from argmine.formats import html
from argmine.formats.rows import Row, short, written
from argmine.formats.scripts import require_known
from argmine.records import Document, Failure

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from argmine.records import Meta

    _Json = str | int | float | bool | list[object] | dict[str, object] | None


_ID = "id"


@dataclass(frozen=True, slots=True)
class Columns:
    """Which column of a table holds the text, the id, and what a sentence stands between."""

    text: str = "text"
    id: str = _ID
    prev: str = "prev"
    next: str = "next"
    target: str = "target"

    def required(self) -> dict[str, str]:
        """Return the columns that must be there, by the option that names them.

        An id is none, unless somebody has named it.
        """
        named = {"--text-key": self.text}
        return named if self.id == _ID else {**named, "--id-key": self.id}


def documents(
    rows: Iterable[Row | Failure], name: str, columns: Columns
) -> Iterator[Document | Failure]:
    """Yield one document a row of the file ``name``; failures pass through.

    A text that is HTML is read as a page is; what the row says goes before what that says.
    """
    for row in rows:
        yield row if isinstance(row, Failure) else _document(row, name, columns)


def _document(row: Row, name: str, columns: Columns) -> Document | Failure:
    line, cells = row.line, row.cells
    for key in columns.required().values():
        if key not in cells:
            hint = nearest(key, list(cells)) if cells else "the row is empty"
            return Failure(file=name, line=line, reason=f"no field {key!r}; {hint}")
    text, given = cells[columns.text], cells.get(columns.id)
    # A table has NaN where a number is missing.
    missing = given is None or given == "" or given != given  # noqa: PLR0124
    identity = None if missing else written(given)
    try:
        if not isinstance(text, str):
            msg = f"{columns.text}: expected text, found {short(text)}"
            raise DocumentError(msg)
        if not text.strip():
            msg = f"{columns.text}: the text is empty"
            raise DocumentError(msg)
        meta: Meta = {"file": name, **dict(_told(cells, columns))}
        if html.is_page(text):
            text, told = html.article(text)
            meta.update((key, value) for key, value in told.items() if meta.get(key) in (None, ""))
        require_known(text)
        return Document.of(text, id=identity, meta=meta)
    except DocumentError as error:
        return Failure(file=name, line=line, id=identity, reason=str(error))


def _told(cells: Mapping[str, object], columns: Columns) -> Iterator[tuple[str, _Json]]:
    """Yield what a row says beside text and id, neighbours and target by their usual names."""
    usual = {columns.prev: "prev", columns.next: "next", columns.target: "target"}
    for key, value in cells.items():
        if key not in (columns.text, columns.id):
            # A column that only happens to be called so is no neighbour.
            shadowed = key in usual.values() and key not in usual
            yield f"{key} (2)" if shadowed else usual.get(key, key), _plain(value)


def _plain(value: object) -> _Json:
    """Return a value as JSON has it; dates and the like become text."""
    if value is None or isinstance(value, str | bool | int | float | list | dict):
        return value
    if hasattr(value, "isoformat"):
        return str(value.isoformat())
    return str(value)
