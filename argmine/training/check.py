"""Look through labelled rows before time is spent on training with them."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter, defaultdict
from typing import TYPE_CHECKING, Literal

import msgspec
from sklearn.feature_extraction.text import HashingVectorizer

from argmine.training import data, split, start
from argmine.training.config import complete

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from argmine.training.config import TrainingConfig
    from argmine.training.data import Example

# The cosine of texts that are alike but for their spaces.
_SAME = 0.999
NEAR = 0.9
FEW = 8
RARE = 0.05
_CHUNK = 512
_SPACE = re.compile(r"\s+")

Level = Literal["error", "warning"]


class Finding(msgspec.Struct, frozen=True, omit_defaults=True):
    """Something amiss: where, in which column, of what kind, and what."""

    level: Level
    kind: str
    where: str
    column: str
    says: str


class Report(msgspec.Struct, frozen=True):
    """All findings, and how many rows there are by part, task, language and label."""

    rows: dict[str, int]
    balance: dict[str, dict[str, dict[str, dict[str, int]]]]
    findings: list[Finding]


def check(settings: TrainingConfig) -> Report:
    """Return what is amiss with the rows of a training configuration.

    Errors are rows that cannot be read, and rows with contradicting labels; all else is a
    warning.  Near duplicates have a cosine of at least 0.9 between the counts of their
    five-character pieces.

    Raises:
        ConfigError: A task of the user's own has no labels.
        DataError: A file cannot be read at all.
    """
    settings = complete(settings)
    findings: list[Finding] = []
    train, dev = _parts(settings, findings)
    parts = {"train": train, "dev": dev}
    column = settings.data.columns.text
    if not train and not findings:
        says = "no row with a label to train on"
        findings.append(Finding("error", "empty", _sources(settings), column, says))
    findings += [
        Finding("error", "column", _sources(settings), "", says)
        for says in data.unseen([*train, *dev], settings.data)
        if train or dev
    ]
    for examples in parts.values():
        findings += _repeated(examples, column)
    findings += _leaks(train, dev, settings)
    findings += _rare(train, settings)
    findings += _untold(dev, settings)
    findings += _long([*train, *dev], settings)
    return Report(
        rows={name: len(examples) for name, examples in parts.items()},
        balance={name: _balance(examples, settings) for name, examples in parts.items()},
        findings=findings,
    )


def _sources(settings: TrainingConfig) -> str:
    return ", ".join(s if isinstance(s, str) else s.path for s in settings.data.train)


def _parts(
    settings: TrainingConfig, findings: list[Finding]
) -> tuple[list[Example], list[Example]]:
    given = settings.data
    read = [
        _readable(data.read_each(sources, settings.tasks, given.columns), findings)
        for sources in (given.train, given.dev or ())
    ]
    if given.dev is not None:
        return read[0], read[1]
    return split.split(read[0], given.dev_share, settings.loop.seeds[0])


def _readable(rows: Iterable[Example | data.BadRow], findings: list[Finding]) -> list[Example]:
    found = []
    for row in rows:
        if isinstance(row, data.BadRow):
            findings.append(Finding("error", "unreadable", row.where, row.column, row.says))
        else:
            found.append(row)
    return found


def _repeated(examples: Sequence[Example], column: str) -> Iterator[Finding]:
    """Rows that ask the same again: a duplicate, or a contradiction."""
    first: dict[tuple[str, ...], Example] = {}
    for example in examples:
        sentence = example.sentence
        key = (*_key(example), _plain(sentence.before), _plain(sentence.after))
        before = first.setdefault(key, example)
        if before is example:
            continue
        other = [t for t in example.labels if not _agree(before.labels[t], example.labels[t])]
        if other:
            says = f"{', '.join(other)}: another label than the same text at {before.where}"
            yield Finding("error", "conflict", example.where, column, says)
        else:
            yield Finding("warning", "duplicate", example.where, column, f"as at {before.where}")


def _leaks(
    train: Sequence[Example], dev: Sequence[Example], settings: TrainingConfig
) -> Iterator[Finding]:
    columns = settings.data.columns
    articles = {e.article: e.where for e in train if e.article}
    told = set()
    for example in dev:
        if example.article in articles and example.article not in told:
            told.add(example.article)
            says = f"article {example.article!r} is in training too, at {articles[example.article]}"
            yield Finding("warning", "leak", example.where, columns.article, says)
    for example, like, cosine in _alike(dev, train):
        other = [t for t in example.labels if not _agree(like.labels[t], example.labels[t])]
        if cosine > _SAME and other:
            says = (
                f"{', '.join(other)}: another label than the same text in training at {like.where}"
            )
            yield Finding("error", "conflict", example.where, columns.text, says)
        same = "the same text" if cosine > _SAME else f"nearly the text ({cosine:.2f})"
        says = f"{same} as in training at {like.where}"
        yield Finding("warning", "leak", example.where, columns.text, says)


def _alike(
    dev: Sequence[Example], train: Sequence[Example]
) -> Iterator[tuple[Example, Example, float]]:
    """Yield each dev row that has its like in training, with the nearest one."""
    same = {_key(example): example for example in reversed(train)}
    for example in dev:
        if _key(example) in same:
            yield example, same[_key(example)], 1.0
    rest = [example for example in dev if _key(example) not in same]
    if not rest or not train:
        return
    vectors = HashingVectorizer(
        analyzer="char", ngram_range=(5, 5), norm="l2", alternate_sign=False
    )
    known = vectors.transform(_plain(e.sentence.text) for e in train).T.tocsc()
    for begin in range(0, len(rest), _CHUNK):
        chunk = rest[begin : begin + _CHUNK]
        cosines = (vectors.transform(_plain(e.sentence.text) for e in chunk) @ known).tocsr()
        for place, example in enumerate(chunk):
            row = cosines.getrow(place)
            near = sorted(zip(row.data, row.indices, strict=True), reverse=True)
            for cosine, other in near:
                if cosine < NEAR:
                    break
                if _key(train[other])[1] == _key(example)[1]:
                    yield example, train[other], float(cosine)
                    break


def _rare(train: Sequence[Example], settings: TrainingConfig) -> Iterator[Finding]:
    for name, task in settings.tasks.items():
        counts = Counter(e.labels[name] for e in train if e.labels[name] != data.NO_LABEL)
        for number, label in enumerate(task.labels):
            rows = counts[number]
            if rows < FEW or rows < RARE * counts.total():
                says = f"{name}: {rows} of {counts.total()} rows to train on are {label!r}"
                yield Finding("warning", "balance", "", task.field, says)


def _untold(dev: Sequence[Example], settings: TrainingConfig) -> Iterator[Finding]:
    """Labels of which the rows to judge by hold too few to tell a score."""
    for name, task in settings.tasks.items():
        counts = Counter(e.labels[name] for e in dev)
        for number, label in enumerate(task.labels):
            if counts[number] < FEW:
                says = (
                    f"{name}: {counts[number]} rows to judge by are {label!r}, so its score will "
                    "be chance; "
                    + ("add rows to data.dev" if settings.data.dev else "raise data.dev_share")
                )
                yield Finding("warning", "balance", "", task.field, says)


def _long(examples: Sequence[Example], settings: TrainingConfig) -> Iterator[Finding]:
    tokenizer = start.tokenizer(settings.encoder)
    window = settings.window.sentence
    texts = [example.sentence.text for example in examples]
    pieces = tokenizer.encode_batch_fast(texts, add_special_tokens=False)
    for example, found in zip(examples, pieces, strict=True):
        if len(found.ids) > window:
            says = f"{len(found.ids)} pieces, training reads the first {window} (window.sentence)"
            yield Finding("warning", "long", example.where, settings.data.columns.text, says)


def _balance(
    examples: Sequence[Example], settings: TrainingConfig
) -> dict[str, dict[str, dict[str, int]]]:
    """Return rows by task, language and label."""
    found: dict[str, dict[str, dict[str, int]]] = {}
    for name, task in settings.tasks.items():
        counts: dict[str, Counter[str]] = defaultdict(Counter)
        for example in examples:
            if example.labels[name] != data.NO_LABEL:
                counts[example.lang][task.labels[example.labels[name]]] += 1
        found[name] = {lang: dict(part) for lang, part in sorted(counts.items())}
    return found


def _agree(one: int, other: int) -> bool:
    return data.NO_LABEL in (one, other) or one == other


def _key(example: Example) -> tuple[str, str]:
    return _plain(example.sentence.text), _plain(example.sentence.target)


def _plain(text: str) -> str:
    return _SPACE.sub(" ", unicodedata.normalize("NFKC", text).casefold()).strip()
