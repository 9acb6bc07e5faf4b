"""The table of currency names says what the Unicode CLDR says, by way of babel."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest
from babel import Locale
from babel.numbers import get_currency_name
from babel.units import format_unit

import argmine.figures.tables
from argmine.figures import find

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


# What news writes of the units that the CLDR knows; it has kitchen and printing units too.
UNITS = """
area-square-centimeter area-square-foot area-square-inch area-square-kilometer
area-square-meter area-square-mile area-square-yard area-acre area-hectare
digital-gigabyte digital-terabit digital-terabyte digital-petabyte
duration-century duration-day duration-decade duration-hour duration-minute duration-month
duration-second duration-week duration-year
electric-volt energy-kilowatt-hour energy-joule energy-kilojoule energy-kilocalorie
force-newton length-centimeter length-foot length-inch length-kilometer length-light-year
length-meter length-micrometer length-mile length-millimeter length-nanometer
length-nautical-mile length-yard length-parsec light-lumen light-lux light-candela
mass-carat mass-gram mass-kilogram mass-microgram mass-milligram mass-ounce mass-pound
mass-ton mass-ounce-troy power-gigawatt power-horsepower power-kilowatt power-megawatt
power-milliwatt power-watt pressure-kilopascal pressure-megapascal pressure-millibar
torque-newton-meter volume-acre-foot volume-barrel volume-bushel volume-cubic-foot
volume-cubic-inch volume-cubic-kilometer volume-cubic-meter volume-cubic-mile
volume-cubic-yard volume-gallon volume-liter volume-megaliter volume-milliliter volume-pint
""".split()


@pytest.mark.parametrize("locale", ["en", "zh_Hans"])
@pytest.mark.parametrize("unit", UNITS)
def test_the_units_of_the_cldr_are_found(unit: str, locale: str) -> None:
    """By their long names, whole; the Chinese CLDR leaves some to its root locale."""
    patterns = Locale.parse(locale)._data["unit_patterns"].get(unit, {})
    if "long" not in patterns:
        pytest.skip("no long name of its own")
    text = format_unit(7, unit, length="long", locale=locale)
    [figure] = find(text)

    assert figure.text == text
    assert figure.value == 7
