"""Floors on the tuning half: what an engine has reached and must not fall below.

A floor holds one note's tolerance: it is missed only when the figure lies below it whichever single note is
left aside, so that one re-judged note does not stop a change, and two do. `never_above` knows no tolerance.
"""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from service.core.errors import InvalidRequest
from service.evaluation.figures import Figure

SIDES = ("at_least", "at_most", "never_above")


@dataclass(frozen=True, slots=True)
class Floor:
    """One bound on one figure of one dataset's tuning half."""

    dataset: str
    figure: str
    side: str
    bound: float

    def holds(self, figure: Figure) -> bool:
        """Tell whether the figure keeps the bound; an unscored figure keeps none."""
        if figure.value is None:
            return False
        low, high = figure.without_one or (figure.value, figure.value)
        if self.side == "at_least":
            return max(figure.value, high) >= self.bound
        if self.side == "at_most":
            return min(figure.value, low) <= self.bound
        return figure.value <= self.bound


def load(file: Path) -> tuple[Floor, ...]:
    """Read floors from TOML: `[dataset.side]` tables of figure = bound; raises InvalidRequest."""
    try:
        table = tomllib.loads(file.read_text("utf-8"))
        return tuple(_floors(table))
    except OSError as error:
        raise InvalidRequest(f"读不到下限文件 {file.name}：{error.strerror}", "floors") from error
    except (ValueError, TypeError, AttributeError) as error:
        raise InvalidRequest(f"下限文件 {file.name} 不合格式：{error}", "floors") from error


def missed(floors: tuple[Floor, ...], figures: Mapping[str, Mapping[str, Figure]]) -> list[Floor]:
    """Return the floors that do not hold in figures by dataset; an unknown name raises InvalidRequest."""
    out = []
    for floor in floors:
        try:
            figure = figures[floor.dataset][floor.figure]
        except KeyError as error:
            raise InvalidRequest(
                f"下限指向没有算出的指标：{floor.dataset} {floor.figure}", "floors"
            ) from error
        if not floor.holds(figure):
            out.append(floor)
    return out


def _floors(table: dict[str, Any]) -> list[Floor]:
    out = []
    for dataset, sides in table.items():
        for side, bounds in sides.items():
            if side not in SIDES:
                raise ValueError(f"unknown table [{dataset}.{side}]")
            out += [Floor(dataset, figure, side, float(bound)) for figure, bound in bounds.items()]
    return out
