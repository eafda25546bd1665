"""Points called percent where the two rates stand clauses apart: 75.0%，W19 16 家续 10 家 62.5%，up 12.5%."""

from collections.abc import Iterable

from service.core.arithmetic.growth import mixed
from service.core.arithmetic.interval import is_checkable
from service.core.arithmetic.passage import Passage, is_percent
from service.core.lazy import lazy
from service.core.numbers.model import Mismatch, Number, NumberKind

_REACH = 80  # characters from the first rate to the change
_TO_CHANGE = 12  # and from the second
_FIGURES = 8
_TINY = 1e-6
# what the second rate is told of: W19 14 家, 第3周, 上月, 9 月 but not 晚上
_EARLIER = lazy(r"W\d|[上前][一个回次期周月季年批轮场]|昨|去年|同期|第 ?\d|\d ?[周月]|头一|原|^ ?[/／] ?$")
_OTHER = lazy(r"[。；\n]|目标|同比|环比|较|比")


def check_points(passage: Passage) -> Iterable[Mismatch]:
    """Yield changes in percent that are to the digit the difference of the two rates before them."""
    for at, change in enumerate(passage.figures):
        if at < 2 or change.kind is not NumberKind.CHANGE or change.unit != "%" or not is_checkable(change):
            continue
        pair = _rates(passage, at, change)
        if pair is None:
            continue
        base, value = pair
        points = value.value - base.value
        delta = change.value * (change.sign or (1 if points > 0 else -1))
        if abs(points - delta) > _TINY or base.value <= 0:
            continue
        if abs((value.value / base.value - 1) * 100 - delta) <= change.step / 2:
            continue
        yield mixed(passage.document, change, value, base)


def _rates(passage: Passage, at: int, change: Number) -> tuple[Number, Number] | None:
    """Return the earlier rate right before a change and the rate of this time before that."""
    base = passage.figures[at - 1]
    start = change.span.start
    gap = passage.view[base.span.end : start]
    if not is_percent(base) or len(gap) > _TO_CHANGE or _OTHER.search(gap):
        return None
    for value in reversed(passage.figures[max(0, at - _FIGURES) : at - 1]):
        if start - value.span.start > _REACH:
            return None
        if is_percent(value):
            between = passage.view[value.span.end : base.span.start]
            told = _EARLIER.search(between) is not None and _OTHER.search(between) is None
            return (base, value) if told else None
    return None
