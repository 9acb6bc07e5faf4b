"""Measures agree with their definitions."""

from __future__ import annotations

import pytest

from argmine.evaluation.scores import Judged, accuracy, calibration_error, macro_f1

ANSWERS = [
    Judged("favor", "favor", 0.9),
    Judged("favor", "against", 0.6),
    Judged("against", "against", 0.8),
    Judged("neutral", "neutral", 0.95),
]


def test_macro_f1_is_the_mean_of_the_labels() -> None:
    """Favor 2/3, against 2/3, neutral 1."""
    assert pytest.approx(macro_f1(ANSWERS)) == (2 / 3 + 2 / 3 + 1) / 3


def test_accuracy_is_the_share_of_right_answers() -> None:
    """Three of four."""
    assert accuracy(ANSWERS) == 0.75


def test_calibration_error_is_weighted_by_bin() -> None:
    """By hand: |.6 - 0| in one bin, |.8 - 1| in one, |.925 - 1| over two."""
    assert pytest.approx(calibration_error(ANSWERS)) == (0.6 + 0.2 + 0.15) / 4


def test_sure_and_right_is_perfectly_calibrated() -> None:
    """No error where every answer is certain and right."""
    assert calibration_error([Judged("a", "a", 1.0)] * 3) == 0.0
