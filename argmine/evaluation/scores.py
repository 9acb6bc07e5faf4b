"""Measures of labelled answers: F1, accuracy, calibration."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

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

    Source: Mohammad et al. 2016, SemEval-2016 Task 6.
    """
    return float(
        f1_score(*_columns(answers), labels=list(SIDES), average="macro", zero_division=0.0)
    )


def accuracy(answers: Sequence[Judged]) -> float:
    """Return the share of right answers."""
    return float(accuracy_score(*_columns(answers)))


def calibration_error(answers: Sequence[Judged]) -> float:
    """Return the expected calibration error over ten bins of equal width.

    Source: Naeini et al. 2015, Obtaining Well Calibrated Probabilities Using Bayesian
    Binning.
    """
    bins: dict[int, list[float]] = {}
    for answer in answers:
        score = answer.score or 0.0
        missed = score - (answer.gold == answer.predicted)
        bins.setdefault(min(int(score * BINS), BINS - 1), []).append(missed)
    return sum(abs(sum(part)) for part in bins.values()) / max(1, len(answers))


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
