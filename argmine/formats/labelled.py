"""Rows that people have labelled, out of tables and out of what annotation tools export."""

from __future__ import annotations

from typing import TYPE_CHECKING

from argmine.errors import DataError
from argmine.formats.rows import Row
from argmine.formats.sources import read_rows
from argmine.records import Failure

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from pathlib import Path


def read_labelled(path: Path) -> Iterator[Row | Failure]:
    """Yield the rows of a table; of a Label Studio task, its data and its answers by name.

    Lists of one, as doccano and Label Studio write labels, are their item.

    Raises:
        DataError: The file is no table.
    """
    for row in read_rows(path):
        yield row if isinstance(row, Failure) else Row(row.line, _flat(row.cells))


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
