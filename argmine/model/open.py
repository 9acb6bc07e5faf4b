"""The stage that judges every segment toward targets given in words."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

from argmine.errors import ModelError
from argmine.model.folder import OPEN
from argmine.model.inputs import Sentence
from argmine.model.stage import neighbours
from argmine.segmentation.stage import proposition

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from argmine.model.classifier import Classifier
    from argmine.records import Document, Prediction, Segment


class OpenStanceStage:
    """Add the stance toward each target; the model is loaded when first asked."""

    name = "open"

    def __init__(
        self, load: Callable[[], Classifier], targets: Sequence[str], *, target_in_meta: bool
    ) -> None:
        """Keep the targets; with ``target_in_meta`` a row may name one of its own."""
        self._load = load
        self._classifier: Classifier | None = None
        self._targets = tuple(dict.fromkeys(targets))
        self._target_in_meta = target_in_meta

    def load(self) -> Classifier:
        """Return the open-target model, loaded once.

        Raises:
            ModelError: There is none, or it asks for no target.
        """
        if self._classifier is None:
            loaded = self._load()
            if not loaded.info.takes_targets:
                msg = f"the model {loaded.info.name!r} has targets of its own and takes no others"
                raise ModelError(msg)
            self._classifier = loaded
        return self._classifier

    def may_ask(self) -> bool:
        """Say whether any document might be judged."""
        return bool(self._targets) or self._target_in_meta

    def targets(self, document: Document) -> tuple[str, ...]:
        """Return the targets a document is judged toward."""
        own = document.meta.get("target") if self._target_in_meta else None
        if not isinstance(own, str) or not own.strip() or own in self._targets:
            return self._targets
        return (*self._targets, own)

    def __call__(self, documents: Sequence[Document]) -> list[Document]:
        """Return the documents with one more stance a target."""
        asked = [self._questions(document) for document in documents]
        unique = list(dict.fromkeys(q for part in asked for questions in part for q in questions))
        if not unique:
            return list(documents)
        answers = dict(zip(unique, self.load().judge(unique), strict=True))
        return [
            msgspec.structs.replace(
                document,
                segments=tuple(
                    _judged(segment, {q.target: answers[q][OPEN] for q in questions})
                    for segment, questions in zip(document.segments, part, strict=True)
                ),
            )
            for document, part in zip(documents, asked, strict=True)
        ]

    def _questions(self, document: Document) -> list[list[Sentence]]:
        targets = self.targets(document)
        texts = [proposition(part) for part in document.segments]
        around = neighbours(document, texts, in_meta=self._target_in_meta)
        return [
            [Sentence(text, before, after, target) for target in targets]
            for text, (before, after) in zip(texts, around, strict=True)
        ]


def _judged(part: Segment, answers: dict[str, Prediction]) -> Segment:
    # What a model was made for it judges itself, also where a row names it.
    return msgspec.structs.replace(part, stance={**answers, **(part.stance or {})} or None)
