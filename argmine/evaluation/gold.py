"""Labelled sentences, and the answers that a file holds for them."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Annotated, Any

import msgspec

from argmine.errors import DataError
from argmine.formats.labelled import read_labelled, whole
from argmine.formats.sources import read_rows

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    from argmine.formats.rows import Row

# NaN and infinity are none either.
_Share = Annotated[float, msgspec.Meta(ge=0, le=1)]
_NAMES = ("id", "article", "lang", "target", "role", "stance", "label", "holder")


class GoldRow(msgspec.Struct, frozen=True):
    """A labelled sentence: role, stance, holder and labels of the user's own, as it has them.

    ``stance`` is a label by target; or one label, toward the ``target`` of the row, which
    public sets call ``label``.  A ``label`` without a target is a layer of that name.  A table
    may have columns called ``stance.TARGET`` and ``labels.TASK`` instead.  ``columns`` holds
    every column of the line, to group by.
    ``by_task`` are labels that were read by a training configuration; ``follows`` says that
    the row before it is the sentence before it in the same document, ``where`` names its
    file and line.
    """

    text: str
    id: str = ""
    prev: str | None = None
    next: str | None = None
    lang: str = "all"
    article: str | None = None
    target: str | None = None
    role: str | None = None
    stance: dict[str, str] | str | None = None
    label: str | None = None
    holder: str | None = None
    own: dict[str, str] | None = msgspec.field(name="labels", default=None)
    columns: dict[str, Any] = {}
    by_task: dict[str, str] | None = None
    follows: bool = False
    where: str = ""

    def labels(self) -> dict[str, str]:
        """Return the labels by the name of the model's task, as the row has them."""
        if self.by_task is not None:
            return self.by_task
        stance = self.stance or (self.label if self.target else None)
        found = _by_task(self.role, stance, self.holder, self.own)
        for column, label in self.columns.items():
            if isinstance(label, str) and column.startswith(("stance.", "labels.")) and label:
                found[column.removeprefix("labels.")] = label
        if self.label and not self.target:
            found.setdefault("label", self.label)
        return {task: label for task, label in found.items() if label.strip()}


class Label(msgspec.Struct, frozen=True):
    """One answer of a file: its label, and the probabilities where it has them."""

    label: str
    score: _Share | None = None
    scores: dict[str, _Share] | None = None


class _Answers(msgspec.Struct, frozen=True):
    role: Label | str | None = None
    stance: dict[str, Label | str] | str | None = None
    holder: Label | str | None = None
    labels: dict[str, Label | str] | None = None


class _Line(_Answers, frozen=True):
    id: str = ""
    segments: list[_Answers] | None = None


def read_gold(path: Path, texts: Sequence[Path] = (), *, each: bool = False) -> list[GoldRow]:
    """Read labelled sentences: JSONL, CSV, Parquet, a saved dataset, or labelled documents.

    ``texts`` are files that have the texts, where the rows name them by id alone.  With
    ``each`` every annotation of a task is a row, whose column ``annotator`` says whose; an
    id then comes as often as there are annotators.

    Raises:
        DataError: A line is no labelled sentence, or an id comes twice; the message names
            file and line.
    """
    rows: list[GoldRow] = []
    seen: set[str] = set()
    last: Row | None = None
    for where, found in whole(path, read_labelled(path, texts, each=each)):
        cells = found.cells
        try:
            row = msgspec.convert(_as_text(cells), GoldRow)
        except msgspec.ValidationError as error:
            msg = f"{where}: not a labelled sentence: {error}"
            raise DataError(msg) from None
        if any("\ud800" <= character <= "\udfff" for character in row.text):
            msg = f"{where}: text: holds a lone surrogate, which is no character"
            raise DataError(msg)
        key = f"{row.id} {cells.get('annotator')}" if each else row.id
        if row.id and key in seen:
            says = "has two annotations; settle them" if "annotator" in cells else "is not unique"
            msg = f"{where}: the id {row.id!r} stands on an earlier line too: it {says}"
            raise DataError(msg)
        seen.add(key)
        follows = found.follows(last)
        rows.append(msgspec.structs.replace(row, columns=dict(cells), follows=follows, where=where))
        last = found
    if not rows:
        msg = f"{path}: holds no labelled sentence"
        raise DataError(msg)
    return rows


def _as_text(cells: Mapping[str, object]) -> dict[str, object]:
    """Return the cells with numbers as text where a name is wanted, empty ones left out."""
    found = {
        name: str(value) if name in _NAMES and isinstance(value, int | float) else value
        for name, value in cells.items()
        if name not in {"by_task", "follows", "where"}
        and value is not None
        and not (name in _NAMES and value == [])
    }
    stance = found.get("stance")
    if isinstance(stance, dict):
        found["stance"] = {target: label for target, label in stance.items() if label is not None}
    return found


def read_answers(path: Path, rows: list[GoldRow]) -> list[dict[str, Label]]:
    """Read the answers of a file for labelled sentences, by task.

    A line is the output of ``argmine annotate --unit sentence``, or has role, stance and
    holder as labels or as ``{label, score, scores}``; a table has columns called
    ``stance.TARGET`` and ``labels.TASK``.  Lines are matched by ``id``, or by their order
    where one side has no ids.

    Raises:
        DataError: A line is no answer, or a labelled sentence has none.
    """
    found: list[tuple[str, _Answers]] = []
    for where, row in whole(path, read_rows(path)):
        try:
            read = msgspec.convert(_as_text(row.cells), _Line)
        except msgspec.ValidationError as error:
            msg = f"{where}: not an answer: {error}"
            raise DataError(msg) from None
        if read.segments is not None and len(read.segments) != 1:
            msg = (
                f"{where}: {len(read.segments)} segments where one is judged; "
                "annotate the labelled sentences with --unit sentence"
            )
            raise DataError(msg)
        found.append(
            (read.id, read.segments[0] if read.segments else _with_columns(read, row.cells))
        )
    with_id = sum(1 for row in rows if row.id)
    if 0 < with_id < len(rows):
        msg = (
            f"{path}: {len(rows) - with_id} of {len(rows)} labelled sentences lack the id that "
            "the others have"
        )
        raise DataError(msg)
    if not with_id or not any(name for name, _ in found):
        answers = _in_order(path, rows, found)
        return [_labels(a, row.target) for a, row in zip(answers, rows, strict=True)]
    by_id = dict(found)
    if len(by_id) < len(found):
        twice = next(name for name, times in Counter(n for n, _ in found).items() if times > 1)
        msg = f"{path}: the id {twice!r} has more than one answer"
        raise DataError(msg)
    missing = [row.id for row in rows if row.id not in by_id]
    if missing:
        msg = (
            f"{path}: no answer for {len(missing)} of {len(rows)} labelled sentences, "
            f"the first is {missing[0]!r}"
        )
        raise DataError(msg)
    return [_labels(by_id[row.id], row.target) for row in rows]


def _with_columns(read: _Answers, cells: Mapping[str, object]) -> _Answers:
    """Return the answers with those that columns hold, ``label`` among them."""
    stance = read.stance if isinstance(read.stance, dict) else {}
    named = {
        name: value for name, value in cells.items() if isinstance(value, str) and value.strip()
    }
    stance |= {n.partition(".")[2]: v for n, v in named.items() if n.startswith("stance.")}
    own = dict(read.labels or {})
    own |= {n.partition(".")[2]: v for n, v in named.items() if n.startswith("labels.")}
    alone = read.stance if isinstance(read.stance, str) else None
    if "label" in named:
        if "target" not in named:
            own.setdefault("label", named["label"])
        elif alone is None and not stance:
            alone = named["label"]
    return _Answers(role=read.role, stance=stance or alone, holder=read.holder, labels=own or None)


def _in_order(path: Path, rows: list[GoldRow], found: list[tuple[str, _Answers]]) -> list[_Answers]:
    if len(found) != len(rows):
        msg = (
            f"{path}: {len(found)} answers for {len(rows)} labelled sentences, matched without ids"
        )
        raise DataError(msg)
    return [answers for _id, answers in found]


def _labels(answers: _Answers, target: str | None) -> dict[str, Label]:
    stance: object = answers.stance
    if target is not None and isinstance(stance, dict):
        # The stance toward the row's own target stands under that target's words.
        stance = stance.get(target) or stance
    given = _by_task(answers.role, stance, answers.holder, answers.labels)
    return {task: x if isinstance(x, Label) else Label(x) for task, x in given.items()}


def _by_task(role: Any, stance: Any, holder: Any, own: Any) -> dict[str, Any]:  # noqa: ANN401 - labels of two forms
    found: dict[str, Any] = dict(own or {})
    if isinstance(stance, dict):
        found |= {f"stance.{target}": label for target, label in stance.items()}
    alone = {"role": role, "holder": holder}
    alone["stance"] = None if isinstance(stance, dict) else stance
    return found | {task: label for task, label in alone.items() if label is not None}
