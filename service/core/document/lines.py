"""Settles what each line is: takes markers off, finds headings, nests items, closes tables."""

from service.core.document.draft import Draft
from service.core.document.headings import has_figures
from service.core.document.markers import RANK, Marker, read_inner, read_marker
from service.core.document.model import Line, LineKind, Table
from service.core.document.outline import find_headings, rank_headings
from service.core.document.page import Rough
from service.core.span import Span

_HEADING_STYLES = frozenset({"cn", "cn_paren", "number", "dotted", "circled", "paren"})


def settle(
    view: str, roughs: list[Rough], heads: list[bool | None]
) -> tuple[tuple[Line, ...], tuple[Table, ...]]:
    """Turn what a reader left into lines and tables."""
    drafts: list[Draft] = []
    for rough in roughs:
        if (draft := _trim(view, rough)) is not None:
            drafts.append(draft)
        elif rough.table is not None and rough.row == 0:
            heads[rough.table] = False  # a head without a word is none
    _take_markers(view, drafts)
    find_headings(view, drafts)
    _nest_items(drafts)
    rank_headings(drafts)
    rows: list[list[int]] = [[] for _ in heads]
    lines: list[Line] = []
    for at, draft in enumerate(drafts):
        rough = draft.rough
        table = row = None
        if rough.table is not None:
            table, row = rough.table, len(rows[rough.table])
            rows[table].append(at)
        cells = tuple(Span(*cell) for cell in rough.cells)
        lines.append(Line(draft.span, draft.kind, draft.level, draft.marker, rough.block, table, row, cells))
    return tuple(lines), tuple(
        Table(tuple(at), head if head is not None else _has_head(view, lines, at))
        for at, head in zip(rows, heads, strict=True)
    )


def _strip(view: str, start: int, end: int) -> Span:
    while start < end and view[start].isspace():
        start += 1
    while start < end and view[end - 1].isspace():
        end -= 1
    return Span(start, end)


def _trim(view: str, rough: Rough) -> Draft | None:
    if rough.cells:
        cells = [_strip(view, start, end) for start, end in rough.cells]
        if not any(map(len, cells)):
            return None
        rough.cells = [(cell.start, cell.end) for cell in cells]
        return Draft(rough, Span(cells[0].start, cells[-1].end), 0)
    start, end = rough.start, rough.end
    if start < end and not view[start].isspace() and not view[end - 1].isspace():
        return Draft(rough, Span(start, end), 0)
    span = _strip(view, start, end)
    if not len(span):
        return None
    return Draft(rough, span, span.start - rough.start)


def _take_markers(view: str, drafts: list[Draft]) -> None:
    number = 0
    for at, draft in enumerate(drafts):
        kind = draft.kind
        if kind is LineKind.ROW or kind is LineKind.CODE:
            continue
        if kind is LineKind.ITEM and draft.marker:
            draft.style = "number" if draft.marker[0].isdigit() else "bullet"
            words = read_inner(view, draft.span)
            if words > draft.span.start:
                draft.marker = f"{draft.marker} {view[draft.span.start : words].rstrip()}"
                draft.span = Span(words, draft.span.end)
            continue
        expected = number + 1 if number else _first_of_two(view, drafts, at)
        marker = read_marker(view, draft.span, expected)
        if marker is None or (kind is LineKind.HEADING and marker.style not in _HEADING_STYLES):
            continue
        number = marker.number or number
        _mark(view, draft, marker)


def _first_of_two(view: str, drafts: list[Draft], at: int) -> int:
    """Return 1 where the next line begins with a 2: "1.11月活动" is then the first of a list."""
    following = drafts[at + 1].span.start if at + 1 < len(drafts) else len(view)
    return 1 if view[following : following + 1] == "2" else 0


def _mark(view: str, draft: Draft, marker: Marker) -> None:
    words = marker.end
    if draft.kind is LineKind.TEXT or draft.kind is LineKind.ITEM:
        draft.kind = LineKind.ITEM
        words = read_inner(view, Span(marker.end, draft.span.end))
    draft.marker = view[draft.span.start : words].rstrip()
    draft.style = marker.style
    draft.span = Span(words, draft.span.end)


def _nest_items(drafts: list[Draft]) -> None:
    """Give items without markup their depth, by indent first and by the style of their markers second."""
    stack: list[tuple[int, str]] = []
    for draft in drafts:
        if draft.kind is not LineKind.ITEM:
            if draft.kind is not LineKind.TEXT or draft.indent == 0:
                stack.clear()
            continue
        if draft.rough.level:
            draft.level = draft.rough.level + (1 if draft.marker and not draft.rough.marker else 0)
            continue
        key = (draft.indent, draft.style)
        while stack and key != stack[-1] and not _is_inside(key, stack[-1]):
            stack.pop()
        if not stack or stack[-1] != key:
            stack.append(key)
        draft.level = len(stack)


def _is_inside(key: tuple[int, str], outer: tuple[int, str]) -> bool:
    return key[0] > outer[0] or (key[0] == outer[0] and RANK[key[1]] > RANK[outer[1]])


def _has_head(view: str, lines: list[Line], rows: list[int]) -> bool:
    """Tell whether the first row of a table heads the others: short cells, none of them a figure."""
    if len(rows) < 2:
        return False
    cells = [view[cell.start : cell.end] for cell in lines[rows[0]].cells]
    return all(len(cell) <= 20 and not has_figures(cell) for cell in cells)
