"""What a run is made of: inputs, settings, models; and what is told of it at its end."""

from __future__ import annotations

import hashlib
import sys
from dataclasses import dataclass
from datetime import UTC, datetime
from importlib import metadata
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec

from argmine.errors import DataError
from argmine.formats import storage
from argmine.model import folder

if TYPE_CHECKING:
    from argmine.formats.state import State
    from argmine.formats.tables import Columns
    from argmine.pipeline import PipelineConfig

# Of more inputs one digest is kept, and which of them has changed is not told.
_NAMED = 1000


@dataclass(frozen=True, slots=True)
class Job:
    """Inputs, in order, and what is to be done with them."""

    paths: tuple[str, ...]
    columns: Columns
    settings: PipelineConfig
    limit: int | None = None
    workers: int = 1
    cache: Path | None = None

    def identity(self, out: str) -> dict[str, object]:
        """Return what an output depends on: inputs, settings, models, version.

        Raises:
            DataError: An input is a pipe or a device.
        """
        shown = [name.encode("utf-8", "backslashreplace").decode() for name in self.paths]
        digests = {name: _digest(path) for name, path in zip(shown, self.paths, strict=True)}
        if len(shown) > _NAMED:
            whole = hashlib.sha256(repr([(n, digests[n]) for n in shown]).encode()).hexdigest()
            digests = {f"{len(shown)} files": whole}
        return {
            "argmine": metadata.version("argmine"),
            "output": storage.canonical(out).rpartition("/")[2],
            "input": digests,
            "inputs": shown if len(shown) <= _NAMED else len(shown),
            "setting": msgspec.to_builtins(self.settings),
            "limit": self.limit,
            **self.computed_by(),
        }

    def computed_by(self) -> dict[str, str]:
        """Return the models that are asked, and the arithmetic of this machine."""
        if not set(self.settings.layers) & {"role", "stance", "holder", "labels"}:
            return {}
        from argmine.model.engine import arithmetic  # noqa: PLC0415 - takes a while

        found = {
            "model": _model(self.settings.model),
            "arithmetic": arithmetic(self.settings.device, self.settings.precision),
        }
        if self.settings.open_targets:
            found["open model"] = _model(self.settings.open_model)
        return found

    def report(self, state: State, seconds: float) -> dict[str, object]:
        """Return what a report says beside what was found.

        ``documents_per_second`` are those of each stage on one processor.
        """
        return {
            "documents_per_second": {
                stage: round(state.documents / spent, 2)
                for stage, spent in state.seconds.items()
                if spent > 0
            },
            "finished": datetime.now(UTC).isoformat(timespec="seconds"),
            "wall_seconds_of_last_start": round(seconds, 2),
            "workers": self.workers,
            "python": sys.version.split()[0],
            "openvino": metadata.version("openvino"),
        }


def _digest(name: str) -> str:
    """Return a digest of an input; of a folder, of all files in it."""
    if storage.is_remote(name):
        return storage.mark(name)
    path = Path(name)
    if path.exists() and not (path.is_file() or path.is_dir()):
        # It is read once to know it again, and once to annotate it.
        msg = f"{name}: a pipe or a device can be read once only; give it as -, standard input"
        raise DataError(msg)
    try:
        if path.is_dir():
            inner = sorted(part for part in path.rglob("*") if part.is_file())
            told = [(part.name, folder.digest(part)) for part in inner]
            return hashlib.sha256(repr(told).encode()).hexdigest()
        return folder.digest(path)
    except OSError as error:
        # What cannot be read becomes a failure when its turn comes.
        return f"unreadable: {error.strerror}"


def _model(name: str) -> str:
    """Return a digest of a model: its description names those of its files."""
    return folder.digest(folder.find(name) / folder.DESCRIPTION)
