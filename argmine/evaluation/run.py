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
from argmine.evaluation.answers import Label
from argmine.evaluation.labels import canonical, our_words
from argmine.evaluation.scores import Judged
from argmine.model.inputs import Sentence

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from argmine.evaluation.gold import GoldRow
    from argmine.model.classifier import Classifier

Measures = dict[str, Any]
_TOWARD = "stance."
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
            # A key such as us_policy is asked in words.
            (row.target or "").replace("_", " ") if is_open else "",
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
        stances = _by_target(row.labels())
        if row.target or not stances:
            found.append(row)
            continue
        # What it follows may have no target: each is read by itself.
        found += [
            msgspec.structs.replace(
                row,
                target=target,
                by_task={"stance": label},
                follows=False,
                columns={**row.columns, "target": target},
            )
            for target, label in stances.items()
        ]
    return [row for row in found if row.target] or list(rows)


def toward_targets(answers: Sequence[Answer]) -> list[Answer]:
    """Return answers of fixed targets as those of open ones, to be compared with them."""
    return [
        Answer(
            msgspec.structs.replace(answer.row, target=answer.task.removeprefix(_TOWARD)),
            "stance",
            answer.judged,
        )
        if answer.task.startswith(_TOWARD)
        else answer
        for answer in answers
    ]


def _by_target(labels: Mapping[str, str]) -> dict[str, str]:
    return {t.removeprefix(_TOWARD): label for t, label in labels.items() if t.startswith(_TOWARD)}


def matched(
    rows: Sequence[GoldRow],
    labels: Sequence[dict[str, Label]],
    tasks: Mapping[str, Sequence[str]] | None = None,
) -> list[Answer]:
    """Put gold labels and answers together, task by task, in the same words.

    These are ours for role, stance and holder, unless two labels would become one.
    ``tasks`` are the labels of a model, whose own words may be others still.

    Raises:
        DataError: No task has both a label and an answer.
    """
    pairs = [
        (row, task, gold, given[task])
        for row, given in zip(rows, labels, strict=True)
        for task, gold in row.labels().items()
        if task in given
    ]
    if not pairs:
        asked = ", ".join(sorted({task for row in rows for task in row.labels()})) or "nothing"
        said = ", ".join(sorted({task for given in labels for task in given})) or "nothing"
        msg = f"no task has both a label and an answer: labelled is {asked}, answered {said}"
        raise DataError(msg)
    known = {
        task: _names(task, (tasks or {}).get(task), [pair for pair in pairs if pair[1] == task])
        for task in dict.fromkeys(task for _, task, _, _ in pairs)
    }
    return [
        Answer(row, task, _judged(gold, given, known[task])) for row, task, gold, given in pairs
    ]


def _names(
    task: str, labels: Sequence[str] | None, pairs: Sequence[tuple[GoldRow, str, str, Label]]
) -> dict[str, str]:
    """Return what each label of both sides is called in one set of words."""
    gold = {pair[2] for pair in pairs}
    given = {label for pair in pairs for label in (pair[3].label, *(pair[3].scores or ()))}
    if not labels:
        return our_words(task, gold, given)
    ours = our_words(task, labels)
    own = {label: canonical(label, labels) or label for label in gold | given}
    return {label: ours.get(name, name) for label, name in own.items()}


def _judged(gold: str, given: Label, names: Mapping[str, str]) -> Judged:
    scores_of: dict[str, float] | None = None
    if given.scores:
        scores_of = {}
        for label, score in given.scores.items():
            scores_of[names[label]] = scores_of.get(names[label], 0.0) + score
    return Judged(names[gold], names[given.label], given.score, scores_of)


def table(answers: Sequence[Answer], by: Iterable[str], seed: int) -> Measures:
    """Return the measures of all answers under "all", then by column and value.

    Raises:
        DataError: No line has a column.
    """
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
    stances = {task: part for task, part in judged(tasks).items() if task.startswith(_TOWARD)}
    if len(stances) > 1 and "stance" not in tasks:
        together = np.mean([draws[task] for task in stances], axis=0)
        means = {
            name: round(float(np.mean([found[task][name] for task in stances])), 4)
            for name in _MEASURES[1:]
            if all(name in found[task] for task in stances)
        }
        found["stance"] = {
            "rows": sum(map(len, stances.values())),
            "macro_f1": round(bootstrap.mean(stances), 4),
            "macro_f1_interval": _rounded(bootstrap.interval(together)),
            **means,
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
            places.setdefault(a.row.article or a.row.id or a.row.where or a.row.text, len(places))
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
    if any(task.startswith(_TOWARD) for task in tasks):
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
    alone = [task for task in found["all"] if task.startswith(_TOWARD)]
    if len(alone) == 1 and "stance" not in found["all"]:
        # The mean over one target.
        start = len(alone[0])
        known |= {f"stance{n[start:]}": v for n, v in known.items() if n.startswith(f"{alone[0]}.")}
    for option, name in [*(("--min", n) for n in least), *(("--max", n) for n in most)]:
        if name not in known:
            msg = f"{option} {name}: no such measure; {nearest(name, sorted(known))}"
            raise DataError(msg)
    wrong = [f"{n} is {known[n]:.4f}, below {v:g}" for n, v in least.items() if known[n] < v]
    wrong += [f"{n} is {known[n]:.4f}, above {v:g}" for n, v in most.items() if known[n] > v]
    if wrong:
        raise GateError("; ".join(wrong))


def remarks(rows: Sequence[GoldRow], answers: Sequence[Answer]) -> list[str]:
    """Return what is to be said beside the measures.

    That is: tasks that nothing has answered, gold labels that no answer has and answers that
    no gold label is, for they may be misspelt, and scores that only some answers have.
    """
    parts = by_task(answers)
    labelled = Counter(task for row in rows for task in row.labels())
    found = [
        f"{task}: {number} labelled, and no answer to it"
        for task, number in labelled.items()
        # An open model answers all targets as one task.
        if task not in parts and not (task.startswith(_TOWARD) and "stance" in parts)
    ]
    for task, part in parts.items():
        said = {answer.judged.predicted for answer in part}
        missed = Counter(a.judged.gold for a in part if a.judged.gold not in said)
        found += [
            f"{task}: {number} labelled {label!r}, and no answer is"
            for label, number in missed.items()
        ]
        meant = {answer.judged.gold for answer in part}
        unknown = Counter(a.judged.predicted for a in part if a.judged.predicted not in meant)
        found += [
            f"{task}: {number} answered {label!r}, and no label is"
            for label, number in unknown.items()
        ]
        scored = sum(answer.judged.score is not None for answer in part)
        if 0 < scored < len(part):
            found.append(
                f"{task}: {len(part) - scored} of {len(part)} answers have no score, "
                "so calibration is not measured"
            )
    return found


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
    if answers[0].task.partition(".")[0] == "stance" and set(scores.SIDES) & set(labels):
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
