"""What a stage is: it takes documents and returns them with its own layer besides."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from collections.abc import Sequence

    from argmine.records import Document


class Stage(Protocol):
    """Same documents, same order, same number; nothing but its layer is changed."""

    name: str

    def __call__(self, documents: Sequence[Document]) -> list[Document]:
        """Return the documents with one more layer."""
        ...
