"""Runs of clauses that make one claim: a sentence is split where kind, figures or matter change."""

from dataclasses import dataclass, field

from service.core.reading import ClaimKind
from service.rules.classify import Surroundings, has_outcome, kind_of, polarity
from service.rules.clause import Clause

_WHOLE = 5  # characters of a clause that can stand alone
_TONED = ("vague_tone", "tone_bad", "tone_good")


@dataclass(slots=True)
class Run:
    """Clauses of one kind in a row, with what decides whether the next one belongs to them."""

    kind: ClaimKind
    total: float
    clauses: list[Clause] = field(default_factory=list)
    named: set[str] = field(default_factory=set)  # metrics
    is_compared: bool = False
    is_toned: bool = False
    is_firm: bool = False  # holds a figure or a date

    def take(self, clause: Clause) -> None:
        """Take in the next clause."""
        self.clauses.append(clause)
        for metric in clause.metrics:
            if metric.name:
                self.named.add(metric.name)
            self.is_compared = self.is_compared or metric.is_compared
        self.is_toned = self.is_toned or clause.has(*_TONED)
        self.is_firm = self.is_firm or bool(clause.measures) or clause.is_dated

    def parts_from(self, clause: Clause) -> bool:
        """Tell whether a clause of the same kind opens a claim of its own."""
        if self.kind is ClaimKind.PLAN:
            return self._is_vague_beside(clause)
        if self.kind in (ClaimKind.CAUSE, ClaimKind.EVIDENCE, ClaimKind.ACTIVITY):
            return False
        if has_outcome(clause):
            here = {m.name for m in clause.metrics if m.name}
            return bool(here) and self.is_compared and here.isdisjoint(self.named)
        return self.is_toned and clause.has(*_TONED) and len(clause.text) >= _WHOLE

    def _is_vague_beside(self, clause: Clause) -> bool:
        """Tell whether two neighbouring plan clauses each only name a matter and a vague verb."""
        return (
            clause.has("plan_vague")
            and self.clauses[-1].has("plan_vague")
            and not (self.is_firm or clause.measures or clause.is_dated)
            and len(clause.text) >= _WHOLE
        )


def split(sentence: list[Clause], around: Surroundings) -> list[Run]:
    """Split one sentence into runs of clauses of one kind."""
    runs: list[Run] = []
    waiting: list[Clause] = []
    for clause in sentence:
        kind, total = kind_of(clause, around)
        last = runs[-1] if runs else None
        if last is not None and clause.is_fragment:
            kind = None
            if last.kind is ClaimKind.RESULT and polarity(clause) < 0:
                last.kind = around.before = ClaimKind.PROBLEM
                around.has_open_problem = True
        if kind is None:
            if last is not None:
                last.take(clause)
            else:
                waiting.append(clause)
            continue
        if last is None or last.kind is not kind or last.parts_from(clause):
            last = Run(kind, total)
            runs.append(last)
            for one in waiting:
                last.take(one)
            waiting = []
        last.take(clause)
        around.before = kind
        around.has_open_problem = around.has_open_problem or kind is ClaimKind.PROBLEM
    return runs
