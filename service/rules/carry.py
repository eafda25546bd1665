"""What became of last period's promises."""

from collections.abc import Sequence

from service.core.reading import ClaimKind
from service.rules.unit import Unit
from service.rules.words import Index

CARRY_TIE = 9.0
CARRIED_BY_REPORT = 0.3  # share of a promise's words that a deed or a new plan has to hold
CARRIED_BY_TOPIC = 0.5  # and that a mere figure or problem of the same topic has to
_REPORTING = ("deed_done", "deed_notyet", "deed_verb", "time_past")


def carried(previous: Sequence[Unit], units: Sequence[Unit]) -> dict[int, int]:
    """Return for each plan of the note before the unit that reports on it or plans it again."""
    found: dict[int, int] = {}
    told = Index({at: unit.words for at, unit in enumerate(units)})
    for at, plan in enumerate(previous):
        if plan.kind is not ClaimKind.PLAN:
            continue
        total = sum(plan.words.values())
        best = 0.0
        for other, score in sorted(told.scores(plan.words).items()):
            unit = units[other]
            reports = unit.kind in (ClaimKind.ACTIVITY, ClaimKind.PLAN) or unit.has(*_REPORTING)
            enough = max(CARRY_TIE, total * (CARRIED_BY_REPORT if reports else CARRIED_BY_TOPIC))
            if score > best and score >= enough:
                best, found[at] = score, other
    return found
