"""How far a run is, and what its output depends on."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

from argmine.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path


class State(msgspec.Struct, frozen=True, kw_only=True):
    """Written after every batch: items read, what came of them, and how long both files are.

    ``identity`` is what the output depends on; ``complete`` that nothing but naming the
    files is left.
    """

    identity: dict[str, object]
    items: int = 0
    documents: int = 0
    failures: int = 0
    bytes: int = 0
    failed_bytes: int = 0
    counts: dict[str, dict[str, int]] = {}
    seconds: dict[str, float] = {}
    complete: bool = False

    @classmethod
    def read(cls, path: Path | None) -> State | None:
        """Return the state that a file holds, None if there is no file.

        Raises:
            UsageError: It holds no state.
        """
        if path is None or not path.exists():
            return None
        try:
            return msgspec.json.decode(path.read_bytes(), type=cls)
        except (msgspec.DecodeError, UnicodeDecodeError):
            msg = f"{path}: not the state of a run; delete it, or start anew with --fresh"
            raise UsageError(msg) from None


def differences(
    old: Mapping[str, object], new: Mapping[str, object], prefix: str = ""
) -> Iterator[str]:
    """Yield a clause for each thing in which two runs differ."""
    for key in dict.fromkeys([*old, *new]):
        before, after = old.get(key), new.get(key)
        if before == after:
            continue
        name = f"{prefix}{key}"
        if isinstance(before, dict) and isinstance(after, dict):
            yield from differences(before, after, f"{name} ")
        elif key not in new:
            yield f"{name} is gone"
        elif key not in old:
            yield f"{name} is new"
        elif prefix == "input ":
            yield f"{name} has changed"
        else:
            yield f"{name} was {before}, is {after}"
