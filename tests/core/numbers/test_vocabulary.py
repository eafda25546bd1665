"""The metric vocabulary is broad and without contradictions."""

import tomllib
from importlib.resources import files

import pytest

from service.core.lexicon import load
from service.core.numbers.model import Direction

METRICS = tomllib.loads((files("service.core.lexicon") / "data" / "metrics.toml").read_text("utf-8"))[
    "metric"
]
KINDS = {"rate", "count", "money", "duration", "ratio", "index"}


def test_vocabulary_is_broad() -> None:
    """It holds at least 220 metrics."""
    assert len(METRICS) >= 220


def test_every_entry_is_whole() -> None:
    """Each metric has a known direction and kind, and names in lower case."""
    for entry in METRICS:
        assert entry["direction"] in set(Direction)
        assert entry["kind"] in KINDS
        assert all(alias == alias.lower() and alias.strip() for alias in entry["aliases"]), entry["name"]


def test_no_name_means_two_metrics() -> None:
    """A name or alias belongs to one metric only."""
    owners: dict[str, set[str]] = {}
    for entry in METRICS:
        for name in (entry["name"].lower(), *entry["aliases"]):
            owners.setdefault(name, set()).add(entry["name"])

    assert {name: sorted(metrics) for name, metrics in owners.items() if len(metrics) > 1} == {}


@pytest.mark.parametrize(
    ("name", "direction"),
    [
        ("次留", Direction.UP_GOOD), ("付费转化率", Direction.UP_GOOD), ("ROI", Direction.UP_GOOD),
        ("NPS", Direction.UP_GOOD), ("续约率", Direction.UP_GOOD), ("完播率", Direction.UP_GOOD),
        ("流失率", Direction.DOWN_GOOD), ("CAC", Direction.DOWN_GOOD), ("退款率", Direction.DOWN_GOOD),
        ("MTTR", Direction.DOWN_GOOD), ("缺货率", Direction.DOWN_GOOD), ("离职率", Direction.DOWN_GOOD),
        ("爽约率", Direction.DOWN_GOOD), ("逾期率", Direction.DOWN_GOOD), ("客单价", Direction.NEUTRAL),
        ("折扣率", Direction.NEUTRAL), ("翻台率", Direction.UP_GOOD), ("课消", Direction.UP_GOOD),
    ],
)  # fmt: skip
def test_direction_of_well_known_metrics(name: str, direction: Direction) -> None:
    """Whether more is better is told right for metrics of every trade."""
    assert direction is load().metrics[name.lower()].direction
