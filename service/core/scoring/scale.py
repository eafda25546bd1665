"""From counts to a level: a weighted sum of bounded terms, cut into five.

Every term lies between 0 and 1 and every weight is at least 0, so that more of a good thing never lowers a
level. Base, weights and cuts are data (`scale.toml`, written by `make train` from the rated notes).
"""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from service.core.score import DimensionKey

LOWEST, HIGHEST = 1.0, 5.5  # where the first and the last band end


@dataclass(frozen=True, slots=True)
class Scale:
    """One dimension's base, weights by term, and the four places where the next level begins."""

    base: float
    weights: Mapping[str, float]
    cuts: tuple[float, float, float, float]

    def place(self, terms: Mapping[str, float]) -> tuple[int, float]:
        """Return level 1 to 5 and the way to the next level (0 to 1)."""
        at = self.base + sum(weight * terms[name] for name, weight in self.weights.items())
        level = 1 + sum(at >= cut for cut in self.cuts)
        edges = (LOWEST, *self.cuts, HIGHEST)
        low, high = edges[level - 1], edges[level]
        return level, min(1.0, max(0.0, (at - low) / (high - low)))


@cache
def scale(key: DimensionKey) -> Scale:
    """Return the packaged scale of a dimension."""
    table = tomllib.loads((files("service.core.scoring") / "scale.toml").read_text("utf-8"))[key]
    one, two, three, four = table["cuts"]
    return Scale(table["base"], table["weights"], (one, two, three, four))
