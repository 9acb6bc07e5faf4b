"""The shared suites, where they are at hand: the floors that this grammar holds."""

from __future__ import annotations

import importlib.util
import json
import sys
from typing import TYPE_CHECKING

import msgspec
import pytest

from argmine.figures import find

if TYPE_CHECKING:
    from pathlib import Path


@pytest.mark.parametrize(
    ("file", "lang", "measure", "floor"),
    [
        ("hard.jsonl", "en", "exact_f1", 0.97),
        ("hard.jsonl", "en", "full_f1", 0.95),
        ("hard.jsonl", "zh", "exact_f1", 0.97),
        ("hard.jsonl", "zh", "full_f1", 0.95),
        ("seed.jsonl", "en", "full_f1", 1.0),
        ("seed.jsonl", "zh", "full_f1", 1.0),
    ],
)
def test_figures_of_the_suite(
    shared: Path, monkeypatch: pytest.MonkeyPatch, file: str, lang: str, measure: str, floor: float
) -> None:
    """Scored by the neutral scorer, in the group of figures."""
    folder = shared / "data" / "figures"
    monkeypatch.syspath_prepend(str(folder))
    spec = importlib.util.spec_from_file_location("score", folder / "score.py")
    assert spec
    assert spec.loader
    scorer = importlib.util.module_from_spec(spec)
    monkeypatch.setitem(sys.modules, "score", scorer)
    spec.loader.exec_module(scorer)
    rows = [json.loads(line) for line in (folder / file).open(encoding="utf-8")]
    rows = [row for row in rows if row["lang"] == lang]
    found = {
        row["id"]: {"figures": [msgspec.to_builtins(f) for f in find(row["text"], lang)]}
        for row in rows
    }

    score, _errors = scorer.score(rows, found, "figures")

    assert score[measure] >= floor
