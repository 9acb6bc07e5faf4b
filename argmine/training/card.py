"""The model card: what a user must know before trusting a model."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from argmine.model.folder import ModelInfo
    from argmine.training.config import TrainingConfig


def render(settings: TrainingConfig, info: ModelInfo, rows: int) -> str:
    """Return the card as Markdown; ``rows`` is how many the dev set has."""
    languages = list(info.scores)
    header = " | ".join(f"{lang} macro-F1 | {lang} ECE" for lang in languages)
    lines = [
        f"# {settings.name}",
        "",
        settings.card.summary,
        "",
        "## What it answers",
        "",
        *(
            f"- `{name}`: {', '.join(f'`{label}`' for label in task.labels)}"
            for name, task in settings.tasks.items()
        ),
        "",
        "A label says what a sentence conveys about a target to an attentive reader. It",
        "says nothing of the loyalty of a person, nor of what is true.",
        "",
        "## How well",
        "",
        f"On the {rows} sentences of the dev set, after int8 quantisation and calibration",
        "(temperatures and thresholds were fitted on the same set, so the calibration error is",
        "the best to be hoped for):",
        "",
        f"| task | {header} |",
        f"| --- |{' --- | --- |' * len(languages)}",
    ]
    for task in settings.tasks:
        cells = " | ".join(
            f"{value:.3f}" if value is not None else ""
            for lang in languages
            for value in (info.scores[lang].get(task), info.calibration[lang].get(task))
        )
        lines.append(f"| {task} | {cells} |")
    return "\n".join([*lines, *_rounding(info), *_making(settings)]) + "\n"


def _rounding(info: ModelInfo) -> list[str]:
    parts = [
        f"{task} {100 * row.equal_labels:.1f}% ({100 * row.macro_f1_change:+.1f})"
        for task, row in info.rounding.items()
    ]
    if not parts:
        return []
    return [
        "",
        "Labels that are the same before the weights were rounded to 8 bits, and the change of",
        f"macro-F1 in points: {', '.join(parts)}.",
    ]


def _making(settings: TrainingConfig) -> list[str]:
    return [
        "",
        "## How it was made",
        "",
        f"- encoder: {settings.encoder_name or settings.encoder}; its word vectors are frozen",
        *_fitting(settings),
        "- one encoder pass reads a sentence between its neighbours and answers all tasks",
        "- weights in 8 bits, in blocks of 32 with a scale each; activations in float",
        "",
        f"Data: {settings.card.data}",
        *(
            ["", "## What else was measured", "", settings.card.measured.strip()]
            if settings.card.measured
            else []
        ),
        "",
        "## Limits",
        "",
        settings.card.limits,
        "",
        "## Licence",
        "",
        settings.card.licence,
    ]


def _fitting(settings: TrainingConfig) -> list[str]:
    loop = settings.loop
    heads = "a logistic regression for each task on what the encoder makes of the rows"
    shares = [
        f"- {100 * share:.3g}% of the weights are those of {Path(name).resolve().name}"
        for name, share in settings.average.items()
    ]
    if settings.method == "head":
        return [f"- method head: {heads}; the encoder is left as it is", *shares]
    epochs = "1 epoch" if loop.epochs == 1 else f"{loop.epochs} epochs"
    steps = f"{epochs}, batches of {loop.batch_size}, rate {loop.learning_rate:g}"
    lines = [f"- method {settings.method}: {steps}, label smoothing {loop.label_smoothing}"]
    if loop.masked:
        lines.append(f"- {100 * loop.masked:.3g}% of the pieces hidden from each step")
    if loop.alone:
        share = f"{100 * loop.alone:.3g}% of the rows of several sentences"
        lines.append(f"- {share} read once more, one a row, and both readings held to agree")
    if settings.teachers:
        names = ", ".join(Path(name).name for name in settings.teachers)
        lines.append(f"- rows without labels were judged by teachers, on average: {names}")
    if settings.method == "few-shot":
        lines.append("- before that a contrastive step, a third as long")
    if len(loop.seeds) > 1:
        lines.append(f"- {len(loop.seeds)} runs of different seeds, their weights averaged")
    lines += shares
    if loop.patience is not None:
        lines.append("- the weights are those of the epoch that was best on dev")
    return lines
