"""Cells that hold a count with its rate, 2,700（75.0%）, against the base that the other cells go by."""

from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from service.core.arithmetic.passage import Passage, is_count, is_percent, is_rate
from service.core.arithmetic.rate import compare
from service.core.numbers.model import Mismatch, Number
from service.core.span import Span

Grid = Sequence[Sequence[Sequence[Number]]]

_MOST_ROWS = 60
_MOST_COLUMNS = 12
_FITTING = 3  # cells that keep to a base before another may be wrong
_OFF = 0.25  # a rate further off than this part of itself has another base


class _Cell(NamedTuple):
    """A count with its rate and its place in the table."""

    part: Number
    rate: Number
    row: int
    column: int


def check_cells(passage: Passage, grid: Grid) -> Iterable[Mismatch]:
    """Yield the one rate that breaks a law the others keep: of the row before, the first row, or the last."""
    cells = list(_cells(passage, grid))
    if len(cells) <= _FITTING:
        return
    for step in (-1, 0, len(grid) - 1):
        odd: list[tuple[_Cell, Number]] = []
        fitting = 0
        for cell in cells:
            row = cell.row + step if step < 0 else step or 1
            base = _count(grid, row, cell.column)
            if base is None or row == cell.row:
                continue
            if is_rate(cell.rate, cell.part, base):
                fitting += 1
            else:
                odd.append((cell, base))
        if fitting >= _FITTING and len(odd) == 1:
            (cell, base) = odd[0]
            got = cell.part.value / base.value * 100
            if got <= 100 and abs(got - cell.rate.value) <= _OFF * max(got, cell.rate.value):
                span = Span(cell.part.span.start, cell.rate.span.end)
                yield from compare(passage, cell.rate, cell.part, base, span=span)
            return


def _cells(passage: Passage, grid: Grid) -> Iterator[_Cell]:
    for row in range(1, min(len(grid), _MOST_ROWS)):
        for column in range(1, min(len(grid[row]), _MOST_COLUMNS)):
            figures = grid[row][column]
            if len(figures) != 2 or not is_count(figures[0]) or not is_percent(figures[1]):
                continue
            if passage.view[figures[0].span.end : figures[1].span.start].strip() in ("(", "（"):
                yield _Cell(figures[0], figures[1], row, column)


def _count(grid: Grid, row: int, column: int) -> Number | None:
    """Return the count that a cell holds, alone or with its rate."""
    if not 1 <= row < len(grid) or column >= len(grid[row]) or not grid[row][column]:
        return None
    number = grid[row][column][0]
    return number if is_count(number) else None
