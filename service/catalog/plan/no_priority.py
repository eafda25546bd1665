"""P306: a long list of plans in no stated order."""

import re
from collections.abc import Iterator

from service.catalog.cues import cues
from service.catalog.wording import following
from service.core.finding import Draft, Example, Rule, Severity
from service.core.reading import Claim, ClaimKind, Reading, Trait
from service.core.score import DimensionKey

MANY = 4  # up to three tasks need no order
MANY_NUMBERED = 6  # a numbered list is an order of sorts, up to here
_HEAD = 40  # characters of a line that can be a heading
# "P0", "- P1|", "【p2】"; not "UP2"
_MARK = re.compile(r"(?<![A-Za-z])[Pp]\d")
_DATED_MOST = 0.6  # dates put tasks in order by themselves


def check(reading: Reading) -> Iterator[Draft]:
    """Yield one draft for the whole note where four or more plans are neither ordered nor mostly dated."""
    plans = reading.of(ClaimKind.PLAN)
    if len(plans) < MANY or reading.prioritised or _is_ordered(reading, plans):
        return
    dated = sum(p.has(Trait.DATED) or p.deadline is not None for p in plans)
    if dated >= _DATED_MOST * len(plans):
        return
    yield Draft(
        message=f"{following(reading)}列了 {len(plans)} 件事，看不出哪件先做。",
        claims=tuple(p.id for p in plans),
        question="如果只能做成一件，是哪一件？",
    )


def _is_ordered(reading: Reading, plans: list[Claim]) -> bool:
    """Tell whether the plans bear marks of order: P0, 首先, a heading that says so, a short numbering."""
    lines = reading.document.lines
    if any(p.has(Trait.PRIORITISED) or _MARK.search(lines[p.line].marker) for p in plans):
        return True
    if len(plans) < MANY_NUMBERED and all(any(c.isdigit() for c in lines[p.line].marker) for p in plans):
        return True
    heads = {reading.sections[p.section].first_line for p in plans if p.section < len(reading.sections)}
    spans = [lines[at].span for at in sorted(heads)]
    return any(cues(reading).has("plan_priority", *s) for s in spans if len(s) <= _HEAD)


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
            "本周社群发言人数从120掉到80。\n下周：\n- 开一场社群答疑\n- 把社群欢迎语改成一句话\n"
            "- 把社群公告换成三条规则\n- 找5位社群老用户访谈"
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
