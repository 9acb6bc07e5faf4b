"""One run of ``argmine annotate``: from inputs to an output that can be gone on with."""

from __future__ import annotations

import hashlib
import sys
import time
from datetime import UTC, datetime
from importlib import metadata
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec
import typer

from argmine.cli import summary as table
from argmine.cli.progress import is_watched, watched
from argmine.formats import sources
from argmine.formats.cache import Cache
from argmine.formats.writer import SHOWN, Writer
from argmine.model import folder
from argmine.pipeline import Pipeline
from argmine.workers import Workers, annotated

if TYPE_CHECKING:
    from collections.abc import Iterator

    from argmine.formats.sources import Columns, Inputs
    from argmine.formats.writer import Batch
    from argmine.pipeline import PipelineConfig
    from argmine.records import Document, Failure

# Of more inputs one digest is kept, and which of them has changed is not told.
_NAMED = 1000


class Run:
    """What is to be annotated, and how."""

    def __init__(
        self,
        inputs: Inputs,
        columns: Columns,
        settings: PipelineConfig,
        *,
        limit: int | None,
        workers: int,
        cache: Path | None,
    ) -> None:
        """Read and load nothing yet."""
        self._inputs = inputs
        self._columns = columns
        self._settings = settings
        self._limit = limit
        self._workers = workers
        self._cache = cache

    def __call__(self, out: Path | None, *, fresh: bool, summary: bool) -> int:
        """Annotate what is left to be annotated; return how many documents were set aside."""
        begun = time.monotonic()
        # Made even where workers have their own: its mistakes are the user's to know.
        pipeline: Pipeline | None = Pipeline(self._settings)
        if self._workers > 1:
            pipeline = None
        if self._cache is not None:
            # Opened here too, so that a cache that is none ends the run before it begins.
            Cache(self._cache, "")
        # What was piped in is gone: nothing can go on from it.
        fresh = fresh or sources.STDIN in self._inputs.paths
        identity = self._identity() if out is not None else {}
        with Writer(out, self._inputs.paths, identity, fresh=fresh) as writer:
            if writer.finished:
                typer.echo(f"{out} is finished: nothing to do (--fresh starts anew)", err=True)
            else:
                if writer.state.items:
                    typer.echo(f"going on after {writer.state.items} documents", err=True)
                self._annotate(writer, pipeline, out)
                writer.finish(self._report(time.monotonic() - begun))
            self._tell(writer, out)
            if summary:
                table.show(writer.state.counts, writer.state.seconds)
        return writer.state.failures

    def _annotate(self, writer: Writer, pipeline: Pipeline | None, out: Path | None) -> None:
        done = writer.state.items
        documents = sources.read(self._inputs.paths, self._columns, skip=done)
        if self._limit is not None:
            documents = islice(documents, max(0, self._limit - done))
        try:
            for batch in watched(self._batches(pipeline, documents), self._total(), done):
                writer.write(batch)
        except KeyboardInterrupt:
            how = "the same command goes on from here" if out else "nothing was kept"
            typer.echo(f"stopped after {writer.state.items} documents; {how}", err=True)
            raise typer.Exit(130) from None

    def _batches(
        self, pipeline: Pipeline | None, documents: Iterator[Document | Failure]
    ) -> Iterator[Batch]:
        if pipeline is not None:
            return annotated(pipeline, documents, self._cache)
        return Workers(self._settings, self._workers, self._cache).annotated(documents)

    def _total(self) -> int | None:
        """Count the documents ahead, if somebody watches the bar."""
        if not is_watched():
            return None
        total = sources.count(self._inputs.paths)
        return total if total is None or self._limit is None else min(total, self._limit)

    def _identity(self) -> dict[str, object]:
        """Return what the output depends on: inputs, settings, models, version."""
        digests = {name: _digest(Path(name)) for name in self._inputs.paths}
        if len(digests) > _NAMED:
            whole = hashlib.sha256(repr(sorted(digests.items())).encode()).hexdigest()
            digests = {f"{len(digests)} files": whole}
        settings = msgspec.to_builtins(self._settings)
        models = {}
        if set(self._settings.layers) & {"role", "stance", "holder", "labels"}:
            models["model"] = _model(self._settings.model)
            if self._settings.open_targets:
                models["open model"] = _model(self._settings.open_model)
        return {
            "argmine": metadata.version("argmine"),
            "input": digests,
            "setting": settings,
            "limit": self._limit,
            **models,
        }

    def _report(self, seconds: float) -> dict[str, object]:
        return {
            "finished": datetime.now(UTC).isoformat(timespec="seconds"),
            "wall_seconds_of_last_start": round(seconds, 2),
            "workers": self._workers,
            "peak_memory_mb": _peak_memory(),
            "python": sys.version.split()[0],
            "onnxruntime": metadata.version("onnxruntime"),
        }

    def _tell(self, writer: Writer, out: Path | None) -> None:
        state = writer.state
        target = str(out) if out else "standard output"
        typer.echo(f"{state.documents} documents -> {target}", err=True)
        skipped = self._inputs.skipped
        if skipped:
            more = f" and {len(skipped) - 1} more" if len(skipped) > 1 else ""
            typer.echo(f"left aside, of unknown kind: {skipped[0]}{more}", err=True)
        if not state.failures:
            return
        place = writer.failures_path
        typer.echo(f"{state.failures} documents set aside -> {place or 'standard error'}", err=True)
        first = writer.first_failures
        shown = first[:SHOWN] if place else first
        for failure in shown:
            line = f":{failure.line}" if failure.line else ""
            typer.echo(f"  {failure.file}{line}: {failure.reason}", err=True)
        if len(shown) < state.failures:
            typer.echo(f"  and {state.failures - len(shown)} more", err=True)


def _digest(path: Path) -> str:
    """Return a digest of an input; of a folder, of all files in it."""
    try:
        if path.is_dir():
            inner = sorted(part for part in path.rglob("*") if part.is_file())
            told = [(part.name, folder.digest(part)) for part in inner]
            return hashlib.sha256(repr(told).encode()).hexdigest()
        return folder.digest(path)
    except OSError as error:
        # What cannot be read becomes a failure when its turn comes.
        return f"unreadable: {error.strerror}"


def _model(name: str) -> str:
    return folder.describe(folder.find(name)).files[folder.NETWORK].sha256


def _peak_memory() -> int | None:
    """Return the most memory this process and its workers held, each, in megabytes."""
    try:
        import resource  # noqa: PLC0415
    except ImportError:  # not on Windows
        return None
    scale = 1 << 20 if sys.platform == "darwin" else 1 << 10
    used = (
        resource.getrusage(who).ru_maxrss
        for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)
    )
    return int(max(used) / scale)
