"""P304: concrete plans without a day."""

from collections.abc import Iterator

from service.catalog.passage import one_fix, trimmed
from service.catalog.pledge import blanks, lacking
from service.catalog.wording import listed, said
from service.core.finding import Draft, Example, Rule, Severity
from service.core.reading import Reading, Trait
from service.core.score import DimensionKey

AT_MOST = 3


def check(reading: Reading) -> Iterator[Draft]:
    """Yield one draft for all concrete plans without a day, marked at the first."""
    open_ended = lacking(reading, lambda p: p.has(Trait.DATED) or p.deadline is not None)
    if not open_ended:
        return
    first = open_ended[0]
    if len(open_ended) == 1:
        message = f"{said(reading, first.span)}动作是清楚的，没写哪天做完。"
        question = "哪天做完？"
    else:
        message = f"{listed(reading, open_ended, AT_MOST)}这 {len(open_ended)} 件动作清楚，都没写哪天做完。"
        question = "各自哪天做完，先做哪件？"
    yield Draft(
        message=message,
        span=trimmed(reading.document.view, first.span),
        claims=tuple(p.id for p in open_ended),
        question=question,
        fixes=one_fix("补上日期", blanks(reading, open_ended, "（【待补：完成日期】前完成）")),
    )


RULE = Rule(
    code="P304",
    name="no-deadline",
    dimension=DimensionKey.PLAN,
    severity=Severity.WARNING,
    since="0.1.0",
    title="没有时限",
    what="冲着问题去的具体动作没写哪天完成。几项都缺，合成一条。",
    why="写上哪天，别人知道什么时候来看结果，你自己也知道先做哪件。",
    bad=(
        Example(
            "本周退款率从3%升到5%。\n下周计划：\n1. 把退款短信改成实时发送，退款率降到3.5%",
            marks="把退款短信改成实时发送",
        ),
        Example(
            "## 问题\n- 冷链车晚到6次，上周2次\n## 改进\n- 和冷链车队重签到货时间，晚到降到2次以内",
            marks="和冷链车队重签到货时间",
        ),
    ),
    good=(
        Example("本周退款率从3%升到5%。\n下周计划：\n1. 周三前把退款短信改成实时发送，退款率降到3.5%"),
        Example("## 问题\n- 冷链车晚到6次，上周2次\n## 改进\n- 11/20 前和冷链车队重签到货时间"),
    ),
    check=check,
)
