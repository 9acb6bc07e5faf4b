"""The one record that flows through argmine, and the layers it carries.

Offsets are Unicode code points into ``Document.text``, start included, end excluded.
Every record is frozen; a stage returns a new document that has its layer besides.
"""

from __future__ import annotations

import hashlib
import re
from typing import TYPE_CHECKING, Literal

import msgspec

from argmine.errors import DocumentError

if TYPE_CHECKING:
    from collections.abc import Iterable

SCHEMA = 1
# Characters of a document, so that its annotation fits into memory.
LONGEST = 10_000_000

Lang = Literal["zh", "en", "mixed"]
SegmentLang = Literal["zh-Hans", "zh-Hant", "en"]
BlockKind = Literal["headline", "byline", "heading", "paragraph", "bullet", "quote", "boilerplate"]
FigureType = Literal[
    "money",
    "percent",
    "percentage_point",
    "quantity",
    "count",
    "number",
    "multiple",
    "fraction",
    "age",
    "temperature",
    "duration",
    "date",
    "time",
    "period",
    "frequency",
    "ordinal",
]
Qualifier = Literal[
    "approx", "less_than", "more_than", "at_least", "at_most", "plus_minus", "vague"
]
Change = Literal["up", "down", "from", "to"]
Relation = Literal["to", "increase_by"]
Meta = dict[str, str | int | float | bool | list[object] | dict[str, object] | None]

_SURROGATE = re.compile("[\ud800-\udfff]")


class Record(msgspec.Struct, frozen=True, omit_defaults=True):
    """Base of every record; fields at their default are left out on disk."""


class Prediction(Record, frozen=True):
    """A label, its calibrated probability, and those of all labels."""

    label: str
    score: float
    scores: dict[str, float]


class Citation(Record, frozen=True):
    """A citation mark such as ``[2]``; it is no part of what a sentence says."""

    start: int
    end: int
    text: str


class Block(Record, frozen=True):
    """A part of the layout; ``group`` numbers the group it stands in, if any."""

    id: int
    start: int
    end: int
    kind: BlockKind
    group: int | None = None


class Segment(Record, frozen=True, kw_only=True):
    """A sentence, or what a reader would take as one statement.

    ``labels`` holds the answers to questions of the user's own, by their names.
    """

    id: int
    start: int
    end: int
    text: str
    lang: SegmentLang
    block: int
    citations: tuple[Citation, ...]
    role: Prediction | None = None
    stance: dict[str, Prediction] | None = None
    holder: Prediction | None = None
    labels: dict[str, Prediction] | None = None


class Measure(Record, frozen=True):
    """The words that name what a figure measures."""

    start: int
    end: int
    text: str


class Figure(Record, frozen=True, kw_only=True):
    """A numeric figure, normalised.

    ``start`` and ``end`` span it with its unit, ``core_start`` and ``core_end`` without.
    ``value``, ``low`` and ``high`` are scaled to plain numbers (1.2 million is 1200000,
    30% is 30 with unit ``%``); an open range has one bound only.  ``unit`` and ``per``
    are codes of the table ``figures/units.toml``, ``currency`` is ISO 4217, ``period`` an
    ISO 8601 duration, ``norm`` an ISO 8601 date, time or interval whose unknown parts
    are written ``XXXX``.
    """

    start: int
    end: int
    text: str
    type: FigureType
    core_start: int
    core_end: int
    segment: int | None
    value: float | None = None
    low: float | None = None
    high: float | None = None
    unit: str | None = None
    currency: str | None = None
    per: str | None = None
    period: str | None = None
    norm: str | None = None
    qualifier: Qualifier | None = None
    change: Change | None = None
    relation: Relation | None = None
    measures: Measure | None = None


class Provenance(Record, frozen=True):
    """What made the annotation: version, configuration, model, and model of open targets."""

    argmine: str
    config_sha256: str
    model: str | None = None
    model_sha256: str | None = None
    open_model: str | None = None
    open_model_sha256: str | None = None


class Document(Record, frozen=True, kw_only=True, omit_defaults=False):
    """A text and everything known about it; on disk every field stands."""

    schema: Literal[1] = msgspec.field(default=1)
    id: str
    text: str
    text_sha256: str
    lang: Lang | None = None
    meta: Meta = msgspec.field(default_factory=dict)
    blocks: tuple[Block, ...] = msgspec.field(default_factory=tuple)
    segments: tuple[Segment, ...] = msgspec.field(default_factory=tuple)
    figures: tuple[Figure, ...] = msgspec.field(default_factory=tuple)
    provenance: Provenance | None = None

    @classmethod
    def of(cls, text: str, *, id: str | None = None, meta: Meta | None = None) -> Document:  # noqa: A002
        """Return a document without layers; its id is made from the text if not given.

        Raises:
            DocumentError: The text holds a lone surrogate, which is no character, or is
                longer than a document may be.
        """
        if len(text) > LONGEST:
            msg = f"{len(text):,} characters; a document may have {LONGEST:,}: cut it into several"
            raise DocumentError(msg)
        found = _SURROGATE.search(text)
        if found:
            msg = (
                f"the text holds a lone surrogate U+{ord(found[0]):04X} at offset "
                f"{found.start()}; it cannot be written as UTF-8"
            )
            raise DocumentError(msg)
        try:
            _ENCODER.encode((id, meta))
        except UnicodeEncodeError:
            msg = "id or metadata hold a lone surrogate; it cannot be written as UTF-8"
            raise DocumentError(msg) from None
        except TypeError as error:
            msg = f"id or metadata cannot be written as JSON: {error}"
            raise DocumentError(msg) from None
        digest = hashlib.sha256(text.encode("utf-8")).hexdigest()
        return cls(id=id or digest[:16], text=text, text_sha256=digest, meta=meta or {})

    @classmethod
    def from_json(cls, line: str | bytes) -> Document:
        """Return the document of one line of annotated JSONL.

        Raises:
            DocumentError: The line is not such a document; the message names the field.
        """
        try:
            return _DECODER.decode(line)
        except (msgspec.DecodeError, UnicodeError) as error:
            msg = f"not an annotated document: {error}"
            raise DocumentError(msg) from None

    def to_json(self) -> bytes:
        """Return the document as one line of JSON, without the line feed."""
        return _ENCODER.encode(self)


class Failure(Record, frozen=True, kw_only=True):
    """A document that was set aside, with the place it came from and the reason.

    What cannot be written as UTF-8 is spelt out: it is what many a document fails by.
    """

    file: str
    reason: str
    line: int | None = None
    id: str | None = None

    @classmethod
    def read(cls, lines: Iterable[bytes]) -> list[Failure]:
        """Return the failures of lines of JSON; what somebody has made of others is left out."""
        found = []
        for line in lines:
            try:
                found.append(msgspec.json.decode(line, type=cls))
            except (msgspec.DecodeError, UnicodeDecodeError):
                continue
        return found

    def __post_init__(self) -> None:
        """Spell out lone surrogates."""
        for name in ("file", "reason", "id"):
            told = getattr(self, name)
            if told is not None and _SURROGATE.search(told):
                whole = told.encode("utf-8", "backslashreplace").decode()
                msgspec.structs.force_setattr(self, name, whole)


def json_schema() -> dict[str, object]:
    """Return the JSON Schema of one line of annotated JSONL."""
    schema = msgspec.json.schema(Document, schema_hook=_any_json)
    schema["$schema"] = "https://json-schema.org/draft/2020-12/schema"
    schema["title"] = f"argmine document, schema {SCHEMA}"
    return schema


def _any_json(_kind: type) -> dict[str, object]:
    return {"description": "any JSON value"}


_ENCODER = msgspec.json.Encoder()
_DECODER = msgspec.json.Decoder(Document)
