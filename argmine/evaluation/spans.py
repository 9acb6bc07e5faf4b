"""Spans against gold spans: figures or segments, by text."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Literal

import msgspec
import numpy as np

from argmine.errors import DataError
from argmine.evaluation import bootstrap
from argmine.formats.labelled import whole
from argmine.formats.sources import read_rows

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from pathlib import Path

    from argmine.records import Document

Layer = Literal["figures", "segments"]


class Span(msgspec.Struct, frozen=True):
    """A half-open range of code points, and its type where it has one."""

    start: int
    end: int
    type: str = ""


class SpanRow(msgspec.Struct, frozen=True):
    """A text with its spans; a document that argmine has written is one."""

    text: str
    id: str = ""
    figures: list[Span] | None = None
    segments: list[Span] | None = None

    def spans(self, layer: Layer) -> list[Span] | None:
        """Return the spans of a layer, ``None`` if it has none of them."""
        return self.figures if layer == "figures" else self.segments


def read(path: Path, layer: Layer) -> list[SpanRow]:
    """Read texts with their spans.

    Raises:
        DataError: A line is no such text, has no such layer, or a span lies outside.
    """
    found: list[SpanRow] = []
    for where, (_, cells, _) in whole(path, read_rows(path)):
        try:
            row = msgspec.convert(cells, SpanRow)
        except msgspec.ValidationError as error:
            msg = f"{where}: no text with spans: {error}"
            raise DataError(msg) from None
        spans = row.spans(layer)
        if spans is None:
            msg = f"{where}: no field {layer!r}, the spans to be measured"
            raise DataError(msg)
        outside = [s for s in spans if not 0 <= s.start < s.end <= len(row.text)]
        if outside:
            msg = f"{where}: {layer}: {outside[0].start} to {outside[0].end} is not in the text"
            raise DataError(msg)
        found.append(row)
    if not found:
        msg = f"{path}: holds no text"
        raise DataError(msg)
    return found


def annotated(annotate: Callable[[str], Document], rows: Sequence[SpanRow]) -> list[SpanRow]:
    """Return the texts with the spans that a pipeline finds in them."""
    found = (annotate(row.text) for row in rows)
    return [
        SpanRow(
            text=row.text,
            id=row.id,
            figures=[Span(f.start, f.end, f.type) for f in document.figures],
            segments=[Span(s.start, s.end) for s in document.segments],
        )
        for row, document in zip(rows, found, strict=True)
    ]


def measure(
    gold: Sequence[SpanRow], found: Sequence[SpanRow], layer: Layer, seed: int
) -> dict[str, Any]:
    """Return precision, recall and F1 with its interval, by kind of match.

    ``exact`` wants both ends right; ``overlap`` any shared character, each span matched
    once (the measure of MUC's partial matches, counted whole); ``type`` both ends and the
    type.  ``types`` holds the exact scores of each gold type.  Texts are drawn whole.

    Raises:
        DataError: A text has no answer, or not the same words.
    """
    pairs = _paired(gold, found, layer)
    drawn = bootstrap.weights(len(pairs), seed)
    result: dict[str, Any] = {
        name: _scores(np.array([_counts(g, p, match) for g, p in pairs]), drawn)
        for name, match in _MATCHES.items()
    }
    types = sorted({s.type for g, p in pairs for s in (*g, *p) if s.type})
    result["types"] = {
        kind: _scores(
            np.array([_counts(_of(kind, g), _of(kind, p), _same) for g, p in pairs]), drawn
        )
        for kind in types
    }
    return {"texts": len(pairs), **result}


def _of(kind: str, spans: Sequence[Span]) -> list[Span]:
    return [span for span in spans if span.type == kind]


def _paired(
    gold: Sequence[SpanRow], found: Sequence[SpanRow], layer: Layer
) -> list[tuple[list[Span], list[Span]]]:
    by_id = {row.id: row for row in found if row.id}
    in_order = len(found) == len(gold) and not all(row.id for row in gold)
    pairs = []
    for place, row in enumerate(gold):
        answer = found[place] if in_order else by_id.get(row.id)
        if answer is None:
            msg = f"no answer for the text {row.id or place + 1!r}"
            raise DataError(msg)
        if answer.text != row.text:
            msg = f"the text {row.id or place + 1!r} is not the same in gold and answers"
            raise DataError(msg)
        pairs.append((row.spans(layer) or [], answer.spans(layer) or []))
    return pairs


def _counts(
    gold: Sequence[Span], found: Sequence[Span], match: Callable[[Span, Span], bool]
) -> tuple[int, int, int]:
    """Return matches, gold spans, found spans."""
    left = sorted(found, key=lambda s: (s.start, s.end))
    right = 0
    for span in sorted(gold, key=lambda s: (s.start, s.end)):
        hit = next((n for n, other in enumerate(left) if match(span, other)), None)
        if hit is not None:
            right += 1
            del left[hit]
    return right, len(gold), len(found)


def _scores(counts: np.ndarray, drawn: np.ndarray) -> Mapping[str, Any]:
    """Return the scores of ``[texts, (matches, gold, found)]``."""
    right, gold, found = counts.sum(axis=0)
    sums = drawn @ counts
    with np.errstate(invalid="ignore"):
        draws = np.where(sums[:, 1:].any(axis=1), 2 * sums[:, 0] / sums[:, 1:].sum(axis=1), 1.0)
    return {
        "precision": round(float(right / max(1, found)), 4),
        "recall": round(float(right / max(1, gold)), 4),
        "f1": round(float(2 * right / (gold + found)), 4) if gold + found else 1.0,
        "f1_interval": [round(end, 4) for end in bootstrap.interval(draws)],
        "gold": int(gold),
        "found": int(found),
    }


def _same(a: Span, b: Span) -> bool:
    return (a.start, a.end) == (b.start, b.end)


_MATCHES: dict[str, Callable[[Span, Span], bool]] = {
    "exact": _same,
    "overlap": lambda a, b: a.start < b.end and b.start < a.end,
    "type": lambda a, b: _same(a, b) and a.type == b.type,
}
