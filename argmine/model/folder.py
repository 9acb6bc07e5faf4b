"""A model folder: ``model.toml``, ``model.onnx``, ``tokenizer.json`` and a card.

Nothing in it is run as code.  ``model.toml`` names the labels, the calibration and the
SHA-256 of every file, so a damaged or mixed-up folder is found before any document is.
"""

from __future__ import annotations

import hashlib
from pathlib import Path
from typing import Annotated, Literal

from msgspec import Meta, field

from argmine import config, resources
from argmine.config import Settings, nearest
from argmine.errors import ModelError
from argmine.model.inputs import Window

DESCRIPTION = "model.toml"
NETWORK = "model.onnx"
TOKENIZER = "tokenizer.json"
# The task whose answer is the stance toward a target in words, given with the text.
OPEN = "stance"


class Task(Settings, frozen=True, omit_defaults=True):
    """A question the model answers, and what its scores are divided by.

    ``temperatures`` are those of single languages; answers with a score of at least
    ``threshold`` were right nine times in ten on dev: 0 is all answers, 1 none.
    """

    labels: Annotated[list[str], Meta(min_length=2)]
    temperature: Annotated[float, Meta(gt=0)] = 1.0
    temperatures: dict[str, Annotated[float, Meta(gt=0)]] = field(default_factory=dict)
    threshold: float = 0.0


class Rounding(Settings, frozen=True):
    """What rounding the weights to 8 bits changed, measured on dev."""

    equal_labels: float
    macro_f1_change: float


class Contents(Settings, frozen=True):
    """A file of the folder."""

    sha256: str
    bytes: int


class ModelInfo(Settings, frozen=True, omit_defaults=True):
    """What ``model.toml`` holds; scores are macro-F1, calibration is ECE, both on dev.

    ``encoder_config`` is what the library ``transformers`` must know of the encoder, to
    train another model from it.
    """

    schema: Literal[1]
    name: str
    encoder: str
    summary: str
    licence: str
    tasks: dict[str, Task]
    files: dict[str, Contents]
    window: Window = field(default_factory=Window)
    scores: dict[str, dict[str, float]] = field(default_factory=dict)
    calibration: dict[str, dict[str, float]] = field(default_factory=dict)
    rounding: dict[str, Rounding] = field(default_factory=dict)
    encoder_config: dict[str, object] = field(default_factory=dict)

    @property
    def takes_targets(self) -> bool:
        """Whether the model judges toward targets in words."""
        return OPEN in self.tasks


def find(name: str) -> Path:
    """Return the folder of a model: a path, or the name of one that ships.

    Raises:
        ModelError: There is neither.
    """
    path = Path(name)
    try:
        for place in (path, resources.folder("models") / name):
            if (place / DESCRIPTION).is_file():
                return place
    except OSError as error:
        msg = f"no model folder {name[:80]!r}: {error.strerror}"
        raise ModelError(msg) from None
    known = [inner.name for inner in shipped()]
    if path.is_dir():
        msg = f"{name}: no {DESCRIPTION} in this folder, so it is no model of argmine"
    else:
        msg = f"no model folder {name!r}; {nearest(name, known)}"
    raise ModelError(msg)


def shipped() -> list[Path]:
    """Return the folders of the models that ship, by name."""
    return sorted(path.parent for path in resources.folder("models").glob(f"*/{DESCRIPTION}"))


def describe(folder: Path) -> ModelInfo:
    """Return what a model says of itself; its files are not looked at.

    Raises:
        ConfigError: The description cannot be read.
    """
    return config.read(folder / DESCRIPTION, ModelInfo)


def read(folder: Path) -> ModelInfo:
    """Return the description of a model after checking each file against it.

    Raises:
        ModelError: A file is missing or is not the one that was described.
    """
    info = describe(folder)
    for name in (NETWORK, TOKENIZER):
        if name not in info.files:
            msg = f"{folder / DESCRIPTION}: files: has no {name!r}; the model folder is not whole"
            raise ModelError(msg)
    for name, task in info.tasks.items():
        if len(set(task.labels)) < len(task.labels):
            msg = f"{folder / DESCRIPTION}: tasks.{name}.labels: a label is listed twice"
            raise ModelError(msg)
    for name, contents in info.files.items():
        path = folder / name
        if not path.is_file():
            msg = f"{path}: missing; the model folder is not whole"
            raise ModelError(msg)
        size = path.stat().st_size
        if size != contents.bytes or digest(path) != contents.sha256:
            msg = (
                f"{path}: not the file that {DESCRIPTION} describes ({size} bytes, "
                f"expected {contents.bytes}); fetch the model again"
            )
            raise ModelError(msg)
    return info


def digest(path: Path) -> str:
    """Return the hexadecimal SHA-256 of a file's bytes."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
