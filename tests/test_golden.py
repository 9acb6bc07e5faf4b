"""What the rules make of the seeds, held fast: a change must be meant.

``pytest tests/test_golden.py --update-golden`` writes the files anew.  The labels of the
model are not held fast: their last digits differ from processor to processor.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec
import pytest

from argmine.formats import sources, tables
from argmine.records import Document

if TYPE_CHECKING:
    import argmine

GOLDEN = Path(__file__).parent / "data" / "golden"
NAMES = ["en-digest.txt", "en-page.html", "en-transcript.txt", "hant-oped.txt", "zh-wire.txt"]


@pytest.mark.parametrize("name", NAMES)
def test_the_rules_make_the_same_of_a_seed(
    rules: argmine.Pipeline, seeds: Path, name: str, request: pytest.FixtureRequest
) -> None:
    """Blocks, segments and figures equal the golden file."""
    [document] = rules.stream(sources.read([str(seeds / name)], tables.Columns()))
    assert isinstance(document, Document)
    made = msgspec.to_builtins(document)
    found = {key: made[key] for key in ("lang", "blocks", "segments", "figures")}
    path = GOLDEN / f"{name}.json"
    if request.config.getoption("--update-golden"):
        path.write_text(json.dumps(found, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")

    assert json.loads(path.read_text(encoding="utf-8")) == json.loads(json.dumps(found))
