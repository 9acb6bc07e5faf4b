"""Figures of argmine on test suites in the neutral form, by the neutral scorer.

usage: python benchmarks/figures.py FOLDER [--only NAME] [--errors N] [--out FILE.json]

FOLDER holds ``score.py``, ``hard.jsonl``, ``seed.jsonl`` and ``suites/*.jsonl``.
"""

from __future__ import annotations

import argparse
import importlib.util
import json
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec

from argmine.figures import find

if TYPE_CHECKING:
    from types import ModuleType


def load_scorer(folder: Path) -> ModuleType:
    """Import the scorer that stands beside the suites."""
    sys.path.insert(0, str(folder))
    spec = importlib.util.spec_from_file_location("score", folder / "score.py")
    if spec is None or spec.loader is None:
        raise SystemExit(f"{folder}: no score.py there")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def predict(rows: list[dict[str, object]]) -> dict[str, dict[str, object]]:
    """Return the predictions of each row in the scorer's form."""
    found = {}
    for row in rows:
        started = time.perf_counter()
        figures = find(str(row["text"]), str(row["lang"]))
        seconds = time.perf_counter() - started
        found[str(row["id"])] = {
            "figures": [msgspec.to_builtins(figure) for figure in figures],
            "seconds": seconds,
        }
    return found


def main() -> None:
    """Print one line a suite, language and group."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--only", default="")
    parser.add_argument("--errors", type=int, default=0)
    parser.add_argument("--out", type=Path)
    options = parser.parse_args()
    scorer = load_scorer(options.folder)
    files = [options.folder / "hard.jsonl", options.folder / "seed.jsonl"]
    files += sorted((options.folder / "suites").glob("*.jsonl"))
    results = {}
    for file in files:
        if options.only not in file.stem:
            continue
        suite = [json.loads(line) for line in file.open(encoding="utf-8")]
        grouped = file.stem in ("hard", "seed")
        for lang in sorted({row["lang"] for row in suite}):
            rows = [row for row in suite if row["lang"] == lang]
            predicted = predict(rows)
            for group in ("figures", "temporal") if grouped else (None,):
                score, errors = scorer.score(rows, predicted, group, errors=options.errors)
                name = " ".join(filter(None, (file.stem, lang, group)))
                results[name] = {
                    key: round(score.get(key) or 0.0, 4)
                    for key in ("exact_f1", "overlap_f1", "value_f1", "full_f1")
                }
                results[name]["gold"] = score["gold"]
                print(
                    f"{name:32}",
                    results[name],
                    round(score["chars_per_s"] or 0),
                    score["attr"] if grouped else "",
                )
                for text, gold, wrong in errors:
                    print(f"  {text}\n    gold {gold}\n    ours {wrong}")
    if options.out:
        options.out.write_text(json.dumps(results, indent=1) + "\n")


if __name__ == "__main__":
    main()
