"""The wheel alone: installed in an empty environment, far from the source."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import venv
from pathlib import Path

import numpy as np
import pytest

ROOT = Path(__file__).resolve().parent.parent


@pytest.fixture(scope="module")
def python(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The Python of an environment that holds the built wheel and nothing else."""
    place = tmp_path_factory.mktemp("wheel")
    command = [sys.executable, "-m", "pip", "wheel", "--no-deps", "--no-build-isolation", "-q"]
    subprocess.run([*command, "-w", str(place), str(ROOT)], check=True)
    [wheel] = place.glob("argmine-*.whl")
    venv.create(place / "env", with_pip=False)
    python = place / "env" / "bin" / "python"
    target = subprocess.run(
        [python, "-c", "import sysconfig; print(sysconfig.get_path('purelib'))"],
        capture_output=True, text=True, check=True,
    )  # fmt: skip
    install = [sys.executable, "-m", "pip", "install", "--no-deps", "-q", "--target"]
    subprocess.run([*install, target.stdout.strip(), str(wheel)], check=True)
    return python


def test_it_annotates_from_any_folder(python: Path, tmp_path: Path) -> None:
    """The default model is inside; the dependencies come from this environment.

    Names found on PYTHONPATH bring no editable installation of the source along.
    """
    libraries = str(Path(np.__file__).resolve().parent.parent)
    environment = {**os.environ, "PYTHONPATH": libraries, "PYTHONDONTWRITEBYTECODE": "1"}
    done = subprocess.run(
        [python, "-m", "argmine", "annotate", "-"],
        input="中方敦促美方取消关税。".encode(),
        capture_output=True, cwd=tmp_path, env=environment, check=True,
    )  # fmt: skip
    where = subprocess.run(
        [python, "-c", "import argmine; print(argmine.__file__)"],
        capture_output=True, text=True, cwd=tmp_path, env=environment, check=True,
    )  # fmt: skip

    assert not where.stdout.startswith(str(ROOT))
    [part] = json.loads(done.stdout)["segments"]
    assert part["stance"]["us_policy"]["label"] == "against"
