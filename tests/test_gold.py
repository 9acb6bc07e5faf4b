"""The hand-made annotations of four seeds: layout exact, labels close."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from argmine.formats import sources, tables
from argmine.records import Document

if TYPE_CHECKING:
    import argmine

GOLD = sorted((Path(__file__).resolve().parent.parent / "seeds" / "gold").glob("*.json"))


def annotated(pipeline: argmine.Pipeline, name: str) -> Document:
    """Annotate one seed article."""
    path = GOLD[0].parent.parent / "articles" / name
    [document] = pipeline.stream(sources.read([str(path)], tables.Columns()))
    assert isinstance(document, Document)
    return document


@pytest.mark.parametrize("path", GOLD, ids=lambda path: path.stem)
def test_layout_and_sentences_are_exact(rules: argmine.Pipeline, path: Path) -> None:
    """Blocks with kind and group, and every statement, as a reader marked them."""
    gold = json.loads(path.read_text(encoding="utf-8"))
    document = annotated(rules, gold["article"])

    found = []
    for block in document.blocks:
        entry: dict[str, object] = {"kind": block.kind, "group": block.group}
        parts = [part.text for part in document.segments if part.block == block.id]
        entry["parts"] = parts or [document.text[block.start : block.end]]
        found.append(entry)
    wanted = [
        {
            "kind": block["kind"],
            "group": block.get("group"),
            "parts": [s["text"] for s in block.get("statements", [])] or [block["text"]],
        }
        for block in gold["blocks"]
    ]
    assert wanted == found
    assert gold["lang"] == document.lang
    for key in ("source", "published"):
        assert gold.get(key) == document.meta.get(key)


@pytest.mark.parametrize("path", GOLD, ids=lambda path: path.stem)
def test_every_figure_is_found(rules: argmine.Pipeline, path: Path) -> None:
    """Text, type and value of every figure, and none besides."""
    gold = json.loads(path.read_text(encoding="utf-8"))
    document = annotated(rules, gold["article"])

    wanted = [
        {
            "text": figure["text"],
            **{k: figure[k] for k in ("value", "low", "high", "norm") if k in figure},
        }
        for block in gold["blocks"]
        for statement in block.get("statements", [])
        for figure in statement["figures"]
    ]
    found = [
        {
            "text": figure.text,
            **{
                k: getattr(figure, k)
                for k in ("value", "low", "high")
                if getattr(figure, k) is not None
            },
            **({"norm": figure.norm} if figure.norm and "XX" not in figure.norm else {}),
        }
        for figure in document.figures
    ]
    assert wanted == found


def test_roles_and_stances_agree_with_the_reader(pipeline: argmine.Pipeline) -> None:
    """Over all four articles most labels are the reader's; errors are to be expected."""
    right = {"role": 0, "us_policy": 0, "china": 0}
    total = 0
    for path in GOLD:
        gold = json.loads(path.read_text(encoding="utf-8"))
        document = annotated(pipeline, gold["article"])
        statements = [s for block in gold["blocks"] for s in block.get("statements", [])]
        for statement, part in zip(statements, document.segments, strict=True):
            assert part.role is not None
            assert part.stance is not None
            total += 1
            right["role"] += statement["role"] == part.role.label
            for target in ("us_policy", "china"):
                right[target] += statement[target] == part.stance[target].label
    shares = {name: count / total for name, count in right.items()}

    assert shares["role"] >= 0.6, shares
    assert shares["us_policy"] >= 0.6, shares
    assert shares["china"] >= 0.75, shares
