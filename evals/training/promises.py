"""Learns which plans serve nothing told, and which of last period's promises are reported on."""

from collections.abc import Iterable, Iterator

from evals.training.gold import covered, marked_by
from service.evaluation.dataset import RatedNote
from service.rules import carry
from service.rules.reader import RuleReader

STRAY_STRENGTH = 0.1
KEPT_STRENGTH = 1.0
_COVERED = 0.5

Example = tuple[list[str], bool]


def stray(rated: RatedNote, reader: RuleReader) -> Iterator[Example]:
    """Yield the signs of each plan as the engine reads it, and whether it was marked as serving nothing."""
    draft = reader.draft(rated.note.text, rated.note.kind, rated.note.format)
    spans = marked_by(rated, "P307", draft.ground.document.view)
    for at, signs in draft.stray_signs.items():
        yield signs, covered(draft.units[at].span, spans, _COVERED)


def kept(rated: RatedNote, reader: RuleReader) -> Iterator[Example]:
    """Yield the signs of each promise as the engine reads it, and whether the note reports on it."""
    if not rated.note.previous:
        return
    before = reader.draft(rated.note.previous, rated.note.kind)
    draft = reader.draft(rated.note.text, rated.note.kind, rated.note.format)
    spans = marked_by(rated, "S403", before.ground.document.view)
    for at, (signs, _) in carry.signs(before.units, draft.passages).items():
        yield signs, not covered(before.units[at].span, spans, _COVERED)


def gather(folds: Iterable[tuple[RuleReader, list[RatedNote]]]) -> tuple[list[Example], list[Example]]:
    """Return the examples of both questions, each note read by a reader that has not learned from it."""
    strays: list[Example] = []
    promises: list[Example] = []
    for reader, rated in folds:
        for note in rated:
            strays += stray(note, reader)
            promises += kept(note, reader)
    return strays, promises
