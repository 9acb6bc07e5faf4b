"""Annotate batches, in this process or in others, and give them back in their order."""

from __future__ import annotations

import multiprocessing
import os
import signal
import sys
import threading
import time
from collections import deque
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import closing, contextmanager
from multiprocessing.connection import wait
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec

from argmine.errors import ArgmineError, UsageError
from argmine.formats.batch import Batch
from argmine.formats.cache import Cache
from argmine.pipeline import Pipeline, batches
from argmine.records import Document, Failure
from argmine.resources import processors
from argmine.tally import add, count

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from argmine.pipeline import PipelineConfig

    Annotator = Callable[[Iterable[Document | Failure]], Iterator[Batch]]

Items = list[Document | Failure]

# So many batches are read ahead for each worker: none waits, and memory stays flat.
_AHEAD = 2
# Seconds to wait before a document takes the blame: where a whole machine or cluster node
# is shut down, workers die before the process that would write it down does.
_GRACE = 5.0

_encoder: Encoder | ArgmineError | None = None


@contextmanager
def annotator(settings: PipelineConfig, workers: int, cache: Path | None) -> Iterator[Annotator]:
    """Give what annotates documents: in this process, or in so many others.

    Raises:
        ArgmineError: The settings ask for what cannot be had.
    """
    # Made even where workers have their own: its mistakes are the user's to know.
    pipeline = Pipeline(settings, compiled=workers == 1)
    encoder = Encoder(pipeline, cache)
    if workers == 1:
        yield lambda documents: map(encoder, batches(documents))
        return
    with closing(Workers(settings, workers, cache)) as crew:
        yield crew.annotated


class Encoder:
    """Annotate batches and write them as lines; what the cache holds is not done again."""

    def __init__(self, pipeline: Pipeline, cache: Path | None = None) -> None:
        """Open the cache, if there is to be one."""
        self._pipeline = pipeline
        self._cache = Cache(cache, repr(pipeline.made_by())) if cache is not None else None

    def __call__(self, items: Sequence[Document | Failure]) -> Batch:
        """Annotate one batch."""
        before = dict(self._pipeline.seconds)
        known = self._known(items)
        left = [item for item in items if id(item) not in known]
        fresh = iter(list(self._pipeline.annotate(left)))
        found = [known.get(id(item)) or next(fresh) for item in items]
        if self._cache is not None:
            pairs = zip(items, found, strict=True)
            self._cache.put(
                {
                    self._cache.key(_nowhere(item)): _nowhere(annotation).to_json()
                    for item, annotation in pairs
                    if isinstance(item, Document)
                    and isinstance(annotation, Document)
                    and id(item) not in known
                }
            )
        return Batch(
            items=len(items),
            lines=b"".join(item.to_json() + b"\n" for item in found if isinstance(item, Document)),
            documents=sum(isinstance(item, Document) for item in found),
            failures=[item for item in found if isinstance(item, Failure)],
            counts=count(found),
            seconds={
                name: total - before.get(name, 0.0)
                for name, total in self._pipeline.seconds.items()
            },
            megabytes=_megabytes(),
        )

    def _known(self, items: Sequence[Document | Failure]) -> dict[int, Document]:
        """Return the annotations that the cache has, by the identity of the item."""
        if self._cache is None:
            return {}
        asked = [item for item in items if isinstance(item, Document)]
        keys = [self._cache.key(_nowhere(item)) for item in asked]
        lines = self._cache.get(keys)
        return {
            id(item): _here(Document.from_json(lines[key]), item)
            for item, key in zip(asked, keys, strict=True)
            if key in lines
        }


def _nowhere(document: Document) -> Document:
    """Return a document without its file: moved or renamed it is still the same."""
    meta = {key: value for key, value in document.meta.items() if key != "file"}
    return msgspec.structs.replace(document, meta=meta)


def _here(annotation: Document, document: Document) -> Document:
    return msgspec.structs.replace(annotation, meta={**document.meta, **annotation.meta})


class Workers:
    """Processes that annotate, each with a pipeline of its own.

    They are spawned, not forked: a forked process inherits locks that nobody frees.  One
    that dies is replaced; the batches that were with it are done again one by one, and a
    document whose second try kills its worker too is set aside.
    """

    def __init__(
        self,
        settings: PipelineConfig,
        number: int,
        cache: Path | None = None,
        threads: int | None = None,
    ) -> None:
        """Start nothing yet; each will use so many threads, a fair share if absent."""
        self._settings = settings
        self._cache = cache
        self._number = number
        self._threads = threads or max(1, processors() // number)
        self._executor: ProcessPoolExecutor | None = None

    def annotated(self, documents: Iterable[Document | Failure]) -> Iterator[Batch]:
        """Yield the annotated batches in the order of the documents."""
        waiting: deque[tuple[Items, Future[Batch]]] = deque()
        for items in batches(documents):
            waiting.append((items, self._submit(items)))
            if len(waiting) >= self._number * _AHEAD:
                yield self._next(waiting)
        while waiting:
            yield self._next(waiting)

    def _next(self, waiting: deque[tuple[Items, Future[Batch]]]) -> Batch:
        items, future = waiting.popleft()
        try:
            return future.result()
        except BrokenProcessPool:
            # All that was under way is lost with the pool; only one of them is to blame.
            self.close()
            found = self._again(items)
            again = [(lost, self._submit(lost)) for lost, _ in waiting]
            waiting.clear()
            waiting.extend(again)
            return found

    def _again(self, items: Items) -> Batch:
        """Do a batch whose worker has died, document by document."""
        parts = []
        for item in items:
            try:
                parts.append(self._submit([item]).result())
            except BrokenProcessPool:
                time.sleep(_GRACE)
                self.close()
                parts.append(_lost(item))
        return _joined(parts)

    def _submit(self, items: Items) -> Future[Batch]:
        if self._executor is None:
            self._executor = self._started()
        try:
            return self._executor.submit(_work, items)
        except BrokenProcessPool as error:
            broken: Future[Batch] = Future()
            broken.set_exception(error)
            return broken

    def _started(self) -> ProcessPoolExecutor:
        """Return processes of which one has loaded its pipeline.

        Without that, every document would take the blame for a machine without memory.

        Raises:
            UsageError: One ends as it begins, and another one too.
            ArgmineError: It cannot load its pipeline.
        """
        for _ in range(2):
            executor = ProcessPoolExecutor(
                self._number,
                mp_context=multiprocessing.get_context("spawn"),
                initializer=_load,
                initargs=(self._settings, self._threads, self._cache),
            )
            try:
                executor.submit(_ready).result()
            except BrokenProcessPool:
                executor.shutdown(wait=True)
            except BaseException:
                executor.shutdown(wait=False, cancel_futures=True)
                raise
            else:
                return executor
        time.sleep(_GRACE)
        msg = "a worker process ended as it began; is there memory for --workers of them?"
        raise UsageError(msg)

    def close(self) -> None:
        """Stop them all; work that comes later starts new ones."""
        if self._executor is not None:
            self._executor.shutdown(wait=True, cancel_futures=True)
            self._executor = None


def _megabytes() -> int:
    """Return the most memory that this process has held."""
    try:
        # What the resource module tells counts the process that has started this one, too.
        status = Path("/proc/self/status").read_text(encoding="ascii")
        return int(status.partition("VmHWM:")[2].split()[0]) >> 10
    except (OSError, ValueError, IndexError):
        pass
    try:
        import resource  # noqa: PLC0415
    except ImportError:  # not on Windows
        return 0
    scale = 1 << 20 if sys.platform == "darwin" else 1 << 10
    return int(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / scale)


def _load(settings: PipelineConfig, threads: int, cache: Path | None) -> None:
    # Ctrl-C reaches all processes; the first one ends the run in order.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    threading.Thread(target=_end_with_parent, daemon=True).start()
    global _encoder  # noqa: PLW0603 - a worker process has one, loaded once
    try:
        _encoder = Encoder(Pipeline(settings, threads=threads), cache)
    except Exception as error:  # noqa: BLE001 - told to whoever gives it work
        _encoder = error if isinstance(error, ArgmineError) else UsageError(repr(error))


def _end_with_parent() -> None:
    """End this process when the one that started it is killed, and so cannot say so."""
    parent = multiprocessing.parent_process()
    if parent is not None:
        wait([parent.sentinel])
        os._exit(1)


def _ready() -> None:
    """Raise what has kept this process from loading its pipeline."""
    if isinstance(_encoder, ArgmineError):
        raise _encoder


def _work(items: Items) -> Batch:
    if not isinstance(_encoder, Encoder):
        msg = "the worker has no pipeline"
        raise TypeError(msg)
    return _encoder(items)


def _lost(item: Document | Failure) -> Batch:
    if isinstance(item, Failure):
        failure = item
    else:
        name = str(item.meta.get("file", ""))
        failure = Failure(file=name, id=item.id, reason="its worker process died twice over it")
    return Batch(1, b"", 0, [failure], count([failure]), {})


def _joined(parts: Sequence[Batch]) -> Batch:
    counts: dict[str, dict[str, int]] = {}
    seconds: dict[str, float] = {}
    for part in parts:
        counts = add(counts, part.counts)
        seconds = {
            name: seconds.get(name, 0.0) + part.seconds.get(name, 0.0)
            for name in dict.fromkeys([*seconds, *part.seconds])
        }
    return Batch(
        items=sum(part.items for part in parts),
        lines=b"".join(part.lines for part in parts),
        documents=sum(part.documents for part in parts),
        failures=[failure for part in parts for failure in part.failures],
        counts=counts,
        seconds=seconds,
        megabytes=max((part.megabytes for part in parts), default=0),
    )
