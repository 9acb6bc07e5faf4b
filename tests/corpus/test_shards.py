"""Shards hold what one output holds, here and at an address."""

from __future__ import annotations

import json
import os
import random
import signal
import subprocess
import sys
import threading
import time
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from argmine.corpus import shards
from argmine.corpus.workers import Workers
from argmine.errors import ArgmineError, DataError, UsageError
from argmine.formats import sources
from argmine.formats.batch import Batch
from argmine.formats.sources import Part
from argmine.formats.tables import Columns
from argmine.formats.writer import Writer
from argmine.pipeline import PipelineConfig
from argmine.records import Document

if TYPE_CHECKING:
    from collections.abc import Callable

    Annotate = Callable[..., subprocess.CompletedProcess[str]]


def shards_of(folder: Path, ending: str = ".jsonl") -> bytes:
    """Return all shards one after the other."""
    return b"".join(path.read_bytes() for path in sorted(folder.glob(f"out-*-of-*[0-9]{ending}")))


def test_shards_hold_what_one_output_holds(
    corpus: Path, whole: tuple[bytes, bytes], annotate: Annotate, tmp_path: Path
) -> None:
    """Byte for byte, across the borders of files; a second start has nothing to do."""
    done = annotate(".", "--out", tmp_path / "out.jsonl", "--shards", "7", cwd=corpus)
    assert done.returncode == 1, done.stderr

    assert len(list(tmp_path.glob("out-0000?-of-00007.jsonl"))) == 7
    assert shards_of(tmp_path) == whole[0]
    assert (tmp_path / "out.failed.jsonl").read_bytes() == whole[1]
    report = json.loads((tmp_path / "out.run.json").read_text())
    assert (report["items"], report["failures"], report["bytes"]) == (401, 4, len(whole[0]))
    again = annotate(".", "--out", tmp_path / "out.jsonl", "--shards", "7", cwd=corpus)
    assert "nothing to do" in again.stderr
    other = annotate(".", "--out", tmp_path / "out.jsonl", "--shards", "3", cwd=corpus)
    assert (other.returncode, "shards was 7, is 3" in other.stderr) == (2, True)
    fresh = annotate(".", "--out", tmp_path / "out.jsonl", "--shards", "3", "--fresh", cwd=corpus)
    assert fresh.returncode == 1
    assert len(list(tmp_path.glob("out-*-of-*[0-9].jsonl"))) == 3
    assert shards_of(tmp_path) == whole[0]


def test_shards_go_on_after_a_kill(
    corpus: Path, whole: tuple[bytes, bytes], annotate: Annotate, tmp_path: Path
) -> None:
    """Killed again and again, it ends with the same bytes."""
    arguments = [".", "--out", str(tmp_path / "out.jsonl"), "--shards", "4"]
    command = [sys.executable, "-m", "argmine", "annotate", *arguments]
    generator = random.Random(5)  # noqa: S311
    for _ in range(5):
        process = subprocess.Popen(
            [*command, "--layers", "segments,figures"], cwd=corpus, stderr=subprocess.DEVNULL
        )
        try:
            process.wait(generator.uniform(0.4, 1.5))
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()
    done = annotate(*arguments, cwd=corpus)

    assert done.returncode in {0, 1}, done.stderr
    assert shards_of(tmp_path) == whole[0]
    assert (tmp_path / "out.failed.jsonl").read_bytes() == whole[1]


def test_an_address_is_read_and_written(
    corpus: Path, whole: tuple[bytes, bytes], annotate: Annotate, tmp_path: Path
) -> None:
    """Names of files are those that were asked for; without --shards there is one output."""
    out = f"file://{tmp_path}/there/out.jsonl"
    done = annotate(f"file://{corpus}", "--out", out, "--workers", "2")
    assert done.returncode == 1, done.stderr

    written = (tmp_path / "there" / "out.jsonl").read_bytes()
    assert written.replace(f"file://{corpus}/".encode(), b"") == whole[0]
    last = json.loads(written.splitlines()[-1])
    assert last["meta"]["file"] == f"file://{corpus}/c.txt"
    failed = (tmp_path / "there" / "out.failed.jsonl").read_text()
    assert f'"file":"file://{corpus}/a.jsonl"' in failed
    names = sorted(path.name for path in (tmp_path / "there").iterdir())
    assert names == ["out.failed.jsonl", "out.jsonl", "out.run.json"]
    assert "nothing to do" in annotate(f"file://{corpus}", "--out", out).stderr


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (["nowhere://x/y.jsonl", "--out", "o.jsonl"], "nowhere://x/y.jsonl"),
        (["file:///no/such/file.jsonl", "--out", "o.jsonl"], "no such file"),
        (["-", "--out", "o.jsonl", "--shards", "2"], "name inputs and --out"),
        (["c.txt", "--shards", "2"], "name inputs and --out"),
        (["c.txt", "--out", "memory://o.parquet"], "--shards"),
        (["c.txt", "--out", "nowhere://o.jsonl"], "nowhere://o"),
        (["c.txt", "--out", "file:///proc/no/o.jsonl"], "cannot be written"),
        (["c.txt", "--out", "o.jsonl", "--engine", "ray", "--address", "nope:1"], "--address nope"),
    ],
)
def test_what_cannot_be_is_said(
    corpus: Path, annotate: Annotate, arguments: list[str], says: str
) -> None:
    """One line that names the cause, exit code 2, no traceback."""
    done = annotate(*arguments, cwd=corpus)

    assert done.returncode == 2
    assert says in done.stderr
    assert "Traceback" not in done.stderr


def test_tables_in_shards_are_tied_by_numbers_of_the_whole_run(
    corpus: Path, annotate: Annotate, tmp_path: Path
) -> None:
    """The place of a document is that in the run, so that shards can be read together."""
    from pyarrow import parquet

    annotate(corpus, "--out", tmp_path / "out.parquet", "--shards", "3")
    tables = [
        parquet.read_table(folder / "documents.parquet").to_pylist()
        for folder in sorted(tmp_path.glob("out-*.parquet"))
    ]
    places = [row["document"] for rows in tables for row in rows]
    assert len(tables) == 3
    assert len(places) == len(set(places)) == 397
    assert places == sorted(places)


def test_parts_are_cut_anywhere(corpus: Path) -> None:
    """Whatever is passed over and taken, the items are those of the whole."""
    names = [str(corpus / name) for name in ("a.jsonl", "b.jsonl", "c.txt")]
    everything = list(sources.read(names, Columns()))
    sizes = [sources.measure(name, Columns(), alone=False) for name in names]
    assert sizes == [250, 150, 1]
    for skip in (0, 1, 249, 250, 260, 400):
        assert list(sources.read(names, Columns(), skip=skip)) == everything[skip:]
    parts = [Part(names[0], 90, 100), Part(names[1], 0, 120)]
    expected = everything[90:190] + everything[250:370]
    for skip in (0, 11, 100, 130):
        assert list(sources.read_parts(parts, Columns(), skip=skip)) == expected[skip:]


def test_names_of_shards() -> None:
    """The number stands before the ending, however many parts that has."""
    assert shards.name("d/x.jsonl.gz", 3, 16, joined=False) == "d/x-00003-of-00016.jsonl.gz"
    assert shards.name("s3://b/x.parquet", 0, 2, joined=False) == "s3://b/x-00000-of-00002.parquet"
    assert shards.name("v1.2/x", 0, 2, joined=False) == "v1.2/x-00000-of-00002"


def test_workers_end_with_a_killed_run(corpus: Path, tmp_path: Path) -> None:
    """No orphan is left to hold memory."""
    command = [sys.executable, "-m", "argmine", "annotate", str(corpus / "a.jsonl")]
    more = ["--out", str(tmp_path / "o.jsonl"), "--workers", "2", "--layers", "segments,figures"]
    process = subprocess.Popen([*command, *more], stderr=subprocess.DEVNULL)
    while not (tmp_path / "o.jsonl.part").exists() or len(workers := children(process.pid)) < 2:
        time.sleep(0.05)
    process.send_signal(signal.SIGKILL)
    process.wait()
    for _ in range(100):
        if not any(alive(worker) for worker in workers):
            return
        time.sleep(0.1)
    pytest.fail(f"still there: {[w for w in workers if alive(w)]}")


def children(pid: int) -> list[int]:
    """Return the worker processes of a run."""
    listed = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
    return [
        int(child)
        for child in listed
        if b"spawn_main" in Path(f"/proc/{child}/cmdline").read_bytes()
    ]


def alive(pid: int) -> bool:
    """Say whether a process is there and no zombie."""
    try:
        os.kill(pid, 0)
        return Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()[0] != "Z"
    except (OSError, IndexError):
        return False


def test_what_cannot_be_read_is_skipped_like_all_else(tmp_path: Path) -> None:
    """A file that is one failure counts as one, also where a run goes on."""
    (tmp_path / "a.csv").write_text("body\nx\n")
    rows = "".join(json.dumps({"id": f"b{n}", "text": f"Text {n}."}) + "\n" for n in range(6))
    (tmp_path / "b.jsonl").write_text(rows)
    names = [str(tmp_path / "a.csv"), str(tmp_path / "b.jsonl"), str(tmp_path / "none.jsonl")]
    everything = list(sources.read(names, Columns()))
    assert len(everything) == 8
    for skip in range(9):
        assert list(sources.read(names, Columns(), skip=skip)) == everything[skip:]
    with pytest.raises(DataError, match="2 documents less"):
        list(sources.read_parts([Part(names[1], 3, 5)], Columns()))


def test_fresh_takes_away_what_is_its_own(corpus: Path, annotate: Annotate, tmp_path: Path) -> None:
    """Outputs, reports and states of any number of shards, and nothing of another name."""
    out = tmp_path / "g[1]" / "x.jsonl"
    out.parent.mkdir()
    other = out.with_name("x-2024-00000-of-00002.jsonl")
    other.write_text("mine")
    address = f"file://{out}"
    annotate(corpus / "a.jsonl", "--out", address, "--shards", "3")
    for shard in (0, 1, 2):
        out.with_name(f"x-0000{shard}-of-00003.state.json").write_text("left")
    done = annotate(corpus / "a.jsonl", "--out", address, "--shards", "2", "--fresh")

    assert done.returncode == 1, done.stderr
    assert other.read_text() == "mine"
    left = {path.name for path in out.parent.iterdir()} - {other.name}
    assert all(name.startswith(("x-0000", "x.")) for name in left)
    assert not any("of-00003" in name or "state" in name for name in left)
    lines = b"".join(
        path.read_bytes() for path in sorted(out.parent.glob("x-0000?-of-00002.jsonl"))
    )
    assert len(lines.splitlines()) == 248
    sorted(out.parent.glob("x-0000?-of-00002.jsonl"))[1].unlink()
    again = annotate(corpus / "a.jsonl", "--out", address, "--shards", "2")
    assert "--fresh starts anew" in again.stderr or again.returncode == 2


def test_an_input_is_never_written_over(annotate: Annotate, tmp_path: Path) -> None:
    """Whatever it is called."""
    path = tmp_path / "a.jsonl"
    path.write_text('{"text": "One."}\n')
    for name in (f"file://{path}", str(path)):
        done = annotate(f"file://{path}", "--out", name)
        assert (done.returncode, "is an input too" in done.stderr) == (2, True)
    assert path.read_text() == '{"text": "One."}\n'


def test_the_order_of_inputs_is_part_of_a_run(annotate: Annotate, tmp_path: Path) -> None:
    """Two files the other way round are another run; one that is named twice is read once."""
    for name in "ab":
        (tmp_path / f"{name}.txt").write_text(f"Text {name}.")
    annotate("a.txt", "b.txt", "--out", "o.jsonl", cwd=tmp_path)
    done = annotate("b.txt", "a.txt", "--out", "o.jsonl", cwd=tmp_path)
    assert (done.returncode, "inputs was" in done.stderr) == (2, True)
    done = annotate("a.txt", "./b.txt", "b.txt", "a.txt", "--out", "o.jsonl", cwd=tmp_path)
    assert "nothing to do" in done.stderr


def test_a_worker_that_cannot_load_is_the_fault_of_no_document() -> None:
    """The run ends with its reason."""
    workers = Workers(PipelineConfig(model="nowhere"), 2)
    with closing(workers), pytest.raises(ArgmineError, match="nowhere"):
        list(workers.annotated([Document.of("Text.")]))


def test_a_shard_waits_for_who_still_writes_it(tmp_path: Path) -> None:
    """And takes what that one has finished as it is."""
    first = Writer(tmp_path / "o.jsonl", (), {"a": 1})
    first.write(Batch(1, b"{}\n", 1, [], {}, {}))
    with pytest.raises(UsageError, match="another run"):
        Writer(tmp_path / "o.jsonl", (), {"a": 1})

    def finish() -> None:
        first.finish({})
        first.__exit__(None, None, None)

    threading.Timer(0.5, finish).start()
    second = Writer(tmp_path / "o.jsonl", (), {"a": 1}, patience=20)
    assert second.finished
    assert (tmp_path / "o.jsonl").read_bytes() == b"{}\n"
