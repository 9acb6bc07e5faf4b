"""Encodings are told apart."""

from __future__ import annotations

import pytest

from argmine.errors import DocumentError
from argmine.formats.decode import decode

SIMPLIFIED = "美国国防部向材料公司投资，成为最大股东。"
TRADITIONAL = "美國國防部向材料公司投資，成為最大股東。"
ENGLISH = "The Pentagon’s price — “high”, they say — is $110."


@pytest.mark.parametrize(
    "encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32", "gb18030"]
)
@pytest.mark.parametrize(
    "text", [SIMPLIFIED, TRADITIONAL, SIMPLIFIED + "\n" + ENGLISH], ids=["zh", "hant", "mixed"]
)
def test_chinese_in_any_encoding(text: str, encoding: str) -> None:
    """The text comes back as it was, without byte order mark."""
    assert text == decode(text.encode(encoding))


def test_big5() -> None:
    """Traditional text in Big5 is not taken for GB18030."""
    assert decode(TRADITIONAL.encode("big5")) == TRADITIONAL


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16", "utf-16-le", "cp1252"])
def test_english(encoding: str) -> None:
    """Typographic marks survive."""
    assert decode(ENGLISH.encode(encoding)) == ENGLISH


@pytest.mark.parametrize(
    "raw", [b"PK\x03\x04rest", b"%PDF-1.7", bytes(range(256)) * 20], ids=["zip", "pdf", "bytes"]
)
def test_binary_is_refused(raw: bytes) -> None:
    """A binary file is set aside, not annotated."""
    with pytest.raises(DocumentError, match="binary"):
        decode(raw)


def test_a_few_nul_characters_are_text() -> None:
    """Bytes that are odd but UTF-8 stay as they are."""
    assert decode(b"a\x00b " * 3 + b"x" * 600) == "a\x00b " * 3 + "x" * 600


@pytest.mark.parametrize(
    "text",
    ["café", "Pokémon plans.", "At 20°C it’s clear that exports rose 3.5% in May."],
)
def test_a_high_byte_between_letters_is_latin(text: str) -> None:
    """Chinese comes in pairs of them."""
    assert decode(text.encode("cp1252")) == text


def test_a_word_of_chinese_in_english() -> None:
    """Two high bytes and two more are no Latin letters."""
    text = (
        "The price rose 5% in 北京 and at 20℃ at night, officials of the ministry said in a text."
    )
    assert decode(text.encode("gb18030")) == text


def test_damage_in_utf8_is_told_by_its_place() -> None:
    """It is no other encoding."""
    raw = "中国出口增长5%，好于预期。".encode()
    with pytest.raises(DocumentError, match="UTF-8 but for byte 9"):
        decode(raw[:9] + b"\xff" + raw[9:])


@pytest.mark.parametrize("encoding", ["utf-32-le", "utf-32-be"])
def test_utf32_without_a_mark(encoding: str) -> None:
    """Two bytes of four are nothing."""
    text = "商务部说，exports rose 5%。"
    assert decode(text.encode(encoding)) == text
