"""Learns which clauses evaluate where a figure should stand."""

from collections.abc import Iterator, Sequence

from evals.training.gold import Marked, covered, mark, marked_by
from evals.training.logits import fit
from service.evaluation.dataset import RatedNote
from service.rules.reader import RuleReader
from service.rules.vague import JUDGED, signs

STRENGTH = 0.2
_COVERED = 0.5  # a clause is vague when more than this share of it is marked


def examples(marked: Marked, reader: RuleReader) -> Iterator[tuple[list[str], bool]]:
    """Yield the signs of each clause of a claim without figures, and whether it was marked as vague."""
    spans = marked_by(marked.rated, "D101", marked.document.view)
    for unit in reader.units(marked.rated.note, marked.labels[0]):
        if unit.kind in JUDGED and not unit.measures:
            for at, clause in enumerate(unit.clauses):
                if clause.signs is not None:
                    yield signs(unit, at), covered(clause.span, spans, _COVERED)


def learn(rated: Sequence[RatedNote], reader: RuleReader) -> list[str]:
    """Return the lines of the question."""
    found = [example for note in rated for example in examples(mark(note, reader), reader)]
    return fit("vague", found, STRENGTH)
