"""Parts of a sum by a rate or a discount: 提成 5%，卖 12 万，提 6,000 元; 标价 200 的羊毛衫五折，卖 100."""

from collections.abc import Iterable

from service.core.arithmetic.interval import is_checkable, of, room_of
from service.core.arithmetic.passage import Passage
from service.core.arithmetic.wording import like, mismatch, plain
from service.core.lazy import lazy
from service.core.numbers.model import Mismatch, NumberKind

_PAID = lazy(r"卖|实[付收]|到手|折后|现价|只要|成交|付|收|价|才|即|就是")
_SHARED = lazy(
    r"(?:提成|佣金?|首付|定金|订金|税率?|抽|返[利点还现]|[年月]息|[年月]?利率|[年月]化|服务费|手续费|"
    r"点位|扣点)(?:率|比例)?(?:是|为|约|按)?[ :：]?$|按 ?$"
)
_MARGIN = lazy(r"[毛净]利|增长")  # 毛利率 is no rate that the sale is multiplied by
_MORE_OFF = lazy(r"再|另|减|券|返|叠")
_OFF = 0.5  # a sum further off than this is no part of the other


def check_fractions(passage: Passage) -> Iterable[Mismatch]:
    """Yield sums that the rate or the discount told with the whole contradicts."""
    for first, last in passage.groups:
        if last - first < 3:
            continue
        yield from _fractions(passage, first, last)
        yield from _discounts(passage, first, last)


def _fractions(passage: Passage, first: int, last: int) -> Iterable[Mismatch]:
    """Check 提成 5%，卖 12 万，提 6,000 元."""
    figures = passage.figures
    if last - first != 3:
        return
    rates = [i for i in range(first, last) if figures[i].unit == "%" and _SHARED.search(passage.label(i))]
    sums = [i for i in range(first, last) if i not in rates and _is_money(passage, i)]
    if any(_MARGIN.search(passage.label(i)) for i in rates):
        return
    if len(rates) != 1 or len(sums) != 2:
        return
    rate = figures[rates[0]]
    part, whole = sorted((figures[i] for i in sums), key=lambda n: n.value)
    if not is_checkable(rate, part, whole) or rate.kind is not NumberKind.MEASURE:
        return
    made, got = of(whole).by(of(rate)).times(0.01), whole.value * rate.value / 100
    if not made.misses(part.value, room_of(part)) or not 1 - _OFF <= got / part.value <= 1 / (1 - _OFF):
        return
    a, b, shown = passage.text(whole), passage.text(rate), like(passage.document, part, got)
    yield mismatch(
        passage.document,
        "total",
        part,
        (whole, rate),
        plain(got, comma=True),
        f"{plain(whole.value)}×{plain(rate.value)}%",
        f"{a} 的 {b} 是 {shown}，文中写 {passage.text(part)}",
        shown,
        f"{a} 和 {b} 哪个不对",
    )


def _is_money(passage: Passage, at: int) -> bool:
    return (
        passage.figures[at].unit_kind in ("money", "none") and passage.figures[at].kind is NumberKind.MEASURE
    )


def _discounts(passage: Passage, first: int, last: int) -> Iterable[Mismatch]:
    """Check 标价 200 的羊毛衫五折，卖 100."""
    figures = passage.figures
    for at in range(first + 1, last - 1):
        off, base, paid = figures[at], figures[at - 1], figures[at + 1]
        if off.unit != "折" or not is_checkable(off, base, paid) or not _PAID.search(passage.label(at + 1)):
            continue
        tenths = off.value / 10 if off.value > 10 else off.value
        if not {base.unit_kind, paid.unit_kind} <= {"money", "none"} or paid.value >= base.value:
            continue
        got = base.value * tenths / 10
        if abs(got - paid.value) <= max(1.0, paid.step) or not 1 - _OFF <= got / paid.value <= 1 / (1 - _OFF):
            continue
        if _MORE_OFF.search(passage.view[off.span.end : paid.span.start]):
            continue
        a, b, shown = passage.text(base), passage.text(off), like(passage.document, paid, got)
        yield mismatch(
            passage.document,
            "total",
            paid,
            (base, off),
            plain(got),
            f"{plain(base.value)}×{plain(tenths / 10)}",
            f"{a} 打{b.removeprefix('打')}是 {shown}，文中写 {passage.text(paid)}",
            shown,
            f"{a} 和 {b} 哪个不对",
        )
