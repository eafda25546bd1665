"""How much two passages share: words weighted by rarity, synonyms taken as one.

Words come from rjieba's segmentation of the whole view, cut once a note; weights from a bundled list.
"""

from bisect import bisect_left
from collections.abc import Mapping
from functools import cache, lru_cache
from importlib.resources import files
from itertools import accumulate

import rjieba

from service.core.span import Span
from service.rules.concepts import Concepts, matters

RARE = 12.0  # weight of a word that the bundled list does not hold
COMMONPLACE = 64  # passages; a word that more of them hold is looked up in the first ones only
_PART = 0.7  # a two-character part of a longer word counts this share of the word
_DIGITS = frozenset("0123456789.,%+-")


@cache
def _weights() -> dict[str, float]:
    found: dict[str, float] = {}
    for line in (files("service.rules") / "data" / "word_weights.txt").read_text("utf-8").splitlines():
        if line.startswith("#"):
            continue
        weight, *words = line.split()
        found.update(dict.fromkeys(words, float(weight)))
    return found


@cache
def _stopwords() -> frozenset[str]:
    text = (files("service.rules") / "data" / "stopwords.txt").read_text("utf-8")
    return frozenset(w for line in text.splitlines() if not line.startswith("#") for w in line.split())


def weight(word: str) -> float:
    """Return how telling a word is: 3 (everywhere) to 12 (rare)."""
    return _weights().get(word, RARE)


def is_telling(token: str) -> bool:
    """Tell whether a word (or a single character) says something by itself: no figure, mark or stopword."""
    return token[0].isalnum() and token[0] not in _DIGITS and token not in _stopwords()


@lru_cache(maxsize=1 << 14)  # a note's words are mostly those of other notes: a third of this step's time
def _telling(token: str) -> tuple[tuple[str, float], tuple[tuple[str, float], ...]] | None:
    """Return a word as it is compared and the parts of a long one, with weights; None if it tells nothing."""
    stop, same = _stopwords(), matters()
    if len(token) < 2 or not is_telling(token):
        return None
    word = same.get(token, token)
    if word in stop:
        return None
    parts: list[tuple[str, float]] = []
    if len(token) > 2 and not token.isascii():
        pairs = (same.get(token[i : i + 2], token[i : i + 2]) for i in range(len(token) - 1))
        parts = [(part, weight(part) * _PART) for part in pairs if part not in stop]
    return (word, weight(word)), tuple(parts)


class Words:
    """The content words of one view, asked by range."""

    __slots__ = ("_concepts", "_starts", "_tokens")

    def __init__(self, folded: str) -> None:
        self._tokens: list[str] = rjieba.cut(folded)
        self._starts = [0, *accumulate(map(len, self._tokens))]
        self._concepts = Concepts(folded)

    def is_token(self, start: int, end: int) -> bool:
        """Tell whether `[start, end)` is exactly one word."""
        at = bisect_left(self._starts, start)
        return self._starts[at : at + 2] == [start, end]

    def tokens(self, start: int, end: int) -> list[str]:
        """Return the words that start in `[start, end)`, in text order."""
        first = bisect_left(self._starts, start)
        return self._tokens[first : bisect_left(self._starts, end, first)]

    def concepts(self, *spans: Span) -> frozenset[str]:
        """Return the matters that some ranges speak of, each by the word that stands for it."""
        return self._concepts.within(*spans)

    def within(self, *spans: Span) -> list[str]:
        """Return the words of some ranges, in the order of the ranges."""
        return [token for start, end in spans for token in self.tokens(start, end)]

    def content(self, *spans: Span) -> dict[str, float]:
        """Return the telling words of some ranges with their weights."""
        found: dict[str, float] = {}
        for start, end in spans:
            for token in self.tokens(start, end):
                told = _telling(token)
                if told is None:
                    continue
                (word, worth), parts = told
                found[word] = worth
                for part, share in parts:
                    found.setdefault(part, share)
        return found


def overlap(one: Mapping[str, float], other: Mapping[str, float]) -> float:
    """Return the summed weight of the words both hold (0 where they share none)."""
    if len(other) < len(one):
        one, other = other, one
    if other.keys().isdisjoint(one):
        return 0.0
    return sum(min(w, other[k]) for k, w in one.items() if k in other)


class Index:
    """Which of many passages hold a word: scores one passage against all others without looking at each."""

    __slots__ = ("_holders",)

    def __init__(self, passages: Mapping[int, Mapping[str, float]]) -> None:
        self._holders: dict[str, list[tuple[int, float]]] = {}
        for key, words in passages.items():
            for word, worth in words.items():
                holders = self._holders.setdefault(word, [])
                if len(holders) < COMMONPLACE:
                    holders.append((key, worth))

    def scores(self, words: Mapping[str, float]) -> dict[int, float]:
        """Return for each passage that shares a word the summed weight of the words shared."""
        found: dict[int, float] = {}
        for word, worth in words.items():
            for key, other in self._holders.get(word, ()):
                found[key] = found.get(key, 0.0) + min(worth, other)
        return found
