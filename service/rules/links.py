"""What bears on what: causes on problems, proof on causes, plans on both, and on last period's promises."""

from collections.abc import Sequence
from dataclasses import dataclass

from service.core.reading import ClaimKind, Relation, SectionKind, Trait
from service.rules.unit import Unit
from service.rules.words import overlap

NEAR = 8.0  # what standing in the same item or paragraph is worth, in word weights
CLOSE = 5.0  # the claim told just before
PLAN_TIE = 9.0  # one telling word shared ties a plan to a problem
CARRY_TIE = 9.0
STRAY_TIE = 8.0
SAME_MATTER = 9.0
SPLIT_TIE = 7.0
_LOOK_BACK = 40  # problems further apart than this are not compared, so that the work stays linear


@dataclass(frozen=True, slots=True)
class Tie:
    """One link by position: unit `source` bears on unit `target`."""

    source: int
    target: int
    relation: Relation


def recast(units: Sequence[Unit]) -> None:
    """Turn results that take an earlier problem apart ("彩妆少的 1.8w 按入口拆…") into proof of it."""
    troubles: list[Unit] = []
    for unit in units:
        if unit.kind is ClaimKind.PROBLEM:
            troubles.append(unit)
        elif (
            unit.kind is ClaimKind.RESULT
            and not unit.is_row
            and unit.has("evidence_split")
            and unit.measures
            and any(overlap(unit.words, t.words) >= SPLIT_TIE for t in troubles[-_LOOK_BACK:])
        ):
            unit.kind = ClaimKind.EVIDENCE


def tie(units: Sequence[Unit]) -> list[Tie]:
    """Return all links inside one note, each claim's strongest first."""
    ties: list[Tie] = []
    for at, unit in enumerate(units):
        if unit.kind is ClaimKind.CAUSE:
            found = _explained(units, at)
            if found is not None:
                ties.append(Tie(at, found, Relation.CAUSES))
    for at, unit in enumerate(units):
        if unit.kind is ClaimKind.EVIDENCE:
            found = _supported(units, at)
            if found is not None:
                ties.append(Tie(at, found, Relation.SUPPORTS))
    ties.extend(_plan_ties(units, ties))
    return ties


def _explained(units: Sequence[Unit], at: int) -> int | None:
    """Return the problem (or unexpected result) that a cause explains: near, alike, told before."""
    cause = units[at]
    best, found = 0.0, None
    for other, unit in enumerate(units):
        if unit.kind not in (ClaimKind.PROBLEM, ClaimKind.RESULT):
            continue
        score = overlap(cause.words, unit.words)
        same_place = unit.block == cause.block and unit.item == cause.item
        if same_place:
            score += NEAR
        elif unit.section == cause.section:
            score += NEAR / 4
        if other < at and at - other <= 4 and unit.block == cause.block:
            score += CLOSE / (at - other)
        elif other > at and same_place:
            score -= 2.0
        if unit.kind is ClaimKind.RESULT:
            score -= 4.0
        if other > at and not same_place:
            score -= 6.0
        if score > best and score >= 5.0:
            best, found = score, other
    return found


def _supported(units: Sequence[Unit], at: int) -> int | None:
    """Return the cause that a proof supports, else the problem that it locates."""
    proof = units[at]
    best, found = 0.0, None
    for other, unit in enumerate(units):
        if unit.kind not in (ClaimKind.CAUSE, ClaimKind.PROBLEM, ClaimKind.RESULT):
            continue
        same_place = unit.block == proof.block and unit.item == proof.item
        same_block = unit.block == proof.block
        if not same_block and unit.section != proof.section:
            continue
        score = overlap(proof.words, unit.words) / 2 + (NEAR if same_place else 3.0 if same_block else 0.0)
        score -= min(abs(at - other), 8) * 0.6
        between = units[other + 1 : at] if other < at else ()
        score -= 2.5 * sum(u.kind is ClaimKind.RESULT for u in between[-8:])
        score += {ClaimKind.CAUSE: 5.0, ClaimKind.PROBLEM: 1.0, ClaimKind.RESULT: -4.0}[unit.kind]
        if score > best and score >= 3.0:
            best, found = score, other
    return found


def _plan_ties(units: Sequence[Unit], ties: Sequence[Tie]) -> list[Tie]:
    """Tie plans to the problems and causes that they share telling words with, or stand inside of."""
    explains = {t.source: t.target for t in ties if t.relation is Relation.CAUSES}
    out: list[Tie] = []
    targets = [
        i for i, u in enumerate(units) if u.kind in (ClaimKind.PROBLEM, ClaimKind.CAUSE, ClaimKind.RESULT)
    ]
    proofs = {t.source: t.target for t in ties if t.relation is Relation.SUPPORTS}
    for at, plan in enumerate(units):
        if plan.kind is not ClaimKind.PLAN:
            continue
        strength: dict[int, float] = {}
        for other in targets:
            unit = units[other]
            score = overlap(plan.words, unit.words)
            if (
                plan.section_kind is not SectionKind.PLANS
                and unit.block == plan.block
                and unit.item == plan.item
            ):
                score += NEAR
            strength[other] = score
        for proof, target in proofs.items():
            score = overlap(plan.words, units[proof].words)
            strength[target] = max(strength.get(target, 0.0), score * 0.8)
        chosen = [o for o, s in strength.items() if s >= PLAN_TIE]
        reached: dict[int, float] = {}
        for other in chosen:
            reached[other] = strength[other]
            if other in explains:
                reached.setdefault(explains[other], strength[other])
        best = max(reached.values(), default=0.0)
        out.extend(
            Tie(at, other, Relation.ADDRESSES)
            for other, s in sorted(reached.items(), key=lambda kv: (-kv[1], kv[0]))
            if s >= best * 0.5
        )
    return out


def matters(units: Sequence[Unit]) -> dict[int, int]:
    """Return for each problem the number of its matter: problems that share telling words or a sentence."""
    problems = [i for i, u in enumerate(units) if u.kind is ClaimKind.PROBLEM]
    matter = {i: i for i in problems}

    def root(i: int) -> int:
        while matter[i] != i:
            i = matter[i]
        return i

    for n, one in enumerate(problems):
        for other in problems[max(0, n - _LOOK_BACK) : n]:
            a, b = units[other], units[one]
            near = a.line == b.line and not a.is_row and b.clauses[0].sentence == a.clauses[-1].sentence
            if overlap(a.words, b.words) >= SAME_MATTER or (near and not (a.metrics and b.metrics)):
                matter[root(one)] = root(other)
    return {i: root(i) for i in problems}


def mark_strays(units: Sequence[Unit], ties: Sequence[Tie]) -> None:
    """Mark the plans that share no telling word with anything else the note tells and give no reason."""
    tied = {t.source for t in ties}
    told: dict[str, float] = {}
    for unit in units:
        if unit.kind is not ClaimKind.PLAN:
            told.update(unit.words)
    for at, unit in enumerate(units):
        if unit.kind is not ClaimKind.PLAN or at in tied or Trait.REASONED in unit.traits:
            continue
        if overlap(unit.words, told) < STRAY_TIE and unit.words:
            unit.traits.add(Trait.OFF_TOPIC)


def carried(previous: Sequence[Unit], units: Sequence[Unit]) -> dict[int, int]:
    """Return for each plan of the note before the unit that reports on it or plans it again."""
    found: dict[int, int] = {}
    for at, plan in enumerate(previous):
        if plan.kind is not ClaimKind.PLAN:
            continue
        best = 0.0
        for other, unit in enumerate(units):
            score = overlap(plan.words, unit.words)
            if unit.kind is ClaimKind.ACTIVITY or Trait.DONE in unit.traits:
                score *= 1.2
            if score > best and score >= max(CARRY_TIE, 0.25 * sum(plan.words.values())):
                best, found[at] = score, other
    return found
