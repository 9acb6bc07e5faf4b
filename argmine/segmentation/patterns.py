"""The patterns by which a line of news shows what it is."""

from __future__ import annotations

import re

CITATION = re.compile(r"[\[［【]\s?\d{1,3}(?:\s?[,，、\-–~]\s?\d{1,3}){0,20}\s?[\]］】]")
CITATIONS = re.compile(rf"(?:\s{{0,8}}{CITATION.pattern})+")

DATE = (
    r"(?:\d{4}\s?[-/.年]\s?\d{1,2}\s?[-/.月]\s?\d{1,2}日?"
    r"(?:[ T]{0,3}\d{1,2}[:：]\d{2}(?:[:：]\d{2})?)?)"
)
DATE_PARTS = re.compile(
    r"(\d{4})\s?[-/.年]\s?(\d{1,2})\s?[-/.月]\s?(\d{1,2})日?"
    r"(?:[ T]{0,3}(\d{1,2})[:：](\d{2}))?"
)
MONTH = (
    r"(?:Jan(?:uary|\.)?|Feb(?:ruary|\.)?|Mar(?:ch|\.)?|Apr(?:il|\.)?|May|June?|July?|"
    r"Aug(?:ust|\.)?|Sept?(?:ember|\.)?|Oct(?:ober|\.)?|Nov(?:ember|\.)?|Dec(?:ember|\.)?)"
)
# Outlet, mark, date: Sou Hu Cai Jing·2025-07-20 22:29; 来源：新华社 2025年7月20日.
SOURCE_DATE = re.compile(
    rf"(?:来源|來源|Source)?\s?[:：]?\s?(?P<source>[^\d\s·|｜•:：][^\d·|｜•\n]{{0,60}}?)\s*"
    rf"[·|｜•,，—–\-\s]\s*(?P<date>{DATE})"
)
DATE_ONLY = re.compile(
    rf"(?:(?:发布|發布|发表|發表|更新)(?:时间|時間)?[:：]?\s?|Published:?\s|Updated:?\s)?"
    rf"(?:{DATE}|{MONTH} \d{{1,2}}, \d{{4}}(?:,? (?:at )?\d{{1,2}}:\d{{2}}"
    r"(?: ?[AaPp]\.?[Mm]\.?)?(?: [A-Z]{2,4})?)?|\d{1,2} "
    rf"{MONTH} \d{{4}})"
)
CREDIT = re.compile(
    r"[*_]{0,2}(?:By|BY) (?!(?i:the|a|an|far|now|then)\b)[A-Z][\w.'’-]*(?:[ ,&|]+(?:and )?[A-Z][\w.'’-]*"
    r"){0,12}[*_]{0,2}\s*$"
    r"|(?:文|作者|记者|記者|撰文|编译|編譯|来源|來源|译者|譯者)\s?[:：/／|｜]\s?\S[^。！？]{0,60}$"
    r"|(?:本报|本報)?(?:记者|記者)\s[^。！？，]{2,20}(?:报道|報道|報導)?$"
    r"|[【（(](?:记者|記者)[^。！？]{1,40}(?:报道|報道|報導)[】）)]$"
)
_PLACE = r"[A-Z][A-Z.'’-]{2,}(?:[ ,/]+[A-Z][\w.'’-]*){0,6}"
DATELINE = re.compile(
    rf"{_PLACE}(?:, {MONTH} \d{{1,2}}(?:, \d{{4}})?)?\s?(?:[(（][A-Z][\w .&/-]{{1,30}}[)）])?"
    r"\s?(?:--|[-–—])\s+"
    rf"|{_PLACE}, {MONTH} \d{{1,2}}(?:, \d{{4}})?\s?[(（][A-Z][\w .&/-]{{1,30}}[)）]\s*"
    r"|[（(【](?:本报讯|本報訊|本报综合报道|本台讯|中央社訊|綜合報道|综合报道)[】）)]\s?"
    r"|[（(【]?(?:本报|本報|本台|本网|本社|新华社|新華社|中新社|中新网|中新網|中央社|法新社|路透社|美联社|美聯社|德新社|央视网|"
    r"人民网|环球网|环球时报|观察者网|澎湃新闻|[\u4e00-\u9fff]{2,6}(?:社|网|網|报|報|台))"
    r"[^。，,；\n]{0,24}?(?:\d{1,2}月)?\d{1,2}日(?:电|電|讯|訊|报道|報道)[】]?"
    r"\s?(?:[（(](?:记者|記者)[^）)\n]{1,60}[）)])?[】）)]?\s?(?:[-—]{1,2})?\s?"
)

BULLET = re.compile(
    r"(?:[-–—•●◦▪■◆►▶‣·*+✓√※]\s+|[•●◦▪■◆►▶‣※]\s*|\(?\d{1,2}[.)、）．]\s?(?!\d)"
    r"|[（(](?:\d{1,2}|[一二三四五六七八九十]{1,3})[）)]\s?|[①-⑳]\s?)"
)
GROUP = re.compile(
    r"(?:Group|Section|Part|Topic|Theme)\s(?P<number>\d{1,3})\s?[-–—:：]\s+"
    r"|第(?P<zh>[一二三四五六七八九十]{1,3}|\d{1,3})[组組部]分?\s?[-–—:：]\s*"
    r"|[组組](?P<zh2>\d{1,3})\s?[-–—:：]\s*"
)
INLINE_DASH = re.compile(r"(?:(?<=[\]］】.。!！?？;；])|(?<=[.!?][\"”]))\s{1,8}[-–—•]\s{1,8}(?=\S)")
INLINE_DOT = re.compile(r"[•●▪■◆►▶‣]\s*(?=\S)")
MARKDOWN_HEADING = re.compile(r"(#{1,6})\s+(?=\S)")
QUOTE_LINE = re.compile(r">\s?")
CHINESE_HEADING = re.compile(
    r"(?:[一二三四五六七八九十]{1,3}、|第[一二三四五六七八九十百]{1,4}[章节節条條部])"
)

SPEAKER = re.compile(r"[^：:。]{0,24}(?:记者|記者|主持人|问|問|答|Q|A)(?:提问|提問)?\s?[：:]")

QUESTION = re.compile(r"(?:[A-Z][\w .'’-]{1,40}:\s|[^：。]{2,16}：).{0,400}[?？]\s*$")
TURN = re.compile(
    r"(?:Q|A|(?:[A-Z][A-Z.'’-]+\s?){1,5}:|[A-Z][\w.'’-]+(?:\s[A-Z][\w.'’-]+){0,3}:)\s"
)

BOILERPLATE = re.compile(
    r"(?:责任编辑|責任編輯|责编|責編|编辑|編輯|校对|審校|审校|监制|監製)\s?[:：].{1,40}$"
    r"|(?:返回搜狐|查看更多|阅读原文|閱讀原文|点击.{0,12}关注|點擊.{0,12}關注|扫码|掃碼|"
    r"相关阅读|相關閱讀|相关报道|相关新闻|相關新聞|相关链接|相關文章|推荐阅读|延伸閱讀|延伸阅读|更多新闻|更多新聞|下载客户端|分享到|广告|廣告)"
    r".{0,30}$"
    r"|(?:版权所有|版權所有|版权声明|©|Copyright\b|All rights reserved).{0,200}$"
    r"|(?:Advertisement|ADVERTISEMENT|Sponsored|Share this(?: article)?|Share|Tweet|Print|"
    r"Email|Read more|READ MORE|Related(?: stories| articles)?|Sign up.{0,80}|"
    r"Subscribe.{0,80}|Follow us.{0,60}|Most read|Skip to (?:main )?content|Comments?|"
    r"Click here.{0,60}|Listen to this article.{0,40}|Image(?: source)?|Watch live.{0,20}|"
    r"\d+ min(?:ute)?s? read)\s?[:.…]?$"
    r"|.{0,30}(?:版权所有|版權所有)$|[（(](?:图片来源|圖片來源|图|圖|摄|攝)[:：/].{1,60}$"
    r"|<(?:!--|/?(?:figure|img|iframe|script|style|table|svg|div|a)\b)"
    r"|(?:Photo|Image|Photograph|图|圖|图片|圖片|图源|圖源|供图|资料图)\s?[:：/].{1,120}$"
    r"|[\s|:\-–—=_*#~·.]+$"
)

TERMINAL = tuple(".。!！?？…;；:：")
_CLOSING = "\"'”’」』）)】》*_ "


def ends_statement(line: str) -> bool:
    """Say whether a line ends like a sentence, closing marks aside."""
    body = CITATIONS.sub("", line.rstrip()).rstrip(_CLOSING)
    return body.endswith(TERMINAL)


def is_title_case(line: str) -> bool:
    """Say whether an English line is capitalised like a heading."""
    words = [word for word in line.split() if len(word) > 3 and word[0].isalpha()]
    return len(words) > 1 and all(word[0].isupper() for word in words)


def line_width(line: str) -> int:
    """Return how wide a line prints: a Chinese character takes two columns."""
    return len(line) + sum(1 for c in line if c >= "\u2e80")
