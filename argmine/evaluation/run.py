"""Gather the answers to labelled sentences and measure them, whole and by group."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import msgspec
import numpy as np

from argmine.config import nearest
from argmine.errors import DataError, GateError, UsageError
from argmine.evaluation import bootstrap, scores
from argmine.evaluation.gold import Label
from argmine.evaluation.labels import canonical, in_our_words
from argmine.evaluation.scores import Judged
from argmine.model.inputs import Sentence

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from argmine.evaluation.gold import GoldRow
    from argmine.model.classifier import Classifier

Measures = dict[str, Any]
_MEASURES = ("macro_f1", "accuracy", "f_avg", "ece", "aurc", "brier")


@dataclass(frozen=True, slots=True)
class Answer:
    """What was said of one labelled sentence for one task."""

    row: GoldRow
    task: str
    judged: Judged


def judge(classifier: Classifier, rows: Sequence[GoldRow]) -> list[dict[str, Label]]:
    """Return the model's answers to labelled sentences.

    Raises:
        DataError: A gold label is none of the model's.
    """
    tasks = classifier.info.tasks
    _check(rows, {name: task.labels for name, task in tasks.items()})
    is_open = classifier.info.takes_targets
    if is_open and (missing := [row for row in rows if not row.target]):
        msg = (
            f"the model judges toward targets, and {len(missing)} rows name none, neither in "
            "`target` nor by the targets of `stance`"
        )
        raise DataError(msg)
    sentences = [
        Sentence(
            row.text,
            row.prev or "",
            row.next or "",
            (row.target or "") if is_open else "",
            follows=row.follows,
        )
        for row in rows
    ]
    return [
        {task: Label(p.label, p.score, p.scores) for task, p in judged.items()}
        for judged in classifier.judge(sentences)
    ]


def by_target(rows: Sequence[GoldRow]) -> list[GoldRow]:
    """Return a row for each target that a row has a stance toward, for a model of open targets.

    Rows without any stance are left out.
    """
    found = []
    for row in rows:
        if (
            row.target
            or row.by_task is not None
            or not (row.stance is None or isinstance(row.stance, dict))
        ):
            found.append(row)
            continue
        # What it follows may have no target: each is read by itself.
        found += [
            msgspec.structs.replace(row, target=target, stance=label, follows=False)
            for target, label in (row.stance or {}).items()
        ]
    return found or list(rows)


def matched(
    rows: Sequence[GoldRow],
    labels: Sequence[dict[str, Label]],
    tasks: Mapping[str, Sequence[str]] | None = None,
) -> list[Answer]:
    """Put gold labels and answers together, task by task, in the same words.

    ``tasks`` are the labels of a model; without them the usual names of role, stance and
    holder are put in our words for them.
    """
    known = tasks or {}
    return [
        Answer(row, task, _judged(task, gold, given[task], known.get(task)))
        for row, given in zip(rows, labels, strict=True)
        for task, gold in row.labels().items()
        if task in given
    ]


def _judged(task: str, gold: str, given: Label, labels: Sequence[str] | None) -> Judged:
    def name(label: str) -> str:
        return (canonical(label, labels) if labels else in_our_words(task, label)) or label

    scores_of = {name(k): v for k, v in given.scores.items()} if given.scores else given.scores
    return Judged(name(gold), name(given.label), given.score, scores_of)


def table(answers: Sequence[Answer], by: Iterable[str], seed: int) -> Measures:
    """Return the measures of all answers under "all", then by column and value.

    Raises:
        DataError: No task has both a label and an answer, or no line has a column.
    """
    if not answers:
        msg = "no task has both a gold label and an answer"
        raise DataError(msg)
    found: Measures = {"all": measures(answers, seed)}
    for column in by:
        groups: dict[str, list[Answer]] = {}
        for answer in answers:
            if column in answer.row.columns:
                groups.setdefault(str(answer.row.columns[column]), []).append(answer)
        if not groups:
            columns = sorted({name for answer in answers for name in answer.row.columns})
            msg = f"--by {column}: no labelled sentence has that column; {nearest(column, columns)}"
            raise DataError(msg)
        found[column] = {value: measures(part, seed) for value, part in sorted(groups.items())}
    return found


def measures(answers: Sequence[Answer], seed: int) -> Measures:
    """Return the measures by task; "stance" is the mean over its targets."""
    tasks = by_task(answers)
    places = article_places(tasks)
    draws = bootstrap.macro_f1_draws(judged(tasks), places, seed)
    found = {task: _measures(part, draws[task]) for task, part in tasks.items()}
    stances = {task: part for task, part in judged(tasks).items() if task.startswith("stance.")}
    if len(stances) > 1:
        together = np.mean([draws[task] for task in stances], axis=0)
        found["stance"] = {
            "rows": sum(map(len, stances.values())),
            "macro_f1": round(bootstrap.mean(stances), 4),
            "macro_f1_interval": _rounded(bootstrap.interval(together)),
            "f_avg": round(float(np.mean([found[task]["f_avg"] for task in stances])), 4),
        }
    return found


def by_task(answers: Sequence[Answer]) -> dict[str, list[Answer]]:
    """Return the answers of each task, in order."""
    found: dict[str, list[Answer]] = {}
    for answer in answers:
        found.setdefault(answer.task, []).append(answer)
    return found


def judged(tasks: Mapping[str, Sequence[Answer]]) -> dict[str, list[Judged]]:
    """Return what was judged, by task."""
    return {task: [answer.judged for answer in part] for task, part in tasks.items()}


def article_places(tasks: Mapping[str, Sequence[Answer]]) -> dict[str, list[int]]:
    """Number the articles; a sentence without one is an article of its own."""
    places: dict[str, int] = {}
    return {
        task: [
            places.setdefault(a.row.article or a.row.id or str(id(a.row)), len(places))
            for a in part
        ]
        for task, part in tasks.items()
    }


def check_demands(rows: Sequence[GoldRow], demands: Iterable[tuple[str, str]]) -> None:
    """Refuse, before anything is judged, to hold a task to a measure that there cannot be.

    Each demand comes with its option.

    Raises:
        UsageError: It names the nearest one.
    """
    tasks = sorted({task for row in rows for task in row.labels()})
    if any(task.startswith("stance.") for task in tasks):
        tasks.append("stance")  # their mean
    known = [
        f"{task}.{measure}"
        for task in tasks
        for measure in _MEASURES
        if measure != "f_avg" or task.startswith("stance")
    ]
    for option, demand in demands:
        if demand not in known:
            msg = f"{option} {demand}: no such measure of these rows; {nearest(demand, known)}"
            raise UsageError(msg)


def gate(
    found: Measures, least: Mapping[str, float], most: Mapping[str, float] | None = None
) -> None:
    """Hold measures of all answers to their least and their greatest value.

    Args:
        found: What ``table`` returned.
        least: ``task.measure`` and the least value: ``stance.macro_f1``.
        most: The greatest values, of errors: ``stance.ece``.

    Raises:
        DataError: There is no such measure.
        GateError: One is below or above.
    """
    most = most or {}
    known = {
        f"{task}.{name}": value
        for task, part in found["all"].items()
        for name, value in part.items()
        if isinstance(value, float)
    }
    for option, name in [*(("--min", n) for n in least), *(("--max", n) for n in most)]:
        if name not in known:
            msg = f"{option} {name}: no such measure; {nearest(name, sorted(known))}"
            raise DataError(msg)
    wrong = [f"{n} is {known[n]:.4f}, below {v:g}" for n, v in least.items() if known[n] < v]
    wrong += [f"{n} is {known[n]:.4f}, above {v:g}" for n, v in most.items() if known[n] > v]
    if wrong:
        raise GateError("; ".join(wrong))


def never_answered(answers: Sequence[Answer]) -> list[str]:
    """Return what is to be said of gold labels that no answer has: they may be misspelt."""
    said: dict[str, set[str]] = {}
    for answer in answers:
        said.setdefault(answer.task, set()).add(answer.judged.predicted)
    missed = Counter(
        (answer.task, answer.judged.gold)
        for answer in answers
        if answer.judged.gold not in said[answer.task]
    )
    return [
        f"{task}: {rows} labelled {label!r}, and no answer is"
        for (task, label), rows in missed.items()
    ]


def _measures(answers: Sequence[Answer], draws: np.ndarray) -> Measures:
    part = [answer.judged for answer in answers]
    labels = sorted({label for a in part for label in (a.gold, a.predicted)})
    counts = bootstrap.counts(part, [0] * len(part), 1)[0].astype(int)
    found: Measures = {
        "rows": len(part),
        "macro_f1": round(scores.macro_f1(part), 4),
        "macro_f1_interval": _rounded(bootstrap.interval(draws)),
        "accuracy": round(scores.accuracy(part), 4),
    }
    if answers[0].task.partition(".")[0] == "stance":
        found["f_avg"] = round(scores.f_avg(part), 4)
    if all(a.score is not None for a in part):
        found["ece"] = round(scores.calibration_error(part), 4)
        found["aurc"] = round(scores.aurc(part), 4)
        found["reliability"] = scores.reliability(part)
        found["risk_coverage"] = scores.risk_coverage(part)
    if all(a.scores for a in part):
        found["brier"] = round(scores.brier(part), 4)
    found["labels"] = _by_label(labels, counts)
    found["confusion"] = {"labels": labels, "gold_by_predicted": counts.tolist()}
    return found


def _by_label(labels: Sequence[str], counts: np.ndarray) -> Measures:
    """Return precision, recall, F1 and gold rows of each label."""
    right, gold, predicted = np.diagonal(counts), counts.sum(axis=1), counts.sum(axis=0)
    return {
        label: {
            "precision": round(float(right[n] / max(1, predicted[n])), 4),
            "recall": round(float(right[n] / max(1, gold[n])), 4),
            "f1": round(float(2 * right[n] / max(1, gold[n] + predicted[n])), 4),
            "rows": int(gold[n]),
        }
        for n, label in enumerate(labels)
    }


def _rounded(ends: tuple[float, float]) -> list[float]:
    return [round(end, 4) for end in ends]


def _check(rows: Sequence[GoldRow], tasks: Mapping[str, Sequence[str]]) -> None:
    for row in rows:
        for task, label in row.labels().items():
            if task in tasks and canonical(label, tasks[task]) is None:
                hint = nearest(label, list(tasks[task]))
                place = f"{row.where}: " if row.where else ""
                msg = f"{place}{task}: the model has no label {label!r}; {hint}"
                raise DataError(msg)
