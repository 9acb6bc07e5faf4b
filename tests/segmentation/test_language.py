"""Languages of segments and documents."""

from __future__ import annotations

import pytest

from argmine.records import Document
from argmine.segmentation.stage import segment


@pytest.mark.parametrize(
    ("text", "languages"),
    [
        pytest.param("中国经济增长。", ["zh-Hans"], id="simplified"),
        pytest.param("中國經濟增長。", ["zh-Hant"], id="traditional"),
        pytest.param("China grew. 中国增长。", ["en", "zh-Hans"], id="both"),
        pytest.param("MP材料公司股价上涨50%。", ["zh-Hans"], id="latin-name"),
        pytest.param("据CNN、NBC、ABC、CBS、FOX报道。", ["zh-Hans"], id="acronyms"),
        pytest.param("TRUMP: XI (习近平) AGREED TO BUY SOYBEANS FROM US", ["en"], id="capitals"),
        pytest.param("见 www.mofcom.example.org/a/b。", ["zh-Hans"], id="address"),
        pytest.param("He said 你好 to the whole crowd.", ["en"], id="chinese-word"),
        pytest.param("美國加稅。大家都不好。", ["zh-Hant", "zh-Hant"], id="no-telling-character"),
    ],
)
def test_language_of_each_segment(text: str, languages: list[str]) -> None:
    """Each statement has its own language."""
    assert languages == [part.lang for part in segment(Document.of(text)).segments]


def test_language_of_the_document() -> None:
    """One stray sentence does not make a document mixed."""
    mostly = "China grew. " * 20 + "中国增长。"
    assert segment(Document.of(mostly)).lang == "en"
    assert segment(Document.of("China grew. 中国增长。")).lang == "mixed"
    assert segment(Document.of("…")).lang == "en" or segment(Document.of("…")).lang is None
