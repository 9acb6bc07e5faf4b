"""Figures of argmine, and of others beside it, on test suites in the neutral form.

usage: python benchmarks/figures.py FOLDER [--only NAME] [--errors N] [--peers] [--out FILE.json]
       python benchmarks/figures.py ARTICLES.jsonl.gz [--peers] [--articles N] [--out FILE.json]

FOLDER holds ``score.py``, ``hard.jsonl``, ``seed.jsonl`` and ``suites/*.jsonl``.  With
``--peers`` the extractors of the extra ``peers`` that are installed run in the same
process on the same texts.  Given articles, the speed on their sentences is measured, in
characters a second; the time to cut them into sentences is left out.
"""

from __future__ import annotations

import argparse
import contextlib
import gzip
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
from argmine.segmentation import sentences

if TYPE_CHECKING:
    from collections.abc import Callable
    from types import ModuleType

Row = dict[str, Any]
Extractors = dict[str, tuple[tuple[str, ...], "Callable[[str, str], list[Row]]"]]
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
    """Score on suites, or measure the speed on articles."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("source", type=Path)
    parser.add_argument("--only", default="")
    parser.add_argument("--errors", type=int, default=0)
    parser.add_argument("--articles", type=int, default=100, help="of each language")
    parser.add_argument("--peers", action="store_true")
    parser.add_argument("--out", type=Path)
    options = parser.parse_args()
    extractors = {"argmine": (("en", "zh"), ours), **(peers.available() if options.peers else {})}
    if options.source.is_dir():
        results = scored(options, extractors)
    else:
        results = timed(options.source, options.articles, extractors)
    if options.out:
        options.out.write_text(json.dumps(results, indent=1) + "\n")


def timed(path: Path, articles: int, extractors: Extractors) -> dict[str, Row]:
    """Print and return characters a second on the sentences of articles."""
    texts: dict[str, list[str]] = {"en": [], "zh": []}
    with gzip.open(path, "rt", encoding="utf-8") as file:
        for row in map(json.loads, file):
            if len(texts.get(row["lang"], ())) < articles and row["lang"] in texts:
                texts[row["lang"]].append(row["text"])
    results: dict[str, Row] = {}
    for lang, chosen in texts.items():
        lines = [
            text[start:end] for text in chosen for start, end in sentences.spans(text, 0, len(text))
        ]
        rows = [{"id": str(n), "text": line, "lang": lang} for n, line in enumerate(lines)]
        characters = sum(map(len, lines))
        for name, (langs, extract) in extractors.items():
            if lang not in langs:
                continue
            # The slow ones are timed on fewer sentences of the same articles.
            sample = rows if extract is ours else rows[:: max(1, len(rows) // 300)]
            share = sum(len(row["text"]) for row in sample)
            predict(sample[:20], extract)
            seconds = sum(row["seconds"] for row in predict(sample, extract).values())
            results.setdefault(lang, {"characters": characters})[name] = round(share / seconds)
            print(lang, f"{name:12}", results[lang][name], "characters a second")
    return results


def scored(options: argparse.Namespace, extractors: Extractors) -> dict[str, Row]:
    """Print one line a suite, language, group and extractor, and return them."""
    folder = options.source
    scorer = load_scorer(folder)
    files = [folder / "hard.jsonl", folder / "seed.jsonl"]
    files += sorted((folder / "suites").glob("*.jsonl"))
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
    return results


def _rounded(score: Row, *, attributes: bool) -> Row:
    shown: Row = {key: round(score.get(key) or 0.0, 4) for key in MEASURES}
    shown |= {"gold": score["gold"], "chars_per_s": round(score["chars_per_s"] or 0)}
    return shown | ({"attributes": score["attr"]} if attributes else {})


if __name__ == "__main__":
    main()
