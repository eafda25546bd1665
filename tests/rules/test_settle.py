"""What is said of ties, of stray plans and of open problems never contradicts itself."""

import pytest

from service.core.reading import ClaimKind, Reading, Relation, SectionKind, Trait
from service.core.span import Span
from service.rules.links import CERTAIN, Tie
from service.rules.settle import settle
from service.rules.unit import Unit
from tests.rules.notes import read

_NOTES = (
    "豆浆剩得多，这周倒掉 38 杯，上周 12 杯。\n下周少磨两斤黄豆；门口的地砖找人补一补。",
    "本周：\n1、冷柜坏了两台，损失酸奶 140 盒，报修后第三天才来人。\n2、新来的店员上手慢，收银排队长。\n"
    "下周：\n1、和维保商谈响应时间，写进合同：24 小时内到场。\n2、给新店员安排带教。\n3、准备双十二的物料。",
    "| 门店 | 问题 | 措施 |\n|---|---|---|\n| 甲店 | 退货 9 单，上周 3 单 | 换包装 |\n"
    "| 乙店 | 客诉 12 单 | 清洗空调 |",
    "问题：\n1. 装车慢，平均 52 分钟\n2. 错发 7 票\n计划：\n1. 周三前改月台排班\n2. 周五前扫码枪升级",
)


def _plan(at: int, *traits: Trait, strays: int = 0, likely: dict[int, int] | None = None) -> Unit:
    unit = Unit(ClaimKind.PLAN, [], at, at, at, 0, SectionKind.PLANS, Span(at, at + 1), set(traits))
    unit.strays, unit.likely = strays, likely or {}
    return unit


def _problem(at: int, *traits: Trait, waits: int = 0) -> Unit:
    unit = Unit(ClaimKind.PROBLEM, [], at, at, at, 0, SectionKind.PROBLEMS, Span(at, at + 1), set(traits))
    unit.waits = waits
    return unit


def _takes_up(score: int) -> Tie:
    return Tie(1, 0, Relation.ADDRESSES, score)


def test_the_likelier_of_a_tie_and_an_open_problem_holds() -> None:
    doubtful = [_problem(0, Trait.OPEN, waits=-60), _plan(1)]
    assert settle(doubtful, [_takes_up(-10)]) == [_takes_up(-10)]
    assert Trait.OPEN not in doubtful[0].traits

    sure = [_problem(0, Trait.OPEN, waits=120), _plan(1)]
    assert settle(sure, [_takes_up(-10)]) == []
    assert Trait.OPEN in sure[0].traits


def test_a_plan_for_the_cause_is_a_plan_for_the_problem() -> None:
    cause = Unit(ClaimKind.CAUSE, [], 2, 2, 2, 0, SectionKind.CAUSES, Span(2, 3))
    units = [_problem(0, Trait.OPEN, waits=-60), _plan(1), cause]
    why, plan = Tie(2, 0, Relation.CAUSES, 300), Tie(1, 2, Relation.ADDRESSES, 50)
    assert settle(units, [why, plan]) == [why, plan]
    assert Trait.OPEN not in units[0].traits


def test_a_stray_plan_takes_nothing_up() -> None:
    units = [_problem(0), _plan(1, Trait.OFF_TOPIC, strays=40)]
    assert settle(units, [_takes_up(-10)]) == []


def test_what_the_layout_ties_stays_tied() -> None:
    """A row of a table, or two lists told in step, leave no doubt."""
    units = [_problem(0, Trait.OPEN, waits=300), _plan(1, Trait.OFF_TOPIC, strays=300)]
    assert settle(units, [_takes_up(CERTAIN)]) == [_takes_up(CERTAIN)]
    assert Trait.OPEN not in units[0].traits
    assert Trait.OFF_TOPIC not in units[1].traits


def test_a_plan_that_surely_serves_something_is_tied_to_what_it_fits_best() -> None:
    units = [_problem(0), _plan(1, strays=-300, likely={0: -120})]
    assert settle(units, []) == [_takes_up(-120)]


def test_it_is_rather_tied_to_what_no_plan_takes_up_yet() -> None:
    units = [_problem(0), _plan(1), _problem(2), _plan(3, strays=-300, likely={0: -120, 2: -180})]
    assert settle(units, [_takes_up(90)])[1:] == [Tie(3, 2, Relation.ADDRESSES)]


@pytest.mark.parametrize(("strays", "serves"), [(-300, -900), (-100, -120)])
def test_a_plan_is_not_tied_on_a_mere_chance(strays: int, serves: int) -> None:
    assert settle([_problem(0), _plan(1, strays=strays, likely={0: serves})], []) == []


@pytest.mark.parametrize("text", _NOTES)
def test_no_open_problem_is_taken_up_and_no_stray_plan_takes_up(text: str) -> None:
    reading = read(text)
    for plan in reading.of(ClaimKind.PLAN):
        if plan.has(Trait.OFF_TOPIC):
            assert not _targets(reading, plan.id)
    taken_up = {at for plan in reading.of(ClaimKind.PLAN) for at in _targets(reading, plan.id)}
    for problem in reading.of(ClaimKind.PROBLEM):
        causes = {
            c.id
            for c in reading.of(ClaimKind.CAUSE)
            if any(k.target == problem.id and k.source == "text" for k in c.links)
        }
        assert not (problem.has(Trait.OPEN) and taken_up & {problem.id, *causes})


def _targets(reading: Reading, plan: str) -> set[str]:
    links = next(c.links for c in reading.claims if c.id == plan)
    return {k.target for k in links if k.relation is Relation.ADDRESSES and k.source == "text"}


def test_a_plan_that_fits_its_problem_is_not_called_missing() -> None:
    """Less soy to grind is the plan for soy milk left over, though it shares one letter with it."""
    reading = read(_NOTES[0])
    (problem,) = reading.of(ClaimKind.PROBLEM)
    assert not problem.has(Trait.OPEN)
