"""The stage that fills the figures of a document."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

import msgspec

from argmine.figures.extract import find

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from argmine.records import Document, Figure, Segment


class FigureStage:
    """Find the figures of every segment; marks and bylines hold none."""

    name = "figures"

    def __call__(self, documents: Sequence[Document]) -> list[Document]:
        """Return the documents with their figures."""
        return [
            msgspec.structs.replace(document, figures=tuple(_figures(document)))
            for document in documents
        ]


def _figures(document: Document) -> Iterator[Figure]:
    reference = _date(document.meta.get("published") or document.meta.get("date"))
    for part in document.segments:
        for figure in find(part.text, part.lang, reference):
            yield _moved(figure, part)


def _moved(figure: Figure, part: Segment) -> Figure:
    """Return the figure with offsets into the document."""
    by = part.start
    measured = figure.measures
    return msgspec.structs.replace(
        figure,
        segment=part.id,
        start=figure.start + by,
        end=figure.end + by,
        core_start=figure.core_start + by,
        core_end=figure.core_end + by,
        measures=msgspec.structs.replace(measured, start=measured.start + by, end=measured.end + by)
        if measured
        else None,
    )


def _date(value: object) -> dt.date | None:
    try:
        return dt.date.fromisoformat(str(value)[:10])
    except ValueError:
        return None
