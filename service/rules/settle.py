"""Makes one answer of three: which plan takes up what, which plans serve nothing, which problems wait.

Each is asked by itself, with weights of its own (`links`, `stray`, `waiting`); where two answers can't both
be true, the likelier one holds.
"""

from collections.abc import Sequence

from service.core.reading import ClaimKind, Relation, Trait
from service.rules.links import CERTAIN, Tie, likeliest
from service.rules.unit import Unit

# In hundredths of a logit. A plan that surely serves something told is tied to what it fits best, even where
# that alone is no more than possible.
SURELY_SERVES = -150
POSSIBLE = -200


def settle(units: Sequence[Unit], ties: Sequence[Tie]) -> list[Tie]:
    """Return the ties that hold beside what was judged of plans and problems; unmark what they disprove."""
    held = [tie for tie in ties if tie.relation is not Relation.ADDRESSES]
    served = [tie for tie in ties if tie.relation is Relation.ADDRESSES]
    for tie in served:
        if tie.score == CERTAIN:
            units[tie.source].traits.discard(Trait.OFF_TOPIC)
    served = [tie for tie in served if Trait.OFF_TOPIC not in units[tie.source].traits]
    served += _fitting(units, served)
    return held + _without_open(units, held, served)


def _fitting(units: Sequence[Unit], served: Sequence[Tie]) -> list[Tie]:
    """Return a tie for each plan that surely serves something and has none, to what is free first."""
    linked, taken = {tie.source for tie in served}, {tie.target for tie in served}
    out = []
    for at, unit in enumerate(units):
        if unit.kind is not ClaimKind.PLAN or at in linked or unit.strays > SURELY_SERVES:
            continue
        fit = {i: score for i, score in unit.likely.items() if score >= POSSIBLE}
        best = likeliest({i: score for i, score in fit.items() if i not in taken} or fit)
        if best is not None:
            taken.add(best)
            out.append(Tie(at, best, Relation.ADDRESSES, fit[best]))
    return out


def _without_open(units: Sequence[Unit], held: Sequence[Tie], served: Sequence[Tie]) -> list[Tie]:
    """Return the plans' ties but those to problems that more likely wait, and call the other problems met."""
    explains = {tie.source: tie.target for tie in held if tie.relation is Relation.CAUSES}
    by_problem: dict[int, list[Tie]] = {}
    for tie in served:
        for at in {tie.target, explains.get(tie.target, tie.target)}:
            by_problem.setdefault(at, []).append(tie)
    dropped: set[Tie] = set()
    for at, told in by_problem.items():
        if Trait.OPEN in units[at].traits:
            if max(tie.score for tie in told) > units[at].waits:
                units[at].traits.discard(Trait.OPEN)
            else:
                dropped.update(told)
    return [tie for tie in served if tie not in dropped]
