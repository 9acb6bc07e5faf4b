"""Figures: values, units, spans, and what is none."""

from __future__ import annotations

import datetime as dt
import math
import subprocess
import sys
import time
import tomllib
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from argmine.figures import find, tables
from argmine.figures.normalise import fold

VALUES = [
    ("$400 million", "money", 4e8, "USD"),
    ("US$1.5bn", "money", 1.5e9, "USD"),
    ("4亿美元", "money", 4e8, "USD"),
    ("3680亿澳元", "money", 3.68e11, "AUD"),
    ("30亿元人民币", "money", 3e9, "CNY"),
    ("三億三千萬美元", "money", 3.3e8, "USD"),
    ("two and a half billion dollars", "money", 2.5e9, "USD"),
    ("50 cents", "money", 0.5, "USD"),
    ("30%", "percent", 30, "%"),
    ("７４．３％", "percent", 74.3, "%"),
    ("百分之五", "percent", 5, "%"),
    ("三成半", "percent", 35, "%"),
    ("fifty percent", "percent", 50, "%"),
    ("0.2 percentage points", "percentage_point", 0.2, "pp"),
    ("25个基点", "percentage_point", 25, "bp"),
    ("1.3万吨", "quantity", 13000, "t"),
    ("7,000 tons", "quantity", 7000, "t"),
    ("1.02万亿千瓦时", "quantity", 1.02e12, "kWh"),
    ("945 TWh", "quantity", 945, "TWh"),
    ("5700多", "count", 5700, None),
    ("三分之一", "fraction", 1 / 3, None),
    ("one-third", "fraction", 1 / 3, None),
    ("翻两番", "multiple", 4, "x"),
    ("fivefold", "multiple", 5, "x"),
    ("3.96倍", "multiple", 3.96, "x"),
    ("零下35摄氏度", "temperature", -35, "°C"),
    ("十年", "duration", 10, "year"),
    ("ten years", "duration", 10, "year"),
    ("79岁", "age", 79, "year"),
    ("half a percentage point", "percentage_point", 0.5, "pp"),
    ("半个百分点", "percentage_point", 0.5, "pp"),
    ("8 7/8 per cent", "percent", 8.875, "%"),
    ("10,5%", "percent", 10.5, "%"),
    ("负百分之五", "percent", -5, "%"),
    ("正负3个百分点", "percentage_point", 3, "pp"),
    ("20 degrees below zero", "temperature", -20, "deg"),
    ("伍万柒仟元", "money", 57000, "CNY"),
    ("Rmb60,000", "money", 60000, "CNY"),
    ("£1.5tr", "money", 1.5e12, "GBP"),
    ("300m USD", "money", 3e8, "USD"),
    ("1米85", "quantity", 1.85, "m"),
    ("两小时四十五分", "duration", 165, "min"),
    ("一刻钟", "duration", 15, "min"),
    ("一年半", "duration", 1.5, "year"),
    ("an hour and a half", "duration", 1.5, "hour"),
    ("five dozen", "count", 60, None),
    ("新台幣5,473億元", "money", 5.473e11, "TWD"),
    ("4成6", "percent", 46, "%"),
    ("Rmb500bn", "money", 5e11, "CNY"),
    ("half a century", "duration", 0.5, "century"),
    ("a quarter-point", "percentage_point", 0.25, "pp"),
    ("one-year", "duration", 1, "year"),
    ("5奈米", "quantity", 5, "nm"),
]
RANGES = [
    ("$2-3bn", 2e9, 3e9, "USD"),
    ("between 110 and 120 tons", 110, 120, "t"),
    ("10%-15%", 10, 15, "%"),
    ("三到五成", 30, 50, "%"),
    ("10至15个百分点", 10, 15, "pp"),
    ("七八百万吨", 7e6, 8e6, "t"),
    ("US$38 billion-US$42 billion", 3.8e10, 4.2e10, "USD"),
    ("三至五年", 3, 5, "year"),
    ("16- to 24-year-olds", 16, 24, "year"),
    ("百分之三四十", 30, 40, "%"),
    ("8 per cent-10 per cent", 8, 10, "%"),
    ("3000多欧元", 3000, 4000, "EUR"),
    ("一两年", 1, 2, "year"),
    ("in his mid-50s", 50, 59, "year"),
    ("people in their 20s and 30s", 20, 39, "year"),
]
NONE = [
    "3. What to do", "（3）错误的目标", "2) The wrong tool", "a six-to-three decision", "by a three-to-one margin", "14、北约确认", "5.伊朗有新的战略麻烦",
    "as shown [2][4]", "【3】", "MS NOW anchors", "这说明日方没有诚意", "任何外国无权说三道四", "On the one hand, one of the ministers left.", "F-35 and C919 and B-52s",
    "Section 301 and Title 42", "301条款与232条款", "the G20 and COVID-19", "after 9/11", "call 202-555-0143 for help",
    "https://a.example/2024/05?p=12", "version 3.11.7", "一方面要合作，一方面又三心二意", "一带一路", "五角大楼", "万斯和三亚",
    "the Section 301 and the 232 tariffs", "Three Gorges Dam", "三位一体", "双11销售额", "中证500指数", "十四五规划", "统一战线", "千方百计", "voted 14-8", "第三方", "一些国家", "七国集团", "zero-sum game", "a zero-day flaw", "Group 3 -",
    "the iPhone 16 and Windows 11", "苹果iPhone 16和微软Windows 11", "301关税", "“五一”假期", "lower than first thought",
    "USA Today and the People's Daily", "每日邮报与今日美国", "America First and the First Lady", "the Second World War",
    "第一岛链", "五角大樓", "三番五次", "Sec. 2. Policy.", "under E.O. 13959", "50 CFR 17", "Windows 11, the iPhone 16, and more",
    "沪深两市", "东风-41导弹", "嫦娥五号", "第十二条第二款", "90后青年", "the CAC 40", "401(k) plans",
    "it would (1) raise wages and (2) cut taxes", "他说：1）要改革；2）要开放", "the 504 Program and 7(a) loans in EPA Region 9",
    "俄国二月革命和十一月革命之后", "中美“八一七公报”", "a 315-to-109 vote",
]  # fmt: skip


@pytest.mark.parametrize(("text", "type_", "value", "unit"), VALUES, ids=[v[0] for v in VALUES])
def test_value_and_unit(text: str, type_: str, value: float, unit: str | None) -> None:
    """A figure alone is found whole, scaled to a plain number."""
    [figure] = find(text)

    assert (text, type_, unit) == (figure.text, figure.type, figure.unit)
    assert figure.value == pytest.approx(value)


@pytest.mark.parametrize(("text", "low", "high", "unit"), RANGES, ids=[r[0] for r in RANGES])
def test_ranges_share_scale_and_unit(text: str, low: float, high: float, unit: str) -> None:
    """Both bounds are scaled, and the unit holds for both."""
    [figure] = find(text)

    assert (low, high, unit) == (figure.low, figure.high, figure.unit)


@pytest.mark.parametrize("text", NONE)
def test_what_is_no_figure(text: str) -> None:
    """Marks, names, laws, telephone numbers and idioms hold no figure."""
    assert [figure.text for figure in find(text)] == []


@pytest.mark.parametrize(
    ("text", "fields"),
    [
        ("at $110 per kilogram", {"per": "kg", "text": "$110 per kilogram"}),
        ("每公斤110美元", {"per": "kg", "currency": "USD"}),
        ("52.5万元/吨", {"per": "t", "value": 525000.0}),
        ("5700多种税目", {"text": "5700多", "unit": "种", "qualifier": "more_than"}),
        ("about 40% of", {"qualifier": "approx"}),
        ("1200万人左右", {"qualifier": "approx"}),
        ("a quarter of a million people", {"type": "count", "value": 250_000}),
        ("98块钱一盒", {"value": 98, "unit": "CNY"}),
        ("用电量达6000度", {"type": "quantity", "unit": "kWh"}),
        ("adults 65 and older", {"type": "age", "value": 65}),
        ("14亿人口", {"type": "count", "value": 1.4e9, "unit": None}),
        ("五点共识", {"value": 5, "unit": "点"}),
        ("草案共37条", {"value": 37, "unit": "条"}),
        ("总额突破十亿", {"value": 1e9, "qualifier": "more_than"}),
        ("fell 34\npercent", {"type": "percent", "value": 34}),
        ("the world's second-largest economy", {"type": "ordinal", "value": 2}),
        ("跌破70美元大关", {"qualifier": "less_than"}),
        ("不止300人", {"qualifier": "more_than"}),
        ("500 cars a day", {"per": "day"}),
        ("thousands of miles", {"type": "quantity", "unit": "mi", "qualifier": "vague"}),
        ("served under two presidents", {"qualifier": None}),
        ("They lived under 2 miles from it.", {"qualifier": "less_than"}),
        ("thousands of day laborers", {"type": "count", "unit": None}),
        ("300 workers a month into the strike", {"per": None}),
        ("the 1,200 workers lost a day of pay", {"per": None}),
        ("¥500元", {"text": "¥500元", "unit": "CNY"}),
        ("电视台说气温将升到35度", {"type": "temperature"}),
        ("气温达到40度会影响健康", {"type": "temperature"}),
        ("the 1954-mile border", {"type": "quantity", "unit": "mi"}),
        ("公司营收增长 12%", {"change": "up"}),
        ("营收约 35 亿美元", {"qualifier": "approx"}),
        ("超过1.3万吨", {"qualifier": "more_than"}),
        ("十年以上", {"qualifier": "more_than"}),
        ("at least nine months", {"qualifier": "at_least"}),
        ("exports fell 18%", {"change": "down"}),
        ("同比增长126%", {"change": "up"}),
        ("rates rose to 5.4%", {"change": "to"}),
        ("增长两倍", {"relation": "increase_by"}),
        ("增长到两倍", {"relation": "to"}),
        ("7,000 tons annually for ten years", {"per": "year", "period": "P10Y"}),
        ("trillions of dollars", {"type": "money", "currency": "USD", "qualifier": "vague"}),
        ("billions of U.S. dollars", {"type": "money", "currency": "USD"}),
        ("thousands of pounds of cocaine", {"type": "quantity"}),
        ("降幅为7.4%", {"change": "down"}),
        ("增速为5.3%", {"change": None}),
        ("央行加息25个基点", {"change": "up"}),
        ("每升7.5元", {"change": None}),
        ("raised $600 million", {"change": None}),
        ("shot down five drones", {"change": None}),
        ("a 13% increase in tariffs", {"change": "up"}),
        ("外資賣超182億元", {"qualifier": None}),
        ("about 13m Americans", {"type": "count", "value": 13e6}),
        ("7.5 million has been spent", {"type": "count", "unit": None}),
        ("those over 65", {"type": "age"}),
        ("temperatures of 40C", {"type": "temperature"}),
        ("超过半数受访者", {"text": "超过半数", "qualifier": "more_than"}),
        ("closed down 300 points", {"change": "down"}),
        ("发布了8本涉疆白皮书", {"type": "count", "unit": "本"}),
        ("3+ years ago", {"type": "duration", "value": 3, "qualifier": "more_than"}),
        ("50+ countries", {"type": "count", "value": 50, "qualifier": "more_than"}),
        ("$30+ billion", {"value": 30e9, "currency": "USD", "qualifier": "more_than"}),
        ("a 50-basis-point cut", {"change": "down"}),
        ("About 30 percent cut spending", {"change": None}),
        ("saw the 12-year-old fall", {"change": None}),
        ("rose 5-to-10 percent", {"low": 5, "high": 10, "change": "up"}),
        ("a 10% cut to spending", {"change": "down"}),
        ("the 2.5-million-barrel drop in output", {"change": "down"}),
        ("a 10-to-15-percent tariff", {"type": "percent", "low": 10, "high": 15}),
        ("a five-to-ten percent rise", {"type": "percent", "low": 5, "high": 10}),
        ("5-to-7-year terms", {"type": "duration", "low": 5, "high": 7}),
        ("a $10-to-15 billion plan", {"type": "money", "low": 10e9, "high": 15e9}),
        ("$30+bn", {"value": 30e9, "currency": "USD", "qualifier": "more_than"}),
        ("50+% of them", {"type": "percent", "low": 50, "qualifier": "more_than"}),
        ("rose from 10 to 25 percent", {"type": "percent", "value": 10, "change": "from"}),
        ("jumped from $1.5 to $2.3 billion", {"value": 1.5e9, "currency": "USD"}),
        ("fell from 30 to 5 million tons", {"type": "quantity", "value": 30e6, "unit": "t"}),
        ("从10提高到25%", {"type": "percent", "value": 10, "change": "from"}),
        ("从30降至25亿美元", {"type": "money", "value": 30e8, "currency": "USD"}),
        ("grew from $900 to $1 million", {"value": 900, "currency": "USD"}),
        ("went from 3 to 5,000 people", {"type": "count", "value": 3}),
        ("unemployment rose to 25 from 10 percent", {"type": "percent", "value": 25}),
        ("tariffs of 10, 15 or 25 percent", {"type": "percent", "value": 10}),
        ("two quarters of negative growth", {"type": "duration", "value": 2, "unit": "quarter"}),
        ("three quarters of voters", {"type": "fraction", "value": 0.75}),
        ("over the past two fiscal years", {"type": "duration", "value": 2, "unit": "year"}),
        ("the 9<sup>th</sup> round", {"type": "ordinal", "value": 9, "text": "9<sup>th</sup>"}),
        ("This second equity deal", {"type": "ordinal", "value": 2}),
        ("春运90亿人次", {"value": 90e8}),
        ("a 5% growth target", {"change": None}),
        ("2300万台湾人", {"type": "count", "unit": None}),
        ("4.5 per 100,000 people", {"value": 4.5, "per": "100000 people"}),
        ("$6,000 per container", {"per": "container"}),
        ("每枚导弹300万美元", {"per": "导弹"}),
        ("日产54.8万桶", {"per": "day"}),
        ("日产宣布裁员2万人。", {"per": None}),
        ("The revised law allows fines of up to $1 million.", {"qualifier": "at_most"}),
        ("至少采购2500万吨", {"qualifier": "at_least"}),
        ("最高可罚100万元", {"qualifier": "at_most"}),
    ],
)
def test_what_the_words_around_say(text: str, fields: dict[str, object]) -> None:
    """Rates, bounds and changes are fields, not part of the value."""
    figure = find(text)[0]

    assert fields == {name: getattr(figure, name) for name in fields}


def test_both_ends_of_a_change_have_the_percent_sign_told_once() -> None:
    """The tax went to 25 percent, wherever the word stands; 25 countries are no share."""
    _, end = find("The tax was raised from 10 percent to 25.")
    _, others = find("The share fell from 10 percent to 25 countries.")

    assert (end.type, end.value, end.text) == ("percent", 25, "25")
    assert others.type != "percent"


@pytest.mark.parametrize(
    ("text", "type_", "norm"),
    [
        ("2025年7月20日", "date", "2025-07-20"),
        ("on Nov. 10, 2025", "date", "2025-11-10"),
        ("8月1日", "date", "2024-08-01"),
        ("since December", "period", "2023-12"),
        ("2024财年", "period", "FY2024"),
        ("first half of 2025", "period", "2025-H1"),
        ("at 3:30 p.m.", "time", "T15:30"),
        ("2025-07-20 22:29", "time", "2025-07-20T22:29"),
    ],
)
def test_dates_are_completed_by_the_article(text: str, type_: str, norm: str) -> None:
    """A date without a year takes the one nearest to the article."""
    [figure] = find(text, reference_date=dt.date(2024, 3, 5))

    assert (type_, norm) == (figure.type, figure.norm)


@settings(deadline=None)
@given(
    st.integers(11, 99_999_999),
    st.sampled_from(["", "exports of ", "（约", "从"]),
    st.sampled_from(["", "。", ", he said", "）"]),
)
def test_context_never_changes_the_value(number: int, before: str, after: str) -> None:
    """What is written around a figure is not part of it."""
    [alone] = find(f"{number:,}吨")
    [inside] = find(f"{before}{number:,}吨{after}")

    assert (alone.value, alone.unit) == (inside.value, inside.unit) == (number, "t")


@settings(deadline=None)
@given(
    st.integers(2, 9999).filter(lambda n: n % 10), st.sampled_from([("万", 10**4), ("亿", 10**8)])
)
def test_rendering_and_reading_back(number: int, scale: tuple[str, int]) -> None:
    """A value written in either language is read back as itself."""
    word, factor = scale
    [chinese] = find(f"{number}{word}美元")
    [english] = find(f"${number * factor:,}")

    assert chinese.value == english.value == number * factor


@pytest.mark.parametrize(
    "unit",
    [
        "9",
        "万",
        "1,",
        "3-",
        "三",
        "$",
        "每",
        "百分之",
        "one ",
        "第",
        " ",
        "1.",
        "half ",
        "9/",
        "5F, ",
        "12 ",
        "3吨，",
        "in 2 days, x May 3. ",
    ],
)
def test_time_grows_with_length_only(unit: str) -> None:
    """Hostile repetition costs no more a character than news does."""

    def seconds(count: int) -> float:
        started = time.process_time()
        find(unit * count)
        return time.process_time() - started

    seconds(1000)
    assert seconds(40_000) < 12 * max(seconds(10_000), 0.02)


@pytest.mark.parametrize(
    ("text", "norm"),
    [
        ("去年9月", "2023-09"),
        ("去年 9 月", "2023-09"),
        ("2001 年", "2001"),
        ("2018 年 5 月 3 日", "2018-05-03"),
        ("2 月 8 日", "2024-02-08"),
        ("翌年5月3日", "XXXX-05-03"),
        ("去年5月3日至6月2日", "2023-05-03/2023-06-02"),
        ("1至5月", "2024-01/2024-05"),
        ("July 14-16", "2024-07-14/2024-07-16"),
        ("下午2:30", "T14:30"),
        ("昨夜11时", "2024-03-04T23:00"),
        ("昨夜2时", "T02:00"),
        ("9日晚9时30分", "2024-03-09T21:30"),
        ("据29日报道", "2024-02-29"),
        ("第四季", "2024-Q4"),
        ("the final quarter of 2023", "2023-Q4"),
        ("the last quarter of 2023", "2023-Q4"),
        ("the third quarter of last year", "2023-Q3"),
        ("the 2026-30 plan", "2026/2030"),
        ("since Nov. 8", "2023-11-08"),
        ("next January", "2025-01"),
        ("by 0640 GMT", "T06:40"),
        ("凌晨12点", "T00:00"),
        ("last week", "2024-W09"),
        ("上周二", "2024-02-27"),
        ("Saturday, June 1, 2019", "2019-06-01"),
        ("星期六，2019年6月1日", "2019-06-01"),
        ("2019年6月1日星期六", "2019-06-01"),
        ("before 2018", "../2018"),
        ("before the 2024 election", "2024"),
        ("After The 2008 crisis", "2008"),
        ("CHANG CHIEN2025年11月27日", "2025-11-27"),
        ("H1 2025", "2025-H1"),
        ("the first week of May 2024", None),
        ("16日下午3时", "2024-03-16T15:00"),
        ("上午9时出发", "T09:00"),
        ("据21日美国媒体报道", "2024-02-21"),
        ("3月26日（周二）", "2024-03-26"),
        ("周三30日", "2024-03-30"),
        ("20世纪90年代", "199X"),
        ("1960年代", "196X"),
        ("90年代", None),
        ("mid-April", "2024-04"),
        ("An April report", "2024-04"),
        ("去年年底", "2023"),
        ("本月5日", "2024-03-05"),
        ("FY 2025", "FY2025"),
        ("fiscal year 2025-26", "FY2025/FY2026"),
        ("the final quarter of fiscal 2023", "FY2023-Q4"),
        ("Q4 FY24", "FY2024-Q4"),
        ("FY2023Q1", "FY2023-Q1"),
        ("2023财年第四季度", "FY2023-Q4"),
        ("2022财年上半年", "FY2022-H1"),
        ("on 29/09/2020", "2020-09-29"),
        ("on 9/29/2020 at 10:15", "2020-09-29T10:15"),
        ("on 31/02/2020", None),
        ("on 03/04/2021", None),
        ("《2021世界互联网大会》", "2021"),
        ("2025年前三季度", "2025-Q1/2025-Q3"),
        ("前三季度", "2024-Q1/2024-Q3"),
        ("昨（4日）上午10點30分", "2024-03-04T10:30"),
        ("今天（3月5日）", "2024-03-05"),
        ("at 12.40pm", "T12:40"),
        ("second-quarter revenue", "2024-Q2"),
        ("in the second half.", "2024-H2"),
        ("民國114年7月16日", "2025-07-16"),
        ("2022年冬奥会", "2022"),
    ],
)
def test_norms_say_no_more_than_the_text(text: str, norm: str | None) -> None:
    """What only narrows a month down has no norm; an untold year is no article's year."""
    [figure] = find(text, reference_date=dt.date(2024, 3, 5))

    assert figure.norm == norm


@pytest.mark.parametrize(
    ("text", "per", "measured"),
    [
        ("The line carries 200,000 daily passengers.", "day", "passengers"),
        ("They run on a $5 million annual budget.", "year", "annual budget"),
        ("It sells 30,000 weekly tickets.", "week", "tickets"),
        ("They read two daily newspapers.", None, "newspapers"),
        ("They held 12 annual meetings.", None, "meetings"),
    ],
)
def test_an_adjective_tells_how_often(text: str, per: str | None, measured: str) -> None:
    """Between a number and what is counted stands the time that it is counted by."""
    figure = next(figure for figure in find(text) if figure.type != "frequency")

    assert figure.measures is not None
    assert (figure.per, figure.measures.text) == (per, measured)


@pytest.mark.parametrize(
    ("text", "measured"),
    [
        ("大豆出口量去年达7250万吨", "大豆出口量"),
        ("净利润增22.4%", "净利润"),
        ("将23家中国实体列入清单", "中国实体"),
        ("约5000名官兵上周抵达", "官兵"),
        ("征收104%的“对等关税”", "对等关税"),
        ("美方保留30%关税", "关税"),
        ("預測下調0.5個百分點", "預測"),
        ("512块H800芯片", "芯片"),
        ("The number of Chinese students fell 4 per cent.", "Chinese students"),
        ("A 32-page report came out.", "page"),
        ("The 205-strong Central Committee met.", "Central Committee"),
        ("The firm has 22 J-16 fighters—more than before.", "J-16 fighters"),
    ],
)
def test_what_is_measured_in_news(text: str, measured: str) -> None:
    """Subjects stand before the time, nouns end before their verb."""
    figure = next(figure for figure in find(text) if figure.value is not None)

    assert figure.measures is not None
    assert figure.measures.text == measured


@pytest.mark.parametrize(
    ("text", "changes"),
    [
        ("China will lift R&D spending by over 7%.", ["up"]),
        ("Gold rose above $4,000.", ["to"]),
        ("Exports fell 33% from a year earlier, to $31.6bn.", ["down", None, "to"]),
        ("The tariff is to double to 50 percent.", [None, "to"]),
        ("It settled 61 cents lower.", ["down"]),
        ("They will cut tariffs on U.S. goods to 10% from 125%.", ["to", "from"]),
        ("艦載機起降300架次", [None]),
    ],
)
def test_how_figures_of_news_change(text: str, changes: list[str | None]) -> None:
    """By so much, to a level, from one."""
    assert [figure.change for figure in find(text)] == changes


@pytest.mark.parametrize("text", ["这项合作不是三国的私事", "河北省两县代表到会"])
def test_countries_and_counties_are_what_they_count(text: str) -> None:
    """What stands behind them is theirs."""
    [figure] = find(text)

    assert figure.type == "count"
    assert figure.measures is None


def test_about_a_day_is_not_until_it() -> None:
    """前后 is about, 前 before."""
    assert find("将于2月8日前后晚间直播")[0].text == "2月8日前后"
    assert find("将于2月8日前完成")[0].text == "2月8日前"


def test_one_verb_tells_of_two_things() -> None:
    """The second is named, and shares the verb of the first."""
    first, second = find("The S&P 500 rose 0.5% and the Nasdaq 0.8%.")

    assert first.change == second.change == "up"
    assert second.measures is not None
    assert second.measures.text == "Nasdaq"


def test_a_dash_between_words_breaks_the_sentence() -> None:
    """What stands behind it is no name of a model; thirty—first is one number."""
    assert [f.text for f in find("graduates—12.22 million—will")] == ["12.22 million"]
    assert [f.value for f in find("The plan—worth $5 billion—will pass.")] == [5e9]
    assert [f.value for f in find("the thirty—first")] == [31]


def test_a_step_and_the_level_it_leads_to() -> None:
    """By so much, to so much: no range."""
    step, level = find("国债小幅增加1亿美元至7564亿美元")

    assert (step.value, step.change) == (1e8, "up")
    assert (level.value, level.change) == (7.564e11, "to")


@pytest.mark.parametrize(
    ("text", "unit"),
    [("恒生指数主板成交3000亿元", "HKD"), ("台股成交4500億元", "TWD"), ("成交3000亿元", "CNY")],
)
def test_the_dollar_of_the_market_that_is_named(text: str, unit: str) -> None:
    """元 is the money of the place."""
    assert find(text)[-1].unit == unit


@pytest.mark.parametrize(("text", "per"), [("每股收益3.19元", "股"), ("油价每桶不足57美元", "bbl")])
def test_what_a_price_is_for_stands_before_it(text: str, per: str) -> None:
    """With the name of the price, or its bound, between."""
    assert find(text)[0].per == per


def test_the_one_of_a_formula_is_no_figure() -> None:
    """1+N stands for one plan and more."""
    assert find("“1+N”政策体系") == []


def test_no_written_form_has_two_units() -> None:
    """Of two sections with one form the later would hide the earlier."""
    table = tomllib.loads((Path(tables.__file__).parent / "units.toml").read_text("utf-8"))
    forms: dict[str, set[str]] = {}
    for code, row in table.items():
        for form in {*row["en"], *row["zh"]}:
            forms.setdefault(form, set()).add(code)

    assert {form: codes for form, codes in forms.items() if len(codes) > 1} == {}


def test_what_is_no_number_of_json_is_no_figure() -> None:
    """Beyond the floats there is nothing to write down."""
    for text in ("三" + "兆" * 31, "1e299 trillion", "1e400"):
        assert all(math.isfinite(f.value or 0.0) for f in find(text))


def test_folding_keeps_every_offset() -> None:
    """One code point for one code point, for all of Unicode's planes in use."""
    text = "".join(map(chr, [*range(0x20, 0xD800), *range(0xE000, 0x10000), 0x20BB7, 0x1F600]))

    assert len(text) == len(fold(text))


def test_importing_it_loads_nothing_heavy() -> None:
    """The extractor alone needs neither torch, onnxruntime nor spaCy."""
    script = (
        "import sys; from argmine.figures import find; assert find('$5bn');"
        "bad = {'torch', 'onnxruntime', 'spacy', 'datasets', 'transformers'} & set(sys.modules);"
        "assert not bad, bad"
    )
    subprocess.run([sys.executable, "-c", script], check=True)


def test_bankers_numerals_and_the_words_they_look_like() -> None:
    """伍 and 陆 count among their like only."""
    [figure] = find("壹佰伍拾陆元")

    assert figure.value == 156
    assert find("中国大陆人口很多，退伍军人不少。") == []


def test_the_number_of_a_house_is_no_figure() -> None:
    """Behind a street it names a door; elsewhere 号 may count."""
    assert find("地址：北京市朝阳区朝阳门南大街2号") == []
    assert find("延安中路1000号开会") == []
    assert [figure.value for figure in find("这条路3公里")] == [3.0]


@pytest.mark.parametrize(
    ("text", "noun"),
    [
        ("1,000 U.S. troops remain.", "U.S. troops"),
        ("40% of U.S. exports fell.", "U.S. exports"),
        ("He spent $5 million on the U.S. China did too.", "U.S."),
        ("They sent 60 jets.", "jets"),
        ("The deal lets the state share in profits if market prices exceed $110.", "market prices"),
        ("They cut their spending by 10%.", "spending"),
        ("日本股市下跌3%。", "日本股市"),
        ("使用率达到80%。", "使用率"),
        ("占地面积达30公顷。", "占地面积"),
        ("股价暴跌17%。", "股价"),
        ("公司营收增长 12%。", "公司营收"),
        ("根据14亿人口计算。", "人口"),
        ("1.2亿市场主体。", "市场主体"),
        ("China posted a trade surplus of $103.2 billion.", "trade surplus"),
        ("Trump imposed 25% tariffs on Mexico.", "tariffs"),
        ("Sales rose 5% in May.", "Sales"),
        ("Shares fell 2% in Hong Kong.", "Shares"),
        ("GDP is expected to grow 4.5%.", "GDP"),
        ("with GDP per capita of $12,500", "GDP per capita"),
        ("the cost per person of $38", "cost per person"),
        ("Labor costs rose 3%.", "Labor costs"),
        ("Steel duties doubled.", "Steel duties"),
        ("其中机电产品出口增长9%。", "机电产品出口"),
        ("居民消费价格指数（CPI）同比下降0.1%。", "居民消费价格指数"),
        ("非化石能源占比提高到25%。", "非化石能源占比"),
        ("向美国追加1000亿美元投资。", "投资"),
        ("初级产品出口增长5%。", "初级产品出口"),
        ("他有 14 张信用卡。", "信用卡"),
        ("Shares fell 5% amid tariff fears.", "Shares"),
        ("12 news organizations left.", "news organizations"),
        ("Trump doubled tariffs on steel.", "tariffs"),
        ("Exports have doubled.", "Exports"),
        ("税率最高30%。", "税率"),
        ("The U.S. Department of Defense spent $400 million.", "U.S. Department of Defense"),
        ("Shares of U.S. Steel fell 5%.", "Shares"),
        ("标普500指数收于4500点。", "指数"),
        ("中国军费是台湾的20倍", "中国军费"),
        ("股价走低5%", "股价"),
        ("Washington raised the tariff on steel to 50%", "tariff"),
        ("The company doubled its capex", "capex"),
        ("60 percent of respondents see China", "respondents"),
        ("He said the tariff rose to 50%", "tariff"),
        ("The Dow rose 372 points", "Dow"),
        ("The gap - exports less imports - widened by 7.3%", "gap - exports less imports"),
        ("232 cases of measles were reported.", "cases"),
        ("He lives in the U.S. Exports rose 5%.", "Exports"),
        ("粉丝量已经接近200万", "粉丝量"),
        ("拥有世界自然遗产14项", "拥有世界自然遗产"),
    ],
)
def test_the_thing_measured_is_a_whole_noun(text: str, noun: str) -> None:
    """An abbreviated country does not cut it off."""
    measures = find(text)[0].measures

    assert measures is not None
    assert measures.text == noun


@pytest.mark.parametrize(
    "text", ["中方提出四点建议：", "意味着美英向澳扩散90%以上的高浓铀", "我想可以用三个关键词总结"]
)
def test_a_clause_is_no_thing_measured(text: str) -> None:
    """Who did something, and that one may, names nothing that a figure measures."""
    [figure, *_] = find(text)

    assert figure.measures is None or figure.measures.start > figure.start


def test_days_that_share_their_word() -> None:
    """The last of several days has the word of all."""
    found = find("7月5、6日举行会谈", reference_date=dt.date(2025, 7, 16))
    assert [(f.text, f.norm) for f in found] == [("7月5", "2025-07-05"), ("6日", "2025-07-06")]


def test_a_figure_after_a_moment_and_a_comma() -> None:
    """The comma of full width is no part of a number."""
    assert [f.value for f in find("2024年，15家企业被列入清单。去年，3名官员受访。")] == [
        None,
        15,
        None,
        3,
    ]
    assert [f.norm for f in find("今年，1至5月", reference_date=dt.date(2025, 6, 1))] == [
        "2025", "2025-01/2025-05",
    ]  # fmt: skip
    assert [f.value for f in find("１，２３４吨")] == [1234]


@pytest.mark.parametrize(
    ("text", "changes"),
    [
        ("rose to $33.1 billion from $42.5 billion", ["to", "from"]),
        ("fell to 4.5%, down from 5.4%", ["to", "from"]),
        ("由2022年的179亿美元降至2024年的128亿美元", [None, "from", None, "to"]),
        ("fell 58 cents, or 0.9%", ["down", "down"]),
        ("The Dow fell 317 points, or 0.8%", ["down", "down"]),
        ("下跌142点，或0.6%", ["down", "down"]),
        ("Exports rose 9%, 12% and 3%.", ["up", "up", "up"]),
        ("fell 0.3% month-on-month and 3.2% year-on-year", ["down", "down"]),
        ("rose 5.8% in June and 4.8% in May", ["up", None, "up", None]),
        ("rose 5%, and 20% of firms left", ["up", None]),
        ("分别增长5.4%、5.2%和4.8%", ["up", "up", "up"]),
        ("出口增长5%，30%的企业离开", ["up", None]),
        ("支持率下降5个百分点至38%", ["down", "to"]),
        ("weakened to 7.18 from 7.15.", ["to", "from"]),
        ("was 5% higher than a year earlier", ["up", None]),
        ("revised its forecast up to 5%", ["to"]),
        ("cut the reserve ratio by 50 basis points", ["down"]),
        ("下调利率25个基点", ["down"]),
        ("增加值分别为31172亿元", [None]),
        ("加拿大关税为25%", [None]),
        ("特朗普提到10%的关税。", [None]),
        ("失业率降至4.1%，为三年来最低。", ["to", None]),
        ("预计至少增长10%。", ["up"]),
        ("approval fell to 40%, and 56% disapprove.", ["to", None]),
        ("lost a case brought by 12 states", [None]),
        ("Profits rose 5% and 30% was paid out.", ["up", None]),
        ("税率上调5%、20%企业受损", ["up", None]),
        ("approved by 60% of workers after the pay cut", [None]),
        ("raised concerns about tariffs imposed by 50 countries", [None]),
    ],
)
def test_both_figures_of_a_change(text: str, changes: list[str | None]) -> None:
    """From and to, also with a moment between, and the same change said twice."""
    assert [figure.change for figure in find(text)] == changes


def test_where_something_comes_from_is_no_change() -> None:
    """Only a figure that another one has replaced is told as "from"."""
    text = "upheld duties of up to 54% on solar modules from four countries"
    assert [figure.change for figure in find(text)] == [None, None]


@pytest.mark.parametrize(
    ("text", "values", "units"),
    [
        ("两国出口分别为189亿和82亿美元。", [1.89e10, 8.2e9], ["USD", "USD"]),
        ("进口额由120亿增至150亿美元。", [1.2e10, 1.5e10], ["USD", "USD"]),
        ("1200万、1300万和1500万元", [1.2e7, 1.3e7, 1.5e7], ["CNY"] * 3),
        ("It fell from 150 billion to 120 billion dollars", [1.5e11, 1.2e11], ["USD", "USD"]),
        ("3 million people and 5 million dollars", [3e6, 5e6], [None, "USD"]),
        ("出口1.2万亿，进口8000亿美元", [1.2e12, 8e11], [None, "USD"]),
        ("population of 5 million, 3 billion dollars", [5e6, 3e9], [None, "USD"]),
    ],
)
def test_a_currency_told_once(text: str, values: list[float], units: list[str | None]) -> None:
    """Great numbers side by side share what stands behind the last; others do not."""
    found = find(text)
    assert [figure.value for figure in found] == values
    assert [figure.unit for figure in found] == units


def test_the_dead_and_the_injured_are_counted() -> None:
    """As headlines have it; 死 and 伤 within other words count nothing."""
    assert [(f.value, f.unit, f.type) for f in find("车祸致10死20傷")] == [
        (10, "死", "count"),
        (20, "伤", "count"),
    ]
    assert [(f.value, f.unit) for f in find("一死三伤")] == [(1, "死"), (3, "伤")]
    assert [f.unit for f in find("2死刑犯")] == [None]
    assert not find("合则两利，斗则两伤。")


def test_the_first_months_are_a_time() -> None:
    """Also without the year that they are the first of."""
    assert [(f.text, f.type) for f in find("In the first three quarters, exports rose.")] == [
        ("the first three quarters", "period")
    ]


def test_a_number_made_vague_by_what_follows() -> None:
    """Its word belongs to it, and the noun stands behind."""
    (figure,) = find("Some 100-odd ships sailed.")
    assert (figure.text, figure.value, figure.qualifier) == ("100-odd", 100, "approx")
    assert figure.measures is not None
    assert figure.measures.text == "ships"


def test_by_a_factor() -> None:
    """Ten times as much."""
    (figure,) = find("Costs fell by a factor of ten.")
    assert (figure.value, figure.type) == (10, "multiple")
    assert [(f.low, f.high) for f in find("by a factor of 4 to 5")] == [(4, 5)]


def test_a_fortnight_is_two_weeks() -> None:
    """And half of one is one."""
    assert [(f.value, f.unit) for f in find("He stayed for a fortnight.")] == [(2, "week")]
    assert [(f.value, f.unit) for f in find("half a fortnight")] == [(1, "week")]


def test_two_amounts_are_not_added() -> None:
    """An amount in digits ends before "and"."""
    found = find("He was fined $1 million and 10 years.")
    assert [(f.value, f.unit) for f in found] == [(1e6, "USD"), (10, "year")]
    assert [f.value for f in find("$1 million and 500 thousand")] == [1.5e6]
    assert [f.value for f in find("It cost 5 thousand and 50 dollars")] == [5050]
    assert [f.value for f in find("two hundred and five")] == [205]


def test_about_is_no_part_of_a_word() -> None:
    """签约, 违约 and 纽约 end with the character for "about"."""
    assert [f.qualifier for f in find("双方签约300亿元，纽约200名学生")] == [None, None]
    assert [f.qualifier for f in find("约300人")] == ["approx"]


@pytest.mark.parametrize(
    ("text", "norms"),
    [
        ("5月10日和11日会谈", ["2025-05-10", "2025-05-11"]),
        ("6、7月出口增长", ["2025-06", "2025-07"]),
        ("2023、2024年", ["2023", "2024"]),
        ("一至三季度", ["2025-Q1/2025-Q3"]),
        ("一、三季度", ["2025-Q3"]),
        ("on 10 and 11 May", ["2025-05-10", "2025-05-11"]),
        ("on May 10 and 11 in Geneva", ["2025-05-10", "2025-05-11"]),
        ("on May 10, 11 people died", ["2025-05-10", None]),
        ("On March 3, 12 of the crew died.", ["2025-03-03", None]),
        ("Feb 28 and 29 in Geneva", ["2025-02-28", None]),
        ("killed 10 and 11 May", [None, "2025-05-11"]),
        ("A股跌至3、4月回升", [None, "2025-04"]),
        ("12、1月", [None, "2025-01"]),
        ("on November 10 and December 5, 2022", ["2022-11-10", "2022-12-05"]),
        ("in December and January 2023", ["2022-12", "2023-01"]),
        ("on Monday and December 5, 2022", ["2025-07-14", "2022-12-05"]),
        ("in March and Fiscal 2023", ["2025-03", "FY2023"]),
        ("in ’97 and by '24", ["1997", "2024"]),
        ("2月8日前后", ["2025-02-08"]),
        ("自 80 年代起", [None]),
    ],
)
def test_moments_that_share_a_word(text: str, norms: list[str | None]) -> None:
    """A month, a year or a quarter told once is that of all beside it."""
    assert [f.norm for f in find(text, reference_date=dt.date(2025, 7, 20))] == norms


def test_the_money_of_taiwan() -> None:
    """元 is that of the money which the text names, unless it names that of the mainland too."""
    assert [f.currency for f in find("新台幣升值，營收9,337億元")] == ["TWD"]
    assert [f.currency for f in find("新台幣兌人民幣，營收9,337億元")] == ["CNY"]
