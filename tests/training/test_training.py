"""Training end to end on a tiny encoder, and what may go wrong."""

from __future__ import annotations

import json
import subprocess
import sys

import pytest

pytest.importorskip("torch")

from pathlib import Path

import torch

from argmine import config
from argmine.errors import ConfigError, DataError, UsageError
from argmine.model.classifier import Classifier
from argmine.model.inputs import Sentence
from argmine.training import data, run, start
from argmine.training.config import Columns, TrainingConfig

TEMPLATE = """
name = "tiny"
encoder = "{encoder}"
encoder_name = "a tiny encoder"
[data]
train = ["{rows}"]
dev = ["{rows}"]
[tasks.role]
field = "role"
labels = ["claim", "evidence"]
[tasks."stance.us_policy"]
field = "stance.us_policy"
labels = ["favor", "against", "neutral"]
[window]
sentence = 32
[loop]
epochs = {epochs}
batch_size = 8
learning_rate = 5e-3
checkpoint_every = 2
masked = 0.05
seeds = {seeds}
[card]
summary = "For tests."
licence = "Apache-2.0"
data = "Invented rows."
limits = "It knows nothing."
"""


def settings(encoder: Path, rows: Path, epochs: int, seeds: str = "[1, 2]") -> TrainingConfig:
    """A configuration over the tiny encoder."""
    import tomllib

    text = TEMPLATE.format(encoder=encoder, rows=rows, epochs=epochs, seeds=seeds)
    return config.parse(tomllib.loads(text), TrainingConfig, where="test")


@pytest.fixture(scope="module")
def trained(encoder: Path, labelled: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A model folder trained from the labelled rows."""
    out = tmp_path_factory.mktemp("model")
    run.train(settings(encoder, labelled, 60, "[1]"), out, print)
    return out


def test_the_word_that_decides_is_learnt(trained: Path) -> None:
    """The exported int8 model answers as the labels say, in both languages."""
    classifier = Classifier(trained)
    judged = classifier.judge(
        [Sentence("US tariffs are good"), Sentence("US tariffs are bad"), Sentence("美国关税坏")]
    )

    assert [row["stance.us_policy"].label for row in judged] == ["favor", "against", "against"]


def test_the_folder_describes_itself(trained: Path) -> None:
    """Scores, card, data digests and versions are written down."""
    info = Classifier(trained).info
    facts = json.loads((trained / "training" / "facts.json").read_text())

    assert {"en", "zh"} == set(info.scores)
    assert "macro-F1" in (trained / "README.md").read_text()
    assert [Path(path).name for path in facts["data"]] == ["rows.jsonl"]
    assert facts["rows"] == {"train": 24, "dev": 24}
    assert {"en", "zh"} == set(info.calibration)
    assert info.rounding["role"].equal_labels > 0.9
    assert len((trained / "training" / "split.jsonl").read_text().splitlines()) == 48


def test_another_training_may_start_from_it(trained: Path, tmp_path: Path) -> None:
    """The encoder made of the 8-bit weights says what the model says."""
    import numpy as np
    import onnx
    from onnx import numpy_helper

    from argmine.model.inputs import RowMaker, pad
    from argmine.training.network import SegmentClassifier
    from argmine.training.restore import restore

    restore(trained, tmp_path)
    heads = {task: len(spec.labels) for task, spec in Classifier(trained).info.tasks.items()}
    network = SegmentClassifier.from_encoder(tmp_path, heads).eval()
    stored = {t.name: t for t in onnx.load(trained / "model.onnx").graph.initializer}
    with torch.no_grad():
        for number, head in enumerate(network.linear_heads()):
            for part in ("weight", "bias"):
                values = numpy_helper.to_array(stored[f"network.heads.{number}.{part}"])
                getattr(head, part).copy_(torch.from_numpy(values.copy()))
    sentence = Sentence("US tariffs are bad", "Before.", "After.")
    [row] = RowMaker(start.tokenizer(str(tmp_path)), Classifier(trained).info.window).rows(
        [sentence]
    )
    batch = pad([row], 1)
    with torch.no_grad():
        out = network(*(torch.from_numpy(a) for a in (batch.ids, batch.mask, batch.own)))

    for task, values in Classifier(trained, precision="float32").logits([sentence]).items():
        np.testing.assert_allclose(out[task][:, 0].numpy(), values, atol=0.02)


def test_a_training_of_the_same_tasks_keeps_the_heads(trained: Path, tmp_path: Path) -> None:
    """By the names of the labels, whatever their order; other labels make another task."""
    import numpy as np

    from argmine.training.restore import head_weights, heads_of, restore

    restore(trained, tmp_path)
    first_time = (tmp_path / "heads.safetensors").read_bytes()
    restore(trained, tmp_path)
    # A training that goes on is told by the bytes that it began with.
    assert (tmp_path / "heads.safetensors").read_bytes() == first_time
    tasks = {task: spec.labels for task, spec in Classifier(trained).info.tasks.items()}
    first = next(iter(tasks))
    kept = head_weights(trained)["0.weight"]

    turned = heads_of(tmp_path, {first: list(reversed(tasks[first]))})

    np.testing.assert_array_equal(turned[f"{first}/weight"], kept[::-1])
    assert not heads_of(tmp_path, {first: ["yes", "no"], "another": tasks[first]})
    assert not heads_of(tmp_path / "elsewhere", tasks)


def test_no_path_of_the_machine_is_shipped(trained: Path) -> None:
    """Nothing in the exported file tells where it was made."""
    raw = (trained / "model.onnx").read_bytes()

    assert b"stack_trace" not in raw
    assert str(Path(data.__file__).parent).encode() not in raw


def test_an_annotation_with_the_new_model(trained: Path, tmp_path: Path) -> None:
    """The folder is what `argmine annotate --model` takes."""
    command = [sys.executable, "-m", "argmine", "annotate", "-", "--model", str(trained)]
    done = subprocess.run(
        command, input=b"US tariffs are bad", capture_output=True, check=True, cwd=tmp_path
    )

    [part] = json.loads(done.stdout)["segments"]
    assert part["stance"]["us_policy"]["label"] == "against"
    assert "holder" not in part


def test_an_interrupted_training_ends_as_an_uninterrupted_one(
    encoder: Path, labelled: Path, tmp_path: Path
) -> None:
    """Stopped after any step and started again, the weights are the same."""
    from safetensors.torch import load_file

    class Stop(Exception):  # noqa: N818
        pass

    def stop_at_three(progress: object) -> None:
        if progress.step == 3:  # type: ignore[attr-defined]
            raise Stop

    chosen = settings(encoder, labelled, 2)
    whole, broken = tmp_path / "whole", tmp_path / "broken"
    run.train(chosen, whole, print)
    with pytest.raises(Stop):
        run.train(chosen, broken, stop_at_three)
    run.train(chosen, broken, print)

    for name in ("run-0", "run-1"):
        first, second = (
            load_file(d / "training" / name / "checkpoint.safetensors") for d in (whole, broken)
        )
        for key, value in first.items():
            assert torch.equal(value, second[key]), key


def test_a_checkpoint_of_other_settings_is_refused(
    trained: Path, encoder: Path, labelled: Path
) -> None:
    """Going on with them would mix two trainings."""
    with pytest.raises(UsageError, match="other data or settings"):
        run.train(settings(encoder, labelled, 61, "[1]"), trained, print)


def test_a_configuration_without_tasks_is_refused() -> None:
    """A training must ask something."""
    with pytest.raises(ConfigError, match="data"):
        config.parse({"name": "x", "encoder": "y"}, TrainingConfig, where="x")


def test_weights_favour_rare_labels(labelled: Path, encoder: Path) -> None:
    """The mean weight of a row is one, the rarer label weighs more."""
    from argmine.training.objective import class_weights

    examples = data.read_examples([str(labelled)], settings(encoder, labelled, 1).tasks, Columns())
    weights = class_weights(examples, {"role": 2})["role"]
    mean = sum(float(weights[e.labels["role"]]) for e in examples) / len(examples)

    assert pytest.approx(mean) == 1.0
    assert weights[1] > weights[0]


def test_an_encoder_container_is_read_as_documented(tmp_path: Path) -> None:
    """A container written by hand gives its tensors back, 4-bit blocks included."""
    import struct

    import numpy as np

    from argmine.training.encoder import read_container

    nibbles = np.arange(32) % 16
    block = struct.pack("<e", 0.5) + bytes(
        int(nibbles[i] | nibbles[i + 16] << 4) for i in range(16)
    )
    plain = struct.pack("<2f", 1.5, -2.0)
    head = b"E5S1" + struct.pack("<I7ifi", 1, 2, 1, 1, 4, 1, 8, 2, 1e-12, 32)
    head += struct.pack("<5i", 1, 0, 2, 1, 3) + struct.pack("<Q", 1) + struct.pack("<2I", 0, 1)
    head += struct.pack("<f", -1.0) + b"a" + struct.pack("<iI", 0, 0)
    names = [(b"q4", 1, 32, block), (b"f", 0, 2, plain)]
    size = len(head) + 4 + sum(2 + len(n) + 1 + 4 + 16 for n, *_ in names)
    directory, body = struct.pack("<i", len(names)), b""
    for name, kind, count, raw in names:
        directory += struct.pack("<H", len(name)) + name
        directory += struct.pack("<BIQQ", kind, count, size + len(body), len(raw))
        body += raw
    path = tmp_path / "e5.bin"
    path.write_bytes(head + directory + body)

    header, tensors = read_container(path)

    assert (header.hidden, header.layers) == (2, 1)
    np.testing.assert_array_equal(tensors["f"], [1.5, -2.0])
    np.testing.assert_array_equal(tensors["q4"], (nibbles - 8) * 0.5)
    path.write_bytes(b"no")
    with pytest.raises(DataError, match="not an E5S1 container"):
        read_container(path)
