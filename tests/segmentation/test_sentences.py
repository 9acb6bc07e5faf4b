"""Where sentences end, and where they only seem to."""

from __future__ import annotations

import pytest

from argmine.segmentation.sentences import spans


def split(text: str) -> list[str]:
    """Return the sentences of a paragraph."""
    return [text[start:end] for start, end in spans(text, 0, len(text))]


CASES = {
    "initials": ["The U.S. Senate met.", "John F. Kennedy spoke at 3 p.m. on Monday."],
    "opener-after-abbreviation": ["He moved to the U.S.", "The firm stayed."],
    "titles": ["Mr. Xi met Gen. Milley and Sen. Warren.", "They talked."],
    "decimals": ["Growth was 3.5 percent vs. 2.1.", "That is No. 1 in the world."],
    "url": ["See https://a.example/b.html?c=1.2 for more.", "Or call."],
    "quotes-en": ['"We will not yield!" Mr. Wang said.', '"Never."'],
    "question-inside": ['"Why?" he asked.', "No one knew."],
    "ellipsis-en": ["We waited... and waited.", "Then it came..."],
    "enumeration": ["Two points matter.", "1. Trade is open.", "2. Tariffs are not."],
    "speakers": ["It is good —", "THE PRESIDENT: Thank you.", "Q: Why?"],
    "plain-zh": ["美国加征关税。", "中方坚决反对！", "后果是什么？"],
    "quote-zh": ["他说：“这是错误的。", "我们不接受。”", "会谈结束了。"],
    "full-width-decimals": [
        "同比下降１０．４％，为５７３７．５亿元。",
        "其他国家没有这样做．",
        "他说。",
    ],
    "verbs-of-speech-zh": [
        "“这是错的。”王毅重申。",
        "“打不得！”智库断言。",
        "“不怕。”她如是说。",
        "“不对。”他告诉本台。",
        "“Jobs matter.”他说。",
    ],
    "quote-zh-in-english": ["One wrote, “卷不动了！” and gained followers.", "It spread."],
    "stop-behind-bracket": ["他称这是“脱钩”（不可能。）。", "中方反对。"],
    "reporting-clause-zh": ["“你为什么要举报？”他问。", "没有人回答。"],
    "corner-quotes": ["他問：「可以嗎？」", "她點頭。"],
    "title-with-mark": ["《怎么办？》是一本书。", "他读过。"],
    "ellipsis-zh": ["这个……不好说。", "走吧……”他说。"],
    "mixed-marks": ["美国商会(AmCham)表示反对.", "中方回应!", "OK."],
    "no-space": ["Trade fell.", "中国出口增长5.5%。", "The end."],
    "lost-full-stop": ["Tariffs hurt farmers", "The company said it would move."],
    "latin-names-zh": [
        "英伟达（Nvidia Corp.）上涨，Apple Inc.的股价下跌。",
        "美国总统D. J. Trump同意。",
    ],
    "clock": [
        "Talks ended at 5 p.m. Eastern time and 6 p.m. Sunday.",
        "He left at 7 p.m.",
        "Trump stayed.",
    ],
    "letters": ["Q. How long?", "A. We think it is a pause.", "II. The deal is done."],
    "citation-after-abbreviation": ["The U.S.[2] economy grew.", "He said so."],
    "after-a-quotation-zh": [
        "“中方绝不退让。”",
        "这是北京给华盛顿的警告。",
        "“我们不怕！”",
        "成都市民高喊口号。",
    ],
    "hour-before-a-noun": ["It was a 2 p.m. Oval Office meeting.", "They left."],
    "plural-titles": ["Sens. Rubio and Cruz met Drs. Fauci and Li.", "They left."],
    "title-of-a-piece-zh": [
        "以“谁是赢家？”为题发文。",
        "他读了“美国还行吗？”一文。",
        "“我们不怕！”",
        "这是立场。",
    ],
    "long-reporting-clause-zh": ["“中国不会屈服。”中国外交部发言人林剑20日说。", "会谈结束了。"],
    "a-lead-in-capitals": [
        "DELIVERING LOWER COSTS FOR AMERICAN FAMILIES AND CHINA’S RANCHERS: Today he signed it.",
        "It works.",
    ],
    "a-zone-before-a-turn": ["4:48 P.M. CEST", "VICE PRESIDENT HARRIS: Thank you."],
    "a-pronoun-behind-a-question": [
        "I said, “Why is that?”",
        "They said, “Because of tariffs.”",
        "“How so?” Smith asked.",
    ],
    "turns-in-a-line": [
        "12:15 P.M. EDT",
        "THE PRESIDENT: Let me begin.",
        "I was at —",
        "Q Twenty hours?",
        "MS. JEAN-PIERRE: We are —",
        "Q — late.",
        "DR. JHA: Yes.",
    ],
    "no-turns": [
        "Fauci told CNN: there is no cure.",
        "Our message to the U.S.: Hong Kong is China.",
        "Phoenix TV: What is next?",
        "Cambridge, MA: a press.",
    ],
    "words-like-abbreviations": [
        "The answer is no.",
        "Beijing says so.",
        "They mine iron ore.",
        "Copper fell.",
        "It joined CAFTA-DR.",
        "The deal held.",
    ],
    "abbreviations-in-small-letters": [
        "He criticised the Fed.",
        "Powell disagreed.",
        "It is legal under sec. 301 of the Act, see art. 5.",
        "Sales rose 5%.",
        "iPhone shipments fell.",
    ],
    "predicates-after-a-quotation-zh": ["“中国不会屈服。”", "他的话遭到广泛质疑。"],
    "abbreviation-and-bracket": [
        "The law (50 U.S.C. 1701 et seq.) (IEEPA) holds.",
        "Sen. Ron Johnson (R-Wis.) Chairman agreed.",
    ],
    "law": ["Section 1. Background.", "See 90 Fed. Reg. 15041 and 73 Stat. 212.", "It ends."],
    "parts-of-names": ["They followed Sun Yat-sen.", "Mao did not."],
    "spaced-ellipsis": ["It is better . . . that we wait.", "He left."],
    "long-reporting-clause-en": [
        "“What is there to be afraid of?” Foreign Ministry spokesman Lin Jian said on Friday.",
        "He left.",
    ],
    "reporting-clause-with-titles-zh": [
        "“我们不怕。”清华大学教授、某研究所所长李明说。",
        "会谈结束了。",
    ],
    "bracket-goes-on": ["The U.S. (and its allies) agreed.", "Apple Inc. (the iPhone maker) fell."],
    "quote-goes-on": ["It was made in the U.S. “by hand” at cost.", "(It was over.)"],
    "no-is-an-answer": ["Did it work?", "No.", "Washington lost.", "See No. 5 of the list."],
    "announced-zh": ["双方确认三点：1. 恢复对话；2. 暂停关税；3. 继续磋商。", "会谈结束。"],
    "numbers-told": ["Deaths: 12.", "Injured: 30.", "He is the No. One buyer."],
    "findings": ["Finding 1. Controls raised costs.", "Finding 2. They failed."],
    "speaker-zh": ["毛宁：中方一贯反对。", "记者：还有问题吗？"],
}


@pytest.mark.parametrize("sentences", CASES.values(), ids=CASES.keys())
def test_splits_where_a_reader_would(sentences: list[str]) -> None:
    """Joined sentences come apart again at the same places."""
    glue = "" if any("\u4e00" <= c <= "\u9fff" for c in sentences[0]) else " "

    assert sentences == split(glue.join(sentences))


@pytest.mark.parametrize("unit", ["A. ", "“。", "！？", "a b c. ", "... ", "(", "「", "I. I"])
def test_time_grows_with_length_only(unit: str) -> None:
    """A hundred thousand marks take no longer than they should."""
    import time

    def seconds(count: int) -> float:
        text = unit * count
        started = time.process_time()
        list(spans(text, 0, len(text)))
        return time.process_time() - started

    seconds(1000)
    # The better of two: the collector may run in one.
    assert min(seconds(80_000), seconds(80_000)) < 24 * max(seconds(10_000), 0.005)


def test_straight_quotes_of_chinese_are_told_by_their_number() -> None:
    """The one that opens belongs to the sentence behind it."""
    text = '"我们不怕。"他说。"一点也不。"会场响起掌声。"好!"'
    found = [text[start:end] for start, end in spans(text, 0, len(text))]
    assert found == ['"我们不怕。"他说。', '"一点也不。"', "会场响起掌声。", '"好!"']
    odd = '他说。"一点也不。会场安静。'
    assert "".join(odd[start:end] for start, end in spans(odd, 0, len(odd))) == odd
