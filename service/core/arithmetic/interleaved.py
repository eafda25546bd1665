"""Parts told with their earlier figures between: 340 件（310），东 120（110）、西 105（90）、北 115."""

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence

from service.core.arithmetic.interval import Interval, is_checkable, of, room_of_sum
from service.core.arithmetic.nearby import AIM, EARLIER
from service.core.arithmetic.passage import Passage
from service.core.arithmetic.summed import makes_other, told
from service.core.lazy import lazy
from service.core.numbers.model import Mismatch, Number, NumberKind

_COUNTS = ("count", "money", "none")
_MOST = 12  # amounts of a line that are looked through for parts
_OFF = 0.1  # parts further off than this part of a total are not all of it
_NO_PART = lazy(
    r"率|均|每|占|比|目标|计划|去年|净|剩|差|涨|降|增|减|多|少|到|→|退|最|含|等|再|又|其余再|同期|人均|单价"
)
_OVERLAP = lazy(r"去重|重复|重叠|多选|兼|交叉|主要|例如|比如|前[三五十]|top", re.IGNORECASE)
# between a total and its parts, its own earlier figures left out: ：, 其中, 里, 分别
_LEAD = lazy(r"[:：]|其中|分别|构成|来自|拆")
_ASIDE = lazy(r"[(（][^()（）]*[)）]")
_LEAST = 3


def check_interleaved(passage: Passage) -> Iterable[Mismatch]:
    """Yield totals that the parts after them contradict, whatever else is told of each part."""
    for places in _runs(passage):
        for start in range(len(places) - 2):
            found = _check(passage, places[start], places[start + 1 :])
            if found is not None:
                yield found
                break


def _runs(passage: Passage) -> Iterator[list[int]]:
    """Yield the amounts of this time of each sentence: none in brackets, of an earlier time or an aim."""
    for first, last in passage.groups:
        if last - first < _LEAST + 1:
            continue
        closed = _bracketed(passage, first, last)
        places = [
            i
            for i in range(first, last)
            if i not in closed and _is_amount(passage.figures[i]) and not _is_other(passage, i)
        ]
        if len(places) >= _LEAST and len(places) < last - first:
            yield places[:_MOST]


def _bracketed(passage: Passage, first: int, last: int) -> set[int]:
    """Return the figures that stand in brackets."""
    found, depth = set(), 0
    for i in range(first, last):
        gap = passage.gap(i) if i > first else ""
        depth = max(0, depth + gap.count("（") + gap.count("(") - gap.count("）") - gap.count(")"))
        if depth:
            found.add(i)
    return found


def _is_amount(number: Number) -> bool:
    told = number.kind is NumberKind.MEASURE and number.unit_kind in _COUNTS
    return told and number.value > 0 and is_checkable(number)


def _is_other(passage: Passage, at: int) -> bool:
    label = passage.label(at)
    return EARLIER.search(label) is not None or AIM.search(label) is not None


def _check(passage: Passage, at: int, places: Sequence[int]) -> Mismatch | None:
    """Return the finding that the parts right after a total do not make it."""
    figures, total = passage.figures, passage.figures[at]
    parts: list[Number] = []
    for i in places:
        number = figures[i]
        bare = not number.unit or number.unit == total.unit
        label = passage.label(i)
        if not bare or number.value >= total.value or _NO_PART.search(label) or not label:
            break
        parts.append(number)
    if len(parts) < _LEAST or _NO_PART.search(passage.label(at)):
        return None
    made = Interval(0.0, 0.0)
    for n, part in enumerate(parts):
        made = made + of(part)
        if n and not made.misses(total.value, room_of_sum(total)):
            return None
    got = sum(p.value for p in parts)
    if abs(got / total.value - 1) > _OFF or makes_other(passage, total, parts, got):
        return None
    first = bisect_left(passage.starts, parts[0].span.start)
    text = passage.view[total.span.end : parts[-1].span.end]
    lead = _ASIDE.sub("", passage.between(at, first))
    if (
        _OVERLAP.search(text)
        or lead.strip().startswith("、")
        or not (_is_lawful(passage, total, parts) or _is_led(lead, text, parts))
    ):
        return None
    return told(passage, total, parts)


def _is_led(lead: str, text: str, parts: Sequence[Number]) -> bool:
    """Tell whether parts are said to be of the total, or listed by 、 alone."""
    told = _ASIDE.sub("", text)
    alone = told.count("、") == len(parts) - 1 and told.count("，") <= 1 and "；" not in told
    return _LEAD.search(lead) is not None or alone


def _is_lawful(passage: Passage, total: Number, parts: Sequence[Number]) -> bool:
    """Tell whether the figures right after the parts, their earlier ones, make the one after the total."""
    after = []
    for number in (total, *parts):
        i = bisect_left(passage.starts, number.span.start) + 1
        if i == len(passage.figures) or not _is_amount(passage.figures[i]):
            return False
        after.append(passage.figures[i])
    made = Interval(0.0, 0.0)
    for part in after[1:]:
        made = made + of(part)
    return not made.misses(after[0].value, room_of_sum(after[0]))
