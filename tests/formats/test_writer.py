"""Who may write an output, and what is said to those who may not."""

from __future__ import annotations

import errno
import os
from typing import TYPE_CHECKING

import pytest

from argmine.errors import UsageError
from argmine.formats.batch import Batch
from argmine.formats.writer import Writer

if TYPE_CHECKING:
    from pathlib import Path


def test_a_refused_fresh_run_leaves_the_state_of_the_one_that_writes(tmp_path: Path) -> None:
    """Else a kill would cost the other run all that it has done."""
    out = tmp_path / "o.jsonl"
    with Writer(out, (), {"a": 1}) as first:
        first.write(Batch(1, b"{}\n", 1, [], {}, {}))
        with pytest.raises(UsageError, match="another run is writing it"):
            Writer(out, (), {"a": 1}, fresh=True)

    with Writer(out, (), {"a": 1}) as again:
        assert again.state.items == 1


def test_fresh_begins_a_finished_run_anew(tmp_path: Path) -> None:
    """Its output stays until the new one is whole."""
    out = tmp_path / "o.jsonl"
    with Writer(out, (), {"a": 1}) as first:
        first.write(Batch(1, b"{}\n", 1, [], {}, {}))
        first.finish({})

    with Writer(out, (), {"a": 2}, fresh=True) as second:
        assert (second.finished, second.state.items) == (False, 0)
        assert out.read_bytes() == b"{}\n"


def test_a_file_system_without_locks_is_no_other_run(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Some shares have no service for them."""

    def refuse(*_: object) -> None:
        raise OSError(errno.ENOLCK, os.strerror(errno.ENOLCK))

    locks = pytest.importorskip("fcntl")
    monkeypatch.setattr(locks, "flock", refuse)

    with pytest.raises(UsageError, match="cannot be locked: No locks available"):
        Writer(tmp_path / "o.jsonl", (), {}, patience=60)
