"""Write annotated JSONL, and beside it the list of documents set aside."""

from __future__ import annotations

import sys
from typing import IO, TYPE_CHECKING, Self

import msgspec

from argmine.errors import UsageError
from argmine.records import Document, Failure

if TYPE_CHECKING:
    from pathlib import Path
    from types import TracebackType


def failures_path(out: Path) -> Path:
    """Return the file beside ``out`` that lists what was set aside."""
    return out.with_name(f"{out.name.removesuffix('.jsonl')}.failed.jsonl")


class Writer:
    """Write documents to a file, or to standard output, as they come.

    The file has its name only once it is complete; until then it ends in ``.part``.
    """

    def __init__(self, out: Path | None) -> None:
        """Open the output.

        Raises:
            UsageError: The file cannot be written.
        """
        self._out = out
        self.documents = 0
        self.failures: list[Failure] = []
        self._stream = sys.stdout.buffer if out is None else _open(_part(out))

    def __enter__(self) -> Self:
        """Return the writer."""
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Give the file its name, unless an error ended the run."""
        if self._out is None:
            self._stream.flush()
            return
        self._stream.close()
        if kind is None:
            _part(self._out).replace(self._out)
            self._write_failures(self._out)

    def write(self, item: Document | Failure) -> None:
        """Write a document, or remember a failure."""
        if isinstance(item, Failure):
            self.failures.append(item)
            return
        self._stream.write(item.to_json() + b"\n")
        self.documents += 1

    def _write_failures(self, out: Path) -> None:
        path = failures_path(out)
        if not self.failures:
            # A list left by an earlier run would speak of this one.
            path.unlink(missing_ok=True)
            return
        with _open(path) as stream:
            stream.writelines(msgspec.json.encode(f) + b"\n" for f in self.failures)


def _part(out: Path) -> Path:
    return out.with_name(out.name + ".part")


def _open(path: Path) -> IO[bytes]:
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        return path.open("wb")
    except OSError as error:
        msg = f"{path}: cannot be written: {error.strerror}"
        raise UsageError(msg) from None
