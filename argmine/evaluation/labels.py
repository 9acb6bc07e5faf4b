"""The names that labels go by in other data sets, and ours for them."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

STANCES = ("favor", "against", "neutral")

DEFAULTS = {
    "role": ("claim", "evidence", "none"),
    "holder": ("author", "reported"),
    "stance": STANCES,
}

_NAMES = {
    "favor": "favour pro support supports supporting agree agrees for positive "
    "支持 赞成 贊成 赞同 贊同 正面",
    "against": "con oppose opposes opposed attack attacks anti disagree disagrees contra "
    "negative 反对 反對 负面 負面",
    "neutral": "none neither comment discuss unrelated observing 中立 无立场 無立場 无关 無關 中性",
    "claim": "opinion argument 论点 論點 主张 主張",
    "evidence": "premise fact 论据 論據 证据 證據",
    "none": "other non-argument noargument nonargument 无 無 其他",
    "author": "writer 作者",
    "reported": "quoted other source 转述 轉述 引述",
}
_OURS = {label: {label, *names.split()} for label, names in _NAMES.items()}


def at(row: Mapping[str, object], path: str) -> object:
    """Return what stands in a row at a path, or in a column of that name; None for blanks."""
    value: object = row.get(path)
    if value is None:
        value = row
        for part in path.split("."):
            value = value.get(part) if isinstance(value, dict) else None
    return None if isinstance(value, str) and not value.strip() else value


def default(task: str) -> tuple[str, ...] | None:
    """Return the labels of a task of ours, ``None`` for a task that a user made up."""
    return DEFAULTS.get(task.partition(".")[0])


def canonical(
    given: str, labels: Sequence[str], names: Mapping[str, str] | None = None
) -> str | None:
    """Return which of ``labels`` is meant, by the names given or the usual ones.

    Capitals, and underscores for hyphens, make no difference.  ``None`` if no label is.
    """
    if names and given in names:
        return names[given] if names[given] in labels else None
    plain = given.strip().casefold().replace("_", "-")
    for label in labels:
        if plain == label.casefold().replace("_", "-"):
            return label
    # A word that is a label itself stands for no other.
    return next((label for label in labels if plain in _OURS.get(label, ())), None)


def our_words(task: str, *sides: Iterable[str]) -> dict[str, str]:
    """Return one name for the labels of several hands: ours, unless two would become one.

    FAVOR of one hand and pro of another are the same.  Two words of one hand are not, nor
    are those of hands that share other words: there discuss is not unrelated.
    """
    parts = [{label: label.strip().casefold() for label in side} for side in sides]
    plain = {label: word for part in parts for label, word in part.items()}
    ours = {word: in_our_words(task, word) for word in plain.values()}
    hands = [set(part.values()) for part in parts]
    share = len(hands) > 1 and bool(set.intersection(*hands))
    for word, name in ours.items():
        others = {other for other in ours if ours[other] == name and other != word}
        together = any(word in hand and others & hand for hand in hands)
        if together or (share and word != name and others - {name}):
            first = {word: label for label, word in reversed(plain.items())}
            return {label: first[word] for label, word in plain.items()}
    return {label: in_our_words(task, label) for label in plain}


def in_our_words(task: str, label: str) -> str:
    """Return a label of role, stance or holder by our name for it; others as they are."""
    known = default(task)
    return (canonical(label, known) if known else None) or label
