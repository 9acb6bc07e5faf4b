"""Time and score the ways to train on few rows, beside a linear probe on the same rows.

    python benchmarks/training.py build/encoder TRAIN TEST [TRAIN TEST ...] --per-label 64
    python benchmarks/training.py open-stance TRAIN TEST --rows 500 --methods head,lora

The encoder is a folder, or a model by its name.  Each draw takes rows of TRAIN by its
seed, trains with every method from the same encoder, and scores on TEST, of which at most
``--test-rows`` are read.  The rows have ``text``, ``label`` and, if ``--open``, a
``target``.  The linear probe is the method ``head``.  Writes JSON.
"""

from __future__ import annotations

import argparse
import json
import random
import statistics
import tempfile
import time
from pathlib import Path

import msgspec
import torch
from sklearn.metrics import f1_score

from argmine import config
from argmine.formats.rows import Row
from argmine.formats.sources import read_rows
from argmine.model.inputs import RowMaker
from argmine.training import data, methods, start
from argmine.training.config import Columns, TrainingConfig, complete
from argmine.training.loop import Trainer


def main() -> None:
    """Read the options, run all draws, print JSON."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("encoder")
    parser.add_argument("files", nargs="+")
    parser.add_argument("--methods", default="head,few-shot")
    parser.add_argument("--per-label", type=int)
    parser.add_argument("--rows", type=int, default=500)
    parser.add_argument("--draws", type=int, default=5)
    parser.add_argument("--first-draw", type=int, default=0)
    parser.add_argument("--test-rows", type=int, default=1000)
    parser.add_argument("--open", action="store_true")
    parser.add_argument("--set", action="append", default=[], help="loop.epochs=8")
    given = parser.parse_args()
    found = {}
    for train, test in zip(given.files[::2], given.files[1::2], strict=True):
        name = Path(train).name.split(".")[0]
        found[name] = _measure(given, _rows(train), _rows(test))
        print(json.dumps({name: found[name]}), flush=True)
    for method in given.methods.split(","):
        means = [part[method]["mean"] for part in found.values()]
        print(json.dumps({"method": method, "mean of sets": round(statistics.mean(means), 4)}))


def _rows(path: str) -> list[dict[str, object]]:
    return [dict(row.cells) for row in read_rows(Path(path)) if isinstance(row, Row)]


def _measure(
    given: argparse.Namespace,
    train: list[dict[str, object]],
    test: list[dict[str, object]],
) -> dict[str, dict[str, object]]:
    chosen = random.Random(0).sample(test, min(given.test_rows, len(test)))  # noqa: S311
    labels = sorted({str(row["label"]) for row in train})
    scores: dict[str, list[float]] = {m: [] for m in given.methods.split(",")}
    seconds: dict[str, list[float]] = {m: [] for m in given.methods.split(",")}
    for draw in range(given.first_draw, given.first_draw + given.draws):
        rows = _drawn(given, train, labels, draw)
        for method, values in scores.items():
            begun = time.monotonic()
            f1, trained = _score(given, method, {"train": rows, "test": chosen}, labels, draw)
            values.append(round(f1, 4))
            seconds[method].append(round(trained - begun, 1))
    return {
        method: {
            "mean": round(statistics.mean(values), 4),
            "draws": values,
            "seconds": seconds[method],
        }
        for method, values in scores.items()
    }


def _drawn(
    given: argparse.Namespace, train: list[dict[str, object]], labels: list[str], draw: int
) -> list[dict[str, object]]:
    generator = random.Random(draw)  # noqa: S311
    if not given.per_label:
        return generator.sample(train, given.rows)
    return [
        row
        for label in labels
        for row in generator.sample([r for r in train if r["label"] == label], given.per_label)
    ]


def _score(
    given: argparse.Namespace,
    method: str,
    parts: dict[str, list[dict[str, object]]],
    labels: list[str],
    draw: int,
) -> tuple[float, float]:
    """Return macro-F1 on the test rows, and when training had ended."""
    task = "stance" if given.open else "label"
    with tempfile.TemporaryDirectory() as folder:
        paths = {}
        for name, part in parts.items():
            paths[name] = str(Path(folder) / f"{name}.jsonl")
            Path(paths[name]).write_text("".join(json.dumps(row) + "\n" for row in part))
        table: dict[str, object] = {
            "encoder": given.encoder,
            "method": method,
            "data": {"train": [paths["train"]], "dev": [paths["test"]]},
            "tasks": {task: {"field": "label", "labels": labels}},
            "window": {"sentence": 224},
            "loop": {"seeds": [draw], **_loop(given.set)},
        }
        settings = complete(config.parse(table, TrainingConfig, where="benchmark"))
        found = start.find(settings, Path(folder))
        settings = msgspec.structs.replace(settings, encoder=str(found))
        examples = data.read_examples(settings.data.train, settings.tasks, Columns())
        unseen = data.read_examples([paths["test"]], settings.tasks, Columns())
        torch.manual_seed(draw)
        maker = RowMaker(start.tokenizer(settings.encoder), settings.window)
        trainer = Trainer(start.network(settings), maker, settings.loop, Path(folder))
        # Dev is only logged: no choice is made by it.
        methods.fit(method, trainer, (examples, examples[:8]), lambda _: None)
        ended = time.monotonic()
        said = trainer.logits(unseen)[task].argmax(-1).tolist()
        gold = [example.labels[task] for example in unseen]
        return float(f1_score(gold, said, average="macro", zero_division=0.0)), ended


def _loop(options: list[str]) -> dict[str, object]:
    return {
        key.removeprefix("loop."): json.loads(value)
        for key, _, value in (option.partition("=") for option in options)
    }


if __name__ == "__main__":
    main()
