"""A reading: what a note claims, where, and how its parts hang together, whoever read it."""

from bisect import bisect_left
from collections.abc import Callable
from dataclasses import dataclass, field
from enum import StrEnum
from functools import wraps
from typing import Any, TypeVar

from service.core.document.model import Document
from service.core.lexicon.match import Hits
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
    OPEN = "open"  # a problem that no plan takes up


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
    vague: tuple[Span, ...] = ()  # the passages that evaluate, where the reader can tell
    plainness: float = 1.0  # of a note's only cause: 0 as well none as one, 1 plainly one

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
    hits: Hits | None = field(default=None, repr=False, compare=False)  # the lexicon's words in the view
    kept: dict[str, Any] = field(default_factory=dict, init=False, repr=False, compare=False)  # see `once`

    def of(self, *kinds: ClaimKind) -> list[Claim]:
        """Return the claims of the given kinds, in text order."""
        return [c for c in self.claims if c.kind in kinds]

    def told_once(self, *kinds: ClaimKind) -> list[Claim]:
        """Return the claims of the given kinds, in text order, without those told word for word before."""
        view = self.document.view
        worded: dict[str, Claim] = {}
        for c in self.of(*kinds):
            worded.setdefault("".join(filter(str.isalnum, view[c.span.start : c.span.end])), c)
        return list(worded.values())

    def claim(self, claim_id: str) -> Claim:
        """Return the claim with that id; raises KeyError."""
        return _by_id(self)[claim_id]

    def linked_to(self, claim_id: str, relation: Relation) -> list[Claim]:
        """Return the claims that point at `claim_id` in that way, in text order."""
        return list(_by_target(self).get((claim_id, relation), ()))

    def numbers_in(self, span: Span) -> tuple[Number, ...]:
        """Return the numbers that start in a range of the view, in text order."""
        first = bisect_left(self.numbers, span.start, key=lambda n: n.span.start)
        last = bisect_left(self.numbers, span.end, key=lambda n: n.span.start)
        return self.numbers[first:last]

    def quote(self, claim: Claim) -> str:
        """Return the claim's words exactly as sent."""
        return self.document.quote(claim.span)


Answer = TypeVar("Answer")


def once(work: Callable[[Reading], Answer]) -> Callable[[Reading], Answer]:
    """Return the function so that it works once a reading; its answer lives as long as the reading does.

    Judge, praise and a dozen rules ask for the same counts. The answer is shared: let it be frozen.
    """
    key = f"{work.__module__}.{work.__qualname__}"

    @wraps(work)
    def asked(reading: Reading) -> Answer:
        if key not in reading.kept:
            reading.kept[key] = work(reading)
        answer: Answer = reading.kept[key]
        return answer

    return asked


@once
def _by_id(reading: Reading) -> dict[str, Claim]:
    return {c.id: c for c in reversed(reading.claims)}  # the first of two with one id


@once
def _by_target(reading: Reading) -> dict[tuple[str, Relation], list[Claim]]:
    found: dict[tuple[str, Relation], list[Claim]] = {}
    for claim in reading.claims:
        for edge in dict.fromkeys((k.target, k.relation) for k in claim.links if k.source == "text"):
            found.setdefault(edge, []).append(claim)
    return found
