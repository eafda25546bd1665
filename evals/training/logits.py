"""Fits the weights of one yes-or-no question, as `service.rules.logit` reads them."""

from collections import Counter
from collections.abc import Sequence

from sklearn.feature_extraction import DictVectorizer
from sklearn.linear_model import LogisticRegression

Example = tuple[list[str], bool]  # signs, and the right answer

SEEN = 3  # examples that must show a sign before it is learned from
LEAST = 3  # hundredths of a logit; a smaller weight is not worth its line


def fit(question: str, examples: Sequence[Example], strength: float) -> list[str]:
    """Return the lines of one question; `strength` is the inverse of the penalty on large weights."""
    seen = Counter(sign for signs, _ in examples for sign in set(signs))
    table = DictVectorizer()
    rows = table.fit_transform([{s: 1 for s in signs if seen[s] >= SEEN} for signs, _ in examples])
    model = LogisticRegression(C=strength, max_iter=5000).fit(rows, [answer for _, answer in examples])
    weights = {"bias": round(100 * model.intercept_[0])}
    for sign, weight in zip(table.get_feature_names_out(), model.coef_[0], strict=True):
        if abs(100 * weight) >= LEAST:
            weights[sign] = round(100 * weight)
    return [f"{question}\t{sign}\t{weight}" for sign, weight in sorted(weights.items())]
