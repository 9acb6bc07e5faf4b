"""Turn a sentence and its neighbours into the integer rows the encoder reads.

The layout of a row is ``<s> before </s> sentence </s> after </s>``; where a target is
asked about, ``<s> target </s> before </s> sentence </s> after </s>``.  The context is cut
to the pieces nearest to the sentence; a sentence longer than its window becomes several
rows, whose scores the caller averages.  Training and inference share this module, so a
model always reads what it was trained to read.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Annotated

import numpy as np
from msgspec import Meta

from argmine.config import Settings
from argmine.errors import ModelError

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from numpy.typing import NDArray
    from tokenizers import Tokenizer


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence to be judged, with the text before and after it, if any.

    ``target`` is what an open-target model is asked about, in words.
    """

    text: str
    before: str = ""
    after: str = ""
    target: str = ""


class Window(Settings, frozen=True):
    """How many pieces of each part a row may hold."""

    sentence: Annotated[int, Meta(gt=0)] = 160
    before: Annotated[int, Meta(ge=0)] = 48
    after: Annotated[int, Meta(ge=0)] = 32
    target: Annotated[int, Meta(gt=0)] = 48

    def longest(self) -> int:
        """Return how many pieces a row may have, its marks among them."""
        return 1 + self.target + 1 + self.before + 1 + self.sentence + 1 + self.after + 1


@dataclass(frozen=True, slots=True)
class Row:
    """One encoder input: piece ids, and the half-open range of the sentence's own."""

    owner: int
    ids: tuple[int, ...]
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Batch:
    """Padded rows.

    *Shapes:* all ``(rows, width)``; ``mask`` marks real pieces, ``own`` the sentence's.
    """

    ids: NDArray[np.int64]
    mask: NDArray[np.int64]
    own: NDArray[np.int64]


_PADS = ("<pad>", "[PAD]")
_TILE = 16


class RowMaker:
    """Make rows with one tokenizer and one window; holds no other state."""

    def __init__(self, tokenizer: Tokenizer, window: Window) -> None:
        """Remember the ids of the marks; truncation and padding are done here.

        Raises:
            ModelError: The tokenizer has no such marks.
        """
        tokenizer.no_padding()
        tokenizer.no_truncation()
        self._tokenizer = tokenizer
        self._window = window
        vocabulary = tokenizer.get_vocab()
        self._first, self._mark, self.pad = (
            _piece(vocabulary, names) for names in (("<s>", "[CLS]"), ("</s>", "[SEP]"), _PADS)
        )

    def rows(self, sentences: Sequence[Sentence]) -> list[Row]:
        """Return the rows of the sentences, in order, each naming its sentence."""
        texts = list(
            dict.fromkeys(
                part for s in sentences for part in (s.text, s.before, s.after, s.target) if part
            )
        )
        encoded = self._tokenizer.encode_batch_fast(texts, add_special_tokens=False)
        pieces = {text: tuple(encoding.ids) for text, encoding in zip(texts, encoded, strict=True)}
        pieces[""] = ()
        return [
            row
            for owner, sentence in enumerate(sentences)
            for row in self._rows_of(owner, sentence, pieces)
        ]

    def _rows_of(
        self, owner: int, sentence: Sentence, pieces: dict[str, tuple[int, ...]]
    ) -> Iterator[Row]:
        window = self._window
        before = pieces[sentence.before][-window.before :] if window.before else ()
        after = pieces[sentence.after][: window.after]
        own = pieces[sentence.text] or (self._mark,)
        if sentence.target:
            before = (*pieces[sentence.target][: window.target], self._mark, *before)
        start = 1 + len(before) + 1
        for cut in range(0, len(own), window.sentence):
            part = own[cut : cut + window.sentence]
            ids = (self._first, *before, self._mark, *part, self._mark, *after, self._mark)
            yield Row(owner, ids, start, start + len(part))


def _piece(vocabulary: dict[str, int], names: tuple[str, str]) -> int:
    for name in names:
        if name in vocabulary:
            return vocabulary[name]
    msg = f"the tokenizer has neither {names[0]} nor {names[1]}"
    raise ModelError(msg)


def pad(rows: Sequence[Row], padding: int, shape: tuple[int, int] | None = None) -> Batch:
    """Return the rows as rectangular arrays, padded on the right.

    With a ``shape`` of more rows than there are, the last ones are of padding alone.
    """
    height, width = shape or (len(rows), max(len(row.ids) for row in rows))
    ids = np.full((height, width), padding, dtype=np.int64)
    mask = np.zeros_like(ids)
    own = np.zeros_like(ids)
    for number, row in enumerate(rows):
        ids[number, : len(row.ids)] = row.ids
        mask[number, : len(row.ids)] = 1
        own[number, row.start : row.end] = 1
    # A row that attends to nothing would be no number.
    mask[len(rows) :, 0] = own[len(rows) :, 0] = 1
    return Batch(ids, mask, own)


def group(rows: Sequence[Row], pieces: int) -> Iterator[tuple[list[Row], tuple[int, int]]]:
    """Yield rows of like length together, with a shape of about so many pieces to pad them to.

    Padding costs as much as text, and an engine prepares itself for each shape it meets: a
    width has one height, but for the last rows.  Widths are whole tiles of the matrix
    units, which makes the scores of a row the same in any company.
    """
    left = sorted(rows, key=lambda row: len(row.ids), reverse=True)
    start = 0
    while start < len(left):
        width = -(-len(left[start].ids) // _TILE) * _TILE
        height = max(1, pieces // width)
        part = left[start : start + height]
        if len(part) < height:
            height = min(height, 1 << (len(part) - 1).bit_length())
        yield part, (height, width)
        start += len(part)
