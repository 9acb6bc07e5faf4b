"""Each hostile input is annotated or set aside as it must be, in bounded time and memory."""

from __future__ import annotations

import importlib.util
import json
import subprocess
import sys
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

_spec = importlib.util.spec_from_file_location("hostile", Path(__file__).parents[1] / "hostile.py")
assert _spec is not None
assert _spec.loader is not None
hostile = importlib.util.module_from_spec(_spec)
sys.modules["hostile"] = hostile
_spec.loader.exec_module(hostile)

MOST_MEGABYTES = 1500
# Loads nothing but what the command does, and tells the most memory it held.
PROGRAM = """
import resource, sys
from argmine.cli.app import main
try:
    main()
finally:
    print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024, file=sys.stderr)
"""


def outcome(folder: Path, name: str) -> tuple[int, list[dict[str, Any]], int, str]:
    """Annotate one file; return documents, failures, megabytes, and what was said."""
    out = folder / f"{name}.out.jsonl"
    command = [sys.executable, "-c", PROGRAM, "annotate", str(folder / name), "--out", str(out)]
    more = ["--layers", "segments,figures"]
    done = subprocess.run([*command, *more], capture_output=True, text=True, check=False)
    failed = out.with_name(f"{name}.out.failed.jsonl")
    failures = [json.loads(line) for line in failed.open()] if failed.exists() else []
    documents = sum(1 for _ in out.open()) if out.exists() else 0
    memory = int(done.stderr.splitlines()[-1])
    return documents, failures, memory, done.stderr


@pytest.mark.parametrize("case", hostile.CASES, ids=lambda case: case.name)
def test_an_input_is_annotated_or_set_aside(case: Any, tmp_path: Path) -> None:
    """Nothing is lost, nothing stops, no traceback."""
    (tmp_path / case.name).write_bytes(case.make())
    documents, failures, memory, said = outcome(tmp_path, case.name)
    if case.name == "column.csv":
        # The only input lacks the column: that is a wrong option.
        assert "no column 'text'" in said
        return

    assert "Traceback" not in said
    assert documents == case.documents, failures
    assert sorted(f.get("line") or 0 for f in failures) == sorted(case.failures)
    for failure in failures:
        assert case.failures[failure.get("line") or 0] in failure["reason"]
        assert failure["file"].endswith(case.name)
    assert memory < MOST_MEGABYTES


def test_all_of_them_in_one_run(tmp_path: Path) -> None:
    """One hostile input costs its neighbours nothing."""
    folder = tmp_path / "in"
    folder.mkdir()
    cases = [c for c in hostile.CASES if not c.name.startswith(("long", "bomb", "digits", "late"))]
    for case in cases:
        (folder / case.name).write_bytes(case.make())
    out = tmp_path / "out.jsonl"
    command = [sys.executable, "-m", "argmine", "annotate", str(folder), "--out", str(out)]
    more = ["--layers", "segments,figures", "--workers", "2"]
    done = subprocess.run([*command, *more], capture_output=True, text=True, check=False)
    failures = [json.loads(line) for line in out.with_name("out.failed.jsonl").open()]

    assert done.returncode == 1
    assert sum(1 for _ in out.open()) == sum(case.documents for case in cases)
    found = Counter(Path(failure["file"]).name for failure in failures)
    assert found == {case.name: len(case.failures) for case in cases if case.failures}
