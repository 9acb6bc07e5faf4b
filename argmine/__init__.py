"""Bilingual argument mining: claims, evidence, stance and figures in news.

    import argmine

    pipeline = argmine.load()
    document = pipeline("…")

Names are imported when first used, so that ``import argmine`` and the parts that need no
model stay light.
"""

from __future__ import annotations

import importlib
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from argmine.interop.datasets import to_dataset
    from argmine.interop.spacy import to_spacy
    from argmine.pipeline import Pipeline, PipelineConfig, load
    from argmine.records import Document, Failure, Figure, Segment

__all__ = [
    "Document",
    "Failure",
    "Figure",
    "Pipeline",
    "PipelineConfig",
    "Segment",
    "load",
    "to_dataset",
    "to_spacy",
]

_HOMES = {
    "Document": "argmine.records",
    "Failure": "argmine.records",
    "Figure": "argmine.records",
    "Pipeline": "argmine.pipeline",
    "PipelineConfig": "argmine.pipeline",
    "Segment": "argmine.records",
    "load": "argmine.pipeline",
    "to_dataset": "argmine.interop.datasets",
    "to_spacy": "argmine.interop.spacy",
}


def __getattr__(name: str) -> object:
    if name not in _HOMES:
        msg = f"module 'argmine' has no attribute {name!r}"
        raise AttributeError(msg)
    return getattr(importlib.import_module(_HOMES[name]), name)
