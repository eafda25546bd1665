"""Parts of a note: told by headings, by lead-ins, by the name of the next period, or not at all."""

import pytest

from service.core.reading import SectionKind
from tests.rules.notes import read


def kinds(text: str, **known: str) -> list[SectionKind]:
    """The kind of every line's part."""
    found: list[SectionKind] = []
    for section in read(text, **known).sections:
        found += [section.kind] * (section.last_line - section.first_line + 1)
    return found


OTHER, REVIEW, PROBLEMS, CAUSES, PLANS = (
    SectionKind.OTHER,
    SectionKind.REVIEW,
    SectionKind.PROBLEMS,
    SectionKind.CAUSES,
    SectionKind.PLANS,
)


def test_headings_open_their_parts() -> None:
    """Each heading's words say what stands below it, up to the next one."""
    text = "## 本周完成\n- 育苗 300 盘\n## 问题\n- 喷淋堵了\n## 下周\n- 换喷头"

    assert kinds(text) == [REVIEW, REVIEW, PROBLEMS, PROBLEMS, PLANS, PLANS]


def test_a_deeper_heading_stays_in_its_part() -> None:
    """A heading that says nothing known belongs to the one above it."""
    assert kinds("# 下周\n## 东仓\n换灯\n## 西仓\n补货") == [PLANS] * 5


@pytest.mark.parametrize(
    ("title", "coming", "kind"),
    [
        ("第12周 门诊小结", "第13周", "weekly"),
        ("W52 门诊小结", "W53", "weekly"),
        ("9月烘焙店月报", "10月", "monthly"),
        ("12月烘焙店月报", "1月", "monthly"),
        ("Q3 招商回顾", "Q4", "quarterly"),
        ("Q4 招商回顾", "Q1", "quarterly"),
    ],
)
def test_the_next_periods_name_opens_the_plans(title: str, coming: str, kind: str) -> None:
    """A line that opens with the period after the title's is about what comes."""
    assert kinds(f"{title}\n接待 46 家\n{coming}\n改回访短信", kind=kind)[2:] == [PLANS, PLANS]


def test_the_periods_own_name_opens_no_plans() -> None:
    """The title's own period is not the next one."""
    assert PLANS not in kinds("第12周 门诊小结\n接待 46 家\n第12周\n复诊 30 人")


def test_last_week_above_makes_this_week_a_plan() -> None:
    """Under 上周…/本周… headings the note is written at the start of the week."""
    assert kinds("## 上周完成\n盘点 3 仓\n## 本周重点\n调拨到东仓") == [OTHER, OTHER, PLANS, PLANS]
    assert PLANS not in kinds("## 本周重点\n调拨到东仓\n## 上周完成\n盘点 3 仓")


def test_a_lead_in_holds_for_the_lines_below() -> None:
    """下周: with nothing behind it opens a part."""
    assert kinds("育苗 300 盘\n下周:\n换喷头\n加流量表") == [OTHER, PLANS, PLANS, PLANS]


def test_a_lead_in_of_one_line_ends_with_it() -> None:
    """原因: … tells what its own line is; the next one is as before."""
    assert kinds("育苗 300 盘\n原因：喷淋堵了两天\n卖出 40 盘") == [OTHER, CAUSES, OTHER]


def test_a_paragraph_that_reports_again_leaves_the_plans() -> None:
    """After a plan lead-in, a new paragraph that opens with 本周 is no plan."""
    assert kinds("下周：换喷头\n\n本周卖出 40 盘")[-1] is OTHER


def test_a_clock_time_is_no_lead_in() -> None:
    """9:30 announces nothing."""
    assert kinds("9:30 开会\n问题:\n喷淋堵了") == [OTHER, PROBLEMS, PROBLEMS]


def test_every_line_is_in_exactly_one_part() -> None:
    """Parts follow each other without gap or overlap."""
    sections = read("开头\n## 问题\n1. 堵了\n\n下周：换\n还有\n## 备注\n谢谢").sections

    assert sections[0].first_line == 0
    assert [s.first_line for s in sections[1:]] == [s.last_line + 1 for s in sections[:-1]]


@pytest.mark.parametrize(("left", "right"), [("【", "】"), ("[", "]"), ("【", "】：")])
def test_words_in_brackets_open_a_part(left: str, right: str) -> None:
    """【问题】 before its text, in the same line, is a lead-in as 问题： is one."""
    lines = ["本周{}空置率 11.2%", "问题{}餐饮客户都卡在排烟", "原因{}二层没留烟道井", "动作{}周三前约 5 家"]

    assert kinds("\n".join(left + line.format(right) for line in lines)) == [REVIEW, PROBLEMS, CAUSES, PLANS]


def test_brackets_that_say_something_else_open_nothing() -> None:
    """A link's words or a team's name are no lead-in."""
    assert kinds("[华东组] 空置率 11.2%\n[周报链接](http://x.cn) 已发") == [OTHER, OTHER]
