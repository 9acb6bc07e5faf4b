"""A whole training: read, fit, average the runs, calibrate, export, describe."""

from __future__ import annotations

import hashlib
import json
import shutil
from importlib import metadata
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec
import torch
from tokenizers import Tokenizer

from argmine.errors import DataError
from argmine.evaluation.scores import Judged, calibration_error, macro_f1
from argmine.model import folder
from argmine.model.classifier import Classifier, softmax
from argmine.model.inputs import RowMaker
from argmine.training import card, data, export
from argmine.training.loop import Trainer
from argmine.training.network import SegmentClassifier

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    import numpy as np
    from numpy.typing import NDArray

    from argmine.training.config import TrainingConfig
    from argmine.training.data import Example
    from argmine.training.loop import Progress

Scores = dict[str, dict[str, float]]


def train(settings: TrainingConfig, out: Path, report: Callable[[Progress], None]) -> Scores:
    """Train as the settings say and write a model folder; return macro-F1 on dev.

    The folder ``training`` inside holds checkpoints and metrics, and may be deleted.

    Raises:
        DataError: The data or the encoder cannot be read.
    """
    files = {
        "train": data.expand(settings.data.train),
        "dev": data.expand(settings.data.dev),
    }
    examples = {name: data.read_examples(paths, settings.tasks) for name, paths in files.items()}
    work = out / "training"
    work.mkdir(parents=True, exist_ok=True)
    network = _fit(settings, examples, work, report, _write_facts(settings, work, files))
    tokenizer = Path(settings.encoder) / folder.TOKENIZER
    shutil.copyfile(tokenizer, out / folder.TOKENIZER)
    export.write_onnx(network, out)
    return _describe(settings, examples["dev"], out)


def _maker(settings: TrainingConfig) -> RowMaker:
    path = Path(settings.encoder) / folder.TOKENIZER
    if not path.is_file():
        msg = f"{path}: no tokenizer there; `argmine models encoder` makes an encoder"
        raise DataError(msg)
    return RowMaker(Tokenizer.from_file(str(path)), settings.window)


def _fit(
    settings: TrainingConfig,
    examples: Mapping[str, Sequence[Example]],
    work: Path,
    report: Callable[[Progress], None],
    fingerprint: str,
) -> SegmentClassifier:
    heads = {name: len(task.labels) for name, task in settings.tasks.items()}
    maker = _maker(settings)
    states = []
    network: SegmentClassifier
    for run in range(len(settings.loop.seeds)):
        # All runs begin with the same heads, or their weights could not be averaged.
        torch.manual_seed(settings.loop.seeds[0])
        network = SegmentClassifier.from_encoder(settings.encoder, heads)
        place = work / f"run-{run}"
        place.mkdir(exist_ok=True)
        Trainer(network, maker, settings.loop, place, run, fingerprint).fit(
            examples["train"], examples["dev"], report
        )
        states.append(network.state_dict())
    mean = {
        name: torch.stack([state[name].float() for state in states]).mean(0) for name in states[0]
    }
    network.load_state_dict(mean)
    return network


def _describe(settings: TrainingConfig, dev: Sequence[Example], out: Path) -> Scores:
    """Calibrate on dev, then write ``model.toml`` and the card."""
    _write_description(settings, out, dict.fromkeys(settings.tasks, 1.0), {})
    logits = Classifier(out).logits([example.sentence for example in dev])
    temperatures = {
        task: export.temperature(values, [e.labels[task] for e in dev])
        for task, values in logits.items()
    }
    shares = {task: softmax(logits[task] / temperatures[task]) for task in logits}
    judged = {
        lang: {task: _judged(settings, dev, shares[task], (task, lang)) for task in settings.tasks}
        for lang in sorted({example.lang for example in dev})
    }
    scores = {
        lang: {task: round(macro_f1(answers), 4) for task, answers in tasks.items()}
        for lang, tasks in judged.items()
    }
    errors = {
        lang: {task: round(calibration_error(a), 4) for task, a in tasks.items()}
        for lang, tasks in judged.items()
    }
    _write_description(settings, out, temperatures, scores)
    written = card.render(settings, scores, errors, len(dev))
    (out / "README.md").write_text(written, encoding="utf-8")
    return scores


def _judged(
    settings: TrainingConfig,
    dev: Sequence[Example],
    shares: NDArray[np.float32],
    asked: tuple[str, str],
) -> list[Judged]:
    """Return the answers to one task in one language."""
    task, lang = asked
    labels = settings.tasks[task].labels
    return [
        Judged(labels[example.labels[task]], labels[int(row.argmax())], float(row.max()))
        for example, row in zip(dev, shares, strict=True)
        if example.lang == lang
    ]


def _write_description(
    settings: TrainingConfig,
    out: Path,
    temperatures: Mapping[str, float],
    scores: Scores,
) -> None:
    window = settings.window
    tables = [
        "[window]",
        f"sentence = {window.sentence}",
        f"before = {window.before}",
        f"after = {window.after}",
        "",
    ]
    for name, task in settings.tasks.items():
        tables += [
            f"[tasks.{json.dumps(name)}]",
            f"labels = {json.dumps(task.labels, ensure_ascii=False)}",
            f"temperature = {temperatures[name]}",
            "",
        ]
    for lang, tasks in scores.items():
        tables.append(f"[scores.{json.dumps(lang)}]")
        tables += [f"{json.dumps(task)} = {score}" for task, score in tasks.items()]
        tables.append("")
    info = {
        "name": settings.name,
        "encoder": settings.encoder_name,
        "summary": settings.card.summary,
        "licence": settings.card.licence,
    }
    export.write_description(out, info, tables)


def _write_facts(settings: TrainingConfig, work: Path, files: Mapping[str, Sequence[Path]]) -> str:
    """Write down what the run is made from; return a digest of data and settings."""
    digests = {
        name: {str(path): folder.digest(path) for path in paths} for name, paths in files.items()
    }
    versions = {
        name: metadata.version(name) for name in ("argmine", "torch", "transformers", "onnxruntime")
    }
    facts = {"data": digests, "versions": versions}
    (work / "facts.json").write_text(json.dumps(facts, indent=1) + "\n")
    told = [settings.encoder, settings.tasks, settings.window, settings.loop]
    told += [sorted(part.values()) for part in digests.values()]
    return hashlib.sha256(msgspec.json.encode(told)).hexdigest()
