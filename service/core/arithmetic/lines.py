"""Totals whose parts stand on lines of their own: items under a count, days before a sum, a column."""

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence

from service.core.arithmetic.interval import room_of_sum, sum_of
from service.core.arithmetic.nearby import EARLIER
from service.core.arithmetic.passage import Passage, is_amount
from service.core.arithmetic.summed import STEPS, makes_other, told
from service.core.document.model import Line, LineKind
from service.core.lazy import lazy
from service.core.numbers.columns import is_total
from service.core.numbers.model import Mismatch, Number
from service.core.span import Span

# 三天合计, 总客流, 一共 but not 累计
_TOTAL = lazy(
    r"(?<!全年)(?:合计|总计|共计|一共|总共|[拢统]共|加起来|合起来|加一块儿?|共|总)[^，。；\d]{0,5}$"
)
_MANY = lazy(r"(?P<many>[两三四五六七八九十]|\d{1,2}) ?[天日周家店人组个批场区队]?(?:[^，。；\d]{0,3})$")
_NUMERALS = {c: i for i, c in enumerate("两三四五六七八九十", 2)}
_NO_PART = lazy(
    r"目标|计划|预算|同期|平均|均|占|率|比|每|剩|含|净|另|其中|去重|累计|成本|利润|[新]?[增开]|流失"
)
_TO_LEAD = 12  # characters from a line's start to its figure
_ENDS = 8  # and after a total that items follow
_OFF = 0.15  # parts further off were never meant for a total that says it is one
_OFF_UNTOLD = 0.1  # or for one that doesn't
_FEWEST = 3
_BACK = 60  # figures before a total that may go by the name of its parts
_SHOWN = 60  # characters of a whole passage that a finding covers, in longer ones the total alone
_AFTER_TABLE = 3  # lines after a table in which its column may be summed


def check_lines(passage: Passage) -> Iterable[Mismatch]:
    """Yield totals that the figures of the lines before or under them contradict."""
    document = passage.document
    leads = [_lead(passage, line) for line in document.lines]
    for first, last in _runs(document.lines, leads, passage):
        parts = [passage.figures[i] for i in leads[first:last] if i is not None]
        after = _total(passage, document.lines[last]) if last < len(leads) else None
        if after is not None:
            yield from _check(passage, after, parts, _OFF)
        elif first and document.lines[first].kind is LineKind.ITEM:
            yield from _under(passage, document.lines[first - 1], document.lines[first], parts)
    for at, total in enumerate(passage.figures):
        if _is_amount(total) and _TOTAL.search(passage.label(at)):
            yield from _named(passage, at)
    yield from _columns(passage)


def _is_amount(number: Number) -> bool:
    return is_amount(number, timed=True)


def _lead(passage: Passage, line: Line) -> int | None:
    """Return the figure that a line begins with, after no more than its name."""
    at = bisect_left(passage.starts, line.span.start)
    if at == len(passage.figures) or passage.starts[at] >= min(line.span.end, line.span.start + _TO_LEAD):
        return None
    if line.kind not in (LineKind.TEXT, LineKind.ITEM) or not _is_amount(passage.figures[at]):
        return None
    label = passage.label(at)
    return at if label and not EARLIER.search(label) and not _NO_PART.search(label) else None


def _total(passage: Passage, line: Line) -> Number | None:
    """Return the figure near a line's start that is called a total: 合计 141 单, 三天一共 141 单."""
    at = bisect_left(passage.starts, line.span.start)
    for i in range(at, min(at + 2, len(passage.figures))):
        near = passage.starts[i] < min(line.span.end, line.span.start + _TO_LEAD)
        if near and _is_amount(passage.figures[i]) and _TOTAL.search(passage.label(i)):
            return passage.figures[i]
    return None


def _runs(lines: Sequence[Line], leads: Sequence[int | None], passage: Passage) -> Iterator[tuple[int, int]]:
    """Yield stretches of three lines and more that each begin with a figure of one unit, none a total."""
    first = 0
    for at in range(len(lines) + 1):
        lead = leads[at] if at < len(lines) else None
        fits = lead is not None and not _TOTAL.search(passage.label(lead))
        if fits and lead is not None and at > first:
            before = leads[at - 1]
            one, other = lines[at - 1], lines[at]
            alike = before is not None and passage.figures[before].unit == passage.figures[lead].unit
            if not alike or (one.kind, one.level) != (other.kind, other.level):
                if at - first >= _FEWEST:
                    yield first, at
                first = at
        if not fits:
            if at - first >= _FEWEST:
                yield first, at
            first = at + 1


def _under(passage: Passage, head: Line, item: Line, parts: Sequence[Number]) -> Iterable[Mismatch]:
    """Check 工单 150 张 against the items under it."""
    if head.kind is LineKind.ITEM and head.level >= item.level:
        return
    at = bisect_left(passage.starts, head.span.start)
    if at == len(passage.figures) or passage.starts[at] >= head.span.end:
        return
    total = passage.figures[at]
    if not _is_amount(total) or _NO_PART.search(passage.label(at)) or EARLIER.search(passage.label(at)):
        return
    if head.span.end - total.span.end <= _ENDS:
        yield from _check(passage, total, parts, _OFF_UNTOLD)


def _named(passage: Passage, at: int) -> Iterable[Mismatch]:
    """Check 五天加起来 78 张 against the five figures before that go by one name: 工单 9 张 … 工单 23 张."""
    figures, total = passage.figures, passage.figures[at]
    start = total.span.start
    text = passage.view[max(0, start - _TO_LEAD) : start]
    found = _TOTAL.search(text)
    many = _MANY.search(text[: found.start()]) if found else None
    if many is None:
        return
    count = int(many["many"]) if many["many"].isdigit() else _NUMERALS[many["many"]]
    like = [
        i for i in range(max(0, at - _BACK), at) if _is_amount(figures[i]) and figures[i].unit == total.unit
    ]
    name = passage.label(like[-1])[-2:] if like else ""
    places = [i for i in like if name and passage.label(i).endswith(name)]
    if count >= _FEWEST and len(places) == count and figures[places[-1]].span.end < start:
        yield from _check(passage, total, [figures[i] for i in places], _OFF)


def _columns(passage: Passage) -> Iterable[Mismatch]:
    """Check 三店合计客流 5,900 shortly after a table that has a column 客流 and no row of totals."""
    document = passage.document
    for table in document.tables:
        rows = [document.lines[i].cells for i in table.lines]
        if not table.has_head or len(rows) <= _FEWEST:
            continue
        fold = document.folded
        if any(cells and is_total(fold[cells[0].start : cells[0].end].strip()) for cells in rows[1:]):
            continue
        last = table.lines[-1]
        end = document.lines[min(len(document.lines) - 1, last + _AFTER_TABLE)].span.end
        first = bisect_left(passage.starts, document.lines[last].span.end)
        for at in range(first, bisect_left(passage.starts, end)):
            label = passage.label(at)
            if not _TOTAL.search(label) or not _is_amount(passage.figures[at]):
                continue
            for column, head in enumerate(rows[0]):
                name = fold[head.start : head.end].strip()
                if column and len(name) > 1 and name in label:
                    cells = [_cell(passage, row, column) for row in rows[1:]]
                    parts = [n for n in cells if n is not None]
                    if len(parts) == len(rows) - 1:
                        yield from _check(passage, passage.figures[at], parts, _OFF)


def _cell(passage: Passage, cells: Sequence[Span], column: int) -> Number | None:
    """Return the amount that a cell begins with, None where it holds none."""
    if column >= len(cells):
        return None
    at = bisect_left(passage.starts, cells[column].start)
    inside = at < len(passage.figures) and passage.starts[at] < cells[column].end
    return passage.figures[at] if inside and _is_amount(passage.figures[at]) else None


def _check(passage: Passage, total: Number, parts: Sequence[Number], off: float) -> Iterable[Mismatch]:
    if any(p.unit not in ("", total.unit) or p.value >= total.value for p in parts):
        return
    got = sum(p.value for p in parts)
    if not sum_of(parts).misses(total.value, room_of_sum(total)) or abs(got / total.value - 1) > off:
        return
    labels = [passage.label(bisect_left(passage.starts, p.span.start)) for p in parts]
    if makes_other(passage, total, parts, got) or len(STEPS.findall("，".join(labels))) > 1:
        return
    start, end = min(total.span, parts[0].span).start, max(total.span, parts[-1].span).end
    yield told(passage, total, parts, span=None if end - start <= _SHOWN else total.span)
