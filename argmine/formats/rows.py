"""Rows of tables: JSONL, JSON, CSV, TSV, Parquet and saved Hugging Face datasets.

A row that cannot be read is yielded as a ``Failure`` that names file and line.
"""

from __future__ import annotations

import codecs
import gzip
import io
import itertools
import json
import zlib
from collections.abc import Iterator, Mapping
from typing import IO, TYPE_CHECKING, Any, NamedTuple

import msgspec
import zstandard

from argmine.config import nearest
from argmine.errors import DataError, DocumentError
from argmine.formats.decode import decode
from argmine.records import Failure

if TYPE_CHECKING:
    from pathlib import Path

    from _typeshed import WriteableBuffer

_BATCH = 256
# Bytes that may be held at once: of a document, a line, a table in one piece.
MOST = 128 << 20
_PACKED = 1 << 10
DAMAGE = (EOFError, zlib.error, gzip.BadGzipFile, zstandard.ZstdError)
WIDE_MARKS = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE, codecs.BOM_UTF32_BE)
# How JSON begins in UTF-16 without a mark.
_WIDE_JSON = (b"{\0", b"\0{")
_DATASET_FILES = ("state.json", "dataset_dict.json")


def open_stream(path: Path) -> IO[bytes] | io.BufferedReader | gzip.GzipFile:
    """Open a file for reading bytes, unpacked if it ends in ``.gz`` or ``.zst``."""
    if path.suffix.lower() == ".gz":
        return gzip.open(path, "rb")
    if path.suffix.lower() == ".zst":
        return io.BufferedReader(_Zstandard(path), buffer_size=1 << 20)
    return path.open("rb")


class _Zstandard(io.RawIOBase):
    """Unpack zstandard frames; unlike the library's own reader, notice a cut file."""

    def __init__(self, path: Path) -> None:
        super().__init__()
        self._file = path.open("rb")
        self._unpacker = zstandard.ZstdDecompressor().decompressobj()
        self._packed = b""
        self._unpacked = memoryview(b"")
        self._begun = False

    def readable(self) -> bool:
        return True

    def close(self) -> None:
        self._file.close()
        super().close()

    def readinto(self, buffer: WriteableBuffer) -> int:
        view = memoryview(buffer)
        while not self._unpacked:
            # A few bytes at a time: each may unpack to thousands.
            self._packed = self._packed or self._file.read(_PACKED)
            if not self._packed:
                if self._begun and not self._unpacker.eof:
                    msg = "the compressed data ends too soon"
                    raise EOFError(msg)
                return 0
            if self._unpacker.eof:
                self._unpacker = zstandard.ZstdDecompressor().decompressobj()
            self._begun = True
            self._unpacked = memoryview(self._unpacker.decompress(self._packed))
            self._packed = self._unpacker.unused_data
        size = min(len(view), len(self._unpacked))
        view[:size] = self._unpacked[:size]
        self._unpacked = self._unpacked[size:]
        return size


def read_bytes(path: Path) -> bytes:
    """Return all bytes of a file, unpacked.

    Raises:
        DocumentError: The compressed data is damaged, or there is more than memory is for.
    """
    try:
        with open_stream(path) as stream:
            raw = stream.read(MOST + 1)
            if len(raw) > MOST:
                msg = f"holds more than {MOST >> 20} MB at once; JSONL and CSV may be longer"
                raise DocumentError(msg)
            return raw
    except DAMAGE as error:
        msg = f"damaged compressed data: {error}"
        raise DocumentError(msg) from None


class Row(NamedTuple):
    """A row: its line, or its number where the format has no lines, and its cells.

    ``segment`` is the place in a labelled document of the segment that the row is.
    """

    line: int
    cells: Mapping[str, object]
    segment: int | None = None

    def at(self, path: Path) -> str:
        """Return where the row stands, as messages name it."""
        part = "" if self.segment is None else f" segments[{self.segment}]"
        return f"{path}:{self.line}{part}"

    def follows(self, last: Row | None) -> bool:
        """Say whether it is the segment after that one in the same document."""
        return (
            last is not None
            and last.line == self.line
            and last.segment is not None
            and last.segment + 1 == self.segment
        )


Rows = Iterator[Row | Failure]


class Skip:
    """How many items are still to be passed over, read and parsed as little as may be."""

    def __init__(self, left: int = 0) -> None:
        """Begin with so many."""
        self.left = left

    def passes(self, items: int = 1) -> bool:
        """Say whether the next items are all to be passed over, and count them."""
        if self.left < items:
            return False
        self.left -= items
        return True


def count(path: Path, *, parquet: bool) -> int | None:
    """Return the rows of a Parquet file, or the lines of a text; None if unreadable."""
    try:
        if parquet:
            from pyarrow import parquet as files  # noqa: PLC0415

            return int(files.read_metadata(path).num_rows)
        with open_stream(path) as stream:
            return sum(chunk.count(b"\n") for chunk in iter(lambda: stream.read(1 << 20), b""))
    except Exception:  # noqa: BLE001 - reading it will tell what is wrong
        return None


def is_json_line(line: bytes) -> bool:
    """Say whether a line is a JSON object, whole and by itself."""
    return line.lstrip(codecs.BOM_UTF8 + b" ").startswith(b"{") and isinstance(
        _json_object(line), dict
    )


def jsonl_stream(
    stream: IO[bytes] | gzip.GzipFile, name: str, skip: Skip | None = None, *, first: bytes = b""
) -> Rows:
    """Yield one row a line; a bad line becomes a failure with its number.

    ``first`` is a line that has been read from the stream already.
    """
    skip = skip or Skip()
    number = 0
    lines = itertools.chain([first] if first else [], _narrow(stream))
    while True:
        try:
            line = next(lines, None)
        except (*DAMAGE, OSError, DocumentError) as error:
            yield Failure(file=name, line=number + 1, reason=f"damaged data: {error}")
            return
        if line is None:
            return
        number += 1
        if number == 1 and line.strip() == b"[":
            reason = "a JSON array, not one object a line; name the file .json"
            yield Failure(file=name, reason=reason)
            return
        if line.strip() and not skip.passes():
            row = _json_object(line) if len(line) <= MOST else f"more than {MOST >> 20} MB"
            if isinstance(row, str):
                yield Failure(file=name, line=number, reason=f"not a JSON object: {row}")
            else:
                yield Row(number, row)


def _narrow(stream: IO[bytes] | io.BufferedReader | gzip.GzipFile) -> Iterator[bytes]:
    """Yield the lines of a stream, as bytes of UTF-8 where it is UTF-16 or 32.

    A line that is too long is cut after a byte more than may be held.
    """
    line = stream.readline(MOST + 1)
    if line.startswith((*WIDE_MARKS, *_WIDE_JSON)):
        raw = line + stream.read(MOST + 1)
        if len(raw) > MOST:
            msg = f"more than {MOST >> 20} MB that are not UTF-8; convert the file"
            raise DocumentError(msg)
        text = decode(raw)
        yield from (line.encode("utf-8", "replace") for line in io.StringIO(text, newline="\n"))
        return
    while line:
        yield line
        while len(line) > MOST and not line.endswith(b"\n"):
            line = stream.readline(MOST + 1)
        line = stream.readline(MOST + 1)


def json_text(raw: bytes, name: str) -> Rows:
    """Yield the rows of a JSON array, or one object, or lines in a file named ``.json``."""
    try:
        found = json.loads(decode(raw))
    except (ValueError, RecursionError) as error:
        bare = raw.removeprefix(codecs.BOM_UTF8).lstrip()
        if bare.startswith(b"[") and not _is_json(bare.split(b"\n", 1)[0]):
            yield Failure(file=name, reason=f"a JSON array that is damaged: {error}")
            return
        yield from jsonl_stream(io.BytesIO(raw), name)
        return
    for number, row in enumerate(found if isinstance(found, list) else [found], start=1):
        if isinstance(row, dict):
            yield Row(number, row)
        else:
            yield Failure(file=name, line=number, reason=f"no object: {short(row)}")


def _is_json(line: bytes) -> bool:
    try:
        msgspec.json.decode(line)
    except (msgspec.DecodeError, RecursionError, UnicodeDecodeError):
        return False
    return True


def parquet_file(path: Path, required: Mapping[str, str] | None, skip: Skip | None = None) -> Rows:
    """Yield the rows; only a batch of them is held at a time.

    Raises:
        DataError: The required column is not there.
    """
    import pyarrow as pa  # noqa: PLC0415 - only for files that need it
    from pyarrow import parquet  # noqa: PLC0415

    try:
        file = parquet.ParquetFile(path)
    except (pa.ArrowException, UnicodeDecodeError) as error:
        yield Failure(file=str(path), reason=f"not a Parquet file: {error}")
        return
    require(required, file.schema_arrow.names, str(path))
    number = 0
    skip = skip or Skip()
    try:
        for batch in file.iter_batches(batch_size=_BATCH):
            if skip.passes(batch.num_rows):
                number += batch.num_rows
                continue
            for cells in _cells(batch):
                number += 1
                if isinstance(cells, str):
                    yield Failure(file=str(path), line=number, reason=cells)
                else:
                    yield Row(number, cells)
    except Exception as error:  # noqa: BLE001 - Arrow raises whatever a cell provokes
        yield Failure(file=str(path), line=number + 1, reason=f"cannot be read on: {error}")


def _cells(batch: Any) -> list[dict[str, object] | str]:  # noqa: ANN401 - Arrow has no types
    """Return the rows of a batch; of one that cannot be read, what is wrong with it."""
    try:
        return list(batch.to_pylist())
    except Exception as error:  # noqa: BLE001 - Arrow raises whatever a cell provokes
        if batch.num_rows == 1:
            return [f"cannot be read: {error}"]
    return [one for n in range(batch.num_rows) for one in _cells(batch.slice(n, 1))]


def is_saved_dataset(path: Path) -> bool:
    """Say whether a folder is what ``save_to_disk`` of Hugging Face datasets writes."""
    return any((path / name).is_file() for name in _DATASET_FILES)


def saved_dataset(path: Path, required: Mapping[str, str] | None) -> Rows:
    """Yield the rows; of several splits, one after the other.

    Raises:
        DataError: The required column is not there, or the folder is damaged.
    """
    from datasets import ClassLabel, DatasetDict, load_from_disk  # noqa: PLC0415

    try:
        loaded = load_from_disk(str(path))
    except Exception as error:  # noqa: BLE001 - damaged state raises anything
        msg = f"{path}: not a saved dataset: {error!r}"
        raise DataError(msg) from None
    splits = loaded.values() if isinstance(loaded, DatasetDict) else [loaded]
    number = 0
    for split in splits:
        require(required, split.column_names, str(path))
        named = {
            column: feature
            for column, feature in split.features.items()
            if isinstance(feature, ClassLabel)
        }
        try:
            for row in split if len(split) else ():
                number += 1
                # A class is a number there, whose name the dataset knows.
                names = {c: f.int2str(row[c]) for c, f in named.items() if row[c] not in (None, -1)}
                yield Row(number, {**row, **names})
        except Exception as error:  # noqa: BLE001 - a column may need any package to be read
            yield Failure(file=str(path), line=number + 1, reason=f"cannot be read on: {error}")


def _json_object(line: bytes) -> dict[str, object] | str:
    """Return the object of a line, or why it holds none.

    A line that is not UTF-8 is read in the encoding it seems to be in.
    """
    try:
        return msgspec.json.decode(line.removeprefix(b"\xef\xbb\xbf"), type=dict[str, object])
    except (msgspec.DecodeError, RecursionError, UnicodeDecodeError) as error:
        reason = str(error)
    try:
        # The standard library lets a lone surrogate pass, so that it can be named.
        found = json.loads(decode(line))
    except (ValueError, RecursionError, DocumentError):
        return reason
    return found if isinstance(found, dict) else reason


def written(value: object) -> str:
    """Return a label or an id as a table shows it: 1.0 is 1, True is true."""
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value)


def short(value: object) -> str:
    """Return a value as an error message may show it."""
    shown = repr(value)
    return shown if len(shown) <= 40 else shown[:37] + "..."


def require(columns: Mapping[str, str] | None, names: list[str], where: str) -> None:
    """Hold a table to columns, which come by the option that names them.

    Raises:
        DataError: One is not there.
    """
    for option, key in (columns or {}).items():
        if key not in names:
            hint = nearest(key, names) if names else "the file is empty"
            msg = f"{where}: no column {key!r}; {hint} (name it with {option})"
            raise DataError(msg)
