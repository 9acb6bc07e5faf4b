"""A corpus with bad rows in it, and what an undisturbed run makes of it."""

from __future__ import annotations

import json
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

from argmine.formats.decode import decode

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    Annotate = Callable[..., subprocess.CompletedProcess[str]]

RULES = ("--layers", "segments,figures")


@pytest.fixture(scope="session")
def annotate() -> Annotate:
    """Run the command in a process of its own."""

    def run(*arguments: str | Path, cwd: Path | None = None) -> subprocess.CompletedProcess[str]:
        command = [sys.executable, "-m", "argmine", "annotate", *map(str, arguments), *RULES]
        return subprocess.run(command, cwd=cwd, capture_output=True, text=True, check=False)

    return run


@pytest.fixture(scope="session")
def corpus(tmp_path_factory: pytest.TempPathFactory, seeds: Path) -> Path:
    """Two files of articles, each a little different, some of them bad."""
    folder = tmp_path_factory.mktemp("corpus")
    texts = [decode(path.read_bytes()) for path in sorted(seeds.glob("*.txt"))]
    for name, number in (("a", 250), ("b", 150)):
        rows: list[object] = [
            {"id": f"{name}{n}", "text": f"Number {n}. {texts[n % len(texts)]}"}
            for n in range(number)
        ]
        rows[100], rows[120] = {"id": "bad", "text": 5}, {"id": "empty", "text": "  "}
        lines = "".join(json.dumps(row) + "\n" for row in rows)
        (folder / f"{name}.jsonl").write_text(lines, encoding="utf-8")
    (folder / "c.txt").write_text("One more. It costs $5.", encoding="utf-8")
    return folder


@pytest.fixture(scope="session")
def whole(
    corpus: Path, annotate: Annotate, tmp_path_factory: pytest.TempPathFactory
) -> tuple[bytes, bytes]:
    """Output and list of failures of an undisturbed run in one process."""
    out = tmp_path_factory.mktemp("whole") / "out.jsonl"
    done = annotate(".", "--out", out, cwd=corpus)
    assert done.returncode == 1, done.stderr
    return out.read_bytes(), out.with_name("out.failed.jsonl").read_bytes()
