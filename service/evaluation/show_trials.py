"""What held under changes, as tables for a terminal."""

from collections.abc import Sequence

from rich.console import Console
from rich.markup import escape
from rich.table import Table

from service.evaluation.perturb import Promise
from service.evaluation.robustness import Trial
from service.evaluation.show import DIMENSION, HALF, cell

PROMISE = {Promise.SAME: "不变", Promise.NOT_RAISED: "不升", Promise.LOWERED: "应降"}


def show_trials(trials: Sequence[Trial], most: int, console: Console) -> None:
    """Print a table a half, then up to `most` breaches a change; those name notes of the tuning half only."""
    for trial in trials:
        table = Table(
            "改动", "承诺", "篇", "守约", "相同", "升", "降", "应降而降",
            title=f"{trial.dataset} · {HALF[trial.half]}：改动之后的级别（篇 × 维度）",
        )  # fmt: skip
        table.columns[0].no_wrap = True
        for r in trial.results:
            table.add_row(
                escape(r.title),
                PROMISE[r.promise],
                str(r.notes),
                cell(r.kept),
                f"{r.same / r.pairs:.0%}" if r.pairs else "—",
                str(r.raised),
                str(r.lowered),
                _share(r.fallen, r.due) if r.due else "—",
            )
        console.print(table)
        for r in trial.results:
            for move in r.breaches[:most]:
                level = f"{DIMENSION[move.dimension]} {move.before} → {move.after}"
                console.print(f"  {escape(r.title)} · {move.note} · {level}", highlight=False)


def _share(part: int, whole: int) -> str:
    return f"{part}/{whole} {part / whole:.0%}" if whole else "—"
