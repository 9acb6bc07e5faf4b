"""Labelled documents as rows: one for each labelled segment, between its neighbours.

They are what `argmine annotate` writes, corrected by hand, or offsets and labels alone,
whose texts lie elsewhere: so those share their labels who may not share the texts.
"""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING, NamedTuple

from argmine.errors import DataError
from argmine.formats.rows import Row, written
from argmine.formats.sources import read_rows
from argmine.records import Failure
from argmine.segmentation.stage import without_marks

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from pathlib import Path

_LAYERS = ("role", "stance", "holder", "labels")
# What `--unsure` writes where a model does not know: no label.
_UNSURE = "unsure"


class Names(NamedTuple):
    """The columns that hold a text, what stands around it, and the article it is from."""

    text: str = "text"
    before: str = "prev"
    after: str = "next"
    article: str = "article"
    id: str = "id"


class UnfitError(Exception):
    """A row whose labels do not fit its text."""


def identity(cells: Mapping[str, object], names: Names) -> str | None:
    """Return the id of a row; what argmine wrote has it by that name."""
    found = cells.get(names.id, cells.get("id"))
    return None if found is None else written(found)


def find_texts(
    paths: Iterable[Path], ids: set[str], names: Names
) -> dict[str, Mapping[str, object]]:
    """Return text, context and article of the rows with these ids.

    Raises:
        DataError: A file is no table, or one of the ids stands there twice.
    """
    found: dict[str, Mapping[str, object]] = {}
    for path in paths:
        for row in read_rows(path):
            # A bad row that no label asks for is no concern of theirs.
            name = None if isinstance(row, Failure) else identity(row.cells, names)
            if isinstance(row, Failure) or name is None or name not in ids:
                continue
            if name in found:
                msg = f"{row.at(path)}: id: {name!r} stands on an earlier line too"
                raise DataError(msg)
            kept = (names.text, names.before, names.after, names.article)
            found[name] = {key: row.cells[key] for key in kept if row.cells.get(key)}
    return found


def with_text(row: Row, texts: Mapping[str, Mapping[str, object]], names: Names) -> Row:
    """Return the row with the text of its id.

    A row whose ``part`` is the column before or after labels what stands there, beside
    which the text is context.

    Raises:
        UnfitError: It has no id, there is no text of that id, or no such part of it.
    """
    name = identity(row.cells, names)
    if name is None:
        msg = f"{names.id}: a row whose text lies elsewhere needs one"
        raise UnfitError(msg)
    if name not in texts:
        msg = f"id: there is no text of the id {name!r}"
        raise UnfitError(msg)
    found = texts[name]
    if not row.cells.get("part"):
        return row._replace(cells={**found, **row.cells})
    part = str(row.cells["part"])
    other = {names.before: names.after, names.after: names.before}.get(part)
    if other is None or part not in found:
        msg = f"part: expected {names.before} or {names.after}, found {part!r}"
        msg = msg if other is None else f"part: the text of the id {name!r} has no {part!r}"
        raise UnfitError(msg)
    told = {
        names.text: found[part],
        part: "",
        other: found.get(names.text, ""),
        # With none of its own a row is grouped by its text, as the row of that text is.
        names.article: found.get(names.article) or found.get(names.text, ""),
        names.id: f"{name}:{part}",
    }
    return row._replace(cells={**row.cells, **told})


def unfolded(row: Row, names: Names, *, labelled: bool = True) -> Iterator[Row]:
    """Yield the segments of a document as rows, or only those that are ``labelled``.

    Any other row is yielded as it is.

    Raises:
        UnfitError: The text is not the one that was labelled, a segment does not lie in
            it, or a label is none.
    """
    text, segments = row.cells.get(names.text), row.cells.get("segments")
    document = _is_document(segments, row.cells)
    if document and not isinstance(text, str):
        msg = f"{names.text}: no text beside the segments; name the file that has it as `texts`"
        raise UnfitError(msg)
    if isinstance(text, str) and row.cells.get("text_sha256") is not None:
        _check(text, row.cells["text_sha256"], names)
    if document:
        rows = _rows(row, str(text), segments, names)  # type: ignore[arg-type]
        yield from (found for found, labels in rows if labels or not labelled)
    else:
        yield row


def _is_document(segments: object, cells: Mapping[str, object]) -> bool:
    if not isinstance(segments, list):
        return False
    # What has no statement is a document all the same.
    return all(isinstance(part, dict) and "start" in part for part in segments) and (
        bool(segments) or "text_sha256" in cells
    )


def _check(text: str, digest: object, names: Names) -> None:
    raw = text.encode("utf-8", errors="surrogatepass")
    if digest != hashlib.sha256(raw).hexdigest():
        msg = f"text_sha256: the {names.text} is not the one that was labelled"
        raise UnfitError(msg)


def _rows(
    row: Row, text: str, segments: Sequence[Mapping[str, object]], names: Names
) -> Iterator[tuple[Row, bool]]:
    """Yield the segments, and whether they have a label."""
    name = identity(row.cells, names)
    # Sentences without the name of an article would be split apart.
    article = (
        row.cells.get(names.article) or name or hashlib.sha256(repr(text).encode()).hexdigest()
    )
    words, last = [], 0
    for number, part in enumerate(segments):
        start, last = _range(text, number, part, last)
        words.append(without_marks(text[start:last], start, _marks(part)))
    for number, part in enumerate(segments):
        labels = {
            layer: found
            for layer in _LAYERS
            if (found := _label(part.get(layer), f"segments[{number}].{layer}"))
        }
        cells = {
            names.text: words[number],
            names.before: words[number - 1] if number else "",
            names.after: words[number + 1] if number + 1 < len(words) else "",
            names.article: article,
            **({"lang": part["lang"]} if part.get("lang") else {}),
            **({} if name is None else {names.id: f"{name}:{part['start']}-{part['end']}"}),
            **labels,
        }
        yield Row(row.line, cells, number), bool(labels)


def _range(text: str, number: int, part: Mapping[str, object], last: int) -> tuple[int, int]:
    start, end = part.get("start"), part.get("end")
    if not isinstance(start, int) or not isinstance(end, int) or not start < end <= len(text):
        msg = (
            f"segments[{number}]: expected start and end, inside the {len(text)} characters of text"
        )
        raise UnfitError(msg)
    if start < last:
        msg = f"segments[{number}]: starts at {start}, before the end of the one before it, {last}"
        raise UnfitError(msg)
    if any("\ud800" <= character <= "\udfff" for character in text[start:end]):
        msg = f"segments[{number}]: holds a lone surrogate, which is no character"
        raise UnfitError(msg)
    return start, end


def _marks(part: Mapping[str, object]) -> Iterator[tuple[int, int]]:
    given = part.get("citations")
    for mark in given if isinstance(given, list) else ():
        start, end = (mark.get(k) for k in ("start", "end")) if isinstance(mark, dict) else (0, 0)
        if isinstance(start, int) and isinstance(end, int):
            yield start, end


def _label(value: object, where: str) -> object:
    """Return a label, or labels by target or task, without scores; nothing where unsure."""
    if isinstance(value, dict) and isinstance(value.get("label"), str):
        value = value["label"]
    if value is None or value == _UNSURE:
        return None
    if isinstance(value, str):
        return value
    if isinstance(value, list) and all(isinstance(one, dict) for one in value):
        # As saved datasets have them.
        value = {one.get("target") or one.get("task"): one.get("label") for one in value}
    if not isinstance(value, dict) or None in value:
        msg = f"{where}: expected a label, or a label by target or task"
        raise UnfitError(msg)
    return {name: found for name, one in value.items() if (found := _label(one, where))}
