"""The number words kept as data: units, changes, approximations and names, loaded once."""

import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

from service.core.numbers.model import Precision

# What a unit counts; the table's name in units.toml.
UNIT_KINDS = ("percent", "point", "money", "duration", "ratio", "count")


@dataclass(frozen=True, slots=True)
class Words:
    """Every word list the scanner reads, in the shape it is asked for."""

    units: dict[str, tuple[str, str]]  # surface → canonical unit, kind
    unit_heads: dict[str, int]  # first character of a unit, either case → length of the longest so beginning
    not_before: dict[str, frozenset[str]]  # a unit → characters after it that make it another word
    changes: dict[str, int]  # word → 1 up, -1 down, 0 untold
    no_changes: frozenset[str]
    change_tails: frozenset[str]  # last characters of change words
    after_changes: dict[str, int]
    whole_changes: dict[str, float]
    approx_before: dict[str, Precision]
    approx_tails: frozenset[str]
    approx_after: dict[str, Precision]
    approx_after_heads: frozenset[str]
    metric_prefixes: frozenset[str]
    version_prefixes: frozenset[str]
    versioned: tuple[str, ...]
    identifier_suffixes: tuple[str, ...]
    own_names: frozenset[str]
    idioms: tuple[str, ...]
    counting: tuple[str, ...]  # begin like an idiom and count all the same


def _table(name: str) -> dict[str, Any]:
    return tomllib.loads((files("service.core.numbers") / "data" / f"{name}.toml").read_text("utf-8"))


def _precisions(table: dict[str, list[str]]) -> dict[str, Precision]:
    return {word: Precision(kind) for kind, words in table.items() for word in words}


def _longest_by_head(units: dict[str, tuple[str, str]]) -> dict[str, int]:
    heads: dict[str, int] = {}
    for unit in units:
        for head in (unit[0], unit[0].upper()):
            heads[head] = max(heads.get(head, 0), len(unit))
    return heads


@cache
def load() -> Words:
    """Return the packaged number words; read once a process."""
    units: dict[str, tuple[str, str]] = {}
    table = _table("units")
    for kind in UNIT_KINDS:
        entries = table[kind]
        for unit, surfaces in entries.items():
            for surface in surfaces:
                units[surface] = (unit, kind)
    moves, approx, names = _table("changes"), _table("approximations"), _table("names")
    changes = dict.fromkeys(moves["up"]["words"], 1)
    changes.update(dict.fromkeys(moves["down"]["words"], -1))
    changes.update(dict.fromkeys(moves["bare"]["words"], 0))
    before = _precisions(approx["before"])
    after = dict.fromkeys(moves["after"]["up"], 1)
    after.update(dict.fromkeys(moves["after"]["down"], -1))
    after_words = _precisions(approx["after"])
    return Words(
        units=units,
        unit_heads=_longest_by_head(units),
        not_before={unit: frozenset(chars) for unit, chars in table["not_before"].items()},
        changes=changes,
        no_changes=frozenset(moves["up"]["not"] + moves["down"]["not"]),
        change_tails=frozenset(w[-1] for w in changes),
        after_changes=after,
        whole_changes={w: float(v) for w, v in moves["words"].items()},
        approx_before=before,
        approx_tails=frozenset(w[-1] for w in before),
        approx_after=after_words,
        approx_after_heads=frozenset(w[0] for w in after_words),
        metric_prefixes=frozenset(names["prefixes"]["metric"]),
        version_prefixes=frozenset(names["prefixes"]["version"]),
        versioned=tuple(names["prefixes"]["versioned"]),
        identifier_suffixes=tuple(names["suffixes"]["identifier"]),
        own_names=frozenset(names["shopping"]["words"]),
        idioms=tuple(names["idioms"]["words"]),
        counting=tuple(names["idioms"]["counting"]),
    )
