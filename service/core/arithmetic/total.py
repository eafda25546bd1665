"""Parts against their total, in brackets, lists and sums written out."""

import re
from collections.abc import Iterable, Sequence

from service.core.arithmetic.interval import Interval, is_checkable, of
from service.core.arithmetic.wording import like, mismatch, plain
from service.core.document.model import Document
from service.core.numbers.model import Metric, Mismatch, Number, NumberKind
from service.core.span import Span

_OPEN, _CLOSE = "(（", ")）"
# a list that is not the whole, or whose parts overlap
_PARTIAL = re.compile(
    r"其中|主要|最多|最高|TOP|top|前[三五十\d]|等|例如|比如|如|去重|重叠|重复|可多选|多选|净|目标|上周|上月|上期|去年|同期|环比|同比|平均|均|占|率|比|→|每|剩余|还剩|峰值"
)
_REST = re.compile(r"其他|其余|剩下?|另外|余下|其它")
_LIST = re.compile(
    r"(?:来源|构成|分布|组成|拆分|拆开看?|分别(?:是|为)?|分渠道|分平台|分门店|分城市|明细|按[^，。:]{1,8})?[:：]$"
)
_STOP = "。；;！!？?\n"


def check_totals(
    document: Document, numbers: Sequence[Number], metrics: Sequence[Metric]
) -> Iterable[Mismatch]:
    """Yield totals that the parts listed with them contradict."""
    view = document.view
    held = {n.span for m in metrics for role, n in m.figures if role not in ("value", "over")}
    figures = [n for n in numbers if n.kind is NumberKind.MEASURE]
    for at, number in enumerate(figures):
        if (
            number.span in held
            or not is_checkable(number)
            or number.unit_kind in ("percent", "point", "ratio")
        ):
            continue
        end = number.span.end
        mark = view[end : end + 1]
        if mark and mark in _OPEN:
            parts, closed = _parts(view, figures, at + 1, end + 1, _CLOSE)
            if closed is not None:
                yield from _compare(document, number, parts, view[end + 1 : closed], strict=True)
        yield from _sums(document, figures, at)
        yield from _listed(document, figures, at)


def _parts(
    view: str, figures: Sequence[Number], at: int, start: int, stops: str
) -> tuple[list[Number], int | None]:
    """Return the figures of one level from `start` up to a stop, and where it stands."""
    parts: list[Number] = []
    depth, here, limit = 0, start, min(len(view), start + 200)
    while here < limit:
        while at < len(figures) and figures[at].span.start < here:
            at += 1
        if at < len(figures) and figures[at].span.start == here:
            if depth == 0:
                parts.append(figures[at])
            here = figures[at].span.end
            continue
        char = view[here]
        if depth == 0 and (char in stops or (parts and _is_over(view, here, parts[-1]))):
            return parts, here
        if char in _OPEN:
            depth += 1
        elif char in _CLOSE:
            depth -= 1
            if depth < 0:
                return parts, None
        here += 1
    return parts, here if here >= len(view) and stops == _STOP else None


def _is_over(view: str, here: int, last: Number) -> bool:
    """Tell whether the list ends here: what follows “其他 109” is no part any more."""
    if view[here] not in "，,、" or last.span.end > here:
        return False
    before = re.split(r"[，,、；:：]", view[max(0, last.span.start - 8) : last.span.start])[-1]
    return _REST.search(before) is not None


def _sums(document: Document, figures: Sequence[Number], at: int) -> Iterable[Mismatch]:
    """Check 46 = 18 + 16 + 12 and 18 + 16 + 12 = 46, read from the first addend."""
    view = document.view
    last = at
    while last + 1 < len(figures) and _plus(view, figures[last], figures[last + 1]):
        last += 1
    if last == at or (at and _plus(view, figures[at - 1], figures[at])):
        return
    parts = list(figures[at : last + 1])
    total = None
    if at and _equals(view, figures[at - 1], figures[at]):
        total = figures[at - 1]
    elif last + 1 < len(figures) and _equals(view, figures[last], figures[last + 1]):
        total = figures[last + 1]
    if total is not None and is_checkable(total) and total.unit != "%":
        yield from _compare(document, total, parts, "", strict=True, far=True)


def _plus(view: str, one: Number, other: Number) -> bool:
    gap = view[one.span.end : other.span.start]
    return len(gap) <= 12 and gap.strip().startswith("+") and not any(c in gap for c in "，。；=(")


def _equals(view: str, one: Number, other: Number) -> bool:
    gap = view[one.span.end : other.span.start]
    if len(gap) > 12:
        return False
    return (
        gap.strip().startswith("=")
        or re.fullmatch(r"[，,] ?(?:合计|共计?|一共|总计|总共)[^，。]{0,4}", gap) is not None
    )


def _listed(document: Document, figures: Sequence[Number], at: int) -> Iterable[Mismatch]:
    """Check “新增 1,846。来源：搜一搜 612、…” and “投诉 57 件：排队 31、…，剩 14”."""
    view, number = document.view, figures[at]
    if at + 1 >= len(figures):
        return
    end = number.span.end
    follow = view[end : end + 40]
    colon = re.match(r"[^，。；:：\n\d]{0,6}[:：]", follow) or re.match(
        r"[^\n]{0,30}?[。；，,](?:来源|构成|分布|组成|拆分|拆开看?|分渠道|分平台|分门店|明细|其中)[^，。:：\d]{0,6}[:：]",
        follow,
    )
    if colon is None:
        return
    begin = end + colon.end()
    parts, stop = _parts(view, figures, at + 1, begin, _STOP)
    if stop is None:
        return
    text = view[begin:stop]
    strict = "其中" not in view[end:begin] or _REST.search(text) is not None
    yield from _compare(document, number, parts, text, strict)


def _compare(
    document: Document, total: Number, parts: Sequence[Number], text: str, strict: bool, far: bool = False
) -> Iterable[Mismatch]:
    if len(parts) < 2 or not is_checkable(*parts) or total.value <= 0:
        return
    units = {p.unit for p in parts if p.unit} | ({total.unit} if total.unit else set())
    if len(units) > 1 or any(p.unit_kind in ("percent", "point", "ratio") for p in parts):
        return
    if _PARTIAL.search(text):
        return
    summed = Interval(0.0, 0.0)
    for part in parts:
        summed = summed + of(part)
    got = sum(p.value for p in parts)
    if not summed.misses(total.value, total.step / 2):
        return
    off = abs(got - total.value) / total.value
    if not strict and got < total.value:
        return
    if off > 0.35 and not far:
        return
    formula = "+".join(plain(p.value) for p in parts)
    shown = plain(got, comma=True)
    ends = [total.span, *(p.span for p in parts)]
    yield mismatch(
        document, "total", total, tuple(parts), shown, formula,
        f"{formula} 是 {shown}，文中总数写 {document.slice(total.span)}，差 {plain(abs(got - total.value), comma=True)}",
        like(document, total, got), "各分项哪个数不对",
        span=Span(min(s.start for s in ends), max(s.end for s in ends)),
    )  # fmt: skip
