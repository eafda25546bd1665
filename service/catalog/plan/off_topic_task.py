"""P307: a task that serves nothing the note tells, and says no reason."""

from collections.abc import Iterator

from service.core.finding import Draft, Example, Rule, Severity
from service.core.reading import ClaimKind, Reading, Trait
from service.core.score import DimensionKey


def check(reading: Reading) -> Iterator[Draft]:
    """Yield one draft for every stray plan; silent where the note tells nothing a plan could serve."""
    if not reading.of(ClaimKind.PROBLEM, ClaimKind.RESULT, ClaimKind.CAUSE):
        return
    for plan in reading.of(ClaimKind.PLAN):
        if plan.has(Trait.OFF_TOPIC):
            yield Draft(
                message="这项任务和本期写到的结果、问题都搭不上，也没说来由。",
                span=plan.span,
                claims=(plan.id,),
                question="这件事为哪个问题或目标服务？如果是新增任务，来由是什么？",
            )


RULE = Rule(
    code="P307",
    name="off-topic-task",
    dimension=DimensionKey.PLAN,
    severity=Severity.WARNING,
    since="0.1.0",
    title="计划和本期无关",
    what="计划里的任务没有承接本期任何问题或结果，也没有说明来由。",
    why="任务堆在一起，看不出轻重；写一句来由，或挪到待办清单里。",
    bad=(
        Example(
            "本周直播间转化率从4.1%掉到3.2%，新主播没有讲清楚尺码。\n下周计划：\n1. 周五前交部门通讯录",
            marks="周五前交部门通讯录",
        ),
    ),
    good=(
        Example(
            "本周直播间转化率从4.1%掉到3.2%，新主播没有讲清楚尺码。\n下周计划：\n1. 周三前给新主播一张尺码对照卡，转化率回到4%"
        ),
    ),
    check=check,
)
