"""From a reading to a verdict, whoever read: the same steps for both engines."""

import asyncio
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TypeVar

from service.core.finding import Finding
from service.core.note import Note
from service.core.reading import Reading
from service.core.rewrite import Rewrite
from service.core.score import Highlight, Scores
from service.usecases.rooms import Rooms

T = TypeVar("T")

# About 50 kB of Chinese: some 20 ms of work, the most the event loop should be kept from its other callers.
OFF_LOOP_CHARACTERS = 16_000

REWRITE_READINGS = (
    20  # each of some ten drafts is checked by reading the note with its blanks open and filled
)


@dataclass(frozen=True, slots=True)
class Assessment:
    """A reading with all that is said of it, rewrites aside."""

    reading: Reading
    scores: Scores
    highlights: tuple[Highlight, ...]
    findings: tuple[Finding, ...]
    suppressed: int


def assess(rooms: Rooms, note: Note, reading: Reading) -> Assessment:
    """Return scores, highlights and findings of a reading."""
    scores = rooms.judge(reading, note.weights)
    findings, suppressed = rooms.collect(reading, scores, note.rules)
    return Assessment(reading, scores, rooms.praise(reading, scores), findings, suppressed)


def read_and_assess(rooms: Rooms, note: Note) -> Assessment:
    """Read a note by rule and assess it."""
    return assess(rooms, note, rooms.reader.read(note))


def mend(rooms: Rooms, note: Note, by_rule: Assessment, findings: Sequence[Finding]) -> tuple[Rewrite, ...]:
    """Return the checked rewrites, each naming those of `findings` it mends.

    They are proposed and checked on the reading by rule, so that levels before and after have one reader.
    """
    reading, scores = by_rule.reading, by_rule.scores
    drafts = rooms.rewriter.propose(reading, scores, findings)
    return rooms.check_rewrites(note, reading, scores, findings, drafts, rooms.reread) if drafts else ()


async def off_loop(note: Note, step: Callable[[], T], readings: int = 1) -> T:
    """Run a step at once where it is short, in a thread where it could hold others up.

    `readings` is how often the step may read the note.
    """
    if (len(note.text) + len(note.previous or "")) * readings <= OFF_LOOP_CHARACTERS:
        return step()
    return await asyncio.to_thread(step)
