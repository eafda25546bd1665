"""P301: a note that ends without a next step."""

from collections.abc import Iterator

from service.core.finding import Draft, Example, Rule, Severity
from service.core.reading import ClaimKind, Reading
from service.core.score import DimensionKey


def check(reading: Reading) -> Iterator[Draft]:
    """Yield one draft where a work note holds no plan."""
    if reading.is_note and not reading.of(ClaimKind.PLAN):
        problems = reading.of(ClaimKind.PROBLEM)
        yield Draft(
            message="没有写下一步。",
            claims=tuple(p.id for p in problems[:1]),
            question="针对本期最大的问题，下周谁在什么时候做什么？"
            if problems
            else "下周最重要的一件事是什么，做到什么程度算完成？",
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
    bad=(Example("本周新增用户1200人，上周1000人，增长20%。退款率从3%升到5%。"),),
    good=(Example("本周退款率从3%升到5%。下周三前把退款提醒改成实时发送，目标降到3.5%。"),),
    check=check,
)
