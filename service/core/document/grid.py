"""Writes an HTML table on a page: rows, cells, and what spans more than one of them."""

from service.core.document.page import Page

_MOST = 20  # columns or rows one cell may span: more than any note needs, and a bound on hostile input


class Grid:
    """The table being written; of nested tables the outermost is one, the inner are text in its cells."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.depth = 0
        self.in_cell = False
        self.in_row = False
        self._table = 0
        self._row = -1
        self._column = 0
        self._spare = 0  # columns that the cell at hand takes beyond its own
        self._hanging: dict[int, int] = {}  # column → rows that a cell above still covers
        self._all_head = False
        self._part = ""

    def open(self) -> None:
        """Begin a table."""
        self.depth += 1
        if self.depth == 1:
            self._table = self.page.begin_table(None)
            self._row, self._hanging, self._part = -1, {}, ""

    def close(self, at: int) -> None:
        """End a table; stray ends are ignored."""
        if self.depth == 1:
            self.close_row(at)
            self.page.end_block()
        self.depth = max(self.depth - 1, 0)

    def enter_part(self, name: str) -> None:
        """Note that `thead`, `tbody` or `tfoot` begins."""
        if self.depth == 1:
            self._part = name

    def close_row(self, at: int) -> None:
        """End the row being written."""
        if self.depth != 1 or not self.in_row:
            return
        self.close_cell(at)
        self._fill(at)
        if self._row == 0 and (self._all_head or self._part == "thead"):
            self.page.heads[self._table] = True
        self.page.end_line()
        self.in_row = False

    def open_cell(self, at: int, name: str, columns: int, rows: int) -> None:
        """Begin a cell whose tag ends at `at`, `columns` wide and `rows` high."""
        if self.depth != 1:
            return
        self.close_cell(at)
        if not self.in_row:
            self.page.begin_row(self._table, at)
            self.in_row, self._all_head = True, True
            self._row += 1
            self._column = 0
        self._fill(at)
        self.page.begin_cell(at)
        self.in_cell = True
        self._all_head = self._all_head and name == "th"
        self._spare = min(columns, _MOST) - 1
        if rows > 1:
            for column in range(self._column, self._column + self._spare + 1):
                self._hanging[column] = min(rows, _MOST) - 1
        self._column += 1

    def close_cell(self, at: int) -> None:
        """End the cell being written."""
        if self.depth != 1 or not self.in_cell:
            return
        self.page.end_cell()
        self.in_cell = False
        for _ in range(self._spare):
            self._empty(at)

    def _fill(self, at: int) -> None:
        """Put an empty cell wherever a cell of a row above reaches down."""
        while self._hanging.get(self._column, 0) > 0:
            self._hanging[self._column] -= 1
            self._empty(at)

    def _empty(self, at: int) -> None:
        self.page.begin_cell(at)
        self.page.end_cell()
        self._column += 1
