"""R205: a remedy where the reason should stand."""

from collections.abc import Iterator

from service.catalog.passage import trimmed
from service.catalog.tracing import Gap, gaps
from service.catalog.wording import Turns, said
from service.core.finding import Draft, Example, Rule, Severity
from service.core.reading import Reading
from service.core.score import DimensionKey
from service.core.span import Span

AT_MOST = 2
LONGEST = 40  # problem and remedy are marked together up to here, else the remedy alone
_TELLS = (
    "{remedy}是做法；{problem}为什么会这样，中间跳过去了。",
    "从{problem}直接到了{remedy}，少一句原因。",
)
_ASKS = ("看到了什么，让你觉得该从这里下手？", "是哪一步不对，才要这么改？")


def check(reading: Reading) -> Iterator[Draft]:
    """Yield a draft for a problem that is answered in its place by a vague remedy and by no reason."""
    turns = Turns()
    for gap in gaps(reading, "R205", AT_MOST):
        remedy = gap.remedy or gap.cause or gap.target
        yield Draft(
            message=turns.pick(_TELLS).format(
                remedy=said(reading, remedy.span, 14), problem=said(reading, gap.target.span, 14)
            ),
            span=_span(reading, gap),
            claims=(gap.target.id, remedy.id),
            question=turns.pick(_ASKS),
        )


def _span(reading: Reading, gap: Gap) -> Span:
    remedy = gap.remedy or gap.cause or gap.target
    both = Span(min(gap.target.span.start, remedy.span.start), max(gap.target.span.end, remedy.span.end))
    return trimmed(reading.document.view, both if len(both) <= LONGEST else remedy.span)


RULE = Rule(
    code="R205",
    name="fix-instead-of-cause",
    dimension=DimensionKey.CAUSE,
    severity=Severity.WARNING,
    since="0.1.0",
    title="用做法代替原因",
    what="问题后面紧接着“继续优化、加强运营”，没有说为什么会这样。",
    why="不知道为什么就改，多半改不到地方；先写一句原因，做法自然就具体了。",
    bad=(
        Example("本周落地页转化率偏低，后续继续优化。", marks="继续优化"),
        Example("## 问题\n- 退款比上周多了12单，下周继续优化", marks="继续优化"),
    ),
    good=(
        Example(
            "本周落地页转化率偏低，因为首屏加载要6秒，监控里38%的人没等到按钮出来就走了；周四前压缩首图。"
        ),
        Example("本周落地页转化率8%，上周7%，继续优化。"),
    ),
    check=check,
)
