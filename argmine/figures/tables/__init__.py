"""The units and currencies of the three tables, looked up by their longest written form.

``units.toml`` and ``currencies.toml`` are ours to read and extend, ``cldr.toml`` adds
the names of all currencies.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

import msgspec

from argmine.figures.normalise import fold
from argmine.records import FigureType  # noqa: TC001 - read with the tables

if TYPE_CHECKING:
    from collections.abc import Iterable

_HERE = Path(__file__).parent
_MOST_WORDS = 4
_LONGEST_CHINESE = 8
# Codes of currencies that are words as well: "ALL 5 solutions".
_WORD_CODES = frozenset("ALL BOB COP CUP GEL LAK MAD MOP PEN RON SOS TOP TRY".split())
_WORDS = re.compile(
    r"[A-Za-zµΩ][A-Za-z0-9²³^µ]*(?:[./][A-Za-z0-9²³]{1,8}){0,2}\.?(?:[\s-][A-Za-z][A-Za-z0-9/]*){0,3}"
)
_BREAK = re.compile(r"[\s-]")
_MARK = re.compile(r"""(?:°\s?[A-Za-z]+|[°℃℉]|''|["″'%‰¢]|[A-Z]{1,3}\$|[$€£¥₩₹₽₪₴₾₸₮₫₺₱₦฿₿৳]|ரூ)""")
_SIGN = re.compile(
    r"""(?:(?:(?<![A-Za-z])[A-Za-z]{1,3}\.?\s?[A-Za-z]?\.?\s?)?[$€£¥₩₹₽₪₴₾₸₮₫₺₱₦฿₿৳]|(?<![A-Za-z])[A-Za-z]+(?:\s[A-Za-z]+)?\.?|[\u4e00-\u9fff]{2,4})\s{0,2}\Z"""
)
_CUT = re.compile(r"\s|(?<=[\u4e00-\u9fff])(?=[\u4e00-\u9fff])|(?<=[as])(?=\$)")
_ARTICLE = re.compile(r"[as]\s?\$|A\s\$")
_GOES_ON = re.compile(r"[A-Za-z0-9]")
_LOOK = 24
# Signs that are neither all capitals nor a mark.
MIXED_SIGNS = frozenset(("Rs", "Rp", "Rmb", "SFr", "SKr", "NKr", "Dh", "Kč"))


@dataclass(frozen=True, slots=True)
class Unit:
    """What a written unit means: its code, the type it makes, a factor on the value.

    ``size`` is how many basic units of ``dimension`` it holds, where units are added
    up: two feet and three inches.
    """

    code: str
    type: FigureType
    currency: bool = False
    factor: float = 1.0
    size: float = 0.0
    dimension: str = ""


@dataclass(frozen=True, slots=True)
class Found:
    """A unit found in text, the form it was written in, and where it ends."""

    unit: Unit
    written: str
    gap: str
    end: int


@dataclass(frozen=True, slots=True)
class Tables:
    """Written forms by the way they are compared."""

    exact: dict[str, Unit] = field(default_factory=dict)  # case by case: MW, mW
    words: dict[str, Unit] = field(default_factory=dict)  # in any case
    chinese: dict[str, Unit] = field(default_factory=dict)
    signs: dict[str, Unit] = field(default_factory=dict)  # before a number, in any case
    coins: dict[str, Unit] = field(default_factory=dict)  # only behind a greater coin

    def after(self, text: str, at: int) -> Found | None:
        """Return the unit written at a place, one space or hyphen left out."""
        gap = text[at : at + 1] if text[at : at + 1] in (" ", "-") else ""
        start = at + len(gap)
        first = text[start : start + 1]
        if "\u2e80" <= first <= "\u9fff":
            return self._chinese_at(text, start, gap)
        mark = _MARK.match(text, start)
        if mark:
            return self._mark_at(mark, gap)
        return self._words_at(text, start, gap)

    def before(self, text: str, at: int) -> Found | None:
        """Return the currency sign that ends at a place; ``end`` is where it starts."""
        found = _SIGN.search(text, max(0, at - _LOOK), at)
        if found is None:
            return None
        written = found[0].rstrip()
        start = found.start()
        while written:
            unit = None if _ARTICLE.match(written) else self.signs.get(written.casefold())
            if unit is not None:
                return Found(unit, written, "", start)
            # A shorter form may be the sign: "costs US $" holds "US $".
            cut = _CUT.search(written)
            if cut is None:
                return None
            step = cut.end() or 1
            written, start = written[step:], start + step
        return None

    def _chinese_at(self, text: str, start: int, gap: str) -> Found | None:
        written = text[start : start + _LONGEST_CHINESE]
        while written:
            unit = self.chinese.get(written)
            if unit is not None:
                return Found(unit, written, gap, start + len(written))
            written = written[:-1]
        return None

    def _mark_at(self, mark: re.Match[str], gap: str) -> Found | None:
        for written in (mark[0], mark[0][0]):
            unit = self.exact.get(written) or self.words.get(written.casefold())
            if unit is not None and written[0] == "°" and len(written) > 1:
                unit = self.words.get(written.casefold()) or unit
            if unit is not None:
                return Found(unit, written, gap, mark.start() + len(written))
        return None

    def _words_at(self, text: str, start: int, gap: str) -> Found | None:
        found = _WORDS.match(text, start)
        if found is None:
            return None
        written = found[0]
        for _ in range(_MOST_WORDS + 2):
            unit = self._word(written)
            if unit is not None and not _GOES_ON.match(text, start + len(written)):
                return Found(unit, written, gap, start + len(written))
            shorter = written[:-1] if written[-1] == "." else _shorter(written)
            if not shorter:
                return None
            written = shorter
        return None

    def _word(self, written: str) -> Unit | None:
        key = _BREAK.sub(" ", written)
        return self.exact.get(written) or self.exact.get(key) or self.words.get(key.casefold())


class _UnitRow(msgspec.Struct, forbid_unknown_fields=True):
    type: FigureType
    en: list[str]
    zh: list[str]
    size: tuple[float, str] = (0.0, "")


class _Coin(msgspec.Struct, forbid_unknown_fields=True):
    factor: float
    words: list[str]
    after: list[str] = []


class _CurrencyRow(msgspec.Struct, forbid_unknown_fields=True):
    signs: list[str]
    words: list[str]
    minor: _Coin | None = None
    hundredth: _Coin | None = None


_Row = TypeVar("_Row")


def load() -> Tables:
    """Read the tables.

    Raises:
        msgspec.ValidationError: A table is broken; that is a fault of the installation.
    """
    tables = Tables()
    for code, row in _read("units.toml", dict[str, _UnitRow]).items():
        size, dimension = row.size
        unit = Unit(code, row.type, size=size, dimension=dimension)
        for form in row.en:
            _add(tables, fold(form), unit)
        tables.chinese.update((fold(form), unit) for form in row.zh if not form.isascii())
    for code, names in _read("cldr.toml", dict[str, list[str]]).items():
        unit = Unit(code, "money", currency=True)
        _add_currency(tables, names, unit)
        if code in _WORD_CODES:
            continue
        tables.signs[code.casefold()] = unit
        tables.exact[code] = unit
        tables.exact[f"M{code}"] = Unit(code, "money", currency=True, factor=1e6)
        tables.signs[f"m{code.casefold()}"] = tables.exact[f"M{code}"]
    for code, money in _read("currencies.toml", dict[str, _CurrencyRow]).items():
        unit = Unit(code, "money", currency=True)
        signs = [sign for sign in money.signs if sign not in _WORD_CODES]
        tables.signs.update((fold(sign).casefold(), unit) for sign in signs)
        tables.exact.update((fold(sign), unit) for sign in money.signs if _MARK.fullmatch(sign))
        _add_currency(tables, money.words, unit)
        for coin in filter(None, (money.minor, money.hundredth)):
            part = Unit(code, "money", currency=True, factor=coin.factor)
            _add_currency(tables, coin.words, part)
            tables.coins.update((fold(form), part) for form in coin.after)
    return tables


def _read(name: str, shape: type[_Row]) -> _Row:
    return msgspec.toml.decode((_HERE / name).read_bytes(), type=shape)


def _add(tables: Tables, form: str, unit: Unit) -> None:
    """File an English form; one letter, or a capital within, is matched case by case."""
    cased = len(form) == 1 or (form != form.lower() and " " not in form)
    if cased:
        tables.exact[form] = unit
        return
    tables.words[_BREAK.sub(" ", form).casefold()] = unit
    # "7.5 million has" holds no hectares.
    if len(form) > 1 and form[-1].isalpha() and form[-1] != "s" and form != "ha":
        tables.words.setdefault(_BREAK.sub(" ", form).casefold() + "s", unit)


def _add_currency(tables: Tables, forms: Iterable[str], unit: Unit) -> None:
    for form in map(fold, forms):
        if not form.isascii() and not _MARK.match(form) and form[0] > "\u2e80":
            tables.chinese[form] = unit
        elif form.isupper() or not form[0].isalpha():
            tables.exact[form] = unit
        else:
            tables.words[form.casefold()] = unit


def _shorter(written: str) -> str:
    """Drop the last word, or what follows the last slash."""
    cut = max(written.rfind(mark) for mark in " -/")
    return written[:cut] if cut > 0 else ""


TABLES = load()
