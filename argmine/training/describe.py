"""Calibrate an exported model on dev and write what its folder says of itself."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import msgspec
import numpy as np

from argmine.evaluation.scores import Judged, calibration_error, macro_f1
from argmine.model import folder
from argmine.model.classifier import Classifier, softmax
from argmine.training import card
from argmine.training.data import NO_LABEL

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence
    from pathlib import Path

    from numpy.typing import NDArray
    from torch import Tensor

    from argmine.training.config import TrainingConfig
    from argmine.training.data import Example

Scores = dict[str, dict[str, float]]

# Below so many rows a language has no temperature of its own.
_ENOUGH = 50
# An answer is sure where answers of its score or more are right this often.
_SURE = 0.9


@dataclass(frozen=True, slots=True)
class Known:
    """The rows of dev that have a label for one task."""

    logits: NDArray[np.float32]
    gold: NDArray[np.int64]
    langs: NDArray[np.str_]


@dataclass(frozen=True, slots=True)
class Trained:
    """What the network said of dev before its weights were rounded, and its layout."""

    logits: Mapping[str, Tensor]
    config: Mapping[str, object]


def describe(
    settings: TrainingConfig,
    dev: Sequence[Example],
    trained: Trained,
    out: Path,
) -> Scores:
    """Write ``model.toml`` and the card; return macro-F1 by language and task."""
    info = folder.ModelInfo(
        schema=1,
        name=settings.name,
        encoder=settings.encoder_name or settings.encoder,
        summary=settings.card.summary,
        licence=settings.card.licence,
        tasks={name: folder.Task(labels=task.labels) for name, task in settings.tasks.items()},
        files={name: _contents(out / name) for name in (folder.NETWORK, folder.TOKENIZER)},
        window=settings.window,
        encoder_config={k: v for k, v in trained.config.items() if v is not None},
    )
    sentences = [example.sentence for example in dev]
    _write(info, out)
    # What rounding changes is measured on rows that are read once, as in training.
    rounded = Classifier(out, again=False).logits(sentences)
    logits = Classifier(out).logits(sentences) if settings.window.doubt else rounded
    known = {task: _known(values, dev, task) for task, values in logits.items()}
    tasks = {name: _calibrated(task, known[name]) for name, task in info.tasks.items()}
    answers = {name: list(_judged(tasks[name], part)) for name, part in known.items()}
    measured = {
        name: _by_language(answers, known, measure)
        for name, measure in (("scores", macro_f1), ("calibration", calibration_error))
    }
    rounding = {
        task: _rounding(
            _known(rounded[task], dev, task), _known(trained.logits[task].numpy(), dev, task)
        )
        for task, part in known.items()
        if len(part.gold)
    }
    info = msgspec.structs.replace(info, tasks=tasks, rounding=rounding, **measured)
    _write(info, out)
    (out / "README.md").write_text(card.render(settings, info, len(dev)), encoding="utf-8")
    return info.scores


def temperature(logits: NDArray[np.float32], gold: NDArray[np.int64]) -> float:
    """Return the temperature with the least log loss on labelled data.

    Source: Guo et al. 2017, On Calibration of Modern Neural Networks.
    """

    def loss(value: float) -> float:
        share = softmax(logits / value)[np.arange(len(gold)), gold]
        return float(-np.log(share + 1e-12).mean())

    return min((round(0.3 + 0.02 * step, 2) for step in range(136)), key=loss)


def threshold(answers: Sequence[Judged]) -> float:
    """Return the least score from which on answers are right nine times in ten.

    1 if no score is enough; 0 if all answers together are right so often.
    """
    ordered = sorted(answers, key=lambda a: -(a.score or 0.0))
    right = np.cumsum([a.gold == a.predicted for a in ordered])
    shares = right / np.arange(1, len(ordered) + 1)
    # A few answers at the top prove nothing.
    enough = [
        n for n in range(len(ordered)) if n + 1 >= min(20, len(ordered)) and shares[n] >= _SURE
    ]
    if not enough:
        return 1.0
    last = enough[-1]
    return 0.0 if last == len(ordered) - 1 else round(ordered[last].score or 0.0, 4)


def _known(logits: NDArray[np.float32], dev: Sequence[Example], task: str) -> Known:
    gold = np.array([example.labels[task] for example in dev])
    langs = np.array([example.lang for example in dev])
    has = gold != NO_LABEL
    return Known(logits[has], gold[has], langs[has])


def _calibrated(task: folder.Task, known: Known) -> folder.Task:
    if not len(known.gold):
        return task
    by_language = {
        str(lang): temperature(known.logits[known.langs == lang], known.gold[known.langs == lang])
        for lang in np.unique(known.langs)
        if (known.langs == lang).sum() >= _ENOUGH
    }
    found = folder.Task(
        labels=task.labels,
        temperature=temperature(known.logits, known.gold),
        temperatures=by_language,
    )
    return msgspec.structs.replace(found, threshold=threshold(list(_judged(found, known))))


def _judged(task: folder.Task, known: Known) -> Iterator[Judged]:
    for logits, gold, lang in zip(known.logits, known.gold, known.langs, strict=True):
        shares = softmax(logits / task.temperatures.get(str(lang), task.temperature))
        best = int(np.argmax(shares))
        yield Judged(task.labels[gold], task.labels[best], float(shares[best]))


def _by_language(
    answers: Mapping[str, Sequence[Judged]],
    known: Mapping[str, Known],
    measure: Callable[[Sequence[Judged]], float],
) -> Scores:
    found: Scores = {}
    for task, part in answers.items():
        for lang in np.unique(known[task].langs):
            chosen = [a for a, own in zip(part, known[task].langs, strict=True) if own == lang]
            found.setdefault(str(lang), {})[task] = round(measure(chosen), 4)
    return dict(sorted(found.items()))


def _rounding(after: Known, before: Known) -> folder.Rounding:
    """Measure what rounding the weights to 8 bits has changed.

    A sentence longer than its window counts too: training reads its first window alone, so
    the change is stated rather too large than too small.
    """
    labels = [known.logits.argmax(axis=1) for known in (before, after)]
    f1 = [
        macro_f1([Judged(str(g), str(p)) for g, p in zip(after.gold, part, strict=True)])
        for part in labels
    ]
    return folder.Rounding(
        equal_labels=round(float((labels[0] == labels[1]).mean()), 4),
        macro_f1_change=round(f1[1] - f1[0], 4),
    )


def _contents(path: Path) -> folder.Contents:
    return folder.Contents(sha256=folder.digest(path), bytes=path.stat().st_size)


def _write(info: folder.ModelInfo, out: Path) -> None:
    (out / folder.DESCRIPTION).write_bytes(msgspec.toml.encode(info))
