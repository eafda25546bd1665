"""Tables: rows against the row of totals, columns against each other."""

import re
from bisect import bisect_left
from collections.abc import Iterable, Sequence

from service.core.arithmetic import roi
from service.core.arithmetic.interval import Interval, is_checkable, of
from service.core.arithmetic.wording import like, mismatch, plain
from service.core.document.model import Document, Table
from service.core.numbers.columns import is_total
from service.core.numbers.model import Mismatch, Number, NumberKind
from service.core.span import Span

# a column whose total is no sum
_NO_SUM = re.compile(
    r"率|均|roi|单价|cpa|cpc|cpm|cac|cpl|占比|比例|客单|arpu|排名|名次|评分|nps|达成|环比|同比|完成度|进度|变化|增幅|时长|时效|日期|时间|周期|版本|序号|编号|级|每"
)
_DEDUPED = re.compile(r"去重|不含|除重|净|剔除|含")
_COST = re.compile(r"消耗|花费|投入|成本|费用|支出")
_BACK = re.compile(r"回收|成交|产出|收入|gmv|营收|销售额|回款")
_ROI = re.compile(r"roi|roas|投产")


def check_tables(document: Document, numbers: Sequence[Number]) -> Iterable[Mismatch]:
    """Yield totals and ROIs of tables that their own rows contradict."""
    starts = [n.span.start for n in numbers]
    for table in document.tables:
        if not table.has_head or len(table.lines) < 2:
            continue
        grid = [[_figures(numbers, starts, c) for c in document.lines[i].cells] for i in table.lines]
        heads = [document.folded[c.start : c.end] for c in document.lines[table.lines[0]].cells]
        yield from _totals(document, table, grid, heads)
        yield from _returns(document, grid, heads)


def _figures(numbers: Sequence[Number], starts: Sequence[int], cell: Span) -> list[Number]:
    first, last = bisect_left(starts, cell.start), bisect_left(starts, cell.end)
    return [n for n in numbers[first:last] if n.kind in (NumberKind.MEASURE, NumberKind.CHANGE)]


def _label(document: Document, table: Table, row: int) -> str:
    cells = document.lines[table.lines[row]].cells
    return document.folded[cells[0].start : cells[0].end].strip() if cells else ""


def _totals(
    document: Document, table: Table, grid: Sequence[Sequence[Sequence[Number]]], heads: Sequence[str]
) -> Iterable[Mismatch]:
    rows = range(1, len(grid))
    totals = [r for r in rows if is_total(_label(document, table, r))]
    if len(totals) != 1 or totals[0] not in (1, len(grid) - 1) or len(grid) < 4:
        return
    last = totals[0]
    if _DEDUPED.search(_label(document, table, last)):
        return
    body = [r for r in rows if r != last]
    wrong: list[Mismatch] = []
    right = 0
    for column in range(1, len(heads)):
        if _NO_SUM.search(heads[column]):
            continue
        for place in (0, 1):
            figures = [grid[r][column] if column < len(grid[r]) else [] for r in (*body, last)]
            if any(len(f) <= place for f in figures):
                break
            picked = [f[place] for f in figures]
            if place and not all(_arrow(document, f[0], f[1]) for f in figures):
                break
            outcome = _sum(document, picked[:-1], picked[-1])
            if outcome is None:
                break
            if outcome is True:
                right += 1
            elif isinstance(outcome, Mismatch):
                wrong.append(outcome)
    if wrong and (right >= len(wrong) or len(wrong) == 1):
        yield from wrong


def _arrow(document: Document, one: Number, other: Number) -> bool:
    return document.view[one.span.end : other.span.start].strip() in ("→", "->", "=>")


def _sum(document: Document, parts: Sequence[Number], total: Number) -> "Mismatch | bool | None":
    """Return True where the parts add up, a mismatch where they don't, None where they can't be added."""
    every = (*parts, total)
    if not is_checkable(*every) or any(n.kind is NumberKind.CHANGE for n in every):
        return None
    if any(n.unit_kind in ("percent", "point", "ratio") for n in every) or total.value <= 0:
        return None
    summed = Interval(0.0, 0.0)
    for part in parts:
        summed = summed + of(part)
    if not summed.misses(total.value, total.step / 2):
        return True
    got = sum(p.value for p in parts)
    if abs(got - total.value) / total.value > 0.3:
        return None
    formula = "+".join(plain(p.value) for p in parts)
    shown = plain(got, comma=True)
    return mismatch(
        document, "total", total, tuple(parts), shown, formula,
        f"{formula} 是 {shown}，合计写 {document.slice(total.span)}，差 {plain(abs(got - total.value), comma=True)}",
        like(document, total, got), "各行哪个数不对", span=total.span,
    )  # fmt: skip


def _returns(
    document: Document, grid: Sequence[Sequence[Sequence[Number]]], heads: Sequence[str]
) -> Iterable[Mismatch]:
    places = [next((i for i, h in enumerate(heads) if p.search(h)), None) for p in (_COST, _BACK, _ROI)]
    cost_at, back_at, roi_at = places
    if roi_at is None or cost_at is None or back_at is None:
        return
    if sum(1 for h in heads if _ROI.search(h)) != 1:
        return
    for row in grid[1:]:
        if max(cost_at, back_at, roi_at) >= len(row) or len(row[roi_at]) != 1:
            continue
        if cost_at == back_at:
            pair = row[cost_at]
            if len(pair) != 2 or not _COST.match(heads[cost_at]):
                continue
            cost, back = pair
        elif len(row[cost_at]) == 1 and len(row[back_at]) == 1:
            cost, back = row[cost_at][0], row[back_at][0]
        else:
            continue
        found = roi.compare(document, row[roi_at][0], cost, back)
        if found is not None:
            yield found
