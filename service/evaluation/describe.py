"""A reading as lines to look at: what the judge counted, then every claim with traits, links and metrics."""

from collections.abc import Sized
from dataclasses import fields
from typing import Any

from service.core.reading import Claim, Reading
from service.core.scoring.features import attributions, data_features, plan_features


def describe(reading: Reading) -> tuple[str, ...]:
    """Return the judge's counts a dimension, then one line a claim."""
    grades = " ".join(f"{a.target.id}:{a.grade}" for a in attributions(reading))
    return (
        f"role {reading.role} · {len(reading.numbers)} numbers · {len(reading.mismatches)} mismatches",
        f"data: {_counts(data_features(reading))}",
        f"cause: {grades or 'nothing to explain'}",
        f"plan: {_counts(plan_features(reading))}",
        *(_claim(reading, claim) for claim in reading.claims),
    )


def _counts(features: Any) -> str:
    """Write a features object as name=number; a collection counts its members."""
    values = ((f.name, getattr(features, f.name)) for f in fields(features))
    return " ".join(f"{name}={len(v) if isinstance(v, Sized) else v}" for name, v in values)


def _claim(reading: Reading, claim: Claim) -> str:
    traits = " ".join(sorted(t.value for t in claim.traits))
    links = " ".join(
        f"{k.relation.value}→{k.target}{'(previous)' if k.source == 'previous' else ''}" for k in claim.links
    )
    metrics = " ".join(
        f"{m.name or '?'}={m.value}{m.unit}{' compared' if m.is_compared else ''}" for m in claim.metrics
    )
    parts = [f"{claim.id} {claim.kind.value}", f"「{reading.quote(claim)}」", traits, links, metrics]
    return " · ".join(p for p in parts if p)
