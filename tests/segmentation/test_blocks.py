"""The layout of articles."""

from __future__ import annotations

import pytest

from argmine.records import Document
from argmine.segmentation.stage import proposition, segment


def layout(text: str) -> list[tuple[str, str]]:
    """Return kind and text of each block."""
    return [(b.kind, text[b.start : b.end]) for b in segment(Document.of(text)).blocks]


def test_a_digest_in_one_run_comes_apart() -> None:
    """Label, headline, source and date, groups of bullets with their citation marks."""
    text = (
        "Workflow\n某国船厂还没开工，先把报价翻了一倍\nHai Gang·2025-07-20 22:29\n\n"
        "Group 1 - The U.S. paid $4 million. [2] - It rose 5% [2][4] Group 2 - All is well [6]"
    )
    document = segment(Document.of(text))

    kinds = [(block.kind, block.group) for block in document.blocks]
    assert kinds == [
        ("boilerplate", None), ("headline", None), ("byline", None),
        ("bullet", 1), ("bullet", 1), ("bullet", 2),
    ]  # fmt: skip
    assert document.meta == {"source": "Hai Gang", "published": "2025-07-20T22:29"}
    bullets = [(part.text, [c.text for c in part.citations]) for part in document.segments[1:]]
    assert bullets == [
        ("The U.S. paid $4 million.", ["[2]"]), ("It rose 5%", ["[2]", "[4]"]),
        ("All is well", ["[6]"]),
    ]  # fmt: skip
    assert document.lang == "mixed"


def test_meta_that_was_given_is_kept() -> None:
    """A byline fills gaps only."""
    text = "A headline stands here\nHai Gang·2025-07-20\n\nText follows it."
    document = segment(Document.of(text, meta={"source": "mine"}))

    assert document.meta == {"source": "mine", "published": "2025-07-20"}


def test_a_wire_report() -> None:
    """Headline, byline, dateline apart from the sentence it opens."""
    text = "Panel backs chip bill\n\nBy Ana Li\n\nWASHINGTON, May 6 (Press) - A panel voted. It was late."
    assert layout(text) == [
        ("headline", "Panel backs chip bill"), ("byline", "By Ana Li"),
        ("byline", "WASHINGTON, May 6 (Press) -"), ("paragraph", "A panel voted. It was late."),
    ]  # fmt: skip


def test_a_chinese_dateline() -> None:
    """新华社…电 with the reporter's name is a byline."""
    text = "新华社北京7月20日电（记者张三）中国经济增长5%。这是好消息。"
    assert layout(text)[0] == ("byline", "新华社北京7月20日电（记者张三）")


def test_markdown() -> None:
    """Headings, bullets and quotes by their marks, which stay outside."""
    text = "# Top\n\nA sentence.\n\n## Next\n\n- one thing\n- two things\n\n> They said so."
    assert layout(text) == [
        ("headline", "Top"), ("paragraph", "A sentence."), ("heading", "Next"),
        ("bullet", "one thing"), ("bullet", "two things"), ("quote", "They said so."),
    ]  # fmt: skip


def test_hard_wrapped_lines_are_one_paragraph() -> None:
    """A line break inside a sentence ends nothing."""
    text = "The committee voted on Tuesday to widen the controls on tools\nand sent the bill on.\n\nIt rests."
    document = segment(Document.of(text))

    assert [part.text.replace("\n", " ") for part in document.segments] == [
        "The committee voted on Tuesday to widen the controls on tools and sent the bill on.",
        "It rests.",
    ]


@pytest.mark.parametrize("newline", ["\n", "\r\n", "\r"])
def test_line_ends_of_every_system(newline: str) -> None:
    """The layout does not hang on the line end."""
    text = newline.join(["Title of it all", "", "First sentence here.", "", "Second one."])

    assert [kind for kind, _text in layout(text)] == ["headline", "paragraph", "paragraph"]


def test_questions_of_a_transcript_are_no_headline() -> None:
    """The first line of a press conference is somebody's question."""
    text = "总台记者：中方对此有何评论？\n\n毛宁：中方坚决反对。"
    assert [kind for kind, _text in layout(text)] == ["paragraph", "paragraph"]


def test_boilerplate_says_nothing() -> None:
    """Editors' names and calls to subscribe are blocks without segments."""
    document = segment(Document.of("中国出口增长。\n责任编辑：张三\nSubscribe to our newsletter"))

    assert [b.kind for b in document.blocks] == ["paragraph", "boilerplate", "boilerplate"]
    assert len(document.segments) == 1


def test_a_mark_before_its_sentence_is_no_part_of_it() -> None:
    """What a sentence says is whole, whichever side the citation stands on."""
    document = segment(Document.of("[1] Tariffs hurt farmers badly. They [2] said so. [3]"))

    assert [proposition(part) for part in document.segments] == [
        "Tariffs hurt farmers badly.",
        "They said so.",
    ]


def test_an_impossible_date_is_none() -> None:
    """The thirty-first of February fills nothing."""
    text = "A headline stands here\nHai Gang·2025-02-31 10:00\n\nText follows it."

    assert "published" not in segment(Document.of(text)).meta
