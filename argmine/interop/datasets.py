"""Annotations as a Hugging Face dataset with typed features."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import msgspec
from datasets import Dataset, Features, List, Value

from argmine.records import Document

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from argmine.records import Failure

_TEXT = Value("string")
_NUMBER = Value("float64")
_OFFSET = Value("int64")
_SPAN = {"start": _OFFSET, "end": _OFFSET, "text": _TEXT}
# Labels differ from model to model, so scores are a list of pairs, not a struct.
_PREDICTION = {
    "label": _TEXT,
    "score": _NUMBER,
    "scores": List({"label": _TEXT, "score": _NUMBER}),
}

FEATURES = Features(
    {
        "id": _TEXT,
        "text": _TEXT,
        "text_sha256": _TEXT,
        "lang": _TEXT,
        "meta": _TEXT,
        "blocks": List(
            {"id": _OFFSET, "start": _OFFSET, "end": _OFFSET, "kind": _TEXT, "group": _OFFSET}
        ),
        "segments": List(
            {
                "id": _OFFSET,
                **_SPAN,
                "lang": _TEXT,
                "block": _OFFSET,
                "citations": List(_SPAN),
                "role": _PREDICTION,
                "stance": List({"target": _TEXT, **_PREDICTION}),
                "holder": _PREDICTION,
                "labels": List({"task": _TEXT, **_PREDICTION}),
            }
        ),
        "figures": List(
            {
                "segment": _OFFSET,
                **_SPAN,
                "type": _TEXT,
                "core_start": _OFFSET,
                "core_end": _OFFSET,
                "value": _NUMBER,
                "low": _NUMBER,
                "high": _NUMBER,
                "unit": _TEXT,
                "currency": _TEXT,
                "per": _TEXT,
                "period": _TEXT,
                "norm": _TEXT,
                "qualifier": _TEXT,
                "change": _TEXT,
                "relation": _TEXT,
                "measures": _SPAN,
            }
        ),
    }
)


def to_dataset(documents: Iterable[Document | Failure]) -> Dataset:
    """Return one row a document.

    Failures of a stream are left out.  ``meta`` is JSON text, since its keys differ from
    article to article; the scores of a prediction are a list of ``label`` and ``score``,
    the stances a list by target, labels of the user's own a list by task.
    """
    rows = [_row(document) for document in documents if isinstance(document, Document)]
    columns = {name: [row[name] for row in rows] for name in FEATURES}
    return Dataset.from_dict(columns, features=FEATURES)


def _row(document: Document) -> dict[str, object]:
    row = msgspec.to_builtins(document)
    return {
        **{name: row[name] for name in ("id", "text", "text_sha256", "lang")},
        "meta": json.dumps(row["meta"], ensure_ascii=False),
        "blocks": list(_filled(row["blocks"], "group")),
        "segments": [_segment(part) for part in row["segments"]],
        "figures": list(
            _filled(
                row["figures"],
                "value",
                "low",
                "high",
                "unit",
                "currency",
                "per",
                "period",
                "norm",
                "qualifier",
                "change",
                "relation",
                "measures",
            )
        ),
    }


def _segment(part: dict[str, object]) -> dict[str, object]:
    return {
        **part,
        "role": _prediction(part.get("role")),
        "holder": _prediction(part.get("holder")),
        "stance": _named(part.get("stance"), "target"),
        "labels": _named(part.get("labels"), "task"),
    }


def _named(answers: object, key: str) -> list[dict[str, object]]:
    found = answers.items() if isinstance(answers, dict) else ()
    return [{key: name, **(_prediction(answer) or {})} for name, answer in found]


def _prediction(value: object) -> dict[str, object] | None:
    if not isinstance(value, dict):
        return None
    scores = [{"label": name, "score": score} for name, score in value["scores"].items()]
    return {"label": value["label"], "score": value["score"], "scores": scores}


def _filled(records: Iterable[dict[str, object]], *names: str) -> Iterator[dict[str, object]]:
    empty = dict.fromkeys(names)
    for record in records:
        yield {**empty, **record}
