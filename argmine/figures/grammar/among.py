"""How many among how many: 每三人中有一人 is a third, 每10万人5.2例 and 14.3/10万 are rates.

All text here is folded (``normalise.fold``).
"""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from argmine.figures.grammar import forms

if TYPE_CHECKING:
    from collections.abc import Iterator

    from argmine.figures.token import Token

_NUMBER = r"[\d一二两三四五六七八九十百千万]{1,8}"
_COUNTER = "个|名|人|位|家|户|辆|台|件|款|只|艘|架|所|座|国|票|块|瓶|枚"
_MANY = r"(?:1?0?0万|10{3,5}|[百十一]?[万千]|百万)"
_MILLIONS = r"(?:10{0,2}万|[百十]?万)"
_PATTERN = re.compile(
    rf"(?P<one>(?P<each>(?:平均)?每\s?)?(?<![\d.十百千万])(?P<one_u>{_NUMBER})(?:{_COUNTER})[\u4e00-\u9fff]{{0,8}}?"
    rf"(?:[之当]?中[,，]?[就便只仅约至少]{{0,2}}有|就有)[约近超过逾]{{0,2}}(?P<one_n>{_NUMBER})(?:{_COUNTER})(?!月|半))"
    rf"|(?P<rate>每\s?(?P<rate_m>{_MANY})[名个]?(?P<rate_w>人口|人|居民|活产(?:婴儿)?|新生儿|女性|男性|妇女|儿童|车辆)"
    r"(?:[之当]?中)?[就便仅约]{0,2}(?:有|为|达)?约?(?P<rate_n>\d[\d.]*)(?P<rate_c>例|人|名|宗|起|件|个|张|位|台|辆)?)"
    rf"|(?P<slash>(?<![\d./])(?P<slash_n>\d[\d.]*)\s?/\s?(?P<slash_m>{_MILLIONS})(?![\d元美吨辆人级]))"
)
# Of ten people it is a share, of any other number a count: 27国中有12国, 受伤的10人中有3人.
_ROUND = "十"


def find(text: str) -> Iterator[Token]:
    """Yield these figures in folded text, in order."""
    for match in _PATTERN.finditer(text):
        made = _share(match) if match["one"] else _rate(match, "rate" if match["rate"] else "slash")
        if made is not None:
            yield made


def _share(m: re.Match[str]) -> Token | None:
    over, under = forms.number(m["one_n"]), forms.number(m["one_u"])
    told = m["each"] or (m["one_u"] == _ROUND and "人" in m["one"])
    if not over or not under or over >= under or not told:
        return None
    return forms.token(m.span(), "fraction", over / under)


def _rate(m: re.Match[str], kind: str) -> Token | None:
    value, many = forms.number(m[f"{kind}_n"]), forms.number(m[f"{kind}_m"])
    if value is None or many is None:
        return None
    counter = m["rate_c"]
    end = m.end() - len(counter or "")
    found = forms.token((m.start(), end), "count" if counter else "number", value)
    per = f"{many:.0f} {m['rate_w'] or ''}".strip()
    place = m.start(f"{kind}_n")
    core = (place, place + len(m[f"{kind}_n"]))
    return replace(found, core_start=core[0], core_end=core[1], counter=counter, per=per)
