"""The words between numbers, kept as data: baselines, targets, arrows, attainment."""

import re
import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from service.core.numbers.model import BaselineKind

ATTAINMENT = "attainment"
NOW = "now"
KINDS = {
    "year_ago": BaselineKind.YEAR_AGO,
    "previous": BaselineKind.PREVIOUS,
    "target": BaselineKind.TARGET,
    "peer": BaselineKind.PEER,
}


@dataclass(frozen=True, slots=True)
class Cues:
    """Compiled cue words: `roles` finds baseline words, `arrow` matches a whole gap that leads from a to b."""

    roles: "re.Pattern[str]"  # 上周, 目标 but not 商品; lastgroup names the role
    arrow: "re.Pattern[str]"  # "→", "涨到" but not "，上周"
    parts: "re.Pattern[str]"


def _any(words: list[str]) -> str:
    return "|".join(re.escape(w) for w in sorted(set(words), key=lambda w: (-len(w), w)))


@cache
def load() -> Cues:
    """Return the packaged cue words; compiled once a process."""
    table = tomllib.loads((files("service.core.numbers") / "data" / "cues.toml").read_text("utf-8"))
    roles = "|".join(f"(?P<{role}>{_any(words)})" for role, words in table["baseline"].items())
    arrow = (
        rf"[\s)）」”\"]{{0,3}}(?:已|又|已经|一路|直接|逐步|慢慢|大幅|小幅|快速)?(?:{_any(table['arrows']['signs'])}|(?:{_any(table['arrows']['verbs'])})了?)"
        r"[\s(（]{0,2}$"
    )
    return Cues(re.compile(roles), re.compile(arrow), re.compile(_any(table["joins"]["parts"])))
