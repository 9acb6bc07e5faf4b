"""Two sets of answers to the same labelled sentences: is the difference more than chance?"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
from scipy.stats import binomtest

from argmine.errors import DataError
from argmine.evaluation import bootstrap, run, scores

if TYPE_CHECKING:
    from collections.abc import Sequence

    from argmine.evaluation.run import Answer


def compare(first: Sequence[Answer], second: Sequence[Answer], seed: int) -> dict[str, Any]:
    """Return both macro-F1 by task, their difference, and what chance makes of it.

    Tasks that only one of them answers are left out.  McNemar's test asks whether one is
    right where the other is wrong more often than the reverse (exact, two-sided); the
    paired bootstrap draws whole articles.  Both are corrected over the tasks after Holm.

    Source: Dietterich 1998, Approximate Statistical Tests; Berg-Kirkpatrick et al. 2012,
    An Empirical Investigation of Statistical Significance in NLP; Holm 1979.
    """
    one, two = run.by_task(first), run.by_task(second)
    tasks = [task for task in one if task in two]
    both = {task: _shared(one[task], two[task]) for task in tasks}
    both = {task: pair for task, pair in both.items() if pair[0]}
    if not both:
        msg = "no labelled sentence has an answer of both for the same task"
        raise DataError(msg)
    tasks = list(both)
    found = {task: _task(*pair, seed) for task, pair in both.items()}
    for name in ("mcnemar_p", "bootstrap_p"):
        for task, p in zip(tasks, holm([found[task][name] for task in tasks]), strict=True):
            found[task][f"{name}_holm"] = round(p, 4)
    return found


def _shared(first: Sequence[Answer], second: Sequence[Answer]) -> tuple[list[Answer], list[Answer]]:
    """Return the answers to the sentences that both have answered, in one order."""
    others = {_key(answer): answer for answer in second}
    pairs = [(a, others[_key(a)]) for a in first if _key(a) in others]
    return [a for a, _ in pairs], [b for _, b in pairs]


def _key(answer: Answer) -> tuple[str | int, str | None]:
    row = answer.row
    return row.id or row.where or id(row), row.target


def holm(values: Sequence[float]) -> list[float]:
    """Return p-values corrected for their number by Holm's step-down method."""
    order = np.argsort(values)
    corrected = [0.0] * len(values)
    highest = 0.0
    for rank, place in enumerate(order):
        highest = max(highest, min(1.0, values[place] * (len(values) - rank)))
        corrected[place] = highest
    return corrected


def _task(first: Sequence[Answer], second: Sequence[Answer], seed: int) -> dict[str, Any]:
    places = run.article_places({"": first})[""]
    parts = [[answer.judged for answer in answers] for answers in (first, second)]
    number = 1 + max(places)
    drawn = bootstrap.weights(number, seed)
    draws = [bootstrap.macro_f1(drawn, bootstrap.counts(p, places, number)) for p in parts]
    difference = draws[1] - draws[0]
    f1 = [scores.macro_f1(part) for part in parts]
    only = [0, 0]
    for a, b in zip(*parts, strict=True):
        only[0] += a.gold == a.predicted and b.gold != b.predicted
        only[1] += b.gold == b.predicted and a.gold != a.predicted
    # One is added so that no finite number of draws makes a p of nought.
    against = min(np.sum(difference <= 0), np.sum(difference >= 0))
    p = min(1.0, 2 * (1 + float(against)) / (1 + len(difference)))
    mcnemar = binomtest(min(only), sum(only)).pvalue if sum(only) else 1.0
    return {
        "rows": len(parts[0]),
        "macro_f1": [round(value, 4) for value in f1],
        "difference": round(f1[1] - f1[0], 4),
        "difference_interval": [round(end, 4) for end in bootstrap.interval(difference)],
        "only_one_right": only,
        "mcnemar_p": round(float(mcnemar), 4),
        "bootstrap_p": round(p, 4),
    }
