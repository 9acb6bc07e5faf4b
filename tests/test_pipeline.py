"""Documents through the pipeline, one or many."""

from __future__ import annotations

import argmine
from argmine.records import Document, Failure


def test_streaming_equals_one_by_one(pipeline: argmine.Pipeline) -> None:
    """Batches change nothing, and the order is kept."""
    texts = ["Tariffs hurt farmers. They pay.", "中方反对关税。", "No.", "出口增长5%。"] * 3

    streamed = list(pipeline.stream(texts))

    assert [pipeline(text).to_json() for text in texts] == [
        d.to_json() for d in streamed if isinstance(d, Document)
    ]


def test_failures_pass_in_their_place(rules: argmine.Pipeline) -> None:
    """What was set aside before stays between its neighbours; a bad text joins it."""
    before = Failure(file="x", reason="bad", line=3)

    first, second, third = rules.stream(["One.", before, "a\ud800"])

    assert isinstance(first, Document)
    assert before == second
    assert isinstance(third, Failure)
    assert "surrogate" in third.reason


def test_a_row_with_context_is_judged_in_it() -> None:
    """With the unit sentence, prev and next are read but not segmented."""
    pipeline = argmine.load(argmine.PipelineConfig(unit="sentence"))
    row = Document.of(
        "It will. Really!", meta={"prev": "Will the US tariff backfire?", "next": None}
    )

    document = pipeline(row)

    assert [part.text for part in document.segments] == ["It will. Really!"]
    assert document.meta == row.meta


def test_provenance_names_what_made_it(pipeline: argmine.Pipeline, rules: argmine.Pipeline) -> None:
    """Version, model and configuration; without a model none is named."""
    made = pipeline("A.").provenance
    ruled = rules("A.").provenance

    assert made is not None
    assert ruled is not None
    assert made.model == "us-china"
    assert made.model_sha256
    assert ruled.model is None
    assert made.config_sha256 != ruled.config_sha256


def test_odd_but_harmless_texts(pipeline: argmine.Pipeline) -> None:
    """Empty, blank and one-mark texts come back annotated with nothing."""
    for text in ("", " \n ", "。", "[2]", "\ufeff"):
        assert text == pipeline(text).text
