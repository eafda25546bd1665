"""Funnels: each step's rate against the step before it, or against the first."""

from collections.abc import Iterable, Sequence
from itertools import pairwise, permutations
from typing import NamedTuple

from service.core.arithmetic.interval import Interval, of, room_of
from service.core.arithmetic.passage import Passage, is_count, is_percent, is_rate
from service.core.arithmetic.rate import compare
from service.core.arithmetic.wording import mismatch, percent, plain
from service.core.lazy import lazy
from service.core.numbers.model import Mismatch, Number

# (8%, （点击率 8% but not （上周 8%, （次日 8%
_IN_BRACKET = lazy(r"[\u4e00-\u9fff]{0,4}[(（] ?(?:(?:[\u4e00-\u9fff]{1,4}率|占比?|约) ?)?")
_ARROWS = ("→", "->", "=>", "➡", ">")
# 从曝光算到付费, 整体转化率 but not 付费率
_WHOLE = lazy(r"从.{1,6}到|整体|全链路|总体|总转化|全程|端到端|最终")
# 全程, 从推送到下单整体, 总的点击率 but not 总占比
_END_TO_END = lazy(r"全程|全链路|端到端|整体|总体|总的|首尾|一路|整条|从头到尾|最终|总转化")
_WAY = lazy(r"([\u4e00-\u9fff]{2})到([\u4e00-\u9fff]{2})(?:率|转化|的|只有|是|约)*[ :：]?$")
_TO_NEXT = 16
_MOST_STEPS = 5
_NEAR = 8  # figures before a rate that it may be made of
_OFF = 6.0  # a rate of the whole so many times off is of something else


class _Step(NamedTuple):
    """A count, the rate in its brackets with its index, and whether an arrow led to it."""

    reached: Number
    rate: Number | None
    at: int
    joined: bool


def check_funnels(passage: Passage) -> Iterable[Mismatch]:
    """Yield step rates in brackets that neither the step before nor the first step bears out.

    A list of counts with a rate in brackets each is taken for a funnel when arrows join it or when another of
    its rates fits; one odd rate among unrelated ones proves nothing.
    """
    figures = passage.figures
    for first, last in passage.groups:
        if not any(figures[i].unit == "%" for i in range(first + 1, last)):
            continue
        steps = _steps(passage, first, last)
        if len(steps) < 2 or not any(step.rate for step in steps[1:]):
            continue
        arrows = any(step.joined for step in steps)
        if arrows and len(steps) > 2:
            yield from _overall(passage, first, last, steps)
        yield from _odd(passage, steps, arrows)


def check_whole(passage: Passage) -> Iterable[Mismatch]:
    """Yield rates of a whole way that the rates of its steps don't multiply to: 4%, 5%，全程 0.2%."""
    figures = passage.figures
    for first, last in passage.groups:
        if sum(n.unit == "%" for n in figures[first:last]) < 3:
            continue
        for at in range(first + 2, last):
            stated = figures[at]
            if not is_percent(stated) or not _is_whole(passage, first, at):
                continue
            steps = [n for n in figures[first:at] if is_percent(n)]
            counts = [n for n in figures[max(first, at - _NEAR) : at] if is_count(n)]
            if len(steps) >= 2 and stated.value >= min(n.value for n in steps):
                continue  # what two groups come to together
            if not 2 <= len(steps) <= _MOST_STEPS or any(
                is_rate(stated, a, b) for a, b in permutations(counts, 2)
            ):
                continue
            runs = [steps[i:j] for i in range(len(steps)) for j in range(i + 2, len(steps) + 1)]
            if all(_product(run).misses(stated.value, room_of(stated)) for run in runs):
                yield from _multiplied(passage, stated, steps)


def _is_whole(passage: Passage, first: int, at: int) -> bool:
    """Tell whether a rate is of a whole way: 全程, or 咨询到成交 after steps from the one to the other."""
    label = passage.label(at)
    if _END_TO_END.search(label) is not None:
        return True
    ends = _WAY.search(label)
    if ends is None or at - first < 2:
        return False
    return ends[1] in passage.label(first) and ends[2] in passage.label(at - 1)


def _product(steps: Sequence[Number]) -> Interval:
    made = Interval(100.0, 100.0)
    for step in steps:
        made = made.by(of(step)).times(0.01)
    return made


def _multiplied(passage: Passage, stated: Number, steps: Sequence[Number]) -> Iterable[Mismatch]:
    got = 100.0
    for step in steps:
        got *= step.value / 100
    if not 1 / _OFF <= got / stated.value <= _OFF:
        return
    shown = percent(got, places=2)
    yield mismatch(
        passage.document,
        "funnel",
        stated,
        tuple(steps),
        shown,
        "×".join(f"{plain(s.value)}%" for s in steps),
        f"{' × '.join(passage.text(s) for s in steps)} 是 {shown}，文中写 {passage.text(stated)}",
        shown,
        "各步哪个不对",
    )


def _odd(passage: Passage, steps: Sequence[_Step], arrows: bool) -> Iterable[Mismatch]:
    """Check each rate against the step before or the first step, whichever the other rates go by."""
    odd: list[tuple[_Step, _Step]] = []
    by_before = by_first = 0
    for place, (before, step) in enumerate(pairwise(steps), 1):
        if step.rate is None or _is_move(steps, place):
            continue
        to_before = is_rate(step.rate, step.reached, before.reached, rest=not arrows)
        to_first = is_rate(step.rate, step.reached, steps[0].reached, rest=not arrows)
        by_before += to_before
        by_first += to_first
        if not (to_before or to_first):
            odd.append((before, step))
    if not (arrows or by_before or by_first):
        return
    for before, step in odd:
        base = steps[0].reached if by_first > by_before else before.reached
        if step.rate is None or step.reached.value > base.value:
            continue
        if not passage.fits_earlier(step.at, step.reached, step.rate):
            yield from compare(passage, step.rate, step.reached, base, "funnel" if arrows else "rate")


def _is_move(steps: Sequence[_Step], place: int) -> bool:
    """Tell whether a count with its share is where the one before it went: 474（15%）→ 432（15%）."""
    before, step = steps[place - 1 : place + 1]
    lone = not before.joined and (place + 1 == len(steps) or not steps[place + 1].joined)
    return step.joined and before.rate is not None and lone


def _overall(passage: Passage, first: int, last: int, steps: Sequence[_Step]) -> Iterable[Mismatch]:
    """Check what a funnel is said to come to as a whole: 从曝光到付费 0.12%."""
    top, end = steps[0].reached, steps[-1].reached
    for at in range(first, last):
        rate = passage.figures[at]
        if not is_percent(rate) or rate.span.start < end.span.end or not _WHOLE.search(passage.label(at)):
            continue
        if not any(is_rate(rate, end, step.reached) for step in steps[:-1]):
            yield from compare(passage, rate, end, top, "funnel")


def _steps(passage: Passage, first: int, last: int) -> list[_Step]:
    """Return the counts of a sentence in order as steps."""
    figures = passage.figures
    steps: list[_Step] = []
    at = first
    while at < last:
        count = figures[at]
        if not is_count(count):
            at += 1
            continue
        rate = figures[at + 1] if at + 1 < last and is_percent(figures[at + 1]) else None
        if rate is not None:
            rate = rate if _IN_BRACKET.fullmatch(passage.gap(at + 1)) else None
        gap = passage.gap(at) if at > first else ""
        joined = len(gap) <= _TO_NEXT and any(arrow in gap for arrow in _ARROWS)  # 5 万曝光 → 2,500 点击
        steps.append(_Step(count, rate, at + 1, joined))
        at += 2 if rate is not None else 1
    return steps
