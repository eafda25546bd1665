"""Learns which claims bear on which."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from evals.training.gold import Marked, mark, place
from evals.training.logits import fit
from service.core.reading import ClaimKind
from service.evaluation.dataset import GoldClaim, RatedNote
from service.rules.pairs import BEARS_ON, Candidates, Pairs, Told
from service.rules.reader import RuleReader
from service.rules.unit import Unit

STRENGTH = 0.1  # inverse of the penalty on large weights


@dataclass(frozen=True, slots=True)
class Tied:
    """A note's claims as the annotator marked them, with the annotator's claim behind each."""

    units: Sequence[Unit]
    behind: Mapping[int, GoldClaim]

    def bears(self, source: int, target: int) -> bool:
        """Tell whether the annotator linked two claims."""
        other = self.behind.get(target)
        return other is not None and other.id in self.behind[source].links


def tied(marked: Marked, reader: RuleReader) -> Tied:
    """Return a note's claims, cut where the (first) annotator cut them."""
    units = reader.units(marked.rated.note, marked.labels[0])
    placed = list(place(marked.document.view, marked.rated.annotators[0]))
    behind: dict[int, GoldClaim] = {}
    for at, unit in enumerate(units):
        best = 0
        for span, claim in placed:
            shared = min(span.end, unit.span.end) - max(span.start, unit.span.start)
            if claim.kind is unit.kind and shared > best:
                best, behind[at] = shared, claim
    return Tied(units, behind)


def examples(note: Tied, kind: ClaimKind) -> Iterator[tuple[list[str], bool]]:
    """Yield the signs of each pair whose source is of a kind, and whether the annotator linked it."""
    pairs, near = Pairs(note.units), Candidates(note.units)
    goes_by = _threads(note) if kind is ClaimKind.PLAN else [Told.of(u) for u in note.units]
    for at, unit in enumerate(note.units):
        if unit.kind is kind and at in note.behind:
            told = {i: goes_by[i] for i in near.of(at)}
            for other, signs in pairs.signs(at, told).items():
                yield signs, note.bears(at, other)


def _threads(note: Tied) -> list[Told]:
    """Return what each claim goes by with the causes and proofs that the annotator linked to it."""
    units = note.units
    parts: list[list[Unit]] = [[] for _ in units]
    for at, unit in enumerate(units):
        if unit.kind in (ClaimKind.CAUSE, ClaimKind.EVIDENCE) and at in note.behind:
            for other in range(len(units)):
                if note.bears(at, other):
                    parts[other].append(unit)
    return [Told.of(u).with_more(more) for u, more in zip(units, parts, strict=True)]


def learn(rated: Sequence[RatedNote], reader: RuleReader) -> list[str]:
    """Return the lines of the questions whether a claim of a kind bears on another."""
    data = [tied(mark(note, reader), reader) for note in rated]
    rows: list[str] = []
    for kind in BEARS_ON:
        rows += fit(kind, [example for note in data for example in examples(note, kind)], STRENGTH)
    return rows
