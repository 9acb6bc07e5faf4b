"""Texts in other scripts than Han and Latin."""

from __future__ import annotations

import pytest

from argmine.errors import DocumentError
from argmine.formats.scripts import require_known


@pytest.mark.parametrize(
    "text",
    [
        "商務部表示，輸出増加は鈍化した。しかし専門家はこれに同意しておらず、慎重な見方をしているということだった。",
        "米中両政府は10日、ロンドンで開いた閣僚級貿易協議で、関税引き下げの枠組みに合意した。中国外務省が発表した。",
        "수출이 늘었다고 산업부는 밝혔다. 전문가들은 이에 동의하지 않았으며 신중한 태도를 보였다고 한다.",
    ],
)
def test_a_text_in_another_script_is_refused(text: str) -> None:
    """Neither language is guessed at; a name in another script is no reason."""
    with pytest.raises(DocumentError, match="neither Chinese nor English"):
        require_known(text)
    require_known("商务部表示出口增长3.5%。Критики")
    require_known("Στο")
