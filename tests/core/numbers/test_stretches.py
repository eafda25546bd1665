"""Stretches of time and rates per thousand that take more than one word."""

import pytest

from service.core.numbers import scan


@pytest.mark.parametrize(
    ("text", "value", "unit"),
    [
        ("停了 3 个半小时", 3.5, "小时"),
        ("用了 2 天半", 2.5, "天"),
        ("从 1 小时 20 分钟起", 80.0, "分钟"),
        ("跑了 4 分 30 秒", 270.0, "秒"),
        ("差错率千分之 3", 3.0, "‰"),
        ("差错率万分之 25", 2.5, "‰"),
        ("只占百分之 12", 12.0, "%"),
    ],
)
def test_several_words_are_one_figure(text: str, value: float, unit: str) -> None:
    """What is told in two words or by its base is one figure, in one unit."""
    (number,) = scan(text)
    assert (number.value, number.unit) == (value, unit)


@pytest.mark.parametrize("text", ["2 天半夜里", "1 小时，20 分钟", "20 分钟 1 小时"])
def test_what_only_looks_alike_is_kept_apart(text: str) -> None:
    """Half of another word adds nothing, and stretches with a mark between or the smaller first are two."""
    assert all(n.value == int(n.value) or n.unit == "小时" for n in scan(text))
    assert not any(n.value in (2.5, 80.0) for n in scan(text))
