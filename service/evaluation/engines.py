"""An engine under evaluation, made of the functions that analyse a note."""

from collections.abc import Callable, Mapping

from service.core.analysis import Analysis
from service.core.note import Note
from service.core.score import DimensionKey, Scores
from service.evaluation.outcome import Outcome, observe


class EngineSolver:
    """Solves by calling an engine; `score` is its shorter way to the levels alone."""

    def __init__(
        self, name: str, analyse: Callable[[Note], Analysis], score: Callable[[Note], Scores]
    ) -> None:
        self._name = name
        self._analyse = analyse
        self._score = score

    @property
    def name(self) -> str:
        """Return what the engine is called in reports."""
        return self._name

    def solve(self, note: Note) -> Outcome:
        """Analyse the note and keep what is measured."""
        return observe(self._analyse(note))

    def levels(self, note: Note) -> Mapping[DimensionKey, int]:
        """Return the levels of the note."""
        return {d.key: d.level for d in self._score(note).dimensions}
