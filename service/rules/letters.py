"""The letters of a clause as signs: Chinese characters, pairs of them, both ends, the first and last word.

They are four fifths of all signs, and most of them weigh nothing: so they are weighed by looking up the
letters themselves, and written out as signs (`c:错`, `b:不错`, `p1:不`, `w0:效果`) only for who asks.
"""

from collections.abc import Callable, Iterable
from itertools import pairwise
from operator import add
from typing import NamedTuple

_EDGE = 3  # characters looked at from either end
_EDGES = range(1, _EDGE + 1)
_FAMILIES = ("c", "b", "w0", "wz", *(f"{end}{size}" for end in "pe" for size in _EDGES))


class Letters(NamedTuple):
    """A clause's text, its first and its last word ("#" for a figure, nothing where it has no word)."""

    text: str = ""
    first: str = ""
    last: str = ""

    def signs(self) -> list[str]:
        """Return the letters as signs."""
        text, first, last = self
        out = [f"w0:{first}", f"wz:{last}"] if first else []
        if not text:
            return out
        han = [c if "一" <= c <= "鿿" else "" for c in text]
        out += [f"c:{c}" for c in dict.fromkeys(han) if c]
        out += [f"b:{a}{b}" for a, b in dict.fromkeys(pairwise(han)) if a and b]
        for size in _EDGES:
            out.append(f"p{size}:{text[:size]}")
            out.append(f"e{size}:{text[-size:]}")
        return out


NO_LETTERS = Letters()


class LetterWeights:
    """Weights of letters, by family and letter; a sum is that of the weights of `Letters.signs`."""

    __slots__ = ("_families", "_tables")

    def __init__(self) -> None:
        self._families: dict[str, dict[str, int]] = {family: {} for family in _FAMILIES}
        self._tables = tuple(self._families.values())

    def add(self, sign: str, weight: int) -> bool:
        """Take in the weight of a sign, unless it is not one of letters."""
        family, colon, letter = sign.partition(":")
        if not colon or family not in self._families:
            return False
        self._families[family][letter] = weight
        return True

    def score(self, letters: Letters) -> int:
        """Return the summed weight of a clause's letters."""
        text, first, last = letters
        c, b, w0, wz, p1, p2, p3, e1, e2, e3 = self._tables
        total = w0.get(first, 0) + wz.get(last, 0)
        total += p1.get(text[:1], 0) + p2.get(text[:2], 0) + p3.get(text[:3], 0)
        total += e1.get(text[-1:], 0) + e2.get(text[-2:], 0) + e3.get(text[-3:], 0)
        # What is not Chinese is in neither table.
        return total + _sum(c.get, set(text)) + _sum(b.get, set(map(add, text, text[1:])))


def _sum(weight: Callable[[str], int | None], letters: Iterable[str]) -> int:
    return sum(filter(None, map(weight, letters)))
