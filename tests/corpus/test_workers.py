"""A worker that dies costs the document that kills it, and no other."""

from __future__ import annotations

import json
from concurrent.futures import Future
from concurrent.futures.process import BrokenProcessPool
from typing import TYPE_CHECKING

import pytest

from argmine.corpus.workers import Encoder, Workers
from argmine.pipeline import PipelineConfig
from argmine.records import Document, Failure
from argmine.tally import count

if TYPE_CHECKING:
    from argmine import Pipeline
    from argmine.corpus.workers import Items
    from argmine.formats.batch import Batch

POISON = "This one kills."


class Mortal(Workers):
    """Workers whose pool breaks whenever the poisonous document is in it."""

    def __init__(self, rules: Pipeline) -> None:
        """Start no process."""
        super().__init__(PipelineConfig(layers=["segments"]), 2)
        self.encoder = Encoder(rules)
        self.deaths = 0

    def _submit(self, items: Items) -> Future[Batch]:
        future: Future[Batch] = Future()
        if any(isinstance(item, Document) and item.text == POISON for item in items):
            self.deaths += 1
            future.set_exception(BrokenProcessPool())
        else:
            future.set_result(self.encoder(items))
        return future


@pytest.mark.parametrize("place", [0, 40, 99])
def test_a_document_that_kills_twice_is_set_aside(
    rules: Pipeline, place: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Its neighbours are annotated, in order; it is named with a reason."""
    monkeypatch.setattr("argmine.corpus.workers._GRACE", 0.0)
    texts = [f"Sentence {n}. It costs ${n}." for n in range(100)]
    texts[place] = POISON
    documents = [Document.of(text, id=str(n)) for n, text in enumerate(texts)]
    workers = Mortal(rules)
    batches = list(workers.annotated(documents))

    ids = [json.loads(line)["id"] for batch in batches for line in batch.lines.splitlines()]
    assert ids == [str(n) for n in range(100) if n != place]
    [failure] = [failure for batch in batches for failure in batch.failures]
    assert (failure.id, "died twice" in failure.reason) == (str(place), True)
    assert workers.deaths == 2
    assert sum(batch.items for batch in batches) == 100


def test_reasons_are_counted_without_what_the_document_brings_in() -> None:
    """A million bad rows have few reasons."""
    failures = [Failure(file="a", reason=f"text: expected text, found {n}") for n in range(5)] + [
        Failure(file="b", reason=f"no field 'x{n}'; the row is empty") for n in range(3)
    ]

    assert count(failures)["set aside"] == {
        "text: expected text, found …": 5,
        "no field …; the row is empty": 3,
    }
