"""Tables as grids of figures: rows against the row of totals, columns by what their heads say."""

from bisect import bisect_left
from collections.abc import Iterable, Sequence

from service.core.arithmetic import roi
from service.core.arithmetic.cells import check_cells
from service.core.arithmetic.columns import check_columns
from service.core.arithmetic.interval import is_checkable, room_of_sum, sum_of
from service.core.arithmetic.passage import Passage
from service.core.arithmetic.wording import like, mismatch, plain
from service.core.document.model import Document, Table
from service.core.lazy import lazy
from service.core.numbers.columns import is_total
from service.core.numbers.model import Mismatch, Number, NumberKind
from service.core.span import Span

# a column whose total is no sum
_NO_SUM = lazy(
    r"率|均|roi|单价|cpa|cpc|cpm|cac|cpl|占比|比例|客单|arpu|排名|名次|评分|nps|达成|环比|同比|完成度|进度|变化|增幅|时长|时效|日期|时间|周期|版本|序号|编号|级|每|得分|满意"
)
_DEDUPED = lazy(r"去重|不含|除重|净|剔除|含")
_COST = lazy(r"消耗|花费|投入|成本|费用|支出")
_BACK = lazy(r"回收|成交|产出|收入|gmv|营收|销售额|回款")
# roi but not 首日roi, d7 roi
_ROI = lazy(r"^(?:整体|综合|总)? ?(?:roi|roas|投产比?|投入产出比)$")
_MOST_WRONG = 0.4  # of a column's rows
# 三店, 4个区合起来 but not 三号店
_ALL_OF = lazy(r"([两三四五六七八九十]|\d{1,2}) ?(?:个|家)?[\u4e00-\u9fff](?:合起来|一起|总)?")
_NUMERALS = {c: i for i, c in enumerate("两三四五六七八九十", 2)}
_WIDEST = 40  # columns read
_ARROWS = ("→", "->", "=>")

Grid = Sequence[Sequence[Sequence[Number]]]


def check_tables(passage: Passage) -> Iterable[Mismatch]:
    """Yield totals, ROIs, rates and sums of tables that their own cells contradict."""
    document = passage.document
    for table in document.tables:
        if not table.has_head or len(table.lines) < 2:
            continue
        rows = [document.lines[i].cells[:_WIDEST] for i in table.lines]
        grid = [[_figures(passage, c) for c in cells] for cells in rows]
        heads = [document.folded[c.start : c.end].strip() for c in rows[0]]
        labels = [_label(passage, table, r) for r in range(len(rows))]
        yield from _totals(passage, grid, heads, labels)
        yield from _returns(passage, grid, heads)
        yield from check_columns(passage, grid, heads, labels)
        yield from check_cells(passage, grid)


def drop_misread(document: Document, found: Sequence[Mismatch]) -> list[Mismatch]:
    """Leave out mismatches of a column most of whose rows would be wrong: its head was misunderstood."""
    columns: dict[tuple[int, int], list[Mismatch]] = {}
    kept: list[Mismatch] = []
    lines = sorted(
        (document.lines[i].span, t, i) for t, table in enumerate(document.tables) for i in table.lines
    )
    starts = [span.start for span, _, _ in lines]
    for one in found:
        row = bisect_left(starts, one.stated_span.start + 1) - 1
        if row < 0 or lines[row][0].end < one.stated_span.end:
            kept.append(one)
            continue
        _, table, line = lines[row]
        cells = document.lines[line].cells
        column = bisect_left([c.start for c in cells], one.stated_span.start + 1) - 1
        columns.setdefault((table, column), []).append(one)
    for (table, _), mismatches in columns.items():
        rows = len(document.tables[table].lines) - 1
        if len(mismatches) <= max(1, rows * _MOST_WRONG):
            kept.extend(mismatches)
    return kept


def _figures(passage: Passage, cell: Span) -> list[Number]:
    return passage.figures[bisect_left(passage.starts, cell.start) : bisect_left(passage.starts, cell.end)]


def _label(passage: Passage, table: Table, row: int) -> str:
    cells = passage.document.lines[table.lines[row]].cells
    return passage.document.folded[cells[0].start : cells[0].end].strip() if cells else ""


def _totals(passage: Passage, grid: Grid, heads: Sequence[str], labels: Sequence[str]) -> Iterable[Mismatch]:
    last = next((r for r in range(1, len(grid)) if is_total(labels[r])), None)
    if last is None and _counts_rows(labels):
        last, labels = len(grid) - 1, [*labels[:-1], "合计"]
    if last is None or last not in (1, len(grid) - 1) or len(grid) < 4 or _DEDUPED.search(labels[last]):
        return
    if sum(map(is_total, labels[1:])) != 1:
        return
    body = [r for r in range(1, len(grid)) if r != last]
    wrong: list[Mismatch] = []
    right = 0
    for column in range(1, len(heads)):
        if _NO_SUM.search(heads[column]):
            continue
        for place in (0, 1):
            figures = [grid[r][column] if column < len(grid[r]) else [] for r in (*body, last)]
            if any(len(f) <= place for f in figures) or (
                place and not all(_is_move(passage, f) for f in figures)
            ):
                break
            picked = [f[place] for f in figures]
            outcome = _sum(passage, picked[:-1], picked[-1])
            if outcome is None:
                break
            if isinstance(outcome, Mismatch):
                wrong.append(outcome)
            else:
                right += 1
    if wrong and (right >= len(wrong) or len(wrong) == 1):
        yield from wrong


def _counts_rows(labels: Sequence[str]) -> bool:
    """Tell whether the last row goes by how many rows there are before it: 三店 after three of them."""
    found = _ALL_OF.fullmatch(labels[-1])
    if found is None:
        return False
    many = int(found[1]) if found[1].isdigit() else _NUMERALS[found[1]]
    return many == len(labels) - 2 > 2


def _is_move(passage: Passage, figures: Sequence[Number]) -> bool:
    return passage.view[figures[0].span.end : figures[1].span.start].strip() in _ARROWS


def _sum(passage: Passage, parts: Sequence[Number], total: Number) -> Mismatch | bool | None:
    """Return True where the parts add up, a mismatch where they don't, None where they can't be added."""
    every = (*parts, total)
    if not is_checkable(*every) or any(n.kind is NumberKind.CHANGE for n in every):
        return None
    if any(n.unit_kind in ("percent", "point", "ratio") for n in every) or total.value <= 0:
        return None
    if not sum_of(parts).misses(total.value, room_of_sum(total)):
        return True
    got = sum(p.value for p in parts)
    if abs(got - total.value) / total.value > 0.3:
        return None
    formula = "+".join(plain(p.value) for p in parts)
    shown = plain(got, comma=True)
    return mismatch(
        passage.document,
        "total",
        total,
        tuple(parts),
        shown,
        formula,
        f"{formula} 是 {shown}，合计写 {passage.text(total)}，差 {plain(abs(got - total.value), comma=True)}",
        like(passage.document, total, got),
        "各行哪个不对",
        span=total.span,
    )


def _returns(passage: Passage, grid: Grid, heads: Sequence[str]) -> Iterable[Mismatch]:
    """Check ROI against the columns of spend and return, also where both share a cell (消耗/成交)."""
    places = [next((i for i, h in enumerate(heads) if p.search(h)), None) for p in (_COST, _BACK, _ROI)]
    cost_at, back_at, roi_at = places
    if roi_at is None or cost_at is None or back_at is None or sum(1 for h in heads if _ROI.search(h)) != 1:
        return
    for row in grid[1:]:
        if max(cost_at, back_at, roi_at) >= len(row) or len(row[roi_at]) != 1:
            continue
        if cost_at == back_at:
            if len(row[cost_at]) != 2 or not _COST.match(heads[cost_at]):
                continue
            cost, back = row[cost_at]
        elif len(row[cost_at]) == 1 and len(row[back_at]) == 1:
            cost, back = row[cost_at][0], row[back_at][0]
        else:
            continue
        yield from roi.compare(passage, row[roi_at][0], cost, back)
