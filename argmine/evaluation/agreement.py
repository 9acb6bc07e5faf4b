"""How far several annotators agree on the labels of the same sentences."""

from __future__ import annotations

from itertools import combinations
from typing import TYPE_CHECKING, Any

import krippendorff
import numpy as np
from sklearn.metrics import cohen_kappa_score

from argmine.errors import DataError
from argmine.evaluation.labels import our_words

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from argmine.evaluation.gold import GoldRow


def agreement(annotators: Mapping[str, Sequence[GoldRow]]) -> dict[str, Any]:
    """Return by task the agreement of two annotators or more.

    Rows are matched by ``id``, or by text, context and target where one has no ids; a row
    that an annotator left out counts for the others (Krippendorff's alpha, nominal), and
    not for the pairs the annotator is in (Cohen's kappa, share of equal labels).

    Source: Krippendorff 2004, Content Analysis; Cohen 1960, A Coefficient of Agreement
    for Nominal Scales.

    Raises:
        DataError: No sentence was labelled by two of them.
    """
    has_ids = all(row.id for rows in annotators.values() for row in rows)
    labels = {
        name: {_key(row, by_id=has_ids): row.labels() for row in rows}
        for name, rows in annotators.items()
    }
    if not any(task for rows in labels.values() for row in rows.values() for task in row):
        msg = "no row has a label: expected role, stance, holder, labels, or label with a target"
        raise DataError(msg)
    keys = list(dict.fromkeys(key for rows in labels.values() for key in rows))
    tasks = list(dict.fromkeys(t for rows in labels.values() for row in rows.values() for t in row))
    found = {}
    for task in tasks:
        hands = [{row[task] for row in rows.values() if task in row} for rows in labels.values()]
        words = our_words(task, *hands)
        table = {
            name: [
                words[label] if (label := rows.get(key, {}).get(task)) is not None else None
                for key in keys
            ]
            for name, rows in labels.items()
        }
        shared = sum(
            sum(v is not None for v in column) > 1 for column in zip(*table.values(), strict=True)
        )
        if shared:
            found[task] = {"rows": shared, "alpha": _alpha(table), "pairs": _pairs(table)}
    if not found:
        msg = "no sentence was labelled twice: the files share no id, or no text"
        raise DataError(msg)
    return found


def _key(row: GoldRow, *, by_id: bool) -> object:
    return (row.id, row.target) if by_id else (row.text, row.prev, row.next, row.target)


def _alpha(table: Mapping[str, Sequence[str | None]]) -> float:
    """Return alpha over the sentences that two annotators or more have labelled."""
    units = [
        column
        for column in zip(*table.values(), strict=True)
        if sum(label is not None for label in column) > 1
    ]
    labels = sorted({label for column in units for label in column if label is not None})
    if len(labels) < 2:
        return 1.0
    places = {label: float(n) for n, label in enumerate(labels)}
    numbers = [
        [np.nan if v is None else places[v] for v in one] for one in zip(*units, strict=True)
    ]
    return round(float(krippendorff.alpha(numbers, level_of_measurement="nominal")), 4)


def _pairs(table: Mapping[str, Sequence[str | None]]) -> list[dict[str, Any]]:
    found = []
    for one, other in combinations(table, 2):
        both = [
            (a, b)
            for a, b in zip(table[one], table[other], strict=True)
            if a is not None and b is not None
        ]
        if not both:
            continue
        first, second = zip(*both, strict=True)
        alike = sum(a == b for a, b in both) / len(both)
        single = len({*first, *second}) == 1
        kappa = 1.0 if single else float(cohen_kappa_score(first, second))
        found.append(
            {
                "annotators": [one, other],
                "rows": len(both),
                "equal": round(alike, 4),
                "kappa": round(kappa, 4),
            }
        )
    return found
