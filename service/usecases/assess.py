"""From a reading to a verdict, whoever read: the same steps for both engines."""

import asyncio
from collections.abc import Callable
from dataclasses import dataclass, replace
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


def mend(rooms: Rooms, note: Note, by_rule: Assessment, findings: tuple[Finding, ...]) -> tuple[Rewrite, ...]:
    """Return the checked rewrites, each naming those of `findings` it mends.

    They are proposed and checked on the reading by rule, so that levels before and after have one reader.
    """
    drafts = rooms.rewriter.propose(by_rule.reading, by_rule.scores, by_rule.findings)
    if not drafts:
        return ()
    checked = rooms.check_rewrites(note, by_rule.reading, by_rule.scores, drafts, rooms.reread)
    return tuple(replace(rewrite, findings=_named(rewrite, findings)) for rewrite in checked)


def _named(rewrite: Rewrite, findings: tuple[Finding, ...]) -> tuple[str, ...]:
    # A draft knows codes; callers know ids. A finding on the whole note is mended wherever its code is.
    return tuple(
        f.id
        for f in findings
        if (f.code in rewrite.findings or f.id in rewrite.findings)
        and (f.span is None or (f.source == "text" and f.span.overlaps(rewrite.span)))
    )


async def off_loop(note: Note, step: Callable[[], T]) -> T:
    """Run a step at once for a note of usual length, in a thread for one long enough to hold others up."""
    if len(note.text) + len(note.previous or "") <= OFF_LOOP_CHARACTERS:
        return step()
    return await asyncio.to_thread(step)
