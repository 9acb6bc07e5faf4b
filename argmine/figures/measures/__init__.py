"""The thing a figure measures.

A noun that follows is taken first (a count's, or one tied by "of" or 的), then the
subject or the object of the figure's clause; a clause without one carries on with the
thing measured before it ("营收609亿美元，同比增长126%").  No tagger is asked.
All text here is folded.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from argmine.figures.measures import chinese as zh
from argmine.figures.measures import english

if TYPE_CHECKING:
    from argmine.figures.token import Floor, Token


def place(text: str, token: Token, floor: Floor, *, chinese: bool) -> tuple[int, int] | None:
    """Return the span of the thing measured, None if the clause does not name it.

    Args:
        text: Folded text.
        token: The figure; counts and quantities take the noun behind them.
        floor: Where the figure or moment before this one stands.
        chinese: Whether the text is Chinese.
    """
    return zh.place(text, token, floor) if chinese else english.place(text, token)
