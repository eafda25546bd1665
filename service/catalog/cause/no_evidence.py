"""R203: a concrete cause that nothing backs."""

from collections.abc import Iterator

from service.catalog.passage import trimmed
from service.catalog.tracing import gaps
from service.catalog.wording import Turns, said
from service.core.finding import Draft, Example, Rule, Severity
from service.core.profile import profile
from service.core.reading import Reading
from service.core.score import DimensionKey
from service.core.why import is_hearsay, why

AT_MOST = 2
_TELLS = (
    "{said}说到了具体的点上，还缺一条让别人信的依据。",
    "{said}像是对的，旁边没有数也没有原话。",
)
_HEARSAY = "{said}是别人的说法，还没有一条能核对的东西。"
_ASK_HEARSAY = "这个说法核过吗，有没有记录、通知或一个数能对上？"


def check(reading: Reading) -> Iterator[Draft]:
    """Yield a draft for the one or two concrete causes that most need proof."""
    turns = Turns()
    known, view = profile(reading.role), reading.document.view
    for gap in gaps(reading, "R203", AT_MOST):
        cause = gap.cause or gap.target
        asks = (
            f"从哪看出来的？{known.evidence[0]}里有没有一个数？" if known else "从哪看出来的，有没有一个数？",
            "有没有一句原话，或者和别处比过的数？",
        )
        heard = is_hearsay(view, cause.span)
        tells = _HEARSAY if heard else turns.pick(_TELLS)
        yield Draft(
            message=tells.format(said=said(reading, why(view, cause.span))),
            span=trimmed(view, cause.span),
            claims=(cause.id, gap.target.id),
            question=_ASK_HEARSAY if heard else turns.pick(asks),
        )


RULE = Rule(
    code="R203",
    name="no-evidence",
    dimension=DimensionKey.CAUSE,
    severity=Severity.WARNING,
    since="0.1.0",
    title="原因没有证据",
    what="原因已经具体到环节或人群，但没有数据、原话或对照，也没有说明是推测。一篇最多指出两处。",
    why="有一条别人能复核的依据，原因才从“你觉得”变成“我们知道”。",
    bad=(
        Example("本周退款率从3%升到5%，因为新上的尺码表把M码标错了。", marks="尺码表"),
        Example("## 问题\n到店客流比上周少了120人，是因为门口修路，停车要绕一圈。", marks="门口修路"),
    ),
    good=(
        Example("本周退款率从3%升到5%，因为新上的尺码表把M码标错了：退款的42单里有31单写的是“尺码不符”。"),
        Example("本周退款率从3%升到5%，可能是尺码表标错了，周三前抽30单退款核对确认。"),
    ),
    check=check,
)
