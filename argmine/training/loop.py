"""Fit a classifier; an interrupted run goes on from its last checkpoint.

The order of rows and the dropout of a step depend on the seed and the step alone, so a
run that was interrupted ends with the weights of one that was not.
"""

from __future__ import annotations

import json
import math
import platform
import random
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import torch
from safetensors import safe_open
from safetensors.torch import load_file, save_file
from sklearn.metrics import f1_score
from torch import Tensor
from torch.nn.functional import cross_entropy

from argmine.errors import UsageError
from argmine.model.inputs import Row, RowMaker, pad

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from argmine.training.config import LoopSettings
    from argmine.training.data import Example
    from argmine.training.network import SegmentClassifier

POOL = 32


@dataclass(frozen=True, slots=True)
class Progress:
    """What the loop tells its caller after every step."""

    run: int
    step: int
    steps: int
    loss: float


class Trainer:
    """One training run in one folder."""

    def __init__(  # noqa: PLR0913, PLR0917 - all that a run is made of
        self,
        network: SegmentClassifier,
        maker: RowMaker,
        settings: LoopSettings,
        folder: Path,
        run: int = 0,
        fingerprint: str = "",
    ) -> None:
        """Prepare the optimiser; nothing is read or written.

        ``run`` picks the seed; ``fingerprint`` stands for data and settings, so that a
        checkpoint of others is not gone on with.
        """
        self._network = network
        self._maker = maker
        self._settings = settings
        self._folder = folder
        self._run = run
        self._fingerprint = fingerprint
        self._seed = settings.seeds[run]
        self._trained = {
            name: weight for name, weight in network.named_parameters() if weight.requires_grad
        }
        self._optimizer = torch.optim.AdamW(
            _groups(self._trained, settings.weight_decay), lr=settings.learning_rate
        )
        self.precision = torch.bfloat16 if has_fast_bf16() else torch.float32

    def fit(
        self,
        train: Sequence[Example],
        dev: Sequence[Example],
        report: Callable[[Progress], None],
    ) -> None:
        """Train to the end; scores on dev are logged after every epoch."""
        settings = self._settings
        rows = first_rows(self._maker, train)
        weights = class_weights(train, self._network.labels)
        per_epoch = math.ceil(len(rows) / settings.batch_size)
        steps = per_epoch * settings.epochs
        done = self._restore()
        for epoch in range(settings.epochs):
            batches = list(self._batches(rows, epoch))
            for number, batch in enumerate(batches):
                step = epoch * per_epoch + number
                if step < done:
                    continue
                loss = self._step(batch, train, weights, step, steps)
                report(Progress(self._run, step + 1, steps, loss))
                if (step + 1) % settings.checkpoint_every == 0 or step + 1 == steps:
                    self._save(step + 1)
            if (epoch + 1) * per_epoch > done:
                self._log({"epoch": epoch + 1, "dev": self.score(dev)})

    def score(self, examples: Sequence[Example]) -> dict[str, dict[str, float]]:
        """Return macro-F1 by language and task."""
        logits = self.logits(examples)
        languages = sorted({example.lang for example in examples})
        return {
            lang: {
                task: _macro_f1(
                    [e.labels[task] for e in examples if e.lang == lang],
                    [
                        int(row.argmax())
                        for e, row in zip(examples, values, strict=True)
                        if e.lang == lang
                    ],
                )
                for task, values in logits.items()
            }
            for lang in languages
        }

    def logits(self, examples: Sequence[Example]) -> dict[str, Tensor]:
        """Return logits by task, each of shape ``(examples, labels)``, in order."""
        self._network.eval()
        rows = first_rows(self._maker, examples)
        order = sorted(range(len(rows)), key=lambda i: len(rows[i].ids))
        found: dict[int, dict[str, Tensor]] = {}
        size = self._settings.batch_size
        for start in range(0, len(order), size):
            chosen = order[start : start + size]
            with torch.no_grad():
                out = self._forward([rows[i] for i in chosen])
            for place, i in enumerate(chosen):
                found[i] = {task: values[place] for task, values in out.items()}
        return {
            task: torch.stack([found[i][task] for i in range(len(rows))])
            for task in self._network.tasks
        }

    def _forward(self, rows: Sequence[Row]) -> dict[str, Tensor]:
        batch = pad(rows, self._maker.pad)
        with torch.autocast("cpu", self.precision, enabled=self.precision != torch.float32):
            out = self._network(
                torch.from_numpy(batch.ids),
                torch.from_numpy(batch.mask),
                torch.from_numpy(batch.own),
            )
        return {task: values.float() for task, values in out.items()}

    def _step(
        self,
        batch: Sequence[Row],
        train: Sequence[Example],
        weights: Mapping[str, Tensor],
        step: int,
        steps: int,
    ) -> float:
        self._network.train()
        # Dropout must not depend on how the run reached this step.
        torch.manual_seed(self._seed * 1_000_003 + step)
        rate = self._settings.learning_rate * self._schedule(step, steps)
        for group in self._optimizer.param_groups:
            group["lr"] = rate
        out = self._forward(batch)
        losses = [
            cross_entropy(
                values,
                torch.tensor([train[row.owner].labels[task] for row in batch]),
                weight=weights[task],
                label_smoothing=self._settings.label_smoothing,
            )
            for task, values in out.items()
        ]
        loss = torch.stack(losses).sum()
        loss.backward()  # type: ignore[no-untyped-call]
        torch.nn.utils.clip_grad_norm_(self._trained.values(), 1.0)
        self._optimizer.step()
        self._optimizer.zero_grad(set_to_none=True)
        return float(loss.detach())

    def _schedule(self, step: int, steps: int) -> float:
        warm = max(1, int(steps * self._settings.warmup))
        if step < warm:
            return (step + 1) / warm
        return max(0.0, (steps - step) / max(1, steps - warm))

    def _batches(self, rows: Sequence[Row], epoch: int) -> Iterator[list[Row]]:
        """Yield shuffled batches whose rows are alike in length."""
        generator = random.Random(f"{self._seed}/{epoch}")  # noqa: S311
        shuffled = list(rows)
        generator.shuffle(shuffled)
        size = self._settings.batch_size
        batches: list[list[Row]] = []
        for start in range(0, len(shuffled), size * POOL):
            pool = sorted(shuffled[start : start + size * POOL], key=lambda r: len(r.ids))
            batches += [pool[i : i + size] for i in range(0, len(pool), size)]
        generator.shuffle(batches)
        yield from batches

    def _save(self, step: int) -> None:
        tensors = {f"weight/{name}": w.detach() for name, w in self._trained.items()}
        for name, weight in self._trained.items():
            for key, value in self._optimizer.state[weight].items():
                tensors[f"{key}/{name}"] = value
        # Written beside and renamed: an interruption leaves the older checkpoint whole.
        part = self._folder / "checkpoint.part"
        save_file(
            {name: value.contiguous() for name, value in tensors.items()},
            part,
            metadata={"step": str(step), "fingerprint": self._fingerprint},
        )
        part.replace(self._folder / "checkpoint.safetensors")

    def _restore(self) -> int:
        """Load the last checkpoint, if any, and return the steps it had done.

        Raises:
            UsageError: It was made with other data or other settings.
        """
        path = self._folder / "checkpoint.safetensors"
        if not path.exists():
            return 0
        with safe_open(path, "pt") as file:
            facts = file.metadata()
        if facts["fingerprint"] != self._fingerprint:
            msg = f"{path}: made with other data or settings; name another --out or delete it"
            raise UsageError(msg)
        tensors = load_file(path)
        for name, weight in self._trained.items():
            with torch.no_grad():
                weight.copy_(tensors[f"weight/{name}"])
            self._optimizer.state[weight] = {
                key: tensors[f"{key}/{name}"] for key in ("step", "exp_avg", "exp_avg_sq")
            }
        return int(facts["step"])

    def _log(self, entry: Mapping[str, object]) -> None:
        with (self._folder / "metrics.jsonl").open("a", encoding="utf-8") as file:
            file.write(json.dumps(entry) + "\n")


def first_rows(maker: RowMaker, examples: Sequence[Example]) -> list[Row]:
    """Return one row an example: training reads the first window of a long sentence."""
    rows: dict[int, Row] = {}
    for row in maker.rows([example.sentence for example in examples]):
        rows.setdefault(row.owner, row)
    return [rows[i] for i in range(len(examples))]


def class_weights(examples: Sequence[Example], tasks: Mapping[str, int]) -> dict[str, Tensor]:
    """Return weights that grow with the root of a label's rarity, mean one a row.

    ``tasks`` maps each task to its number of labels.
    """
    weights = {}
    for task in tasks:
        counts = torch.bincount(
            torch.tensor([e.labels[task] for e in examples]), minlength=tasks[task]
        ).float()
        raw = counts.clamp(min=1).rsqrt()
        weights[task] = raw * counts.sum() / (raw * counts).sum()
    return weights


def has_fast_bf16() -> bool:
    """Say whether the processor multiplies bfloat16 in hardware.

    Elsewhere bfloat16 is emulated and slower than float32.
    """
    try:
        flags = Path("/proc/cpuinfo").read_text(encoding="utf-8")
    except OSError:
        return platform.machine() == "arm64"
    return "avx512_bf16" in flags or "amx_bf16" in flags


def _groups(trained: Mapping[str, torch.nn.Parameter], decay: float) -> list[dict[str, object]]:
    """Decay matrices only: biases and normalisation carry no complexity."""
    matrices = [weight for weight in trained.values() if weight.ndim > 1]
    vectors = [weight for weight in trained.values() if weight.ndim == 1]
    return [
        {"params": matrices, "weight_decay": decay},
        {"params": vectors, "weight_decay": 0.0},
    ]


def _macro_f1(gold: Sequence[int], predicted: Sequence[int]) -> float:
    return float(f1_score(gold, predicted, average="macro", zero_division=0.0))
