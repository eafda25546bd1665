"""The finding that parts do not make their total, and what speaks against it."""

from bisect import bisect_left
from collections.abc import Sequence

from service.core.arithmetic.passage import Passage, same_unit
from service.core.arithmetic.wording import like, mismatch, plain
from service.core.lazy import lazy
from service.core.numbers.model import Mismatch, Number
from service.core.span import Span

_MYRIAD = 10_000
_AROUND, _AFTER = 8, 2  # figures before and after in which another total may be told
TOLD_MYRIAD = lazy(r"[万wW]")
# each counts some of those that the one before counts: 及格 38，优秀 12 but not 男 38，女 12
STEPS = lazy(
    r"到[场店访课岗账]|来[了店访]|试[驾听吃用]|留资|加微|签|成交|[成下]单|付[款费]|及格|优[秀良]|录[取用]"
    r"|入职|过[审关]|点[击开]|打开|送达|整改|复[购看]|[一二三]看|解决|关闭|接通|报名|有效"
)


def makes_other(passage: Passage, total: Number, parts: Sequence[Number], got: float) -> bool:
    """Tell whether parts make another figure nearby to the digit: 86 条，上期 70 条，其中 41、28、17."""
    first = bisect_left(passage.starts, min(total.span.start, parts[0].span.start))
    last = bisect_left(passage.starts, max(total.span.start, parts[-1].span.start))
    for figure in passage.figures[max(0, first - _AROUND) : last + 1 + _AFTER]:
        same = same_unit(figure, total)
        if same and figure is not total and figure not in parts and abs(figure.value - got) < 1e-9:
            return True
    return False


def told(
    passage: Passage, total: Number, parts: Sequence[Number], scale: float = 1.0, span: Span | None = None
) -> Mismatch:
    """Return the finding that parts, each times `scale`, do not make their total: the sum and both mends.

    It covers `span`, or all that it tells of.
    """
    got = sum(p.value for p in parts) * scale
    formula = "+".join(plain(p.value) for p in parts)
    shown, lacking = plain(got, comma=True), plain(abs(got - total.value), comma=True)
    told_sum = f"{formula} 是 {shown}"
    if scale == 1.0 and any(TOLD_MYRIAD.search(passage.text(p)) for p in parts):  # 3.2 万+2.8 万 是 6 万
        lacking = f"{plain(abs(got - total.value) / _MYRIAD, 4)} 万"
        told_sum = f"{'+'.join(map(passage.text, parts))} 是 {plain(got / _MYRIAD, 4)} 万"
    ends = [total.span, *(p.span for p in parts)]
    return mismatch(
        passage.document,
        "total",
        total,
        tuple(parts),
        shown,
        formula,
        f"{told_sum}，文中总数写 {passage.text(total)}，差 {lacking}",
        like(passage.document, total, got),
        "各分项哪个不对",
        span=span or Span(min(s.start for s in ends), max(s.end for s in ends)),
    )
