"""The thing a figure measures: "jets" in 60 jets, "exports" in "exports fell 18%", 税率最高30%.

A noun that follows is taken first (a count's, or one tied by "of" or 的), then the
subject or the object of the figure's clause; a clause without one carries on with the
thing measured before it ("营收609亿美元，同比增长126%").  No tagger is asked: the words that
end a phrase are closed classes and the verbs of change and state that news uses.
All text here is folded.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from argmine.figures.grammar.units import CASUALTIES
from argmine.figures.token import tight

if TYPE_CHECKING:
    from argmine.figures.token import Token

_COUNTS = ("count", "quantity", "number")
_LOOK = 90
_STOP = (
    "and or but that which who in on at to for by from with as after before since than while when is are was were "
    "has have had will would could may might can last next earlier over of the a an this its their it he she they "
    "amid despite because through without under during within until due thanks following "
    "more less if so far ago per each every into between against not only also all about up down away apart"
).split()
_STOPS = frozenset(_STOP)
_VERB_EN = (
    r"(?:ro?se|risen|rises?|rising|f[ae]ll(?:en|s)?|falling|climb\w*|gr[eo]w(?:s|n|ing)?|gain\w*|jump\w*|increas\w+|surg\w+|soar\w*|"
    r"expand\w*|add(?:s|ed|ing)|edg(?:ed|es|ing)|advanc\w+|rebound\w*|dropp?\w*|declin\w+|decreas\w+|sli(?:d|ps|pped|pping)|"
    r"plung\w+|tumbl\w+|shr[aiu]nk\w*|los[et]\w*|cuts?|cutting|reduc\w+|slump\w*|explod(?:ed|es)|balloon(?:ed|s)|skyrocket\w*|plummet\w*|crashed|collaps(?:ed|es)|sank|ticked|inched|swung|eased|dipped|spiked|rallied|swelled|strengthened|weakened|shed|lower(?:ed|s|ing)|contract(?:ed|s)|trimm\w+|slash\w+|"
    r"lift(?:ed|s)|rais(?:ed|es|ing)|doubl(?:ed|es|ing)|tripl\w+|quadrupl\w+|halv\w+|narrow(?:ed|s)|widen(?:ed|s)|slow(?:ed|s)|"
    r"accelerat\w+|extend(?:ed|s)|trad(?:ed|es|ing)|settl\w+|st(?:ood|ands)|reach\w*|hit|hits|total(?:l?ed|s)|costs?|"
    r"came|comes|amount(?:ed|s)|averag(?:ed|es)|account(?:ed|s)?|represent\w*|equal(?:s|led)|exceed\w*|topp(?:ed|s)|"
    r"is|are|was|were|be|been|has|have|had|makes?|made|lev(?:ied|ies|y)|impos\w+|charg\w+|pa(?:id|ys?)|sp[ae]n[dt]s?|"
    r"closed|opened|ended|remain\w*|revis\w+|pegg\w+|valued|priced|worth|set\saside|pledg\w+|invest(?:ed|s))"
)
_AUXILIARY = r"(?:(?:could|would|will|may|might|should|can|must|did|does|do|has|have|had|is|are|was|were|to|not|also|already|still|then|now)\s){0,3}"
_CLAUSE_EN = re.compile(
    rf"(?i:(?<![\w'-])(?P<subject>(?:[^.,;:!?()]|[.,](?=\d)|(?-i:\.(?=[A-Z]\.)|(?<=\.[A-Z])\.)){{2,70}}?)\s{_AUXILIARY}\b{_VERB_EN}\b"
    # "Labor costs rose": of two words that may be verbs the second is one.
    r"(?!\s(?:rose|fell|hit|reached|climbed|jumped|dropped|surged|totall?ed|were|are|have|had|will|would|could|grew|came|stood)\b)"
    r"(?P<object>(?:[^.;:!?()]|\.(?=\d)){0,50}))\Z"
)
_OBJECT_EN = re.compile(
    r"(?i:\s(?:(?P<the>its|the|their|his|her|our|a|an)\s)?(?P<noun>[A-Za-z][\w'-]{0,30}(?:\s[A-Za-z][\w'-]{0,30}){0,3}?)"
    r"(?:\s(?:on|in|for|against)\s(?:[\w'.-]{1,20}\s){1,4}?(?=by|to|from)|\s)(?:by|to|from|of|at|with)\s.{0,20})\Z"
)
# "Is expected to grow", "will be lowered from": a participle is no object.
_PARTICIPLE = re.compile(
    r"(?:\S{2,}ed|\S+fold|forecast|set|likely|due|slated|known|seen|sent|held|kept|put|cut|short|ahead)\Z",
    re.IGNORECASE,
)
_OF_EN = re.compile(
    r"(?i:(?<![\w'-])(?P<noun>(?:[A-Za-z][\w'-]{0,30}\s){0,3}?(?!(?:total|maximum|minimum|average|high|low|record|sum|excess|each|all|one|"
    r"some|most|many|half|rate|pace|number|instead|because|out|top|course|short|ahead|north|south|east|west|made|consists|outside|inside|is|are|was|were)\b)[A-Za-z][\w'-]{1,30})\sof\s"
    r"(?:(?:about|around|nearly|almost|some|up\sto|at\sleast|more\sthan|less\sthan|over|between|just|only|roughly|a|an)\s){0,2})\Z"
)
_GOODS_EN = re.compile(
    r"\s(?P<noun>(?:[A-Za-z][\w-]{1,20}\s){0,3}?(?:tariffs?|duty|duties|tax|taxes|levy|levies|stake|share|discount|premium|surcharge|"
    r"fees?|majority|plan|deal|package|fund|budget|surplus|deficit|loan|contract|fine|loss|profit|subsid(?:y|ies))\b)"
)
_CHANGE_IN_EN = re.compile(
    r"\s(?:increase|rise|jump|gain|surge|hike|growth|drop|decline|fall|decrease|reduction|plunge|slump|cut)s?\s(?:in|of|on|to)\s"
    r"(?:the\s|its\s|their\s|all\s)?(?P<noun>(?:[A-Za-z][\w'-]{0,30}\s){0,2}[A-Za-z][\w'-]{0,30})"
)
# "In May", "on Thursday", "in the second quarter" say when, "in Hong Kong" where.
_WHEN_EN = re.compile(
    r"(?i:Q[1-4]|H[12]|first|second|third|fourth|last|next|past|previous|early|late|mid|after|pre|recent|january|february|march|april|"
    r"may|june|july|august|september|october|november|december|jan|feb|mar|apr|jun|jul|aug|sept?|oct|nov|dec|monday|tuesday|wednesday|"
    r"thursday|friday|saturday|sunday|day|week|month|quarter|half|year|morning|afternoon|evening|night|trading|part|total|response|"
    r"average|fiscal|spring|summer|autumn|winter|weeks|months|years|days|hours|all|order|cash)\b"
)
_MULTIPLIED = re.compile(
    r"(?i:(?:nearly |almost |more than )?(?:doubled|tripled|trebled|quadrupled|quintupled|halved))"
)
_OWNED = re.compile(r"\s(?:its|the|their|his|her|our)\s")
_HELPING = re.compile(
    r"(?:\s(?:have|has|had|will|would|could|may|might|is|are|was|were|be|been|being|nearly|almost|about|also|not|to|more\sthan))++\s\Z"
)
_PER_HEAD = re.compile(r"\w per (?:capita|person|head|worker|share)\Z")
_NAMED_AGE = re.compile(r"(?P<noun>(?:[A-Z][\w.'-]*\s){0,3}[A-Z][\w'-]+)(?:,\s|\s\()\Z")
_ENDS_NOUN = frozenset(
    "took voted died wrote flew sold said agreed killed needed expected surveyed aged voting crossing going working living "
    "found came went left won lost met held kept told gave made ran saw got "
    "spoke stood fled fought see think believe say want plan oppose support approve disapprove trust distrust favor favour expect "
    "fear worry hope agree disagree make take leave live die vote attend face need beat cross protest gather sign join".split()
)
_PREPOSITION = re.compile(
    r"\s(?:of|in|on|with|for|from|to|by|at|that|which|who|among|between|under|over|against|after|since|as)\s"
)
# "The U.S. Department of Defense" is one name, "exports of cars" are exports.
_NAMED_OF = re.compile(
    r"(?:Department|Ministry|Bank|House|University|Bureau|Board|Institute|Office|Council|Chamber|Court|Academy|Association|Republic|"
    r"Federation|States|Kingdom|Port|City)\sof\s(?:the\s)?[A-Z][\w'-]*(?:\s(?:and\s)?[A-Z][\w'-]*){0,3}"
)
_DETERMINER = re.compile(
    r"\A(?:(?:the|a|an|its|their|his|her|our|this|that|these|those|and|but|while|as|when|said|says|say|some|if|where)\s)+",
    re.IGNORECASE,
)
# What opens a sentence before its subject: when it was, and who said so.
_ADJUNCT = re.compile(
    r"(?:(?:In|On|By|At|Since|During|Through|Until|Over|For)\s(?:(?:the|early|late|mid)[\s-])?(?:\d{4}s?(?:\sGMT)?|January|February|March|April|"
    r"May|June|July|August|September|October|November|December|Monday|Tuesday|Wednesday|Thursday|Friday|Saturday|Sunday)(?:\s\d{4})?"
    r"|(?:Last|This|Next)\s(?:year|month|week|quarter|decade)|(?:In|Over|During)\sthe\s(?:past|last|next)\s(?:\w+\s)?(?:years?|months?|weeks?|days?|quarters?|decades?)|Today|Yesterday|Now|Meanwhile|Overall)\s"
    r"|(?:[\w.'-]+\s){1,4}?(?:said|says|say|expect(?:ed|s)?|want(?:ed|s)?|estimat(?:ed|es?)|predict(?:ed|s)?|hop(?:ed|es?)|"
    r"show(?:ed|s)?|warned|warns)\s(?:that\s)?(?!by\b|in\b|on\b)"
)
# But behind these words "the U.S." ends a sentence more often than it opens a name.
_AFTER_US = "|".join(
    rf"(?<=\s{word}\sthe\sU\.S)"
    for word in "in to from for left with against by on than and".split()
)
_SPLIT_EN = re.compile(
    # The dots of "U.S. Steel" end nothing.
    rf"(?:(?<!\.[A-Z])\.|[;:!?])(?:\s|\Z)|(?:{_AFTER_US})\.\s(?=[A-Z])|,\s|\s(?:and|but|while|that|which|who|as|when|if|unless|because)\s"
)
_WORDS_EN = r"(?:[A-Za-z][\w'-]{0,30}\s){0,2}[A-Za-z][\w'-]{0,30}"
# "U.S." is a word of a noun; what follows it with a capital may begin a sentence, but for a count.
_NOUN_EN = (
    r"(?P<noun>(?:(?:[A-Z]\.){2,4}\s)?(?:[A-Za-z\d][\w'-]{0,30}\s){0,2}[A-Za-z\d][\w'-]{0,30})"
)
_DIRECT_EN = re.compile(
    rf"[\s-](?:(?:more|new|additional|plus|hourly|daily|weekly|monthly|annual|yearly)\s)?(?:of\s(?:the\s|its\s|their\s)?)?{_NOUN_EN}"
)
_LINKED_EN = re.compile(
    r"\s(?:of|worth\sof|in|on)\s(?:the\s|its\s|their\s|all\s|it\s)?"
    rf"(?P<noun>(?:[A-Z]\.){{2,4}}(?:\s(?=[a-z]){_WORDS_EN})?|{_WORDS_EN})"
)
_ATTRIBUTE = re.compile(r"(?i:\b(?:an?|the|its|their|his|her|this|new|another|with)\s)\Z")

_TAIL_ZH = re.compile(
    r"(?:已经|就|同比|环比|大幅|小幅|大约|差不多|涉及|[暴大骤猛急狂微](?=[涨跌升降增减])|分别|累计|合计|总计|首次|突破|增长|增加|增至|下降|减少|减至|提高|降低|上涨|下跌|上升|下滑|提升|回落|回升|放缓|"
    r"攀升|飙升|缩减|扩大|转|翻|升|降|涨|跌|破|达到|达|为|是|约|近|逾|超过|超|仅|仅为|只|只有|有|至|到|由|从|报|收(?=[于在报至])|最高|最低|最多|最少|至少|高|低|"
    r"承受|须|需要|需|将|已|也|却|则|调升|调降|上调|下调|收盘价?|报收|收市|收报|一度|盘中|触及|每(?:桶|股|盎司|吨|人|架|公斤|加仑)|宣布|约合|重挫|失守|高于|低于|称|共|在|于|即|了|的|正|负|每|比上年末|较月初|相当|接近|几乎|占(?!比)|多|少|加征|征收|"
    r"按|以|和|与|或|及|年均|日均|平均|时|成长|衰退|反弹|锐减|[上下]修|萎缩|收窄|走(?=[高低强弱])|[季年月]增|高出|起(?=对)|一度|衝|冲(?=破|上|高)|收(?=[高低涨跌])|劲扬|下挫|滑落|不到|不足|大概|估计|时仅|出动|推迟|[较比][^，。；]{1,8}?(?=同|环|上|下|增|减|升|降|涨|跌|调|提))++\Z"
)
_OPENING_ZH = re.compile("中|同期|[末底初]|份|[期内](?!地)")
_OF_SO_MANY = re.compile(r"\s(?:in|out of|of)\s")
_CLAUSE_ZH = re.compile(r"[^，。；：！？,;:!?（()）【】“”\"\[\]、]{0,40}\Z")
_PHRASE_ZH = re.compile(
    r"(?P<noun>(?:[^的其使将把被让令占年月日\d\s]|年(?=[均度产需])|占(?=[比有地领])|日(?=[本元经均方股])|使(?=[用馆领])){2,16})\Z"
)
# What has a subject or an auxiliary is a clause, no noun: 意味着美英向澳扩散90%以上.
_A_CLAUSE_ZH = re.compile(
    r"\A(?:我|你|您|他|她|它|左右|上下)|可以|可能(?!性)|意味着|应该|应当|能够|必须|(?<![方意趋动導导面])向(?!日葵)|(?<![原规准法细守規準細])[则則]|(?<!成)就(?![业業诊讀读学學职職])"
)
_HAN = re.compile("[\u4e00-\u9fff]")
_NOUN_ZH = r"(?P<noun>人口|(?![以左上前内来中边期年月日多余])[\u4e00-\u9fff]{2,6}?(?=[，。、；！？,.;)）(（\[]|的|和|与|被|将|已|在|加征|征税|征收|认为|表示|预计|希望|计划|支持|反对|担心|遭|受|不|都|还|也|正|$))"
_DIRECT_ZH = re.compile(rf"的?{_NOUN_ZH}")
_LINKED_ZH = re.compile(rf"的(?:(?:利润|收入|总额)?){_NOUN_ZH}")
_BEFORE_NOUN_ZH = re.compile(
    r"(?:对|把|将|向|就|追加|增加|新增|减持|增持|带来|创造|吸引|签署|投入|发行|采购|进口|购买|加征|征收|投放|提供|捐赠|获得|签下|销毁|的)(?:约|近|逾|超过|了)?\Z"
)


def place(text: str, token: Token, floor: int, *, chinese: bool) -> tuple[int, int] | None:
    """Return the span of the thing measured, None if the clause does not name it.

    Args:
        text: Folded text.
        token: The figure; counts and quantities take the noun behind them.
        floor: Where the figure or moment before this one ends.
        chinese: Whether the text is Chinese.
    """
    start, type_ = token.start, token.type
    if token.counter in CASUALTIES:
        return None  # 10死20伤 counts people who are not named
    if chinese:
        start, behind = tight(text, start), _behind_counter(text, token)
        if type_ == "multiple":
            # 中国军费是日本的五倍: what is compared, not what it is compared with.
            compared = _CLAUSE_ZH.search(text, max(0, floor, start - 41), start)
            found = _TIMES_AS.search(text, compared.start(), start) if compared else None
            if found:
                return found.span("noun")
        return _behind_zh(text, start, behind, type_) or _before_zh(
            text, token, floor, counts=type_ == "count" and _HAN.match(text, behind) is not None
        )
    if type_ == "age":
        named = _NAMED_AGE.search(text, max(0, start - _LOOK), start)
        return named.span("noun") if named else None
    if type_ == "fraction" and _OF_SO_MANY.search(text[start : token.end]):
        type_ = "count"
    if type_ == "multiple" and _MULTIPLIED.fullmatch(text[start : token.end]):
        return _multiplied(text, start, token.end)
    return _behind_en(text, start, token.end, type_) or _before_en(text, start)


def _behind_counter(text: str, token: Token) -> int:
    """Return where the noun may begin: the counter, also "14 张", is no part of it."""
    if not token.counter:
        return token.end
    return token.end + text[token.end : token.end + 1].isspace() + len(token.counter)


def _multiplied(text: str, start: int, end: int) -> tuple[int, int] | None:
    """Return what doubled, or what somebody doubled."""
    owned = _OWNED.match(text, end)
    found = _DIRECT_EN.match(text, owned.end() - 1 if owned else end)
    doubled = _kept(found) if found else None
    if doubled:
        return doubled
    begin = _clause_start(text, start)
    helping = _HELPING.search(text, begin, start)
    return _phrase_en(text, begin, helping.start() if helping else start)


def _behind_en(text: str, start: int, end: int, type_: str) -> tuple[int, int] | None:
    changed = _CHANGE_IN_EN.match(text, end)
    if changed and not _says_when(changed):
        return _kept(changed)
    linked = type_ not in _COUNTS
    goods = _GOODS_EN.match(text, end) if linked else None
    if goods and not set(goods["noun"].lower().split()) & _STOPS:
        return goods.span("noun")
    if linked and _ATTRIBUTE.search(text, max(0, start - 7), start):
        linked = False
    found = (_LINKED_EN if linked else _DIRECT_EN).match(text, end)
    if found is None or (linked and _says_when(found)):
        return None
    return _kept(found)


def _says_when(found: re.Match[str]) -> bool:
    """Say whether what is linked by "in" or "on" is a time or a place."""
    words = found[0][: found.start("noun") - found.start()].split()
    link = next(word for word in reversed(words) if word in ("in", "on", "of", "to", "worth"))
    place = link == "in" and found["noun"][0].isupper()
    return link != "of" and (place or _WHEN_EN.match(found["noun"]) is not None)


def _kept(found: re.Match[str]) -> tuple[int, int] | None:
    """Cut what was taken for a noun where it goes on to something else.

    Points are what an index is counted in.
    """
    if found["noun"].lower().split()[0] in ("points", "point", "pips"):
        return None
    begin, kept, plural = found.start("noun"), 0, False
    for word in re.finditer(r"\S+", found["noun"]):
        written = word[0].lower()
        other = written in _STOPS or written.endswith("ly") or (kept and word[0][0].isdigit())
        verb = kept and (re.fullmatch(_VERB_EN, word[0]) or written in _ENDS_NOUN)
        if other or verb or (plural and written.endswith(("ed", "ing"))):
            break
        kept = word.end()
        plural = word[0].endswith("s") or written == "people"
    return (begin, begin + kept) if kept and not found["noun"][:kept].isdigit() else None


def _before_en(text: str, start: int) -> tuple[int, int] | None:
    begin = _clause_start(text, start)
    owned = _OF_EN.search(text, begin, start)
    if owned:
        return _owner(owned)
    clause = _CLAUSE_EN.search(text, begin, start)
    if clause is None:
        return None
    # "Cut rates by 25 basis points": the object is measured, not who cuts.
    found = _OBJECT_EN.match(text, clause.start("object"), start)
    if found and not (
        set(found["noun"].lower().split()) & _STOPS
        or (found["the"] is None and _PARTICIPLE.search(found["noun"]))
    ):
        return found.span("noun")
    return _phrase_en(text, *clause.span("subject"))


def _clause_start(text: str, start: int) -> int:
    """Return where the clause of a figure begins, as far as one looks back."""
    begin = max(0, start - _LOOK)
    while 0 < begin < start and text[begin - 1].isalnum():
        begin += 1  # no phrase begins within a word
    for cut in _SPLIT_EN.finditer(text, begin, max(begin, start - 1)):
        begin = cut.end()
    return begin


def _owner(found: re.Match[str]) -> tuple[int, int]:
    """Return the noun of "a trade surplus of $103 billion", from its last determiner on."""
    begin, end = found.span("noun")
    opened = False
    words = list(re.finditer(r"\S+", found["noun"]))[:-1]
    if _PER_HEAD.search(found["noun"]):
        words = words[:-2]  # the cost per person
    for word in words:
        written = word[0].lower()
        stop = written in _STOPS
        verb = re.fullmatch(_VERB_EN, written) or written.endswith(("ed", "ly"))
        if stop or (verb and not opened):
            begin, opened = found.start("noun") + word.end() + 1, True
    return begin, end


def _phrase_en(text: str, start: int, end: int) -> tuple[int, int] | None:
    """Cut a subject down to its head: no determiner, no "of …"."""
    while start < end and text[start] == " ":
        start += 1
    adjunct = _ADJUNCT.match(text, start, end)
    if adjunct and adjunct.end() < end:
        start = adjunct.end()
    opening = _DETERMINER.match(text[start:end])
    if opening:
        start += opening.end()
    tail = _PREPOSITION.search(text, start, end)
    if tail and tail.start() > start:
        head = text.rfind(" ", start, tail.start()) + 1 or start
        named = _NAMED_OF.match(text, max(head, start), end)
        end = named.end() if named else tail.start()
    while end > start and text[end - 1] in " ,-–—":
        end -= 1
    words = text[start:end].split()
    if not words or (len(words) == 1 and words[0].lower() in _STOPS):
        return None
    return start, end


def _behind_zh(text: str, start: int, end: int, type_: str) -> tuple[int, int] | None:
    direct = type_ == "count" or _BEFORE_NOUN_ZH.search(text, max(0, start - 6), start)
    found = (_DIRECT_ZH if direct else _LINKED_ZH).match(text, end)
    return found.span("noun") if found else None


_TIMES_AS = re.compile(
    r"(?P<noun>[^，。；：！？,;:!?（()\s是]{2,16}?)(?:大约|约|大致|几乎|已)?(?:是|(?<![认作以成])为|相当于|达到?)[^是，。；：！？,;:!?]{1,12}的(?:约|近|逾|超过|大约|将近)?\Z"
)


def _before_zh(text: str, token: Token, floor: int, *, counts: bool) -> tuple[int, int] | None:
    """Return the subject of a figure; ``counts`` says that a noun behind it is counted."""
    start = tight(text, token.start)
    clause = _CLAUSE_ZH.search(text, max(0, floor, start - 41), start)
    if clause is None:
        return None
    tail = _TAIL_ZH.search(text, clause.start(), start)
    if tail is None and counts and token.start == token.core_start:
        return None  # 提出三点建议: suggestions, though where they end is not told
    end = tail.start() if tail else start
    if end == clause.start() > 0 and text[end - 1] == ")":
        # 居民消费价格指数(CPI)同比下降: what the bracket explains.
        opened = text.rfind("(", max(0, end - 24), end)
        end = max(opened, 0)
        clause = _CLAUSE_ZH.search(text, max(0, end - 41), end)
    found = _PHRASE_ZH.search(text, clause.start(), end) if clause else None
    if found is None or found["noun"][0] == "每" or _A_CLAUSE_ZH.search(found["noun"]):
        return None
    return _from_word(text, *found.span("noun"))


def _from_word(text: str, begin: int, end: int) -> tuple[int, int] | None:
    """Begin with a word: not with the 中 of 其中, the 末 of 年末, nor within 5G."""
    if text[begin].isascii() and text[begin].isalnum():
        while begin and text[begin - 1].isascii() and text[begin - 1].isalnum():
            begin -= 1
    opening = _OPENING_ZH.match(text, begin, end)
    before = text[begin - 1 : begin] if begin else ""
    if opening and before and before in ("其" if text[begin] == "中" else "年月周季度"):
        begin = opening.end()
    return (begin, end) if end - begin > 1 else None
