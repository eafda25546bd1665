"""Figures that can be worked out from a note's own: growth, difference, share, multiple."""

from collections.abc import Iterator, Sequence

from service.core.arithmetic.interval import is_checkable
from service.core.arithmetic.wording import plain
from service.core.numbers.model import Number, NumberKind

_MOST_VALUES = 60  # figures of a note that are combined
_NEAR = 8  # figures apart that two may stand to be combined without being asked for
_PLACES = (0, 1, 2)
_TINY = 1e-9


def derivations(values: Sequence[Number]) -> dict[str, str]:
    """Return figures that two neighbouring figures of a note give, as text ("60%", "7pp", "300") → formula.

    Signs are left off ("60%" stands for +60% and -60% alike) and each figure comes rounded to whole, one and
    two places. At most 60 figures are combined, each with the eight after it, so the answer is bounded.
    """
    figures = _usable(values)
    found: dict[str, str] = {}
    for at, one in enumerate(figures):
        for other in figures[at + 1 : at + 1 + _NEAR]:
            for value, unit, formula in _combine(one, other):
                for places in _PLACES:
                    found.setdefault(f"{plain(abs(value), places)}{unit}", formula)
    return found


def derive(stated: Number, values: Sequence[Number]) -> str | None:
    """Return the formula by which two of the values give a stated figure, as far as its digits show."""
    figures = _usable(values)
    wanted = "pp" if stated.unit_kind == "point" else stated.unit
    for at, one in enumerate(figures):
        for other in figures[at + 1 :]:
            for value, unit, formula in _combine(one, other):
                if abs(abs(value) - stated.value) > stated.step / 2 + _TINY * max(1.0, stated.value):
                    continue
                if unit == wanted or (wanted == "" and unit not in ("%", "pp", "倍")):
                    return formula
    return None


def _usable(values: Sequence[Number]) -> list[Number]:
    """Return the distinct measures that a formula may stand on."""
    seen: set[tuple[float, str]] = set()
    figures: list[Number] = []
    for number in values:
        key = (number.value, number.unit)
        if number.kind is NumberKind.MEASURE and is_checkable(number) and key not in seen:
            seen.add(key)
            figures.append(number)
    return figures[:_MOST_VALUES]


def _combine(one: Number, other: Number) -> Iterator[tuple[float, str, str]]:
    """Yield value, unit and formula of what two figures of one kind give."""
    if one.unit_kind != other.unit_kind and "none" not in (one.unit_kind, other.unit_kind):
        return
    if "%" in (one.unit, other.unit) and one.unit != other.unit:
        return
    a, b = plain(one.value), plain(other.value)
    unit = "pp" if one.unit == "%" else one.unit or other.unit
    yield other.value - one.value, unit, f"{b}-{a}"
    if one.unit != "%":
        yield other.value + one.value, unit, f"{a}+{b}"
    for top, bottom, x, y in ((other, one, b, a), (one, other, a, b)):
        if bottom.value <= 0 or top.value <= 0:
            continue
        ratio = top.value / bottom.value
        yield (ratio - 1) * 100, "%", f"{x}/{y}-1"
        if one.unit != "%":
            yield ratio * 100, "%", f"{x}/{y}"
            yield ratio, "倍", f"{x}/{y}"
