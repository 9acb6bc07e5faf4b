"""spaCy and Hugging Face users get what they know."""

from __future__ import annotations

import json

import pytest
import spacy

import argmine

TEXT = "The tariffs hurt farmers and cost them $5 billion. 中方敦促美方立即取消关税。 It snowed."


def test_a_doc_with_span_groups(pipeline: argmine.Pipeline) -> None:
    """Spans cover what the offsets name, the scores stand in the group's attributes."""
    document = pipeline(TEXT)
    doc = argmine.to_spacy(document)

    assert doc.text == TEXT
    assert [s.text for s in doc.spans["segments"]] == [part.text for part in document.segments]
    claims = [part for part in document.segments if part.role and part.role.label == "claim"]
    assert claims
    assert [span.text for span in doc.spans["claims"]] == [part.text for part in claims]
    assert doc.spans["figures"].attrs["value"] == [5e9]
    stances = doc.spans["segments"].attrs["stance"]
    assert stances[0]["us_policy"] == document.segments[0].stance["us_policy"].scores  # type: ignore[index]


@pytest.mark.parametrize(
    ("language", "text"), [("en", "Tariffs hurt. They do."), ("zh", "关税有害。出口增长5%。")]
)
def test_a_component_in_a_users_own_pipeline(language: str, text: str) -> None:
    """nlp.add_pipe works in both languages, and survives serialising the doc."""
    nlp = spacy.blank(language)
    nlp.add_pipe("argmine")

    doc = nlp(text)

    assert len(doc.spans["segments"]) == 2
    again = spacy.tokens.Doc(nlp.vocab).from_bytes(doc.to_bytes())
    assert [s.text for s in again.spans["segments"]] == [s.text for s in doc.spans["segments"]]


def test_a_dataset_with_typed_features(pipeline: argmine.Pipeline) -> None:
    """Every layer has its columns, for documents with and without them."""
    documents = [pipeline(TEXT), pipeline("…")]
    dataset = argmine.to_dataset(documents)

    assert len(dataset) == 2
    first = dataset[0]
    assert json.loads(first["meta"]) == documents[0].meta
    assert [part.text for part in documents[0].segments] == [
        part["text"] for part in first["segments"]
    ]
    assert {"us_policy", "china"} == {s["target"] for s in first["segments"][0]["stance"]}
    assert first["figures"][0]["value"] == 5e9


def test_an_unknown_name_is_an_attribute_error() -> None:
    """Lazy names behave as names do."""
    with pytest.raises(AttributeError, match="no attribute 'nothing'"):
        argmine.nothing  # noqa: B018
