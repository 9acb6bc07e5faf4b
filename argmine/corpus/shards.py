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

from argmine.formats import sources, storage
from argmine.formats.sources import Part
from argmine.formats.state import State
from argmine.formats.writer import Writer, beside

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

    from argmine.corpus.job import Job
    from argmine.corpus.workers import Annotator

_ENDING = re.compile(r"(\.(jsonl|ndjson|json))?\.[^.]+\Z")


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

    @property
    def pattern(self) -> str:
        """A pattern that names the outputs of the shards, however many."""
        return name(self.out, "*", "*", joined=self.joined) + "*"


def name(out: str, number: int | str, of: int | str, *, joined: bool) -> str:
    """Return the name of a shard's output, such as ``x-00003-of-00016.jsonl``.

    Those that will be joined lie in a folder beside the output.
    """
    told = "-of-".join(x if isinstance(x, str) else f"{x:05}" for x in (number, of))
    if joined:
        return f"{out}.parts/{told}{_ending(out)}"
    return f"{out.removesuffix(_ending(out))}-{told}{_ending(out)}"


def _ending(out: str) -> str:
    found = _ENDING.search(out.rpartition("/")[2])
    return found.group() if found else ""


def companion(out: str, ending: str) -> str:
    """Return the file beside an output, as the writer names it."""
    folder, slash, last = out.rpartition("/")
    return f"{folder}{slash}{beside(Path(last), ending).name}"


def plan(  # noqa: PLR0913 - all that a plan is made of
    job: Job, out: str, places: Sequence[str], sizes: Sequence[int], number: int, *, joined: bool
) -> Plan:
    """Cut the items of a job into so many shards of like size.

    ``sizes`` tells how many items each input holds, ``places`` where it is read from.
    """
    total = sum(sizes) if job.limit is None else min(job.limit, sum(sizes))
    number = max(1, min(number, total))
    borders = [total * k // number for k in range(number + 1)]
    shards = []
    for k in range(number):
        parts = tuple(_cut(job.paths, places, sizes, borders[k], borders[k + 1]))
        shards.append(Shard(k, name(out, k, number, joined=joined), borders[k], parts))
    told = {**job.identity(), "shards": number}
    return Plan(job, out, told, tuple(shards), joined)


def _cut(
    names: Sequence[str], places: Sequence[str], sizes: Sequence[int], start: int, stop: int
) -> Iterator[Part]:
    before = 0
    for given, place, size in zip(names, places, sizes, strict=True):
        first, last = max(start, before), min(stop, before + size)
        if first < last:
            yield Part(given, place, first - before, last - first)
        before += size


def begin(made: Plan, *, fresh: bool) -> State | None:
    """Return the report of a run that is finished already, else make ready to go on.

    Raises:
        UsageError: What is there belongs to a run that differs.
        DataError: The output's address cannot be written to.
    """
    report, state = (companion(made.out, end) for end in ("run.json", "state.json"))
    if fresh:
        for old in (report, state, made.pattern):
            storage.remove(old)
    for path in (report, state):
        found = _state(path)
        if found is not None:
            found.refuse(made.out, made.identity)
            if path == report:
                return found
    storage.write(state, msgspec.json.encode(State(identity=dict(made.identity))))
    return None


def run(
    made: Plan, shard: Shard, annotate: Annotator, progress: Callable[[int], None] = lambda _: None
) -> State:
    """Annotate what is left of a shard, telling of items as they are done.

    Raises:
        UsageError: It cannot be written.
        DataError: It cannot be written to its address.
    """
    if not storage.is_remote(shard.out):
        return _write(made, shard, Path(shard.out), annotate, progress)
    found = _state(companion(shard.out, "run.json"))
    if found is not None:
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


def _write(
    made: Plan, shard: Shard, out: Path, annotate: Annotator, progress: Callable[[int], None]
) -> State:
    begun = time.monotonic()
    told = {**made.identity, "shard": shard.number}
    with Writer(out, made.job.paths, told, first=shard.first) as writer:
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
    storage.remove(companion(made.out, "state.json"))
    if made.joined:
        storage.remove(f"{made.out}.parts")
    return total


def _state(path: str) -> State | None:
    return State.parse(storage.read(path), path)
