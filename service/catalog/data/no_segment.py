"""D103: a note that compares its figures and never takes one apart."""

from collections.abc import Iterator

from service.catalog.outcome import is_outcome, swing_of
from service.catalog.wording import clause_around, metric_name
from service.core.finding import Draft, Example, Rule, Severity
from service.core.numbers.model import Metric
from service.core.profile import profile
from service.core.reading import Claim, ClaimKind, Reading, Trait
from service.core.score import DimensionKey
from service.core.scoring.features import data_features

ENOUGH = 2  # compared outcomes from which on the next thing to ask is where the change came from
_ANYONE = ("类别", "环节")


def check(reading: Reading) -> Iterator[Draft]:
    """Yield at most one draft: on the figure that moved most, where nothing in the note is broken down."""
    found = data_features(reading)
    if len(found.compared) < ENOUGH or found.segmented:
        return
    best = max(
        (
            (_worth(c, m), -at, c, m)
            for at, c in enumerate(found.compared)
            if c.kind is not ClaimKind.EVIDENCE
            for m in c.metrics
            if is_outcome(m)
        ),
        key=lambda f: f[:2],
        default=None,
    )
    if best is None:
        return
    _, _, claim, metric = best
    known = profile(reading.role)
    parts = (known.breakdowns if known else _ANYONE)[:2]
    name = metric_name(reading, metric) or "这个数"
    yield Draft(
        message=f"{name}有了对比，还是一个总数；拆一层才看得出变化出在哪。",
        span=clause_around(reading, claim, metric.span.start),
        claims=(claim.id,),
        question=f"按{'或'.join(parts)}拆开，{name}主要变在哪一块？",
    )


def _worth(claim: Claim, metric: Metric) -> float:
    swing = swing_of(metric)
    return min(abs(swing or 0.0), 60.0) + 20.0 * claim.has(Trait.KEY)


RULE = Rule(
    code="D103",
    name="no-segment",
    dimension=DimensionKey.DATA,
    severity=Severity.WARNING,
    since="0.1.0",
    title="只有总数没有细分",
    what="数字都有对比，但没有一处拆到人群、渠道、环节、单场或单品。一篇只提一次，指在变化最大的那个数上。",
    why="总数告诉人变了，细分才告诉人变在哪；下一步该动哪里，也从这里来。",
    bad=(
        Example(
            "本周新增用户1200人，上周1000人。次日留存32%，上周36%。",
            marks="新增用户1200人",
        ),
        Example(
            "## 成果\n- GMV 80万，上周 64万\n- 退款率 5.1%，上周 4.8%\n",
            marks="GMV 80万",
        ),
    ),
    good=(
        Example(
            "本周新增用户1200人，上周1000人，其中抖音渠道700人，上周450人；公众号500人，上周550人。次日留存32%，上周36%。"
        ),
        Example("本周新增用户1200人。"),
    ),
    check=check,
)
