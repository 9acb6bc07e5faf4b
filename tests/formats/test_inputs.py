"""Which files are read, each once, and what runs have written is none of them."""

from __future__ import annotations

from pathlib import Path

import pytest

from argmine.errors import DataError, UsageError
from argmine.formats import inputs, rows
from argmine.formats.batch import Batch
from argmine.formats.delimited import csv_file
from argmine.formats.writer import Writer
from argmine.records import Failure


def test_what_several_patterns_name_is_read_once(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Globs that match folders and what is in them, paths named twice, folders within folders."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "g" / "k").mkdir(parents=True)
    for name in ("g/a.txt", "g/k/b.txt"):
        (tmp_path / name).write_text("A text.")

    assert inputs.find(["g/**/*"]).paths == ("g/a.txt", "g/k/b.txt")
    assert inputs.find(["g/k/b.txt", "./g", "g/k", "g/k/b.txt"]).paths == ("g/k/b.txt", "g/a.txt")
    assert inputs.find([f"file://{tmp_path}/g", f"file://{tmp_path}/g/a.txt"]).paths == (
        f"file://{tmp_path}/g/a.txt",
        f"file://{tmp_path}/g/k/b.txt",
    )


def test_what_runs_have_written_is_passed_over(tmp_path: Path) -> None:
    """Outputs, lists and reports, finished or not; what is named itself is read."""
    (tmp_path / "a.txt").write_text("A text.")
    (tmp_path / "o").mkdir()
    (tmp_path / "o" / "mine.txt").write_text("A text.")
    (tmp_path / "odd.run.json").write_text('{"identity": 5}')
    failed = Failure(file="x", reason="y")
    for name in ("o.jsonl", "p.jsonl.gz"):
        with Writer(tmp_path / name, (), {"output": name}) as writer:
            writer.write(Batch(2, b"{}\n", 1, [failed], {}, {}))
            writer.finish({})
    with Writer(tmp_path / "q.jsonl", (), {"output": "q.jsonl"}) as writer:
        writer.write(Batch(1, b"{}\n", 1, [], {}, {}))
    found = inputs.find([str(tmp_path)])

    names = [str(Path(name).relative_to(tmp_path)) for name in found.paths]
    assert names == ["a.txt", "o/mine.txt", "odd.run.json"]
    assert {Path(name).name for name in found.written} == {
        "o.jsonl", "o.run.json", "o.failed.jsonl", "q.state.json", "q.jsonl.part",
        "q.failed.jsonl.part", "p.jsonl.gz", "p.jsonl.gz.run.json", "p.jsonl.gz.failed.jsonl",
    }  # fmt: skip
    assert inputs.find([f"file://{tmp_path}"]).paths == tuple(
        f"file://{tmp_path}/{name}" for name in names
    )
    own = str(tmp_path / "o.jsonl")
    assert inputs.find([own]).paths == (own,)
    (tmp_path / "a.txt").unlink()
    (tmp_path / "odd.run.json").unlink()
    (tmp_path / "o" / "mine.txt").unlink()
    with pytest.raises(DataError, match="nothing but what runs have written"):
        inputs.find([str(tmp_path)])


def test_what_is_read_is_not_written(tmp_path: Path) -> None:
    """By whatever name, and tables in the folder that would be replaced."""
    (tmp_path / "l").symlink_to(tmp_path / "l")
    inputs.keep_apart([str(tmp_path / "l")], [str(tmp_path / "k"), "https://x/y"])
    for out, read in (("a", "./a"), ("t.parquet", "t.parquet/documents.parquet")):
        with pytest.raises(UsageError, match="an input too"):
            inputs.keep_apart([str(tmp_path / out)], [str(tmp_path / read)])


@pytest.mark.parametrize(
    ("raw", "lines"),
    [
        (b'\n \nn,text\n"x",A text.\n', {4: "A text."}),
        (b'text,n\n"A, b",1\n"open,2\nC,3\n"D\nd",4\nE,5\n', {2: "A, b", 3: None, 4: "C", 5: "D\nd", 7: "E"}),
        (b'sep=;\ntext;n\nA;1\nB;2;3\n', {3: "A", 4: None}),
        (b"text\n" + "关税太高，农民受害。\n".encode("gb18030") * 30 + b"\xff\xff\n" + "出口下降。\n".encode("gb18030"),
         {**dict.fromkeys(range(2, 32), "关税太高，农民受害。"), 32: None, 33: "出口下降。"}),
        (b"text,text (2),text (2)\n1,2,3\n", {2: "1"}),
    ],
    ids=["blank-lines", "quote", "separator", "bytes", "names"],
)  # fmt: skip
def test_a_row_of_csv_that_is_none_costs_no_other(
    tmp_path: Path, raw: bytes, lines: dict[int, str | None]
) -> None:
    """Each row has the number of its first line."""
    path = tmp_path / "a.csv"
    path.write_bytes(raw)
    found = {
        row.line: None if isinstance(row, Failure) else row.cells["text"]
        for row in csv_file(path, {"--text-key": "text"})
    }
    assert found == lines


def test_columns_of_one_name_are_all_kept(tmp_path: Path) -> None:
    """Only the one that is asked for must be one."""
    path = tmp_path / "a.csv"
    path.write_text("text,n,n,,\nA,1,2,3,4\n")
    [row] = csv_file(path, {"--text-key": "text"})
    assert isinstance(row, rows.Row)
    assert row.cells == {"text": "A", "n": "1", "n (2)": "2", "": "3", " (2)": "4"}
    with pytest.raises(DataError, match="2 columns are called 'n'; rename one"):
        list(csv_file(path, {"--text-key": "n"}))
    with pytest.raises(DataError, match=r"no column 'm'.*--id-key"):
        list(csv_file(path, {"--text-key": "text", "--id-key": "m"}))
