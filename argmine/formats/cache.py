"""Annotated lines kept by what they were made of, in an SQLite file that processes share."""

from __future__ import annotations

import hashlib
import sqlite3
from contextlib import contextmanager
from typing import TYPE_CHECKING

import zstandard

from argmine.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from pathlib import Path

    from argmine.records import Document

_NAME = "annotations.sqlite"
# Seconds to wait for another process that is writing.
_PATIENCE = 60
_AT_ONCE = 500


class Cache:
    """Lines by key; a key stands for a document, the models and the settings."""

    def __init__(self, folder: Path, made_by: str) -> None:
        """Open the store in a folder, made if it is not there.

        ``made_by`` stands for all but the document.

        Raises:
            UsageError: The folder cannot be written, or holds something else.
        """
        self._made_by = made_by.encode()
        self._folder = folder
        try:
            folder.mkdir(parents=True, exist_ok=True)
            self._store = sqlite3.connect(folder / _NAME, timeout=_PATIENCE, isolation_level=None)
            self._store.execute("pragma journal_mode = wal")
            self._store.execute("pragma synchronous = normal")
            self._store.execute(
                "create table if not exists lines (key blob primary key, line blob) without rowid"
            )
        except (OSError, sqlite3.Error) as error:
            msg = f"{folder}: cannot be used as a cache: {error}"
            raise UsageError(msg) from None
        self._pack = zstandard.ZstdCompressor()
        self._unpack = zstandard.ZstdDecompressor()

    def key(self, document: Document) -> bytes:
        """Return the key of a document that is not annotated yet."""
        return hashlib.blake2b(document.to_json() + self._made_by, digest_size=20).digest()

    def get(self, keys: Sequence[bytes]) -> dict[bytes, bytes]:
        """Return the lines of those keys that are there.

        Raises:
            UsageError: The store is damaged.
        """
        found: dict[bytes, bytes] = {}
        for start in range(0, len(keys), _AT_ONCE):
            part = keys[start : start + _AT_ONCE]
            marks = ", ".join("?" * len(part))
            # Only marks are put in, never what a key holds.
            query = f"select key, line from lines where key in ({marks})"  # noqa: S608
            with self._told():
                for key, line in self._store.execute(query, part):
                    found[key] = self._unpack.decompress(line)
        return found

    def put(self, lines: Mapping[bytes, bytes]) -> None:
        """Keep lines by their keys.

        Raises:
            UsageError: The store is damaged, or its disk full.
        """
        rows: Iterable[tuple[bytes, bytes]] = (
            (key, self._pack.compress(line)) for key, line in lines.items()
        )
        with self._told():
            self._store.execute("begin immediate")
            self._store.executemany("insert or replace into lines values (?, ?)", rows)
            self._store.execute("commit")

    @contextmanager
    def _told(self) -> Iterator[None]:
        try:
            yield
        except (sqlite3.Error, zstandard.ZstdError) as error:
            msg = f"{self._folder}: the cache fails: {error}; remove it, or go on without --cache"
            raise UsageError(msg) from None
