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


class Task(Settings, frozen=True):
    """A question the model answers, and what its scores are divided by."""

    labels: Annotated[list[str], Meta(min_length=2)]
    temperature: Annotated[float, Meta(gt=0)] = 1.0


class Contents(Settings, frozen=True):
    """A file of the folder."""

    sha256: str
    bytes: int


class ModelInfo(Settings, frozen=True):
    """What ``model.toml`` holds."""

    schema: Literal[1]
    name: str
    encoder: str
    summary: str
    licence: str
    tasks: dict[str, Task]
    files: dict[str, Contents]
    window: Window = field(default_factory=Window)
    scores: dict[str, dict[str, float]] = field(default_factory=dict)


def find(name: str) -> Path:
    """Return the folder of a model: a path, or the name of one that ships.

    Raises:
        ModelError: There is neither.
    """
    path, shipped = Path(name), resources.folder("models")
    try:
        for place in (path, shipped / name):
            if (place / DESCRIPTION).is_file():
                return place
    except OSError as error:
        msg = f"no model folder {name[:80]!r}: {error.strerror}"
        raise ModelError(msg) from None
    known = sorted(inner.parent.name for inner in shipped.glob(f"*/{DESCRIPTION}"))
    if path.is_dir():
        msg = f"{name}: no {DESCRIPTION} in this folder, so it is no model of argmine"
    else:
        msg = f"no model folder {name!r}; {nearest(name, known)}"
    raise ModelError(msg)


def read(folder: Path) -> ModelInfo:
    """Return the description of a model after checking each file against it.

    Raises:
        ModelError: A file is missing or is not the one that was described.
    """
    info = config.read(folder / DESCRIPTION, ModelInfo)
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
