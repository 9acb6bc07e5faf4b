"""The document that the project started from must come out right."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from argmine.formats import sources, tables
from argmine.records import Document

if TYPE_CHECKING:
    from pathlib import Path

    import argmine


@pytest.fixture(scope="module")
def document(pipeline: argmine.Pipeline, shared: Path) -> Document:
    """The document, annotated with all layers."""
    [path] = sorted((shared / "seeds").glob("*.txt"))
    [found] = pipeline.stream(sources.read([str(path)], tables.Columns()))
    assert isinstance(found, Document)
    return found


def test_its_structure(document: Document) -> None:
    """Label, headline, byline, five groups of three bullets."""
    kinds = [(block.kind, block.group) for block in document.blocks]

    assert kinds[:3] == [("boilerplate", None), ("headline", None), ("byline", None)]
    assert kinds[3:] == [("bullet", group) for group in (1, 2, 3, 4, 5) for _ in range(3)]
    assert (
        document.meta["source"], document.meta["published"],
    ) == ("Sou Hu Cai Jing", "2025-07-20T22:29")  # fmt: skip
    assert len(document.segments) == 16
    assert all("[" not in part.text for part in document.segments)
    assert all(part.citations for part in document.segments[1:])


def test_its_stances(document: Document) -> None:
    """Critical of US policy or neutral; the sentences that praise China favour it."""
    policy = [part.stance["us_policy"].label for part in document.segments if part.stance]
    china = {
        part.text[:15]: part.stance["china"].label for part in document.segments if part.stance
    }

    assert len(policy) == 16
    assert policy.count("favor") <= 1
    assert policy.count("against") >= 8
    assert china["China's success"] == "favor"
    assert china["China's strateg"] == "favor"


def test_its_figures(document: Document) -> None:
    """All eight with value and unit; no mark, group number or date among them."""
    found = [(f.text, f.value, f.unit, f.per) for f in document.figures]

    assert found == [
        ("$400 million", 4e8, "USD", None),
        ("$110 per kilogram", 110, "USD", "kg"),
        ("double", 2, "x", None),
        ("$63", 63, "USD", None),
        ("7,000 tons", 7000, "t", "year"),
        ("annually", None, None, None),
        ("ten years", 10, "year", None),
        ("30%", 30, "%", None),
        ("$110", 110, "USD", None),
    ]
