"""Turns outcomes beside rated notes into figures, each under a stable key such as `findings.D101.f1`."""

from collections.abc import Callable, Mapping, Sequence
from typing import NamedTuple

from service.core.document.model import Format
from service.core.reading import ClaimKind
from service.core.score import DimensionKey
from service.evaluation import figures as fig
from service.evaluation.dataset import GOLD_CODES, RatedNote
from service.evaluation.figures import Figure, Row, estimate
from service.evaluation.match import Pair, bare, claim_score, finding_score, pair
from service.evaluation.outcome import Outcome, Quoted

CODES = tuple(GOLD_CODES.values())
KINDS = tuple(k.value for k in ClaimKind)
IMPROVABLE = 3  # notes at or below this level in some dimension should get a rewrite


class Solved(NamedTuple):
    """A rated note and what an engine made of it."""

    rated: RatedNote
    outcome: Outcome


class Matched(NamedTuple):
    """How gold and found quotes of one label in one note met."""

    gold: tuple[tuple[str, ...], ...]
    found: tuple[str | None, ...]
    pairs: tuple[Pair, ...]

    @property
    def missed(self) -> list[str]:
        """Return the gold quotes nothing found, by their first wording."""
        hit = {p.gold for p in self.pairs}
        return [quotes[0] for i, quotes in enumerate(self.gold) if i not in hit]

    @property
    def extra(self) -> list[str]:
        """Return the found quotes no gold asks for."""
        hit = {p.found for p in self.pairs}
        return [quote or "(whole note)" for i, quote in enumerate(self.found) if i not in hit]

    @property
    def row(self) -> Row:
        """Return (hits, found, gold)."""
        return (float(len(self.pairs)), float(len(self.found)), float(len(self.gold)))


def match_findings(solved: Solved, code: str) -> Matched:
    """Match one code's findings in one note with what was planted there."""
    gold = tuple(g.quotes for g in solved.rated.gold if g.code == code)
    return _match(solved, gold, _labelled(solved.outcome.findings, code), finding_score)


def match_claims(solved: Solved, kind: str, annotator: int) -> Matched:
    """Match one kind's claims in one note with those of one annotator."""
    gold = tuple((c.quote,) for c in solved.rated.annotators[annotator] if c.kind.value == kind)
    return _match(solved, gold, _labelled(solved.outcome.claims, kind), claim_score)


def measure(solved: Sequence[Solved]) -> dict[str, Figure]:
    """Return every figure over the notes given; what these notes can't tell is unscored."""
    return {**levels(solved), **_findings(solved), **_claims(solved), **_integrity(solved)}


def levels(solved: Sequence[Solved]) -> dict[str, Figure]:
    """Return kappa, mean absolute error, exact and within-1 a dimension, against the consensus."""
    out: dict[str, Figure] = {}
    for dimension in DimensionKey:
        rows = level_rows([(s.rated, s.outcome.levels) for s in solved], dimension)
        for name, formula in LEVEL_FORMULAS.items():
            out[f"{dimension.value}.{name}"] = estimate(rows, formula)
    return out


def level_rows(
    predicted: Sequence[tuple[RatedNote, Mapping[DimensionKey, int]]], dimension: DimensionKey
) -> list[Row]:
    """Return one rating row for each note that has a consensus level in the dimension."""
    return [
        fig.rating_row(note.levels[dimension], levels[dimension])
        for note, levels in predicted
        if dimension in note.levels
    ]


LEVEL_FORMULAS: Mapping[str, fig.Formula] = {
    "qwk": fig.kappa,
    "mae": fig.mean_of(6),
    "exact": fig.mean_of(7),
    "within_1": fig.mean_of(8),
}
MATCH_FORMULAS: Mapping[str, fig.Formula] = {"precision": fig.precision, "recall": fig.recall, "f1": fig.f1}


def false_alarms(solved: Sequence[Solved]) -> Figure:
    """Return D105 findings nobody planted, per 1,000 numbers that say something about the work."""
    rows: list[Row] = []
    for s in solved:
        hits, found, _ = match_findings(s, "D105").row
        rows.append((found - hits, float(s.outcome.numbers)))
    return estimate(rows, fig.per_thousand)


def _findings(solved: Sequence[Solved]) -> dict[str, Figure]:
    out = {}
    for code in CODES:
        rows = [match_findings(s, code).row for s in solved]
        for name, formula in MATCH_FORMULAS.items():
            out[f"findings.{code}.{name}"] = estimate(rows, formula)
    out["findings.D105.false_alarms_per_1000_numbers"] = false_alarms(solved)
    return out


def _claims(solved: Sequence[Solved]) -> dict[str, Figure]:
    annotated = [s for s in solved if s.rated.annotators]
    # Notes of one report have the same number of annotators; a shorter list would misalign the columns.
    width = min((len(s.rated.annotators) for s in annotated), default=0)
    rows: dict[str, list[Row]] = {
        kind: [tuple(x for a in range(width) for x in match_claims(s, kind, a).row) for s in annotated]
        for kind in KINDS
    }
    rows["micro"] = [
        tuple(map(sum, zip(*per_kind, strict=True))) for per_kind in zip(*rows.values(), strict=True)
    ]
    return {
        f"claims.{kind}.{name}": estimate(kind_rows, formula)
        for kind, kind_rows in rows.items()
        for name, formula in MATCH_FORMULAS.items()
    }


def _integrity(solved: Sequence[Solved]) -> dict[str, Figure]:
    improvable = [s for s in solved if any(level <= IMPROVABLE for level in s.rated.levels.values())]
    return {
        "rewrites.reached": estimate([(float(s.outcome.rewrites > 0), 1.0) for s in improvable], fig.ratio),
        "rewrites.new_facts": estimate([(float(len(s.outcome.new_facts)),) for s in solved], fig.count),
        "spans.inexact": estimate([(float(len(s.outcome.inexact)),) for s in solved], fig.count),
        "spans.checked": estimate([(float(s.outcome.spans),) for s in solved], fig.count),
    }


def _labelled(quoted: Sequence[Quoted], label: str) -> tuple[str | None, ...]:
    return tuple(q.quote for q in quoted if q.label == label)


def _match(
    solved: Solved,
    gold: tuple[tuple[str, ...], ...],
    found: tuple[str | None, ...],
    score: Callable[[str, str], float],
) -> Matched:
    html = solved.rated.note.format is Format.HTML
    pairs = pair(
        [tuple(bare(q, html) for q in quotes) for quotes in gold],
        [bare(q or "", html) for q in found],
        score,
    )
    return Matched(gold, found, tuple(pairs))
