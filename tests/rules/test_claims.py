"""Which sentences make claims, and how a plan is put together."""

import pytest

from service.core.reading import ClaimKind
from tests.rules.notes import only, read, told


@pytest.mark.parametrize(
    "text",
    [
        "本周绿植组周报\n卖出 30 盆",
        "各位领导好：\n卖出 30 盆",
        "卖出 30 盆\n感谢大家支持",
        "口径：新客指 30 天内首单。\n卖出 30 盆",
        "卖出 30 盆\n```\ncode 100 errors\n```",
    ],
)
def test_what_frames_a_note_is_no_claim(text: str) -> None:
    """Titles, greetings, thanks, definitions and code are not what the note says of the work."""
    assert told(read(text)) == [("result", "卖出 30 盆")]


@pytest.mark.parametrize("text", ["", "哈哈哈", "收到，谢谢", "。。。"])
def test_a_text_without_work_is_no_note(text: str) -> None:
    """Small talk holds no claim and is told to be no note."""
    reading = read(text)

    assert reading.claims == ()
    assert not reading.is_note


def test_a_plan_holds_what_follows_if_it_fails() -> None:
    """不行就… is part of the plan before it."""
    plan = only(read("下周三前换两家配送商；不行就周五前换成自己送"), ClaimKind.PLAN)

    assert len(plan.span) == len("下周三前换两家配送商；不行就周五前换成自己送")


def test_a_topic_is_no_plan_of_its_own() -> None:
    """A lead-in that opens a list is not one of its plans."""
    reading = read("下周重点\n- 周三前换门锁\n- 周四盘点 200 件")

    assert [k for k, _ in told(reading)] == ["plan", "plan"]


def test_the_last_paragraph_of_a_spoken_note_may_hold_the_plans() -> None:
    """Without a plan part, what closes a note and speaks of doing is a plan."""
    text = (
        "到店人数 320 人，上周 280 人。\n\n退货 40 单，因为尺码表没更新。\n\n周三前重印尺码表，发到 6 家店。"
    )

    assert told(read(text))[-1][0] == "plan"


def test_items_after_a_plan_in_one_list_are_plans() -> None:
    """A list that began with a plan goes on with plans."""
    found = told(read("卖出 30 盆\n- 下周三前换门锁\n- 采购扫码枪 4 把"))

    assert [k for k, _ in found] == ["result", "plan", "plan"]
