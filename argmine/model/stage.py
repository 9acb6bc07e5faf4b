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
        asked = [self._sentences(document) for document in documents]
        # The same sentence in the same context is judged once.
        unique = list(dict.fromkeys(s for sentences in asked for s in sentences))
        answers = dict(zip(unique, self._classifier.judge(unique), strict=True))
        return [
            msgspec.structs.replace(
                document,
                segments=tuple(
                    self._judged(part, answers[sentence])
                    for part, sentence in zip(document.segments, sentences, strict=True)
                ),
            )
            for document, sentences in zip(documents, asked, strict=True)
        ]

    def _sentences(self, document: Document) -> list[Sentence]:
        texts = [proposition(part) for part in document.segments]
        if self._context_in_meta:
            before, after = (str(document.meta.get(key) or "") for key in ("prev", "next"))
            return [Sentence(text, before, after) for text in texts]
        return [
            Sentence(text, before, after)
            for before, text, after in zip(["", *texts], texts, [*texts[1:], ""], strict=False)
        ]

    def _judged(self, part: Segment, answer: dict[str, Prediction]) -> Segment:
        stance = {
            task.removeprefix(STANCE): prediction
            for task, prediction in answer.items()
            if task.startswith(STANCE) and task in self._tasks
        }
        return msgspec.structs.replace(
            part,
            role=answer.get("role") if "role" in self._tasks else None,
            stance=stance or None,
            holder=answer.get("holder") if "holder" in self._tasks else None,
        )
