"""Figures of argmine, and of others beside it, on test suites in the neutral form.

usage: python benchmarks/figures.py FOLDER [--only NAME] [--errors N] [--peers] [--out FILE.json]

FOLDER holds ``score.py``, ``hard.jsonl``, ``seed.jsonl`` and ``suites/*.jsonl``.  With
``--peers`` the extractors of the extra ``peers`` that are installed run in the same
process on the same texts.  Speed is characters a second in this process, of texts as
short as the suites have them.
"""

from __future__ import annotations

import argparse
import contextlib
import importlib.util
import io
import json
import sys
import time
import warnings
from pathlib import Path
from typing import TYPE_CHECKING, Any

import msgspec
import peers

from argmine.figures import find

if TYPE_CHECKING:
    from collections.abc import Callable
    from types import ModuleType

Row = dict[str, Any]
MEASURES = ("exact_f1", "overlap_f1", "value_f1", "full_f1")


def load_scorer(folder: Path) -> ModuleType:
    """Import the scorer that stands beside the suites."""
    sys.path.insert(0, str(folder))
    spec = importlib.util.spec_from_file_location("score", folder / "score.py")
    if spec is None or spec.loader is None:
        raise SystemExit(f"{folder}: no score.py there")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def ours(text: str, lang: str) -> list[Row]:
    """Return argmine's figures in the scorer's form."""
    return [msgspec.to_builtins(figure) for figure in find(text, lang)]


def predict(rows: list[Row], extract: Callable[[str, str], list[Row]]) -> dict[str, Row]:
    """Return the predictions of each row; a text that a peer fails on holds no figure."""
    found = {}
    for row in rows:
        started = time.perf_counter()
        with warnings.catch_warnings(), contextlib.redirect_stdout(io.StringIO()):
            warnings.simplefilter("ignore")
            try:
                figures = extract(row["text"], row["lang"])
            except Exception:
                if extract is ours:
                    raise
                figures = []
        seconds = time.perf_counter() - started
        found[row["id"]] = {"figures": figures, "seconds": seconds}
    return found


def main() -> None:
    """Print one line a suite, language, group and extractor."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--only", default="")
    parser.add_argument("--errors", type=int, default=0)
    parser.add_argument("--peers", action="store_true")
    parser.add_argument("--out", type=Path)
    options = parser.parse_args()
    scorer = load_scorer(options.folder)
    extractors = {"argmine": (("en", "zh"), ours), **(peers.available() if options.peers else {})}
    files = [options.folder / "hard.jsonl", options.folder / "seed.jsonl"]
    files += sorted((options.folder / "suites").glob("*.jsonl"))
    results: dict[str, Row] = {}
    for file in files:
        if options.only not in file.stem:
            continue
        suite = [json.loads(line) for line in file.open(encoding="utf-8")]
        grouped = file.stem in ("hard", "seed")
        for lang in sorted({row["lang"] for row in suite}):
            rows = [row for row in suite if row["lang"] == lang]
            for name, (langs, extract) in extractors.items():
                if lang not in langs:
                    continue
                predicted = predict(rows, extract)
                for group in ("figures", "temporal") if grouped else (None,):
                    score, errors = scorer.score(rows, predicted, group, errors=options.errors)
                    key = " ".join(filter(None, (file.stem, lang, group)))
                    shown = _rounded(score, attributes=grouped and extract is ours)
                    results.setdefault(key, {})[name] = shown
                    print(f"{key:28} {name:12}", json.dumps(shown, ensure_ascii=False))
                    for text, gold, wrong in errors if extract is ours else ():
                        print(f"  {text}\n    gold {gold}\n    ours {wrong}")
    if options.out:
        options.out.write_text(json.dumps(results, indent=1) + "\n")


def _rounded(score: Row, *, attributes: bool) -> Row:
    shown: Row = {key: round(score.get(key) or 0.0, 4) for key in MEASURES}
    shown |= {"gold": score["gold"], "chars_per_s": round(score["chars_per_s"] or 0)}
    return shown | ({"attributes": score["attr"]} if attributes else {})


if __name__ == "__main__":
    main()
