"""The shape of the code: small rooms, clear names, tests that mirror them."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
MODULES = sorted((ROOT / "argmine").rglob("*.py"))
VAGUE = {"utils", "util", "helpers", "common", "core", "base", "misc", "tools"}


@pytest.mark.parametrize("path", MODULES, ids=lambda path: str(path.relative_to(ROOT)))
def test_modules_and_functions_stay_small(path: Path) -> None:
    """At most 400 lines a module and 50 a function, options and docstrings aside."""
    source = path.read_text(encoding="utf-8")
    assert len(source.splitlines()) <= 400
    assert path.stem not in VAGUE
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.FunctionDef):
            first = node.body[1] if len(node.body) > 1 and ast.get_docstring(node) else node.body[0]
            assert (node.end_lineno or 0) - first.lineno < 50, node.name


def test_only_the_agreed_folders() -> None:
    """The layout is fixed; docs and benchmarks may stand beside it."""
    allowed = {"argmine", "models", "configs", "tests", "seeds", "docs", "benchmarks"}
    made = {"out", "build", "dist"}
    folders = {p.name for p in ROOT.iterdir() if p.is_dir() and not p.name.startswith(".")}

    assert folders <= allowed | made
    assert allowed <= folders


def test_every_room_has_tests() -> None:
    """Each package of argmine has a folder of tests."""
    rooms = {p.parent.name for p in (ROOT / "argmine").glob("*/__init__.py")}
    tested = {p.name for p in (ROOT / "tests").iterdir() if p.is_dir()}

    assert rooms <= tested
