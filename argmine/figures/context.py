"""What the words around a figure say of it: bounds, change, rate."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from argmine.figures.token import tight

if TYPE_CHECKING:
    from argmine.records import Change, Qualifier, Relation

_LEFT = 28
_CLAUSE = 60

# What bounds a figure from the clause around it; ``grammar.bounds`` has the words that
# belong to the figure itself ("more than", 至少, 以上).
_LEFT_QUALIFIERS: tuple[tuple[Qualifier, re.Pattern[str]], ...] = (
    (
        "at_most",
        re.compile(r"(?:(?i:\bcapped at)\s(?:about\s)?|上限(?:为)?|多达|[不未没]超)\Z"),
    ),
    (
        "more_than",
        re.compile(
            r"(?:(?i:\b(?:surpass(?:es|ed|ing)?|topp(?:ed|ing)|beyond))\s(?:the\s|a\s)?|(?i:\b(?:climb\w*|rose|soar\w*|surg\w*|push\w*|sail\w*|jump\w*|grew|went)\s(?:[a-z' ]{1,16}\s)?past\s)|(?<![买卖])超|逾|突破|(?<![跌降击])破|达逾|远超|不止|不下)\Z"
        ),
    ),
    (
        "less_than",
        re.compile(
            r"不到(?!位)[^，。；\d不年月天人一二三四五六七八九十]{1,8}的\Z|(?:(?i:\bshort of)\s(?:the\s|a\s)?|不足|不及|失守|跌破|降破|不满|(?:未|没有?)能?达到?)\Z"
        ),
    ),
    (
        "approx",
        re.compile(
            r"(?:(?i:\b(?:about|around|some|roughly|approximately|nearly|almost|close to|an estimated|estimated|circa|near))\s(?:a\s|an\s)?|(?<![签违节纽北预合条制契公相履续简特失赴婚租守邀爽誓盟])约|持续约|大约|大概|将近|接近|近|几乎|左右|差不多|约为|估计)(?:市场价|有|需要?|达|值|合|等于|相当于|花|耗)?\Z|(?<=[折综]合)约\Z"
            # What it is a part of, or a multiple of, may stand between: 约为去年同期的3倍.
            r"|约占\Z|(?:约占|约为|约是|几乎是|相当于约)[^，。；]{0,14}的\Z|~\Z"
        ),
    ),
)
# Here the verb stands between: it may tell a change too, and is not stepped over.
_BOUND_BEFORE_VERB: tuple[tuple[Qualifier, re.Pattern[str]], ...] = (
    (
        "at_least",
        re.compile(
            r"(?:至少|最少|起码)(?!的|[一二两三四五六七八九十上去今])(?:[\u4e00-\u9fff]{2}|造成了|购买了)\Z"
        ),
    ),
    (
        "at_most",
        re.compile(
            r"(?:最高|最多|至多)(?:可|将|会)?(?:可|罚|罚款|赔|判|处|达|获|征|加征|课|减|补贴|供|容纳){1,2}\Z"
        ),
    ),
)
# 约占35万名员工的4%: what is about so much is the share.
_OF_THESE = re.compile(r"[^，。；\d]{0,8}的(?:\d|[百千万]?分之|[一二三四五六七八九]成)")
_APPROX_RIGHT = re.compile(r"(?:左右|上下|前后|\s(?i:or so))")
_UP_EN = (
    r"(?:rose|risen|rise|rises|rising|up|climb(?:ed|s|ing)?|grew|grown|grow(?:s|ing)?|gain(?:ed|s|ing)?|jump(?:ed|s|ing)?|"
    r"increas(?:e|ed|es|ing)|surg(?:e|ed|es|ing)|soar(?:ed|s|ing)?|expand(?:ed|s|ing)?|add(?:ed|s|ing)|"
    r"edged up|advanc(?:ed|es|ing)|rebound(?:ed)?|higher|rall(?:ied|ies)|balloon(?:ed|s)|boost(?:ed|s|ing)?|hik(?:ed|es)|lift(?:ed|s)?|rais(?:ed?|es|ing)|spiked|swelled|strengthened|leap(?:t|ed|s)?|vaulted|popped|rocketed|skyrocketed)"
)
_DOWN_EN = (
    r"(?:fell|fallen|falls?|falling|down|dropp(?:ed|ing)|drops?|declin(?:e|ed|es|ing)|decreas(?:e|ed|es|ing)|slid|slipp(?:ed|ing)|"
    r"plung(?:ed|es|ing)|tumbl(?:ed|es|ing)|shrank|shrunk|shrink(?:s|ing)?|lost|los(?:es|ing)|cut(?:s|ting)?|reduc(?:e|ed|es|ing)|"
    r"lower(?:ed)?|edged down|contract(?:ed|s|ing)?|sank|trimmed|slashed|slump(?:ed|s|ing)?|dipped|weakened|"
    r"shed(?:s|ding)?|narrowed|plummet(?:ed|s)?|crashed|retreat(?:ed|s)?|softened|collapsed)"
)
_MID_EN = (
    r"(?:\s(?:by|of|some|about|around|nearly|almost|roughly|over|more than|less than|at least|up to|a|an|another|additional|extra|further|as much as|rates?|taxes|prices?|output|tariffs?|only|just|barely|total|"
    r"modest|solid|whopping|steep|sharp|record|mere|paltry|meager|robust|healthy|stunning|staggering|sizable|hefty|slight|surprising|combined|cumulative|net|"
    r"seasonally\sadjusted|annualized|annualised|average|estimated)){0,4}\s\Z"
)
_UP = re.compile(
    rf"(?i:\b{_UP_EN}{_MID_EN})|(?:上涨|(?<!负)增长|增加|提高|上升|(?<!领先)高出|加快|加幅|(?<![每公毫千两\d])升|涨|(?<!新)增|加息|上行|升值|调升|上调|攀升|飙升|激增|扩大|多出|提升|成长|走高|收高|反弹|上修|劲扬|上扬|放量|增产|涨价|加价|提价|加薪|提薪|加租|加税"
    r"|(?:(?<![占对相])比(?![例率重值亚特利尔赛方如较])|较)[^，。；最]{1,12}[高多贵]出?)(?:了|约|近|超过|逾|达|幅度)?\s?\Z"
)
# Of shares and money alone: what is put on or eased may be anything.
_UP_SHARE = re.compile(rf"(?i:\b(?:widen(?:ed|s)|improv(?:ed|es)|tacked\son|put\son){_MID_EN})")
_DOWN_SHARE = re.compile(rf"(?i:\b(?:eased|pared|gave\s(?:up|back)){_MID_EN})")
# "Make up 29%", "set up a fund": there "up" tells no change.
_PARTICLE = re.compile(
    r"(?i:\b(?:mak\w+|made|set(?:s|ting)?|snapp\w+|g[ai]v\w+|put(?:s|ting)?|back\w*|t[ao]k\w+|too?k|br[io]\w+ght|end\w*|pick\w*|open\w*)\sup\s(?:an?\s|about\s|some\s|by\s)?)\Z"
)
_PARTICLE_DOWN = re.compile(
    r"(?i:\b(?:sh[ou]t|shoot\w*|br[eo]ak\w*|broke|shut\w*|track\w*|hunt\w*|knock\w*|t[ao]k\w+|took|stepp?\w*|"
    r"strip\w*|gun\w*|bring\w*|brought)\s(?:\w+\s)?down\s(?:at\sleast\s|about\s|some\s|nearly\s|a\s|an\s|by\s)?)\Z"
)
# Money is raised from investors, not higher by so much.
_RAISED = re.compile(
    r"(?i:\brais(?:e|ed|es|ing)\s(?:a\s|an\s|some\s|about\s|nearly\s|more\sthan\s|over\s)?)\Z"
)
_RISE_AFTER = re.compile(
    r"\s(?:(?:annual|year-on-year|monthly|quarterly|sharp|steep|further|additional|price|pay|wage|tariff|tax|(?:interest\s)?rate|output|budget)\s)?"
    r"(?:(?P<up>increases?|rise|jump|gains?|surge|hikes?|growth(?!\s(?:target|rate|forecast|goal)))"
    r"|(?P<down>drop|declines?|fall|decrease|reductions?|plunge|slump|contraction|(?P<cut>cuts?)))\b"
)
_CUT_IN = re.compile(r"\s(?:in|of|on)\b|\s(?:to|for|from)\s(?![$€£¥\d])|\s?[.,;:)]|\Z")
_ARTICLE = re.compile(r"(?i:\b(?:an?|another)\s)(?:[\d$€£¥]|\S?\Z)")
# A 2.5-million-barrel drop; a 40-foot fall is none.
_GREAT = re.compile(r"-(?:thousand|million|billion|trillion)\b")
_SHARE = re.compile(
    r"%|[Pp]er\s?cent|points?|bps\b|\bcents?\b|[$€£¥]|\b[A-Z]{3}\b|fold\b|\b(?:half|thirds?|quarters?|fifths?|tenths?)\b"
)
_AMPLITUDE = re.compile(
    r"(?:(?P<up>[涨增升])|(?P<down>[跌降减]))幅(?:为|达|达到)?(?:了|约|近|超过|逾)?\s?\Z"
)
_DOWN = re.compile(
    rf"(?i:\b{_DOWN_EN}{_MID_EN})|(?:下降|负增长|放缓|减息|减少|降低|下跌|下滑|跌|(?<!起)降|减|调降|下调|降息|缩减|缩水|萎缩|削减|少|回落|下行|收窄|贬值|降准|减持|缩小|走低|重挫|衰退|下挫|收低|滑落|下修|锐减|腰斩|挫|泻|蒸发|缩量|减产|回撤|降价|降薪|减价|减薪|减租|减税|降税|减缓|急插|跌去|暴跌"
    r"|(?:(?<![占对相])比(?![例率重值亚特利尔赛方如较])|较)[^，。；最]{1,12}(?:[低少]|便宜)出?)(?:了|约|近|超过|逾|达)?\s?\Z"
)
_CHANGED_EN = re.compile(
    rf"(?i:\b(?:{_UP_EN}|{_DOWN_EN}|doubl(?:e|es|ed|ing)|tripl(?:e|es|ed|ing)|trebl(?:e|es|ed|ing)|quadrupl(?:e|ed)|halved?|discount(?:ed|s)|reduc(?:ed|es|ing)|lowering|br(?:ing|ings|inging|ought)\s(?:the|its|their)\s(?:[a-z]{1, 12}\s)?(?:total|number|figure|tally|toll|count|rate|level)|mov(?:ed|es)|chang(?:ed|es)|revis(?:ed|es)|edged|\w+fold|narrow(?:ed|s)|widen(?:ed|s)|lift(?:ed|s)?|extended|slow(?:ed|s)?|scal(?:ed|es)\sback|par(?:ed|es)|accelerat(?:ed|es)|eas(?:ed|es)|quicken(?:ed|s)|moderat(?:ed|es)|cool(?:ed|s)|upgrad(?:ed|es)|downgrad(?:ed|es))\b(?:[^.;!?]|\.(?=\d)|(?<=\b[A-Z])\.(?=[A-Z]\.|\s[a-z]))*\sto\s(?:about\s|around\s|nearly\s|over\s|just\s|only\s|a\s|an\s|as\s(?:low|high|little|much)\sas\s)?(?:(?:record|annualized|annualised|mere|paltry|modest|meagre|meager|hefty|whopping|measly)\s)?(?:(?:[\w-]+\s)?(?:low|high|peak|record|rate|pace|total|average)\sof\s(?:about\s|nearly\s)?)?\Z)"
)
# "The duty went to 120 percent", "went from 2.5% to 27.5%": of shares and money.
_WENT_TO_EN = re.compile(
    r"(?i:\b(?:go|goes|went|going)\s(?:back\s|up\s|down\s)?(?:from\s(?:[^.;!?]|\.(?=\d)){1,24}\s)?to\s(?:about\s|a\s)?\Z)"
)
# "Fell to a two-year low": what changed to so much is not the years.
_EXTREME = re.compile(r"\s(?:low|high|peak|record)\b")
# It dropped from 5.3% in June, it rose 5% from $3.2 billion: no "to" follows.
_FROM_ALONE = re.compile(
    rf"(?i:\b(?:{_UP_EN}|{_DOWN_EN}|widened|slowed|eased|moved)\s(?:(?:sharply|slightly|further|back|up|down)\s)?(?:\d[\d.,]{{0,6}}(?:%|\sper\s?cent)\s)?from\s\Z)"
)
_RAISE = re.compile(r"(?i:\b(?:rais|gain|lost|los|add|lift|boost)\w*\sfrom\s\Z)")
# A moment may stand between: 由2022年的179亿美元降至2024年的128亿美元.
_WHEN_ZH = (
    r"(?:(?:\d{4}年|\d{1,2}月|去年|今年|前年|上年|明年|此前|原来|目前|当前|现在|年初|上月|上周|同期|一审|二审|[半一二三两五十\d]{1,2}个?[年月周天][前后]|年?[初底末]|第?[一二三四]季度)"
    r"{1,3}的?)?"
)
# A rate or the whole of it may too: 涨至每公斤900美元, 提高到GDP的2%.
_OF_ZH = r"(?:每[\u4e00-\u9fff]{1,4}|[A-Z\u4e00-\u9fff]{2,8}的)?"
_TO_ZH = re.compile(
    rf"(?:(?:至|到)(?:了|约|近|超过|逾)?{_WHEN_ZH}{_OF_ZH}|(?:(?<![幅速率])(?<!分别)为|成)(?:了|约|近|超过|逾)?{_WHEN_ZH})\s?\Z"
)
_RISEN_ZH = (
    r"(?:降|升|涨|推[高低升]|延(?=至)|增(?!加值|速|幅)|减|提高|提(?=[至升高])|加(?=[至到息征])|[上下]修|调[高低]|调整|缩|收窄|放缓|跌|转|扩大|上调|下调|攀升|下滑|滑落|"
    r"回落|回升|延迟|变|(?<![整医政])改判?(?=[为至到成])|[上下]行|挫|泻)"
)
_TO_VERB_ZH = re.compile(
    # What it changed by may stand between: 下降5个百分点至38%.
    rf"{_RISEN_ZH}(?:[^，。；]{{0,4}}(?:至|到|(?<![幅速率])(?<!分别)为|成)|[^，。；]{{0,10}}(?:个百分点|个基点|美元|点|%|[元人家辆艘架枚吨桶股])[,，]?(?:至|到))"
    rf"(?:了|约|近|超过|逾)?{_WHEN_ZH}{_OF_ZH}\s?\Z"
)
_FROM = re.compile(
    r"(?i:\bfrom\s(?:(?:about|around|nearly|a|an|some|just)\s){0,2}(?:(?:record|peak|high|low|mere|paltry|hefty|whopping|modest)\s(?:of\s)?)?\Z)"
    rf"|(?:从|由){_WHEN_ZH}\s?\Z"
)
_FROM_ZH_FOLLOW = re.compile(r"[^，。；]{0,10}(?:至|到|为|改|升|降|增|减|提高|上调|下调|扩大|转)")
_FROM_EN_FOLLOW = re.compile(
    r"(?:[^.;!?]|\.(?=\d)|(?<=\b[A-Z])\.(?=[A-Z]\.|\s[a-z])){0,48}?\sto\s(?:about\s|around\s|nearly\s|a\s|as\s(?:low|high|little|much)\sas\s)?[$£€¥]?\d"
)
_CHANGES_EN = re.compile(
    r"\bto\s(?:[^.;!?\d]){0,24}?\d[\d.,%]{0,12}(?:\s?(?:k|m|bn|tn|%)\b|[\s-](?:thousand|million|billion|trillion|percent|per\scent|"
    r"points?|barrels|tons|tonnes|yuan|yen|euros|dollars|people|units|jobs|a\sbarrel|a\sday|per\sday)\b){0,3}"
    r"(?:-(?:[A-Z]{2})?[$€£¥]?\d[\d.,%]{0,12}(?:\s(?:million|billion|trillion))?)?"
    r"(?:\s(?:in|on)\s[A-Z][a-z]{2,8}\.?|\sby)?(?:\s\d{4})?,?\sfrom\s(?:[a-z]+\s){0,4}\Z"
    r"|(?i:\b(?:up|down|rising|falling|higher|lower|increase|drop|decline|jump))\s(?:sharply\s)?from\s(?:[a-z]+\s){0,4}\Z"
)
# "Gold rose above $4,000": the level that it has reached.
_PAST_EN = re.compile(r"(?i:above|below|past|under)\s")
_WENT_EN = re.compile(rf"(?i:\b(?:{_UP_EN}|{_DOWN_EN})\s(?:back\s|to\s)?\Z)")
_HIGHER_AFTER = re.compile(
    r"\s(?:(?P<up>higher|larger|bigger|up(?=\s?[.,;)]|\Z)|more\sexpensive|(?:more|ahead\sof|above)(?=\sthan\b|\s(?:its|their|last|a\syear|where)\b|\s?[.,;)]|\Z)|up\son)"
    r"|(?P<down>lower|cheaper|smaller|fewer|down(?=\s?[.,;)]|\Z)|less(?=\sthan\b|\s?[.,;)]|\Z)|below(?=\s(?:its|their|last|a\syear|where|the\s(?:peak|level|average))\b)|down\son))\b(?!-|\s(?:education|court|house))"
)
# "Cut the reserve ratio by 50 basis points", 下调利率25个基点: the object stands between.
_OBJECT_BY = r"(?:\s(?!by\b|to\b|and\b|but\b)(?!(?!(?:spend|fund|hous|lend|build|train|manufactur)ing\b)\w+(?:ed|ing)\b|found\b|led\b|brought\b|bought\b|won\b|run\b|seen\b|given\b|made\b|held\b|told\b|sold\b|is\b|are\b|was\b|were\b|be\b)[\w&'-]{1,20}(?:(?<=\b[A-Z])\.[A-Z]\.)?){1,8}\sby\s(?:(?:about|around|nearly|almost|some|another|up to|more than|over|under|at least|a|an)\s){0,2}\Z"
_UP_BY = re.compile(rf"(?i:\b{_UP_EN}{_OBJECT_BY})")
_DOWN_BY = re.compile(rf"(?i:\b{_DOWN_EN}{_OBJECT_BY})")
_POINTS_ZH = re.compile(r"[\d.]+个?(?:百分点|基点)")
_ADJUSTED_ZH = re.compile(
    r"(?:(?P<up>上调|调高|调升|提高)|(?P<down>下调|调低|调降|降低))[\u4e00-\u9fff]{2,10}\Z"
)
_STRETCH_EN = (
    r"(?:\s(?:month-on-month|year-on-year|year-over-year|quarter-on-quarter|m/m|y/y|q/q|respectively|"
    r"(?:in|for|on|from)\s(?:(?:the|its)\s)?(?:[A-Z][\w.]{1,12}|\d{4}|(?:first|second|third|fourth)\squarter)(?:\s\d{4})?))?"
)
_GOES_ON = re.compile(
    rf"{_STRETCH_EN}(?:,?\s(?:and|and\sthen|then|or)\s|,\s)(?:by\s|about\s|nearly\s)?"
    r"|\s?(?:、|和|与|及|以及)(?:同比|环比|约|近)?|[,，]\s?(?:同比|环比)"
)
# Words of place and time may follow the last figure of a verb; others begin another clause.
_OWNED = re.compile(
    r"\s(?!(?:in|for|on|respectively|year|month|quarter|week|from|to|last|this|over|against|compared|and|or|by|a|an|per|after|at|when|while|as|"
    r"since|during|between|but|y/y|q/q|m/m|next|each)\b)[A-Za-z]|(?![和与及以左上])[\u4e00-\u9fff]"
)
_INCREASE = re.compile(r"(?:增长|增加|上涨|提高|增|涨|多|高出|扩大)了?(?:近|约|超过|逾)?\Z")
_YEARLY_EN = re.compile(
    r"(?i:\s(?:of\s(?:[\w-]+\s){0,3})?(?:annually|a year|per year|per annum|each year|every year|yearly)\b(?!\s(?:earlier|ago|later|before|on\b)))"
)
_OFTEN_EN = re.compile(
    r"\s(?:(?!(?:in|on|at|for|to|by|of|and|or|but|is|are|was|were|last|said|say|lost|had|have|spent|took|after|[a-z]+ed)\s)[a-z][a-z-]*\s){1,2}"
    r"(?:a|an|per|each|every)\s(?P<unit>year|month|week|day|hour|minute)\b"
    r"(?!'|-|\s(?:earlier|ago|later|before|after|old|since|when|if|from|or|of|into|in\s(?:jail|prison)))"
)
# Adjectives that tell what a count is by.
_BY = {
    "hourly": "hour",
    "daily": "day",
    "weekly": "week",
    "monthly": "month",
    "annual": "year",
    "yearly": "year",
}
ADJECTIVES = "|".join(_BY)
# "200,000 daily passengers", "a $5 million annual budget"; but two monthly reports are two.
_ADJECTIVE_EN = re.compile(
    rf"\s(?P<unit>{ADJECTIVES})\s(?!(?:newspaper|paper|magazine|report|bulletin|publication|meeting|summit|conference|forum|festival|review|survey|talk|event|exercise|drill)s?\b)[a-z]"
)
_OFTEN_ZH = re.compile(
    r"(?:每(?P<unit>年|月|周|天|日|小时|分钟|秒)|(?P<year>年均|年产能?)|(?<![\d一二三四五六七八九十近节假上次当今昨每])日均)[^，。；\d]{0,8}\Z|(?<![上次当今昨每])日产(?:[量能][^，。；\d]{0,6})?(?:约|近|逾|达)?\Z"
)
_OFTEN = {"年": "year", "月": "month", "周": "week", "天": "day", "日": "day", "小时": "hour",
          "分钟": "min", "秒": "s"}  # fmt: skip
_FOR_YEARS_EN = re.compile(r"(?i:\s?[^.;!?\d]{0,30}\bfor\s(?:the\snext\s|a\s)?\Z)")
_FOR_YEARS_ZH = re.compile(r"[^。；\d]{0,12}(?:为期|持续|连续|期限(?:为)?)\Z")


def qualifier(text: str, start: int, end: int) -> Qualifier | None:
    """Return what the clause says of the figure's bounds: "about", "topped", 逾, 左右."""
    start = tight(text, start)
    for label, pattern in (*_LEFT_QUALIFIERS, *_BOUND_BEFORE_VERB):
        found = pattern.search(text, max(0, start - _LEFT), start)
        if found and not (found[0] == "约占" and _OF_THESE.match(text, end)):
            return label
    return "approx" if _APPROX_RIGHT.match(text, end) else None


def change(text: str, start: int, end: int) -> Change | None:
    """Return how the figure changed: by it (up, down), to it, or from it."""
    start = tight(text, start)
    begin = max(0, start - _CLAUSE)
    bare = _bare_start(text, start)
    if _FROM.search(text, begin, bare):
        if text[begin:bare].rstrip()[-1:] > "\x7f":
            return "from" if _FROM_ZH_FOLLOW.match(text, end) else None
        pair = _FROM_EN_FOLLOW.match(text, end) or _CHANGES_EN.search(text, begin, bare)
        alone = _SHARE.search(text, bare, end) and _FROM_ALONE.search(text, begin, bare)
        return "from" if pair or (alone and not _RAISE.search(text, begin, bare)) else None
    if _TO_ZH.search(text, begin, bare):
        return "to" if _TO_VERB_ZH.search(text, begin, bare) else None
    if _PAST_EN.match(text, start) and _WENT_EN.search(text, begin, start):
        return "to"
    if way := _way(text, begin, bare, end):
        return way
    if text.rfind(" to ", max(0, bare - 32), bare) < 0:
        return None
    went = _SHARE.search(text, bare, end) and _WENT_TO_EN.search(text, begin, bare)
    if went or _CHANGED_EN.search(text, begin, bare):
        return None if _EXTREME.match(text, end) else "to"
    return None


def goes_on(text: str, end: int, start: int, behind: int) -> bool:
    """Say whether the figure at ``start`` shares the verb of the one that ends at ``end``.

    "Rose 9%, 12% and 3%", "fell 0.3% month-on-month and 3.2% year-on-year", 分别增长5.4%和4.8%;
    not "rose 5%, and 20% of firms left", where a share begins.  ``behind`` is where it ends.
    """
    return _GOES_ON.fullmatch(text, end, start) is not None and not _OWNED.match(text, behind)


def is_raised(text: str, start: int) -> bool:
    """Say whether the money at ``start`` was raised from somebody, not raised by so much."""
    return _RAISED.search(text, max(0, start - _LEFT), start) is not None


def _way(text: str, begin: int, bare: int, end: int) -> Change | None:
    """Return whether the figure says by how much something went up or down."""
    amplitude = _AMPLITUDE.search(text, begin, bare)
    if amplitude:
        return "up" if amplitude["up"] else "down"
    if _UP.search(text, begin, bare) and not _PARTICLE.search(text, begin, bare):
        return "up"
    if _DOWN.search(text, begin, bare) and not _PARTICLE_DOWN.search(text, begin, bare):
        return "down"
    shared = _SHARE.search(text, bare, end) is not None
    if shared and (
        soft := _UP_SHARE.search(text, begin, bare) or _DOWN_SHARE.search(text, begin, bare)
    ):
        return "up" if soft.re is _UP_SHARE else "down"
    if shared and text.find(" by ", begin, bare) >= 0:
        if _UP_BY.search(text, begin, bare):
            return "up"
        if _DOWN_BY.search(text, begin, bare):
            return "down"
    points = _POINTS_ZH.match(text, bare)
    higher = _HIGHER_AFTER.match(text, end) if shared else None
    found = _ADJUSTED_ZH.search(text, begin, bare) if points else higher
    if found:
        return "up" if found["up"] else "down"
    after = _RISE_AFTER.match(text, end) if shared or _GREAT.search(text, bare, end) else None
    if after is not None and after["cut"] and not _is_noun(text, bare, after.end()):
        return None
    return None if after is None else "up" if after["up"] else "down"


def _is_noun(text: str, bare: int, end: int) -> bool:
    """Tell "a 10% cut" from the verb: "40% cut prices"."""
    behind = _CUT_IN.match(text, end) is not None
    return behind or _ARTICLE.search(text, max(0, bare - 8), bare + 2) is not None


def relation(text: str, start: int, *, multiple: bool) -> Relation | None:
    """Tell 增长两倍 (by twice as much) from 增长到两倍 (to twice as much)."""
    if multiple and _INCREASE.search(text, max(0, start - 12), start):
        return "increase_by"
    if multiple and re.search(
        r"(?:增|涨|升|提高|扩大)[^，。]{0,4}(?:到|至|为)\Z", text[max(0, start - 12) : start]
    ):
        return "to"
    return None


def often(text: str, start: int, end: int) -> str | None:
    """Return the time that the figure is counted by: 7,000 tons annually, 500 cars a day."""
    if _YEARLY_EN.match(text, end):
        return "year"
    by = _OFTEN_EN.match(text, end)
    if by:
        return "min" if by["unit"] == "minute" else by["unit"]
    told = _ADJECTIVE_EN.match(text, end)
    if told:
        return _BY[told["unit"]]
    found = _OFTEN_ZH.search(text, max(0, start - 16), start)
    if found is None:
        return None
    if found["unit"]:
        return _OFTEN[found["unit"]]
    return "year" if found["year"] else "day"


def lasts(text: str, end: int, start: int) -> bool:
    """Say whether the duration at ``start`` tells how long the rate before it holds."""
    between = text[end:start]
    if len(between) > 45:
        return False
    return bool(_FOR_YEARS_EN.fullmatch(between) or _FOR_YEARS_ZH.fullmatch(between))


def _bare_start(text: str, start: int) -> int:
    """Step over a qualifier, so that "rose by about 5%" is read as "rose by 5%"."""
    for _label, pattern in _LEFT_QUALIFIERS:
        found = pattern.search(text, max(0, start - _LEFT), start)
        if found:
            return found.start()
    return start
