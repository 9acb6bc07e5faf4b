"""A run that was killed, stopped or starved goes on, and ends with the same bytes."""

from __future__ import annotations

import gzip
import json
import os
import random
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
import zstandard

from argmine.formats.decode import decode

if TYPE_CHECKING:
    from collections.abc import Callable

    Run = Callable[..., subprocess.CompletedProcess[str]]

RULES = ["--layers", "segments,figures"]
KILLS = 20


@pytest.fixture(scope="module")
def corpus(tmp_path_factory: pytest.TempPathFactory, seeds: Path) -> Path:
    """Articles of the seeds many times over, each a little different, some of them bad."""
    folder = tmp_path_factory.mktemp("corpus")
    texts = [decode(path.read_bytes()) for path in sorted(seeds.glob("*.txt"))]
    rows: list[object] = [
        {"id": f"a{n}", "text": f"Number {n}. {texts[n % len(texts)]}"} for n in range(600)
    ]
    rows[100], rows[250] = {"id": "a100", "text": 5}, {"id": "a250", "text": "  "}
    path = folder / "in.jsonl"
    path.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    return path


@pytest.fixture(scope="module")
def whole(corpus: Path) -> tuple[bytes, bytes]:
    """Output and list of failures of a run that nobody has disturbed."""
    out = corpus.parent / "whole.jsonl"
    start(corpus, out).wait()
    return results(out)


def start(corpus: Path, out: Path, *more: str) -> subprocess.Popen[bytes]:
    """Start a run in a process of its own, which hears Ctrl-C though the tests may not."""
    command = [sys.executable, "-m", "argmine", "annotate", str(corpus), "--out", str(out)]
    return subprocess.Popen(
        [*command, *RULES, *more],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL),  # noqa: PLW1509 - no threads here
    )


def results(out: Path) -> tuple[bytes, bytes]:
    """Return the bytes of the output and of the list of failures."""
    return out.read_bytes(), out.with_name(out.stem + ".failed.jsonl").read_bytes()


def test_killed_at_twenty_moments(corpus: Path, whole: tuple[bytes, bytes], tmp_path: Path) -> None:
    """Every time it goes on; nothing is lost, doubled or torn."""
    out = tmp_path / "out.jsonl"
    generator = random.Random(11)  # noqa: S311
    begun = time.monotonic()
    process = start(corpus, tmp_path / "timed.jsonl")
    process.wait()
    lasts = time.monotonic() - begun
    killed = 0
    while killed < KILLS:
        process = start(corpus, out)
        try:
            process.wait(timeout=generator.uniform(0.1, 0.8) * lasts)
        except subprocess.TimeoutExpired:
            process.kill()
            killed += 1
        process.communicate()
        if out.exists() and not (tmp_path / "out.state.json").exists():
            assert results(out) == whole
            for path in tmp_path.glob("out*"):
                path.unlink()
    process = start(corpus, out)
    _, said = process.communicate()

    assert process.returncode == 1, said
    assert results(out) == whole
    assert sorted(p.name for p in tmp_path.glob("out*")) == [
        "out.failed.jsonl",
        "out.jsonl",
        "out.run.json",
    ]


def test_a_finished_run_does_nothing(corpus: Path, whole: tuple[bytes, bytes]) -> None:
    """It says so, and leaves the files as they are."""
    out = corpus.parent / "whole.jsonl"
    before = out.stat().st_mtime_ns
    _, said = start(corpus, out).communicate()

    assert b"is finished: nothing to do" in said
    assert out.stat().st_mtime_ns == before
    assert results(out) == whole


def test_ctrl_c_ends_in_order(corpus: Path, whole: tuple[bytes, bytes], tmp_path: Path) -> None:
    """One line that says how to go on, exit code 130, no traceback."""
    out = tmp_path / "out.jsonl"
    process = start(corpus, out)
    while not (tmp_path / "out.state.json").exists():
        time.sleep(0.02)
    process.send_signal(signal.SIGINT)
    _, said = process.communicate()
    assert process.returncode == 130
    assert b"the same command goes on from here" in said
    assert b"Traceback" not in said

    start(corpus, out).communicate()

    assert results(out) == whole


def test_a_full_disk_loses_nothing(
    corpus: Path, whole: tuple[bytes, bytes], tmp_path: Path
) -> None:
    """A clear error; with room again, the run goes on."""
    resource = pytest.importorskip("resource")
    out = tmp_path / "out.jsonl"
    command = [sys.executable, "-m", "argmine", "annotate", str(corpus), "--out", str(out), *RULES]
    limit = len(whole[0]) // 2
    starved = subprocess.run(
        command,
        capture_output=True,
        check=False,
        preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limit)),
    )
    assert starved.returncode == 2
    assert b"cannot be written" in starved.stderr
    assert b"Traceback" not in starved.stderr

    subprocess.run(command, capture_output=True, check=False)

    assert results(out) == whole


def test_what_has_changed_is_told(cli: Run, tmp_path: Path) -> None:
    """Input, option or limit: it refuses to mix, until it is told to start anew."""
    (tmp_path / "in.jsonl").write_text('{"text": "A."}\n')
    asked = ["annotate", "in.jsonl", "--out", "o.jsonl", *RULES]
    cli(*asked)

    other = cli(*asked, "--limit", "1")
    assert (other.returncode, "limit was None, is 1" in other.stderr) == (2, True)
    other = cli(*asked[:-1], "segments")
    assert "setting layers was" in other.stderr
    (tmp_path / "in.jsonl").write_text('{"text": "B."}\n')
    assert "input in.jsonl has changed" in cli(*asked).stderr
    assert cli(*asked, "--fresh").returncode == 0
    (tmp_path / "o.jsonl").write_text("")
    assert "is not what the run" in cli(*asked).stderr


@pytest.mark.parametrize("begun", [False, True])
def test_workers_give_the_same_bytes(
    corpus: Path, whole: tuple[bytes, bytes], tmp_path: Path, *, begun: bool
) -> None:
    """In the order of the input, even when one of them dies, as it begins or as it works."""
    out = tmp_path / "out.jsonl"
    part = tmp_path / "out.jsonl.part"
    process = start(corpus, out, "--workers", "2")
    while not (workers := children(process.pid)) or (begun and not part.stat().st_size):
        assert process.poll() is None
        time.sleep(0.02)
    os.kill(workers[0], signal.SIGKILL)
    _, said = process.communicate()

    assert process.returncode == 1, said
    assert results(out) == whole


def children(pid: int) -> list[int]:
    """Return the worker processes of a run."""
    found = []
    for stat in Path("/proc").glob("[0-9]*/stat"):
        try:
            fields = stat.read_text().rsplit(")", 1)[1].split()
            line = (stat.parent / "cmdline").read_bytes()
        except OSError:
            continue
        if int(fields[1]) == pid and b"spawn_main" in line:
            found.append(int(stat.parent.name))
    return found


@pytest.mark.parametrize("ending", [".gz", ".zst"])
def test_packed_output_goes_on_too(
    corpus: Path, whole: tuple[bytes, bytes], tmp_path: Path, ending: str
) -> None:
    """It unpacks to the same lines after a kill."""
    out = tmp_path / f"out.jsonl{ending}"
    process = start(corpus, out)
    while not any(b'"items":' in p.read_bytes() for p in tmp_path.glob("*.state.json")):
        time.sleep(0.02)
    time.sleep(0.5)
    process.kill()
    process.communicate()
    start(corpus, out).communicate()

    raw = out.read_bytes()
    if ending == ".gz":
        unpacked = gzip.decompress(raw)
    else:
        reader = zstandard.ZstdDecompressor().stream_reader(raw, read_across_frames=True)
        unpacked = reader.read()
    assert unpacked == whole[0]
    first = gzip.open if ending == ".gz" else zstandard.open
    with first(out, "rt", encoding="utf-8") as file:
        assert json.loads(next(iter(file)))["id"] == "a0"


def test_the_report_of_a_run(corpus: Path, whole: tuple[bytes, bytes]) -> None:
    """Counts, seconds by stage, what it was made of."""
    report = json.loads((corpus.parent / "whole.run.json").read_text())

    assert (report["items"], report["documents"], report["failures"]) == (600, 598, 2)
    assert report["bytes"] == len(whole[0])
    assert set(report["seconds"]) == {"segments", "figures"}
    assert report["counts"]["documents"]["set aside"] == 2
    assert report["peak_memory_mb"] > 10
    assert report["identity"]["input"]


def test_tables_hold_what_the_lines_hold(corpus: Path, whole: tuple[bytes, bytes]) -> None:
    """A folder of four tables, tied by the place of the document."""
    from pyarrow import parquet

    out = corpus.parent / "tables.parquet"
    start(corpus, out).communicate()
    tables = {p.stem: parquet.read_table(p).to_pylist() for p in out.glob("*.parquet")}
    documents = [json.loads(line) for line in whole[0].splitlines()]

    assert set(tables) == {"documents", "segments", "labels", "figures"}
    assert [row["id"] for row in tables["documents"]] == [d["id"] for d in documents]
    assert [row["text"] for row in tables["segments"]] == [
        part["text"] for d in documents for part in d["segments"]
    ]
    assert [(row["text"], row["value"]) for row in tables["figures"]] == [
        (figure["text"], figure.get("value")) for d in documents for figure in d["figures"]
    ]
    _, said = start(corpus, out).communicate()
    assert b"nothing to do" in said


@pytest.mark.parametrize("workers", ["1", "2"])
def test_the_cache_pays_only_for_what_is_new(
    corpus: Path, whole: tuple[bytes, bytes], tmp_path: Path, workers: str
) -> None:
    """The same bytes the second time, and the stages have had nothing to do."""
    for name in ("first", "second"):
        out = tmp_path / f"{name}.jsonl"
        start(corpus, out, "--cache", str(tmp_path / "kept"), "--workers", workers).communicate()
        assert results(out) == whole
    spent = [
        json.loads((tmp_path / f"{name}.run.json").read_text())["seconds"]["figures"]
        for name in ("first", "second")
    ]
    assert spent[1] < spent[0] / 5


def test_a_cache_that_is_none(cli: Run, tmp_path: Path) -> None:
    """A file in its place, or a store of another kind."""
    (tmp_path / "in.jsonl").write_text('{"text": "A."}\n')
    (tmp_path / "file").write_text("x")
    (tmp_path / "folder").mkdir()
    (tmp_path / "folder" / "annotations.sqlite").write_text("not a store, but long enough" * 40)
    for name in ("file", "folder"):
        done = cli("annotate", "in.jsonl", "--out", "o.jsonl", *RULES, "--cache", name)
        assert done.returncode == 2
        assert "cannot be used as a cache" in done.stderr
