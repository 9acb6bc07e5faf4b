"""How far a run is, what its output depends on, and the files beside it that tell."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import msgspec

from argmine.errors import ArgmineError, UsageError
from argmine.tally import add

if TYPE_CHECKING:
    import builtins
    from collections.abc import Callable, Iterable, Iterator, Mapping
    from pathlib import Path

# What stands beside an output: its report, how far it is, and what was set aside.
REPORT, STATE, FAILED = "run.json", "state.json", "failed.jsonl"
_SHOWN = 5


def beside(out: str, ending: str) -> str:
    """Return the path or address beside ``out`` with another ending, such as ``run.json``."""
    return f"{out.removesuffix('.jsonl')}.{ending}"


def files_of(out: str) -> list[str]:
    """Return all that a run to ``out`` writes or makes room for, folders with a slash behind."""
    told = [f"{beside(out, e)}{part}" for e in (FAILED, STATE, REPORT) for part in ("", ".part")]
    return [out, f"{out}.part", *told, *([f"{out}.tables/"] if out.endswith(".parquet") else [])]


def written(names: Iterable[str], read: Callable[[str], bytes | None]) -> set[str]:
    """Return what runs have written into a folder, by the reports that lie there.

    ``names`` are those of all that is in it, ``read`` gives what one of them holds.
    """
    found: set[str] = set()
    names = list(names)
    for name in names:
        ending = next((e for e in (REPORT, STATE) if name.endswith(f".{e}")), None)
        if ending is None:
            continue
        try:
            state = State.parse(read(name), name)
        except (OSError, ArgmineError):
            continue
        if state is None:
            continue
        stem = name.removesuffix(f".{ending}")
        folder, slash, last = stem.rpartition("/")
        out = f"{folder}{slash}{state.identity.get('output') or f'{last}.jsonl'}"
        found |= {name.rstrip("/") for name in files_of(out)}
        found |= {f"{stem}.{e}{part}" for e in (REPORT, STATE, FAILED) for part in ("", ".part")}
        if "shards" in state.identity:
            found |= {f"{out}.parts"} if state.identity["shards"] is None else set()
            # A shard has them before it has a state of its own.
            parts = re.compile(rf"{re.escape(stem)}-\d{{5,}}-of-\d{{5,}}\..*\.part")
            found |= {other for other in names if parts.fullmatch(other)}
    return found


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
    peak_memory_mb: int = 0
    complete: bool = False

    @classmethod
    def read(cls, path: Path | None) -> State | None:
        """Return the state that a file holds, None if there is no file.

        Raises:
            UsageError: It holds no state.
        """
        return cls.parse(path.read_bytes() if path and path.exists() else None, str(path))

    @classmethod
    def parse(cls, raw: builtins.bytes | None, where: str) -> State | None:
        """Return the state that bytes hold, None if there are none.

        Raises:
            UsageError: They hold no state.
        """
        if raw is None:
            return None
        try:
            return msgspec.json.decode(raw, type=cls)
        except (msgspec.DecodeError, UnicodeDecodeError):
            msg = f"{where}: not the state of a run; delete it, or start anew with --fresh"
            raise UsageError(msg) from None

    def plus(self, other: State) -> State:
        """Return the sum of all counts, of what this one is made of."""
        seconds = dict.fromkeys([*self.seconds, *other.seconds])
        return msgspec.structs.replace(
            self,
            items=self.items + other.items,
            documents=self.documents + other.documents,
            failures=self.failures + other.failures,
            bytes=self.bytes + other.bytes,
            failed_bytes=self.failed_bytes + other.failed_bytes,
            counts=add(self.counts, other.counts),
            peak_memory_mb=max(self.peak_memory_mb, other.peak_memory_mb),
            seconds={k: self.seconds.get(k, 0.0) + other.seconds.get(k, 0.0) for k in seconds},
        )

    def refuse_other(self, where: object, output: object) -> None:
        """Refuse to take for one's own what tells of another output.

        Raises:
            UsageError: It does.
        """
        other = self.identity.get("output")
        if other and output and other != output:
            msg = (
                f"{where}: tells of the output {other}; name another --out than {output}, "
                "or delete it"
            )
            raise UsageError(msg)

    def refuse(self, out: object, identity: Mapping[str, object]) -> None:
        """Refuse to go on with this run if another identity is asked for.

        Raises:
            UsageError: It names what differs.
        """
        changed = list(differences(self.identity, identity))
        if changed:
            more = f"; and {len(changed) - _SHOWN} more" if len(changed) > _SHOWN else ""
            told = "; ".join(changed[:_SHOWN]) + more
            msg = (
                f"{out}: belongs to a run that differs: {told}. "
                "Name another --out, or start anew with --fresh"
            )
            raise UsageError(msg)


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
