"""S403: something promised last period that this note leaves out."""

from collections.abc import Iterator

from service.catalog.passage import trimmed
from service.catalog.wording import Turns, before, said, this
from service.core.finding import Draft, Example, Rule, Severity
from service.core.reading import Reading
from service.core.score import DimensionKey
from service.core.scoring.features import missed_promises

_TELLS = (
    "{before}说好的{said}，{now}没有提到。",
    "{said}在{before}的计划里，{now}没有回音。",
    "{before}计划里还有{said}，做没做没写。",
)
_ASKS = (
    "做完了吗？没做的话是什么原因，还做不做？",
    "现在到哪一步了？不做了也写一句。",
    "结果怎样，要不要重新排个日子？",
)


def check(reading: Reading) -> Iterator[Draft]:
    """Yield one draft for every promise of the note before that this one leaves out."""
    if reading.previous is None:
        return
    turns = Turns()
    names = {"before": before(reading), "now": this(reading)}
    for promise in missed_promises(reading):
        yield Draft(
            message=turns.pick(_TELLS).format(said=said(reading.previous, promise.span), **names),
            span=trimmed(reading.previous.document.view, promise.span),
            question=turns.pick(_ASKS),
            source="previous",
        )


RULE = Rule(
    code="S403",
    name="carry-over-missed",
    dimension=DimensionKey.PLAN,
    severity=Severity.WARNING,
    since="0.1.0",
    title="上期承诺没有交代",
    what="上期计划里写了要做的事，本期既没有完成情况，也没有解释或重新排期。",
    why="说过的事有回音，别人才敢信下一份计划；没做成也没关系，写一句原因。",
    bad=(
        Example(
            "本周开了三场直播，成交12万元。下周继续。",
            marks="给冷冻品破损出一版拍照模板",
            previous="本周开播两场。\n下周计划：\n1. 开三场直播\n2. 给冷冻品破损出一版拍照模板",
        ),
        Example(
            "## 本周\n- 回访流失会员40人，12人答应回来\n## 下周\n- 周三前把12人的补偿券发完",
            marks="和物业谈延长停车免费时段",
            previous="## 本周\n- 会员流失30人\n## 下周\n- 回访流失会员40人\n- 和物业谈延长停车免费时段",
        ),
    ),
    good=(
        Example(
            "本周开了三场直播，成交12万元。冷冻品破损的拍照模板已经发给各店。",
            previous="本周开播两场。\n下周计划：\n1. 开三场直播\n2. 给冷冻品破损出一版拍照模板",
        ),
        Example("本周开了三场直播，成交12万元。下周继续。"),
    ),
    check=check,
)
