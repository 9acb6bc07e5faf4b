"""Judge sentences with a model folder; no torch is needed."""

from __future__ import annotations

import os
import threading
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np
from tokenizers import Tokenizer

from argmine.model import engine, folder
from argmine.model.inputs import Row, RowMaker, Sentence, group, pad
from argmine.records import Prediction
from argmine.resources import processors
from argmine.segmentation.language import is_chinese

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    from numpy.typing import NDArray

    from argmine.model.engine import Answers, Device, Precision

UNSURE = "unsure"
# So many pieces of a sentence and its context; a thousand at once stay in the cache.
_PIECES = 64


class Classifier:
    """A loaded model: judge sentences in batches."""

    def __init__(  # noqa: PLR0913 - each has a default
        self,
        path: Path,
        *,
        batch_size: int = 16,
        device: Device = "cpu",
        precision: Precision = "auto",
        unsure: bool = False,
        again: bool = True,
        threads: int | None = None,
    ) -> None:
        """Check and load a model folder.

        ``batch_size`` sentences of middling length are read at once.  With ``unsure`` an
        answer below the threshold of its task gets that label.  Without ``again`` no sentence
        in doubt is read a second time.  On a processor ``threads``
        batches are read side by side, one for each core if absent.

        Raises:
            ModelError: The folder is damaged, or the device is not to be had.
        """
        self.info = folder.read(path)
        self.sha256 = self.info.files[folder.NETWORK].sha256
        self._pieces = batch_size * _PIECES
        self._unsure = unsure
        self._doubt = self.info.window.doubt * again
        tokenizer = Tokenizer.from_file(str(path / folder.TOKENIZER))
        self._maker = RowMaker(tokenizer, self.info.window)
        # Batches side by side, one thread each, beat one batch on all threads.
        self._threads = (threads or processors()) if device == "cpu" else 1
        self.arithmetic = engine.arithmetic(device, precision)
        asked = {name: len(task.labels) for name, task in self.info.tasks.items()}
        self._engine = engine.load(path / folder.NETWORK, asked, device, precision, self._threads)
        self._pool: tuple[int, ThreadPoolExecutor] | None = None

    def prepare(self) -> None:
        """Compile the network beside what else is done; a process that will fork must not."""
        threading.Thread(target=self._engine.prepare).start()

    def logits(self, sentences: Sequence[Sentence]) -> dict[str, NDArray[np.float32]]:
        """Return the uncalibrated scores by task, each ``(sentences, labels)``.

        A sentence longer than the window is read in parts, whose scores count by their
        length.  What is in doubt of one that shares a row is asked again of it by itself.
        """
        rows = self._maker.rows(sentences)
        scores = self._read(rows, len(sentences))
        shared = [owner for row in rows if len(row.ranges) > 1 for owner in row.owners]
        margins = {task: _margins(values) for task, values in scores.items()}
        places = [p for p in shared if any(m[p] < self._doubt for m in margins.values())]
        if places:
            alone = self._maker.rows([replace(sentences[p], follows=False) for p in places])
            for task, values in self._read(alone, len(places)).items():
                doubted = margins[task][places] < self._doubt
                scores[task][places] = np.where(doubted[:, None], values, scores[task][places])
        return scores

    def _read(self, rows: Sequence[Row], number: int) -> dict[str, NDArray[np.float32]]:
        alike: dict[Row, list[Row]] = {}
        for row in rows:
            alike.setdefault(row, []).append(row)
        totals = {
            task: np.zeros((number, len(spec.labels)), dtype=np.float32)
            for task, spec in self.info.tasks.items()
        }
        lengths = np.zeros((number, 1), dtype=np.float32)
        batches = list(group(list(alike), self._pieces))
        for (chosen, shape), answers in zip(
            batches, self._workers().map(self._run, batches), strict=True
        ):
            line, place, owner, pieces = _places(chosen, alike)
            weights = pieces[:, None].astype(np.float32)
            np.add.at(lengths, owner, weights)
            for task, found in answers.items():
                # A network of one sentence a row may have no axis for its sentences.
                values = found.reshape(shape[0], -1, found.shape[-1])[line, place]
                np.add.at(totals[task], owner, values * weights)
        return {task: total / lengths for task, total in totals.items()}

    def judge(self, sentences: Sequence[Sentence]) -> list[dict[str, Prediction]]:
        """Return one prediction by task for each sentence, in order."""
        if not sentences:
            return []
        logits = self.logits(sentences)
        langs = ["zh" if is_chinese(sentence.text) else "en" for sentence in sentences]
        results: list[dict[str, Prediction]] = [{} for _ in sentences]
        for task, spec in self.info.tasks.items():
            divisors = [spec.temperatures.get(lang, spec.temperature) for lang in langs]
            shares = softmax(logits[task] / np.array(divisors, dtype=np.float32)[:, None])
            for result, share in zip(results, shares, strict=True):
                result[task] = _prediction(spec.labels, share, spec.threshold * self._unsure)
        return results

    def _workers(self) -> ThreadPoolExecutor:
        """Return the threads of this process: a forked one inherits none."""
        if self._pool is None or self._pool[0] != os.getpid():
            self._pool = (os.getpid(), ThreadPoolExecutor(self._threads))
        return self._pool[1]

    def _run(self, batch: tuple[list[Row], tuple[int, int]]) -> Answers:
        rows, shape = batch
        return self._engine(pad(rows, self._maker.pad, shape))


def _places(rows: Sequence[Row], alike: Mapping[Row, Sequence[Row]]) -> NDArray[np.int64]:
    """Return row, place in it, owner and pieces of all sentences judged: ``(4, sentences)``."""
    found = [
        (number, place, owner, end - start)
        for number, row in enumerate(rows)
        for twin in alike[row]
        for place, (owner, (start, end)) in enumerate(zip(twin.owners, row.ranges, strict=True))
    ]
    return np.array(found, dtype=np.int64).T


def _margins(values: NDArray[np.float32]) -> NDArray[np.float32]:
    """Return how far the probabilities of the two best labels lie apart, ``(sentences,)``."""
    best = np.sort(softmax(values), axis=-1)
    margins: NDArray[np.float32] = best[:, -1] - best[:, -2]
    return margins


def softmax(values: NDArray[np.float32]) -> NDArray[np.float32]:
    """Return shares along the last axis that add up to one."""
    raised = np.exp(values - values.max(axis=-1, keepdims=True))
    sums = raised.sum(axis=-1, keepdims=True, dtype=np.float32)
    shares: NDArray[np.float32] = np.divide(raised, sums, dtype=np.float32)
    return shares


def _prediction(labels: Sequence[str], shares: NDArray[np.float32], threshold: float) -> Prediction:
    scores = {label: round(float(share), 4) for label, share in zip(labels, shares, strict=True)}
    label = labels[int(np.argmax(shares))]
    # A threshold of 1 stands for none: a score is never sure enough, rounded up or not.
    sure = threshold < 1 and scores[label] >= threshold
    return Prediction(label if sure else UNSURE, scores[label], scores)
