"""Compare what a model says as it ships with slower readings of the same sentences.

    python benchmarks/readings.py GOLD… [--texts FILE] [--model us-china]

Writes JSON: for each slower reading, by task, the share of equal labels and macro-F1 both
ways.  The slower readings: the same rows in float32, and each sentence in a row of its own
in float32, where the model reads sentences that follow each other in one row.
"""

from __future__ import annotations

import argparse
import json
from pathlib import Path
from typing import TYPE_CHECKING

from msgspec.structs import replace

from argmine.evaluation import run
from argmine.evaluation.gold import GoldRow, read_gold
from argmine.evaluation.scores import Judged, macro_f1
from argmine.model import folder
from argmine.model.classifier import Classifier

if TYPE_CHECKING:
    from argmine.evaluation.answers import Label

Answers = list[dict[str, "Label"]]


def main() -> None:
    """Read the options, judge the rows three times, print JSON."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("gold", type=Path, nargs="+")
    parser.add_argument("--texts", type=Path, action="append", default=[])
    parser.add_argument("--model", default="us-china")
    given = parser.parse_args()
    rows = [row for gold in given.gold for row in read_gold(gold, given.texts)]
    path = folder.find(given.model)
    fast, exact = Classifier(path), Classifier(path, precision="float32")
    shipped = run.judge(fast, rows)
    slower = {
        "float32": run.judge(exact, rows),
        "float32, alone": run.judge(exact, [replace(row, follows=False) for row in rows]),
    }
    found = {
        name: {task: _compared(rows, task, shipped, answers) for task in fast.info.tasks}
        for name, answers in slower.items()
    }
    print(json.dumps({"arithmetic": fast.arithmetic, "rows": len(rows), **found}, indent=1))


def _compared(
    rows: list[GoldRow], task: str, shipped: Answers, slower: Answers
) -> dict[str, float]:
    known = [i for i, row in enumerate(rows) if task in row.labels()]
    gold = [rows[i].labels()[task] for i in known]
    said, other = ([answers[i][task].label for i in known] for answers in (shipped, slower))

    def score(labels: list[str]) -> float:
        return round(macro_f1([Judged(g, s) for g, s in zip(gold, labels, strict=True)]), 4)

    return {
        "equal": round(sum(a == b for a, b in zip(said, other, strict=True)) / len(known), 4),
        "macro_f1": score(said),
        "macro_f1_slower": score(other),
    }


if __name__ == "__main__":
    main()
