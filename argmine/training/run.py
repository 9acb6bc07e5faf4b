"""A whole training: read, fit, average the runs, export, calibrate, describe."""

from __future__ import annotations

import hashlib
import json
import platform
import shutil
from importlib import metadata
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec
import torch
from safetensors.torch import save_file

from argmine.errors import DataError, UsageError
from argmine.model import folder
from argmine.model.inputs import RowMaker
from argmine.training import average, data, describe, export, methods, split, start, teach
from argmine.training.config import complete
from argmine.training.loop import CHECKPOINT, Trainer, checked

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from argmine.training.config import TrainingConfig
    from argmine.training.data import Example
    from argmine.training.describe import Scores
    from argmine.training.loop import Progress
    from argmine.training.network import SegmentClassifier

_PACKAGES = ("argmine", "torch", "transformers", "peft", "onnxruntime", "scikit-learn")


def train(settings: TrainingConfig, out: Path, report: Callable[[Progress], None]) -> Scores:
    """Train as the settings say and write a model folder; return macro-F1 on dev.

    The folder ``training`` inside holds the configuration, digests of the data, the split,
    the environment, metrics, checkpoints, and the trained encoder, from which another
    training may start; it may be deleted.

    Raises:
        ConfigError: A task of the user's own has no labels.
        DataError: The data or the encoder cannot be read.
        UsageError: The folder holds other things.
    """
    settings = complete(settings)
    _check_place(out)
    train_rows, dev_rows = read(settings)
    work = out / "training"
    asked = settings.encoder
    settings = msgspec.structs.replace(settings, encoder=str(start.find(settings, work)))
    average.check(settings, out)
    train_rows += teach.taught(settings)
    fingerprint = _fingerprint(settings, train_rows, dev_rows)
    for path in work.glob(f"run-*/{CHECKPOINT}"):
        checked(path, fingerprint)
    work.mkdir(parents=True, exist_ok=True)
    _write_facts(settings, work, {"train": train_rows, "dev": dev_rows})
    network, logits = _fit(settings, (train_rows, dev_rows), work, report, fingerprint)
    _save_encoder(network, settings.encoder, work / average.ENCODER)
    shutil.copyfile(Path(settings.encoder) / folder.TOKENIZER, out / folder.TOKENIZER)
    export.write_onnx(network, out)
    config = json.loads(network.encoder.config.to_json_string())  # type: ignore[union-attr, operator]
    settings = msgspec.structs.replace(settings, encoder_name=settings.encoder_name or asked)
    return describe.describe(settings, dev_rows, describe.Trained(logits, config), out)


def _check_place(out: Path) -> None:
    """Refuse to write a model into a folder of other things.

    Raises:
        UsageError: The folder is no training and no model, and not empty; or is a file.
    """
    if out.is_dir():
        ours = (out / folder.DESCRIPTION).is_file() or (out / "training").is_dir()
        if not ours and any(out.iterdir()):
            msg = f"{out}: holds other files and no training; name another --out"
            raise UsageError(msg)
    elif out.exists():
        msg = f"{out}: is a file; a model is a folder, name another --out"
        raise UsageError(msg)


def read(settings: TrainingConfig) -> tuple[list[Example], list[Example]]:
    """Return the rows to train on and the rows to judge by.

    Raises:
        DataError: The data cannot be read, or one of the two is empty.
    """
    given = settings.data
    found = data.read_examples(given.train, settings.tasks, given.columns)
    for task in settings.tasks:
        if len({e.labels[task] for e in found} - {data.NO_LABEL}) < 2:
            msg = f"the rows to train on have one label of {task!r} only: there is nothing to learn"
            raise DataError(msg)
    dev = data.read_examples(given.dev, settings.tasks, given.columns) if given.dev else []
    for says in data.unseen([*found, *dev], given):
        raise DataError(says)
    if given.dev is not None:
        return found, dev
    parts = split.split(found, given.dev_share, settings.loop.seeds[0])
    for name, part in zip(("train on", "judge by"), parts, strict=True):
        for task in settings.tasks:
            seen = {e.labels[task] for e in part} - {data.NO_LABEL}
            if len(seen) < (2 if name == "train on" else 1):
                msg = (
                    f"of {len(found)} rows, those left to {name} have {len(seen)} labels of "
                    f"{task!r}: too few; add rows, or name rows in data.dev"
                )
                raise DataError(msg)
    return parts


def _fit(
    settings: TrainingConfig,
    rows: tuple[Sequence[Example], Sequence[Example]],
    work: Path,
    report: Callable[[Progress], None],
    fingerprint: str,
) -> tuple[SegmentClassifier, dict[str, torch.Tensor]]:
    """Return the averaged network and its logits on dev, before its weights are rounded."""
    maker = RowMaker(start.tokenizer(settings.encoder), settings.window)
    trainers = []
    for run in range(len(settings.loop.seeds)):
        # All runs begin with the same heads, or their weights could not be averaged.
        torch.manual_seed(settings.loop.seeds[0])
        place = work / f"run-{run}"
        place.mkdir(exist_ok=True)
        network = start.network(settings)
        trainers.append(Trainer(network, maker, settings.loop, place, run, fingerprint))
        methods.fit(settings.method, trainers[-1], rows, report)
    mean = average.mean([trainer.network.state_dict() for trainer in trainers])
    trainers[-1].network.load_state_dict(average.mixed(mean, settings))
    return trainers[-1].network, trainers[-1].logits(rows[1], torch.float32)


def _save_encoder(network: SegmentClassifier, source: str, place: Path) -> None:
    """Write the encoder as a Hugging Face checkpoint, its tokenizer and the heads beside it."""
    network.encoder.save_pretrained(place)  # type: ignore[operator]
    save_file(network.heads.state_dict(), place.parent / average.HEADS)
    for path in Path(source).glob("tokenizer*"):
        shutil.copyfile(path, place / path.name)


def _write_facts(
    settings: TrainingConfig, work: Path, parts: Mapping[str, Sequence[Example]]
) -> None:
    """Write down what the run is made from."""
    (work / average.CONFIG).write_bytes(
        msgspec.json.format(msgspec.json.encode(settings), indent=1)
    )
    lines = [
        {"part": name, "where": e.where, "article": e.article, "labels": e.labels, "given": e.given}
        for name, examples in parts.items()
        for e in examples
    ]
    (work / "split.jsonl").write_bytes(b"".join(msgspec.json.encode(x) + b"\n" for x in lines))
    given = settings.data
    files = data.paths([*given.train, *(given.unlabelled or ()), *(given.dev or ())])
    facts = {
        "data": {str(path): data.digest(path) for path in files},
        "teachers": teach.digests(settings.teachers),
        "average": {name: average.digest(Path(name)) for name in settings.average},
        "rows": {name: len(examples) for name, examples in parts.items()},
        "versions": {name: metadata.version(name) for name in _PACKAGES},
        "python": platform.python_version(),
        "machine": f"{platform.system()} {platform.machine()}",
        "threads": torch.get_num_threads(),
    }
    (work / "facts.json").write_text(json.dumps(facts, indent=1) + "\n")


def _fingerprint(settings: TrainingConfig, train: Sequence[Example], dev: Sequence[Example]) -> str:
    """Return a digest of all that the weights depend on."""
    rows = [[[e.sentence, e.labels, e.shares] for e in part] for part in (train, dev)]
    window = msgspec.structs.replace(settings.window, doubt=0.0)  # it is for the use of a model
    told = (
        (settings.method, settings.tasks, window, settings.loop, settings.lora),
        rows,
        data.digest(Path(settings.encoder)),
    )
    return hashlib.sha256(msgspec.json.encode(told)).hexdigest()
