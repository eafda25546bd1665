"""D102: a result that stands alone, so that nobody can tell whether it is good."""

from collections.abc import Iterator

from service.catalog.outcome import lone_figures
from service.catalog.passage import clauses
from service.catalog.wording import Turns, before, clause_around, figure_text, metric_name, spaced
from service.core.finding import Draft, Edit, Example, Fix, Rule, Severity
from service.core.numbers.model import Metric
from service.core.reading import Claim, ClaimKind, Reading
from service.core.score import DimensionKey
from service.core.scoring.features import data_features
from service.core.span import Span

AT_MOST = 3
FEWER = 2  # where most outcomes are compared, only the two most telling bare ones are asked about
_GOOD_SHARE = 0.6
_RESULT = (
    "“{name}”写了 {value}，没写{before}和目标，看不出是好是坏。",
    "{name} {value}，旁边没有可以比的数。",
    "{name}只有 {value} 这一个点，连不成线。",
)
_PROBLEM = (
    "{name} {value} 写在问题里，没写正常该是多少。",
    "{name} {value} 差了多少，缺一个参照。",
)
_NO_VALUE = ("“{name}”没写{before}和目标，看不出是好是坏。",)
_ASK_RESULT = ("{before}{name}是多少？", "{name}的目标是多少，{before}呢？", "{name}比{before}多了还是少了？")
_ASK_PROBLEM = ("{name}平时是多少？", "{name}的目标线是多少？")


def check(reading: Reading) -> Iterator[Draft]:
    """Yield one draft for each of the two or three most telling bare outcomes, in text order."""
    bare = lone_figures(reading)
    limit = FEWER if data_features(reading).compared_share >= _GOOD_SHARE else AT_MOST
    turns = Turns()
    for claim, metric in sorted(bare[:limit], key=lambda f: f[1].span):
        yield _draft(reading, claim, metric, turns)


def _draft(reading: Reading, claim: Claim, metric: Metric, turns: Turns) -> Draft:
    name = metric_name(reading, metric) or ""
    value = figure_text(reading, metric)
    is_problem = claim.kind is ClaimKind.PROBLEM
    tells = _NO_VALUE if value is None else _PROBLEM if is_problem else _RESULT
    words = {"name": name, "value": value or "", "before": before(reading)}
    return Draft(
        message=spaced(turns.pick(tells).format(**words)),
        span=_span(reading, claim, metric),
        claims=(claim.id,),
        question=turns.pick(_ASK_PROBLEM if is_problem else _ASK_RESULT).format(**words),
        fixes=_fixes(reading, metric),
    )


def _span(reading: Reading, claim: Claim, metric: Metric) -> Span:
    """Return the clause with the number, the name's clause with it where the name stands just before."""
    view = reading.document.view
    here = clause_around(reading, claim, metric.span.start)
    if metric.name and metric.name not in view[here.start : here.end]:
        parts = [p for p in clauses(view, claim.span) if p.end <= here.start]
        if parts and here.end - parts[-1].start <= 40 and metric.name in view[parts[-1].start : here.end]:
            return Span(parts[-1].start, here.end)
    return here


def _fixes(reading: Reading, metric: Metric) -> tuple[Fix, ...]:
    number = metric.figure("value")
    if number is None:
        return ()
    end = reading.document.source(number.span).end
    blank = f"（{before(reading)}【待补：{before(reading)}的值】，目标【待补：目标值】）"
    return (Fix("补上对比", (Edit(Span(end, end), blank),)),)


RULE = Rule(
    code="D102",
    name="no-comparison",
    dimension=DimensionKey.DATA,
    severity=Severity.WARNING,
    since="0.1.0",
    title="数字没有对比",
    what="主要成果或问题只写了一个数，没有上期、目标或同类可比。一篇最多指出三处，细分清单里的数不算。",
    why="62% 是好是坏，读的人不知道；旁边放一个上期或目标，一眼就清楚。",
    bad=(
        Example("本周续费率62%，回访了老客户。", marks="续费率62%"),
        Example("## 成果\n- 直播成交额 12 万元\n- 退货率 8%", marks="退货率 8%"),
    ),
    good=(
        Example("本周续费率62%，上周58%，目标60%。"),
        Example("本周发了3篇推文，开了2场会。"),
    ),
    check=check,
)
