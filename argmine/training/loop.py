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
from typing import TYPE_CHECKING, Any

import torch
from safetensors import safe_open
from safetensors.torch import load_file, save_file
from sklearn.metrics import f1_score
from torch import Tensor

from argmine.errors import UsageError
from argmine.model.inputs import Row, RowMaker, pad
from argmine.training import objective
from argmine.training.data import NO_LABEL

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from argmine.training.config import LoopSettings
    from argmine.training.data import Example
    from argmine.training.network import SegmentClassifier

POOL = 32
METRICS = "metrics.jsonl"


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
        self.network = network
        self._maker = maker
        self.settings = settings
        self._folder = folder
        self._run = run
        self._fingerprint = fingerprint
        self._seed = settings.seeds[run]
        self._trained = {
            name: weight for name, weight in network.named_parameters() if weight.requires_grad
        }
        self._optimizer = torch.optim.AdamW(
            _groups(self._trained, settings.weight_decay), lr=settings.learning_rate, fused=True
        )
        fast = has_fast_bf16() if settings.precision == "auto" else settings.precision == "bfloat16"
        self.precision = torch.bfloat16 if fast else torch.float32

    def fit(
        self,
        train: Sequence[Example],
        dev: Sequence[Example],
        report: Callable[[Progress], None],
    ) -> None:
        """Train to the end, or until dev gets no better; scores on dev are logged by epoch."""
        settings = self.settings
        rows = first_rows(self._maker, train)
        weights = objective.class_weights(train, self.network.labels, settings.class_weights)
        group = settings.batch_size * settings.accumulate
        per_epoch = math.ceil(len(rows) / group)
        steps = per_epoch * settings.epochs
        done = self._restore()
        for epoch in range(settings.epochs):
            batches = list(self._batches(rows, epoch))
            for number in range(per_epoch):
                step = epoch * per_epoch + number
                if step < done:
                    continue
                first = number * settings.accumulate
                chosen = batches[first : first + settings.accumulate]
                loss = self._step(chosen, train, weights, step, steps)
                report(Progress(self._run, step + 1, steps, loss))
                if (step + 1) % settings.checkpoint_every == 0 or step + 1 == steps:
                    self._save(step + 1)
            if (epoch + 1) * per_epoch > done and self._judged(epoch, dev):
                break
        if settings.patience is not None:
            self._load_weights(load_file(self._folder / "best.safetensors"))

    def _judged(self, epoch: int, dev: Sequence[Example]) -> bool:
        """Log the scores of an epoch; say whether the run has waited long enough."""
        found = self.score(dev)
        mean = _mean(found)
        self._log({"epoch": epoch + 1, "mean": round(mean, 4), "dev": found})
        patience = self.settings.patience
        if patience is None:
            return False
        means = [entry["mean"] for entry in self._logged()]
        best = max(range(len(means)), key=means.__getitem__)
        if best == len(means) - 1:
            save_file(
                {k: w.detach().contiguous() for k, w in self._trained.items()},
                self._folder / "best.safetensors",
            )
        return len(means) - 1 - best >= patience

    def score(self, examples: Sequence[Example]) -> dict[str, dict[str, float]]:
        """Return macro-F1 by language and task."""
        logits = self.logits(examples)
        found: dict[str, dict[str, float]] = {}
        for lang in sorted({example.lang for example in examples}):
            for task, values in logits.items():
                pairs = [
                    (e.labels[task], int(row.argmax()))
                    for e, row in zip(examples, values, strict=True)
                    if e.lang == lang and e.labels[task] != NO_LABEL
                ]
                if pairs:
                    found.setdefault(lang, {})[task] = _macro_f1(*zip(*pairs, strict=True))
        return found

    def logits(self, examples: Sequence[Example]) -> dict[str, Tensor]:
        """Return logits by task, each of shape ``(examples, labels)``, in order."""
        found = self._read(examples, self._forward)
        return {task: torch.stack([row[task] for row in found]) for task in self.network.tasks}

    def vectors(self, examples: Sequence[Example]) -> Tensor:
        """Return what the heads read, of shape ``(examples, 2 * hidden)``, in order.

        In float32: what tells sentences apart is small beside what they share.
        """
        found = self._read(examples, lambda rows: {"": self._pooled(rows, torch.float32)})
        return torch.stack([row[""] for row in found])

    def _read(
        self,
        examples: Sequence[Example],
        ask: Callable[[Sequence[Row]], Mapping[str, Tensor]],
    ) -> list[dict[str, Tensor]]:
        """Ask something of all examples, those of like length together."""
        self.network.eval()
        rows = first_rows(self._maker, examples)
        order = sorted(range(len(rows)), key=lambda i: len(rows[i].ids))
        found: dict[int, dict[str, Tensor]] = {}
        size = self.settings.batch_size
        for start in range(0, len(order), size):
            chosen = order[start : start + size]
            with torch.no_grad():
                out = ask([rows[i] for i in chosen])
            for place, i in enumerate(chosen):
                found[i] = {name: values[place] for name, values in out.items()}
        return [found[i] for i in range(len(rows))]

    def contrast(self, train: Sequence[Example], report: Callable[[Progress], None]) -> None:
        """Draw rows of one label together and push those of different labels apart.

        All pairs of a batch are held to the cosine 1 or 0 at once.

        Source: Tunstall et al. 2022, Efficient Few-Shot Learning Without Prompts.
        """
        rows = first_rows(self._maker, train)
        size = self.settings.batch_size
        per_epoch = math.ceil(len(rows) / size)
        steps = per_epoch * self.settings.epochs
        for step in range(steps):
            epoch, number = divmod(step, per_epoch)
            self.network.train()
            self._prepare(step, steps)
            batch = list(self._batches(rows, epoch))[number]
            vectors = torch.nn.functional.normalize(self._pooled(batch, self.precision), dim=-1)
            cosines = vectors @ vectors.T
            losses = []
            for task in self.network.tasks:
                labels = torch.tensor([train[row.owner].labels[task] for row in batch])
                same = (labels[:, None] == labels[None, :]).float()
                known = (labels != NO_LABEL).float()
                pairs = (known[:, None] * known[None, :]).fill_diagonal_(0)
                losses.append((pairs * (cosines - same) ** 2).sum() / pairs.sum().clamp(min=1))
            loss = torch.stack(losses).mean()
            loss.backward()  # type: ignore[no-untyped-call]
            self._advance()
            report(Progress(self._run, step + 1, steps, float(loss.detach())))

    def _forward(self, rows: Sequence[Row]) -> dict[str, Tensor]:
        out = self._ask(self.network, rows, self.precision)
        return {task: values.float() for task, values in out.items()}

    def _pooled(self, rows: Sequence[Row], precision: torch.dtype) -> Tensor:
        found: Tensor = self._ask(self.network.pooled, rows, precision)
        return found.float()

    def _ask(self, asked: Callable[..., Any], rows: Sequence[Row], precision: torch.dtype) -> Any:  # noqa: ANN401 - as the network has it
        batch = pad(rows, self._maker.pad)
        with torch.autocast("cpu", precision, enabled=precision != torch.float32):
            return asked(
                torch.from_numpy(batch.ids),
                torch.from_numpy(batch.mask),
                torch.from_numpy(batch.own),
            )

    def _step(
        self,
        batches: Sequence[Sequence[Row]],
        train: Sequence[Example],
        weights: Mapping[str, Tensor],
        step: int,
        steps: int,
    ) -> float:
        self.network.train()
        self._prepare(step, steps)
        total = 0.0
        for batch in batches:
            out = self._forward(batch)
            losses = [
                objective.loss(
                    values,
                    torch.tensor([train[row.owner].labels[task] for row in batch]),
                    weights[task],
                    self.settings,
                )
                for task, values in out.items()
            ]
            loss = torch.stack(losses).sum() / len(batches)
            loss.backward()  # type: ignore[no-untyped-call]
            total += float(loss.detach())
        self._advance()
        return total

    def _prepare(self, step: int, steps: int) -> None:
        """Set the rate and the random numbers of a step."""
        # Dropout must not depend on how the run reached this step.
        torch.manual_seed(self._seed * 1_000_003 + step)
        rate = self.settings.learning_rate * self._schedule(step, steps)
        for group in self._optimizer.param_groups:
            group["lr"] = rate

    def _advance(self) -> None:
        torch.nn.utils.clip_grad_norm_(self._trained.values(), 1.0)
        self._optimizer.step()
        self._optimizer.zero_grad(set_to_none=True)

    def _schedule(self, step: int, steps: int) -> float:
        warm = max(1, int(steps * self.settings.warmup))
        if step < warm:
            return (step + 1) / warm
        return max(0.0, (steps - step) / max(1, steps - warm))

    def _batches(self, rows: Sequence[Row], epoch: int) -> Iterator[list[Row]]:
        """Yield shuffled batches whose rows are alike in length."""
        generator = random.Random(f"{self._seed}/{epoch}")  # noqa: S311
        shuffled = list(rows)
        generator.shuffle(shuffled)
        size = self.settings.batch_size
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
        self._load_weights({name: tensors[f"weight/{name}"] for name in self._trained})
        for name, weight in self._trained.items():
            self._optimizer.state[weight] = {
                key: tensors[f"{key}/{name}"] for key in ("step", "exp_avg", "exp_avg_sq")
            }
        return int(facts["step"])

    def _load_weights(self, tensors: Mapping[str, Tensor]) -> None:
        with torch.no_grad():
            for name, weight in self._trained.items():
                weight.copy_(tensors[name])

    def _log(self, entry: Mapping[str, object]) -> None:
        with (self._folder / METRICS).open("a", encoding="utf-8") as file:
            file.write(json.dumps(entry) + "\n")

    def _logged(self) -> list[dict[str, Any]]:
        """Return the entries of all epochs so far."""
        lines = (self._folder / METRICS).read_text(encoding="utf-8").splitlines()
        return [entry for entry in map(json.loads, lines) if "epoch" in entry]


def first_rows(maker: RowMaker, examples: Sequence[Example]) -> list[Row]:
    """Return one row an example: training reads the first window of a long sentence."""
    rows: dict[int, Row] = {}
    for row in maker.rows([example.sentence for example in examples]):
        rows.setdefault(row.owner, row)
    return [rows[i] for i in range(len(examples))]


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


def _mean(scores: Mapping[str, Mapping[str, float]]) -> float:
    found = [value for tasks in scores.values() for value in tasks.values()]
    return sum(found) / len(found)
