"""Interval arithmetic over the digits shown: what a written figure can stand for."""

from typing import NamedTuple

from service.core.numbers.model import Number, Precision


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

    def times(self, factor: float) -> "Interval":
        """Return the interval scaled by a factor."""
        ends = (self.low * factor, self.high * factor)
        return Interval(min(ends), max(ends))

    def misses(self, stated: float, step: float) -> bool:
        """Tell whether no value of this could have been written as `stated`, by rounding or by cutting off digits."""
        tiny = 1e-9 * max(1.0, abs(stated))
        nearer, further = stated - step / 2 - tiny, stated + step + tiny
        if stated < 0:
            nearer, further = stated - step - tiny, stated + step / 2 + tiny
        return further < self.low or nearer > self.high


def of(number: Number) -> Interval:
    """Return what a figure may stand for: half a step around it, more for 约 and 近; a plain count is exact."""
    half = number.step / 2
    if number.step == 1.0 and number.unit_kind in ("count", "none"):
        half = 0.0
    if number.precision is Precision.APPROX:
        half = max(number.step, abs(number.value) * 0.03)
    return Interval(number.value - half, number.value + half)


def is_checkable(*numbers: Number | None) -> bool:
    """Tell whether all are there and stated as one figure, exact or about."""
    return all(n is not None and n.precision in (Precision.EXACT, Precision.APPROX) for n in numbers)


def slack_of(number: Number) -> float:
    """Return one step of a stated figure, more where it is said to be about so much."""
    return number.step * (1.0 if number.precision is Precision.EXACT else 1.5)


def exact_step(number: Number) -> float:
    """Return the step of a sum or difference: none where it counts whole things, which nobody rounds."""
    whole = (
        number.step == 1.0 and number.unit_kind in ("count", "none") and number.precision is Precision.EXACT
    )
    return 0.0 if whole else slack_of(number)
