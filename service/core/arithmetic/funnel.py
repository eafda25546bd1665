"""Funnels: each step's rate against the step before it, or against the first."""

import re
from collections.abc import Iterable

from service.core.arithmetic.passage import Passage, is_count, is_percent, is_rate
from service.core.arithmetic.rate import compare
from service.core.numbers.model import Mismatch, Number

_OPEN = "(（"
# 从曝光算到付费, 整体转化率 but not 付费率
_WHOLE = re.compile(r"从.{1,6}到|整体|全链路|总体|总转化|全程|端到端|最终")
_ARROWS = ("→", "->", "=>", "➡", ">")


def check_funnels(passage: Passage) -> Iterable[Mismatch]:
    """Yield step rates in brackets that neither the step before nor the first step bears out.

    A list of counts with a rate in brackets each is taken for a funnel when arrows join it or when another of its
    rates fits; one odd rate among unrelated ones proves nothing.
    """
    for first, last in passage.sentences():
        steps = _steps(passage, first, last)
        if sum(1 for _, rate, _ in steps if rate is not None) < 1 or len(steps) < 2:
            continue
        arrows = any(joined for _, _, joined in steps)
        judged = [
            (
                count,
                rate,
                steps[i - 1][0],
                is_rate(rate, count, steps[i - 1][0]) or is_rate(rate, count, steps[0][0]),
            )
            for i, (count, rate, _) in enumerate(steps)
            if i and rate is not None
        ]
        if arrows and len(steps) > 2:
            yield from _overall(passage, first, last, steps)
        if not judged or not (arrows or any(fits for *_, fits in judged)):
            continue
        for count, rate, before, fits in judged:
            at = passage.figures.index(rate, first, last)
            if not fits and count.value <= before.value and not passage.fits_earlier(at, count, rate):
                yield from compare(passage, rate, count, before, kind="funnel" if arrows else "rate")


def _overall(
    passage: Passage, first: int, last: int, steps: list[tuple[Number, Number | None, bool]]
) -> Iterable[Mismatch]:
    """Check what a funnel is said to come to as a whole: 从曝光到付费 0.12%."""
    top, end = steps[0][0], steps[-1][0]
    for at in range(first, last):
        rate = passage.figures[at]
        if is_percent(rate) and rate.span.start > end.span.end and _WHOLE.search(passage.label(at)):
            if not any(is_rate(rate, end, step) for step, _, _ in steps[:-1]):
                yield from compare(passage, rate, end, top, kind="funnel")


def _steps(passage: Passage, first: int, last: int) -> list[tuple[Number, Number | None, bool]]:
    """Return counts of a sentence in order, each with the rate in its brackets and whether an arrow led to it."""
    figures = passage.figures
    steps: list[tuple[Number, Number | None, bool]] = []
    at = first
    while at < last:
        count = figures[at]
        if not is_count(count):
            at += 1
            continue
        rate = None
        if at + 1 < last and is_percent(figures[at + 1]):
            gap = passage.gap(at + 1)
            if gap[:1] and gap[0] in _OPEN and len(gap) <= 8 and not any(c in gap for c in "，,上目同环比"):
                rate = figures[at + 1]
        joined = at > first and passage.gap(at).lstrip(")） ").startswith(_ARROWS)
        steps.append((count, rate, joined))
        at += 2 if rate is not None else 1
    return steps
