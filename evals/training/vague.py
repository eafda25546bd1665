"""Learns which clauses evaluate where a figure should stand."""

from collections.abc import Iterator

from evals.training.gold import covered, marked_by
from evals.training.logits import Example
from service.evaluation.dataset import RatedNote
from service.rules.reader import RuleReader
from service.rules.vague import JUDGED, signs

STRENGTHS = {"vague": 0.2}
_COVERED = 0.5  # a clause is vague when more than this share of it is marked


def examples(rated: RatedNote, reader: RuleReader) -> Iterator[tuple[str, Example]]:
    """Yield the signs of each clause without figures as the engine reads it, and whether it was marked."""
    draft = reader.draft(rated.note.text, rated.note.kind, rated.note.format)
    spans = marked_by(rated, "D101", draft.ground.document.view)
    for unit in draft.units:
        if unit.kind in JUDGED:
            for at, clause in enumerate(unit.clauses):
                if clause.signs is not None and not clause.measures:
                    yield "vague", (signs(unit, at), covered(clause.span, spans, _COVERED))
