"""R206: a proven direct cause; one more “why” would reach what can be changed for good."""

from collections.abc import Iterator

from service.catalog.passage import trimmed
from service.catalog.tracing import gaps
from service.catalog.wording import said
from service.core.finding import Draft, Example, Rule, Severity
from service.core.reading import Reading
from service.core.score import DimensionKey
from service.core.why import why


def check(reading: Reading) -> Iterator[Draft]:
    """Yield at most one draft, where the best traced problem stops after one proven layer."""
    for gap in gaps(reading, "R206", 1):
        cause = gap.cause or gap.target
        words = said(reading, why(reading.document.view, cause.span))
        yield Draft(
            message=f"{words}有依据了，是直接原因；再往下问一层，才碰得到能一直管用的那个点。",
            span=trimmed(reading.document.view, cause.span),
            claims=(cause.id, gap.target.id),
            question="它又是怎么来的：哪个流程、规定或习惯让它发生？",
        )


RULE = Rule(
    code="R206",
    name="shallow-chain",
    dimension=DimensionKey.CAUSE,
    severity=Severity.WARNING,
    since="0.1.0",
    title="因果只有一层",
    what="主要问题的直接原因已经有证据，但没有继续追问它是怎么来的。一篇只提一次。",
    why="改掉直接原因，问题消失一次；改掉根因，它不再来。",
    bad=(
        Example(
            "本周退款率从3%升到5%，因为新上的尺码表把M码标错了。退款的42单里有31单写的是“尺码不符”。",
            marks="尺码表",
        ),
        Example(
            "## 问题\n- 直播间退货率从8%升到13%，因为新主播没讲清尺码，退货单里42单有31单写“尺码不符”",
            marks="新主播没讲清尺码",
        ),
    ),
    good=(
        Example("本周退款率从3%升到5%，因为新上的尺码表把M码标错了。"),
        Example("本周退款率3%，上周3.1%。"),
    ),
    check=check,
)
