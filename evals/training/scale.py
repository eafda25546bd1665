"""Fits the judge: how much each term of a reading counts towards a level, and where the levels begin."""

from collections.abc import Callable, Iterable, Mapping, Sequence

import numpy as np
from sklearn.linear_model import Ridge

from service.core.reading import Reading
from service.core.score import DimensionKey
from service.core.scoring.features import cause_features, data_features, plan_features
from service.core.scoring.terms import cause_terms, data_terms, plan_terms
from service.evaluation.dataset import RatedNote

PENALTY = 5.0
STEP = 0.05
EXACT = 0.3  # what a level missed costs beside the square of how far
LEAST = 0.005

TERMS: Mapping[DimensionKey, Callable[[Reading], dict[str, float]]] = {
    DimensionKey.DATA: lambda r: data_terms(data_features(r)),
    DimensionKey.CAUSE: lambda r: cause_terms(cause_features(r)),
    DimensionKey.PLAN: lambda r: plan_terms(plan_features(r)),
}


def learn(read: Sequence[tuple[RatedNote, Reading]]) -> str:
    """Return the scales of all dimensions as the file holds them."""
    rows = [
        "# Written by `make train`: what each term (see terms.py) adds, and where levels 2 to 5 begin.",
    ]
    for key in DimensionKey:
        rated_so = [
            (TERMS[key](reading), rated.levels[key]) for rated, reading in read if key in rated.levels
        ]
        rows += ["", *_fit(key, rated_so)]
    return "\n".join(rows) + "\n"


def _fit(key: DimensionKey, examples: Sequence[tuple[dict[str, float], float]]) -> Iterable[str]:
    names = list(examples[0][0])
    table = np.array([[terms[name] for name in names] for terms, _ in examples])
    levels = np.array([level for _, level in examples])
    model = Ridge(PENALTY, positive=True).fit(table, levels)
    cuts = _cuts(levels, model.predict(table))
    yield f"[{key}]"
    yield f"base = {model.intercept_:.2f}"
    yield f"cuts = [{', '.join(f'{cut:.2f}' for cut in cuts)}]"
    yield f"[{key}.weights]"
    for name, weight in zip(names, model.coef_, strict=True):
        if weight >= LEAST:
            yield f"{name} = {weight:.2f}"


def _cuts(levels: np.ndarray, placed: np.ndarray) -> list[float]:
    """Return the four cuts that lose least, each moved in turn while the others stand."""

    def lost(cuts: Sequence[float]) -> float:
        told = 1 + sum((placed >= cut).astype(int) for cut in cuts)
        return float(((told - levels) ** 2).mean() + EXACT * (abs(told - levels) > 0.5).mean())

    cuts = [1.5, 2.5, 3.5, 4.5]
    for _ in range(3):
        for at in range(len(cuts)):
            low = cuts[at - 1] + 2 * STEP if at else 1.0
            high = cuts[at + 1] - 2 * STEP if at + 1 < len(cuts) else 5.0
            tried = np.arange(low, high + STEP / 2, STEP)
            cuts[at] = float(min(tried, key=lambda cut: lost([*cuts[:at], cut, *cuts[at + 1 :]])))
    return cuts
