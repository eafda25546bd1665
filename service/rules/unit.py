"""Claims in the making: runs of clauses, cells or rows that say one thing."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from service.core.numbers.model import Metric, Number
from service.core.reading import ClaimKind, SectionKind, Trait
from service.core.span import Span
from service.rules.clause import Clause
from service.rules.meaning import Direction

NEVER = -99999  # hundredths of a logit


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
    concepts: frozenset[str] = frozenset()  # what its words are about, synonyms taken as one
    meaning: Direction = ()
    is_row: bool = False
    is_cell: bool = False
    is_numbered: bool = False  # stands in an item of a numbered list
    goes_on: bool = False  # labelled as going on with the claim before it
    topic: Span | None = None  # a heading-like sentence or item that the plan stands under
    is_backed: bool = False  # the next claim of its kind in the sentence has figures
    vague: list[Span] = field(default_factory=list)  # clauses that evaluate where a figure should stand
    serves: int = 0  # of a plan: how likely it takes up anything told, in hundredths of a logit
    likely: dict[int, int] = field(default_factory=dict)  # of a plan: how likely it takes up each of others
    strays: int = 0  # of a plan: how likely it serves nothing told
    plainness: float = 1.0  # of a cause: how plainly it is told as one, 0 to 1
    waits: int = 0  # of a problem: how likely no plan takes it up
    served: int = NEVER  # how likely any plan takes it up
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
        clauses = self.clauses
        return clauses[0].metrics if len(clauses) == 1 else [m for c in clauses for m in c.metrics]

    @property
    def numbers(self) -> Sequence[Number]:
        """All numbers, in text order."""
        clauses = self.clauses
        return clauses[0].numbers if len(clauses) == 1 else [n for c in clauses for n in c.numbers]

    @property
    def measures(self) -> Sequence[Number]:
        """All checkable measures and changes."""
        clauses = self.clauses
        return clauses[0].measures if len(clauses) == 1 else [n for c in clauses for n in c.measures]

    @property
    def has_quote(self) -> bool:
        """Tell whether somebody's words are quoted."""
        return any(c.has_quote for c in self.clauses)

    def goes_on_from(self, before: "Unit") -> bool:
        """Tell whether it stands in the sentence in which another ends."""
        return self.clauses[0].sentence == before.clauses[-1].sentence

    def grow(self, clause: Clause) -> None:
        """Take in the next clause."""
        self.clauses.append(clause)
        self.span = Span(self.span.start, clause.span.end)
