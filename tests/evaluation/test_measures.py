"""Spans, agreement, calibration and the report, against definitions and libraries."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING

import krippendorff
import numpy as np
import pytest
from sklearn.metrics import cohen_kappa_score

from argmine.errors import DataError
from argmine.evaluation import run, scores, spans
from argmine.evaluation.agreement import agreement
from argmine.evaluation.answers import read_answers
from argmine.evaluation.gold import GoldRow, read_gold
from argmine.evaluation.labels import canonical
from argmine.evaluation.report import render
from argmine.evaluation.scores import Judged
from argmine.evaluation.spans import Span, SpanRow

if TYPE_CHECKING:
    from pathlib import Path

STANCES = ("favor", "against", "neutral")


@pytest.mark.parametrize(
    ("given", "label"),
    [
        ("FAVOR", "favor"),
        ("Pro", "favor"),
        ("支持", "favor"),
        ("反對", "against"),
        ("CON", "against"),
        ("NONE", "neutral"),
        ("中立", "neutral"),
        ("favorite", None),
        ("", None),
    ],
)
def test_labels_of_other_sets_are_known(given: str, label: str | None) -> None:
    """By the names they go by there."""
    assert canonical(given, STANCES) == label


def test_none_is_a_role_and_no_stance() -> None:
    """The same word stands for a label of its own where the task has it."""
    assert canonical("none", ("claim", "evidence", "none")) == "none"
    assert canonical("premise", ("claim", "evidence", "none")) == "evidence"
    assert canonical("1", STANCES, {"1": "against"}) == "against"


def test_spans_are_matched_once() -> None:
    """Exact, overlapping, and with the type; by hand."""
    gold = [SpanRow("0123456789", figures=[Span(0, 2, "money"), Span(4, 6, "date")])]
    found = [
        SpanRow("0123456789", figures=[Span(0, 2, "count"), Span(5, 7, "date"), Span(5, 6, "date")])
    ]
    measured = spans.measure(gold, found, "figures", seed=1)

    assert (measured["exact"]["precision"], measured["exact"]["recall"]) == (0.3333, 0.5)
    assert measured["overlap"]["f1"] == pytest.approx(2 * 2 / 5)
    assert measured["type"]["f1"] == 0.0
    assert measured["types"]["date"]["gold"] == 1


def test_the_interval_of_spans_is_drawn_over_texts() -> None:
    """Half the texts right: the interval holds the F1, and neither end is certain."""
    gold = [SpanRow("abcd", id=str(n), figures=[Span(0, 2)]) for n in range(100)]
    found = [SpanRow("abcd", id=str(n), figures=[Span(0, 2 + n % 2)]) for n in range(100)]
    low, high = spans.measure(gold, found, "figures", seed=1)["exact"]["f1_interval"]

    assert 0.35 < low < 0.5 < high < 0.65


@pytest.mark.parametrize(
    ("line", "says"),
    [
        ('{"text": "abc"}', "g.jsonl:1: no field 'figures'"),
        ('{"text": "abc", "figures": [{"start": 1, "end": 9}]}', "1 to 9 is not in the text"),
        ('{"text": "abc", "figures": [{"start": 1}]}', "no text with spans"),
    ],
)
def test_bad_gold_spans_are_named(tmp_path: Path, line: str, says: str) -> None:
    """With file and line."""
    path = tmp_path / "g.jsonl"
    path.write_text(line + "\n")

    with pytest.raises(DataError, match=re.escape(says)):
        spans.read(path, "figures")


def rows(labels: list[str | None]) -> list[GoldRow]:
    """Rows of one annotator, who left some out."""
    return [GoldRow("x", id=str(n), role=label) for n, label in enumerate(labels) if label]


def test_agreement_is_that_of_the_libraries() -> None:
    """Alpha over all, kappa by pair, rows left out counted for the others."""
    rng = np.random.default_rng(5)
    first = [["claim", "evidence", "none"][n] for n in rng.integers(0, 3, 60)]
    second = [
        label if rng.random() < 0.7 else "claim" if rng.random() < 0.8 else None for label in first
    ]
    found = agreement({"a": rows(list(first)), "b": rows(list(second))})["role"]
    both = [(a, b) for a, b in zip(first, second, strict=True) if b]
    table = [list(first), [b if b else "*" for b in second]]
    numbers = [
        [{"claim": 0, "evidence": 1, "none": 2}.get(v, np.nan) for v in column] for column in table
    ]

    assert found["rows"] == len(both) < 60
    assert found["alpha"] == pytest.approx(
        krippendorff.alpha(numbers, level_of_measurement="nominal"), abs=1e-4
    )
    assert found["pairs"][0]["kappa"] == pytest.approx(
        cohen_kappa_score(*zip(*both, strict=True)), abs=1e-4
    )


def test_annotators_without_a_sentence_in_common() -> None:
    """There is nothing to measure."""
    with pytest.raises(DataError, match="no sentence was labelled twice"):
        agreement({"a": rows(["claim"]), "b": [GoldRow("y", id="other", role="claim")]})


def test_risk_falls_where_scores_are_right() -> None:
    """The surest half is right: no risk there, a half over all; ties share theirs."""
    good = [Judged("a", "a", 0.9)] * 4 + [Judged("a", "b", 0.6)] * 4
    tied = [Judged("a", "a", 0.7), Judged("a", "b", 0.7)]

    assert scores.risk_coverage(good)[5]["risk"] == pytest.approx(0.2)
    assert scores.risks(good).tolist()[:4] == [0.0] * 4
    assert scores.risks(tied).tolist() == [0.5, 0.5]
    turned = [Judged("a", "a", 0.6)] * 4 + [Judged("a", "b", 0.9)] * 4
    assert scores.aurc(good) < scores.aurc(turned)


def test_reliability_is_what_the_error_is_made_of() -> None:
    """Its bins give the calibration error."""
    answers = [Judged("a", "a", 0.95)] * 8 + [Judged("a", "b", 0.85)] * 2
    found = scores.reliability(answers)

    assert [b["rows"] for b in found] == [2, 8]
    assert scores.calibration_error(answers) == pytest.approx((8 * 0.05 + 2 * 0.85) / 10)


def test_the_report_escapes_what_it_shows() -> None:
    """A sentence cannot bring markup or script into the page."""
    bad = '<script>alert("x")</script><img src=x onerror=alert(1)>'
    row = GoldRow(bad, id='"><b>', lang="en", prev=bad)
    judged = Judged("favor", "against", 0.9, {"favor": 0.1, "against": 0.9})
    answers = [run.Answer(row, "stance.china", judged)] * 3
    page = render(f"{bad} on gold", run.table(answers, [], 1), answers)

    assert page.count("<script>") == 1
    assert "<img" not in page
    assert "&lt;script&gt;" in page
    assert "http" not in page.replace("http-equiv", "")


def test_public_sets_are_read_as_they_are(tmp_path: Path) -> None:
    """A label toward the row's target, by the names that such sets have."""
    path = tmp_path / "gold.csv"
    path.write_text("text,target,label\nTariffs hurt.,tariffs,AGAINST\n", encoding="utf-8")

    assert read_gold(path)[0].labels() == {"stance": "AGAINST"}


def test_spans_and_agreement_on_the_command_line(cli, tmp_path: Path) -> None:  # noqa: ANN001
    """Tables, JSON and gates."""
    line = {"text": "It cost $3 billion.", "figures": [{"start": 8, "end": 18, "type": "money"}]}
    (tmp_path / "gold.jsonl").write_text(json.dumps(line) + "\n")
    for name, role in (("a", "claim"), ("b", "evidence")):
        (tmp_path / f"{name}.csv").write_text(f"id,text,role\n1,x,{role}\n2,y,claim\n")

    done = cli("evaluate", "gold.jsonl", "--spans", "figures", "--json", "--min", "exact.f1=0.9")
    agreed = cli("agreement", "a.csv", "b.csv", "--json")

    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout)["type"]["f1"] == 1.0
    assert json.loads(agreed.stdout)["role"]["pairs"][0]["equal"] == 0.5
    assert cli("evaluate", "gold.jsonl", "--spans", "words").returncode == 2


def test_a_label_without_target_is_a_layer_of_its_own(cli, tmp_path: Path) -> None:  # noqa: ANN001
    """What doccano exports, one file an annotator."""
    for name, labels in (("a", "favor favor against"), ("b", "favor against against")):
        rows = [
            {"id": n, "text": f"Sentence {n}.", "label": [label]}
            for n, label in enumerate(labels.split())
        ]
        (tmp_path / f"{name}.jsonl").write_text("".join(json.dumps(r) + "\n" for r in rows))

    (tmp_path / "said.csv").write_text("id,label\n0,favor\n1,against\n2,against\n")

    agreed = cli("agreement", "a.jsonl", "b.jsonl", "--json")
    scored = cli("evaluate", "a.jsonl", "--predictions", "said.csv", "--json")

    assert json.loads(agreed.stdout)["label"]["pairs"][0]["equal"] == pytest.approx(2 / 3, abs=1e-3)
    assert json.loads(scored.stdout)["all"]["label"]["accuracy"] == pytest.approx(2 / 3, abs=1e-3)


def test_answers_are_put_in_the_words_of_the_gold(tmp_path: Path) -> None:
    """FAVOR is favor on both sides; a blank cell is no label."""
    gold, said = tmp_path / "gold.csv", tmp_path / "said.jsonl"
    gold.write_text("id,text,target,label,role\n1,a,x,FAVOR,\n2,b,x,CON,claim\n")
    said.write_text('{"id": "1", "stance": "PRO"}\n{"id": "2", "stance": "against"}\n')
    rows = read_gold(gold)
    answers = run.matched(rows, read_answers(said, rows))

    assert [row.labels() for row in rows] == [
        {"stance": "FAVOR"},
        {"stance": "CON", "role": "claim"},
    ]
    assert run.table(answers, [], 1)["all"]["stance"]["accuracy"] == 1.0


def test_a_label_of_the_users_own_is_no_other() -> None:
    """Usual names come after the labels themselves."""
    assert canonical("NONE", ("neutral", "none")) == "none"
    assert canonical("Opinion", ("claim", "opinion")) == "opinion"


def test_labelled_documents_are_gold(cli, tmp_path: Path) -> None:  # noqa: ANN001
    """Each segment is a row of its own, read as in its document; the texts may lie elsewhere."""
    text = "Tariffs hurt farmers. 中国经济长期向好。 He spoke on Monday."
    spans = [(0, 21, "claim"), (22, 31, "claim"), (32, 51, "evidence")]
    parts = [{"start": a, "end": b, "lang": "en", "role": role} for a, b, role in spans]
    parts[1]["lang"] = "zh"
    (tmp_path / "texts.jsonl").write_text(json.dumps({"id": "a", "text": text}) + "\n")
    (tmp_path / "labels.jsonl").write_text(json.dumps({"id": "a", "segments": parts}) + "\n")
    (tmp_path / "whole.jsonl").write_text(
        json.dumps({"id": "a", "text": text, "segments": parts}) + "\n"
    )
    apart = cli("evaluate", "labels.jsonl", "--texts", "texts.jsonl", "--json")
    whole = cli("evaluate", "whole.jsonl", "--json")

    assert json.loads(apart.stdout) == json.loads(whole.stdout)
    assert json.loads(whole.stdout)["all"]["role"]["rows"] == 3
    assert json.loads(whole.stdout)["lang"]["zh"]["role"]["rows"] == 1
    none = cli("evaluate", "labels.jsonl")
    assert none.returncode == 2
    assert "labels.jsonl:1: text: no text beside the segments" in none.stderr
    pair = cli("compare", "us-china", "us-china", "--gold", "whole.jsonl", "--json")
    assert json.loads(pair.stdout)["role"]["rows"] == 3
