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


@pytest.mark.parametrize(
    "text",
    [
        "打印店：A4 一张两毛，黑白印了 7,850 张，收约 1,600；彩印 93 张，一块五一张，139.5 元。",
        "三次停梯 20、35、50 分钟，平均 35 分钟，维保说是门机老化。",
        "夜班 3 条线各 8 小时，出 420 箱，报废 6 箱。",
    ],
)
def test_a_sentence_full_of_figures_is_about_work(text: str) -> None:
    """Whoever types figures with units is at work, whatever the trade's words."""
    assert read(text).is_note


@pytest.mark.parametrize(
    "text",
    [
        "白日依山尽，黄河入海流。欲穷千里目，更上一层楼。",
        "for i in range(10):\n    total += items[i] * 3\nprint(total)",
        "飞流直下三千尺，疑是银河落九天。",
    ],
)
def test_verse_and_code_are_no_notes(text: str) -> None:
    """Numbers that measure nothing make no report."""
    assert not read(text).is_note


@pytest.mark.parametrize(
    "text",
    [
        "快递丢了一件，已赔付",
        "给三楼换了灯管",
        "跟房东谈租金，没谈拢",
        "巡检完了一号楼",
        "货车晚到一小时，卸货拖到晚上",
        "开会讨论了选址",
    ],
)
def test_the_first_line_of_a_note_is_a_note(text: str) -> None:
    """A deed or a trouble is work, however little is typed yet, and whatever the trade's words."""
    assert read(text).is_note


@pytest.mark.parametrize(
    "text",
    [
        "今天天气真好",
        "今晚月色真美",
        "人生若只如初见，何事秋风悲画扇",
        "我喜欢你很久了",
        "晚上一起吃饭吗，楼下新开了一家火锅",
    ],
)
def test_what_people_say_beside_work_is_no_note(text: str) -> None:
    """Weather, chat and verse tell no deed and no trouble."""
    assert not read(text).is_note


@pytest.mark.parametrize(
    "text",
    [
        "上周答应的培训没做成，讲师生病",
        "机器停了一上午，等配件",
        "这周接待 31 场，比上周多 4 场。守灵厅排期撞了两回，周六下午有一家等了 50 分钟。",
    ],
)
def test_where_something_is_explained_something_is_told(text: str) -> None:
    """A note does not say why without saying what: what could be either is then the problem."""
    reading = read(text)

    assert reading.of(ClaimKind.PROBLEM)
    assert not reading.of(ClaimKind.CAUSE)


def test_a_reason_given_as_one_stays_a_reason() -> None:
    """Where a word marks it, a cause is a cause, whatever else is told."""
    assert only(read("因为冷却水管堵了"), ClaimKind.CAUSE)


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


@pytest.mark.parametrize(
    "text",
    [
        "下周：冷柜温度计换电池；早班加 1 个拣货；鸡蛋补到 80 板",
        "本周退货 40 单。\n打算：尺码表重印；给 6 家店打电话；差评挨个回",
        "下周安排：一是周三前重印尺码表；二是组织店长培训；三是整理仓库货架",
    ],
)
def test_plans_told_in_one_line_are_as_many_claims(text: str) -> None:
    """A list in one line, parted by semicolons, holds a plan an item."""
    assert [k for k, _ in told(read(text))].count("plan") == 3
