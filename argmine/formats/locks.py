"""Locks that keep two runs from writing one output."""

from __future__ import annotations

import errno
import time
from typing import IO, TYPE_CHECKING

from argmine.errors import UsageError

try:
    import fcntl
except ImportError:  # no such locks on Windows
    fcntl = None  # type: ignore[assignment]

if TYPE_CHECKING:
    from pathlib import Path

HAS_LOCKS = fcntl is not None
# What a lock that another has is told by; a file system may also have none.
_HELD = (errno.EWOULDBLOCK, errno.EAGAIN, errno.EACCES)


def lock(stream: IO[bytes], path: Path, patience: float = 0.0) -> None:
    """Lock an open file until it is closed; another's lock is waited for, so many seconds.

    Raises:
        UsageError: Another run has it, or the file system has no locks.
    """
    if fcntl is None:
        return
    until = time.monotonic() + patience
    while True:
        try:
            fcntl.flock(stream, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError as error:
            if error.errno not in _HELD:
                msg = (
                    f"{path}: cannot be locked: {error.strerror}; name an --out where files can be"
                )
                raise UsageError(msg) from None
            if time.monotonic() < until:
                time.sleep(0.2)
                continue
            msg = f"{path}: another run is writing it"
            raise UsageError(msg) from None
        return
