"""R207: a core metric that jumped or fell, without a word on why."""

from collections.abc import Iterator

from service.catalog.tracing import Gap, gaps
from service.catalog.wording import Turns, clause_around, figure_text, following, metric_name, said, spaced
from service.core.finding import Draft, Example, Rule, Severity
from service.core.reading import Reading
from service.core.score import DimensionKey

AT_MOST = 2
_BAD = ("{what}，动静不小，文里没有解释。", "{what}，这个幅度总有原因，还没写。")
_GOOD = ("{what}，变化不小，没写靠的是什么。",)
_BEHIND = ("{what}，离目标差得不少，没写差在哪。",)
_ASK_BAD = ("{name}主要变在哪一块，那里发生了什么？", "那几天有什么和平时不一样？")
_ASK_GOOD = ("靠的是哪个动作，{next}还能照着做吗？",)


def check(reading: Reading) -> Iterator[Draft]:
    """Yield a draft for the one or two widest swings of core metrics that no cause explains."""
    turns = Turns()
    for gap in gaps(reading, "R207", AT_MOST):
        metric = gap.metric
        if metric is None:
            continue
        good = metric.polarity > 0
        words = {
            "what": _what(reading, gap),
            "name": metric_name(reading, metric) or "这个数",
            "next": following(reading),
        }
        tells = _GOOD if good else _BEHIND if metric.baseline_kind == "target" else _BAD
        yield Draft(
            message=spaced(turns.pick(tells).format(**words)),
            span=clause_around(reading, gap.target, metric.span.start),
            claims=(gap.target.id,),
            question=turns.pick(_ASK_GOOD if good else _ASK_BAD).format(**words),
            severity=Severity.INFO if good else None,
        )


def _what(reading: Reading, gap: Gap) -> str:
    """Return the movement in the note's own figures."""
    metric = gap.metric
    if metric is None:
        return said(reading, gap.target.span)
    name = metric_name(reading, metric) or ""
    value, was = figure_text(reading, metric), figure_text(reading, metric, "baseline")
    if value and was:
        if metric.baseline_kind == "target":
            return f"{name} {value}，目标 {was}"
        return f"{name}从 {was} 到 {value}"
    change = figure_text(reading, metric, "change")
    if change and change[0] not in "0123456789":
        return f"{name}{change}"
    return said(reading, clause_around(reading, gap.target, metric.span.start))


RULE = Rule(
    code="R207",
    name="unexplained-swing",
    dimension=DimensionKey.CAUSE,
    severity=Severity.WARNING,
    since="0.1.0",
    title="大幅波动没有解释",
    what="核心指标比上期或目标变动 10% 以上，文中没有原因。变好的只提最大的一处，作为建议。一篇最多两处。",
    why="这么大的变动，负责人一定会问；先写上，省一轮来回，也防止下次再来。",
    bad=(
        Example("本周付费转化率从5.2%掉到3.9%。下周二前换一版落地页。", marks="付费转化率从5.2%掉到3.9%"),
        Example("- 退款率 6.8%，上周 5.1%\n- 新增用户 1,200 人，上周 1,190 人", marks="退款率 6.8%"),
    ),
    good=(
        Example("本周付费转化率从5.2%掉到3.9%，因为周二起支付页的优惠券入口被撤掉了，客服收到17条询问。"),
        Example("本周付费转化率5.1%，上周5.2%。"),
    ),
    check=check,
)
