"""Counts that scores rest on. Every field is a plain count or share, so that a score can be explained."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from service.core.reading import Claim, ClaimKind, Reading, Relation, Trait, once

LOCATED = 2  # proofs it takes to say that a problem was taken apart
_HARD = {Trait.MEASURABLE, Trait.QUOTED, Trait.VERIFIABLE}
DEEP = 2  # causes, and proofs, it takes for a chain


@dataclass(frozen=True, slots=True)
class DataFeatures:
    """Outcome claims (results and problems) by how they are told."""

    outcomes: tuple[Claim, ...]
    numbered: tuple[Claim, ...]  # with a figure that says what came of the work
    compared: tuple[Claim, ...]
    segmented: tuple[Claim, ...]
    vague: tuple[Claim, ...]  # of every kind but plans
    numbered_problems: tuple[Claim, ...]
    workload: tuple[Claim, ...]  # deeds with a count
    definitions: int
    mismatches: int
    is_core_vague: bool
    proofs: int = 0  # pieces of evidence with a figure

    @property
    def compared_share(self) -> float:
        """Share of outcomes told with a comparison; 0 to 1."""
        told = len(self.numbered) + len(self.vague)
        return len(self.compared) / told if told else 0.0

    @property
    def segmented_share(self) -> float:
        """Share of numbered outcomes that are broken down; 0 to 1."""
        return min(1.0, len(self.segmented) / len(self.numbered)) if self.numbered else 0.0


@once
def data_features(reading: Reading) -> DataFeatures:
    """Count how results and problems are told."""
    deeds = reading.told_once(ClaimKind.ACTIVITY)
    told_of = reading.told_once(ClaimKind.RESULT, ClaimKind.PROBLEM, ClaimKind.EVIDENCE)
    outcomes = tuple(c for c in told_of if c.kind is not ClaimKind.EVIDENCE or c.has(Trait.MEASURABLE))
    told = tuple(c for c in outcomes if c.kind is not ClaimKind.EVIDENCE)
    numbered = tuple(c for c in told if c.has(Trait.MEASURABLE))
    vague = tuple(c for c in reading.told_once(*{*ClaimKind} - {ClaimKind.PLAN}) if c.has(Trait.VAGUE))
    key = [c for c in told if c.has(Trait.KEY)] or list(told[:1])
    return DataFeatures(
        outcomes=outcomes,
        numbered=numbered,
        compared=tuple(c for c in numbered if c.has(Trait.COMPARED)),
        segmented=tuple(c for c in outcomes if c.has(Trait.SEGMENTED) and c.has(Trait.MEASURABLE)),
        vague=vague,
        numbered_problems=tuple(c for c in numbered if c.kind is ClaimKind.PROBLEM),
        workload=tuple(c for c in deeds if any(m.is_workload for m in c.metrics)),
        definitions=reading.definitions,
        mismatches=sum(1 for m in reading.mismatches if m.kind != "implausible"),
        is_core_vague=bool(key) and all(c.has(Trait.VAGUE) for c in key),
        proofs=len(outcomes) - len(told),
    )


@dataclass(frozen=True, slots=True)
class Attribution:
    """What the note makes of one matter (or unexpected result): causes and proof, and the grade they earn.

    Grades follow the rubric's levels: 1 phenomenon, 2 empty, 3 one layer or located only, 4 with proof,
    5 a chain with proof of two kinds or a guess that will be checked.
    """

    target: Claim
    causes: tuple[Claim, ...]
    proofs: tuple[Claim, ...]
    grade: int


@once
def attributions(reading: Reading) -> tuple[Attribution, ...]:
    """Return one attribution a matter, and one for each result that is explained, in text order."""
    threads = _threads(reading)
    found: list[Attribution] = []
    for claims in threads:
        target = next((c for c in claims if c.kind is ClaimKind.PROBLEM), None) or next(
            (c for c in claims if c.kind is ClaimKind.RESULT), None
        )
        if target is None:
            continue
        causes = tuple(
            c
            for c in claims
            if c.kind is ClaimKind.CAUSE
            or (c.kind is ClaimKind.PROBLEM and c is not target and _tells_why(c))
        )
        if target.kind is ClaimKind.RESULT and not causes:
            continue
        proofs = tuple(c for c in claims if c.kind is ClaimKind.EVIDENCE)
        found.append(Attribution(target, causes, proofs, _grade(causes, proofs)))
    return tuple(found)


def _tells_why(problem: Claim) -> bool:
    """Tell whether a problem is told as the reason of the one before it."""
    return problem.has(Trait.SPECIFIC) and not problem.has(Trait.MEASURABLE)


def _threads(reading: Reading) -> list[list[Claim]]:
    """Return the claims that belong together by matter, cause and proof, each thread in text order."""
    claims = reading.of(ClaimKind.PROBLEM, ClaimKind.RESULT, ClaimKind.CAUSE, ClaimKind.EVIDENCE)
    root = {c.id: c.id for c in claims}

    def find(key: str) -> str:
        while root[key] != key:
            root[key] = root[root[key]]
            key = root[key]
        return key

    by_matter: dict[int, str] = {}
    for c in claims:
        if c.matter is not None:
            root[find(c.id)] = find(by_matter.setdefault(c.matter, c.id))
        for k in c.links:
            joins = k.relation in (Relation.CAUSES, Relation.SUPPORTS) and k.source == "text"
            if joins and k.target in root:
                root[find(c.id)] = find(k.target)
    threads: dict[str, list[Claim]] = {}
    for c in claims:
        threads.setdefault(find(c.id), []).append(c)
    return list(threads.values())


def _grade(causes: Sequence[Claim], proofs: Sequence[Claim]) -> int:
    solid = [c for c in causes if c.has(Trait.SPECIFIC)]
    hard = [p for p in proofs if p.traits & _HARD]
    asked = [p for p in hard if p.has(Trait.MEASURABLE) and p.has(Trait.QUOTED)]
    if not causes:
        if asked:
            return 4  # so many said so: the reason is in their words
        located = [p for p in hard if p.has(Trait.MEASURABLE)]
        return 3 if len(located) >= LOCATED or any(p.has(Trait.SEGMENTED) for p in located) else 1
    if not solid:
        return 2
    if not hard:
        return 3
    measured = any(p.has(Trait.MEASURABLE) for p in hard)
    voiced = any(p.has(Trait.QUOTED) or p.has(Trait.VERIFIABLE) for p in hard)
    return 5 if len(solid) >= DEEP and len(hard) >= DEEP and measured and voiced else 4


@dataclass(frozen=True, slots=True)
class CauseFeatures:
    """What the note makes of what fell short, thread by thread, and all causes and proofs it tells."""

    found: tuple[Attribution, ...]
    causes: tuple[Claim, ...]
    proofs: tuple[Claim, ...]

    @property
    def main(self) -> list[Attribution]:
        """The attributions that count: problems gone into, or all problems where none is."""
        gone_into = [a for a in self.found if a.causes or a.proofs]
        return gone_into or [a for a in self.found if a.target.kind is ClaimKind.PROBLEM]

    @property
    def best(self) -> int:
        """The best grade that a problem's attribution earns; 1 where there is none."""
        return max((a.grade for a in self.main), default=1)

    @property
    def solid(self) -> list[Claim]:
        """Causes that name something to check or act on."""
        return [c for c in self.causes if c.has(Trait.SPECIFIC)]

    @property
    def plainness(self) -> float:
        """How plainly the plainest cause is told as one; 0 (or none) to 1."""
        return max((c.plainness for c in self.causes), default=0.0)

    @property
    def hard(self) -> list[Claim]:
        """Proofs by figures, by somebody's words, or by a check that is told."""
        return [p for p in self.proofs if p.traits & _HARD]


@once
def cause_features(reading: Reading) -> CauseFeatures:
    """Gather what root-cause depth is judged by: causes and proofs that bear on something told."""
    tied = [c for c in reading.claims if any(k.source == "text" for k in c.links)]
    return CauseFeatures(
        attributions(reading),
        tuple(c for c in tied if c.kind is ClaimKind.CAUSE),
        tuple(c for c in tied if c.kind is ClaimKind.EVIDENCE),
    )


@dataclass(frozen=True, slots=True)
class PlanFeatures:
    """Plans by what they serve and how far they can be held to."""

    plans: tuple[Claim, ...]
    problems: tuple[Claim, ...]
    linked: tuple[Claim, ...]
    unlinked: tuple[Claim, ...]
    off_topic: tuple[Claim, ...]
    covered: tuple[Claim, ...]  # problems some plan serves with a concrete step
    touched: tuple[Claim, ...]  # problems some plan names at all
    solid: tuple[Claim, ...]  # linked plans with a concrete step
    held: tuple[Claim, ...]  # of these, dated, measurable or put in order
    closed: tuple[Claim, ...]  # of these, dated and measurable
    reasoned: tuple[Claim, ...]  # unlinked plans that say why
    missed: tuple[Claim, ...]  # last period's promises neither reported nor planned again
    main: frozenset[int] = frozenset()  # matters with a figure, a cause or proof
    ordered: bool = False  # plans are in a stated or marked order

    def matters(self, claims: Iterable[Claim]) -> set[int]:
        """Return the matters that some problems are sides of."""
        return {c.matter if c.matter is not None else -1 - c.span.start for c in claims}

    @property
    def is_closed(self) -> bool:
        """Tell whether every problem has a plan, and every plan a problem, a date and a goal."""
        whole = len(self.closed) == len(self.plans) and len(self.covered) == len(self.problems)
        return whole and bool(self.problems)

    @property
    def covered_share(self) -> float:
        """Share of the matters that a concrete step serves, minor ones counting half; 1 without matters."""
        met = self.matters(self.covered)
        weight = {m: 1.0 if m in self.main else 0.5 for m in self.matters(self.problems)}
        total = sum(weight.values())
        return sum(w for m, w in weight.items() if m in met) / total if total else 1.0


@once
def plan_features(reading: Reading) -> PlanFeatures:
    """Count what the plans serve."""
    plans = tuple(reading.of(ClaimKind.PLAN))
    problems = tuple(c for c in reading.of(ClaimKind.PROBLEM))
    explains = {
        c.id: [k.target for k in c.links if k.relation is Relation.CAUSES]
        for c in reading.of(ClaimKind.CAUSE)
    }
    serves: dict[str, set[str]] = {}
    for plan in plans:
        reached: set[str] = set()
        for link in plan.links:
            if link.relation is Relation.ADDRESSES and link.source == "text":
                reached.add(link.target)
                reached.update(explains.get(link.target, ()))
        serves[plan.id] = reached
    linked = tuple(p for p in plans if serves[p.id])
    unlinked = tuple(p for p in plans if not serves[p.id])
    solid = tuple(p for p in linked if p.has(Trait.SPECIFIC))
    reached_by_solid = set().union(*(serves[p.id] for p in solid)) if solid else set()
    reached_by_any = set().union(*(serves[p.id] for p in linked)) if linked else set()
    ordered = reading.prioritised
    return PlanFeatures(
        plans=plans,
        problems=problems,
        linked=linked,
        unlinked=unlinked,
        off_topic=tuple(p for p in unlinked if p.has(Trait.OFF_TOPIC)),
        covered=tuple(c for c in problems if c.id in reached_by_solid),
        touched=tuple(c for c in problems if c.id in reached_by_any),
        solid=solid,
        held=tuple(
            p for p in solid if ordered or p.traits & {Trait.DATED, Trait.MEASURABLE, Trait.PRIORITISED}
        ),
        closed=tuple(p for p in solid if Trait.DATED in p.traits and Trait.MEASURABLE in p.traits),
        reasoned=tuple(p for p in unlinked if p.has(Trait.REASONED)),
        missed=missed_promises(reading),
        main=_main_matters(reading, problems),
        ordered=ordered,
    )


def _main_matters(reading: Reading, problems: tuple[Claim, ...]) -> frozenset[int]:
    explained = {
        k.target
        for c in reading.of(ClaimKind.CAUSE, ClaimKind.EVIDENCE)
        for k in c.links
        if k.relation in (Relation.CAUSES, Relation.SUPPORTS)
    }
    return frozenset(
        c.matter if c.matter is not None else -1 - c.span.start
        for c in problems
        if c.has(Trait.MEASURABLE) or c.id in explained
    )


def missed_promises(reading: Reading) -> tuple[Claim, ...]:
    """Return the plans of the note before that this note neither reports on, explains nor plans again."""
    if reading.previous is None:
        return ()
    kept = {
        link.target
        for claim in reading.claims
        for link in claim.links
        if link.relation is Relation.CARRIES_OVER and link.source == "previous"
    }
    return tuple(p for p in reading.previous.of(ClaimKind.PLAN) if p.id not in kept)
