"""From a reading to a verdict, whoever read: the same steps for both engines."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, TypeVar

from service.core.finding import Finding
from service.core.note import Note
from service.core.reading import Reading
from service.core.score import Highlight, Scores
from service.usecases.rooms import Rooms

if TYPE_CHECKING:
    from concurrent.futures import Executor

T = TypeVar("T")

# Work is counted in characters read. Up to here a step runs on the event loop, where it holds up everybody
# for some 10 ms; the tail of a thread's hop would cost short checks more than that.
ON_LOOP = 4_000
LONG = 100_000


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


async def off_loop(note: Note, step: Callable[[], T], readings: int = 1) -> T:
    """Run a step at once where it is short, in a thread where it could hold others up.

    `readings` is how often the step may read the note.
    """
    work = (len(note.text) + len(note.previous or "")) * readings
    if work <= ON_LOOP:
        return step()
    import asyncio  # here and in its neighbours: an analysis without a loop takes no longer than this import

    lane = _lane("notecoach-engine" if work <= LONG else "notecoach-engine-long")
    return await asyncio.get_running_loop().run_in_executor(lane, step)


@cache
def _lane(name: str) -> "Executor":
    """Return the one thread of a lane.

    The interpreter lock lets no two of them work at once, and more of them only keep the loop from its turn
    (checks beside eight analyses on 2 cores: p99 51 ms with one thread, 275 with two, 362 with six). Long
    work has a lane of its own, so that a book does not keep ordinary notes waiting.
    """
    from concurrent.futures import ThreadPoolExecutor

    return ThreadPoolExecutor(1, name)
