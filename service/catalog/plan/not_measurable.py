"""P305: concrete plans without the value that tells whether they worked."""

import re
from collections.abc import Iterator

from service.catalog.cues import cues
from service.catalog.passage import one_fix, trimmed
from service.catalog.pledge import blanks, lacking
from service.catalog.wording import listed, metric_name, said
from service.core.finding import Draft, Example, Rule, Severity
from service.core.reading import Claim, Reading, Relation, Trait
from service.core.score import DimensionKey

AT_MOST = 3
_REPAIR = re.compile(r"维修|检修|抢修|报修|修[好复完]|换[好掉回]|更换|疏通|补漏|堵漏|试[车机]|试运行")


def check(reading: Reading) -> Iterator[Draft]:
    """Yield one draft for all concrete plans without goal or check, marked at the first."""
    loose = lacking(
        reading,
        lambda p: (
            p.has(Trait.MEASURABLE) or p.has(Trait.VERIFIABLE) or cues(reading).has("plan_measure", *p.span)
        ),
    )
    if not loose:
        return
    first = loose[0]
    name = _aim(reading, first)
    is_repair = all(_REPAIR.search(reading.quote(p)) for p in loose)
    question = f"做完之后{name}到多少算见效？" if name else "看到什么结果算做成了，能不能给个数？"
    if is_repair and not name:
        question = "修好以后看什么来确认，比如几天之内不出第二次？"
    if len(loose) == 1 and is_repair:
        message = f"{said(reading, first.span)}是清楚的，只差一句怎么确认真修好了。"
    elif len(loose) == 1:
        message = f"{said(reading, first.span)}做完算不算见效，没有一个数来判断。"
    else:
        message = f"{listed(reading, loose, AT_MOST)}这 {len(loose)} 件都没写做到多少算见效。"
    yield Draft(
        message=message,
        span=trimmed(reading.document.view, first.span),
        claims=tuple(p.id for p in loose),
        question=question,
        fixes=one_fix("补上目标", blanks(reading, loose, "（目标：【待补：目标值】）")),
    )


def _aim(reading: Reading, plan: Claim) -> str | None:
    """Return the metric of the problem that a plan serves."""
    known = {c.id: c for c in reading.claims}
    for link in plan.links:
        target = known.get(link.target)
        if link.relation is Relation.ADDRESSES and link.source == "text" and target is not None:
            for metric in target.metrics:
                name = metric_name(reading, metric)
                if name is not None and metric.polarity < 0:
                    return name
    return None


RULE = Rule(
    code="P305",
    name="not-measurable",
    dimension=DimensionKey.PLAN,
    severity=Severity.WARNING,
    since="0.1.0",
    title="没有目标值",
    what="冲着问题去的具体动作没写做到多少算见效，也没写怎么验证。几项都缺，合成一条。",
    why="做完和见效是两回事；写一个目标值，下周一句话就能交代。",
    bad=(
        Example(
            "本周退款率从3%升到5%。\n下周计划：\n1. 周三前把退款短信改成实时发送",
            marks="把退款短信改成实时发送",
        ),
        Example(
            "## 问题\n- 冷链车晚到6次，上周2次\n## 下周\n- 周二前和冷链车队重签到货时间",
            marks="和冷链车队重签到货时间",
        ),
    ),
    good=(
        Example("本周退款率从3%升到5%。\n下周计划：\n1. 周三前把退款短信改成实时发送，退款率降到3.5%"),
        Example("## 问题\n- 冷链车晚到6次，上周2次\n## 下周\n- 周二前和冷链车队重签到货时间，晚到不超过2次"),
    ),
    check=check,
)
