"""Attainment: actual over target against the percentage that is stated."""

from collections.abc import Iterable, Sequence

from service.core.arithmetic.interval import is_checkable, of, room_of
from service.core.arithmetic.wording import like, mismatch, percent, plain
from service.core.document.model import Document
from service.core.numbers.model import BaselineKind, Metric, Mismatch


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
        ratio = of(actual).over(of(target))
        if ratio is None or not ratio.times(100).misses(stated.value, room_of(stated)):
            continue
        inverse = of(target).over(of(actual))
        if inverse is not None and not inverse.times(100).misses(stated.value, room_of(stated)):
            continue  # where less is better, target over actual is in use
        got = actual.value / target.value * 100
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
