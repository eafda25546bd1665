"""Puts findings in order: first what would lift the note most, with variety among the first few."""

from collections import Counter
from dataclasses import replace

from service.core.finding import Finding, Severity
from service.core.score import DimensionKey, Scores

_WEIGHT = {Severity.ERROR: 30.0, Severity.WARNING: 10.0, Severity.INFO: 0.0}
SUM = "D105"
_SUM = 25.0  # a sum that does not add up comes first: it costs a minute to mend and all trust if it stays
_LACKING = 6.0  # each level that the finding's dimension lacks to 5
_LOWEST = 7.0  # the finding is in the lowest dimension
_ASKED = 15.0  # it is what the next level of its dimension asks for first; each later code is worth 3 less
_AGAIN = 14.0  # a second finding of one code among the first is worth that much less
_CROWDED = 4.0  # as is one of a dimension that is among the first already
_HAND_PICKED = 5  # so many are picked for variety; the rest follow by worth


def ranked(found: list[Finding], scores: Scores) -> tuple[Finding, ...]:
    """Return the findings in order of what mending them is worth, with ids and ranks from 1."""
    worth = _Worth(scores)
    waiting = sorted(((-worth(f), at, f) for at, f in enumerate(found)), key=lambda w: w[:2])
    first: list[Finding] = []
    codes: Counter[str] = Counter()
    dimensions: Counter[DimensionKey | None] = Counter()
    while waiting and len(first) < _HAND_PICKED:
        best = min(
            waiting,
            key=lambda w: (w[0] + _AGAIN * codes[w[2].code] + _CROWDED * dimensions[w[2].dimension], w[1]),
        )
        waiting.remove(best)
        first.append(best[2])
        codes[best[2].code] += 1
        dimensions[best[2].dimension] += 1
    ordered = [*first, *(w[2] for w in waiting)]
    return tuple(replace(f, id=f"f{rank}", rank=rank) for rank, f in enumerate(ordered, 1))


class _Worth:
    """What mending a finding is worth under given scores."""

    def __init__(self, scores: Scores) -> None:
        self._levels = {d.key: d.level for d in scores.dimensions}
        self._asked = {d.key: d.next.codes for d in scores.dimensions}
        self._lowest = min(self._levels.values())

    def __call__(self, found: Finding) -> float:
        total = _WEIGHT[found.severity] + _SUM * (found.code == SUM)
        if found.dimension is None:
            whole = found.severity is not Severity.INFO  # how a note is built bears on every dimension
            return total + (_LACKING * (5 - self._lowest) + _LOWEST if whole else 0.0)
        level = self._levels[found.dimension]
        total += _LACKING * (5 - level) + (_LOWEST if level == self._lowest else 0.0)
        asked = self._asked[found.dimension]
        if found.code in asked:
            total += _ASKED - 3 * asked.index(found.code)
        return total
