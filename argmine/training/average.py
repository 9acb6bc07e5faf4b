"""The mean of trained networks: of runs of one training, and with other trainings."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING

import torch
from safetensors.torch import load_file

from argmine.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from torch import Tensor

    from argmine.training.config import TrainingConfig

HEADS = "heads.safetensors"
CONFIG = "config.json"


def mean(states: Sequence[Mapping[str, Tensor]]) -> dict[str, Tensor]:
    """Return the plain mean of weights by name (Wortsman et al. 2022, Model soups)."""
    return {name: torch.stack([s[name].float() for s in states]).mean(0) for name in states[0]}


def mixed(state: Mapping[str, Tensor], settings: TrainingConfig) -> dict[str, Tensor]:
    """Return the weights, of which other trainings make up their shares.

    So a model keeps what an earlier one knew and its own rows do not teach (Wortsman et al.
    2022, Robust fine-tuning of zero-shot models).

    Raises:
        UsageError: A folder is none of a training, or its tasks or encoder are others.
    """
    left = 1.0 - sum(settings.average.values())
    total = {name: left * weight.float() for name, weight in state.items()}
    for name, share in settings.average.items():
        other = _read(Path(name) / "training", settings)
        if {k: v.shape for k, v in other.items()} != {k: v.shape for k, v in total.items()}:
            msg = f"average: {name}: its encoder is another, so there is no mean of the two"
            raise UsageError(msg)
        for key, weight in other.items():
            total[key] += share * weight.float()
    return total


def check(settings: TrainingConfig) -> None:
    """Make sure that the trainings to average with are there, before any is begun.

    Raises:
        UsageError: As ``mixed`` says.
    """
    for name in settings.average:
        _read(Path(name) / "training", settings)


def _read(work: Path, settings: TrainingConfig) -> dict[str, Tensor]:
    encoder = work / "encoder" / "model.safetensors"
    if not (encoder.exists() and (work / HEADS).exists()):
        msg = f"average: {work.parent}: no folder of a finished training"
        raise UsageError(msg)
    tasks = json.loads((work / CONFIG).read_bytes())["tasks"]
    if {k: v["labels"] for k, v in tasks.items()} != {
        k: v.labels for k, v in settings.tasks.items()
    }:
        msg = f"average: {work.parent}: was trained for other tasks or labels"
        raise UsageError(msg)
    found = {f"encoder.{name}": weight for name, weight in load_file(encoder).items()}
    return found | {f"heads.{name}": weight for name, weight in load_file(work / HEADS).items()}
