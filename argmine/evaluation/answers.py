"""The answers that a file holds for labelled sentences."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Annotated, NamedTuple

import msgspec

from argmine.config import nearest
from argmine.errors import DataError
from argmine.evaluation.gold import as_text, by_task
from argmine.evaluation.labels import at, canonical, written
from argmine.formats.labelled import whole
from argmine.formats.sources import read_rows

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    from argmine.evaluation.gold import GoldRow

# NaN and infinity are none either.
_Share = Annotated[float, msgspec.Meta(ge=0, le=1)]


class Label(msgspec.Struct, frozen=True):
    """One answer: its label, and the probabilities where they are known."""

    label: str
    score: _Share | None = None
    scores: dict[str, _Share] | None = None


class Field(NamedTuple):
    """Where the label of a task stands in a row, and what it may be called there."""

    path: str
    labels: Sequence[str]
    names: Mapping[str, str]


class Layout(NamedTuple):
    """The columns of a file of answers, as a training configuration names them."""

    id: str = "id"
    text: str = "text"
    tasks: Mapping[str, Field] = {}


class _Answers(msgspec.Struct, frozen=True):
    role: Label | str | None = None
    stance: dict[str, Label | str | None] | str | None = None
    holder: Label | str | None = None
    labels: dict[str, Label | str | None] | None = None


class _Segment(_Answers, frozen=True):
    start: int | None = None
    end: int | None = None


class _Line(_Answers, frozen=True):
    id: str = ""
    text: str | None = None
    segments: list[_Segment] | None = None


class _Found(NamedTuple):
    """What one line, or one segment of it, says, and the text that it says it of."""

    id: str
    text: str | None
    answers: _Answers
    fields: Mapping[str, str]
    is_segment: bool = False


_PLAIN = Layout()
_HINT = "; a labelled sentence is annotated as one with --unit sentence"


def read_answers(
    path: Path, rows: Sequence[GoldRow], layout: Layout = _PLAIN
) -> list[dict[str, Label]]:
    """Read the answers of a file for labelled sentences, by task.

    A line is the output of ``argmine annotate``, of the labelled documents or, with ``--unit
    sentence``, of the labelled sentences; or it has role, stance and holder as labels or as
    ``{label, score, scores}``; a table has columns called ``stance.TARGET`` and
    ``labels.TASK``, or what the ``layout`` names.  Lines are matched by ``id``, or by their
    order where one side has no ids.

    Raises:
        DataError: A line is no answer or belongs to another text, or a labelled sentence
            has no answer to a task that others have one to.
    """
    found = [
        part
        for where, row in whole(path, read_rows(path))
        for part in _read(where, row.cells, layout)
    ]
    with_id = sum(1 for row in rows if row.id)
    if 0 < with_id < len(rows):
        msg = (
            f"{path}: {len(rows) - with_id} of {len(rows)} labelled sentences lack the id that "
            "the others have"
        )
        raise DataError(msg)
    in_order = not with_id or not any(part.id for part in found)
    own = _in_order(path, rows, found) if in_order else _by_id(path, rows, found)
    for row, part in zip(rows, own, strict=True):
        if part.text is not None and part.text.strip() != row.text.strip():
            msg = f"{path}: {_name(row)}: the answer is to another text: {part.text[:60]!r}"
            raise DataError(msg)
    answers = [_labels(part, row.target) for row, part in zip(rows, own, strict=True)]
    _check_whole(path, rows, answers)
    return answers


def _name(row: GoldRow) -> str:
    return f"the id {row.id!r}" if row.id else row.where


def _read(where: str, cells: Mapping[str, object], layout: Layout) -> list[_Found]:
    """Return the answers of a line: one, or one a segment."""
    own = {
        **cells,
        "id": cells.get(layout.id, cells.get("id")),
        "text": cells.get(layout.text, cells.get("text")),
    }
    fields = {}
    for task, field in layout.tasks.items():
        value = at(cells, field.path)
        if field.names.get(written(value)) == "":
            continue
        if isinstance(value, str | int | float):
            label = canonical(written(value), field.labels, field.names)
            if label is None:
                near = nearest(str(value), [*field.labels, *field.names])
                msg = f"{where}: {field.path}: {value!r} is not a label; {near}"
                raise DataError(msg)
            fields[task] = label
            # It may be no answer in the usual form.
            own.pop(field.path.partition(".")[0], None)
    try:
        line = msgspec.convert(as_text(own), _Line)
    except msgspec.ValidationError as error:
        msg = f"{where}: not an answer: {error}"
        raise DataError(msg) from None
    if line.segments is None:
        return [_Found(line.id, line.text, _with_columns(line, own), fields)]
    parts = [
        _Found(f"{line.id}:{part.start}-{part.end}", None, part, fields, is_segment=True)
        for part in line.segments
    ]
    if not parts:
        # Nothing was judged; the line counts all the same.
        return [_Found(f"{line.id}:", None, _Answers(), fields, is_segment=True)]
    if len(parts) == 1:
        # The sentence that the line is, or the one sentence of a document.
        parts.insert(0, _Found(line.id, line.text, line.segments[0], fields))
    return parts


def _with_columns(line: _Answers, cells: Mapping[str, object]) -> _Answers:
    """Return the answers with those that columns hold, ``label`` among them."""
    stance = dict(line.stance) if isinstance(line.stance, dict) else {}
    named = {
        name: value for name, value in cells.items() if isinstance(value, str) and value.strip()
    }
    stance |= {n.partition(".")[2]: v for n, v in named.items() if n.startswith("stance.")}
    own = dict(line.labels or {})
    own |= {n.partition(".")[2]: v for n, v in named.items() if n.startswith("labels.")}
    alone = line.stance if isinstance(line.stance, str) else None
    if "label" in named:
        if "target" not in named:
            own.setdefault("label", named["label"])
        elif alone is None and not stance:
            alone = named["label"]
    return _Answers(role=line.role, stance=stance or alone, holder=line.holder, labels=own or None)


def _in_order(path: Path, rows: Sequence[GoldRow], found: Sequence[_Found]) -> list[_Found]:
    lines = [part for part in found if not part.is_segment]
    if len(lines) != len(rows):
        hint = _HINT if len(lines) < len(found) else ""
        msg = (
            f"{path}: {len(lines)} answers for {len(rows)} labelled sentences, matched without "
            f"ids{hint}"
        )
        raise DataError(msg)
    return lines


def _by_id(path: Path, rows: Sequence[GoldRow], found: Sequence[_Found]) -> list[_Found]:
    own = {part.id: part for part in found}
    wanted = {row.id for row in rows}
    times = Counter(part.id for part in found)
    twice = next((name for name in wanted if times[name] > 1), None)
    if twice is not None:
        msg = f"{path}: the id {twice!r} has more than one answer"
        raise DataError(msg)
    missing = [row.id for row in rows if row.id not in own]
    if missing:
        msg = (
            f"{path}: no answer for {len(missing)} of {len(rows)} labelled sentences, "
            f"the first is {missing[0]!r}"
            f"{_HINT if any(name.startswith(f'{missing[0]}:') for name in own) else ''}"
        )
        raise DataError(msg)
    return [own[row.id] for row in rows]


def _labels(part: _Found, target: str | None) -> dict[str, Label]:
    stance: object = part.answers.stance
    if target is not None and isinstance(stance, dict):
        # The stance toward the row's own target stands under that target's words.
        stance = stance.get(target) or stance
    given = by_task(part.answers.role, stance, part.answers.holder, part.answers.labels)
    found = {task: x if isinstance(x, Label) else Label(str(x)) for task, x in given.items() if x}
    found |= {task: Label(label) for task, label in part.fields.items()}
    return {task: answer for task, answer in found.items() if answer.label.strip()}


def _check_whole(
    path: Path, rows: Sequence[GoldRow], answers: Sequence[Mapping[str, Label]]
) -> None:
    """Refuse to measure only those rows of a task that somebody has answered.

    Raises:
        DataError: It counts the others.
    """
    answered = {task for given in answers for task in given}
    for task in answered:
        labelled = [
            (row, given) for row, given in zip(rows, answers, strict=True) if task in row.labels()
        ]
        missing = [row for row, given in labelled if task not in given]
        if missing and len(missing) < len(labelled):
            msg = (
                f"{path}: {task}: no answer for {len(missing)} of {len(labelled)} labelled "
                f"sentences, the first is {_name(missing[0])}"
            )
            raise DataError(msg)
