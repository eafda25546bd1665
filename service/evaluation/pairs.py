"""Hand-written pairs: one passage twice, and what the second must do to the level of the first."""

import json
from dataclasses import dataclass
from importlib.resources.abc import Traversable
from typing import Any

from service.core.document.model import Format
from service.core.errors import InvalidRequest
from service.core.score import DimensionKey
from service.evaluation.perturb import Promise


@dataclass(frozen=True, slots=True)
class PairCase:
    """Two texts with their formats; the promise holds for each of `dimensions`."""

    id: str
    change: str
    promise: Promise
    dimensions: tuple[DimensionKey, ...]
    before: tuple[str, Format]
    after: tuple[str, Format]
    why: str


def load_pairs(folder: Traversable) -> tuple[PairCase, ...]:
    """Read `pairs.jsonl` of a folder; raises InvalidRequest when it does not hold what it should."""
    try:
        lines = (folder / "pairs.jsonl").read_text("utf-8").split("\n")
        return tuple(_case(json.loads(line)) for line in lines if line.strip())
    except (OSError, KeyError, ValueError, TypeError) as error:
        raise InvalidRequest(f"成对样本读不了：{type(error).__name__}: {error}", "dataset") from error


def _case(line: dict[str, Any]) -> PairCase:
    return PairCase(
        line["id"],
        line["change"],
        Promise(line["promise"]),
        tuple(DimensionKey(d) for d in line.get("dimensions", tuple(DimensionKey))),
        (line["before"], Format(line.get("format", "auto"))),
        (line["after"], Format(line.get("format_after", line.get("format", "auto")))),
        line["why"],
    )
