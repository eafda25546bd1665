"""S401: Monday did this, Tuesday did that."""

from collections.abc import Iterator

from service.catalog.cues import words
from service.core.document.model import LineKind
from service.core.finding import Draft, Example, Rule, Severity
from service.core.reading import ClaimKind, Reading, SectionKind, Trait

DAYS = 3  # so many days of the week as line openers make a log
_DEEDS = 5  # so many deeds without results read like one
_RATIO = 6  # deeds a result; above, the note tells what was done, not what came of it
_REACH = 6  # characters from the line's start within which its day stands


def check(reading: Reading) -> Iterator[Draft]:
    """Yield one draft where the review goes by weekday, or lists deeds with next to no results."""
    if not reading.is_note or reading.kind == "daily":
        return
    days = _days(reading)
    deeds = reading.of(ClaimKind.ACTIVITY)
    told = [c for c in reading.of(ClaimKind.RESULT, ClaimKind.PROBLEM) if c.has(Trait.MEASURABLE)]
    if days >= DAYS and len(told) <= days:
        yield Draft(
            message=f"按星期几记了 {days} 天的事，同一件事被拆在几处，看不出做成了什么。",
            claims=tuple(c.id for c in deeds),
            question="哪几条是一回事，合起来带来了什么结果？",
        )
    elif len(deeds) >= _DEEDS and len(told) * _RATIO <= len(deeds):
        yield Draft(
            message=f"{len(deeds)} 件事写的都是做了什么，结果只有 {len(told)} 处。"
            if told
            else f"{len(deeds)} 件事写的都是做了什么，没有一处写做成了什么。",
            claims=tuple(c.id for c in deeds),
            question="花时间最多的那件事带来了什么结果？",
        )


def _days(reading: Reading) -> int:
    """Count the different weekdays that lines outside the plan part open with."""
    document = reading.document
    plans = [(s.first_line, s.last_line) for s in reading.sections if s.kind is SectionKind.PLANS]
    names = words("find_weekday")
    found: set[str] = set()
    part = 0
    for at, line in enumerate(document.lines):
        while part < len(plans) and plans[part][1] < at:
            part += 1
        if line.kind is LineKind.CODE or (part < len(plans) and plans[part][0] <= at):
            continue
        head = document.folded[line.span.start : min(line.span.end, line.span.start + _REACH)].lstrip(" -·*")
        day = next((n for n in names if head.startswith(n)), None)
        if day is not None and not head[len(day) :].startswith(("前", "之前", "下班前")):
            found.add(day)
    return len(found)


RULE = Rule(
    code="S401",
    name="running-log",
    dimension=None,
    severity=Severity.WARNING,
    since="0.1.0",
    title="流水账",
    what="按周一到周五记事，或者一长串“做了什么”而几乎没有结果。",
    why="读的人想知道做成了什么；按项目归并、结果写在最前，一分钟就能看完。",
    bad=(
        Example(
            "周一：开例会，整理上周数据\n周二：拜访客户，写方案\n周三：培训新人\n周四：对接设计\n周五：复盘，写周报"
        ),
        Example(
            "本周工作：\n- 整理了客户名单\n- 参加了两次例会\n- 对接了设计部\n"
            "- 维护了三个社群\n- 写了活动方案\n- 跟进了物料制作"
        ),
    ),
    good=(
        Example("老客召回：回访120人，复购31单，上周24单。\n新品上线：周三上架，首周成交86单，目标80单。"),
        Example("本周新增用户1200人，上周1000人。\n下周：\n周一：拜访客户\n周二：交方案\n周三：培训新人"),
    ),
    check=check,
)
