"""The thing a figure measures in English: "jets" in 60 jets, "exports" in "exports fell 18%".

The words that end a phrase are closed classes and the verbs of change and state that news
uses.  All text here is folded.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from argmine.figures.context import ADJECTIVES

if TYPE_CHECKING:
    from argmine.figures.token import Token

_COUNTS = ("count", "quantity", "number")
_LOOK = 90
_STOP = (
    "and or but that which who in on at to for by from with as after before since than while when is are was were "
    "has have had will would could may might can last next earlier over of the a an this its their it he she they "
    "amid despite because through without under during within until due thanks following "
    "more less if so far ago per each every into between against not only also all about up down away apart across instead"
).split()
_STOPS = frozenset(_STOP)
_VERB = (
    r"(?:ro?se|risen|rises?|rising|f[ae]ll(?:en|s)?|falling|climb\w*|gr[eo]w(?:s|n|ing)?|gain\w*|jump\w*|increas\w+|surg\w+|soar\w*|"
    r"expand\w*|add(?:s|ed|ing)|edg(?:ed|es|ing)|advanc\w+|rebound\w*|dropp?\w*|declin\w+|decreas\w+|sli(?:d|ps|pped|pping)|"
    r"plung\w+|tumbl\w+|shr[aiu]nk\w*|los[et]\w*|cuts?|cutting|reduc\w+|slump\w*|explod(?:ed|es)|balloon(?:ed|s)|skyrocket\w*|plummet\w*|crashed|collaps(?:ed|es)|sank|ticked|inched|swung|eased|dipped|spiked|rallied|swelled|strengthened|weakened|shed|lower(?:ed|s|ing)|contract(?:ed|s)|trimm\w+|slash\w+|"
    r"lift(?:ed|s)|rais(?:ed|es|ing)|doubl(?:ed|es|ing)|tripl\w+|quadrupl\w+|halv\w+|narrow(?:ed|s)|widen(?:ed|s)|slow(?:ed|s)|"
    r"accelerat\w+|extend(?:ed|s)|trad(?:ed|es|ing)|settl\w+|st(?:ood|ands)|reach\w*|hit|hits|total(?:l?ed|s)|costs?|"
    r"came|comes|amount(?:ed|s)|averag(?:ed|es)|leap(?:t|ed|s)?|vault(?:ed|s)|improv(?:ed|es)|pared|account(?:ed|s)?|represent\w*|equal(?:s|led)|exceed\w*|topp(?:ed|s)|"
    r"is|are|was|were|be|been|has|have|had|makes?|made|lev(?:ied|ies|y)|impos\w+|charg\w+|pa(?:id|ys?)|sp[ae]n[dt]s?|"
    r"closed|opened|ended|remain\w*|revis\w+|pegg\w+|valued|priced|worth|set\saside|pledg\w+|invest(?:ed|s))"
)
_AUXILIARY = r"(?:(?:could|would|will|may|might|should|can|must|did|does|do|has|have|had|is|are|was|were|to|not|also|already|still|then|now)\s){0,3}"
_CLAUSE = re.compile(
    rf"(?i:(?<![\w'-])(?P<subject>(?:[^.,;:!?()]|[.,](?=\d)|(?-i:\.(?=[A-Z]\.)|(?<=\.[A-Z])\.)){{2,70}}?)\s{_AUXILIARY}\b{_VERB}\b"
    # "Labor costs rose": of two words that may be verbs the second is one.
    r"(?!\s(?:rose|fell|hit|reached|climbed|jumped|dropped|surged|totall?ed|were|are|have|had|will|would|could|grew|came|stood)\b)"
    r"(?P<object>(?:[^.;:!?()]|\.(?=\d)){0,50}))\Z"
)
_OBJECT = re.compile(
    r"(?i:\s(?:(?P<the>its|the|their|his|her|our|a|an)\s)?(?P<noun>[A-Za-z][\w'-]{0,30}(?:\s[A-Za-z][\w'-]{0,30}){0,3}?)"
    r"(?:\s(?:on|in|for|against)\s(?:[\w'.-]{1,20}\s){1,4}?(?=by|to|from)|\s)(?:by|to|from|of|at|with)\s.{0,20})\Z"
)
# "Is expected to grow", "will be lowered from": a participle is no object.
_PARTICIPLE = re.compile(
    r"(?:\S{2,}ed|\S+fold|forecast|set|likely|due|slated|known|seen|sent|held|kept|put|cut|short|ahead)\Z",
    re.IGNORECASE,
)
_OF = re.compile(
    r"(?i:(?<![\w'-])(?P<noun>(?:[A-Za-z][\w'-]{0,30}\s){0,3}?(?!(?:total|maximum|minimum|average|high|low|record|rise|drop|fall|decline|increase|decrease|jump|plunge|slump|surge|sum|excess|each|all|one|"
    r"some|most|many|half|rate|pace|number|instead|because|out|top|course|short|ahead|north|south|east|west|made|consists|outside|inside|is|are|was|were)\b)[A-Za-z][\w'-]{1,30})\sof\s"
    r"(?:(?:about|around|nearly|almost|some|up\sto|at\sleast|more\sthan|less\sthan|over|between|just|only|roughly|a|an)\s){0,2})\Z"
)
_GOODS = re.compile(
    r"\s(?P<noun>(?:[A-Za-z][\w-]{1,20}\s){0,3}?(?:tariffs?|duty|duties|tax|taxes|levy|levies|stake|share|discount|premium|surcharge|"
    r"fees?|majority|plan|deal|package|fund|budget|surplus|deficit|loan|contract|fine|loss|profit|subsid(?:y|ies))\b)"
)
_CHANGE_IN = re.compile(
    r"\s(?:increase|rise|jump|gain|surge|hike|growth|drop|decline|fall|decrease|reduction|plunge|slump|cut)s?\s(?:in|of|on|to)\s"
    r"(?:the\s|its\s|their\s|all\s)?(?P<noun>(?:[A-Za-z][\w'-]{0,30}\s){0,2}[A-Za-z][\w'-]{0,30})"
)
# "In May", "on Thursday", "in the second quarter" say when, "in Hong Kong" where.
_WHEN = re.compile(
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
    "missed survived put given intended happened deployed fear worry hope agree disagree make take leave live die vote attend face need beat cross protest gather sign join".split()
)
_NUMBER_OF = re.compile(r"(?i:(?:total\s|average\s)?number\sof\s)")
_BOUND = re.compile(r"\s(?:more\sthan|less\sthan|nearly|almost|about)\s?\Z")
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
_SPLIT = re.compile(
    # The dots of "U.S. Steel" end nothing.
    rf"(?:(?<!\.[A-Z])\.|[;:!?])(?:\s|\Z)|(?:{_AFTER_US})\.\s(?=[A-Z])|,\s|\s(?:and|but|while|that|which|who|as|when|if|unless|because)\s"
)
_WORDS = r"(?:[A-Za-z][\w'-]{0,30}\s){0,2}[A-Za-z][\w'-]{0,30}"
# "U.S." is a word of a noun; what follows it with a capital may begin a sentence, but for a count.
_NOUN = r"(?P<noun>(?:(?:[A-Z]\.){2,4}\s)?(?:[A-Za-z\d][\w'-]{0,30}\s){0,2}[A-Za-z\d][\w'-]{0,30})"
_DIRECT = re.compile(
    rf"[\s-](?:(?:more|new|additional|plus|{ADJECTIVES})\s)?(?:of\s(?:the\s|its\s|their\s)?)?{_NOUN}"
)
_CHANGES = "rise|drop|fall|decline|increase|decrease|gain|jump|surge|plunge|slump|dip|reduction|contraction|rebound"
_A_CHANGE = re.compile(rf"(?:{_CHANGES})s?\b(?!\s[a-z]{{2,14}}s\b)")
_OF_A_CHANGE = re.compile(
    rf"(?i:\s(?:an?|another)\s(?:[a-z-]{{1,16}}\s)?(?:{_CHANGES})\sof\s(?:(?:about|nearly|around|over)\s)?\Z)"
)
_HYPHENED = re.compile(
    r"-(?:(?P<how>strong|magnitude|wide|long|high|tall|deep|mile-wide|foot-long)|(?P<noun>(?!(?:to|by|and|or|an|plus|points?|year|half)\b)[a-z]{2,14}))\b"
)
_LINKED = re.compile(
    r"\s(?:of|worth\sof|in|on)\s(?:the\s|its\s|their\s|all\s|it\s)?"
    rf"(?P<noun>(?:[A-Z]\.){{2,4}}(?:\s(?=[a-z]){_WORDS})?|{_WORDS})"
)
_ATTRIBUTE = re.compile(r"(?i:\b(?:an?|the|its|their|his|her|this|new|another|with)\s)\Z")
# The deaths of "25 deaths per 1,000 live births".
_PER_SO_MANY = re.compile(
    r"\s(?P<noun>[a-z]{3,14})\s(?:per|for\severy|out\sof\severy)\s(?=\d|(?:a\s)?(?:thousand|million)\b)"
)
_OF_SO_MANY = re.compile(r"\s(?:in|out of|of)\s")


def place(text: str, token: Token) -> tuple[int, int] | None:
    """Return the span of the thing measured, None if the clause does not name it."""
    start, type_ = token.start, token.type
    if type_ == "age":
        named = _NAMED_AGE.search(text, max(0, start - _LOOK), start)
        return named.span("noun") if named else None
    counted = _PER_SO_MANY.match(text, token.core_end, token.end)
    if counted:
        return counted.span("noun")
    if type_ == "fraction" and _OF_SO_MANY.search(text[start : token.end]):
        type_ = "count"
    if type_ == "multiple" and _MULTIPLIED.fullmatch(text[start : token.end]):
        return _multiplied(text, start, token.end)
    return _behind(text, start, token.end, type_) or _before(text, start)


def _multiplied(text: str, start: int, end: int) -> tuple[int, int] | None:
    """Return what doubled, or what somebody doubled."""
    owned = _OWNED.match(text, end)
    found = _DIRECT.match(text, owned.end() - 1 if owned else end)
    doubled = _kept(found) if found else None
    if doubled:
        return doubled
    begin = _clause_start(text, start)
    helping = _HELPING.search(text, begin, start)
    return _phrase(text, begin, helping.start() if helping else start)


def _behind(text: str, start: int, end: int, type_: str) -> tuple[int, int] | None:
    changed = _CHANGE_IN.match(text, end)
    if changed and not _says_when(changed):
        return _kept(changed)
    linked = type_ not in _COUNTS
    goods = _GOODS.match(text, end) if linked else None
    if goods and not set(goods["noun"].lower().split()) & _STOPS:
        return goods.span("noun")
    if linked and _ATTRIBUTE.search(text, max(0, start - 7), start):
        linked = False
    found = (_LINKED if linked else _DIRECT).match(text, end)
    if found is None or (linked and _says_when(found)) or _A_CHANGE.match(found["noun"]):
        return None
    hyphened = _HYPHENED.match(text, end)
    if hyphened:
        return _compound(text, hyphened)
    return _kept(found)


def _compound(text: str, found: re.Match[str]) -> tuple[int, int] | None:
    """Return the pages of a 32-page report, and the quake of a 7.6-magnitude quake."""
    if found["how"] is None:
        return found.span("noun")
    following = _DIRECT.match(text, found.end())
    return _kept(following) if following else None


def _says_when(found: re.Match[str]) -> bool:
    """Say whether what is linked by "in" or "on" is a time or a place."""
    words = found[0][: found.start("noun") - found.start()].split()
    link = next(word for word in reversed(words) if word in ("in", "on", "of", "to", "worth"))
    place = link == "in" and found["noun"][0].isupper()
    return link != "of" and (place or _WHEN.match(found["noun"]) is not None)


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
        verb = kept and (re.fullmatch(_VERB, word[0]) or written in _ENDS_NOUN)
        if other or verb or (plural and written.endswith(("ed", "ing"))):
            break
        kept = word.end()
        plural = word[0].endswith("s") or written == "people"
    return (begin, begin + kept) if kept and not found["noun"][:kept].isdigit() else None


def _before(text: str, start: int) -> tuple[int, int] | None:
    changed = _OF_A_CHANGE.search(text, max(0, start - _LOOK), start)
    if changed:
        start = changed.start()  # shipments, after a drop of 1.7%
    begin = _clause_start(text, start)
    owned = _OF.search(text, begin, start)
    if owned:
        return _owner(owned)
    clause = _CLAUSE.search(text, begin, start)
    if clause is None:
        return None
    # "Cut rates by 25 basis points": the object is measured, not who cuts.
    found = _OBJECT.match(text, clause.start("object"), start)
    if found and not (
        set(found["noun"].lower().split()) & _STOPS
        or (found["the"] is None and _PARTICIPLE.search(found["noun"]))
    ):
        return found.span("noun")
    return _phrase(text, *clause.span("subject"))


def _clause_start(text: str, start: int) -> int:
    """Return where the clause of a figure begins, as far as one looks back."""
    begin = max(0, start - _LOOK)
    while 0 < begin < start and text[begin - 1].isalnum():
        begin += 1  # no phrase begins within a word
    for cut in _SPLIT.finditer(text, begin, max(begin, start - 1)):
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
        verb = re.fullmatch(_VERB, written) or written.endswith(("ed", "ly"))
        if stop or (verb and not opened):
            begin, opened = found.start("noun") + word.end() + 1, True
    return begin, end


def _phrase(text: str, start: int, end: int) -> tuple[int, int] | None:
    """Cut a subject down to its head: no determiner, no "of …"."""
    while start < end and text[start] == " ":
        start += 1
    adjunct = _ADJUNCT.match(text, start, end)
    if adjunct and adjunct.end() < end:
        start = adjunct.end()
    opening = _DETERMINER.match(text[start:end])
    if opening:
        start += opening.end()
    bound = _BOUND.search(text, start, end)
    if bound:
        end = bound.start()  # net profit more than doubled to
    tail = _PREPOSITION.search(text, start, end)
    if tail and tail.start() > start:
        if _NUMBER_OF.fullmatch(text, start, tail.end()):
            return _phrase(text, tail.end(), end)  # the number of Chinese students
        head = text.rfind(" ", start, tail.start()) + 1 or start
        named = _NAMED_OF.match(text, max(head, start), end)
        end = named.end() if named else tail.start()
    while end > start and text[end - 1] in " ,-–—":
        end -= 1
    words = text[start:end].split()
    if not words or (len(words) == 1 and words[0].lower() in _STOPS):
        return None
    return start, end
