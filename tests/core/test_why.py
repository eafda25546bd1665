"""What is asked further about is the cause itself, not how it was found."""

import pytest

from service.core.span import Span
from service.core.why import why


@pytest.mark.parametrize(
    ("cause", "told"),
    [
        ("翻了上架记录，是系统推荐库位没剔掉预留的货位", "系统推荐库位没剔掉预留的货位"),
        ("54 个里有 40 个集中在周六上午，因为隔壁机构也排到了周六", "隔壁机构也排到了周六"),
        ("查了后台，发现券没有同步，是因为脚本停了", "脚本停了"),
        ("尺码表是照搬厂家的，没实测过", "尺码表是照搬厂家的，没实测过"),
        ("说不清，是不是天气的事", "说不清，是不是天气的事"),
        ("", ""),
    ],
)
def test_words_after_because_are_what_tells_why(cause: str, told: str) -> None:
    """Nothing before the last 因为, 发现 or 是 of a clause is asked about again."""
    found = why(cause, Span(0, len(cause)))

    assert cause[found.start : found.end] == told
