"""R204: a guess, honestly called one, without the way it will be checked."""

from collections.abc import Iterator

from service.catalog.cues import cues
from service.catalog.passage import appended, clauses, one_fix, trimmed
from service.catalog.tracing import gaps
from service.catalog.wording import Turns, said
from service.core.finding import Draft, Example, Rule, Severity
from service.core.reading import Reading
from service.core.score import DimensionKey
from service.core.span import Span

AT_MOST = 2
_TELLS = (
    "{said}标明了是推测，这点好；还没写打算怎么验。",
    "{said}是个能验的猜测，差一个验法。",
)
_ASKS = ("哪天、看什么数（或者问几个人）能定下来？", "看到什么结果就算猜对了，哪天看？")


def check(reading: Reading) -> Iterator[Draft]:
    """Yield a draft for the one or two guesses that most deserve a check."""
    turns = Turns()
    for gap in gaps(reading, "R204", AT_MOST):
        cause = gap.cause or gap.target
        span = _guess(reading, cause.span)
        yield Draft(
            message=turns.pick(_TELLS).format(said=said(reading, span)),
            span=span,
            claims=(cause.id, gap.target.id),
            question=turns.pick(_ASKS),
            fixes=one_fix(
                "补上验证办法", appended(reading.document, cause, cause.span, "（【待补：哪天、怎么验证】）")
            ),
        )


def _guess(reading: Reading, span: Span) -> Span:
    """Return a cause from the clause on that calls it a guess."""
    view = reading.document.view
    hit = cues(reading).first("cause_guess", *span)
    start = next((c.start for c in clauses(view, span) if hit is not None and hit.start < c.end), span.start)
    return trimmed(view, Span(start, span.end))


RULE = Rule(
    code="R204",
    name="unverified-hypothesis",
    dimension=DimensionKey.CAUSE,
    severity=Severity.WARNING,
    since="0.1.0",
    title="推测没有验证办法",
    what="原因写成了“可能、估计、感觉是”，后面没有说怎么验证、什么时候能定。",
    why="猜没关系，猜完去验才有下文；写上验法，下周就能翻篇。",
    bad=(
        Example("本周退款率从3%升到5%，估计是新上的尺码表标错了。", marks="尺码表标错"),
        Example(
            "## 问题\n直播间在线人数比上周少了200人，可能是开播时间撞上了隔壁大主播。",
            marks="撞上了隔壁大主播",
        ),
    ),
    good=(
        Example("本周退款率从3%升到5%，估计是新上的尺码表标错了，周三前抽30单退款核对确认。"),
        Example("本周退款率3%，上周3.1%。"),
    ),
    check=check,
)
