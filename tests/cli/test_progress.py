"""The progress bar: on a terminal only, with rate and time left."""

from __future__ import annotations

import os
import pty
import subprocess
import sys
from typing import TYPE_CHECKING

from argmine.formats import sources

if TYPE_CHECKING:
    from pathlib import Path


def test_a_terminal_sees_count_rate_and_time(tmp_path: Path) -> None:
    """Standard error is a terminal here: the bar shows how many of how many."""
    (tmp_path / "in.jsonl").write_text('{"text": "One."}\n' * 7)
    master, slave = pty.openpty()
    command = [sys.executable, "-m", "argmine", "annotate", "in.jsonl", "--out", "o.jsonl"]
    done = subprocess.Popen([*command, "--layers", "segments"], stderr=slave, cwd=tmp_path)
    assert done.wait(60) == 0
    os.close(slave)
    shown = os.read(master, 100_000).decode()
    os.close(master)

    assert "7/7" in shown
    assert "/min" in shown


def test_counting_ahead(tmp_path: Path, seeds: Path) -> None:
    """Lines and files are counted; what must be read to be counted is not."""
    (tmp_path / "in.jsonl").write_text('{"text": "One."}\n' * 7)

    assert sources.count([str(tmp_path / "in.jsonl"), str(seeds / "en-wire.txt")]) == 8
    assert sources.count([str(seeds / "rows.csv")]) is None
    assert sources.count(["-"]) is None
