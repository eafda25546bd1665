"""What money brought back, in any order: ROI 3，花费 5 万，GMV 15 万; 进价 60，卖 80，毛利率 25%."""

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import permutations

from service.core.arithmetic.interval import Interval, is_checkable, of, room_of
from service.core.arithmetic.passage import Passage
from service.core.arithmetic.wording import like, mismatch, percent, plain
from service.core.lazy import lazy
from service.core.numbers.model import Mismatch, Number, NumberKind

_RETURN = lazy(
    r"(?:roi|roas|投产比?|投入产出比?|产出比|投资?回报[率比]?|回报率?|回收(?:倍数|比)|每(?:投入?|花)[^，。；]{0,4}(?:回|赚|收|换|带来|产出)[^，。；]{0,3})[^\d，。；\n]{0,5}$"
)
_MARGIN = lazy(r"(?:毛利率?|利润率|净利率|毛利润率|加价率|加价|溢价率?)[^\d，。；\n]{0,4}$")
_COST = lazy(r"成本|消耗|花|投|进价|进货?|拿货|采购|支出|费|烧|砸|掏|垫|拿货|预算|付|买")
_BACK = lazy(
    r"收|回|产出|成交|gmv|营收|带[来回]|销售|售价?|卖|赚|回款|变现|流水|签单|订单|新增|转化|零售|进账|换|挂|标|签|充值|收回|客单|业绩",
    re.IGNORECASE,
)
_OTHER = lazy(r"首日|当日|\d ?日|目标|上[周月期次]|去年|同期|预计|每|平均|退|扣|累计|保本|盈亏|老客|新客")
_MOVES = lazy(r" ?(?:→|->|=>|[降升涨跌提掉变]?到|/ ?\d)")  # 2.4 → 2.8
_ANY = lazy(r"roi|roas|投产|产出|回|赚|毛利|利润|净利|加价|溢价")
_OFF = 2.2  # a yield so many times off is of other figures
_FEW = 7  # figures of a sentence that such a yield stands in


def check_yields(passage: Passage) -> Iterable[Mismatch]:
    """Yield returns and margins that the only spend and return of their sentence contradict."""
    for first, last in passage.groups:
        if not 3 <= last - first <= _FEW or _ANY.search(passage.told(first, last)) is None:
            continue
        stated = [(at, m) for at in range(first, last) if (m := _is_stated(passage, at)) is not None]
        if len(stated) != 1:
            continue
        ((at, margin),) = stated
        money = list(_money(passage, [i for i in range(first, last) if i != at]))
        if len(money) == 2:
            pair = _sides(passage, *money)
            if pair is not None:
                yield from _compare(passage, passage.figures[at], *pair, margin=margin)


def _is_stated(passage: Passage, at: int) -> bool | None:
    """Return True for a margin, False for a return, None for neither."""
    number, label = passage.figures[at], passage.label(at)
    if number.kind is not NumberKind.MEASURE or not label or not is_checkable(number):
        return None
    if (_OTHER.search(label) and "每" not in label) or _MOVES.match(passage.view, number.span.end):
        return None
    if _RETURN.search(label):
        return False
    return True if number.unit == "%" and _MARGIN.search(label) else None


def _money(passage: Passage, places: Sequence[int]) -> Iterator[int]:
    for i in places:
        number = passage.figures[i]
        if number.kind is not NumberKind.MEASURE or not is_checkable(number) or number.value <= 1:
            continue
        if number.unit_kind in ("money", "none") and not _OTHER.search(passage.label(i)):
            yield i


def _sides(passage: Passage, one: int, other: int) -> tuple[Number, Number] | None:
    """Return spend and return of two sums, None where their words don't tell which is which."""
    here, there = passage.label(one), passage.label(other)
    figures = passage.figures
    for cost, back in ((one, other), (other, one)):
        costs, backs = passage.label(cost), passage.label(back)
        if _COST.search(costs) and _BACK.search(backs) and not (_COST.search(backs) and _BACK.search(costs)):
            return figures[cost], figures[back]
    if _COST.search(here) or _BACK.search(there):
        return figures[one], figures[other]
    return None


def _compare(
    passage: Passage, stated: Number, cost: Number, back: Number, margin: bool
) -> Iterable[Mismatch]:
    scale = 100.0 if stated.unit == "%" else 1.0
    made = [r for pair in permutations((cost, back)) for r in _ratios(*pair)]
    if any(not r.times(scale).misses(stated.value, room_of(stated)) for r in made):
        return
    got = (back.value - cost.value) / back.value if margin else back.value / cost.value
    profit = back.value / cost.value - 1
    sizes = (got, profit)
    if got <= 0 or not any(1 / _OFF <= size * scale / stated.value <= _OFF for size in sizes if size > 0):
        return
    a, b = passage.text(back), passage.text(cost)
    ratio = f"1:{plain(got)}" if stated.unit == ":" else plain(got)
    shown = percent(got * 100) if scale == 100.0 else ratio
    sum_ = f"({a} - {b}) ÷ {a}" if margin else f"{a} ÷ {b}"
    formula = (
        f"({plain(back.value)}-{plain(cost.value)})/{plain(back.value)}"
        if margin
        else f"{plain(back.value)}/{plain(cost.value)}"
    )
    yield mismatch(
        passage.document,
        "roi",
        stated,
        (cost, back),
        shown,
        formula,
        f"{sum_} 是 {shown}，文中写 {passage.text(stated)}",
        ratio if stated.unit == ":" else like(passage.document, stated, got * scale),
        f"{a} 和 {b} 哪个不对",
    )


def _ratios(one: Number, other: Number) -> Iterator[Interval]:
    """Yield what two sums may be set to each other as: the quotient, and the part or rate of profit."""
    ratio = of(one).over(of(other))
    if ratio is not None:
        yield ratio
        yield Interval(ratio.low - 1, ratio.high - 1)
        yield Interval(1 - ratio.high, 1 - ratio.low)
