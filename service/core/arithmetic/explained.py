"""Drops a finding where two other figures told around make the stated one: it was taken of those."""

from bisect import bisect_left
from itertools import combinations, permutations

from service.core.arithmetic.interval import is_checkable
from service.core.arithmetic.passage import Passage, is_rate
from service.core.arithmetic.wording import plain
from service.core.numbers.model import Mismatch, Number, NumberKind

_BEFORE, _AFTER = 6, 2  # figures around a stated one that it may be taken of
_BACK = 90  # characters
_QUOTIENTS = frozenset(("rate", "attainment", "share"))
_TINY = 1e-9
_LEAST = 2  # digits that a difference needs to be no chance


def is_explained(passage: Passage, found: Mismatch) -> bool:
    """Tell whether the stated figure is, to its digits, the quotient or difference of two others nearby."""
    if found.span == found.stated_span:
        return False  # of a table, whose columns tell what its cells are made of
    at = bisect_left(passage.starts, found.stated_span.start)
    if at == len(passage.figures) or passage.figures[at].span != found.stated_span:
        return False
    stated = passage.figures[at]
    if found.kind in _QUOTIENTS and stated.unit == "%" and stated.step < 1.0:
        own = set(found.formula.split("/"))  # 660 of 600 is no 90.9 %, though 600 of 660 is
        return any(
            _is_like(one, other)
            and is_rate(stated, one, other, rest=False)
            and {plain(one.value), plain(other.value)} != own
            for one, other in permutations(_around(passage, at, moved=True), 2)
        )
    if found.kind == "difference" and len(str(round(stated.value / stated.step))) >= _LEAST:
        return any(
            one.unit == other.unit
            and abs(abs(one.value - other.value) - stated.value) <= _TINY * stated.value
            for one, other in combinations(_around(passage, at), 2)
        )
    return False


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
