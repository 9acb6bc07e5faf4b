"""Tell in which encoding bytes are written: UTF-8, UTF-16, UTF-32, GB18030 or Big5."""

from __future__ import annotations

import codecs
import functools
import re

from charset_normalizer import from_bytes

from argmine.errors import DocumentError

_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_SAMPLE = 20_000
_CHINESE = ("gb18030", "big5hkscs")
# Damage is a byte here and there; of another encoding more is wrong than right.
_RIGHT_TO_WRONG = 8
# Chinese comes in pairs of high bytes; the é of a Latin text stands between letters.
_LONE = re.compile(rb"(?<![\x80-\xff])[\x91-\x97\xa0-\xff](?=[\x00-\x7f]|\Z)")
_HIGH = re.compile(rb"[\x80-\xff]")
_MOSTLY = 0.9
_FEW = 0.1
_CONTROL = frozenset(range(9)) | frozenset(range(14, 27)) | frozenset(range(28, 32))


class DamagedError(DocumentError):
    """A text of one encoding, but for some bytes."""

    def __init__(self, encoding: str, told: str) -> None:
        """Keep the name of the encoding."""
        super().__init__(told)
        self.encoding = encoding


def decode(raw: bytes) -> str:
    """Return the text that the bytes hold; a byte order mark is dropped.

    Raises:
        DocumentError: The bytes are no text, or in an encoding we do not tell.
    """
    return tell(raw)[1]


def tell(raw: bytes) -> tuple[str, str]:
    """Return the name of the encoding, and the text.

    Raises:
        DocumentError: The bytes are no text, or in an encoding we do not tell.
    """
    for mark, name in _MARKS:
        if raw.startswith(mark):
            return name, _strict(raw, name)
    if raw[:4] in (b"PK\x03\x04", b"%PDF") or raw[:2] == b"\x1f\x8b":
        msg = "a binary file (archive or PDF), not text"
        raise DocumentError(msg)
    wide = _utf32_without_mark(raw) or _utf16_without_mark(raw)
    if wide is not None:
        return wide, _strict(raw, wide)
    try:
        text = raw.decode("utf-8")
    except UnicodeDecodeError as error:
        if _is_damaged_utf8(raw):
            raise _damaged(error) from None
        return _legacy(raw)
    if _is_binary(raw):
        msg = "a binary file (control characters), not text"
        raise DocumentError(msg)
    return "utf-8", text


def _strict(raw: bytes, name: str) -> str:
    try:
        return raw.decode(name)
    except UnicodeDecodeError as error:
        msg = f"marked as {name} but not so at byte {error.start}"
        raise DamagedError(name, msg) from None


def _damaged(error: UnicodeDecodeError) -> DamagedError:
    name = error.encoding.upper()
    return DamagedError(
        error.encoding, f"{name} but for byte {error.start}: mend it, or save the file anew"
    )


def _utf32_without_mark(raw: bytes) -> str | None:
    """Return the byte order where two bytes of four are zero: no character lies so high."""
    sample = raw[: _SAMPLE - _SAMPLE % 4]
    if len(sample) < 8 or len(raw) % 4:
        return None
    if not any(sample[3::4]) and max(sample[2::4]) <= 0x10 and any(sample[::4]):
        return "utf-32-le"
    if not any(sample[::4]) and max(sample[1::4]) <= 0x10 and any(sample[3::4]):
        return "utf-32-be"
    return None


def _is_damaged_utf8(raw: bytes) -> bool:
    """Say whether nearly all that is not ASCII is UTF-8; other encodings hardly ever look so."""
    text = raw.decode("utf-8", "replace")
    wrong = text.count("\ufffd")
    right = sum(c > "\x7f" for c in text) - wrong
    return right >= _RIGHT_TO_WRONG * wrong


def _utf16_without_mark(raw: bytes) -> str | None:
    """Return the byte order where every other byte of the sample is nearly constant.

    ASCII in UTF-16 has a zero in every other place; Chinese, a byte from 4E to 9F.
    """
    sample = raw[: _SAMPLE - _SAMPLE % 2]
    if len(sample) < 4 or len(raw) % 2:
        return None
    for name, high in (("utf-16-le", sample[1::2]), ("utf-16-be", sample[::2])):
        other = sample[::2] if name == "utf-16-le" else sample[1::2]
        zeros, ideographs = high.count(0), sum(0x4E <= b <= 0x9F for b in high)
        spread = len(set(other)) > 1 or len(other) < 3
        if (
            zeros >= 0.3 * len(high)
            and zeros + ideographs >= 0.7 * len(high)
            and spread
            and not other.count(0) > 0.2 * len(other)
        ):
            return name
    return None


def _is_binary(raw: bytes) -> bool:
    sample = raw[:_SAMPLE]
    return sum(byte in _CONTROL for byte in sample) > 0.02 * len(sample)


def _legacy(raw: bytes) -> tuple[str, str]:
    """Decode one of the encodings that came before Unicode.

    The Chinese ones, and UTF-16 without a mark, read nearly any bytes, the wrong one as
    rare characters: the reading with the most characters of everyday use is right.
    """
    high = len(_HIGH.findall(raw))
    if high <= _FEW * len(raw) + 1 and len(_LONE.findall(raw)) >= _MOSTLY * high:
        try:
            return "cp1252", raw.decode("cp1252")
        except UnicodeDecodeError:
            pass  # of bytes that it leaves undefined something else was meant
    readings = {}
    damaged = {}
    for name in (*_CHINESE, "utf-16-le", "utf-16-be"):
        try:
            readings[name] = raw.decode(name)
        except UnicodeDecodeError as error:
            damaged[name] = error
    best = max(readings.items(), key=lambda pair: _everyday(pair[1]), default=("", ""))
    if best[1] and _everyday(best[1]) > 0.5:
        return best
    if _is_binary(raw):
        msg = "a binary file (control characters), not text"
        raise DocumentError(msg)
    for name in _CHINESE:
        if name in damaged and _everyday(raw.decode(name, "replace")) > _MOSTLY:
            raise _damaged(damaged[name])
    found = from_bytes(raw, cp_isolation=["cp1252", "latin_1", "gb18030", "big5"]).best()
    if found is None or "\0" in str(found):
        msg = "not UTF-8, UTF-16, GB18030, Big5 or Windows-1252; convert it to UTF-8"
        raise DocumentError(msg)
    return found.encoding, str(found)


def _everyday(text: str) -> float:
    """Return the share of everyday characters among those that are not ASCII."""
    sample = [c for c in text[:_SAMPLE] if c > "\x7f"]
    common = _common()
    return sum(c in common for c in sample) / max(1, len(sample))


@functools.cache
def _common() -> frozenset[str]:
    """The first levels of GB 2312 and Big5, which their makers ranked by use."""
    punctuation = "，。、：；？！“”‘’「」『』（）《》—…·％　"
    first_gb = _rows(range(0xB0, 0xD8), range(0xA1, 0xFF), "gb2312")
    first_big5 = _rows(range(0xA4, 0xC7), [*range(0x40, 0x7F), *range(0xA1, 0xFF)], "big5")
    return frozenset(punctuation + first_gb + first_big5)


def _rows(leads: range, trails: range | list[int], name: str) -> str:
    return "".join(
        bytes((lead, trail)).decode(name, "ignore") for lead in leads for trail in trails
    )
