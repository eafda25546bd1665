"""Table rows as claims, by what the column heads mean."""

import re
from collections.abc import Sequence
from dataclasses import replace

from service.core.document.model import Document
from service.core.lexicon import Hits
from service.core.numbers.model import Direction, Metric, Number
from service.core.reading import ClaimKind, SectionKind, Trait
from service.core.span import Span
from service.rules import clause as clauses
from service.rules.clause import Clause
from service.rules.columns import NO_HEAD, PLAN_ONLY, Columns, read_heads
from service.rules.news import polarity
from service.rules.sections import Layout
from service.rules.shapes import listed
from service.rules.unit import Unit
from service.rules.words import Words

_CELL_KINDS = {
    "col_plan": ClaimKind.PLAN,
    "col_deed": ClaimKind.ACTIVITY,
    "col_problem": ClaimKind.PROBLEM,
    "col_cause": ClaimKind.CAUSE,
}
_PLEDGES = {
    "col_deadline": Trait.DATED,
    "col_owner": Trait.OWNED,
    "col_standard": Trait.MEASURABLE,
    "col_priority": Trait.PRIORITISED,
    "col_source": Trait.REASONED,
}
_REFERS = re.compile(r"(?:见|同|参见)\s?[\d一二三上下]{1,3}$")  # "见 1", "同上"; not "见客户 3 家"
_EMPTY_CELLS = frozenset(listed("empty_cell"))


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
    paired: list[tuple[Unit, Columns]] = []
    for table in document.tables:
        columns = read_heads(document, table, hits) if table.has_head else NO_HEAD
        first = len(units)
        for line in table.lines[1 if table.has_head else 0 :]:
            units.extend(_row(document, layout, line, columns))
        if columns.past:
            paired += [(unit, columns) for unit in units[first:] if unit.is_row]
    cells = sorted((c for u in units for c in u.clauses), key=lambda c: c.span)
    clauses.fill(document, cells, hits, numbers, metrics, words)
    for unit, columns in paired:
        whole = unit.clauses[0]
        whole.metrics = columns.paired(whole.metrics, document.lines[unit.line].cells)
    for unit in units:
        if unit.is_row and unit.kind is ClaimKind.RESULT:
            head = document.lines[unit.line].cells[0]
            unit.row_is_metric = hits.has("metric", head.start, head.end)
            _weigh(unit, hits)
    return [u for u in units if u.kind is not ClaimKind.RESULT or u.measures]


def _row(document: Document, layout: Layout, line: int, columns: Columns) -> list[Unit]:
    row = document.lines[line]
    section_kind = layout.kinds[line]

    def unit(kind: ClaimKind, span: Span, is_row: bool) -> Unit:
        cell = Clause(span, line, -1, section_kind, text=document.slice(span))
        return Unit(
            kind, [cell], line, row.block, line, layout.owners[line], section_kind, span, is_row=is_row
        )

    whole = row.span
    if columns.is_action or (section_kind is SectionKind.PLANS and columns.told):
        found = unit(ClaimKind.PLAN, whole, True)
        _pledge(document, (found,), row.cells, columns)
        return [found]
    out: list[Unit] = []
    taken: dict[Span, None] = {}
    for at, cell in enumerate(row.cells):
        text = document.slice(cell).strip()
        for name in columns.told.get(at, ()):
            if name in _CELL_KINDS and text.lower() not in _EMPTY_CELLS and not _REFERS.match(text):
                found = unit(_CELL_KINDS[name], cell, False)
                found.is_cell = True
                out.append(found)
                taken[cell] = None
                break
    plans = [u for u in out if u.kind is ClaimKind.PLAN]
    if plans:
        _pledge(document, plans, row.cells, columns)
    aside = PLAN_ONLY if plans else frozenset[str]()
    free = [
        c
        for at, c in enumerate(row.cells)
        if c not in taken and document.slice(c).strip() and aside.isdisjoint(columns.told.get(at, ()))
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


def _pledge(document: Document, plans: Sequence[Unit], cells: Sequence[Span], columns: Columns) -> None:
    """Give the plans of a row what its other cells say of them: till when, who, how it is measured."""
    traits: set[Trait] = set()
    deadline = owner = None
    for at, names in columns.told.items():
        text = document.slice(cells[at]).strip() if at < len(cells) else ""
        if text.lower() in _EMPTY_CELLS:
            continue
        traits.update(_PLEDGES[name] for name in names if name in _PLEDGES)
        deadline = text if "col_deadline" in names else deadline
        owner = text if "col_owner" in names else owner
    for plan in plans:
        plan.traits |= traits
        plan.deadline, plan.owner = deadline, owner


def _by_growth(metric: Metric) -> Metric:
    """In a table of groups, more is better unless a head said otherwise."""
    if metric.direction is Direction.NEUTRAL and metric.is_compared:
        return replace(metric, direction=Direction.UP_GOOD)
    return metric
