"""Known slips: the new figure taken for the base, and how many times as much taken for how much more."""

from collections.abc import Iterable, Mapping, Sequence

from service.core.arithmetic.interval import Interval, Room, is_checkable, of, room_of
from service.core.arithmetic.wording import like, mismatch, percent, plain
from service.core.document.model import Document
from service.core.lazy import lazy
from service.core.numbers.model import Metric, Mismatch, Number, NumberKind, Precision

_CHANCE = 0.15  # of the changes two rounded figures allow, at most this part may look like the slip by chance
_TWICE = 2.0  # a multiple further off than this speaks of something else
# 涨到 2.8倍, 是去年的 3倍 but not 每 3倍
_TIMES = lazy(r"(?:[到至]了?|[是为成][^，。；\d]{0,6}|等于[^，。；\d]{0,6}|相当于[^，。；\d]{0,6})$")
_CUT = 0.95  # 3.9 times may be called 3, and 4.0 may not
_LOOSE = 0.4  # 三倍 may stand for 2.6 to 3.4 times
_REACH = 14  # characters between two figures and the multiple told of them
_NAMES = 24  # pairs kept in mind for a rise told later
_DOUBLED = 100.0  # a rise of less is never mistaken for a multiple


def over_new(change: Number, value: Number, base: Number, allowed: Interval) -> bool:
    """Tell whether a change is to the digit what the new figure as the base would give: 2.8→3.2, 涨 12.5%.

    The figures' own rounding may allow it all the same, so it must be a narrow part of all they allow.
    """
    if change.precision is not Precision.EXACT or value.value <= 0 or base.value <= 0:
        return False
    room = change.step / 2 + 1e-9
    moved = abs(value.value - base.value)
    right, slipped = moved / base.value * 100, moved / value.value * 100
    if abs(slipped - change.value) > room or abs(right - change.value) <= change.step:
        return False
    return change.step <= (allowed.high - allowed.low) * _CHANCE


def told_times(document: Document, change: Number, value: Number, base: Number) -> Mismatch | None:
    """Return the mismatch of 涨了 1.8 倍 said of two figures whose ratio is no 2.8."""
    ratio = of(value).over(of(base))
    if change.sign <= 0 or ratio is None or ratio.low <= 0:
        return None
    room = room_of(change)
    if change.precision is not Precision.EXACT:  # 翻了三倍: of what it was, more than it, or doubled thrice
        room = Room(_LOOSE, _LOOSE)
        if any(not ratio.misses(times, room) for times in (change.value, 2**change.value)):
            return None
    if not Interval(ratio.low - 1, ratio.high - 1).misses(change.value, room):
        return None
    got = value.value / base.value - 1
    if got <= 0 or not 1 / _TWICE <= (got + 1) / change.value <= _TWICE:
        return None
    a, b = document.slice(base.span), document.slice(value.span)
    shown = f"{plain(got)}倍"
    return mismatch(
        document,
        "growth",
        change,
        (base, value),
        shown,
        f"{plain(value.value)}/{plain(base.value)}-1",
        f"{a}→{b} 是原来的 {plain(got + 1)}倍，多出 {shown}，文中写 {document.slice(change.span)}",
        like(document, change, got),
        f"{b} 这个数",
    )


def check_multiples(
    document: Document, numbers: Sequence[Number], metrics: Sequence[Metric]
) -> Iterable[Mismatch]:
    """Yield multiples (涨到 2.8 倍, 是去年的 3 倍) that the two figures right before them contradict."""
    pairs = _pairs(metrics)
    before: Number | None = None
    for number in numbers:
        times = number if number.unit == "倍" and number.kind is NumberKind.MEASURE else None
        if times is not None and before is not None and before.span in pairs and is_checkable(times):
            gap = document.view[before.span.end : times.span.start]
            if len(gap) <= _REACH and _TIMES.search(gap) and not any(c in gap for c in "。；;\n"):
                yield from multiple(document, times, *pairs[before.span])
        if number.kind in (NumberKind.MEASURE, NumberKind.CHANGE):
            before = number


def _pairs(metrics: Sequence[Metric]) -> Mapping[tuple[int, int], tuple[Number, Number]]:
    """Return value and baseline by the span of whichever stands last."""
    pairs: dict[tuple[int, int], tuple[Number, Number]] = {}
    for metric in metrics:
        value, base = metric.figure("value"), metric.figure("baseline")
        if value is not None and base is not None and is_checkable(value, base) and base.value > 0:
            pairs[max(value.span, base.span)] = (value, base)
    return pairs


def multiple(document: Document, times: Number, value: Number, base: Number) -> Iterable[Mismatch]:
    """Yield the mismatch of 是原来的 3 倍 said of two figures whose ratio is another."""
    ratio = of(value).over(of(base))
    room = room_of(times)
    if times.precision is Precision.EXACT:
        room = Room(room.under, room.over * _CUT)
    if ratio is None or ratio.low <= 0 or not ratio.misses(times.value, room):
        return
    got = value.value / base.value
    if not times.value or not 1 / _TWICE <= got / times.value <= _TWICE:
        return
    a, b = document.slice(base.span), document.slice(value.span)
    yield mismatch(
        document,
        "growth",
        times,
        (base, value),
        f"{plain(got)}倍",
        f"{plain(value.value)}/{plain(base.value)}",
        f"{b} 是 {a} 的 {plain(got)}倍，文中写 {document.slice(times.span)}",
        like(document, times, got),
        f"{b} 这个数",
    )


def check_far(document: Document, metrics: Sequence[Metric]) -> Iterable[Mismatch]:
    """Yield rises of 100 % and more that are the ratio of a pair told earlier under the same name.

    煤气 0.80→1.68 … 煤气费增长 210%: told far apart, so only the slip itself proves that they belong
    together.
    """
    named: dict[str, tuple[Number, Number]] = {}
    for metric in metrics:
        value, base, change = (metric.figure(r) for r in ("value", "baseline", "change"))
        name = (metric.name or "").strip()
        if value is not None and base is not None:
            if len(name) > 1 and is_checkable(value, base) and value.value > base.value > 0:
                named[name] = (value, base)
                if len(named) > _NAMES:
                    del named[next(iter(named))]
        elif change is not None and value is None and change.unit == "%" and change.value >= _DOUBLED:
            at = max(0, change.span.start - 12)
            told = document.view[at : change.span.start]
            for known, pair in named.items():
                if known in told or known == name:
                    yield from _far(document, change, *pair)
                    break


def _far(document: Document, change: Number, value: Number, base: Number) -> Iterable[Mismatch]:
    ratio, room = of(value).over(of(base)), room_of(change)
    if ratio is None or change.sign < 0 or change.precision is not Precision.EXACT:
        return
    rise = Interval((ratio.low - 1) * 100, (ratio.high - 1) * 100)
    if ratio.times(100).misses(change.value, room) or not rise.misses(change.value, room):
        return
    got = (value.value / base.value - 1) * 100
    a, b, shown = document.slice(base.span), document.slice(value.span), percent(got, signed=True)
    yield mismatch(
        document,
        "growth",
        change,
        (base, value),
        shown,
        f"{plain(value.value)}/{plain(base.value)}-1",
        f"{a}→{b} 是 {shown}（是原来的 {percent(got + 100)}），文中写 {document.slice(change.span)}",
        like(document, change, got),
        f"{b} 这个数",
        span=change.span,
    )
