"""Tell Chinese from English, and simplified characters from traditional ones."""

from __future__ import annotations

import functools
import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

    from argmine.records import Lang, SegmentLang

HAN = "\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff"
_HAN = re.compile(f"[{HAN}]+")
_WORD = re.compile(r"[A-Za-zÀ-ÖØ-öø-ÿ]+")
_ADDRESS = re.compile(r"(?:https?://|www\.)[!-~]+|[\w.+-]{1,64}@[\w.-]{1,128}", re.ASCII)
# CNN and NBC are written so in Chinese too; between spaces they are words of English.
_ACRONYM = re.compile(r"(?<![A-Za-z ])[A-Z]{2,5}(?![A-Za-z ])")
_MINORITY = 0.1


@functools.cache
def _exclusive() -> tuple[frozenset[str], frozenset[str]]:
    """Characters of one script only, as the national standards have them.

    GB 2312 encodes the simplified characters in use, Big5 the traditional ones; what
    only one of them has belongs to one script.
    """
    simplified = set()
    traditional = set()
    for code in range(0x4E00, 0xA000):
        character = chr(code)
        in_gb = bool(character.encode("gb2312", "ignore"))
        in_big5 = bool(character.encode("big5", "ignore"))
        if in_gb and not in_big5:
            simplified.add(character)
        elif in_big5 and not in_gb:
            traditional.add(character)
    return frozenset(simplified), frozenset(traditional)


def script_balance(text: str) -> int:
    """Return how many more traditional than simplified-only characters there are."""
    simplified, traditional = _exclusive()
    characters = "".join(_HAN.findall(text))
    return sum((c in traditional) - (c in simplified) for c in characters)


def is_chinese(text: str) -> bool:
    """Say whether a reader would call the text Chinese rather than English."""
    # Names in Latin letters are common in Chinese text, and a Chinese word has about one
    # and a half characters: as many characters as words are enough.
    characters = sum(map(len, _HAN.findall(text)))
    if not characters:
        return False
    plain = _ACRONYM.sub("", _ADDRESS.sub("", text))
    return characters >= len(_WORD.findall(plain))


def segment_language(text: str, document_balance: int) -> SegmentLang:
    """Return the language of one segment.

    ``document_balance`` decides where the segment has no telling character.
    """
    if not is_chinese(text):
        return "en"
    balance = script_balance(text) or document_balance
    return "zh-Hant" if balance > 0 else "zh-Hans"


def document_language(segments: Iterable[tuple[SegmentLang, bool]]) -> Lang | None:
    """Return the language of a document from its segments' languages.

    Each segment comes with whether it is a headline: a headline in another language
    than the body makes a document mixed, a stray sentence does not.
    """
    counts = {"zh": 0, "en": 0}
    headlines = set()
    for language, headline in segments:
        code = language[:2]
        counts[code] += 1
        if headline:
            headlines.add(code)
    total = counts["zh"] + counts["en"]
    if not total:
        return None
    major, minor = ("zh", "en") if counts["zh"] >= counts["en"] else ("en", "zh")
    if counts[minor] >= _MINORITY * total or (minor in headlines and counts[minor]):
        return "mixed"
    return "zh" if major == "zh" else "en"
