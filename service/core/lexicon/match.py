"""Where the lexicon's words stand in a text."""

from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence
from operator import itemgetter
from typing import NamedTuple

from ahocorasick_rs import AhoCorasick, Implementation, MatchKind


class Hit(NamedTuple):
    """One word of the lexicon at `[start, end)` of the folded view; `cue` is the list it is from."""

    start: int
    end: int
    cue: str
    word: str


_Found = tuple[list[Hit], dict[str, Sequence[Hit]]]


class Shelf:
    """Word lists that are matched together, in one pass; overlapping hits of different families all count.

    A family is the part of a list's name before "_". Within a family a longer word hides the ones inside it,
    so that "不错" is not "错"; an ASCII word counts only when no other ASCII letter touches it ("AB" is not
    in "ABLE").
    """

    __slots__ = ("_automaton", "_entries", "_families", "_none")

    def __init__(self, lists: Mapping[str, Sequence[str]]) -> None:
        families: dict[str, int] = {}
        owners: dict[str, dict[str, int]] = {}
        for cue, words in lists.items():
            family = families.setdefault(cue.partition("_")[0], len(families))
            for word in words:
                owners.setdefault(word.lower(), {})[cue] = family
        self._families = len(families)
        self._entries = [
            (word, _is_ascii_letter(word[0]), _is_ascii_letter(word[-1]), tuple(found.items()))
            for word, found in owners.items()
        ]
        self._none: dict[str, Sequence[Hit]] = dict.fromkeys(lists, ())
        # As fast as a DFA on these lists, built in a fifth of the time: 9 ms against 40 for 5,400 words.
        self._automaton = AhoCorasick(
            list(owners), matchkind=MatchKind.Standard, implementation=Implementation.ContiguousNFA
        )

    def find(self, folded: str) -> _Found:
        """Return every hit in a text folded to lower case: by start, longest first; and the same by list."""
        found = self._automaton.find_matches_as_indexes(folded, overlapping=True)
        found.reverse()  # they come by end: turned round and sorted by start, the longest of a start is first
        found.sort(key=itemgetter(1))
        starts, ends = [-1] * self._families, [-1] * self._families  # the last word that hides others
        ordered: list[Hit] = []
        by_cue: dict[str, list[Hit]] = {}
        entries, size, new = self._entries, len(folded), tuple.__new__
        for index, start, end in found:
            word, opens_ascii, closes_ascii, owners = entries[index]
            if opens_ascii and start > 0 and _is_ascii_letter(folded[start - 1]):
                continue
            if closes_ascii and end < size and _is_ascii_letter(folded[end]):
                continue
            for cue, family in owners:
                if end > ends[family]:
                    starts[family], ends[family] = start, end
                elif start != starts[family] or end != ends[family]:
                    continue
                hit = new(Hit, (start, end, cue, word))  # half the cost of Hit(...)
                ordered.append(hit)
                if cue in by_cue:
                    by_cue[cue].append(hit)
                else:
                    by_cue[cue] = [hit]
        return ordered, {**self._none, **by_cue}


def _is_ascii_letter(char: str) -> bool:
    return char.isascii() and char.isalpha()


class Hits:
    """All hits in one text, asked by range and list name; a shelf is looked through when first asked for."""

    __slots__ = ("_by_cue", "_folded", "_main", "_ordered", "_shelf_of")

    def __init__(self, folded: str, main: Shelf, shelf_of: Mapping[str, Shelf]) -> None:
        self._folded = folded
        self._main = main
        self._shelf_of = shelf_of
        self._ordered: list[Hit] | None = None
        self._by_cue: dict[str, Sequence[Hit]] = {}

    @property
    def ordered(self) -> Sequence[Hit]:
        """The hits of all lists on the main shelf, sorted by start, longest first."""
        if self._ordered is None:
            self._search(self._main)
        return self._ordered or ()

    def all(self, cue: str) -> Sequence[Hit]:
        """Return every hit of one list, in text order; a list that does not exist has none."""
        found = self._by_cue.get(cue)
        if found is None:
            shelf = self._shelf_of.get(cue)
            if shelf is None:
                return ()
            self._search(shelf)
            found = self._by_cue[cue]
        return found

    def within(self, cue: str, start: int, end: int) -> Iterator[Hit]:
        """Yield the hits of one list that lie wholly inside `[start, end)`."""
        found = self._by_cue.get(cue)
        if found is None:
            found = self.all(cue)
        if not found:
            return
        for at in range(bisect_left(found, (start,)), len(found)):
            hit = found[at]
            if hit.start >= end:
                return
            if hit.end <= end:
                yield hit

    def first(self, cue: str, start: int, end: int) -> Hit | None:
        """Return the first hit of one list inside `[start, end)`, or None."""
        found = self._by_cue.get(cue)
        if found is None:
            found = self.all(cue)
        for at in range(bisect_left(found, (start,)), len(found)) if found else ():
            hit = found[at]
            if hit.start >= end:
                return None
            if hit.end <= end:
                return hit
        return None

    def has(self, cue: str, start: int, end: int) -> bool:
        """Tell whether a word of the list stands inside `[start, end)`."""
        return self.first(cue, start, end) is not None

    def _search(self, shelf: Shelf) -> None:
        ordered, by_cue = shelf.find(self._folded)
        self._by_cue.update(by_cue)
        if shelf is self._main:
            self._ordered = ordered
