"""Every offset cuts its text, whatever the text."""

from __future__ import annotations

import itertools
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from argmine.records import Document

if TYPE_CHECKING:
    import argmine

PIECES = [
    "美国国防部向MP材料公司投资4亿美元[2]。", "The U.S. spent $1.5bn, i.e. 3%. ", "“他说：‘好！’”", "「行嗎？」",
    "Group 1 - A plan. [1] - B [2][3] ", "\r\n", "\n\n", "\ufeff", "\x00", "👩‍👩‍👧 ok! ", "é́ ", "１２３４．５％", "…… ",
    "（一）", "1. ", "- ", "# H\n", "> q\n", "BEIJING, July 20 (Xinhua) -- ", "https://a.b/c?d=1.2 ", "\u2028", "\x85",
    "[1]", "每吨", "$", "三分之一", "．", "。", " ", "\t", "Q: ", "毛宁：", "5", ",000", "万", "亿", "3-5", "年", "a.m. ",
    "By Jo Bo\n", "来源：新华社 2025-07-20 22:29\n", "•", "【3】", "”", "(", "\U0001f600", "𠮷", "ﷺ", "İ",
]  # fmt: skip


def check(document: Document) -> None:
    """Assert that each record of the document cuts what it says, in order."""
    text = document.text
    for part in (*document.segments, *document.figures):
        assert part.text == text[part.start : part.end]
        assert part.text
    for segment in document.segments:
        block = document.blocks[segment.block]
        assert block.start <= segment.start < segment.end <= block.end
        for mark in segment.citations:
            assert mark.text == text[mark.start : mark.end]
    for figure in document.figures:
        assert figure.start <= figure.core_start < figure.core_end <= figure.end
        if figure.measures:
            assert figure.measures.text == text[figure.measures.start : figure.measures.end]
    for records in (document.blocks, document.segments, document.figures):
        for first, second in itertools.pairwise(records):
            assert first.end <= second.start


@settings(
    max_examples=300, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None
)
@given(st.lists(st.sampled_from(PIECES), min_size=1, max_size=25).map("".join))
def test_pieces_of_news_in_any_order(rules: argmine.Pipeline, text: str) -> None:
    """Marks, numbers and layout, stuck together at random."""
    check(rules(text))


@settings(
    max_examples=200, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None
)
@given(st.text(alphabet=st.characters(exclude_categories=["Cs"]), min_size=1, max_size=80))
def test_any_characters(rules: argmine.Pipeline, text: str) -> None:
    """Any text of any characters that can be written."""
    document = rules(text)

    check(document)
    assert document == Document.from_json(document.to_json())


def test_the_seed_articles(pipeline: argmine.Pipeline, seeds) -> None:  # noqa: ANN001
    """All layers of all seed articles."""
    from argmine.formats import inputs, sources, tables

    documents = sources.read(inputs.find([str(seeds)]).paths, tables.Columns())
    annotated = list(pipeline.stream(documents))

    assert all(isinstance(document, Document) for document in annotated)
    for document in annotated:
        check(document)


@pytest.mark.parametrize("step", [97])
def test_real_articles(rules: argmine.Pipeline, shared, step: int) -> None:  # noqa: ANN001
    """Every 97th article of the corpus, where it is at hand."""
    from argmine.formats import sources, tables

    path = shared / "data" / "corpus" / "articles.jsonl.gz"
    documents = list(sources.read([str(path)], tables.Columns()))[::step]
    for document in rules.stream(documents):
        assert isinstance(document, Document)
        check(document)
