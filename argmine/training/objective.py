"""What training makes small: cross-entropy, weighted by label, focal if asked.

What teachers have judged counts by their shares, which say more than their choice (Hinton
et al. 2015, Distilling the Knowledge in a Neural Network).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import torch
from torch import Tensor
from torch.nn.functional import cross_entropy, kl_div, log_softmax

from argmine.training.data import NO_LABEL

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from argmine.training.config import LoopSettings
    from argmine.training.data import Example

# What the disagreement of two readings counts beside the loss of their labels.
AGREEMENT = 1.0


def loss(logits: Tensor, labels: Tensor, weights: Tensor, settings: LoopSettings) -> Tensor:
    """Return the mean loss of the rows that have a label for a task.

    The focal factor is that of Lin et al. 2017, Focal Loss for Dense Object Detection.
    """
    known = labels != NO_LABEL
    if not known.any():
        return logits.sum() * 0.0
    logits, labels = logits[known], labels[known]
    smoothing = settings.label_smoothing
    if not settings.focal:
        return cross_entropy(logits, labels, weight=weights, label_smoothing=smoothing)
    each = cross_entropy(
        logits, labels, weight=weights, label_smoothing=smoothing, reduction="none"
    )
    share = log_softmax(logits, -1).gather(1, labels[:, None]).squeeze(1).exp()
    return ((1 - share) ** settings.focal * each).sum() / weights[labels].sum()


def total(
    logits: Mapping[str, Tensor],
    examples: Sequence[Example],
    weights: Mapping[str, Tensor],
    settings: LoopSettings,
) -> Tensor:
    """Return the loss of all tasks, in which a row counts the same whoever has judged it."""
    taught = [place for place, example in enumerate(examples) if example.shares]
    losses = []
    for task, values in logits.items():
        labels = torch.tensor([example.labels[task] for example in examples])
        share = len(taught) / max(1, len(taught) + int((labels != NO_LABEL).sum()))
        losses.append((1 - share) * loss(values, labels, weights[task], settings))
        if taught:
            shares = torch.tensor([examples[place].shares[task] for place in taught])
            losses.append(share * cross_entropy(values[taught], shares))
    return torch.stack(losses).sum()


def disagreement(first: Tensor, second: Tensor) -> Tensor:
    """Return how far two readings of the same sentences are apart, in nats.

    *Shapes:* logits of ``(sentences, labels)`` each.  Source: Wu et al. 2021, R-Drop, whose
    two readings differ by dropout alone.
    """
    logs = [log_softmax(logits, -1) for logits in (first, second)]
    there, back = (
        kl_div(a, b, reduction="batchmean", log_target=True) for a, b in (logs, logs[::-1])
    )
    return there + back


def class_weights(
    examples: Sequence[Example], tasks: Mapping[str, int], kind: str = "root"
) -> dict[str, Tensor]:
    """Return weights that grow with a label's rarity, or its root; mean one a row.

    ``tasks`` maps each task to its number of labels.
    """
    power = {"balanced": -1.0, "root": -0.5, "none": 0.0}[kind]
    weights = {}
    for task in tasks:
        known = [e.labels[task] for e in examples if e.labels[task] != NO_LABEL]
        counts = torch.bincount(
            torch.tensor(known, dtype=torch.int64), minlength=tasks[task]
        ).float()
        raw = counts.clamp(min=1).pow(power)
        weights[task] = raw * counts.sum() / (raw * counts).sum()
    return weights
