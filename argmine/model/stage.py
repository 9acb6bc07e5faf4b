"""The stage that fills role, stance and holder of every segment."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

from argmine.model.inputs import Sentence
from argmine.segmentation.stage import proposition

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from argmine.model.classifier import Classifier
    from argmine.records import Document, Prediction, Segment

STANCE = "stance."
LAYERS = ("role", "holder")


class ClassifyStage:
    """Judge all segments of a batch of documents in one go."""

    name = "model"

    def __init__(
        self, classifier: Classifier, tasks: Iterable[str], *, context_in_meta: bool
    ) -> None:
        """Keep the tasks wanted; with ``context_in_meta`` a row names its neighbours."""
        self._classifier = classifier
        self._tasks = frozenset(tasks)
        self._context_in_meta = context_in_meta

    def __call__(self, documents: Sequence[Document]) -> list[Document]:
        """Return the documents with their segments judged."""
        in_meta = self._context_in_meta
        asked = [asked for document in documents for asked in sentences(document, in_meta=in_meta)]
        answers = iter(self._classifier.judge(asked))
        return [
            msgspec.structs.replace(
                document,
                segments=tuple(
                    self._judged(part, answer)
                    for part, answer in zip(document.segments, answers, strict=False)
                ),
            )
            for document in documents
        ]

    def _judged(self, part: Segment, answer: dict[str, Prediction]) -> Segment:
        asked = {task: answer[task] for task in answer if task in self._tasks}
        stance = {
            task.removeprefix(STANCE): prediction
            for task, prediction in asked.items()
            if task.startswith(STANCE)
        }
        own = {
            task: prediction
            for task, prediction in asked.items()
            if task not in LAYERS and not task.startswith(STANCE)
        }
        return msgspec.structs.replace(
            part,
            role=asked.get("role"),
            stance=stance or None,
            holder=asked.get("holder"),
            labels=own or None,
        )


def sentences(document: Document, *, in_meta: bool, target: str = "") -> list[Sentence]:
    """Return what is asked about the segments of a document, in their order.

    With ``in_meta`` the document is one sentence, whose row names its neighbours.
    """
    texts = [proposition(part) for part in document.segments]
    if in_meta:
        told = (document.meta.get(key) for key in ("prev", "next"))
        before, after = (value if isinstance(value, str) else "" for value in told)
        return [Sentence(text, before, after, target) for text in texts]
    return [
        Sentence(text, before, after, target, follows=place > 0)
        for place, (before, text, after) in enumerate(
            zip(["", *texts], texts, [*texts[1:], ""], strict=False)
        )
    ]
