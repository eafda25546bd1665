"""So many of so much each: 每天 45 单，做了 6 天，一共 270 单; 客单 65 元，成交 420 单，营业额 2.73 万."""

from collections.abc import Iterable

from service.core.arithmetic.interval import is_checkable, of, room_of_sum
from service.core.arithmetic.passage import Passage, is_count, same_unit
from service.core.arithmetic.wording import like, mismatch, plain
from service.core.lazy import lazy
from service.core.numbers.model import Mismatch, Number, NumberKind

# 每天, 每班, 客单价 but not 每天的目标
_PER = lazy(r"(?:每(?P<one>[\u4e00-\u9fff]{1,2}?)|(?P<price>客单)价?)[为是约都有送做出]?[ :：]?$")
# 一共, 共浇了 but not 库房共, 退款后营业额: another scope's total
_TOTAL = lazy(r" ?(?:合计|总计|一共|总共|共计|加起来|共)(?:[\u4e00-\u9fff]了|[是为有])? ?$")
_TAKINGS = lazy(r" ?(?:营业额|流水|销售额|营收|收入|gmv)[为是约]?[ :：]?$")
_SOLD = ("单", "桌", "张", "件", "人", "笔", "杯", "位", "台")
_OTHER = lazy(r"上[周月期次季年]|去年|同期|目标|计划|预算|平均|日均")
_PLAUSIBLE = (0.7, 1.4)  # a product further off than this was never meant to be one
_FIGURES = 8  # of a sentence; in longer ones nobody can tell what multiplies what


def check_times(passage: Passage) -> Iterable[Mismatch]:
    """Yield totals that the one count and the one sum per piece in their sentence contradict."""
    figures = passage.figures
    for first, last in passage.groups:
        if not 3 <= last - first <= _FIGURES:
            continue
        for at in range(first, last):
            found = _PER.search(passage.label(at))
            each = figures[at]
            if found is None or each.kind is not NumberKind.MEASURE or each.unit == "%":
                continue
            end = _TAKINGS if found["price"] else _TOTAL
            things = _SOLD if found["price"] else (found["one"],)
            after = range(at + 1, last)
            totals = [i for i in after if end.match(passage.label(i)) and _is_kin(each, figures[i])]
            counts = [i for i in range(first, last) if i != at and _counts(passage, i, things)]
            if len(totals) == 1 and len(counts) == 1 and totals != counts:
                yield from _compare(passage, figures[counts[0]], each, figures[totals[0]])


def _is_kin(each: Number, total: Number) -> bool:
    return same_unit(each, total) and total.kind is NumberKind.MEASURE and total.value > each.value


def _counts(passage: Passage, at: int, things: tuple[str, ...]) -> bool:
    number = passage.figures[at]
    whole = is_count(number) or (number.unit_kind == "duration" and number.step == 1.0)
    if not whole or _OTHER.search(passage.label(at)):
        return False
    after = passage.view[number.span.end : number.span.end + 2].lstrip("个 ")
    return number.unit in things or (number.unit in ("", "个") and after.startswith(things))


def _compare(passage: Passage, count: Number, each: Number, total: Number) -> Iterable[Mismatch]:
    if not is_checkable(count, each, total) or count.kind is not NumberKind.MEASURE:
        return
    made = of(each).times(count.value)
    got = each.value * count.value
    if (
        not made.misses(total.value, room_of_sum(total))
        or not _PLAUSIBLE[0] <= got / total.value <= _PLAUSIBLE[1]
    ):
        return
    a, b = passage.text(count), passage.text(each)
    shown = like(passage.document, total, got)
    yield mismatch(
        passage.document,
        "total",
        total,
        (count, each),
        plain(got, comma=True),
        f"{plain(count.value)}×{plain(each.value)}",
        f"{a} × {b} 是 {shown}，文中写 {passage.text(total)}",
        shown,
        f"{a} 和 {b} 哪个不对",
    )
