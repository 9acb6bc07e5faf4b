"""What a training step reads: what is hidden from it, and what it reads twice."""

from __future__ import annotations

import dataclasses
from typing import TYPE_CHECKING

import msgspec
import pytest

pytest.importorskip("torch")

import torch
from scipy.stats import entropy

from argmine.model.inputs import RowMaker, Sentence, Window
from argmine.training import batches, objective, start
from argmine.training.config import LoopSettings
from argmine.training.data import Example
from argmine.training.loop import Trainer
from argmine.training.network import SegmentClassifier

if TYPE_CHECKING:
    from pathlib import Path


def test_a_share_of_the_pieces_is_hidden_and_no_mark(encoder: Path) -> None:
    """Another share at every draw, the same at the same one; sentences stay where they were."""
    maker = RowMaker(start.tokenizer(str(encoder)), Window(sentence=900, before=50, after=50))
    rows = maker.rows([Sentence("tariffs hurt farmers " * 60, "before it " * 20, "after it " * 20)])
    [row] = rows
    [hidden], [again], [other] = (
        batches.masked(rows, 0.3, maker, seed) for seed in ("1/0", "1/0", "1/1")
    )

    assert hidden == again != other
    assert (hidden.ranges, hidden.owners) == (row.ranges, row.owners)
    changed = [new for old, new in zip(row.ids, hidden.ids, strict=True) if old != new]
    assert set(changed) == {maker.mask}
    assert 0.2 < len(changed) / len(row.ids) < 0.4
    marks = [i for i, piece in enumerate(row.ids) if piece in maker.marks]
    assert [hidden.ids[i] for i in marks] == [row.ids[i] for i in marks]
    assert batches.masked(rows, 0.0, maker, "1") == rows


def examples() -> list[Example]:
    """Three sentences of one text that share a row, and one that stands alone."""
    texts = ["tariffs hurt farmers", "they help nobody", "he said so"]
    sentences = [
        Sentence(text, " ".join(texts[:i]), " ".join(texts[i + 1 :]), follows=i > 0)
        for i, text in enumerate(texts)
    ]
    return [
        Example(sentence, {"role": 0}, "en", f"a:{i}")
        for i, sentence in enumerate([*sentences, Sentence("prices rose")])
    ]


def test_sentences_that_share_a_row_have_one_of_their_own_too(encoder: Path) -> None:
    """It reads the same pieces of theirs between their own neighbours."""
    maker = RowMaker(start.tokenizer(str(encoder)), Window(sentences=4, sentence=90))
    given = examples()
    shared, single = batches.first_rows(maker, given)
    alone = batches.alone_rows(maker, given)

    assert (shared.owners, single.owners) == ((0, 1, 2), (3,))
    assert sorted(alone) == [0, 1, 2]
    for owner, row in alone.items():
        [own], [(first, last)] = maker.rows([given[owner].sentence]), row.ranges
        assert (row.owners, row) == ((owner,), own)
        start_, end = shared.ranges[owner]
        assert row.ids[first:last] == shared.ids[start_:end]


def test_a_share_of_the_shared_rows_is_drawn(encoder: Path) -> None:
    """Whole rows, at random, and none that holds one sentence."""
    maker = RowMaker(start.tokenizer(str(encoder)), Window(sentences=4, sentence=90))
    rows = batches.first_rows(maker, examples())

    assert batches.drawn_owners(rows, 0.0, "1") == []
    assert batches.drawn_owners(rows, 1.0, "1") == [0, 1, 2]
    drawn = [len(batches.drawn_owners(rows, 0.5, str(seed))) for seed in range(200)]
    assert set(drawn) == {0, 3}
    assert 60 < sum(drawn) / 3 < 140


def test_two_readings_disagree_by_their_divergence() -> None:
    """Both ways, summed over labels, a mean over sentences; none of a reading with itself."""
    first, second = torch.tensor([[2.0, 0.0, -1.0], [0.0, 1.0, 0.0]]), torch.zeros(2, 3)
    p, q = torch.softmax(first, -1).numpy(), torch.softmax(second, -1).numpy()
    wanted = (entropy(p, q, axis=-1) + entropy(q, p, axis=-1)).mean()

    assert float(objective.disagreement(first, second)) == pytest.approx(wanted, rel=1e-5)
    assert float(objective.disagreement(first, first)) == 0.0


def apart(encoder: Path, folder: Path, alone: float) -> float:
    """Return how far the two readings of the same sentences are apart after a training."""
    torch.manual_seed(1)
    maker = RowMaker(start.tokenizer(str(encoder)), Window(sentences=4, sentence=90))
    # Alone nothing tells the sentences apart that have other labels in a row.
    given = [
        Example(Sentence("US tariffs are good", "New", "Old", follows=j > 0), {"role": j % 3}, "en")
        for _ in range(12)
        for j in range(4)
    ]
    settings = LoopSettings(epochs=8, learning_rate=5e-3, batch_size=16, alone=alone, masked=0.1)
    network = SegmentClassifier.from_encoder(encoder, {"role": 3}, sentences=4)
    folder.mkdir()
    trainer = Trainer(network, maker, settings, folder)
    trainer.fit(given, given, lambda _: None)
    single = [
        msgspec.structs.replace(e, sentence=dataclasses.replace(e.sentence, follows=False))
        for e in given
    ]
    found = [trainer.logits(rows, torch.float32)["role"] for rows in (given, single)]
    return float(objective.disagreement(*found))


def test_both_readings_are_held_to_agree(encoder: Path, tmp_path: Path) -> None:
    """What a row of several says of a sentence comes nearer to what is said of it alone."""
    without = apart(encoder, tmp_path / "without", 0.0)

    assert apart(encoder, tmp_path / "with", 1.0) < without / 2
