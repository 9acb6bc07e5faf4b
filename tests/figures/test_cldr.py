"""The table of currency names says what the Unicode CLDR says, by way of babel."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest
from babel.numbers import get_currency_name

import argmine.figures.tables

TABLES = Path(argmine.figures.tables.__file__).parent
NAMES: dict[str, list[str]] = tomllib.loads((TABLES / "cldr.toml").read_text(encoding="utf-8"))
OURS = tomllib.loads((TABLES / "currencies.toml").read_text(encoding="utf-8"))


@pytest.mark.parametrize("code", NAMES)
def test_every_name_is_the_cldr_name(code: str) -> None:
    """Singular and plural in English, the one name in simplified Chinese."""
    english = {get_currency_name(code, count, locale="en") for count in (None, 1, 2)}
    chinese = get_currency_name(code, locale="zh_Hans")

    assert set(NAMES[code]) <= english | {chinese}


def test_our_own_currencies_are_iso_4217() -> None:
    """A code that the CLDR does not know is a slip of the pen; bitcoin has none but its own."""
    assert [code for code in OURS if get_currency_name(code, locale="en") == code] == ["BTC"]
