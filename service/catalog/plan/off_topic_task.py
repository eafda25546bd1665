"""P307: a task that serves nothing the note tells, and says no reason."""

import re
from collections.abc import Iterator

from service.catalog.passage import appended, one_fix
from service.catalog.task import tasks
from service.catalog.wording import Turns, following, said
from service.core.finding import Draft, Example, Rule, Severity
from service.core.reading import ClaimKind, Reading, Trait
from service.core.score import DimensionKey

# "好好休息", "调休一天"; not "整理休息室"
_REST = re.compile(r"(?:好好|[\w一-鿿]{0,3})(?:休息|休假|调休|放假|年假)(?:[半一二两三四五\d]天)?[!！~～。]*")
_BLANK = "（来由：【待补：为什么做】）"
_TELLS = (
    "没看出{said}接的是本期哪个结果或问题，也没写来由。",
    "看不出{said}为哪件事服务，前面没提过。",
    "{said}是新冒出来的，没有来由。",
)
_ASKS = (
    "它是为哪个目标或问题做的？一句来由就行。",
    "谁提的、要解决什么？",
    "为什么排在{next}做？只是例行事务的话，挪到待办里就好。",
)


def check(reading: Reading) -> Iterator[Draft]:
    """Yield one draft for every stray plan; silent where the note tells nothing a plan could serve."""
    if not reading.of(ClaimKind.PROBLEM, ClaimKind.RESULT, ClaimKind.CAUSE):
        return
    turns = Turns()
    for plan in reading.of(ClaimKind.PLAN):
        if not plan.has(Trait.OFF_TOPIC) or (plan.has(Trait.VAGUE) and not plan.has(Trait.SPECIFIC)):
            continue  # a slogan is no task: P303 tells of it
        for span in tasks(reading, plan):
            if _REST.fullmatch(reading.document.slice(span)):
                continue
            yield Draft(
                message=turns.pick(_TELLS).format(said=said(reading, span)),
                span=span,
                claims=(plan.id,),
                question=turns.pick(_ASKS).format(next=following(reading)),
                fixes=one_fix("补一句来由", appended(reading.document, plan, span, _BLANK)),
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
            "本周直播间转化率从4.1%掉到3.2%，新主播没有讲清楚尺码。\n下周计划：\n1. 整理部门通讯录",
            marks="整理部门通讯录",
        ),
        Example(
            "## 问题\n- 冷链车晚到6次，上周2次\n"
            "## 下周\n- 周二前和冷链车队重签到货时间\n- 周五把去年的展会照片扫描归档",
            marks="展会照片扫描归档",
        ),
    ),
    good=(
        Example(
            "本周直播间转化率从4.1%掉到3.2%，新主播没有讲清楚尺码。\n"
            "下周计划：\n1. 周三前给新主播一张尺码对照卡，转化率回到4%"
        ),
        Example(
            "## 问题\n- 冷链车晚到6次，上周2次\n## 下周\n- 周二前和冷链车队重签到货时间\n"
            "- 周五把去年的展会照片扫描归档，因为市场部要用来做招商册"
        ),
    ),
    check=check,
)
