"""Annotations as a spaCy ``Doc``, and argmine as a component of a spaCy pipeline."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import spacy
from spacy.language import Language
from spacy.tokens import Doc, Span, SpanGroup

from argmine import pipeline as pipelines
from argmine.records import Document

if TYPE_CHECKING:
    from collections.abc import Callable

    from argmine.records import Prediction

_WORDS = re.compile(r"[A-Za-z]+|\d+|\s|.", re.DOTALL)
SEGMENTS = "segments"
CLAIMS = "claims"
FIGURES = "figures"


def to_spacy(document: Document, nlp: Language | None = None) -> Doc:
    """Return a ``Doc`` with the span groups ``segments``, ``claims`` and ``figures``.

    Spans cover the tokens that the offsets touch.  The scores of a group stand in its
    ``attrs``, one entry a span and in the same order: ``role``, ``holder``, ``stance``,
    ``labels`` for segments and claims, the fields of the figure for figures.  The text is split
    by the tokenizer of ``nlp`` if one is given.
    """
    if nlp is not None:
        return annotate(nlp.make_doc(document.text), document)
    if document.lang == "en":
        return annotate(spacy.blank("en").make_doc(document.text), document)
    # Chinese characters one by one, Latin words and numbers whole: the tokenizers of
    # either language break or fuse the other's.
    words = _WORDS.findall(document.text)
    doc = Doc(spacy.blank("zh").vocab, words=words, spaces=[False] * len(words))
    return annotate(doc, document)


def annotate(doc: Doc, document: Document) -> Doc:
    """Add the span groups of ``document`` to a ``Doc`` of the same text."""
    segments = document.segments
    claims = [part for part in segments if part.role and part.role.label == "claim"]
    for name, parts in ((SEGMENTS, segments), (CLAIMS, claims)):
        spans = [
            _span(doc, part.start, part.end, part.role.label if part.role else name)
            for part in parts
        ]
        attrs = {
            "id": [part.id for part in parts],
            "role": [_scores(part.role) for part in parts],
            "holder": [_scores(part.holder) for part in parts],
            "stance": [
                {target: _scores(p) for target, p in (part.stance or {}).items()} for part in parts
            ],
            "labels": [
                {task: _scores(p) for task, p in (part.labels or {}).items()} for part in parts
            ],
        }
        doc.spans[name] = SpanGroup(doc, name=name, spans=spans, attrs=attrs)
    figures = document.figures
    spans = [_span(doc, figure.start, figure.end, figure.type) for figure in figures]
    fields = ("value", "low", "high", "unit", "currency", "per", "norm", "qualifier")
    doc.spans[FIGURES] = SpanGroup(
        doc,
        name=FIGURES,
        spans=spans,
        attrs={name: [getattr(f, name) for f in figures] for name in fields},
    )
    return doc


@Language.factory("argmine", default_config={"config": None})  # type: ignore[untyped-decorator]
def make_component(
    nlp: Language,  # noqa: ARG001 - the signature is spaCy's
    name: str,  # noqa: ARG001
    config: str | None,
) -> Callable[[Doc], Doc]:
    """Return the component for ``nlp.add_pipe("argmine")``.

    ``config`` is the path of an argmine configuration; without it the defaults hold.
    """
    return Component(pipelines.load(config))


class Component:
    """Annotate every ``Doc`` that passes, in English or Chinese."""

    def __init__(self, pipeline: pipelines.Pipeline) -> None:
        """Keep a loaded pipeline."""
        self.pipeline = pipeline

    def __call__(self, doc: Doc) -> Doc:
        """Add the span groups to one ``Doc``."""
        return annotate(doc, self.pipeline(Document.of(doc.text)))


def _span(doc: Doc, start: int, end: int, label: str) -> Span:
    return doc.char_span(start, end, label=label, alignment_mode="expand")


def _scores(prediction: Prediction | None) -> dict[str, float] | None:
    return dict(prediction.scores) if prediction else None
