"""What teachers say of rows that nobody has labelled.

Source: Hinton et al. 2015, Distilling the Knowledge in a Neural Network.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import msgspec
import numpy as np

from argmine.errors import DataError
from argmine.model import folder
from argmine.model.classifier import Classifier
from argmine.training import data, start

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    from numpy.typing import NDArray

    from argmine.model.inputs import Sentence
    from argmine.training.config import TrainingConfig
    from argmine.training.data import Example


def taught(settings: TrainingConfig) -> list[Example]:
    """Return the rows without labels, each with the mean of the teachers' probabilities.

    A teacher that reads several sentences in a row is asked of each alone too: the two
    readings err in different places.

    Raises:
        DataError: A row cannot be read; a teacher is no model, or of other tasks or labels.
    """
    given = settings.data
    if given.unlabelled is None:
        return []
    teachers = [_teacher(name, settings) for name in settings.teachers]
    examples = data.read_unlabelled(given.unlabelled, settings.tasks, given.columns)
    together = [example.sentence for example in examples]
    alone = [replace(sentence, follows=False) for sentence in together]
    answers = [
        _shares(teacher, reading, settings)
        for teacher in teachers
        for reading in ((together, alone) if teacher.info.window.sentences > 1 else (together,))
    ]
    means = {task: np.mean([answer[task] for answer in answers], axis=0) for task in settings.tasks}
    return [
        msgspec.structs.replace(
            example, shares={task: values[place].tolist() for task, values in means.items()}
        )
        for place, example in enumerate(examples)
    ]


def digests(teachers: Sequence[str]) -> dict[str, str]:
    """Return the SHA-256 of each teacher's network.

    Raises:
        DataError: One is no model.
    """
    return {name: folder.read(_place(name)).files[folder.NETWORK].sha256 for name in teachers}


def _place(name: str) -> Path:
    path = start.model(name)
    if path is None:
        msg = f"teachers: {name}: no model folder, and no model of that name ships"
        raise DataError(msg)
    return path


def _teacher(name: str, settings: TrainingConfig) -> Classifier:
    teacher = Classifier(_place(name), again=False)
    known = {task: spec.labels for task, spec in teacher.info.tasks.items()}
    for task, spec in settings.tasks.items():
        if set(known.get(task, ())) != set(spec.labels):
            found = f"has the labels {', '.join(known[task])}" if task in known else "lacks it"
            msg = f"teachers: {name}: task {task!r} needs {', '.join(spec.labels)}; it {found}"
            raise DataError(msg)
    return teacher


def _shares(
    teacher: Classifier, sentences: Sequence[Sentence], settings: TrainingConfig
) -> Mapping[str, NDArray[np.float64]]:
    """Return a teacher's probabilities by task, each ``(sentences, labels)``."""
    judged = teacher.judge(sentences)
    return {
        task: np.array([[one[task].scores[label] for label in spec.labels] for one in judged])
        for task, spec in settings.tasks.items()
    }
