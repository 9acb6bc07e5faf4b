"""Words of time in English: relative days, weekdays, parts of the day, holidays, rates.

Each row is a kind, the words of which one must stand in a text before the pattern is
tried ("#" is a digit), and what it looks like; ``times.moments`` joins them.  All text here is
folded (``normalise.fold``).
"""

from __future__ import annotations

import re

from argmine.figures.numerals.english import CARDINAL, ORDINAL
from argmine.figures.times.dates import ZONE

_MONTHS = "january february march april june july august september october november december"
_SHORT = "jan feb apr jun jul aug sep sept oct nov dec"
MONTH = (
    rf"(?:{'|'.join(_MONTHS.split())}|(?-i:May|Mar\b(?:\.(?!\s*\Z))?)|(?:may|mar\b\.?)(?=\s?(?:\d|{ORDINAL}))"
    rf"|(?-i:{'|'.join(m.title() for m in _SHORT.split())})(?![a-z])(?:\.(?!\s*\Z))?"
    rf"|(?:{'|'.join(_SHORT.split())})(?:\.|(?=\s?[\d-])|(?<=of\s...)|(?<=\d\s...)|(?<=[dht]\s...)|(?<=-...)))"
)
DAY = (
    r"(?:(?:mon|tues|wednes|thurs|fri|satur|sun)day"
    r"|(?-i:Mon|Tues?|Wed|Thur?s?|Fri|tues|thurs)\b\.?|(?-i:Sat|Sun)\b\.?(?=\s\d))"
)
SEASON = r"(?:spring|summer|autumn|winter)"
UNIT = (
    r"(?:(?:business|working|school|calendar|fiscal|academic|trading)\s)?"
    r"(?:day|weekday|weekend|workweek|week|fortnight|month|quarter|year|decade|century|hour|minute|second|semester)"
)
PART = (
    r"(?:mornings?|afternoons?|evenings?|night-?times?|nights?|daytime|noon|midday|midnight"
    r"|(?:lunch|dinner|breakfast)(?:time)?|dawn|dusk)"
)
WHICH = (
    r"(?:last|next|previous|past|coming|following|upcoming|current|same|present|final"
    r"|this(?:\s(?:coming|past|upcoming|current))?|that)"
)
HOLIDAY = (
    r"(?:christmas(?:\s(?:eve|day))?|new\syear(?:'?s)?(?:\s(?:eve|day))?|easter(?:\ssunday|\smonday)?|thanksgiving(?:\sday)?"
    r"|halloween|valentine'?s\sday|labou?r\sday|memorial\sday|independence\sday|black\sfriday|cyber\smonday|good\sfriday"
    r"|(?:lunar|chinese)\snew\syear|spring\sfestival|national\sday|veterans\sday|columbus\sday|presidents'?\sday"
    r"|martin\sluther\sking(?:\sjr\.?)?\sday|international\sworkers'\sday|(?:mother|father)'?s\sday|ramadan"
    r"|eid(?:\sal[\s-](?:fitr|adha))?|hanukkah|diwali|juneteenth)"
)
_TWO_DIGITS = (
    r"(?:(?:twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety)"
    r"(?:[\s-](?:one|two|three|four|five|six|seven|eight|nine))?"
    r"|ten|eleven|twelve|thirteen|fourteen|fifteen|sixteen|seventeen|eighteen|nineteen|oh[\s-]\w+)"
)
_DIGIT_YEAR = r"(?:1[5-9]|20)\d\d"
_WORD_YEAR = (
    rf"(?:(?:seventeen|eighteen|nineteen|twenty)\s(?:hundred(?:\s(?:and\s)?{CARDINAL})?|{_TWO_DIGITS})"
    rf"|two\sthousand(?:\s(?:and\s)?{CARDINAL})?)"
)
_YEAR_ALONE = rf"(?:(?:seventeen|eighteen|nineteen|twenty)\s{_TWO_DIGITS})"
YEAR = rf"(?:(?:the\s)?(?:year\s)?(?:{_DIGIT_YEAR}|{_WORD_YEAR})|'\d\d)"
_NTH = rf"(?:\d{{1,2}}(?:st|nd|rd|th)|{ORDINAL})"
_DAY_NUMBER = rf"(?:(?:[12]\d|3[01]|0?[1-9])(?!\d)(?:st|nd|rd|th)?|{ORDINAL})"
_COUNT = rf"(?:\d{{1,3}}|{CARDINAL}|an?|few|several|couple(?:\sof)?)"
_AMPM = (
    r"(?:\s?[ap](?:\.\s?m\.|\s?m\b)|(?<=:\d\d)[ap]\b)"
    rf"(?-i:{ZONE})"
)
_CLOCK = (
    rf"(?<![\d:.])\d{{1,2}}[:.][0-5]\d(?::[0-5]\d)?{_AMPM}|(?<![\d.:])\d{{1,2}}:[0-5]\d(?::[0-5]\d)?(?![\d:])"
    rf"|(?<![\d.:])\d{{1,2}}{_AMPM}"
)
_HOUR = r"(?:one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|\d{1,2})"
_MINUTE = rf"(?:{CARDINAL}|fifteen|thirty)"
# The eleventh of September is a name.
_MD = r"(?!9/11\b)(?:0?[1-9]|[12]\d|3[01])/(?:0?[1-9]|[12]\d|3[01])"

_MONTH_WORDS = frozenset((_MONTHS + " " + _SHORT + " may mar").split())
_DAY_WORDS = frozenset(
    "monday tuesday wednesday thursday friday saturday sunday mon tue tues wed thu thur thurs fri sat sun".split()
)
_DAYS_WORDS = frozenset(f"{d}days" for d in "mon tues wednes thurs fri satur sun".split())
_UNIT_WORDS = frozenset(
    f"{unit}{s}"
    for unit in "day weekday weekend workweek week fortnight month quarter year decade century hour minute second semester".split()
    for s in ("", "s")
)
_PART_WORDS = frozenset(
    "morning mornings afternoon afternoons evening evenings night nights nighttime daytime noon midday midnight "
    "lunch lunchtime dinner dinnertime breakfast dawn dusk tonight tonite overnight".split()
)
_SEASON_WORDS = frozenset("spring summer autumn winter".split())
_WHICH_WORDS = frozenset(
    "last next previous past coming following upcoming current same present final this that".split()
)
_HOLIDAY_WORDS = frozenset(
    "christmas easter thanksgiving halloween valentine valentines labor labour memorial independence friday new festival "
    "national veterans columbus presidents luther workers mother mothers father fathers ramadan eid hanukkah diwali juneteenth cyber".split()
)
_NTH_WORDS = frozenset(word for word in re.findall("[a-z]+", ORDINAL)) | {"st", "nd", "rd", "th"}
_DIGIT = frozenset("#")
_NUMBER_WORDS = frozenset(re.findall("[a-z]+", CARDINAL)) | _DIGIT

ATOMS: tuple[tuple[str, frozenset[str], str], ...] = (
    # how proclamations are dated
    ("date", frozenset(("lord",)), rf"\b(?:this\s)?(?:{ORDINAL}|\d{{1,2}}(?:st|nd|rd|th))\sday\sof\s{MONTH},?\sin\sthe\syear\sof\sour\slord\s(?:{_WORD_YEAR}|{_DIGIT_YEAR})\b"),
    # frequencies
    ("frequency", frozenset(("every", "each", "any")), rf"\b(?:every|each)\s?(?:other\s|single\s|{_COUNT}\s)?(?:{UNIT}s?|{DAY}s?|{PART}|{SEASON})\b|\bany\s(?:{DAY}|day|year|weekend)\b"),
    ("frequency", frozenset("everyday annual annually monthly weekly quarterly daily hourly yearly biennial biennially biweekly biannual semiannual".split()), r"\beveryday\b|\b(?:semi-?|bi-?)?(?:annual(?:ly)?|monthly|weekly|quarterly)\b|\b(?:daily|hourly|yearly|biennial(?:ly)?)\b"),
    ("frequency", _UNIT_WORDS, rf"\b(?:once|twice|one)\san?\s{UNIT}\b|\b{_NTH}\sof\severy\s{UNIT}\b"),
    ("frequency", _DAYS_WORDS | {"weekends", "weekdays"}, r"\b(?:mon|tues|wednes|thurs|fri|satur|sun)days\b|(?<!\w\s)\b(?:weekends|weekdays)\b|\bon\s(?:weekends|weekdays)\b"),
    # days
    ("date", _DAY_WORDS, rf"\b{DAY},?\s(?:the\s)?{_NTH}(?!\s(?:of\s)?(?-i:[A-Z]))\b|\b{DAY},?\s\d{{1,2}}(?![\d:/.-]|\s?[ap]\.?m|\s?[A-Za-z])"),
    ("date", _MONTH_WORDS, rf"\b{MONTH}(?:\s|,\s|/|-)?(?:the\s)?{_DAY_NUMBER}(?![\d:%]|[.,]\d|\s?[ap]m)(?:(?:\sof|\sin)?,?\s?(?:,\s?)?(?<=[\s,]){YEAR}(?!\d|[.,]\d))?(?!\w)"),
    ("date", _MONTH_WORDS, rf"(?<![$€£¥\d.,])(?<![$€£¥]\s)\b(?:(?:{_DAY_NUMBER}|{CARDINAL})(?:\sday)?(?:\sof)?[\s/-])(?:the\s)?{MONTH}(?:(?:\sof|\sin)?,?[\s/-](?:{YEAR}|'?\d\d(?![\d:]|\s?[ap]m|\.\d))(?!\d|[.,]\d))?(?!\w)"),
    ("date", _MONTH_WORDS, rf"\b{_DIGIT_YEAR}[-/\s]\d{{1,2}}[-/\s]{MONTH}\b|\b\d{{1,2}}-{_DIGIT_YEAR}-{MONTH}|\b{_DIGIT_YEAR}[-/]{MONTH}[-/]\d{{1,2}}\b"),
    ("date", _DIGIT, r"(?<![\d/.])(?:\d{1,2}/\d{1,2}/\d{4}|\d{1,2}-\d{1,2}-\d{4}|\d{1,2}\.\d{1,2}\.\d{4}|\d{1,2}/\d{1,2}/\d{2}|(?:19|20)\d\d(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01]))(?![\d/]|\.\d)"),
    ("date", _DIGIT, r"(?<![\d/.])(?:19|20)\d\d([-/.\s])(?:0?[1-9]|1[0-2])\1(?:[12]\d|3[01]|0?[1-9])(?![\d/]|\.\d)"),
    ("date", _DIGIT, rf"(?:(?<=\b(?:on|by)\s)|(?<=\bfrom\s)|(?<=\buntil\s)|(?<=\bbefore\s)|(?<=\bafter\s)|(?<=\bback\s)|(?<=day\s))(?<![\d/])(?:{_MD}(?![\d/])|(?<!\d\sfrom\s)(?<!%\sfrom\s)(?:[1-9]|1[0-2])\.(?:[12]\d|3[01]|[1-9])(?=\Z|\s?[?!]|\.\Z))"),
    ("date", _DIGIT, rf"\b(?:this|next|last)\s{_MD}(?![\d/])"),
    ("slash", _DIGIT, rf"(?<![\d/.$€£¥]){_MD}(?![\d/]|\.\d)"),
    ("date", frozenset("today tomorrow yesterday day tmr".split()), r"\b(?:the\s)?day\s(?:before\syesterday|after\stomorrow)\b|\bthe\sday\s(?:after|before)\b|\b(?:today|tomorrow|yesterday)\b|\btmr\b|\bcurrent\sdate\b"),
    ("date", _HOLIDAY_WORDS, rf"\b(?:{WHICH}\s)?{HOLIDAY}(?:\s(?:of\s)?(?:{YEAR}|(?:this|next|last)\syear))?\b"),
    ("date", _DAY_WORDS, rf"\b(?:{WHICH}\s)?(?:{DAY}|weekday)\b(?!s)(?:\s(?:of\s)?(?:this|next|last|the\sfollowing)\sweek)?"),
    ("date", _DIGIT, r"(?:(?<=\bon\s)|(?<=\bby\s)|(?<=\buntil\s)|(?<=\bfrom\s)|(?<=\bbefore\s)|(?<=\bafter\s))(?:the\s)?(?:[12]\d|3[01]|[1-9])(?:st|nd|rd|th)(?=\s?(?:\Z|[.,;?!)]))"),
    ("date", _NTH_WORDS, rf"\b{_NTH}\sday\sof\s(?:the\s|next\s|this\s|last\s)?(?:month|year)\b"),
    ("nth", _NTH_WORDS, rf"(?:(?:\bthe\s)?\b(?:0?[1-9]|[12]\d|3[01])(?:st|nd|rd|th)\b|\b(?:the\s)?{ORDINAL}\b)(?!-|\s(?:of\s)?(?:the\s)?(?:century|quarter|half|week|day|month|year))"),
    # clock times
    ("time", _NUMBER_WORDS, _CLOCK),
    ("time", frozenset("clock oclock".split()), rf"(?<![\d:.])\b(?:(?:half|quarter|(?:{_HOUR}|{CARDINAL})(?:\smin(?:ute)?s?)?)\s(?:past|to)\s{_HOUR}|{_HOUR})(?:\s?o'?clock)(?:{_AMPM})?"),
    ("time", frozenset(("past",)), rf"\b(?:half|a?\s?quarter|(?:{CARDINAL}|\d{{1,2}})(?:\smin(?:ute)?s?)?)\spast\s{_HOUR}\b(?:\sin\sthe\s(?:morning|afternoon|evening)|\sat\snight)?"),
    ("time", _PART_WORDS, rf"(?<![\d.:])\b{_HOUR}(?:[\s-]{_MINUTE})?\s(?:in\sthe\s(?:morning|afternoon|evening)|at\snight)\b"),
    ("spoken", _NUMBER_WORDS - _DIGIT, r"\b(?:one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve)[\s-](?:thirty|fifteen|forty[\s-]five|twenty(?:-\w+)?|forty(?:-\w+)?|fifty(?:-\w+)?|ten)\b(?!\s(?:percent|per\scent|million|billion|thousand|[a-z]+s)\b)(?:\sminutes)?"),
    ("now", frozenset("now moment time present minute".split()), r"\b(?:right\s)?(?!(?-i:NOW\b))now\b(?!\s(?:that|known|the|an?|on)\b)|\bat\s(?:the|this)\s(?:moment|time|minute)\b(?!\sof)|\bat\spresent\b"),
    # parts of the day
    ("part", _PART_WORDS, rf"\b(?:(?:early|late|later|mid)\s)?(?:this|last|next|that|in\sthe|at|during\sthe|in)\s(?:early\s|late\s|mid-?)?{PART}\b(?!\s(?:of|star|news|post|shift)|-(?!time))"),
    ("part", _PART_WORDS, r"\b(?:early\s|late\s|later\s)?(?:tonight|tonite|overnight)\b|(?-i:\b(?:[Ee]arly\s|[Ll]ate\s)?(?:morning|afternoon|evening|night)\b(?!\s(?:star|news|post|edition)|-))|\b(?:noon|midnight|midday)\b"),
    ("half", frozenset(("am", "pm")), r"(?<=day|row)\s[ap]m\b"),
    # longer stretches
    ("period", _MONTH_WORDS, rf"\b(?:(?:early|late|mid|later)[\s-])?{MONTH},?(?:\sof|\sin|[-/])?[\s-]?(?:{YEAR}|(?<=of\s)\d\d)(?!\d|[.,]\d|-\d\d?-)(?!\w)"),
    ("period", _DIGIT, rf"\b(?:(?:{_DIGIT_YEAR})[-\s/](?:Q[1-4])|Q[1-4](?:[-\s/]|\sof\s|\sin\s)(?:{YEAR})|Q[1-4])\b"),
    ("period", frozenset(("quarter", "half")), rf"\b(?:the\s)?(?:first|second|third|fourth|last|final|1st|2nd|3rd|4th|next\syear's\sfirst)\s(?:fiscal\s)?(?:quarter|half)\s(?:of|in)\s(?:the\s(?:current\s)?(?:fiscal\s)?year|(?:this|last|next)\syear|(?:fiscal\s(?:year\s)?)?{YEAR})\b|\b(?:the\s)?(?:first|second|third|fourth|1st|2nd|3rd|4th)\s(?:fiscal\s)?quarter\b(?!\sof)"),
    ("period", frozenset(("quarter",)), r"\b(?:first|second|third|fourth)-quarter(?=\s[a-z])(?!\sof\b)"),
    ("period", frozenset(("half",)), r"(?<=\bin\s)the\s(?:first|second)\shalf(?=\s?(?:[.,;)]|\Z))"),
    ("period", _DIGIT, rf"\b(?:H[12](?:[\s-](?:of\s)?{_DIGIT_YEAR})?|(?-i:[12]H)\s?(?:{_DIGIT_YEAR}|\d\d))\b(?!-)"),
    ("season", _DIGIT, rf"(?<![\d/-]){_DIGIT_YEAR}[-/](?:0[1-9]|1[0-2]|1[3-9]|[2-9]\d)(?![\d/-]|\.\d)"),
    ("year", _DIGIT | {"end"}, rf"\b(?:end|mid|early|late)-{_DIGIT_YEAR}\b"),
    ("month", _MONTH_WORDS, r"(?<=[a-z]-)(?-i:May|March)(?![\w-])"),
    ("period", frozenset(("year", "month")), r"\b(?:year|month|quarter)-end\b"),
    ("period", _DIGIT, rf"\b(?:(?:the\s)?(?:first|second|third|fourth|last|final)[\s-](?:quarter|half)|Q[1-4])[\s-]?(?:of\s|in\s)?(?:the\s)?(?:FY\s?|fiscal\s(?:year\s)?)(?:{_DIGIT_YEAR}|\d\d)\b|\bFY\s?(?:{_DIGIT_YEAR}|\d\d)[\s-]?Q[1-4]\b|\b[1-4]Q\s?FY\s?(?:{_DIGIT_YEAR}|\d\d)\b"),
    ("period", _DIGIT, rf"\b(?:FY|CY|SY|fiscal(?:\syear)?|school\syear|calendar\syear)\s?(?:{_DIGIT_YEAR}|\d\d)\b"),
    ("period", _DIGIT, rf"(?<![\d-])(?:{_DIGIT_YEAR}-(?:0?[1-9]|1[0-2])|(?:0?[1-9]|1[0-2])-{_DIGIT_YEAR})(?![\d-])"),
    ("period", _SEASON_WORDS, rf"\b(?:{WHICH}\s|early\s|late\s|mid\s|the\s)?(?:{SEASON})(?:\s(?:of\s)?{YEAR})?\b(?!\s(?:Olympic|Games|roll|water|of\s[a-z])|-)"),
    ("period", _UNIT_WORDS, rf"\b(?:later|earlier|early|late|end)\s(?:in\s|of\s)?(?:this|next|last|the)\s{UNIT}\b|\bend\sof\s(?:year|month|week|quarter)\b"),
    ("period", _WHICH_WORDS, rf"\b{WHICH}\s(?:(?:few|several|couple(?:\sof)?)\s)?(?:{UNIT})s?\b(?!\s(?:end|old|and\sa\shalf|of\sa\scentury)|-|(?<=second)\s[a-z])"),
    ("period", _WHICH_WORDS, rf"\b{WHICH}\s{MONTH}(?!\w)"),
    ("period", _WHICH_WORDS, rf"\b{_COUNT}\s(?:coming|past|upcoming|previous|next|last|following)\s{UNIT}s\b"),
    ("period", _UNIT_WORDS, rf"\b(?:{_NTH}|last)\s(?:{UNIT}|{DAY})\s(?:of|in)\s(?:the\s)?(?:(?:{WHICH}\s)?(?:month|year|quarter)|{MONTH}(?:\s{YEAR})?|{YEAR})(?!\w)"),
    ("period", _UNIT_WORDS, rf"\b(?:the\s)?(?:first|last|final)\s{_COUNT}\s{UNIT}s?\sof\s(?:{YEAR}|{MONTH}(?:\s{YEAR})?|(?:this|last|next|the)\s(?:year|month))\b|\b(?:the\s)?first\s{_COUNT}\s(?:month|quarter)s\b(?!\sof)"),
    ("period", frozenset("beginning start end middle close turn remaining rest year eoy eom eod date".split()), rf"\b(?:beginning|start|end|middle|close|turn|remaining|rest)\sof\s(?:the\s|this\s|next\s|last\s)?(?:{UNIT}(?:\s{YEAR})?|{DAY}|{MONTH}(?:\s{YEAR})?|{YEAR})\b(?!(?<=\d)\s(?-i:Democrat|Republican|Olympi|Games|World|Paralympi|Presidential))|\bend\sof\s(?:tomorrow|today)\b|\byear[\s-]to[\s-]date\b|\bEO[YMD]\b|(?<!up\s)(?<!\bequals\s)\b(?:to|till)\sdate\b(?=\s?(?:\Z|[.,;?!)]))"),
    ("period", frozenset(("week", "weekend")), rf"\b(?:the\s)?week(?:end)?\s(?:of|beginning|starting)\s(?:on\s)?(?:the\s{_NTH}|{MONTH}\s{_DAY_NUMBER}|{HOLIDAY}(?:\s{YEAR})?)|\bweek\s\d{{1,2}}(?:\sof\s{YEAR})?\b"),
    ("period", _NUMBER_WORDS | _NTH_WORDS | frozenset("twenties thirties forties fifties sixties seventies eighties nineties".split()), rf"\b(?:(?:the\s)?(?:early|late|mid)[\s-])?(?:the\s)?(?:{_DIGIT_YEAR}s|(?:nineteen\s)?(?:twenties|thirties|forties|fifties|sixties|seventies|eighties|nineties)|'\d0s)\b|\b(?:the\s)?{_NTH}\s{{1,2}}century\b"),
    ("year", _NUMBER_WORDS, rf"\b(?:early|late|mid|mid-)[\s-]?(?:the\s)?{_DIGIT_YEAR}\b|\b(?:the\s)?year\s(?:of\s)?(?:{_DIGIT_YEAR}|{_WORD_YEAR})\b|\b{_YEAR_ALONE}\b(?=\s?(?:\Z|[.,;?!]))"),
    ("year", _DIGIT, r"(?:(?<=\bin\s)|(?<=\bof\s)|(?<=\bby\s)|(?<=\bsince\s)|(?<=\bfrom\s)|(?<=\bback\sto\s)|(?<=\d\d,\s)|(?<=\byear,\s))'\d\d\b(?![\w'%])"),
    ("digits", _DIGIT, rf"(?<![\w$€£¥.,/:-])(?<!-){_DIGIT_YEAR}(?![\w%:/]|[.,]\d)|(?<=\d[-~]){_DIGIT_YEAR}(?![\w%:/]|[.,]\d)"),
    ("bare", _DIGIT, r"(?<![\w$€£¥.,/:%-])\d{1,2}(?![\w%:/]|[.,]\d)|(?<=[a-z\s]\d[-~])\d{1,2}(?![\w%:/]|[.,]\d)|(?<=[a-z\s]\d\d[-~])\d{1,2}(?![\w%:/]|[.,]\d)"),
    ("month", _MONTH_WORDS, rf"\b(?:(?:early|late|mid)[\s-])?(?:{_MONTHS.replace(' march', '').replace(' ', '|')}|(?-i:{'|'.join(m.title() for m in _SHORT.split())})\b\.?)(?![\w'-](?!\s?(?-i:[A-Z])))"),
    ("month", frozenset("may march mar dec jan feb".split()), r"(?:(?<=\bin\s)|(?<=\bby\s)|(?<=\bsince\s)|(?<=\buntil\s)|(?<=\bfrom\s)|(?<=\bof\s)|(?<=\bbefore\s)|(?<=\bafter\s)|(?<=\bto\s)|(?<=\blate\s)|(?<=\bearly\s)|(?<=\band\s)|(?<=\bthrough\s)|(?<=\bduring\s))(?:(?-i:May|March|Mar\.?)|(?:dec|jan|feb)\b)(?![\w-])"),
)  # fmt: skip

# What the words before and after make of a stretch of time.
BEFORE = (
    r"(?:\b(?:before|after|until|till|prior\sto|(?:(?:no|not)\s)?(?:later|earlier|sooner)\sthan|as\s(?:early|late)\sas|"
    r"(?:starting|beginning)(?:\s(?:on|in|from))?|any\stime\sfrom|(?:year\s)?(?:greater|more|less)\sthan)\s(?:the\s)?(?:around\s|about\s)?|[<>]\s?=?\s?)\Z"
)
AFTER = r"\s(?:or|and)\s(?:later|after|before|earlier|onwards?|greater|beyond)\b(?!\s(?:than|my|the|it|\d|(?:19|20)\d\d))|\sonwards?\b"
FROM = r"(?:\b(?:from|between)\s(?:the\s)?)\Z"
TO = r"\s?(?:-{1,2}|~)\s?|-(?:to|through)-|\s(?:to|till|until|through|and|thru)\s(?:the\s)?(?:around\s)?"
# The zone of an hour may stand before the day: 14:30 EST on Jan. 3.
WITH = (
    rf"{ZONE},?[ \t](?:at|on|around|about|of|for|the|in)?\s?|\.?,\s?(?:at\s|on\s)?|\sof\sthe\s|-|\("
)
WITHIN = r"(?!)"
