"""Turn files and standard input into documents.

A reader yields documents in the order of its file.  What cannot be read is yielded as a
``Failure`` that names file and line, so that nothing is lost and nothing stops a run.
"""

from __future__ import annotations

import codecs
import io
import re
import sys
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec

from argmine.errors import DataError, DocumentError, UnreachableError
from argmine.formats import delimited, html, plain, rows, storage, tables
from argmine.formats.decode import decode
from argmine.formats.inputs import LINES, PAGES, STDIN, TABLES, kind
from argmine.formats.rows import Skip
from argmine.records import Document, Failure

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

    from argmine.formats.tables import Columns

    Reader = Callable[[Path, Columns, Skip], Iterator[Document | Failure]]

# Lines of what is piped in that are looked at.
_FIRST = 5
# How JSON begins; "[Reuters] BEIJING" and "[1] The report" are text.
_JSON = re.compile(rb"\s*(?:\{\s*[\"}]|\[\s*(?:\{\s*\"|\]))")


@dataclass(frozen=True, slots=True)
class Part:
    """Some items of one input: ``skip`` passed over, ``take`` taken."""

    name: str
    skip: int
    take: int


def read(paths: Sequence[str], columns: Columns, *, skip: int = 0) -> Iterator[Document | Failure]:
    """Yield the documents of the files, one file after the other, but for the first ``skip``.

    A file that holds one document is not opened to be skipped.

    Raises:
        DataError: The only file has no text column.
    """
    left = Skip(skip)
    for name in paths:
        alone = len(paths) == 1
        try:
            yield from _read_one(name, columns, left, alone=alone)
        except UnreachableError as error:
            if not left.passes():
                yield Failure(file=name, reason=str(error))


def read_parts(
    parts: Iterable[Part], columns: Columns, *, skip: int = 0
) -> Iterator[Document | Failure]:
    """Yield the items of the parts in order, but for the first ``skip``.

    Raises:
        UnreachableError: An input cannot be fetched.
        DataError: An input holds less than it did when it was counted.
    """
    for part in parts:
        passed = min(skip, part.take)
        skip -= passed
        if passed == part.take:
            continue
        wanted = part.take - passed
        left = Skip(part.skip + passed)
        for item in islice(_read_one(part.name, columns, left, alone=False), wanted):
            wanted -= 1
            yield item
        if wanted:
            msg = f"{part.name}: holds {wanted} documents less than when the run began"
            raise DataError(msg)


def measure(name: str, columns: Columns, *, alone: bool) -> int:
    """Return how many items an input holds, documents and failures.

    Raises:
        UnreachableError: It cannot be fetched.
        DataError: It is ``alone``, and has no text column.
    """
    skip = Skip(sys.maxsize)
    beyond = sum(1 for _ in _read_one(name, columns, skip, alone=alone))
    return sys.maxsize - skip.left + beyond


def _read_one(
    name: str, columns: Columns, skip: Skip, *, alone: bool
) -> Iterator[Document | Failure]:
    reader = _reader(name)
    if reader in (_read_text, _read_html) and skip.passes():
        return
    failure = None
    with storage.fetched(name) as path:
        try:
            for item in _read_file(reader, path, columns, skip):
                yield item if str(path) == name else _renamed(item, str(path), name)
        except OSError as error:
            reason = f"cannot be read: {error.strerror or error}"
            failure = Failure(file=name, reason=reason)
        except DataError as error:
            # Of one file it is a wrong option, of many it is one wrong file.
            if alone:
                raise
            failure = Failure(file=name, reason=str(error).replace(str(path), name))
    if failure is not None and not skip.passes():
        yield failure


def _read_file(
    reader: Reader, path: Path, columns: Columns, skip: Skip
) -> Iterator[Document | Failure]:
    if any("\udc80" <= c <= "\udcff" for c in str(path)):
        shown = str(path).encode("utf-8", "backslashreplace").decode()
        yield Failure(file=shown, reason="the file name is not UTF-8; rename the file")
        return
    for item in reader(path, columns, skip):
        if not skip.passes():
            yield item


def _renamed(item: Document | Failure, place: str, name: str) -> Document | Failure:
    """Return an item that names its input, not the place it was read from."""
    if isinstance(item, Failure):
        said = item.reason.replace(place, name)
        return msgspec.structs.replace(item, file=name, reason=said)
    if item.meta.get("file") != place:
        return item
    return msgspec.structs.replace(item, meta={**item.meta, "file": name})


def _reader(name: str) -> Reader:
    if name == STDIN:
        return _read_stdin
    path = Path(storage.plain(name))
    if path.is_dir() or kind(path) in TABLES:
        return _read_table
    return _read_html if kind(path) in PAGES else _read_text


def count(paths: Sequence[str]) -> int | None:
    """Return how many documents the files seem to hold, None if only reading tells."""
    total = 0
    for name in paths:
        path = Path(name)
        reader = _reader(name)
        if storage.is_remote(name):
            return None
        if reader in (_read_text, _read_html):
            total += 1
        elif kind(path) in (*LINES, ".parquet"):
            found = rows.count(path, parquet=kind(path) == ".parquet")
            if found is None:
                return None
            total += found
        else:
            return None
    return total


def _read_stdin(_path: Path, columns: Columns, _skip: Skip) -> Iterator[Document | Failure]:
    """Read standard input: JSON lines as they come, else what it looks like as a whole.

    That is JSON, CSV whose header has the column of the text, a page, or one text.
    """
    if sys.stdin is None:
        msg = "standard input is closed"
        raise DataError(msg)
    stream = sys.stdin.buffer
    first = stream.readline(rows.MOST + 1)
    if rows.is_json_line(first):
        found = rows.jsonl_stream(stream, "<stdin>", first=first)
        yield from tables.documents(found, "<stdin>", columns)
        return
    raw = first + stream.read(rows.MOST + 1)
    if len(raw) > rows.MOST:
        reason = f"holds more than {rows.MOST >> 20} MB at once; JSONL may be longer"
        yield Failure(file="<stdin>", reason=reason)
        return
    # Of JSON lines the first may be the broken one.
    lines = raw.split(b"\n", _FIRST)[1:_FIRST]
    if _JSON.match(raw.removeprefix(codecs.BOM_UTF8)) or any(map(rows.is_json_line, lines)):
        found = rows.json_text(raw, "<stdin>")
        yield from tables.documents(found, "<stdin>", columns)
        return
    try:
        text = decode(raw)
    except DocumentError as error:
        yield Failure(file="<stdin>", reason=str(error))
        return
    mark = delimited.mark_of(text, columns.text)
    if mark is not None:
        found = delimited.csv_rows(
            io.StringIO(text, newline=""), "<stdin>", mark, columns.required()
        )
        yield from tables.documents(found, "<stdin>", columns)
    else:
        parse = html.document if html.is_page(text) else plain.document
        yield from _one("<stdin>", lambda: raw, parse)


def _one(
    name: str, load: Callable[[], bytes], parse: Callable[[bytes, str], Document]
) -> Iterator[Document | Failure]:
    try:
        yield parse(load(), name)
    except DocumentError as error:
        yield Failure(file=name, reason=str(error))


def _read_text(path: Path, _columns: Columns, _skip: Skip) -> Iterator[Document | Failure]:
    yield from _one(str(path), lambda: rows.read_bytes(path), plain.document)


def _read_html(path: Path, _columns: Columns, _skip: Skip) -> Iterator[Document | Failure]:
    yield from _one(str(path), lambda: rows.read_bytes(path), html.document)


def _read_table(path: Path, columns: Columns, skip: Skip) -> Iterator[Document | Failure]:
    found = read_rows(path, columns.required(), skip)
    yield from tables.documents(found, str(path), columns)


def read_rows(
    path: Path, required: Mapping[str, str] | None = None, skip: Skip | None = None
) -> rows.Rows:
    """Yield the rows of a table: JSONL, JSON, CSV, TSV, Parquet or a saved dataset.

    ``required`` are columns by the option that names them.  Of JSONL and Parquet the first
    rows are passed over where ``skip`` says so.

    Raises:
        DataError: The file is no table, or all of it lacks a required column.
    """
    if path.is_dir():
        yield from rows.saved_dataset(path, required)
    elif kind(path) in (".csv", ".tsv"):
        yield from delimited.csv_file(path, required)
    elif kind(path) == ".parquet":
        yield from rows.parquet_file(path, required, skip)
    elif kind(path) == ".json":
        try:
            yield from rows.json_text(rows.read_bytes(path), str(path))
        except DocumentError as error:
            yield Failure(file=str(path), reason=str(error))
    elif kind(path) in LINES:
        with rows.open_stream(path) as stream:
            yield from rows.jsonl_stream(stream, str(path), skip)
    else:
        msg = f"{path}: no table: expected .jsonl, .json, .csv, .tsv or .parquet"
        raise DataError(msg)
