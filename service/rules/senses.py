"""What the words of a text are about: broad lists of working language, one pass over all of them.

The lists (`data/senses/*.txt`, one word a line) are wide and plain. No rule rests on a single word of them:
they are signs that `label` weighs together with all others.
"""

from bisect import bisect_left
from functools import cache
from importlib.resources import files
from itertools import chain

from ahocorasick_rs import AhoCorasick, Implementation, MatchKind

_DENIALS = frozenset("没不无未别零")


@cache
def lists() -> dict[str, tuple[str, ...]]:
    """Return the packaged lists by name."""
    folder = files("service.rules") / "data" / "senses"
    return {
        file.name.removesuffix(".txt"): tuple(
            line for line in file.read_text("utf-8").split("\n") if line and not line.startswith("#")
        )
        for file in sorted(folder.iterdir(), key=lambda f: f.name)
        if file.name.endswith(".txt")
    }


@cache
def _shelf() -> tuple[AhoCorasick, list[tuple[tuple[str, ...], tuple[str, ...]]]]:
    owners: dict[str, list[str]] = {}
    for name, words in lists().items():
        for word in words:
            owners.setdefault(word, []).append(name)
    signs = [
        (tuple(f"S:{name}" for name in names), tuple(f"S:!{name}" for name in names))
        for names in owners.values()
    ]
    automaton = AhoCorasick(
        list(owners), matchkind=MatchKind.LeftmostLongest, implementation=Implementation.ContiguousNFA
    )
    return automaton, signs


class Senses:
    """The senses of one folded view, asked by range.

    Each word has its lists' names as signs, with "!" before them where it is denied.
    """

    __slots__ = ("_found", "_starts")

    def __init__(self, folded: str) -> None:
        automaton, signs = _shelf()
        found = automaton.find_matches_as_indexes(folded)
        self._starts = [start for _, start, _ in found]
        self._found = [signs[at][start > 0 and folded[start - 1] in _DENIALS] for at, start, _ in found]

    def within(self, start: int, end: int) -> list[str]:
        """Return the signs of the words that start in `[start, end)`, in text order, each once."""
        first = bisect_left(self._starts, start)
        last = bisect_left(self._starts, end, first)
        if first == last:
            return []
        return list(dict.fromkeys(chain.from_iterable(self._found[first:last])))
