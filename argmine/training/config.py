"""What a training configuration file holds."""

from __future__ import annotations

from typing import Annotated

from msgspec import Meta, field

from argmine.config import Settings
from argmine.model.inputs import Window

Positive = Annotated[int, Meta(gt=0)]
Share = Annotated[float, Meta(ge=0, lt=1)]


class DataSettings(Settings, frozen=True):
    """Labelled JSONL files; patterns such as ``contrast_*.jsonl`` are expanded."""

    train: Annotated[list[str], Meta(min_length=1)]
    dev: Annotated[list[str], Meta(min_length=1)]


class TaskSettings(Settings, frozen=True):
    """One question asked of every sentence.

    ``field`` is the path of its label in a row, parts separated by dots.
    """

    field: str
    labels: Annotated[list[str], Meta(min_length=2)]


class LoopSettings(Settings, frozen=True):
    """How the network is fitted.

    One run a seed, all from the same start, their weights averaged (Wortsman et al.
    2022, Model soups).
    """

    epochs: Positive = 5
    batch_size: Positive = 32
    learning_rate: Annotated[float, Meta(gt=0)] = 1e-4
    weight_decay: Annotated[float, Meta(ge=0)] = 0.01
    warmup: Share = 0.1
    label_smoothing: Share = 0.05
    checkpoint_every: Positive = 100
    seeds: Annotated[list[int], Meta(min_length=1)] = field(default_factory=lambda: [13])


class CardSettings(Settings, frozen=True):
    """What the model card says that no computation knows."""

    summary: str
    licence: str
    data: str
    limits: str


class TrainingConfig(Settings, frozen=True):
    """A whole training configuration.

    ``encoder`` is the folder of a Hugging Face encoder, its tokenizer inside;
    ``encoder_name`` is what the model card calls it.
    """

    name: str
    encoder: str
    encoder_name: str
    data: DataSettings
    tasks: Annotated[dict[str, TaskSettings], Meta(min_length=1)]
    card: CardSettings
    window: Window = Window()
    loop: LoopSettings = field(default_factory=LoopSettings)
