"""What holds for every text: spans cut it, values survive rendering and context."""

from __future__ import annotations

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from argmine.figures import find

ALPHABET = st.sampled_from(
    [
        *"0123456789.,-–%$€¥/:[]() \n",
        *"零一二三四五六七八九十百千万亿两半多余年月日号点分之成倍翻折约超过至到以上下的。，",
        *"美元吨公斤每第个人名",
        " million", " thousand", " percent", "two ", "half ", "third", " and ", "between ", " to ",
        "May ", "2024", "last week", " a year", "Group ", "COVID-", "５", "萬", "😀", "e\u0301", "\r\n", "\ufeff",
    ]
)  # fmt: skip
DIGITS = "零一二三四五六七八九"
ONES = (
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen "
    "fifteen sixteen seventeen eighteen nineteen"
).split()
TENS = "twenty thirty forty fifty sixty seventy eighty ninety".split()
SAMPLES = [
    ("$2.3 billion", 2.3e9), ("110美元", 110.0), ("三成五", 35.0), ("百分之四十", 40.0), ("40%", 40.0),
    ("1.2万亿元", 1.2e12), ("fifty percent", 50.0), ("600 km", 600.0), ("三分之一", 1 / 3), ("25个基点", 25.0),
    ("two and a half million barrels", 2.5e6), ("12 years", 12.0), ("七千吨", 7000.0), ("180 days", 180.0),
]  # fmt: skip


def chinese(number: int) -> str:
    """Write a whole number below a hundred million in characters."""
    if number >= 10_000:
        rest = number % 10_000
        gap = "零" if 0 < rest < 1000 else ""
        return chinese(number // 10_000) + "万" + (gap + chinese(rest) if rest else "")
    written, places = "", ["", "十", "百", "千"]
    for place in range(3, -1, -1):
        digit = number // 10**place % 10
        if digit:
            written += DIGITS[digit] + places[place]
        elif written and not written.endswith("零"):
            written += "零"
    return written.rstrip("零")


def english(number: int) -> str:
    """Write a whole number below a hundred million in words."""
    for scale, word in ((10**6, "million"), (1000, "thousand"), (100, "hundred")):
        if number >= scale:
            rest = number % scale
            return f"{english(number // scale)} {word}" + (f" {english(rest)}" if rest else "")
    if number < 20:
        return ONES[number]
    tens, ones = divmod(number, 10)
    return TENS[tens - 2] + (f"-{ONES[ones]}" if ones else "")


@settings(deadline=None, max_examples=400)
@given(st.lists(ALPHABET, max_size=30).map("".join))
def test_every_span_cuts_its_text(text: str) -> None:
    """In any language: text, core and the thing measured are slices, in order."""
    for lang in ("en", "zh", None):
        end = 0
        for figure in find(text, lang):
            assert end <= figure.start < figure.end <= len(text)
            assert text[figure.start : figure.end] == figure.text
            assert figure.start <= figure.core_start < figure.core_end <= figure.end
            if figure.measures:
                assert text[figure.measures.start : figure.measures.end] == figure.measures.text
            end = figure.end


@settings(deadline=None)
@given(st.integers(11, 99_999_999))
def test_a_number_in_words_is_read_back(number: int) -> None:
    """The same number in digits, characters and words has one value."""
    [in_characters] = find(f"{chinese(number)}美元", "zh")
    [in_words] = find(f"{english(number)} dollars", "en")
    [in_digits] = find(f"${number:,}", "en")

    assert in_characters.value == in_words.value == in_digits.value == number


@settings(deadline=None)
@given(st.integers(1, 99).filter(lambda n: n % 10))
def test_a_share_in_every_form_is_read_back(number: int) -> None:
    """17%, 百分之十七 and "17 percent" are one share."""
    forms = (f"{number}%", f"百分之{chinese(number)}", f"{number} percent", f"{number / 10:g}成")

    assert {find(form)[0].value for form in forms} == {number}


@settings(deadline=None)
@given(st.sampled_from(SAMPLES), st.sampled_from(SAMPLES), st.booleans())
def test_context_never_changes_a_value(
    sample: tuple[str, float], other: tuple[str, float], also: bool
) -> None:
    """A figure has the value it has alone, whatever stands around it."""
    text, value = sample
    lang = "en" if text.isascii() else "zh"
    before, after = (
        ("He said ", ", adding that it was late.")
        if lang == "en"
        else ("他说，", "，此外另有安排。")
    )
    beside = other[0] if also and other[0].isascii() == text.isascii() else ""
    sentence = f"{before}{text}{after}{beside}"
    found = [figure for figure in find(sentence, lang) if figure.start < len(before) + len(text)]

    assert [figure.value for figure in found] == [pytest.approx(value)]
    assert found[0].text == text


@pytest.mark.parametrize("unit", ["9", "万", ",", "1,", "百分之", "，"])
def test_a_megabyte_is_read_in_linear_time(unit: str) -> None:
    """Ten times the text takes about ten times as long, not a hundred."""

    def seconds(characters: int) -> float:
        started = time.process_time()
        find(unit * (characters // len(unit)))
        return time.process_time() - started

    seconds(1000)
    assert seconds(1_000_000) < 30 * max(seconds(100_000), 0.05)
