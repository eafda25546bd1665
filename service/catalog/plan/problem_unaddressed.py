"""P302: a problem that no plan item takes up."""

from collections.abc import Iterator

from service.catalog.orphan import orphans
from service.catalog.passage import trimmed
from service.catalog.wording import Turns, called, following, metric_name
from service.core.finding import Draft, Example, Rule, Severity
from service.core.numbers.model import Direction
from service.core.reading import Claim, Reading
from service.core.score import DimensionKey

_TELLS = (
    "{said}写进了问题，后面的计划没有接着它。",
    "计划里没找到冲着{said}去的动作。",
    "{said}到这里就断了，{next}没有安排。",
    "{said}还没有人接。",
)
_ASKS = (
    "{next}谁先做哪一步？暂时放一放的话，写一句为什么。",
    "下一步是什么，哪天看结果？",
    "要不要排进{next}？不排的话，一句原因就够。",
    "交给谁，哪天给个说法？",
)
_ASK_UP = ("{name}打算怎么拉回来，拉到多少？", "{name}谁来盯，先动哪一步？")
_ASK_DOWN = ("{name}打算怎么降下来，降到多少？", "{name}谁来盯，先动哪一步？")


def check(reading: Reading) -> Iterator[Draft]:
    """Yield a draft for every matter that no plan serves; silent where there is no plan (P301 says so)."""
    turns = Turns()
    for problem in orphans(reading):
        yield _draft(reading, problem, turns)


def _draft(reading: Reading, problem: Claim, turns: Turns) -> Draft:
    bad = [(m, n) for m in problem.metrics if m.polarity < 0 and (n := metric_name(reading, m))]
    down = bool(bad) and bad[0][0].direction is Direction.DOWN_GOOD
    asks = (_ASK_DOWN if down else _ASK_UP) if bad else _ASKS
    words = {
        "said": called(reading, problem),
        "name": bad[0][1] if bad else "",
        "next": following(reading),
    }
    return Draft(
        message=turns.pick(_TELLS).format(**words),
        span=trimmed(reading.document.view, problem.span),
        claims=(problem.id,),
        question=turns.pick(asks).format(**words),
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
            "本周退款率从3%升到5%。\n夜班客服排队超过10分钟，被投诉了6次。\n"
            "下周计划：\n1. 周三前把退款流程的短信提醒改成实时发送，退款率降到3.5%",
            marks="被投诉了6次",
        ),
        Example(
            "## 问题\n- 冷链车晚到6次，上周2次\n- 夜班分拣错误率升到1.2%，上周0.8%\n"
            "## 下周\n- 周二前和冷链车队重签到货时间，晚到降到2次以内",
            marks="夜班分拣错误率",
        ),
    ),
    good=(
        Example(
            "本周退款率从3%升到5%。\n下周计划：\n1. 周三前把退款流程的短信提醒改成实时发送，退款率降到3.5%"
        ),
        Example(
            "## 问题\n- 冷链车晚到6次，上周2次\n## 下周\n- 周二前和冷链车队重签到货时间，晚到降到2次以内"
        ),
    ),
    check=check,
)
