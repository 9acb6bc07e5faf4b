"""What a run may write over, what it calls finished, and what it is told about its options."""

from __future__ import annotations

import json
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from argmine.corpus import shards
from argmine.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Callable

    Run = Callable[..., subprocess.CompletedProcess[str]]

RULES = ["--layers", "segments,figures"]


@pytest.fixture
def rows(tmp_path: Path) -> str:
    """Some documents, the last of them bad."""
    lines = [{"id": f"a{n}", "text": f"Tariffs rose by {n}%."} for n in range(4)]
    written = [json.dumps(row) for row in (*lines, {"text": 5})]
    (tmp_path / "a.jsonl").write_text("\n".join(written) + "\n")
    return "a.jsonl"


@pytest.mark.parametrize("out", ["o.jsonl", "address", "o.jsonl.part", "o.failed.jsonl"])
def test_a_file_that_no_run_has_left_stays(cli: Run, rows: str, tmp_path: Path, out: str) -> None:
    """Also where the input is piped, the output an address, or the file one beside it."""
    name = "o.jsonl" if out == "address" else out
    (tmp_path / name).write_text("mine")
    to = f"file://{tmp_path}/o.jsonl" if out == "address" else "o.jsonl"
    for source in [rows] if out == "address" else [rows, "-"]:
        done = cli("annotate", source, "--out", to, *RULES, stdin='{"text": "One."}\n')
        assert (done.returncode, "was written by no run" in done.stderr) == (2, True)
        assert (tmp_path / name).read_text() == "mine"
    assert cli("annotate", rows, "--out", to, *RULES, "--fresh").returncode == 1
    assert len((tmp_path / "o.jsonl").read_text().splitlines()) == 4


def test_what_is_piped_again_begins_anew(cli: Run, tmp_path: Path) -> None:
    """Nobody can tell whether it is the same; another setting is told."""
    for text in ("One.", "Two."):
        asked = ("annotate", "-", "--out", "o.jsonl", *RULES)
        assert cli(*asked, stdin=json.dumps({"text": text}) + "\n").returncode == 0
        assert text in (tmp_path / "o.jsonl").read_text()
    done = cli("annotate", "-", "--out", "o.jsonl", "--layers", "segments", stdin="Three.")
    assert (done.returncode, "setting layers was" in done.stderr) == (2, True)
    assert "Two." in (tmp_path / "o.jsonl").read_text()


def test_fresh_shards_are_lost_to_no_mistake(cli: Run, rows: str, tmp_path: Path) -> None:
    """They go when the new ones are begun, and of others only what is a run's own."""
    asked = ("annotate", rows, "--out", "s.jsonl", *RULES)
    cli(*asked, "--shards", "2")
    kept = {path.name: path.read_bytes() for path in tmp_path.glob("s*")}
    (tmp_path / "t.csv").write_text("body\nA text.\n")
    wrong = cli("annotate", "t.csv", "--out", "s.jsonl", "--shards", "2", "--fresh", *RULES)
    assert wrong.returncode == 2
    assert {path.name: path.read_bytes() for path in tmp_path.glob("s*")} == kept
    for name in ("s-00000-of-00009.jsonl", "s-00000-of-00003.txt", "s-00002-of-00003.jsonl"):
        (tmp_path / name).write_text("mine")

    assert cli(*asked, "--shards", "3", "--fresh").returncode == 1
    left = sorted(path.name for path in tmp_path.glob("s-*") if "run" not in path.name)
    assert left == [
        "s-00000-of-00003.jsonl",
        "s-00000-of-00003.txt",
        "s-00000-of-00009.jsonl",
        "s-00001-of-00003.jsonl",
        "s-00002-of-00003.failed.jsonl",
        "s-00002-of-00003.jsonl",
    ]
    (tmp_path / "u-00001-of-00002.jsonl").write_text("mine")
    done = cli("annotate", rows, "--out", "u.jsonl", "--shards", "2", *RULES)
    assert (done.returncode, "was written by no run" in done.stderr) == (2, True)
    assert [path.name for path in tmp_path.glob("u*")] == ["u-00001-of-00002.jsonl"]


@pytest.mark.parametrize("ending", [".jsonl", ".jsonl.gz"])
def test_what_is_read_is_never_removed(cli: Run, tmp_path: Path, ending: str) -> None:
    """Files that are called as shards are, with --fresh too; all of them are read."""
    names = [f"t-0000{n}-of-00002.jsonl" for n in (0, 1)]
    for n, name in enumerate(names):
        (tmp_path / name).write_text((json.dumps({"text": f"Up by {n}%."}) + "\n") * 2)
    others = ("t-00000-of-00009.jsonl.gz", "t-00000-of-00009", ".t.jsonl.lock.txt")
    for name in others:
        (tmp_path / name).write_text("mine")
    before = {path.name: path.read_bytes() for path in tmp_path.iterdir()}
    if ending == ".jsonl":
        done = cli("annotate", *names, "--out", "t.jsonl", "--shards", "2", "--fresh", *RULES)
        assert (done.returncode, "an input too" in done.stderr) == (2, True)
        assert {path.name: path.read_bytes() for path in tmp_path.iterdir()} == before
    done = cli("annotate", *names, "--out", f"t{ending}", "--shards", "3", "--fresh", *RULES)
    assert done.returncode == 0, done.stderr
    assert all((tmp_path / name).read_bytes() == before[name] for name in before)
    (tmp_path / "in").mkdir()
    for name in names:
        (tmp_path / name).rename(tmp_path / "in" / name)
    done = cli("annotate", "in", "--out", "in/t.jsonl", *RULES)
    assert "4 documents -> in/t.jsonl" in done.stderr
    (tmp_path / "in" / "a.jsonl").write_text('{"text": "Three."}\n')
    done = cli("annotate", "in", "--out", "in/a.jsonl", "--fresh", *RULES)
    assert (done.returncode, "an input too" in done.stderr) == (2, True)


@pytest.mark.parametrize("name", ["o.failed.jsonl", ".o.jsonl.lock"])
def test_shards_spare_what_is_not_theirs(cli: Run, rows: str, tmp_path: Path, name: str) -> None:
    """A list or a lock of somebody else; an output elsewhere spares a folder of parts."""
    (tmp_path / name).write_text("mine")
    done = cli("annotate", rows, "--out", "o.jsonl", "--shards", "2", *RULES)
    assert (done.returncode, "name another --out" in done.stderr) == (2, True)
    (tmp_path / "p.jsonl.parts").mkdir()
    (tmp_path / "p.jsonl.parts" / "mine").write_text("mine")
    done = cli("annotate", rows, "--out", f"file://{tmp_path}/p.jsonl", *RULES)
    assert (done.returncode, "was written by no run" in done.stderr) == (2, True)
    assert (tmp_path / name).read_text() == "mine"
    assert (tmp_path / "p.jsonl.parts" / "mine").read_text() == "mine"


def test_fresh_takes_what_a_killed_shard_has_left(cli: Run, rows: str, tmp_path: Path) -> None:
    """Its list that has begun; a folder that only looks like parts is an input."""
    asked = ("annotate", rows, "--out", "o.jsonl", "--shards", "2", "--fresh", *RULES)
    (tmp_path / "o-00001-of-00002.failed.jsonl.part").write_text("x")
    (tmp_path / "o.state.json").write_text('{"identity": {"shards": 2, "output": "o.jsonl"}}')
    assert cli(*asked).returncode == 1
    folder = tmp_path / "p.jsonl.parts"
    folder.mkdir()
    (folder / "in.jsonl").write_text('{"text": "One."}\n')
    for more in (rows, rows, f"{rows} p.jsonl.parts/in.jsonl"):
        done = cli(
            "annotate", *more.split(), "--out", "p.jsonl", "--shards", "2", "--fresh", *RULES
        )
        assert done.returncode == 1, done.stderr
        assert (folder / "in.jsonl").exists()
    done = cli(
        "annotate",
        rows,
        "o-00000-of-00002.failed.jsonl",
        "--out",
        "o.jsonl",
        "--shards",
        "2",
        "--fresh",
        *RULES,
    )
    assert done.returncode == 2


def test_fresh_needs_no_report_that_can_be_read(cli: Run, rows: str, tmp_path: Path) -> None:
    """As the message says that a damaged one gives; a list that is none stops nothing."""
    for more in ((), ("--shards", "2")):
        asked = ("annotate", rows, "--out", "o.jsonl", *RULES, *more)
        (tmp_path / "o.run.json").write_text("")
        assert "--fresh" in cli(*asked).stderr or more
        (tmp_path / "o.run.json").write_text("{")
        assert "start anew with --fresh" in cli(*asked).stderr
        assert cli(*asked, "--fresh").returncode == 1
        (tmp_path / "o.failed.jsonl").write_text("hello\n")
        assert "nothing to do" in cli(*asked).stderr
        for path in tmp_path.glob("o*"):
            path.unlink()


def test_a_run_goes_on_though_a_glob_finds_what_it_writes(cli: Run, tmp_path: Path) -> None:
    """Parts and states are no inputs, nor is what a finished run has written."""
    folder = tmp_path / "g"
    folder.mkdir()
    (folder / "a.txt").write_text("Tariffs rose.")
    for name in ("o.jsonl.part", "o.state.json.part", "o.failed.jsonl.part"):
        (folder / name).write_text("")
    asked = ("annotate", "g/*", "--out", "g/o.jsonl", *RULES)
    assert cli(*asked).returncode == 0
    assert "nothing to do" in cli(*asked).stderr
    other = cli("annotate", "g/*", "--out", "p.jsonl", *RULES)
    assert "1 documents -> p.jsonl" in other.stderr


def test_shards_have_one_run_at_a_time(tmp_path: Path) -> None:
    """Whoever holds the lock takes its file away."""
    out = str(tmp_path / "new" / "o.jsonl")
    with shards.held(out), pytest.raises(UsageError, match="another run"), shards.held(out):
        pass
    assert list((tmp_path / "new").iterdir()) == []
    with shards.held(out):
        pass


def test_two_outputs_share_no_report(cli: Run, rows: str, tmp_path: Path) -> None:
    """X and x.jsonl would, with --fresh too."""
    cli("annotate", rows, "--out", "x.jsonl", *RULES)
    before = {path.name: path.read_bytes() for path in tmp_path.iterdir()}
    for more in ([], ["--fresh"], ["--shards", "2"]):
        done = cli("annotate", rows, "--out", "x", *RULES, *more)
        assert (done.returncode, "tells of the output x.jsonl" in done.stderr) == (2, True)
    assert {path.name: path.read_bytes() for path in tmp_path.iterdir()} == before
    (tmp_path / "l.jsonl").symlink_to("x.jsonl")
    assert "nothing to do" in cli("annotate", rows, "--out", "l.jsonl", *RULES).stderr


@pytest.mark.parametrize(
    ("out", "gone", "more"),
    [
        ("o.jsonl", "o.failed.jsonl", ()),
        ("o.parquet", "o.parquet/figures.parquet", ()),
        ("o.jsonl", "o-00001-of-00003.jsonl", ("--shards", "3")),
        ("o.jsonl", "o-00002-of-00003.jsonl", ("--shards", "3")),
        ("o.jsonl", "o.failed.jsonl", ("--shards", "3")),
    ],
)
def test_what_is_not_whole_is_not_finished(
    cli: Run, rows: str, tmp_path: Path, out: str, gone: str, more: tuple[str, ...]
) -> None:
    """It is named, and the way to have it anew."""
    asked = ("annotate", rows, "--out", out, *RULES, *more)
    (tmp_path / "o-00000-of-00009.jsonl").write_text("mine")
    cli(*asked)
    assert "nothing to do" in cli(*asked).stderr
    (tmp_path / gone).unlink()
    done = cli(*asked)
    assert (done.returncode, Path(gone).name in done.stderr) == (2, True)
    assert "--fresh starts anew" in done.stderr


def test_shards_in_the_folder_that_is_read(cli: Run, tmp_path: Path) -> None:
    """A run that was stopped goes on, and another one does not read them."""
    folder = tmp_path / "c"
    folder.mkdir()
    (folder / "a.txt").write_text("Tariffs rose.")
    (folder / "b.txt").write_text("Tariffs fell.")
    asked = ("annotate", "c", "--out", "c/o.jsonl", "--shards", "2", *RULES)
    cli(*asked)
    (folder / "o-00001-of-00002.jsonl").unlink()
    (folder / "o-00001-of-00002.run.json").unlink()
    (folder / "o.run.json").rename(folder / "o.state.json")
    done = cli(*asked)
    assert (done.returncode, "2 documents" in done.stderr) == (0, True), done.stderr
    other = cli("annotate", "c", "--out", "c/p.jsonl", *RULES)
    assert "left aside, written by an earlier run: c/o-0000" in other.stderr
    assert len((folder / "p.jsonl").read_text().splitlines()) == 2


@pytest.mark.parametrize("more", [(), ("--shards", "1")])
def test_the_advice_can_be_followed(cli: Run, tmp_path: Path, more: tuple[str, ...]) -> None:
    """A run that could not begin binds nobody to its options."""
    (tmp_path / "t.csv").write_text("body\nA text.\n")
    asked = ("annotate", "t.csv", "--out", "o.jsonl", *RULES, *more)
    done = cli(*asked)
    assert (done.returncode, "--text-key" in done.stderr) == (2, True)
    assert cli(*asked, "--text-key", "body").returncode == 0


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (["a.jsonl", "--layers", "segments", "--layers", "figures"], "--layers stands twice"),
        (["a.jsonl", "--layers", ""], "layers"),
        (["a.jsonl", "--layers", "segments,labels"], "fills no labels; it has role"),
        (["a.jsonl", "--cache", "", *RULES], "--cache"),
        (["a.jsonl", "--out", "new/", *RULES], "no name of a file"),
        (["t.csv", "--id-key", "m", *RULES], "no column 'm'; known: n, text (name it with --id-key)"),
        (["a.jsonl", "--config", "e.toml"], "targets: is empty"),
    ],
)  # fmt: skip
def test_an_option_that_says_nothing_is_told(
    cli: Run, rows: str, tmp_path: Path, arguments: list[str], says: str
) -> None:
    """Rather than done without."""
    assert (tmp_path / rows).exists()
    (tmp_path / "t.csv").write_text("text,n\nA text.,1\n")
    (tmp_path / "e.toml").write_text("targets = []\n")
    done = cli("annotate", *arguments)
    assert (done.returncode, says in done.stderr) == (2, True), done.stderr
    assert "Traceback" not in done.stderr


@pytest.mark.parametrize(
    ("piped", "texts"),
    [
        ('"text": "cut"}\n{"text": "Two."}\n', ["Two."]),
        ("id,text\n1,One.\n2,Two.\n", ["One.", "Two."]),
        ("<html><body><p>The tariffs hurt farmers in May.</p></body></html>", ["The tariffs hurt farmers in May."]),
        ("A line, and text\nAnother line.", ["A line, and text\nAnother line."]),
        ('{"text": "<p>The tariffs hurt farmers.</p><p>They fell in May.</p>", "title": "T"}\n',
         ["The tariffs hurt farmers.\n\nThey fell in May."]),
        ('{"text": "<Section 301> tariffs rose."}\n{"text": "<Table> shows it."}\n', ["<Section 301> tariffs rose.", "<Table> shows it."]),
        ('"id","text"\n"1","One, two."\n', ["One, two."]),
        ("sep=;\nid;text\n1;One.\n", ["One."]),
        ("{{ a template }}", ["{{ a template }}"]),
    ],
    ids=["broken-json", "csv", "page", "text", "markup", "no-markup", "quoted", "separator", "braces"],
)  # fmt: skip
def test_what_is_piped_is_what_it_looks_like(cli: Run, piped: str, texts: list[str]) -> None:
    """JSON lines whose first is broken, a table, a page."""
    done = cli("annotate", "-", "--layers", "segments", stdin=piped)
    assert [json.loads(line)["text"] for line in done.stdout.splitlines()] == texts


def test_rows_of_sentences_have_columns_of_their_own_names(cli: Run, tmp_path: Path) -> None:
    """Neighbours and target are words, or the row is set aside."""
    (tmp_path / "c.toml").write_text(
        'unit = "sentence"\nlayers = ["segments"]\n[readers]\nprev_key = "before"\n'
    )
    lines = [
        '{"text": "A.", "before": "B."}',
        '{"text": "A.", "before": 5}',
        '{"text": "A.", "target": ["x"]}',
    ]
    (tmp_path / "a.jsonl").write_text("\n".join(lines))
    done = cli("annotate", "a.jsonl", "--config", "c.toml")

    [line] = done.stdout.splitlines()
    assert json.loads(line)["meta"] == {"file": "a.jsonl", "prev": "B."}
    assert "prev: expected text, found 5" in done.stderr
    assert "target: expected text, found ['x']" in done.stderr


def test_a_header_that_is_none_is_told(cli: Run, tmp_path: Path) -> None:
    """Of a file as one failure; what is piped so is no table, but text."""
    raw = 'id,text,"x"y\n1,One.,2\n'
    done = cli("annotate", "-", "--layers", "segments", stdin=raw)
    assert [json.loads(line)["text"] for line in done.stdout.splitlines()] == [raw]
    for name, header in (("a.csv", raw), ("b.csv", "\n" * 9 + raw)):
        (tmp_path / name).write_text(header)
        done = cli("annotate", name, "--layers", "segments")
        assert (done.returncode, "not CSV" in done.stderr) == (1, True)


def test_who_cannot_hear_gets_no_traceback(cli: Run, rows: str, tmp_path: Path) -> None:
    """Closed streams, a pipe that nobody reads, links that lead nowhere."""
    command = [sys.executable, "-m", "argmine", "annotate", str(tmp_path / rows), *RULES]
    for shell in ('"$@" >&-', '"$@" --out o.jsonl >&- 2>&-', '"$@" --out /dev/stdout | true'):
        done = subprocess.run(
            ["/bin/sh", "-c", shell, "sh", *command], capture_output=True, cwd=tmp_path, check=False
        )
        assert b"Traceback" not in done.stderr
    assert (tmp_path / "o.jsonl").exists()
    (tmp_path / "loop").symlink_to("loop")
    done = cli("annotate", "loop", *RULES)
    assert (done.returncode, "Traceback" not in done.stderr) == (1, True)


def test_the_cache_knows_a_text_that_has_moved(cli: Run, tmp_path: Path) -> None:
    """And tells where it is now."""
    (tmp_path / "a.jsonl").write_text('{"text": "Tariffs rose by 5%.", "n": 1}\n')
    (tmp_path / "b.jsonl").write_text('{"text": "Tariffs rose by 5%.", "n": 1}\n')
    first = cli("annotate", "a.jsonl", "--cache", "kept", *RULES)
    second = cli("annotate", "b.jsonl", "--cache", "kept", *RULES)
    assert second.stdout == first.stdout.replace('"a.jsonl"', '"b.jsonl"')
    with closing(sqlite3.connect(tmp_path / "kept" / "annotations.sqlite")) as store:
        assert store.execute("select count(*) from lines").fetchone() == (1,)
