"""Sentence boundaries of argmine and its peers on human-translated news.

usage: python benchmarks/segmentation.py PARALLEL.jsonl.gz [--lines 10] [--out FILE.json]

Consecutive lines of one source are joined (with a space in English, with none in
Chinese) and split again; a boundary counts where two lines met.  A line may hold more
than one sentence, so no splitter can reach 1.0; the ratio between splitters is what
counts.  Peers that are not installed are left out: pip install "argmine[bench]".
"""

from __future__ import annotations

import argparse
import gzip
import itertools
import json
import re
import time
from pathlib import Path
from typing import TYPE_CHECKING

from argmine.segmentation import sentences

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    Splitter = Callable[[str], list[int]]

PATTERNS = {
    "zh": re.compile(r"[^。！？!?…]+[。！？!?…]+[”’」』）)]*"),
    "en": re.compile(r"(?<=[.!?])[\"”’)]*\s+(?=[\"“‘(]?[A-Z0-9])"),
}


def passages(path: Path, lang: str, lines: int, source: str) -> Iterator[tuple[str, set[int]]]:
    """Yield joined lines of the sources that start so, and where they meet."""
    with gzip.open(path, "rt", encoding="utf-8") as file:
        rows = [row for row in map(json.loads, file) if row["source"].startswith(source)]
    for _source, group in itertools.groupby(rows, key=lambda row: row["source"]):
        texts = [" ".join(row[lang].split()) for row in group]
        for start in range(0, len(texts), lines):
            yield join(texts[start : start + lines], " " if lang == "en" else "")


def join(texts: list[str], glue: str) -> tuple[str, set[int]]:
    """Return the joined text and where each line but the last ends."""
    ends, position = set(), 0
    for text in texts[:-1]:
        position += len(text)
        ends.add(position)
        position += len(glue)
    return glue.join(texts), ends


def ours(text: str) -> list[int]:
    """Return where argmine's sentences end."""
    return [end for _start, end in sentences.spans(text, 0, len(text))]


def by_pattern(lang: str) -> Splitter:
    """Return the splitter that people write themselves."""
    pattern = PATTERNS[lang]
    if lang == "zh":
        return lambda text: [match.end() for match in pattern.finditer(text)]
    return lambda text: [match.start() for match in pattern.finditer(text)]


def by_pysbd(lang: str) -> Splitter:
    """Return pySBD's splitter (its character spans)."""
    import pysbd

    segmenter = pysbd.Segmenter(language=lang, clean=False, char_span=True)

    def split(text: str) -> list[int]:
        return [span.start + len(span.sent.rstrip()) for span in segmenter.segment(text)]

    return split


def by_spacy(lang: str) -> Splitter:
    """Return spaCy's rule-based sentencizer."""
    import spacy

    nlp = spacy.blank(lang)
    nlp.add_pipe("sentencizer")
    nlp.max_length = 10_000_000
    return lambda text: [sentence.end_char for sentence in nlp(text).sents]


def measure(split: Splitter, rows: list[tuple[str, set[int]]]) -> dict[str, float]:
    """Return boundary precision, recall and F1, and characters per second."""
    right = found = gold = characters = 0
    started = time.perf_counter()
    cuts = [split(text) for text, _ends in rows]
    seconds = time.perf_counter() - started
    for (text, ends), cut in zip(rows, cuts, strict=True):
        inner = {position for position in cut if position < len(text.rstrip())}
        right += len(inner & ends)
        found += len(inner)
        gold += len(ends)
        characters += len(text)
    precision, recall = right / max(found, 1), right / max(gold, 1)
    return {
        "precision": round(precision, 4),
        "recall": round(recall, 4),
        "f1": round(2 * precision * recall / max(precision + recall, 1e-9), 4),
        "characters_per_second": round(characters / seconds),
    }


def main() -> None:
    """Print one line a splitter; with --out, write JSON besides."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("parallel", type=Path)
    parser.add_argument("--lines", type=int, default=10)
    parser.add_argument("--source", default="", help="sources whose name starts so")
    parser.add_argument("--only", help="measure this splitter alone")
    parser.add_argument("--out", type=Path)
    options = parser.parse_args()
    results: dict[str, dict[str, dict[str, float]]] = {}
    for lang in ("zh", "en"):
        rows = list(passages(options.parallel, lang, options.lines, options.source))
        makers: dict[str, Callable[[], Splitter]] = {
            "argmine": lambda: ours,
            "regex": lambda lang=lang: by_pattern(lang),
            "spacy": lambda lang=lang: by_spacy(lang),
            "pysbd": lambda lang=lang: by_pysbd(lang),
        }
        for name, make in makers.items():
            if options.only in (None, name):
                try:
                    split = make()
                except ImportError:
                    print(f"{lang} {name}: not installed")
                    continue
                results.setdefault(lang, {})[name] = measure(split, rows)
                print(lang, name, results[lang][name], flush=True)
    if options.out:
        options.out.write_text(json.dumps(results, indent=1) + "\n")


if __name__ == "__main__":
    main()
