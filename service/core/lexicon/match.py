"""Where the lexicon's words stand in a text."""

from bisect import bisect_left
from collections.abc import Iterator
from typing import NamedTuple


class Hit(NamedTuple):
    """One word of the lexicon at `[start, end)` of the folded view; `cue` is the list it is from."""

    start: int
    end: int
    cue: str
    word: str


class Hits:
    """All hits in one text, sorted by start, longest first; asked by range and list name."""

    __slots__ = ("_by_cue", "_starts", "ordered")

    def __init__(self, hits: list[Hit]) -> None:
        self.ordered = hits
        self._by_cue: dict[str, list[Hit]] = {}
        for hit in hits:
            self._by_cue.setdefault(hit.cue, []).append(hit)
        self._starts = {cue: [h.start for h in found] for cue, found in self._by_cue.items()}

    def within(self, cue: str, start: int, end: int) -> Iterator[Hit]:
        """Yield the hits of one list that lie wholly inside `[start, end)`."""
        found = self._by_cue.get(cue)
        if not found:
            return
        for at in range(bisect_left(self._starts[cue], start), len(found)):
            hit = found[at]
            if hit.start >= end:
                return
            if hit.end <= end:
                yield hit

    def first(self, cue: str, start: int, end: int) -> Hit | None:
        """Return the first hit of one list inside `[start, end)`, or None."""
        return next(self.within(cue, start, end), None)

    def has(self, cue: str, start: int, end: int) -> bool:
        """Tell whether a word of the list stands inside `[start, end)`."""
        return self.first(cue, start, end) is not None

    def all(self, cue: str) -> list[Hit]:
        """Return every hit of one list."""
        return self._by_cue.get(cue, [])
