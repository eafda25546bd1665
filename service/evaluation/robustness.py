"""How far levels hold when a note is changed without changing what it says, and fall when it says less."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

from service.core.note import Note
from service.core.score import DimensionKey
from service.evaluation.dataset import Half, RatedNote
from service.evaluation.figures import Figure, Row, estimate, ratio
from service.evaluation.outcome import Solver
from service.evaluation.pairs import PairCase
from service.evaluation.perturb import CHANGES, Change, Promise

Levels = Mapping[DimensionKey, int]


class Move(NamedTuple):
    """What one change did to one dimension of one note."""

    note: str
    dimension: DimensionKey
    before: int
    after: int

    def keeps(self, promise: Promise) -> bool:
        """Tell whether the move is one the promise allows."""
        if promise is Promise.SAME:
            return self.after == self.before
        if promise is Promise.LOWERED:
            return self.after < self.before
        return self.after <= self.before


@dataclass(frozen=True, slots=True)
class Result:
    """One change over all notes it applies to; `breaches` name single notes, so only of the tuning half.

    `pairs` are (note, dimension); `kept` is the share of them that keep the promise, resampled by note. `due`
    counts the pairs whose level rests on what was taken away, `fallen` those of them that fell.
    """

    name: str
    title: str
    promise: Promise
    notes: int
    pairs: int
    same: int
    raised: int
    lowered: int
    kept: Figure
    due: int = 0
    fallen: int = 0
    breaches: tuple[Move, ...] = ()


@dataclass(frozen=True, slots=True)
class Trial:
    """The results of every change over one half of one dataset."""

    dataset: str
    half: Half
    results: tuple[Result, ...]


def try_changes(
    solver: Solver, notes: Sequence[RatedNote], changes: Iterable[Change] = CHANGES
) -> list[Result]:
    """Apply each change to each note and compare the levels before and after."""
    before = {n.id: solver.levels(n.note) for n in notes}
    out = []
    for change in changes:
        changed = [(n, after) for n in notes if (after := change.apply(n)) is not None]
        moves = [m for n, note in changed for m in _moves(n.id, before[n.id], solver.levels(note), change)]
        single = all(n.half is Half.TUNING for n, _ in changed)
        out.append(_result(change, len(changed), moves, single))
    return out


def try_pairs(solver: Solver, cases: Sequence[PairCase]) -> list[Result]:
    """Compare the levels of hand-written pairs, one result a promise; a move's note names pair and change."""
    moves: dict[Promise, list[Move]] = {promise: [] for promise in Promise}
    for case in cases:
        before, after = (
            solver.levels(Note(text, format=markup)) for text, markup in (case.before, case.after)
        )
        name = f"{case.id} {case.change}"
        moves[case.promise] += [Move(name, d, before[d], after[d]) for d in case.dimensions]
    return [
        _result(
            Change(f"pairs_{p.value}", "成对样本", p, lambda _: None),
            len({m.note for m in found}),
            found,
            True,
        )
        for p, found in moves.items()
        if found
    ]


def figures(results: Sequence[Result]) -> dict[str, Figure]:
    """Return the kept share of each change under `robustness.<name>.kept`."""
    return {f"robustness.{r.name}.kept": r.kept for r in results}


def to_json(trials: Sequence[Trial]) -> list[dict[str, Any]]:
    """Return the trials as plain values."""
    return [
        {
            "dataset": t.dataset,
            "half": t.half.value,
            "changes": [
                {
                    "name": r.name,
                    "promise": r.promise.value,
                    "notes": r.notes,
                    "pairs": r.pairs,
                    "same": r.same,
                    "raised": r.raised,
                    "lowered": r.lowered,
                    "kept": {"value": r.kept.value, "low": r.kept.low, "high": r.kept.high},
                    "due_to_fall": r.due,
                    "fallen": r.fallen,
                    "breaches": [
                        {"note": m.note, "dimension": m.dimension.value, "before": m.before, "after": m.after}
                        for m in r.breaches
                    ],
                }
                for r in t.results
            ],
        }
        for t in trials
    ]


def _moves(note: str, before: Levels, after: Levels, change: Change) -> list[Move]:
    return [Move(note, d, before[d], after[d]) for d in change.dimensions]


def _result(change: Change, notes: int, moves: Sequence[Move], single: bool) -> Result:
    due = [m for m in moves if change.rests_from is not None and m.before >= change.rests_from]
    return Result(
        change.name,
        change.title,
        change.promise,
        notes,
        len(moves),
        sum(m.after == m.before for m in moves),
        sum(m.after > m.before for m in moves),
        sum(m.after < m.before for m in moves),
        estimate(_rows(moves, change.promise), ratio),
        len(due),
        sum(m.after < m.before for m in due),
        tuple(m for m in moves if not m.keeps(change.promise)) if single else (),
    )


def _rows(moves: Sequence[Move], promise: Promise) -> list[Row]:
    by_note: dict[str, list[bool]] = {}
    for move in moves:
        by_note.setdefault(move.note, []).append(move.keeps(promise))
    return [(float(sum(kept)), float(len(kept))) for kept in by_note.values()]
