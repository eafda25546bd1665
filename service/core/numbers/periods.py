"""Figures of another period, known by its name alone: 9月 1.2w，10月 1.5w; 第3周 8,000; 36周的 40 节."""

import re

from service.core.numbers.columns import is_later, order_of
from service.core.numbers.frames import Frame, is_like
from service.core.numbers.model import BaselineKind, Number, NumberKind

# 8月, W18, 三季度, 36周, 第3期 but not 9/16, 周二, 第3名
_PERIODS = re.compile(r"[月季Ww年Qq]|\d ?周$|^第 ?\d{1,3} ?(?:[周期轮批场届次]|个?月)")
_AFTER_DATE = 3  # W18 4.0 天, wk 32 是 32 天


def text_of(view: str, number: Number) -> str:
    """Return a number as written."""
    return view[number.span.start : number.span.end]


def is_period(view: str, number: Number) -> bool:
    """Tell whether a date or an ordinal names a period that has a figure of its own."""
    return _PERIODS.search(text_of(view, number)) is not None


def is_dating(view: str, number: Number) -> bool:
    """Tell whether a number dates the figures after it: a date, or 第3周."""
    if number.kind is NumberKind.DATE:
        return True
    return number.kind is NumberKind.ORDINAL and is_period(view, number)


def follows(view: str, date: Number | None, number: Number) -> bool:
    """Tell whether a figure stands right after a date."""
    if date is None or not 0 <= number.span.start - date.span.end <= _AFTER_DATE:
        return False
    return not view[date.span.end : number.span.start].strip(" 是为的整:：")


def is_later_aim(view: str, frame: Frame, last: Number | None) -> bool:
    """Tell whether the target is another period's: 10 月 GMV 320 万，11 月目标 360 万."""
    first = frame.date
    if first is None or last is None or last.span.start <= frame.first.span.start:
        return False
    orders = [order_of(text_of(view, date)) for date in (first, last)]
    return None not in orders and orders[0] != orders[1] and is_period(view, first) and is_period(view, last)


def is_dated(view: str, date: Number | None, number: Number, inside: bool) -> bool:
    """Tell whether another period's name stands right before the number: (9 月 850), 较9月34%."""
    if date is None or not follows(view, date, number) or not is_period(view, date):
        return False  # （周二 2.4w、周四 2.7w） are parts
    before = view[max(0, date.span.start - 2) : date.span.start].rstrip(" ")[-1:]
    return before in ("较", "比") or (before in ("(", "（") and inside)


def takes_other(view: str, frame: Frame, date: Number | None, number: Number, left: int) -> bool:
    """Take the second of 9月 1.2w，10月 1.5w, or of 报修 312 单，8 月 286 单: only a period names it."""
    if date is None or frame.value is None or frame.baseline or frame.changes:
        return False
    bare = not view[left : date.span.start].strip(" ，,、")
    if not bare or not is_like(frame.value, number) or not is_period(view, date):
        return False
    value, base = frame.value, number
    if frame.date is not None:
        text, first = text_of(view, date), text_of(view, frame.date)
        if is_later(text, first):
            value, base = number, frame.value
        elif not is_later(first, text):
            return False
    frame.value, frame.baseline, frame.baseline_kind = value, base, BaselineKind.PREVIOUS
    return True
