"""Finds what stands in a passage without looking through the whole note."""

from collections.abc import Iterable
from typing import Generic, TypeVar

from service.core.span import Span

Thing = TypeVar("Thing")
BLOCK = 64  # characters; a claim has some 20 to 60


class Passages(Generic[Thing]):
    """Things by where they stand, kept in the order they were added."""

    def __init__(self, placed: Iterable[tuple[Span, Thing]] = ()) -> None:
        self._placed: list[tuple[Span, Thing]] = []
        self._blocks: dict[int, list[int]] = {}
        for span, thing in placed:
            self.add(span, thing)

    def add(self, span: Span, thing: Thing) -> None:
        """Keep a thing."""
        for block in _blocks(span):
            self._blocks.setdefault(block, []).append(len(self._placed))
        self._placed.append((span, thing))

    def touching(self, span: Span) -> list[Thing]:
        """Return the things that share a character with the span, in the order they were added."""
        near = {number for block in _blocks(span) for number in self._blocks.get(block, ())}
        placed = (self._placed[number] for number in sorted(near))
        return [thing for other, thing in placed if other.start < span.end and span.start < other.end]


def _blocks(span: Span) -> range:
    return range(span.start // BLOCK, max(span.start, span.end - 1) // BLOCK + 1)
