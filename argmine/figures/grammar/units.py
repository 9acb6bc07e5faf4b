"""The unit behind a number, and whether it fits there: 5 m, 三十块, 90 days old.

All text here is folded.
"""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from argmine.figures.grammar.fits import GREAT, HEAT, fits
from argmine.figures.grammar.scales import scaled, times
from argmine.figures.numerals.cardinal import DOZEN
from argmine.figures.tables import TABLES, Found, Unit

if TYPE_CHECKING:
    from argmine.figures.token import Token

_GREAT = {"thousand": 1e3, "million": 1e6, "billion": 1e9, "trillion": 1e12}
_LATE_SCALE = re.compile(r"\s(thousand|million|billion|trillion)\b", re.IGNORECASE)
_COUNTER = re.compile(
    r"\s?(?:架次|人次|批次|个|名|位|人(?!口)|家|艘|架|辆|枚|台(?![湾北积海])|项|种|次|条|所|座|股|件|户|例|张|份|只|头|套|间|颗|"
    r"篇|部|起|批|轮|款|支|处|国|州|宗|笔|层|门|点(?=主张|共识|要求|建议|意见|原因|看法|希望|启示|理由|倡议|声明|计划|方案|措施|承诺)|棵|道|幅|场|亩|栋|村|站|县|市(?!场)|省|节|封|首|粒|双|对|席(?!位?[卷地上])|章|票|剂|吨级|"
    r"列(?=[，。,;；、）)]|次|中欧|班列|列车|货|\Z)|具(?=[\u4e00-\u9fff]{0,6}(?:遗体|尸体|骸骨))|本(?=[^，。；月周年人国土地届次季]{0,6}(?:书|著作|小说|护照|杂志|专著|传记|词典|画册|教材|手册|日记))|"
    # Of winds and quakes, of an index
    r"级(?=的?(?:[强大余微]?地?震|[阵大强台飓]?风|以[上下]))|(?:(?<=\d\d\d)|(?<=\.\d)|(?<=\.\d\d)|(?<=\d个))点(?!\d|钟|半|[整左]?[，。]?\d)|"
    # 10死20伤
    r"[死伤](?=[\d一二两三四五六七八九十]{1,5}[死伤])|(?:(?<=\d)|(?<=[死伤][一二两三四五六七八九十]))[死伤](?=[的惨,，。；、！!?？;)）\s]|事[故件]|\Z))"
)
CASUALTIES = ("死", "伤")
# 512块H800芯片 are chips, 512块 is money.
_PIECE = re.compile(
    r"块(?=(?:\x00{1,12}|[A-Za-z][\w-]{0,10}\s?)?(?:芯片|晶片|显卡|显示屏|屏幕|面板|电池|硬盘|金牌|银牌|铜牌|奖牌|手表|石碑|土地|玻璃|牌子))"
)
_DOZEN = re.compile(r"\s?打(?![成击算开造破压折败听包扮扫架工电响赢仗战断交赌磨印猎车字])")
_OLD = re.compile(r"(?:\s|-)old\b|\sof\sage\b|大(?![洋西东多概约小家])")
_SPAN = re.compile(r"日(?=内)|分(?=零?[一二三四五六七八九十\d]{1,3}秒)")
_FOR_DAYS = re.compile(r"(?:连续|持续|为期|连跌|连涨|连升|长达|历时|延长)\Z")
_DAY = re.compile(r"日(?![元本])")
_MINUTE = re.compile(r"分钟?(?![之点])")
# Of current 度 is a kilowatt hour: 用电量达6000度.
_POWER = re.compile(r"(?:[用耗发售购送省]电|电量|电力)[^，。；温热冷]{0,8}\Z")
# Of interest 厘 is a percent, 码 a quarter of one and 点子 a basis point.
_INTEREST = re.compile(
    r"(?:[加减降升]息|利率|息率|按揭|利息|孳息|拆息|[调升降]{2})[^，。；]{0,8}\Z"
)
_IN_LI = re.compile(r"(?:厘(?!米)|[上下]调)[^，。；]{0,8}\Z")
_OF_PRICES = re.compile(r"(?:[电票油运]价|每公里|每度|租金)[^，。；]{0,10}\Z")
_BY_INTEREST = re.compile(
    r"(?:[加减降升]息|[上下]调|[调降]低|调[升降高]|提高|[加减])(?:了|约|共)?\Z"
)
_OF_INTEREST = re.compile(r"(?P<li>厘)(?!米)|(?P<bp>点子)|(?P<ma>码)(?!头)")
_WHOLE_SUM = re.compile(r"[整正](?![在式常确好个天年月])")
_MORE_ZH = re.compile(r"(?<=[\u4e00-\u9fff])多(?![种样数个元方媒边级层项])")
_MORE = re.compile(
    r"\s(?:more|additional|extra|further|less|fewer|straight|consecutive|full|fiscal|financial|calendar)(?=\s[a-z])"
)
_OF = re.compile(r"\sof\s(?:an?\s|one\s)?|\san?\s|\s|-")
_BRACKET = re.compile(r"\s?[(\[{<]")
_CLOSING = re.compile(r"[)\]}>]")
_POINTS = re.compile(r"\s{0,3}个?\s{0,3}百\s{0,3}分\s{0,3}点")
# Approval climbed 2.4 points to 31.7 per cent, a 12-point lead.
_POLL_POINTS = re.compile(
    r"[\s-]points?\b(?!\s(?:plan|proposal|agenda|peace|list|program|statement|formula|in\b|that|including))"
)
_AROUND = 60
_OF_SHARES = re.compile(
    r"%|\bper\s?cent|(?i:\b(?:approval|polls?|polling|error|ratings?|favou?rab\w+|unfavou?rab\w+|turnout|swing)\b)"
)
_OF_AN_INDEX = re.compile(
    r"\b(?:[Ii]nde(?:x|xes|ices)|Dow|Nasdaq|S&P|Hang\sSeng|Nikkei|FTSE|DAX|CAC|Kospi|KOSPI|Shanghai|Composite|composite|PMI|[Ss]tocks?|[Ss]hares|futures|Average|game|games|scored|confidence|sentiment|PISA|IQ)\b"
)
_BEARING = re.compile(r"\s?[NSEW]\b")
_BELOW = re.compile(r"\sbelow(?:\szero)?(?![\s\w])|\sbelow\szero\b")
_ANGLE = re.compile(
    r"(?i:\b(?:rotat\w*|turn\w*|tilt\w*|angles?|slopes?|latitude|longitude|north|south|east|west|bend\w*)\b)|[旋转倾]|角|纬|经度"
)


def with_unit(text: str, token: Token, previous: Token | None) -> Token:
    """Read the unit, coin or counter behind a number; ``previous`` may be its greater coin."""
    day = _SPAN.match(text, token.end) or _lasting(text, token, previous)
    if day:
        return replace(
            token, end=day.end(), unit=TABLES.chinese["天" if day[0] == "日" else "分钟"]
        )
    points = _POINTS.match(text, token.end)
    if points:
        return replace(token, end=points.end(), unit=TABLES.chinese["百分点"])
    interest = _OF_INTEREST.match(text, token.end)
    if interest and _is_interest(text, token, interest):
        by = _BY_INTEREST.search(text, max(0, token.start - 4), token.start) is not None
        return _of_interest(token, interest, by=by)
    piece = _PIECE.match(text, token.end)
    if piece and token.unit is None:
        return replace(token, counter=piece[0])
    found = _unit_behind(text, token)
    if found is not None and fits(text, token, found):
        return _united(text, token, found)
    coin = TABLES.coins.get(text[token.end : token.end + 1])
    if coin and _follows_coin(text, token, previous):
        return replace(
            token,
            end=token.end + 1,
            unit=_coin_of(coin, previous),
            value=times(token.value, coin.factor),
        )
    polled = _POLL_POINTS.match(text, token.end)
    if polled and token.unit is None and _is_share(text, token.start, polled.end()):
        return replace(token, end=polled.end(), unit=TABLES.chinese["百分点"])
    dozen = _DOZEN.match(text, token.end)
    if dozen and token.unit is None:
        return scaled(token, DOZEN, dozen.end())
    counter = _COUNTER.match(text, token.end)
    if counter and token.unit is None:
        return replace(token, counter=counter[0].strip())
    return token


def _is_share(text: str, start: int, end: int) -> bool:
    """Tell the points of a share or a poll from those of an index."""
    around = text[max(0, start - _AROUND) : end + _AROUND]
    return _OF_SHARES.search(around) is not None and not _OF_AN_INDEX.search(around)


def _is_interest(text: str, token: Token, found: re.Match[str]) -> bool:
    left = max(0, token.start - 14)
    if _OF_PRICES.search(text, left, token.start) or text.startswith("/", found.end()):
        return False
    told = _INTEREST.search(text, left, token.start) is not None
    return told or (found["li"] is not None and _IN_LI.search(text, left, token.start) is not None)


def _of_interest(token: Token, found: re.Match[str], *, by: bool) -> Token:
    """Read 利率3.6厘 in percent, 减息0.25厘 in its points, 加息25点子 and 降息1码 in hundredths."""
    percent = TABLES.chinese["百分点"] if by else TABLES.exact["%"]
    unit = percent if found["li"] else TABLES.words["bp"]
    factor = 25.0 if found["ma"] else 1.0
    return replace(token, end=found.end(), unit=unit, value=times(token.value, factor))


def _lasting(text: str, token: Token, previous: Token | None) -> re.Match[str] | None:
    """Read the 日 of 连续三日 and the 分 of 两小时四十五分, which alone are a date and a mark."""
    if _FOR_DAYS.search(text, max(0, token.start - 4), token.start):
        return _DAY.match(text, token.end)
    if previous is None or previous.unit is None or previous.unit.code != "hour":
        return None
    return _MINUTE.match(text, token.end) if previous.end == token.start else None


def _unit_behind(text: str, token: Token) -> Found | None:
    """Return the unit behind a number, a few words allowed between."""
    found = TABLES.after(text, token.end)
    if found is not None:
        return found
    more = _MORE.match(text, token.end)
    if more and token.fraction:
        return None  # "a third straight year" has a place, no share
    if more:
        found = TABLES.after(text, more.end())
        return (
            found
            if found and found.unit.type in ("duration", "quantity", "percentage_point")
            else None
        )
    bracket = _BRACKET.match(text, token.end)
    if bracket and token.plain:
        found = TABLES.after(text, bracket.end())
        closing = _CLOSING.match(text, found.end) if found else None
        if found and closing and found.unit.type == "quantity":
            return Found(found.unit, found.written, "(", closing.end())
    of = _OF.match(text, token.end) if token.fraction or not _whole(token.value) else None
    if of and (not token.plain or token.fraction or " of " in of[0]):
        found = TABLES.after(text, of.end() - 1 if text[of.end() - 1] in " -" else of.end())
        if (
            found
            and found.unit.type in ("quantity", "duration", "percentage_point", "percent")
            and (found.unit.code not in ("year", "quarter", "x") or of[0] == " a ")
        ):
            return found
    return None


def _whole(value: float | None) -> bool:
    return value is not None and value.is_integer()


def _united(text: str, token: Token, found: Found) -> Token:
    unit, end = _meant(text, token, found), found.end
    value = times(token.value, unit.factor) if token.unit is None else token.value
    low, high = (times(v, unit.factor) for v in (token.low, token.high))
    if (
        text[end : end + 1] == "半"
        and "\u4e00" <= found.written[-1] <= "\u9fff"
        and value is not None
    ):
        value, end = value + unit.factor / 2, end + 1
    late = _LATE_SCALE.match(text, end) if unit.currency and token.scale == 1.0 else None
    if late:
        factor = _GREAT[late[1].lower()]
        value, end = times(value, factor), late.end()
    entire = _WHOLE_SUM.match(text, end) if unit.code == "CNY" else None
    if entire:
        end = entire.end()
    bearing = _BEARING.match(text, end) or _ANGLE.search(text, max(0, token.start - 40), end + 20)
    if unit.code == "deg" and bearing:
        unit = replace(unit, type="quantity")
    old = (
        _OLD.match(text, end)
        if unit.type == "duration" and unit.code in ("day", "week", "month", "year")
        else None
    )
    if old:
        unit = replace(unit, type="age")
        end = old.end()
    below = _BELOW.match(text, end) if unit.type == "temperature" and value is not None else None
    if below and value is not None:
        return replace(token, end=below.end(), unit=unit, value=-abs(value))
    more = _MORE_ZH.match(text, end)
    if value is not None and (more or found.written.startswith("个多")):
        end = more.end() if more else end
        return replace(token, end=end, unit=unit, value=value, more=True)
    return replace(token, end=end, unit=unit, value=value, low=low, high=high)


def _meant(text: str, token: Token, found: Found) -> Unit:
    """Return the unit that its word means here."""
    unit = found.unit
    if unit.code == "lb" and token.scale > 1 and found.written.startswith("pound"):
        # A million pounds is money more often than weight.
        return TABLES.signs["£"]
    if token.unit is not None and (unit.currency or unit.code in ("°C", "°F", "deg")):
        return token.unit
    heat = HEAT.search(text, max(0, token.core_start - 20), token.core_end)
    great = token.scale >= GREAT and not heat
    power = great or _POWER.search(text, max(0, token.start - 10), token.start)
    if unit.code == "deg" and power:
        return TABLES.chinese["千瓦时"]
    return unit


def _follows_coin(text: str, token: Token, previous: Token | None) -> bool:
    """Say whether an amount of money stands right before: 三元五分."""
    if previous is None or previous.unit is None or not previous.unit.currency:
        return False
    return not re.sub(r"\s|and|零|又", "", text[previous.end : token.start])


def _coin_of(coin: Unit, previous: Token | None) -> Unit:
    code = previous.unit.code if previous and previous.unit else coin.code
    return replace(coin, code=code)
