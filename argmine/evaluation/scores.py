"""Measures of labelled answers: F1, accuracy, calibration."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from sklearn.metrics import accuracy_score, f1_score

if TYPE_CHECKING:
    from collections.abc import Sequence

BINS = 10
SIDES = ("favor", "against")


@dataclass(frozen=True, slots=True)
class Judged:
    """One answer: the gold label, the predicted one, its probability and all labels'."""

    gold: str
    predicted: str
    score: float | None = None
    scores: dict[str, float] | None = None


def macro_f1(answers: Sequence[Judged]) -> float:
    """Return the mean F1 of the labels that occur in gold or prediction."""
    return float(f1_score(*_columns(answers), average="macro", zero_division=0.0))


def f_avg(answers: Sequence[Judged]) -> float:
    """Return the mean F1 of favor and against, neutral counting only by its confusions.

    A side that neither gold nor answers have is left out.

    Source: Mohammad et al. 2016, SemEval-2016 Task 6.
    """
    occur = {label for answer in answers for label in (answer.gold, answer.predicted)}
    sides = [side for side in SIDES if side in occur]
    return float(f1_score(*_columns(answers), labels=sides, average="macro", zero_division=0.0))


def accuracy(answers: Sequence[Judged]) -> float:
    """Return the share of right answers."""
    return float(accuracy_score(*_columns(answers)))


def calibration_error(answers: Sequence[Judged]) -> float:
    """Return the expected calibration error over ten bins of equal width.

    Source: Naeini et al. 2015, Obtaining Well Calibrated Probabilities Using Bayesian
    Binning.
    """
    total = sum(
        abs(part["score"] - part["accuracy"]) * part["rows"] for part in reliability(answers)
    )
    return total / max(1, len(answers))


def reliability(answers: Sequence[Judged]) -> list[dict[str, float]]:
    """Return mean score, accuracy and rows of each of the ten bins that holds any."""
    bins: dict[int, list[Judged]] = {}
    for answer in answers:
        bins.setdefault(min(int((answer.score or 0.0) * BINS), BINS - 1), []).append(answer)
    return [
        {
            "score": sum(a.score or 0.0 for a in part) / len(part),
            "accuracy": sum(a.gold == a.predicted for a in part) / len(part),
            "rows": len(part),
        }
        for _, part in sorted(bins.items())
    ]


def risks(answers: Sequence[Judged]) -> np.ndarray:
    """Return the share of errors among the surest one, two, three … answers.

    Answers of one score are as sure as each other: each counts their mean.
    """
    scores = np.array([a.score or 0.0 for a in answers])
    wrong = np.array([a.gold != a.predicted for a in answers], dtype=float)
    levels, place = np.unique(-scores, return_inverse=True)
    mean = np.bincount(place, wrong, minlength=len(levels)) / np.bincount(place)
    order = np.argsort(place, kind="stable")
    found: np.ndarray = np.cumsum(mean[place][order]) / np.arange(1, len(answers) + 1)
    return found


def aurc(answers: Sequence[Judged]) -> float:
    """Return the area under the risk-coverage curve: less is better, nought is best.

    Source: Geifman and El-Yaniv 2017, Selective Classification for Deep Neural Networks.
    """
    return float(risks(answers).mean())


def risk_coverage(answers: Sequence[Judged]) -> list[dict[str, float]]:
    """Return the share of errors among the surest tenth, two tenths … and all answers."""
    found = risks(answers)
    ends = [max(1, round(len(found) * share / BINS)) for share in range(1, BINS + 1)]
    return [{"coverage": end / len(found), "risk": float(found[end - 1])} for end in ends]


def brier(answers: Sequence[Judged]) -> float:
    """Return the mean squared distance of the probabilities of all labels from the truth.

    Source: Brier 1950, Verification of Forecasts Expressed in Terms of Probability; from
    0 (sure and right) to 2 (sure and wrong).
    """
    total = 0.0
    for answer in answers:
        scores = answer.scores or {}
        labels = {*scores, answer.gold}
        total += sum((scores.get(label, 0.0) - (label == answer.gold)) ** 2 for label in labels)
    return total / max(1, len(answers))


def _columns(answers: Sequence[Judged]) -> tuple[list[str], list[str]]:
    return [a.gold for a in answers], [a.predicted for a in answers]
