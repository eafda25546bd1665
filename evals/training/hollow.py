"""Learns which causes are empty and which plans name no step, from the levels of the notes they stand in.

A note is rated 2 where its causes (or plans) are all empty, higher where they are not: no single cause was
rated, but what the empty ones have in common shows over many notes.
"""

from collections.abc import Iterator, Mapping, Sequence

from evals.training.gold import mark
from evals.training.logits import Example, fit
from service.core.reading import ClaimKind
from service.core.score import DimensionKey
from service.evaluation.dataset import RatedNote
from service.rules.hollow import signs
from service.rules.reader import RuleReader

STRENGTH = 0.1
_EMPTY = 2  # the level of a note whose causes (or plans) are empty; 1 tells nothing of them
_ASKED: Mapping[str, tuple[ClaimKind, DimensionKey]] = {
    "hollow": (ClaimKind.CAUSE, DimensionKey.CAUSE),
    "loose": (ClaimKind.PLAN, DimensionKey.PLAN),
}


def examples(rated: RatedNote, reader: RuleReader) -> Iterator[tuple[str, Example]]:
    """Yield the signs of each cause and plan as annotated, and whether its note is rated as if empty."""
    units = reader.units(rated.note, mark(rated, reader).labels[0])
    for question, (kind, dimension) in _ASKED.items():
        level = rated.levels.get(dimension, 0)
        if level > 1:
            yield from ((question, (signs(u), level <= _EMPTY)) for u in units if u.kind is kind)


def learn(rated: Sequence[RatedNote], reader: RuleReader) -> list[str]:
    """Return the lines of both questions."""
    told = [found for note in rated for found in examples(note, reader)]
    return [line for ask in _ASKED for line in fit(ask, [e for q, e in told if q == ask], STRENGTH)]
