"""Macro-F1, accuracy and calibration error of answers."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from sklearn.metrics import accuracy_score, f1_score

if TYPE_CHECKING:
    from collections.abc import Sequence

BINS = 10


@dataclass(frozen=True, slots=True)
class Judged:
    """One answer: the gold label, the predicted one and its probability."""

    gold: str
    predicted: str
    score: float


def macro_f1(answers: Sequence[Judged]) -> float:
    """Return the mean F1 of the labels that occur in gold or prediction."""
    return float(f1_score(*_columns(answers), average="macro", zero_division=0.0))


def accuracy(answers: Sequence[Judged]) -> float:
    """Return the share of right answers."""
    return float(accuracy_score(*_columns(answers)))


def calibration_error(answers: Sequence[Judged]) -> float:
    """Return the expected calibration error over ten bins of equal width.

    Source: Naeini et al. 2015, Obtaining Well Calibrated Probabilities Using Bayesian
    Binning.
    """
    bins: dict[int, list[Judged]] = {}
    for answer in answers:
        bins.setdefault(min(int(answer.score * BINS), BINS - 1), []).append(answer)
    total = sum(abs(sum(a.score - (a.gold == a.predicted) for a in part)) for part in bins.values())
    return total / max(1, len(answers))


def _columns(answers: Sequence[Judged]) -> tuple[list[str], list[str]]:
    return [a.gold for a in answers], [a.predicted for a in answers]
