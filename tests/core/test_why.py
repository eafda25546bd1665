"""What is asked further about is the cause itself, not how it was found."""

import pytest

from service.core.span import Span
from service.core.why import is_hearsay, why


@pytest.mark.parametrize(
    ("cause", "told"),
    [
        ("翻了上架记录，是系统推荐库位没剔掉预留的货位", "系统推荐库位没剔掉预留的货位"),
        ("54 个里有 40 个集中在周六上午，因为隔壁机构也排到了周六", "隔壁机构也排到了周六"),
        ("查了后台，发现券没有同步，是因为脚本停了", "脚本停了"),
        ("尺码表是照搬厂家的，没实测过", "尺码表是照搬厂家的，没实测过"),
        ("说不清，是不是天气的事", "说不清，是不是天气的事"),
        ("因为隔壁机构也排到了周六", "隔壁机构也排到了周六"),
        ("根因是发布脚本没校验上限", "发布脚本没校验上限"),
        ("去厂里看了，模具房三班改两班", "模具房三班改两班"),
        ("没查过库存，就发出去了", "没查过库存，就发出去了"),
        ("", ""),
    ],
)
def test_words_after_because_are_what_tells_why(cause: str, told: str) -> None:
    """Nothing before the last 因为, 发现 or 是 of a clause is asked about again."""
    found = why(cause, Span(0, len(cause)))

    assert cause[found.start : found.end] == told


@pytest.mark.parametrize(
    ("cause", "heard"),
    [
        ("供货商说是厂家停产检修", True),
        ("开发反馈第三方通道限流", True),
        ("说明书把剂量写错了", False),
        ("一起说车里有烟味", False),
        ("我们说好的排班没有执行", False),
        ("新上的尺码表把 M 码标错了", False),
    ],
)
def test_what_somebody_says_is_hearsay(cause: str, heard: bool) -> None:
    """A source that was not looked into is one; the author's own words are not."""
    assert is_hearsay(cause, Span(0, len(cause))) is heard


def test_a_reason_after_a_comma_is_told_without_its_because() -> None:
    """A claim often starts where the clause before ends."""
    view = "续报 73.6%，因为隔壁机构也排到了周六"

    found = why(view, Span(view.index("因为"), len(view)))

    assert view[found.start : found.end] == "隔壁机构也排到了周六"
