"""Interval arithmetic over the digits shown: what a written figure can stand for."""

from collections.abc import Iterable
from dataclasses import replace
from typing import NamedTuple

from service.core.numbers.model import SECONDS, Number, Precision


class Interval(NamedTuple):
    """Every value a written figure may have been rounded from."""

    low: float
    high: float

    def __add__(self, other: "Interval") -> "Interval":  # type: ignore[override]  # intervals add, tuples don't here
        return Interval(self.low + other.low, self.high + other.high)

    def minus(self, other: "Interval") -> "Interval":
        """Return every difference of a value of this and one of the other."""
        return Interval(self.low - other.high, self.high - other.low)

    def over(self, other: "Interval") -> "Interval | None":
        """Return every quotient, None where the divisor may be zero."""
        if other.low <= 0 <= other.high:
            return None
        ends = [a / b for a in self for b in other]
        return Interval(min(ends), max(ends))

    def by(self, other: "Interval") -> "Interval":
        """Return every product of a value of this and one of the other."""
        ends = [a * b for a in self for b in other]
        return Interval(min(ends), max(ends))

    def times(self, factor: float) -> "Interval":
        """Return the interval scaled by a factor."""
        ends = (self.low * factor, self.high * factor)
        return Interval(min(ends), max(ends))

    def nearer(self, trust: float) -> "Interval":
        """Return the interval drawn in around its middle to a part of its width."""
        middle, half = (self.low + self.high) / 2, (self.high - self.low) / 2 * trust
        return Interval(middle - half, middle + half)

    def misses(self, stated: float, room: "Room") -> bool:
        """Tell whether no value of this could have been written as `stated`."""
        tiny = 1e-9 * max(1.0, abs(stated))
        low, high = (room.under, room.over) if stated >= 0 else (room.over, room.under)
        return stated + high + tiny < self.low or stated - low - tiny > self.high


def in_unit(number: Number, unit: str) -> Number:
    """Return a stretch of time in another unit; 2 小时 beside 90 分钟 is 120 minutes and not 90 to 150."""
    times = SECONDS[number.unit] / SECONDS[unit]
    return replace(number, value=number.value * times, step=min(1.0, number.step * times), unit=unit)


class Room(NamedTuple):
    """How far a true value may lie under and over the magnitude that was written for it."""

    under: float
    over: float


_UNTOLD = (1e4, 1e-4)
_STATED = frozenset((Precision.EXACT, Precision.APPROX))
NO_ROOM = Room(0.0, 0.0)
_CUT = 0.95  # of a step may be cut off: 6.9 % may be called 6 %, and 7.0 % may not
_ABOUT = 1.5  # steps that 约 grants either way
_TENTH = 0.55  # of a step: 两成 may stand for 14.5 to 25.5 percent
_SPOKEN = 0.25  # and as one of the figures that a sum is made of
_COARSE = 5.0  # percentages in steps of five and more are said in words: 两成, 一半, 四分之一


def room_of(number: Number) -> Room:
    """Return the room of a stated figure: half a step for rounding, a whole one over for digits cut off."""
    if number.precision is Precision.EXACT:
        return Room(number.step / 2, number.step * _CUT)
    if number.unit == "%" and number.step >= _COARSE:
        return Room(number.step * _TENTH, number.step * _TENTH)
    return Room(number.step * _ABOUT, number.step * _ABOUT)


def room_of_sum(number: Number) -> Room:
    """Return the room of a stated sum or difference: none where it counts things, which nobody rounds."""
    whole = (
        number.step == 1.0 and number.unit_kind in ("count", "none") and number.precision is Precision.EXACT
    )
    return NO_ROOM if whole else room_of(number)


def of(number: Number) -> Interval:
    """Return what a figure may stand for: half a step around it, more for 约; a plain count is exact."""
    half = number.step / 2
    if number.step == 1.0 and number.unit_kind in ("count", "none"):
        half = 0.0
    if number.precision is Precision.APPROX and number.unit == "%" and number.step >= _COARSE:
        half = number.step * _SPOKEN  # 六成
    elif number.precision is Precision.APPROX:
        half = max(number.step, abs(number.value) * 0.03)
    return Interval(number.value - half, number.value + half)


def sum_of(numbers: Iterable[Number]) -> Interval:
    """Return what figures may come to together."""
    total = Interval(0.0, 0.0)
    for number in numbers:
        total = total + of(number)
    return total


def exact(number: Number) -> Interval:
    """Return a figure as it is written, for one that is set and not measured."""
    return Interval(number.value, number.value)


def is_slip(stated: float, made: float, step: float) -> bool:
    """Tell whether two values differ in a single digit of three or more: 325 for 225, and by no chance."""
    told, right = (str(round(value / step)) for value in (stated, made))
    return len(told) == len(right) >= 3 and sum(a != b for a, b in zip(told, right, strict=True)) == 1


def scale_untold(made: float, stated: float) -> float:
    """Return what one of two figures lacks where the 万 is told once: 1,044 万 of 1,200 is no 8,700 times."""
    off = made / stated if stated else 1.0
    return next((s for s in _UNTOLD if 0.1 <= off * s <= 10), 1.0) if not 1e-3 < off < 1e3 else 1.0


def is_checkable(*numbers: Number | None) -> bool:
    """Tell whether all are there and stated as one figure, exact or about."""
    for number in numbers:  # noqa: SIM110  a loop: every check asks this of every figure
        if number is None or number.precision not in _STATED:
            return False
    return True
