"""Problems that no plan takes up."""

from bisect import bisect_right
from collections.abc import Mapping, Sequence

from service.core.reading import ClaimKind, Relation, Trait
from service.rules.concepts import shared
from service.rules.links import Tie
from service.rules.logit import logit
from service.rules.meaning import beside, joined, nearness
from service.rules.unit import Unit
from service.rules.words import overlap

OPEN = -115  # hundredths of a logit; most problems of a note with plans are taken up
_SERVED = (-600, -450, -350, -275, -200, -150, -100, -50, 0, 75, 150)
_SHARES = (0.01, 0.1, 0.2, 0.35, 0.5, 0.7)
_MANY = 4
_TRAITS = (
    Trait.COMPARED,
    Trait.MEASURABLE,
    Trait.VAGUE,
    Trait.KEY,
    Trait.SEGMENTED,
    Trait.QUOTED,
    Trait.DONE,
    Trait.ROW,
)


def signs(units: Sequence[Unit], ties: Sequence[Tie]) -> dict[int, list[str]]:
    """Return for each problem the signs that tell whether it waits for a plan; none without any plan."""
    plans = [at for at, unit in enumerate(units) if unit.kind is ClaimKind.PLAN]
    if not plans:
        return {}
    problems = [at for at, unit in enumerate(units) if unit.kind is ClaimKind.PROBLEM]
    promised: dict[str, float] = {}
    concepts: frozenset[str] = frozenset()
    for at in plans:
        promised.update(units[at].words)
        concepts |= units[at].concepts
    named = {m.name for at in plans for m in units[at].metrics if m.name}
    taken_up = {tie.target for tie in ties if tie.relation is Relation.ADDRESSES}
    told = _told_of(ties)
    general = [f"plans:{min(_MANY, len(plans))}", f"problems:{min(_MANY, len(problems))}"]
    general.append(f"met:{4 * sum(at in taken_up for at in problems) // max(1, len(problems))}")
    general.append(f"spare:{max(-2, min(2, len(plans) - len(problems)))}")
    out: dict[int, list[str]] = {}
    for place, at in enumerate(problems):
        unit = units[at]
        around = told.get(at, ())
        promises = [units[i].meaning for i in beside(at, plans)]
        own = sum(unit.words.values()) or 1.0
        served = max(units[i].served for i in (at, *around))
        out[at] = [
            *general,
            f"served:{bisect_right(_SERVED, unit.served)}",
            f"thread:{bisect_right(_SERVED, served)}",
            f"tied:{at in taken_up}{any(i in taken_up for i in around)}",
            f"promised:{bisect_right(_SHARES, overlap(unit.words, promised) / own)}",
            f"near:{nearness(unit.meaning, promises)}",
            f"nearby:{nearness(joined([units[i].meaning for i in (at, *around)]), promises)}",
            *shared(unit.concepts, concepts),
            f"metric:{any(m.name in named for m in unit.metrics)}",
            f"why:{min(2, sum(units[i].kind is ClaimKind.CAUSE for i in around))}",
            f"proof:{any(units[i].kind is ClaimKind.EVIDENCE for i in around)}",
            f"place:{min(2, place)}{min(2, len(problems) - 1 - place)}",
            f"sec:{unit.section_kind}",
            *(f"{trait}" for trait in _TRAITS if trait in unit.traits),
            *_beside(units, taken_up, problems, place),
            *dict.fromkeys(s for c in unit.clauses if c.signs for s in (*c.signs.own, *c.signs.words)),
        ]
    return out


def _told_of(ties: Sequence[Tie]) -> dict[int, list[int]]:
    """Return the causes and proofs of each claim."""
    found: dict[int, list[int]] = {}
    for tie in ties:
        if tie.relation is not Relation.ADDRESSES:
            found.setdefault(tie.target, []).append(tie.source)
    return found


def _beside(units: Sequence[Unit], taken_up: set[int], problems: Sequence[int], place: int) -> list[str]:
    """Return how a problem stands to the one before and the one after: in one line, item or apart."""
    out = []
    for mark, other in (("-", place - 1), ("+", place + 1)):
        if 0 <= other < len(problems):
            here, there = units[problems[place]], units[problems[other]]
            where = "line" if here.line == there.line else "item" if here.item == there.item else "next"
            out.append(f"{mark}{where}:{problems[other] in taken_up}")
    after = problems[place] + 1
    if after < len(units):
        out.append(f"then:{units[after].kind}:{units[after].line == units[problems[place]].line}")
    return out


def mark(units: Sequence[Unit], told: Mapping[int, list[str]], table: Mapping[str, int]) -> None:
    """Mark the problems that no plan takes up."""
    for at, seen in told.items():
        units[at].waits = logit(table, seen)
        if units[at].waits >= OPEN:
            units[at].traits.add(Trait.OPEN)
