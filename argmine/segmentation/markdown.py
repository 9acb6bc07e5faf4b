"""What Markdown tells by its layout: front matter, fences, underlined headings, tables.

Marks at the head of a line (``#``, ``>``, ``-``) are read with the lines themselves, since
plain text has them too.  Source: CommonMark 0.31, and the front matter of Jekyll and Hugo.
"""

from __future__ import annotations

import re
from itertools import islice
from typing import TYPE_CHECKING, NamedTuple

from argmine.segmentation import patterns
from argmine.segmentation.bylines import is_byline

if TYPE_CHECKING:
    from collections.abc import Iterator

    from argmine.records import BlockKind


class Mark(NamedTuple):
    """A stretch of whole lines, and the block that it is; offsets are trimmed."""

    start: int
    end: int
    kind: BlockKind


_FRONT_LINES = 80
_FRONT = re.compile(r"\ufeff?(?P<fence>---|\+\+\+)[ \t]{0,9}\r?\n")
_FIELD = re.compile(r"(?P<key>[A-Za-z_][\w-]{0,40})[ \t]{0,4}[:=](?=[ \t\[\"']|$)")
# Front matter has at least one of these.
_KNOWN = frozenset(
    "title author authors date published source url link layout tags tag categories category draft slug description "
    "summary permalink lang language keywords updated lastmod id type weight image excerpt".split()
)
# "> " and "|" say that the value stands on the lines below.
_FOLDED = (">", "|", ">-", "|-", "")
_LONGEST = 2000
_NESTED = re.compile(r"[ \t]|-\s|#|\[|\]|[}\"']|$")
# Fences of tildes are left out: rows of them adorn plain text.
_FENCE = re.compile(r"[ ]{0,3}(?P<mark>`{3,})[^`\n]{0,80}$")
_UNDERLINE = re.compile(r"[ ]{0,3}(?:={3,}|-{3,})[ \t]*$")
_HEADING_WIDTH = 200
_ROW = re.compile(r"\|[^|\n]*\|.*\|$")
_RULE = re.compile(r"\|?[ \t]*:?-{2,}:?[ \t]*(?:\|[ \t]*:?-{2,}:?[ \t]*){1,60}\|?[ \t]*$")
_IMAGE = re.compile(r"(?:!\[[^\]\n]{0,500}\]\([^)\n]{0,1000}\)[ \t]*)+$|\{\{[<%].{0,500}[>%]\}\}$")
_META = {
    "title": "title", "author": "author", "authors": "author", "source": "source", "url": "url",
    "link": "url", "canonical_url": "url", "canonical": "url", "date": "published",
    "published": "published",
}  # fmt: skip
_DATED = re.compile(r"\d{4}[-/.年]")
_AUTHORS = ("author", "authors", "byline", "by", "date", "published", "source")


def marks(text: str) -> list[Mark]:
    """Return the stretches that Markdown lays out, in order, without overlap."""
    if not _may_hold(text):
        return []
    lines = list(_lines(text))
    found: list[Mark] = []
    at = _front(lines, found)
    unclosed: set[str] = set()
    while at < len(lines):
        close = _closing(lines, at, unclosed)
        at = _one(lines, at, found) if close is None else _fenced(lines, at, close, found)
    return found


def fields(text: str) -> dict[str, str]:
    """Return title, author, source, url and date of publication that front matter tells."""
    if _FRONT.match(text) is None:
        return {}
    lines = list(islice(_lines(text), _FRONT_LINES + 2))
    found: dict[str, str] = {}
    for _, line in lines[1 : max(0, _front(lines, []) - 1)]:
        field = _field(line)
        name = _META.get(field.key) if field else None
        if field is None or name is None or name in found:
            continue
        value = ", ".join(part.strip(" \"'") for part in field.value.strip("[]").split(","))
        if value and (name != "published" or _DATED.match(value)):
            found[name] = value
    return found


class _Field(NamedTuple):
    """A line of front matter; ``start`` is where its value begins in the line."""

    key: str
    value: str
    start: int


def _field(line: str) -> _Field | None:
    found = _FIELD.match(line) if len(line) <= _LONGEST else None
    if found is None:
        return None
    rest = line[found.end() :]
    value = rest.strip()
    start = found.end() + len(rest) - len(rest.lstrip())
    if len(value) > 1 and value[0] == value[-1] and value[0] in "\"'":
        value, start = value[1:-1], start + 1
    return _Field(found["key"].lower(), "" if value in _FOLDED else value, start)


def _may_hold(text: str) -> bool:
    return _FRONT.match(text) is not None or any(
        mark in text for mark in ("```", "\n===", "\n---", "\n|", "![", "{{")
    )


def _lines(text: str) -> Iterator[tuple[int, str]]:
    """Yield every line with where it starts, white space at its end cut off."""
    position = 0
    for raw in text.splitlines(keepends=True):
        yield position, raw.rstrip()
        position += len(raw)


def _front(lines: list[tuple[int, str]], found: list[Mark]) -> int:
    """Read the front matter, if there is any, and return the line behind it.

    Its title is the headline; who wrote and when is a byline; the rest is no prose.
    """
    fence = _FRONT.match(lines[0][1] + "\n") if lines else None
    if fence is None:
        return 0
    inside = lines[1 : 1 + _FRONT_LINES]
    end = next((n for n, (_, line) in enumerate(inside) if line == fence["fence"]), None)
    told = [_field(line) for _, line in inside[:end]]
    nested = all(
        field or _NESTED.match(line) for field, (_, line) in zip(told, inside, strict=False)
    )
    if end is None or not nested or not any(f and f.key in _KNOWN for f in told):
        return 0
    titled = False
    for (start, line), field in zip(lines[: end + 2], [None, *told, None], strict=True):
        if not line:
            continue
        if field and field.key == "title" and field.value and not titled:
            titled = True
            begin = start + field.start
            found.append(Mark(begin, begin + len(field.value), "headline"))
        else:
            kind: BlockKind = "byline" if field and field.key in _AUTHORS else "boilerplate"
            body = start + len(line) - len(line.lstrip())
            found.append(Mark(body, start + len(line), kind))
    return end + 2


def _closing(lines: list[tuple[int, str]], at: int, unclosed: set[str]) -> int | None:
    """Return the line that closes the fence which a line opens, if it does.

    ``unclosed`` remembers what no later line closes, so that many fences cost one look.
    """
    fence = _FENCE.match(lines[at][1])
    if fence is None or fence["mark"] in unclosed:
        return None
    for place in range(at + 1, len(lines)):
        line = lines[place][1].strip()
        if line.startswith(fence["mark"]) and not line.strip("`"):
            return place
    unclosed.add(fence["mark"])
    return None


def _fenced(lines: list[tuple[int, str]], at: int, close: int, found: list[Mark]) -> int:
    begin = lines[at][0] + len(lines[at][1]) - len(lines[at][1].lstrip())
    found.append(Mark(begin, lines[close][0] + len(lines[close][1]), "boilerplate"))
    return close + 1


def _one(lines: list[tuple[int, str]], at: int, found: list[Mark]) -> int:
    """Read one line, or two where the second underlines the first; return the one behind."""
    start, line = lines[at]
    body = line.lstrip()
    begin, end = start + len(line) - len(body), start + len(line)
    if _IMAGE.match(body) or ("|" in body and _RULE.match(body)):
        found.append(Mark(begin, end, "boilerplate"))
    elif _ROW.match(body) and not patterns.is_furniture(body):
        found.append(Mark(begin, end, "paragraph"))
    elif _is_underlined(lines, at):
        below, rule = lines[at + 1]
        found.append(Mark(begin, end, "heading"))
        found.append(Mark(below + len(rule) - len(rule.lstrip()), below + len(rule), "boilerplate"))
        return at + 2
    return at + 1


def _is_underlined(lines: list[tuple[int, str]], at: int) -> bool:
    """Say whether a line stands alone over a line of dashes, and is no sentence above a rule."""
    line = lines[at][1]
    if at + 1 >= len(lines) or not line or len(line) > _HEADING_WIDTH:
        return False
    rule = _UNDERLINE.match(lines[at + 1][1])
    alone = at == 0 or not lines[at - 1][1]
    if rule is None or not alone or line[0] in " \t-=>#*|" or is_byline(line):
        return False
    return "=" in rule[0] or not (patterns.ends_statement(line) or patterns.is_furniture(line))
