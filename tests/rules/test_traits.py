"""Small observable judgements: each is borne out by a word or figure of the claim, or absent."""

import pytest

from service.core.reading import ClaimKind, Trait
from tests.rules.notes import only, read


def problem(text: str) -> frozenset[Trait]:
    """Traits of the one problem of a text."""
    return only(read(text), ClaimKind.PROBLEM).traits


def cause(text: str) -> frozenset[Trait]:
    """Traits of a cause given for a problem."""
    return only(read(f"退货 40 单，上周 22 单，{text}"), ClaimKind.CAUSE).traits


def plan(text: str) -> frozenset[Trait]:
    """Traits of a plan in the plan part."""
    return only(read(f"## 下周\n- {text}"), ClaimKind.PLAN).traits


@pytest.mark.parametrize("text", ["午市出餐慢了", "排队的人也少", "夜班首响有点慢", "缺货的情况时不时有"])
def test_an_evaluation_without_a_figure_is_vague(text: str) -> None:
    """Words that stand where a figure could are told."""
    assert Trait.VAGUE in problem(text)


@pytest.mark.parametrize("text", ["出餐慢了 6 分钟", "投诉 14 单"])
def test_an_evaluation_with_its_figure_is_not_vague(text: str) -> None:
    """A figure in the same breath says how much."""
    assert Trait.VAGUE not in problem(text)


def test_a_figure_is_measurable_and_its_comparison_compared() -> None:
    """Against last week is a comparison, alone is none."""
    assert {Trait.MEASURABLE, Trait.COMPARED} <= problem("投诉 14 单，上周 9 单")
    assert Trait.COMPARED not in problem("投诉 14 单")


def test_a_figure_taken_apart_is_segmented() -> None:
    """Two groups side by side break a figure down; one does not."""
    assert Trait.SEGMENTED in problem("东仓破损 12 件，西仓破损 3 件")
    assert Trait.SEGMENTED not in problem("东仓破损 12 件")


@pytest.mark.parametrize("text", ["主要是服务意识不强", "主要是大环境不好", "因为执行力不足"])
def test_a_cause_nobody_can_check_is_empty(text: str) -> None:
    """Attitudes and the weather of the market explain any week."""
    assert Trait.EMPTY in cause(text)
    assert Trait.SPECIFIC not in cause(text)


def test_a_cause_one_can_check_is_specific() -> None:
    """A thing that broke is a cause."""
    assert cause("因为尺码表两个月没更新") >= {Trait.SPECIFIC}
    assert Trait.HYPOTHESIS not in cause("因为尺码表两个月没更新")


def test_a_guess_is_called_one() -> None:
    """可能 makes a hypothesis."""
    assert Trait.HYPOTHESIS in cause("可能是尺码表两个月没更新")


def test_a_cause_that_says_the_problem_again_is_empty() -> None:
    """Complaints do not come from complaints."""
    found = only(read("投诉变多了，原因是投诉增加"), ClaimKind.CAUSE).traits

    assert {Trait.RESTATED, Trait.EMPTY} <= found


@pytest.mark.parametrize(
    ("why", "is_empty"),
    [
        ("因为破损的根因在于破损件数增加，破损多出来的都在玻璃瓶装，31 件", True),
        ("因为破损件数增加，玻璃瓶的隔板换薄了", False),
    ],
)
def test_a_place_beside_it_makes_no_cause_of_the_problem_told_again(why: str, is_empty: bool) -> None:
    """Where it happened is no reason; a thing that changed is."""
    (found,) = read(f"破损 37 件，上周 21 件。{why}。").of(ClaimKind.CAUSE)

    assert found.has(Trait.EMPTY) is is_empty


def test_plan_traits_come_from_its_words() -> None:
    """Date, goal, owner and order are told where they stand, and only there."""
    full = only(read("## 下周\nP0｜周三前重印尺码表，退货降到 20 单 @阿强"), ClaimKind.PLAN).traits
    bare = plan("把两家店的尺码表都重印")

    assert {Trait.DATED, Trait.MEASURABLE, Trait.OWNED, Trait.PRIORITISED, Trait.SPECIFIC} <= full
    assert not bare & {Trait.DATED, Trait.MEASURABLE, Trait.OWNED, Trait.PRIORITISED}


def test_the_owner_and_the_deadline_are_quoted() -> None:
    """Who and till when, as the author wrote them."""
    found = only(read("## 下周\n- 11 月底前重印尺码表 @阿强"), ClaimKind.PLAN)

    assert (found.owner, found.deadline) == ("阿强", "11 月底前")


@pytest.mark.parametrize("text", ["优化退货流程", "提升服务质量", "持续关注尺码问题"])
def test_a_plan_without_a_step_is_vague(text: str) -> None:
    """优化, 加强 and 关注 name no action."""
    assert Trait.VAGUE in plan(text)
    assert Trait.SPECIFIC not in plan(text)


def test_a_length_of_time_is_no_goal() -> None:
    """试三天 says how long, not how far."""
    assert Trait.MEASURABLE not in plan("重印尺码表试 3 天")


@pytest.mark.parametrize(
    ("plan", "is_goal"),
    [
        ("周一起加一个窗口，等候压到 15 分钟以内", True),
        ("维保驻点移到 5 号楼，要求 15 分钟到场", True),
        ("周一起夜里加一名护士，看响应能不能到 60 秒以内", True),
        ("把验收时长缩短到 3 天", True),
        ("新页面再盯 7 天", False),
        ("收到退货后三天内发出", False),
    ],
)
def test_a_length_of_time_to_be_kept_to_is_a_goal(plan: str, is_goal: bool) -> None:
    """How fast something shall be is a goal; how long somebody watches is none."""
    (found,) = read(f"本周等候 22 分钟，上周 14 分钟。\n下周：{plan}。").of(ClaimKind.PLAN)

    assert found.has(Trait.MEASURABLE) is is_goal


def test_a_stretch_of_hours_is_no_deadline() -> None:
    """When the borrowed nurse works is not when she is there from."""
    (found,) = read("本周跌倒 1 例，上周 0。\n下周：夜里 0–4 点从门诊借一名护士。").of(ClaimKind.PLAN)

    assert not found.has(Trait.DATED)
    assert found.deadline is None


def test_the_plans_of_one_item_share_its_date() -> None:
    """One commitment told in two sentences is dated once."""
    found = read("## 下周\n- 周三前重印尺码表。换掉旧吊牌 200 个").of(ClaimKind.PLAN)

    assert len(found) == 2
    assert all(c.has(Trait.DATED) for c in found)


def test_quoted_words_are_told() -> None:
    """Somebody's words are proof of another kind than a figure."""
    found = read("退货 40 单，因为尺码表没更新。客户说“按表买小了一号”，12 人这么说").of(ClaimKind.EVIDENCE)

    assert any(c.has(Trait.QUOTED) for c in found)


def plans(text: str) -> list[frozenset[Trait]]:
    """Traits of every plan of a text, in text order."""
    return [c.traits for c in read(text).claims if c.kind is ClaimKind.PLAN]


def test_plans_that_only_commas_part_share_date_and_goal() -> None:
    """The goal of 提醒打卡 stands in the next breath; what another sign parts is another matter."""
    told = plans(
        "打卡坚持下来的人少，312 人里 88 人。\n下周计划：1）持续优化群内容；"
        "2）每晚 8 点机器人提醒打卡，把第七天留下的做到 130 人，周三上线；3）整理群规文档。\n"
    )
    with_goal = [Trait.MEASURABLE in traits for traits in told]
    assert with_goal == [False, *[True] * (len(told) - 2), False]
    assert len(told) > 3


def test_a_group_beside_one_that_did_not_move_is_a_breakdown() -> None:
    """安卓 fell and iOS did not: whoever writes that has taken the figure apart."""
    assert Trait.SEGMENTED in problem("激活率跌在安卓，安卓 38%→29%，iOS 没动")
    assert Trait.SEGMENTED not in problem("激活率 38%→29%，安卓用户很不满意")
