"""What a training configuration file holds."""

from __future__ import annotations

from typing import Annotated, Literal

import msgspec
from msgspec import Meta

from argmine.config import Settings
from argmine.errors import ConfigError
from argmine.evaluation.labels import default
from argmine.model.folder import OPEN
from argmine.model.inputs import Window

Positive = Annotated[int, Meta(gt=0)]
Share = Annotated[float, Meta(ge=0, lt=1)]


class Columns(Settings, frozen=True):
    """Which column of a row holds what; only the text must be there.

    ``article`` groups rows that must not be split apart; ``target`` is what an open-target
    model is asked about.
    """

    id: str = "id"
    text: str = "text"
    prev: str = "prev"
    next: str = "next"
    article: str = "article"
    target: str = "target"


class Source(Settings, frozen=True):
    """Files of one kind: a path or pattern, and how it differs from the others.

    ``rows`` takes at most so many, drawn by the seed; ``fields`` says where the label of a
    task stands if not in the task's own field; ``targets`` lists by language the names of
    one target, of which each row gets one, where the rows have no column of targets.
    ``texts`` is a file that has the texts, where the rows name them by ``id`` alone.
    """

    path: str
    texts: Annotated[str, Meta(min_length=1)] | None = None
    rows: Positive | None = None
    columns: Columns | None = None
    fields: dict[str, str] = msgspec.field(default_factory=dict)
    targets: dict[str, Annotated[list[str], Meta(min_length=1)]] = msgspec.field(
        default_factory=dict
    )


Sources = Annotated[list[str | Source], Meta(min_length=1)]


class DataSettings(Settings, frozen=True):
    """Labelled rows: JSONL, CSV, Parquet, saved datasets, Label Studio, doccano.

    Without ``dev`` a share of the articles of ``train`` is held out.  ``unlabelled`` rows are
    judged by the ``teachers`` of the training.
    """

    train: Sources
    unlabelled: Sources | None = None
    dev: Sources | None = None
    dev_share: Annotated[float, Meta(gt=0, lt=1)] = 0.1
    columns: Columns = Columns()


class TaskSettings(Settings, frozen=True):
    """One question asked of every row that has a label for it.

    ``field`` is the path of its label in a row, parts separated by dots.  ``labels`` need
    not be given for role, stance and holder.  ``names`` maps what stands in the rows to
    the labels, beside the usual names such as FAVOR or 支持; to nothing, ``""``, what is no
    label.
    """

    field: str
    labels: Annotated[list[str], Meta(min_length=2)] = msgspec.field(default_factory=list)
    names: dict[str, str] = msgspec.field(default_factory=dict)


class LoopSettings(Settings, frozen=True):
    """How the network is fitted; epochs or learning rate 0 are those that suit the method.

    One run a seed, all from the same start, their weights averaged (Wortsman et al.
    2022, Model soups).  With ``patience`` a run ends after so many epochs without a better
    score on dev, and keeps the weights of its best epoch.  ``accumulate`` batches make one
    step.  ``dropout`` is that of the encoder's layers: on a processor it costs a third of
    the speed.  ``masked`` is the share of pieces that are hidden from each step, which costs
    nothing.  ``alone`` is the share of rows of several sentences whose sentences each step
    reads once more, one a row, and holds both readings to agree, in every task; 0.5 takes
    nearly twice the time.  The methods full, lora and few-shot have it.
    """

    epochs: Annotated[int, Meta(ge=0)] = 0
    batch_size: Positive = 32
    accumulate: Positive = 1
    learning_rate: Annotated[float, Meta(ge=0)] = 0.0
    weight_decay: Annotated[float, Meta(ge=0)] = 0.01
    warmup: Share = 0.1
    dropout: Share = 0.0
    masked: Share = 0.0
    alone: Annotated[float, Meta(ge=0, le=1)] = 0.0
    label_smoothing: Share = 0.05
    class_weights: Literal["root", "balanced", "none"] = "root"
    focal: Annotated[float, Meta(ge=0)] = 0.0
    patience: Positive | None = None
    precision: Literal["auto", "bfloat16", "float32"] = "auto"
    checkpoint_every: Positive = 100
    seeds: Annotated[list[int], Meta(min_length=1)] = msgspec.field(default_factory=lambda: [13])


# Epochs and learning rate by method.
SUITED = {"full": (5, 1e-4), "lora": (10, 1e-3), "head": (1, 1e-4), "few-shot": (12, 1e-4)}


class LoraSettings(Settings, frozen=True):
    """Hu et al. 2022, LoRA: rank and scale of what is added to every layer's matrices."""

    rank: Positive = 16
    alpha: Positive = 32


class CardSettings(Settings, frozen=True):
    """What the model card says that no computation knows; ``measured`` is Markdown."""

    summary: str = "A model trained with argmine."
    licence: str = "Not stated."
    data: str = "Not stated."
    measured: str = ""
    limits: str = "Not stated: measure it on your own texts before you count with it."


class TrainingConfig(Settings, frozen=True, kw_only=True):
    """A whole training configuration.

    ``encoder`` is that of a model of argmine, by name or folder, or a Hugging Face encoder:
    a folder, or a name of the hub where it can be reached; ``encoder_name`` is what the
    model card calls it.  ``method`` is full (all
    weights but the word vectors), lora, head (the encoder stays as it is) or few-shot (a
    contrastive step first, in the manner of Tunstall et al. 2022, SetFit, then full).

    ``teachers`` are models of the same tasks, by name or folder, whose mean answer to the
    rows of ``data.unlabelled`` is learnt as labels are.  ``average`` names folders of other
    trainings of the same tasks and encoder, or of models alone, and the share that their
    weights have of the model's.

    A task ``role``, ``holder`` or ``stance.TARGET`` fills that layer of the output, the
    task ``stance`` asks for the stance toward the target of each row, any other name is a
    layer of its own.
    """

    name: str = "custom"
    encoder: str = "open-stance"
    encoder_name: str = ""
    method: Literal["full", "lora", "head", "few-shot"] = "full"
    data: DataSettings
    tasks: Annotated[dict[str, TaskSettings], Meta(min_length=1)]
    card: CardSettings = CardSettings()
    window: Window = Window()
    loop: LoopSettings = msgspec.field(default_factory=LoopSettings)
    teachers: list[str] = msgspec.field(default_factory=list)
    average: dict[str, Share] = msgspec.field(default_factory=dict)
    lora: LoraSettings = LoraSettings()


def _check_teachers(settings: TrainingConfig) -> None:
    if bool(settings.teachers) != (settings.data.unlabelled is not None):
        msg = "teachers: need rows in data.unlabelled to judge, and those need teachers"
        raise ConfigError(msg)
    if settings.teachers and settings.method not in {"full", "lora"}:
        msg = f"teachers: the method {settings.method} learns from labels alone; take full or lora"
        raise ConfigError(msg)


def complete(settings: TrainingConfig) -> TrainingConfig:
    """Return the settings with labels of the usual tasks, and what suits the method, filled in.

    Raises:
        ConfigError: A task of the user's own has none, labels or names contradict
            themselves, teachers and rows to teach are not both given, the task of open
            targets has others beside it, or the shares of other trainings leave nothing to
            this one.
    """
    if sum(settings.average.values()) >= 1:
        msg = "average: the shares make one or more, and leave nothing to this training"
        raise ConfigError(msg)
    if OPEN in settings.tasks and len(settings.tasks) > 1:
        msg = f"tasks: {OPEN!r} reads a target beside the text, and so shares a model with no other"
        raise ConfigError(msg)
    _check_teachers(settings)
    tasks = {}
    for name, task in settings.tasks.items():
        found = task.labels or list(default(name) or ())
        wrong = [word for word in task.names.values() if word and word not in found]
        if wrong:
            msg = f"tasks.{name}.names: {wrong[0]!r} is not a label; known: {', '.join(found)}"
            raise ConfigError(msg)
        if len(set(found)) < len(found):
            msg = f"tasks.{name}.labels: a label is listed twice"
            raise ConfigError(msg)
        if not found:
            msg = f"tasks.{name}.labels: a task of your own needs its labels listed"
            raise ConfigError(msg)
        tasks[name] = msgspec.structs.replace(task, labels=found)
    epochs, rate = SUITED[settings.method]
    loop = msgspec.structs.replace(
        settings.loop,
        epochs=settings.loop.epochs or epochs,
        learning_rate=settings.loop.learning_rate or rate,
    )
    return msgspec.structs.replace(settings, tasks=tasks, loop=loop)
