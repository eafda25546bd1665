"""ROI against what was spent and what came back, in both conventions."""

from collections.abc import Iterable

from service.core.arithmetic.interval import Interval, is_checkable, of, room_of
from service.core.arithmetic.passage import Passage
from service.core.arithmetic.wording import like, mismatch, percent, plain
from service.core.lazy import lazy
from service.core.numbers.model import Mismatch, Number, NumberKind

_ROI = lazy(r"(?:roi|roas|投产比?|投入产出比|投资回报率?)[^\d，。；\n]{0,4}$")
_NAME = lazy(r"roi|roas|投产|投入产出|投资回报")
_COST = lazy(r"(?:消耗|花费?|投入|投流|投放|成本|费用|支出|投|烧|广告费|预算花)了?[^\d，。；\n]{0,4}$")
_BACK = lazy(
    r"(?:回收?|产出|收入|成交(?:额|金额)?|gmv|营收|带来|销售额|收回|赚|卖|转化金额|回款|变现|充值|流水|销售|保费|订阅|付费金额)了?[^\d，。；\n]{0,4}$"
)
_REACH = 60
_FIGURES = 8  # figures looked back over


def check_roi(passage: Passage) -> Iterable[Mismatch]:
    """Yield ROIs that the spend and return told just before them contradict."""
    folded, figures = passage.document.folded, passage.figures
    for first, last in passage.groups:
        for at in range(first + 2, last):
            stated = figures[at]
            if stated.kind is not NumberKind.MEASURE or not _is_roi(passage, first, at, folded):
                continue
            cost = back = None
            for i in range(at - 1, max(first, at - _FIGURES) - 1, -1):
                number = figures[i]
                if stated.span.start - number.span.end > _REACH or number.unit_kind not in ("none", "money"):
                    continue
                label = passage.label(i)
                if back is None and _BACK.search(label):
                    back = number
                elif cost is None and _COST.search(label):
                    cost = number
            if cost is not None and back is not None and not passage.is_foreign(at, _NAME, (cost, back)):
                yield from compare(passage, stated, cost, back)


def _is_roi(passage: Passage, first: int, at: int, folded: str) -> bool:
    """Tell whether a figure is called ROI, or stands in brackets behind a return in a sentence on ROI."""
    start = passage.figures[at].span.start
    if _ROI.search(folded[max(0, start - 14) : start]):
        return True
    if (
        passage.gap(at) not in ("(", "（")
        or passage.figures[at].unit
        or not _BACK.search(passage.label(at - 1))
    ):
        return False
    return "roi" in folded[max(0, passage.starts[first] - 20) : passage.starts[first]]


def allows(stated: Number, cost: Interval, back: Interval) -> bool:
    """Tell whether a stated ROI fits spend and return as a quotient or as a profit rate."""
    ratio = back.over(cost)
    if ratio is None:
        return True
    scale = 100.0 if stated.unit == "%" else 1.0
    room = room_of(stated)
    profit = Interval(ratio.low - 1, ratio.high - 1)
    return not (
        ratio.times(scale).misses(stated.value, room) and profit.times(scale).misses(stated.value, room)
    )


def compare(passage: Passage, stated: Number, cost: Number, back: Number) -> Iterable[Mismatch]:
    """Yield a mismatch where the ROI fits neither convention."""
    if not is_checkable(stated, cost, back) or cost.value <= 0 or allows(stated, of(cost), of(back)):
        return
    got = back.value / cost.value
    if stated.unit == "%":
        shown = percent(got * 100)
    else:
        shown = f"1:{plain(got)}" if stated.unit == ":" else plain(got)
    a, b, quote = passage.text(back), passage.text(cost), passage.text(stated)
    mend = (
        shown
        if stated.unit == ":"
        else like(passage.document, stated, got * (100 if stated.unit == "%" else 1))
    )
    yield mismatch(
        passage.document,
        "roi",
        stated,
        (cost, back),
        shown,
        f"{plain(back.value)}/{plain(cost.value)}",
        f"{a} ÷ {b} 是 {shown}，文中写 {quote}",
        mend,
        f"{a} 和 {b} 哪个不对",
    )
