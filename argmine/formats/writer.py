"""Write annotated JSONL, and beside it the list of documents set aside."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import IO, TYPE_CHECKING, Self

import msgspec

from argmine.errors import UsageError
from argmine.records import Document, Failure

if TYPE_CHECKING:
    from collections.abc import Iterable
    from types import TracebackType


def failures_path(out: Path) -> Path:
    """Return the file beside ``out`` that lists what was set aside."""
    return out.with_name(f"{out.name.removesuffix('.jsonl')}.failed.jsonl")


class Writer:
    """Write documents to a file, or to standard output, as they come.

    A regular file has its name only once it is complete; until then it ends in
    ``.part``.  A pipe or device is written to as it is.
    """

    def __init__(self, out: Path | None, inputs: Iterable[str] = ()) -> None:
        """Open the output.

        Raises:
            UsageError: The file cannot be written, or is an input too.
        """
        self.documents = 0
        self.failures: list[Failure] = []
        self._out = out.resolve() if out is not None else None
        self._part: Path | None = None
        if self._out is None:
            self._stream: IO[bytes] = sys.stdout.buffer
            return
        if self._out.is_dir():
            msg = f"{out}: is a folder; name a file to write"
            raise UsageError(msg)
        if self._out.is_file() or not self._out.exists():
            self._part = self._out.with_name(self._out.name + ".part")
        _keep_apart([self._out, failures_path(self._out), self._part], inputs)
        self._stream = _open(self._part or self._out)

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
            return
        self._stream.close()
        if kind is None and self._part is not None:
            self._part.replace(self._out)
            self._write_failures(failures_path(self._out))

    @property
    def failures_file(self) -> Path | None:
        """The file that lists what was set aside; None for pipes and standard output."""
        return failures_path(self._out) if self._out and self._part else None

    def write(self, item: Document | Failure) -> None:
        """Write a document, or remember a failure.

        Raises:
            UsageError: There is no room, or the disk fails.
        """
        if isinstance(item, Failure):
            self.failures.append(item)
            return
        try:
            self._stream.write(item.to_json() + b"\n")
            if self._out is None:
                self._stream.flush()
        except BrokenPipeError:
            # The reader of our output has seen enough ("| head"): nothing is wrong.
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
            raise SystemExit(0) from None
        except OSError as error:
            msg = f"{self._out or 'standard output'}: cannot be written: {error.strerror}"
            raise UsageError(msg) from None
        self.documents += 1

    def _write_failures(self, path: Path) -> None:
        if not self.failures:
            # A list left by an earlier run would speak of this one.
            path.unlink(missing_ok=True)
            return
        with _open(path) as stream:
            stream.writelines(msgspec.json.encode(f) + b"\n" for f in self.failures)


def _keep_apart(written: Iterable[Path | None], inputs: Iterable[str]) -> None:
    read = {Path(name).resolve() for name in inputs}
    for path in written:
        if path in read:
            msg = f"{path}: would be written, but is an input too; name another --out"
            raise UsageError(msg)


def _open(path: Path) -> IO[bytes]:
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        return path.open("wb")
    except (OSError, ValueError) as error:
        msg = f"{path}: cannot be written: {getattr(error, 'strerror', error)}"
        raise UsageError(msg) from None
