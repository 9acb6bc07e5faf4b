"""The thing a figure measures in Chinese: 税率 in 税率最高30%, 出口量 in 出口量去年达7250万吨.

All text here is folded.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from argmine.figures.grammar.units import CASUALTIES
from argmine.figures.token import tight

if TYPE_CHECKING:
    from argmine.figures.token import Floor, Token

_TAIL = re.compile(
    r"(?:[降减涨提加]价|[减降加提]薪|推(?=[高低升]?[至到])|急插|跌去|减缓|延(?=至)|上扬|共计|保持|先后|[至到](?:每[\u4e00-\u9fff]{1,4}|[A-Z\u4e00-\u9fff]{2,8}的)|[高多]出|加[快幅息]|[减降升]息|不[得会能应可宜]|[从尚并]?未|没有|不|约[值合]|约等于?|折合|有望|可望?(?<![许认]可)|拟|应(?<![供反效响对适]应)|更(?<!变更)|已经|就|同比|环比|大幅|小幅|大约|差不多|涉及|[暴大骤猛急狂微激锐](?=[涨跌升降增减])|分别|累计|合计|总计|首次|突破|增长|增加|增至|下降|减少|减至|急挫|蒸发|减产|增产|改判?|[上下]行|提高|降低|上涨|下跌|上升|下滑|提升|回落|回升|放缓|"
    r"攀升|飙升|缩减|扩大|转|翻|升|降|涨|跌|破|达到|达|为|是|(?<![合条契公])约|近|逾|超过|超|仅|仅为|只|只有|有|至|到|由|从|报|收(?=[于在报至])|最高|最低|最多|最少|至少|高|低|"
    r"承受|须|需要|需|将|已|曾|也|却|则|调升|调降|上调|下调|收盘价?|报收|收市|收报|一度|盘中|触及|每(?:桶|股|盎司|吨|人|架|公斤|加仑)|宣布|约合|重挫|失守|高于|低于|称|共|在|于|即|了|的|正|负|每|比上年末|较月初|相当|接近|几乎|占(?!比)|多|少|加征|征收|"
    r"按|以|和|与|或|及|年均|日均|平均|时|成长|衰退|反弹|锐减|[上下]修|萎缩|收窄|走(?=[高低强弱])|(?:[季年月]|同比|环比|新|净)?[增减](?![持产])|实质|高出|起(?=对)|起(?=[升降下上征])|累(?=[涨跌计升降])|一度|衝|冲(?=破|上|高)|收(?=[高低涨跌])|劲扬|下挫|滑落|不到|不足|大概|估计|时仅|出动|推迟|[较比][^，。；]{1,8}?(?=同|环|上|下|增|减|升|降|涨|跌|调|提))++\Z"
)
_THEMSELVES = ("国", "县", "州", "省")
# What a rate of change measures is told before it.
RATES = ("涨幅", "跌幅", "降幅", "增幅", "升幅")
_OPENING = re.compile("中|同期|[末底初]|份|[期内](?!地)")
_CLAUSE = re.compile(r"[^，。；：！？,;:!?（()）【】“”\"\[\]、]{0,40}\Z")
_PHRASE = re.compile(
    r"(?P<noun>(?:[^的其使将把被让令占年月日\d\s]|年(?=[均度产需])|占(?=[比有地领])|日(?=[本元经均方股])|使(?=[用馆领])){2,16})\Z"
)
# What has a subject or an auxiliary is a clause, no noun: 意味着美英向澳扩散90%以上.
_A_CLAUSE = re.compile(
    r"\A(?:按|据|包括|我(?!国|军|市|省)|你|您|他|她|它|左右|上下)|可以|可能(?!性)|意味着|应该|应当|能够|必须|(?<![方意趋动导面])向(?!日葵)|(?<![原规准法细守])[则]|(?<!成)就(?![业诊读学职])"
)
_HAN = re.compile("[\u4e00-\u9fff]")
_NOUN = r"(?P<noun>人口|(?![以左前内来边期月多余已从由向把因为于均都也还就才又再未没]|被(?!告|扣押)|将被|不(?!同|明)|在(?!华|美|校|建)|全[部都体]|非法|踊跃|积极|平均|其中|同时|首次|再次|先后|共同|上(?![海市])|中(?![国方企美资学小央医])|年(?!轻)|日(?![本企]))[\u4e00-\u9fff]{2,6}?(?=[，。、；！？,.;)）(（\[]|的|和|与|被|将|已|在|加征|征税|征收|认为|表示|预计|希望|计划|支持|反对|担心|上[周月个]|周[一二三四五六日天]|涉嫌|昨[天日晚]|今[天日年]|去年|本[周月]|列[入为]|获(?!奖)|来自|抵达|赴|前往|参加|参与|接受|进入|离开|昼夜|完成|通过(?!率)|提出|宣布|签署|成为|组成|位于|拥有|暂停|继续|取消|恢复|生效|下调|上调|分别|涉及|面临|死亡(?=[，。、；！？,.;)）的和与及]|$)|受伤|遇难|失踪|遭|受|不|都|还|也|正|曾(?!经理)|选择|依赖|处[于在]|需要|打算|愿意|感到|觉得|相信|同意|投票|居住|失业|没有|生活在|$))"
_DIRECT = re.compile(rf"的?(?:[A-Z0-9][A-Za-z0-9-]{{0,12}}(?=[\u4e00-\u9fff]))?{_NOUN}")
_LINKED = re.compile(
    rf"的(?:(?:利润|收入|总额)?){_NOUN}|的?[“\"「](?P<quoted>[\u4e00-\u9fff]{{2,8}})[”\"」]"
    r"|(?P<goods>[\u4e00-\u9fff]{0,4}(?:关税|股份|股权|份额|从价税|从量税))"
    r"|(?P<sum>[\u4e00-\u9fff]{0,4}?(?:罚款|罚金|罚单|赔偿金?|税款|预算|贷款|订单|合同|军售案?|军购案?|债券|国债|补贴|援助|拨款|捐款|逆回购操作|法案|保释金|奖金|武器|军火|物资)"
    r"(?=[，。、；！？,.;)）]|[和与用将以给是在已后]|\Z))"
)
# 七成受访者认为: a share of people stands before them.
_PEOPLE = re.compile(
    r"的?(?P<noun>(?!的)[\u4e00-\u9fff]{0,4}?(?:受访[者企][业]?|民众|选民|网民|网友|企业|公司|家庭|居民|员工|学生|青年|年轻人|学者|专家|女性|男性|会员|农户|商家|车企|[国洲]人))"
    r"(?=认为|表示|支持|反对|赞成|不|主张|希望|担心|同意|对|预计|相信|觉得|都|已|认同|满意|计划|选择|愿|有|没|会|将|想|可|说|受)"
)
# 一位57岁的运动员: whose age it is stands behind.
_AGED = re.compile(
    r"的?(?P<noun>(?!的)[\u4e00-\u9fff]{0,4}?(?:男子|女子|男童|女童|男孩|女孩|男婴|女婴|老人|妇人|妇女|男性|女性|男生|女生|少年|少女|青年|学生|老翁|老妇|老汉|运动员|选手|员工|工人|司机|民众|人士|患者|市民|居民|母亲|父亲|儿子|女儿|孩子|警员|士兵|议员|律师|教授|教师|医生|护士|男|女))"
    r"(?!(?<=[男女])[性子童孩生婴])"
)
_BEFORE_NOUN = re.compile(
    r"(?:对|把|将|向|就|追加|增加|新增|减持|增持|带来|创造|吸引|签署|投入|发行|采购|进口|购买|加征|征收|投放|提供|捐赠|获得|签下|销毁|的)(?:约|近|逾|超过|了)?\Z"
)


def place(text: str, token: Token, floor: Floor) -> tuple[int, int] | None:
    """Return the span of the thing measured, None if the clause does not name it.

    Args:
        text: Folded text.
        token: The figure; counts take the noun behind them.
        floor: Where the figure or moment before this one stands.
    """
    if token.counter in CASUALTIES or token.counter in _THEMSELVES:
        return None  # 10死20伤 counts people who are not named, 三国 the countries themselves
    start, behind = tight(text, token.start), _behind_counter(text, token)
    if token.type == "multiple":
        # 中国军费是日本的五倍: what is compared, not what it is compared with.
        compared = _CLAUSE.search(text, max(0, floor.end, start - 41), start)
        found = _TIMES_AS.search(text, compared.start(), start) if compared else None
        if found:
            return found.span("noun")
    return _behind(text, start, behind, token.type) or _before(
        text, token, floor, counts=token.type == "count" and _HAN.match(text, behind) is not None
    )


def _behind_counter(text: str, token: Token) -> int:
    """Return where the noun may begin: the counter, also "14 张", is no part of it."""
    if not token.counter:
        return token.end
    return token.end + text[token.end : token.end + 1].isspace() + len(token.counter)


def _behind(text: str, start: int, end: int, type_: str) -> tuple[int, int] | None:
    aged = _AGED.match(text, end) if type_ == "age" else None
    if aged:
        return aged.span("noun")
    direct = type_ == "count" or _BEFORE_NOUN.search(text, max(0, start - 6), start)
    share = type_ in ("percent", "fraction")
    found = (direct and _DIRECT.match(text, end)) or (share and _PEOPLE.match(text, end))
    found = found or _LINKED.match(text, end)
    return found.span(found.lastgroup or "noun") if found else None


_TIMES_AS = re.compile(
    r"(?P<noun>[^，。；：！？,;:!?（()\s是]{2,16}?)(?:大约|约|大致|几乎|已)?(?:是|(?<![认作以成])为|相当于|达到?)[^是，。；：！？,;:!?]{1,12}的(?:约|近|逾|超过|大约|将近)?\Z"
)


def _before(text: str, token: Token, floor: Floor, *, counts: bool) -> tuple[int, int] | None:
    """Return the subject of a figure; ``counts`` says that a noun behind it is counted."""
    start = tight(text, token.start)
    clause = _CLAUSE.search(text, max(0, floor.end, start - 41), start)
    if clause is None:
        return None
    end = _without_tail(text, clause.start(), start)
    if end == start and counts and token.start == token.core_start:
        return None  # 提出三点建议: suggestions, though where they end is not told
    if end == floor.end and floor.moment is not None:
        # 出口量去年达7250万吨: the subject stands before the time.
        start = floor.moment
        clause = _CLAUSE.search(text, max(0, floor.before, start - 41), start)
        if clause is None:
            return None
        end = _without_tail(text, clause.start(), start)
        end -= text[:end].endswith(("较", "比"))
        if text[:end].endswith(RATES):
            return None  # 降幅较4月收窄: the rate of what was named before
    return _subject(text, clause.start(), end)


def _without_tail(text: str, begin: int, end: int) -> int:
    tail = _TAIL.search(text, begin, end)
    return tail.start() if tail else end


def _subject(text: str, begin: int, end: int) -> tuple[int, int] | None:
    if end == begin > 0 and text[end - 1] == ")":
        # 居民消费价格指数(CPI)同比下降: what the bracket explains.
        opened = text.rfind("(", max(0, end - 24), end)
        end = max(opened, 0)
        clause = _CLAUSE.search(text, max(0, end - 41), end)
        begin = clause.start() if clause else end
    found = _PHRASE.search(text, begin, end)
    if found is None or found["noun"][0] == "每" or _A_CLAUSE.search(found["noun"]):
        return None
    return _from_word(text, *found.span("noun"))


def _from_word(text: str, begin: int, end: int) -> tuple[int, int] | None:
    """Begin with a word: not with the 中 of 其中, the 末 of 年末, nor within 5G."""
    if text[begin].isascii() and text[begin].isalnum():
        while begin and text[begin - 1].isascii() and text[begin - 1].isalnum():
            begin -= 1
    opening = _OPENING.match(text, begin, end)
    before = text[begin - 1 : begin] if begin else ""
    if opening and before and before in ("其" if text[begin] == "中" else "年月周季度"):
        begin = opening.end()
    return (begin, end) if end - begin > 1 else None
