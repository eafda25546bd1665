"""Yes-or-no questions answered by the weights of the signs seen (see `learned`)."""

from collections.abc import Iterable, Mapping

BIAS = "bias"


def logit(table: Mapping[str, int], signs: Iterable[str]) -> int:
    """Return how likely the answer is yes, in hundredths of a logit (0: even)."""
    return table.get(BIAS, 0) + sum(filter(None, map(table.get, signs)))
