"""Parts told in a line, a list or a table of their own, against the total of the lines around them."""

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import NamedTuple

from service.core.arithmetic.interval import is_slip, room_of_sum, sum_of
from service.core.arithmetic.nearby import AIM, EARLIER
from service.core.arithmetic.passage import Passage, is_amount, thing_of
from service.core.arithmetic.summed import told
from service.core.lazy import lazy
from service.core.numbers.columns import is_total
from service.core.numbers.model import Mismatch, Number
from service.core.span import Span

_REACH = 120  # characters between a total and its parts
_MOST_PARTS = 12
_FEWEST = 3
_OFF = 0.1  # a sum further off than this part of a total was never meant for it
# what makes a line one of parts, or a figure the total of some
_SPLIT = lazy(
    r"分布|构成|来源|组成|明细|拆|去向|分别|按[\u4e00-\u9fff]{1,4}[看分]|账如下|其中|如下|分[\u4e00-\u9fff]{1,3}看"
)
_SUMMED = lazy(r"合计|总|共|全[部体店场校司]|一起|加起来|上下")
_OVERLAP = lazy(r"去重|重复|重叠|多选|兼|交叉|主要|前[三五十]|top|例如|比如|等|含", re.IGNORECASE)
# between two parts of a line: 、 or ， or a blank, and the next one's name
_NEXT = lazy(r"[^，。；、,;:：\n\d]{0,3}[、，, +/；;] ?[^，。；、,;:：\n\d+/→]{1,8}")
_NO_PART = lazy(r"率|均|每|占|比|目标|计划|上[周月]|去年|净|剩|差|涨|降|增|减|到|→|其中")


class _Parts(NamedTuple):
    """Parts with the place they are told in and whether that is said to split something up."""

    numbers: list[Number]
    start: int
    end: int
    split: bool
    unit: str


def check_breakdowns(passage: Passage) -> Iterable[Mismatch]:
    """Yield totals that the parts told in lines of their own contradict."""
    if len(passage.figures) <= _FEWEST:
        return
    for parts in (*_lines(passage), *_columns(passage)):
        yield from _check(passage, parts)


def _lines(passage: Passage) -> Iterator[_Parts]:
    """Yield runs of three parts and more within a line."""
    figures, at = passage.figures, 0
    while at < len(figures) - 2:
        last = at
        while last + 1 < len(figures) and last - at < _MOST_PARTS and _goes_on(passage, at, last + 1):
            last += 1
        if last - at + 1 >= _FEWEST and _is_part(passage, at):
            numbers = figures[at : last + 1]
            start = passage.view.rfind("\n", 0, numbers[0].span.start) + 1
            split = _SPLIT.search(passage.view, start, numbers[0].span.start) is not None
            units = {thing_of(passage.view, n) for n in numbers} - {""}
            if len(units) <= 1:
                yield _Parts(numbers, start, numbers[-1].span.end, split, "".join(units))
        at = last + 1


def _goes_on(passage: Passage, first: int, at: int) -> bool:
    gap = passage.gap(at)
    if len(gap) > 14 or _NEXT.fullmatch(gap) is None or not _is_part(passage, at):
        return False
    one, other = passage.figures[first], passage.figures[at]
    return one.unit_kind == other.unit_kind and (one.unit == other.unit or not one.unit or not other.unit)


def _is_part(passage: Passage, at: int) -> bool:
    number, label = passage.figures[at], passage.label(at)
    return is_amount(number) and bool(label) and not _NO_PART.search(label)


def _columns(passage: Passage) -> Iterator[_Parts]:
    """Yield the figures of each column of a table that has no row of totals."""
    document = passage.document
    for table in document.tables:
        if not table.has_head or not _FEWEST <= len(table.lines) <= _MOST_PARTS:
            continue
        rows = [document.lines[i].cells for i in table.lines]
        if any(not r or is_total(document.folded[r[0].start : r[0].end].strip()) for r in rows):
            continue
        for column in range(1, min(len(r) for r in rows)):
            head = document.folded[rows[0][column].start : rows[0][column].end]
            cells = [row[column] for row in rows[1:]]
            places = [bisect_left(passage.starts, c.start) for c in cells]
            numbers = [
                passage.figures[i]
                for i, c in zip(places, cells, strict=True)
                if i < len(passage.figures) and passage.figures[i].span.end <= c.end
            ]
            if len(numbers) == len(cells) and all(map(is_amount, numbers)) and not _NO_PART.search(head):
                unit = head.strip()[:1] if not numbers[0].unit else numbers[0].unit
                yield _Parts(numbers, rows[0][0].start, rows[-1][-1].end, True, unit)


def _check(passage: Passage, parts: _Parts) -> Iterable[Mismatch]:
    text = passage.view[max(0, parts.start - 20) : parts.end + 12]
    if _OVERLAP.search(text):
        return
    got = sum(n.value for n in parts.numbers)
    made = sum_of(parts.numbers)
    wholes = list(_wholes(passage, parts))
    near = [i for i in wholes if abs(passage.figures[i].value / got - 1) <= _OFF]
    if not near or any(
        not made.misses(n.value, room_of_sum(n)) for n in passage.figures if n.value >= got / 2
    ):
        return
    at = near[0]
    total = passage.figures[at]
    sure = parts.split or _SUMMED.search(passage.label(at)) is not None
    if len(near) == 1 and (sure or is_slip(total.value, got, max(total.step, 1e-9))):
        # what is pointed at is the total with its name, not the lines between it and its parts
        start = total.span.start - len(passage.label(at))
        yield replace(told(passage, total, parts.numbers), span=Span(max(0, start), total.span.end))


def _wholes(passage: Passage, parts: _Parts) -> Iterator[int]:
    """Yield the amounts of this time in the lines before the parts, nearest first, that may total them."""
    first = bisect_left(passage.starts, parts.start)
    for i in range(first - 1, max(-1, first - 9), -1):
        number = passage.figures[i]
        between = passage.view[number.span.end : parts.start]
        if len(between) > _REACH or between.count("\n") > 3:
            return
        label = passage.label(i)
        if not is_amount(number) or EARLIER.search(label) or AIM.search(label) or _NO_PART.search(label):
            continue
        if number.value > max(n.value for n in parts.numbers) and _is_of(passage, number, parts.unit):
            yield i


def _is_of(passage: Passage, total: Number, unit: str) -> bool:
    return thing_of(passage.view, total) == unit
