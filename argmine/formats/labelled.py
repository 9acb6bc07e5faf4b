"""Rows that people have labelled, out of tables and out of what annotation tools export."""

from __future__ import annotations

from typing import TYPE_CHECKING

from argmine.errors import DataError
from argmine.formats.passages import Names, UnfitError, find_texts, identity, unfolded, with_text
from argmine.formats.rows import Row
from argmine.formats.sources import read_rows
from argmine.records import Failure

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from pathlib import Path

_PLAIN = Names()


def read_labelled(
    path: Path,
    texts: Sequence[Path] = (),
    names: Names = _PLAIN,
    *,
    labelled: bool = True,
    each: bool = False,
) -> Iterator[Row | Failure]:
    """Yield the rows of a table; of a Label Studio task, its data and its answers by name.

    Several annotations of a task are a row each where they differ, or always with ``each``;
    the column ``annotator`` tells whose it is.

    Each ``labelled`` segment of a document is a row, or each segment there is; its
    neighbours in the list are its context.  A row takes its text from the row of the same
    ``id`` in ``texts``, if any.  Lists of one, as doccano and Label Studio write labels, are
    their item.

    Raises:
        DataError: A file is no table, or an id stands twice in ``texts``.
    """
    rows: Iterable[Row | Failure] = flat_rows(path, each=each)
    known = None
    if texts:
        rows = list(rows)
        ids = {identity(row.cells, names) or "" for row in rows if isinstance(row, Row)}
        known = find_texts(texts, ids, names)
    for row in rows:
        if isinstance(row, Failure):
            yield row
            continue
        try:
            whole_row = row if known is None else with_text(row, known, names)
            yield from unfolded(whole_row, names, labelled=labelled)
        except UnfitError as error:
            yield Failure(file=str(path), line=row.line, reason=str(error))


def flat_rows(path: Path, *, each: bool = False) -> Iterator[Row | Failure]:
    """Yield the rows of a table, those of annotation tools with their labels by name."""
    for row in read_rows(path):
        if isinstance(row, Failure):
            yield row
            continue
        for cells in _flat(row.cells, each=each):
            yield row._replace(cells=cells)


def whole(path: Path, rows: Iterable[Row | Failure]) -> Iterator[tuple[str, Row]]:
    """Yield where each row of a file stands, and the row.

    Raises:
        DataError: A row cannot be read.
    """
    for row in rows:
        if isinstance(row, Failure):
            msg = f"{path}:{row.line}: {row.reason}" if row.line else row.reason
            raise DataError(msg)
        yield row.at(path), row


def _flat(cells: Mapping[str, object], *, each: bool) -> list[Mapping[str, object]]:
    """Return the cells of a row; of a task, those of each annotation that was not cancelled."""
    data, annotations = cells.get("data"), cells.get("annotations")
    if not isinstance(data, dict) or not isinstance(annotations, list):
        return [{name: _item(value) for name, value in cells.items()}]
    shared = {str(name): value for name, value in data.items()}
    if cells.get("id") is not None:
        shared.setdefault("id", cells["id"])
    kept = [one for one in annotations if isinstance(one, dict) and not one.get("was_cancelled")]
    answers = [_choices(one) for one in kept]
    differ = any(answer != answers[0] for answer in answers)
    if not each and not differ:
        kept, answers = kept[:1], answers[:1]
    found: list[Mapping[str, object]] = [
        {**shared, **answer, **({"annotator": _who(one)} if each or differ else {})}
        for one, answer in zip(kept, answers, strict=True)
    ]
    return found or [shared]


def _choices(annotation: Mapping[str, object]) -> dict[str, object]:
    found: dict[str, object] = {}
    results = annotation.get("result")
    for result in results if isinstance(results, list) else ():
        value = result.get("value") if isinstance(result, dict) else None
        if isinstance(value, dict) and "choices" in value:
            found[str(result.get("from_name"))] = _item(value["choices"])
    return found


def _who(annotation: Mapping[str, object]) -> str:
    """Return the annotator: a number, or an account with an address."""
    who = annotation.get("completed_by")
    if isinstance(who, dict):
        who = who.get("email") or who.get("id")
    return str(who) if who is not None else "unknown"


def _item(value: object) -> object:
    if isinstance(value, list) and len(value) == 1 and isinstance(value[0], str):
        return value[0]
    return value
