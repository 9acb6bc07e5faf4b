"""What the README shows is so."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from argmine.cli.app import app

ROOT = Path(__file__).resolve().parent.parent
README = (ROOT / "README.md").read_text(encoding="utf-8")


def commands() -> list[str]:
    """The names of all commands."""
    return [str(c.name) for c in app.registered_commands] + [
        str(g.name) for g in app.registered_groups
    ]


@pytest.mark.parametrize("name", commands())
def test_every_command_is_in_the_readme(name: str) -> None:
    """A command that nobody is told of is not there."""
    assert f"argmine {name}" in README


def test_paths_named_in_the_readme_exist() -> None:
    """Links and folders of the repository are true."""
    links = re.findall(r"\]\(([^)#:]+)\)", README)

    assert links
    for link in links:
        assert (ROOT / link).exists(), link


def test_the_python_of_the_readme_runs() -> None:
    """Code that is shown is code that works."""
    blocks = re.findall(r"```python\n(.*?)```", README, re.DOTALL)

    assert blocks
    scope: dict[str, object] = {}
    for block in blocks:
        exec(compile(block, "README.md", "exec"), scope)  # noqa: S102 - our own text
