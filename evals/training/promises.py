"""Learns what plans leave out: plans that serve nothing, problems without one, promises not reported on."""

from collections.abc import Iterator

from evals.training.gold import covered, marked_by
from evals.training.logits import Example
from service.evaluation.dataset import RatedNote
from service.rules import carry
from service.rules.reader import RuleReader

STRENGTHS = {"stray": 0.1, "open": 0.1, "kept": 0.3}
_COVERED = 0.5


def examples(rated: RatedNote, reader: RuleReader) -> Iterator[tuple[str, Example]]:
    """Yield by question the signs of plans, problems and promises as the engine reads them, and the answer.

    "stray": was a plan marked as serving nothing? "open": was a problem marked as left without a plan?
    "kept": does the note report on a promise of the one before?
    """
    draft = reader.draft(rated.note.text, rated.note.kind, rated.note.format)
    view = draft.ground.document.view
    for question, code, told in (("stray", "P307", draft.stray_signs), ("open", "P302", draft.open_signs)):
        spans = marked_by(rated, code, view)
        for at, signs in told.items():
            yield question, (signs, covered(draft.units[at].span, spans, _COVERED))
    if not rated.note.previous:
        return
    before = reader.draft(rated.note.previous, rated.note.kind)
    spans = marked_by(rated, "S403", before.ground.document.view)
    for at, (signs, _) in carry.signs(before.units, draft.passages).items():
        yield "kept", (signs, not covered(before.units[at].span, spans, _COVERED))
