"""The scoring standard as data: dimensions, levels and their wording, read once from the packaged file."""

import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from service.core.score import DimensionKey


@dataclass(frozen=True, slots=True)
class Level:
    """One level of a dimension: 1 to 5, its short name and what earns it."""

    level: int
    name: str
    criterion: str


@dataclass(frozen=True, slots=True)
class Dimension:
    """One dimension with its five levels, lowest first, and the caps that hold whatever else is true."""

    key: DimensionKey
    name: str
    question: str
    levels: tuple[Level, ...]
    caps: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Rubric:
    """The whole standard; `bands[level - 1]` is the inclusive range of scores of a level."""

    id: str
    version: str
    title: str
    overall: str
    bands: tuple[tuple[int, int], ...]
    dimensions: tuple[Dimension, ...]

    def dimension(self, key: DimensionKey) -> Dimension:
        """Return one dimension by key."""
        return next(d for d in self.dimensions if d.key is key)

    def level_of(self, score: int) -> int:
        """Return the level whose band holds a score of 0 to 100."""
        return next(i for i, (low, high) in enumerate(self.bands, 1) if low <= score <= high)


@cache
def rubric() -> Rubric:
    """Return the packaged rubric."""
    data = tomllib.loads((files(__name__) / "weekly_note.toml").read_text("utf-8"))
    return Rubric(
        id=data["id"],
        version=data["version"],
        title=data["title"],
        overall=data["overall"],
        bands=tuple((low, high) for low, high in data["bands"]),
        dimensions=tuple(
            Dimension(
                key=DimensionKey(d["key"]),
                name=d["name"],
                question=d["question"],
                levels=tuple(Level(**level) for level in d["levels"]),
                caps=tuple(d["caps"]),
            )
            for d in data["dimension"]
        ),
    )
