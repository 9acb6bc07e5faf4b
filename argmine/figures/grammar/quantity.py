"""Numbers with what makes them figures: the middle of the grammar.

A numeral is found first; then its neighbours are read, to the left for a sign ("$",
零下), to the right for a scale, a unit and a rate.  All text here is folded.
"""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from argmine.figures import numerals
from argmine.figures.grammar.rates import with_rate
from argmine.figures.grammar.scales import with_scale
from argmine.figures.grammar.signs import signed
from argmine.figures.grammar.units import with_unit
from argmine.figures.tables import TABLES, Unit
from argmine.figures.token import Token, stands_alone

if TYPE_CHECKING:
    from argmine.figures.numerals import Numeral

_PLURAL = re.compile(
    r"\s(?:(?:[a-z]+(?:-[a-z]+)*|[A-Z][A-Za-z.]+(?:-[a-z]+)?|\x00{2,12})\s){0,2}(?:[a-z]+s|people|men|women|children|aircraft|"
    r"personnel|staff|troops|police)\b"
    r"|\s(?:American|Democrat|Republican|Canadian|Russian|Ukrainian|Israeli|Palestinian|Korean|European|African|Mexican|"
    r"Indian|Iranian|Syrian|Afghan|Muslim|Christian|Uyghur|Uighur|Tibetan|Marine|Houthi|Venezuelan|Cuban|Haitian|German|"
    r"Australian|Filipino|Briton|Jew)s\b|\s(?:Chinese|Japanese|Taiwanese|Vietnamese|Rohingya)\b"
)
_COMPOUND = re.compile(r"-(?:member|page|person|people|nation|country|seat|vehicle|ship|strong)\b")
_OF_THEM = re.compile(r"\sof\s(?:the|its|their|his|her|our|these|those|them|\d{1,4})\b")
_AGE_AFTER_NAME = re.compile(
    r"(?:[A-Z][a-z'-]+|\b(?:man|woman|boy|girl|mayor|suspect|victim|teacher|student|worker|farmer|driver|official|officer|lawyer|professor|engineer|"
    r"father|mother|son|daughter|husband|wife|resident|retiree|owner|executive|minister|senator|president|leader|analyst|scientist|researcher|"
    r"journalist|activist|singer|actor|actress|player|soldier|veteran|businessman|entrepreneur|billionaire|founder|CEO)),\s\Z"
)
_AGED = re.compile(
    r"(?i:\b(?:aged?(?:\sbetween)?|ages(?:\sof)?|age\sof|turned|turns|(?:died|dies|retire[ds]?|retiring)\sat|(?:retirement|minimum|maximum|legal|median|average|mean|voting|drinking|pension)\sage\s(?:(?:is|was|of|to|at)|(?:[a-z]+\s){0,3}(?:from|to)(?:\s\d\d(?:\.\d)?\sto)?)|aged\s\d{1,2}(?:,\s\d{1,2}){0,3},?\s(?:and|or)|aged(?:\s\d{1,2},){1,3}|"
    r"(?:those|people|adults|children|kids|men|women|residents|voters|citizens|patients|anyone)\s(?:aged\s)?"
    r"(?:over|under|above|below|older\sthan|younger\sthan)))\s\Z"
)
_AVERAGE = re.compile(r"(?i:\b(?:median|average|mean)\sage\s(?:is|was|of|to)\s)\Z")
_GROUP = re.compile(
    r"(?i:\b(?:those|people|adults|children|kids|men|women|residents|voters|citizens|patients|anyone|americans|workers)"
    r"(?:\saged?)?)\s\Z"
)
# "At 72, Mr Xi …"
_AT = re.compile(r"(?:\A|[.;!?]\s|\n)At\s\Z")
_WHO = re.compile(r",\s(?:he|she|M(?:r|s|rs)\.?)\s")
_GROWN = 16
_OLDER = re.compile(r"\s(?:and|or)\s(?:older|younger|over|under|above|up)\b")
_ORDINAL = re.compile(r"(?:st|nd|rd|th)\b|<sup>(?:st|nd|rd|th)</sup>")
_SUPERLATIVE = re.compile(r"-(?:[a-z]+est|most|ranked|placed)\b")
# GDP3.5万亿, PMI49.7: what the veto has left is a figure behind its name.
_ACRONYM = re.compile(r"(?<![A-Za-z])[A-Z]{2,8}\Z")
_HYPHENED = re.compile(r"[A-Za-z]-\Z")
_PLUS = re.compile(r"\+(?=\s[A-Za-z]|\s?%|(?:[bm]n|tn|[bmk])\b)")  # 3+ years, 50+%, $30+bn
_LETTER = re.compile(r"[A-Za-z]")
# A five-to-ten percent rise; a six-to-three decision has no figure.
_RANGED = (
    r"[\s-](?:per\s?cent|percentage|points?|thousand|million|billion|trillion|dollars?|(?:business\s)?(?:year|month|week|day|hour|minute)s?"
    r"|miles?|feet|foot|tons?|tonnes?)\b"
)
_TO_NUMBER = re.compile(rf"-to-[a-z]{{3,9}}(?:-[a-z]{{3,5}})?{_RANGED}")
_OF_RANGE = re.compile(_RANGED)
_GOES_ON = re.compile(r"-plus\b|-[A-Z]{0,3}[$€£¥]|-(?:an?|per)-[a-z]|-(?:strong|member|person)\b")
_SHARE_OF = re.compile(r"\s(?:of|the|an?|its|their|his|her|our|that|all|as|people|those)\b")
_SAID = re.compile(r"(?i:\b(?:than|about|nearly|almost|over|by|only|roughly|in|at\sleast))\s\Z")
_PLACES = {
    "third": 3.0,
    "fourth": 4.0,
    "fifth": 5.0,
    "sixth": 6.0,
    "seventh": 7.0,
    "eighth": 8.0,
    "ninth": 9.0,
    "tenth": 10.0,
}
_THIRD = re.compile(rf"an?\s(?:{'|'.join(_PLACES)})")
_PLACED = re.compile(
    r"\s(?!(?:of|as|in|at|more|less|fewer|to|the|from|by|and|or|when|since|last|this|that|compared|higher|lower|are|is|was|were|have|has|had|said|say|who|which|on|for|with|during|over|after|before|than|will|would|believe|think|above|below|away|off|do|did|does|don|plan(?=\sto)|oppose|favou?r|voted|saw|expect|want|know|say|"
    r"went|came|fell|rose|cheaper|larger|smaller|bigger|shorter|longer|again|each|could|can|may|must|might)\b)[a-z]"
)
_LOOK = 24
_LOOK_FOR_AGE = 48


def find(text: str, *, chinese: bool) -> list[Token]:
    """Return the numbers of folded text, each with its unit."""
    tokens: list[Token] = []
    read = 0
    for numeral in numerals.scan(text):
        # The scale of "2m barrels" was read with its number.
        if numeral.start < read:
            continue
        token = _token(text, numeral, tokens[-1] if tokens else None, chinese=chinese)
        if token is not None:
            tokens.append(token)
            read = token.end
    return tokens


def _token(text: str, numeral: Numeral, previous: Token | None, *, chinese: bool) -> Token | None:
    if _inside_word(text, numeral):
        return None
    token = Token(
        numeral.start,
        numeral.end,
        numeral.start,
        numeral.end,
        "fraction" if numeral.fraction else "number",
        value=numeral.value,
        low=numeral.low,
        high=numeral.high,
        more=numeral.more,
        vague=numeral.vague,
        scale=numeral.scale,
        plain=numeral.script == "digits",
        fraction=numeral.fraction,
    )
    if numeral.ordinal:
        compound = text[numeral.end : numeral.end + 1] == "-"
        named = compound and not _SUPERLATIVE.match(text, numeral.end)
        return None if named else replace(token, type="ordinal")
    if text[max(0, token.start - 1) : token.start] == "第" and token.value is not None:
        return replace(token, type="ordinal", start=token.start - 1)
    token = signed(text, token, previous, chinese=chinese)
    plus = _PLUS.match(text, token.end) if token.plain else None
    if plus:
        token = replace(token, end=plus.end(), bound="more_than")
    token = with_scale(text, token)
    token = with_unit(text, token, previous)
    token = with_rate(text, token)
    if plus:
        token = replace(token, low=token.value)
    if token.plain and token.unit is None and token.scale == 1.0:
        ordinal = _ORDINAL.match(text, token.end)
        if ordinal:
            return replace(token, end=ordinal.end(), type="ordinal")
        if _LETTER.match(text, token.end):
            return None
    return _typed(text, token)


def _inside_word(text: str, numeral: Numeral) -> bool:
    """Say whether digits are part of a name or code (B52, 3D), words of a compound."""
    start, end = numeral.start, numeral.end
    if numeral.script == "words":
        following = text[end : end + 2]
        compound = (
            following[:1] == "-"
            and following[1:].isalpha()
            and not _GOES_ON.match(text, end)
            and not _TO_NUMBER.match(text, end)
        )
        ranged = text[start].isdigit() or _OF_RANGE.match(text, end)  # $10-to-15 billion
        upper = ranged and text[max(0, start - 4) : start] == "-to-"
        hyphened = not upper and _HYPHENED.search(text, max(0, start - 2), start)
        return bool(hyphened) or (
            compound and TABLES.after(text, end) is None and not numeral.ordinal
        )
    left = text[max(0, start - 2) : start]
    if left and left[-1].isascii() and (left[-1].isalpha() or left[-1] in "_#@"):
        named = _ACRONYM.search(text, max(0, start - 8), start) and not _LETTER.match(text, end)
        return TABLES.before(text, start) is None and not named
    if len(left) == 2 and left[-1] in "/.," and (left[0].isdigit() or left[0] == "\x00"):
        return True
    after = text[end : end + 2]
    return after[:1] == "/" and after[1:2].isdigit()


def _typed(text: str, token: Token) -> Token | None:
    if token.unit is not None:
        type_ = token.unit.type
        if type_ == "multiple" and token.per:
            type_ = "frequency"
        return replace(token, type=type_)
    if token.counter is not None:
        return replace(token, type="count")
    if token.fraction:
        return _share(text, token)
    before = text[max(0, token.start - _LOOK_FOR_AGE) : token.start]
    whole = token.value is not None and token.value.is_integer()
    if (whole or _AVERAGE.search(before)) and 1 <= (token.value or 0) <= 120:
        aged = _AGED.search(before)
        listed = _AGE_AFTER_NAME.search(before) and text[token.end : token.end + 1] in tuple(",.;)")
        grouped = _GROUP.search(before) and _OLDER.match(text, token.end)
        person = _AT.search(before) and _WHO.match(text, token.end) and whole
        if aged or listed or grouped or (person and (token.value or 0) >= _GROWN):
            return replace(token, type="age", unit=Unit("age", "age"))
    if (
        token.value is None
        or _COMPOUND.match(text, token.end)
        or (
            whole
            and (
                _OF_THEM.match(text, token.end) or _PLURAL.match(text, token.end) or not token.plain
            )
        )
    ):
        return replace(token, type="count")
    return token


def _share(text: str, token: Token) -> Token | None:
    """Keep "half" and "a third" where they are shares, not the second half or a third term."""
    written = text[token.core_start : token.core_end].lower()
    if written in ("quarter", "quarters", "halves", "half-"):
        return None
    if written == "half":
        alone = stands_alone(text, token.start, token.end)
        said = bool(_SAID.search(text, max(0, token.start - 16), token.start))
        return token if alone or said or _SHARE_OF.match(text, token.end) else None
    if _THIRD.fullmatch(written) and _PLACED.match(text, token.end):
        return replace(
            token,
            type="ordinal",
            value=_PLACES[written.split()[-1]],
            fraction=False,
            start=token.end - len(written.split()[-1]),
            core_start=token.end - len(written.split()[-1]),
        )
    return token
