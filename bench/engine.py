"""The engine alone: one check of a note, from text to findings."""

import sys
from collections.abc import Callable

from bench.notes import make_note
from bench.timing import Series, milliseconds, series
from service.core.note import Note
from service.usecases.assess import read_and_assess
from service.wiring import rooms

GROWTH = (1_000, 5_000, 10_000, 50_000)


def check() -> Callable[[str], object]:
    """Return a check by rule of one text, the engine built and warm."""
    engine = rooms()
    read_and_assess(engine, Note(make_note(-1, 1000)))
    return lambda text: read_and_assess(engine, Note(text))


def cold(runs: int) -> Series:
    """Time checks of different 1,000-character notes, none seen before."""
    return series(check(), (make_note(seed, 1000) for seed in range(runs)))


def growth(runs: int) -> list[tuple[int, Series]]:
    """Time checks of ever longer notes; the longer, the fewer."""
    step = check()
    return [
        (size, series(step, (make_note(size + seed, size) for seed in range(max(3, runs * 1000 // size)))))
        for size in GROWTH
    ]


if __name__ == "__main__":
    # A process of its own: one note of that many characters, so that its memory is its own too.
    size = int(sys.argv[1])
    step, text = check(), make_note(1, size)
    sys.stdout.write(str(milliseconds(lambda: step(text))))
