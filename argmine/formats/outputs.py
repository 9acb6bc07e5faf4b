"""Files that are written: where they grow, and how they get their names."""

from __future__ import annotations

import os
from pathlib import Path
from typing import IO

from argmine.errors import UsageError


def resolved(out: Path | None) -> Path | None:
    """Return the file that a link names; of a pipe or device, the name itself."""
    if out is None or (out.exists() and not out.is_file() and not out.is_dir()):
        return out
    return Path(os.path.realpath(out))


def part_of(path: Path) -> Path:
    """Return where a file grows until it is whole."""
    return path.with_name(path.name + ".part")


def holds_anything(path: Path) -> bool:
    """Say whether there is anything in a file or folder."""
    return any(path.iterdir()) if path.is_dir() else path.stat().st_size > 0


def write_whole(path: Path | None, raw: bytes) -> None:
    """Write a small file so that a reader sees the old one or the new one."""
    if path is None:
        return
    part = part_of(path)
    part.write_bytes(raw)
    part.replace(path)


def open_new(path: Path, mode: str) -> IO[bytes]:
    """Open a file to write, its folder made if there is none.

    Raises:
        UsageError: It cannot be written.
    """
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        return path.open(mode)
    except (OSError, ValueError) as error:
        msg = f"{path}: cannot be written: {getattr(error, 'strerror', error)}"
        raise UsageError(msg) from None
