"""Plans that serve nothing the note tells."""

from bisect import bisect_right
from collections.abc import Mapping, Sequence

from service.core.reading import ClaimKind, Trait
from service.rules.concepts import shared
from service.rules.links import Tie
from service.rules.logit import logit
from service.rules.meaning import beside, nearness
from service.rules.unit import Unit
from service.rules.words import is_telling, overlap

STRAY = -75  # hundredths of a logit
_SERVES = (-500, -400, -300, -250, -200, -150, -100, -50, 0, 100)
_SHARES = (0.01, 0.1, 0.2, 0.35, 0.5, 0.7)
_SAID = {f"said:{step}" for step in range(bisect_right(_SHARES, 0.35), len(_SHARES) + 1)}
# A date makes no task serve anything; that most strays of the rated notes have none is their authors' habit.
_DATES = ("when:", "dated", "nk:date", "nk:time", "q:time", "q:day", "q2:time", "digit", "S:time")
_TRAITS = (
    Trait.REASONED,
    Trait.MEASURABLE,
    Trait.VAGUE,
    Trait.SPECIFIC,
    Trait.VERIFIABLE,
    Trait.PRIORITISED,
    Trait.OWNED,
)


def signs(
    units: Sequence[Unit], ties: Sequence[Tie], headings: Mapping[str, float], asides: Mapping[str, float]
) -> dict[int, list[str]]:
    """Return for each plan the signs that tell whether it serves anything told.

    `headings` and `asides` are the words of headings, and of what the text says without claiming anything.
    """
    tied = {tie.source for tie in ties}
    told = dict(headings)
    concepts: frozenset[str] = frozenset()
    for unit in units:
        if unit.kind is not ClaimKind.PLAN:
            told.update(unit.words)
            concepts |= unit.concepts
    others = [at for at, unit in enumerate(units) if unit.kind is not ClaimKind.PLAN]
    plans = [at for at, unit in enumerate(units) if unit.kind is ClaimKind.PLAN]
    linked = [at for at in plans if at in tied]
    general = [
        f"problems:{min(3, sum(u.kind is ClaimKind.PROBLEM for u in units))}",
        f"plans:{min(4, len(plans))}",
        f"linked:{4 * len(linked) // max(1, len(plans))}",
    ]
    out: dict[int, list[str]] = {}
    for place, at in enumerate(plans):
        unit = units[at]
        own = sum(unit.words.values()) or 1.0
        before = plans[place - 1] if place else None
        out[at] = [
            *general,
            f"serves:{bisect_right(_SERVES, unit.serves)}",
            f"told:{bisect_right(_SHARES, overlap(unit.words, told) / own)}",
            f"said:{bisect_right(_SHARES, overlap(unit.words, asides) / own)}",
            f"tied:{at in tied}",
            f"near:{nearness(unit.meaning, [units[i].meaning for i in beside(at, others)])}",
            *shared(unit.concepts, concepts),
            *(f"{trait}" for trait in _TRAITS if trait in unit.traits),
            *_beside(units, tied, before, at),
            *_told_by(unit),
        ]
    return out


def _told_by(unit: Unit) -> dict[str, None]:
    """Return the signs of a plan's clauses, dates and little words left out."""
    told = [c.signs for c in unit.clauses if c.signs is not None]
    own = [s for signs in told for s in signs.own if not s.startswith(_DATES)]
    return dict.fromkeys([*own, *(w for signs in told for w in signs.words if is_telling(w[2:]))])


def _beside(units: Sequence[Unit], tied: set[int], before: int | None, at: int) -> list[str]:
    """Return how a plan stands to the one before: a next step of it, or a matter of its own."""
    if before is None:
        return ["first"]
    place = "line" if units[before].line == units[at].line else "item"
    place = place if units[before].item == units[at].item else "next"
    return [f"{place}:{before in tied}"]


def _is_step(units: Sequence[Unit], at: int, seen: Sequence[str]) -> bool:
    """Tell whether a plan goes on in the sentence of one that serves something: 改成下拉选，找 IT 评估.

    One that more likely than not serves nothing goes on with nothing.
    """
    if units[at].strays >= 0 or "line:True" not in seen:
        return False
    return units[at - 1].kind is ClaimKind.PLAN and units[at].goes_on_from(units[at - 1])


def mark(units: Sequence[Unit], told: Mapping[int, list[str]], table: Mapping[str, int]) -> None:
    """Mark the plans that serve nothing told, are not in the words of anything said, and give no reason."""
    for at, seen in told.items():
        unit = units[at]
        unit.strays = logit(table, seen)
        is_said = not _SAID.isdisjoint(seen) or _is_step(units, at, seen)
        if Trait.REASONED not in unit.traits and not is_said and unit.strays >= STRAY:
            unit.traits.add(Trait.OFF_TOPIC)
