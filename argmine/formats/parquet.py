"""Annotations as four Parquet tables, for those who analyse with polars, DuckDB or pandas.

``documents``, ``segments``, ``labels`` (one row for each role, stance, holder and label of
the user's own) and ``figures``; ``document`` is the place of the document in the run and
ties them together.
"""

from __future__ import annotations

import json
import shutil
from typing import TYPE_CHECKING

import pyarrow as pa
from pyarrow import parquet

from argmine.errors import UsageError
from argmine.records import Document

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from argmine.records import Prediction, Segment

_ROWS = 20_000
_INT, _TEXT, _NUMBER = pa.int64(), pa.string(), pa.float64()
_SPAN = {"start": _INT, "end": _INT, "text": _TEXT}
_FIGURE = ("unit", "currency", "per", "period", "norm", "qualifier", "change", "relation")

SCHEMAS = {
    name: pa.schema(list(columns.items()))
    for name, columns in {
        "documents": {
            "document": _INT,
            "id": _TEXT,
            "lang": _TEXT,
            "text": _TEXT,
            "text_sha256": _TEXT,
            "meta": _TEXT,
        },
        "segments": {
            "document": _INT,
            "segment": _INT,
            **_SPAN,
            "lang": _TEXT,
            "block": _TEXT,
        },
        "labels": {
            "document": _INT,
            "segment": _INT,
            "layer": _TEXT,
            "target": _TEXT,
            "label": _TEXT,
            "score": _NUMBER,
        },
        "figures": {
            "document": _INT,
            "segment": _INT,
            **_SPAN,
            "type": _TEXT,
            "core_start": _INT,
            "core_end": _INT,
            **dict.fromkeys(("value", "low", "high"), _NUMBER),
            **dict.fromkeys(_FIGURE, _TEXT),
            "measures": _TEXT,
        },
    }.items()
}


def check(out: Path) -> None:
    """Make sure that tables may be written to ``out``.

    Raises:
        UsageError: There is a file of that name, or a folder that holds anything else.
    """
    if out.is_dir():
        others = sorted({inner.name for inner in out.iterdir()} - {f"{t}.parquet" for t in SCHEMAS})
        if others:
            msg = f"{out}: holds {others[0]!r}, so it is no folder of tables; name another --out"
            raise UsageError(msg)
    elif out.exists():
        msg = f"{out}: is a file; tables are written into a folder, name another --out"
        raise UsageError(msg)


def missing(out: Path) -> str | None:
    """Return the name of a table that a folder of tables lacks."""
    return next((f"{t}.parquet" for t in SCHEMAS if not (out / f"{t}.parquet").is_file()), None)


def write(lines: Path, folder: Path, first: int = 0) -> None:
    """Write annotated JSONL as tables into a folder, which appears when all are whole.

    Documents are numbered from ``first``.
    """
    part = folder.with_name(folder.name + ".tables")
    shutil.rmtree(part, ignore_errors=True)
    part.mkdir()
    writers = {
        name: parquet.ParquetWriter(part / f"{name}.parquet", schema, compression="zstd")
        for name, schema in SCHEMAS.items()
    }
    waiting: dict[str, list[dict[str, object]]] = {name: [] for name in SCHEMAS}
    with lines.open("rb") as file:
        for place, line in enumerate(file, first):
            for name, row in _rows(place, Document.from_json(line)):
                waiting[name].append(row)
            for name, rows in waiting.items():
                if len(rows) >= _ROWS:
                    writers[name].write_table(pa.Table.from_pylist(rows, SCHEMAS[name]))
                    rows.clear()
    for name, rows in waiting.items():
        if rows:
            writers[name].write_table(pa.Table.from_pylist(rows, SCHEMAS[name]))
        writers[name].close()
    shutil.rmtree(folder, ignore_errors=True)
    part.replace(folder)


def _rows(place: int, document: Document) -> Iterator[tuple[str, dict[str, object]]]:
    meta = json.dumps(document.meta, ensure_ascii=False)
    told = {name: getattr(document, name) for name in ("id", "lang", "text", "text_sha256")}
    yield "documents", {"document": place, **told, "meta": meta}
    kinds = {block.id: block.kind for block in document.blocks}
    for part in document.segments:
        span = {name: getattr(part, name) for name in ("start", "end", "text", "lang")}
        key = {"document": place, "segment": part.id}
        yield "segments", {**key, **span, "block": kinds.get(part.block)}
        for layer, target, answer in _answers(part):
            named = {"layer": layer, "target": target}
            yield "labels", {**key, **named, "label": answer.label, "score": answer.score}
    for figure in document.figures:
        row = {
            name: getattr(figure, name)
            for name in SCHEMAS["figures"].names
            if name not in ("document", "measures")
        }
        measured = figure.measures.text if figure.measures else None
        yield "figures", {"document": place, **row, "measures": measured}


def _answers(part: Segment) -> Iterator[tuple[str, str | None, Prediction]]:
    if part.role:
        yield "role", None, part.role
    for target, answer in (part.stance or {}).items():
        yield "stance", target, answer
    if part.holder:
        yield "holder", None, part.holder
    for task, answer in (part.labels or {}).items():
        yield task, None, answer
