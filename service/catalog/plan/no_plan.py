"""P301: a note that ends without a next step."""

from collections.abc import Iterator

from service.catalog.wording import following, said
from service.core.finding import Draft, Example, Rule, Severity
from service.core.reading import ClaimKind, Reading, Trait
from service.core.score import DimensionKey


def check(reading: Reading) -> Iterator[Draft]:
    """Yield one draft where a work note holds no plan."""
    if not reading.is_note or reading.of(ClaimKind.PLAN):
        return
    problems = reading.of(ClaimKind.PROBLEM)
    if not problems:
        yield Draft(
            message="写到成果就停了，没有下一步。",
            question=f"{following(reading)}最重要的一件事是什么，做到什么程度算完成？",
        )
        return
    when = "谁先做什么，做到什么程度" if reading.kind == "daily" else "谁在哪天之前做什么"
    first = max(problems, key=lambda p: (p.has(Trait.KEY), p.has(Trait.MEASURABLE)))
    yield Draft(
        message="问题写了，没有写下一步做什么。",
        claims=(first.id,),
        question=f"针对{said(reading, first.span)}，{following(reading)}{when}？",
    )


RULE = Rule(
    code="P301",
    name="no-plan",
    dimension=DimensionKey.PLAN,
    severity=Severity.WARNING,
    since="0.1.0",
    title="没有计划",
    what="通篇没有下一步要做什么。",
    why="周报的一半价值在下一步：没有计划，问题就停在纸上。",
    bad=(
        Example("本周新增用户1200人，上周1000人，增长20%。退款率从3%升到5%。"),
        Example("- 完成3场直播\n- 成交12万元，上周10万元"),
    ),
    good=(
        Example("本周退款率从3%升到5%。下周三前把退款提醒改成实时发送，目标降到3.5%。"),
        Example("- 成交12万元，上周10万元\n## 下周\n- 周四加开一场直播，成交冲到13万"),
    ),
    check=check,
)
