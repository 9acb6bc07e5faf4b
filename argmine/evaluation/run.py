"""Run a model over labelled sentences and gather its answers."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

from argmine.config import nearest
from argmine.errors import DataError
from argmine.evaluation import scores
from argmine.evaluation.scores import Judged
from argmine.model.inputs import Sentence

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    from argmine.model.classifier import Classifier

Answers = dict[str, dict[str, list[Judged]]]


class GoldRow(msgspec.Struct, frozen=True):
    """A labelled sentence: role, stance by target and holder, each if it has one."""

    text: str
    prev: str | None = None
    next: str | None = None
    lang: str = "all"
    role: str | None = None
    stance: dict[str, str] | None = None
    holder: str | None = None

    def labels(self) -> dict[str, str]:
        """Return the labels by the name of the model's task."""
        found = {f"stance.{target}": label for target, label in (self.stance or {}).items()}
        alone = {"role": self.role, "holder": self.holder}
        return found | {task: label for task, label in alone.items() if label is not None}


def read_gold(path: Path) -> list[GoldRow]:
    """Read labelled JSONL.

    Raises:
        DataError: A line is no labelled sentence; the message names file and line.
    """
    decoder = msgspec.json.Decoder(GoldRow)
    rows = []
    try:
        lines = path.read_bytes().splitlines()
    except OSError as error:
        msg = f"{path}: cannot be read: {error.strerror}"
        raise DataError(msg) from None
    for number, line in enumerate(lines, start=1):
        if not line.strip():
            continue
        try:
            rows.append(decoder.decode(line))
        except (msgspec.DecodeError, UnicodeDecodeError) as error:
            msg = f"{path}:{number}: not a labelled sentence: {error}"
            raise DataError(msg) from None
    if not rows:
        msg = f"{path}: holds no labelled sentence"
        raise DataError(msg)
    return rows


def answers(classifier: Classifier, rows: Sequence[GoldRow]) -> Answers:
    """Return the model's answers by language and task.

    Raises:
        DataError: A gold label is none of the model's.
    """
    _check(rows, {n: t.labels for n, t in classifier.info.tasks.items()})
    sentences = [Sentence(row.text, row.prev or "", row.next or "") for row in rows]
    found: Answers = {}
    for row, judged in zip(rows, classifier.judge(sentences), strict=True):
        for task, label in row.labels().items():
            if task in judged:
                answer = Judged(label, judged[task].label, judged[task].score)
                found.setdefault(row.lang, {}).setdefault(task, []).append(answer)
    return found


def table(found: Answers) -> dict[str, dict[str, dict[str, float]]]:
    """Return the measures by language and task."""
    return {
        lang: {
            task: {
                "rows": len(judged),
                "macro_f1": round(scores.macro_f1(judged), 4),
                "accuracy": round(scores.accuracy(judged), 4),
                "ece": round(scores.calibration_error(judged), 4),
            }
            for task, judged in tasks.items()
        }
        for lang, tasks in sorted(found.items())
    }


def _check(rows: Sequence[GoldRow], tasks: Mapping[str, Sequence[str]]) -> None:
    for row in rows:
        for task, label in row.labels().items():
            if task in tasks and label not in tasks[task]:
                hint = nearest(label, list(tasks[task]))
                msg = f"{task}: the model has no label {label!r}; {hint}"
                raise DataError(msg)
