"""Problems that wait for a plan are marked; those taken up are not, nor any where nothing is planned."""

import pytest

from service.core.reading import ClaimKind, Trait
from tests.rules.notes import read


def open_problems(text: str) -> list[str]:
    reading = read(text)
    return [reading.quote(c) for c in reading.of(ClaimKind.PROBLEM) if c.has(Trait.OPEN)]


@pytest.mark.parametrize(
    ("text", "waiting"),
    [
        (
            "## 问题\n- 夜班漏接 40 通，上周 12 通\n- 退款申请积压 86 单\n"
            "## 下周\n- 周三前夜班加 1 个接线，漏接压到 15 通以内",
            "退款申请积压 86 单",
        ),
        (
            "本周问题：\n1. 冷柜断电两次，化了 30 箱雪糕\n2. 会员续费率 52%，上周 60%\n"
            "下周安排：\n1. 周二前给冷柜接备用电源，断电 10 分钟内切换",
            "会员续费率 52%，上周 60%",
        ),
    ],
)
def test_what_no_plan_takes_up_waits(text: str, waiting: str) -> None:
    """Of two problems, the one that a plan names is not open."""
    assert open_problems(text) == [waiting]


def test_nothing_waits_where_nothing_is_planned() -> None:
    """A note without any plan is told so once, not problem by problem."""
    assert open_problems("夜班漏接 40 通，上周 12 通。退款申请积压 86 单。") == []
