"""Batches of annotated documents, ready to be written."""

from __future__ import annotations

import msgspec

from argmine.records import Failure  # noqa: TC001 - a type of a field


class Batch(msgspec.Struct, frozen=True):
    """A batch of annotated documents as bytes, and what there is to count in it.

    ``items`` were read, ``lines`` hold those annotated; ``seconds`` are those of each stage,
    ``megabytes`` the most that the process has held so far.
    """

    items: int
    lines: bytes
    documents: int
    failures: list[Failure]
    counts: dict[str, dict[str, int]]
    seconds: dict[str, float]
    megabytes: int = 0
