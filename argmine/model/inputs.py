"""Turn a sentence and its neighbours into the integer rows the encoder reads.

The layout of a row is ``<s> before </s> sentence </s> after </s>``; where a target is
asked about, ``<s> target </s> before </s> sentence </s> after </s>``.  A model that was
trained so reads sentences that follow each other in one row, ``<s> before </s> sentence
</s> sentence </s> … </s> after </s>``, and judges each: what is context to one is read
once for all.  The context is cut to the pieces nearest to the sentences; a sentence longer
than its window becomes several rows, whose scores the caller averages.  Training and
inference share this module, so a model always reads what it was trained to read.
"""

from __future__ import annotations

from dataclasses import dataclass, field
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

    ``target`` is what an open-target model is asked about, in words; ``follows`` says that
    the sentence given before this one stands right before it in the same text.
    """

    text: str
    before: str = ""
    after: str = ""
    target: str = ""
    follows: bool = False


class Window(Settings, frozen=True):
    """How many pieces of each part a row may hold, and how many sentences it judges.

    Sentences that share a row share the pieces of ``sentence``.  Where the two best labels
    of a task lie closer for one of them than ``doubt``, from 0 to 1, it is read once more,
    in a row of its own, and that reading counts for this task.
    """

    sentences: Annotated[int, Meta(gt=0)] = 1
    doubt: Annotated[float, Meta(ge=0, le=1)] = 0.0
    sentence: Annotated[int, Meta(gt=0)] = 160
    before: Annotated[int, Meta(ge=0)] = 48
    after: Annotated[int, Meta(ge=0)] = 32
    target: Annotated[int, Meta(gt=0)] = 48

    def longest(self) -> int:
        """Return how many pieces a row may have, its marks among them."""
        parts = self.target + self.before + self.sentence + self.after
        return parts + 4 + self.sentences


@dataclass(frozen=True, slots=True)
class Row:
    """One encoder input: piece ids, and the half-open ranges of the sentences to be judged.

    ``owners`` are the places of these sentences among those given; rows that differ in
    nothing else are equal, as their scores are.
    """

    ids: tuple[int, ...]
    ranges: tuple[tuple[int, int], ...]
    owners: tuple[int, ...] = field(compare=False)


@dataclass(frozen=True, slots=True)
class Batch:
    """Padded rows.

    *Shapes:* all ``(rows, width)``; ``mask`` marks real pieces, ``own`` those of the row's
    sentences with their number, from 1 on.
    """

    ids: NDArray[np.int64]
    mask: NDArray[np.int64]
    own: NDArray[np.int64]


_PADS = ("<pad>", "[PAD]")
_MASKS = ("<mask>", "[MASK]", "<unk>", "[UNK]", *_PADS)
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
        self._first, self._mark, self.pad, self.mask = (
            _piece(vocabulary, names)
            for names in (("<s>", "[CLS]"), ("</s>", "[SEP]"), _PADS, _MASKS)
        )
        self.marks = frozenset((self._first, self._mark))

    def rows(self, sentences: Sequence[Sentence]) -> list[Row]:
        """Return the rows of the sentences, in order, each naming its sentences."""
        texts = list(
            dict.fromkeys(
                part for s in sentences for part in (s.text, s.before, s.after, s.target) if part
            )
        )
        encoded = self._tokenizer.encode_batch_fast(texts, add_special_tokens=False)
        pieces = {text: tuple(encoding.ids) for text, encoding in zip(texts, encoded, strict=True)}
        pieces[""] = ()
        own = [pieces[sentence.text] or (self._mark,) for sentence in sentences]
        return [
            row
            for owners in self._shared(sentences, [len(part) for part in own])
            for row in self._rows_of(owners, sentences, own, pieces)
        ]

    def _shared(self, sentences: Sequence[Sentence], lengths: Sequence[int]) -> Iterator[range]:
        """Yield the places of sentences that are read in one row."""
        window = self._window
        start = pieces = 0
        for place, (sentence, length) in enumerate(zip(sentences, lengths, strict=True)):
            full = pieces + length > window.sentence or place - start == window.sentences
            other = not sentence.follows or sentence.target != sentences[start].target
            if place > start and (full or other):
                yield range(start, place)
                start, pieces = place, 0
            pieces += length
        if sentences:
            yield range(start, len(sentences))

    def _rows_of(
        self,
        owners: range,
        sentences: Sequence[Sentence],
        own: Sequence[tuple[int, ...]],
        pieces: dict[str, tuple[int, ...]],
    ) -> Iterator[Row]:
        window = self._window
        first, last = sentences[owners[0]], sentences[owners[-1]]
        before = pieces[first.before][-window.before :] if window.before else ()
        if first.target:
            before = (*pieces[first.target][: window.target], self._mark, *before)
        head = (self._first, *before, self._mark)
        tail = (*pieces[last.after][: window.after], self._mark)
        parts = [own[owner] for owner in owners]
        # Only a sentence that has a row to itself may be too long for one.
        rows = [parts] if len(parts) > 1 else [[cut] for cut in _cuts(parts[0], window.sentence)]
        for row in rows:
            ids, ranges = list(head), []
            for part in row:
                ranges.append((len(ids), len(ids) + len(part)))
                ids += (*part, self._mark)
            yield Row((*ids, *tail), tuple(ranges), tuple(owners))


def _cuts(pieces: tuple[int, ...], most: int) -> list[tuple[int, ...]]:
    return [pieces[start : start + most] for start in range(0, len(pieces), most)]


def _piece(vocabulary: dict[str, int], names: Sequence[str]) -> int:
    for name in names:
        if name in vocabulary:
            return vocabulary[name]
    msg = f"the tokenizer has none of {', '.join(names)}"
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
        for place, (start, end) in enumerate(row.ranges, 1):
            own[number, start:end] = place
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
