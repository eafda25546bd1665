"""P302: a problem that no plan item takes up."""

from collections.abc import Iterator

from service.core.finding import Draft, Example, Rule, Severity
from service.core.reading import ClaimKind, Reading
from service.core.score import DimensionKey
from service.core.scoring.features import plan_features


def check(reading: Reading) -> Iterator[Draft]:
    """Yield one draft for every problem that no plan serves; silent where there is no plan at all (P301 says so)."""
    found = plan_features(reading)
    if not found.plans:
        return
    touched = {c.id for c in found.touched}
    for problem in reading.of(ClaimKind.PROBLEM):
        if problem.id not in touched:
            yield Draft(
                message="这个问题在计划里没有下文。",
                span=problem.span,
                claims=(problem.id,),
                question="这个问题下一步谁来做什么？如果暂时不处理，写一句原因也行。",
            )


RULE = Rule(
    code="P302",
    name="problem-unaddressed",
    dimension=DimensionKey.PLAN,
    severity=Severity.WARNING,
    since="0.1.0",
    title="问题没有下文",
    what="写到了问题，计划里却没有一项是冲着它去的。",
    why="问题写出来没人接，下周还会原样出现；不打算处理也可以，但要说一声。",
    bad=(
        Example(
            "本周退款率从3%升到5%，客服排队超过10分钟的有40单。\n下周计划：\n1. 周三前把退款流程的短信提醒改成实时发送，退款率降到3.5%",
            marks="客服排队",
        ),
    ),
    good=(
        Example(
            "本周退款率从3%升到5%。\n下周计划：\n1. 周三前把退款流程的短信提醒改成实时发送，退款率降到3.5%"
        ),
    ),
    check=check,
)
