"""The whole answer to one note, and the events it is told in."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from service.core.finding import Finding
from service.core.reading import Claim, Reading
from service.core.rewrite import Rewrite
from service.core.score import Highlight, Scores


@dataclass(frozen=True, slots=True)
class EngineInfo:
    """Who read the note; `degraded` only where a model was configured and the rules had to answer.

    `degraded_kind` is the reason's class, for counting: unavailable, timeout or nonsense.
    """

    name: str
    version: str
    model: str | None = None
    degraded: bool = False
    degraded_reason: str | None = None
    degraded_kind: str | None = None
    prompts: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Usage:
    """What the analysis cost."""

    llm_calls: int = 0
    attempts: int = 0
    input_tokens: int = 0
    output_tokens: int = 0
    cached: bool = False

    def __add__(self, other: "Usage") -> "Usage":
        """Return both bills as one; cached only when both were."""
        return Usage(
            llm_calls=self.llm_calls + other.llm_calls,
            attempts=self.attempts + other.attempts,
            input_tokens=self.input_tokens + other.input_tokens,
            output_tokens=self.output_tokens + other.output_tokens,
            cached=self.cached and other.cached,
        )


@dataclass(frozen=True, slots=True)
class Unsupported:
    """A claim a model made that the note does not bear out: dropped, and told."""

    kind: str
    quote: str
    reason: str


@dataclass(frozen=True, slots=True)
class Analysis:
    """Everything said of one note."""

    engine: EngineInfo
    reading: Reading
    scores: Scores
    highlights: tuple[Highlight, ...]
    findings: tuple[Finding, ...]
    suppressed: int
    rewrites: tuple[Rewrite, ...]
    unsupported: tuple[Unsupported, ...] = ()
    usage: Usage = field(default_factory=Usage)


@dataclass(frozen=True, slots=True)
class NoteRead:
    """The note's frame is known: role, format, sections."""

    reading: Reading


@dataclass(frozen=True, slots=True)
class ClaimFound:
    """One claim; again with the same id = replaced."""

    reading: Reading
    claim: Claim


@dataclass(frozen=True, slots=True)
class HighlightFound:
    """One highlight."""

    reading: Reading
    highlight: Highlight


@dataclass(frozen=True, slots=True)
class FindingFound:
    """One finding; again with the same fingerprint = replaced."""

    reading: Reading
    finding: Finding


@dataclass(frozen=True, slots=True)
class FindingRemoved:
    """A finding told before that no longer holds."""

    fingerprint: str


@dataclass(frozen=True, slots=True)
class Scored:
    """The scores; replaces any told before."""

    reading: Reading
    scores: Scores


@dataclass(frozen=True, slots=True)
class RewriteFound:
    """One rewrite."""

    reading: Reading
    rewrite: Rewrite


@dataclass(frozen=True, slots=True)
class Done:
    """The end: the whole answer."""

    analysis: Analysis


Event = NoteRead | ClaimFound | HighlightFound | FindingFound | FindingRemoved | Scored | RewriteFound | Done
