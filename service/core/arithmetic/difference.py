"""Differences told as such: from and to, or aim and outcome, against how far they are said to lie apart."""

from service.core.arithmetic.interval import NO_ROOM, Interval, Room, of, room_of, room_of_sum
from service.core.arithmetic.wording import like, mismatch, plain
from service.core.document.model import Document
from service.core.numbers.model import BaselineKind, Metric, Mismatch, Number

_SCALES = (1e3, 1e4, 1e8)
_FAR = 3.0  # a difference this many times off was not meant for these figures


def bases(metric: Metric, base: Number) -> list[Number]:
    """Return the figure before and, in a chain a → b → c, the first one too."""
    return [base, *(n for role, n in metric.figures if role == "chain")]


def is_distance(document: Document, change: Number) -> bool:
    """Tell whether a change only says how far two figures lie apart: 对照组 2.9%，差 0.5 个百分点."""
    return not change.sign or "差" in document.view[max(0, change.span.start - 4) : change.span.start]


def difference(
    document: Document, metric: Metric, change: Number, value: Number, base: Number
) -> Mismatch | None:
    """Return the mismatch of a change that is no difference of its two figures, None where it may be."""
    if "%" in (value.unit, base.unit) or (change.unit and value.unit and change.unit != value.unit):
        return None
    if change.unit_kind == "duration" and "duration" not in (value.unit_kind, base.unit_kind):
        return None
    delta = change.value * (change.sign or 1)
    days = change.unit == value.unit == base.unit == "天" and change.step == 1.0
    counted = days or value.unit_kind != "duration"
    counted = counted and value.step == base.step == 1.0  # 25 → 21 is 4 and nothing else
    room = room_of_sum(change) if counted else room_of(change)
    ranges = [_apart(value, b, days) for b in bases(metric, base)]
    got = value.value - base.value
    if not Interval(got, got).misses(delta, room):
        return None
    near = (
        NO_ROOM if days else Room(room.under, room.under)
    )  # rounded from finer figures, and not cut off as well
    if any(not r.misses(delta, near) for r in ranges):
        return None
    if abs(got) > _FAR * change.value:
        return None
    if any(not r.times(s).misses(d, room) for r in ranges for s in _SCALES for d in (delta, -delta)):
        return None  # 9.0→4.2，少 4.8w: the scale is told once
    if any(not r.misses(-delta, room) for r in ranges) and (
        metric.baseline_kind is BaselineKind.TARGET or is_distance(document, change)
    ):
        return None
    a, b = document.slice(base.span), document.slice(value.span)
    amount = like(document, change, abs(got)).lstrip("+-−")
    shown = f"{'+' if got > 0 else '-'}{amount}"
    written = document.slice(change.span).lstrip("+-−")
    if metric.baseline_kind is BaselineKind.TARGET or not change.sign:
        message = f"{a} 和 {b} 差 {amount}，文中写 {written}"
    else:
        message = f"{a}→{b} 是 {shown}，文中写 {'+' if change.sign > 0 else '-'}{written}"
    return mismatch(
        document,
        "difference",
        change,
        (base, value),
        shown,
        f"{plain(value.value)}-{plain(base.value)}",
        message,
        like(document, change, got if change.sign else abs(got)),
        f"{b} 这个数",
    )


def _apart(value: Number, base: Number, days: bool) -> Interval:
    """Return every difference of two figures; whole days are counted like things."""
    if days and value.step == base.step == 1.0:
        return Interval(value.value - base.value, value.value - base.value)
    return of(value).minus(of(base))
