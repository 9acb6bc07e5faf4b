"""Files of answers: what is missing, what belongs elsewhere, whose words they are in."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import msgspec
import pytest

from argmine.errors import DataError
from argmine.evaluation import compare, run
from argmine.evaluation.agreement import agreement
from argmine.evaluation.answers import Field, Label, Layout, read_answers
from argmine.evaluation.gold import GoldRow, read_gold

if TYPE_CHECKING:
    import subprocess
    from collections.abc import Callable, Sequence
    from pathlib import Path

    Run = Callable[..., subprocess.CompletedProcess[str]]


def lines(path: Path, rows: Sequence[dict[str, Any]]) -> Path:
    """Write rows as JSON lines."""
    path.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    return path


GOLD = [
    GoldRow(id=str(n), text=f"Sentence {n}.", role="claim", stance={"china": "favor"})
    for n in range(4)
]


@pytest.mark.parametrize("blank", [{}, {"role": None}, {"role": ""}, {"role": {"label": " "}}])
def test_a_missing_answer_is_no_right_one(tmp_path: Path, blank: dict[str, Any]) -> None:
    """Left out of the score, it would make it better."""
    said = [{"id": str(n), "role": "claim"} for n in range(3)]
    path = lines(tmp_path / "p.jsonl", [*said, {"id": "3", **blank}])
    with pytest.raises(DataError, match=r"role: no answer for 1 of 4 .* the first is the id '3'"):
        read_answers(path, GOLD)


def test_a_task_without_any_answer_is_told(tmp_path: Path) -> None:
    """Answers need not be to all tasks; where they are to none that is labelled, both are named."""
    path = lines(tmp_path / "p.jsonl", [{"id": str(n), "role": "claim"} for n in range(4)])
    answers = run.matched(GOLD, read_answers(path, GOLD))
    assert run.remarks(GOLD, answers) == ["stance.china: 4 labelled, and no answer to it"]

    path = lines(tmp_path / "p.jsonl", [{"id": str(n), "holder": "author"} for n in range(4)])
    with pytest.raises(DataError, match=r"labelled is role, stance\.china, answered holder"):
        run.matched(GOLD, read_answers(path, GOLD))


@pytest.mark.parametrize("ids", [True, False])
def test_an_answer_to_another_text_is_told(tmp_path: Path, *, ids: bool) -> None:
    """Whether ids match or the order."""
    said = [{"text": f"Sentence {3 - n}.", "role": "claim"} for n in range(4)]
    said = [{"id": str(n), **row} for n, row in enumerate(said)] if ids else said
    with pytest.raises(
        DataError, match=r"the id '0': the answer.* is to another text: 'Sentence 3"
    ):
        read_answers(lines(tmp_path / "p.jsonl", said), GOLD)


def test_numbers_are_ids_however_they_are_written(tmp_path: Path) -> None:
    """1.0 is 1: a table with a gap in it has made it so."""
    gold = lines(tmp_path / "g.jsonl", [{"id": n, "text": "A.", "role": "claim"} for n in (1, 2)])
    path = tmp_path / "p.csv"
    path.write_text("id,role\n2,none\n1,claim\n")
    rows = read_gold(gold)
    assert [a["role"].label for a in read_answers(path, rows)] == ["claim", "none"]
    path = lines(tmp_path / "p.jsonl", [{"id": float(n), "role": "claim"} for n in (1, 2)])
    assert len(read_answers(path, rows)) == 2


def test_what_annotate_wrote_for_labelled_documents_is_read(tmp_path: Path) -> None:
    """Segments are matched by their place in the document, those without a label passed over."""
    text = "Tariffs hurt farmers. He said so. They fell."
    spans = ((0, 21), (22, 33), (34, 44))
    parts = [{"start": a, "end": b, "role": {"label": "claim", "score": 0.9}} for a, b in spans]
    labelled = [
        {**part, "role": role} for part, role in zip(parts, ("claim", None, "none"), strict=True)
    ]
    gold = lines(tmp_path / "g.jsonl", [
        {"id": "a", "text": text, "segments": labelled},
        {"id": "b", "text": "Tariffs hurt farmers.", "segments": labelled[:1]},
    ])  # fmt: skip
    said = lines(tmp_path / "p.jsonl", [
        {"id": "b", "text": "Tariffs hurt farmers.", "segments": parts[:1]},
        {"id": "a", "text": text, "segments": parts},
    ])  # fmt: skip
    rows = read_gold(gold)
    answers = run.matched(rows, read_answers(said, rows))
    assert [(a.judged.gold, a.judged.predicted) for a in answers] == [
        ("claim", "claim"),
        ("none", "claim"),
        ("claim", "claim"),
    ]
    sentences = [GoldRow(id="a", text=text, role="claim")]
    with pytest.raises(DataError, match=r"no answer for 1 of 1.*--unit sentence"):
        read_answers(said, sentences)


def test_a_layout_names_columns_and_labels(tmp_path: Path) -> None:
    """As a training configuration does; what its names map to nothing is no answer."""
    rows = [GoldRow(id=str(n), text="A.", by_task={"stance.x": "favor"}) for n in range(2)]
    path = tmp_path / "p.csv"
    field = Field("urteil", ("favor", "against"), {"1": "favor", "-1": "against", "?": ""})
    layout = Layout("nr", "satz", tasks={"stance.x": field})
    path.write_text("nr,satz,urteil\n1,A.,1\n0,A.,-1\n")
    found = read_answers(path, rows, layout)
    assert [answer["stance.x"].label for answer in found] == ["against", "favor"]
    path.write_text("nr,satz,urteil\n1,A.,?\n0,A.,-1\n")
    with pytest.raises(DataError, match="no answer for 1 of 2"):
        read_answers(path, rows, layout)
    path.write_text("nr,satz,urteil\n1,A.,5\n0,A.,-1\n")
    with pytest.raises(DataError, match=r"p.csv:2: urteil: '5' is not a label"):
        read_answers(path, rows, layout)


def test_f_avg_is_that_of_our_words() -> None:
    """Whatever the model calls them; labels that would become one stay apart."""
    rows = [GoldRow(text="A.", by_task={"stance.x": label}) for label in ("PRO", "CON")]
    said = [{"stance.x": Label(label)} for label in ("PRO", "PRO")]
    answers = run.matched(rows, said, {"stance.x": ["PRO", "CON", "NONE"]})
    assert run.measures(answers, 1)["stance.x"]["f_avg"] == pytest.approx(1 / 3, abs=1e-3)
    answers = run.matched(rows, said, {"stance.x": ["PRO", "for", "CON"]})
    assert {answer.judged.gold for answer in answers} == {"PRO", "CON"}
    assert "f_avg" not in run.measures(answers, 1)["stance.x"]


def test_labels_that_would_become_one_stay_apart() -> None:
    """Discuss and unrelated are neutral each by itself; FAVOR and favor are one label."""
    labels = ("agree", "disagree", "discuss", "unrelated")
    rows = [GoldRow(text=f"{n}.", target="x", stance=label) for n, label in enumerate(labels)]
    said = [{"stance": Label(label)} for label in ("agree", "agree", "unrelated", "discuss")]
    assert run.measures(run.matched(rows, said), 1)["stance"]["accuracy"] == 0.25
    found = agreement(
        {"a": rows, "b": [msgspec.structs.replace(r, stance="discuss") for r in rows]}
    )
    assert found["stance"]["pairs"][0]["equal"] == 0.25
    # One label too many makes none of the others wrong.
    few = ["favor", "against", "neutral"]
    rows = [GoldRow(text=f"{n}.", target="x", stance=label) for n, label in enumerate(few * 2)]
    said = [{"stance": Label(label)} for label in ("FAVOR", "AGAINST", "NEUTRAL") * 2]
    said[-1] = {"stance": Label("NONE")}
    assert run.measures(run.matched(rows, said), 1)["stance"]["accuracy"] == pytest.approx(
        5 / 6, abs=1e-3
    )
    rows = [GoldRow(text="A.", target="x", stance=label) for label in ("FAVOR", "AGAINST")]
    scored = [{"stance": Label("favor", 0.9, {"favor": 0.9, "con": 0.1})}] * 2
    [first, _] = run.matched(rows, scored)
    assert (first.judged.gold, first.judged.scores) == ("favor", {"favor": 0.9, "against": 0.1})


def test_an_answer_toward_another_target_is_told(tmp_path: Path) -> None:
    """By id or by order; a line for each target of one sentence is matched by both."""
    rows = [GoldRow(id="1", text="A.", target=t, stance="favor") for t in ("x", "y")]
    lines(tmp_path / "p.jsonl", [
        {"id": 1, "target": "y", "stance": "against"}, {"id": 1, "target": "x", "stance": "favor"},
    ])  # fmt: skip
    found = read_answers(tmp_path / "p.jsonl", rows)
    assert [answer["stance"].label for answer in found] == ["favor", "against"]
    lines(tmp_path / "p.jsonl", [{"target": t, "stance": "favor"} for t in ("y", "x")])
    with pytest.raises(DataError, match="toward another target: 'y'"):
        read_answers(tmp_path / "p.jsonl", rows)
    lines(tmp_path / "p.jsonl", [{"id": 1, "stance": {"x": "favor", "y": "neutral"}}])
    found = read_answers(tmp_path / "p.jsonl", rows)
    assert [answer["stance"].label for answer in found] == ["favor", "neutral"]


def test_several_targets_of_one_id_are_a_row_each() -> None:
    """For annotators too."""
    hands = {
        name: [
            GoldRow(id="1", text="A.", target=t, stance=label)
            for t, label in zip("xy", told, strict=True)
        ]
        for name, told in (("a", ("favor", "favor")), ("b", ("against", "favor")))
    }
    assert agreement(hands)["stance"]["rows"] == 2


def test_the_target_may_stand_in_any_column(tmp_path: Path) -> None:
    """A line for each target of an id, by the name that the layout has for it."""
    rows = [GoldRow(id="1", text="A.", target=t, by_task={"stance": "favor"}) for t in ("x", "y")]
    layout = Layout(target="topic", tasks={"stance": Field("y", ("favor", "against"), {})})
    said = [{"id": 1, "topic": t, "y": label} for t, label in (("y", "against"), ("x", "favor"))]
    found = read_answers(lines(tmp_path / "p.jsonl", said), rows, layout)
    assert [answer["stance"].label for answer in found] == ["favor", "against"]
    said = [{"id": 1, "y": {"x": "favor", "y": "against"}}]
    found = read_answers(lines(tmp_path / "p.jsonl", said), rows, layout)
    assert [answer["stance"].label for answer in found] == ["favor", "against"]
    said = [{"id": 1, "topic": "z", "y": "favor"}]
    with pytest.raises(DataError, match="toward another target: 'z'"):
        read_answers(lines(tmp_path / "p.jsonl", said), rows, layout)
    said = [{"id": 1, "y": {"label": 1, "score": 1.5}}]
    with pytest.raises(DataError, match=r"p.jsonl:1: y: not an answer"):
        read_answers(lines(tmp_path / "p.jsonl", said), rows, layout)


def test_answers_with_scores_go_by_the_names_too(tmp_path: Path) -> None:
    """In the usual form, or in the field of the configuration; ids by their usual name."""
    rows = [GoldRow(id=str(n), text="A.", by_task={"role": "claim"}) for n in range(2)]
    layout = Layout(
        "nr", "satz", tasks={"role": Field("lab", ("claim", "none"), {"C": "claim", "?": ""})}
    )
    for key in ("role", "lab"):
        said = [
            {"id": str(n), key: {"label": "C", "score": 0.9, "scores": {"C": 0.9, "none": 0.1}}}
            for n in (1, 0)
        ]
        found = read_answers(lines(tmp_path / "p.jsonl", said), rows, layout)
        assert found[0]["role"] == Label("claim", 0.9, {"claim": 0.9, "none": 0.1})
    said = [{"lab": "C"}, {"lab": "?"}, {"lab": "C"}]
    with pytest.raises(DataError, match="names leave labels out"):
        read_answers(lines(tmp_path / "p.jsonl", said), rows, layout)
    said = [{**row, "satz": "A."} for row in said]
    assert len(read_answers(lines(tmp_path / "p.jsonl", said), rows, layout)) == 2


def test_what_a_table_lacks_is_no_label(tmp_path: Path) -> None:
    """NaN, nulls in labels of one's own, empty cells; numbers are labels on both sides."""
    gold = lines(tmp_path / "g.jsonl", [
        {"id": 1, "text": "A.", "label": 1, "labels": {"frame": None}, "prev": float("nan")},
        {"id": 2, "text": "B.", "label": float("nan"), "columns": "x"},
    ])  # fmt: skip
    rows = read_gold(gold)
    assert [row.labels() for row in rows] == [{"label": "1"}, {}]
    said = lines(
        tmp_path / "p.jsonl", [{"id": 1, "label": 1.0, "labels": ""}, {"id": 2, "label": 0}]
    )
    assert [answer["label"].label for answer in read_answers(said, rows)] == ["1", "0"]


def test_documents_without_ids_are_matched_by_order(tmp_path: Path) -> None:
    """Segment by segment, and to the same text."""
    text = "Tariffs hurt farmers. They fell."
    parts = [{"start": a, "end": b, "role": "claim"} for a, b in ((0, 21), (22, 32))]
    rows = read_gold(lines(tmp_path / "g.jsonl", [{"text": text, "segments": parts}]))
    said = lines(tmp_path / "p.jsonl", [{"text": text, "segments": parts}])
    assert len(read_answers(said, rows)) == 2
    said = lines(tmp_path / "p.jsonl", [{"text": text.upper(), "segments": parts}])
    with pytest.raises(DataError, match="matched by order is to another text"):
        read_answers(said, rows)


def test_the_mean_of_targets_has_all_measures() -> None:
    """So that a gate may ask for them before a model is loaded."""
    rows = [GoldRow(text="A.", stance={"x": "favor", "y": "against"}) for _ in range(2)]
    said = [
        {f"stance.{t}": Label("favor", 0.9, {"favor": 0.9, "against": 0.1}) for t in "xy"}
        for _ in rows
    ]
    found = {"all": run.measures(run.matched(rows, said), 1)}
    run.check_demands(rows, [("--max", "stance.ece"), ("--min", "stance.accuracy")])
    run.gate(found, {"stance.accuracy": 0.5}, {"stance.ece": 0.6, "stance.brier": 0.9})
    assert found["all"]["stance"]["accuracy"] == 0.5
    one = {
        "all": run.measures(run.matched([GoldRow(text="A.", stance={"x": "favor"})], said[:1]), 1)
    }
    run.gate(one, {"stance.macro_f1": 1.0})
    # A side that nobody takes takes nothing away.
    assert one["all"]["stance.x"]["f_avg"] == 1.0
    mixed = [*rows, GoldRow(text="B.", target="z", stance="against")]
    found = run.measures(run.matched(mixed, [*said, {"stance": Label("favor")}]), 1)
    assert (found["stance"]["rows"], found["stance"]["accuracy"]) == (1, 0.0)


def test_scores_that_only_some_answers_have_are_told() -> None:
    """Nothing can be said of the calibration of the others."""
    answers = run.matched(GOLD, [{"role": Label("claim", 0.9 if n else None)} for n in range(4)])
    assert "role: 1 of 4 answers have no score, so calibration is not measured" in run.remarks(
        GOLD, answers
    )


def test_stances_by_target_are_asked_of_an_open_model() -> None:
    """Also where columns hold them; the target is a column to group by."""
    rows = [
        GoldRow(id="a", text="A.", columns={"stance.us_policy": "against", "stance.x": ""}),
        GoldRow(id="b", text="B.", stance={"china": "favor"}),
        GoldRow(id="c", text="C.", role="claim"),
    ]
    found = run.by_target(rows)
    assert [(row.id, row.target, row.labels()) for row in found] == [
        ("a", "us_policy", {"stance": "against"}),
        ("b", "china", {"stance": "favor"}),
    ]
    answers = run.matched(found, [{"stance": Label("favor")}] * 2)
    assert list(run.table(answers, ["target"], 1)["target"]) == ["china", "us_policy"]

    fixed = run.matched(
        rows, [{"stance.us_policy": Label("against")}, {"stance.china": Label("favor")}, {}]
    )
    pair = compare.compare(answers, run.toward_targets(fixed), 1)
    assert pair["stance"]["macro_f1"] == [pytest.approx(1 / 3, abs=1e-3), 1.0]


def test_the_command_line_of_an_evaluation(cli: Run, tmp_path: Path) -> None:
    """Columns with like values, reports that are none of ours, options that exclude each other."""
    rows = [{"id": n, "text": "A.", "role": "claim", "a": "x", "b": "x"} for n in range(3)]
    lines(tmp_path / "g.jsonl", rows)
    lines(tmp_path / "p.jsonl", [{"id": n, "role": "claim"} for n in range(3)])
    asked = ("evaluate", "g.jsonl", "--predictions", "p.jsonl")
    done = cli(*asked, "--by", "a", "--by", "b", "--report", "r.html")
    assert [line.split()[:2] for line in done.stdout.splitlines()[1:]] == [
        ["role", "3"],
        ["a=x", "role"],
        ["b=x", "role"],
    ]
    assert cli(*asked, "--report", "r.html").returncode == 0
    (tmp_path / "mine.html").write_text("<html>mine</html>")
    for more, says in (
        (["--report", "mine.html"], "no report of argmine"),
        (["--report", "."], "is a folder"),
        (["--report", "no/r.html"], "there is no folder no"),
        (["--model", "us-china"], "name one of them"),
    ):
        done = cli(*asked, *more)
        assert (done.returncode, says in done.stderr) == (2, True), done.stderr
    assert (tmp_path / "mine.html").read_text() == "<html>mine</html>"


def test_a_configuration_reads_answers_and_annotators(cli: Run, tmp_path: Path) -> None:
    """The same columns and words on all sides; a column that no row has is told."""
    pytest.importorskip("torch")
    for name, labels in (("g", "1 0 1"), ("p", "1 0 0")):
        table = "".join(f"{n},S {n}.,{label}\n" for n, label in enumerate(labels.split()))
        (tmp_path / f"{name}.csv").write_text(f"nr,satz,urteil\n{table}2x,S x.,?\n")
    (tmp_path / "c.toml").write_text(
        '[data]\ntrain = ["g.csv"]\n[data.columns]\nid = "nr"\ntext = "satz"\narticle = "artikel"\n'
        '[tasks."stance.x"]\nfield = "urteil"\nlabels = ["yes", "no"]\n'
        'names = { "1" = "yes", "0" = "no", "?" = "" }\n'
    )
    done = cli("evaluate", "g.csv", "--predictions", "p.csv", "--config", "c.toml", "--json")
    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout)["all"]["stance.x"]["accuracy"] == pytest.approx(2 / 3, abs=1e-3)
    assert "data.columns.article: no row has a column 'artikel'" in done.stderr
    agreed = cli("agreement", "g.csv", "p.csv", "--config", "c.toml", "--json")
    assert json.loads(agreed.stdout)["stance.x"]["rows"] == 3
    train = cli("train", "c.toml", "--out", "m")
    assert (train.returncode, "data.columns.article" in train.stderr) == (2, True)
    assert cli("data", "check", "c.toml").returncode == 1
