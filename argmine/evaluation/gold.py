"""Labelled sentences, which answers are measured by."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import msgspec

from argmine.errors import DataError
from argmine.formats.labelled import read_labelled, whole
from argmine.formats.rows import written

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    from argmine.formats.rows import Row

_LABELS = ("role", "stance", "label", "labels", "holder", "segments")
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
        found = by_task(self.role, stance, self.holder, self.own)
        for column, label in self.columns.items():
            if isinstance(label, str) and column.startswith(("stance.", "labels.")) and label:
                found[column.removeprefix("labels.")] = label
        if self.label and not self.target:
            found.setdefault("label", self.label)
        return {task: label for task, label in found.items() if label.strip()}


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
            row = msgspec.convert(as_text(cells), GoldRow)
        except msgspec.ValidationError as error:
            known = ", ".join(map(str, cells))
            hint = (
                f"; the columns are {known} (name others with --config)"
                if "text" not in cells
                else ""
            )
            msg = f"{where}: not a labelled sentence: {error}{hint}"
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


def as_text(cells: Mapping[str, object]) -> dict[str, object]:
    """Return the cells with numbers as text where a name is wanted, empty ones left out."""
    found = {
        name: written(value) if name in _NAMES and isinstance(value, int | float) else value
        for name, value in cells.items()
        if name not in {"by_task", "follows", "where", "columns"}
        and value is not None
        and value == value  # noqa: PLR0124 - a table has NaN where nothing stands
        and not (name in _LABELS and value == "")
        and not (name in _NAMES and value == [])
    }
    for layer in ("stance", "labels"):
        given = found.get(layer)
        if isinstance(given, dict):
            found[layer] = {name: label for name, label in given.items() if label is not None}
    return found


def by_task(role: Any, stance: Any, holder: Any, own: Any) -> dict[str, Any]:  # noqa: ANN401 - labels of two forms
    """Return labels by the name of the model's task, out of those by layer."""
    found: dict[str, Any] = dict(own or {})
    if isinstance(stance, dict):
        found |= {f"stance.{target}": label for target, label in stance.items()}
    alone = {"role": role, "holder": holder}
    alone["stance"] = None if isinstance(stance, dict) else stance
    return found | {task: label for task, label in alone.items() if label is not None}
