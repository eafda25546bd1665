"""What adapters implement: one Protocol a port; a fake for each lives in tests/fakes."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Protocol

from service.core.analysis import Unsupported, Usage
from service.core.finding import Finding
from service.core.note import Note
from service.core.reading import Reading
from service.core.rewrite import RewriteDraft
from service.core.score import Scores


@dataclass(frozen=True, slots=True)
class ModelReading:
    """What a model made of a note, after its quotes were aligned and its claims checked against them."""

    reading: Reading
    model: str
    prompts: dict[str, str]
    usage: Usage = field(default_factory=Usage)
    unsupported: tuple[Unsupported, ...] = ()


# Told what was read so far: a reading whose claims end where the model has come to. A later one replaces it.
Heard = Callable[[Reading], None]


class Reader(Protocol):
    """Reads by rule: pure, fast, never fails on a note that passed validation."""

    def read(self, note: Note) -> Reading:
        """Return the reading of the note (and of `note.previous` inside it)."""
        ...


class Rewriter(Protocol):
    """Proposes rewrites by rule; each is checked by the caller before anyone sees it."""

    def propose(
        self, reading: Reading, scores: Scores, findings: Sequence[Finding]
    ) -> Sequence[RewriteDraft]:
        """Return drafts, most valuable first."""
        ...


@dataclass(frozen=True, slots=True)
class ModelDrafts:
    """Rewrites that a model proposed; `dropped` counts proposals whose passage or blanks don't hold."""

    drafts: tuple[RewriteDraft, ...]
    prompts: dict[str, str]
    usage: Usage = field(default_factory=Usage)
    dropped: int = 0


class ModelRewriter(Protocol):
    """Proposes rewrites with a model; raises ReaderError when it can't."""

    async def propose(
        self,
        reading: Reading,
        findings: Sequence[Finding],
        timeout_s: float,
        refused: Sequence[tuple[RewriteDraft, str]] = (),
    ) -> ModelDrafts:
        """Return drafts for the findings, most valuable first; `refused` are earlier ones with the reason."""
        ...


class ModelReader(Protocol):
    """Reads with a model; raises ReaderError when it can't."""

    @property
    def rewriter(self) -> ModelRewriter | None:
        """The rewriter over the same model, if it writes as well as reads."""
        ...

    @property
    def breaker_state(self) -> str | None:
        """Whether the provider is asked (closed), spared (open) or probed (half_open); None if unknown."""
        ...

    async def read(
        self, note: Note, by_rule: Reading, timeout_s: float, heard: Heard | None = None
    ) -> ModelReading:
        """Return the model's reading, joined with the reading by rule.

        With `heard` the model is listened to while it writes; the reading returned is the same.
        """
        ...

    async def warm(self) -> None:
        """Pay the first call's import and connection costs ahead of time."""
        ...

    async def aclose(self) -> None:
        """Let go of connections."""
        ...


@dataclass(frozen=True, slots=True)
class StoredAnalysis:
    """An answer kept because its caller asked for it; `answer` is the JSON as it was sent."""

    id: str
    created_at: datetime
    author: str | None
    period: str | None
    answer: bytes


class AnalysisStore(Protocol):
    """Keeps answers; raises StoreUnavailable when it can't."""

    async def put(self, kept: StoredAnalysis) -> None:
        """Keep an answer under its id."""
        ...

    async def get(self, analysis_id: str) -> StoredAnalysis:
        """Return what was kept; raises NotFound."""
        ...

    async def delete(self, analysis_id: str) -> None:
        """Forget what was kept; raises NotFound."""
        ...
