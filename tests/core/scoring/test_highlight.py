"""Praise names figures as the author does, or not at all."""

import pytest

from service.core.score import DimensionKey
from service.core.scoring import highlights, judge
from tests.rules.notes import read


def praised(text: str) -> str:
    """Return what is said well of a note's figures."""
    reading = read(text)
    found = highlights(reading, judge(reading, {}))
    return next((h.message for h in found if h.dimension is DimensionKey.DATA), "")


@pytest.mark.parametrize(
    ("text", "name", "never"),
    [
        ("发票退回率 17.8%，上周退回率 11%。", "退回率", "返工率"),
        ("早市不错，一天卖脱420客生煎，上礼拜380客不到点。营业额掉了两成，上周 3 万。", "主要数字", "卖脱"),
        ("合作社的蜂蜜卖了 210 瓶，比上周少 90 瓶。完成率 92%，比上周的 97% 低。", "主要数字", "蜂蜜卖"),
        ("故障单每次40多分钟降到 12 分钟。", "", "每次写了"),
    ],
)
def test_a_figure_goes_by_the_author_s_own_word(text: str, name: str, never: str) -> None:
    """The vocabulary's name for it may mean another thing; a piece of a sentence is no name."""
    said = praised(text)
    assert name in said
    assert never not in said


def test_a_column_s_heading_is_no_name() -> None:
    """“等候(分钟)4月→5月” is read in a table and not aloud."""
    rows = "\n".join(f"| {name} | {a} | {b} |" for name, a, b in (("社保", 30, 22), ("医保", 41, 35)))
    said = praised(f"| 窗口 | 等候(分钟)4月→5月 | 上月 |\n|---|---|---|\n{rows}\n下周加一个窗口。")
    assert "→" not in said


def test_one_name_is_not_all() -> None:
    """Where only one of several figures has a name, it does not stand for all of them."""
    said = praised("到岗率 92%，上周 88%。\n第二件做了 40 箱，上周 35 箱。")
    assert "到岗率都" not in said


def test_words_of_others_are_not_always_users() -> None:
    """Children, patients and suppliers speak too."""
    reading = read(
        "作业没交齐的从上周的5个变成了11个。我问了其中8个孩子，6个说是两科同一天布置了卷子，"
        "写到十点半还没写完，原因就是两科卷子撞在一天。"
    )
    assert not any("用户原话" in h.message for h in highlights(reading, judge(reading, {})))


def test_a_figure_that_does_not_add_up_is_not_praised() -> None:
    """A note is not told in one breath that its share is wrong and that it is clear."""
    said = praised("接诊 38 人，其中复诊 15 人，复诊占比 45%。")
    assert said == ""
