"""The model card: what a user must know before trusting a model."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

    from argmine.training.config import TrainingConfig


def render(
    settings: TrainingConfig,
    scores: Mapping[str, Mapping[str, float]],
    errors: Mapping[str, Mapping[str, float]],
    rows: int,
) -> str:
    """Return the card as Markdown."""
    languages = list(scores)
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
        "(the temperatures were fitted on the same set, so the calibration error is the",
        "best to be hoped for; no weight was chosen by it):",
        "",
        f"| task | {header} |",
        f"| --- |{' --- | --- |' * len(languages)}",
    ]
    for task in settings.tasks:
        cells = " | ".join(
            f"{scores[lang][task]:.3f} | {errors[lang][task]:.3f}" for lang in languages
        )
        lines.append(f"| {task} | {cells} |")
    return "\n".join([*lines, *_making(settings)]) + "\n"


def _making(settings: TrainingConfig) -> list[str]:
    loop = settings.loop
    return [
        "",
        "## How it was made",
        "",
        f"- encoder: {settings.encoder_name}; its word vectors are frozen",
        f"- {loop.epochs} epochs, batches of {loop.batch_size}",
        f"- learning rate {loop.learning_rate:g}, label smoothing {loop.label_smoothing}",
        f"- {len(loop.seeds)} runs of different seeds, their weights averaged",
        "- one encoder pass reads a sentence between its neighbours and answers all tasks",
        "- weights in 8 bits, in blocks of 32 with a scale each; activations in float",
        "",
        f"Data: {settings.card.data}",
        "",
        "## Limits",
        "",
        settings.card.limits,
        "",
        "## Licence",
        "",
        settings.card.licence,
    ]
