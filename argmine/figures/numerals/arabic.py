"""Numerals in digits: 1,234.5, 1.2e6, 3/4, 2½, 1 414 000.

All text here is folded (``normalise.fold``).
"""

from __future__ import annotations

import re

_VULGAR = {
    "½": 1 / 2, "¼": 1 / 4, "¾": 3 / 4, "⅓": 1 / 3, "⅔": 2 / 3, "⅕": 1 / 5, "⅖": 2 / 5,
    "⅗": 3 / 5, "⅘": 4 / 5, "⅙": 1 / 6, "⅛": 1 / 8, "⅜": 3 / 8, "⅝": 5 / 8, "⅞": 7 / 8,
}  # fmt: skip
_POWER = r"(?:\s?[x×*]\s?\d{1,3}(?:\^[-+]{0,2}\d{1,3}|-\d{1,2}(?!\d))|[eE][-+]?\d{1,3}(?![A-Za-z0-9])|\^[-+]{0,2}\d{1,3})"
_LIMIT = 1e300

# Ordered from the longest way of writing a number to the plainest.
DIGITS = (
    r"(?:\d{1,4}\s?[½¼¾⅓⅔⅕⅖⅗⅘⅙⅛⅜⅝⅞]|[½¼¾⅓⅔⅕⅖⅗⅘⅙⅛⅜⅝⅞]"
    r"|\d{1,3}(?:,\d{3}){1,9}(?!\d)(?:\.\d{1,20})?"
    r"|\d{1,2}(?:,\d{2}){1,6},\d{3}(?!\d)(?:\.\d{1,20})?"
    r"|\d{1,3}(?:\.\d{3}){1,6},\d{1,2}(?!\d)"
    r"|(?<![\d.,])(?<![\d.,-]\s)\d{1,3}(?: \d{3}){1,6}(?![\d/-]|[,.]\d)"
    r"|\d{1,3}(?:'\d{3}){1,6}(?!\d)(?:\.\d{1,20})?"
    r"|\d{1,3},\d{1,2}(?=\s?(?:%|million|billion|Mrd|€|euro))"
    r"|\d{1,4}[ -]\d{1,3}/\d{1,3}(?![\d/])"
    r"|(?<![\d/])\d{1,4}/\d{1,4}(?![\d/])"
    rf"|\d{{1,39}}(?:\.\d{{1,20}}(?!\d))?{_POWER}"
    r"|\d+(?:\.\d+)?"
    r"|(?<![\w.])\.\d{1,20})"
)
_EXPONENT = re.compile(r"[eE]([-+]?\d+)\Z")
_TIMES = re.compile(r"\s?[x×*]\s?(\d+)(?:\^([-+]*)(\d+)|(-\d+))\Z")
_RAISED = re.compile(r"\^([-+]*)(\d+)\Z")
_EUROPEAN = re.compile(r"\d{1,3}(?:\.\d{3})*,\d{1,2}")


def parse(written: str) -> float | None:
    """Return the value of a numeral in digits, or None if it has none.

    A numerator over a smaller or equal denominator is a share of one; ``2024/25`` is
    a season, not a number.
    """
    if written[-1] in _VULGAR:
        whole = written[:-1].strip()
        return (float(whole) if whole else 0.0) + _VULGAR[written[-1]]
    if "/" in written:
        return _fraction(written)
    if _EUROPEAN.fullmatch(written):
        return float(written.replace(".", "").replace(",", "."))
    power = _power(written)
    if power is not None:
        base, factor = power
        value = _plain(base) * factor if base else factor
        return float(f"{value:.15g}") if abs(value) < _LIMIT else None
    raised = _RAISED.search(written)
    if raised:
        return _raise(_plain(written[: raised.start()]), _signed(raised[1], raised[2]))
    value = _plain(written)
    return value if value < _LIMIT else None


def is_fraction(written: str) -> bool:
    """Say whether the numeral is written as a share: 3/4, ½."""
    return "/" in written or written[-1] in _VULGAR


def _plain(written: str) -> float:
    return float(re.sub("[ ,']", "", written))


def _fraction(written: str) -> float | None:
    whole, share = re.split("[ -]", written) if re.search("[ -]", written) else ("", written)
    over, under = (int(part) for part in share.replace(" ", "").split("/"))
    if under == 0 or (over > under and (under > 12 or (whole == "" and over > 99))):
        return None
    return (float(whole) if whole else 0.0) + over / under


def _power(written: str) -> tuple[str, float] | None:
    exponent = _EXPONENT.search(written)
    if exponent:
        power = _raise(10.0, int(exponent[1]))
        return None if power is None else (written[: exponent.start()], power)
    times = _TIMES.search(written)
    if times is None:
        return None
    power = _raise(float(times[1]), _signed(times[2], times[3]) if times[3] else int(times[4]))
    return None if power is None else (written[: times.start()], power)


def _signed(signs: str, digits: str) -> int:
    # Two signs are a slip of the pen for one: 1.1^--23.
    return -int(digits) if signs.count("-") == 1 else int(digits)


def _raise(base: float, exponent: int) -> float | None:
    try:
        value = base**exponent
    except (OverflowError, ZeroDivisionError):
        return None
    return value if value < _LIMIT else None
