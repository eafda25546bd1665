"""Where a reader writes what it sees: visible characters with their place in the text, lines, cells."""

import re
from array import array
from collections.abc import Sequence
from functools import cache
from typing import NamedTuple

from service.core.document.fold import Range
from service.core.document.model import LineKind

_RULED = 1 << 16
_CLAUSE = 8  # a cell's line of so many characters says something: the next one is another clause
# Matches the gap of an empty line, "\n  \n" or "\n> \n"; must not match a plain line end followed by "- ".
_EMPTY_LINE = re.compile(r"\n[ \t\r>]*\n")


Run = tuple[int, int, int]  # (start, end, 0): text as it stands; (start, end, n): n characters for that range


class View(NamedTuple):
    """The characters of a view and where in the text each begins and ends."""

    text: str
    starts: Sequence[int]
    ends: Sequence[int]


class Rough:
    """A line as a reader leaves it; `lead` is where its opening run of bold characters ends, or `start`."""

    __slots__ = ("block", "cells", "end", "kind", "lead", "level", "marker", "row", "start", "table")

    def __init__(self, start: int, kind: LineKind, level: int, marker: str, block: int) -> None:
        self.start = start
        self.end = start
        self.kind = kind
        self.level = level
        self.marker = marker
        self.block = block
        self.lead = start
        self.table: int | None = None
        self.row = 0
        self.cells: list[Range] = []


class Page:
    """Gathers the view in text order; every character keeps the range of the text that it came from."""

    def __init__(self, clean: str, drops: list[Range]) -> None:
        self.clean = clean
        self.lines: list[Rough] = []
        self.heads: list[bool | None] = []  # one a table; None: to be told from its cells
        self.kind = LineKind.TEXT
        self.level = 0
        self.marker = ""
        self.bold = 0
        self.stray_bold = False  # bold by stars that no parser takes for such; ends with the line
        self.size = 0
        self.at = 0  # the text is read up to here
        self._drops = drops
        self._next_drop = 0
        self._parts: list[str] = []
        self._runs: list[Run] = []
        self._line: Rough | None = None
        self._block = 0
        self._part_block = False
        self._gap: tuple[str, int, int] | None = None

    def copy(self, start: int, end: int) -> None:
        """Show a range of the text, less what never shows."""
        drops = self._drops
        while drops and self._next_drop < len(drops) and drops[self._next_drop][0] < end:
            hidden, shown = drops[self._next_drop]
            if hidden > start:
                self._copy(start, hidden)
            start = max(start, shown)
            if shown > end:
                break
            self._next_drop += 1
        if start < end:
            self._copy(start, end)

    def _copy(self, start: int, end: int) -> None:
        if self._gap is not None:
            self._write_gap()
        line = self._line or self._open(start)
        self._parts.append(self.clean[start:end])
        self._runs.append((start, end, 0))
        if line.lead == self.size and (self.bold or self.stray_bold):
            line.lead += end - start
        self.size += end - start
        if end > self.at:
            self.at = end

    def put(self, chars: str, start: int, end: int) -> None:
        """Show `chars` for a range of the text that reads otherwise: an entity, a line end, a tag."""
        if chars:
            if self._gap is not None:
                self._write_gap()
            line = self._line or self._open(start)
            self._put(chars, start, end)
            if line.lead == self.size and (self.bold or self.stray_bold):
                line.lead += len(chars)
            self.size += len(chars)
        self.at = max(self.at, end)

    def _put(self, chars: str, start: int, end: int) -> None:
        start = max(start, self.at)
        self.at = max(start, end)
        self._parts.append(chars)
        self._runs.append((start, self.at, len(chars)))

    def _open(self, start: int) -> Rough:
        """Begin a line at its first character, parting it from the one before."""
        if self.lines:
            gap = self.clean[self.at : start]
            if self._part_block or (gap.count("\n") > 1 and _EMPTY_LINE.search(gap)):
                self._block += 1
            self._put("\n", self.at, max(start, self.at))
            self.size += 1
        self._part_block = False
        line = self._line = Rough(self.size, self.kind, self.level, self.marker, self._block)
        self.marker = ""
        self.lines.append(line)
        return line

    def space(self, start: int, end: int) -> None:
        """Part words by one space, should more of the line or cell follow."""
        if self._gap is None and self._line is not None:
            self._gap = (" ", start, end)

    def break_cell(self, start: int, end: int) -> None:
        """Part the lines of a cell, should more follow: by ";" after a clause, by a space after a word."""
        if self._line is not None and self._line.cells:
            mark = ";" if self.size - self._line.cells[-1][0] >= _CLAUSE else " "
            self._gap = (mark, start, end)

    def _write_gap(self) -> None:
        gap, self._gap = self._gap, None
        line = self._line
        if gap is None or line is None or self.size == (line.cells[-1][0] if line.cells else line.start):
            return
        mark, start, end = gap
        self._put(mark, start, end)
        if line.lead == self.size:
            line.lead += 1
        self.size += 1

    def end_line(self) -> None:
        """End the line being written; the next character begins another."""
        self._gap = None
        self.stray_bold = False
        if self._line is not None:
            self._line.end = self.size
            self._line = None

    def end_block(self) -> None:
        """End the line being written and its paragraph."""
        self.end_line()
        self._part_block = True

    @property
    def in_line(self) -> bool:
        """Tell whether the line being written holds something."""
        return self._line is not None

    def begin_table(self, has_head: bool | None) -> int:
        """Open a table and return its number; `has_head` None leaves the head to be told from the cells."""
        self.end_block()
        self.heads.append(has_head)
        return len(self.heads) - 1

    def begin_row(self, table: int, at: int) -> None:
        """Open a row at a place in the text."""
        self.end_line()
        line = self._open(at)
        line.kind, line.level, line.marker, line.table = LineKind.ROW, 0, "", table

    def begin_cell(self, at: int) -> None:
        """Open a cell of the row being written; `at` is where the mark that parts it from the last ends."""
        assert self._line is not None
        self._gap = None
        if self._line.cells:
            self._put("\t", at - 1, at)
            if self._line.lead == self.size:
                self._line.lead += 1
            self.size += 1
        self._line.cells.append((self.size, self.size))

    def end_cell(self) -> None:
        """Close the cell being written."""
        assert self._line is not None
        self._gap = None
        cells = self._line.cells
        cells[-1] = (cells[-1][0], self.size)

    def view(self) -> View:
        """Return what was written."""
        self.end_line()
        return assemble(self._parts, self._runs)


def assemble(parts: list[str], runs: list[Run]) -> View:
    """Join the parts of a view and draw the map of its runs."""
    view = "".join(parts)
    if len(runs) == 1 and runs[0][2] == 0:
        start, end, _ = runs[0]
        return View(view, range(start, end), range(start + 1, end + 1))
    starts, ends = array("I"), array("I")
    ruler = _ruler()
    for start, end, count in runs:
        if count:
            starts.extend([start] * count)
            ends.extend([end] * count)
        elif end < _RULED:
            starts += ruler[start:end]
            ends += ruler[start + 1 : end + 1]
        else:
            starts.extend(range(start, end))
            ends.extend(range(start + 1, end + 1))
    return View(view, starts, ends)


@cache
def _ruler() -> "array[int]":
    """Return 0, 1, 2… to copy slices from: a hundred times faster than counting anew."""
    return array("I", range(_RULED + 1))
