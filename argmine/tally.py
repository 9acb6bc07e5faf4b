"""Counts of what was found, by layer and label."""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING

from argmine.records import Document, Failure

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

Counts = dict[str, dict[str, int]]

_OWN = re.compile(r"'[^']*'|\"[^\"]*\"|\[.*|(?<![\w-])\d[\d,.]*|U\+\w+")
_LONGEST = 80
# Targets that rows bring with them may be as many as the rows.
_MOST = 60
_OTHERS = "others"


def count(items: Iterable[Document | Failure]) -> Counts:
    """Return how many documents, segments, labels and figures of each kind there are."""
    found: dict[str, Counter[str]] = {}
    for item in items:
        for name, label in _labels(item):
            found.setdefault(name, Counter())[label] += 1
    return {name: dict(counts) for name, counts in found.items()}


def add(one: Mapping[str, Mapping[str, int]], other: Mapping[str, Mapping[str, int]]) -> Counts:
    """Return the sum of two counts; what comes after many names is counted as others."""
    found: dict[str, Counter[str]] = {}
    for counts in (one, other):
        for name, labels in counts.items():
            kept = name if name in found or len(found) < _MOST else _OTHERS
            found.setdefault(kept, Counter()).update(_few(labels))
    return {name: dict(_few(labels)) for name, labels in found.items()}


def _few(labels: Mapping[str, int]) -> Mapping[str, int]:
    """Return the counts, of which none is without end."""
    if len(labels) <= _MOST:
        return labels
    kept = dict(list(labels.items())[:_MOST])
    kept[_OTHERS] = kept.get(_OTHERS, 0) + sum(labels.values()) - sum(kept.values())
    return kept


def _labels(item: Document | Failure) -> Iterable[tuple[str, str]]:
    if isinstance(item, Failure):
        yield "documents", "set aside"
        # Without what the document itself brings in there are few reasons.
        yield "set aside", _OWN.sub("…", item.reason)[:_LONGEST]
        return
    yield "documents", item.lang or "no text"
    for part in item.segments:
        yield "segments", part.lang
        if part.role:
            yield "role", part.role.label
        for target, prediction in (part.stance or {}).items():
            yield f"stance {target}", prediction.label
        if part.holder:
            yield "holder", part.holder.label
        for task, prediction in (part.labels or {}).items():
            yield task, prediction.label
    for figure in item.figures:
        yield "figures", figure.type
