"""When two quotes mean the same place: the matching rules the gold was made for."""

import re
from collections.abc import Callable, Sequence
from html import unescape
from math import ceil
from typing import NamedTuple

# matches "<td>" and "</b>" and '<p class="x">'; not "<5%" or "a < b"
TAG = re.compile(r"</?[A-Za-z][^<>]*>")


class Pair(NamedTuple):
    """Indices into the gold and the found list of two quotes that match, and how well (0.5 to 1)."""

    gold: int
    found: int
    score: float


def bare(quote: str, html: bool = False) -> str:
    """Return the quote's letters and digits only; with `html`, markup counts as punctuation."""
    if html:
        quote = unescape(TAG.sub(" ", quote))
    return "".join(c for c in quote if c.isalnum())


def longest_run(one: str, other: str, at_least: int = 1) -> int:
    """Return the length of the longest substring both share, or 0 when it is shorter than `at_least`.

    Two texts that share a run of k share all its shorter pieces, so the length is found by bisection over
    sets of slices; most pairs share nothing of `at_least` characters and are told apart by one look.
    """
    low, high = max(1, at_least), min(len(one), len(other))
    if low > high or not _share(one, other, low):
        return 0
    while low < high:
        middle = (low + high + 1) // 2
        if _share(one, other, middle):
            low = middle
        else:
            high = middle - 1
    return low


def claim_score(gold: str, found: str) -> float:
    """Return the longest run over the union of two bare quotes, or 0 where it is below a half."""
    together = len(gold) + len(found)
    # run / (together - run) >= 1/2  <=>  run >= together / 3
    run = longest_run(gold, found, max(1, ceil(together / 3)))
    return run / (together - run) if run else 0.0


def finding_score(gold: str, found: str) -> float:
    """Return the longest run over the shorter of two bare quotes, or 0 where it is below a half or the
    finding points at more than 3 times the gold's characters and 20."""
    if not gold or not found or len(found) > 3 * len(gold) + 20:
        return 0.0
    shorter = min(len(gold), len(found))
    return longest_run(gold, found, ceil(shorter / 2)) / shorter


def pair(
    gold: Sequence[tuple[str, ...]], found: Sequence[str], score: Callable[[str, str], float]
) -> list[Pair]:
    """Match greedily one to one, best score first, earlier quotes first among equals.

    Each gold entry is a tuple of bare quotes that are equally good.
    """
    candidates = [
        Pair(g, f, best)
        for g, quotes in enumerate(gold)
        for f, quote in enumerate(found)
        if (best := max(score(q, quote) for q in quotes)) > 0
    ]
    candidates.sort(key=lambda p: (-p.score, p.gold, p.found))
    taken_gold: set[int] = set()
    taken_found: set[int] = set()
    kept = []
    for candidate in candidates:
        if candidate.gold not in taken_gold and candidate.found not in taken_found:
            taken_gold.add(candidate.gold)
            taken_found.add(candidate.found)
            kept.append(candidate)
    return kept


def _share(one: str, other: str, length: int) -> bool:
    if len(one) > len(other):
        one, other = other, one
    pieces = {one[i : i + length] for i in range(len(one) - length + 1)}
    return any(other[i : i + length] in pieces for i in range(len(other) - length + 1))
