"""Rows that nobody has labelled are learnt from what teachers say of them."""

from __future__ import annotations

import dataclasses
import json
from typing import TYPE_CHECKING

import pytest

pytest.importorskip("torch")

import numpy as np
import torch
from torch.nn.functional import cross_entropy

from argmine import config
from argmine.errors import ConfigError, DataError
from argmine.model.classifier import Classifier
from argmine.model.inputs import Sentence
from argmine.training import objective, run, teach
from argmine.training.config import LoopSettings, TrainingConfig, complete
from argmine.training.data import NO_LABEL, Example

if TYPE_CHECKING:
    from pathlib import Path

TASK = "stance.us_policy"
SENTENCES = ["Tariffs hurt farmers.", "They help nobody.", "He said so."]


def settings(encoder: Path, rows: Path, **given: object) -> TrainingConfig:
    """One stance over the invented rows, three sentences a row."""
    table: dict[str, object] = {
        "encoder": str(encoder),
        "data": {"train": [str(rows)], "dev": [str(rows)]},
        "tasks": {TASK: {"field": TASK}},
        "window": {"sentence": 32, "sentences": 3},
        "loop": {"epochs": 2, "batch_size": 8, "learning_rate": 2e-3, "precision": "float32"},
    }
    for key, value in given.items():
        known = table.get(key)
        both = isinstance(value, dict) and isinstance(known, dict)
        table[key] = {**known, **value} if both else value  # type: ignore[dict-item]
    return complete(config.parse(table, TrainingConfig, where="test"))


@pytest.fixture(scope="module")
def teachers(
    encoder: Path, labelled: Path, tmp_path_factory: pytest.TempPathFactory
) -> tuple[Path, Path]:
    """Two models of the same tasks that differ by their seed."""
    folder = tmp_path_factory.mktemp("teachers")
    for seed in (1, 2):
        run.train(settings(encoder, labelled, loop={"seeds": [seed]}), folder / str(seed), print)
    return folder / "1", folder / "2"


@pytest.fixture
def unlabelled(tmp_path: Path) -> Path:
    """A document of which one segment has a label, and a row without any."""
    text = " ".join(SENTENCES)
    starts = [text.index(sentence) for sentence in SENTENCES]
    segments: list[dict[str, object]] = [
        {"start": start, "end": start + len(sentence)}
        for start, sentence in zip(starts, SENTENCES, strict=True)
    ]
    segments[1]["stance"] = {"us_policy": "against"}
    path = tmp_path / "unlabelled.jsonl"
    lines = [{"id": "a", "text": text, "segments": segments}, {"text": "Prices rose."}]
    path.write_text("".join(json.dumps(line) + "\n" for line in lines))
    return path


def test_the_mean_of_all_teachers_and_readings_is_learnt(
    encoder: Path, labelled: Path, teachers: tuple[Path, Path], unlabelled: Path
) -> None:
    """Every segment has it, with a label or without; each is asked in its row and alone."""
    data = {"train": [str(labelled)], "unlabelled": [str(unlabelled)]}
    chosen = settings(encoder, labelled, data=data, teachers=[str(path) for path in teachers])

    found = teach.taught(chosen)

    assert [example.sentence.text for example in found] == [*SENTENCES, "Prices rose."]
    assert [example.sentence.follows for example in found] == [False, True, True, False]
    assert all(example.labels == {TASK: NO_LABEL} for example in found)
    together = [example.sentence for example in found]
    alone = [dataclasses.replace(sentence, follows=False) for sentence in together]
    readings = [
        [answer[TASK].scores for answer in Classifier(path).judge(sentences)]
        for path in teachers
        for sentences in (together, alone)
    ]
    assert len({json.dumps(reading) for reading in readings}) == 4
    for place, example in enumerate(found):
        for label, share in zip(chosen.tasks[TASK].labels, example.shares[TASK], strict=True):
            assert share == pytest.approx(np.mean([r[place][label] for r in readings]))


def test_a_student_learns_what_no_label_tells(
    encoder: Path, labelled: Path, tmp_path: Path
) -> None:
    """Its only rows with labels say one thing of another matter; the teacher knows the rest."""
    rows = [json.loads(line) for line in labelled.read_text().splitlines()]
    bare, few = tmp_path / "bare.jsonl", tmp_path / "few.jsonl"
    bare.write_text(
        "".join(json.dumps({k: row[k] for k in ("text", "next")}) + "\n" for row in rows)
    )
    few.write_text(
        "".join(
            json.dumps({"text": f"{word} {word}", TASK: label}) + "\n"
            for word, label in (("rivers", "favor"), ("lakes", "against"), ("seas", "neutral"))
        )
    )
    loop = {"epochs": 40}
    run.train(settings(encoder, labelled, loop=loop), tmp_path / "teacher", print)
    taught = {"train": [str(few)], "unlabelled": [str(bare)]}
    told = {"data": taught, "teachers": [str(tmp_path / "teacher")]}

    student = run.train(settings(encoder, labelled, loop=loop, **told), tmp_path / "s", print)
    data = {"train": [str(few)]}
    without = run.train(settings(encoder, labelled, loop=loop, data=data), tmp_path / "w", print)

    assert min(tasks[TASK] for tasks in student.values()) > 0.9
    assert min(tasks[TASK] for tasks in without.values()) < 0.6
    assert "teacher" in (tmp_path / "s" / "README.md").read_text()


def test_a_row_counts_the_same_whoever_has_judged_it() -> None:
    """One labelled row and three that were taught: a quarter of one loss, three of the other."""
    shares = [0.7, 0.2, 0.1]
    rows = [
        Example(Sentence("x"), {TASK: 2}, "en"),
        *[Example(Sentence("x"), {TASK: NO_LABEL}, "en", shares={TASK: shares})] * 3,
    ]
    logits = torch.tensor([[0.3, 0.1, 1.0], [2.0, 0.0, 0.0], [0.0, 0.0, 0.0], [1.0, 2.0, 3.0]])
    loop = LoopSettings(label_smoothing=0.0)

    found = objective.total({TASK: logits}, rows, {TASK: torch.ones(3)}, loop)

    soft = -(torch.tensor(shares) * logits[1:].log_softmax(-1)).sum(-1).mean()
    hard = cross_entropy(logits[:1], torch.tensor([2]))
    torch.testing.assert_close(found, 0.25 * hard + 0.75 * soft)


def test_teachers_that_do_not_fit_are_refused(
    encoder: Path, labelled: Path, teachers: tuple[Path, Path], unlabelled: Path
) -> None:
    """Before any training: no such model, other labels, nothing to teach, no use for it."""
    data = {"train": [str(labelled)], "unlabelled": [str(unlabelled)]}
    with pytest.raises(DataError, match="teachers: absent: no model folder"):
        teach.taught(settings(encoder, labelled, data=data, teachers=["absent"]))
    other = {"role": {"field": "role", "labels": ["claim", "evidence"]}}
    with pytest.raises(DataError, match="task 'role' needs claim, evidence; it lacks it"):
        teach.taught(
            settings(encoder, labelled, data=data, tasks=other, teachers=[str(teachers[0])])
        )
    with pytest.raises(ConfigError, match=r"data\.unlabelled"):
        settings(encoder, labelled, teachers=[str(teachers[0])])
    with pytest.raises(ConfigError, match=r"data\.unlabelled"):
        settings(encoder, labelled, data=data)
    with pytest.raises(ConfigError, match="the method head learns from labels alone"):
        settings(encoder, labelled, data=data, teachers=[str(teachers[0])], method="head")
