"""Write annotated JSONL batch by batch, so that a run that was killed can go on.

Output and list of failures grow as ``.part`` files; after each batch a small state file
tells how far both reach.  A run that is started again cuts them there, and goes on with
the next document.  At the end the files get their names, all at once as a reader sees it.
"""

from __future__ import annotations

import gzip
import io
import os
import sys
from pathlib import Path
from typing import IO, TYPE_CHECKING, Self

import msgspec
import zstandard

from argmine.errors import UsageError
from argmine.formats.inputs import keep_apart
from argmine.formats.locks import lock
from argmine.formats.outputs import holds_anything, open_new, part_of, resolved, write_whole
from argmine.formats.state import FAILED, REPORT, STATE, State, beside, files_of
from argmine.records import Failure

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from types import TracebackType

    from argmine.formats.batch import Batch

SHOWN = 5


class Writer:
    """An output that grows by batches.

    A pipe or device, and standard output, is written to as it is, and cannot be gone on
    with.
    """

    def __init__(  # noqa: PLR0913 - each has a default
        self,
        out: Path | None,
        inputs: Iterable[str] = (),
        identity: Mapping[str, object] | None = None,
        *,
        fresh: bool = False,
        piped: bool = False,
        first: int = 0,
        patience: float = 0.0,
    ) -> None:
        """Open the output, and go on with what an earlier run has left.

        ``identity`` is what the output depends on; tables number documents from ``first``.
        What came through a pipe is gone: with ``piped`` a run of the same identity begins
        anew.  With ``fresh`` every run does, whatever is there.
        Another run that is writing the output is waited for, so many seconds.

        Raises:
            UsageError: The file cannot be written, is an input too, is being written by
                another run, or belongs to a run with another input, model or
                configuration.
        """
        self.state = State(identity=dict(identity or {}))
        self.finished = False
        self._number = first
        self._fresh, self._piped = fresh, piped
        self._first: list[Failure] = []
        self._out = resolved(out)
        self._regular = False
        self._stream: IO[bytes] = io.BytesIO()
        self._failed: IO[bytes] | None = None
        self._begin(out, inputs, patience)

    def _begin(self, out: Path | None, inputs: Iterable[str], patience: float) -> None:
        """Open standard output, a pipe or device, or the file with what is in it."""
        if self._out is None:
            if sys.stdout is None:
                msg = "standard output is closed; name a file with --out"
                raise UsageError(msg)
            self._stream = sys.stdout.buffer
            return
        if self._out.is_dir() and not self._tables:
            msg = f"{out}: is a folder; name a file to write"
            raise UsageError(msg)
        self._regular = self._out.is_file() or not self._out.exists() or self._tables
        keep_apart(files_of(str(self._out)) if self._regular else [str(self._out)], inputs)
        if self._tables:
            from argmine.formats import parquet  # noqa: PLC0415 - only for those who ask for it

            parquet.check(self._out)
        if not self._regular:
            self._stream = open_new(self._out, "wb")
            return
        self._go_on(patience)

    @property
    def failures_path(self) -> Path | None:
        """The file that lists what was set aside; None for pipes and standard output."""
        return self._beside(FAILED)

    @property
    def report_path(self) -> Path | None:
        """The file with the report of the run; None for pipes and standard output."""
        return self._beside(REPORT)

    @property
    def state_path(self) -> Path | None:
        """The file that tells how far an unfinished run is."""
        return self._beside(STATE)

    def _beside(self, ending: str) -> Path | None:
        return Path(beside(str(self._out), ending)) if self._out and self._regular else None

    @property
    def _tables(self) -> bool:
        """Whether the output is to be a folder of Parquet tables."""
        return self._out is not None and self._out.suffix.lower() == ".parquet"

    @property
    def _part(self) -> Path | None:
        return (
            self._out.with_name(self._out.name + ".part") if self._out and self._regular else None
        )

    @property
    def first_failures(self) -> list[Failure]:
        """The first documents that were set aside."""
        path = self.failures_path
        if path is None:
            return self._first
        if not path.exists():
            return []
        with path.open("rb") as file:
            return Failure.read(line for _, line in zip(range(SHOWN), file, strict=False))

    def __enter__(self) -> Self:
        """Return the writer."""
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Close the files; what is in them stays for the next run, if this one has not ended."""
        for stream in (self._stream, self._failed):
            if stream is not None and self._out is not None:
                try:
                    stream.close()
                except OSError:
                    # A full disk: what the state file tells of has been written before.
                    continue

    def write(self, batch: Batch) -> None:
        """Write a batch, and remember that it is written.

        Raises:
            UsageError: There is no room, or the disk fails.
        """
        lines = self._packed(batch.lines)
        failures = b"".join(msgspec.json.encode(failure) + b"\n" for failure in batch.failures)
        try:
            self._stream.write(lines)
            self._stream.flush()
            if self._failed is not None:
                self._failed.write(failures)
                self._failed.flush()
                for stream in (self._stream, self._failed):
                    os.fsync(stream.fileno())
        except BrokenPipeError:
            # The reader of our output has seen enough ("| head"): nothing is wrong.
            if sys.stdout is not None:
                os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
            raise SystemExit(0) from None
        except OSError as error:
            msg = f"{self._out or 'standard output'}: cannot be written: {error.strerror}"
            raise UsageError(msg) from None
        if not self._regular:
            self._first += batch.failures
        done = State(
            identity={},
            items=batch.items,
            documents=batch.documents,
            failures=len(batch.failures),
            bytes=len(lines),
            failed_bytes=len(failures),
            counts=batch.counts,
            seconds=batch.seconds,
            peak_memory_mb=batch.megabytes,
        )
        self.state = self.state.plus(done)
        self._save()

    def finish(self, report: Mapping[str, object]) -> None:
        """Give the files their names and write the report.

        A run that is killed in here and started again ends it.
        """
        if not self._regular or self._part is None or self._out is None:
            return
        self._stream.close()
        if self._failed is not None:
            self._failed.close()
        self.state = msgspec.structs.replace(self.state, complete=True)
        self._save()
        self._name_files(report)

    def _name_files(self, report: Mapping[str, object]) -> None:
        part, out, failed = self._part, self._out, self.failures_path
        if part is None or out is None or failed is None:
            return
        if part.exists() and self._tables:
            from argmine.formats import parquet  # noqa: PLC0415 - as above

            parquet.write(part, out, self._number)
            part.unlink()
        elif part.exists():
            part.replace(out)
        list_part = part_of(failed)
        if self.state.failures and list_part.exists():
            list_part.replace(failed)
        elif not self.state.failures:
            # A list left by an earlier run would speak of this one.
            failed.unlink(missing_ok=True)
            list_part.unlink(missing_ok=True)
        told = {**msgspec.to_builtins(self.state), **report}
        write_whole(self.report_path, msgspec.json.format(msgspec.json.encode(told), indent=1))
        if self.state_path is not None:
            self.state_path.unlink(missing_ok=True)

    def _go_on(self, patience: float) -> None:
        part, failed = self._part, self.failures_path
        if part is None or failed is None:
            return
        held = self._hold(part, patience)
        if held is None:
            return
        self._stream = held
        found = self._left_before()
        if found is not None and found.complete:
            self._complete(found, part)
            return
        if found is not None and self._reaches(found):
            self.state = found
        self._failed = open_new(part_of(failed), "ab")
        self._stream.truncate(self.state.bytes)
        self._failed.truncate(self.state.failed_bytes)
        self._save()
        if (self._fresh or self._piped) and self.report_path is not None:
            # Not before there is a state: a kill in between would leave a file of no run.
            self.report_path.unlink(missing_ok=True)

    def _left_before(self) -> State | None:
        """Return how far a run has come that this one is to go on with."""
        found = self._told(self.state_path)
        if found is not None:
            found.refuse_other(self.state_path, self.state.identity.get("output"))
            # Of a run that has done nothing, nothing can be mixed with this one; of shards
            # their own reports tell.
            begun = found.items or found.complete or "shards" in found.identity
            if begun and not self._fresh:
                found.refuse(self._out, self.state.identity)
        if found is None or self._fresh or self._piped or not found.items:
            return None
        gone = (
            found.complete and not (self._out and self._out.exists()) and not self._reaches(found)
        )
        return None if gone else found

    def _hold(self, part: Path, patience: float) -> IO[bytes] | None:
        """Return the locked output, None if another run has finished it by then."""
        while not self._finished_before():
            stream = open_new(part, "ab")
            lock(stream, part, patience)
            if part.exists() and os.path.samestat(part.stat(), os.fstat(stream.fileno())):
                return stream
            # Who held the lock has meanwhile given the file its name.
            stream.close()
        return None

    def _complete(self, found: State, part: Path) -> None:
        """Name the files of a run that was killed when nothing else was left to do."""
        if part.stat().st_size < found.bytes:
            part.unlink()  # made just now: the real one has its name already
        self.state, self.finished = found, True
        self._name_files({})

    def _finished_before(self) -> bool:
        """See whether a finished run has left this very output."""
        done = self._told(self.report_path)
        if done is not None:
            done.refuse_other(self.report_path, self.state.identity.get("output"))
        if self._fresh:
            return False
        if done is None:
            self._spare_others()
            return False
        if self._out is None or not self._out.exists():
            return False
        done.refuse(self._out, self.state.identity)
        if self._piped:
            return False
        self._check_whole(self._out, done)
        if self.state_path is not None:
            self.state_path.unlink(missing_ok=True)  # left where a run was killed at its very end
        self.state, self.finished = done, True
        return True

    def _told(self, path: Path | None) -> State | None:
        """Return what a file tells of a run; who begins anew needs none that can be read."""
        try:
            return State.read(path)
        except UsageError:
            if self._fresh:
                return None
            raise

    def _check_whole(self, out: Path, done: State) -> None:
        """Refuse to call finished what is not as the run has left it.

        Raises:
            UsageError: It names what is gone or has changed.
        """
        wrong = None
        if self._tables:
            from argmine.formats import parquet  # noqa: PLC0415 - only for those who ask for it

            wrong = f"lacks {gone}" if (gone := parquet.missing(out)) else None
        elif out.stat().st_size != done.bytes:
            wrong = f"has {out.stat().st_size} bytes, expected {done.bytes}"
        if done.failures and self.failures_path and not self.failures_path.exists():
            wrong = f"its list {self.failures_path.name} is gone"
        if wrong:
            msg = (
                f"{out}: is not what the run of {self.report_path} wrote: {wrong}; "
                "--fresh starts anew"
            )
            raise UsageError(msg)

    def _spare_others(self) -> None:
        """Refuse to write over a file that no run has left.

        Raises:
            UsageError: There is one, and nothing tells of a run.
        """
        if State.read(self.state_path) is not None:
            return
        tables = self._out.with_name(f"{self._out.name}.tables") if self._out else None
        lists = (self.failures_path, self.failures_path and part_of(self.failures_path), tables)
        for path in (self._out, self._part, *lists):
            if path is not None and path.exists() and holds_anything(path):
                msg = (
                    f"{path}: was written by no run; name another --out, or replace it with --fresh"
                )
                raise UsageError(msg)

    def _reaches(self, state: State) -> bool:
        """Say whether the files are as long as the state says."""
        if self._part is None or self.failures_path is None:
            return False
        pairs = ((self._part, state.bytes), (part_of(self.failures_path), state.failed_bytes))
        return all(path.exists() and path.stat().st_size >= size for path, size in pairs)

    def _save(self) -> None:
        if self.state_path is not None:
            try:
                write_whole(self.state_path, msgspec.json.encode(self.state))
            except OSError as error:
                msg = f"{self.state_path}: cannot be written: {error.strerror}"
                raise UsageError(msg) from None

    def _packed(self, lines: bytes) -> bytes:
        """Return the lines of a batch as the ending asks: each a member of its own."""
        ending = self._out.suffix.lower() if self._out else ""
        if ending == ".gz" and lines:
            return gzip.compress(lines, mtime=0)
        if ending == ".zst" and lines:
            return zstandard.ZstdCompressor().compress(lines)
        return lines
