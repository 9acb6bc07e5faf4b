"""Every form of input, and every way in which it can be bad."""

from __future__ import annotations

import gzip
import json
from typing import TYPE_CHECKING

import pytest

from argmine.errors import DataError
from argmine.formats import inputs, sources
from argmine.formats.tables import Columns
from argmine.records import Document, Failure

if TYPE_CHECKING:
    from pathlib import Path

ROWS = [
    {"id": "a", "text": "关税太高。", "source": "X", "n": 3},
    {"id": "b", "text": "Fine.", "source": "Y", "n": 4},
]


def read(path: Path, columns: Columns = Columns()) -> list[Document | Failure]:  # noqa: B008
    """Read all that one path holds."""
    return list(sources.read(inputs.find([str(path)]).paths, columns))


def expected() -> list[tuple[str, str, object]]:
    """What every table of the rows must come out as."""
    return [(row["id"], row["text"], row["source"]) for row in ROWS]


def seen(items: list[Document | Failure]) -> list[tuple[str, str, object]]:
    """The same of what was read."""
    assert all(isinstance(item, Document) for item in items)
    return [(d.id, d.text, d.meta["source"]) for d in items if isinstance(d, Document)]


@pytest.mark.parametrize(
    "ending", ["jsonl", "jsonl.gz", "jsonl.zst", "csv", "tsv", "parquet", "dataset"]
)
def test_tables(tmp_path: Path, ending: str) -> None:
    """Rows, ids and further columns are the same from every table."""
    import datasets
    import pyarrow as pa
    import zstandard
    from pyarrow import parquet

    path = tmp_path / f"rows.{ending}"
    lines = "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in ROWS).encode()
    if ending == "jsonl":
        path.write_bytes(lines)
    elif ending == "jsonl.gz":
        path.write_bytes(gzip.compress(lines))
    elif ending == "jsonl.zst":
        path.write_bytes(zstandard.compress(lines))
    elif ending in ("csv", "tsv"):
        mark = "\t" if ending == "tsv" else ","
        cells = [[str(row[key]) for key in row] for row in ROWS]
        path.write_text("\n".join(mark.join(row) for row in [list(ROWS[0]), *cells]))
    elif ending == "parquet":
        parquet.write_table(pa.Table.from_pylist(ROWS), path)
    else:
        datasets.Dataset.from_list(ROWS).save_to_disk(str(path))

    assert expected() == seen(read(path))


def test_columns_can_be_named(tmp_path: Path) -> None:
    """Corpora call their text what they like."""
    path = tmp_path / "x.jsonl"
    path.write_text('{"body": "Text.", "key": 7}\n')

    [document] = read(path, Columns("body", "key"))

    assert isinstance(document, Document)
    assert (document.id, document.text) == ("7", "Text.")


def test_html_without_the_page_around_it(seeds: Path) -> None:
    """Title, date and source are kept, menus and scripts are not."""
    [document] = read(seeds / "en-page.html")

    assert isinstance(document, Document)
    assert document.text.startswith("Solar ruling leaves installers in the dark\n\nA federal")
    assert not any(word in document.text for word in ("Log in", "Most read", "track(", "Copyright"))
    wanted = {"source": "Coastal Ledger", "published": "2025-03-18", "author": "Priya Lindqvist"}
    assert wanted == {key: document.meta[key] for key in wanted}


def test_html_that_tables_lay_out(tmp_path: Path) -> None:
    """Cells of prose are paragraphs, cells of data a table; no year is guessed for a date."""
    told = "，".join(f"第{n}位专家警告物价将上涨" for n in "一二三四五六七八九") + "。"
    prose = f"　　美国周三将关税提高。<br>　　{told}"
    data = "<table><tr><th>国家</th><th>税率</th></tr><tr><td>甲国</td><td>46%</td></tr></table>"
    page = (
        "<html><head><title>关税上调</title></head><body>"
        f"<table><tr><td>菜单</td><td><table><tr><td>{prose}</td></tr></table>{data}</td></tr></table>"
        "<p>Copyright 2011</p></body></html>"
    )
    (tmp_path / "old.html").write_text(page)

    [document] = read(tmp_path / "old.html")

    assert isinstance(document, Document)
    lines = [line for line in document.text.splitlines() if line]
    assert lines[:4] == [
        "关税上调",
        "菜单",
        "美国周三将关税提高。",
        told,
    ]
    assert "| 甲国 | 46% |" in lines
    assert "published" not in document.meta


@pytest.mark.parametrize(
    ("part", "lines"),
    [
        ("<blockquote>We fight,<br>he said.</blockquote>", ["> We fight,", "> he said."]),
        ("<blockquote>First <p>Then.</p> Last</blockquote>", ["> First", "> Then.", "> Last"]),
        ("<div><p>Para.</p> Then tail words.</div>", ["Para.", "Then tail words."]),
        (
            "<ul><li>Steel<ul><li>Bars</li><li>Pipes</li></ul></li></ul>",
            ["- Steel", "- Bars", "- Pipes"],
        ),
        ("<ul><li><p>One.</p><p>Second</p></li></ul>", ["- One.", "Second"]),
        ("<h2>Who pays<br>now?</h2>", ["## Who pays now?"]),
        (
            (
                "<table><tr><td><p>China</p></td><td><p>145%</p></td></tr>"
                "<tr><td><p>Japan</p></td><td><p>24%</p></td></tr></table>"
            ),
            ["| China | 145% |", "| Japan | 24% |"],
        ),
        ("<p>Pay<b>ment</b> due</p>", ["Payment due"]),
    ],
)
def test_the_parts_of_a_page(tmp_path: Path, part: str, lines: list[str]) -> None:
    """No word is lost or run into another; quotations, lists and headings are marked."""
    prose = "prose about trade and harbours that is long enough to be taken for the article."
    page = (
        "<html><head><title>T</title></head><body><article>"
        f"<p>First {prose}</p>{part}<p>Last {prose}</p></article></body></html>"
    )
    (tmp_path / "page.html").write_text(page)

    [document] = read(tmp_path / "page.html")

    assert isinstance(document, Document)
    assert document.text.split("\n\n")[2:-1] == lines


def test_a_folder_in_the_order_of_names(tmp_path: Path) -> None:
    """Known kinds are read, hidden and unknown files left aside."""
    for name in ("b.txt", "a.md", "sub/c.txt", ".hidden.txt", "photo.jpg"):
        path = tmp_path / name
        path.parent.mkdir(exist_ok=True)
        path.write_text(f"In {name}.")

    found = inputs.find([str(tmp_path)])

    assert [p.rsplit("/", 1)[1] for p in found.paths] == ["a.md", "b.txt", "c.txt"]
    assert [p.rsplit("/", 1)[1] for p in found.skipped] == ["photo.jpg"]


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        ('{"text": "cut', "not a JSON object"),
        ('["text"]', "not a JSON object"),
        ('{"txt": "x"}', "no field 'text'; did you mean 'txt'"),
        ('{"text": 5}', "expected text, found 5"),
        ('{"text": null}', "expected text, found None"),
        ('{"text": "  \\n"}', "the text is empty"),
        ('{"text": "a\\ud800b"}', "surrogate"),
        ("[" * 100_000, "not a JSON object"),
    ],
    ids=["cut", "list", "key", "number", "null", "blank", "surrogate", "deep"],
)
def test_a_bad_line_is_set_aside_with_its_number(tmp_path: Path, line: str, reason: str) -> None:
    """The lines around it are read, and the failure names file, line and reason."""
    path = tmp_path / "x.jsonl"
    path.write_text(f'{{"text": "One."}}\n{line}\n{{"text": "Three."}}\n')

    first, failure, third = read(path)

    assert isinstance(first, Document)
    assert isinstance(third, Document)
    assert isinstance(failure, Failure)
    assert (str(path), 2) == (failure.file, failure.line)
    assert reason in failure.reason


@pytest.mark.parametrize(
    ("name", "raw"),
    [
        ("empty.txt", b""),
        ("blank.md", b" \n\t"),
        ("binary.txt", bytes(range(256)) * 9),
        ("page.html", b"<html><body></body></html>"),
        ("broken.txt.gz", gzip.compress(b"text" * 999)[:-20]),
        ("notgzip.jsonl.gz", b'{"text": "x"}\n'),
        ("not.parquet", b"PAR?"),
    ],
)
def test_a_bad_file_is_set_aside(tmp_path: Path, name: str, raw: bytes) -> None:
    """One failure, no error."""
    path = tmp_path / name
    path.write_bytes(raw)

    [failure] = read(path)

    assert isinstance(failure, Failure)
    assert failure.file == str(path)


def test_a_missing_column_is_wrong_use(tmp_path: Path) -> None:
    """Of a table without the text column the nearest name is told."""
    path = tmp_path / "x.csv"
    path.write_text("id,txt\n1,Hello.\n")

    with pytest.raises(DataError, match="no column 'text'; did you mean 'txt'"):
        read(path)


def test_a_missing_file_is_wrong_use() -> None:
    """A path that is not there stops the run before it starts."""
    with pytest.raises(DataError, match="nowhere"):
        inputs.find(["nowhere/*.txt"])


def test_a_row_with_too_many_cells_is_set_aside(tmp_path: Path) -> None:
    """An unquoted comma must not cut a text short in silence."""
    path = tmp_path / "x.csv"
    path.write_text("id,text\n1,Hello, world\n2,Fine.\n")

    failure, document = read(path)

    assert isinstance(failure, Failure)
    assert "more cells" in failure.reason
    assert isinstance(document, Document)


@pytest.mark.parametrize(
    "raw",
    [
        "id;text\n1;Exports rose 5%.\n",
        "id\ttext\n1\tExports rose 5%.\n",
        "sep=;\nid;text\n1;Exports rose 5%.\n",
    ],
)
def test_tables_of_spreadsheets(tmp_path: Path, raw: str) -> None:
    """Where the comma is the decimal mark, others part the cells."""
    path = tmp_path / "a.csv"
    path.write_text(raw)

    [document] = read(path)

    assert isinstance(document, Document)
    assert (document.id, document.text) == ("1", "Exports rose 5%.")


def test_a_json_value_over_many_lines_is_one_failure(tmp_path: Path) -> None:
    """It is told how to name the file."""
    path = tmp_path / "a.jsonl"
    path.write_text('[\n{"text": "Exports rose 5%."}\n]\n')

    [failure] = read(path)

    assert isinstance(failure, Failure)
    assert "name the file .json" in failure.reason


def test_a_missing_number_is_no_id(tmp_path: Path) -> None:
    """Tables have NaN there."""
    path = tmp_path / "a.json"
    path.write_text('[{"id": NaN, "text": "One."}, {"id": NaN, "text": "Two."}]')

    found = [item.id for item in read(path) if isinstance(item, Document)]

    assert len(set(found)) == 2
    assert "nan" not in found
