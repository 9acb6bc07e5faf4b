"""Rows of CSV and TSV, also as spreadsheets write them."""

from __future__ import annotations

import csv
import io
import itertools
import re
from collections import deque
from contextlib import contextmanager
from typing import IO, TYPE_CHECKING

from argmine.errors import DataError, DocumentError
from argmine.formats.decode import DamagedError, tell
from argmine.formats.rows import DAMAGE, MOST, WIDE_MARKS, Row, open_stream, require
from argmine.records import Failure

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

    from argmine.formats.rows import Rows

_SAMPLE = 1 << 20
# Characters that may be read again for the sake of rows that are none, so that time is bounded,
# and characters and lines of a row, so that memory is.
_REPEATED, _LONGEST, _MOST_LINES = 1 << 26, 1 << 25, 500_000
# How bytes stand in the text that are wrong in its encoding; a wide one has no such bytes.
_WRONG = re.compile("[\udc80-\udcff]")
_WRONG_WIDE = re.compile("[\ufffd\ud800-\udfff]")
_WIDE = ("utf-16", "utf-32")


def csv_file(path: Path, required: Mapping[str, str] | None) -> Rows:
    """Yield the rows of a CSV or TSV file with a header line.

    Raises:
        DataError: The header lacks a required column, or has it twice.
    """
    tab = ".tsv" in (suffix.lower() for suffix in path.suffixes)
    try:
        with _text(path) as text:
            yield from csv_rows(text, str(path), "\t" if tab else ",", required)
    except (*DAMAGE, UnicodeError, DocumentError) as error:
        yield Failure(file=str(path), reason=str(error))


def csv_rows(text: IO[str], name: str, delimiter: str, required: Mapping[str, str] | None) -> Rows:
    """Yield the rows of a text; one that is none costs no other, line by line.

    Raises:
        DataError: The header lacks a required column, or has it twice.
    """
    # A whole article in a cell exceeds the reader's default limit.
    csv.field_size_limit(MOST)
    lines = _Lines(text)
    try:
        delimiter, first = _header(lines, delimiter)
    except csv.Error as error:
        yield Failure(file=name, reason=f"not CSV: {error}")
        return
    names = _names(first, required, name)
    wide = getattr(text, "encoding", None) or ""
    wrong = _WRONG_WIDE if wide.startswith(_WIDE) else _WRONG
    yield from _rows(lines, names, (delimiter, wrong), name)


def _header(lines: _Lines, delimiter: str) -> tuple[str, list[str]]:
    """Return what parts the columns, and their names; blank lines above are passed over.

    Raises:
        csv.Error: It is none.
    """
    header = next(lines, "")
    if header.startswith("sep=") and len(header.rstrip("\r\n")) == len("sep=;"):
        delimiter, header = header[len("sep=")], "\n"
    while header and not header.strip():
        lines.begin()
        header = next(lines, "")
    if delimiter not in header:
        # What spreadsheets write where the comma is the decimal mark.
        delimiter = next((mark for mark in ";\t" if mark in header), delimiter)
    given = itertools.chain([header], lines) if header else iter(())
    return delimiter, next(csv.reader(given, delimiter=delimiter, strict=True), [])


def mark_of(text: str, column: str) -> str | None:
    """Return what parts the columns of a text whose first line has this one and others.

    None if it is no table.
    """
    header = text.lstrip().partition("\n")[0]
    if header.startswith("sep="):
        header = text.lstrip().split("\n", 2)[1] if "\n" in text.lstrip() else ""
    for mark in ",\t;":
        try:
            names = next(csv.reader([header.strip()], delimiter=mark, strict=True), [])
        except csv.Error:
            continue
        if len(names) > 1 and column in names:
            return mark
    return None


def _names(header: list[str], required: Mapping[str, str] | None, where: str) -> list[str]:
    """Return the names of the columns; of equal ones, the later are numbered."""
    require(required, header, where)
    for key in (required or {}).values():
        if header.count(key) > 1:
            msg = f"{where}: {header.count(key)} columns are called {key!r}; rename one"
            raise DataError(msg)
    seen: dict[str, int] = {}
    names = []
    for column in header:
        seen[column] = seen.get(column, 0) + 1
        names.append(column if seen[column] == 1 else f"{column} ({seen[column]})")
    return names


def _rows(lines: _Lines, names: list[str], how: tuple[str, re.Pattern[str]], where: str) -> Rows:
    delimiter, wrong = how
    reader = csv.reader(lines, delimiter=delimiter, strict=True)
    while True:
        number = lines.begin()
        try:
            cells = next(reader, None)
        except csv.Error as error:
            lines.give_back()
            given_up = lines.repeated > max(_REPEATED, 4 * lines.read)
            told = "not CSV, nor is what follows" if given_up else "not CSV"
            yield Failure(file=where, line=number, reason=f"{told}: {error}")
            if given_up:
                return
            continue
        if cells is None:
            return
        if not cells:
            continue
        if len(cells) > len(names):
            reason = f"more cells than the header has; a {delimiter!r} outside quotes?"
            yield Failure(file=where, line=number, reason=reason)
        elif any(map(wrong.search, cells)):
            reason = "bytes that are wrong in the encoding of the file: mend them, or save it anew"
            yield Failure(file=where, line=number, reason=reason)
        else:
            yield Row(number, dict(itertools.zip_longest(names, cells)))


class _Lines:
    """The lines of a text; those of a row that is none can be had again."""

    def __init__(self, text: IO[str]) -> None:
        self._text = text
        self._again: deque[str] = deque()
        self._row: list[str] = []
        self._number = self._length = 0
        # Characters taken from the text, and those of them that were given back.
        self.read = self.repeated = 0

    def __iter__(self) -> Iterator[str]:
        return self

    def __next__(self) -> str:
        if self._again:
            line = self._again.popleft()
        else:
            line = self._text.readline(_LONGEST)
            self.read += len(line)
            if not line:
                raise StopIteration
            if len(line) == _LONGEST and not line.endswith("\n"):
                line = self._beyond(line)
        self._number += 1
        self._length += len(line)
        self._row.append(line)
        if self._length >= _LONGEST or len(self._row) > _MOST_LINES:
            msg = "a row without end"
            raise csv.Error(msg)
        return line

    def _beyond(self, line: str) -> str:
        """Pass over the rest of a line that is too long, and return its beginning."""
        while line and not line.endswith("\n"):
            line = self._text.readline(_LONGEST)
            self.read += len(line)
        return "\0" * _LONGEST

    def begin(self) -> int:
        """Begin a row, and return the number of its first line."""
        self._row.clear()
        self._length = 0
        return self._number + 1

    def give_back(self) -> None:
        """Go back to the second line of the row."""
        later = self._row[1:]
        self._again.extendleft(reversed(later))
        self._number -= len(later)
        self.repeated += sum(map(len, later))


@contextmanager
def _text(path: Path) -> Iterator[IO[str]]:
    """Give the text of a file, which is read as it is needed.

    Wrong bytes stay in their row, as lone surrogates, for which it is set aside.

    Raises:
        DocumentError: It is no text.
    """
    with open_stream(path) as stream:
        name = _encoding(stream.read(_SAMPLE))
    with (
        open_stream(path) as stream,
        io.TextIOWrapper(
            stream,
            name,
            errors="replace" if name.startswith(_WIDE) else "surrogateescape",
            newline="",
        ) as text,
    ):
        yield text


def _encoding(sample: bytes) -> str:
    """Return the encoding of a text by its beginning, which may end within a character.

    Raises:
        DocumentError: It is no text.
    """
    whole = len(sample) < _SAMPLE
    try:
        if whole:
            return tell(sample)[0]
        if not sample.startswith(WIDE_MARKS) and b"\0" not in sample:
            return tell(sample[: sample.rfind(b"\n") + 1] or sample)[0]
        sample = sample[: len(sample) // 4 * 4]
        try:
            return tell(sample)[0]
        except DocumentError:
            return tell(sample[:-2])[0]
    except DamagedError as error:
        return error.encoding
