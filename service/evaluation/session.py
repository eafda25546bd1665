"""One run of the evaluation as asked for: load, solve, measure, print."""

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from importlib.resources.abc import Traversable
from pathlib import Path
from typing import Any

from rich.console import Console

from service.evaluation import floors, locate, report, show, worst
from service.evaluation.dataset import Dataset, Half, load
from service.evaluation.figures import Figure
from service.evaluation.floors import Floor
from service.evaluation.outcome import Solver
from service.evaluation.pairs import load_pairs
from service.evaluation.robustness import Trial, figures, to_json, try_changes, try_pairs
from service.evaluation.show_trials import show_trials

HEADLINE = "founding"  # the dataset whose tuning half the trained baseline learns from


@dataclass(frozen=True, slots=True)
class Request:
    """What was asked for; `split` is tuning, testing or all."""

    datasets: tuple[str, ...] = (HEADLINE,)
    split: str = "all"
    worst: int = 0
    floors: Path | None = None
    as_json: bool = False
    only: frozenset[str] | None = None  # ids of the notes to run; None for all
    headlines: Mapping[str, str] = field(default_factory=dict)

    @property
    def halves(self) -> tuple[Half, ...]:
        """Return the halves to run."""
        return tuple(Half) if self.split == "all" else (Half(self.split),)


class Session:
    """Runs one request against one engine; `say` takes finished text, `root` holds the datasets."""

    def __init__(
        self,
        solver: Solver,
        request: Request,
        say: Callable[[str], object],
        root: Traversable | None = None,
    ) -> None:
        self._root = root or locate.datasets()
        self._solver = solver
        self._request = request
        self._say = say

    def accuracy(self) -> bool:
        """Measure agreement with the ratings and print it; False when a floor is missed."""
        request = self._request
        bounds = floors.load(request.floors) if request.floors else ()
        datasets = self._datasets([f.dataset for f in bounds])
        solved = {d.name: report.run(self._solver, d, request.halves) for d in datasets}
        tuning = [s for halves in solved.values() for s in halves.get(Half.TUNING, ())]
        cases = worst.worst(tuning, request.worst) if request.worst else ()
        teachers = self._load(HEADLINE).half(Half.TUNING)
        built = report.build(self._solver.name, solved, datasets, teachers, cases)
        held = self._held(bounds, datasets, built)
        missed = floors.missed(bounds, held)
        if request.as_json:
            plain = {**report.to_json(built), "floors_missed": [_plain(f) for f in missed]}
            self._json({**plain, **request.headlines})
        else:
            for line in request.headlines.values():
                self._say(line)
            self._print(lambda console: show.show(built, console))
            if request.floors:
                self._print(lambda console: show.show_floors(missed, held, console))
        return not missed

    def robustness(self) -> bool:
        """Try the harmless changes on every note and the pairs, and print what held; always True."""
        trials = [
            Trial(dataset.name, half, tuple(try_changes(self._solver, notes)))
            for dataset in self._datasets([])
            for half in self._request.halves
            if (notes := dataset.half(half))
        ]
        if Half.TUNING in self._request.halves:
            pairs = load_pairs(self._root / "pairs")
            trials.append(Trial("pairs", Half.TUNING, tuple(try_pairs(self._solver, pairs))))
        if self._request.as_json:
            self._json({"engine": self._solver.name, "trials": to_json(trials)})
        else:
            self._print(lambda console: show_trials(trials, self._request.worst, console))
        return True

    def _held(
        self, bounds: Sequence[Floor], datasets: Sequence[Dataset], built: report.Report
    ) -> dict[str, Mapping[str, Figure]]:
        """Return the tuning figures by dataset, and those under changes where a floor asks for them."""
        held = built.tuning()
        asked = {f.dataset for f in bounds if f.figure.startswith("robustness.")}
        for dataset in datasets:
            if dataset.name in asked:
                results = try_changes(self._solver, dataset.half(Half.TUNING))
                held[dataset.name] = {**held.get(dataset.name, {}), **figures(results)}
        return held

    def _print(self, write: Callable[[Console], None]) -> None:
        console = Console()
        with console.capture() as printed:
            write(console)
        self._say(printed.get().rstrip())

    def _datasets(self, further: list[str]) -> list[Dataset]:
        found = [self._load(name) for name in dict.fromkeys((*self._request.datasets, *further))]
        only = self._request.only
        if only is None:
            return found
        return [replace(d, notes=tuple(n for n in d.notes if n.id in only)) for d in found]

    def _load(self, name: str) -> Dataset:
        return load(locate.folder(self._root, name))

    def _json(self, plain: Mapping[str, Any]) -> None:
        self._say(json.dumps(plain, ensure_ascii=False, indent=2))


def _plain(floor: Floor) -> dict[str, Any]:
    return {"dataset": floor.dataset, "figure": floor.figure, "side": floor.side, "bound": floor.bound}
