"""The report of an evaluation: one HTML file that needs nothing beside it."""

from __future__ import annotations

from importlib import metadata, resources
from typing import TYPE_CHECKING, Any

import jinja2

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from argmine.evaluation.run import Answer

_SIDE = 170
_MOST = 5000


def render(title: str, found: Mapping[str, Any], answers: Sequence[Answer]) -> str:
    """Return the page; everything that comes from the data is escaped.

    At most 5,000 misread sentences are listed, the surest errors first.
    """
    wrong = [a for a in answers if a.judged.gold != a.judged.predicted]
    wrong.sort(key=lambda a: -(a.judged.score or 0.0))
    environment = jinja2.Environment(
        autoescape=True, trim_blocks=True, lstrip_blocks=True, undefined=jinja2.StrictUndefined
    )
    page = resources.files("argmine.evaluation").joinpath("report.html").read_text(encoding="utf-8")
    return environment.from_string(page).render(
        title=title,
        version=metadata.version("argmine"),
        groups=[(name, tasks) for name, tasks in _groups(found)],
        curves={task: _curves(row) for task, row in found["all"].items() if "reliability" in row},
        tasks=found["all"],
        wrong=wrong[:_MOST],
        left_out=max(0, len(wrong) - _MOST),
        shade=_shade,
        side=_SIDE,
    )


def _groups(found: Mapping[str, Any]) -> list[tuple[str, Mapping[str, Any]]]:
    groups = [("all", found["all"])]
    for column, values in found.items():
        if column != "all":
            groups += [(f"{column} {value}", tasks) for value, tasks in values.items()]
    return groups


def _curves(row: Mapping[str, Any]) -> dict[str, Any]:
    """Return both curves of a task as points of a square."""
    return {
        "reliability": [
            {"x": _x(b["score"]), "y": _y(b["accuracy"]), "rows": b["rows"]}
            for b in row["reliability"]
        ],
        "risk": " ".join(
            f"{_x(point['coverage'])},{_y(point['risk'])}" for point in row["risk_coverage"]
        ),
    }


def _x(share: float) -> float:
    return round(_SIDE * share, 1)


def _y(share: float) -> float:
    return round(_SIDE * (1 - share), 1)


def _shade(count: int, row: Sequence[int]) -> float:
    """Return how dark a cell of a confusion matrix is: its share of the gold label."""
    return round(count / max(1, sum(row)), 3)
