"""Reads tables: column heads say what a number is, rows say of which part."""

from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from service.core.document.model import Document, Table
from service.core.numbers.columns import Column, columns_of, is_actual
from service.core.numbers.cues import CueHits
from service.core.numbers.frames import Frame, NameHit
from service.core.numbers.model import Number, NumberKind
from service.core.numbers.naming import Named, NameHits, Term, name_frames
from service.core.numbers.sentence import SentenceReader
from service.core.span import Span

_WIDEST = 40  # columns read; no table people read has more
_RATIOS = ("环比", "同比", "增幅", "涨幅", "增长率")
_NARROW = 3  # 指标 | 值 | 说明: the row names the metric, not the column
_PROSE = 16  # a cell longer than this is read like a sentence


class TableReader:
    """Reads one table's body rows into named frames."""

    __slots__ = ("document", "hits", "numbers", "roles", "starts", "table", "terms")

    def __init__(
        self, document: Document, table: Table, numbers: Sequence[Number], starts: Sequence[int],
        terms: Mapping[str, Term], hits: NameHits, roles: CueHits,
    ) -> None:  # fmt: skip
        self.document = document
        self.table = table
        self.numbers = numbers
        self.starts = starts
        self.terms = terms
        self.hits = hits
        self.roles = roles

    def read(self) -> Iterator[Named]:
        """Yield the frames of every body row."""
        lines = [self.document.lines[i].cells[:_WIDEST] for i in self.table.lines]
        if not self.table.has_head or len(lines) < 2:
            for cells in lines:
                yield from self._plain_row(cells)
            return
        folded = self.document.folded
        heads = [folded[c.start : c.end].strip() for c in lines[0]]
        columns = columns_of(heads, [self._name_in(c) for c in lines[0]])
        for cells in lines[1:]:
            if cells:
                yield from self._row(columns, cells)

    def _row(self, columns: Sequence[Column], cells: Sequence[Span]) -> Iterator[Named]:
        label = self._label(cells)
        row_name = self._name_in(cells[0])
        groups: dict[int, Frame] = {}
        for column, cell in zip(columns[1:], cells[1:], strict=False):
            figures = self._within(cell)
            shown = [n for n in figures if n.kind in (NumberKind.MEASURE, NumberKind.CHANGE)]
            if not shown:
                continue
            if len(shown) > 1 or cell.end - cell.start > _PROSE:
                yield from self._prose_cell(column, cell, figures, label, row_name)
            else:
                _add(groups.setdefault(column.group, Frame(cell.start)), column, shown[0])
        for group, frame in groups.items():
            if frame.anchor is None and not frame.changes:
                continue
            head = next((c for c in columns if c.group == group and c.role == "value"), None)
            name = next((c.name for c in columns if c.group == group and c.name), None)
            if name is None and head is not None and not (head.period or is_actual(head.head)):
                name = head.head if not row_name or len(columns) > _NARROW else None
            segment = label if name or not row_name else None
            yield Named(frame, name or row_name or label, segment, head.period if head else None)

    def _prose_cell(
        self, column: Column, cell: Span, figures: Sequence[Number], label: str | None, row_name: str | None
    ) -> Iterator[Named]:
        names = list(self.hits.within("metric", cell.start, cell.end))
        frames = SentenceReader(self.document.view, names, self.roles).read(cell.start, figures)
        if names or cell.end - cell.start > _PROSE * 2:
            yield from name_frames(self.document.view, frames, figures, self.terms, self.hits)
            return
        for frame in frames:
            yield Named(frame, column.name or row_name or column.head, label, column.period)

    def _plain_row(self, cells: Sequence[Span]) -> Iterator[Named]:
        if len(cells) < 2:
            return
        label, name = self._label(cells), self._name_in(cells[0])
        for cell in cells[1:]:
            figures = self._within(cell)
            hits: list[NameHit] = list(self.hits.within("metric", cell.start, cell.end))
            for frame in SentenceReader(self.document.view, hits, self.roles).read(cell.start, figures):
                yield Named(frame, name or label, None if name else label, None)

    def _within(self, cell: Span) -> Sequence[Number]:
        return self.numbers[bisect_left(self.starts, cell.start) : bisect_left(self.starts, cell.end)]

    def _label(self, cells: Sequence[Span]) -> str | None:
        """Return the first cell that is no number and no date: what the row is about."""
        for cell in cells:
            text = self.document.slice(cell).strip()
            if text and not any(n.span.end - n.span.start >= len(text) - 1 for n in self._within(cell)):
                return text
        return self.document.slice(cells[0]).strip() or None

    def _name_in(self, cell: Span) -> str | None:
        """Return the metric a cell names, by its canonical name: the last one told outside brackets."""
        hits = list(self.hits.within("metric", cell.start, cell.end))
        bracket = self.document.view.find("(", cell.start, cell.end)
        told = [hit for hit in hits if hit.end <= bracket] or hits
        if not told:
            return None
        term = self.terms.get(told[-1].word.lower())
        return term.name if term else told[-1].word


def _add(frame: Frame, column: Column, number: Number) -> None:
    role = column.role
    if role == "value" and frame.value is None:
        frame.value = number
    elif role == "baseline" and frame.baseline is None:
        frame.baseline, frame.baseline_kind = number, column.kind
    elif role == "target" and frame.target is None:
        frame.target = number
    elif (
        role == "change"
        and number.unit == ""
        and ("%" in column.head or any(w in column.head for w in _RATIOS))
    ):
        if "%" in column.head:  # 环比(%) over a bare 12.5; a bare figure under 环比 alone may be either
            percent = replace(number, unit="%", unit_kind="percent")
            frame.changes.append((percent, column.kind))
    elif role == "change":
        frame.changes.append((number, column.kind))
    elif role == "attainment":
        frame.attainment = number
    elif role == "share":
        frame.share = number
