"""Compare the labels of a model as it computes by default with those in float32.

    python benchmarks/arithmetic.py GOLD [--texts FILE] [--model us-china]

Writes JSON: by task the share of equal labels, and macro-F1 both ways.
"""

from __future__ import annotations

import argparse
import json
from pathlib import Path

from argmine.evaluation import run
from argmine.evaluation.gold import read_gold
from argmine.evaluation.scores import Judged, macro_f1
from argmine.model import folder
from argmine.model.classifier import Classifier


def main() -> None:
    """Read the options, judge the rows twice, print JSON."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("gold", type=Path)
    parser.add_argument("--texts", type=Path, action="append", default=[])
    parser.add_argument("--model", default="us-china")
    given = parser.parse_args()
    rows = read_gold(given.gold, given.texts)
    path = folder.find(given.model)
    fast, exact = Classifier(path), Classifier(path, precision="float32")
    answers = [run.judge(model, rows) for model in (fast, exact)]
    found = {}
    for task in fast.info.tasks:
        known = [i for i, row in enumerate(rows) if task in row.labels()]
        said = [[part[i][task].label for i in known] for part in answers]
        gold = [rows[i].labels()[task] for i in known]
        found[task] = {
            "equal": round(sum(a == b for a, b in zip(*said, strict=True)) / len(known), 4),
            "macro_f1": [
                round(macro_f1([Judged(g, s) for g, s in zip(gold, part, strict=True)]), 4)
                for part in said
            ],
        }
    print(json.dumps({"arithmetic": fast.arithmetic, "rows": len(rows), **found}, indent=1))


if __name__ == "__main__":
    main()
