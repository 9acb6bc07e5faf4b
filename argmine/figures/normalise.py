"""Fold the ways one character can be written, offsets unchanged.

Every replacement is one code point for one code point, so a span found in the folded
text cuts the same place of the original.
"""

from __future__ import annotations

import re

# But the comma, which in half width would stand inside a number: 2024年，15家.
_FULL_WIDTH = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F) if code != ord("，")}
# Traditional characters that numerals and units are written with, and variants.
_TRADITIONAL = (
    "萬億兩餘幾數點個噸圓幣歲週鐘時間頓磅號級縣線項種條輛艘架隻頭張萬倍漲長增減"
    "單臺檯戶據達過從於後約將進龍車馬韓歐日盧臘銖鎊澳億財環較週產業處會國員億兆廿卅"
    "節輪層場塊枚顆標準侖題餐職階對門臨網華興發開轉萬買賣賬費資額總與這還為們說億"
    "徵擴貶經頃佔納購簽獲銷稅債貿縮減緩創權"
)
_SIMPLIFIED = (
    "万亿两余几数点个吨圆币岁周钟时间顿磅号级县线项种条辆艘架只头张万倍涨长增减"
    "单台台户据达过从于后约将进龙车马韩欧日卢腊铢镑澳亿财环较周产业处会国员亿兆廿卅"
    "节轮层场块枚颗标准仑题餐职阶对门临网华兴发开转万买卖账费资额总与这还为们说亿"
    "征扩贬经顷占纳购签获销税债贸缩减缓创权"
)
_VARIANTS = {
    "壹": "一",
    "贰": "二",
    "貳": "二",
    "叁": "三",
    "參": "三",
    "柒": "七",
    "捌": "八",
    "玖": "九",
    "佰": "百",
    "仟": "千",
    "〇": "零",
    "○": "零",
    "負": "负",
    "碼": "码",
    "μ": "µ",
    "裏": "里",
    "攝": "摄",
    "湯": "汤",
    "雙": "双",
    "蘋": "苹",
    "計": "计",
    "溫": "温",
    "無": "无",
    "禮": "礼",
    "紐": "纽",
    "圓": "元",
    "圆": "元",
    "\u3000": " ",
    "\xa0": " ",
    "\u2009": " ",
    "\u202f": " ",
    "–": "-",
    "—": "-",
    "−": "-",
    "‐": "-",
    "‑": "-",
    "〜": "~",
    "～": "~",
    "∼": "~",
    "’": "'",
    "′": "'",
    "″": '"',
    "￥": "¥",
    "￡": "£",
    "￠": "¢",
}
_TABLE = {
    **_FULL_WIDTH,
    **{ord(a): ord(b) for a, b in zip(_TRADITIONAL, _SIMPLIFIED, strict=True)},
    **{ord(a): ord(b) for a, b in _VARIANTS.items()},
}


# These are digits among other bankers' numerals only: 伍拾陆元, but 退伍, 大陆, 收拾.
_BANKERS = re.compile(
    "(?<![大登着上内退部])[伍陆陸](?=[万萬仟佰拾角分元圆圓])|[伍陆陸零]{0,4}[壹贰貳叁參肆柒捌玖拾佰仟][壹贰貳叁參肆伍陆陸柒捌玖拾佰仟萬万億亿零]{1,16}|(?<!收)拾(?=[一二三四五六七八九]?[百千万萬亿億])|(?<=之)[肆伍陆陸拾]|(?<=[百千万萬])[伍陆陸肆](?=\\Z|[,，。])|\\A[拾肆]\\Z"
)
_THOUSANDS = re.compile(r"(?<=\d)，(?=\d{3}(?!\d))")
# A line that was wrapped: 34⏎percent.
_WRAPPED = re.compile(r"(?<=[\w,])\n(?=[a-z])")
_BANKERS_ONLY = str.maketrans("伍陆陸拾肆", "五六六十四")


def fold(text: str) -> str:
    """Return the text, as long as before, in half width and simplified characters."""
    text = _WRAPPED.sub(" ", text)
    folded = _BANKERS.sub(lambda run: run[0].translate(_BANKERS_ONLY), text)
    return _THOUSANDS.sub(",", folded.translate(_TABLE))
