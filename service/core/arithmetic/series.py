"""Parts told twice, now and before: where the earlier ones make the earlier total, the others must too."""

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

from service.core.arithmetic.interval import is_checkable, room_of_sum, sum_of
from service.core.arithmetic.passage import Passage
from service.core.arithmetic.summed import makes_other, told
from service.core.lazy import lazy
from service.core.numbers.model import Mismatch, Number, NumberKind

_WORD = r"(?:第? ?\d{1,2} ?[周月期轮批])?[^()（），。；\d\n]{0,6}"
# between the two figures of a part, maybe after a unit: 120/96, 9,200（头一周 8,000, 180→165
_LINK = lazy(r"[^()（），。；\d\n]{0,2}(?P<sign>/|／|→|->|←|=>|[(（])" + _WORD)
# between a total's two figures: the same, or "，首周 "
_TOTAL_LINK = lazy(r"[^()（），。；\d\n]{0,2}(?:/|／|→|->|←|=>|[(（，,])" + _WORD)
_REACH = 14  # characters from a part to the next: a bracket's end, a mark, a name
_NUMBERED = 20  # 二组, 3 店: parts that go by number
_FEWEST = 3  # two parts may make another figure by chance
_BREAK = lazy(r"[。；]|\n\s*\n")
_FIGURES = 24  # figures before a run, and a few after it, in which its total is looked for
_AFTER = 6
_LEAST = 20.0  # totals of fewer steps are met by chance
_OFF = 0.15  # parts further off were never all of the total
_NO_PART = lazy(r"合计|总计|共计|一共|小计|其中|目标|差|均|率")


class _Pair(NamedTuple):
    """Two figures of one thing, the index of the first, and the sign between them."""

    one: Number
    other: Number
    at: int
    sign: str


def check_series(passage: Passage) -> Iterable[Mismatch]:
    """Yield totals that the parts told with them miss on one side while they meet it on the other."""
    pairs = list(_pairs(passage, _LINK))
    runs = list(_runs(passage, pairs)) if len(pairs) >= _FEWEST else []
    if not runs:
        return
    totals = list(_pairs(passage, _TOTAL_LINK))
    places = [t.at for t in totals]
    for run in runs:
        first, last = run[0].at, run[-1].at + 1
        head, tail = _heads(passage, run, run[0], run[1:]), _heads(passage, run, run[-1], run[:-1])
        if head or tail:
            yield from _check(passage, run[1:] if head else run[:-1], [run[0] if head else run[-1]])
            continue
        around = totals[bisect_left(places, first - _FIGURES) : bisect_left(places, last + _AFTER + 1)]
        near = [t for t in around if t.at < first - 1 or t.at > last]
        yield from _check(passage, run, near)


def _pairs(passage: Passage, link: "re.Pattern[str]") -> Iterator[_Pair]:
    """Yield the neighbouring counts of a note that a sign, or a comma where `link` says so, ties together."""
    rows = sorted(passage.document.lines[i].span for t in passage.document.tables for i in t.lines)
    row = 0
    for at in range(len(passage.figures) - 1):
        one, other = passage.figures[at], passage.figures[at + 1]
        while row < len(rows) and rows[row].end <= one.span.start:
            row += 1
        tabled = row < len(rows) and rows[row].start <= one.span.start  # tables have sums of their own
        if tabled or not (_is_summable(one) and _is_summable(other)):
            continue
        if one.unit != other.unit and one.unit and other.unit:
            continue
        found = link.fullmatch(passage.gap(at + 1))
        if found is not None:
            yield _Pair(one, other, at, found.groupdict().get("sign", ""))


def _is_summable(number: Number) -> bool:
    plainly = number.unit_kind in ("count", "money", "none", "duration") and is_checkable(number)
    return plainly and number.kind is NumberKind.MEASURE and number.value > 0


def _runs(passage: Passage, pairs: Sequence[_Pair]) -> Iterator[list[_Pair]]:
    """Yield stretches of pairs that follow each other with the same sign and little between."""
    run: list[_Pair] = []
    for pair in pairs:
        if run and not _goes_on(passage, run[-1], pair):
            if len(run) >= _FEWEST:
                yield run
            run = []
        if not _NO_PART.search(passage.label(pair.at)):
            run.append(pair)
    if len(run) >= _FEWEST:
        yield run


def _goes_on(passage: Passage, last: _Pair, pair: _Pair) -> bool:
    if pair.sign != last.sign or pair.one.unit != last.one.unit:
        return False
    between = passage.figures[last.at + 2 : pair.at]
    if between and between[-1].value <= _NUMBERED and not passage.gap(pair.at).strip():
        between = between[:-1]  # 三组 460→500
    if len(between) > 2 or any(n.kind is NumberKind.MEASURE and n.unit != "%" for n in between):
        return False
    text = passage.view[last.other.span.end : pair.one.span.start]
    told = sum(n.span.end - n.span.start for n in between)
    return len(text) - told <= _REACH and _BREAK.search(text) is None


def _check(passage: Passage, run: Sequence[_Pair], totals: Sequence[_Pair]) -> Iterable[Mismatch]:
    ones, others = [p.one for p in run], [p.other for p in run]
    odd: list[tuple[Number, list[Number]]] = []
    for total in totals:
        if total.one.unit and run[0].one.unit and total.one.unit != run[0].one.unit:
            continue
        for first, second in ((ones, others), (others, ones)):
            met, missed = _makes(first, total.one), _makes(second, total.other)
            if met and missed:
                return
            if met and _is_close(second, total.other) and _is_telling(total.one):
                odd.append((total.other, second))
            elif missed and _is_close(first, total.one) and _is_telling(total.other):
                odd.append((total.one, first))
    if len(odd) == 1 and not makes_other(passage, *odd[0], sum(p.value for p in odd[0][1])):
        yield told(passage, *odd[0])


def _heads(passage: Passage, run: Sequence[_Pair], total: _Pair, rest: Sequence[_Pair]) -> bool:
    """Tell whether the first or last pair of a run is the total of the others, nearly at least."""
    lines = all("\n" in passage.view[a.other.span.end : b.one.span.start] for a, b in pairwise(run))
    if len(run) < 4 or not lines:
        return False
    close = _is_close([p.one for p in rest], total.one) and _is_close([p.other for p in rest], total.other)
    return close and total.one.value > max(p.one.value for p in rest)


def _makes(parts: Sequence[Number], total: Number) -> bool:
    return not sum_of(parts).misses(total.value, room_of_sum(total))


def _is_close(parts: Sequence[Number], total: Number) -> bool:
    return abs(sum(p.value for p in parts) / total.value - 1) <= _OFF


def _is_telling(total: Number) -> bool:
    return total.value / total.step >= _LEAST
