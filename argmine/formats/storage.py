"""Files wherever they lie: paths, and addresses that fsspec knows, such as s3://."""

from __future__ import annotations

import os
import re
import shutil
import tempfile
from contextlib import contextmanager
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING, Any

from argmine.errors import DataError, UnreachableError

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

_CHUNK = 1 << 20
_WEB = ("http://", "https://")
# What the systems call that which changes with a file; the time it was read is not among it.
_MARKS = ("size", "mtime", "ETag", "etag", "LastModified", "last_modified", "updated", "md5Hash")


def is_remote(name: str) -> bool:
    """Say whether a name is an address rather than a path."""
    return "://" in name


def plain(name: str) -> str:
    """Return a name without what follows the path of a web address."""
    return re.split(r"[?#]", name, maxsplit=1)[0] if name.startswith(_WEB) else name


def canonical(name: str) -> str:
    """Return what two names of one file have in common.

    Raises:
        DataError: An address that cannot be used.
    """
    if name.startswith(_WEB):
        return name
    if not is_remote(name):
        return Path(os.path.realpath(name)).as_posix()
    with _reached(name, "looked up") as (system, path):
        local = "file" in _protocols(system)
        return (
            Path(os.path.realpath(path)).as_posix() if local else str(system.unstrip_protocol(path))
        )


def find(pattern: str) -> tuple[list[str], bool]:
    """Return the files that an address or pattern names, and whether it named them itself.

    A folder names none itself, but all that are in it, hidden ones apart.

    Raises:
        DataError: It names nothing, or cannot be looked up.
    """
    if pattern.startswith(_WEB):
        # A page with links would pass for a folder.
        return [pattern], True
    with _reached(pattern, "looked up") as (system, path):
        explicit = not system.isdir(path)
        if not explicit:
            inside = system.find(path)
            below = len(PurePosixPath(path).parts)
            found = [
                name
                for name in inside
                if not any(part.startswith(".") for part in PurePosixPath(name).parts[below:])
            ]
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
        UnreachableError: It cannot be fetched.
    """
    if not is_remote(name):
        yield Path(name)
        return
    with tempfile.TemporaryDirectory(prefix="argmine-") as folder:
        with _reached(name, "read") as (system, path):
            copy = Path(folder) / PurePosixPath(plain(path)).name
            system.get_file(path, str(copy))
        yield copy


def mark(name: str) -> str:
    """Return what changes when the file does: its date, tag or size, as its system has it."""
    try:
        with _reached(name, "looked up") as (system, path):
            told = system.info(path)
            return ", ".join(f"{key} {told[key]}" for key in _MARKS if told.get(key) is not None)
    except DataError as error:
        # What cannot be read becomes a failure when its turn comes.
        return f"unreadable: {error}"


def read(name: str) -> bytes | None:
    """Return what a small file holds, None if it is not there.

    Raises:
        UnreachableError: It cannot be read.
    """
    with _reached(name, "read") as (system, path):
        return bytes(system.cat_file(path)) if system.exists(path) else None


def first_lines(name: str, number: int) -> list[bytes]:
    """Return the first lines of a file, none if it is not there.

    Raises:
        UnreachableError: It cannot be read.
    """
    with _reached(name, "read") as (system, path):
        if not system.exists(path):
            return []
        with system.open(path, "rb") as file:
            return [line for _, line in zip(range(number), file, strict=False)]


def write(name: str, raw: bytes) -> None:
    """Write a small file, so that a reader sees the old one or the new one.

    Raises:
        UnreachableError: It cannot be written.
    """
    with _reached(name, "written") as (system, path):
        _make_room(system, path)
        if "file" in _protocols(system):
            part = Path(f"{path}.part")
            part.write_bytes(raw)
            part.replace(path)
        else:
            system.pipe_file(path, raw)


def put(local: Path, name: str) -> None:
    """Write a local file, or a folder of files.

    Raises:
        UnreachableError: It cannot be written.
    """
    if local.is_dir():
        for inner in sorted(local.iterdir()):
            put(inner, f"{name}/{inner.name}")
        return
    with _reached(name, "written") as (system, path):
        _make_room(system, path)
        if "file" in _protocols(system):
            shutil.copyfile(local, f"{path}.part")
            Path(f"{path}.part").replace(path)
        else:
            system.put_file(str(local), path)


def join(sources: Iterable[str], name: str) -> int:
    """Write files one after the other into one, which appears when whole; return its size.

    Raises:
        UnreachableError: It cannot be written, or one of them not be read.
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
        UnreachableError: It cannot be looked up.
    """
    with _reached(name, "looked up") as (system, path):
        return bool(system.exists(path))


def size(name: str) -> int:
    """Return how many bytes a file has.

    Raises:
        UnreachableError: It is not there, or cannot be looked up.
    """
    with _reached(name, "looked up") as (system, path):
        return int(system.size(path))


def is_folder(name: str) -> bool:
    """Say whether there is a folder of that name.

    Raises:
        UnreachableError: It cannot be looked up.
    """
    with _reached(name, "looked up") as (system, path):
        return bool(system.isdir(path))


def remove(name: str) -> None:
    """Remove a file or folder, if it is there.

    Raises:
        UnreachableError: It cannot be removed.
    """
    with _reached(name, "removed") as (system, path):
        if system.exists(path):
            system.rm(path, recursive=system.isdir(path))


def beside(name: str) -> list[str]:
    """Return the names of all that lies in the folder of a file.

    Raises:
        UnreachableError: It cannot be looked up.
    """
    folder = name.rpartition("/")[0] or ("/" if name.startswith("/") else ".")
    with _reached(folder, "looked up") as (system, path):
        if not system.isdir(path):
            return []
        return [PurePosixPath(found).name for found in system.ls(path, detail=False)]


def _protocols(system: Any) -> tuple[str, ...]:  # noqa: ANN401 - fsspec has no types
    told = system.protocol
    return (told,) if isinstance(told, str) else tuple(told)


def _make_room(system: Any, path: str) -> None:  # noqa: ANN401 - fsspec has no types
    parent = str(PurePosixPath(path).parent)
    try:
        system.makedirs(parent, exist_ok=True)
    except FileExistsError:
        # A file is in the way, or a mount that is dead, which then says so itself.
        if system.isfile(parent):
            raise
        system.ls(parent)
        raise


@contextmanager
def _reached(name: str, what: str) -> Iterator[tuple[Any, str]]:
    """Give the file system of an address and its path there."""
    import fsspec  # noqa: PLC0415 - takes a while

    try:
        system, path = fsspec.core.url_to_fs(name)
        # What is remembered of a folder may have changed.
        system.invalidate_cache()
        yield system, str(path)
    except DataError:
        raise
    except Exception as error:  # noqa: BLE001 - each system has errors of its own
        msg = f"{name}: cannot be {what}: {getattr(error, 'strerror', None) or error}"
        raise UnreachableError(msg) from None
