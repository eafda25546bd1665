"""Reads tables: column heads say what a number is, rows say of which part."""

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

from service.core.document.model import Document, Table
from service.core.numbers.frames import Frame, NameHit, SentenceReader
from service.core.numbers.model import BaselineKind, Number, NumberKind
from service.core.numbers.naming import Term
from service.core.span import Span

_PERIOD = re.compile(
    r"(?:本|这|上|前|下)(?:个)?(?:周|月|期|季度?|年|次|轮|旬)(?:同期|同位置|同档|同时段)?|W\d{1,2}|\d{1,2} ?月(?:会员日|前|后)?|Q[1-4]|去年(?:同期)?|同期|今年|昨日|今日|前一日|20\d\d年?|活动前|活动后|改版前|改版后|上线前|上线后|优化前|优化后"
)
_EARLIER = re.compile(
    r"上(?:个)?(?:周|月|期|季度?|年|次|轮|一)|前(?:一)?(?:周|月|期|日)|去年|同期|昨日|月前|活动前|改版前|上线前|优化前|对比期|基期|往期|之前"
)
_TARGET = re.compile(r"目标|计划|预算|KPI|kpi|指标值|任务|应收|红线")
_CHANGE = re.compile(r"环比|同比|变化|增幅|增长|涨幅|涨跌|增减|差值|差异|波动|变动|降幅|WoW|MoM|YoY|较上")
_ATTAIN = re.compile(r"达成|完成率|完成度|进度|达标率|完成比")
_SHARE = re.compile(r"占比|份额|比重|构成")
_ACTUAL = re.compile(r"实际|本期|本周|本月|当期|实绩|完成值|现状|当前值")
TOTAL = re.compile(r"^(?:合计|总计|小计|总和|汇总|total|合 计|总 计|sum|全部|整体|总体|大盘)")


class NameHits(Protocol):
    """Where words of the vocabulary stand."""

    def within(self, cue: str, start: int, end: int) -> Iterable[NameHit]: ...


@dataclass(frozen=True, slots=True)
class Column:
    """What a column holds: its role, the group of columns that speak of one metric, and the head's words."""

    role: str  # label, value, baseline, target, change, attainment, share
    group: int
    head: str
    name: str | None
    period: str | None
    kind: BaselineKind | None = None


def columns_of(heads: Sequence[str], names: Sequence[str | None]) -> list[Column]:
    """Tell each column's role from its head; columns of one metric share a group."""
    columns: list[Column] = []
    group = -1
    for at, head in enumerate(heads):
        period_hit = _PERIOD.search(head)
        period = period_hit[0] if period_hit else None
        name = names[at]
        role, kind = "value", None
        if at == 0:
            columns.append(Column("label", -1, head, None, None))
            continue
        if _ATTAIN.search(head):
            role = "attainment"
        elif _CHANGE.search(head):
            role, kind = "change", BaselineKind.YEAR_AGO if "同比" in head or "YoY" in head else None
        elif _SHARE.search(head):
            role = "share"
        elif _TARGET.search(head):
            role, kind = "target", BaselineKind.TARGET
        elif period and _EARLIER.search(head):
            role = "baseline"
            kind = BaselineKind.YEAR_AGO if "去年" in head or head.endswith("同期") else BaselineKind.PREVIOUS
        opens = role == "value" or group < 0 or (name is not None and role in ("baseline", "target"))
        if opens and not (role == "value" and _continues(columns, name, head)):
            group += 1
        columns.append(Column(role, group, head, name, period, kind))
    return _by_period(columns)


def _continues(columns: Sequence[Column], name: str | None, head: str) -> bool:
    """Tell whether a value column only adds the period or the actual figure to the group before it."""
    last = columns[-1]
    if last.role == "label":
        return False
    bare = name is None and (
        _PERIOD.fullmatch(head.strip()) is not None or _ACTUAL.fullmatch(head.strip()) is not None
    )
    if not bare:
        return False
    held = {c.role for c in columns if c.group == last.group}
    return (
        (last.role == "target" and "value" not in held)
        or (last.role == "value" and last.period is not None)
        or (last.role == "baseline" and "value" not in held)
    )


def _by_period(columns: list[Column]) -> list[Column]:
    """Of two value columns of one group (8月 | 9月), make the earlier one the baseline."""
    out = list(columns)
    for at in range(1, len(columns)):
        first, second = out[at - 1], out[at]
        if first.role == "value" and second.role == "value" and first.group == second.group:
            older, newer = (at, at - 1) if _is_later(first.period, second.period) else (at - 1, at)
            old, new = out[older], out[newer]
            name = old.name or new.name
            out[older] = Column("baseline", old.group, old.head, name, old.period, BaselineKind.PREVIOUS)
            out[newer] = Column("value", new.group, new.head, name, new.period)
    return out


def _is_later(one: str | None, other: str | None) -> bool:
    digits = [re.search(r"\d+", p or "") for p in (one, other)]
    if digits[0] and digits[1]:
        a, b = int(digits[0][0]), int(digits[1][0])
        return (a > b and a - b < 6) or b - a > 6
    return bool(other and _EARLIER.search(other)) or (
        not (one and _EARLIER.search(one)) and bool(one and re.match(r"本|这|今", one))
    )


class TableReader:
    """Reads one table's body rows into frames."""

    __slots__ = ("document", "hits", "numbers", "starts", "table", "terms")

    def __init__(
        self, document: Document, table: Table, numbers: Sequence[Number], starts: Sequence[int],
        terms: Mapping[str, Term], hits: NameHits,
    ) -> None:  # fmt: skip
        self.document = document
        self.table = table
        self.numbers = numbers
        self.starts = starts
        self.terms = terms
        self.hits = hits

    def columns(self) -> list[Column]:
        """Return the columns, empty for a table without a head."""
        if not self.table.has_head or len(self.table.lines) < 2:
            return []
        cells = self.document.lines[self.table.lines[0]].cells
        heads = [self.document.slice(c).strip() for c in cells]
        return columns_of(heads, [self.name_in(c) for c in cells])

    def rows(self) -> Iterator[tuple[Span, ...]]:
        """Yield the cells of each body row."""
        for line in self.table.lines[1 if self.table.has_head else 0 :]:
            yield self.document.lines[line].cells

    def figures(self, cell: Span) -> list[Number]:
        """Return the measures and changes inside a cell."""
        first, last = bisect_left(self.starts, cell.start), bisect_left(self.starts, cell.end)
        return [n for n in self.numbers[first:last] if n.kind in (NumberKind.MEASURE, NumberKind.CHANGE)]

    def name_in(self, cell: Span) -> str | None:
        """Return the metric a cell names, by its canonical name."""
        for hit in self.hits.within("metric", cell.start, cell.end):
            term = self.terms.get(hit.word.lower())
            return term.name if term else hit.word
        return None

    def read(self) -> Iterator[tuple[Frame, str | None, str | None, str | None]]:
        """Yield frames with their metric's name, segment and period."""
        columns = self.columns()
        if not columns:
            return
        for cells in self.rows():
            if not cells:
                continue
            label = self.document.slice(cells[0]).strip()
            row_name = self.name_in(cells[0])
            groups: dict[int, Frame] = {}
            for column, cell in zip(columns[1:], cells[1:], strict=False):
                yield from self._cell(column, cell, groups, columns, label, row_name)
            for group, frame in groups.items():
                if frame.anchor is None and not frame.changes:
                    continue
                named = next((c for c in columns if c.group == group and c.name), None)
                head = next((c for c in columns if c.group == group and c.role == "value"), None)
                name = (
                    named.name if named else (row_name or (head.head if head and not head.period else None))
                )
                segment = None if name == row_name and not named else (label or None)
                yield frame, name or label or None, segment, head.period if head else None

    def _cell(
        self, column: Column, cell: Span, groups: dict[int, Frame], columns: Sequence[Column], label: str,
        row_name: str | None,
    ) -> Iterator[tuple[Frame, str | None, str | None, str | None]]:  # fmt: skip
        figures = self.figures(cell)
        if not figures or column.role == "label":
            return
        if len(figures) > 1:
            for frame in SentenceReader(self.document.view, ()).read(cell.start, figures):
                yield frame, column.name or row_name or column.head, label or None, column.period
            return
        frame = groups.setdefault(column.group, Frame(cell.start))
        number = figures[0]
        if column.role == "value" and frame.value is None:
            frame.value = number
        elif column.role == "baseline" and frame.baseline is None:
            frame.baseline, frame.baseline_kind = number, column.kind
        elif column.role == "target" and frame.target is None:
            frame.target = number
        elif column.role == "change":
            frame.changes.append((number, column.kind))
        elif column.role == "attainment":
            frame.attainment = number
        elif column.role == "share":
            frame.share = number
