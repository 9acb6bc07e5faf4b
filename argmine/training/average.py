"""The mean of trained networks: of runs of one training, with other trainings and models."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import torch
from safetensors import SafetensorError
from safetensors.torch import load_file

from argmine.errors import UsageError
from argmine.model import folder
from argmine.training import restore

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from torch import Tensor

    from argmine.training.config import TrainingConfig

ENCODER = "encoder"
WEIGHTS = "model.safetensors"
HEADS = "heads.safetensors"
CONFIG = "config.json"
_SIZES = ("model_type", "hidden_size", "num_hidden_layers", "intermediate_size", "vocab_size")


def mean(states: Sequence[Mapping[str, Tensor]]) -> dict[str, Tensor]:
    """Return the plain mean of weights by name (Wortsman et al. 2022, Model soups)."""
    return {name: torch.stack([s[name].float() for s in states]).mean(0) for name in states[0]}


def mixed(state: Mapping[str, Tensor], settings: TrainingConfig) -> dict[str, Tensor]:
    """Return the weights, of which other trainings, or models in 8 bits, make up their shares.

    So a model keeps what an earlier one knew and its own rows do not teach (Wortsman et al.
    2022, Robust fine-tuning of zero-shot models).

    Raises:
        UsageError: A folder cannot be read, or holds weights of other shapes.
    """
    left = 1.0 - sum(settings.average.values())
    total = {name: left * weight.float() for name, weight in state.items()}
    for name, share in settings.average.items():
        other = _weights(Path(name))
        if {k: v.shape for k, v in other.items()} != {k: v.shape for k, v in total.items()}:
            msg = f"average: {name}: its encoder is another, so there is no mean of the two"
            raise UsageError(msg)
        for key, weight in other.items():
            total[key] += share * weight.float()
    return total


def check(settings: TrainingConfig, out: Path) -> None:
    """Make sure of the trainings to average with before any is begun in ``out``.

    Raises:
        UsageError: One is ``out`` itself, is not finished, cannot be read, or its tasks,
            its encoder or its tokenizer are others.
    """
    for place in map(Path, settings.average):
        if place.resolve() == out.resolve():
            msg = f"average: {place}: is the folder to write; a model has no share in itself"
            raise UsageError(msg)
        facts = _facts(place)
        asked = {name: task.labels for name, task in settings.tasks.items()}
        # The order counts too: heads are stored by their place.
        if list(facts.tasks.items()) != list(asked.items()):
            msg = f"average: {place}: was trained for other tasks or labels"
            raise UsageError(msg)
        if (facts.sizes, facts.tokenizer) != _encoder(Path(settings.encoder)):
            msg = f"average: {place}: its encoder is another, so there is no mean of the two"
            raise UsageError(msg)


def digest(place: Path) -> dict[str, str]:
    """Return the SHA-256 of the files that have the weights of a training, or of a model."""
    if not _has_training(place):
        return {folder.NETWORK: folder.digest(place / folder.NETWORK)}
    work = place / "training"
    return {path.name: folder.digest(path) for path in (work / ENCODER / WEIGHTS, work / HEADS)}


class _Facts(NamedTuple):
    """What must be alike in trainings that are averaged."""

    tasks: dict[str, list[str]]
    sizes: dict[str, object]
    tokenizer: str


def _has_training(place: Path) -> bool:
    work = place / "training"
    return (work / ENCODER / WEIGHTS).is_file() and (work / HEADS).is_file()


def _facts(place: Path) -> _Facts:
    work = place / "training"
    if not _has_training(place):
        if not (place / folder.DESCRIPTION).is_file():
            msg = f"average: {place}: no folder of a finished training, and no model"
            raise UsageError(msg)
        info = folder.read(place)
        labels = {name: task.labels for name, task in info.tasks.items()}
        sizes = {name: info.encoder_config.get(name) for name in _SIZES}
        return _Facts(labels, sizes, folder.digest(place / folder.TOKENIZER))
    try:
        tasks = json.loads((work / CONFIG).read_bytes())["tasks"]
        labels = {name: task["labels"] for name, task in tasks.items()}
        return _Facts(labels, *_encoder(work / ENCODER))
    except (OSError, ValueError, LookupError, TypeError, AttributeError) as error:
        msg = f"average: {place}: its training cannot be read: {error}"
        raise UsageError(msg) from None


def _encoder(folder_: Path) -> tuple[dict[str, object], str]:
    config = json.loads((folder_ / CONFIG).read_bytes())
    return {name: config.get(name) for name in _SIZES}, folder.digest(folder_ / folder.TOKENIZER)


def _weights(place: Path) -> dict[str, Tensor]:
    work = place / "training"
    if not _has_training(place):
        read = ((restore.encoder_weights, "encoder"), (restore.head_weights, "heads"))
        return {
            f"{part}.{name}": torch.tensor(weight)
            for weights, part in read
            for name, weight in weights(place).items()
        }
    try:
        encoder, heads = load_file(work / ENCODER / WEIGHTS), load_file(work / HEADS)
    except (OSError, SafetensorError) as error:
        msg = f"average: {place}: its weights cannot be read: {error}"
        raise UsageError(msg) from None
    found = {f"encoder.{name}": weight for name, weight in encoder.items()}
    return found | {f"heads.{name}": weight for name, weight in heads.items()}
