"""The answers that a file holds for labelled sentences."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Annotated, NamedTuple

import msgspec

from argmine.config import nearest
from argmine.errors import DataError
from argmine.evaluation.gold import as_text, by_task
from argmine.evaluation.labels import at, canonical
from argmine.formats.html import is_page
from argmine.formats.labelled import flat_rows, whole
from argmine.formats.rows import written
from argmine.model.folder import OPEN
from argmine.segmentation.stage import without_marks

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
    target: str = "target"
    tasks: Mapping[str, Field] = {}


class _Answers(msgspec.Struct, frozen=True):
    role: Label | str | None = None
    stance: dict[str, Label | str | None] | str | None = None
    holder: Label | str | None = None
    labels: dict[str, Label | str | None] | None = None


class _Mark(msgspec.Struct, frozen=True):
    start: int
    end: int


class _Segment(_Answers, frozen=True):
    start: int | None = None
    end: int | None = None
    citations: list[_Mark] = []

    def text_in(self, whole: str | None) -> str | None:
        """Return what it says, without its citation marks, if the text is there."""
        if whole is None or self.start is None or self.end is None:
            return None
        marks = [(mark.start, mark.end) for mark in self.citations]
        return without_marks(whole[self.start : self.end], self.start, marks)


class _Line(_Answers, frozen=True):
    id: str = ""
    text: str | None = None
    target: str | None = None
    segments: list[_Segment] | None = None


class _Found(NamedTuple):
    """What one line, or one segment of it, says, and the text that it says it of."""

    id: str
    text: str | None
    answers: _Answers
    fields: Mapping[str, Label]
    is_segment: bool = False
    target: str | None = None


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
        for where, row in whole(path, flat_rows(path))
        for part in _read(where, row.cells, layout)
    ]
    with_id = sum(1 for row in rows if row.id)
    if 0 < with_id < len(rows):
        msg = (
            f"{path}: {len(rows) - with_id} of {len(rows)} labelled sentences lack the id that "
            "the others have"
        )
        raise DataError(msg)
    # A segment of a document without an id has its place alone.
    in_order = not with_id or all(part.id[:1] in ("", ":") for part in found)
    left_out = any("" in field.names.values() for field in layout.tasks.values())
    if in_order and left_out and any(part.text is None for part in found):
        msg = f"{path}: names leave labels out, so answers need the id or the text of their row"
        raise DataError(msg)
    own = _in_order(path, rows, found) if in_order else _by_id(path, rows, found)
    for row, part in zip(rows, own, strict=True):
        # A page is read as one when it is annotated.
        given = None if is_page(row.text) else part.text
        if given is not None and given.strip() != row.text.strip():
            how = ", matched by order" if in_order else ""
            msg = f"{path}: {_name(row)}: the answer{how} is to another text: {given[:60]!r}"
            raise DataError(msg)
        if row.target and part.target and part.target != row.target:
            msg = f"{path}: {_name(row)}: the answer is toward another target: {part.target!r}"
            raise DataError(msg)
    answers = [_labels(part, row.target, layout) for row, part in zip(rows, own, strict=True)]
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
        "target": cells.get(layout.target, cells.get("target")),
    }
    if OPEN in layout.tasks and isinstance(by := at(cells, layout.tasks[OPEN].path), dict):
        own[OPEN] = by  # a label for each target
    fields = _fields(where, cells, layout)
    if fields and not any(label.label for label in fields.values()):
        return []  # as the labelled sentences that the names leave out
    for task in fields:
        # It may be no answer in the usual form.
        own.pop(layout.tasks[task].path.partition(".")[0], None)
    fields = {task: label for task, label in fields.items() if label.label}
    usual = as_text(own)
    try:
        line = msgspec.convert(usual, _Line)
    except msgspec.ValidationError as error:
        msg = f"{where}: not an answer: {error}"
        raise DataError(msg) from None
    if line.segments is None:
        answers = _with_columns(line, usual)
        return [_Found(line.id, line.text, answers, fields, target=line.target)]
    parts = [
        _Found(
            f"{line.id}:{part.start}-{part.end}",
            part.text_in(line.text),
            part,
            fields,
            is_segment=True,
            target=line.target,
        )
        for part in line.segments
    ]
    if not parts:
        # Nothing was judged; the line counts all the same.
        return [_Found(f"{line.id}:", None, _Answers(), fields, is_segment=True)]
    if len(parts) == 1:
        # The sentence that the line is, or the one sentence of a document.
        whole_line = _Found(line.id, line.text, line.segments[0], fields, target=line.target)
        parts.insert(0, whole_line)
    return parts


def _fields(where: str, cells: Mapping[str, object], layout: Layout) -> dict[str, Label]:
    """Return the answers that stand in the fields of the tasks, blank where they are left out.

    Raises:
        DataError: One is not a label.
    """
    found = {}
    for task, field in layout.tasks.items():
        value = at(cells, field.path)
        if isinstance(value, dict) and "label" in value:
            named = value["label"]
            told = written(named) if isinstance(named, int | float) else named
            try:
                label = _named(msgspec.convert({**value, "label": told}, Label), field)
            except msgspec.ValidationError as error:
                msg = f"{where}: {field.path}: not an answer: {error}"
                raise DataError(msg) from None
        elif isinstance(value, str | int | float):
            label = _named(Label(written(value)), field)
        else:
            continue
        if label is None:
            near = nearest(str(value), [*field.labels, *field.names])
            msg = f"{where}: {field.path}: {value!r} is not a label; {near}"
            raise DataError(msg)
        found[task] = label
    return found


def _named(answer: Label, field: Field) -> Label | None:
    """Return an answer by the labels of its task: blank if left out, None if unknown."""
    if field.names.get(answer.label) == "":
        return Label("")
    label = canonical(answer.label, field.labels, field.names)
    if label is None:
        return None
    scores: dict[str, float] = {}
    for name, score in (answer.scores or {}).items():
        own = canonical(name, field.labels, field.names) or name
        scores[own] = min(1.0, scores.get(own, 0.0) + score)
    return Label(label, answer.score, scores or None)


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
    segments = [part for part in found if part.is_segment]
    if len(lines) != len(rows) == len(segments):
        return segments
    if len(lines) != len(rows):
        hint = _HINT if len(lines) < len(found) else ""
        msg = (
            f"{path}: {len(lines)} answers for {len(rows)} labelled sentences, matched without "
            f"ids{hint}"
        )
        raise DataError(msg)
    return lines


def _by_id(path: Path, rows: Sequence[GoldRow], found: Sequence[_Found]) -> list[_Found]:
    own = {(part.id, part.target): part for part in found}
    wanted = {row.id for row in rows}
    times = Counter((part.id, part.target) for part in found if part.id in wanted)
    twice = next((key[0] for key, number in times.items() if number > 1), None)
    if twice is not None:
        msg = f"{path}: the id {twice!r} has more than one answer"
        raise DataError(msg)
    # A line for each target, or one line for all of them.
    matched = [own.get((row.id, row.target)) or own.get((row.id, None)) for row in rows]
    single = Counter(part.id for part in found)
    alone = {name: part for (name, _), part in own.items() if single[name] == 1}
    matched = [part or alone.get(row.id) for part, row in zip(matched, rows, strict=True)]
    missing = [row.id for part, row in zip(matched, rows, strict=True) if part is None]
    if missing:
        hint = _HINT if any(name.startswith(f"{missing[0]}:") for name in alone) else ""
        msg = (
            f"{path}: no answer for {len(missing)} of {len(rows)} labelled sentences, "
            f"the first is {missing[0]!r}{hint}"
        )
        raise DataError(msg)
    return [part for part in matched if part is not None]


def _labels(part: _Found, target: str | None, layout: Layout) -> dict[str, Label]:
    stance: object = part.answers.stance
    if target is not None and isinstance(stance, dict):
        # The stance toward the row's own target stands under that target's words.
        stance = stance.get(target) or stance
    given = by_task(part.answers.role, stance, part.answers.holder, part.answers.labels)
    found = {task: x if isinstance(x, Label) else Label(str(x)) for task, x in given.items() if x}
    for task, field in layout.tasks.items():
        if task in found:
            found[task] = _named(found[task], field) or found[task]
    found |= part.fields
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
