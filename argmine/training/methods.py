"""The ways to fit a network: all weights, LoRA, the heads alone, a contrastive step first."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import torch
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import GridSearchCV, StratifiedKFold

from argmine.training.contrast import contrast
from argmine.training.data import NO_LABEL

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from argmine.training.data import Example
    from argmine.training.loop import Progress, Trainer

_STRENGTHS = [0.001, 0.01, 0.1, 1.0, 10.0]
_FOLDS = 5


def fit(
    method: str,
    trainer: Trainer,
    rows: tuple[Sequence[Example], Sequence[Example]],
    report: Callable[[Progress], None],
) -> None:
    """Fit the trainer's network to the first rows; the second are dev."""
    if method == "head":
        fit_heads(trainer, rows[0])
        return
    if method == "few-shot" and not trainer.begun:
        contrast(trainer, rows[0], report)
    trainer.fit(*rows, report)
    if method == "lora":
        trainer.network.encoder = trainer.network.encoder.merge_and_unload()  # type: ignore[operator]


def fit_heads(trainer: Trainer, train: Sequence[Example]) -> None:
    """Set the heads to logistic regressions on what the encoder makes of the rows.

    The strength of regularisation is chosen by cross-validation over the same rows.
    """
    network = trainer.network
    vectors = trainer.vectors(train).double().numpy()
    mean, spread = vectors.mean(0), vectors.std(0) + 1e-6
    weight = None if trainer.settings.class_weights == "none" else "balanced"
    for head, (task, labels) in zip(network.linear_heads(), network.labels.items(), strict=True):
        gold = np.array([example.labels[task] for example in train])
        known = gold != NO_LABEL
        seen = ((vectors[known] - mean) / spread, gold[known])
        model = LogisticRegression(max_iter=1000, class_weight=weight)
        folds = min(_FOLDS, int(np.min(np.unique(seen[1], return_counts=True)[1])))
        if folds > 1:
            model = GridSearchCV(
                model, {"C": _STRENGTHS}, scoring="f1_macro", cv=StratifiedKFold(folds)
            )
        fitted = model.fit(*seen)
        matrix, bias = _linear(getattr(fitted, "best_estimator_", fitted), labels)
        with torch.no_grad():
            head.weight.copy_(torch.from_numpy(matrix / spread))
            head.bias.copy_(torch.from_numpy(bias - (matrix / spread) @ mean))


def _linear(model: LogisticRegression, labels: int) -> tuple[np.ndarray, np.ndarray]:
    """Return one row of weights and one bias for each label, seen in training or not."""
    coef, intercept = model.coef_, model.intercept_
    if len(model.classes_) == 2:
        # Of two labels the library keeps one row: the difference of both.
        coef = np.stack([-coef[0] / 2, coef[0] / 2])
        intercept = np.array([-intercept[0] / 2, intercept[0] / 2])
    matrix, bias = np.zeros((labels, coef.shape[1])), np.full(labels, -20.0)
    matrix[model.classes_], bias[model.classes_] = coef, intercept
    return matrix, bias
