"""What is set aside as it is read: texts that are neither Chinese nor English."""

from __future__ import annotations

import re

from argmine.errors import DocumentError

# Letters of other scripts than Chinese and English have, so many that they are no mere name.
_OTHER = re.compile("[\u0370-\u1dff\u3040-\u30ff\uac00-\ud7af\ufb1d-\ufdff\ufe70-\ufefe]+")
_OURS = re.compile("[A-Za-z\u00c0-\u024f\u3400-\u9fff]+")
_KANA = re.compile("[\u3041-\u3096\u30a1-\u30fa]+")
_OTHERS, _KANAS = 20, 10
_JAPANESE = 0.15
_SAMPLE = 20_000


def require_known(text: str) -> None:
    """Let a text pass whose letters are Han and Latin, by its beginning.

    Raises:
        DocumentError: Most of them are of another script, or it seems to be Japanese.
    """
    sample = text[:_SAMPLE]
    others = sum(map(len, _OTHER.findall(sample)))
    if others < _KANAS:
        return
    ours = sum(map(len, _OURS.findall(sample)))
    # Japanese has more Chinese characters than its own.
    kana = sum(map(len, _KANA.findall(sample)))
    japanese = kana >= _KANAS and kana > _JAPANESE * (others + ours)
    if japanese or others > max(ours, _OTHERS - 1):
        msg = "neither Chinese nor English: most of its letters are of another script"
        raise DocumentError(msg)
