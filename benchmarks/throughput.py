"""Measure how fast argmine is, all in one run, and write what was found as JSON.

    python benchmarks/throughput.py ../shared/data/corpus/articles.jsonl.gz --out throughput.json

Measured: the classifier beside the text-classification pipeline of transformers in float32
with the same encoder and texts; the whole command with its stages; one worker process beside
two; segmentation and figures alone; the time to a first result and to the help text; the
greatest memory.  Each ratio is of medians, the rounds of both taken in turn.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import statistics
import subprocess
import sys
import tempfile
import time
from contextlib import closing
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Any

from argmine.corpus.workers import Workers
from argmine.formats import sources, tables
from argmine.model import folder
from argmine.model.classifier import Classifier
from argmine.model.inputs import Sentence
from argmine.pipeline import Pipeline, PipelineConfig
from argmine.records import Document

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

COMMAND = [sys.executable, "-m", "argmine"]
MODEL = "us-china"


def main() -> None:
    """Measure and write."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("corpus", type=Path)
    parser.add_argument("--articles", type=int, default=200, help="of the whole command")
    parser.add_argument("--sentences", type=int, default=512, help="of the classifier")
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--out", type=Path)
    given = parser.parse_args()
    found = {
        "machine": machine(),
        "classifier": classifier(given.corpus, given.sentences, given.rounds),
        "command": command(given.corpus, given.articles),
        "workers": workers(given.corpus, given.articles // 2, given.rounds),
        "rules": rules(given.corpus, given.articles),
        "start": start(given.corpus, given.rounds),
    }
    text = json.dumps(found, indent=1)
    print(text)
    if given.out:
        given.out.write_text(text + "\n")


def machine() -> dict[str, Any]:
    """Return what the figures hang on."""
    return {
        "system": f"{platform.system()} {platform.machine()}",
        "python": platform.python_version(),
        "processors": len(os.sched_getaffinity(0)),
        "arithmetic": Classifier(folder.find(MODEL)).arithmetic,
    }


def documents(corpus: Path, number: int) -> list[Document]:
    """Return the first documents."""
    read = sources.read([str(corpus)], tables.Columns())
    return list(islice((item for item in read if isinstance(item, Document)), number))


def in_turn(rounds: int, *what: Callable[[], object]) -> list[float]:
    """Return the median seconds of each, after a round that does not count."""
    seconds: list[list[float]] = [[] for _ in what]
    for number in range(rounds + 1):
        for times, do in zip(seconds, what, strict=True):
            begun = time.perf_counter()
            do()
            if number:
                times.append(time.perf_counter() - begun)
    return [statistics.median(times) for times in seconds]


def classifier(corpus: Path, number: int, rounds: int) -> dict[str, Any]:
    """Compare with transformers: the same encoder, the same sentences, no context."""
    import torch
    from transformers import (
        AutoModelForSequenceClassification,
        PreTrainedTokenizerFast,
        pipeline,
    )

    from argmine.training.restore import restore

    rules = Pipeline(PipelineConfig(layers=["segments"]))
    texts = [
        part.text for document in documents(corpus, number) for part in rules(document).segments
    ]
    # Spread over the corpus, so that both languages are among them.
    texts = texts[:: max(1, len(texts) // number)][:number]
    ours = Classifier(folder.find(MODEL))
    with tempfile.TemporaryDirectory() as place:
        restore(folder.find(MODEL), Path(place))
        tokenizer = PreTrainedTokenizerFast(
            tokenizer_file=str(Path(place) / folder.TOKENIZER), pad_token="<pad>", cls_token="<s>"
        )
        network = AutoModelForSequenceClassification.from_pretrained(place, num_labels=3)
        theirs = pipeline(
            "text-classification",
            model=network.float().eval(),
            tokenizer=tokenizer,
            device="cpu",
            batch_size=32,
        )
        with torch.inference_mode():
            mine, other = in_turn(
                rounds,
                lambda: ours.judge([Sentence(text) for text in texts]),
                lambda: theirs(texts, truncation=True, max_length=512),
            )
    return {
        "sentences": len(texts),
        "argmine_per_second": round(len(texts) / mine, 1),
        "transformers_fp32_per_second": round(len(texts) / other, 1),
        "ratio": round(other / mine, 2),
    }


def command(corpus: Path, number: int) -> dict[str, Any]:
    """Time the whole command, in one process with all threads and with a worker a core."""
    found = {}
    for workers in (1, len(os.sched_getaffinity(0))):
        with tempfile.TemporaryDirectory() as place:
            out = Path(place) / "out.jsonl"
            told = [str(corpus), "--limit", str(number), "--out", str(out)]
            begun = time.perf_counter()
            subprocess.run([*COMMAND, "annotate", *told, "--workers", str(workers)], check=True)
            seconds = time.perf_counter() - begun
            report = json.loads((Path(place) / "out.run.json").read_text())
        found[f"workers_{workers}"] = {
            "articles_per_minute": round(60 * number / seconds),
            "stage_seconds": {name: round(s, 1) for name, s in report["seconds"].items()},
            "segments": sum(report["counts"]["segments"].values()),
            "peak_memory_mb_of_a_process": report["peak_memory_mb"],
        }
    return {"articles": number, **found}


def workers(corpus: Path, number: int, rounds: int) -> dict[str, Any]:
    """Compare one worker process with two, a thread each, both loaded before the clock runs."""
    articles = documents(corpus, number)
    settings = PipelineConfig()
    with (
        closing(Workers(settings, 1, threads=1)) as one,
        closing(Workers(settings, 2, threads=1)) as two,
    ):
        alone, both = in_turn(
            rounds, lambda: drain(one.annotated(articles)), lambda: drain(two.annotated(articles))
        )
    return {"articles": number, "ratio": round(alone / both, 2)}


def drain(items: Iterable[object]) -> None:
    """Take all there is."""
    for _ in items:
        pass


def rules(corpus: Path, number: int) -> dict[str, Any]:
    """Time segmentation and figures in this process."""
    articles = documents(corpus, number)
    ready = Pipeline(PipelineConfig(layers=["segments", "figures"]))
    begun = time.perf_counter()
    drain(ready.stream(articles))
    seconds = time.perf_counter() - begun
    characters = sum(len(article.text) for article in articles)
    return {"characters_per_second": round(characters / seconds)}


def start(corpus: Path, rounds: int) -> dict[str, Any]:
    """Time one short article, and the help text, as commands."""
    [article] = documents(corpus, 1)
    with tempfile.TemporaryDirectory() as place:
        path = Path(place) / "one.txt"
        path.write_text(article.text[:1500], encoding="utf-8")
        told: Sequence[str] = [*COMMAND, "annotate", str(path), "--out", f"{place}/o.jsonl"]
        first, helped = in_turn(
            2 * rounds,
            lambda: subprocess.run([*told, "--fresh"], check=True, capture_output=True),
            lambda: subprocess.run([*COMMAND, "--help"], check=True, capture_output=True),
        )
    return {"first_result_seconds": round(first, 2), "help_seconds": round(helped, 2)}


if __name__ == "__main__":
    main()
