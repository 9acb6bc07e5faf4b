"""A run in shards: each a contiguous part of the documents with an output of its own.

A shard is the unit of resuming.  It is written beside where it will lie, or, for an address
elsewhere, in a local folder first, and its report last of all: a shard that has a report
is whole.
"""

from __future__ import annotations

import re
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec

from argmine.errors import UsageError
from argmine.formats import sources, storage
from argmine.formats.sources import Part
from argmine.formats.state import State
from argmine.formats.writer import Writer, beside

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

    from argmine.corpus.job import Job
    from argmine.corpus.workers import Annotator

_ENDING = re.compile(r"(?:\.(?:jsonl|ndjson|json))?\.[^.]+\Z")
_COMPANIONS = ("failed.jsonl", "run.json", "state.json")
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


def _numbered(out: str, ending: str) -> re.Pattern[str]:
    """Return a pattern of the last names of shards and what lies beside them."""
    stem = re.escape(out.removesuffix(_ending(out)).rpartition("/")[2])
    return re.compile(rf"{stem}-(\d{{5,}})-of-\d{{5,}}{ending}")


def companion(out: str, ending: str) -> str:
    """Return the file beside an output, as the writer names it."""
    folder, slash, last = out.rpartition("/")
    return f"{folder}{slash}{beside(Path(last), ending).name}"


def identity(job: Job, number: int | None) -> dict[str, object]:
    """Return what the outputs depend on, the number of shards asked for included."""
    return {**job.identity(), "shards": number}


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


def begin(out: str, told: Mapping[str, object], *, fresh: bool) -> State | None:
    """Return the report of a run that is finished already, else make ready to go on.

    Raises:
        UsageError: What is there belongs to a run that differs, or is not what it wrote.
        DataError: The output's address cannot be written to.
    """
    report, state = (companion(out, ending) for ending in ("run.json", "state.json"))
    if fresh:
        _clear(out)
    for path in (report, state):
        found = State.parse(storage.read(path), path)
        if found is None:
            continue
        found.refuse(out, told)
        if path == report:
            _check_outputs(out, told, report)
            # Left where a run was killed at its very end.
            _clear_parts(out, state)
            return found
    storage.write(state, msgspec.json.encode(State(identity=dict(told))))
    return None


def _clear(out: str) -> None:
    """Remove what earlier runs to this output have left, in whatever number of shards."""
    folder = out.removesuffix(out.rpartition("/")[2])
    shard = _numbered(out, r"(?:\..*)?")
    for found in storage.beside(out):
        if shard.fullmatch(found):
            storage.remove(folder + found)
    for ending in ("run.json", "state.json"):
        storage.remove(companion(out, ending))
    storage.remove(f"{out}.parts")


def _clear_parts(out: str, state: str) -> None:
    storage.remove(f"{out}.parts")
    storage.remove(state)


def _check_outputs(out: str, told: Mapping[str, object], report: str) -> None:
    if told["shards"] is None:
        there = storage.exists(out)
    else:
        shard = _numbered(out, re.escape(_ending(out)))
        found = [shard.fullmatch(other) for other in storage.beside(out)]
        numbers = {int(match[1]) for match in found if match}
        there = bool(numbers) and numbers == set(range(max(numbers) + 1))
    if not there:
        msg = f"{out}: is not what the run of {report} wrote; --fresh starts anew"
        raise UsageError(msg)


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
    report = companion(shard.out, "run.json")
    found = State.parse(storage.read(report), report)
    if found is not None:
        found.refuse(shard.out, _told(made, shard))
        progress(found.items)
        return found
    with tempfile.TemporaryDirectory(prefix="argmine-") as folder:
        local = Path(folder) / shard.out.rpartition("/")[2]
        state = _write(made, shard, local, annotate, progress)
        for ending in ("", "failed.jsonl", "run.json"):
            path = beside(local, ending) if ending else local
            if path.exists():
                storage.put(path, companion(shard.out, ending) if ending else shard.out)
    return state


def _told(made: Plan, shard: Shard) -> dict[str, object]:
    return {**made.identity, "shard": shard.number}


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
    lists = [companion(out, "failed.jsonl") for out in outs]
    failed = companion(made.out, "failed.jsonl")
    if total.failures:
        storage.join(filter(storage.exists, lists), failed)
    else:
        storage.remove(failed)
    told = {**msgspec.to_builtins(total), **made.job.report(total, seconds)}
    raw = msgspec.json.format(msgspec.json.encode(told), indent=1)
    storage.write(companion(made.out, "run.json"), raw)
    _clear_parts(made.out, companion(made.out, "state.json"))
    return total


def outputs(out: str) -> list[str]:
    """Return the files that a run writes beside its shards."""
    return [out, *(companion(out, ending) for ending in _COMPANIONS)]
