"""Rows and cells as claims, by what the column heads mean."""

from service.core.reading import ClaimKind, Relation, Trait
from tests.rules.notes import only, read, ties, told


def table(*rows: str) -> str:
    """A Markdown table; cells are parted by spaces."""
    first, *rest = ["| " + " | ".join(row.split()) + " |" for row in rows]
    return "\n".join([first, "|" + "---|" * len(rows[0].split()), *rest])


def test_a_table_of_groups_tells_good_rows_from_bad() -> None:
    """A row that fell is a problem, one that rose a result; both are broken down and compared."""
    reading = read(table("门店 客流 上周", "东店 120 150", "西店 90 80"))

    assert [k for k, _ in told(reading)] == ["problem", "result"]
    assert all({Trait.ROW, Trait.SEGMENTED, Trait.COMPARED} <= c.traits for c in reading.claims)


def test_a_column_of_an_earlier_week_is_a_baseline() -> None:
    """W30 beside W31 is what the figure is held against."""
    reading = read(table("渠道 场观 W30", "抖音 1200 1500"))

    (row,) = reading.claims
    assert [(m.value, m.baseline) for m in row.metrics] == [(1200.0, 1500.0)]


def test_an_action_table_is_plans_with_their_pledges() -> None:
    """Owner, deadline, standard and priority come from their columns."""
    reading = read(table("事项 负责人 截止 验收标准 优先级", "换门锁 小周 周四 返修率2% P0"))

    plan = only(reading, ClaimKind.PLAN)
    assert (plan.owner, plan.deadline) == ("小周", "周四")
    assert {Trait.OWNED, Trait.DATED, Trait.MEASURABLE, Trait.PRIORITISED} <= plan.traits


def test_an_empty_cell_pledges_nothing() -> None:
    """待定 is no deadline."""
    plan = only(read(table("事项 负责人 截止", "换门锁 — 待定")), ClaimKind.PLAN)

    assert (plan.owner, plan.deadline) == (None, None)
    assert not plan.traits & {Trait.OWNED, Trait.DATED}


def test_a_review_table_ties_its_cells() -> None:
    """In one row the cause explains the problem and the measure takes both up."""
    reading = read(table("问题 原因 措施 责任人", "漏单12单 打印机断纸 换双打印机 老李"))

    assert [k for k, _ in told(reading)] == ["problem", "cause", "plan"]
    assert ties(reading, Relation.CAUSES) == {("打印机断", "漏单12")}
    assert ("换双打印", "漏单12") in ties(reading, Relation.ADDRESSES)


def test_a_cell_that_refers_elsewhere_is_no_claim() -> None:
    """同上 and 无 say nothing by themselves."""
    reading = read(table("问题 原因", "漏单12单 打印机断纸", "错单3单 同上", "丢单2单 无"))

    assert len(reading.of(ClaimKind.CAUSE)) == 1


def test_a_table_in_the_plan_part_is_plans() -> None:
    """Below 下周, rows are what will be done."""
    reading = read("## 下周\n" + table("事项 说明", "换门锁 先换东店", "补扫码枪 每店2把"))

    assert [k for k, _ in told(reading)] == ["plan", "plan"]


def test_a_total_row_is_no_problem() -> None:
    """合计 sums up; what fell is told by its parts."""
    reading = read(table("门店 客流 上周", "东店 120 150", "合计 120 150"))

    assert [k for k, _ in told(reading)] == ["problem", "result"]


def test_many_tables_keep_their_own_heads() -> None:
    """A column of the past in one table says nothing of the next one's."""
    text = table("渠道 场观 上周", "抖音 1200 1500") + "\n\n" + table("渠道 场观 客服", "抖音 1200 1500")
    first, *rest = read(text).claims

    assert any(m.baseline == 1500.0 for m in first.metrics)
    assert all(m.baseline is None for c in rest for m in c.metrics)
