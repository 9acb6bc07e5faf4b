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


@pytest.mark.parametrize(
    ("text", "written", "value"),
    [
        ("每三名美国人中就有一人支持", "每三名美国人中就有一人", 1 / 3),
        ("每10个美国人中有6个反对", "每10个美国人中有6个", 0.6),
        ("十个美国人中有六个反对", "十个美国人中有六个", 0.6),
        ("One in twenty adults agrees.", "One in twenty", 0.05),
        ("nine times out of ten", "nine times out of ten", 0.9),
        ("Output is a third above last year.", "a third", 0.333333333333333),
        ("A third plan to leave.", "A third", 0.333333333333333),
    ],
)
def test_shares_of_people(text: str, written: str, value: float) -> None:
    """So many among so many are a fraction."""
    figure = find(text)[0]

    assert (figure.text, figure.type, figure.value) == (written, "fraction", value)


def test_counts_of_a_number_that_is_not_round_stay_counts() -> None:
    """27国中有12国: how many there are is told as well."""
    assert [figure.value for figure in find("28个国家中有6个反对")] == [28, 6]
    assert [figure.type for figure in find("It won 14 of 22 war games.")] == ["count", "count"]


@pytest.mark.parametrize(
    ("text", "value", "unit", "per"),
    [
        ("死亡率为14.3/10万", 14.3, None, "100000"),
        ("每10万人中有14.3例", 14.3, "例", "100000 人"),
        ("每艘造价约22亿美元", 2.2e9, "USD", "艘"),
        ("每架采购成本约8000万美元", 8e7, "USD", "架"),
        ("每名员工平均获赔2万元", 2e4, "CNY", "员工"),
        ("每件将按54%税率征税", 54, "%", None),
        ("每百万英热单位4.5美元", 4.5, "USD", "mmBtu"),
        ("每吨分别上调125元和120元", 120, "CNY", "t"),
        ("It costs $3,000 per book.", 3000, "USD", "book"),
        ("at 8 per cent per annum", 8, "%", "year"),
        ("Output rose to 3bcf a day.", 3, "bcf", "day"),
        ("发电量达3000亿度", 3e11, "kWh", None),
        ("最大航速30节", 30, "knot", None),
        ("学校开了30节课", 30, "节", None),
        ("利率由5.125厘降至5厘", 5, "%", None),
        ("下调0.125厘", 0.125, "pp", None),
        ("减息四分之一厘", 0.25, "pp", None),
        ("The plant makes 600MWe.", 600, "MWe", None),
    ],
)
def test_units_and_rates_of_the_trade(
    text: str, value: float, unit: str | None, per: str | None
) -> None:
    """What energy, ships, interest and prices by the piece are told in."""
    figure = find(text)[-1]

    assert (figure.value, figure.unit, figure.per) == (value, unit, per)


@pytest.mark.parametrize(
    "text",
    [
        "腾讯（00700）和茅台（600519）上涨",
        "92号汽油和西伯利亚力量2号管道",
        "税则号列8541.10，编码为850511",
        "不是一次两次了，说一千道一万",
        "ETF（00878）与0050表现好于台湾50指数",
        "The House passed it 220-208, the bench by 7-4.",
        "Senators voted 52 to 47.",
        "Goods on List 3 via Power of Siberia 2, the Ninth Circuit said under § 1782.",
        "In the first place, no one has a second to think.",
    ],
)
def test_codes_votes_and_idioms_are_no_figures(text: str) -> None:
    """They only look like numbers."""
    assert find(text) == []


@pytest.mark.parametrize(
    ("text", "changes"),
    [
        ("稀土价格涨至每公斤900美元", ["to"]),
        ("军费提高到GDP的2%", ["to"]),
        ("刑期由15年改为12年", ["from", "to"]),
        ("罚款由一审的50万元改判为3000万元", ["from", "to"]),
        ("占比由十年前的33.3%提高到43.7%", [None, "from", "to"]),
        ("比中国高3个百分点，比美国便宜20%", ["up", "down"]),
        ("恒指急挫3%，市值蒸发300亿美元", ["down", "down"]),
        ("收益率下行1.5个基点至1.80%", ["down", "to"]),
        ("停止加征24%的关税", [None]),
        ("Its losses rose by $2bn to $5bn.", ["up", "to"]),
        ("The margin widened 140 basis points.", ["up"]),
        ("Shares closed 2.1 per cent down.", ["down"]),
        ("Sales fell to a paltry 390 tonnes.", ["to"]),
        ("He trebled it to $255m.", [None, "to"]),
    ],
)
def test_more_ways_to_change(text: str, changes: list[str | None]) -> None:
    """A rate, the whole or an adjective may stand between the verb and the figure."""
    assert [figure.change for figure in find(text)] == changes


@pytest.mark.parametrize(
    ("text", "value", "unit"),
    [
        ("Births edged up to 9.54m in 2024 from 9.02m.", 9.02e6, None),
        ("The number of jobless fell by 1.2m to 5.4m.", 5.4e6, None),
        ("The river rose 3.5m.", 3.5, "m"),
        ("Losses narrowed to 1.12 billion yuan from 1.81 billion.", 1.81e9, "CNY"),
        ("Exports were $3.2bn against 2.9bn.", 2.9e9, "USD"),
        ("Support stood at 64.2%, against 71.1 a year ago.", 71.1, "%"),
        ("Approval climbed 2.4 points, up to 31.7 per cent.", 2.4, "pp"),
        ("The Hang Seng index lost 182 points.", 182, None),
        ("A fifth of them are under five years old.", 5, "year"),
        ("At 72, Mr Xi has no heir.", 72, "year"),
        ("The Fed made its second half-point cut.", 0.5, "pp"),
    ],
)
def test_units_that_stand_elsewhere(text: str, value: float, unit: str | None) -> None:
    """Beside a sibling, or told by the words around."""
    assert (value, unit) in [(figure.value, figure.unit) for figure in find(text)]


@pytest.mark.parametrize(
    ("text", "norm"),
    [
        ("114年度國防預算", "2025"),
        ("113年國防預算", "2024"),
        ("114學年度招生", "2025"),
        ("他昨下午2時許抵達", "2025-11-12T14:00"),
        ("It begins at 1:42 p.m. ET.", "T13:42"),
        ("It is spread over eight years, from 2026 to 2033.", "2026/2033"),
    ],
)
def test_moments_of_papers(text: str, norm: str) -> None:
    """Years of the era without its name, days in one character, zones."""
    assert norm in [figure.norm for figure in find(text, reference_date=PUBLISHED)]


@pytest.mark.parametrize(
    ("text", "measured"),
    [
        ("高通同意支付9.75亿美元罚款", "罚款"),
        ("七成受访者认为关税有害", "受访者"),
        ("54%的受访者对中国持负面看法", "受访者"),
        ("前10个月我国货物贸易进出口总值37.31万亿元", "我国货物贸易进出口总值"),
        ("主力合约上涨3%", "主力合约"),
        ("美方将十几个国家列为特别关注国家", "国家"),
        ("军费提高到GDP的2%", "军费"),
    ],
)
def test_what_is_measured(text: str, measured: str) -> None:
    """A sum has its noun behind it, a share of people its people."""
    found = find(text)[-1].measures

    assert found is not None
    assert found.text == measured


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("It rose by 3 to 5 percent.", [(None, 3, 5, "%")]),
        ("It will grow by 5% to 7%.", [(None, 5, 7, "%")]),
        ("They approved 20-30 projects.", [(None, 20, 30, None)]),
        ("The firm was fined over $1.2 billion.", [(1.2e9, 1.2e9, None, "USD")]),
        ("It claims over 2,000 members.", [(2000, 2000, None, None)]),
        ("Deaths fell 12% from 340.", [(12, None, None, "%"), (340, None, None, None)]),
        ("这台电脑售价5000元", [(5000, None, None, "CNY")]),
        ("公司向港交所递交招股书，营收203亿元", [(2.03e10, None, None, "CNY")]),
        ("受伤的10人中有3人伤势严重", [(10, None, None, "人"), (3, None, None, "人")]),
        ("The chance is 1/1000.", [(0.001, None, None, None)]),
        ("等离子体温度达1亿度", [(1e8, None, None, "deg")]),
        ("列车有16节车厢", [(16, None, None, "节")]),
        ("上调电价5厘", [(5, None, None, None)]),
        ("A 10-point plan supports the economy.", [(10, None, None, None)]),
        ("At 45, Huawei leads the list.", [(45, None, None, None)]),
        ("美国(12345)居首", [(12345, None, None, None)]),
        ("A third plan was made.", [(3, None, None, None)]),
    ],
)
def test_what_the_rules_leave_alone(
    text: str, values: list[tuple[float | None, float | None, float | None, str | None]]
) -> None:
    """Ranges, bounds, counts and names that look like the cases above."""
    assert [(f.value, f.low, f.high, f.unit) for f in find(text)] == values


@pytest.mark.parametrize(
    "text",
    ["比例高达80%", "比亚迪市值高达1万亿元", "整改完成30家企业", "Sanctions were put on 28 firms."],
)
def test_words_that_only_hold_a_change(text: str) -> None:
    """比 of 比例, 改 of 整改, and what is put on something."""
    assert [figure.change for figure in find(text)] == [None]


@pytest.mark.parametrize(
    ("text", "norms"),
    [
        ("No later than April 30, 2026.", ["../2026-04-30"]),
        ("It opens no earlier than 2027.", ["2027/.."]),
        ("In September last year it fell.", ["2024-09"]),
        ("On Sept. 11 last year it fell.", ["2024-09-11"]),
        ("In April that same year it fell.", ["XXXX-04"]),
        ("It starts next Jan. 1.", ["2026-01-01"]),
        ("It ended last July 4.", ["2025-07-04"]),
        ("From Monday to Friday.", ["2025-11-10/2025-11-14"]),
        (
            "On this thirty-first day of October, in the year of our Lord two thousand twenty-three.",
            ["2023-10-31"],
        ),
        ("2月，智库发布报告，4月的数据显示", ["2025-02", "2025-04"]),
        ("12月将举行，1月20日就职", ["2025-12", "2025-01-20"]),
        ("今年首三季收入", ["2025-Q1/2025-Q3"]),
        ("本千年初期", [None]),
        ("第6日作供，6日开庭", [None, "2025-11-06"]),
        ("他们一时都傻了眼，下午一时开会", ["T13:00"]),
        ("周日东先生说，周三他说", ["2025-11-12"]),
        ("妇女节育，儿童节约用水，国庆节目单", []),
        ("rest of the 2020 Democratic field", ["2020"]),
    ],
)
def test_when_it_was(text: str, norms: list[str | None]) -> None:
    """Years of months, bounds that are denied, words that only look like a time."""
    assert [figure.norm for figure in find(text, reference_date=PUBLISHED)] == norms


def test_december_is_last_year_seen_from_january() -> None:
    """And January the next one seen from December; any other year Chinese tells."""
    january, december = dt.date(2026, 1, 9), dt.date(2025, 12, 9)
    assert [f.norm for f in find("12月出口增长", reference_date=january)] == ["2025-12"]
    assert [f.norm for f in find("1月20日就职", reference_date=december)] == ["2026-01-20"]


@pytest.mark.parametrize(
    ("text", "change"),
    [
        ("该车降价8%", "down"),
        ("公务员加薪5%", "up"),
        ("美国加征25%关税", None),
        ("金价升至七周高位", None),
        ("失业率推低至1.7%", "to"),
        ("A plan to increase the net price of new prescription drugs by 25%.", "up"),
        ("Raising taxes by almost $3.8 trillion.", "up"),
        ("The rate ticked up to 4.1%.", "to"),
    ],
)
def test_how_it_changed(text: str, change: str | None) -> None:
    """By verbs of prices and wages; a stretch of time is not what something rises to."""
    assert find(text)[-1].change == change


def test_a_price_that_falls_to_as_low_as() -> None:
    """From one amount to the other."""
    text = "Prices fall from $1,349 to as low as $149; drugs were reduced from $458 to $51."
    assert [figure.change for figure in find(text)] == ["from", "to", "from", "to"]


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("新房均价14万元一平米。", [("14万元一平米", 140000.0, "m2")]),
        ("油价涨到80美元一桶。", [("80美元一桶", 80.0, "bbl")]),
        ("100元一个月后要回。", [("100元", 100.0, None), ("一个月后", 1.0, None)]),
        ("25 deaths per 1,000 live births", [("25 deaths per 1,000 live births", 25.0, "1000 live births")]),
        ("6,630 out of 1.3 million", [("6,630 out of 1.3 million", 0.0051, None)]),
        ("Children aged 12, 15 and 17.", [("12", 12.0, None), ("15", 15.0, None), ("17", 17.0, None)]),
        ("The average age was 34.5.", [("34.5", 34.5, None)]),
        ("总有一天会好，只有一天时间", [("一天", 1.0, None)]),
        ("年过半百的他是第三者，开四轮驱动车", []),
        ("下载a1560639_n.jpg", []),
        ("See Sections 301 and 232 and 52 U.S.C. 30121 and 30122.[^7]", []),
        ("One Country, Two Systems, at first.", []),
        ("接近10年来高位", [("10年", 10.0, None)]),
    ],
)  # fmt: skip
def test_what_is_told(text: str, told: list[tuple[str, float | None, str | None]]) -> None:
    """Prices of one piece, rates, ages in a row, and names and idioms that are no figures."""
    assert [(f.text, f.value, f.per) for f in find(text)] == told


@pytest.mark.parametrize(
    ("text", "measured"),
    [
        ("一位57岁的运动员受伤", "运动员"),
        ("约60%的纽约市民支持", "纽约市民"),
        ("我国67%的民营企业家认为", "民营企业家"),
        ("公务员减薪5%", "公务员"),
        ("股价急插4成", "股价"),
        ("It reported 112.4 cases per 100,000 people.", "cases"),
    ],
)
def test_whose_it_is(text: str, measured: str) -> None:
    """The noun behind an age or a share, the subject without its verb."""
    figure = find(text)[0]
    assert figure.measures is not None
    assert figure.measures.text == measured


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("Sections 301 and 25% tariffs", ["25%"]),
        ("Under Sections 301, 25 percent duties", ["25 percent"]),
        ("In March, last year's budget was published.", ["March", "last year"]),
        ("In May, the year-end target rose.", ["May", "year-end"]),
        ("Travelers may bring up to $10,000.", ["up to $10,000"]),
        ("It looked at first-quarter earnings.", ["first-quarter"]),
        ("By the end of 2024 China had it.", ["end of 2024"]),
        ("春节约有3亿人出行", ["春节", "3亿"]),
        ("除夕约10亿人", ["除夕", "10亿"]),
        ("周三李先生报警，上周五赵先生表示", ["周三", "上周五"]),
        ("他每年有一天不上班", ["每年", "一天"]),
    ],
)
def test_what_only_looks_like_a_name_or_an_idiom(text: str, told: list[str]) -> None:
    """A share behind a section, a date before a person, a festival before 约."""
    assert [figure.text for figure in find(text, reference_date=PUBLISHED)] == told


def test_hong_kong_is_told_by_its_own_words() -> None:
    """Courts, consumer councils and monetary authorities are had elsewhere too."""
    texts = ("最高法院裁定罚款5000元", "新加坡金管局罚款5000元", "沙田裁判法院罚款5000元")
    assert [find(text)[0].currency for text in texts] == ["CNY", "CNY", "HKD"]
