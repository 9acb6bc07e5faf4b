"""What hides pieces from a training step."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

pytest.importorskip("torch")

from argmine.model.inputs import RowMaker, Sentence, Window
from argmine.training import batches, start

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
