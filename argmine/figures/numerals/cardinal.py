"""The words of English cardinals and how they add up: two | hundred | thousand | five.

All text here is folded (``normalise.fold``).
"""

from __future__ import annotations

from dataclasses import dataclass

UNITS = {
    word: number
    for number, words in enumerate(
        "zero/nought/naught one two three four five six seven eight nine ten eleven twelve "
        "thirteen fourteen fifteen sixteen seventeen eighteen nineteen".split()
    )
    for word in words.split("/")
}
DECADES = {
    word: 10 * number
    for number, word in enumerate(
        "twenty thirty forty fifty sixty seventy eighty ninety".split(), start=2
    )
}
SCALES = {
    "hundred": 1e2, "thousand": 1e3, "lakh": 1e5, "lac": 1e5, "lkh": 1e5, "million": 1e6,
    "crore": 1e7, "cr": 1e7, "billion": 1e9, "trillion": 1e12, "dozen": 12.0, "doz": 12.0,
    "dz": 12.0,
}  # fmt: skip
DOZEN = 12.0
FIRSTS = {
    "first": 1, "second": 2, "third": 3, "fourth": 4, "fifth": 5, "sixth": 6, "seventh": 7,
    "eighth": 8, "ninth": 9, "nineth": 9, "tenth": 10, "eleventh": 11, "twelfth": 12,
    "thirteenth": 13, "fourteenth": 14, "fifteenth": 15, "sixteenth": 16,
    "seventeenth": 17, "eighteenth": 18, "nineteenth": 19, "twentieth": 20,
    "thirtieth": 30, "fortieth": 40, "fiftieth": 50, "sixtieth": 60, "seventieth": 70,
    "eightieth": 80, "ninetieth": 90, "hundredth": 100, "thousandth": 10**3,
    "millionth": 10**6, "billionth": 10**9, "trillionth": 10**12,
}  # fmt: skip
# What divides: a quarter and a half are no ordinals, first and second divide nothing.
PARTS = {word: n for word, n in FIRSTS.items() if n > 2} | {"half": 2, "halve": 2, "quarter": 4}


@dataclass(frozen=True, slots=True)
class Word:
    """One word of a run, with what stands before it; ``number`` if it is digits."""

    start: int
    end: int
    word: str
    gap: str
    number: float | None = None

    @property
    def joined_by_and(self) -> bool:
        """Say whether an "and" leads to the word."""
        return "and" in self.gap.lower() or "&" in self.gap


class Sum:
    """Adds up a cardinal from left to right: two | hundred | thousand | five."""

    def __init__(self) -> None:
        """Start at nothing."""
        self.total = 0.0  # above the last great scale
        self.group = 0.0  # below it
        self.last = 0.0  # the last scale read
        self.piece = 0.0  # what was read since "and"
        self.loose = False  # whether digits follow the last scale
        self.read = False
        self._empty = True  # whether the group has no digits yet
        self._bound = float("inf")

    def value(self) -> float:
        """Return what has been added up."""
        return self.total + self.group

    def take(self, token: Word) -> bool:
        """Add a word; False if it does not go on with the number."""
        word = stem(token.word)
        if token.joined_by_and:
            self.piece = 0.0
        if token.number is not None:
            taken = self._add(token.number, 0)
        elif token.word in UNITS:
            small = UNITS[token.word]
            taken = self._add(float(small), 10 if 0 < small < 10 else 100)
        elif token.word in DECADES:
            taken = self._add(float(DECADES[token.word]), 100)
        elif word in SCALES:
            taken = self._scale(SCALES[word])
        else:
            return False
        self.read = self.read or taken
        return taken

    def _add(self, number: float, room: int) -> bool:
        """Add digits if there is room for them; ``room`` 0 asks for an empty group."""
        if self.read and number == 0:
            return False
        if (
            room == 0
            and self.read
            and not (self.last and self.group % 100 == 0 and number < self.last)
        ):
            return False
        if (room and self.group % room != 0) or (
            room and not self._empty and self.last < 100 and self.group < 20
        ):
            return False
        self.group += number
        self.piece += number
        self._empty = False
        self.loose = self.last > 1
        return True

    def _scale(self, scale: float) -> bool:
        if scale == DOZEN:
            base = self.piece if self.piece and self.group != self.piece else self.group or 1.0
            self.group += base * DOZEN - (base if self.group else 0.0)
            self.last, self.loose = DOZEN, False
            return True
        if scale == 100:
            if self.group >= 100 or (self.read and self._empty):
                return False
            self.group = (self.group or 1.0) * 100
            self.piece, self._empty = self.group, False
        elif self.read and self._empty:
            # "Thousand trillion": two scales side by side multiply.
            if self.total == 0:
                return False
            self.total *= scale
        elif scale < self._bound:
            self.total += (self.group or 1.0) * scale
            self.group, self._empty, self._bound = 0.0, True, scale
        else:
            self.total = (self.total + self.group) * scale
            self.group, self._empty, self._bound = 0.0, True, scale
        self.last, self.loose = scale, False
        return True


def stem(word: str) -> str:
    """Return a scale or a part without its plural: millions, fifths."""
    bare = word.removesuffix("s")
    return bare if bare in SCALES or bare in PARTS else word
