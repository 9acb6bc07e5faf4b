"""Split a paragraph into sentences, in Chinese, English, or both at once.

One pattern finds every place where a sentence may end; a rule for its mark decides.
The rules look a few characters to each side only, so time grows with length.
"""

from __future__ import annotations

import re
from collections import deque
from typing import TYPE_CHECKING

from argmine.segmentation.language import HAN
from argmine.segmentation.patterns import CITATIONS

if TYPE_CHECKING:
    from collections.abc import Iterator

# Titles and the like never end a sentence.
_TITLES = frozenset(
    "mr mrs ms mx dr drs prof profs gen sen sens rep reps gov lt col sgt capt cmdr adm maj brig "
    "cpl det asst atty rev hon pres sec incl ca "
    "amb supt st mt ft messrs vs v viz cf e.g i.e approx dept est fig art al op ed eds "
    "jan feb mar apr jun jul aug sept sep oct nov dec no nos vol vols pp p ch chap chaps para figs govs rs reg".split()
)
# These end one only where a word that opens sentences follows.
_ABBREVIATIONS = frozenset(
    "u.s u.k u.n e.u u.s.a u.a.e d.c l.a n.y p.m a.m p.s inc corp co ltd llc plc bros "
    "jr sr etc ph.d m.d b.a m.a j.d r d ind assn ave blvd rd calif fla mass conn ill "
    "wash va md pa tex tenn ariz colo mich minn wis okla ore neb nev ala ark ga ky la "
    "mo mont miss n.c s.c n.d s.d n.j n.h n.m w.va ret intl natl govt seq".split()
)
_OPENERS = frozenset(
    "the a an this that these those it its he she they we you i his her their our my "
    "there here in on at by for from with without under over after before since until "
    "during while when where why how what who which as if though although because but "
    "and or so yet nor however moreover meanwhile still also then thus therefore "
    "instead according both each some many most all one no not to of such even only "
    "now today yesterday last next earlier later once despite among between".split()
)
# Words of the first list that are also ordinary words at the end of a sentence.
_ORDINARY = frozenset(
    ("no", "est", "art", "ed", "al", "mar", "dec", "ft", "sec", "reps", "profs", "ca")
)
_SHORT = _TITLES | _ABBREVIATIONS
# In small letters these are words: iron ore, critical mass.
_CAPITALISED = frozenset("ore mass ill ind art mar wash mo miss colo pa ga ky la md va".split())
_NUMBER_WORD = re.compile(r"(?:One|Two|Three)\b(?! of)|(?:[VX]|[IVX]{2,4})\b")
# "双方确认三点：1. 恢复对话；2. 暂停关税"
_ANNOUNCED = re.compile(r"[：；，]\s?\Z")
_REGISTER = re.compile(r"(?<=\d\s)(?:Fed\.\sReg\.|Stat\.\s\d)")
_NUMBERED = re.compile(
    r"(?:Section|Sec\.?|Article|Chapter|Part|Title|Finding|Recommendation|Figure|Step|Myth|Table|Lesson|Option|Note|Annex|Box|Question|Point|"
    r"Principle|Rule|Phase|Proposal|Conclusion)\s[\dIVX]{1,4}"
)
_INITIALS = re.compile(r"(?:[a-z]\.)*[a-z]")
# "A 2 p.m. Oval Office meeting": the hour is an adjective.
_HOURLY = re.compile(r"\b(?:a|an|the|The|A)\s\d{1,2}(?::\d\d)?\s?[ap]\.m\Z")

_CLOSERS = "\"'”’」』）)\\]】》〉»*"
_OPENING = "\"'“‘「『（(\\[【《〈«"
_END = re.compile(
    rf"(?P<mark>[。｡！？!?…．]+|\.+)(?P<close>(?:[{_CLOSERS}]|\s[”’」』])*)(?P<space>\s*)"
)
# A name of several words may follow anything but a comma; one word, or the Q of a
# question, only what ends a sentence: "told CNN: …", "Cambridge, MA: …" are no turns.
_TURN_WORD = r"(?!(?:[A-Z]\.){2}|(?:[A-Z]{1,2}[DS]?T|GMT|UTC|CEST)\b|TV\b|I{1,3}\b)[A-Z][A-Z.'’-]+"
_TURN = re.compile(
    # What has more words in capitals before it leads in a paragraph, and is no name.
    rf"(?<!\S)(?<!,\s)(?:(?<=M\.\s[A-Z]{{3}}\s)|(?<=M\.\s[A-Z]{{4}}\s)|(?<=[AP]M\s)|(?<=[AP]M\s[A-Z]{{3}}\s)"
    rf"|(?<![A-Z]{{4}}\s)(?<![’']S\s)(?<!\b[A-Z]{{3}}\s)(?<!\b[A-Z]{{2}}\s))(?:{_TURN_WORD} ){{1,5}}{_TURN_WORD}:\s"
    rf"|(?:(?<=[.?!…”\"—–)\]]\s)|(?<=--\s))(?:{_TURN_WORD}:\s|Q\s(?=[A-Z“\"—–]))"
)
_WORD_BEFORE = re.compile(r"[A-Za-zÀ-ÖØ-öø-ÿ0-9_.&'’-]+\Z")
_WORD_AFTER = re.compile(rf"[{_OPENING}]*([A-Za-z]+)")
# A pronoun with a capital begins anew: "Why?" They said, …
_SPEECH_EN = re.compile(
    r"(?!(?:He|She|They|We|You|And|But|So|Then)\b)(?:(?:[A-Z][\w.'’-]*\s+){1,4}(?:said|says|asked|asks|told|wrote|added|replied|"
    r"tweeted|warned|noted|declared|argued|shouted|exclaimed|insisted|laughed|responded|"
    r"recalled|explained|continued|concluded|joked|yelled|quipped|demanded)\b"
    # A longer name only where the sentence ends at once.
    r"|[A-Z][\w.'’-]*,?\s(?:[\w.'’-]+,?\s){0,9}(?:said|asked|wrote|added|replied|told\s[\w ]{1,20})(?:\s(?:on|in|at|to)\s[^.?!\n]{1,30})?\.(?:\s|\Z))"
)
# Only where the clause ends at once: "……。”他说。" goes on, "……。”他说，……" begins anew.
_SPEECH_ZH = re.compile(
    rf"\s?[{HAN}A-Za-z0-9·《》、（）()\- ]{{1,40}}?(?<![的是次个個])(?:说|說|表示|称|稱|指出|问|問|写道|寫道|强调|強調|认为|認為|"
    r"补充|補充|回应|回應|感叹|感嘆|坦言|解释|解釋|喊|答|反问|反問|抱怨|评论|評論|告诉[^。！？，]{1,10}|告訴[^。！？，]{1,10}|如是说|如是說|重申|断言|斷言|讽刺|諷刺|提到|痛批|批[评評]|留言|坦承|提醒|笑|叹|嘆|警告|呼吁|呼籲|(?<![被受遭做作自其])(?:介绍|介紹|透露|直言|感慨|调侃|調侃|反驳|反駁))"
    r"道?[。！？]"
)
# After a quotation that is a part of its sentence: “……？”为题, “……！”这样的话.
_WITHIN_ZH = re.compile(
    r"[，、；：,;的之等是和与與]|[为為](?:题|題|名|由|主题|主題|标题|標題|口号|口號)|成(?:为|為)|引(?:发|發|起|来|來)|[这這](?:一|个|個|句|样|樣|种|種|些|番)|一(?:文|书|書|语|語|词|詞|句|说|說|问|問|章|节|節)"
)
# After these a time of day goes on: 5 p.m. Eastern, 5 p.m. Sunday, 5 p.m. Beijing time.
_AFTER_CLOCK = re.compile(
    r"(?:[A-Z]{2,4}\b|Eastern|Pacific|Central|Mountain|Greenwich|(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day|"
    r"(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)[a-z]*\b\.?|(?:[A-Z][a-z]+ ){1,2}(?:[Tt]ime|[Ss]tandard)\b)"
)
# Where the page had a line break and the text lost it: the site's name that closes a
# headline, the dateline that opens a report, a capitalised function word in the middle
# of lower case.
_LOST_BREAK = re.compile(
    rf"(?P<site>(?<=[-–—])\s?(?:[{HAN}]{{2,6}}网|Xinhuanet|Xinhua|China ?News(?:\.com)?|"
    r"[A-Za-z]+\.(?:com|cn|net|org)))(?=\s?[" + HAN + r"A-Z“\"])"
    rf"|(?<=[^\s{_OPENING}，、：:])(?P<wire>\s?)(?=(?:新华社|中新社|中新网|中央社|法新社|路透社|"
    rf"美联社)[{HAN}]{{2,10}}\d{{1,2}}月\d{{1,2}}日电)"
    r"|(?<=[a-z])(?P<word>\s)(?=(?:According to|However,|But|We|It|They|He|She|This|"
    r"These|There|The|When|If|While|After|Since|Although|Please|You|Our) [a-z])"
)
# A capitalised word after one of these is a title or a name, not a new sentence.
_LEADING = frozenset(
    "a an the of in on at to for from by with and or but as is are was were that than "
    "about into over under like called titled named entitled read reads reading both "
    "series film movie book song show play novel magazine newspaper column article "
    "said says saying asked ask think thinks wrote say tell told".split()
)
_STOPS = ("。", "！", "？")
_CJK = re.compile(rf"[{HAN}\u3000-\u303f\uff00-\uffef“”‘’]")
_PLAIN = re.compile("[a-z]{5,}")
_LOOK = 32


def spans(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Yield the half-open spans of the sentences in ``text[start:end]``, trimmed."""
    begin = start
    for cut in _cuts(text, start, end):
        trimmed = _trim(text, begin, cut)
        if trimmed:
            yield trimmed
        begin = cut
    trimmed = _trim(text, begin, end)
    if trimmed:
        yield trimmed


def _cuts(text: str, start: int, end: int) -> Iterator[int]:
    """Yield, in order, the offsets after which a new sentence begins."""
    unmarked = deque(_unmarked(text, start, end))
    begin = start
    opens = _opening_quotes(text, start, end)
    for match in _END.finditer(text, start, end):
        while unmarked and unmarked[0] < match.end():
            begin = unmarked.popleft()
            yield begin
        if match.end("mark") in opens and match["mark"][-1] in "。！？":
            begin = match.end("mark")
            yield begin
        elif match.end() < end and _ends(text, match, begin):
            begin = match.end() + _closing_mistake(text, match.end(), begin)
            yield begin
    yield from unmarked


def _opening_quotes(text: str, start: int, end: int) -> frozenset[int]:
    """Return where straight quotes open, told by their number; none if one is left over.

    In Chinese no space tells the quote that opens a sentence from the one that closes the last.
    """
    number = text.count('"', start, end)
    if number == 0 or number % 2:
        return frozenset()
    places = (match.start() for match in re.finditer('"', text[start:end]))
    return frozenset(start + place for order, place in enumerate(places) if order % 2 == 0)


def _unmarked(text: str, start: int, end: int) -> list[int]:
    """Return where a sentence begins though no mark ends the one before it."""
    # Most paragraphs are no dialogue, and finding a mark is cheaper than names.
    spoken = any(text.find(mark, start, end) >= 0 for mark in (":", "Q "))
    turns = (match.start() for match in _TURN.finditer(text, start, end)) if spoken else ()
    cuts = [turn for turn in turns if turn > start]
    cuts += [
        match.end()
        for match in _LOST_BREAK.finditer(text, start + 1, end)
        if match["word"] is None or _lower_prose(text, match.start())
    ]
    return sorted(cuts)


def _lower_prose(text: str, at: int) -> bool:
    """Say whether the word that ends at ``at`` is a plain one, fit to end a sentence."""
    found = _WORD_BEFORE.search(text, max(0, at - _LOOK), at)
    return (
        found is not None and len(found[0]) > 2 and found[0].islower() and found[0] not in _LEADING
    )


def _closing_mistake(text: str, at: int, begin: int) -> int:
    """Return 1 if the opening quote at ``at`` was typed for a closing one, else 0."""
    if text[at] != "“" or at + 1 >= len(text):
        return 0
    sentence = text[max(begin, at - 10 * _LOOK) : at]
    return int(sentence.rfind("“") > sentence.rfind("”"))


def _trim(text: str, start: int, end: int) -> tuple[int, int] | None:
    while start < end and (text[start].isspace() or text[start] == "\ufeff"):
        start += 1
    while end > start and (text[end - 1].isspace() or text[end - 1] == "\ufeff"):
        end -= 1
    return (start, end) if end > start else None


def _ends(text: str, match: re.Match[str], begin: int) -> bool:
    """Say whether a sentence that began at ``begin`` ends with this match."""
    mark = match["mark"]
    if any(c in "。｡！？" for c in mark):
        return _ends_full_width(text, match)
    if mark[0] == "…" or mark.startswith(".."):
        return _ends_ellipsis(text, match)
    if mark[0] in "!?":
        return _ends_exclaimed(text, match)
    return _ends_stop(text, match, begin)


def _ends_full_width(text: str, match: re.Match[str]) -> bool:
    following = text[match.end() : match.end() + _LOOK]
    close = match["close"]
    if not close:
        return following[:1] not in tuple("，、；：,;")
    if "》" in close or "〉" in close or following[:1] in _STOPS:
        return False  # "（不可能。）。": the mark behind the bracket ends it
    if following[:1].islower():
        return False  # 她写道“卷不动了！” and went viral
    if _WITHIN_ZH.match(following):
        return False
    return not _SPEECH_ZH.match(following)


def _ends_ellipsis(text: str, match: re.Match[str]) -> bool:
    following = text[match.end()]
    if _CJK.match(following):
        return bool(match["close"]) and _ends_full_width(text, match)
    return bool(match["space"]) and not following.islower()


def _ends_exclaimed(text: str, match: re.Match[str]) -> bool:
    following = text[match.end()]
    if _CJK.match(following) or (not match["space"] and _CJK.match(text, match.start() - 1)):
        return _ends_full_width(text, match)
    if not match["space"] or following.islower() or following in ",;:)—–-":
        return False
    return not (match["close"] and _SPEECH_EN.match(text[match.end() : match.end() + 4 * _LOOK]))


def _ends_stop(text: str, match: re.Match[str], begin: int) -> bool:
    """Decide a single full stop, the one mark with many other uses."""
    at = match.start()
    following = text[match.end()]
    before = text[at - 1] if at > begin else ""
    if following in ",;:)，、；：.":
        return False
    if not match["space"]:
        return _ends_tight(text, match, before, following)
    found = _WORD_BEFORE.search(text, max(begin, at - _LOOK), at)
    if found is None:
        dots = text[max(begin, at - 2) : at] in (". ", " .")
        return not (dots and following.islower())  # ". . . that we"
    word = found[0].strip("'’-")
    if _NUMBERED.fullmatch(text, begin, at) or _REGISTER.match(
        text, found.start(), match.end() + 4
    ):
        return False  # "Section 1. Background.", "90 Fed. Reg. 15041"
    opens = found.start() == begin or _ANNOUNCED.search(
        text, max(begin, found.start() - 2), found.start()
    )
    if opens and re.fullmatch(r"\d{1,2}|[A-Z]|[IVX]{1,4}", word):
        return False  # "1. First item", "Q. Why?": it opens the sentence it numbers.
    if following.islower():
        # "prices. fully": careless, but a long plain word is no abbreviation.
        return _PLAIN.fullmatch(word) is not None and word not in _TITLES
    return _ends_word(word, text, match)


def _ends_tight(text: str, match: re.Match[str], before: str, following: str) -> bool:
    """Decide a full stop that no space follows: a decimal, a domain, a slip."""
    if before.isdigit() and following.isdigit() and not match["close"]:
        return False  # １０．４％
    if _CJK.match(before) and not following.isascii():
        return True
    if match["close"] and following.isupper():
        return True
    # "Apple Inc.的股价", "英伟达（Nvidia Corp.）上涨", "The U.S.[2] economy".
    found = _WORD_BEFORE.search(text, max(0, match.start() - _LOOK), match.start())
    word = found[0].lower() if found else ""
    short = word in _SHORT or _INITIALS.fullmatch(word) is not None
    if marks := CITATIONS.match(text, match.end()):
        return not short and not text[marks.end() : marks.end() + 2].strip().islower()
    if _CJK.match(following):
        figure = before.isdigit() or match["mark"] == "．"
        spoken = match["close"] and _SPEECH_ZH.match(text, match.end())
        return not short and not spoken and (bool(match["close"]) or not figure)
    # "trade.The": the space was lost; "v1.Foo" and "Amazon.Com" are left alone.
    opener = _WORD_AFTER.match(text, match.end())
    left = text[max(0, match.start() - 3) : match.start()]
    return (
        left.isalpha()
        and left.islower()
        and opener is not None
        and opener[1].istitle()
        and opener[1].lower() in _OPENERS
    )


def _ends_word(whole: str, text: str, match: re.Match[str]) -> bool:
    """Decide a full stop by the word that it follows."""
    following = text[match.end()]
    written = whole.rpartition("-")[2]
    word = written.lower()
    if written != whole and word in _TITLES and (written.isupper() or written.islower()):
        return True  # "CAFTA-DR.", "Sun Yat-sen."
    if written == "No" and _NUMBER_WORD.match(text, match.end()):
        return False  # "the No. One buyer"
    known = word in _SHORT or re.fullmatch(r"(?:[a-z]\.)+[a-z]", word)
    if known and following in '([“‘"（' and text[match.end() + 1 : match.end() + 2].islower():
        return False  # "Apple Inc. (the iPhone maker) fell"
    if (match["close"] and not known) or _is_ordinary(written, following):
        return True
    if word in _TITLES:
        return _ends_title(word, following, text, match.end())
    initial = len(word) == 1 and word.isalpha()
    if word in ("a.m", "p.m"):
        hourly = _HOURLY.search(text, max(0, match.start() - _LOOK), match.start())
        return not (hourly or following.isdigit() or _AFTER_CLOCK.match(text, match.end()))
    if word in _ABBREVIATIONS or initial or re.fullmatch(r"(?:[a-z]\.)+[a-z]", word):
        if word == "i":
            return True
        opener = _WORD_AFTER.match(text, match.end())
        return (
            opener is not None
            and opener[1].lower() in _OPENERS
            and (not initial or len(opener[1]) > 1)
        )
    return True


def _is_ordinary(written: str, following: str) -> bool:
    """Tell iron ore. and CAFTA-DR. from Ore. and Dr., no. before a word from No. 5."""
    word = written.lower()
    if following.isdigit():
        return False
    if word in ("no", "nos", "etc"):
        return following.isupper() and (written.islower() or written == "No")
    return word in _CAPITALISED and written.islower()


def _ends_title(word: str, following: str, text: str, at: int) -> bool:
    if following.isdigit():
        return False
    if word in _ORDINARY:
        opener = _WORD_AFTER.match(text, at)
        return opener is not None and opener[1].lower() in _OPENERS
    return False
