"""Which matters a text speaks of, whatever words it uses: one pass over all words of `data/concepts.txt`."""

from bisect import bisect_left, bisect_right
from functools import cache
from importlib.resources import files

from ahocorasick_rs import AhoCorasick, Implementation, MatchKind

from service.core.span import Span

_PARTS = (0.01, 0.2, 0.34, 0.5, 0.67, 0.99)
_MANY = 3


def part(shared: int, own: frozenset[str]) -> int:
    """Return which part of a passage's matters is shared, from 0 (none) to 6 (all)."""
    return bisect_right(_PARTS, shared / max(1, len(own)))


def shared(own: frozenset[str], told: frozenset[str]) -> list[str]:
    """Return the signs that a passage speaks of matters that are told elsewhere."""
    common = len(own & told)
    return [f"matters:{part(common, own)}", f"alike:{min(_MANY, common)}"]


@cache
def matters() -> dict[str, str]:
    """Return for each word the one that stands for its matter."""
    text = (files("service.rules") / "data" / "concepts.txt").read_text("utf-8").lower()
    lines = (line.split() for line in text.split("\n") if line and not line.startswith("#"))
    return {word: line[0] for line in lines for word in line}


@cache
def _finder() -> tuple[AhoCorasick, list[str]]:
    found = matters()
    automaton = AhoCorasick(
        list(found), matchkind=MatchKind.LeftmostLongest, implementation=Implementation.ContiguousNFA
    )
    return automaton, list(found.values())


class Concepts:
    """The matters of one folded view, asked by range."""

    __slots__ = ("_found", "_starts")

    def __init__(self, folded: str) -> None:
        automaton, heads = _finder()
        found = automaton.find_matches_as_indexes(folded)
        self._starts = [start for _, start, _ in found]
        self._found = [heads[at] for at, _, _ in found]

    def within(self, *spans: Span) -> frozenset[str]:
        """Return the matters of the words that start in some ranges."""
        found: set[str] = set()
        for start, end in spans:
            first = bisect_left(self._starts, start)
            found.update(self._found[first : bisect_left(self._starts, end, first)])
        return frozenset(found)
