"""Table rows as claims, by what the column heads mean."""

import re
from collections.abc import Sequence
from dataclasses import replace

from service.core.document.model import Document, Table
from service.core.lexicon import Hits
from service.core.numbers.model import BaselineKind, Direction, Metric, Number
from service.core.reading import ClaimKind, SectionKind, Trait
from service.core.span import Span
from service.rules import clause as clauses
from service.rules.classify import polarity
from service.rules.clause import Clause
from service.rules.sections import Layout
from service.rules.unit import Unit
from service.rules.words import Words

_COLUMNS = (
    "col_plan", "col_deed", "col_problem", "col_cause", "col_deadline", "col_owner", "col_standard",
    "col_priority", "col_source", "col_status", "col_target", "col_actual",
)  # fmt: skip
_CELL_KINDS = {
    "col_plan": ClaimKind.PLAN,
    "col_deed": ClaimKind.ACTIVITY,
    "col_problem": ClaimKind.PROBLEM,
    "col_cause": ClaimKind.CAUSE,
}
_REFERS = re.compile(r"(?:见|同|参见)\s?[\d一二三上下]{1,3}$")  # "见 1", "同上"; not "见客户 3 家"
_PLAN_ONLY = frozenset(
    ("col_deadline", "col_owner", "col_standard", "col_priority", "col_source", "col_status")
)
_PERIOD_HEAD = re.compile(
    r"(?:w\d{1,2}|\d{1,2}月|q[1-4]|第\d{1,2}周|20\d\d年?)$"
)  # "W31", "8月"; not "W31→W32"
_EMPTY_CELLS = {"", "-", "--", "—", "/", "无", "暂无", "n/a", "na", "待定", "tbd", "–", "\\"}


def collect(
    document: Document,
    layout: Layout,
    hits: Hits,
    numbers: Sequence[Number],
    metrics: Sequence[Metric],
    words: Words,
) -> list[Unit]:
    """Return the units of all tables, in text order."""
    units: list[Unit] = []
    for table in document.tables:
        columns = heads(document, table, hits) if table.has_head else {}
        for line in table.lines[1 if table.has_head else 0 :]:
            units.extend(_row(document, layout, hits, line, columns))
    cells = sorted((c for u in units for c in u.clauses), key=lambda c: c.span)
    clauses.fill(document, cells, hits, numbers, metrics, words)
    _fold_past_columns(document, hits, units)
    for unit in units:
        if unit.is_row and unit.kind is ClaimKind.RESULT:
            head = document.lines[unit.line].cells[0]
            unit.row_is_metric = hits.has("metric", head.start, head.end)
            _weigh(unit, hits)
    return [u for u in units if u.kind is not ClaimKind.RESULT or u.measures]


def _fold_past_columns(document: Document, hits: Hits, units: Sequence[Unit]) -> None:
    """Compare each figure with the one in the column of an earlier period beside it ("场观 | W31", "ROI | 上周")."""
    for table in document.tables:
        if not table.has_head:
            continue
        past = {
            at
            for at, cell in enumerate(document.lines[table.lines[0]].cells)
            if at > 1 and _is_past_head(document.slice(cell), hits, cell)
        }
        if not past:
            continue
        rows = set(table.lines[1:])
        for unit in units:
            if unit.is_row and unit.line in rows:
                cells = document.lines[unit.line].cells
                unit.clauses[0].metrics = _paired(unit.clauses[0].metrics, cells, past)


def _is_past_head(text: str, hits: Hits, cell: Span) -> bool:
    return hits.has("time_past", cell.start, cell.end) or _PERIOD_HEAD.match(text.strip().lower()) is not None


def _paired(metrics: Sequence[Metric], cells: Sequence[Span], past: set[int]) -> list[Metric]:
    by_cell: dict[int, list[Metric]] = {}
    for metric in metrics:
        for at, cell in enumerate(cells):
            if cell.start <= metric.span.start < cell.end:
                by_cell.setdefault(at, []).append(metric)
                break
    out: list[Metric] = []
    for at in sorted(by_cell):
        if at in past and (at - 1) in by_cell and at - 1 not in past:
            continue
        then = by_cell.get(at + 1, []) if at + 1 in past and at not in past else []
        for n, metric in enumerate(by_cell[at]):
            before = then[n] if n < len(then) else None
            if before is not None and metric.baseline is None and before.value is not None:
                metric = replace(metric, baseline=before.value, baseline_kind=BaselineKind.PREVIOUS)
            out.append(metric)
    return out


def heads(document: Document, table: Table, hits: Hits) -> dict[int, set[str]]:
    """Return for each column what its head means; heads that mean nothing known are left out."""
    meaning: dict[int, set[str]] = {}
    for at, cell in enumerate(document.lines[table.lines[0]].cells):
        length = len(document.slice(cell).strip())
        for name in _COLUMNS:
            hit = hits.first(name, cell.start, cell.end)
            if hit is not None and (hit.end - hit.start) * 3 >= length:
                meaning.setdefault(at, set()).add(name)
    return meaning


def _is_action_table(columns: dict[int, set[str]]) -> bool:
    told = set().union(*columns.values()) if columns else set()
    around = told & {"col_deadline", "col_owner", "col_standard", "col_priority", "col_source", "col_status"}
    return "col_plan" in told and len(around) >= 1 and not told & {"col_deed", "col_problem", "col_actual"}


def _row(
    document: Document, layout: Layout, hits: Hits, line: int, columns: dict[int, set[str]]
) -> list[Unit]:
    row = document.lines[line]
    section_kind = layout.kinds[line]

    def unit(kind: ClaimKind, span: Span, is_row: bool) -> Unit:
        cell = Clause(span, line, -1, section_kind, text=document.slice(span))
        return Unit(
            kind, [cell], line, row.block, line, layout.owners[line], section_kind, span, 2.0, is_row=is_row
        )

    whole = row.span
    if _is_action_table(columns) or (section_kind is SectionKind.PLANS and columns):
        found = unit(ClaimKind.PLAN, whole, True)
        _plan_columns(document, found, row.cells, columns)
        return [found]
    out: list[Unit] = []
    taken: list[Span] = []
    for at, cell in enumerate(row.cells):
        text = document.slice(cell).strip()
        for name in sorted(columns.get(at, ())):
            if name in _CELL_KINDS and text.lower() not in _EMPTY_CELLS and not _REFERS.match(text):
                found = unit(_CELL_KINDS[name], cell, False)
                found.is_cell = True
                if found.kind is ClaimKind.PLAN:
                    _plan_columns(document, found, row.cells, columns)
                out.append(found)
                taken.append(cell)
                break
    aside = _PLAN_ONLY if any(u.kind is ClaimKind.PLAN for u in out) else frozenset[str]()
    free = [
        c
        for at, c in enumerate(row.cells)
        if c not in taken and document.slice(c).strip() and not columns.get(at, set()) & aside
    ]
    if free:
        span = whole if not taken else Span(free[0].start, free[-1].end)
        if taken and any(span.overlaps(t) for t in taken):
            upto = min(t.start for t in taken if t.start > span.start)
            span = Span(
                span.start, max(c.end for c in free if c.end <= upto) if free[0].end <= upto else upto
            )
        out.insert(0, unit(ClaimKind.RESULT, span, True))
    return out


def _weigh(unit: Unit, hits: Hits) -> None:
    """Tell a row of figures that is bad news from one that is good."""
    cell = unit.clauses[0]
    if hits.has("row_total", cell.span.start, min(cell.span.end, cell.span.start + 6)):
        return
    if not unit.row_is_metric:
        cell.metrics = [_by_growth(m) for m in cell.metrics]
    if polarity(cell) < 0:
        unit.kind = ClaimKind.PROBLEM
    elif unit.section_kind is SectionKind.CAUSES:
        unit.kind = ClaimKind.EVIDENCE


def _plan_columns(
    document: Document, unit: Unit, cells: Sequence[Span], columns: dict[int, set[str]]
) -> None:
    for at, cell in enumerate(cells):
        text = document.slice(cell).strip()
        if text.lower() in _EMPTY_CELLS:
            continue
        told = columns.get(at, set())
        if "col_deadline" in told:
            unit.deadline = text
            unit.traits.add(Trait.DATED)
        if "col_owner" in told:
            unit.owner = text
            unit.traits.add(Trait.OWNED)
        if "col_standard" in told:
            unit.traits.add(Trait.MEASURABLE)
        if "col_priority" in told:
            unit.traits.add(Trait.PRIORITISED)
        if "col_source" in told:
            unit.traits.add(Trait.REASONED)


def _by_growth(metric: Metric) -> Metric:
    """In a table of groups, more is better unless a head said otherwise."""
    if metric.direction is Direction.NEUTRAL and metric.is_compared:
        return replace(metric, direction=Direction.UP_GOOD)
    return metric
