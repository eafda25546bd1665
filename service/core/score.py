"""Scores: what the judge says of a reading."""

from dataclasses import dataclass
from enum import StrEnum

from service.core.span import Span


class DimensionKey(StrEnum):
    """The three dimensions of the rubric `weekly-note`."""

    DATA = "data_granularity"
    CAUSE = "root_cause_depth"
    PLAN = "plan_linkage"


@dataclass(frozen=True, slots=True)
class Evidence:
    """Words of the note that a score rests on; `span` counts view characters."""

    span: Span
    claim: str | None = None


@dataclass(frozen=True, slots=True)
class NextLevel:
    """What the next level needs, in one sentence; None at level 5 still gives one honest next step."""

    level: int
    advice: str
    codes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class DimensionScore:
    """Level 1 to 5 and score 0 to 100 of one dimension, with the reason in words."""

    key: DimensionKey
    name: str
    level: int
    score: int
    reason: str
    evidence: tuple[Evidence, ...]
    next: NextLevel


@dataclass(frozen=True, slots=True)
class Highlight:
    """Something done well, said exactly."""

    dimension: DimensionKey
    message: str
    evidence: tuple[Evidence, ...]


@dataclass(frozen=True, slots=True)
class Scores:
    """The judge's whole verdict."""

    overall_level: int
    overall_score: int
    dimensions: tuple[DimensionScore, ...]

    def level(self, key: DimensionKey) -> int:
        """Return the level of one dimension."""
        return next(d.level for d in self.dimensions if d.key is key)
