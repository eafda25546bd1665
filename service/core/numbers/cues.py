"""The words between numbers, kept as data: baselines, targets, arrows, attainment."""

import re
import tomllib
from bisect import bisect_left, bisect_right
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any, NamedTuple

from ahocorasick_rs import AhoCorasick, Implementation, MatchKind

from service.core.numbers.model import BaselineKind

ATTAINMENT = "attainment"
NOW = "now"
FLAT = "flat"
ZERO = "zero"
KINDS = {
    "year_ago": BaselineKind.YEAR_AGO,
    "previous": BaselineKind.PREVIOUS,
    "target": BaselineKind.TARGET,
    "peer": BaselineKind.PEER,
}


class Cue(NamedTuple):
    """A role word at `[start, end)` of the view."""

    start: int
    end: int
    role: str


class CueHits:
    """The role words of one text, asked by range."""

    __slots__ = ("_hits", "_starts")

    def __init__(self, hits: list[Cue]) -> None:
        self._hits = hits
        self._starts = [h.start for h in hits]

    def last(self, start: int, end: int) -> Cue | None:
        """Return the last role word inside `[start, end)`."""
        at = bisect_right(self._starts, end) - 1
        while at >= 0 and self._hits[at].start >= start:
            if self._hits[at].end <= end:
                return self._hits[at]
            at -= 1
        return None

    def first(self, role: str, start: int, end: int) -> Cue | None:
        """Return the first word of one role inside `[start, end)`."""
        for at in range(bisect_left(self._starts, start), len(self._hits)):
            hit = self._hits[at]
            if hit.start >= end:
                break
            if hit.role == role and hit.end <= end:
                return hit
        return None


@dataclass(frozen=True, slots=True)
class Cues:
    """The cue words, ready to be looked for."""

    automaton: AhoCorasick
    roles: tuple[str, ...]  # by index of the automaton's words
    arrows: tuple[str, ...]
    bare: tuple[str, ...]
    arrow_ends: frozenset[str]
    aside: "re.Pattern[str]"  # 环比, 提升了 but not 销量: what names no other subject
    attained: frozenset[str]  # 达成率, 完成率: metric names that may be no more than a role

    def find(self, folded: str) -> CueHits:
        """Return the role words of a folded text, the longest at each place."""
        found = self.automaton.find_matches_as_indexes(folded)
        return CueHits([Cue(start, end, self.roles[index]) for index, start, end in found])

    def is_arrow(self, gap: str) -> bool:
        """Tell whether a gap ends in → or a verb such as 涨到."""
        text = gap.rstrip(" (（约近了")
        return text[-1:] in self.arrow_ends and text.endswith(self.arrows)

    def names_other(self, gap: str) -> bool:
        """Tell whether the words before a change name something else than the value they follow."""
        return len(_NOT_WORDS.sub("", self.aside.sub("", gap))) > 1

    def is_bare_arrow(self, gap: str) -> bool:
        """Tell whether a gap ends in 到 or 至, which lead from a to b only where the rest says so."""
        return gap.rstrip(" (（约近了").endswith(self.bare)


# what is left of a gap once its words are taken out: 销量 but not "，(3"
_NOT_WORDS = re.compile(r"[^A-Za-z\u3400-\u9fff]|[年月日号周期]")


def table(name: str) -> dict[str, Any]:
    """Return one of the packaged data files."""
    return tomllib.loads((files("service.core.numbers") / "data" / f"{name}.toml").read_text("utf-8"))


@cache
def load() -> Cues:
    """Return the packaged cue words; built once a process."""
    data = table("cues")
    roles = {word.lower(): role for role, words in data["baseline"].items() for word in words}
    roles.update(dict.fromkeys(data["flat"]["words"], FLAT))
    roles.update(dict.fromkeys(data["zero"]["words"], ZERO))
    arrows = tuple(data["arrows"]["signs"] + data["arrows"]["verbs"])
    moves = table("changes")
    asides = {*data["asides"]["words"], *roles, *moves["up"]["words"], *moves["down"]["words"]}
    asides.update(moves["bare"]["words"])
    return Cues(
        automaton=AhoCorasick(
            list(roles), matchkind=MatchKind.LeftmostLongest, implementation=Implementation.DFA
        ),
        roles=tuple(roles.values()),
        arrows=arrows,
        bare=tuple(data["arrows"]["bare"]),
        arrow_ends=frozenset(a[-1] for a in arrows),
        aside=re.compile("|".join(map(re.escape, sorted(asides, key=lambda w: (-len(w), w))))),
        attained=frozenset(data["baseline"]["attainment"]),
    )
