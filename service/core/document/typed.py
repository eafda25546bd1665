"""Finds tables without markup: cells parted by tabs, as pasted from a sheet, or by "|"."""

import re

from service.core.document.fold import Range
from service.core.document.markers import read_marker
from service.core.document.model import LineKind
from service.core.document.page import Rough
from service.core.span import Span

# Matches "|---|:--|", the rule under a table's head.
_RULE = re.compile(r"\|?(?:\s*+(?::-++:?|-{2,}+:?|-:)\s*+(?:\||$))+")
_Row = tuple[Rough, list[Range]]


def find_typed_tables(view: str, roughs: list[Rough], heads: list[bool | None]) -> list[Rough]:
    """Return the lines with runs of two or more that part alike turned into rows."""
    if "\t" not in view and "|" not in view:
        return roughs
    lines: list[Rough] = []
    at = 0
    while at < len(roughs):
        run, has_rule = _run(view, roughs, at)
        if len(run) + has_rule < 2:
            lines.append(roughs[at])
            at += 1
            continue
        indent = min(_blanks(view, cells) for _, cells in run)
        for rough, cells in run:
            rough.kind, rough.table, rough.cells = LineKind.ROW, len(heads), cells[indent:]
            lines.append(rough)
        heads.append(True if has_rule else None)
        at += len(run) + has_rule
    return lines


def _run(view: str, roughs: list[Rough], first: int) -> tuple[list[_Row], bool]:
    """Return the rows that begin at a line, with their cells, and whether a rule stands under the first."""
    run: list[_Row] = []
    has_rule = False
    mark = "\t" if view.find("\t", roughs[first].start, roughs[first].end) >= 0 else "|"
    for at in range(first, len(roughs)):
        rough = roughs[at]
        if rough.kind is not LineKind.TEXT or rough.block != roughs[first].block:
            break
        if mark == "|" and len(run) == 1 and not has_rule and _is_rule(view, rough):
            has_rule = True
            continue
        cells = _tabbed(view, rough) if mark == "\t" else _piped(view, rough)
        if not cells or (mark == "|" and run and not has_rule and len(cells) != len(run[0][1])):
            break
        run.append((rough, cells))
    return run, has_rule


def _blanks(view: str, cells: list[Range]) -> int:
    """Count the empty cells that a row begins with: what all rows have is an indent, no column."""
    count = 0
    while count < len(cells) - 1 and not view[slice(*cells[count])].strip():
        count += 1
    return count


def _is_rule(view: str, rough: Rough) -> bool:
    text = view[rough.start : rough.end].strip()
    return "|" in text and _RULE.fullmatch(text) is not None


def _tabbed(view: str, rough: Rough) -> list[Range]:
    """Return the cells of a line with tabs in it; a tab behind a list marker parts nothing."""
    start, end = rough.start, rough.end
    if "\t" not in view[start:end].strip():
        return []
    marker = read_marker(view, Span(start, end))
    if marker is not None and view.find("\t", marker.end, end) < 0:
        return []
    return _split(view, start, end, "\t")


def _piped(view: str, rough: Rough) -> list[Range]:
    """Return the cells of a line like "| a | b |" or "a | b | c"; not of "P0|改入口"."""
    text = view[rough.start : rough.end]
    body = text.strip()
    inner = body.removeprefix("|").removesuffix("|")
    closed = len(body) > 2 and body[0] == body[-1] == "|"
    if inner.count("|") < (1 if closed else 2):
        return []
    start = rough.start + text.index(body) + (1 if body[0] == "|" else 0)
    return _split(view, start, start + len(inner), "|")


def _split(view: str, start: int, end: int, mark: str) -> list[Range]:
    cells: list[Range] = []
    for cell in view[start:end].split(mark):
        cells.append((start, start + len(cell)))
        start += len(cell) + 1
    return cells
