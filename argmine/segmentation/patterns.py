"""The patterns by which a line of news shows what it is."""

from __future__ import annotations

import re

# But "[2]: https://…" and "[^2]: …" say what the marks stand for.
CITATION = re.compile(
    r"[\[［【]\s?\d{1,3}(?:\s?[,，、\-–~]\s?\d{1,3}){0,20}\s?[\]］】](?!:\s{0,3}\S{1,10}://)|\[\^\d{1,3}\](?!:)"
)
CITATIONS = re.compile(rf"(?:\s{{0,8}}(?:{CITATION.pattern}))+")

DATE = (
    r"(?:\d{4}\s?[-/.年]\s?\d{1,2}\s?[-/.月]\s?\d{1,2}日?"
    r"(?:[ T]{0,3}\d{1,2}[:：]\d{2}(?:[:：]\d{2})?(?:Z|[+-]\d{2}:?\d{2})?)?)"
)
DATE_PARTS = re.compile(
    r"(\d{4})\s?[-/.年]\s?(\d{1,2})\s?[-/.月]\s?(\d{1,2})日?"
    r"(?:[ T]{0,3}(\d{1,2})[:：](\d{2}))?"
)
MONTH = (
    r"(?:Jan(?:uary|\.)?|Feb(?:ruary|\.)?|Mar(?:ch|\.)?|Apr(?:il|\.)?|May|June?|July?|"
    r"Aug(?:ust|\.)?|Sept?(?:ember|\.)?|Oct(?:ober|\.)?|Nov(?:ember|\.)?|Dec(?:ember|\.)?)"
)
_WEEKDAY = r"(?:(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day|Mon|Tue|Wed|Thu|Fri|Sat|Sun)"
DAY_EN = rf"(?:{MONTH} \d{{1,2}},? \d{{4}}|\d{{1,2}}(?:st|nd|rd|th)? {MONTH} \d{{4}})"
# Month and day in either order, as their shapes tell them apart.
DATE_EN = re.compile(rf"(?P<month>{MONTH}) (?P<day>\d{{1,2}}),? (?P<year>\d{{4}})")
DAY_FIRST = re.compile(rf"(?P<day>\d{{1,2}})(?:st|nd|rd|th)? (?P<month>{MONTH}) (?P<year>\d{{4}})")
_CLOCK = r"\d{1,2}[:.]\d{2}(?: ?[AaPp]\.?[Mm]\.?)?(?: [A-Z]{2,4}(?:[+-]\d{1,2})?)?"
_WHEN = (
    r"(?:(?:发布|發布|发表|發表|更新|出版)?(?:时间|時間|日期)|(?:发布|發布|发表|發表|更新|出版)[于於]?|"
    r"(?:Last )?[Uu]pdated(?: on| at)?|Published(?: on| at)?|Posted(?: on| at)?|Date|date)[:：]?\s{0,3}"
)
# Outlet, mark, date: Sou Hu Cai Jing·2025-07-20 22:29; 来源：新华社 2025年7月20日.
SOURCE_DATE = re.compile(
    rf"(?:来源|來源|Source)?\s?[:：]?\s?(?!{_WHEN})(?P<source>[^\d\s·|｜•:：][^\d·|｜•\n]{{0,60}}?)"
    rf"(?:\s{{0,3}}[·|｜•,，—–\-]\s{{0,3}}|\s{{1,3}})(?:{_WHEN})?(?P<date>{DATE})"
)
SOURCE = re.compile(
    r"(?:来源|來源|Source)\s?[:：]\s?(?P<source>[^\s:：|｜·，。！？]{1,30}"
    r"(?: (?!\S{1,8}\s?[:：])[^\s:：|｜·，。！？]{1,20}){0,3})"
)
DATE_ONLY = re.compile(
    rf"(?:\([A-Z][\w ]{{1,20}}\)\s)?(?:{_WHEN})?(?:{DATE}[于於][\u4e00-\u9fff]{{2,6}}$|{DATE}|[（(](?:{DATE}|{DAY_EN})[）)]|(?:{_CLOCK},? )?(?:{_WEEKDAY},? )?{DAY_EN}"
    rf"(?:,? (?:at )?{_CLOCK})?|[（(]?\d{{4}}年\d{{1,2}}月[）)]?$|{MONTH} \d{{4}}$|(?:(?:中[华華])?民[国國])?\s?1\d\d年\d{{1,2}}月\d{{1,2}}日$|二[〇○零][〇○零一二三]?[〇○零一二三四五六七八九]年[一二三四五六七八九十]{{1,2}}月[一二三四五六七八九十]{{1,3}}日$|\d{{1,2}}:\d{{2}} [APap]\.?[Mm]\.?(?: E[DS]?T)?$|\d{{2}}-\d{{2}} \d{{2}}:\d{{2}}$)"
)
_NAME = r"[A-Z][\w.'’-]*"
_NAMES = rf"{_NAME}(?:[ ,&|]+(?:(?:and|de|van|von|der|bin|in) )?{_NAME}){{0,12}}"
# What says something is no name.
NO_CLAUSE = r"(?![^\n]{0,60}?(?:[的了将將不没沒]|[为為如][何]|[什甚][么麼]|[我你他她]们|[我你他她]們|外媒|[一二三四五六七八九十\d]个))"
# Behind "By" these are no names: By Land and Sea, By Trump's own logic.
NO_AUTHOR = (
    r"(?!(?i:country|sector|region|state|industry|product|design|default|land|sea|air|numbers?|contrast|comparison|age|gender|party|year|month|quarter|type|category|topic|hand|law|accident|proxy)(?=$| and\b)"
    r"|(?:[\w.-]{1,20} ){0,2}[\w.-]{1,20}[’']s\b)"
)
CREDIT = re.compile(
    r"(?:(?:[Bb]y |BY )?(?:The |THE )?(?:Associated Press|ASSOCIATED PRESS)|Reuters|REUTERS|AFP|Agence France-Presse|Bloomberg News|"
    r"(?:By|BY) (?:The|THE) (?:Editorial Board|EDITORIAL BOARD|New York Times))$"
    r"|(?:The )?(?:James S\. Brady (?:Press )?Briefing Room|(?:Press )?Briefing Room|Rose Garden|(?:The )?East Room|Oval Office|"
    r"Washington, D\.?C\.?|South Lawn|Roosevelt Room|State Dining Room|Cabinet Room|South Court Auditorium.{0,50}|Via Teleconference)$"
    rf"|{_NAME}(?: {_NAME}){{0,2}} ?\| ?{DAY_EN}(?:,? (?:at )?{_CLOCK})?$|by {_NAME}(?: {_NAME}){{1,3}}(?<!\.)$"
    rf"|[*_]{{0,2}}(?:By|BY) {NO_AUTHOR}(?!(?i:the|a|an|far|now|then|any|all|no|some|every|most|its|their|our|these|those|this|that)\b|(?:{_WEEKDAY}|{MONTH})(?=,|\s\d|\s[a-z]|$)){_NAMES}"
    rf"(?:(?<=\w), [a-z][^.!?]{{2,60}}|, {_NAME} (?:[a-z]+ )?(?:correspondent|editor|reporter)[^.!?]{{0,40}})?"
    r"[*_]{0,2}\s*$"
    r"|(?:By|BY) (?:[Tt]he|[Oo]ur|[Aa]) (?:[\w’'-]+ ){0,3}(?:[Ss]taff|[Dd]esk|[Ee]ditors?|[Tt]eam|[Cc]orrespondents?|[Rr]eporters?)(?: in [A-Z]\w+)?$"
    r"|(?:(?:Story|Written|Analysis|Commentary|Opinion|Text|Translated|Edited|Photographs?) by|Authors?:|Editors?:|"
    rf"Source:|Writers?:) (?:{_NAMES}|[a-z]{{3,12}})$"
    # The name below a letter, and a date run together with its hour.
    rf"|(?:—|–|--)\s?{_NAME}(?: {_NAME}){{1,3}}(?:, {_NAME}(?: {_NAME}){{0,3}}){{0,3}}$"
    rf"|{MONTH} \d{{1,2}}, \d{{4}}\s?{_CLOCK}(?:Updated|Published|Posted) [^.!?\n]{{2,40}}$"
    rf"|(?:Additional )?(?:[Rr]eporting|[Ww]riting) by {_NAMES}(?:;[^.!?]{{1,200}})?\.?$"
    rf"|(?:文|(?:本文)?作者|撰文|撰稿|整理|翻[译譯]|[采採][访訪]|编译|編譯|译者|譯者)\s?[:：/／|｜丨]\s?{NO_CLAUSE}\S[^。！？]{{0,60}}$"
    rf"|(?:文章|消息|稿件)?(?:来源|來源)\s?[:：/／|｜丨]\s?(?!据|據){NO_CLAUSE}[^\s。！？，][^。！？，]{{0,60}}$"
    rf"|(?:记者|記者)\s?[:：/／|｜丨]\s?{NO_CLAUSE}[^\s。！？，][^。！？，；：]{{0,14}}$"
    r"|[□■◎]?\s?(?:[\u4e00-\u9fff]{0,6}(?:社|报|報|网|網|台|财新|財新|新闻|时报))?(?:特约)?(?:记者|記者)\s[^。！？，]{2,20}"
    r"(?:报道|報道|報導)?$"
    r"|[【\[][\u4e00-\u9fff]{2,4}[／/][\u4e00-\u9fff]{2,6}(?:报道|報道|報導|报导)[】\]]$"
    r"|[【（(〔]?(?:记者|記者)[^。！？，\s]{1,12}[／/][^。！？，]{2,8}(?:报道|報道|報導)[】）)〕]?$"
    r"|[【（(](?:记者|記者)[^。！？]{1,40}(?:报道|報道|報導)[】）)]$"
)
_PLACE = r"[A-Z][A-Z.'’-]{2,}(?:[ ,/]{1,3}[A-Z][\w.'’-]*){0,6}"
# Before a dash without spaces other capitals than these are the subject of a sentence.
_CITIES = (
    r"WASHINGTON|BEIJING|SHANGHAI|HONG KONG|TAIPEI|TOKYO|SEOUL|LONDON|PARIS|BERLIN|BRUSSELS|GENEVA|MOSCOW|KYIV|NEW YORK|"
    r"NEW DELHI|SINGAPORE|SHENZHEN|GUANGZHOU|SYDNEY|CANBERRA|OTTAWA|MEXICO CITY|BANGKOK|MANILA|HANOI|JAKARTA|DAVOS|"
    r"SAN FRANCISCO|LOS ANGELES|CHICAGO|DETROIT|CLEVELAND|BOSTON|HOUSTON|DALLAS|LAS VEGAS|ST\. LOUIS|MIAMI|PHILADELPHIA|PHOENIX|DENVER|PITTSBURGH|MINNEAPOLIS|SEATTLE|ATLANTA|VIENNA|ROME|JERUSALEM"
)
# Of these in capitals alone: between others a dash tells of a railway or a flight.
_MORE_CITIES = (
    r"ADDIS ABABA|ANKARA|ATHENS|BAGHDAD|BOGOTA|BRASILIA|BUENOS AIRES|CAIRO|CAPE TOWN|COLOMBO|DHAKA|DOHA|DUBAI|DUBLIN|FRANKFURT|HELSINKI|ISLAMABAD|"
    r"ISTANBUL|JOHANNESBURG|KABUL|KATHMANDU|KUALA LUMPUR|LAGOS|LIMA|LISBON|MADRID|MELBOURNE|MILAN|MUMBAI|MUNICH|NAIROBI|OSLO|PHNOM PENH|PRAGUE|"
    r"RIYADH|RIO DE JANEIRO|SANTIAGO|SAO PAULO|STOCKHOLM|STRASBOURG|TEHRAN|TEL AVIV|TORONTO|UNITED NATIONS|VANCOUVER|VATICAN CITY|WARSAW|"
    r"WELLINGTON|YANGON|ZURICH|DALIAN|CHENGDU|CHONGQING|WUHAN|HANGZHOU|NANJING|TIANJIN|XIAMEN|KAOHSIUNG|MACAU|URUMQI|LHASA|KUNMING|NINGBO|"
    r"SUZHOU|PYONGYANG|OSAKA|DELHI|SUVA|BOISE|ULAANBAATAR|MAR-A-LAGO|SACRAMENTO|AUSTIN|NASHVILLE|TAMPA|ORLANDO|CHARLOTTE|INDIANAPOLIS|KANSAS CITY"
)
_CITY = rf"{_NAME}(?:[ ,/]{{1,3}}{_NAME}){{0,5}}"
_DAY = rf"(?:{MONTH} \d{{1,2}}|\d{{1,2}} {MONTH})(?:,? \d{{4}})?"
_AGENCY = r"[(（][A-Z][\w .&/-]{1,30}(?<! time)[)）]"
# These stand before a dash as the subject of a sentence does.
_NO_PLACE = (
    r"(?!(?:HUAWEI|NVIDIA|TIKTOK|BYTEDANCE|ALIBABA|TENCENT|APPLE|TESLA|BOEING|INTEL|OPENAI|DEEPSEEK|META|GOOGLE|ZTE|SMIC|DJI|"
    r"BREAKING|UPDATE|EXCLUSIVE|ANALYSIS|OPINION|WATCH|NOTE|IMF|WTO|WHO|FDA|FBI|CIA|DOJ|DHS|GDP|U\.S\.?|U\.K\.?|US|UK|EU|UN|NATO|ASEAN|OPEC|UNESCO|USTR|TSMC|BYD|CNN|BBC|ASML)[\s—])"
)
DATELINE = re.compile(
    # Of the place alone a dash makes a dateline only where a sentence opens.
    rf"{_NO_PLACE}(?:{_PLACE}(?:, {_DAY}\s?(?:{_AGENCY})?|\s?{_AGENCY})|[A-Z][A-Z.'’ -]{{2,30}}, {_NAME}(?: {_NAME}){{0,2}}|(?:{_CITIES}|{_MORE_CITIES})(?:/(?:{_CITIES}|{_MORE_CITIES}))?)\s?(?:--|[-–—])\s+(?![a-z\s])"
    rf"|(?:(?:{_CITIES})(?:, [A-Z][\w.]+)?|[A-Z][A-Z.' ]{{2,25}}, (?:[A-Z][a-z]{{1,5}}\.|(?:[A-Z]\.){{2}}))—(?=[A-Z“\"])"
    rf"|{_CITY}\s[(（](?:AFP|AP|CNN|Reuters|REUTERS|UPI|Bloomberg|Xinhua|ANI|PTI|CNA|NPR|Kyodo|dpa|VOA|RFA)[)）]\s?(?:--|[-–—])\s+(?![a-z\s])"
    rf"|{_DAY}\s{_AGENCY}\s?(?:--|[-–—])\s+(?![a-z\s])"
    rf"|{_PLACE}, {_DAY} /[A-Z][A-Za-z-]{{2,20}}/\s?(?:--|[-–—])\s+"
    # Not between two towns, nor where the dash comes again.
    rf"|(?:{_CITIES.title()})\s[-–—]\s(?!(?:{_CITIES.title()})\b)(?=[A-Z“\"])(?![^.!?\n]{{0,200}}\s[-–—]\s)"
    rf"|{_CITY}, {_DAY}\s?{_AGENCY}(?!,)\s*(?:(?:--|[-–—])\s+)?"
    rf"|(?:[(（]{_NAME}(?: {_NAME})?[)）]|/[A-Z][A-Za-z]{{3,20}}/)\s?(?:--|[-–—])\s+"
    r"|[（(【〔\[](?=[^）)】〕\]\n]{3,40}[）)】〕\]])(?![^）)】〕\]\n]*(?:提问|提問|回答|回应|回應|否认|否認|[的媒]报道|[的媒]報道))"
    r"[^）)】〕\]。！？\n]*(?:\d{1,2}日[^）)】〕。！？\n]{0,4}[電电](?=[）)】〕])|(?<![腾騰])[讯訊]|报道|報道|報導|报导|中文[网網]|外[电電]|(?:记者|記者)(?![会會])\s?\S{2,4}|"
    r"(?<=[（(【〔\[])文[/／][^）)】〕\]]*)[）)】〕\]]\s?(?=\S)"
    r"|[（(【]?(?![据據])(?:本报|本報|本台|本网|本社|新华社|新華社|中新社|中新网|中新網|中央社|法新社|路透社|美联社|美聯社|德新社|央视网|"
    r"人民网|环球网|环球时报|观察者网|澎湃新闻|[\u4e00-\u9fff]{2,8}(?:社|网|網|报|報|台|财经|財經))"
    r"[^。，,；】\n]{0,24}?(?:\d{1,2}月)?\d{1,2}日(?:(?:电|電)(?![，,：:称稱说說指话話视視力商池网網子动動影台臺文脑腦邮郵器机機压壓厂廠价價站源车車流荷])|(?:讯|訊)(?![，,：:称稱说說指息号號问問])|(?:报道|報道)(?=[\s】）)（(—-]|$))[】]?"
    r"\s?(?:[（(](?:(?:记者|記者|编辑|編輯)[^）)\n]{1,60}|[\u4e00-\u9fff]{2,4}(?:[\s、][\u4e00-\u9fff]{2,4}){0,3})[）)])?[】）)]?\s?(?:[-—]{1,3})?\s?"
    # With 电 the agency's own words follow, also behind "据" and before a comma.
    r"|(?:据|據)?(?:新华社|新華社|中新社|财联社|財聯社|新华财经|法新社|路透社|央视新闻|中央社)[\u4e00-\u9fff]{0,6}\d{1,2}月\d{1,2}日[电電][，, \u3000]\s?"
    r"|[\u4e00-\u9fff]{2,6}(?:网|網|台|社|新闻|新聞)[讯訊][ \u3000，]\s?|[\u4e00-\u9fff]{2,4}[网網社](?:[综綜]合)?[报報](?:道|導)[ \u3000]\s?|(?:央[视視]|新[华華]|人民|中新|[环環]球)[网網]消息[:：]\s?"
    r"|本[报報](?:讯|訊)\s?(?:[（(](?:记者|記者)[^）)\n]{1,40}[）)]|(?:记者|記者)\s?[^\s，。]{2,8}(?:报道|報道|報導)[：:]?)\s?"
    r"|[（(](?:路透社|法新社|美联社|美聯社|新华社|新華社|中新社|中央社)[）)]\s?(?=[^\s，。])"
    r"|路透[\u4e00-\u9fff]{2,6}\d{1,2}月\d{1,2}日(?:电|電)?\s?[-—–]{1,3}\s?"
)

BULLET = re.compile(
    r"(?:-\s\[[ xX]\]\s|[-–—•●○◦▪■□◆★☆►▶➢→‣·・‧*+✓√※❖»]\s+|o\s(?=[A-Z])|[•●◦▪■◆►▶‣※✅]\s*|·(?=[\u4e00-\u9fff])|[a-h]\)\s|\(?\d{1,2}[.)、）．]\s?(?!\d)"
    r"|\((?:[a-h]|[ivx]{1,4})\)\s(?!\d{4})|[甲乙丙丁戊壹贰貳叁參肆伍]、(?![甲乙丙丁戊])"
    r"|[（(](?:\d{1,2}|[一二三四五六七八九十]{1,3})[）)]\s?|[①-⑳]\s?|\d\uFE0F?\u20E3\s*|[➤◇▸🔸🔹🔺🔻📌📍🔴🔵👉▪]\uFE0F?\s*(?=[\w“\"《]))"
)
# Of what opens an item, what numbers a section too.
SECTION = re.compile(
    r"\(?\d{1,2}[.)、）．]\s?(?!\d)|[（(](?:\d{1,2}|[一二三四五六七八九十]{1,3})[）)]"
)
# （二） holds 1. and 2.
PART_ZH = re.compile(r"[（(][一二三四五六七八九十]{1,3}[）)]")
# A question that heads its answer; one to a reader or a guest is a part of the text.
ASKS = re.compile(
    r"(?:What|Why|How|Who|When|Where|Which|Will|Is|Are|Can|Could|Does|Do|Did|Should|Has|Have|Would)\b(?!.*\b(?:you|me|we|this point)\b)[^.?!:\n]{3,70}\?"
    r"|(?![问問但那可而]|所以|如果|[难難]道)[^，。？！：“”‘’「」您你\n]{4,20}？"
)
# What says something has a stop inside it, or a mark of what it cites behind it.
SAYS = re.compile(r"[。；;！？!?]\s?\S|[a-z]\.\s+[A-Z]|[\]］】]\s*\Z")
GROUP = re.compile(
    r"(?:Group|Section|Part|Topic|Theme)\s(?P<number>\d{1,2})\s?[-–—:：]\s+"
    r"|第(?P<zh>[一二三四五六七八九十]{1,3}|\d{1,3})[组組部]分?\s?[-–—:：]\s*"
    r"|[组組](?P<zh2>\d{1,3})\s?[-–—:：]\s*"
)
# After a full stop what goes on in small letters is no bullet: "the U.S. — our allies".
INLINE_DASH = re.compile(
    r"(?<=[\]］】。;；])\s{1,8}[-–—•]\s{1,8}(?=\S)"
    r"|(?:(?<=[.!！?？])|(?<=[.!?][\"”]))\s{1,8}[-–—•]\s{1,8}(?=[^\sa-z])"
)
INLINE_DOT = re.compile(r"[•●▪■◆►▶‣]\s*(?=\S)")
MARKDOWN_HEADING = re.compile(r"(#{1,6})\s+(?=\S)")
QUOTE_LINE = re.compile(r">\s?")
CHINESE_HEADING = re.compile(
    r"(?:[一二三四五六七八九十]{1,3}、|第[一二三四五六七八九十百]{1,4}[章节節条條部])"
)

SPEAKER = re.compile(
    r"(?:[^：:。]{0,24}(?:记者|記者|主持人)(?:提问|提問|问|問)?|问|問|答|追问|追問|Q|A)\s?[：:]"
    r"|(?:Reporter|Question|Journalist|Moderator|Host|Interviewer|"
    r"(?:President|Secretary|Minister|Ambassador|Sen\.|Rep\.) [A-Z][\w .'’-]{1,30}):\s"
)

QUESTION = re.compile(r"(?:[A-Z][\w .'’-]{1,40}:\s|[^：。]{2,16}：).{0,400}[?？]\s*$")
NAMED_TURN = re.compile(
    r"(?:[A-Z][A-Z.'’-]+(?:\s[A-Z][A-Z.'’-]+){0,4}|[A-Z][\w.'’-]+(?:\s[A-Z][\w.'’-]+){0,3}):\s"
)
# "A new cold war" is a title.
TURN = re.compile(
    rf"Q\s|A\s(?=(?:Yes|No|Well|I|We|You|It|They|That|The|So|Thank|Look)\b)|{NAMED_TURN.pattern}"
)

_EDITORS = (
    r"(?:责任编辑|責任編輯|见习编辑|责编|責編|编辑|編輯|编译|編譯|校对|审校|审核|监制|監製|"
    r"图像来源|圖像來源|文章来源|文章來源|来源|來源|原标题|原標題|图片来源|圖片來源|图源|圖源|延伸阅读|延伸閱讀)"
)
BOILERPLATE = re.compile(
    r"(?:责任编辑|責任編輯|见习编辑|责编|責編|責编|编辑|編輯|校对|审校|审核|监制|監製)\s?[:：丨/／|｜]"
    r"[^。！？]{1,40}$"
    rf"|[【\[（(]{_EDITORS}\s?[:：/／\s][^\n】\]）)]{{1,80}}[】\]）)]\d{{0,9}}$"
    r"|(?:返回搜狐|查看更多|阅读原文|閱讀原文|[↑↓]{0,3}\s?点击(?![量率]).{0,12}关注|點擊(?![量率]).{0,12}關注|(?:扫码|掃碼)(?=$|关注|關注|下载(?!(?!APP|App)[A-Z])|下載(?!(?!APP|App)[A-Z])|阅读|閱讀|加入|分享|查看|观看|进群|添加|联系|聯繫)|"
    r"长按.{0,8}二维码|点击进入(?=[^的]{0,12}$)|按我看|打印本页|打印本頁|举报/反馈|(?:【?字体|【?字體|字号|字號)(?=$|[:：\s大中小])|大字体|大字體|未经授权(?:不得|禁止|请勿)(?=.{0,6}[转使复摘引发擅镜改])|未經授權(?:不得|禁止|請勿)(?=.{0,6}[轉使複摘引發擅鏡改])|"
    r"(?:(?:永久连接|永久連結|未验证|未驗證|回[复覆]|点击查看本文.{0,10}|你的器材不支[持援]播放.{0,20}|获取更多RSS[:：]?|本文照片由.{1,20}提供[。.]?|[粵粤]語組[製制]圖.{0,10}|月費訂戶.{0,20}|每[周週]時事通訊.{0,20}|\{\{[^{}\n]{0,60}\}\}|-->)$|相关阅读|相關閱讀|相关报道|相关新闻|相關新聞|相关链接|相關文章|推荐阅读|延伸閱讀|延伸阅读|更多新闻|更多新聞)(?=链接|連結|$|[:：\s>》｜|\d【\[（(])|下载客户端(?=$|[，,。！、看阅查])|分享到(?=$|[:：\s]|微|朋友|QQ|Q|新浪|[A-Z])|(?:广告|廣告)(?=$|[:：\s])|"
    r"(?:相關報導|相关报导)(?=$|[:：\s>》｜|\d【\[（(])|(?:上一篇|下一篇|关键词|關鍵詞|关键字|标签|標籤)(?=[:：])|转载请(?!求)|轉載請(?!求)|点赞(?=$|\s?\d)|人民日报社概况|微信扫一扫(?=$|[，,]|关注|阅读)|(?:打开|打開|下[载載])(?!量)[^\s，。的]{0,12}(?:APP|App|客户端)(?=$|[，,]?(?:查看|阅读|即|了解|获取|体验|享|更多|看))|(?:展开|展開)全文(?=$)|(?:关注|關注)我[们們](?=$|[:：]|[，,](?:第一|获取|了解|不错过|更多|每)|微信|公众)|"
    r"来自\s?(?:iPhone|Android|安卓|华为|微博)(?=$|\s|客户端|微博|手机|[A-Z\d])|[转轉][发發]\s?[\d.]+[万萬]?\s[评評][论論]|投稿[邮郵]箱(?=\s?[:：])|同場加映(?=[：:]))"
    r"[^。！？]{0,30}$"
    r"|(?:图片|圖片|图像|圖像|影像)(?:版权|版權|来源|來源)(?:$|\s?[:：][^。\n]{1,60}$)|Image (?:caption|copyright)[^\n]{0,200}$"
    r"|(?:附件|确定|推荐给朋友|关闭窗口|返回顶部|返回首页|網頁版|网页版)$|原(?:标题|標題)\s?[:：][^。\n]{1,60}$|人民日报社概况.{0,200}$"
    r"|本文首发于[^。！？]{2,30}$|[声聲]明[:：]\s?本文[^\n]{2,120}$"
    r"|本文(?:系|为|為).{2,40}(?:独家|獨家|原创|原創).{0,60}$|(?:本文)?(?:仅|僅)代表作者.{0,20}$|转载请(?!求).{0,30}$"
    r"|(?:本网|本網|本文(?!件)).{0,30}不代表.{0,20}(?:观点|觀點|立场|立場)。?$"
    r"|(?:版权所有(?![者人权])|版權所有(?![者人權])|版权声明(?=$|[:：\s])|©|Copyright (?:©|\(c\)|\d{4}(?=$|[,.\s–-]{0,2}(?:[A-Z©]|by\b|all\b|\d{4}))|[A-Z][^.\n]{2,40}(?<! in) \d{4}(?=\.|$))|\([cC]\) \d{4}|All rights reserved).{0,200}$"
    r"|[（(]完[）)]$|完$|Enditem$|[-—]{0,3}\s?\(?(?:END|ENDS|30|###)\)?\s?[-—]{1,3}$|\(?ENDS?\)?(?:\s{1,4}\d{1,2}:\d{2} [AP]\.?M\.?(?: E[DS]?T)?)?$"
    # Credits of pictures, and who else worked on a report.
    r"|(?:Read|READ) (?:[Mm]ore|MORE): [^.,!\n]{1,200}$|Tags: [^.!?]{1,200}$"
    r"|(?:FOR IMMEDIATE RELEASE|For [Ii]mmediate [Rr]elease|(?:(?:Media|Press) )?Contacts?: (?=[A-Z\d(+]|\S+@)[^\n]{2,120}|Facebook Twitter Email|Getty Images|Comments are closed|CONTINUE READING BELOW|"
    r"Continue reading below|(?:Story|Article) continues below(?: advertisement)?|More on this (?:story|topic)|"
    rf"(?:Photo by|With reporting by|Edited by:?) {_NAMES}(?: ?/ ?[A-Z]{{2,5}})?|SOURCE [A-Z][\w .,&-]{{2,60}}|"
    r"This (?:article|story|piece) (?:was )?(?:originally|first) (?:appeared|published) [^.]{2,160})\.?$"
    r"|(?:分享让更多人看到|扫描二维码(?:关注|下载|加入|阅读|观看|查看|进群|添加|分享).{0,16}|扫一扫(?=$|[，,]?(?:关注|下载|加入|阅读|分享|打开|二维码|观看|进群|手机|上方|下方|左侧|右侧)).{0,30}|点击查看更多|[（(](?:图片来自网络|美联社|美聯社|中央社|法新社|路透社)[）)]|"
    r"资料图(?:片)?。?(?:图源[：:].{1,20}|[^。，]{0,12}[摄供])?|(?:免责声明|免責聲明|(?:风险|風險)提示)[:：][^。]{0,160}。?|(?:特别声明|特别提示)[:：].{0,60}(?:本文|投资|观点|版权|平台).{0,240}|"
    r"(?:本文|以上|上述).{0,20}不构成.{0,12}投资建议。?|版权归原作者所有.{0,40}|.{0,60}京ICP备.{0,60}|《人民日报》[（(] ?\d{4}年.{5,24}[）)])$"
    r"|[（(【](?:作者|编辑|編輯|编译|編譯|责任编辑|本文来源|本文仅代表|作者系|作者为)[^。\n]{1,80}[）)】]\d{0,9}$|【纠错】.{0,60}$"
    r"|REUTERS/[A-Z][\w.'’-]+ [A-Z][\w.'’ -]{1,30}$"
    r"|(?:资料图片?|資料圖片?|图为|圖為)[^\n]{1,150}(?:REUTERS|AFP|路透|[摄攝])[^\n]{0,40}$"
    r"|Write to [^\n@]{2,60} at \S{1,60}@\S{1,60}$"
    r"|[(（](?:Reporting|Additional reporting|Writing|Editing) by [^\n]{2,300}[)）]$"
    r"|[—–-]\s?[^\n(]{2,60}\(@\w{2,30}\)\s?[^\n]{0,30}$"
    r"|(?:AD|READ NEXT|READ ALSO|ALSO READ|SEE ALSO|READ MORE|Read also|See also|Read next|Related)(?:$|:[^.。\n]{1,200}$)"
    r"|Updated \d{1,3} (?:second|minute|hour|day)s? ago$|Share on \w{1,12}$|(?:hide|toggle|show) caption$"
    r"|(?:Advertisement|ADVERTISEMENT|Sponsored|Share this(?: article)?|Share|Tweet|Print|"
    r"Email|Save|Follow|\d{1,5} comments?|Newsletter|Read more|READ MORE|Related(?: stories| articles| topics)?|Sign up (?:here|now)\b.{0,60}|Sign up (?:for|to)\b(?=.{0,80}\b(?i:newsletters?|alerts?|updates?|e-?mails?|inbox|briefing|digest|bulletin|free|receive|daily|weekly|account|read)\b).{0,80}|Sign up|"
    r"Subscribe(?: (?:now|here|today)\b.{0,80}| (?:to|for)\b(?=.{0,80}\b(?i:newsletters?|channel|podcast|alerts?|updates?|e-?mails?|inbox|briefing|digest|magazine|access|our|unlimited|free|read|more)\b).{0,80}| to [A-Z][^.,!?]{2,40})?"
    r"|Unsubscribe(?:\b.{0,60})?|Follow us(?: (?:on|for)\b.{0,60}|:? ?@.{0,60})?|"
    r"Most (?:read|viewed|popular)|Recommended|Trending(?: [Nn]ow)?|Skip to (?:main )?content|Comments?|"
    r"Click here(?: (?:to|for)\b(?!.*\b(?:said|says)\b).{0,60})?|Listen to this article.{0,40}|Image(?: source)?|Watch live.{0,20}|"
    r"View image in fullscreen|after newsletter promotion|Reuse this content|We use cookies(?! from)\b(?:(?=.{0,200}(?:experience|site|consent|policy|content|partners|preferences|improve|accept|traffic)).{0,200})?|"
    r"Article continues (?:below|after)\b.{0,40}|(?:Terms of (?:Service|Use)|Privacy Policy)(?:\s?[|·•].{0,80})?|"
    r"(?:First Published|Also Read|Our Standards|Suggested Topics):.{0,150}|\(With inputs from .{0,60}\)|"
    r"\[Read more\]\([^)\n]{0,200}\)|https?://\S{1,300}|"
    r"Was this e?-?mail forwarded to you\?.{0,40}|(?:#\w{2,30}\s?){2,20}|SOURCES: [^\n]{2,200}|"
    r"The (?:views|opinions) expressed (?:in this (?:article|column|piece) )?are (?:the author|those of the author|his|her)[^\n]{0,80}|"
    r"This (?:article|story) (?:has been|was) updated (?:with|to|at|on)\b[^\n]{0,100}|[\[(](?:APPLAUSE|Applause|LAUGHTER|Laughter|CROSSTALK|Crosstalk|Soundbite of [\w ]{2,30})[\])]|"
    r"[Rr]eading [Tt]ime: ?\d+ [Mm]in(?:ute)?s?|\d+ [Mm]in(?:ute)?s? [Rr]ead)\s?[:.…]?$"
    r"|[（(](?:图片来源|圖片來源|图|圖|摄|攝)[:：/].{1,60}$"
    r"|FILE PHOTO: [^\n]{5,400}$|FILE ?[-–—] [^\n]{5,400}[)）]$"
    r"|[（(][^（）()\n]{1,40}\s?(?:[视視][觉覺]中[国國]|[东東]方IC|[资資]料[图圖]片?|[网網][络絡路][图圖]片)[)）]$"
    r"|[^，。！？\n]{0,30}(?:[资資]料[图圖]片?|[视視][频頻]截[图圖])(?:[（(][^（）()\n]{1,20}[)）])?$"
    r"|[▲△▼](?:[^\n。]{0,80}[（(](?=[^）)\n]*(?:[图圖摄攝供照截网網社报報左右视視]|AP|AFP|REUTERS|Reuters|Getty|Photo|/))[^）)\n]{1,30}[）)]|[^\n]{0,120}[（(][^）)\n]{0,30}[摄攝供][）)]?)$|(?:新华社|新華社|中新社|本报|本報)[^。，\n]{0,20}[摄攝][）)]?$"
    r"|<(?:!--|/?(?:figure|img|iframe|script|style|table|svg|div)\b)"
    r"|(?:<a\b[^>\n]{0,300}>[^<\n]{0,200}</a>\s{0,4}){1,10}$|<a\b[^>\n]{0,300}$"
    r"|(?:Photo|Image|Photograph|图|圖|图片|圖片|图源|圖源|供图|资料图|图像来源|圖像來源|配音)\s?[:：/丨].{1,120}$|(?:图像来源|圖像來源)，.{1,60}$"
    r"|(?:EMBARGO(?:ED)?\b(?=.{0,40}\d)|【?(?:禁[发發]|解禁)(?:[时時][间間]|至|[:：])).{0,80}$|View (?:this email |it )?(?:in|on) (?:your |a )?(?:web )?browser.{0,20}$"
    r"|(?:POLICY BRIEF|WORKING PAPER|ISSUE BRIEF|RESEARCH NOTE|Policy Brief|Working Paper|Issue Brief)\b(?: (?:NO|No)\.? ?\d+.{0,20})?$"
    r"|(?:[内內]部[参參]考|[注註]意保存)(?:[\s\u3000]+\S{2,8})?$|[转轉][贴貼载載]自\S{1,16}$|(?:研究[报報]告|工作[论論]文|政策[简簡][报報])\s?\d{4}年第\d+期$"
    r"|[-–—]{1,2}\s?\d{1,4}\s?[-–—]{1,2}$|第\s?\d{1,4}\s?[页頁](?:[\s/，,]*共\s?\d{1,4}\s?[页頁])?$|(?:Page|PAGE|page) \d{1,4}(?: (?:of|/) \d{1,4})?$"
    r"|Was this (?:forwarded to you|page helpful)\?.{0,60}$|You(?:'re|’re| are) receiving this (?:email|newsletter|message).{0,160}$|退[订訂][请請]?回[复復]\S{0,6}$"
    r"|\d{1,2}:\d{2} [AP]M · [A-Z][a-z]{2} \d{1,2}, \d{4}(?: · [\d.,]+[KM]? Views?)?$|(?:[\d.,]+[KM]? (?:Reposts?|Retweets?|Quotes?|Likes?|Bookmarks?|Comments?|Shares?|Views?)\s*){1,6}$"
    r"|(?:[讚赞]|留言|分享|[评評][论論]|[转轉][发發])[\s\d.,万萬]+(?:(?:[讚赞]|留言|分享|[评評][论論]|[转轉][发發])[\s\d.,万萬]+)*$"
    r"|(?:Save|Share|Print|Email|Tweet)(?:\s+(?:Save|Share|Print|Email|Tweet)){1,4}(?: this (?:page|article))?$|(?:【(?:打印|列印|[关關][闭閉]窗口|大|中|小|收藏|分享)】\s?){1,6}$"
    r"|[（(](?:[掌笑][声聲]|[摄攝]影?[\s:：／/][^）)\n]{1,20})[）)]$"
    r"|[\s|:\-–—=_*#~`·.]+$"
)

# Furniture that is told by how it ends; tried where a line ends so, for it may begin anyhow.
_BY_ITS_END = re.compile(
    r"(?![^\n]*\b(?:came|comes|said|told|according|reported|obtained)\b)[^.!?\n]{2,60}(?:/| via )(?:Getty Images|Reuters|REUTERS|AP|AFP)(?: Images| Photo)?$"
    r"|(?![^\n]*\b(?:according|data)\b)[^\n]{0,300}[(（](?!(?:AFP|AP|Reuters|REUTERS|Bloomberg|CNN|Kyodo)/)[A-Z][\w.'’ -]{2,40}/(?:AP|AFP|Reuters|REUTERS|Getty Images|Bloomberg|EPA|Xinhua|Pool|NurPhoto)(?: [\w ]{1,20})?[)）]$"
    r"|[^\n]{2,80} contributed (?:reporting(?! that)|to this (?:report|story|article))[^\n]{0,60}$"
    r"|[^\n]{0,200}(?:\.\.\.|…)\s?Read more$|.{0,30}(?:版权所有|版權所有)$"
)
_ITS_ENDS = (")", "）", "Images", "Photo", "Reuters", "REUTERS", "AP", "AFP", "Read more", "所有")
# Who took a picture, at the end of what tells of it.
_PICTURED = re.compile(
    rf"(?:REUTERS/{_NAME}(?: {_NAME}){{0,3}}(?:/[\w ]{{2,20}})?|(?:(?<![\w:])(?:Photo|Photograph|Photographer|Image)s?|(?:^|(?<=[.!?)”\"’(（]) ?)(?:Picture|Credit)s?|(?:Picture|Credit)s?(?=: ?(?:AFP|AP|Reuters|REUTERS|Getty|EPA|Bloomberg|Xinhua)\b)): ?[A-Z][^.!?:\n]{{2,60}}"
    r"|\[Photo/[^\]\n]{2,30}\]|[(（]AP Photo[^)\n]{0,60}[)）])[*_]{0,2}$"
    r"|(?:(?:[记記]者|[社网網报報]|中[新央]社[发發])\s?|[。）)]\s?)(?:[记記]者|[发發])?\s?(?!.{0,8}拍[摄攝])[\u4e00-\u9fff·]{1,6}(?:\s[\u4e00-\u9fff]{1,4}){0,2}\s?[摄攝]$"
)
_LAST_WORDS = 90
_CAPTION, _NEXT = 400, re.compile(r"[.!?][”\"]?\s+[A-Z“\"]|[。！？]")
# Source, author, counts, clocks and outlets stand beside a date; in brackets or signs anything may.
BESIDE_DATE = re.compile(
    r"(?:来源|來源|作者|编辑|編輯|责编|记者|記者|浏览|阅读|閱讀|评论|評論|点击|字号|字號|分享|星期|周[一二三四五六日]|访问|发布|發布|更新|"
    r"[Ss]ource|[Bb]y |BY |[Uu]pdated|[Pp]ublished|[Pp]osted|at |[\d(（\[【<《@#/|｜·•])"
)
# The hour at which somebody began to speak; above it stand places.
BEGAN = re.compile(r"\d{1,2}:\d{2} [APap]\.?[Mm]\.?(?: [A-Z]{2,4})?$")
PLACE_LINE = re.compile(
    r"[(A-Z][\w.'’() -]{1,40}, (?:[A-Z][a-z]+ ?){1,3}$|[A-Z(].{0,50}\b(?:Room|Garden|Office|Lawn|House|Building|Auditorium|Hotel|Airport|"
    r"Center|Centre|School|University|College|Academy|Base|Headquarters|Palace|Residence|Hall|Library|Embassy|Park|Plant|Field|Stadium|"
    r"Church|Chapel|Hospital|Capitol|Foyer|Council|Site|Aboard|Local \d+|Teleconference|Andrews|Mar-a-Lago|Air Force One|Camp David)\b[^.!?]{0,30}$"
)
# The name of an agency, a paper or a ministry.
OUTLET = re.compile(
    r"(?:Post|News|Agency|Times|Journal|Daily|Press|Herald|Network|Online|Review|社|报|報|网|網|部|台|局|署|委|院|办|辦|刊|社区|频道|頻道)$"
)
CAPTION = re.compile(
    r"\A[▲△▼■]|[摄攝]|左起|右起|中间?者|[/／]\s?[A-Z][\w .]{1,30}$|\b(?:photo|pictured|EPA|AFP|Getty)\b"
)
ALL_HAN = re.compile(r"[\u4e00-\u9fff]+")
# A sentence does not end with one of these.
UNFINISHED = re.compile(
    r"\s(?:a|an|the|of|to|in|for|and|or|with|by|on|at|from|that|as|under|section|its|his|her|their)$"
)

# Nor does a line, however short, but for the end of a title ("What to look for").
BROKEN_OFF = re.compile(
    r"[\w,%]\s(?:a|an|the|of|to|and|or|with|at|from|that|has|have|had|is|are|was|were|will|would|said|said on|its|his|her|their)$"
)
TERMINAL = tuple(".。!！?？…;；:：")
# A line that ends with one of these is broken, not ended: "the U.S.⏎Treasury", "June⏎10.".
BROKEN = re.compile(
    r"\b(?:U\.S|U\.K|U\.N|U\.S\.C|D\.C|Gen|Sen|Rep|Lt|Gov|Col|Dr|Mr|Mrs|Ms|St|Prof|Sec|No|Nos|vs|Jan|Feb|Aug|Sept|Oct|Nov|Dec)\.$"
)
MONTH_AT_END = re.compile(rf"(?<!\w){MONTH}$")
# What follows the last sentence in brackets: "… for 90 more days. (Reuters)".
_BRACKET = re.compile(r"(?<=[.。！？”\"])\s?[(（][^()（）\n\d]{1,30}[)）]\s{0,4}$")
_CLOSING = "\"'”’」』）)】》*_ "


def is_furniture(line: str) -> bool:
    """Say whether a line is a part of the page, not of the article."""
    if BOILERPLATE.match(line):
        return True
    told = len(line) > _CAPTION and len(_NEXT.findall(line)) > 2  # prose, with a credit behind it
    if not told and _PICTURED.search(line, max(0, len(line) - _LAST_WORDS)):
        return True
    ends = line.endswith(_ITS_ENDS) or " contributed " in line
    return ends and _BY_ITS_END.match(line) is not None


def ends_statement(line: str) -> bool:
    """Say whether a line ends like a sentence, closing marks aside."""
    body = _BRACKET.sub("", CITATIONS.sub("", line.rstrip())).rstrip(_CLOSING)
    return body.endswith(TERMINAL)


def is_title_case(line: str) -> bool:
    """Say whether an English line is capitalised like a heading."""
    words = [word for word in line.split() if len(word) > 3 and word[0].isalpha()]
    return len(words) > 1 and all(word[0].isupper() for word in words)


def line_width(line: str) -> int:
    """Return how wide a line prints: a Chinese character takes two columns."""
    return len(line) + sum(1 for c in line if c >= "\u2e80")
