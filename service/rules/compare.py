"""Comparisons that only the note's own period explains: in a note on W12, "W11 29" is last week's figure.

Also gives a metric that the vocabulary does not know the direction that its name suggests.
"""

import re
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import replace
from functools import lru_cache

from service.core.document.model import Document
from service.core.lexicon import Hits
from service.core.numbers.model import BaselineKind, Direction, Metric, Number, NumberKind, Precision
from service.core.segment import Sentence
from service.core.span import Span
from service.rules.period import Period
from service.rules.shapes import listed, shape

_BETWEEN_MOST = 4
_LOOK_BACK = 3
_GAP_MOST = 16
_HELD = shape("held_against")
_REACHED = listed("reached")
_SHARE = "完成率"
_WHOLE = 100.0
_KINDS = {
    "earlier": BaselineKind.PREVIOUS,
    "aimed": BaselineKind.TARGET,
    "beside": BaselineKind.PEER,
}
# what may stand between a period's label and its figure: "为", " 是 "; not "上新品"
_BETWEEN = re.compile(r"[\s:为是的有约仅只才(]{0,4}$")
# "W11", "wk 32", "第11周"; not "w" in "1.2w"
_WEEK = re.compile(r"(?<![\da-z.])(?:wk?|week)\s?(\d{1,2})(?!\d)|第(\d{1,2})周")
# "8 月", "8月份"; not "8月12日" and not "3 个月"
_MONTH = re.compile(r"(?<!\d)(\d{1,2})\s?月份?(?!\s?\d{1,2}\s?[日号])")
# "Q2", "q4"; not "FAQ2"
_QUARTER = re.compile(r"(?<![a-z])q([1-4])(?!\d)")
# "前七天 310", "前 7 天 310"; not "前 7 名"
_STRETCH = re.compile(r"(?<![提之])前 ?(?:\d{1,2}|[一二两三四五六七八九十]) ?(?:天|周|个?月|年)")
# "括号里是上周", "括号内为目标"; not "括号里是门店数"
_ASIDES = re.compile(
    r"括号[里内中]?[的数字值]{0,3}(?:均|都)?(?:是|为|:)?"
    r"(?:(?P<aimed>目标|计划|预算)|(?P<year>去年|上年|同期)|(?P<earlier>[上前昨]|[Ww]\d|\d{1,2} ?[周月]))"
)
_PAIRS = 2  # figures with a like one in brackets right after them, before that is a habit of the note
_SWING = 4.0  # and how far the two may be apart
_DOWN = shape("down_good")
_UP = shape("up_good")
_STAY = shape("stay")
# ": 目前 ", ", 当前做到" between the way a goal goes and where it stands; not ": 上周"
_STANDS = re.compile(
    r"[ )）]{0,3}[:：,，;；(（] ?(?:目前|当前|现在|现已|眼下|实际|已到|已达|做到)[^\d，。；]{0,4}$"
)
_BOUNDS = {Precision.AT_MOST: Direction.DOWN_GOOD, Precision.AT_LEAST: Direction.UP_GOOD}
_DURATIONS = frozenset(listed("duration_unit"))


def refine(
    document: Document,
    sentences: Sequence[Sentence],
    numbers: Sequence[Number],
    metrics: Sequence[Metric],
    period: Period,
    hits: Hits,
) -> tuple[Metric, ...]:
    """Return the metrics with last period's figures folded into the ones they are compared with."""
    past = _past_starts(document, numbers, period, hits)
    ordered = sorted(metrics, key=lambda m: m.span)
    bounds = [s.span.end for s in sentences]
    starts = [n.span.start for n in numbers]
    out: list[Metric] = []
    for metric in ordered:
        first = _figure(numbers, starts, metric)
        if first is not None and first.span.start in past:
            at = _compared_with(out, metric, bounds)
            if at is not None:
                out[at] = _fold(out[at], metric, BaselineKind.PREVIOUS)
                continue
        held = _held_against(document.folded, out, metric, first)
        if held is not None:
            at, kind = held
            out[at:] = [_fold(out[at], metric, kind)]
            continue
        out.append(_attained(document.folded, out, metric, first))
    return tuple(_directed(m) for m in _with_goals(document.view, _with_asides(document.view, out)))


def _with_goals(view: str, metrics: list[Metric]) -> list[Metric]:
    """Return the metrics without a goal where it is told how far one got: 40% → 55%: 目前 47%."""
    out: list[Metric] = []
    for metric in metrics:
        way = out[-1] if out else None
        if way is not None and _is_way_of(view, way, metric):
            out[-1] = replace(
                metric,
                span=Span(way.span.start, metric.span.end),
                name=way.name or metric.name,
                baseline=way.baseline,
                baseline_kind=BaselineKind.START,
            )
        else:
            out.append(metric)
    return out


def _is_way_of(view: str, way: Metric, now: Metric) -> bool:
    """Tell whether a figure says where something stands whose way was told before; then the way is to go."""
    if way.baseline_kind is not BaselineKind.START or now.value in (None, way.value):
        return False
    if way.value is None or now.unit != way.unit:
        return False
    figure = now.figure("value")
    between = view[way.span.end : figure.span.start] if figure is not None else ""
    return _STANDS.match(between) is not None


def _with_asides(view: str, metrics: list[Metric]) -> list[Metric]:
    """Return the metrics with bare figures in brackets folded into those they follow: 38.3%(38.0%).

    Where the note does not say what brackets hold, two such pairs make a habit: the period before.
    """
    beside = {at for at in range(1, len(metrics)) if _is_aside(view, metrics[at - 1], metrics[at])}
    if not beside:
        return metrics
    told = _ASIDES.search(view)
    if told is None and len(beside) < _PAIRS:
        return metrics
    kind = BaselineKind.PREVIOUS
    if told is not None:
        kind = {"aimed": BaselineKind.TARGET, "year": BaselineKind.YEAR_AGO}.get(told.lastgroup or "", kind)
    out: list[Metric] = []
    for at, metric in enumerate(metrics):
        if at in beside:
            out[-1] = _fold(out[-1], metric, kind)
        else:
            out.append(metric)
    return out


def _is_aside(view: str, metric: Metric, inside: Metric) -> bool:
    """Tell whether a figure stands bare in brackets right after a like one that is held against nothing."""
    if metric.value is None or metric.is_compared or inside.value is None or inside.is_compared:
        return False
    if view[metric.span.end : inside.span.start].strip() not in ("(", "（"):
        return False
    if view[inside.span.end : inside.span.end + 1] not in (")", "）"):
        return False
    if inside.unit not in ("", metric.unit) or (metric.unit == "%") is not (inside.unit == "%"):
        return False
    low, high = sorted((metric.value, inside.value))
    return inside.name in (None, metric.name) and 0 < high <= _SWING * low


def _attained(view: str, out: Sequence[Metric], metric: Metric, figure: Number | None) -> Metric:
    """Return "做到 92%" right after a target as the share of it that was reached."""
    if figure is None or metric.name or metric.unit != "%" or metric.value is None or not out:
        return metric
    if out[-1].baseline_kind is not BaselineKind.TARGET or figure.span.start - out[-1].span.end > _GAP_MOST:
        return metric
    if not view[figure.span.start - _GAP_MOST : figure.span.start].rstrip().endswith(_REACHED):
        return metric
    return replace(metric, name=_SHARE, baseline=_WHOLE, baseline_kind=BaselineKind.TARGET)


def _held_against(
    view: str, out: Sequence[Metric], metric: Metric, figure: Number | None
) -> tuple[int, BaselineKind] | None:
    """Return which metric before is held against a figure, and as what, by the words between the two."""
    if figure is None:
        return None
    for back in range(1, min(_LOOK_BACK, len(out)) + 1):
        before = out[-back]
        gap = view[before.span.end : figure.span.start]
        if len(gap) > _GAP_MOST:
            return None
        is_free = before.baseline is None and before.value is not None
        is_alike = _are_alike(before.unit, figure.unit)
        found = _HELD.search(gap) if is_free and is_alike else None
        if found is not None:
            return len(out) - back, _KINDS[found.lastgroup or ""]
    return None


def _are_alike(one: str, other: str) -> bool:
    """Tell whether figures of two units may tell the same thing; a share is no count without its unit."""
    return one == other or ("" in (one, other) and "%" not in (one, other))


def _past_starts(document: Document, numbers: Sequence[Number], period: Period, hits: Hits) -> set[int]:
    """Return where the figures start that an earlier period's label stands right before."""
    view = document.folded
    starts = [n.span.start for n in numbers if n.kind in (NumberKind.MEASURE, NumberKind.CHANGE)]
    found: set[int] = set()
    for hit in hits.all("time_past"):
        _add_next(view, starts, hit.end, found)
    for label in _STRETCH.finditer(view):
        _add_next(view, starts, label.end(), found)
    for pattern, now in ((_WEEK, period.week), (_MONTH, period.month), (_QUARTER, period.quarter)):
        if now is None:
            continue
        for label in pattern.finditer(view):
            told = int(next(g for g in label.groups() if g))
            if told == now or (now - told) % 53 > 6:
                continue
            _add_next(view, starts, label.end(), found)
    return found


def _add_next(view: str, starts: Sequence[int], end: int, found: set[int]) -> None:
    """Add where the next figure starts, if next to nothing stands between it and a label's end."""
    at = bisect_left(starts, end)
    if at < len(starts) and starts[at] - end <= _BETWEEN_MOST and _BETWEEN.match(view[end : starts[at]]):
        found.add(starts[at])


def _figure(numbers: Sequence[Number], starts: Sequence[int], metric: Metric) -> Number | None:
    """Return the number that the metric's value was read from."""
    at = bisect_left(starts, metric.span.start)
    while at < len(numbers) and numbers[at].span.start < metric.span.end:
        if numbers[at].kind in (NumberKind.MEASURE, NumberKind.CHANGE):
            return numbers[at]
        at += 1
    return None


def _compared_with(out: Sequence[Metric], past: Metric, bounds: Sequence[int]) -> int | None:
    """Return the index of the metric before, in the same sentence, that the past figure belongs to."""
    here = bisect_left(bounds, past.span.end)
    for back in range(1, min(4, len(out)) + 1):
        metric = out[-back]
        if bisect_left(bounds, metric.span.end) != here and past.span.start - metric.span.end > 6:
            return None
        if metric.baseline is None and _are_alike(metric.unit, past.unit):
            return len(out) - back
    return None


def _fold(now: Metric, past: Metric, kind: BaselineKind) -> Metric:
    span = Span(now.span.start, max(now.span.end, past.span.end))
    change, unit = (past.change, past.change_unit) if now.change is None else (now.change, now.change_unit)
    baseline = past.value if past.value is not None else past.baseline
    return replace(
        now,
        span=span,
        baseline=baseline,
        baseline_kind=kind,
        change=change,
        change_unit=unit,
        is_workload=False,
    )


def _directed(metric: Metric) -> Metric:
    goal = metric.figure("baseline")
    if goal is not None and goal.precision in _BOUNDS:  # 目标 ≤3.5
        return replace(metric, direction=_BOUNDS[goal.precision])
    if metric.unit in _DURATIONS and not _STAY.search(metric.name or ""):
        return replace(metric, direction=Direction.DOWN_GOOD)
    if metric.direction is not Direction.NEUTRAL:
        return metric
    known = _direction_by((metric.name or "").lower())
    return metric if known is Direction.NEUTRAL else replace(metric, direction=known)


@lru_cache(maxsize=2048)
def _direction_by(name: str) -> Direction:
    if _DOWN.search(name):
        return Direction.DOWN_GOOD
    return Direction.UP_GOOD if _UP.search(name) else Direction.NEUTRAL
