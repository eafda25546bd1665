"""Figures with intervals: a value worked out of sums over notes, and how far resampled notes move it."""

import random
from collections.abc import Callable, Sequence
from dataclasses import dataclass

RESAMPLES = 1000
COVERAGE = 0.95
SEED = 20240

Row = tuple[float, ...]
Formula = Callable[[Row], float | None]


@dataclass(frozen=True, slots=True)
class Figure:
    """A measured value with its 95 % bootstrap interval; None is unscored, never a guess.

    `without_one` holds the lowest and highest value that leaving out a single note gives.
    """

    value: float | None
    low: float | None = None
    high: float | None = None
    without_one: tuple[float, float] | None = None


def estimate(
    rows: Sequence[Row], formula: Formula, *, seed: int = SEED, resamples: int = RESAMPLES
) -> Figure:
    """Work the formula over the column sums of `rows` (one row a note), and again over resampled notes.

    Every figure here is a function of sums, so a resample costs one addition a note and column.
    """
    if not rows:
        return Figure(None)
    total = _sums(rows)
    value = formula(total)
    if value is None:
        return Figure(None)
    rest = [formula(tuple(t - r for t, r in zip(total, row, strict=True))) for row in rows]
    without = [v for v in rest if v is not None]
    # Sampling the same places for every figure keeps figures of one report comparable.
    dice = random.Random(seed)  # noqa: S311  # statistics, not secrets
    drawn = (formula(_sums(dice.choices(rows, k=len(rows)))) for _ in range(resamples))
    values = sorted(v for v in drawn if v is not None)
    tail = (1 - COVERAGE) / 2
    return Figure(
        value,
        _quantile(values, tail),
        _quantile(values, 1 - tail),
        (min(without), max(without)) if without else None,
    )


def rating_row(rated: float, predicted: float) -> Row:
    """Return what one pair of ratings adds to the sums that `kappa` and its kin are worked out of."""
    off = predicted - rated
    return (1.0, rated, predicted, rated**2, predicted**2, off**2, abs(off), off == 0, abs(off) <= 1)


def kappa(sums: Row) -> float | None:
    """Return the quadratic weighted kappa; None where both sides are one constant (nothing to agree on).

    With quadratic weights the disagreement expected by chance needs only means and mean squares:
    E(a - b)² over independent draws = E a² + E b² - 2 E a E b.
    """
    n, a, b, aa, bb, off = sums[:6]
    if n == 0:
        return None
    chance = aa / n + bb / n - 2 * (a / n) * (b / n)
    return 1 - (off / n) / chance if chance > 1e-12 else None


def mean_of(column: int) -> Formula:
    """Return the formula that divides a column of rating rows by the number of notes."""
    return lambda sums: sums[column] / sums[0] if sums[0] else None


def precision(sums: Row) -> float | None:
    """Return hits over all found, from rows (hits, found, gold), one triple an annotator: their mean."""
    return _mean([_over(sums[i], sums[i + 1]) for i in range(0, len(sums), 3)])


def recall(sums: Row) -> float | None:
    """Return hits over all gold, from rows (hits, found, gold), one triple an annotator: their mean."""
    return _mean([_over(sums[i], sums[i + 2]) for i in range(0, len(sums), 3)])


def f1(sums: Row) -> float | None:
    """Return 2·hits / (found + gold), from rows (hits, found, gold), one triple an annotator: their mean."""
    return _mean([_over(2 * sums[i], sums[i + 1] + sums[i + 2]) for i in range(0, len(sums), 3)])


def ratio(sums: Row) -> float | None:
    """Return the first column over the second."""
    return _over(sums[0], sums[1])


def per_thousand(sums: Row) -> float | None:
    """Return the first column per 1,000 of the second."""
    return None if sums[1] <= 0 else 1000 * sums[0] / sums[1]


def count(sums: Row) -> float | None:
    """Return the first column as it is."""
    return sums[0]


def _over(part: float, whole: float) -> float | None:
    return part / whole if whole > 0 else None


def _mean(values: list[float | None]) -> float | None:
    known = [v for v in values if v is not None]
    return sum(known) / len(known) if known else None


def _sums(rows: Sequence[Row]) -> Row:
    return tuple(map(sum, zip(*rows, strict=True)))


def _quantile(ordered: list[float], share: float) -> float | None:
    if not ordered:
        return None
    return ordered[min(len(ordered) - 1, int(share * len(ordered)))]
