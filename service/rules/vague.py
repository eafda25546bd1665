"""Which clauses of a claim evaluate where a figure should stand."""

from collections.abc import Iterator, Mapping

from service.core.reading import ClaimKind
from service.core.span import Span
from service.rules.clause import Clause
from service.rules.logit import logit
from service.rules.unit import Unit

# A cause or a proof may be one: what is told as the reason of another evaluation is often one itself.
JUDGED = frozenset(kind for kind in ClaimKind if kind is not ClaimKind.PLAN)
VAGUE = -90  # hundredths of a logit: taken for vague from here on
BACKED = 60  # and from here on where another clause of the claim, or the claim right after it, has a figure
_NEXT = (
    "meas:",
    "bal:",
    "q:vague",
    "q:tone",
    "S:vague",
    "S:voice",
)  # signs that matter from the clause beside


def passages(unit: Unit, table: Mapping[str, int]) -> Iterator[Span]:
    """Yield the clauses of a claim that tell by evaluation alone."""
    if unit.kind in JUDGED:
        least = BACKED if unit.measures or unit.is_backed else VAGUE
        for at, clause in enumerate(unit.clauses):
            is_told = clause.signs is not None and not clause.measures
            if is_told and logit(table, signs(unit, at)) >= least:
                yield clause.span


def signs(unit: Unit, at: int) -> list[str]:
    """Return the signs of one clause of a claim, and of the clauses beside it in the claim."""
    told = unit.clauses[at].signs
    if told is None:
        return []
    out = [f"k:{unit.kind}", *told.own, *told.words, *told.rest]
    for mark, beside in (("-", at - 1), ("+", at + 1)):
        if 0 <= beside < len(unit.clauses):
            out += [mark + s for s in _own(unit.clauses[beside]) if s.startswith(_NEXT)]
    return out


def _own(clause: Clause) -> list[str]:
    return clause.signs.own if clause.signs is not None else []
