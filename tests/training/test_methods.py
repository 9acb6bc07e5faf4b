"""Every method learns the word that decides; open targets, and how a run may end."""

from __future__ import annotations

import json
import shutil

import msgspec
import pytest

pytest.importorskip("torch")

from typing import TYPE_CHECKING

import torch

from argmine import config
from argmine.errors import ConfigError, DataError, UsageError
from argmine.model.classifier import Classifier
from argmine.model.inputs import Sentence
from argmine.training import methods, objective, run, start
from argmine.training.config import LoopSettings, TrainingConfig, complete
from argmine.training.loop import Trainer

if TYPE_CHECKING:
    from pathlib import Path


def settings(encoder: Path, rows: Path, **given: object) -> TrainingConfig:
    """One stance over the invented rows."""
    table = {
        "encoder": str(encoder),
        "data": {"train": [str(rows)], "dev": [str(rows)]},
        "tasks": {"stance.us_policy": {"field": "stance.us_policy"}},
        "window": {"sentence": 32},
        "loop": {"epochs": 40, "batch_size": 8, "learning_rate": 2e-3, "precision": "float32"},
    }
    for key, value in given.items():
        table[key] = {**table.get(key, {}), **value} if isinstance(value, dict) else value  # type: ignore[dict-item, index]
    return complete(config.parse(table, TrainingConfig, where="test"))


def fitted(chosen: TrainingConfig, folder: Path) -> tuple[float, Trainer]:
    """Return the macro-F1 on the rows trained on, and the trainer."""
    from argmine.model.inputs import RowMaker

    rows = run.read(chosen)
    maker = RowMaker(start.tokenizer(chosen.encoder), chosen.window)
    torch.manual_seed(1)
    trainer = Trainer(start.network(chosen), maker, chosen.loop, folder)
    methods.fit(chosen.method, trainer, rows, lambda _: None)
    scores = trainer.score(rows[1])
    return min(score for tasks in scores.values() for score in tasks.values()), trainer


@pytest.mark.parametrize("method", ["lora", "head", "few-shot"])
def test_each_method_learns(encoder: Path, labelled: Path, tmp_path: Path, method: str) -> None:
    """Even a head on random vectors tells the words apart."""
    score, trainer = fitted(settings(encoder, labelled, method=method), tmp_path)

    assert score > 0.9
    assert not any("lora" in name for name in trainer.network.state_dict())


def test_a_head_leaves_the_encoder_be(encoder: Path, labelled: Path, tmp_path: Path) -> None:
    """Only the heads change."""
    chosen = settings(encoder, labelled, method="head")
    before = {k: v.clone() for k, v in start.network(chosen).encoder.state_dict().items()}
    _, trainer = fitted(chosen, tmp_path)

    for name, values in trainer.network.encoder.state_dict().items():
        assert torch.equal(values, before[name]), name


def test_a_run_stops_when_dev_gets_no_better(encoder: Path, labelled: Path, tmp_path: Path) -> None:
    """It ends early, and with the weights of its best epoch."""
    chosen = settings(encoder, labelled, loop={"patience": 2, "epochs": 60})
    _, trainer = fitted(chosen, tmp_path)
    scores = [s for tasks in trainer.score(run.read(chosen)[1]).values() for s in tasks.values()]
    mean = sum(scores) / len(scores)
    logged = [json.loads(line) for line in (tmp_path / "metrics.jsonl").read_text().splitlines()]
    means = [entry["mean"] for entry in logged]

    assert len(means) < 60
    assert len(means) - 1 - means.index(max(means)) == 2
    assert mean == pytest.approx(max(means), abs=0.01)


def test_batches_add_up(encoder: Path, labelled: Path, tmp_path: Path) -> None:
    """Two of four rows make the step of one of eight."""
    steps = []
    for size, many in ((8, 1), (4, 2)):
        chosen = settings(encoder, labelled, loop={"batch_size": size, "accumulate": many})
        folder = tmp_path / str(size)
        folder.mkdir()
        told: list[int] = []
        rows = run.read(chosen)
        from argmine.model.inputs import RowMaker

        maker = RowMaker(start.tokenizer(chosen.encoder), chosen.window)
        trainer = Trainer(start.network(chosen), maker, chosen.loop, folder)
        trainer.fit(*rows, lambda p, told=told: told.append(p.steps))  # type: ignore[misc]
        steps.append(told[0])

    assert steps[0] == steps[1] == 120


def test_the_focal_loss_forgives_what_is_known() -> None:
    """It weighs a sure right answer less against a wrong one than cross-entropy does."""
    sure, wrong = torch.tensor([[5.0, 0.0]]), torch.tensor([[0.0, 5.0]])
    gold, weights = torch.tensor([0]), torch.ones(2)
    plain, focal = (
        [
            float(objective.loss(x, gold, weights, LoopSettings(focal=f, label_smoothing=0.0)))
            for x in (sure, wrong)
        ]
        for f in (0.0, 2.0)
    )

    assert focal[0] / focal[1] < plain[0] / plain[1] / 100
    unlabelled = torch.tensor([-100])
    assert float(objective.loss(sure, unlabelled, weights, LoopSettings())) == 0.0


@pytest.fixture(scope="module")
def opened(encoder: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A model for which all is in the target: for the US, against tariffs."""
    folder = tmp_path_factory.mktemp("open")
    rows = [
        {"text": f"US {word} tariffs are {word}", "target": target, "label": label}
        for word in ("good", "bad", "here")
        for target, label in (("US", "FAVOR"), ("tariffs", "AGAINST"))
    ]
    path = folder / "rows.jsonl"
    path.write_text("".join(json.dumps(row) + "\n" for row in rows * 4))
    table = {
        "name": "open",
        "encoder": str(encoder),
        "data": {"train": [str(path)], "dev": [str(path)]},
        "tasks": {"stance": {"field": "label"}},
        "window": {"sentence": 32},
        "loop": {"epochs": 60, "batch_size": 8, "learning_rate": 3e-3},
    }
    run.train(config.parse(table, TrainingConfig, where="test"), folder / "model", lambda _: None)
    return folder / "model"


def test_the_target_decides(opened: Path) -> None:
    """One sentence, two targets, two stances."""
    text = "US good tariffs are good"
    said = Classifier(opened).judge([Sentence(text, target=t) for t in ("US", "tariffs")])

    assert [answer["stance"].label for answer in said] == ["favor", "against"]


def test_targets_on_the_command_line(cli, opened: Path) -> None:  # noqa: ANN001
    """Beside the model's own targets; alone with a model that has none of its own."""
    text = "US good tariffs are good"
    asked = ["annotate", "-", "--target", "US", "--target", "tariffs"]
    done = cli(*asked, "--model", opened, stdin=text)
    document = json.loads(done.stdout)
    [part] = document["segments"]

    assert {t: p["label"] for t, p in part["stance"].items()} == {
        "US": "favor",
        "tariffs": "against",
    }
    assert "role" not in part
    assert document["provenance"]["open_model"] == "open"
    none = cli("annotate", "-", "--model", opened, stdin=text)
    assert none.returncode == 2
    assert "--target" in none.stderr


def test_a_row_names_its_target(cli, opened: Path, tmp_path: Path) -> None:  # noqa: ANN001
    """Its stance stands under the words of its target, and is measured there."""
    rows = [
        {"id": "a", "text": "US good tariffs are good", "target": "US", "label": "FAVOR"},
        {"id": "b", "text": "US good tariffs are good", "target": "tariffs", "label": "CON"},
    ]
    (tmp_path / "rows.jsonl").write_text("".join(json.dumps(row) + "\n" for row in rows))
    asked = ["--unit", "sentence", "--model", opened, "--out", "said.jsonl"]
    cli("annotate", "rows.jsonl", *asked)
    said = [json.loads(line) for line in (tmp_path / "said.jsonl").read_text().splitlines()]

    stances = [line["segments"][0]["stance"] for line in said]
    assert [{t: p["label"] for t, p in s.items()} for s in stances] == [
        {"US": "favor"},
        {"tariffs": "against"},
    ]
    for source in (["--predictions", "said.jsonl"], ["--model", opened]):
        done = cli("evaluate", "rows.jsonl", *source, "--json")
        assert json.loads(done.stdout)["all"]["stance"]["accuracy"] == 1.0


def test_the_threshold_makes_unsure(opened: Path) -> None:
    """Below it the label is unsure; the scores stay."""
    sure = Classifier(opened)
    doubtful = Classifier(opened, unsure=True)
    task = msgspec.structs.replace(doubtful.info.tasks["stance"], threshold=1.0)
    doubtful.info = msgspec.structs.replace(doubtful.info, tasks={"stance": task})
    sentence = Sentence("US good tariffs are good", target="US")
    [said], [unsure] = sure.judge([sentence]), doubtful.judge([sentence])

    assert unsure["stance"].label == "unsure"
    assert unsure["stance"].scores == said["stance"].scores


def test_patience_survives_an_interruption(encoder: Path, labelled: Path, tmp_path: Path) -> None:
    """Stopped in the middle of an epoch, it ends where an undisturbed run ends."""

    class Stop(Exception):  # noqa: N818
        pass

    def stop(progress: object) -> None:
        if progress.step == 8:  # type: ignore[attr-defined]
            raise Stop

    chosen = settings(encoder, labelled, loop={"patience": 2, "epochs": 30, "checkpoint_every": 2})
    from argmine.model.inputs import RowMaker

    ended = []
    for name in ("whole", "broken"):
        (tmp_path / name).mkdir()
        for attempt in range(2 if name == "broken" else 1):
            maker = RowMaker(start.tokenizer(chosen.encoder), chosen.window)
            torch.manual_seed(1)
            trainer = Trainer(start.network(chosen), maker, chosen.loop, tmp_path / name)
            if name == "broken" and not attempt:
                with pytest.raises(Stop):
                    trainer.fit(*run.read(chosen), stop)
            else:
                trainer.fit(*run.read(chosen), lambda _: None)
        logs = ("metrics.jsonl", "steps.jsonl")
        ended.append([(tmp_path / name / log).read_text() for log in logs])

    assert ended[0] == ended[1]


def test_a_training_that_runs_away_is_told(encoder: Path, labelled: Path, tmp_path: Path) -> None:
    """No model is made of it."""
    chosen = settings(encoder, labelled, loop={"learning_rate": 1e30})

    with pytest.raises(UsageError, match=r"lower loop\.learning_rate"):
        fitted(chosen, tmp_path)


@pytest.mark.parametrize("damage", ["config.json", "model.safetensors", "tokenizer.json", "all"])
def test_a_wrong_encoder_is_named(
    encoder: Path, labelled: Path, tmp_path: Path, damage: str
) -> None:
    """Before anything is written, with what is missing."""
    copy = tmp_path / "encoder"
    if damage != "all":
        shutil.copytree(encoder, copy)
        (copy / damage).write_text("{")
    chosen = settings(copy, labelled)

    with pytest.raises(DataError, match=str(copy)):
        start.network(msgspec.structs.replace(chosen, encoder=str(start.find(chosen, tmp_path))))


def test_a_window_must_fit_the_encoder(encoder: Path, labelled: Path, tmp_path: Path) -> None:
    """The tiny encoder reads 320 pieces."""
    with pytest.raises(DataError, match="lower window"):
        start.find(settings(encoder, labelled, window={"sentence": 300}), tmp_path)


def test_a_model_is_an_encoder_too(opened: Path, labelled: Path, tmp_path: Path) -> None:
    """Its folder can be named where an encoder is wanted."""
    chosen = settings(opened, labelled, method="head", loop={"precision": "float32"})
    score, trainer = fitted(
        msgspec.structs.replace(chosen, encoder=str(start.find(chosen, tmp_path))), tmp_path
    )

    assert score > 0.9
    words = trainer.network.encoder.get_input_embeddings()
    assert words.num_embeddings == start.tokenizer(str(opened)).get_vocab_size()


def test_a_share_of_the_weights_may_be_those_of_another_training(
    encoder: Path, labelled: Path, tmp_path: Path
) -> None:
    """The mean of the two is exported; what does not fit is refused before any training."""
    from safetensors.torch import load_file

    def made(name: str, **more: object) -> tuple[TrainingConfig, Path]:
        loop = {"epochs": 2, "seeds": [7 if name == "first" else 8]}
        return settings(encoder, labelled, loop=loop, **more), tmp_path / name

    def weights(folder: Path) -> dict[str, torch.Tensor]:
        work = folder / "training"
        encoder_ = load_file(work / "encoder" / "model.safetensors")
        return encoder_ | load_file(work / "heads.safetensors")

    for name in ("first", "second"):
        run.train(*made(name), print)
    chosen, out = made("mixed", average={str(tmp_path / "first"): 0.25})
    run.train(chosen, out, print)

    first, second, mixed = (weights(tmp_path / name) for name in ("first", "second", "mixed"))
    assert any(not torch.equal(first[key], second[key]) for key in first)
    for key, weight in mixed.items():
        torch.testing.assert_close(weight, 0.25 * first[key] + 0.75 * second[key])
    assert "25% of the weights are those of first" in (out / "README.md").read_text()

    # Without its training a model has the same weights, rounded to 8 bits.
    shutil.rmtree(tmp_path / "first" / "training")
    chosen, out = made("with-model", average={str(tmp_path / "first"): 0.25})
    run.train(chosen, out, print)
    assert not (tmp_path / "first" / "training").exists()
    near = weights(out)
    for key, weight in mixed.items():
        torch.testing.assert_close(near[key], weight, atol=0.01, rtol=0.05)

    with pytest.raises(UsageError, match="no folder of a finished training"):
        run.train(*made("none", average={str(tmp_path / "absent"): 0.5}), print)
    other = {"role": {"field": "role", "labels": ["claim", "evidence"]}}
    with pytest.raises(UsageError, match="other tasks or labels"):
        run.train(*made("other", average={str(out): 0.5}, tasks=other), print)
    with pytest.raises(ConfigError, match="average"):
        made("whole", average={str(out): 1.0})
