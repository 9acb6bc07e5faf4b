"""Fit a classifier; an interrupted run goes on from its last checkpoint.

The order of rows and the dropout of a step depend on the seed and the step alone, so a
run that was interrupted ends with the weights of one that was not.
"""

from __future__ import annotations

import json
import math
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import torch
from safetensors import safe_open
from safetensors.torch import load_file, save_file
from sklearn.metrics import f1_score
from torch import Tensor

from argmine.errors import UsageError
from argmine.model.inputs import pad
from argmine.training import objective
from argmine.training.batches import alone_rows, drawn_owners, first_rows, masked, shuffled
from argmine.training.data import NO_LABEL
from argmine.training.processor import has_fast_bf16

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from pathlib import Path

    from argmine.model.inputs import Row, RowMaker
    from argmine.training.config import LoopSettings
    from argmine.training.data import Example
    from argmine.training.network import SegmentClassifier

METRICS = "metrics.jsonl"
STEPS = "steps.jsonl"
BEST = "best.safetensors"
CHECKPOINT = "checkpoint.safetensors"


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
        self.maker = maker
        self.settings = settings
        self._folder = folder
        self.run = run
        self._fingerprint = fingerprint
        self._seed = settings.seeds[run]
        self._means: list[float] = []
        self._alone: dict[int, Row] = {}
        self._trained = {
            name: weight for name, weight in network.named_parameters() if weight.requires_grad
        }
        self._optimizer = torch.optim.AdamW(
            _groups(self._trained, settings.weight_decay), lr=settings.learning_rate, fused=True
        )
        fast = has_fast_bf16() if settings.precision == "auto" else settings.precision == "bfloat16"
        self.precision = torch.bfloat16 if fast else torch.float32

    @property
    def begun(self) -> bool:
        """Whether there is a checkpoint to go on from."""
        return (self._folder / CHECKPOINT).exists()

    def fit(
        self,
        train: Sequence[Example],
        dev: Sequence[Example],
        report: Callable[[Progress], None],
    ) -> None:
        """Train to the end, or until dev gets no better; scores on dev are logged by epoch."""
        settings = self.settings
        rows = first_rows(self.maker, train)
        self._alone = alone_rows(self.maker, train) if settings.alone else {}
        weights = objective.class_weights(train, self.network.labels, settings.class_weights)
        plan = [self._groups(rows, epoch) for epoch in range(settings.epochs)]
        steps = sum(map(len, plan))
        done = self._restore()
        step = 0
        for epoch, groups in enumerate(plan):
            if self._waited():
                break
            for number, chosen in enumerate(groups, 1):
                step += 1
                if step <= done:
                    continue
                loss = self._step(chosen, train, weights, step - 1, steps)
                self._log({"step": step, "loss": round(loss, 5)}, STEPS)
                report(Progress(self.run, step, steps, loss))
                if step % settings.checkpoint_every == 0 and number < len(groups):
                    self._save(step)
            if len(self._means) <= epoch:
                self._judge(epoch, dev)
                self._save(step)
        if settings.patience is not None:
            self._load_weights(load_file(self._folder / BEST))

    def _judge(self, epoch: int, dev: Sequence[Example]) -> None:
        """Log the scores of an epoch, and keep its weights if they are the best so far."""
        found = self.score(dev)
        self._means.append(_mean(found))
        self._log({"epoch": epoch + 1, "mean": round(self._means[-1], 4), "dev": found})
        if self.settings.patience is not None and self._means[-1] == max(self._means):
            weights = {name: w.detach().contiguous() for name, w in self._trained.items()}
            save_file(weights, self._folder / BEST)

    def _waited(self) -> bool:
        """Say whether dev has got no better for as long as patience lasts."""
        patience = self.settings.patience
        if patience is None or not self._means:
            return False
        best = max(range(len(self._means)), key=self._means.__getitem__)
        return len(self._means) - 1 - best >= patience

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

    def logits(
        self, examples: Sequence[Example], precision: torch.dtype | None = None
    ) -> dict[str, Tensor]:
        """Return logits by task, each of shape ``(examples, labels)``, in order."""
        used = precision or self.precision
        found = self._read(examples, lambda rows: self._forward(rows, used))
        return {task: torch.stack([row[task] for row in found]) for task in self.network.tasks}

    def vectors(self, examples: Sequence[Example]) -> Tensor:
        """Return what the heads read, of shape ``(examples, 2 * hidden)``, in order.

        In float32: what tells sentences apart is small beside what they share.
        """
        found = self._read(examples, lambda rows: {"": self.pooled(rows, torch.float32)})
        return torch.stack([row[""] for row in found])

    def _read(
        self,
        examples: Sequence[Example],
        ask: Callable[[Sequence[Row]], Mapping[str, Tensor]],
    ) -> list[dict[str, Tensor]]:
        """Ask something of all examples, those of like length together."""
        self.network.eval()
        rows = first_rows(self.maker, examples)
        order = sorted(range(len(rows)), key=lambda i: len(rows[i].ids))
        found: dict[int, dict[str, Tensor]] = {}
        size = self.settings.batch_size
        for start in range(0, len(order), size):
            chosen = order[start : start + size]
            with torch.no_grad():
                out = ask([rows[i] for i in chosen])
            for place, owner in enumerate(owner for i in chosen for owner in rows[i].owners):
                found[owner] = {name: values[place] for name, values in out.items()}
        return [found[i] for i in range(len(examples))]

    def _forward(self, rows: Sequence[Row], precision: torch.dtype) -> dict[str, Tensor]:
        out = self._ask(self.network, rows, precision)
        return {task: _judged(rows, values) for task, values in out.items()}

    def pooled(self, rows: Sequence[Row], precision: torch.dtype) -> Tensor:
        """Return what the heads read of the rows' sentences: ``(sentences, 2 * hidden)``."""
        return _judged(rows, self._ask(self.network.pooled, rows, precision))

    def _ask(self, asked: Callable[..., Any], rows: Sequence[Row], precision: torch.dtype) -> Any:  # noqa: ANN401 - as the network has it
        batch = pad(rows, self.maker.pad)
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
        self.prepare(step, steps)
        total = 0.0
        for number, batch in enumerate(batches):
            loss = self._loss(batch, train, weights, f"{self._seed}/{step}/{number}") / len(batches)
            loss.backward()  # type: ignore[no-untyped-call]
            total += float(loss.detach())
        if not math.isfinite(total):
            msg = (
                f"the loss of step {step + 1} is not finite: training has run away; "
                f"lower loop.learning_rate ({self.settings.learning_rate:g})"
            )
            raise UsageError(msg)
        self.advance()
        return total

    def _loss(
        self,
        batch: Sequence[Row],
        train: Sequence[Example],
        weights: Mapping[str, Tensor],
        drawn: str,
    ) -> Tensor:
        """Return the loss of a batch, some of whose sentences are read a second time, alone."""
        read = masked(batch, self.settings.masked, self.maker, drawn)
        out = self._forward(read, self.precision)
        owners = [owner for row in batch for owner in row.owners]
        apart = torch.zeros(())
        if twice := drawn_owners(batch, self.settings.alone, drawn):
            alone = [self._alone[owner] for owner in twice]
            read = masked(alone, self.settings.masked, self.maker, f"{drawn}/alone")
            again = self._forward(read, self.precision)
            places = torch.tensor([owners.index(owner) for owner in twice])
            apart = sum(
                (objective.disagreement(out[task][places], again[task]) for task in out), apart
            )
            out = {task: torch.cat([out[task], again[task]]) for task in out}
            owners += twice
        judged = [train[owner] for owner in owners]
        loss = objective.total(out, judged, weights, self.settings)
        return loss + objective.AGREEMENT * apart

    def prepare(self, step: int, steps: int) -> None:
        """Set the rate and the random numbers of a step."""
        # Dropout must not depend on how the run reached this step.
        torch.manual_seed(self._seed * 1_000_003 + step)
        rate = self.settings.learning_rate * self._schedule(step, steps)
        for group in self._optimizer.param_groups:
            group["lr"] = rate

    def advance(self) -> None:
        """Change the weights by the gradients that have been gathered."""
        torch.nn.utils.clip_grad_norm_(self._trained.values(), 1.0)
        self._optimizer.step()
        self._optimizer.zero_grad(set_to_none=True)

    def _schedule(self, step: int, steps: int) -> float:
        warm = max(1, int(steps * self.settings.warmup))
        if step < warm:
            return (step + 1) / warm
        return max(0.0, (steps - step) / max(1, steps - warm))

    def batches(self, rows: Sequence[Row], epoch: int) -> list[list[Row]]:
        """Return the rows in the batches of an epoch, in their order."""
        return shuffled(rows, self.settings.batch_size, f"{self._seed}/{epoch}")

    def _groups(self, rows: Sequence[Row], epoch: int) -> list[list[list[Row]]]:
        """Return the batches of each step of an epoch."""
        many = self.settings.accumulate
        batches = self.batches(rows, epoch)
        return [batches[i : i + many] for i in range(0, len(batches), many)]

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
            metadata={
                "step": str(step),
                "fingerprint": self._fingerprint,
                "means": json.dumps(self._means),
            },
        )
        part.replace(self._folder / CHECKPOINT)

    def _restore(self) -> int:
        """Load the last checkpoint, if any, and return the steps it had done.

        Raises:
            UsageError: It was made with other data or other settings.
        """
        path = self._folder / CHECKPOINT
        if not path.exists():
            # What a run before its first checkpoint has left speaks of that run.
            for name in (METRICS, STEPS, BEST):
                (self._folder / name).unlink(missing_ok=True)
            return 0
        facts = checked(path, self._fingerprint)
        tensors = load_file(path)
        self._means = json.loads(facts.get("means", "[]"))
        self._forget(METRICS, "epoch", len(self._means))
        self._forget(STEPS, "step", int(facts["step"]))
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

    def _log(self, entry: Mapping[str, object], name: str = METRICS) -> None:
        with (self._folder / name).open("a", encoding="utf-8") as file:
            file.write(json.dumps(entry) + "\n")

    def _forget(self, name: str, key: str, last: int) -> None:
        """Leave out of a log what came after the checkpoint that is gone on from."""
        path = self._folder / name
        lines = path.read_text(encoding="utf-8").splitlines() if path.exists() else []
        kept = [line for line in lines if json.loads(line)[key] <= last]
        path.write_text("".join(line + "\n" for line in kept), encoding="utf-8")


def checked(path: Path, fingerprint: str) -> dict[str, str]:
    """Return what a checkpoint says of itself.

    Raises:
        UsageError: It was made with other data or other settings.
    """
    with safe_open(path, "pt") as file:
        facts: dict[str, str] = file.metadata()
    if facts["fingerprint"] != fingerprint:
        msg = f"{path}: made with other data or settings; name another --out or delete it"
        raise UsageError(msg)
    return facts


def _judged(rows: Sequence[Row], values: Tensor) -> Tensor:
    """Return what a network says of the sentences that the rows hold, one after the other."""
    held = torch.tensor([len(row.owners) for row in rows])
    return values[torch.arange(values.shape[1]) < held[:, None]].float()


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
