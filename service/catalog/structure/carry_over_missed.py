"""S403: something promised last period that this note leaves out."""

from collections.abc import Iterator

from service.core.finding import Draft, Example, Rule, Severity
from service.core.reading import Reading
from service.core.score import DimensionKey
from service.core.scoring.features import missed_promises


def check(reading: Reading) -> Iterator[Draft]:
    """Yield one draft for every promise of the note before that is neither reported, explained nor planned again."""
    for promise in missed_promises(reading):
        yield Draft(
            message="上期计划里的这一项，本期没有交代。",
            span=promise.span,
            question="这件事做完了吗？没做的话是什么原因，还做不做？",
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
    ),
    good=(
        Example(
            "本周开了三场直播，成交12万元。冷冻品破损的拍照模板已经发给各店。",
            previous="本周开播两场。\n下周计划：\n1. 开三场直播\n2. 给冷冻品破损出一版拍照模板",
        ),
    ),
    check=check,
)
