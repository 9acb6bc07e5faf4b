"""The stage that judges every segment toward targets given in words."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

from argmine.errors import ModelError
from argmine.model.folder import OPEN
from argmine.model.stage import sentences

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

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
        asked = [
            question
            for document in documents
            for target in self.targets(document)
            for question in sentences(document, in_meta=self._target_in_meta, target=target)
        ]
        if not asked:
            return list(documents)
        answers = iter(self.load().judge(asked))
        return [self._answered(document, answers) for document in documents]

    def _answered(self, document: Document, answers: Iterator[dict[str, Prediction]]) -> Document:
        found: list[dict[str, Prediction]] = [{} for _ in document.segments]
        for target in self.targets(document):
            for own, answer in zip(found, answers, strict=False):
                own[target] = answer[OPEN]
        parts = map(_judged, document.segments, found)
        return msgspec.structs.replace(document, segments=tuple(parts))


def _judged(part: Segment, answers: dict[str, Prediction]) -> Segment:
    # What a model was made for it judges itself, also where a row names it.
    return msgspec.structs.replace(part, stance={**answers, **(part.stance or {})} or None)
