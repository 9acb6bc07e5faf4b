"""Numerals in English words, digits mixed in: "two and a half million", "3 hundred and 21".

A run of words is read as far as it makes one number; the rest is read again.  All text
here is folded (``normalise.fold``).
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from argmine.figures.numerals import arabic
from argmine.figures.numerals.cardinal import (
    DECADES,
    FIRSTS,
    PARTS,
    SCALES,
    UNITS,
    Sum,
    Word,
    stem,
)


def _any(words: object) -> str:
    return "|".join(sorted(words, key=len, reverse=True))  # type: ignore[call-overload]


_SMALL = _any([*UNITS, *DECADES])
_SCALE = rf"(?:{_any(SCALES)})s?"
_PART = rf"(?:{_any(PARTS)}|halve)s?"
_ORDINAL = _any(FIRSTS)
_ATOM = rf"(?:(?:{_SMALL}|{_SCALE}|{_PART}|{_ORDINAL}|point|over|an?)(?![A-Za-z])|{arabic.DIGITS})"
_SEPARATOR = r"(?:\s{1,3}(?:(?:and|&)\s{1,3})?|-|\s-\s?(?!hundred|thousand|million|billion|trillion)|-and-|,\s(?=[a-z]{3,5}\shundred))"
_AHEAD = rf"(?=(?:\s{{1,3}}|-)(?:and\s(?:an?\s)?)?(?:{_SCALE}|half|quarter|point|over|{_PART})(?![A-Za-z]))"
RUN = (
    rf"(?:(?:\b(?:{_SMALL}|{_SCALE}|half|quarter|{_PART}|{_ORDINAL}|point(?=\s\d))(?![A-Za-z])"
    rf"|\ban?(?=\s(?:{_SCALE}|{_PART}|half|quarter|(?:{_any(DECADES)})-(?:{_any(FIRSTS)}))(?![A-Za-z]))"
    rf"|{arabic.DIGITS}{_AHEAD})"
    rf"(?:{_SEPARATOR}{_ATOM}){{0,14}})"
)
_WHICH = re.compile(r"\b(?:last|past|next|previous|coming|first|final)\s\Z", re.IGNORECASE)
_GROWTH = re.compile(
    r"\sof\s(?:\w+ive|economic|falling|rising|declining|shrinking|weak|strong|slow\w*|contraction|growth|decline|recession|loss(?:es)?|gains?)\b"
)
_GREAT = 1e6
_CLAUSE = re.compile(r"\s[A-Za-z]")
CARDINAL = rf"(?:(?:{_any(DECADES)})(?:[\s-](?:{_any(list(UNITS)[3:12])}))?|{_any(UNITS)})"
ORDINAL = rf"(?:(?:twenty|thirty)[\s-](?:first|second|third|fourth|fifth|sixth|seventh|eighth|ninth)|{_any([w for w, n in FIRSTS.items() if n <= 31])})"
_TOKEN = re.compile(rf"(?P<gap>{_SEPARATOR})?(?P<atom>{_ATOM})", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Words:
    """What a run of words says: a value, or the place in a row, and where it ends."""

    end: int
    value: float
    scale: float = 1.0
    ordinal: bool = False
    fraction: bool = False
    digits: bool = False


def parse(text: str, start: int, end: int) -> Words | None:
    """Read one number from the run of words at ``text[start:end]``."""
    tokens = []
    at = start
    while at < end:
        found = _TOKEN.match(text, at, end)
        if found is None:
            break
        word = found["atom"].lower()
        number = arabic.parse(word) if not word[0].isalpha() else None
        if number is None and not word[0].isalpha():
            break
        tokens.append(Word(found.start("atom"), found.end(), word, found["gap"] or "", number))
        at = found.end()
    if _CLAUSE.match(text, at):
        # "$2000 over 3 years" divides nothing.
        tokens = tokens[: next((i for i, t in enumerate(tokens) if t.word == "over"), None)]
    if len(tokens) > 1 and tokens[1].word == "quarters" and _spans(text, *tokens[:2]):
        tokens = tokens[:1]
    if not tokens or (tokens[0].word.endswith("s") and stem(tokens[0].word) in SCALES):
        return None  # "thousands of" counts nothing
    return _Reader(tokens).read()


def _spans(text: str, counted: Word, quarters: Word) -> bool:
    """Tell quarters of years from quarters of a whole: "the past three quarters"."""
    if counted.number is not None or UNITS.get(counted.word, 4) not in (1, 3):
        return True  # of a whole, two quarters are called a half
    if _GROWTH.match(text, quarters.end):
        return True
    return _WHICH.search(text, max(0, counted.start - 12), counted.start) is not None


class _Reader:
    """A recursive reader over the tokens of one run; it never reads a token twice."""

    def __init__(self, tokens: list[Word]) -> None:
        self.tokens = tokens
        self.at = 0
        self.scale = 1.0

    def read(self) -> Words | None:
        start = self.at
        first = self._peek()
        if first and first.word in ("a", "an"):
            self.at += 1
            made = self._after_article()
        else:
            made = self._number()
        if made is None or self.at == start:
            return None
        last = self.tokens[self.at - 1]
        digits = self.at - start == 1 and last.number is not None
        return Words(last.end, made[0], self.scale, made[1] == "ordinal", made[1] == "part", digits)

    def _peek(self, ahead: int = 0) -> Word | None:
        place = self.at + ahead
        return self.tokens[place] if place < len(self.tokens) else None

    def _after_article(self) -> tuple[float, str] | None:
        """Read "a half", "a quarter million", "a hundred", "a twenty-first"."""
        part = self._part()
        if part is not None:
            return self._scaled(1.0 / part), "part" if self.scale == 1.0 else ""
        token = self._peek()
        if token and stem(token.word) in SCALES:
            return self._number()
        if token and token.word in DECADES:
            divisor = self._cardinal()
            following = self._peek()
            if divisor is not None and following and following.word in FIRSTS:
                self.at += 1
                return 1.0 / (divisor + FIRSTS[following.word]), "part"
        return None

    def _number(self) -> tuple[float, str] | None:
        token = self._peek()
        if token is None:
            return None
        if stem(token.word) in ("half", "quarter"):
            return self._half_first()
        if token.word == "point":
            self.at += 1
            share = self._decimals()
            return None if share is None else (share, "")
        if token.word in FIRSTS:
            self.at += 1
            return float(FIRSTS[token.word]), "ordinal"
        value = self._cardinal()
        if value is None:
            return None
        return self._ended(value)

    def _half_first(self) -> tuple[float, str] | None:
        """Read "half", "half a million", "quarter million"."""
        token = self._peek()
        self.at += 1
        share = 0.5 if token and stem(token.word) != "quarter" else 0.25
        following = self._peek()
        if following and following.word in ("a", "an"):
            behind = self._peek(1)
            if behind and stem(behind.word) in SCALES:
                self.at += 1
        value = self._scaled(share)
        return value, "part" if self.scale == 1.0 else ""

    def _ended(self, value: float) -> tuple[float, str] | None:
        """Read what may follow a cardinal: a point, a part, an ordinal, "over"."""
        token = self._peek()
        if token is None:
            return value, ""
        if token.word == "point":
            self.at += 1
            share = self._decimals()
            if share is None:
                self.at -= 1
                return value, ""
            self.scale = 1.0
            return self._scaled(value + share), ""
        if token.word == "over" and not token.joined_by_and:
            return self._over(value)
        if token.joined_by_and and stem(token.word) in PARTS and token.word not in FIRSTS:
            return self._and_part(value, token)
        if token.word in FIRSTS and token.word not in PARTS:
            return self._ordinal(value, token)
        if stem(token.word) in PARTS:
            return self._parts(value, token)
        if token.joined_by_and:
            return self._and_part(value, token)
        return value, ""

    def _decimals(self) -> float | None:
        """Read the digits behind "point": "nought three", "seventy-one", "77"."""
        written = ""
        while (token := self._peek()) is not None and not token.joined_by_and:
            if token.word in UNITS:
                written += str(UNITS[token.word])
            elif token.word in DECADES:
                following = self._peek(1)
                small = UNITS.get(following.word, 0) if following else 0
                if 0 < small < 10:
                    self.at += 1
                written += str(DECADES[token.word] + (small if small < 10 else 0))
            elif token.number is not None and token.word.isdigit() and not written:
                written += token.word
            else:
                break
            self.at += 1
        return float(f"0.{written}") if written else None

    def _over(self, value: float) -> tuple[float, str]:
        start = self.at
        self.at += 1
        under = self._cardinal()
        if under is None or under == 0:
            self.at = start
            return value, ""
        return value / under, "part"

    def _ordinal(self, value: float, token: Word) -> tuple[float, str]:
        """Read "twenty first", "three hundred twenty second"."""
        place = FIRSTS[token.word]
        fits = value % 10 == 0 if place < 10 else value % 100 == 0
        if not fits or value == 0:
            return value, ""
        self.at += 1
        return value + place, "ordinal"

    def _parts(self, value: float, token: Word) -> tuple[float, str] | None:
        """Read "three fifths", "two and fifty-four hundredths", "twenty-fifth"."""
        word, plural = stem(token.word), token.word.endswith("s")
        under = PARTS[word]
        one = value == 1 or plural or under in (2, 4)
        place = word in FIRSTS
        if place and not plural and value >= 20 and self._makes_ordinal(value, under):
            self.at += 1
            return value * under if under >= 1000 else value + under, "ordinal"
        if not one:
            if place and under >= 1000:
                self.at += 1
                return value * under, "ordinal"
            if under not in (2, 4):
                return value, ""
        self.at += 1
        whole, over = self._split(value, under)
        return self._scaled(whole + over / under), "part" if self.scale == 1.0 else ""

    def _makes_ordinal(self, value: float, place: int) -> bool:
        if place >= 1000:
            return True
        return value % 10 == 0 if place < 10 else value % 100 == 0

    def _split(self, value: float, under: float) -> tuple[float, float]:
        """Tell "two hundred and three fifths" (200 3/5) from "twenty-three fifths" (23/5)."""
        places = [i for i, t in enumerate(self.tokens[: self.at - 1]) if i and t.joined_by_and]
        if not places:
            return 0.0, value
        tail = _Reader([*self.tokens[places[-1] : self.at - 1]])
        over = tail._cardinal()
        if over is None or over >= under or tail.at < len(tail.tokens):
            return 0.0, value
        return value - over, over

    def _and_part(self, value: float, token: Word) -> tuple[float, str]:
        """Read "two and a half million", "one million and a half", "five and quarter"."""
        start = self.at
        over = 1.0
        if token.word in ("a", "an", "one"):
            self.at += 1
        elif token.word in UNITS or token.word in DECADES:
            over = self._small()
        part = self._part()
        if part is None or over >= part:
            self.at = start
            return value, ""
        unit = self.scale if self.scale > 1 else 1.0
        following = self._peek()
        if following and stem(following.word) in SCALES and not following.joined_by_and:
            if self.scale == 1.0:
                return self._scaled(value + over / part), ""
            return value + self._scaled(over / part), ""
        return value + over / part * unit, ""

    def _small(self) -> float:
        """Read "three" or "fifty-four" before a part."""
        tail = _Reader(self.tokens[self.at :])
        value = tail._cardinal()
        self.at += tail.at
        return value or 0.0

    def _part(self) -> float | None:
        token = self._peek()
        if token and stem(token.word) in PARTS:
            self.at += 1
            return float(PARTS[stem(token.word)])
        return None

    def _scaled(self, value: float) -> float:
        """Multiply by the scales that follow: half | million."""
        factor = 1.0
        while (token := self._peek()) and stem(token.word) in SCALES and not token.joined_by_and:
            factor *= SCALES[stem(token.word)]
            self.at += 1
        if factor > 1:
            self.scale = factor
        return float(f"{value * factor:.15g}")

    def _cardinal(self) -> float | None:
        """Read a whole number; None if the next token is none."""
        start = self.at
        sum_ = Sum()
        while (token := self._peek()) is not None:
            written = self.tokens[start].number is not None
            if (
                sum_.read
                and token.joined_by_and
                and (
                    # "$1 million and 10 years" are two.
                    (written and self._is_apart(sum_.last, token)) or not self._and_fits(sum_)
                )
            ):
                break
            if not sum_.take(token):
                break
            self.at += 1
        if self.at == start:
            return None
        self.scale = sum_.last if sum_.last > 1 and not sum_.loose else 1.0
        return float(f"{sum_.value():.15g}")

    def _is_apart(self, last: float, token: Word) -> bool:
        """Say whether digits behind "and" are another number: "1 million and 500 thousand" is one."""
        following = self._peek(1)
        scaled = following is not None and stem(following.word) in SCALES
        return last >= _GREAT and token.number is not None and not scaled

    def _and_fits(self, so_far: Sum) -> bool:
        """Say whether "and" goes on with the number: "two hundred and five", not "two and three"."""
        if so_far.last < 100:
            return False
        ahead = [self._peek(i) for i in range(4)]
        token = ahead[0]
        if token is None or not (
            token.word in UNITS or token.word in DECADES or token.number is not None
        ):
            return False
        if token.number is not None and not (token.word.isdigit() and token.number < so_far.last):
            return False
        behind = [t for t in ahead[1:3] if t is not None]
        if any(stem(t.word) in PARTS for t in behind[:1]) and token.word in UNITS:
            return False  # "two million and three fifths" is read as a part
        for following in behind:
            word = stem(following.word)
            if word in SCALES and word not in ("dozen", "doz", "dz"):
                return so_far.last > SCALES[word] or (so_far.last == 100 and word != "hundred")
            if following.word not in UNITS:
                break
        return True
