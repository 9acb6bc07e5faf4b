"""The record that flows through, and its form on disk."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import jsonschema
import pytest

from argmine.errors import DocumentError
from argmine.records import Document, json_schema

if TYPE_CHECKING:
    import argmine


def test_an_annotated_document_survives_a_round_trip(pipeline: argmine.Pipeline) -> None:
    """Reading what was written gives an equal document."""
    document = pipeline("中方敦促美方取消关税。 The U.S. lost $3 billion a year. [2]")

    assert document == Document.from_json(document.to_json())


def test_output_follows_the_published_schema(pipeline: argmine.Pipeline) -> None:
    """Every line validates, and every top-level field stands in it."""
    document = pipeline("Tariffs cost $5bn. 关税是坏主意。")
    written = json.loads(document.to_json())

    jsonschema.validate(written, json_schema())
    assert list(written) == [
        "schema", "id", "text", "text_sha256", "lang", "meta", "blocks", "segments", "figures",
        "provenance",
    ]  # fmt: skip
    assert {"role", "stance", "holder", "citations"} <= set(written["segments"][0])


def test_a_lone_surrogate_is_refused_with_its_place() -> None:
    """What is no character cannot be written; the message says where it stands."""
    with pytest.raises(DocumentError, match=r"U\+D83D at offset 2"):
        Document.of("ab\ud83d")


def test_the_id_comes_from_the_text_unless_given() -> None:
    """Equal texts have equal ids."""
    assert Document.of("甲").id == Document.of("甲").id != Document.of("乙").id
    assert Document.of("甲", id="x").id == "x"


@pytest.mark.parametrize(
    ("line", "names"),
    [
        pytest.param("{", "truncated", id="cut"),
        pytest.param('{"schema": 2, "id": "a"}', "schema", id="other-schema"),
        pytest.param('{"schema": 1, "id": 5}', "id", id="wrong-type"),
        pytest.param(b"\xff{}", "annotated", id="bytes"),
    ],
)
def test_a_bad_line_names_what_is_wrong(line: str | bytes, names: str) -> None:
    """A reader of foreign files learns which field is wrong."""
    with pytest.raises(DocumentError, match=names):
        Document.from_json(line)
