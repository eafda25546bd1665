"""A level with how far into its band the note reaches, and what it rests on."""

from dataclasses import dataclass

from service.core.reading import Claim
from service.core.score import DimensionKey


@dataclass(frozen=True, slots=True)
class Verdict:
    """One dimension's level before it is worded; `reach` (0 to 1) is the way to the next level."""

    key: DimensionKey
    level: int
    reach: float
    reason: str
    grounds: tuple[Claim, ...]
    advice: str
    codes: tuple[str, ...]


def clamp(share: float) -> float:
    """Return a share held between 0 and 1."""
    return 0.0 if share < 0 else 1.0 if share > 1 else share
