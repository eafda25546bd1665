"""Earlier figures in brackets: 30,000（前 24,000，+20%）, 1,320（1,200，+10%）, 12%（9%），高了 3%."""

import re
from collections.abc import Sequence

from service.core.numbers.frames import Frame, is_like
from service.core.numbers.model import BaselineKind, Number

# "（前", "(原 " and "，原 " but not "（其中", "，上 "
_EARLIER = re.compile(r"(?:[(（] ?(?:前|旧|上|昨|前值|前次|上次)|[(（，,] ?原) ?[:：]? ?$")
_OPENS = ("(", "（")
_CLOSES = (")", "）")
_LONGEST_MARK = 8


def is_marked(view: str, number: Number) -> bool:
    """Tell whether a number opens a bracket that calls it the earlier one."""
    start = number.span.start
    return _EARLIER.search(view, max(0, start - _LONGEST_MARK), start) is not None


def takes_back(view: str, outer: Frame | None, inner: Frame) -> bool:
    """Give a value the bare figure that opens the bracket right after it, where a change follows inside."""
    number = inner.value
    if outer is None or outer.value is None or number is None or not _may_be_earlier(outer, number):
        return False
    if view[outer.value.span.end : number.span.start].strip() not in _OPENS or inner.changes:
        return False
    _hold(outer, number)
    return True


def takes_aside(view: str, frames: Sequence[Frame], current: Frame) -> bool:
    """Give a value the bare figure that stands alone in brackets after it, where a change follows outside."""
    if not frames or current.value is None or frames[-1] is current:
        return False
    inner = frames[-1]
    number = inner.value
    if number is None or not inner.inner or inner.changes or not _may_be_earlier(current, number):
        return False
    bare = view[current.value.span.end : number.span.start].strip() in _OPENS
    if not bare or view[number.span.end : number.span.end + 1] not in _CLOSES:
        return False
    _hold(current, number)
    return True


def _may_be_earlier(outer: Frame, number: Number) -> bool:
    value = outer.value
    if value is None or outer.baseline is not None or outer.target is not None or not is_like(value, number):
        return False
    return not number.unit or number.unit == value.unit


def _hold(frame: Frame, number: Number) -> None:
    frame.baseline, frame.baseline_kind = number, BaselineKind.PREVIOUS
