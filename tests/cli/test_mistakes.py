"""What users do by mistake costs them none of their files, and is told without a traceback."""

from __future__ import annotations

import gzip
import json
import os
import sqlite3
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    Run = Callable[..., subprocess.CompletedProcess[str]]

RULES = ("--layers", "segments,figures")


def refused(done: subprocess.CompletedProcess[str], says: str) -> bool:
    """Say whether a command ended with a usage error that says so."""
    return done.returncode == 2 and says in done.stderr and "Traceback" not in done.stderr


def test_tables_replace_nothing_but_tables(cli: Run, tmp_path: Path) -> None:
    """Neither the folder of the input, nor a folder of other things, nor a file."""
    pa, parquet = pytest.importorskip("pyarrow"), pytest.importorskip("pyarrow.parquet")
    source = tmp_path / "corpus.parquet"
    source.mkdir()
    parquet.write_table(pa.table({"text": ["Exports rose 5%."]}), source / "part-0.parquet")
    (tmp_path / "mine.parquet").mkdir()
    (tmp_path / "mine.parquet" / "notes.txt").write_text("keep me")
    (tmp_path / "file.parquet").write_bytes(b"keep me too")

    same = cli("annotate", source, *RULES, "--out", "corpus.parquet")
    foreign = cli("annotate", source, *RULES, "--out", "mine.parquet")
    file = cli("annotate", source, *RULES, "--out", "file.parquet")

    assert refused(same, "is an input too")
    assert refused(foreign, "holds 'notes.txt'")
    assert refused(file, "is a file")
    assert (source / "part-0.parquet").exists()
    assert (tmp_path / "mine.parquet" / "notes.txt").read_text() == "keep me"
    for _ in range(2):  # tables may replace tables
        assert cli("annotate", source, *RULES, "--out", "new.parquet", "--fresh").returncode == 0


def test_a_file_of_others_is_not_written_over(cli: Run, tmp_path: Path) -> None:
    """What no run has left stays, unless it is given up with --fresh; an empty file is free."""
    (tmp_path / "a.txt").write_text("Exports rose 5%.")
    (tmp_path / "notes.jsonl").write_text("keep me\n")
    (tmp_path / "empty.jsonl").touch()
    command = ("annotate", "a.txt", *RULES, "--out")

    assert refused(cli(*command, "notes.jsonl"), "was written by no run")
    assert (tmp_path / "notes.jsonl").read_text() == "keep me\n"
    assert cli(*command, "notes.jsonl", "--fresh").returncode == 0
    assert cli(*command, "empty.jsonl").returncode == 0


def test_a_table_for_a_spreadsheet_is_not_written(cli: Run, tmp_path: Path) -> None:
    """Who names a CSV is told what there is, and finds no JSONL in it."""
    (tmp_path / "a.txt").write_text("Exports rose 5%.")

    assert refused(cli("annotate", "a.txt", *RULES, "--out", "x.csv"), "is written as JSONL")
    assert not (tmp_path / "x.csv").exists()


@pytest.mark.parametrize("out", ["", ".", "x.jsonl.bz2"])
def test_what_is_no_name_of_an_output_is_refused(cli: Run, tmp_path: Path, out: str) -> None:
    """An empty name, a folder, a packing that is not written."""
    (tmp_path / "a.txt").write_text("Exports rose 5%.")

    done = cli("annotate", tmp_path / "a.txt", *RULES, "--out", out)

    assert done.returncode == 2
    assert "Traceback" not in done.stderr


def test_what_can_be_read_once_only_is_standard_input(cli: Run, tmp_path: Path) -> None:
    """A pipe and a device are refused where the input must be known again; one in a folder is no document."""
    os.mkfifo(tmp_path / "pipe.txt")
    assert refused(cli("annotate", tmp_path / "pipe.txt", *RULES, "--out", "o.jsonl"), "as -")
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "a.txt").symlink_to("/dev/zero")
    (tmp_path / "in" / "b.txt").write_text("Exports rose 5%.")
    done = cli("annotate", tmp_path / "in", *RULES, "--out", "p.jsonl")
    assert done.returncode == 0
    assert len((tmp_path / "p.jsonl").read_bytes().splitlines()) == 1
    assert refused(cli("annotate", "", *RULES), "an empty path")


def test_a_damaged_cache_is_told(cli: Run, tmp_path: Path) -> None:
    """It ends the run with what to do, and no traceback."""
    (tmp_path / "a.txt").write_text("Exports rose 5%.")
    assert cli("annotate", tmp_path / "a.txt", *RULES, "--cache", tmp_path / "c").returncode == 0
    with sqlite3.connect(tmp_path / "c" / "annotations.sqlite") as store:
        store.execute("update lines set line = x'00ff'")
    done = cli("annotate", tmp_path / "a.txt", *RULES, "--cache", tmp_path / "c")
    assert refused(done, "the cache fails")


@pytest.mark.parametrize("score", ["NaN", "1e999", "7.5", "-0.5"])
def test_a_score_is_a_probability(cli: Run, tmp_path: Path, score: str) -> None:
    """Others are told by file, line and field."""
    pytest.importorskip("sklearn")
    (tmp_path / "g.jsonl").write_text('{"id": "1", "text": "A sentence.", "role": "claim"}\n')
    (tmp_path / "p.jsonl").write_text(
        f'{{"id": "1", "role": {{"label": "claim", "score": {score}}}}}\n'
    )
    done = cli("evaluate", tmp_path / "g.jsonl", "--predictions", tmp_path / "p.jsonl")
    assert refused(done, "p.jsonl:1")


def test_a_gate_for_errors_and_a_word_on_labels_that_are_never_answered(
    cli: Run, tmp_path: Path
) -> None:
    """``--max`` fails above; a gold label that no answer has may be misspelt."""
    pytest.importorskip("sklearn")
    gold = [("1", "claim"), ("2", "clam")]
    rows = [{"id": name, "text": f"Sentence {name}.", "role": role} for name, role in gold]
    (tmp_path / "g.jsonl").write_text("".join(json.dumps(row) + "\n" for row in rows))
    (tmp_path / "p.csv").write_text("id,role,stance.us\n1,claim,favor\n2,claim,against\n")
    command = ("evaluate", tmp_path / "g.jsonl", "--predictions", tmp_path / "p.csv")
    done = cli(*command, "--max", "role.macro_f1=0.1")
    assert done.returncode == 3
    assert "1 labelled 'clam', and no answer is" in done.stderr
    assert cli(*command, "--max", "role.macro_f1=0.9").returncode == 0


def test_a_run_may_write_into_the_folder_that_it_reads(cli: Run, tmp_path: Path) -> None:
    """Its own files are no articles, and no reason to refuse to go on."""
    folder = tmp_path / "articles"
    folder.mkdir()
    (folder / "a.txt").write_text("Exports rose 5%.")
    command = ("annotate", folder, *RULES, "--out", folder / "out.jsonl")

    first, second = cli(*command), cli(*command)

    assert (first.returncode, second.returncode) == (0, 0)
    assert "is finished" in second.stderr
    assert len((folder / "out.jsonl").read_text().splitlines()) == 1


def test_what_cannot_be_written_as_utf8_is_listed(cli: Run, tmp_path: Path) -> None:
    """A lone surrogate in an id or a name of a column is set aside, and the run goes on."""
    lines = ['{"id": "a \\\\ud800", "text": "x"}', '{"\\\\ud800": "x"}', '{"text": "Well."}']
    (tmp_path / "in.jsonl").write_text("".join(f"{line}\n" for line in lines).replace("\\\\", "\\"))

    done = cli("annotate", "in.jsonl", *RULES, "--out", "out.jsonl")

    assert done.returncode == 1
    failed = (tmp_path / "out.failed.jsonl").read_bytes().splitlines()
    assert [json.loads(line)["line"] for line in failed] == [1, 2]
    assert len((tmp_path / "out.jsonl").read_bytes().splitlines()) == 1


def test_a_report_replaces_no_input(cli: Run, tmp_path: Path) -> None:
    """Neither the gold nor the answers."""
    row = {"id": "1", "text": "x", "role": "claim"}
    for name in ("gold.jsonl", "answers.jsonl"):
        (tmp_path / name).write_text(json.dumps(row) + "\n")
    for name in ("gold.jsonl", "answers.jsonl"):
        done = cli(
            "evaluate", "gold.jsonl", "--predictions", "answers.jsonl", "--report", f"./{name}"
        )
        assert refused(done, "is read too")
        assert json.loads((tmp_path / name).read_text()) == row


@pytest.mark.parametrize(
    ("gold", "answers", "says"),
    [
        (["1", None], ["1", "2"], "1 of 2 labelled sentences lack the id"),
        (["1", "2"], ["1", "2", "2"], "the id '2' has more than one answer"),
    ],
)
def test_ids_that_leave_a_doubt_are_refused(
    cli: Run, tmp_path: Path, gold: list[str | None], answers: list[str], says: str
) -> None:
    """Matched by their order in silence they would give a wrong score."""
    for name, ids in (("gold", gold), ("answers", answers)):
        lines = [{"text": "x", "role": "claim", **({"id": i} if i else {})} for i in ids]
        (tmp_path / f"{name}.jsonl").write_text("".join(json.dumps(x) + "\n" for x in lines))
    done = cli("evaluate", "gold.jsonl", "--predictions", "answers.jsonl")
    assert done.returncode != 0
    assert says in done.stderr


def test_answers_are_read_as_annotate_writes_them(cli: Run, tmp_path: Path) -> None:
    """Packed, with a mark of byte order, with numbers for ids; empty cells are none."""
    gold = [
        {"id": 1, "lang": None, "text": "x", "role": "claim", "stance": {"china": None}},
        {"id": 2, "text": "y", "role": []},
    ]
    (tmp_path / "gold.jsonl").write_text("".join(json.dumps(x) + "\n" for x in gold))
    raw = "".join(json.dumps({"id": i, "role": "claim"}) + "\n" for i in (1, 2)).encode()
    (tmp_path / "a.jsonl.gz").write_bytes(gzip.compress(raw))
    (tmp_path / "b.jsonl").write_bytes(b"\xef\xbb\xbf" + raw)
    for name in ("a.jsonl.gz", "b.jsonl"):
        done = cli("evaluate", "gold.jsonl", "--predictions", name, "--json")
        assert done.returncode == 0, done.stderr
        assert json.loads(done.stdout)["all"]["role"]["rows"] == 1


def test_answers_are_matched_by_id_under_a_configuration(cli: Run, tmp_path: Path) -> None:
    """The id is that of the row, wherever its text and its labels stand; so are other columns."""
    pytest.importorskip("torch")
    (tmp_path / "gold.csv").write_text(
        "id,sentence,label,outlet\na,Good.,favor,X\nb,Bad.,against,Y\n"
    )
    (tmp_path / "c.toml").write_text(
        '[data]\ntrain = ["gold.csv"]\n[data.columns]\ntext = "sentence"\n'
        '[tasks."stance.x"]\nfield = "label"\n'
    )
    answers = [{"id": i, "stance": {"x": s}} for i, s in (("b", "against"), ("a", "favor"))]
    (tmp_path / "p.jsonl").write_text("".join(json.dumps(x) + "\n" for x in answers))
    more = ["--config", "c.toml", "--predictions", "p.jsonl", "--by", "outlet", "--json"]
    done = cli("evaluate", "gold.csv", *more)
    assert done.returncode == 0, done.stderr
    scores = json.loads(done.stdout)
    assert scores["all"]["stance.x"]["accuracy"] == 1.0
    assert scores["outlet"]["Y"]["stance.x"]["rows"] == 1


def test_a_label_that_the_model_lacks_is_told_with_its_line(cli: Run, tmp_path: Path) -> None:
    """Among many rows one has to find it."""
    rows = [{"text": "Exports rose.", "role": role} for role in ("evidence", "rumour")]
    (tmp_path / "gold.jsonl").write_text("".join(json.dumps(row) + "\n" for row in rows))

    done = cli("evaluate", "gold.jsonl", "--model", "us-china")

    assert refused(done, "gold.jsonl:2: role: the model has no label 'rumour'")


def test_a_model_is_written_over_nothing_else(cli: Run, tmp_path: Path, labelled: Path) -> None:
    """A folder with other files in it is no place for a model."""
    pytest.importorskip("torch")
    (tmp_path / "README.md").write_text("mine")
    done = cli(
        "train", "--set", f"data.train={labelled}", "--set", "method=head",
        "--set", 'tasks."stance.us_policy".field="stance.us_policy"', "--out", tmp_path,
    )  # fmt: skip
    assert refused(done, "holds other files and no training")
    assert (tmp_path / "README.md").read_text() == "mine"


def test_a_terminal_without_chinese_shows_numbers(tmp_path: Path) -> None:
    """No character of a table is worth a traceback."""
    row = {"id": "1", "text": "中国。", "role": "claim", "source": "新华社"}
    (tmp_path / "gold.jsonl").write_text(json.dumps(row) + "\n")
    done = subprocess.run(
        [sys.executable, "-m", "argmine", "evaluate", "gold.jsonl", "--predictions", "gold.jsonl",
         "--by", "source"],
        cwd=tmp_path, capture_output=True, check=False,
        env={**os.environ, "PYTHONIOENCODING": "latin-1"},
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    assert b"\\u65b0\\u534e\\u793e" in done.stdout
