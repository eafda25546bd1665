"""What each problem's tracing lacks: one gap a problem, so that no two cause findings say the same thing."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from service.catalog.cues import cues
from service.catalog.outcome import SWING, is_against_target, widest
from service.catalog.passage import clauses
from service.core.numbers.model import Metric
from service.core.reading import Claim, ClaimKind, Reading, Relation, Trait, once
from service.core.scoring.features import Attribution, attributions

_PROVEN = 4  # grade from which on a cause has proof
_LOCATED = 3
_TELLING = 6  # characters of a cause that says enough to be asked about
_NEAR = 60  # characters from a problem to the remedy told in its place
_LITTLE = 0.05  # of a goal
_BESIDE = 2  # characters between a deed and what came of it
_BIG = 15.0  # percent: a success is asked about from here on


@dataclass(frozen=True, slots=True)
class Gap:
    """The one thing that the tracing of `target` lacks, named by the code that tells of it."""

    code: str
    target: Claim
    cause: Claim | None = None
    remedy: Claim | None = None
    metric: Metric | None = None
    swing: float = 0.0
    is_located: bool = False
    proof: Claim | None = None  # what was found out, where nobody says what it means
    worth: float = 0.0


def gaps(reading: Reading, code: str, at_most: int) -> list[Gap]:
    """Return the gaps of one code that are most worth mending, at most so many, in text order."""
    found = [g for g in _all(reading) if g.code == code]
    found.sort(key=lambda g: -g.worth)
    return sorted(found[:at_most], key=lambda g: (g.cause or g.target).span)


@once  # seven rules ask in turn; a third of the catalog's time when each counts for itself
def _all(reading: Reading) -> tuple[Gap, ...]:
    traced = attributions(reading)
    explained = _explained_names(traced)
    remedies = _remedies(reading)
    guesses = _checked_guesses(reading)
    best = max((a.grade for a in traced), default=0)
    found: list[Gap] = []
    for a in traced:
        if a.causes:
            found.extend(_of_cause(reading, a, guesses, best))
        elif a.target.kind is ClaimKind.PROBLEM and a.grade < _PROVEN:  # else so many people's words tell why
            gap = _of_bare(reading, a, explained, remedies.get(a.target.id), best)
            if gap is not None:
                found.append(gap)
    found.extend(_of_results(reading, traced, explained))
    return tuple(found)


def _explained_names(traced: Sequence[Attribution]) -> set[str]:
    """Return the metrics that some cause in the note speaks for: a figure told twice is explained once."""
    return {
        m.name
        for a in traced
        if a.causes
        for c in (a.target, *a.causes, *a.proofs)
        for m in c.metrics
        if m.name
    }


def _remedies(reading: Reading) -> dict[str, Claim]:
    """Return for each problem the vague plan told in its place."""
    found: dict[str, Claim] = {}
    last: Claim | None = None
    for claim in reading.claims:
        if claim.kind is ClaimKind.PROBLEM:
            last = claim
        elif claim.kind is ClaimKind.PLAN and last is not None:
            near = claim.line == last.line and 0 <= claim.span.start - last.span.end <= _NEAR
            if near and claim.has(Trait.VAGUE) and not claim.has(Trait.SPECIFIC):
                found.setdefault(last.id, claim)
            last = None
    return found


def _checked_guesses(reading: Reading) -> set[str]:
    """Return the ids of causes that some plan or proof sets out to check."""
    return {
        link.target
        for c in reading.claims
        if c.has(Trait.VERIFIABLE)
        for link in c.links
        if link.relation in (Relation.ADDRESSES, Relation.SUPPORTS)
    }


def _of_cause(reading: Reading, a: Attribution, checked: set[str], best: int) -> list[Gap]:
    worth = _worth(a.target)
    if a.grade == 2:
        empty = [c for c in a.causes if c.has(Trait.EMPTY)]
        return [Gap(_empty_code(reading, c), a.target, cause=c, worth=worth) for c in empty]
    solid = [c for c in a.causes if c.has(Trait.SPECIFIC)]
    solid = [c for c in solid if len(c.span) >= _TELLING and c.kind is ClaimKind.CAUSE]
    if a.grade == _LOCATED and solid:
        first = solid[0]
        if first.metrics or first.traits & {Trait.QUOTED, Trait.MEASURABLE}:
            return []  # the proof stands in the cause itself
        if best >= _PROVEN and a.target.kind is not ClaimKind.PROBLEM:
            return []
        if not first.has(Trait.HYPOTHESIS):
            return [Gap("R203", a.target, cause=first, worth=worth)]
        if first.has(Trait.VERIFIABLE) or first.id in checked or a.target.id in checked:
            return []
        return [Gap("R204", a.target, cause=first, worth=worth)]
    if a.grade == _PROVEN == best and len(solid) == 1 and not solid[0].has(Trait.HYPOTHESIS):
        return [Gap("R206", a.target, cause=solid[0], worth=worth)]
    return []


def _empty_code(reading: Reading, cause: Claim) -> str:
    """Tell a remedy given as a cause ("原因是还要继续优化") from an empty cause."""
    hits = cues(reading)
    vague = hits.first("plan_vague", *cause.span)
    return "R205" if vague is not None and not hits.has("cause_empty", *cause.span) else "R202"


def _of_bare(
    reading: Reading, a: Attribution, explained: set[str], remedy: Claim | None, best: int
) -> Gap | None:
    target = a.target
    if any(m.name in explained for m in target.metrics if m.name) or _is_nearly_there(target):
        return None
    worth = _worth(target)
    if remedy is not None:
        return Gap("R205", target, remedy=remedy, worth=worth)
    found = widest(target)
    if found is not None and abs(found[1]) >= SWING:
        return Gap("R207", target, metric=found[0], swing=found[1], worth=worth + 1)
    located = a.grade >= _LOCATED
    if best >= _PROVEN and not (target.has(Trait.KEY) or target.has(Trait.COMPARED)):
        return None  # the main problem is proven; a lead does not press for every small one
    proof = next((p for p in a.proofs if p.traits & {Trait.MEASURABLE, Trait.QUOTED}), None)
    return Gap("R201", target, is_located=located, proof=proof, worth=worth - located)


def _is_nearly_there(problem: Claim) -> bool:
    """Tell whether figures rose and lack but a little of their goal: nobody asks why 91.2% is not 93%."""
    good = [m for m in problem.metrics if m.polarity > 0 and not is_against_target(m)]
    short = [m for m in problem.metrics if m.polarity < 0]
    return bool(good) and all(
        is_against_target(m)
        and m.value is not None
        and m.baseline
        and abs(m.value - m.baseline) <= _LITTLE * abs(m.baseline)
        for m in short
    )


def _of_results(reading: Reading, traced: Sequence[Attribution], explained: set[str]) -> list[Gap]:
    """Return swings told as results: bad ones like problems, the widest good one where none is explained."""
    told = {a.target.id for a in traced}
    problems = {m.name for a in traced for m in a.target.metrics}
    good: list[Gap] = []
    bad: list[Gap] = []
    for claim in reading.of(ClaimKind.RESULT):
        found = widest(claim)
        if claim.id in told or found is None or found[0].name in explained | problems:
            continue
        metric, swing = found
        if metric.polarity < 0 and abs(swing) >= SWING:
            bad.append(Gap("R207", claim, metric=metric, swing=swing, worth=_worth(claim)))
        elif (
            metric.polarity > 0
            and abs(swing) >= _BIG
            and not is_against_target(metric)
            and not _tells_deed(reading, claim, metric)
        ):
            good.append(Gap("R207", claim, metric=metric, swing=swing, worth=_worth(claim) - 2))
    credited = any(a.target.kind is ClaimKind.RESULT for a in traced)
    return bad + ([] if credited else sorted(good, key=lambda g: -abs(g.swing))[:1])


@once
def _before(reading: Reading) -> dict[str, Claim]:
    """Return the claim before each, by its id."""
    return {after.id: claim for claim, after in pairwise(reading.claims)}


def _tells_deed(reading: Reading, claim: Claim, metric: Metric) -> bool:
    """Tell whether what was done is told right before the figure: 已热更回调，通过率从 41% 回到 78%."""
    last = _before(reading).get(claim.id)
    if last is not None and last.kind is ClaimKind.ACTIVITY and last.line == claim.line:
        return 0 <= claim.span.start - last.span.end <= _BESIDE
    hits = cues(reading)
    before = [c for c in clauses(reading.document.view, claim.span) if c.end <= metric.span.start]
    return any(hits.has(name, *clause) for clause in before for name in ("deed_fix", "deed_verb"))


def _worth(claim: Claim) -> float:
    found = widest(claim)
    size = min(abs(found[1]), 50.0) / 25.0 if found is not None else 0.0
    return size + 2.0 * claim.has(Trait.KEY) + 1.0 * claim.has(Trait.MEASURABLE) - 1.0 * claim.has(Trait.ROW)
