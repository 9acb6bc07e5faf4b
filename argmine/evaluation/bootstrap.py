"""Intervals by resampling whole articles: sentences of one article are no independent draws.

Source: Efron and Tibshirani 1993, An Introduction to the Bootstrap; the percentile
method.  Counts of each article are added up by the weights of all draws at once.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from argmine.evaluation import scores

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from argmine.evaluation.scores import Judged

DRAWS = 1000
LEVEL = 0.95


def weights(articles: int, seed: int, draws: int = DRAWS) -> np.ndarray:
    """Return how often each article is drawn: ``[draws, articles]``."""
    rng = np.random.default_rng(seed)
    return rng.multinomial(articles, np.full(articles, 1 / articles), size=draws)


def counts(answers: Sequence[Judged], articles: Sequence[int], number: int) -> np.ndarray:
    """Return the confusions by article: ``[articles, labels, labels]``, gold first.

    Args:
        answers: Answers of one task.
        articles: For each answer the place of its article.
        number: How many articles there are.
    """
    labels = sorted({label for a in answers for label in (a.gold, a.predicted)})
    place = {label: n for n, label in enumerate(labels)}
    found = np.zeros((number, len(labels), len(labels)))
    for answer, article in zip(answers, articles, strict=True):
        found[article, place[answer.gold], place[answer.predicted]] += 1
    return found


def macro_f1(drawn: np.ndarray, by_article: np.ndarray) -> np.ndarray:
    """Return the macro-F1 of every draw; labels that a draw lacks do not count in it.

    A draw that has no row of the task at all is no number.
    """
    summed = np.tensordot(drawn, by_article, axes=(1, 0))
    right = np.diagonal(summed, axis1=1, axis2=2)
    both = summed.sum(axis=1) + summed.sum(axis=2)
    with np.errstate(invalid="ignore"):
        f1 = np.where(both > 0, 2 * right / both, 0.0)
        means: np.ndarray = f1.sum(axis=1) / (both > 0).sum(axis=1)
    return means


def interval(values: np.ndarray) -> tuple[float, float]:
    """Return the middle 95% of the draws, without those that are no number."""
    low, high = np.nanquantile(values, [(1 - LEVEL) / 2, (1 + LEVEL) / 2])
    return float(low), float(high)


def macro_f1_draws(
    answers: Mapping[str, Sequence[Judged]], articles: Mapping[str, Sequence[int]], seed: int
) -> dict[str, np.ndarray]:
    """Return the macro-F1 of every draw by task, the same articles drawn for all."""
    number = 1 + max((place for places in articles.values() for place in places), default=0)
    drawn = weights(number, seed)
    return {
        task: macro_f1(drawn, counts(judged, articles[task], number))
        for task, judged in answers.items()
    }


def mean(answers: Mapping[str, Sequence[Judged]]) -> float:
    """Return the mean macro-F1 of several tasks."""
    return float(np.mean([scores.macro_f1(judged) for judged in answers.values()]))
