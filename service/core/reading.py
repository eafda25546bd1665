"""A reading: what a note claims, where, and how its parts hang together, whoever read it."""

from dataclasses import dataclass, field
from enum import StrEnum

from service.core.document.model import Document
from service.core.numbers.model import Metric, Mismatch, Number
from service.core.span import Span


class ClaimKind(StrEnum):
    """What a claim is."""

    ACTIVITY = "activity"
    RESULT = "result"
    PROBLEM = "problem"
    CAUSE = "cause"
    EVIDENCE = "evidence"
    PLAN = "plan"


class Trait(StrEnum):
    """Small observable judgements about one claim; the score is computed from these."""

    VAGUE = "vague"  # stands in for data, or names no concrete action
    HYPOTHESIS = "hypothesis"  # called a guess by the author
    EMPTY = "empty"  # a cause nobody could check or act on
    DATED = "dated"
    MEASURABLE = "measurable"
    OWNED = "owned"
    SPECIFIC = "specific"  # names a concrete step, group, object or action
    REASONED = "reasoned"  # new work with its reason stated
    PRIORITISED = "prioritised"
    SEGMENTED = "segmented"  # broken down by group, channel, step, item
    COMPARED = "compared"
    DEFINED = "defined"  # states window, denominator or definition
    POSITIVE = "positive"
    NEGATIVE = "negative"
    KEY = "key"  # the period's main work: told first, longest or called so
    RESTATED = "restated"  # a "cause" or "evidence" that only breaks the symptom down
    VERIFIABLE = "verifiable"  # a guess with the way it will be checked
    DONE = "done"  # reports on something promised
    QUOTED = "quoted"  # holds somebody's words
    ROW = "row"  # a row of a table
    OFF_TOPIC = "off_topic"  # a plan that shares nothing with the rest of the note


class Relation(StrEnum):
    """How one claim bears on another."""

    CAUSES = "causes"
    SUPPORTS = "supports"
    ADDRESSES = "addresses"
    CARRIES_OVER = "carries_over"


@dataclass(frozen=True, slots=True)
class Link:
    """An edge from the claim that holds it to `target`; `source` tells in which note the target stands."""

    relation: Relation
    target: str
    source: str = "text"  # or "previous"


@dataclass(frozen=True, slots=True)
class Claim:
    """One thing the note says. `span` counts view characters; `line` indexes `Document.lines`."""

    id: str
    kind: ClaimKind
    span: Span
    line: int
    section: int
    metrics: tuple[Metric, ...] = ()
    links: tuple[Link, ...] = ()
    traits: frozenset[Trait] = frozenset()
    deadline: str | None = None
    owner: str | None = None
    matter: int | None = None  # problems with the same number are sides of one matter

    def has(self, trait: Trait) -> bool:
        """Tell whether the trait was observed."""
        return trait in self.traits


class SectionKind(StrEnum):
    """What a part of the note is for."""

    REVIEW = "review"
    RESULTS = "results"
    PROBLEMS = "problems"
    CAUSES = "causes"
    PLANS = "plans"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class Section:
    """A part of the note; `span` counts view characters, `first_line`/`last_line` are inclusive indices."""

    kind: SectionKind
    title: str
    span: Span
    first_line: int
    last_line: int


@dataclass(frozen=True, slots=True)
class Reading:
    """All that was read from one note; `previous` is the reading of the note of the period before."""

    document: Document
    role: str
    kind: str
    sections: tuple[Section, ...]
    claims: tuple[Claim, ...]
    numbers: tuple[Number, ...] = ()
    mismatches: tuple[Mismatch, ...] = ()
    previous: "Reading | None" = field(default=None, repr=False)
    is_note: bool = True
    prioritised: bool = False  # plans are in a stated or marked order
    definitions: int = 0  # statements of window, denominator or definition, anywhere in the note

    def of(self, *kinds: ClaimKind) -> list[Claim]:
        """Return the claims of the given kinds, in text order."""
        return [c for c in self.claims if c.kind in kinds]

    def claim(self, claim_id: str) -> Claim:
        """Return the claim with that id; raises KeyError."""
        for c in self.claims:
            if c.id == claim_id:
                return c
        raise KeyError(claim_id)

    def linked_to(self, claim_id: str, relation: Relation) -> list[Claim]:
        """Return the claims that point at `claim_id` in that way."""
        return [
            c
            for c in self.claims
            if any(k.relation is relation and k.target == claim_id and k.source == "text" for k in c.links)
        ]

    def quote(self, claim: Claim) -> str:
        """Return the claim's words exactly as sent."""
        return self.document.quote(claim.span)
