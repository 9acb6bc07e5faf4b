"""One run of ``argmine annotate``: from inputs to an output that can be gone on with."""

from __future__ import annotations

import math
import time
from contextlib import nullcontext
from dataclasses import dataclass, replace
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec
import typer

from argmine.cli import progress
from argmine.corpus import cluster, shards
from argmine.corpus.workers import annotator
from argmine.errors import UsageError
from argmine.formats import sources, storage
from argmine.formats.cache import Cache
from argmine.formats.writer import SHOWN, Writer
from argmine.pipeline import Pipeline
from argmine.records import Failure

if TYPE_CHECKING:
    from collections.abc import Sequence

    from argmine.corpus.job import Job
    from argmine.corpus.shards import Plan
    from argmine.formats.state import State

# Shards that will be joined are as long as this: few minutes of work are lost with one.
_DOCUMENTS = 1000


@dataclass(frozen=True, slots=True)
class How:
    """Where the work is done, and in how many shards; None for as many as suit."""

    fresh: bool
    shards: int | None
    ray: bool
    address: str | None
    workers: int | None


def run(job: Job, out: str | None, how: How, skipped: Sequence[str]) -> State:
    """Annotate what is left to be annotated, and say what came of it.

    Raises:
        ArgmineError: The run cannot begin, or cannot go on.
    """
    if job.cache is not None:
        # Opened here too, so that a cache that is none ends the run before it begins.
        Cache(job.cache, "")
    if how.ray or how.shards or (out and storage.is_remote(out)):
        state = _sharded(job, out, how)
    else:
        state = _whole(job, out, fresh=how.fresh)
    if skipped:
        more = f" and {len(skipped) - 1} more" if len(skipped) > 1 else ""
        _say(f"left aside, of unknown kind: {skipped[0]}{more}")
    return state


def _whole(job: Job, out: str | None, *, fresh: bool) -> State:
    """Write one output, batch by batch."""
    begun = time.monotonic()
    # What was piped in is gone: nothing can go on from it.
    fresh = fresh or sources.STDIN in job.paths
    identity = job.identity() if out is not None else {}
    path = Path(out) if out is not None else None
    with (
        annotator(job.settings, job.workers, job.cache) as annotate,
        Writer(path, job.paths, identity, fresh=fresh) as writer,
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
    _check(job, out, how)
    begun = time.monotonic()
    with cluster.session(how.address) if how.ray else nullcontext():
        made = _plan(job, str(out), how)
        finished = shards.begin(made, fresh=how.fresh)
        if finished is not None:
            _say(f"{out} is finished: nothing to do (--fresh starts anew)")
            return finished
        found: list[State] = []
        total = sum(shard.items for shard in made.shards)
        try:
            with progress.documents(total, 0) as advance:
                if how.ray:
                    for state in cluster.states(made, how.workers):
                        found.append(state)
                        advance(state.items)
                else:
                    with annotator(job.settings, job.workers, job.cache) as annotate:
                        found += [shards.run(made, s, annotate, advance) for s in made.shards]
        except KeyboardInterrupt:
            _stopped(sum(state.items for state in found), goes_on=True)
        state = shards.end(made, found, time.monotonic() - begun)
    listed = shards.companion(made.out, "failed.jsonl")
    raw = storage.read(listed) if state.failures else b""
    first = [msgspec.json.decode(line, type=Failure) for line in (raw or b"").splitlines()[:SHOWN]]
    target = str(out) if made.joined else f"{made.shards[0].out} and so on"
    _tell(state, target, listed, first)
    return state


def _check(job: Job, out: str | None, how: How) -> None:
    """Refuse what cannot be done in shards.

    Raises:
        UsageError: It says why.
    """
    if out is None or sources.STDIN in job.paths:
        msg = "--shards and --engine ray read files and write files: name inputs and --out"
        raise UsageError(msg)
    if how.shards is None and out.lower().endswith(".parquet"):
        msg = f"{out}: tables cannot be joined; say with --shards how many are to be written"
        raise UsageError(msg)
    # Its mistakes are the user's to know before anything is started.
    Pipeline(job.settings)


def _plan(job: Job, out: str, how: How) -> Plan:
    names = [out, *job.paths, job.settings.model, job.settings.open_model]
    if how.ray:
        # A worker stands in another folder, maybe on another machine.
        names = [_absolute(name) for name in names]
        models = {"model": names[-2], "open_model": names[-1]}
        settings = msgspec.structs.replace(job.settings, **models)
        job = replace(job, settings=settings)
    out, *places, _, _ = names
    alone = len(places) == 1
    sizes = (
        cluster.sizes(job, places)
        if how.ray
        else [sources.measure(name, name, job.columns, alone=alone) for name in job.paths]
    )
    number = how.shards or math.ceil(sum(sizes) / _DOCUMENTS)
    return shards.plan(job, out, places, sizes, number, joined=how.shards is None)


def _absolute(name: str) -> str:
    """Return a path as every machine that shares it knows it; the name of a model is none."""
    path = Path(name)
    return name if storage.is_remote(name) or not path.exists() else str(path.resolve())


def _total(job: Job) -> int | None:
    """Count the documents ahead, if somebody watches the bar."""
    if not progress.is_watched():
        return None
    total = sources.count(job.paths)
    return total if total is None or job.limit is None else min(total, job.limit)


def _stopped(items: int, *, goes_on: bool) -> None:
    how = "the same command goes on from here" if goes_on else "nothing was kept"
    _say(f"stopped after {items} documents; {how}")
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
