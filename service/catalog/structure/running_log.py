"""S401: Monday did this, Tuesday did that."""

from collections.abc import Iterator

from service.catalog.log import log_of
from service.core.finding import Draft, Example, Rule, Severity
from service.core.reading import Reading


def check(reading: Reading) -> Iterator[Draft]:
    """Yield one draft where the review goes by weekday, or lists deeds with next to no results."""
    found = log_of(reading)
    if found is None:
        return
    if found.days:
        message = f"按星期几记了 {found.days} 天的事，同一件事被拆在几处，看不出做成了什么。"
        question = "哪几条是一回事，合起来带来了什么结果？"
    else:
        message = f"{len(found.deeds)} 件事写的都是做了什么，" + (
            f"结果只有 {found.results} 处。" if found.results else "没有一处写做成了什么。"
        )
        question = "花时间最多的那件事带来了什么结果？"
    yield Draft(message=message, claims=tuple(c.id for c in found.deeds), question=question)


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
