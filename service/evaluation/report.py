"""A whole evaluation: which notes were run, the figures of each half, the baselines beside them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from service.evaluation import baseline
from service.evaluation.dataset import Dataset, Half, RatedNote, Standing
from service.evaluation.figures import Figure
from service.evaluation.measure import Solved, false_alarms, measure
from service.evaluation.outcome import Solver
from service.evaluation.worst import Case


@dataclass(frozen=True, slots=True)
class Block:
    """The figures of one half of one dataset; `baselines` hold level figures only."""

    dataset: str
    standing: Standing
    rated_by: str
    half: Half
    notes: int
    annotated: int
    figures: Mapping[str, Figure]
    baselines: Mapping[str, Mapping[str, Figure]]


@dataclass(frozen=True, slots=True)
class Report:
    """All blocks of one run; `false_alarms` is that of D105 over all notes run, both halves together."""

    engine: str
    blocks: tuple[Block, ...]
    false_alarms: Figure
    worst: tuple[Case, ...] = ()

    def tuning(self) -> dict[str, Mapping[str, Figure]]:
        """Return the figures of each dataset's tuning half."""
        return {b.dataset: b.figures for b in self.blocks if b.half is Half.TUNING}


def run(solver: Solver, dataset: Dataset, halves: Sequence[Half]) -> dict[Half, tuple[Solved, ...]]:
    """Run the engine over the asked halves of a dataset; a half without notes is left out."""
    return {
        half: tuple(Solved(rated, solver.solve(rated.note)) for rated in dataset.half(half))
        for half in halves
        if dataset.half(half)
    }


def build(
    engine: str,
    solved: Mapping[str, Mapping[Half, Sequence[Solved]]],
    datasets: Sequence[Dataset],
    teachers: Sequence[RatedNote],
    cases: Sequence[Case] = (),
) -> Report:
    """Work out the report from what was run; the trained baseline learns from `teachers`."""
    blocks = tuple(
        _block(dataset, half, notes, teachers)
        for dataset in datasets
        for half, notes in solved.get(dataset.name, {}).items()
    )
    everything = [s for halves in solved.values() for notes in halves.values() for s in notes]
    return Report(engine, blocks, false_alarms(everything), tuple(cases))


def _block(dataset: Dataset, half: Half, notes: Sequence[Solved], teachers: Sequence[RatedNote]) -> Block:
    rated = [s.rated for s in notes]
    return Block(
        dataset=dataset.name,
        standing=dataset.standing,
        rated_by=dataset.rated_by,
        half=half,
        notes=len(notes),
        annotated=sum(bool(note.annotators) for note in rated),
        figures=measure(notes),
        baselines={
            "ridge": baseline.ridge_figures(rated, teachers),
            "count": baseline.count_figures(rated),
        },
    )


def to_json(report: Report) -> dict[str, Any]:
    """Return the report as plain values; single notes are those of the tuning half that were asked for."""
    return {
        "engine": report.engine,
        "blocks": [
            {
                "dataset": b.dataset,
                "standing": b.standing.value,
                "rated_by": b.rated_by,
                "half": b.half.value,
                "notes": b.notes,
                "notes_with_claims": b.annotated,
                "figures": {k: _plain(f) for k, f in b.figures.items()},
                "baselines": {n: {k: _plain(f) for k, f in b.baselines[n].items()} for n in b.baselines},
            }
            for b in report.blocks
        ],
        "all_notes": {"findings.D105.false_alarms_per_1000_numbers": _plain(report.false_alarms)},
        "worst": [_case(c) for c in report.worst],
    }


def _plain(figure: Figure) -> dict[str, float | None]:
    low, high = figure.without_one or (None, None)
    return {
        "value": figure.value,
        "low": figure.low,
        "high": figure.high,
        "lowest_without_one": low,
        "highest_without_one": high,
    }


def _case(case: Case) -> dict[str, Any]:
    return {
        "id": case.id,
        "predicted": {d.value: level for d, level in case.predicted.items()},
        "rated": {d.value: level for d, level in case.rated.items()},
        "judged_because": {d.value: why for d, why in case.judged_because.items()},
        "rated_because": {d.value: list(why) for d, why in case.rated_because.items()},
        "missed": {k: list(v) for k, v in case.missed.items()},
        "extra": {k: list(v) for k, v in case.extra.items()},
        "features": list(case.features),
    }
