"""Timing with a reference beside it, so that the machine's mood drops out of the ratio."""

import re
import statistics
import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from bench.notes import make_literals


@dataclass(frozen=True)
class Series:
    """Milliseconds of many runs, and of the reference beside each."""

    runs_ms: list[float]
    reference_ms: list[float]

    @property
    def median_ms(self) -> float:
        """The median run."""
        return statistics.median(self.runs_ms)

    @property
    def ratio(self) -> float:
        """The median of each run over the reference timed right after it."""
        return statistics.median(
            run / beside for run, beside in zip(self.runs_ms, self.reference_ms, strict=True)
        )

    def at(self, share: float) -> float:
        """The run that `share` of all runs are faster than."""
        return sorted(self.runs_ms)[min(len(self.runs_ms) - 1, int(len(self.runs_ms) * share))]


_REFERENCE = re.compile("|".join(map(re.escape, make_literals())))


def scan(text: str) -> int:
    """The reference: count the hits of 500 literals as one `re` alternation."""
    return sum(1 for _ in _REFERENCE.finditer(text))


def milliseconds(step: Callable[[], object]) -> float:
    """Return how long one call takes."""
    start = time.perf_counter()
    step()
    return (time.perf_counter() - start) * 1000


def series(step: Callable[[str], object], texts: Iterable[str]) -> Series:
    """Time a step over each text once, the reference scan over the same text right after it."""
    runs: list[float] = []
    beside: list[float] = []
    for text in texts:
        runs.append(milliseconds(lambda text=text: step(text)))  # type: ignore[misc]
        beside.append(milliseconds(lambda text=text: scan(text)))  # type: ignore[misc]
    return Series(runs, beside)
