"""The stage that fills blocks, segments and the language of a document."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import msgspec

from argmine.errors import DocumentError
from argmine.records import Block, Citation, Document, Segment
from argmine.segmentation import blocks, bylines, markdown, patterns, sentences
from argmine.segmentation.language import (
    document_language,
    script_balance,
    segment_language,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

# A mark alone, split off from its sentence, says nothing.
_WORD = re.compile(r"\w")
# What agencies and papers put behind the last sentence: an end mark, a name, a source.
_SURNAME = (
    "(?!高度|万众|方便|方面|任期|石油|高调|高级|高层|金融|金额|程度|严[重格厉]|江[苏西]|陆[军地]|黄[金海]|马上|万[一分])(?:欧阳|司马|上官|诸葛|[左谷柳宗王李张張刘劉陈陳杨楊黄黃赵趙吴吳周徐孙孫马馬朱胡郭何高林郑鄭谢謝罗羅梁宋唐许許韩韓冯馮邓鄧曹彭曾肖蕭田董袁潘于蒋蔣蔡余杜叶葉程苏蘇魏吕呂丁任沈"
    "姚卢盧姜崔钟鍾谭譚陆陸汪范金石廖贾賈夏韦韋付方白邹鄒孟熊秦邱江尹薛闫閆段雷侯龙龍史陶黎贺賀顾顧毛郝龚龔邵万萬钱錢严嚴覃武戴莫孔汤湯])"
)
_PERSON = rf"{_SURNAME}[\u4e00-\u9fff·]{{1,3}}"
_END_MARK = re.compile(
    rf"[（(【](?:(?:全文)?完|END|[掌笑][声聲]|原文如此|[综綜]合[报報]道|[\u4e00-\u9fff]{{0,4}}特[约約]|{_PERSON}\s?(?:[记記]者)|{_PERSON}(?:[\s、]{_PERSON}){{0,3}}|[\u4e00-\u9fff]{{2,8}}(?:社|[网網报報台臺]|新[闻聞])(?:[、，][\u4e00-\u9fff]{{2,8}}社){{0,6}}等?"
    r"|[\u4e00-\u9fff]{0,4}(?:[记記]者|[编編][译譯辑輯]|[来來]源|作者|[责責][编編]|[译譯]者|文)\s?[:：/／\s][^。！？\n]{1,40}"
    r"|Reuters|AP|AFP|Xinhua|Bloomberg|UPI)[）)】]\d{0,9}"
)
# Bylines and boilerplate say nothing that could be judged.
_SILENT = frozenset(("byline", "boilerplate"))
# What a row of one sentence may have beside it.
_TEXTS = ("prev", "next", "target")


class SegmentStage:
    """Segment whole articles."""

    name = "segments"

    def __call__(self, documents: Sequence[Document]) -> list[Document]:
        """Return the documents with blocks and segments."""
        return [segment(document) for document in documents]


class SentenceStage:
    """Take every document as one sentence: ``--unit sentence``."""

    name = "segments"

    def __call__(self, documents: Sequence[Document]) -> list[Document]:
        """Return the documents with one block and one segment each."""
        return [_as_sentence(document) for document in documents]


def segment(document: Document) -> Document:
    """Return the document with its layout, its sentences and its language.

    Source and date named in a byline fill ``meta`` where it has none.
    """
    text = document.text
    found = blocks.find(text)
    balance = script_balance(text[:20_000])
    segments = tuple(_segments(text, found, balance))
    kinds = {block.id: block.kind for block in found}
    language = document_language((part.lang, kinds[part.block] == "headline") for part in segments)
    source, published = bylines.source_and_date(text, found)
    meta = dict(document.meta)
    told = {"source": source, "published": published}
    for key, value in (*told.items(), *markdown.fields(text).items()):
        if value is not None and not meta.get(key):
            meta[key] = value
    return msgspec.structs.replace(
        document, blocks=found, segments=segments, figures=(), lang=language, meta=meta
    )


def proposition(part: Segment) -> str:
    """Return what a segment says, its citation marks left out."""
    return without_marks(part.text, part.start, ((c.start, c.end) for c in part.citations))


def without_marks(body: str, start: int, marks: Iterable[tuple[int, int]]) -> str:
    """Return a text that starts at ``start``, without the marks that lie in it."""
    text, cut = "", 0
    for first, last in marks:
        if start <= first < start + len(body):
            text += body[cut : first - start].rstrip()
            cut = last - start
    return text + body[cut:]


def _segments(text: str, found: Sequence[Block], balance: int) -> Iterator[Segment]:
    number = 0
    for block in found:
        if block.kind in _SILENT:
            continue
        for start, end, citations in _statements(text, block):
            body = text[start:end]
            yield Segment(
                id=number,
                start=start,
                end=end,
                text=body,
                lang=segment_language(body, balance),
                block=block.id,
                citations=citations,
            )
            number += 1


def _statements(text: str, block: Block) -> Iterator[tuple[int, int, tuple[Citation, ...]]]:
    """Yield the sentences of a block, the citation marks after each taken off it."""
    if block.kind in ("headline", "heading"):
        spans = [(block.start, block.end)]
    else:
        spans = list(sentences.spans(text, block.start, block.end))
    held: tuple[int, int, tuple[Citation, ...]] | None = None
    for start, end in spans:
        leading = patterns.CITATIONS.match(text, start, end)
        marks: tuple[Citation, ...] = ()
        if leading:
            marks = _citations(text, start, leading.end())
            start = _skip_space(text, leading.end(), end)  # noqa: PLW2901
            if held is not None:
                # "…growth. [2] Next": the mark cites the sentence before it.
                held = (held[0], held[1], held[2] + marks)
                marks = ()
        if held is not None:
            yield held
            held = None
        if start >= end:
            continue
        inner = _citations(text, start, end)
        stop = _strip_citations(text, start, end)
        title = block.kind in ("headline", "heading")
        marked = not title and _END_MARK.fullmatch(text, start, stop)
        if _WORD.search(text, start, stop) and not marked:
            held = (start, stop, marks + inner)
    if held is not None:
        yield held


def _citations(text: str, start: int, end: int) -> tuple[Citation, ...]:
    return tuple(
        Citation(match.start(), match.end(), match[0])
        for match in patterns.CITATION.finditer(text, start, end)
    )


def _strip_citations(text: str, start: int, end: int) -> int:
    """Return the end of a sentence without the citation marks that close it."""
    stop = end
    for match in patterns.CITATIONS.finditer(text, start, end):
        if match.end() == end:
            stop = match.start()
    return stop


def _skip_space(text: str, start: int, end: int) -> int:
    while start < end and text[start].isspace():
        start += 1
    return start


def _as_sentence(document: Document) -> Document:
    for key in _TEXTS:
        # A table has NaN where nothing stands.
        value = document.meta.get(key)
        if value is not None and value == value and not isinstance(value, str):  # noqa: PLR0124
            msg = f"{key}: expected text, found {value!r}"
            raise DocumentError(msg)
    text = document.text
    start = len(text) - len(text.lstrip())
    end = len(text.rstrip())
    if end <= start:
        return document
    body = text[start:end]
    language = segment_language(body, 0)
    block = Block(0, start, end, "paragraph")
    part = Segment(
        id=0,
        start=start,
        end=end,
        text=body,
        lang=language,
        block=0,
        citations=_citations(text, start, end),
    )
    code = "en" if language == "en" else "zh"
    return msgspec.structs.replace(
        document, blocks=(block,), segments=(part,), figures=(), lang=code
    )
