"""P306: a long list of plans in no stated order."""

from collections.abc import Iterator

from service.catalog.wording import following
from service.core.finding import Draft, Example, Rule, Severity
from service.core.reading import ClaimKind, Reading, Trait
from service.core.score import DimensionKey

MANY = 4  # up to three tasks need no order
_DATED_MOST = 0.6  # dates put tasks in order by themselves


def check(reading: Reading) -> Iterator[Draft]:
    """Yield one draft for the whole note where four or more plans are neither ordered nor mostly dated."""
    plans = reading.of(ClaimKind.PLAN)
    if len(plans) < MANY or reading.prioritised or any(p.has(Trait.PRIORITISED) for p in plans):
        return
    dated = sum(p.has(Trait.DATED) or p.deadline is not None for p in plans)
    if dated >= _DATED_MOST * len(plans):
        return
    yield Draft(
        message=f"{following(reading)}列了 {len(plans)} 件事，看不出哪件先做。",
        claims=tuple(p.id for p in plans),
        question="如果只能做成一件，是哪一件？",
    )


RULE = Rule(
    code="P306",
    name="no-priority",
    dimension=DimensionKey.PLAN,
    severity=Severity.INFO,
    since="0.1.0",
    title="没有先后",
    what="四项以上的计划没有优先级，多数也没有日期。",
    why="时间总是不够的；排个先后，临时有事时你和别人都知道先保哪件。",
    bad=(
        Example(
            "## 问题\n- 退款率从3%升到5%\n## 下周\n- 把退款短信改成实时发送\n- 抽30单退款做回访\n"
            "- 重写尺码表\n- 给客服培训退款话术"
        ),
        Example(
            "本周社群发言人数从120掉到80。\n下周：\n1. 每晚开答疑\n2. 建新人欢迎群\n"
            "3. 换群公告\n4. 找5位老用户访谈"
        ),
    ),
    good=(
        Example(
            "## 问题\n- 退款率从3%升到5%\n## 下周\n- P0 把退款短信改成实时发送\n- P0 抽30单退款做回访\n"
            "- P1 重写尺码表\n- P2 给客服培训退款话术"
        ),
        Example("## 问题\n- 退款率从3%升到5%\n## 下周\n- 把退款短信改成实时发送\n- 抽30单退款做回访"),
    ),
    check=check,
)
