"""What a lead looks for, role by role: data from `roles.toml`."""

import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files


@dataclass(frozen=True, slots=True)
class Profile:
    """One role's expectations: metrics a lead asks for, usual breakdowns and ways of finding a cause."""

    key: str
    name: str
    metrics: tuple[str, ...]
    breakdowns: tuple[str, ...]
    evidence: tuple[str, ...]


@cache
def profiles() -> tuple[Profile, ...]:
    """Return the packaged profiles in file order."""
    data = tomllib.loads((files(__name__) / "roles.toml").read_text("utf-8"))
    return tuple(
        Profile(
            key=key,
            name=p["name"],
            metrics=tuple(p["metrics"]),
            breakdowns=tuple(p["breakdowns"]),
            evidence=tuple(p["evidence"]),
        )
        for key, p in data.items()
    )


def profile(key: str) -> Profile | None:
    """Return one role's profile, or None for "other"."""
    return next((p for p in profiles() if p.key == key), None)
