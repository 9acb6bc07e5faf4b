"""Run a model folder with ONNX Runtime; no torch is needed."""

from __future__ import annotations

import os
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING

import numpy as np
import onnxruntime
from tokenizers import Tokenizer

from argmine.errors import ModelError
from argmine.model import folder
from argmine.model.inputs import Row, RowMaker, Sentence, pad
from argmine.records import Prediction
from argmine.segmentation.language import is_chinese

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from numpy.typing import NDArray

_PROVIDERS = {"cpu": "CPUExecutionProvider", "cuda": "CUDAExecutionProvider"}


UNSURE = "unsure"


class Classifier:
    """A loaded model: judge sentences in batches."""

    def __init__(
        self,
        path: Path,
        *,
        batch_size: int = 16,
        device: str = "cpu",
        unsure: bool = False,
        threads: int | None = None,
    ) -> None:
        """Check and load a model folder.

        With ``unsure`` an answer below the threshold of its task gets that label.  On a
        processor ``threads`` batches are read side by side, one for each core if absent.

        Raises:
            ModelError: The folder is damaged, or the device is not to be had.
        """
        self.info = folder.read(path)
        self.sha256 = self.info.files[folder.NETWORK].sha256
        self._batch_size = batch_size
        self._unsure = unsure
        tokenizer = Tokenizer.from_file(str(path / folder.TOKENIZER))
        self._maker = RowMaker(tokenizer, self.info.window)
        self._session = _session(path / folder.NETWORK, device)
        # Small batches side by side, one thread each, beat one large batch on all
        # threads by a quarter: its rows stay in the cache.
        self._threads = (threads or _processors()) if device == "cpu" else 1
        self._pool: tuple[int, ThreadPoolExecutor] | None = None

    def logits(self, sentences: Sequence[Sentence]) -> dict[str, NDArray[np.float32]]:
        """Return the uncalibrated scores by task, each ``(sentences, labels)``.

        A sentence longer than the window is read in parts, whose scores count by their
        length.
        """
        rows = self._maker.rows(sentences)
        # Rows of like length share a batch: padding costs as much as text.
        order = sorted(range(len(rows)), key=lambda i: len(rows[i].ids))
        totals = {
            task: np.zeros((len(sentences), len(spec.labels)), dtype=np.float32)
            for task, spec in self.info.tasks.items()
        }
        lengths = np.zeros((len(sentences), 1), dtype=np.float32)
        size = self._batch_size
        batches = [[rows[i] for i in order[k : k + size]] for k in range(0, len(order), size)]
        for chosen, answers in zip(batches, self._workers().map(self._run, batches), strict=True):
            for row in chosen:
                lengths[row.owner] += row.end - row.start
            for task, values in answers.items():
                for row, value in zip(chosen, values, strict=True):
                    totals[task][row.owner] += value * (row.end - row.start)
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

    def _run(self, rows: Sequence[Row]) -> dict[str, NDArray[np.float32]]:
        batch = pad(rows, self._maker.pad)
        names = list(self.info.tasks)
        inputs = {"ids": batch.ids, "mask": batch.mask, "own": batch.own}
        values = self._session.run(names, inputs)
        return dict(zip(names, values, strict=True))


def softmax(values: NDArray[np.float32]) -> NDArray[np.float32]:
    """Return shares along the last axis that add up to one."""
    raised = np.exp(values - values.max(axis=-1, keepdims=True))
    shares: NDArray[np.float32] = raised / raised.sum(axis=-1, keepdims=True)
    return shares


def _prediction(labels: Sequence[str], shares: NDArray[np.float32], threshold: float) -> Prediction:
    scores = {label: round(float(share), 4) for label, share in zip(labels, shares, strict=True)}
    label = labels[int(shares.argmax())]
    # A threshold of 1 stands for none: a score is never sure enough, rounded up or not.
    sure = threshold < 1 and scores[label] >= threshold
    return Prediction(label if sure else UNSURE, scores[label], scores)


def _processors() -> int:
    """Return how many processors this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def _session(path: Path, device: str) -> onnxruntime.InferenceSession:
    wanted = _PROVIDERS.get(device)
    if wanted not in onnxruntime.get_available_providers():
        msg = (
            f"device {device!r} is not to be had with this ONNX Runtime; "
            "use --device cpu, or install onnxruntime-gpu for cuda"
        )
        raise ModelError(msg)
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = 1
    options.log_severity_level = 3
    try:
        return onnxruntime.InferenceSession(str(path), options, providers=[wanted])
    except Exception as error:  # noqa: BLE001 - its error types share no base class
        msg = f"{path}: ONNX Runtime cannot load it: {error}"
        raise ModelError(msg) from None
