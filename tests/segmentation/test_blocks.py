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


@pytest.mark.parametrize(
    "line",
    [
        "BEIJING, Aug. 7 (Xinhua) --", "PARIS/BEIJING, 20 July (Press) -", "(Bloomberg) --",
        "Beijing, July 20 (UPI) --", "（中央社華盛頓19日綜合外電報導）", "〔記者王小明／台北報導〕",
        "【明報專訊】", "（观察者网讯）", "路透北京7月20日 -", "财联社7月20日讯（编辑 赵昊）",
        "Washington (CNN) —", "中新社北京7月20日电 (李四 王五)", "环球网综合报道", "央视网消息：",
        "[記者張三／綜合報導]", "俄罗斯卫星通讯社莫斯科7月20日电", "本报讯（记者 张伟）", "（大纪元记者李言综合报导）", "（路透社）",
    ],
)  # fmt: skip
def test_datelines_of_many_makes(line: str) -> None:
    """Each opens a report, and is no part of its first sentence."""
    body = "中国出口增长5%。" if "\u4e00" <= line[-2] <= "\u9fff" else "Exports grew."
    assert layout(f"{line} {body}") == [("byline", line), ("paragraph", body)]


@pytest.mark.parametrize(
    "text",
    [
        "据路透社7月19日报道，欧盟正在准备反制。", "法新社20日报道称，特朗普将访华。",
        "NATO – the alliance founded in 1949 – met.", "Subscribers fell by 5% at the firm.",
        "扫码支付已成为中国人的日常。", "相关报道称，中国已取消关税。", "编辑：我们为什么要刊登？",
        "Copyright law has changed.", "记者：美方将加征30%关税，中方有何评论",
        "Section 301 – the law that he used – is old.",
        "Reporting by Reuters suggests the tariffs raise prices", "两国元首通报20日电话会谈内容。",
        "彭博社19日报道了这一消息。", "On Monday, Aug. 4 (US time), Trump spoke.", "U.S. - China talks resumed.",
        "（记者会上）中方表示反对。", "甲、乙双方应当遵守协议。", "（来源：商务部）中国出口增长5%，好于预期（3%）",
        "广告法修订草案公布", "扫码支付走向世界。", "字号老店纷纷歇业。", "2018年7月6日：美国对340亿美元商品加征关税",
        "April 2, 2025: Trump announces tariffs", "2025-04-02 特朗普宣布对等关税",
        "China raised tariffs on Monday, officials said. (AFP/Reuters)", "拜登怒怼记者 称通胀不是问题",
        "Related: tariffs rise again. Markets fell on Monday, officials said.", "TRUMP—The president said no.",
        "It is the U.S. — our allies too. They said so? — as it was.", "HUAWEI — The company said no.",
        "点赞 中国制造的背后，是技术。", "扫码看病已成常态。", "下载客户端人数上升三成，官方说。", "关注我们的未来是各国的责任。",
        "这部电影由他执导并拍摄。", "By any measure, this is a failure.", "Follow the money, he said.",
        "未经授权使用中国技术的企业将被起诉", "Terms of Use of TikTok changed after the ban took effect.",
    ],
)  # fmt: skip
def test_what_only_looks_like_furniture_is_text(text: str) -> None:
    """Nothing of a sentence is lost to a pattern of datelines, credits or page furniture."""
    assert layout(f"一切照旧。\n\n{text}\n\n完毕。")[1] == ("paragraph", text)


@pytest.mark.parametrize(
    "line",
    [
        "By Sun Xiaochen", "来源：中华人民共和国商务部新闻办公室 2025年7月20日", "By Jane Doe in Beijing", "By Laura Li, China correspondent, Press News",
        "Story by Jane Doe", "Source: Xinhua", "Monday, July 21, 2025", "20th July 2025",
        "Updated 5:12 PM GMT+8, July 20, 2025", "China Daily | Updated: 2025-07-20 07:24",
        "新华社记者 张三 李四", "□新华社记者 李四", "記者王小明／台北報導", "作者丨李明", "更新于2025年7月20日",
        "2025年07月20日 18:32　来源：中国新闻网", "2020-09-16T00:58:24Z", "（2025-05-06）", "Reuters", "By The Associated Press",
        "整理：许芳", "翻译：王明", "（2025年4月）", "Washington, D.C.", "2:07 p.m. EDT", "— Jane Doe, Palo Alto, Calif.",
        "September 17, 20251:04 PM GMT+8Updated 2 hours ago", "Jane Doe | May 6, 2025", "财新记者 李明", "【李明／台北報導】", "本文作者：李明", "1:12 P.M. EDT",
    ],
)  # fmt: skip
def test_bylines_of_many_makes(line: str) -> None:
    """Author, source and date alone make no sentence."""
    assert layout(f"A headline stands here\n{line}\n\nText follows it.")[1] == ("byline", line)


@pytest.mark.parametrize(
    "line",
    [
        "（责任编辑：张三）", "【编辑:李岩】", "（完）", "Enditem", "(ENDS)", "— END —", "编辑丨李四",
        "本网站文章不代表本站观点", "▲港口一角。（圖／記者王小明攝）", "5 Min Read",
        "Article continues below advertisement", "Most viewed", "https://example.org/news/a.html",
        "[Read more](https://example.org/a)", "(With inputs from agencies)", "推荐给朋友", "附件", "编辑/李明", "图片来源：新华社",
        "The Associated Press contributed to this report.", "Kevin Cox/Getty Images", "A man at the port. (Hans Doe/AP)",
        "(Reporting by Jane Doe; Editing by Wei Li)", "SEE ALSO: What the tariffs cost", "END 11:27 P.M. EDT", "转载请注明出处。",
        "— Jane Doe (@janedoe) May 6, 2025", "Write to Jane Doe at jane@example.org",
        "9月1日，一艘船停在港口。某社记者 王小明 摄", "中央社記者王小明攝", "（某国首相 视觉中国）", "首相资料图（视觉中国）",
        "▲港口（某社）", "视频截图", "FILE - A ship at a port, on May 9, 2025. (AP Photo/Jane Doe)",
        "FILE PHOTO: A ship at a port, May 9, 2025. REUTERS/Jane Doe/File Photo", "A ship docks. Photo: Reuters",
        "A ship docks. [Photo/Xinhua]", "A man walks. Credit: Jane Doe/AFP via Getty Images", "Photographer: Jane Doe/Bloomberg",
        "Read more: Why are magnets so important?", "Related topics", "47 comments", "Reading Time:3 minutes", "#China #trade",
        "SOURCES: USTR; World Bank", "The views expressed are the author's own.", "(APPLAUSE)", "Contact: Press Office, (202) 555-0142",
        "This article has been updated with comment from the White House.", "来自 iPhone客户端", "转发 1.2万 评论 3456 赞 8.9万",
        "展开全文", "关注我们", "打开APP查看", "投稿邮箱：abc@example.org", "本文首发于某某网", "声明：本文为作者独立观点",
    ],
)  # fmt: skip
def test_furniture_of_many_pages(line: str) -> None:
    """What pages put around an article is not judged."""
    assert layout(f"一切照旧。\n\n{line}\n\n完毕。")[1] == ("boilerplate", line)


def test_above_the_hour_of_a_speech_stand_places() -> None:
    """A transcript may have no headline; a title above its place is one."""
    body = "THE PRESIDENT: Thank you all for coming. Please sit down."
    found = layout(f"Rose Garden\n\n1:12 P.M. EDT\n\n{body}")
    assert [kind for kind, _text in found] == ["byline", "byline", "paragraph"]
    for headline in ("China Hits Back With New Tariffs", "Trump Announces New Tariffs"):
        assert layout(f"{headline}\n\n5:12 P.M. EDT\n\n{body}")[0] == ("headline", headline)
    titled = layout(f"Remarks by the President on Trade\n\nRose Garden\n\n1:12 P.M. EDT\n\n{body}")
    assert titled[0] == ("headline", "Remarks by the President on Trade")


def test_a_line_broken_after_an_abbreviation_goes_on() -> None:
    """Neither the law nor the day that follows opens a block of its own."""
    text = "Under section 604 of the Trade Act of 1974, as amended (19 U.S.C.\n2483), he acts."
    assert layout(text) == [("paragraph", text)]
    assert layout("By Theresa May\n2 July 2019\n\nText follows it.")[0] == (
        "byline",
        "By Theresa May",
    )
    text = "The measure was told to all of the members of the union on June\n10. It holds."
    assert layout(text) == [("paragraph", text)]


def test_the_mark_of_an_agency_is_no_sentence() -> None:
    """Behind the last sentence as well as on a line of its own."""
    found = segment(Document.of("他说：“我们不怕。”(完)")).segments
    assert [part.text for part in found] == ["他说：“我们不怕。”"]


def test_lines_that_stand_apart_are_not_joined() -> None:
    """Another script, a dateline, an indent or a line wider than any page begins anew."""
    headline = "China's foreign trade expands in the first seven months of the year"
    texts = [
        f"{headline}\nBEIJING, Aug. 7 (Xinhua) -- China's trade grew.",
        "The two sides agreed to keep up contacts at all levels\n双方同意保持各级别沟通。",
        "特朗普政府考虑进一步限制对华出口北京警告后果自负并称奉陪到底\n\u3000\u3000美国财政部官员20日透露了消息。",
        f"{'Exports of toys and shoes rose ' * 4}again\nImports of grain and oil fell.",
    ]
    for text in texts:
        first, _, _ = text.partition("\n")
        assert layout(text)[0][1] == first


def test_wrapped_items_are_whole() -> None:
    """A bullet that the page wrapped goes on in small letters."""
    text = "- Both sides agreed to extend the truce on tariffs for another\n  ninety days.\n- They left."
    assert [kind for kind, _ in layout(text)] == ["bullet", "bullet"]


def test_a_short_headline_above_a_long_deck() -> None:
    """The first line that is more than a label is the headline; labels are furniture."""
    text = "首页\n美国稀土困局\n钱能买来矿山，买不来几十年的产业积累和一整条供应链\n观察者网 2025-07-20 22:29\n\n正文在此。"
    kinds = [kind for kind, _ in layout(text)]
    assert kinds[:2] == ["boilerplate", "headline"]
    asked = "张维为：西方为何误读中国？\n观察者网 2025-07-20 22:29\n\n正文在此。"
    assert layout(asked)[0][0] == "headline"


def test_source_and_date_in_either_order() -> None:
    """English dates and a source after the date are read too."""
    first = segment(
        Document.of("标题在此处出现\n2025年07月20日 18:32　来源：中国新闻网\n\n正文在此。")
    )
    second = segment(Document.of("A headline stands here\nSunday, 20 July 2025\n\nText follows."))

    assert first.meta == {"source": "中国新闻网", "published": "2025-07-20T18:32"}
    assert second.meta == {"published": "2025-07-20"}


def test_a_citation_right_after_its_stop() -> None:
    """It belongs to the sentence before it, which ends there."""
    text = "Tariffs hurt trade.[2] They also fail.[3][4] Trade fell 5%."
    found = [(p.text, [c.text for c in p.citations]) for p in segment(Document.of(text)).segments]

    assert found == [
        ("Tariffs hurt trade.", ["[2]"]), ("They also fail.", ["[3]", "[4]"]),
        ("Trade fell 5%.", []),
    ]  # fmt: skip


MARKDOWN = """---
title: "Duties rise again"
author: Ann Example
date: 2025-04-09
tags: [trade, ports]
---

Duties rise again
=================

![A port](port.jpg)

What ports say
--------------

> The duties are a tax on harbours,
> and they will cost each of them a crane,
> said one harbour master.

| Port | Share |
| ---- | ----: |
| East | 13.4% |

```python
print("no prose")
```

Ships wait.
"""


def test_markdown_is_told_by_its_layout() -> None:
    """Front matter, underlined headings, wrapped quotations, tables, pictures and code."""
    document = segment(Document.of(MARKDOWN))

    assert [(kind, text) for kind, text in layout(MARKDOWN) if kind != "boilerplate"] == [
        ("headline", "Duties rise again"),
        ("byline", "author: Ann Example"),
        ("byline", "date: 2025-04-09"),
        ("heading", "What ports say"),
        ("quote", "The duties are a tax on harbours,\n> and they will cost each of them a crane,\n> said one harbour master."),
        ("paragraph", "| Port | Share |"),
        ("paragraph", "| East | 13.4% |"),
        ("paragraph", "Ships wait."),
    ]  # fmt: skip
    assert document.meta == {
        "title": "Duties rise again", "author": "Ann Example", "published": "2025-04-09",
    }  # fmt: skip
    assert [s.text for s in document.segments][-1] == "Ships wait."


@pytest.mark.parametrize(
    ("text", "kinds"),
    [
        # A sentence above a rule, a rule alone, a fence that nothing closes.
        ("It rose.\n---\nIt fell.", ["paragraph", "boilerplate", "paragraph"]),
        (
            "---\nIt rose.\n---\nIt fell.",
            ["boilerplate", "paragraph", "boilerplate", "paragraph"],
        ),
        ("```\nIt rose.\n\nIt fell.", ["boilerplate", "paragraph", "paragraph"]),
        ("~~~~\nIt rose.\n~~~~", ["boilerplate", "paragraph", "boilerplate"]),
    ],
)
def test_what_looks_like_markdown_and_is_text(text: str, kinds: list[str]) -> None:
    """Prose is not lost to it."""
    found = layout(text)
    assert [kind for kind, _ in found] == kinds


@pytest.mark.parametrize(
    ("line", "source", "published"),
    [
        ("Jane Doe | Reuters | Apr 9, 2025", None, "2025-04-09"),
        ("By JANE DOE  APRIL 9, 2025", None, "2025-04-09"),
        ("*By Jane Q. Doe | March 4, 2025*", None, "2025-03-04"),
        ("by Jane Doe, April 9, 2025", None, "2025-04-09"),
        ("Story by Tom Hals • 2h ago • 3 min read", None, None),
        ("Published: 14 April 2025 | Author: M. Rao | Source: Brief", "Brief", "2025-04-14"),
        ("2025年04月05日 08:30　来源：人民网－人民日报　作者：罗珊", "人民网－人民日报", "2025-04-05T08:30"),
        ("作者：李明 来源：《财经》 时间：2025-04-09", "《财经》", "2025-04-09"),
        ("来源：新华社　作者：王小明　2025年4月10日", "新华社", "2025-04-10"),
        ("每经记者：李明　每经编辑：王芳", None, None),
        ("2025/04/08 09:00 ・ 記者林小華／台中報導", None, "2025-04-08T09:00"),
    ],
)  # fmt: skip
def test_the_line_below_a_headline(line: str, source: str | None, published: str | None) -> None:
    """It falls into dates, labels and names; a label ends the name before it."""
    document = segment(Document.of(f"中国反制关税升级\n{line}\n\n中方宣布反制。双方将会谈。"))
    assert [block.kind for block in document.blocks] == ["headline", "byline", "paragraph"]
    assert (document.meta.get("source"), document.meta.get("published")) == (source, published)


@pytest.mark.parametrize(
    "line",
    [
        "Trade War Deepens", "4月9日 中国宣布反制", "By Friday", "April 9, 2025: China hits back",
        "Source: official data show growth", "记者：请问中方有何评论？", "Tariffs | Explained",
        "Reporter: Right.", "2025-04-02 特朗普宣布对等关税", "Tiananmen Square, June 4, 1989",
        "Trump Hits China April 9", "评论：关税伤害消费者", "May 10 Geneva",
        "Tuesday, July 22", "15:00", "Written By Trump",
    ],
)  # fmt: skip
def test_what_only_looks_like_a_byline(line: str) -> None:
    """Titles, turns and timelines say something."""
    assert "byline" not in [kind for kind, _ in layout(f"Headline here\n\n{line}\n\nIt rose.")]


@pytest.mark.parametrize(
    ("line", "prose"),
    [
        ("（中央社記者曾婷瑄巴黎9日專電）法國總統今天反對。", "法國總統今天反對。"),
        ("财联社4月9日电，美国宣布加征关税。", "美国宣布加征关税。"),
        ("据新华社4月9日报道，美国宣布。", "据新华社4月9日报道，美国宣布。"),
        ("观察者网讯 美国宣布加征关税。", "美国宣布加征关税。"),
        ("Apr 9 (Reuters) - China hit back.", "China hit back."),
        ("BEIJING, April 9, 2025 /PRNewswire/ -- China hit back.", "China hit back."),
        ("Washington — The tariff rose.", "The tariff rose."),
        ("Washington — and Beijing — agreed.", "Washington — and Beijing — agreed."),
        ("US: China must act.", "US: China must act."),
        ("BEIJING: China hit back.", "BEIJING: China hit back."),
        ("London – Brussels talks resume.", "London – Brussels talks resume."),
    ],
)
def test_datelines_of_agencies(line: str, prose: str) -> None:
    """They are no part of the first sentence."""
    found = layout(f"Headline stands here\n\n{line}\n\nMore follows.")
    assert ("paragraph", prose) in found


def test_a_line_broken_off_goes_on() -> None:
    """Narrow pages break before a number or a name; a quotation has its mark on every line."""
    text = "The firm has\n12 plants in China.\n\nPrices rose 5% to\n$110 per kilogram."
    assert [kind for kind, _ in layout(text)] == ["paragraph", "paragraph"]
    quoted = "他们说：\n\n> “美方一意孤行，\n> 中方必将奉陪到底。”"
    assert [kind for kind, _ in layout(quoted)] == ["paragraph", "quote"]


def test_a_date_above_the_headline() -> None:
    """Then the headline is the line below it."""
    assert layout("April 9, 2025\n\nChina hits back at tariffs\n\nIt rose.")[1] == (
        "headline",
        "China hits back at tariffs",
    )


@pytest.mark.parametrize(
    "line",
    [
        "特别声明：中国政府决定自4月10日起对美国商品加征34%关税。",
        "资料图显示，出口增长5%。",
        "分析人士认为这一表态不构成对企业的投资建议。",
        "扫描二维码付款的人越来越多。",
        "This article was first published in the Financial Times. It said that tariffs fail.",
        "Read More: Xi said that China will hit back.",
        "Tags: tariffs cost them billions, he said.",
        "Photo by photo, the story emerged",
    ],
)
def test_news_that_begins_like_furniture(line: str) -> None:
    """It is prose, and has segments."""
    assert "boilerplate" not in [kind for kind, _ in layout(f"Headline here\n\n{line}\n\nIt rose.")]


@pytest.mark.parametrize(
    "text",
    [
        "The main points are\n- Exports rose 5%.\n- Imports fell.",
        "The list was\n1. Steel.\n2. Cars.",
        "The sectors hit are\n# Steel",
        "Where things are\nTariffs rose to 50% on Monday.",
    ],
)
def test_what_a_broken_line_does_not_swallow(text: str) -> None:
    """Bullets, headings and sentences below it stand for themselves."""
    assert layout(text)[0][1] == text.split("\n", maxsplit=1)[0]


def test_lines_between_rules_are_no_front_matter() -> None:
    """Without a known key they are prose; of two titles the first counts."""
    assert "paragraph" in dict(layout("---\nChina: exports rose 5%.\n---\nIt rose."))
    found = layout("---\r\ntitle: A head\r\ntitle: B\r\n---\r\nIt rose.\r\n")
    assert [text for kind, text in found if kind == "headline"] == ["A head"]


def test_a_numbered_line_between_paragraphs_is_a_heading() -> None:
    """And an item where items stand beside it."""
    text = (
        "Why tariffs fail\n\nThey failed. Nobody doubts it any more.\n\n"
        "1. The wrong tool\n\nTariffs are a tax on buyers.\n\n"
        "（二）错误的目标\n\n中国找到了其他买家。\n\n"
        "What to do\n\nThere are two ways.\n\n1. Act now\n2. Wait\n\nBoth have a price."
    )
    kinds = [
        kind for kind, said in layout(text) if said.startswith(("1. The", "（二）", "Act", "Wait"))
    ]
    assert kinds == ["heading", "heading", "bullet", "bullet"]


@pytest.mark.parametrize(
    "text",
    [
        "1. China said it would retaliate. The U.S. did too",
        "1. China raised tariffs to 84% [3]",
        "1、美方加征关税。中方坚决反对",
    ],
)
def test_a_numbered_statement_is_no_heading(text: str) -> None:
    """A stop within or a mark of what is cited tells it from a title."""
    found = layout(f"A headline stands here\n\nText follows it.\n\n{text}\n\nMore follows.")
    assert found[2][0] == "bullet"


def test_what_a_colon_announces_is_a_list_unless_text_stands_between() -> None:
    """One condition is an item; two sections with their text are none."""
    lone = "Talks go on\n\nIt named one condition:\n\n1. No tariffs on soybeans\n\nNo answer came."
    assert layout(lone)[2][0] == "bullet"
    two = (
        "Talks go on\n\nThere are two ways:\n\n1. Act now\n\nIt costs much.\n\n"
        "2. Wait for a year\n\nIt costs more."
    )
    assert [kind for kind, _ in layout(two)][2::2] == ["heading", "heading"]


@pytest.mark.parametrize(
    "text",
    [
        "The largest chipmaker of the country doubled its revenue in a year;\nits engineers did it.",
        "The order was signed on Friday by the chief executive of Apple Inc.\nand it took effect.",
        "He said it would require Congress to admit that it had been wrong\n— and it never does that.",
        "• Tariffs raise prices for\n  consumers and firms.", "• They also hurt\nbanks.",
        "1) 关税推高了物价，\n   并损害了农民。", "- First item ends here.\n  Second sentence of it.",
    ],
)  # fmt: skip
def test_wrapped_lines_are_one_paragraph(text: str) -> None:
    """Whatever mark stands at the end of the line, or at the beginning of the next."""
    assert len(layout(text)) == 1


def test_what_is_not_wrapped_stays_apart() -> None:
    """A caption or a heading above a paragraph wider than a page, items in small letters."""
    body = "The administration has spent most of this year telling voters that tariffs are paid by foreigners."
    caption = "A worker walks past containers in Long Beach, California"
    assert layout(f"The plan\n\n{caption}\n{body} Few believe it.")[1] == ("heading", caption)
    items = (
        "- tariffs on cars that are made in Germany and in Japan and in Korea\n- tariffs on steel"
    )
    assert [kind for kind, _text in layout(items)] == ["bullet", "bullet"]


def test_a_question_heads_its_answer() -> None:
    """That of an explainer; one to a guest is a part of the text."""
    answer = "Until now only metals were controlled. Now all magnets are, whoever made them."
    found = layout(f"The deal\n\nThey met on Friday.\n\nWhat has changed?\n\n{answer}")
    assert ("heading", "What has changed?") in found
    asked = layout(f"The deal\n\nThey met on Friday.\n\nWhat do you think?\n\n{answer}")
    assert ("paragraph", "What do you think?") in asked
    assert ("heading", "（二）服务贸易") in layout(
        "报告\n\n一切照旧。\n\n（二）服务贸易\n\n1.旅游。游客减少了。\n\n2.教育。"
    )


@pytest.mark.parametrize("mark", ["📌 ", "🔹", "1️⃣ ", "➤ ", "◇ ", "- [ ] "])
def test_marks_of_items(mark: str) -> None:
    """The mark is no part of what the item says."""
    assert layout(f"{mark}Tariffs rise.\n{mark}Prices rise.")[0] == ("bullet", "Tariffs rise.")


@pytest.mark.parametrize(
    "credit",
    ["（编译/涂颀）", "（记者 李四）", "（总台记者 王五）", "（某某新闻）", "（新华社）", "（来源：环球网）", "（張三）", "（編輯：陳三）1141114", " (Reuters)"],
)  # fmt: skip
def test_credits_behind_the_last_sentence_say_nothing(credit: str) -> None:
    """Papers put a name or a source in brackets there."""
    text = f"一切照旧。中方反对这一做法。{credit}"
    assert [part.text for part in segment(Document.of(text)).segments] == [
        "一切照旧。",
        "中方反对这一做法。",
    ]


@pytest.mark.parametrize(
    "rows",
    [
        ("2018年7月6日　美国加征首轮关税", "2019年5月16日　华为被列入实体清单"),
        ("July 6, 2018 — First Tariffs", "April 2, 2025 Liberation Day"),
        ("Phase One Deal Signed - 2020-01-15", "Huawei Added, 2019-05-16"),
    ],
)
def test_rows_of_a_timeline_are_text(rows: tuple[str, str]) -> None:
    """A day and what happened on it, more than once; none is the date of the article."""
    text = "\n".join(["Timeline", "Here is how it went.", *rows])
    document = segment(Document.of(text))

    assert [part.text for part in document.segments[-2:]] == list(rows)
    assert "published" not in document.meta


@pytest.mark.parametrize(
    "line",
    [
        "国家电网7月20日电力负荷达15亿千瓦。",
        "蔚来汽车官网8月4日电池召回公告发布。",
        "【美国再制裁腾讯】股价下跌7%。",
        "【外交部回应稀土禁运报道】中方表示关切。",
        "来自华为的订单占这家荷兰公司收入的三成",
        "版权所有者起诉这家公司，索赔10亿美元。",
        "扫一扫就能付款，美国游客直呼方便。",
        "下载量最高的十款APP，九款来自中国",
        "未经授权不得向中国出口先进芯片",
        "相关报道引发市场恐慌",
        "点击量过亿的视频引发关注",
        "分享到中国发展红利的国家越来越多",
        "关注我们，就是关注中国制造",
        "转载请求被美方拒绝，中国学者表示遗憾。",
        "▼对美出口：下降21.7%（连续四个月下滑）",
        "记者：美方为何加征关税",
        "作者：中国不会屈服于关税压力",
        "Sign up to the deal or face 50% tariffs, Trump told Beijing.",
        "Subscribe to that logic and no tariff is ever too high.",
        "Follow us into this trade war and you will regret it.",
        "Click here to see how tariffs work, the ad said.",
        "We use cookies from China, the bakery said.",
        "Copyright 2025 rules will hit Chinese apps hard, lawyers say.",
        "Contact: the two leaders spoke on Monday.",
        "Three U.S. agencies contributed reporting that China had hacked them.",
        "Trade Credit: Beijing Extends a Lifeline",
        "News of the ban came via Reuters",
        "CHINA - EU summit opens today in Beijing.",
        "By Country",
        "By Land and Sea",
        "By Trump’s Own Logic",
    ],
)
def test_statements_that_begin_or_end_like_furniture(line: str) -> None:
    """What only opens as a credit, a dateline or a button does is told."""
    text = (
        f"A headline of some words\n\nText comes first.\n\n{line}\n\nThen more of it is told here."
    )
    assert not {"byline", "boilerplate"} & {kind for kind, _body in layout(text)}


@pytest.mark.parametrize(
    "line",
    [
        "— 3 —",
        "第 3 页 共 18 页",
        "Page 3 of 18",
        "Was this page helpful?  Yes  No",
        "3.1K Reposts  412 Quotes",
        "EMBARGOED UNTIL 10:00 GMT, 12 May 2025",
        "View this email in your browser",
        "You are receiving this email because you signed up.",
        "【打印】【关闭窗口】",
        "（掌声）",
        "Sign up for Daily Newsletters",
    ],
)
def test_pages_and_mails_have_furniture(line: str) -> None:
    """None of it is text, nor the headline."""
    text = f"{line}\nA headline of some words\n\nText comes first and goes on."
    assert ("boilerplate", line) in layout(text)


def test_narrow_columns_are_joined() -> None:
    """Lines of like width that end in the middle of sentences were wrapped."""
    text = (
        "The agreement reached between\nChina and the United States in\nGeneva on Monday suspends most\n"
        "of the duties. Traders cheered\nit. Economists warned that the\ntruce was short."
    )
    assert [part.text.count("\n") for part in segment(Document.of(text)).segments] == [3, 1, 1]


def test_a_long_headline_does_not_swallow_the_first_line() -> None:
    """Where hardly a line is broken, none was wrapped."""
    headline = "China exports grow faster than expected in July but sales to America slump"
    text = f"{headline}\nExports grew 7.2% from a year earlier.\nImports rose 4.1%."
    assert layout(text)[0] == ("headline", headline)


def test_brackets_behind_a_statement_are_no_credits_unless_they_name_somebody() -> None:
    """（王小明） is who wrote it, （从未兑现） says something."""
    parts = segment(Document.of("他说会降价。（从未兑现）\n会议结束了。（王小明）")).segments
    assert [part.text for part in parts] == ["他说会降价。", "（从未兑现）", "会议结束了。"]


def test_turns_do_not_go_on_with_a_line_that_is_broken_off() -> None:
    """Another speaks."""
    text = "What is left is —\nQ    But the Chinese side says —\nA    They always do."
    assert len(layout(text)) == 3


@pytest.mark.parametrize(
    "line",
    [
        "来源：央视新闻客户端",
        "来源：海关总署官方网站",
        "作者：北京大学国际关系学院教授贾庆国",
        "By Wang Lei, People's Daily",
        "2025年4月9日于北京",
    ],
)
def test_long_names_are_bylines_too(line: str) -> None:
    """However many characters an office has."""
    assert ("byline", line) in layout(f"标题在这里写一行字\n{line}\n正文从这里开始，讲的是关税。")


def test_bylines_of_several_articles_are_no_timeline() -> None:
    """Their texts stand between them."""
    text = (
        "April 9, 2025 John Smith\n\nThe first text is told here.\n\n"
        "April 10, 2025 Jane Doe\n\nThe second text is told here."
    )
    assert [kind for kind, _body in layout(text)] == ["byline", "paragraph"] * 2


@pytest.mark.parametrize(
    "text",
    [
        "The ministry said exports grew faster than expected, customs data showed on\nThursday, it said.",
        "据海关总署周四公布的数据，中国上个月对美出口同比下降了百分之三十四\n的水平，令市场意外。",
    ],
)
def test_a_sentence_that_is_cut_goes_on_below_the_first_line(text: str) -> None:
    """A headline does not end so."""
    assert len(layout(text)) == 1


def test_a_broken_transcript_has_no_headings() -> None:
    """Where most lines end no sentence, a short one above a longer one is none."""
    lines = ["龙舟又翻了", "据说那天没有人穿救生衣", "去年", "福建也翻过两条这样的船"] * 12
    kinds = [kind for kind, _ in layout("\n\n".join(lines))]
    assert kinds.count("heading") == 0
    whole = ["关税", "商务部周四表示，双方都会因此受到损失。"] * 24
    assert [kind for kind, _ in layout("\n\n".join(whole))].count("heading") > 20


def test_prose_with_a_credit_behind_it_is_read() -> None:
    """A caption is furniture; a paragraph of several sentences is not, whatever it ends in."""
    told = "The minister said on Monday that the border would stay shut for now. " * 7
    assert layout(f"It rose.\n\n{told}Photograph: Mark Smith/AP")[1][0] == "paragraph"
    assert (
        layout("It rose.\n\nA guard at the border. Photograph: Mark Smith/AP\n\nIt fell.")[1][0]
        == "boilerplate"
    )
