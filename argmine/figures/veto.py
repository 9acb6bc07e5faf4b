"""What looks like a figure and is none: marks, names, models, laws, idioms.

Each pattern claims a stretch of text in which no figure is sought.
"""

from __future__ import annotations

import re

from argmine.figures.tables import MIXED_SIGNS, TABLES

_MARKS = (
    r"\[\^\d{1,3}\]|\[\s?\d{1,3}(?:\s?[,，、\-~]\s?\d{1,3}){0,20}\s?\]",
    r"【\d{1,3}】",
    r"(?<![A-Za-z])(?:Sections|Articles|Chapters|Titles|Rules|Resolutions|Clauses|Amendments)\s\d{1,5}+(?!%|[,.]\d|\s(?:per\s?cent|thousand|million|billion|trillion)\b)(?:\([a-zA-Z0-9]{1,4}\))*(?:(?:,\s(?:and\s|or\s)?|\s(?:and|or|through)\s)\d{1,5}+(?!\sU\.?S|%|[,.]\d|\s(?:per\s?cent|thousand|million|billion|trillion)\b)(?:\([a-zA-Z0-9]{1,4}\))*){0,5}",
    r"(?<![A-Za-z0-9_])(?:E\.?O\.|Proclamation|Sec\.|Figs\.|Vols?\.|Group|Section|Sect\.|Chapter|Article|Title|Part|Phase|Figure|Fig\.|Table|Page|"
    r"Annex|Appendix|Schedule|Resolution|Rule|Act|Bill|Order|Law|Directive|Regulation|"
    r"Region|Room|Flight|Route|Highway|Channel|Pier|Gate|Block|Unit|Type|Class|Model|Mark|"
    r"Category|Level|Tier|Stage|Grade|Question|Item|Note|Option|Paragraph|para\.|pp?\.|"
    r"No\.|Nos\.|H\.?R\.|S\.)\s?\d+(?:\.\d+)*[A-Za-z]?(?:\([a-z0-9]+\))*"
    r"(?:\s?(?:and|or|,|-)\s?\d+(?=[\s,.;)]))?",
    r"\b(?:sub)?(?:section|paragraph|article|chapter|clause|appendix)s?\s\d{1,5}[A-Za-z]?(?:\([a-zA-Z0-9]{1,4}\)){0,6}(?:\s?(?:and|or|through|-)\s?\d{1,5}\b(?!\s[A-Za-z]))?",
    r"\A\(?\d{1,2}\)\s?(?=[^\W\d])",
    # The marks of a list within a sentence: "to (1) cut … and (2) raise", "：1)要改革;2)".
    r"(?:[,;:]|\b(?:and|or|to|by|that|will|would|should|is|are|either|must|may))\s\(\d{1,2}\)(?=\s[A-Za-z])",
    r"[:;。]\s?\(?\d{1,2}\)(?=\s?[^\W\d])",
    r"(?<![\w.])\d{1,4}\([a-z]{1,2}\)|(?<![\w$€£¥.,])\d{1,4}(?=\sProgram\b)",
    r"\A\d{1,2}(?:\.\s(?=\S)|\.(?=[^\d\s])|、(?![\d一二三四五六七八九十]))",
    r"\d{1,4}\sU\.?S\.?C\.?(?:\s§*\s?\d+\w*(?:\s(?:and|or|through)\s\d+\w*)?)?|\d{1,3}\s(?:CFR|FR|Fed\.\sReg\.|Stat\.)\s(?:part\s)?\d[\d,]{0,6}",
    r"(?:https?://|www\.)\S+",
    r"[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,8}",
    r"(?<![\d.])\d{1,5}(?:\.\d{1,5}){2,6}(?!\.?\d|%)",
    r"(?:\+|00)\d{1,3}[\s-]?\(?\d{1,4}\)?(?:[\s-]\d{2,8}){1,4}",
    r"(?<!\d)\(?\d{3}\)?[\s-]\d{3,4}-\d{4}(?!\d)",
    r"(?<!\d)0\d{2,3}-\d{7,8}(?!\d)",
    r"(?<![\d.,])0\d{2,4}\s\d{3,4}\s\d{4}(?!\d)",
    r"(?<!\d)1[3-9]\d{9}(?!\d)",
    r"\b1-\d{3}-[\dA-Z-]{4,12}",
    r"\b24/7\b",
    r"(?<![\w$€£.,])(?:201|232|301|337)(?=\s(?:tariffs?|dut(?:y|ies)(?!-)|investigation|probe|exclusion)\b)",
    r"\b(?:vot(?:ed?|es|ing)|w(?:on|ins?)|lost|beat|defeated|score(?:d)?|lead|leads|led|tied|ruled|split)\s(?:of\s)?\d{1,3}-\d{1,3}\b",
    r"\b\d{1,3}-(?:to-)?\d{1,3}(?=\s(?:vote|majority|decision|win|victory|defeat|ruling|split)\b)",
    r"(?<![\d/$])9/11(?![\d/])",
    r"\b(?:pass(?:ed|es)|approved|adopted|rejected|confirmed|reversed|affirmed|upheld|acquitted|bench)(?:\s(?:it|them|him|her|the\s(?:bill|measure|resolution|budget|treaty)))?,?\s\d{1,3}-\d{1,3}\b(?!\s?%)"
    r"|\bby\s\d{1,3}-\d{1,3}(?=\s?[.,;)]|\Z)|\b\d{1,3}-\d{1,3}(?=\s(?:conservative|liberal|Republican|Democratic|supermajority|party-line|tally|loss|record)\b)"
    r"|\b(?:voted|(?:by\s)?a\svote\sof|passed|approved|confirmed)\s(?:by\s)?\d{1,3}\sto\s\d{1,3}(?=\s?[.,;)]|\s(?:to|in|on|for|against|last)\b|\Z)",
    r"\bList\s\d[A-C]?\b|§{1,2}\s?\d[\d.]*(?:\([a-z0-9]\))*|\bP\.L\.\s\d+-\d+|\b(?:Power\sof\sSiberia|Reactor|Vostok|Phase)\s\d\b",
)
_MARKS_ZH = (
    r"(?:电话|热线|邮编|传真|手机|许可证|备案|备|号码)[:：]?\s?\+?[\d-]{5,20}",
    r"第\d{2,4}(?:号|条)(?:条款|决议|法案|公告|令|文件|文|调查)?|\d{2,4}号(?:条款|决议|法案|公告|令|文件|文|调查)?",
    r"\d{2,4}(?:条款|调查|法案|决议)|(?<![\d.,])(?:301|232|201|122|337)(?=关税|措施|钢铝|清单)",
    r"(?<=[街路道巷弄])\d{1,5}(?=[号弄])",
    r"(?:税则号列?|税号|编码|HS)[为是]?[:：]?\s?\d{4,10}(?:\.\d{2,4}){0,3}(?!\d|\s?[个种名人亿万千%])",
    r"(?:\d{1,3}|[一二三四五六七八九十]{1,2})号(?=汽油|柴油|管道|管线|机组|反应堆|高炉|航站楼|泊位|矿|井|公路|高速)",
    # Codes of shares: 腾讯(00700), 茅台(600519.SH)
    r"(?<=[\u4e00-\u9fffA-Za-z])\((?:0\d{4}|[0368]\d{5}|\d{4,6}\.(?:HK|SH|SS|SZ|TW|BJ))\)",
    r"(?<![\d.,:年月-])00\d{2,4}(?![\d.,:%元时股])",
    # 每百万英热单位 is what gas is counted by
    r"(?<=每)百万(?=英热)",
)
_NAMES = (
    r"(?<![A-Za-z0-9])(?!(?:[Mm]id-\d0s|(?:[Oo]ver|[Uu]nder)-[1-9]\ds|Q[1-4]|H[12]|FY\d{2,4}|c\.\d[\d,]*)\b|[A-Z]{2,8}\d+(?:\.\d+)?\s?(?:[万亿%元]|million|billion|trillion|个百分点|美元)|(?:GDP|LPR|PMI|CPI|PPI|EBITDA|ROE|IPO)\d|(?:thousand|million|billion|trillion|percent|per\scent|cent|dollars|euros|yuan)-|to-\d[\d.,]{0,8}(?:%|-[a-z]|\s(?:per\s?cent|percentage|points?|thousand|million|billion|trillion|years?|months?|weeks?|days?|hours?|people|miles?)\b))[A-Za-z]{1,10}[-.]?\d{1,8}"
    r"(?:[-/]?[A-Za-z]{1,10}\d{0,8}|\.\d{1,8}|-\d{1,8}){0,4}(?![\d%])",
    r"(?<![\w.,$€£¥-])(?:\d{1,6}(?:G|X|D|B)|[1-5]C)(?![A-Za-z0-9])(?<!GB)",
    r"(?<![A-Za-z0-9_])(?:iPhone|iPad|Windows|Android|RTX|GTX|Llama|GPT|Claude|Gemini|TPM|USB|Bluetooth|Web|Industry|Xbox|PlayStation|"
    r"Apollo|Artemis|Falcon|Starship|Nord\sStream|ISO|Mk|Galaxy|Pixel|Mate|Pura|Ryzen|Snapdragon|Kirin|Ascend|CAC|DAX|Stoxx|"
    r"Hang\sSeng|Dow|Kospi|KOSPI|TOPIX|Topix|Ibex|Clause|Proposition|Area|Interstate|World\sWar|Group\sof|Scope|Formula|"
    r"Opus|Terminal|Runway|Ward|District|Apartment|Psalm|Exhibit|Lot|Version|Release)\s(?:\d{1,6}(?:\.\d{1,2})?(?![\d%]|,\d|\s(?:million|billion|percent)))[A-Za-z]{0,3}",
    r"\b737\sMAX(?:\s\d{1,2})?|\b401\(k\)|\bP5\+1\b|\b\d{1,2}\+\d{1,2}\b|(?<![A-Za-z0-9.])\d{1,2}\+[NX](?![A-Za-z0-9])|\b7-Eleven\b|\b(?:360|180)-degree\b|\b20/20\b|\b50/50\b",
    r"(?<!\d)\d{6}\.(?:S[HZ]|HK)\b|(?<![\d.])\d{1,2}·\d{1,2}(?!\d)|ISBN[\s:：]?[\d-]{10,20}",
    r"\bUSA\s(?:Today|TODAY)\b|\b(?:China|People's|PLA|Economic|Guangming|Legal|Beijing|Shanghai|Workers'|Youth|Jiefang|Taiwan|Global)\sDaily\b"
    r"|\bDaily\s(?:Mail|Telegraph|Beast|Caller|Mirror|Express|Star|News|Wire|Signal|Show|Kos)\b|\b60\sMinutes\b|\bThree\sGorges\b|\bFour\sAsian\sTigers\b|\bSeven\sSisters\b|\bFox\sNews\sSunday\b",
    r"\bAmerica\sFirst\b|\bFirst\s(?:Lady|Family|Minister|Gentleman)\b|\b(?:First|Second|Third)\sWorld\b"
    r"|\b(?:First|Second|Third|Fourth|Fifth|Sixth|Seventh|Eighth|Ninth|Tenth|Eleventh)\sCircuit\b|\b(?:First|Second|Fourth|Fifth|Sixth|Eighth|Tenth|Thirteenth|Fourteenth|14th|Fifteenth|1st|2nd|4th|5th)\sAmendment\b",
    r"\b(?:Second\sThomas|First\sIsland|Second\sIsland|Third\sFleet|Fifth\sFleet|Sixth\sFleet|Seventh\sFleet|7th\sFleet)\b|\bAir\sForce\s(?:One|Two)\b|\bFive-Year(?=\sPlan\b)|\bSuper\sTuesday\b",
    r"\bLong March(?:[\s-]\d\w{0,3})?",
    r"(?:(?<![A-Za-z])Boeing|(?<![A-Za-z])Airbus|波音|空客)\s?\d{3}(?:-\d+)?(?:\sMAX)?(?:\s?Dreamliner)?",
    r"(?<![\d.A-Za-z])\d{3}-\d{1,4}[A-Z]{0,3}(?=\s?[客货战飞]?机)|(?<![\d.])7[0-8]7(?=[客货飞]机)",
    r"\b(?:7[0-8]7|A3[0-9]0)s?\b(?=(?:\s(?:M(?:AX|ax)|jets?|Dreamliners?|aircraft|planes?))|s\b)",
    r"(?<![A-Za-z0-9_])(?:S&P|ASX|Nasdaq|Russell|FTSE|CSI|Nikkei|Fortune|Forbes|Euro Stoxx|标普|沪深|纳斯达克|道琼斯|"
    r"恒生|日经|富时|[中上深国北]证|科创|罗素|斯托克)\s?(?:Global\s)?\d{2,4}(?!\d|\s?[点家亿万])",
)
_NAMES_ZH = (
    r"\d{1,4}[A-Z]?型(?!号)",
    r"第[零一二三四五六七八九十百千\d]{1,8}(?:条|款)(?:第[零一二三四五六七八九十百\d]{1,6}款)?(?![件路船河])",
    r"(?:[6-9]0|[0-2]0|[7-9]5|[六七八九零][零五])后(?![天来])",
    r"每日(?:邮报|电讯报|镜报|新闻|经济新闻|快报)|今日(?:美国|俄罗斯|头条|海峡)|《60分钟》|第一夫人|第[一二三]岛链|第三(?:国(?!家)|世界)",
    r"(?<![A-Za-z0-9_-])[A-Za-z0-9_-]{1,80}\.(?:jpe?g|png|gif|webp|svg|bmp|pdf|docx?|xlsx?|pptx?|mp[34]|zip)(?![A-Za-z0-9])",
    r"第三者|四轮(?=驱动|车|马车)|[总终]有一天|(?:(?<=[，。；：“])|(?<=\A))有一天(?=[，,他她我])|(?:年[过逾近])?半百(?!多)",
    r"十月稻田|三位一体|双(?:11|12|十一|十二)(?![\d.])|1\.5轨|五道口|五台山|第一财经|第四范式|\d{1,3}国道|\d{2}国集团|二十四节气|八项规定|[二两三四五六]位数|一波三折",
    r"(?<=[\u4e00-\u9fff])-\d{1,4}(?![\d.%℃°万亿元个年月日岁倍点成亩吨~至到-])",
    r"[“\"「'‘](?:五一|十一|双11|双12|双十一|618|315|七一|八一|五四|六一)[”\"」'’]|"
    r"(?:歼-?(?:7|8|10|11|15|16|20|31|35|36|50)|运-?(?:8|9|20)|轰-?[56]|直-?(?:8|9|10|18|19|20))(?![\d.,万亿千百多余吨人天年月日米次个头辆枚架时分])|"
    r"(?:十四五|十三五|十五五|十二五)(?:规划|期间|时期)?",
    r"(?<![第一二三四五六七八九十])[一二三四五六七八九十]{1,4}(?:大报告|中全会|届[一二三四五六七八九十]*中?全?会?)",
    r"(?:十[五六七八九]|二十)大(?!的)",
    r"[二四五六七八十][一二]?月(?:革命|提纲|党人)|[一二三四五六七八九十]{1,2}·[一二三四五六七八九十]{1,3}|八一七(?=公报|[”\"」])",
    r"(?:一带一路|一国两制|两会|三权分立|三农|四个全面|五位一体|九二共识|六四|九一八|五四|三八线|"
    r"五眼联盟|五眼|四方安全|四方会谈|六方会谈|七国集团|二十国集团|九段线|十段线|双十一|双十二|八国联军|"
    r"三个代表|四个自信|两个维护|两个确立|三沙|三亚|三明|三峡|四川|五指山|六盘水|九江|九龙|七台河|"
    r"双一流|沪深两市|深沪两市|五角大楼|五角大厦|五常|万斯|万科|万达|万维网|万豪|万宝路|百度|百威|百事|千禧|千叶|"
    r"三星|三菱|三一重工|三井|三一|五矿|五粮液|六福|七喜|八达岭|九阳|千问|三体|两岸|两党|两国|两军|"
    r"两院|两洋|两弹一星|三军|四海|四季|四处|四周|五金|五洲|六部|三番(?![五两])|三防|三方|双方|一方|"
    r"中美两|七七事变|八一|三一五|二战|一战|二季度|三季度|四季度|一季度|三中全会|四中全会)",
)
_IDIOMS_ZH = (
    r"一(?:些|直|样|定|般|起|旦|切|共|向|致|度|并|律|再|味|边|面|方面|经|概|贯|体|下|带|旁|如|"
    r"线|流|手|心|时|举|席|把|路|生|言|致|意|点(?![零一二三四五六七八九\d])|种|则|类|系列|大批|批|众|行|道|同|己|等|端|环|步|刀|场|代|"
    r"条龙|揽子|刀切|股脑|目了然|无所|技之长|锤定音|针见血|蹶不振|概而论|如既往|意孤行|损俱损|荣俱荣|"
    r"落千丈|触即发|发不可收|鸣惊人|臂之力|席之地|厢情愿|念之差|拍即合|帆风顺|劳永逸|石二鸟|箭双雕|"
    r"叶障目|败涂地|清二楚|应俱全|言不发|言难尽|视同仁|朝一夕|点一滴|举一动|言一行|心一意)",
    r"(?:(?<!分)之一|唯一|统一|(?<![一二三四五六七八九十百千零\d])万一(?![千百十零])|不一|同一|单一|任一|每一|某一|这一|那一|另一|第一线|逐一|如一|"
    r"合二为一|独一无二|说一不二|九牛一毛|千钧一发|昙花一现|百里挑一|不屑一顾|打成一片|背水一战|"
    r"上一|下一|前一|后一|新一|再一|进一步|近一步|一步步|唯二|周一|周二|周三|周四|周五|周六|"
    r"星期[一二三四五六]|礼拜[一二三四五六]|初[一二三四五六七八九十])",
    r"(?:三心二意|四面八方|五花八门|七上八下|乱七八糟|三番五次|三番两次|三令五申|四分五裂|五湖四海|"
    r"六神无主|七嘴八舌|八仙过海|九死一生|十全十美|百花齐放|百家争鸣|千方百计|千军万马|千家万户|"
    r"千变万化|千辛万苦|千篇一律|万众一心|万无一失|千疮百孔|成千上万|千千万万|百年大计|两败俱伤|"
    r"两面三刀|三三两两|接二连三|举一反三|丢三落四|说三道四|颠三倒四|不三不四|挑三拣四|四平八稳|百分百|"
    r"(?<![一二三四五六七八九])十分(?![之钟])|万分(?!之)|千万不|千万别|千万要|百般|千古|万古|万岁|万能|百姓|万物|万象|百科|百货|百炼|百战|"
    r"(?<![零一二两三四五六七八九十百千万\d])千里|(?<!\d)万里(?!亚尔)|万事|万民|万国|亿万|千万千|百万富翁|三下五除二|八卦|八成是|五十步笑百步|一五一十|"
    r"三思|四起|三角|三级|三维|二维|二手|(?<!第)二次|二线|三线|(?<!第)[三四五六七八九十]大|"
    r"说一千道一万|不是一次两次|[三两]次[五三]次|杀敌一千自损八百|台湾50(?=ETF|指数|成分)|(?:\A|(?<=[，。；：\s]))两市(?=成交|总?市值|股|涨|跌|高开|低开|收|全天|融资|共|合计|[上下]跌)|"
    r"双十|两极|两面|两端|两难|两用|两可|两手|两旁|两地|两边|两者|两侧|两翼|半岛|半导体|半球|半官方|"
    r"几乎|几何|数据|数字|数量|数额|数学|数控|数码|数位|多数|少数|参数|指数|人数|总数|函数|系数|"
    r"上下|上升|上涨|上述|上海|上市|上限|上层|上游|上台|上任|上周|上个|上年|上半|上月|上万能|零和|零售|"
    r"零部件|零件|零碎|零星|零散|归零|清零|亿利|兆头)",
)
_IDIOMS_EN = (
    r"(?i:\b(?:on the one hand|on the other hand|one of|no one|any ?one|every ?one|"
    r"some ?one|one another|one day|one by one|at one point|one-sided|one-way|one-time|"
    r"one-party|one-stop|one-on-one|one thing|the one(?!-)|this one|that one|which one|"
    r"one china|one country,? two systems|one belt,? one road|two sessions|two-way|two-faced|second to none|"
    r"zero-sum|zero[\s-]days?|zero tolerance|cloud nine|wait a second|in a second|a second to (?:think|lose|spare)|takes two to tango|(?:second|first|third)-(?:best|tier|rate|hand|class|guess\w*)|in the first place|at first(?=[,.;]| (?:the|it|he|she|they|we|was|were|seemed|glance|sight|blush|nobody|no one)\b)|first thing\b|first of all|double digits|zero-tolerance|ground zero|net[\s-]zero|carbon[\s-]zero|from zero|square one|day one|"
    r"first (?:thought|planned|reported|expected|feared|estimated|announced)\b|one's|ones|big (?:three|four|five|six|seven)|group of (?:seven|twenty)|five eyes|"
    r"four corners|high five|nine-dash|ten-dash|hundred years' war|catch-22|"
    r"one-size-fits-all|six-party|(?:two|three|four|five|six|seven)-star|"
    r"(?:two|three)-dimensional|two-thirds majority leader|forty-niners|double standards?|"
    r"double-edged|double-digit|double down(?:ed|ing)?|half-hearted|half-truths?|"
    r"halfway|half an eye|(?:second|first) half(?!-point|\sof\s(?:the\syear|\d{4}))|"
    r"half-baked|quarterly|quarterback|headquarter(?:s|ed)?))",
)
_LATIN = (r"\d{40,}", *_MARKS, *_NAMES, *_IDIOMS_EN)
_WITHOUT_HAN = re.compile("|".join(_LATIN))
_WITH_HAN = re.compile("|".join((*_LATIN, *_MARKS_ZH, *_NAMES_ZH, *_IDIOMS_ZH)))
_PAIR = re.compile(r"\A[a-z][^-]*?\s(\d{1,3})(?:-|\sto\s)(\d{1,3})\Z")
_OF_TIME = re.compile("Today|TODAY|Daily|Sunday|[每今]日")
_HAN = re.compile("[\u4e00-\u9fff【]")


def may_name(text: str) -> bool:
    """Say whether a text without numerals may have the name of a paper that is made of a time."""
    return _OF_TIME.search(text) is not None


def spans(text: str) -> list[tuple[int, int]]:
    """Return the stretches of folded text that hold no figure, in order."""
    pattern = _WITH_HAN if _HAN.search(text) else _WITHOUT_HAN
    return [
        match.span()
        for match in pattern.finditer(text)
        if not (_is_unit(match[0]) or _is_range(match[0]))
    ]


def _is_range(written: str) -> bool:
    """Tell "approved 20-30 projects" from "passed it 220-208": who loses has fewer votes."""
    pair = _PAIR.search(written)
    return pair is not None and int(pair[1]) < int(pair[2])


def _is_unit(written: str) -> bool:
    """Tell USD50, RM42 and km2 from the names of models."""
    if written in TABLES.exact or written in TABLES.words:
        return True
    letters = re.match("[A-Za-z]+", written)
    if letters is None or not re.fullmatch(
        r"[\d.,]+(?:[kmbKMB]|[bmt]n|mln|bln|trn)?", written[letters.end() :]
    ):
        return False
    return (letters[0].isupper() or letters[0] in MIXED_SIGNS) and letters[
        0
    ].casefold() in TABLES.signs
