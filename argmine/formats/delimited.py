"""Rows of CSV and TSV, also as spreadsheets write them."""

from __future__ import annotations

import csv
import io
import itertools
from contextlib import contextmanager
from typing import IO, TYPE_CHECKING

from argmine.errors import DocumentError
from argmine.formats.decode import decode, tell
from argmine.formats.rows import DAMAGE, MOST, WIDE_MARKS, Row, open_stream, require
from argmine.records import Failure

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from argmine.formats.rows import Rows

_SAMPLE = 1 << 20


def csv_file(path: Path, required: str | None) -> Rows:
    """Yield the rows of a CSV or TSV file with a header line.

    Raises:
        DataError: The header lacks the required column.
    """
    tab = ".tsv" in (suffix.lower() for suffix in path.suffixes)
    # A whole article in a cell exceeds the reader's default limit.
    csv.field_size_limit(MOST)
    try:
        with _text(path) as text:
            yield from _csv_rows(text, str(path), "\t" if tab else ",", required)
    except (*DAMAGE, csv.Error, DocumentError) as error:
        yield Failure(file=str(path), reason=str(error))


@contextmanager
def _text(path: Path) -> Iterator[IO[str]]:
    """Give the text of a file, which is read as it is needed.

    Raises:
        DocumentError: It is no text.
    """
    with open_stream(path) as stream:
        sample = stream.read(_SAMPLE)
        if len(sample) < _SAMPLE:
            yield io.StringIO(decode(sample), newline="")
            return
    name = _encoding(sample)
    # Wrong bytes stay in their row, as lone surrogates, for which it is set aside.
    with (
        open_stream(path) as stream,
        io.TextIOWrapper(stream, name, errors="surrogateescape", newline="") as text,
    ):
        yield text


def _encoding(sample: bytes) -> str:
    """Return the encoding of a text by its beginning, which may end within a character.

    Raises:
        DocumentError: It is no text.
    """
    if sample.startswith(WIDE_MARKS) or b"\0" in sample:
        whole = sample[: len(sample) // 4 * 4]
        try:
            return tell(whole)[0]
        except DocumentError:
            return tell(whole[:-2])[0]
    return tell(sample[: sample.rfind(b"\n") + 1] or sample)[0]


def _csv_rows(text: IO[str], name: str, delimiter: str, required: str | None) -> Rows:
    lines = iter(text)
    header, above = next(lines, ""), 0
    if header.startswith("sep=") and len(header.strip()) == len("sep=;"):
        delimiter, header, above = header[len("sep=")], next(lines, ""), 1
    elif delimiter not in header:
        # What spreadsheets write where the comma is the decimal mark.
        delimiter = next((mark for mark in ";\t" if mark in header), delimiter)
    rows = csv.DictReader(itertools.chain([header], lines), delimiter=delimiter, strict=True)
    require(required, list(rows.fieldnames or ()), name)
    while True:
        try:
            row = next(rows, None)
        except (csv.Error, UnicodeError) as error:
            yield Failure(
                file=name,
                line=rows.line_num + above,
                reason=f"not CSV, nor is what follows: {error}",
            )
            return
        if row is None:
            return
        if None in row:
            reason = f"more cells than the header has; a {delimiter!r} outside quotes?"
            yield Failure(file=name, line=rows.line_num + above, reason=reason)
            continue
        yield Row(rows.line_num + above, {str(key): value for key, value in row.items()})
