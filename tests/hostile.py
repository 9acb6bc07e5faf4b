"""Make a corpus of hostile inputs: ``python tests/hostile.py FOLDER``.

Each case says what must come of it: how many documents are annotated, and which lines are
set aside for what reason.
"""

from __future__ import annotations

import gzip
import io
import json
import sys
import zipfile
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

import zstandard

if TYPE_CHECKING:
    from collections.abc import Callable

ENGLISH = "The ministry said exports rose 3.5% to $12 billion in May. Critics disagree."
CHINESE = "商务部表示，5月出口增长3.5%，达到120亿美元。批评者不同意。"
MILLION = 1_000_000


@dataclass(frozen=True)
class Case:
    """A file, and what must come of it: documents, and a reason for each line set aside.

    A reason of line 0 is one of the whole file.
    """

    name: str
    make: Callable[[], bytes]
    documents: int = 0
    failures: dict[int, str] = field(default_factory=dict)


def lines(*rows: object) -> bytes:
    """Return JSON lines; what is bytes already stands as it is."""
    return b"".join((r if isinstance(r, bytes) else json.dumps(r).encode()) + b"\n" for r in rows)


def text(words: str) -> dict[str, str]:
    """Return a row with a text."""
    return {"text": words}


def zipped() -> bytes:
    """Return a zip archive."""
    raw = io.BytesIO()
    with zipfile.ZipFile(raw, "w") as archive:
        archive.writestr("a.txt", ENGLISH * 100)
    return raw.getvalue()


def bomb() -> bytes:
    """Return a gigabyte of one line in a megabyte."""
    part = gzip.compress(b" x" * (32 * MILLION))
    return part * 16


def dates() -> bytes:
    """Return a Parquet table whose second row has a date beyond all calendars."""
    import pyarrow as pa
    from pyarrow import parquet

    days = pa.array([0, 2**31 - 1, 1], pa.int32()).cast(pa.date32())
    raw = io.BytesIO()
    parquet.write_table(pa.table({"text": [ENGLISH, ENGLISH, CHINESE], "day": days}), raw)
    return raw.getvalue()


CASES = [
    # JSON lines that are none.
    Case(
        "truncated.jsonl",
        lambda: lines(text(ENGLISH), b'{"text": "cut off', text(CHINESE)),
        2,
        {2: "not a JSON object"},
    ),
    Case(
        "types.jsonl",
        lambda: lines(
            text(ENGLISH),
            {"text": 5},
            {"text": None},
            {"text": ["a"]},
            [1],
            b"7",
            b"null",
            {"body": 1},
        ),
        1,
        {
            2: "expected text, found 5",
            3: "expected text, found None",
            4: "expected text, found",
            5: "not a JSON object",
            6: "not a JSON object",
            7: "not a JSON object",
            8: "no field 'text'",
        },
    ),
    Case(
        "empty.jsonl",
        lambda: lines(text(""), text(" \n\t "), text("\u3000\u00a0"), b"", text(ENGLISH)),
        1,
        {1: "empty", 2: "empty", 3: "empty"},
    ),
    Case("nothing.jsonl", lambda: b""),
    Case("nul.jsonl", lambda: lines(text(f"{ENGLISH}\0{CHINESE}"), b"\0\0\0", text(ENGLISH)), 2, {2: "not a JSON object"}),
    Case(
        "bytes.jsonl",
        lambda: lines(text(ENGLISH), b'{"text": "\xff\xfe\x80 broken \xc3\x28"}', text(ENGLISH)),
        3,
    ),
    Case("surrogate.jsonl", lambda: lines(b'{"text": "a \\ud800 b"}', text(ENGLISH)), 1, {1: "surrogate"}),
    Case("same-ids.jsonl", lambda: lines({"id": "1", **text(ENGLISH)}, {"id": "1", **text(CHINESE)}), 2),
    Case("same-keys.jsonl", lambda: lines(b'{"text": "One.", "text": "Two."}'), 1),
    Case("deep.jsonl", lambda: lines(b'{"text": "a", "x": ' + b"[" * 100_000 + b"]" * 100_000 + b"}", text(ENGLISH)), 1, {1: "not a JSON object"}),
    Case("mixed.jsonl", lambda: lines(
        json.dumps(text(CHINESE), ensure_ascii=False).encode("gb18030"),
        json.dumps(text(CHINESE), ensure_ascii=False).encode("utf-8"),
    ), 2),
    Case("wide.jsonl", lambda: lines(text(ENGLISH), {}, text(CHINESE)).decode().encode("utf-16-le"), 2, {2: "no field 'text'"}),
    Case("scripts.jsonl", lambda: lines(
        text("وقالت الوزارة إن الصادرات ارتفعت بنسبة ثلاثة في المئة خلال الشهر الماضي"),
        text("산업부는 지난달 수출이 3.5% 늘어 120억 달러를 기록했다고 밝혔다. 전문가들은 이에 동의하지 않았다."),
        text("Министерство сообщило, что экспорт вырос на 3,5 процента до 12 миллиардов долларов."),
        text(f"{ENGLISH} Правда"),
    ), 1, dict.fromkeys((1, 2, 3), "neither Chinese nor English")),
    Case("returns.jsonl", lambda: lines(text(ENGLISH), text(CHINESE)).replace(b"\n", b"\r\n"), 2),
    Case("huge-numbers.jsonl", lambda: lines({"n": 10**400, **text(ENGLISH)}, b'{"text": "x", "n": 1e999}'), 2),
    # Long ones.
    Case("long-line.jsonl", lambda: lines(text(ENGLISH * (50 * MILLION // len(ENGLISH))), text(ENGLISH)), 1, {1: "cut it into several"}),
    Case("no-marks.jsonl", lambda: lines(text("word " * (MILLION // 5)), text("字" * MILLION)), 2),
    Case("quotes.jsonl", lambda: lines(text("“" * 10_000 + "x" + "”" * 10_000), text("「" * 10_000), text('"' * 10_001)), 3),
    Case("digits.jsonl", lambda: lines(*(text(mark * 50_000) for mark in ("7", "万", ",", "1,", "三分之"))), 5),
    Case("brackets.jsonl", lambda: lines(*(text(mark * 40_000) for mark in ("(", "[1]", "（", "1) ", "- "))), 5),
    Case("line-ends.jsonl", lambda: lines(text("\n" * 100_000 + "a"), text("a\n" * 100_000), text("\r" * 1000 + "b")), 3),
    Case("combining.jsonl", lambda: lines(text("e" + "\u0301" * 100_000), text("\u202e\u200b" * 10_000 + "x")), 2),
    # Packed.
    Case("cut.jsonl.gz", lambda: gzip.compress(lines(*[text(f"{n} {ENGLISH}") for n in range(500)]), 0)[:-40], 499, {500: "damaged data"}),
    Case("garbage.jsonl.gz", lambda: b"no gzip at all", 0, {1: "damaged data"}),
    Case("cut.jsonl.zst", lambda: zstandard.compress(lines(*[text(f"{n} {ENGLISH}") for n in range(50)]))[:-9], 0, {1: "damaged data"}),
    Case("bomb.jsonl.zst", lambda: zstandard.compress(b" x" * (256 * MILLION)), 0, {1: "more than 128 MB"}),
    Case("bomb.jsonl.gz", bomb, 0, {1: "more than 128 MB"}),
    # Texts that are none.
    Case("archive.txt", zipped, 0, {0: "binary file"}),
    Case("picture.txt", lambda: b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 20, 0, {0: ""}),
    Case("zeros.txt", lambda: b"\0" * MILLION, 0, {0: "binary"}),
    Case("empty.txt", lambda: b"", 0, {0: "empty"}),
    Case("blank.txt", lambda: b" \n\n\t\n", 0, {0: "empty"}),
    Case("utf16.txt", lambda: CHINESE.encode("utf-16"), 1),
    Case("gb.txt", lambda: (CHINESE * 9).encode("gb18030"), 1),
    Case("big5.txt", lambda: ("商務部表示，五月出口增長。批評者不同意。" * 9).encode("big5"), 1),
    Case("latin.txt", lambda: ("The café résumé said so. " * 9).encode("latin-1"), 1),
    Case("long.txt", lambda: (ENGLISH + "\n").encode() * (11 * MILLION // 80), 0, {0: "cut it into several"}),
    Case("nested.html", lambda: b"<div>" * 50_000 + b"<p>" + ENGLISH.encode() + b"</p>", 0, {0: "no article text"}),
    Case("script.html", lambda: b"<html><script>" + b"x=1;" * 100_000 + b"</script></html>", 0, {0: ""}),
    # Tables.
    Case("quote.csv", lambda: f'text,n\n"{ENGLISH}",1\n"never closed,2\n{ENGLISH},3\n'.encode(), 2, {3: "not CSV"}),
    Case("quotes.csv", lambda: b"text,n\n" + b'q","\n' * 600_000, 0, dict.fromkeys(range(2, 29), "not CSV")),
    Case("bytes.csv", lambda: f"text,n\n{CHINESE},1\n".encode() * 9 + b"A word \xff\xfe,2\n" + f"{ENGLISH},3\n".encode(), 18, {19: "wrong in the encoding"}),
    Case("commas.csv", lambda: f"text,n\none, two, three,1\n{ENGLISH},2\n".encode(), 1, {2: "more cells"}),
    Case("header.csv", lambda: b"text\n"),
    Case("column.csv", lambda: b"body,n\nx,1\n", 0, {0: "no column 'text'"}),
    Case("late-bytes.csv", lambda: b"text\n" + b"A word or two here. " * 20 + b"\n" + (b"word " * 60 + b"\n") * 4_000 + b"\xff\xff\n", 4_001, {4_003: "wrong in the encoding"}),
    Case("header-quote.csv", lambda: b'"text"x,n\na,1\n', 0, {0: "expected"}),
    Case("wide.csv", lambda: ("text,n\n" + ("字" * 200 + "。\U00020000,1\n") * 3_000).encode("utf-16"), 3_000),
    Case("dates.parquet", dates, 2, {2: "cannot be read"}),
    Case("none.parquet", lambda: b"PAR1 and no more", 0, {0: "not a Parquet file"}),
    Case("array.json", lambda: json.dumps([text(ENGLISH), 5, text(CHINESE)]).encode(), 2, {2: "no object"}),
]  # fmt: skip


def make(folder: Path) -> None:
    """Write all cases."""
    folder.mkdir(parents=True, exist_ok=True)
    for case in CASES:
        (folder / case.name).write_bytes(case.make())


if __name__ == "__main__":
    make(Path(sys.argv[1]))
