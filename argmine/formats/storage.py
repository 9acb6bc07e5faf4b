"""Files wherever they lie: paths, and addresses that fsspec knows, such as s3://."""

from __future__ import annotations

import shutil
import tempfile
from contextlib import contextmanager
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING, Any

from argmine.errors import DataError

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

_CHUNK = 1 << 20


def is_remote(name: str) -> bool:
    """Say whether a name is an address rather than a path."""
    return "://" in name


def find(pattern: str) -> tuple[list[str], bool]:
    """Return the files that an address or pattern names, and whether it named them itself.

    A folder names none itself, but all that are in it.

    Raises:
        DataError: It names nothing, or cannot be looked up.
    """
    with _reached(pattern, "looked up") as (system, path):
        explicit = not system.isdir(path)
        if not explicit:
            found = system.find(path)
        else:
            found = [path] if system.exists(path) else system.glob(path)
    if not found:
        msg = f"{pattern}: no such file, folder or match"
        raise DataError(msg)
    return [str(system.unstrip_protocol(name)) for name in sorted(found)], explicit


@contextmanager
def fetched(name: str) -> Iterator[Path]:
    """Give the path of an input, of a remote one that of a copy.

    Raises:
        DataError: It cannot be fetched.
    """
    if not is_remote(name):
        yield Path(name)
        return
    with tempfile.TemporaryDirectory(prefix="argmine-") as folder:
        with _reached(name, "read") as (system, path):
            copy = Path(folder) / PurePosixPath(path).name
            system.get_file(path, str(copy))
        yield copy


def mark(name: str) -> str:
    """Return what changes when the file does: its date, tag or size, as its system has it."""
    try:
        with _reached(name, "looked up") as (system, path):
            return str(system.ukey(path))
    except DataError as error:
        # What cannot be read becomes a failure when its turn comes.
        return f"unreadable: {error}"


def read(name: str) -> bytes | None:
    """Return what a small file holds, None if it is not there.

    Raises:
        DataError: It cannot be read.
    """
    with _reached(name, "read") as (system, path):
        return bytes(system.cat_file(path)) if system.exists(path) else None


def write(name: str, raw: bytes) -> None:
    """Write a small file.

    Raises:
        DataError: It cannot be written.
    """
    with _reached(name, "written") as (system, path):
        _make_room(system, path)
        system.pipe_file(path, raw)


def put(local: Path, name: str) -> None:
    """Write a local file, or a folder of files.

    Raises:
        DataError: It cannot be written.
    """
    if local.is_dir():
        for inner in sorted(local.iterdir()):
            put(inner, f"{name}/{inner.name}")
        return
    with _reached(name, "written") as (system, path):
        _make_room(system, path)
        system.put_file(str(local), path)


def join(sources: Iterable[str], name: str) -> int:
    """Write files one after the other into one, which appears when whole; return its size.

    Raises:
        DataError: It cannot be written, or one of them not be read.
    """
    with _reached(name, "written") as (system, path):
        _make_room(system, path)
        part = f"{path}.part"
        with system.open(part, "wb") as whole:
            for source in sources:
                with _reached(source, "read") as (other, place), other.open(place, "rb") as piece:
                    shutil.copyfileobj(piece, whole, _CHUNK)
        size = int(system.size(part))
        system.mv(part, path)
    return size


def exists(name: str) -> bool:
    """Say whether a file or folder is there.

    Raises:
        DataError: It cannot be looked up.
    """
    with _reached(name, "looked up") as (system, path):
        return bool(system.exists(path))


def remove(pattern: str) -> None:
    """Remove the files and folders that a pattern names, if any.

    Raises:
        DataError: One cannot be removed.
    """
    with _reached(pattern, "removed") as (system, path):
        for found in system.glob(path):
            system.rm(found, recursive=True)


def _make_room(system: Any, path: str) -> None:  # noqa: ANN401 - fsspec has no types
    system.makedirs(str(PurePosixPath(path).parent), exist_ok=True)


@contextmanager
def _reached(name: str, what: str) -> Iterator[tuple[Any, str]]:
    """Give the file system of an address and its path there."""
    import fsspec  # noqa: PLC0415 - takes a while

    try:
        system, path = fsspec.core.url_to_fs(name)
        yield system, str(path)
    except DataError:
        raise
    except Exception as error:  # noqa: BLE001 - each system has errors of its own
        msg = f"{name}: cannot be {what}: {getattr(error, 'strerror', None) or error}"
        raise DataError(msg) from None
