"""Rates against the counts they come from: 374/3,120=12.0%, 78.2%，11 家到期续回 8 家."""

import re
from collections.abc import Iterable, Sequence

from service.core.arithmetic.interval import is_checkable, of, slack_of
from service.core.arithmetic.wording import like, mismatch, percent, plain
from service.core.document.model import Document
from service.core.numbers.model import Mismatch, Number, NumberKind

# between a pair and its rate: "=", "(", "，完成率 " but not another clause's words
_TO_RATE = re.compile(r" ?(?:=|≈|\(|（|，|,| )? ?(?:也就是|即|约|达成率?|完成率?|占比?|才|只有|仅)? ?")
_TO_PAIR = re.compile(r" ?(?:\(|（|=) ?")


def check_rates(document: Document, numbers: Sequence[Number]) -> Iterable[Mismatch]:
    """Yield rates that the counts written next to them contradict."""
    view = document.view
    figures = [n for n in numbers if n.kind in (NumberKind.MEASURE, NumberKind.CHANGE)]
    for at in range(1, len(figures)):
        top, bottom = figures[at - 1], figures[at]
        if view[top.span.end : bottom.span.start].strip() != "/" or not is_checkable(top, bottom):
            continue
        if "%" in (top.unit, bottom.unit) or top.value <= 0 or bottom.value <= 0:
            continue
        stated = _stated(view, figures, at)
        if stated is not None:
            found = compare(document, stated, top, bottom)
            if found is not None:
                yield found
    yield from _spelled(document, figures)


def _stated(view: str, figures: Sequence[Number], at: int) -> Number | None:
    top, bottom = figures[at - 1], figures[at]
    if at + 1 < len(figures):
        after = figures[at + 1]
        gap = view[bottom.span.end : after.span.start]
        if (
            after.unit == "%"
            and after.kind is NumberKind.MEASURE
            and len(gap) <= 8
            and _TO_RATE.fullmatch(gap)
        ):
            return after
    if at >= 2:
        before = figures[at - 2]
        gap = view[before.span.end : top.span.start]
        if before.unit == "%" and len(gap) <= 3 and _TO_PAIR.fullmatch(gap):
            return before
    return None


def compare(document: Document, stated: Number, top: Number, bottom: Number) -> Mismatch | None:
    """Return a mismatch where neither top/bottom nor its inverse or complement gives the stated rate."""
    if not is_checkable(stated) or stated.unit != "%":
        return None
    ratio, inverse = of(top).over(of(bottom)), of(bottom).over(of(top))
    slack = slack_of(stated)
    if ratio is None or inverse is None or not ratio.times(100).misses(stated.value, slack):
        return None
    if not inverse.times(100).misses(stated.value, slack) or not ratio.times(100).misses(
        100 - stated.value, slack
    ):
        return None
    got = top.value / bottom.value * 100
    a, b = document.slice(top.span), document.slice(bottom.span)
    return mismatch(
        document, "rate", stated, (top, bottom), percent(got), f"{plain(top.value)}/{plain(bottom.value)}",
        f"{a} ÷ {b} 是 {percent(got)}，文中写 {document.slice(stated.span)}", like(document, stated, got),
        f"{a} 和 {b} 哪个不对",
    )  # fmt: skip


_BETWEEN = re.compile(r"[^，。；;,\n\d/]{1,8}")
_NAMED_RATE = re.compile(r"率(?:\([^)\n]{1,12}\)|（[^）\n]{1,12}）)?[ :：为是达到]{0,3}$")


def _spelled(document: Document, figures: Sequence[Number]) -> Iterable[Mismatch]:
    """Check 续约率 78.2%，11 家到期续回 8 家 and 11 家到期续回 8 家，续约率 78.2%."""
    view = document.view
    for at in range(2, len(figures)):
        for rate, first, second in (
            (figures[at - 2], figures[at - 1], figures[at]),
            (figures[at], figures[at - 2], figures[at - 1]),
        ):
            if rate.unit != "%" or rate.kind is not NumberKind.MEASURE or first.unit_kind != "count":
                continue
            if (
                first.unit != second.unit
                or not first.value > second.value > 0
                or not is_checkable(rate, first, second)
            ):
                continue
            if NumberKind.CHANGE in (first.kind, second.kind):
                continue
            if not _NAMED_RATE.search(view[max(0, rate.span.start - 20) : rate.span.start]):
                continue
            inside = view[first.span.end : second.span.start]
            link = (
                view[rate.span.end : first.span.start]
                if rate.span.start < first.span.start
                else view[second.span.end : rate.span.start]
            )
            if not _BETWEEN.fullmatch(inside) or not re.fullmatch(r"[，,(（ ][^，。；\d]{0,10}", link):
                continue
            if abs(second.value / first.value * 100 - rate.value) > 30:
                continue
            found = compare(document, rate, second, first)
            if found is not None:
                yield found
