"""Drops a finding where the note itself explains the figure: by two others, another period, or a denial."""

from bisect import bisect_left
from collections.abc import Sequence
from itertools import combinations, permutations, product

from service.core.arithmetic.interval import is_checkable
from service.core.arithmetic.nearby import EARLIER
from service.core.arithmetic.passage import Passage, is_rate
from service.core.arithmetic.wording import plain
from service.core.lazy import lazy
from service.core.numbers.model import Mismatch, Number, NumberKind

_BEFORE, _AFTER = 6, 2  # figures around a stated one that it may be taken of
_BACK = 90  # characters
_LABEL = 14  # characters before a figure in which it is denied
_MOVES, _ASIDE = 2, 24  # figures beside a move, and characters to them, that may net it out
_QUOTIENTS = frozenset(("rate", "attainment", "share"))
_TINY = 1e-9
_LEAST = 2  # digits that a difference needs to be no chance
# 不是多 2%, 而非 7% but not 是不是
_DENIED = lazy(r"(?<!是)(?:不是|并非|而非|不等于|≠|别写成|误写成|错写成)[^，。；\d]{0,6}$")
# 少 30 份是纸质的: what some are, and not how many
_ITSELF = lazy(r" ?[都全]?是(?![因由靠为])")
# W30 每人 13.5 元, 上周人均 4 单: the figure is another time's than those it would be made of
_PERIOD = lazy(r"[WwQq]\d{1,2} ?[\u4e00-\u9fff]{0,4}$")
_OF_TIME = frozenset(("rate", "attainment", "share", "unit_cost", "average", "funnel"))


def is_explained(passage: Passage, found: Mismatch) -> bool:
    """Tell whether a note gives a reason for a stated figure other than the one it was held against."""
    if found.span == found.stated_span:
        return False  # of a table, whose columns tell what its cells are made of
    at = bisect_left(passage.starts, found.stated_span.start)
    if at == len(passage.figures) or passage.figures[at].span != found.stated_span:
        return False
    stated = passage.figures[at]
    before = passage.document.folded[max(0, stated.span.start - _LABEL) : stated.span.start]
    if _DENIED.search(before):
        return True
    inputs = [bisect_left(passage.starts, span.start) for span in found.inputs]
    if found.kind in _OF_TIME and _is_of_other_time(passage, at, inputs):
        return True
    if found.kind in _QUOTIENTS and stated.unit == "%" and stated.step < 1.0:
        own = set(found.formula.split("/"))  # 660 of 600 is no 90.9 %, though 600 of 660 is
        return any(
            _is_like(one, other)
            and (one.span < stated.span) == (other.span < stated.span)
            and is_rate(stated, one, other, rest=False)
            and {plain(one.value), plain(other.value)} != own
            for one, other in permutations(_around(passage, at, moved=True), 2)
        )
    if found.kind == "difference":
        if _ITSELF.match(passage.view, stated.span.end):
            return True
        return _is_apart(passage, at, [passage.figures[i] for i in inputs])
    return False


def _is_of_other_time(passage: Passage, at: int, inputs: Sequence[int]) -> bool:
    """Tell whether a stated figure goes by another time's name and none of what makes it does."""
    return _is_earlier(passage, at) and not any(_is_earlier(passage, i) for i in inputs)


def _is_earlier(passage: Passage, at: int) -> bool:
    label = passage.label(at)
    return EARLIER.search(label) is not None or _PERIOD.search(label) is not None


def _is_apart(passage: Passage, at: int, inputs: Sequence[Number]) -> bool:
    """Tell whether two other figures lie a stated difference apart, or moves told with it make up the whole.

    目标 15 单，上周 10 单，还差 3 单 is of the 12 and the 15; 150 箱→120 箱，出掉 60 箱，进 30 箱 nets out.
    """
    stated = passage.figures[at]
    near = [n for n in _around(passage, at) if n.unit == inputs[0].unit]
    sure = len(str(round(stated.value / stated.step))) >= _LEAST
    for one, other in combinations(near, 2):
        apart = abs(abs(one.value - other.value) - stated.value) <= _TINY * stated.value
        if apart and (sure or one in inputs or other in inputs):
            return True
    if len(inputs) != 2 or "净" in passage.label(at):
        return False
    moves = [
        n
        for n in passage.figures[max(0, at - _MOVES) : at + 1 + _MOVES]
        if n is not stated
        and abs(n.span.start - stated.span.start) <= _ASIDE
        and n.unit_kind == stated.unit_kind
        and n.unit in ("", stated.unit)
    ]
    pairs = [(inputs[0], inputs[1]), *combinations(near, 2)]
    return any(_nets(stated, one, other, moves) for one, other in pairs)


def _nets(stated: Number, one: Number, other: Number, moves: Sequence[Number]) -> bool:
    """Tell whether a move and one or two others told after two states make up what lies between these."""
    apart = abs(one.value - other.value)
    told = [n.value for n in moves if n.span.start > max(one.span.start, other.span.start)]
    return any(
        abs(abs(stated.value + sum(s * m for s, m in zip(signs, some, strict=True))) - apart) <= _TINY
        for many in (1, 2)
        for some in combinations(told, many)
        for signs in product((1, -1), repeat=many)
    )


def _around(passage: Passage, at: int, moved: bool = False) -> list[Number]:
    """Return the amounts around figure `at`; with `moved` those that came or went too."""
    stated = passage.figures[at]
    return [
        n
        for n in passage.figures[max(0, at - _BEFORE) : at + 1 + _AFTER]
        if n is not stated
        and is_checkable(n)
        and stated.span.start - n.span.end <= _BACK
        and n.value > 0
        and (moved or n.kind is NumberKind.MEASURE)
        and n.unit_kind in ("count", "money", "none")
    ]


def _is_like(one: Number, other: Number) -> bool:
    return one.unit == other.unit or (
        "money" not in (one.unit_kind, other.unit_kind) and not (one.unit and other.unit)
    )
