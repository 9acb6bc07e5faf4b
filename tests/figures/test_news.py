"""Figures as news tells them: what two readers, of Chinese and of English, had found wrong."""

from __future__ import annotations

import datetime as dt

import pytest

from argmine.figures import find

PUBLISHED = dt.date(2025, 11, 13)


@pytest.mark.parametrize(
    ("text", "qualifier", "low", "high"),
    [
        ("税率不得超过15%", "at_most", None, 15),
        ("从未超过500人", "at_most", None, 500),
        ("不得少于3年", "at_least", 3, None),
        ("没有低于50%", "at_least", 50, None),
        ("没有达到500人", "less_than", None, None),
        ("Inflation is above the 2% target.", "more_than", 2, None),
        ("It fell below the 50-point mark.", "less_than", None, 50),
        ("It crossed the 1 million mark.", "more_than", 1e6, None),
        ("The worst in over two decades.", "more_than", 2, None),
        ("It took under 2 hours.", "less_than", None, 2),
        ("It cost that much over ten years.", None, None, None),
        ("It climbed past $4tn.", "more_than", None, None),
        ("The over-60s agree.", "more_than", 60, None),
        ("约需500亿元", "approx", None, None),
        ("折合约3000元", "approx", None, None),
        ("约为H200的六分之一", "approx", None, None),
        ("它是上述合约3000元的", None, None, None),
    ],
)
def test_bounds(text: str, qualifier: str | None, low: float | None, high: float | None) -> None:
    """A negation turns a bound round; a target, a mark and a verb bound too."""
    figure = find(text)[-1]

    assert (figure.qualifier, figure.low, figure.high) == (qualifier, low, high)


def test_about_belongs_to_the_share_not_to_what_it_is_of() -> None:
    """约占35万名员工的4%."""
    assert [figure.qualifier for figure in find("约占35万名员工的4%")] == [None, "approx"]


@pytest.mark.parametrize(
    ("text", "norm"),
    [
        ("今年前8个月", "2025-01/2025-08"),
        ("2024年前9个月", "2024-01/2024-09"),
        ("前10月", "2025-01/2025-10"),
        ("今年最后两个月", "2025-11/2025-12"),
        ("今年前三季", "2025-Q1/2025-Q3"),
        ("the first 11 months of 2024", "2024-01/2024-11"),
        ("the first three quarters of this year", "2025-Q1/2025-Q3"),
        ("January-June 2024", "2024-01/2024-06"),
        ("from November to March 2024", "2023-11/2024-03"),
        ("9:30 a.m. EST on Jan. 3, 2025", "2025-01-03T09:30"),
        ("10 a.m. Beijing time on Friday", "2025-11-07T10:00"),
        ("3 p.m. Wednesday, July 9, 2025", "2025-07-09T15:00"),
        ("Wed., July 9", "2025-07-09"),
        ("22日晚上8点", "2025-11-22T20:00"),
        ("3日晚间约10时", "2025-11-03T22:00"),
        ("昨晚9点23分", "2025-11-12T21:23"),
        ("昨日上午6时至今日上午6时", "2025-11-12T06:00/2025-11-13T06:00"),
        ("2025财年第四财季", "FY2025-Q4"),
        ("民國114年度", "2025"),
        ("2026年元旦", "2026-01-01"),
        ("20世纪80年代末", "198X"),
    ],
)
def test_times(text: str, norm: str) -> None:
    """Each is one moment, dated by itself and by the day of the article."""
    [figure] = find(text, reference_date=PUBLISHED)

    assert (figure.text, figure.norm) == (text, norm)


def test_without_a_date_the_year_of_the_first_months_is_not_known() -> None:
    """It is told by digits, or left open."""
    assert [figure.norm for figure in find("2024年前9个月，今年前两个月")] == [
        "2024-01/2024-09",
        "XXXX-01/XXXX-02",
    ]


def test_years_of_the_era_stand_without_its_name_in_taiwan() -> None:
    """116年第2季 is in 2027; 115年 of history is a long time."""
    figures = find("預計116年第2季完工，該校有115年歷史", reference_date=PUBLISHED)

    assert [(figure.type, figure.norm) for figure in figures] == [
        ("period", "2027-Q2"),
        ("duration", None),
    ]


@pytest.mark.parametrize(
    ("text", "changes"),
    [
        ("Output was 2.3% less.", ["down"]),
        ("Sales were 8% more than last year.", ["up", None]),
        ("Arrivals rose a modest 4%.", ["up"]),
        ("Jobs fell by a combined 95,000.", ["down"]),
        ("Arrivals fell to a two-year low of 4 million.", [None, "to"]),
        ("It was $114bn, up from $103bn and $99bn.", [None, "from", "from"]),
        ("The rate dropped from 5.3%.", ["from"]),
        ("Profit rose 5% from $3.2 billion.", ["up", "from"]),
        ("He raised $5 million from 300 investors.", [None, None]),
        ("Sales to A grew 16%, those to B 7%.", ["up", "up"]),
        ("The duty went from 2.5% to 27.5%.", ["from", "to"]),
        ("He went to 5 cities.", [None]),
        ("They expect two quarter-point cuts.", [None, "down"]),
        ("It cut its holdings by a third.", ["down"]),
        ("A tenfold increase.", ["up"]),
        ("分别下降4.5、3.1和1.9个百分点", ["down", "down", "down"]),
        ("负增长0.5%", ["down"]),
        ("较上月加快0.7个百分点", [None, "up"]),
        ("从92%降到半年后的60%", ["from", None, "to"]),
    ],
)
def test_changes(text: str, changes: list[str | None]) -> None:
    """By so much, to a level, from one, whatever stands between."""
    assert [figure.change for figure in find(text)] == changes


@pytest.mark.parametrize(
    ("text", "type_", "value", "unit"),
    [
        ("恒指报26512点", "count", 26512, "点"),
        ("阵风9级以上", "count", 9, "级"),
        ("利率3.6厘", "percent", 3.6, "%"),
        ("降息1碼", "percentage_point", 25, "bp"),
        ("加息25點子", "percentage_point", 25, "bp"),
        ("243平方呎", "quantity", 243, "ft2"),
        ("血糖7.0毫摩尔/升", "quantity", 7, "mmol/l"),
        ("以9秒98夺冠", "duration", 9.98, "s"),
        ("每公斤18块2毛", "money", 18.2, "CNY"),
        ("售价18块5", "money", 18.5, "CNY"),
        ("行政院擬編列1.25兆元", "money", 1.25e12, "TWD"),
        ("港府今年派发5000元", "money", 5000, "HKD"),
        ("a $50-billion-a-year program", "money", 50e9, "USD"),
        ("a 2-million-strong army", "count", 2e6, None),
        ("a twelvefold rise", "multiple", 12, "x"),
        ("He died at 94.", "age", 94, "year"),
        ("A man, 34, was held.", "age", 34, "year"),
        ("1,000 sq. miles", "quantity", 1000, "mi2"),
        ("Highs of 40C are forecast.", "temperature", 40, "°C"),
        ("It warmed by nearly two degrees.", "temperature", 2, "deg"),
        ("Births rose to 9.54m.", "number", 9.54e6, None),
        ("They laid 300m of cable.", "quantity", 300, "m"),
    ],
)
def test_units(text: str, type_: str, value: float, unit: str | None) -> None:
    """What the words of a trade, a place or a forecast count by."""
    figure = next(figure for figure in find(text) if figure.value is not None)

    assert (figure.type, figure.value, figure.unit) == (type_, value, unit)


@pytest.mark.parametrize(
    ("text", "low", "high"),
    [
        ("零下20℃到零下16℃", -20, -16),
        ("零下5到零下3度", -5, -3),
        ("Temperatures of -15C to -20C", -20, -15),
        ("between the ages of 25 and 34", 25, 34),
    ],
)
def test_ranges(text: str, low: float, high: float) -> None:
    """The lower end comes first, whichever is told first."""
    [figure] = find(text)

    assert (figure.low, figure.high) == (low, high)


@pytest.mark.parametrize(
    ("text", "per"),
    [
        ("每股派发现金红利0.35元", "股"),
        ("每吨分别上调125元", "t"),
        ("每户发放补贴500元", "户"),
        ("Brent settled at $70.36 a barrel on Friday.", "bbl"),
        ("Food prices are $40 a year on.", None),
        ("a 1,000-a-day toll", "day"),
    ],
)
def test_rates(text: str, per: str | None) -> None:
    """What is counted by stands behind, or in front with a verb between."""
    figure = next(figure for figure in find(text) if figure.value is not None)

    assert figure.per == per


@pytest.mark.parametrize(
    ("text", "type_", "unit"),
    [
        ("It cost several million dollars.", "money", "USD"),
        ("a few hundred million yuan", "money", "CNY"),
        ("several thousand tons", "quantity", "t"),
    ],
)
def test_vague_amounts_have_a_unit(text: str, type_: str, unit: str) -> None:
    """They tell of what, though not how much."""
    [figure] = find(text)

    assert (figure.type, figure.unit, figure.value, figure.qualifier) == (
        type_,
        unit,
        None,
        "vague",
    )
