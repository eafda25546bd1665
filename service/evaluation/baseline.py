"""Baselines to be far above: levels from counts of seven groups of words, without and with training."""

import re
import tomllib
from collections.abc import Mapping, Sequence
from functools import cache
from importlib.resources import files

from service.core.score import DimensionKey
from service.evaluation.dataset import Half, RatedNote
from service.evaluation.figures import Figure, estimate
from service.evaluation.measure import LEVEL_FORMULAS, level_rows

PENALTY = 1.0
SCALE = 5.0  # signs of a group in a usual note, so that one penalty suits all columns
Levels = dict[DimensionKey, int]


class Group:
    """One group of surface signs; `count` is all a baseline knows of a note."""

    def __init__(self, entry: Mapping[str, object]) -> None:
        self.name = str(entry["name"])
        self.dimension = DimensionKey(str(entry["dimension"]))
        self.sign = int(str(entry["sign"]))
        words = entry.get("words")
        alternatives = "|".join(re.escape(str(w)) for w in words) if isinstance(words, list) else None
        self._pattern = re.compile(alternatives or str(entry["pattern"]))

    def count(self, text: str) -> int:
        """Return how often the group's signs stand in the text."""
        return sum(1 for _ in self._pattern.finditer(text))


@cache
def groups() -> tuple[Group, ...]:
    """Return the packaged groups, seven of them."""
    data = (files("service.evaluation") / "data" / "keywords.toml").read_text("utf-8")
    return tuple(Group(entry) for entry in tomllib.loads(data)["group"])


def count_levels(text: str) -> Levels:
    """Return levels by counting alone: 1 and one more for each doubling of a dimension's signs."""
    out = {}
    for dimension in DimensionKey:
        hits = sum(g.sign * g.count(text) for g in groups() if g.dimension is dimension)
        out[dimension] = _clamp(max(0, hits + 1).bit_length())
    return out


class Ridge:
    """Ridge regression of the levels on the counts, one model a dimension, solved in closed form."""

    def __init__(self, notes: Sequence[RatedNote]) -> None:
        if any(n.half is not Half.TUNING for n in notes):
            raise ValueError("the baseline is trained on the tuning half only")
        self._weights = {
            d: _fit([(_features(n.note.text), n.levels[d]) for n in notes if d in n.levels])
            for d in DimensionKey
        }

    def levels(self, text: str) -> Levels:
        """Return the predicted levels, rounded into 1 to 5."""
        row = _features(text)
        return {
            d: _clamp(round(sum(w * x for w, x in zip(weights, row, strict=True))))
            for d, weights in self._weights.items()
        }


def count_figures(notes: Sequence[RatedNote]) -> dict[str, Figure]:
    """Return the level figures of counting alone."""
    return _figures([(n, count_levels(n.note.text)) for n in notes])


def ridge_figures(notes: Sequence[RatedNote], tuning: Sequence[RatedNote]) -> dict[str, Figure]:
    """Return the level figures of the ridge regression; a note is never judged by a model it trained."""
    whole = Ridge(tuning)
    trained_on = {n.id: i for i, n in enumerate(tuning)}
    predicted = []
    for note in notes:
        at = trained_on.get(note.id)
        model = whole if at is None else Ridge([*tuning[:at], *tuning[at + 1 :]])
        predicted.append((note, model.levels(note.note.text)))
    return _figures(predicted)


def _figures(predicted: Sequence[tuple[RatedNote, Mapping[DimensionKey, int]]]) -> dict[str, Figure]:
    return {
        f"{d.value}.{name}": estimate(level_rows(predicted, d), formula)
        for d in DimensionKey
        for name, formula in LEVEL_FORMULAS.items()
    }


def _clamp(level: int) -> int:
    return max(1, min(5, level))


def _features(text: str) -> list[float]:
    return [1.0, *(g.count(text) / SCALE for g in groups())]


def _fit(samples: Sequence[tuple[list[float], float]]) -> list[float]:
    """Solve (XᵀX + penalty·I) w = Xᵀy; the constant (first column) is not penalised."""
    width = len(groups()) + 1
    if not samples:
        return [0.0] * width
    normal = [
        [sum(x[i] * x[j] for x, _ in samples) + (PENALTY if i == j and i else 0.0) for j in range(width)]
        for i in range(width)
    ]
    return solve(normal, [sum(x[i] * y for x, y in samples) for i in range(width)])


def solve(matrix: Sequence[Sequence[float]], right: Sequence[float]) -> list[float]:
    """Solve a square system by elimination with row pivoting; raises ZeroDivisionError when singular."""
    size = len(right)
    rows = [[*map(float, line), float(value)] for line, value in zip(matrix, right, strict=True)]
    for at in range(size):
        pivot = max(range(at, size), key=lambda r: abs(rows[r][at]))
        rows[at], rows[pivot] = rows[pivot], rows[at]
        rows[at] = [x / rows[at][at] for x in rows[at]]
        for other in range(size):
            if other != at and rows[other][at]:
                factor = rows[other][at]
                rows[other] = [x - factor * y for x, y in zip(rows[other], rows[at], strict=True)]
    return [line[size] for line in rows]
