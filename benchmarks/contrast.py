"""Count the contrast groups on which a model gets every stance of every row right.

    python benchmarks/contrast.py seeds/labels/contrast.held.jsonl --model us-china

The rows have ``group``, and labels as labelled sentences have them; ``--texts`` names the
file that has their texts, if they name them by id alone.  Writes JSON.
"""

from __future__ import annotations

import argparse
import json
from collections import defaultdict
from pathlib import Path

from argmine.evaluation import run
from argmine.evaluation.gold import read_gold
from argmine.model import folder
from argmine.model.classifier import Classifier


def main() -> None:
    """Read the options, judge the rows, print JSON."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("gold", type=Path)
    parser.add_argument("--texts", type=Path, action="append", default=[])
    parser.add_argument("--model", default="us-china")
    given = parser.parse_args()
    rows = read_gold(given.gold, given.texts)
    if any("group" not in row.columns for row in rows):
        parser.error(f"{given.gold}: each row needs the name of its group, in the column group")
    right: dict[str, list[bool]] = defaultdict(list)
    for row, answer in zip(
        rows, run.judge(Classifier(folder.find(given.model)), rows), strict=True
    ):
        gold = {task: label for task, label in row.labels().items() if task.startswith("stance.")}
        right[row.columns["group"]].append(all(answer[t].label == gold[t] for t in gold))
    groups = [all(found) for found in right.values()]
    share = round(sum(groups) / len(groups), 4)
    print(json.dumps({"groups": len(groups), "right": sum(groups), "share": share}))


if __name__ == "__main__":
    main()
