"""Findings: what is weak, where, and what to ask."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from service.core.reading import Reading
from service.core.score import DimensionKey
from service.core.span import Span


class Severity(StrEnum):
    """How much a finding weighs."""

    ERROR = "error"
    WARNING = "warning"
    INFO = "info"


@dataclass(frozen=True, slots=True)
class Edit:
    """Replace a range of the text as sent (code points of the raw text) by `new_text`."""

    span: Span
    new_text: str


@dataclass(frozen=True, slots=True)
class Fix:
    """One way to mend a finding; its edits are disjoint and apply together."""

    title: str
    edits: tuple[Edit, ...]


@dataclass(frozen=True, slots=True)
class Draft:
    """A finding as a rule reports it. `span` counts view characters of the note named by `source`;
    None means the whole note."""

    message: str
    span: Span | None = None
    claims: tuple[str, ...] = ()
    question: str | None = None
    severity: Severity | None = None  # None: the rule's own
    source: str = "text"  # or "previous"
    detail: Mapping[str, str] = field(default_factory=dict)
    fixes: tuple[Fix, ...] = ()


@dataclass(frozen=True, slots=True)
class Finding:
    """A finding ready to send: `span` counts code points of the text as sent, `quote == text[span]`."""

    id: str
    rank: int
    fingerprint: str
    code: str
    rule: str
    severity: Severity
    dimension: DimensionKey | None
    message: str
    source: str
    quote: str | None
    span: Span | None
    claims: tuple[str, ...]
    question: str | None
    detail: Mapping[str, str]
    fixes: tuple[Fix, ...]


@dataclass(frozen=True, slots=True)
class Example:
    """A short note in which a rule fires (bad) or keeps silent (good).

    `marks` is the exact quote a bad example's finding must overlap; None for a finding on the whole note.
    """

    text: str
    marks: str | None = None
    previous: str | None = None
    role: str = "auto"
    kind: str = "weekly"


@dataclass(frozen=True, slots=True)
class Rule:
    """A coded finding with its docs and cases; `check` is pure and yields drafts in text order."""

    code: str
    name: str
    dimension: DimensionKey | None
    severity: Severity
    since: str
    title: str  # Chinese, a short name for people
    what: str  # what it finds
    why: str  # why it matters
    bad: tuple[Example, ...]
    good: tuple[Example, ...]
    check: Callable[[Reading], Iterable[Draft]]
