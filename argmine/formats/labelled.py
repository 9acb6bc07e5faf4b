"""Rows that people have labelled, out of tables and out of what annotation tools export.

Labelled documents are rows too: what `argmine annotate` writes, corrected by hand, or
offsets and labels alone beside a file of the texts, as those share their work who may not
share the texts.
"""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

from argmine.errors import DataError
from argmine.formats.rows import Row
from argmine.formats.sources import read_rows
from argmine.records import Failure

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from pathlib import Path

_LAYERS = ("role", "stance", "holder", "labels")


def read_labelled(path: Path, texts: Path | None = None) -> Iterator[Row | Failure]:
    """Yield the rows of a table; of a Label Studio task, its data and its answers by name.

    Each labelled segment of a document is a row, whose ``prev`` and ``next`` are the
    segments that stand around it in the list.  With ``texts`` a row has what the row of
    the same ``id`` has there.  Lists of one, as doccano and Label Studio write labels, are
    their item.

    Raises:
        DataError: A file is no table.
    """
    known = _by_id(texts) if texts else None
    for row in read_rows(path):
        if isinstance(row, Failure):
            yield row
            continue
        cells = _flat(row.cells)
        if known is not None:
            own = known.get(str(cells.get("id")))
            if own is None:
                says = f"id: {cells.get('id')!r} is not to be found in {texts}"
                yield Failure(file=str(path), line=row.line, reason=says)
                continue
            cells = {**own, **cells}
        try:
            yield from (Row(row.line, found) for found in _segments(cells))
        except _NoDocumentError as error:
            yield Failure(file=str(path), line=row.line, reason=str(error))


class _NoDocumentError(Exception):
    """A row has segments that its text has not."""


def _by_id(path: Path) -> dict[str, Mapping[str, object]]:
    return {str(cells.get("id")): cells for _, cells in whole(path, read_rows(path))}


def _segments(cells: Mapping[str, object]) -> Iterator[Mapping[str, object]]:
    """Yield the labelled segments of a document as rows; any other row as it is."""
    given, text = cells.get("segments"), cells.get("text")
    if not isinstance(given, list) or not isinstance(text, str):
        yield cells
        return
    digest = cells.get("text_sha256")
    if digest is not None and digest != hashlib.sha256(text.encode()).hexdigest():
        msg = "text_sha256: the text is not the one that was labelled"
        raise _NoDocumentError(msg)
    words = [_words(text, number, segment) for number, segment in enumerate(given)]
    around = zip(["", *words[:-1]], [*words[1:], ""], strict=True)
    for segment, own, (before, after) in zip(given, words, around, strict=True):
        labels = {name: _label(segment[name]) for name in _LAYERS if segment.get(name)}
        if labels:
            yield {"text": own, "prev": before, "next": after, "article": cells.get("id"), **labels}


def _words(text: str, number: int, segment: object) -> str:
    if isinstance(segment, dict):
        start, end = segment.get("start"), segment.get("end")
        if isinstance(start, int) and isinstance(end, int) and 0 <= start < end <= len(text):
            return text[start:end]
    msg = f"segments[{number}]: expected start and end, inside the {len(text)} characters of text"
    raise _NoDocumentError(msg)


def _label(value: object) -> object:
    """Return a label as a row has it: without scores, by target where there are several."""
    if not isinstance(value, dict):
        return value
    return value["label"] if "label" in value else {k: _label(v) for k, v in value.items()}


def whole(path: Path, rows: Iterable[Row | Failure]) -> Iterator[tuple[str, Mapping[str, object]]]:
    """Yield where each row of a file stands, and its cells.

    Raises:
        DataError: A row cannot be read.
    """
    for row in rows:
        if isinstance(row, Failure):
            msg = f"{path}:{row.line}: {row.reason}" if row.line else row.reason
            raise DataError(msg)
        yield f"{path}:{row.line}", row.cells


def _flat(cells: Mapping[str, object]) -> Mapping[str, object]:
    """Return the cells of a row; of several annotations the first that was not cancelled."""
    data, annotations = cells.get("data"), cells.get("annotations")
    if not isinstance(data, dict) or not isinstance(annotations, list):
        return {name: _item(value) for name, value in cells.items()}
    found = {str(name): value for name, value in data.items()}
    kept = [one for one in annotations if isinstance(one, dict) and not one.get("was_cancelled")]
    for result in (kept[0].get("result") or []) if kept else ():
        value = result.get("value") if isinstance(result, dict) else None
        if isinstance(value, dict) and "choices" in value:
            found[str(result.get("from_name"))] = _item(value["choices"])
    return found


def _item(value: object) -> object:
    if isinstance(value, list) and len(value) == 1 and isinstance(value[0], str):
        return value[0]
    return value
