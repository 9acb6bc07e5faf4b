"""One run of ``argmine annotate``: from inputs to an output that can be gone on with."""

from __future__ import annotations

import math
import time
from contextlib import nullcontext
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn

import typer

from argmine.cli import progress
from argmine.corpus import cluster, shards
from argmine.corpus.workers import annotator
from argmine.errors import UsageError
from argmine.formats import inputs, sources, storage
from argmine.formats.cache import Cache
from argmine.formats.state import FAILED, beside, files_of
from argmine.formats.writer import SHOWN, Writer
from argmine.model import folder
from argmine.pipeline import Pipeline, layer_of
from argmine.records import Failure

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from argmine.corpus.job import Job
    from argmine.corpus.shards import Plan
    from argmine.formats.inputs import Inputs
    from argmine.formats.state import State

# Shards that will be joined are as long as this: few minutes of work are lost with one.
_DOCUMENTS = 1000
# Who asks for one of these would find JSONL in it.
_NOT_WRITTEN = (
    ".csv", ".tsv", ".xls", ".xlsx", ".csv.gz", ".tsv.gz", ".xml",
    ".bz2", ".xz", ".7z", ".zip", ".tar", ".parquet.gz",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class How:
    """Where the work is done, and in how many shards; None for as many as suit."""

    fresh: bool
    shards: int | None
    ray: bool
    address: str | None
    workers: int | None


def run(job: Job, out: str | None, how: How, found: Inputs) -> State:
    """Annotate what is left to be annotated, and say what came of it.

    Raises:
        ArgmineError: The run cannot begin, or cannot go on.
    """
    if job.cache == Path():
        msg = "--cache: no folder of its own; name one"
        raise UsageError(msg)
    if job.cache is not None:
        # Opened here too, so that a cache that is none ends the run before it begins.
        Cache(job.cache, "")
    if how.address and not how.ray:
        msg = "--address names a Ray cluster: say --engine ray"
        raise UsageError(msg)
    if out and out.lower().endswith(_NOT_WRITTEN):
        msg = f"{out}: is written as JSONL (.jsonl, .jsonl.gz, .jsonl.zst) or as tables (.parquet)"
        raise UsageError(msg)
    try:
        if how.ray or how.shards or (out and storage.is_remote(out)):
            state = _sharded(job, out, how)
        else:
            state = _whole(job, out, fresh=how.fresh)
    except KeyboardInterrupt:
        # Before the first document, or after the last.
        _stopped(None, goes_on=out is not None)
    if job.settings.unsure:
        _tell_never_sure(job)
    _leave_aside("of unknown kind", found.skipped)
    # What this run has left when it was stopped is no other's.
    stem = beside(storage.canonical(out), "") if out else None
    others = [x for x in found.written if not (stem and storage.canonical(x).startswith(stem))]
    _leave_aside("written by an earlier run", others)
    return state


def without_own(paths: Sequence[str], given: Sequence[str], out: str | None) -> tuple[str, ...]:
    """Return the inputs without what grows where a run to ``out`` reads and writes one folder.

    What it has written whole is known by its report; any other file of that name is an
    input, and refused as an output.

    Raises:
        UsageError: Nothing else is left, or ``out`` names no file.
    """
    if out is None:
        return tuple(paths)
    if Path(out).name in ("", "..") or out.endswith("/"):
        msg = f"--out: {out!r} is no name of a file; name one to write"
        raise UsageError(msg)
    named = {storage.canonical(name) for name in given}
    own = {storage.canonical(name) for name in files_of(out) if name.endswith(".part")}
    places = {name: storage.canonical(name) for name in paths}
    kept = tuple(name for name, place in places.items() if place in named or place not in own)
    if not kept:
        msg = f"{out}: would be written, but is all that is read; name another --out"
        raise UsageError(msg)
    return kept


def _whole(job: Job, out: str | None, *, fresh: bool) -> State:
    """Write one output, batch by batch."""
    begun = time.monotonic()
    piped = inputs.STDIN in job.paths
    identity = job.identity(out) if out is not None else {}
    path = Path(out) if out is not None else None
    with (
        annotator(job.settings, job.workers, job.cache) as annotate,
        Writer(path, job.paths, identity, fresh=fresh, piped=piped) as writer,
    ):
        if writer.finished:
            _say(f"{out} is finished: nothing to do (--fresh starts anew)")
        else:
            done = writer.state.items
            if done:
                _say(f"going on after {done} documents")
            documents = sources.read(job.paths, job.columns, skip=done)
            if job.limit is not None:
                documents = islice(documents, max(0, job.limit - done))
            try:
                with progress.documents(_total(job), done) as advance:
                    for batch in annotate(documents):
                        writer.write(batch)
                        advance(batch.items)
            except KeyboardInterrupt:
                _stopped(writer.state.items, goes_on=out is not None)
            writer.finish(job.report(writer.state, time.monotonic() - begun))
        listed = writer.failures_path
        _tell(writer.state, out, str(listed) if listed else None, writer.first_failures)
    return writer.state


def _sharded(job: Job, out: str | None, how: How) -> State:
    """Write shards, here or on a cluster, and join them if none were asked for."""
    if out and not storage.is_remote(out) and Path(out).is_symlink():
        out = storage.canonical(out)
    out = _checked(job, out, how)
    begun = time.monotonic()
    told = shards.identity(job, out, how.shards)
    with shards.held(out):
        finished = shards.finished(out, told, fresh=how.fresh)
        if finished is not None:
            _say(f"{out} is finished: nothing to do (--fresh starts anew)")
            return finished
        with cluster.session(how.address) if how.ray else nullcontext():
            made = _plan(job, out, told, how)
            shards.begin(made, fresh=how.fresh)
            states = _done(made, how)
        state = shards.end(made, states, time.monotonic() - begun)
    listed = beside(out, FAILED)
    first = Failure.read(storage.first_lines(listed, SHOWN)) if state.failures else []
    more = f" and {len(made.shards) - 1} more" if len(made.shards) > 1 else ""
    _tell(state, out if made.joined else f"{made.shards[0].out}{more}", listed, first)
    return state


def _plan(job: Job, out: str, told: Mapping[str, object], how: How) -> Plan:
    """Count what the inputs hold, here or on the cluster, and cut it into shards."""
    alone = len(job.paths) == 1
    sizes = (
        cluster.sizes(job)
        if how.ray
        else [sources.measure(name, job.columns, alone=alone) for name in job.paths]
    )
    return shards.plan(job, out, told, sizes, how.shards or math.ceil(sum(sizes) / _DOCUMENTS))


def _done(made: Plan, how: How) -> list[State]:
    """Do what is left of all shards, and return what came of each."""
    found: list[State] = []
    items = 0
    try:
        with progress.documents(sum(shard.items for shard in made.shards), 0) as advance:

            def done(number: int) -> None:
                nonlocal items
                items += number
                advance(number)

            if how.ray:
                for state in cluster.states(made, how.workers):
                    found.append(state)
                    done(state.items)
                return found
            job = made.job
            with annotator(job.settings, job.workers, job.cache) as annotate:
                for shard in made.shards:
                    found.append(shards.run(made, shard, annotate, done))  # noqa: PERF401 - Ctrl-C
    except KeyboardInterrupt:
        _stopped(items, goes_on=True)
    return found


def _checked(job: Job, out: str | None, how: How) -> str:
    """Return the output, and refuse what cannot be done in shards.

    Raises:
        ArgmineError: It says why.
    """
    if out is None or inputs.STDIN in job.paths:
        msg = "--shards and --engine ray read files and write files: name inputs and --out"
        raise UsageError(msg)
    if not out.rpartition("/")[2] or (how.shards is None and storage.is_folder(out)):
        msg = f"{out}: is a folder; name a file to write"
        raise UsageError(msg)
    if how.shards is None and out.lower().endswith(".parquet"):
        msg = f"{out}: tables cannot be joined; say with --shards how many are to be written"
        raise UsageError(msg)
    inputs.keep_apart(files_of(out), job.paths)
    # Its mistakes are the user's to know before anything is started.
    Pipeline(job.settings)
    return out


def _tell_never_sure(job: Job) -> None:
    """Say of which tasks no answer is sure: a threshold of 1 was fitted where none helps."""
    names = [job.settings.model, *([job.settings.open_model] if job.settings.open_targets else [])]
    for name in names if job.computed_by() else ():
        for task, spec in folder.read(folder.find(name)).tasks.items():
            if spec.threshold >= 1 and layer_of(task) in job.settings.layers:
                _say(f"note: {name} is never sure enough of {task}: all its answers are unsure")


def _leave_aside(why: str, names: Sequence[str]) -> None:
    if names:
        more = f" and {len(names) - 1} more" if len(names) > 1 else ""
        _say(f"left aside, {why}: {names[0]}{more}")


def _total(job: Job) -> int | None:
    """Count the documents ahead, if somebody watches the bar."""
    if not progress.is_watched():
        return None
    total = sources.count(job.paths)
    return total if total is None or job.limit is None else min(total, job.limit)


def _stopped(items: int | None, *, goes_on: bool) -> NoReturn:
    how = "the same command goes on from here" if goes_on else "nothing was kept"
    _say(f"stopped{'' if items is None else f' after {items} documents'}; {how}")
    raise typer.Exit(130) from None


def _tell(state: State, out: str | None, listed: str | None, first: Sequence[Failure]) -> None:
    _say(f"{state.documents} documents -> {out or 'standard output'}")
    if not state.failures:
        return
    _say(f"{state.failures} documents set aside -> {listed or 'standard error'}")
    shown = first[:SHOWN] if listed else first
    for failure in shown:
        line = f":{failure.line}" if failure.line else ""
        _say(f"  {failure.file}{line}: {failure.reason}")
    if len(shown) < state.failures:
        _say(f"  and {state.failures - len(shown)} more")


def _say(text: str) -> None:
    typer.echo(text, err=True)
