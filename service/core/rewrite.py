"""Rewrites: a better wording of one passage, with blanks for what only the author knows."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from service.core.score import DimensionKey
from service.core.span import Span


@dataclass(frozen=True, slots=True)
class Blank:
    """A hole in a rewrite: `token` stands in the text exactly once, e.g. 【待补：目标值】.

    `sample` is a made-up answer of the right type, to work out `scores_if_answered`; it is never sent.
    """

    id: str
    token: str
    question: str
    sample: str = field(default="", repr=False)


@dataclass(frozen=True, slots=True)
class Derived:
    """A figure worked out from the note's own figures."""

    text: str
    formula: str


@dataclass(frozen=True, slots=True)
class FactCheck:
    """What a rewrite adds to and drops from the note, and what it does to the scores (dimension → level)."""

    new_facts: tuple[str, ...] = ()
    lost_facts: tuple[str, ...] = ()
    derived: tuple[Derived, ...] = ()
    scores_before: Mapping[DimensionKey, int] = field(default_factory=dict)
    scores_after: Mapping[DimensionKey, int] = field(default_factory=dict)
    scores_if_answered: Mapping[DimensionKey, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class RewriteDraft:
    """A rewrite before it was checked; `span` counts view characters, `findings` are codes it mends."""

    span: Span
    rewritten: str
    dimensions: tuple[DimensionKey, ...]
    rationale: str
    findings: tuple[str, ...] = ()
    blanks: tuple[Blank, ...] = ()
    derived: tuple[Derived, ...] = ()


@dataclass(frozen=True, slots=True)
class Rewrite:
    """A checked rewrite; `span` counts code points of the text as sent, `findings` are finding ids."""

    id: str
    span: Span
    original: str
    rewritten: str
    dimensions: tuple[DimensionKey, ...]
    rationale: str
    findings: tuple[str, ...]
    blanks: tuple[Blank, ...]
    check: FactCheck


@dataclass(frozen=True, slots=True)
class Vetted:
    """What became of drafts: the rewrites that passed, and the drafts that fell, each with its reason."""

    passed: tuple[Rewrite, ...]
    refused: tuple[tuple[RewriteDraft, str], ...] = ()
