"""Find the files that paths, folders, globs and addresses name."""

from __future__ import annotations

import glob
import os
from dataclasses import dataclass
from pathlib import Path, PurePath, PurePosixPath
from typing import TYPE_CHECKING

from argmine.errors import DataError, UsageError
from argmine.formats import rows, storage
from argmine.formats.state import written

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

STDIN = "-"
TEXTS = (".txt", ".text", ".md", ".markdown")
PAGES = (".html", ".htm", ".xhtml")
LINES = (".jsonl", ".ndjson")
TABLES = (".json", *LINES, ".csv", ".tsv", ".parquet")
_LARGEST_REPORT = 16 << 20
_KNOWN = (*TEXTS, *PAGES, *TABLES)


@dataclass(frozen=True, slots=True)
class Inputs:
    """The files to be read, in order, and the ones of a folder left aside.

    ``skipped`` are of unknown kind, ``written`` by earlier runs.
    """

    paths: tuple[str, ...]
    skipped: tuple[str, ...]
    written: tuple[str, ...]


def find(patterns: Sequence[str]) -> Inputs:
    """Return the input files that paths, folders and globs name, each once.

    A folder is searched whole for files of known kinds, in the order of their names;
    hidden files are passed over, and so is what runs of argmine have written there.

    Raises:
        DataError: A path or pattern matches nothing.
    """
    found = _Found()
    for pattern in patterns:
        if not pattern:
            msg = "an empty path; name a file, a folder or a glob"
            raise DataError(msg)
        if pattern == STDIN:
            found.paths[STDIN] = None
        elif storage.is_remote(pattern):
            _find_remote(pattern, found)
        else:
            _find_local(pattern, found)
    if not found.paths:
        told = "nothing but what runs have written" if found.written else "no file of a known kind"
        msg = f"{', '.join(patterns)}: {told} in there; name a file itself to read it"
        raise DataError(msg)
    skipped, ours = (
        tuple(name for name in names if name not in found.paths)
        for names in (found.skipped, found.written)
    )
    return Inputs(tuple(found.paths), skipped, ours)


def kind(path: PurePath) -> str:
    """Return the ending that tells how a file is read, compression aside."""
    suffixes = [suffix.lower() for suffix in path.suffixes]
    if suffixes and suffixes[-1] in (".gz", ".zst"):
        suffixes.pop()
    return suffixes[-1] if suffixes else ""


def keep_apart(outputs: Iterable[str], inputs: Iterable[str]) -> None:
    """Refuse to write what is to be read.

    Raises:
        UsageError: An output is an input, or a folder (with a slash behind) that holds one.
    """
    read = {storage.canonical(name) for name in inputs}
    # Tables are written into a folder: an input within it would go with what it holds.
    read |= {name.rpartition("/")[0] for name in read if name.endswith(".parquet")}
    for name in outputs:
        place = storage.canonical(name)
        within = name.endswith("/") and any(one.startswith(f"{place}/") for one in read)
        if within or place in read:
            msg = f"{name}: would be written, but is an input too; name another --out"
            raise UsageError(msg)


class _Found:
    """Names in their order, each once, whatever number of patterns it answers to."""

    def __init__(self) -> None:
        self.paths: dict[str, None] = {}
        self.skipped: dict[str, None] = {}
        self.written: dict[str, None] = {}
        self._places: set[str] = set()

    def name(self, path: Path) -> None:
        """Add a file that was named itself, or is of a known kind."""
        self.add(str(path), str(Path(os.path.realpath(path.parent)) / path.name))

    def add(self, name: str, place: str) -> None:
        """Add a name of the file at a place."""
        if place not in self._places:
            self._places.add(place)
            self.paths[name] = None


def _find_local(pattern: str, found: _Found) -> None:
    if _exists(pattern):
        _add(Path(pattern), found)
        return
    matches = sorted(glob.glob(pattern, recursive=True))
    if not matches:
        msg = f"{pattern}: no such file, folder or match"
        raise DataError(msg)
    ours: dict[Path, set[str]] = {}
    for path in map(Path, matches):
        folder = path.parent
        if folder not in ours:
            ours[folder] = written(_listed(folder), _read_small) if folder.is_dir() else set()
        if str(path) in ours[folder]:
            found.written[str(path)] = None
        else:
            _add(path, found)


def _find_remote(pattern: str, found: _Found) -> None:
    inside, explicit = storage.find(pattern)
    ours = set() if explicit else written(inside, storage.read)
    for name in inside:
        # Tables and parts of a run lie in folders of their own.
        above = (name.rsplit("/", steps)[0] for steps in (0, 1, 2))
        if not ours.isdisjoint(above):
            found.written[name] = None
        elif explicit or kind(PurePosixPath(storage.plain(name))) in _KNOWN:
            found.add(name, storage.canonical(name))
        else:
            found.skipped[name] = None


def _listed(folder: Path) -> list[str]:
    """Return the names of regular files in a folder, as a glob gives them."""
    return [str(inner) for inner in folder.iterdir() if inner.is_file()]


def _read_small(name: str) -> bytes | None:
    """Return what a report holds; what is greater than one is none."""
    path = Path(name)
    return path.read_bytes() if path.stat().st_size <= _LARGEST_REPORT else None


def _exists(path: str) -> bool:
    try:
        return Path(path).exists()
    except OSError as error:
        msg = f"{path[:80]}: cannot be looked up: {error.strerror}"
        raise DataError(msg) from None


def _add(path: Path, found: _Found) -> None:
    """Add a file, or the files of a folder; what cannot be looked into fails when read.

    Links to folders are not followed, so that no folder is searched twice or for ever.
    """
    try:
        if not path.is_dir() or rows.is_saved_dataset(path):
            found.name(path)
            return
        inside = sorted(path.iterdir())
    except OSError:
        found.name(path)
        return
    ours = written([str(inner) for inner in inside if inner.is_file()], _read_small)
    for inner in inside:
        # What links to nothing fails when it is read; pipes and devices are no documents.
        if inner.name.startswith(".") or (inner.exists() and not _is_stored(inner)):
            continue
        if str(inner) in ours:
            found.written[str(inner)] = None
        elif inner.is_dir():
            if not inner.is_symlink():
                _add(inner, found)
        elif kind(inner) in _KNOWN:
            found.name(inner)
        else:
            found.skipped[str(inner)] = None


def _is_stored(path: Path) -> bool:
    return path.is_file() or path.is_dir()
