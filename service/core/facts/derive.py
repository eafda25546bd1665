"""Figures that can be worked out from a note's own figures, with the sum that gives them."""

from collections.abc import Sequence
from dataclasses import dataclass

from service.core.numbers.model import Number, NumberKind, Precision
from service.core.rewrite import Derived

REACH = 6  # a figure is worked out from figures that stand this near, counted in figures


@dataclass(frozen=True, slots=True)
class Derivation:
    """A value that two figures give: `unit` is canonical, `sign` -1, 0 or 1 as in Number."""

    value: float
    unit: str
    sign: int
    formula: str


def derivations(numbers: Sequence[Number], view: str) -> tuple[Derivation, ...]:
    """Return growth, difference, share and point difference of near figures of one unit, in text order."""
    usable = [
        n
        for n in numbers
        if n.kind is NumberKind.MEASURE and n.precision is Precision.EXACT and n.value_max is None
    ]
    found: list[Derivation] = []
    for at, first in enumerate(usable):
        for second in usable[at + 1 : at + 1 + REACH]:
            if first.value == second.value or not _same_unit(first, second):
                continue
            found.extend(_pair(first, second, view))
            found.extend(_pair(second, first, view))
    return tuple(found)


def _same_unit(one: Number, other: Number) -> bool:
    return one.unit == other.unit or not one.unit or not other.unit


def _pair(old: Number, new: Number, view: str) -> list[Derivation]:
    """Return what going from `old` to `new` gives."""
    a, b = _digits(old, view), _digits(new, view)
    sign = 1 if new.value > old.value else -1
    unit = new.unit or old.unit
    apart = abs(new.value - old.value)
    if unit in ("%", "pp"):
        found = [Derivation(apart, "pp", sign, f"{b}-{a}")]
    else:
        found = [Derivation(apart, unit, sign, f"{b}-{a}")]
        if 0 < new.value < old.value:
            found.append(Derivation(new.value / old.value * 100, "%", 0, f"{b}/{a}"))
    if old.value > 0:
        found.append(Derivation(abs(new.value / old.value - 1) * 100, "%", sign, f"{b}/{a}-1"))
    return found


def _digits(number: Number, view: str) -> str:
    return view[number.span.start : number.span.end].strip(" +")


def derive(number: Number, text: str, known: Sequence[Derivation]) -> Derived | None:
    """Return how a figure follows from others, rounded as its digits show; None where it does not."""
    if number.value_max is not None:
        return None
    for one in known:
        if number.unit != one.unit or (number.sign and one.sign and number.sign != one.sign):
            continue
        if abs(abs(number.value) - one.value) <= number.step / 2 + 1e-9:
            return Derived(text, one.formula)
    return None
