"""The units and currencies of ``units.toml`` and ``currencies.toml`` as patterns."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from argmine.figures.normalise import fold

if TYPE_CHECKING:
    from argmine.records import FigureType

_HERE = Path(__file__).parent


@dataclass(frozen=True, slots=True)
class Unit:
    """What a written unit means: its code, the type it makes, a factor on the value."""

    code: str
    type: FigureType
    currency: bool = False
    factor: float = 1.0


@dataclass(frozen=True, slots=True)
class Tables:
    """Written form to unit, and the patterns that match the longest form."""

    words: dict[str, Unit]
    exact: dict[str, Unit]
    signs: dict[str, Unit]
    after: re.Pattern[str]
    before: re.Pattern[str]
    per: str

    def unit(self, written: str) -> Unit:
        """Return the unit of a form that ``after`` or ``before`` matched."""
        key = " ".join(written.split())
        return self.exact.get(key) or self.signs.get(key) or self.words[key.casefold()]


def load() -> Tables:
    """Read both tables and compile their patterns."""
    units = tomllib.loads((_HERE / "units.toml").read_text(encoding="utf-8"))
    currencies = tomllib.loads((_HERE / "currencies.toml").read_text(encoding="utf-8"))
    words: dict[str, Unit] = {}
    exact: dict[str, Unit] = {}
    signs: dict[str, Unit] = {}
    for code, entry in units.items():
        unit = Unit(code, entry["type"])
        for form in entry["en"]:
            _add(form, unit, words, exact)
        for form in entry["zh"]:
            exact[fold(form)] = unit
    for code, entry in currencies.items():
        unit = Unit(code, "money", currency=True)
        signs.update({fold(sign): unit for sign in entry["signs"]})
        for form in entry["words"]:
            _add_currency(form, unit, words, exact)
        minor = entry.get("minor")
        for form in minor["words"] if minor else ():
            part = Unit(code, "money", currency=True, factor=minor["factor"])
            _add_currency(form, part, words, exact)
    per = "|".join(_forms([*words, *(w for w in exact if exact[w].type != "percent")]))
    return Tables(
        words=words,
        exact=exact,
        signs=signs,
        after=re.compile(_after(words, exact)),
        before=re.compile(rf"(?:{'|'.join(_forms(signs))})\s?\Z"),
        per=per,
    )


def _add(form: str, unit: Unit, words: dict[str, Unit], exact: dict[str, Unit]) -> None:
    """File an English form; units with capitals or of one letter are case by case."""
    folded = fold(form)
    cased = len(folded) == 1 or (folded != folded.lower() and " " not in folded)
    if cased:
        exact[folded] = unit
        return
    words[folded.casefold()] = unit
    if len(folded) > 2 and folded[-1] not in "s%" and folded.isascii():
        words[folded.casefold() + "s"] = unit


def _add_currency(form: str, unit: Unit, words: dict[str, Unit], exact: dict[str, Unit]) -> None:
    folded = fold(form)
    if folded.isascii() and not folded.isupper():
        words[folded.casefold()] = unit
    else:
        exact[folded] = unit


def _forms(forms: object) -> list[str]:
    ordered = sorted(forms, key=len, reverse=True)  # type: ignore[call-overload]
    return [re.escape(form).replace(r"\ ", r"\s") for form in ordered]


def _after(words: dict[str, Unit], exact: dict[str, Unit]) -> str:
    """Longest form first; a Latin form must end at a word's end."""
    # A sign may stand behind its number: 10 €.
    behind = r"(?P<sign>\s?[$€£¥₩₹₽])(?!\s?\d)"
    latin = [w for w in exact if w[0].isascii() and w[0].isalpha()]
    other = [w for w in exact if w not in latin]
    return (
        rf"(?:(?P<zh>{'|'.join(_forms(other))})"
        rf"|{behind}"
        rf"|[\s-]?(?:(?i:{'|'.join(_forms(words))})|{'|'.join(_forms(latin))})"
        r"(?![A-Za-z0-9]))"
    )


TABLES = load()
