"""Labelled rows: read, checked, their labels turned into class indices."""

from __future__ import annotations

import glob
import hashlib
import random
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec

from argmine.config import nearest
from argmine.errors import DataError
from argmine.evaluation.labels import at, canonical
from argmine.formats.labelled import read_labelled
from argmine.formats.passages import Names
from argmine.formats.rows import Row, written
from argmine.model import folder
from argmine.model.folder import OPEN
from argmine.model.inputs import Sentence
from argmine.records import Failure
from argmine.segmentation.language import is_chinese
from argmine.training.config import Source

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from argmine.training.config import Columns, DataSettings, TaskSettings

NO_LABEL = -100


class Example(msgspec.Struct, frozen=True):
    """A sentence with one class index for each task, ``NO_LABEL`` where it has none.

    ``given`` are the labels as the row had them; ``where`` is its file and line.
    ``id`` is the row's own, ``cells`` all that the row held.  ``shares`` has for each task how
    probable teachers hold its labels, of a row that nobody has labelled.
    """

    sentence: Sentence
    labels: dict[str, int]
    lang: str
    article: str = ""
    given: dict[str, str] = {}
    where: str = ""
    shares: dict[str, list[float]] = {}
    id: str = ""
    cells: Mapping[str, object] = {}


class BadRow(msgspec.Struct, frozen=True):
    """A row that is no example: where it stands, which column is to blame, and why."""

    where: str
    column: str
    says: str


def read_examples(
    sources: Sequence[str | Source],
    tasks: Mapping[str, TaskSettings],
    columns: Columns,
    *,
    each: bool = False,
    partly: bool = False,
) -> list[Example]:
    """Read labelled rows of all sources; with ``each`` every annotation is a row.

    With ``partly`` a task may go without any label.

    Raises:
        DataError: A row cannot be read, lacks its text or target, has an unknown label or
            none at all; the message names file, line and field.
    """
    examples = _whole(read_each(sources, tasks, columns, each=each))
    for task in tasks if not partly else ():
        if all(example.labels[task] == NO_LABEL for example in examples):
            files = ", ".join(str(path) for path in paths(sources))
            msg = f"{files}: no row has a label for {task!r}, in the field {tasks[task].field!r}"
            raise DataError(msg)
    return examples


def unseen(examples: Sequence[Example], given: DataSettings) -> list[str]:
    """Return a clause for each column that is named other than usual, and that no row has."""
    sources = [*given.train, *(given.dev or ())]
    if all(isinstance(source, Source) and source.columns for source in sources):
        return []  # each names its own
    columns = given.columns
    known = sorted({str(name) for example in examples for name in example.cells})
    usual = msgspec.structs.asdict(type(columns)())
    return [
        f"data.columns.{field}: no row has a column {name!r}; {nearest(name, known)}"
        for field, name in msgspec.structs.asdict(columns).items()
        if name != usual[field] and name not in known
    ]


def read_unlabelled(
    sources: Sequence[str | Source], tasks: Mapping[str, TaskSettings], columns: Columns
) -> list[Example]:
    """Read rows, and all segments of documents, whatever labels they have.

    Raises:
        DataError: A row cannot be read, or lacks its text or target.
    """
    return _whole(read_each(sources, tasks, columns, labelled=False))


def _whole(rows: Iterable[Example | BadRow]) -> list[Example]:
    examples = []
    for row in rows:
        if isinstance(row, BadRow):
            column = f"{row.column}: " if row.column else ""
            msg = f"{row.where}: {column}{row.says}"
            raise DataError(msg)
        examples.append(row)
    return examples


def read_each(  # noqa: PLR0913 - each has a default
    sources: Sequence[str | Source],
    tasks: Mapping[str, TaskSettings],
    columns: Columns,
    seed: int = 13,
    *,
    labelled: bool = True,
    each: bool = False,
) -> Iterator[Example | BadRow]:
    """Yield the rows of all sources, those that cannot be used as such.

    What is not ``labelled`` is read without regard to labels.  With ``each`` every
    annotation of a task is a row, also where they are equal.

    Raises:
        DataError: A file is missing, or is no table.
    """
    for given in sources:
        source = given if isinstance(given, Source) else Source(path=given)
        generator = random.Random(seed)  # noqa: S311
        reader = _Reader(
            source, tasks, source.columns or columns, generator, labelled=labelled, each=each
        )
        found = list(reader.rows())
        places = list(range(len(found)))
        if source.rows is not None and source.rows < len(found):
            places = sorted(random.Random(seed).sample(places, source.rows))  # noqa: S311
        for last, place in zip([-1, *places], places, strict=False):
            row = found[place]
            if isinstance(row, Example) and last + 1 != place:
                # The sentence that it follows was not drawn.
                row = msgspec.structs.replace(row, sentence=replace(row.sentence, follows=False))
            yield row


def paths(sources: Sequence[str | Source]) -> list[Path]:
    """Return the files of all sources.

    Raises:
        DataError: A pattern matches nothing.
    """
    found = []
    for given in sources:
        source = given if isinstance(given, Source) else Source(path=given)
        found += expand(source.path)
        found += texts(source)
    return list(dict.fromkeys(found))


def texts(source: Source) -> list[Path]:
    """Return the files that have the texts of a source, if they lie elsewhere.

    Raises:
        DataError: There is no such file.
    """
    return [] if source.texts is None else expand(source.texts)


def expand(pattern: str) -> list[Path]:
    """Return the files that a pattern names, sorted.

    Raises:
        DataError: It matches nothing.
    """
    # A name with brackets in it may be a file's own.
    found = [Path(pattern)] if Path(pattern).exists() else sorted(map(Path, glob.glob(pattern)))
    if not found:
        msg = f"{pattern}: no such file"
        raise DataError(msg)
    return found


def digest(path: Path) -> str:
    """Return the SHA-256 of a file, or of all files of a folder."""
    files = (
        sorted(inner for inner in path.rglob("*") if inner.is_file()) if path.is_dir() else [path]
    )
    whole = hashlib.sha256()
    for file in files:
        whole.update(folder.digest(file).encode())
    return whole.hexdigest() if path.is_dir() else folder.digest(path)


class _Reader:
    """Rows of one source as examples."""

    def __init__(  # noqa: PLR0913 - it is private
        self,
        source: Source,
        tasks: Mapping[str, TaskSettings],
        columns: Columns,
        generator: random.Random,
        *,
        labelled: bool,
        each: bool = False,
    ) -> None:
        self._source = source
        self._tasks = tasks
        self._columns = columns
        self._random = generator
        self._labelled = labelled
        self._each = each

    def rows(self) -> Iterator[Example | BadRow]:
        columns = self._columns
        names = Names(columns.text, columns.prev, columns.next, columns.article, columns.id)
        for path in expand(self._source.path):
            last = None
            found = read_labelled(
                path, texts(self._source), names, labelled=self._labelled, each=self._each
            )
            for row in self._asked(found):
                example = self._read(path, row)
                if example is None:
                    continue
                if isinstance(row, Row):
                    if isinstance(example, Example) and row.follows(last):
                        sentence = replace(example.sentence, follows=True)
                        example = msgspec.structs.replace(example, sentence=sentence)
                    last = row
                yield example

    def _asked(self, rows: Iterable[Row | Failure]) -> Iterator[Row | Failure]:
        """Yield a row for each target that a row has a stance toward, if targets are asked for."""
        column, field = self._columns.target, self._field(OPEN) if OPEN in self._tasks else ""
        named = bool(self._source.targets)  # the source has a target of its own
        for row in rows:
            stances = None if isinstance(row, Failure) else at(row.cells, field)
            if isinstance(row, Failure) or named or not (stances and isinstance(stances, dict)):
                yield row
                continue
            for target, label in stances.items():
                yield row._replace(cells={**row.cells, column: target, field: label})

    def _read(self, path: Path, row: Row | Failure) -> Example | BadRow | None:
        if isinstance(row, Failure):
            return BadRow(f"{row.file}:{row.line}" if row.line else row.file, "", row.reason)
        if self._labelled and self._is_left_out(row.cells):
            return None
        segment = self._labelled and row.segment is not None
        if segment and not any(map(self._given(row.cells).get, self._tasks)):
            # Of a document some segments only are labelled, or labelled for other tasks.
            return None
        where = row.at(path)
        try:
            return self._example(where, row.cells)
        except _BadCellError as error:
            return BadRow(where, error.column, str(error))

    def _is_left_out(self, row: Mapping[str, object]) -> bool:
        """Say whether all the labels of a row are such as the names map to nothing."""
        given = {name: value for name, value in self._given(row).items() if value is not None}
        return bool(given) and all(
            self._tasks[name].names.get(written(value)) == "" for name, value in given.items()
        )

    def _given(self, row: Mapping[str, object]) -> dict[str, object]:
        return {name: at(row, self._field(name)) for name in self._tasks}

    def _example(self, where: str, row: Mapping[str, object]) -> Example:
        columns = self._columns
        text = self._words(row, columns.text, "a text")
        # As the model tells them apart when it is used: its temperatures hang on it.
        lang = "zh" if is_chinese(text) else "en"
        before, after = (_cell(row.get(name)) for name in (columns.prev, columns.next))
        target = self._target(row, lang) if OPEN in self._tasks else ""
        given = self._given(row) if self._labelled else dict.fromkeys(self._tasks)
        labels = {name: self._index(name, value) for name, value in given.items()}
        if self._labelled and all(index == NO_LABEL for index in labels.values()):
            fields = ", ".join(self._field(name) for name in self._tasks)
            msg = f"no label; the row has the columns {', '.join(row)}"
            raise _BadCellError(fields, msg)
        return Example(
            Sentence(text, before, after, target),
            labels,
            lang,
            _cell(row.get(columns.article)),
            {name: str(value) for name, value in given.items() if value is not None},
            where,
            id="" if row.get(columns.id) is None else written(row.get(columns.id)),
            cells=row,
        )

    def _index(self, name: str, value: object) -> int:
        task = self._tasks[name]
        if value is None or value == [] or task.names.get(written(value)) == "":
            return NO_LABEL
        label = canonical(written(value), task.labels, task.names)
        if label is None:
            near = nearest(str(value), [*task.labels, *task.names])
            msg = f"{value!r} is not a label; {near}"
            raise _BadCellError(self._field(name), msg)
        return task.labels.index(label)

    def _field(self, task: str) -> str:
        return self._source.fields.get(task, self._tasks[task].field)

    def _target(self, row: Mapping[str, object], lang: str) -> str:
        if not self._source.targets:
            return self._words(row, self._columns.target, "a target in words")
        names = self._source.targets.get(lang)
        if names is None:
            msg = f"the text is {lang!r}, and the source names its target in other languages only"
            raise _BadCellError(self._columns.text, msg)
        return self._random.choice(names)

    def _words(self, row: Mapping[str, object], column: str, what: str) -> str:
        found = row.get(column)
        if isinstance(found, str) and found.strip():
            if any("\ud800" <= character <= "\udfff" for character in found):
                msg = "holds a lone surrogate, which is no character"
                raise _BadCellError(column, msg)
            return found
        if column in row:
            msg = f"expected {what}, found {found!r}"
        else:
            msg = f"no such column; {nearest(column, list(row))}"
        raise _BadCellError(column, msg)


class _BadCellError(Exception):
    """A cell that makes its row unusable."""

    def __init__(self, column: str, says: str) -> None:
        super().__init__(says)
        self.column = column


def _cell(value: object) -> str:
    return "" if value is None else str(value)
