"""The contrastive step of few-shot training.

Source: Tunstall et al. 2022, Efficient Few-Shot Learning Without Prompts (SetFit).
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import torch
from torch.nn.functional import normalize

from argmine.training.batches import first_rows
from argmine.training.data import NO_LABEL
from argmine.training.loop import Progress

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from torch import Tensor

    from argmine.model.inputs import Row
    from argmine.training.data import Example
    from argmine.training.loop import Trainer


# Of as many epochs as the training proper has.
SHARE = 1 / 3


def contrast(
    trainer: Trainer, train: Sequence[Example], report: Callable[[Progress], None]
) -> None:
    """Draw rows of one label together and push those of different labels apart.

    All pairs of a batch are held to the cosine 1 or 0 at once.
    """
    rows = first_rows(trainer.maker, train)
    epochs = math.ceil(trainer.settings.epochs * SHARE)
    plan = [batch for epoch in range(epochs) for batch in trainer.batches(rows, epoch)]
    for step, batch in enumerate(plan):
        trainer.network.train()
        trainer.prepare(step, len(plan))
        vectors = normalize(trainer.pooled(batch, trainer.precision), dim=-1)
        loss = _loss(vectors @ vectors.T, batch, train, trainer.network.tasks)
        loss.backward()  # type: ignore[no-untyped-call]
        trainer.advance()
        report(Progress(trainer.run, step + 1, len(plan), float(loss.detach())))


def _loss(
    cosines: Tensor, batch: Sequence[Row], train: Sequence[Example], tasks: Sequence[str]
) -> Tensor:
    losses = []
    for task in tasks:
        labels = torch.tensor([train[owner].labels[task] for row in batch for owner in row.owners])
        same = (labels[:, None] == labels[None, :]).float()
        known = (labels != NO_LABEL).float()
        pairs = (known[:, None] * known[None, :]).fill_diagonal_(0)
        losses.append((pairs * (cosines - same) ** 2).sum() / pairs.sum().clamp(min=1))
    return torch.stack(losses).mean()
