"""Other extractors of figures behind one face, for ``benchmarks/figures.py --peers``.

They come with the extra ``peers``; one that is not installed is left out.  A figure is a
dictionary in the scorer's form.
"""

from __future__ import annotations

import contextlib
import importlib
import io
import re
import warnings
from typing import TYPE_CHECKING, Any, Protocol

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

Figure = dict[str, Any]

_MOMENTS = {
    "daterange": "period",
    "timerange": "period",
    "datetimerange": "period",
    "set": "frequency",
    "datetime": "time",
    "duration": "duration",
    "time": "time",
}
_NUMERAL_ZH = re.compile(
    "[负点零〇一二两三四五六七八九十百千万亿壹贰叁肆伍陆柒捌玖拾佰仟]+|\\d+(?:\\.\\d+)?[万亿]?"
)
_DIMENSIONS = {
    "length": "quantity",
    "currency": "money",
    "temperature": "temperature",
    "time": "duration",
}


class Recognized(Protocol):
    """What the recognizers return; ``end`` is the last character."""

    start: int
    end: int
    type_name: str
    resolution: dict[str, Any] | None


def available() -> dict[str, tuple[tuple[str, ...], Callable[[str, str], list[Figure]]]]:
    """Return the installed peers by name: the languages they read, and how to ask them."""
    found = {}
    for name, (langs, make) in _PEERS.items():
        with warnings.catch_warnings(), contextlib.redirect_stdout(io.StringIO()):
            warnings.simplefilter("ignore")
            try:
                found[name] = (langs, make())
            except ImportError:
                continue
    return found


def _recognizers() -> Callable[[str, str], list[Figure]]:
    number = importlib.import_module("recognizers_number")
    united = importlib.import_module("recognizers_number_with_unit")
    dated = importlib.import_module("recognizers_date_time")
    culture = importlib.import_module("recognizers_text").Culture
    models = (
        ("money", united.recognize_currency), ("quantity", united.recognize_dimension),
        ("age", united.recognize_age), ("temperature", united.recognize_temperature),
        ("date", dated.recognize_datetime), ("percent", number.recognize_percentage),
        ("ordinal", number.recognize_ordinal), ("number", number.recognize_number),
    )  # fmt: skip

    def extract(text: str, lang: str) -> list[Figure]:
        code = culture.Chinese if lang == "zh" else culture.English
        figures: list[Figure] = []
        for type_, recognize in models:
            for result in recognize(text, code):
                figure = _recognized(type_, result)
                if not any(_within(figure, other) for other in figures):
                    figures.append(figure)
        return figures

    return extract


def _recognized(type_: str, result: Recognized) -> Figure:
    resolution = result.resolution or {}
    name = result.type_name.rsplit(".", 1)[-1]
    unit = "%" if type_ == "percent" else resolution.get("isoCurrency") or resolution.get("unit")
    value = _float(str(resolution.get("value", "")).rstrip("%"))
    if name == "duration":
        values = resolution.get("values") or [{}]
        value, unit = _float(values[0].get("value")), "s"
    return {
        "start": result.start,
        "end": result.end + 1,
        "type": _MOMENTS.get(name, type_),
        "value": value,
        "unit": unit,
    }


def _quantulum() -> Callable[[str, str], list[Figure]]:
    parser = importlib.import_module("quantulum3.parser")

    def extract(text: str, _lang: str) -> list[Figure]:
        return [
            {
                "start": quantity.span[0],
                "end": quantity.span[1],
                "type": _DIMENSIONS.get(quantity.unit.entity.name, "quantity")
                if quantity.unit.name != "dimensionless"
                else "number",
                "value": quantity.value,
                "unit": None if quantity.unit.name == "dimensionless" else quantity.unit.name,
            }
            for quantity in parser.parse(text)
        ]

    return extract


def _cn2an() -> Callable[[str, str], list[Figure]]:
    module = importlib.import_module("cn2an")

    def extract(text: str, _lang: str) -> list[Figure]:
        return list(_numerals(text, module.cn2an))

    return extract


def _numerals(text: str, read: Callable[[str, str], float]) -> Iterator[Figure]:
    for found in _NUMERAL_ZH.finditer(text):
        try:
            value = float(read(found[0], "smart"))
        except ValueError:
            continue
        yield {"start": found.start(), "end": found.end(), "type": "number", "value": value}


def _jionlp() -> Callable[[str, str], list[Figure]]:
    jio = importlib.import_module("jionlp")
    times = {
        "time_span": "period",
        "time_point": "date",
        "time_delta": "duration",
        "time_period": "frequency",
    }

    def extract(text: str, _lang: str) -> list[Figure]:
        moments = [
            {
                "start": found["offset"][0],
                "end": found["offset"][1],
                "type": times.get(found["type"], "date"),
            }
            for found in jio.ner.extract_time(text)
        ]
        money = [_money(found) for found in jio.ner.extract_money(text, with_parsing=True)]
        return [*money, *moments]

    return extract


def _money(found: Figure) -> Figure:
    number = found["detail"]["num"]
    low, high = number if isinstance(number, list) else (None, None)
    return {
        "start": found["offset"][0],
        "end": found["offset"][1],
        "type": "money",
        "value": None if isinstance(number, list) else _float(number),
        "low": _float(low),
        "high": _float(high),
        "unit": found["detail"]["case"],
    }


def _dateparser() -> Callable[[str, str], list[Figure]]:
    search = importlib.import_module("dateparser.search").search_dates

    def extract(text: str, lang: str) -> list[Figure]:
        figures, begin = [], 0
        for written, _moment in search(text, languages=[lang]) or ():
            start = text.find(written, begin)
            if start >= 0:
                begin = start + len(written)
                figures.append({"start": start, "end": begin, "type": "date"})
        return figures

    return extract


def _within(figure: Figure, other: Figure) -> bool:
    return bool(other["start"] <= figure["start"] and figure["end"] <= other["end"])


def _float(written: object) -> float | None:
    try:
        return float(str(written).replace(",", ""))
    except ValueError:
        return None


_PEERS: dict[str, tuple[tuple[str, ...], Callable[[], Callable[[str, str], list[Figure]]]]] = {
    "recognizers": (("en", "zh"), _recognizers),
    "quantulum3": (("en",), _quantulum),
    "cn2an": (("zh",), _cn2an),
    "jionlp": (("zh",), _jionlp),
    "dateparser": (("en", "zh"), _dateparser),
}
