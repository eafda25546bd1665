"""Columns of a table that a formula ties together, found by the rows that keep to it."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from functools import partial
from itertools import permutations

from service.core.arithmetic.interval import Interval, is_checkable, of, room_of, room_of_sum, sum_of
from service.core.arithmetic.passage import Passage
from service.core.arithmetic.wording import like, mismatch, percent, plain
from service.core.numbers.columns import is_total
from service.core.numbers.model import Mismatch, Number, NumberKind

Grid = Sequence[Sequence[Sequence[Number]]]

_MOST_COLUMNS = 10
_MOST_ROWS = 60
_PER_HEAD = (
    "cpa",
    "cpc",
    "cac",
    "cpl",
    "cps",
    "成本",
    "单价",
    "均价",
    "客单",
    "人均",
    "店均",
    "场均",
    "日均",
    "arpu",
)


def check_columns(
    passage: Passage, grid: Grid, heads: Sequence[str], labels: Sequence[str]
) -> Iterable[Mismatch]:
    """Yield the cells that break a formula which the other rows of their table keep.

    Two columns make a third by division (rates, cost per head), or one adds up the others (合计), where at
    least two rows fit and at most one, or one in four, does not: then the odd ones out are in doubt.
    """
    width = min(len(heads), _MOST_COLUMNS)
    rows = list(range(1, min(len(grid), _MOST_ROWS)))
    single = [c for c in range(1, width) if _is_plain(grid, rows, c)]
    if len(rows) < 2 or len(single) < 2:
        return
    cells = {
        c: [grid[r][c][0] if c < len(grid[r]) and len(grid[r][c]) == 1 else None for r in rows]
        for c in single
    }
    for column in single:
        if is_total(heads[column]) or heads[column].endswith(("合计", "总计", "小计")):
            yield from _row_sums(passage, cells, column)
        elif _is_rate(cells[column]):
            yield from _quotients(passage, cells, column, heads, 100.0)
            yield from _shares(passage, cells, column, heads, labels, rows)
        elif any(word in heads[column] for word in _PER_HEAD):
            yield from _quotients(passage, cells, column, heads, 1.0)


def _is_plain(grid: Grid, rows: Sequence[int], column: int) -> bool:
    """Tell whether nearly every row holds one stated measure in the column."""
    held = 0
    for r in rows:
        if column < len(grid[r]) and len(grid[r][column]) == 1:
            number = grid[r][column][0]
            held += number.kind is NumberKind.MEASURE and is_checkable(number)
    return held >= 2 and held >= len(rows) - 1


def _is_rate(numbers: Sequence[Number | None]) -> bool:
    return all(n is None or n.unit == "%" for n in numbers)


Cells = dict[int, list[Number | None]]
Rows = list[tuple[Number, Number, Number]]


def _quotients(
    passage: Passage, cells: Cells, column: int, heads: Sequence[str], scale: float
) -> Iterable[Mismatch]:
    counts = [c for c in cells if c != column and not _is_rate(cells[c])]
    unit = scale
    for top, bottom in permutations(counts, 2):
        scale = unit * _myriads(passage, heads[top], cells[top])
        scale /= _myriads(passage, heads[bottom], cells[bottom]) * _myriads(
            passage, heads[column], cells[column]
        )
        rows = [
            (a, b, c)
            for a, b, c in zip(cells[top], cells[bottom], cells[column], strict=True)
            if a and b and c
        ]
        odd = _odd_rows(rows, partial(_quotient, scale))
        if odd is None:
            continue
        for part, base, stated in odd:
            got = part.value / base.value * scale
            kind = "rate" if unit == 100.0 else "unit_cost"
            shown = percent(got) if unit == 100.0 else plain(got)
            a, b = passage.text(part), passage.text(base)
            yield mismatch(
                passage.document,
                kind,
                stated,
                (base, part),
                shown,
                f"{plain(part.value)}/{plain(base.value)}",
                f"{heads[top]} {a} ÷ {heads[bottom]} {b} 是 {shown}，表中写 {passage.text(stated)}",
                like(passage.document, stated, got),
                f"{a} 和 {b} 哪个不对",
                span=stated.span,
            )
        return


def _myriads(passage: Passage, head: str, cells: Sequence[Number | None]) -> float:
    """Return what the bare figures of a column are to be multiplied by: 销售/万, 成交（万元）."""
    if "万" not in head or any(n is not None and ("万" in passage.text(n) or n.unit == "%") for n in cells):
        return 1.0
    return 10_000.0


def _shares(
    passage: Passage,
    cells: Cells,
    column: int,
    heads: Sequence[str],
    labels: Sequence[str],
    rows: Sequence[int],
) -> Iterable[Mismatch]:
    """Check a column of shares against another column's total, told in the row of totals or summed."""
    last = next((i for i, r in enumerate(rows) if is_total(labels[r])), None)
    for other in cells:
        if other == column or _is_rate(cells[other]):
            continue
        total = cells[other][last] if last is not None else _summed(cells[other])
        if total is None or (last is None and not _is_share(heads[column])):
            continue
        triples = [
            (a, total, c)
            for i, (a, c) in enumerate(zip(cells[other], cells[column], strict=True))
            if a and c and i != last
        ]
        odd = _odd_rows(triples, lambda a, b: _times(of(a).over(of(b)), 100.0))
        if odd is None:
            continue
        for part, base, stated in odd:
            got = part.value / base.value * 100
            a = passage.text(part)
            b = passage.text(base) if last is not None else plain(base.value, comma=True)
            yield mismatch(
                passage.document,
                "rate",
                stated,
                (part,) if last is None else (base, part),
                percent(got),
                f"{plain(part.value)}/{plain(base.value)}",
                f"{a} 占合计 {b} 的 {percent(got)}，表中写 {passage.text(stated)}",
                like(passage.document, stated, got),
                f"{a} 和 {b} 哪个不对",
                span=stated.span,
            )
        return


def _is_share(head: str) -> bool:
    return any(word in head for word in ("占比", "比例", "份额", "构成", "比重"))


def _summed(numbers: Sequence[Number | None]) -> Number | None:
    """Return what the figures of a column come to, None where some are missing or in other units."""
    told = [n for n in numbers if n is not None]
    if len(told) < len(numbers) or len({n.unit for n in told}) != 1 or not is_checkable(*told):
        return None
    return replace(told[0], value=sum(n.value for n in told), step=max(n.step for n in told))


def _row_sums(passage: Passage, cells: Cells, column: int) -> Iterable[Mismatch]:
    parts = [c for c in cells if c != column and not _is_rate(cells[c]) and c < column]
    if len(parts) < 2:
        return
    rows = [[cells[c][i] for c in (*parts, column)] for i in range(len(cells[column]))]
    full = [[n for n in row if n is not None] for row in rows]
    full = [
        row
        for row in full
        if len(row) == len(parts) + 1 and len({n.unit for n in row}) == 1 and not _is_rate(row)
    ]
    odd = [row for row in full if sum_of(row[:-1]).misses(row[-1].value, room_of_sum(row[-1]))]
    if not _is_lawful(len(full), len(odd)):
        return
    for row in odd:
        got = sum(n.value for n in row[:-1])
        formula = "+".join(plain(n.value) for n in row[:-1])
        yield mismatch(
            passage.document,
            "total",
            row[-1],
            tuple(row[:-1]),
            plain(got, comma=True),
            formula,
            f"{formula} 是 {plain(got, comma=True)}，表中写 {passage.text(row[-1])}",
            like(passage.document, row[-1], got),
            "这一行哪个不对",
            span=row[-1].span,
        )


def _quotient(scale: float, part: Number, base: Number) -> Interval | None:
    return _times(of(part).over(of(base)), scale)


def _times(interval: Interval | None, scale: float) -> Interval | None:
    return None if interval is None else interval.times(scale)


def _odd_rows(rows: Rows, formula: Callable[[Number, Number], Interval | None]) -> Rows | None:
    """Return the rows that break a formula the others keep, None where it is no law of this table."""
    odd: Rows = []
    for i, row in enumerate(rows):
        made = formula(row[0], row[1])
        if made is None or made.misses(row[2].value, room_of(row[2])):
            odd.append(row)
            if len(odd) > 1 and len(odd) > (i + 1) // 2:
                return None
    return odd if odd and _is_lawful(len(rows), len(odd)) else (None if odd else [])


def _is_lawful(rows: int, odd: int) -> bool:
    fitting = rows - odd
    return fitting >= 2 and odd <= max(1, rows // 4)
