"""The notes an engine reads worst: for looking at, so of the tuning half only."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from service.core.errors import InvalidRequest
from service.core.score import DimensionKey
from service.evaluation.dataset import Half
from service.evaluation.measure import CODES, KINDS, Solved, match_claims, match_findings


@dataclass(frozen=True, slots=True)
class Case:
    """One note with what was predicted, what was rated, and every quote the two disagree on.

    `missed` and `extra` map a finding code or claim kind to quotes. A claim is missed when the first
    annotator marked it and extra when no annotator did.
    """

    id: str
    predicted: Mapping[DimensionKey, int]
    rated: Mapping[DimensionKey, float]
    judged_because: Mapping[DimensionKey, str]
    rated_because: Mapping[DimensionKey, tuple[str, ...]]
    missed: Mapping[str, tuple[str, ...]]
    extra: Mapping[str, tuple[str, ...]]
    features: tuple[str, ...]

    @property
    def distance(self) -> float:
        """Return the sum of squared level errors."""
        return sum((self.predicted[d] - level) ** 2 for d, level in self.rated.items())

    @property
    def slips(self) -> int:
        """Return how many findings and claims are missed or extra."""
        return sum(map(len, self.missed.values())) + sum(map(len, self.extra.values()))


def worst(solved: Sequence[Solved], most: int) -> list[Case]:
    """Return the `most` worst notes, worst first; raises InvalidRequest on a note of the testing half."""
    if any(s.rated.half is not Half.TUNING for s in solved):
        raise InvalidRequest("测试半数只给汇总，不展示单篇", "split")
    cases = [_case(s) for s in solved]
    cases.sort(key=lambda c: (-c.distance, -c.slips, c.id))
    return cases[:most]


def _case(solved: Solved) -> Case:
    missed: dict[str, tuple[str, ...]] = {}
    extra: dict[str, tuple[str, ...]] = {}
    for code in CODES:
        matched = match_findings(solved, code)
        missed[code], extra[code] = tuple(matched.missed), tuple(matched.extra)
    for kind in KINDS if solved.rated.annotators else ():
        by_annotator = [match_claims(solved, kind, a) for a in range(len(solved.rated.annotators))]
        hit = {p.found for matched in by_annotator for p in matched.pairs}
        missed[kind] = tuple(by_annotator[0].missed)
        extra[kind] = tuple(q or "" for i, q in enumerate(by_annotator[0].found) if i not in hit)
    return Case(
        id=solved.rated.id,
        predicted=solved.outcome.levels,
        rated=solved.rated.levels,
        judged_because=solved.outcome.why,
        rated_because=solved.rated.reasons,
        missed={k: v for k, v in missed.items() if v},
        extra={k: v for k, v in extra.items() if v},
        features=solved.outcome.features,
    )
