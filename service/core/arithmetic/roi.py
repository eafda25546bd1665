"""ROI against what was spent and what came back, in both conventions."""

import re
from collections.abc import Iterable, Sequence

from service.core.arithmetic.interval import Interval, is_checkable, of, slack_of
from service.core.arithmetic.wording import like, mismatch, percent, plain
from service.core.document.model import Document
from service.core.numbers.model import Mismatch, Number, NumberKind

_ROI = re.compile(r"(?:roi|roas|投产比?|投入产出比|投资回报率?)[^\d，。；\n]{0,4}$")
_COST = re.compile(r"(?:消耗|花费?|投入|投流|投放|成本|费用|支出|投|烧|广告费|预算花)了?[^\d，。；\n]{0,4}$")
_BACK = re.compile(
    r"(?:回收?|产出|收入|成交(?:额|金额)?|gmv|营收|带来|销售额|收回|赚|卖|转化金额|回款|变现)了?[^\d，。；\n]{0,4}$"
)
_STOPS = "。；;\n！!？?"
_REACH = 60


def check_roi(document: Document, numbers: Sequence[Number]) -> Iterable[Mismatch]:
    """Yield ROIs that the spend and return told just before them contradict."""
    folded = document.folded
    figures = [n for n in numbers if n.kind is NumberKind.MEASURE]
    for at, stated in enumerate(figures):
        if not _ROI.search(folded[max(0, stated.span.start - 14) : stated.span.start]):
            continue
        cost = back = None
        for number in reversed(figures[max(0, at - 5) : at]):
            gap = folded[number.span.end : stated.span.start]
            if len(gap) > _REACH or any(c in gap for c in _STOPS):
                break
            before = folded[max(0, number.span.start - 10) : number.span.start]
            if number.unit_kind not in ("none", "money"):
                continue
            if back is None and _BACK.search(before):
                back = number
            elif cost is None and _COST.search(before):
                cost = number
        if cost is not None and back is not None:
            found = compare(document, stated, cost, back)
            if found is not None:
                yield found


def allows(stated: Number, cost: Interval, back: Interval) -> bool:
    """Tell whether a stated ROI fits spend and return as a quotient or as a profit rate."""
    ratio = back.over(cost)
    if ratio is None:
        return True
    scale = 100.0 if stated.unit == "%" else 1.0
    slack = slack_of(stated)
    profit = Interval(ratio.low - 1, ratio.high - 1)
    return not ratio.times(scale).misses(stated.value, slack) or not profit.times(scale).misses(
        stated.value, slack
    )


def compare(document: Document, stated: Number, cost: Number, back: Number) -> Mismatch | None:
    """Return a mismatch where the ROI fits neither convention."""
    if not is_checkable(stated, cost, back) or cost.value <= 0:
        return None
    if allows(stated, of(cost), of(back)):
        return None
    got = back.value / cost.value
    shown = (
        percent(got * 100)
        if stated.unit == "%"
        else (f"1:{plain(got)}" if stated.unit == ":" else plain(got))
    )
    a, b = document.slice(back.span), document.slice(cost.span)
    quote = document.slice(stated.span)
    mend = shown if stated.unit == ":" else like(document, stated, got * (100 if stated.unit == "%" else 1))
    return mismatch(
        document, "roi", stated, (cost, back), shown, f"{plain(back.value)}/{plain(cost.value)}",
        f"{a} ÷ {b} 是 {shown}，文中写 {quote}", mend, f"{a} 和 {b} 哪个不对",
    )  # fmt: skip
