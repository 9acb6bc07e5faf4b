"""Labelled rows of every form become the same examples, and what is amiss is found."""

from __future__ import annotations

import csv
import hashlib
import json

import pytest

pytest.importorskip("torch")

from typing import TYPE_CHECKING

from argmine import config
from argmine.errors import ConfigError, DataError
from argmine.evaluation import run
from argmine.evaluation.gold import read_gold
from argmine.training import check, data
from argmine.training.config import Columns, Source, TaskSettings, TrainingConfig, complete
from argmine.training.split import split

if TYPE_CHECKING:
    from pathlib import Path

STANCES = ["favor", "against", "neutral"]
TASKS = {"stance.tariffs": TaskSettings(field="label", labels=STANCES)}
ROWS = [
    {"text": "Tariffs work.", "label": "FAVOR"},
    {"text": "关税害人。", "label": "反对"},
    {"text": "Tariffs rose.", "label": "NONE"},
]
WANTED = [("Tariffs work.", 0, "en"), ("关税害人。", 1, "zh"), ("Tariffs rose.", 2, "en")]


def written(folder: Path, kind: str) -> Path:
    """Write the rows in one of the forms."""
    path = folder / f"rows.{kind}"
    if kind == "csv":
        with path.open("w", newline="", encoding="utf-8") as file:
            writer = csv.DictWriter(file, ["text", "label"])
            writer.writeheader()
            writer.writerows(ROWS)
    elif kind == "jsonl":
        path.write_text("".join(json.dumps(row) + "\n" for row in ROWS), encoding="utf-8")
    elif kind == "parquet":
        import pyarrow as pa
        from pyarrow import parquet

        parquet.write_table(pa.Table.from_pylist(ROWS), path)
    elif kind == "dataset":
        from datasets import Dataset

        Dataset.from_list(ROWS).save_to_disk(str(path))
    elif kind == "doccano.jsonl":
        lines = [{"id": n, "text": r["text"], "label": [r["label"]]} for n, r in enumerate(ROWS)]
        path.write_text("".join(json.dumps(row) + "\n" for row in lines), encoding="utf-8")
    elif kind == "label-studio.json":
        tasks = [
            {
                "id": number,
                "data": {"text": row["text"]},
                "annotations": [
                    {"was_cancelled": True, "result": []},
                    {
                        "was_cancelled": False,
                        "result": [
                            {
                                "from_name": "label",
                                "to_name": "text",
                                "type": "choices",
                                "value": {"choices": [row["label"]]},
                            }
                        ],
                    },
                ],
            }
            for number, row in enumerate(ROWS)
        ]
        path.write_text(json.dumps(tasks), encoding="utf-8")
    return path


@pytest.mark.parametrize(
    "kind", ["jsonl", "csv", "parquet", "dataset", "doccano.jsonl", "label-studio.json"]
)
def test_every_form_gives_the_same_examples(tmp_path: Path, kind: str) -> None:
    """Labels are put in our words, the words of the file are kept."""
    found = data.read_examples([str(written(tmp_path, kind))], TASKS, Columns())

    assert [(e.sentence.text, e.labels["stance.tariffs"], e.lang) for e in found] == WANTED
    assert [e.given["stance.tariffs"] for e in found] == [row["label"] for row in ROWS]
    assert all(example.where.startswith(str(tmp_path)) for example in found)


def test_columns_and_names_are_mapped(tmp_path: Path) -> None:
    """A file with names of its own, and labels that only its maker knows."""
    path = tmp_path / "rows.tsv"
    path.write_text("satz\turteil\nTariffs work.\t1\nThey fail.\t-1\n", encoding="utf-8")
    task = TaskSettings(field="urteil", labels=STANCES, names={"1": "favor", "-1": "against"})

    found = data.read_examples([str(path)], {"stance.x": task}, Columns(text="satz"))

    assert [example.labels["stance.x"] for example in found] == [0, 1]


def test_stances_toward_several_targets_are_a_row_each(tmp_path: Path) -> None:
    """What `annotate --target` wrote, corrected; a segment without any is context alone."""
    text = "Tariffs hurt farmers. He said so. 关税伤害农民。"
    row = {
        "id": "a",
        "text": text,
        "segments": [
            {"start": 0, "end": 21, "stance": {"tariffs": "against", "农民": {"label": "neutral"}}},
            {"start": 22, "end": 33},
            {"start": 34, "end": 41, "stance": {"取消关税": "favor", "x": "unsure"}},
        ],
    }
    path = tmp_path / "rows.jsonl"
    path.write_text(json.dumps(row) + "\n")
    task = TaskSettings(field="stance", labels=STANCES)

    found = data.read_examples([str(path)], {"stance": task}, Columns())

    assert [(e.sentence.text, e.sentence.target, e.labels["stance"]) for e in found] == [
        ("Tariffs hurt farmers.", "tariffs", 1),
        ("Tariffs hurt farmers.", "农民", 2),
        ("关税伤害农民。", "取消关税", 0),
    ]
    assert [e.article for e in found] == ["a"] * 3
    rows = run.by_target(read_gold(path))
    assert [(r.text, r.target, r.labels()) for r in rows] == [
        (e.sentence.text, e.sentence.target, {"stance": e.given["stance"]}) for e in found
    ]


def test_a_row_may_lack_some_labels(tmp_path: Path) -> None:
    """It counts for the tasks it has a label of."""
    path = tmp_path / "rows.jsonl"
    path.write_text('{"text": "A.", "role": "claim"}\n{"text": "B.", "label": "favor"}\n')
    tasks = TASKS | {"role": TaskSettings(field="role", labels=["claim", "evidence", "none"])}

    found = data.read_examples([str(path)], tasks, Columns())

    assert [e.labels["role"] for e in found] == [0, data.NO_LABEL]


def test_a_target_comes_from_the_row_or_from_its_source(tmp_path: Path) -> None:
    """One name of the target is drawn for each row, by its language."""
    path = tmp_path / "rows.jsonl"
    lines = [{"text": "Tariffs work.", "label": "favor", "target": "tariffs"}]
    path.write_text(json.dumps(lines[0]) + "\n", encoding="utf-8")
    tasks = {"stance": TaskSettings(field="label", labels=STANCES)}
    named = Source(path=str(path), targets={"en": ["duties", "levies"]})

    own, drawn = (data.read_examples([s], tasks, Columns())[0] for s in (str(path), named))

    assert own.sentence.target == "tariffs"
    assert drawn.sentence.target in ("duties", "levies")


@pytest.mark.parametrize(
    ("line", "says"),
    [
        ("{", "rows.jsonl:1: not a JSON object"),
        ('{"text": " "}', "rows.jsonl:1: text: expected a text, found ' '"),
        ('{"txt": "a"}', "rows.jsonl:1: text: no such column; did you mean 'txt'?"),
        ('{"text": "a", "label": "favr"}', "label: 'favr' is not a label; did you mean 'favor'"),
        ('{"text": "a", "label": ["favor", "against"]}', "is not a label"),
        ('{"text": "a", "b": 1}', "rows.jsonl:1: label: no label; the row has the columns text, b"),
    ],
)
def test_a_bad_row_is_named(tmp_path: Path, line: str, says: str) -> None:
    """File, line and column, with what would be right."""
    path = tmp_path / "rows.jsonl"
    path.write_text(line + "\n")

    with pytest.raises(DataError) as caught:
        data.read_examples([str(path)], TASKS, Columns())

    assert says in str(caught.value)


def example(text: str, article: str = "") -> data.Example:
    """A row of one label."""
    return data.Example(data.Sentence(text), {"t": 0}, "en", article)


def test_articles_are_held_out_whole() -> None:
    """About the share asked for, and a growing corpus does not move its articles."""
    rows = [example(f"{n}.", f"article {n // 5}") for n in range(1000)]
    train, dev = split(rows, 0.2, seed=1)
    more_train, more_dev = split([*rows, *(example("x", f"new {n}") for n in range(50))], 0.2, 1)

    assert not {e.article for e in train} & {e.article for e in dev}
    assert 100 < len(dev) < 300
    assert set(map(id, train)) <= set(map(id, more_train))
    assert set(map(id, dev)) <= set(map(id, more_dev))


def test_of_few_articles_one_is_held_out() -> None:
    """Also where none has drawn a number small enough."""
    for seed in range(20):
        rows = [example(f"{i}", article=f"a{i // 3}") for i in range(12)]
        train, dev = split(rows, 0.01, seed)
        assert len(train) == 9
        assert len(dev) == 3
    assert split([example("x", article="a")], 0.01, 1)[1] == []


def settings(encoder: Path, train: Path, dev: Path | None = None) -> TrainingConfig:
    """A configuration over two files."""
    table = {
        "encoder": str(encoder),
        "data": {"train": [str(train)]} | ({"dev": [str(dev)]} if dev else {}),
        "tasks": {"stance.tariffs": {"field": "label"}},
        "window": {"sentence": 80},
    }
    return config.parse(table, TrainingConfig, where="test")


def test_what_is_amiss_is_found(encoder: Path, tmp_path: Path) -> None:
    """Each kind of fault once, with file, line and column."""
    train, dev = tmp_path / "train.jsonl", tmp_path / "dev.jsonl"
    long = "Old tariffs are bad here " * 20
    rows = [
        {"text": "Tariffs hurt the farmers of the whole Middle West.", "label": "against"},
        {"text": "tariffs  hurt the farmers of the whole Middle West.", "label": "against"},
        {"text": "Steel is made here.", "label": "neutral", "article": "a"},
        {"text": "Steel is made here.", "label": "favor"},
        {"text": "", "label": "favor"},
        {"text": "A word.", "label": "fvor"},
        {"text": long, "label": "favor"},
    ]
    train.write_text("".join(json.dumps(row) + "\n" for row in rows))
    rows = [
        {"text": "Tariffs hurt the farmers of the whole Middle West!", "label": "against"},
        {"text": "Nothing like it in there.", "label": "neutral", "article": "a"},
    ]
    dev.write_text("".join(json.dumps(row) + "\n" for row in rows))

    report = check.check(settings(encoder, train, dev))
    found = {
        (f.level, f.kind, f.where.removeprefix(str(tmp_path)), f.column) for f in report.findings
    }

    assert {
        ("error", "unreadable", "/train.jsonl:5", "text"),
        ("error", "unreadable", "/train.jsonl:6", "label"),
        ("error", "conflict", "/train.jsonl:4", "text"),
        ("warning", "duplicate", "/train.jsonl:2", "text"),
        ("warning", "leak", "/dev.jsonl:1", "text"),
        ("warning", "leak", "/dev.jsonl:2", "article"),
        ("warning", "long", "/train.jsonl:7", "text"),
        ("warning", "balance", "", "label"),
    } == found
    assert report.rows == {"train": 5, "dev": 2}
    assert report.balance["dev"]["stance.tariffs"]["en"] == {"against": 1, "neutral": 1}


def test_the_check_of_the_command_line(cli, encoder: Path, tmp_path: Path) -> None:  # noqa: ANN001
    """It needs no configuration file, and its exit code tells of errors."""
    path = tmp_path / "rows.csv"
    path.write_text("text,side\nTariffs work.,PRO\n,CON\n", encoding="utf-8")

    given = ["data.train=rows.csv", f"encoder={encoder}", 'tasks."stance.tariffs".field=side']
    done = cli("data", "check", *(part for value in given for part in ("--set", value)))

    assert done.returncode == 1
    assert "rows.csv:3: text: expected a text, found ''" in done.stdout


def test_a_task_of_ones_own_needs_labels(encoder: Path, tmp_path: Path) -> None:
    """Those of role, stance and holder are known."""
    made = settings(encoder, tmp_path / "rows.jsonl")
    assert complete(made).tasks["stance.tariffs"].labels == STANCES

    table = {"encoder": "x", "data": {"train": ["y"]}, "tasks": {"frame": {"field": "frame"}}}
    with pytest.raises(ConfigError, match=r"tasks\.frame\.labels"):
        complete(config.parse(table, TrainingConfig, where="test"))


PASSAGE = "Tariffs work. They hurt nobody. Prices rose. 关税有害。"
SPANS = [(0, 13), (14, 31), (32, 44), (45, 50)]


def passage(**more: object) -> dict[str, object]:
    """A document whose first segment stands there as context alone."""
    labels = [None, "favor", {"label": "neutral", "score": 0.9}, "反对"]
    segments = [
        {"start": start, "end": end, **({"stance": {"tariffs": label}} if label else {})}
        for (start, end), label in zip(SPANS, labels, strict=True)
    ]
    return {"id": "a", "segments": segments, **more}


def read_passage(folder: Path, line: dict[str, object], texts: str | None) -> list[data.Example]:
    """Read one document for its stance toward tariffs."""
    path = folder / "labels.jsonl"
    path.write_text(json.dumps(line) + "\n")
    tasks = {"stance.tariffs": TaskSettings(field="stance.tariffs", labels=STANCES)}
    return data.read_examples([Source(path=str(path), texts=texts)], tasks, Columns())


@pytest.mark.parametrize("apart", [False, True])
def test_labelled_segments_of_a_document_are_rows(tmp_path: Path, *, apart: bool) -> None:
    """With their neighbours, and each following the last; the text may lie elsewhere."""
    texts = tmp_path / "texts.jsonl"
    texts.write_text(json.dumps({"id": "a", "text": PASSAGE}) + "\n")
    line = passage() if apart else passage(text=PASSAGE)
    found = read_passage(tmp_path, line, str(texts) if apart else None)

    assert [row.labels["stance.tariffs"] for row in found] == [0, 2, 1]
    assert [row.sentence.text for row in found] == [PASSAGE[a:b] for a, b in SPANS[1:]]
    assert found[0].sentence.before == "Tariffs work."
    assert [row.sentence.follows for row in found] == [False, True, True]
    assert {row.article for row in found} == {"a"}


@pytest.mark.parametrize(
    ("part", "around"), [("prev", ("", "It hurts.")), ("next", ("It hurts.", ""))]
)
def test_what_stands_around_a_text_is_labelled_by_its_part(
    tmp_path: Path, part: str, around: tuple[str, str]
) -> None:
    """The text itself is its context, and the two share an article."""
    texts = tmp_path / "texts.jsonl"
    row = {"id": "a", "text": "It hurts.", "prev": "Tariffs rose.", "next": "They stay."}
    texts.write_text(json.dumps({**row, "article": "x", "stance": {"tariffs": "favor"}}) + "\n")
    line = {"id": "a", "part": part, "stance": {"tariffs": "against"}}
    [found] = read_passage(tmp_path, line, str(texts))

    assert found.sentence.text == row[part]
    assert (found.sentence.before, found.sentence.after) == around
    assert found.labels["stance.tariffs"] == STANCES.index("against")
    assert found.article == "x"


def test_what_stands_around_a_text_is_never_split_from_it(tmp_path: Path) -> None:
    """Without an article the three go by the text; a row's own copy of it counts for nothing."""
    rows = [{"id": str(n), "text": f"It is {n}.", "prev": f"Before {n}."} for n in range(60)]
    texts = tmp_path / "texts.jsonl"
    texts.write_text("".join(json.dumps(row) + "\n" for row in rows))
    label = {"stance": {"tariffs": "favor"}}
    lines = [{**row, **label} for row in rows] + [{**row, "part": "prev", **label} for row in rows]
    path = tmp_path / "labels.jsonl"
    path.write_text("".join(json.dumps(line) + "\n" for line in lines))
    tasks = {"stance.tariffs": TaskSettings(field="stance.tariffs", labels=STANCES)}
    found = data.read_examples([Source(path=str(path), texts=str(texts))], tasks, Columns())

    assert [row.sentence.text for row in found[60:]] == [row["prev"] for row in rows]
    parts = split(found, 0.3, 13)
    numbers = [{row.sentence.text.split()[-1] for row in part} for part in parts]
    assert all(numbers)
    assert not numbers[0] & numbers[1]


@pytest.mark.parametrize(
    ("line", "says"),
    [
        (passage(part="title"), "part: expected prev or next, found 'title'"),
        (passage(part="prev"), "part: the text of the id 'a' has no 'prev'"),
        (passage(text_sha256="0" * 64), "text_sha256: the text is not the one"),
        (passage(id="b"), "id: there is no text of the id 'b'"),
        (passage(id=None), "id: a row whose text lies elsewhere needs one"),
        (passage(id="twice"), "texts.jsonl:4: id: 'twice' stands on an earlier line too"),
        (passage(id="short"), r"labels.jsonl:1: segments\[2\]: expected start and end"),
        (passage(id="odd"), r"segments\[0\]: holds a lone surrogate"),
        (passage(segments=[{"start": 3, "end": 9}, {"start": 2, "end": 5}]), "starts at 2, before"),
        (
            passage(segments=[{"start": 0, "end": 9, "stance": 3}]),
            r"segments\[0\].stance: expected",
        ),
        (
            passage(segments=[{"start": 0, "end": 9, "stance": {"tariffs": "perhaps"}}]),
            r"labels.jsonl:1 segments\[0\]: stance.tariffs: 'perhaps' is not a label",
        ),
    ],
)
def test_labels_that_do_not_fit_are_refused(
    tmp_path: Path, line: dict[str, object], says: str
) -> None:
    """Offsets mean nothing in a text that has changed, or is not there."""
    texts = tmp_path / "texts.jsonl"
    rows = [
        {"id": "a", "text": PASSAGE, "stance": {"tariffs": "favor"}, "segments": []},
        {"id": "short", "text": PASSAGE[:40]},
        {"id": "twice", "text": PASSAGE},
        {"id": "twice", "text": PASSAGE},
        {"id": "odd", "text": "\ud800" + PASSAGE},
        {"text": "of no name"},
    ]
    texts.write_text("".join(json.dumps(row) + "\n" for row in rows) + "{broken\n")
    with pytest.raises(DataError, match=says):
        read_passage(tmp_path, line, str(texts))


def test_what_has_no_label_is_context(tmp_path: Path) -> None:
    """A segment for another task, one that is unsure, a document that says nothing."""
    segments = [
        {"start": a, "end": b, **labels}
        for (a, b), labels in zip(
            SPANS,
            [
                {"stance": {"tariffs": "favor"}},
                {"role": "claim", "stance": {"tariffs": {"label": "unsure", "score": 0.4}}},
                {"stance": [{"target": "tariffs", "label": "against", "score": 0.9}]},
                {"stance": {"tariffs": None}},
            ],
            strict=True,
        )
    ]
    found = read_passage(tmp_path, passage(text=PASSAGE, segments=segments), None)
    assert [row.labels["stance.tariffs"] for row in found] == [0, 1]
    assert found[1].sentence.before == "They hurt nobody."
    assert [row.sentence.follows for row in found] == [False, False]

    from argmine.formats.labelled import read_labelled

    path = tmp_path / "none.jsonl"
    empty = {"id": "e", "text": "", "text_sha256": hashlib.sha256(b"").hexdigest(), "segments": []}
    path.write_text(json.dumps(empty) + "\n" + json.dumps({"text": "A", "segments": []}) + "\n")
    assert [row.line for row in read_labelled(path)] == [2]


def test_a_text_lends_words_and_no_labels(tmp_path: Path) -> None:
    """Beside it may lie what a model said; marks are left out as when it is judged."""
    texts = tmp_path / "texts.jsonl"
    said = {"start": 0, "end": 13, "stance": {"tariffs": "favor"}}
    texts.write_text(json.dumps({"id": "a", "text": "Tariffs[3] harm.", "segments": [said]}) + "\n")
    mark = {"start": 7, "end": 10, "text": "[3]"}
    part = {"start": 0, "end": 16, "citations": [mark], "stance": {"tariffs": "against"}}
    [row] = read_passage(tmp_path, {"id": "a", "segments": [part]}, str(texts))

    assert (row.sentence.text, row.labels["stance.tariffs"]) == ("Tariffs harm.", 1)


def test_a_draw_of_rows_keeps_what_follows(tmp_path: Path) -> None:
    """A sentence whose predecessor was not drawn begins a row of its own."""
    path = tmp_path / "labels.jsonl"
    path.write_text("".join(json.dumps(passage(id=str(n), text=PASSAGE)) + "\n" for n in range(20)))
    tasks = {"stance.tariffs": TaskSettings(field="stance.tariffs", labels=STANCES)}
    found = data.read_examples([Source(path=str(path), rows=40)], tasks, Columns())

    assert len(found) == 40
    for last, row in zip([None, *found], found, strict=False):
        near = last is not None and last.article == row.article
        assert row.sentence.follows == (near and last.sentence.text == row.sentence.before)
    assert any(row.sentence.follows for row in found)


def test_a_document_has_the_columns_of_the_table(tmp_path: Path) -> None:
    """Text, context and article may go by other names."""
    path = tmp_path / "labels.jsonl"
    path.write_text(json.dumps(passage(body=PASSAGE, paper="NYT")) + "\n")
    tasks = {"stance.tariffs": TaskSettings(field="stance.tariffs", labels=STANCES)}
    columns = Columns(text="body", prev="l", next="r", article="paper")
    found = data.read_examples([str(path)], tasks, columns)

    assert [row.article for row in found] == ["NYT"] * 3
    assert found[0].sentence.before == "Tariffs work."
