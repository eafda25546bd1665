"""Reading, judging and finding take steps in proportion to the text: counted, not timed."""

import sys
from collections.abc import Callable
from types import FrameType

import pytest

from service.catalog import collect
from service.core.lexicon import load
from service.core.note import Note
from service.core.scoring import highlights, judge
from service.rules.reader import RuleReader

READER = RuleReader(load())
SIZE = 3_000
WIDE = {"problems and plans": 9_000, "items": 6_000}  # from here on every window over neighbours is full
MOST = 2.2  # twice the text, and a little for what grows at the edges

_HEAD = "| 门店 | 客流 | 上周 | 措施 |\n|---|---|---|---|\n"
TEXTS: dict[str, Callable[[int], str]] = {
    "brackets": lambda n: "（" * n,
    "next week": lambda n: "下周" * (n // 2),
    "past labels": lambda n: "上周" * (n // 2) + "100 人",
    "ones": lambda n: "1," * (n // 2),
    "bad news": lambda n: "投诉" * (n // 2),
    "fashion": lambda n: "闭环赋能" * (n // 4),
    "one breath": lambda n: "今天来的人少了我们加了两场讲座后来报名多了二十个" * (n // 24),
    "figures in one breath": lambda n: "3人下降因为客户说贵 补了 2 班 " * (n // 19),
    "arrows": lambda n: "订单少→到店少→" * (n // 8),
    "items": lambda n: "\n".join(f"- 第{i}项 跟进客户 {i} 个" for i in range(n // 14)),
    "problems and plans": lambda n: "\n".join(
        [
            "问题",
            *(f"{i}. {i} 号柜台退货 {i} 单，因为包装薄" for i in range(n // 40)),
            "下周",
            *(f"{i}. {i} 号柜台换包装" for i in range(n // 40)),
        ]
    ),
    "rows": lambda n: _HEAD + "\n".join(f"| {i} 店 | {i * 7} | {i * 5} | 换灯箱 |" for i in range(n // 20)),
    "tables": lambda n: (_HEAD + "| 甲店 | 12 | 10 | 换灯箱 |\n\n") * (n // 45),
    "cells": lambda n: (
        "| 措施 " * (n // 12) + "|\n" + "|---" * (n // 12) + "|\n" + "| 换灯箱 " * (n // 12) + "|"
    ),
    "headings": lambda n: "\n".join(f"## 本周第 {i} 点\n做了 {i} 场" for i in range(n // 16)),
    "lead-ins": lambda n: "原因:" * (n // 3),
}


def _steps(text: str, previous: str | None = None) -> int:
    """Count the calls, of Python and of C, that a whole check makes."""
    steps = 0

    def count(frame: FrameType, event: str, argument: object) -> None:
        nonlocal steps
        steps += event in ("call", "c_call")

    before = sys.getprofile()
    sys.setprofile(count)
    try:
        reading = READER.read(Note(text, previous=previous))
        scores = judge(reading)
        collect(reading, scores)
        highlights(reading, scores)
    finally:
        sys.setprofile(before)
    return steps


@pytest.mark.parametrize("kind", TEXTS)
def test_twice_the_text_takes_twice_the_steps(kind: str) -> None:
    """However odd the text, a check's cost follows its length."""
    make, size = TEXTS[kind], WIDE.get(kind, SIZE)
    _steps(make(200))  # what is built on first use
    once, twice = _steps(make(size)), _steps(make(2 * size))

    assert twice <= MOST * once + 500


def test_a_count_that_grows_with_the_square_would_be_told() -> None:
    """The bound is one that quadratic work breaks."""
    once, twice = SIZE**2, (2 * SIZE) ** 2

    assert twice > MOST * once + 500


def test_promises_are_looked_for_in_proportion() -> None:
    """Twice the promises and twice the text take twice the steps, not four times."""

    def both(n: int) -> int:
        told = "\n".join(f"- 第 {i} 号门店换好了灯箱，客流 {i} 人" for i in range(n))
        return _steps(told, "下周\n" + "\n".join(f"- 第 {i} 号门店周三前换灯箱" for i in range(n)))

    both(10)
    assert both(400) <= MOST * both(200) + 500
