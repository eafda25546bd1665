"""Problems that a lead would expect a plan for, and that no plan takes up."""

from service.catalog.outcome import widest
from service.core.reading import Claim, Reading, Trait

AT_MOST = 4  # beyond, a list of omissions tells the author nothing


def orphans(reading: Reading) -> list[Claim]:
    """Return one open problem for each matter, the most telling ones, in text order."""
    chosen: dict[int, Claim] = {}
    for problem in reading.claims:
        if problem.has(Trait.OPEN):
            best = chosen.get(_matter(problem))
            if best is None or _worth(problem) > _worth(best):
                chosen[_matter(problem)] = problem
    most = sorted(chosen.values(), key=lambda c: -_worth(c))[:AT_MOST]
    return sorted(most, key=lambda c: c.span)


def _matter(problem: Claim) -> int:
    return problem.matter if problem.matter is not None else -1 - problem.span.start


def _worth(problem: Claim) -> float:
    moved = widest(problem)
    size = min(abs(moved[1]), 50.0) / 50.0 if moved is not None else 0.0
    return (
        2.0 * problem.has(Trait.KEY)
        + size
        + 0.6 * problem.has(Trait.VAGUE)
        + 0.4 * problem.has(Trait.MEASURABLE)
    )
