"""Labelled sentences, and the answers that a file holds for them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import msgspec

from argmine.errors import DataError

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


class GoldRow(msgspec.Struct, frozen=True):
    """A labelled sentence: role, stance by target and holder, each if it has one.

    ``columns`` holds every column of the line, to group by.
    """

    text: str
    id: str = ""
    prev: str | None = None
    next: str | None = None
    lang: str = "all"
    article: str | None = None
    role: str | None = None
    stance: dict[str, str] | None = None
    holder: str | None = None
    columns: dict[str, Any] = {}

    def labels(self) -> dict[str, str]:
        """Return the labels by the name of the model's task."""
        return _by_task(self.role, self.stance, self.holder)


class Label(msgspec.Struct, frozen=True):
    """One answer of a file: its label, and the probabilities where it has them."""

    label: str
    score: float | None = None
    scores: dict[str, float] | None = None


class _Answers(msgspec.Struct, frozen=True):
    role: Label | str | None = None
    stance: dict[str, Label | str] | None = None
    holder: Label | str | None = None


class _Line(_Answers, frozen=True):
    id: str = ""
    segments: list[_Answers] | None = None


def read_gold(path: Path) -> list[GoldRow]:
    """Read labelled JSONL.

    Raises:
        DataError: A line is no labelled sentence, or an id comes twice; the message names
            file and line.
    """
    rows: list[GoldRow] = []
    seen: set[str] = set()
    for number, line in _lines(path):
        try:
            columns = msgspec.json.decode(line)
            row = msgspec.convert(columns, GoldRow)
        except (msgspec.DecodeError, UnicodeDecodeError) as error:
            msg = f"{path}:{number}: not a labelled sentence: {error}"
            raise DataError(msg) from None
        if row.id and row.id in seen:
            msg = f"{path}:{number}: the id {row.id!r} stands on an earlier line too"
            raise DataError(msg)
        seen.add(row.id)
        rows.append(msgspec.structs.replace(row, columns=columns))
    if not rows:
        msg = f"{path}: holds no labelled sentence"
        raise DataError(msg)
    return rows


def read_answers(path: Path, rows: list[GoldRow]) -> list[dict[str, Label]]:
    """Read the answers of a file for labelled sentences, by task.

    A line is the output of ``argmine annotate --unit sentence``, or has role, stance and
    holder as labels or as ``{label, score, scores}``.  Lines are matched by ``id``, or by
    their order where the gold has no ids.

    Raises:
        DataError: A line is no answer, or a labelled sentence has none.
    """
    decoder = msgspec.json.Decoder(_Line)
    found: list[tuple[str, dict[str, Label]]] = []
    for number, line in _lines(path):
        try:
            read = decoder.decode(line)
        except (msgspec.DecodeError, UnicodeDecodeError) as error:
            msg = f"{path}:{number}: not an answer: {error}"
            raise DataError(msg) from None
        if read.segments is not None and len(read.segments) != 1:
            msg = (
                f"{path}:{number}: {len(read.segments)} segments where one is judged; "
                "annotate the labelled sentences with --unit sentence"
            )
            raise DataError(msg)
        answers = read.segments[0] if read.segments else read
        found.append((read.id, _labels(answers)))
    if not all(row.id for row in rows):
        return _in_order(path, rows, found)
    by_id = dict(found)
    missing = [row.id for row in rows if row.id not in by_id]
    if missing:
        msg = (
            f"{path}: no answer for {len(missing)} of {len(rows)} labelled sentences, "
            f"the first is {missing[0]!r}"
        )
        raise DataError(msg)
    return [by_id[row.id] for row in rows]


def _in_order(
    path: Path, rows: list[GoldRow], found: list[tuple[str, dict[str, Label]]]
) -> list[dict[str, Label]]:
    if len(found) != len(rows):
        msg = f"{path}: {len(found)} answers for {len(rows)} labelled sentences without ids"
        raise DataError(msg)
    return [labels for _id, labels in found]


def _labels(answers: _Answers) -> dict[str, Label]:
    given = _by_task(answers.role, answers.stance, answers.holder)
    return {task: x if isinstance(x, Label) else Label(x) for task, x in given.items()}


def _by_task(role: Any, stance: dict[str, Any] | None, holder: Any) -> dict[str, Any]:  # noqa: ANN401 - labels of two forms
    found = {f"stance.{target}": label for target, label in (stance or {}).items()}
    alone = {"role": role, "holder": holder}
    return found | {task: label for task, label in alone.items() if label is not None}


def _lines(path: Path) -> Iterator[tuple[int, bytes]]:
    try:
        lines = path.read_bytes().splitlines()
    except OSError as error:
        msg = f"{path}: cannot be read: {error.strerror}"
        raise DataError(msg) from None
    yield from ((n, line) for n, line in enumerate(lines, start=1) if line.strip())
