"""Attainment: actual over target against the percentage that is stated."""

from collections.abc import Iterable, Sequence

from service.core.arithmetic.interval import is_checkable, of, room_of, scale_untold
from service.core.arithmetic.wording import like, mismatch, percent, plain
from service.core.document.model import Document
from service.core.lazy import lazy
from service.core.numbers.model import BaselineKind, Metric, Mismatch, Number

_SPENT = lazy(r"预算[^，。；\d]{0,4}$")  # 预算 20 万 but not 预算执行率 92%
_REACHED = lazy(r"(?:完成|达成)[^，。；\d]{0,3}$")
# 指标还欠 140 万: how far off, and neither what was reached nor the aim
_AMISS = lazy(r"[差欠缺超剩][^，。；\d]{0,2}$")


# 两区合计完成目标 300 单的 71.7%: reached together, and not by the last alone
_TOGETHER = lazy(r"[，,；][^，。；\d]{0,4}(?:合计|一共|总共|共计|加起来|合起来)")


def is_together(view: str, reached: Number, end: int) -> bool:
    """Tell whether more than one figure is said to make up what was reached, between it and `end`."""
    return _TOGETHER.search(view, reached.span.end, max(reached.span.end, end)) is not None


def _is_amiss(document: Document, number: Number) -> bool:
    return _AMISS.search(document.view, max(0, number.span.start - 4), number.span.start) is not None


def _is_spent(document: Document, target: Number, stated: Number) -> bool:
    """Tell whether the aim is a budget and the percentage says how much of something else was done."""
    before_aim = document.view[max(0, target.span.start - 8) : target.span.start]
    before = document.view[max(0, stated.span.start - 6) : stated.span.start]
    return _SPENT.search(before_aim) is not None and _REACHED.search(before) is not None


def check_attainment(document: Document, metrics: Sequence[Metric]) -> Iterable[Mismatch]:
    """Yield attainments that actual and target contradict."""
    for metric in metrics:
        if metric.baseline_kind is not BaselineKind.TARGET:
            continue
        stated, actual, target = (
            metric.figure("attainment"),
            metric.figure("value"),
            metric.figure("baseline"),
        )
        if stated is None or actual is None or target is None or not is_checkable(stated, actual, target):
            continue
        if (
            is_together(document.view, actual, stated.span.start)
            or _is_spent(document, target, stated)
            or _is_amiss(document, target)
            or _is_amiss(document, actual)
        ):
            continue
        ratio = of(actual).over(of(target))
        if ratio is None:
            continue
        got = actual.value / target.value * 100
        scale = scale_untold(got, stated.value)
        if not ratio.times(100 * scale).misses(stated.value, room_of(stated)):
            continue
        inverse = of(target).over(of(actual))
        if inverse is not None and not inverse.times(100).misses(stated.value, room_of(stated)):
            continue  # where less is better, target over actual is in use
        got *= scale
        a, b = document.slice(actual.span), document.slice(target.span)
        yield mismatch(
            document,
            "attainment",
            stated,
            (target, actual),
            percent(got),
            f"{plain(actual.value)}/{plain(target.value)}",
            f"{a} ÷ 目标 {b} 是 {percent(got)}，文中写 {document.slice(stated.span)}",
            like(document, stated, got),
            f"{a} 这个数",
        )
