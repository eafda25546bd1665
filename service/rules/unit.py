"""Claims in the making: runs of clauses, cells or rows that say one thing."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from service.core.numbers.model import Metric, Number
from service.core.reading import ClaimKind, SectionKind, Trait
from service.core.span import Span
from service.rules.clause import Clause


@dataclass(slots=True)
class Unit:
    """One claim before it gets its links; `block` and `item` place it in the layout."""

    kind: ClaimKind
    clauses: list[Clause]
    line: int
    block: int
    item: int
    section: int
    section_kind: SectionKind
    span: Span
    traits: set[Trait] = field(default_factory=set)
    deadline: str | None = None
    owner: str | None = None
    words: dict[str, float] = field(default_factory=dict)
    is_row: bool = False
    is_cell: bool = False
    is_numbered: bool = False  # stands in an item of a numbered list
    topic: Span | None = None  # a heading-like sentence or item that the plan stands under
    vague: list[Span] = field(default_factory=list)  # clauses that evaluate where a figure should stand
    serves: int = 0  # of a plan: how likely it takes up anything told, in hundredths of a logit
    row_is_metric: bool = False  # the row's head names a metric, not a group

    def has(self, *names: str) -> bool:
        """Tell whether a word of any of the lists stands in the unit."""
        for clause in self.clauses:
            cues = clause.cues
            for name in names:
                if name in cues:
                    return True
        return False

    @property
    def metrics(self) -> Sequence[Metric]:
        """All metrics, in text order."""
        one, *more = self.clauses
        return [m for c in self.clauses for m in c.metrics] if more else one.metrics

    @property
    def numbers(self) -> Sequence[Number]:
        """All numbers, in text order."""
        one, *more = self.clauses
        return [n for c in self.clauses for n in c.numbers] if more else one.numbers

    @property
    def measures(self) -> Sequence[Number]:
        """All checkable measures and changes."""
        one, *more = self.clauses
        return [n for c in self.clauses for n in c.measures] if more else one.measures

    @property
    def has_quote(self) -> bool:
        """Tell whether somebody's words are quoted."""
        return any(c.has_quote for c in self.clauses)

    def grow(self, clause: Clause) -> None:
        """Take in the next clause."""
        self.clauses.append(clause)
        self.span = Span(self.span.start, clause.span.end)
