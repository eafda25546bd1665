"""What the columns of a table mean, by their heads."""

import re
from bisect import bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from service.core.document.model import Document, Table
from service.core.lexicon import Hits
from service.core.numbers.model import BaselineKind, Metric
from service.core.span import Span

PLAN_ONLY = frozenset(
    ("col_deadline", "col_owner", "col_standard", "col_priority", "col_source", "col_status")
)
_REVIEW_ONLY = frozenset(("col_deed", "col_problem", "col_actual"))
_COLUMNS = ("col_plan", "col_cause", "col_target", *sorted(PLAN_ONLY), *sorted(_REVIEW_ONLY))
# "W31", "8月"; not "W31→W32"
_PERIOD_HEAD = re.compile(r"(?:w\d{1,2}|\d{1,2}月|q[1-4]|第\d{1,2}周|20\d\d年?)$")


@dataclass(frozen=True, slots=True)
class Columns:
    """The columns of one table that mean something known."""

    told: Mapping[int, tuple[str, ...]] = field(default_factory=dict)  # column → names of lists, sorted
    past: frozenset[int] = frozenset()  # columns of an earlier period, the first two never
    is_action: bool = False  # each row is a plan as a whole

    def paired(self, metrics: Sequence[Metric], cells: Sequence[Span]) -> list[Metric]:
        """Return a row's metrics, each compared with the one right of it in an earlier period's column."""
        by_cell: dict[int, list[Metric]] = {}
        starts = [cell.start for cell in cells]
        for metric in metrics:
            at = bisect_right(starts, metric.span.start) - 1
            if at >= 0 and metric.span.start < cells[at].end:
                by_cell.setdefault(at, []).append(metric)
        out: list[Metric] = []
        for at in sorted(by_cell):
            if at in self.past and at - 1 in by_cell and at - 1 not in self.past:
                continue
            then = by_cell.get(at + 1, []) if at + 1 in self.past and at not in self.past else []
            for n, metric in enumerate(by_cell[at]):
                before = then[n].value if n < len(then) else None
                if before is not None and metric.baseline is None:
                    metric = replace(metric, baseline=before, baseline_kind=BaselineKind.PREVIOUS)
                out.append(metric)
        return out


NO_HEAD = Columns()


def read_heads(document: Document, table: Table, hits: Hits) -> Columns:
    """Return what the heads of a table mean."""
    told: dict[int, tuple[str, ...]] = {}
    past: set[int] = set()
    for at, cell in enumerate(document.lines[table.lines[0]].cells):
        text = document.slice(cell).strip()
        names = sorted(name for name in _COLUMNS if _is_named(hits, name, cell, len(text)))
        if names:
            told[at] = tuple(names)
        if at > 1 and (hits.has("time_past", *cell) or _PERIOD_HEAD.match(text.lower())):
            past.add(at)
    known = {name for names in told.values() for name in names}
    is_action = "col_plan" in known and not known.isdisjoint(PLAN_ONLY) and known.isdisjoint(_REVIEW_ONLY)
    return Columns(told, frozenset(past), is_action)


def _is_named(hits: Hits, name: str, cell: Span, length: int) -> bool:
    """Tell whether a word of a list makes up a third of a head."""
    hit = hits.first(name, cell.start, cell.end)
    return hit is not None and (hit.end - hit.start) * 3 >= length
