"""Intervals, tests and files of answers agree with their definitions."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import numpy as np
import pytest
from sklearn.metrics import f1_score

from argmine.errors import DataError, GateError
from argmine.evaluation import bootstrap, run
from argmine.evaluation.answers import read_answers
from argmine.evaluation.compare import compare, holm
from argmine.evaluation.gold import GoldRow, read_gold
from argmine.evaluation.scores import Judged, brier, f_avg

if TYPE_CHECKING:
    from pathlib import Path

LABELS = ["favor", "against", "neutral"]


def answers(number: int, seed: int, share: float) -> list[run.Answer]:
    """Return answers of which about a share is right, five to an article."""
    rng = np.random.default_rng(seed)
    made = []
    for place in range(number):
        gold = LABELS[place % 3]
        said = gold if rng.random() < share else LABELS[(place + 1) % 3]
        row = GoldRow(f"{place}.", id=str(place), article=str(place // 5), columns={"lang": "en"})
        made.append(run.Answer(row, "stance.china", Judged(gold, said, 0.9)))
    return made


def test_f_avg_leaves_neutral_out() -> None:
    """Favor 1, against 2/3; neutral is not averaged."""
    judged = [
        Judged("favor", "favor"),
        Judged("against", "against"),
        Judged("neutral", "against"),
        Judged("neutral", "neutral"),
    ]

    assert f_avg(judged) == pytest.approx((1 + 2 / 3) / 2)


def test_brier_sums_over_all_labels() -> None:
    """By hand: (.7 - 1)² + .2² + .1²."""
    judged = Judged("favor", "favor", 0.7, {"favor": 0.7, "against": 0.2, "neutral": 0.1})

    assert brier([judged]) == pytest.approx(0.09 + 0.04 + 0.01)


def test_the_draws_have_the_f1_of_the_library() -> None:
    """One draw, added up from counts by article, equals scikit-learn on its rows."""
    made = answers(100, 3, 0.6)
    judged = [answer.judged for answer in made]
    places = run.article_places({"": made})[""]
    drawn = bootstrap.weights(20, seed=1, draws=5)
    values = bootstrap.macro_f1(drawn, bootstrap.counts(judged, places, 20))

    for draw, value in zip(drawn, values, strict=True):
        rows = [j for j, place in zip(judged, places, strict=True) for _ in range(draw[place])]
        gold, said = [j.gold for j in rows], [j.predicted for j in rows]
        assert value == pytest.approx(f1_score(gold, said, average="macro"))


def test_the_interval_holds_the_measure_and_shrinks_with_rows() -> None:
    """More articles, a narrower interval; the same seed, the same numbers."""
    few = run.measures(answers(60, 1, 0.7), seed=1)["stance.china"]
    many = run.measures(answers(1500, 1, 0.7), seed=1)["stance.china"]

    for found in (few, many):
        low, high = found["macro_f1_interval"]
        assert low <= found["macro_f1"] <= high
    width = [np.diff(found["macro_f1_interval"])[0] for found in (few, many)]
    assert width[1] < width[0] / 2
    assert few == run.measures(answers(60, 1, 0.7), seed=1)["stance.china"]


def test_holm_steps_down() -> None:
    """The example of three: .01 · 3, .03 · 2, then no less than the one before."""
    assert holm([0.04, 0.01, 0.03]) == pytest.approx([0.06, 0.03, 0.06])


def test_equal_answers_do_not_differ() -> None:
    """No p-value below one tells two equal sets apart; a better set is told."""
    worse, better = answers(600, 1, 0.5), answers(600, 2, 0.8)
    same = compare(worse, worse, seed=1)["stance.china"]
    apart = compare(worse, better, seed=1)["stance.china"]

    assert (same["difference"], same["mcnemar_p"], same["bootstrap_p"]) == (0.0, 1.0, 1.0)
    assert apart["difference_interval"][0] > 0
    assert max(apart["mcnemar_p_holm"], apart["bootstrap_p_holm"]) < 0.01


def test_groups_are_columns_of_the_gold_file() -> None:
    """An unknown column is an error that names the nearest."""
    made = answers(30, 1, 0.7)

    assert set(run.table(made, ["lang"], seed=1)["lang"]) == {"en"}
    with pytest.raises(DataError, match="lang"):
        run.table(made, ["lan"], seed=1)
    with pytest.raises(GateError, match=r"below 0\.99"):
        run.gate(run.table(made, [], seed=1), {"stance.china.macro_f1": 0.99})


@pytest.mark.parametrize(
    ("line", "message"),
    [
        ("{", "said.jsonl:1: not a JSON object"),
        ('{"id": "a", "role": {"name": "claim"}}', "said.jsonl:1: not an answer"),
        ('{"id": "b", "role": "claim"}', "no answer for 1 of 1"),
        ('{"id": "a", "segments": []}', "no answer for 1 of 1"),
    ],
)
def test_files_of_answers_are_checked(tmp_path: Path, line: str, message: str) -> None:
    """File and line are named, and what is missing."""
    (tmp_path / "gold.jsonl").write_text('{"id": "a", "text": "A.", "role": "claim"}\n')
    (tmp_path / "said.jsonl").write_text(line + "\n")
    rows = read_gold(tmp_path / "gold.jsonl")

    with pytest.raises(DataError, match=message):
        read_answers(tmp_path / "said.jsonl", rows)


def test_an_annotated_file_is_a_file_of_answers(tmp_path: Path) -> None:
    """One document a sentence, as ``annotate --unit sentence`` writes it."""
    (tmp_path / "gold.jsonl").write_text(
        '{"id": "a", "text": "A.", "stance": {"china": "favor"}}\n'
    )
    stance = {"china": {"label": "favor", "score": 0.8, "scores": {"favor": 0.8, "against": 0.2}}}
    segment = {"id": 0, "start": 0, "end": 2, "text": "A.", "stance": stance}
    (tmp_path / "said.jsonl").write_text(json.dumps({"id": "a", "segments": [segment]}) + "\n")
    rows = read_gold(tmp_path / "gold.jsonl")

    [answer] = run.matched(rows, read_answers(tmp_path / "said.jsonl", rows))

    assert (answer.judged.gold, answer.judged.predicted, answer.judged.score) == (
        "favor",
        "favor",
        0.8,
    )


def test_an_id_twice_is_an_error(tmp_path: Path) -> None:
    """Answers could not be told apart."""
    (tmp_path / "gold.jsonl").write_text('{"id": "a", "text": "A."}\n' * 2)

    with pytest.raises(DataError, match=r"gold\.jsonl:2"):
        read_gold(tmp_path / "gold.jsonl")
