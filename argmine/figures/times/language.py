"""What moments are made of: their kinds, and the compiled words of the two languages."""

from __future__ import annotations

import functools
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from argmine.figures.times import chinese, english

if TYPE_CHECKING:
    from argmine.records import FigureType

TYPES: dict[str, FigureType] = {
    "date": "date", "day": "date", "time": "time", "frequency": "frequency", "period": "period",
    "now": "time", "part": "period", "year": "period", "month": "period", "span": "period",
}  # fmt: skip
# Kinds that mean something beside another moment only: the 12 of "between 12 and 14 May",
# an ordinal, a bare year, m/d, two bare hours, the pm of "today pm".
WEAK = frozenset(("bare", "nth", "digits", "slash", "hours", "half", "spoken", "hour"))
CLOCKED = frozenset(("time", "part", "span", "hours"))
# Kinds that make one moment where they stand side by side.
_TOGETHER = {
    ("date", "time"): "time", ("time", "date"): "time", ("day", "time"): "time",
    ("date", "part"): "part", ("day", "part"): "part", ("part", "date"): "part",
    ("part", "time"): "time", ("time", "part"): "time", ("part", "period"): "part",
    ("frequency", "time"): "frequency", ("time", "frequency"): "frequency",
    ("frequency", "part"): "frequency", ("frequency", "span"): "frequency",
    ("date", "span"): "span", ("span", "date"): "span", ("day", "span"): "span",
    ("part", "span"): "span", ("span", "part"): "span", ("date", "hours"): "span",
    ("part", "hours"): "span", ("date", "half"): "part", ("date", "spoken"): "time",
    ("spoken", "part"): "time", ("part", "spoken"): "time", ("slash", "digits"): "date",
}  # fmt: skip
# In Chinese the greater stands before the lesser and nothing between them.
_TOGETHER_ZH = {
    ("date", "hour"): "time", ("day", "hour"): "time", ("part", "hour"): "time",
    ("frequency", "hour"): "frequency", ("year", "month"): "month", ("year", "date"): "date", ("year", "day"): "date",
    ("month", "day"): "date", ("month", "date"): "date", ("year", "period"): "period",
    ("month", "period"): "period", ("year", "nth"): "period", ("month", "nth"): "period", ("period", "period"): "period",
}  # fmt: skip
_WEEKDAY_EN = re.compile(rf"(?i:(?:{english.WHICH}\s)?{english.DAY})\Z")
_WEEKDAY_ZH = re.compile(rf"{chinese.WEEKDAY}\Z")
_WORD = re.compile(r"[a-z]+")
_DIGIT = re.compile(r"\d")


@dataclass(frozen=True, slots=True)
class Moment:
    """A date, time or period found in folded text."""

    start: int
    end: int
    kind: str
    norm: str | None = None

    @property
    def type(self) -> FigureType:
        """Return the figure type of its kind."""
        return TYPES.get(self.kind, "number")


@dataclass(frozen=True, slots=True)
class Language:
    """The words of one language.

    ``atoms`` are patterns with their kind and what triggers them; they are compiled when
    they are first tried, since all of them together take a quarter of a second.
    """

    atoms: tuple[tuple[str, frozenset[str], str], ...]
    before: re.Pattern[str]
    after: re.Pattern[str]
    opener: re.Pattern[str]
    to: re.Pattern[str]
    beside: re.Pattern[str]
    within: re.Pattern[str]
    weekday: re.Pattern[str]
    together: dict[tuple[str, str], str]
    chinese: bool

    def present(self, text: str) -> set[str]:
        """Return what triggers the atoms: characters, or words and "#" for digits."""
        if self.chinese:
            return set(text)
        words = set(_WORD.findall(text.lower()))
        return words | {"#"} if _DIGIT.search(text) else words


@functools.cache
def compiled(pattern: str) -> re.Pattern[str]:
    """Return an atom or another pattern of a language, compiled."""
    return re.compile(pattern, re.IGNORECASE)


@functools.cache
def language(*, in_chinese: bool) -> Language:
    """Return the words of Chinese, or of English."""
    words = chinese if in_chinese else english
    return Language(
        tuple((kind, frozenset(hints), row) for kind, hints, row in words.ATOMS),
        before=compiled(words.BEFORE),
        after=compiled(words.AFTER),
        opener=compiled(words.FROM),
        to=compiled(words.TO),
        beside=compiled(words.WITH),
        within=compiled(words.WITHIN),
        weekday=_WEEKDAY_ZH if in_chinese else _WEEKDAY_EN,
        together=_TOGETHER | _TOGETHER_ZH if in_chinese else _TOGETHER,
        chinese=in_chinese,
    )
