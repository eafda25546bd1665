"""Runs of clauses that make one claim: neighbours in a sentence whose labels go on with one another."""

from collections.abc import Sequence
from dataclasses import dataclass

from service.core.reading import ClaimKind
from service.rules.clause import Clause
from service.rules.label import Label
from service.rules.news import polarity
from service.rules.shapes import listed

_OUTCOMES = (ClaimKind.RESULT, ClaimKind.PROBLEM)
_OPENERS = frozenset(listed("cause_opener"))


@dataclass(frozen=True, slots=True)
class Run:
    """Clauses of one kind in a row."""

    kind: ClaimKind
    clauses: list[Clause]
    goes_on: bool = False  # with the claim before it


def split(sentence: Sequence[tuple[Clause, Label]]) -> list[Run]:
    """Split one sentence into its claims; what says nothing belongs to none."""
    runs: list[Run] = []
    last: Run | None = None
    for clause, label in sentence:
        kind = _kind(clause, label)
        if kind is None:
            last = None
        elif last is not None and kind is last.kind and not label.opens and not _parts(last, clause):
            last.clauses.append(clause)
        else:
            last = Run(kind, [clause], not label.opens)
            runs.append(last)
    return runs


def _parts(run: Run, clause: Clause) -> bool:
    """Tell whether a clause compares another metric than the one that its run has compared already."""
    here = {m.name for m in clause.metrics if m.name}
    told = {m.name for c in run.clauses for m in c.metrics if m.name and m.is_compared}
    return bool(here and told) and here.isdisjoint(told) and run.kind in _OUTCOMES


def _opens_cause(clause: Clause) -> bool:
    return any(
        hit.word in _OPENERS and hit.start - clause.span.start <= 1
        for hit in clause.cues.get("cause_mark", ())
    )


def _kind(clause: Clause, label: Label) -> ClaimKind | None:
    """Return a clause's kind, but for what its words rule out.

    Words of fashion are at most a deed or a step of a plan, "nobody knows why" is no cause, what begins with
    因为 is one, and plain praise opens no problem.
    """
    if clause.is_vogue:
        is_step = label.kind is ClaimKind.PLAN and (clause.is_dated or not label.opens)
        return ClaimKind.PLAN if is_step else ClaimKind.ACTIVITY
    if label.kind in _OUTCOMES and _opens_cause(clause):
        return ClaimKind.CAUSE
    if label.kind is ClaimKind.CAUSE and clause.has("cause_unknown") and not clause.measures:
        return None
    if label.kind is ClaimKind.PROBLEM and label.opens and clause.has("tone_good") and polarity(clause) > 0:
        return ClaimKind.RESULT
    return label.kind
