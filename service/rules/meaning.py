"""What a passage is about, as a direction among the meanings of words: a plan seldom names its problem.

Each of some 50,000 words has a place in a space where words of like use lie close ("首响" by "回复", "豆浆"
by "磨"): `data/meanings.txt` lists the words, `data/meanings.bin` their places, both written by
`make meanings`. A passage points where its words, rare ones more than common ones, point together.
"""

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from functools import cache, lru_cache
from importlib.resources import files
from math import isqrt
from operator import mul
from struct import unpack

from service.rules.words import is_telling

SIZE = 64  # dimensions
LEVELS = 16  # values a dimension, written as one hexadecimal digit
LENGTH = 1000  # of a direction
_ROW = SIZE // 2  # bytes
_LANE = 2  # bytes: room for the sum of 4,000 words
_MOST = 2_000  # words of a passage that are looked at
_STEPS = (5, 10, 15, 20, 25, 30, 35, 40, 50, 60, 75)
_NEAR = 32  # passages on either side, so that the work stays linear
_FINE = 64  # parts of a step that lengths are worked out to
_FORM = f"<{SIZE}H"
_DIGITS = bytes.maketrans(b"0123456789abcdef", bytes(range(LEVELS)))

Direction = tuple[int, ...]  # SIZE whole numbers, LENGTH long together; empty where no word is known


@cache
def _places() -> tuple[dict[str, int], bytes]:
    folder = files("service.rules") / "data"
    words = [w for w in (folder / "meanings.txt").read_text("utf-8").split("\n") if w and w[0] != "#"]
    return dict(zip(words, range(len(words)), strict=True)), (folder / "meanings.bin").read_bytes()


@lru_cache(maxsize=1 << 14)
def _place(word: str) -> tuple[int, int]:
    """Return a word's place, all dimensions side by side in one integer, and how many words it adds up.

    A long word that the list does not hold is taken for its pairs of characters.
    """
    known, rows = _places()
    at = known.get(word)
    if at is None:
        parts = [_place(word[i : i + 2]) for i in range(len(word) - 1)] if len(word) > 2 else []
        return sum(place for place, _ in parts), sum(count for _, count in parts)
    lanes = bytearray(SIZE * _LANE)
    lanes[::_LANE] = rows[at * _ROW : (at + 1) * _ROW].hex().encode().translate(_DIGITS)
    return int.from_bytes(lanes, "little"), 1


def direction(words: Iterable[str]) -> Direction:
    """Return where some words point together; a word told twice counts once, one without a place not."""
    total = count = 0
    for word in dict.fromkeys(words):
        if count < _MOST and is_telling(word):
            place, many = _place(word)
            total += place
            count += many
    if not count:
        return ()
    off = count * (LEVELS - 1)  # twice the middle of the digits 0 to 15
    return _scaled([2 * lane - off for lane in unpack(_FORM, total.to_bytes(SIZE * _LANE, "little"))])


def joined(directions: Sequence[Direction]) -> Direction:
    """Return the direction of several passages taken as one, each counting the same."""
    told = [one for one in directions if one]
    if len(told) < 2:
        return told[0] if told else ()
    return _scaled(list(map(sum, zip(*told, strict=True))))


def likeness(one: Direction, other: Direction) -> int:
    """Return how far two passages point the same way, in hundredths: 100 the same, 0 nothing in common."""
    shared: int = sum(map(mul, one, other))
    return shared * 100 // (LENGTH * LENGTH)


def beside(at: int, places: Sequence[int]) -> Sequence[int]:
    """Return those of some places (in order) that stand near another: all, but in a very long note."""
    here = bisect_right(places, at)
    return places[max(0, here - _NEAR) : here + _NEAR]


def nearness(one: Direction, others: Iterable[Direction]) -> int:
    """Return the step of the likeness to the passage that is most alike: 0 (none is) to 11 (the same)."""
    return bisect_right(_STEPS, max((likeness(one, other) for other in others), default=0))


def _scaled(lanes: Sequence[int]) -> Direction:
    length = isqrt(_FINE * _FINE * sum(map(mul, lanes, lanes)))
    return tuple([(_FINE * LENGTH * lane + length // 2) // length for lane in lanes]) if length else ()
