"""Labelled sentences: read, checked, turned into class indices."""

from __future__ import annotations

import glob
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec

from argmine.config import nearest
from argmine.errors import DataError
from argmine.model.inputs import Sentence

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from argmine.training.config import TaskSettings


class Example(msgspec.Struct, frozen=True):
    """A sentence with one class index for each task, and its language."""

    sentence: Sentence
    labels: dict[str, int]
    lang: str


def expand(patterns: Sequence[str]) -> list[Path]:
    """Return the files that the patterns name, sorted within each pattern.

    Raises:
        DataError: A pattern matches nothing.
    """
    paths: list[Path] = []
    for pattern in patterns:
        found = sorted(Path(path) for path in glob.glob(pattern))
        if not found:
            msg = f"{pattern}: no such file"
            raise DataError(msg)
        paths += found
    return paths


def read_examples(paths: Sequence[Path], tasks: Mapping[str, TaskSettings]) -> list[Example]:
    """Read labelled JSONL; a row has ``text``, its labels, perhaps ``prev``, ``next``.

    Raises:
        DataError: A row is not JSON, or lacks a field, or has an unknown label; the
            message names file, line and field.
    """
    return [
        _example(line, tasks, f"{path}:{number}")
        for path in paths
        for number, line in enumerate(path.read_bytes().splitlines(), start=1)
        if line.strip()
    ]


def _example(line: bytes, tasks: Mapping[str, TaskSettings], where: str) -> Example:
    try:
        row = msgspec.json.decode(line, type=dict[str, object])
    except (msgspec.DecodeError, UnicodeDecodeError) as error:
        msg = f"{where}: not a JSON object: {error}"
        raise DataError(msg) from None
    text = row.get("text")
    if not isinstance(text, str) or not text.strip():
        msg = f"{where}: text: expected a sentence, found {text!r}"
        raise DataError(msg)
    sentence = Sentence(text, str(row.get("prev") or ""), str(row.get("next") or ""))
    labels = {name: _label(row, task, where) for name, task in tasks.items()}
    return Example(sentence, labels, str(row.get("lang", "")))


def _label(row: dict[str, object], task: TaskSettings, where: str) -> int:
    value: object = row
    for part in task.field.split("."):
        value = value.get(part) if isinstance(value, dict) else None
    if value not in task.labels:
        hint = nearest(str(value), list(task.labels))
        msg = f"{where}: {task.field}: {value!r} is not a label; {hint}"
        raise DataError(msg)
    return task.labels.index(str(value))
