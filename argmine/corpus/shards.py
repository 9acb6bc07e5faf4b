"""A run in shards: each a contiguous part of the documents with an output of its own.

A shard is the unit of resuming.  It is written beside where it will lie, or, for an address
elsewhere, in a local folder first, and its report last of all: a shard that has a report
is whole.
"""

from __future__ import annotations

import os
import re
import tempfile
import time
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec

from argmine.errors import UsageError
from argmine.formats import inputs, sources, storage
from argmine.formats.locks import HAS_LOCKS, lock
from argmine.formats.outputs import open_new
from argmine.formats.sources import Part
from argmine.formats.state import FAILED, REPORT, STATE, State, beside, files_of
from argmine.formats.writer import Writer

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

    from argmine.corpus.job import Job
    from argmine.corpus.workers import Annotator

_ENDING = re.compile(r"(?:\.(?:jsonl|ndjson|json))?\.[^.]+\Z")
# Seconds that a shard waits for a worker that is given up but has not ended yet.
_PATIENCE = 60.0


@dataclass(frozen=True, slots=True)
class Shard:
    """A shard: its number, its output, the number of its first item, and what it is made of."""

    number: int
    out: str
    first: int
    parts: tuple[Part, ...]

    @property
    def items(self) -> int:
        """How many documents and failures it holds."""
        return sum(part.take for part in self.parts)


@dataclass(frozen=True, slots=True)
class Plan:
    """All shards of a job, whose outputs are named after ``out``.

    If ``joined`` they are put together into ``out`` at the end.
    """

    job: Job
    out: str
    identity: Mapping[str, object]
    shards: tuple[Shard, ...]
    joined: bool


def name(out: str, number: int, of: int, *, joined: bool) -> str:
    """Return the name of a shard's output, such as ``x-00003-of-00016.jsonl``.

    Those that will be joined lie in a folder beside the output.
    """
    told = f"{number:05}-of-{of:05}"
    if joined:
        return f"{out}.parts/{told}{_ending(out)}"
    return f"{out.removesuffix(_ending(out))}-{told}{_ending(out)}"


def _ending(out: str) -> str:
    found = _ENDING.search(out.rpartition("/")[2])
    return found.group() if found else ""


def _numbered(out: str) -> re.Pattern[str]:
    """Return a pattern of the last names of shards."""
    ending = _ending(out)
    stem = re.escape(out.removesuffix(ending).rpartition("/")[2])
    return re.compile(rf"{stem}-\d{{5,}}-of-\d{{5,}}{re.escape(ending)}")


def _last(name: str) -> str:
    return name.rpartition("/")[2]


def identity(job: Job, out: str, number: int | None) -> dict[str, object]:
    """Return what the outputs depend on, the number of shards asked for included."""
    return {**job.identity(out), "shards": number}


def plan(job: Job, out: str, told: Mapping[str, object], sizes: Sequence[int], number: int) -> Plan:
    """Cut the items of a job into so many shards of like size, fewer if it has fewer items.

    ``sizes`` tells how many items each input holds, ``told`` is the identity.
    """
    total = sum(sizes) if job.limit is None else min(job.limit, sum(sizes))
    number = max(1, min(number, total))
    joined = told["shards"] is None
    borders = [total * k // number for k in range(number + 1)]
    shards = []
    for k in range(number):
        parts = tuple(_cut(job.paths, sizes, borders[k], borders[k + 1]))
        shards.append(Shard(k, name(out, k, number, joined=joined), borders[k], parts))
    return Plan(job, out, told, tuple(shards), joined)


def _cut(names: Sequence[str], sizes: Sequence[int], start: int, stop: int) -> Iterator[Part]:
    before = 0
    for given, size in zip(names, sizes, strict=True):
        first, last = max(start, before), min(stop, before + size)
        if first < last:
            yield Part(given, first - before, last - first)
        before += size


@contextmanager
def held(out: str) -> Iterator[None]:
    """Keep other runs of this machine, or of those that share its files, from the shards.

    Raises:
        UsageError: Another run has them, or the folder cannot be written to.
    """
    if storage.is_remote(out):
        yield
        return
    path = Path(out).with_name(f".{_last(out)}.lock")
    while True:
        with open_new(path, "ab") as stream:
            lock(stream, path)
            there = os.fstat(stream.fileno())
            if there.st_size:
                msg = f"{path}: holds something, so it is no lock of a run; name another --out"
                raise UsageError(msg)
            if not (path.exists() and os.path.samestat(path.stat(), there)):
                continue  # who held the lock has meanwhile ended, and taken the file away
            try:
                yield
            finally:
                # Taken away while it is locked; where there are no locks, open files stay.
                if not HAS_LOCKS:
                    stream.close()
                path.unlink(missing_ok=True)
            return


def finished(out: str, told: Mapping[str, object], *, fresh: bool) -> State | None:
    """Return the report of a run that is finished already, None if there is work to do.

    Raises:
        UsageError: What is there belongs to a run that differs, or is not what it wrote.
        DataError: The output's address cannot be reached.
    """
    for ending in (REPORT, STATE):
        path = beside(out, ending)
        try:
            found = State.parse(storage.read(path), path)
        except UsageError:
            if fresh:
                continue
            raise
        if found is None:
            continue
        found.refuse_other(path, told["output"])
        if fresh:
            continue
        found.refuse(out, told)
        if ending == REPORT:
            _check_outputs(out, found)
            # Left where a run was killed at its very end.
            _clear_parts(out, joined=told["shards"] is None)
            return found
    return None


def begin(made: Plan, *, fresh: bool) -> None:
    """Make ready to write the shards, or to go on with them.

    Nothing of an earlier run is touched before: by now it is known that this one can be.

    Raises:
        UsageError: A file is there that no run has written.
        DataError: The output's address cannot be written to.
    """
    there = set(storage.beside(made.out))
    outs = [made.out] if made.joined else [shard.out for shard in made.shards]
    parts = [f"{made.out}.parts/"] if made.joined else []
    every = [written for out in dict.fromkeys([made.out, *outs]) for written in files_of(out)]
    inputs.keep_apart([*every, *parts], made.job.paths)
    if fresh:
        _clear(made, there, outs)
    elif not {_last(beside(made.out, ending)) for ending in (REPORT, STATE)} & there:
        whole = {_last(out) for out in outs if _last(beside(out, REPORT)) in there}
        told = {_last(written.rstrip("/")) for out in whole for written in files_of(out)}
        for written in (*every, *parts):
            last = _last(written.rstrip("/"))
            if last in there and last not in told:
                advice = "name another --out, or replace it with --fresh"
                msg = f"{written}: was written by no run; {advice}"
                raise UsageError(msg)
    state = State(identity=dict(made.identity))
    storage.write(beside(made.out, STATE), msgspec.json.encode(state))
    if fresh:
        # Not before there is a state: it tells what in this folder is a run's.
        storage.remove(beside(made.out, REPORT))


def _clear(made: Plan, there: set[str], outs: Sequence[str]) -> None:
    """Remove what is to be written anew, and what runs in other numbers of shards have left."""
    folder = made.out.removesuffix(_last(made.out))
    read = {storage.canonical(path) for path in made.job.paths}
    shard = _numbered(made.out)
    # Side files are named without the ending of JSON Lines.
    ending = ".jsonl" if _ending(made.out) == ".jsonl" else ""
    # A shard is ours if a report stands beside it, or it is under way.
    told = (
        last.removesuffix(f".{e}") + ending
        for last in there
        for e in (REPORT, STATE)
        if last.endswith(f".{e}")
    )
    ours = {folder + last for last in told if shard.fullmatch(last)}
    ours = {out for out in ours if storage.canonical(out) not in read}
    for out in sorted({*outs, *ours} - {made.out}):
        for written in files_of(out):
            name = written.rstrip("/")
            if _last(name) in there:
                storage.remove(name)
    if made.joined:
        storage.remove(f"{made.out}.parts")


def _clear_parts(out: str, *, joined: bool) -> None:
    if joined:
        storage.remove(f"{out}.parts")
    storage.remove(beside(out, STATE))


def _check_outputs(out: str, report: State) -> None:
    """Refuse to call finished what is not as the run has left it.

    Raises:
        UsageError: It names what is gone or has changed.
    """
    there = storage.beside(out)
    wrong = None
    if report.identity["shards"] is None:
        if _last(out) not in there:
            wrong = "it is gone"
        elif storage.size(out) != report.bytes:
            wrong = f"it has {storage.size(out)} bytes, expected {report.bytes}"
    else:
        wrong = _lacking(out, there, report)
    if report.failures and _last(beside(out, FAILED)) not in there:
        wrong = f"its list {beside(out, FAILED)} is gone"
    if wrong:
        msg = (
            f"{out}: is not what the run of {beside(out, REPORT)} wrote: {wrong}; "
            "--fresh starts anew"
        )
        raise UsageError(msg)


def _lacking(out: str, there: Sequence[str], report: State) -> str | None:
    """Name a shard that is gone of those that the run has written."""
    asked = report.identity["shards"]
    of = max(1, min(asked if isinstance(asked, int) else 1, report.items))
    names = (name(out, number, of, joined=False) for number in range(of))
    for shard in names:
        if _last(shard) not in there:
            return f"{shard} is gone"
        if storage.is_remote(shard):
            continue  # to ask for each would take long
        if shard.endswith(".parquet"):
            from argmine.formats import parquet  # noqa: PLC0415 - only for those who ask for it

            table = parquet.missing(Path(shard))
            if table:
                return f"{shard} lacks {table}"
            continue
        path = beside(shard, REPORT)
        told = State.parse(storage.read(path), path)
        if told is None:
            return f"{path} is gone"
        if storage.size(shard) != told.bytes:
            return f"{shard} has {storage.size(shard)} bytes, expected {told.bytes}"
    return None


def run(
    made: Plan, shard: Shard, annotate: Annotator, progress: Callable[[int], None] = lambda _: None
) -> State:
    """Annotate what is left of a shard, telling of items as they are done.

    Raises:
        UsageError: It cannot be written.
        DataError: An input cannot be read as it was counted, or the address not be written.
    """
    if not storage.is_remote(shard.out):
        return _write(made, shard, Path(shard.out), annotate, progress)
    report = beside(shard.out, REPORT)
    found = State.parse(storage.read(report), report)
    if found is not None:
        found.refuse(shard.out, _told(made, shard))
        progress(found.items)
        return found
    with tempfile.TemporaryDirectory(prefix="argmine-") as folder:
        local = Path(folder) / shard.out.rpartition("/")[2]
        state = _write(made, shard, local, annotate, progress)
        storage.put(local, shard.out)
        for ending in (FAILED, REPORT):
            path = Path(beside(str(local), ending))
            if path.exists():
                storage.put(path, beside(shard.out, ending))
    return state


def _told(made: Plan, shard: Shard) -> dict[str, object]:
    last = shard.out.rpartition("/")[2]
    return {**made.identity, "output": last, "shard": shard.number}


def _write(
    made: Plan, shard: Shard, out: Path, annotate: Annotator, progress: Callable[[int], None]
) -> State:
    begun = time.monotonic()
    names = [part.name for part in shard.parts]
    told = _told(made, shard)
    with Writer(out, names, told, first=shard.first, patience=_PATIENCE) as writer:
        progress(writer.state.items)
        if not writer.finished:
            documents = sources.read_parts(shard.parts, made.job.columns, skip=writer.state.items)
            for batch in annotate(documents):
                writer.write(batch)
                progress(batch.items)
            writer.finish(made.job.report(writer.state, time.monotonic() - begun))
    return writer.state


def end(made: Plan, states: Iterable[State], seconds: float) -> State:
    """Write the report of the whole run and the list of failures, and join what is to be.

    Raises:
        DataError: Something cannot be written.
    """
    total = State(identity=dict(made.identity), complete=True)
    for state in states:
        total = total.plus(state)
    outs = [shard.out for shard in made.shards]
    if made.joined:
        total = msgspec.structs.replace(total, bytes=storage.join(outs, made.out))
    lists = [beside(out, FAILED) for out in outs]
    failed = beside(made.out, FAILED)
    if total.failures:
        storage.join(filter(storage.exists, lists), failed)
    else:
        storage.remove(failed)
    told = {**msgspec.to_builtins(total), **made.job.report(total, seconds)}
    raw = msgspec.json.format(msgspec.json.encode(told), indent=1)
    storage.write(beside(made.out, REPORT), raw)
    _clear_parts(made.out, joined=made.joined)
    return total
