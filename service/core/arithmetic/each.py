"""What one costs or brings: 花了 9.7 万，单户成本 46 元, 每单 9 元, 一套 140 元, 杯均 25 元."""

import re
from collections.abc import Iterable

from service.core.arithmetic.interval import is_checkable, of, room_of
from service.core.arithmetic.nearby import EARLIER
from service.core.arithmetic.passage import Passage, is_count
from service.core.arithmetic.wording import like, mismatch, plain
from service.core.lazy import lazy
from service.core.numbers.model import Mismatch, Number, NumberKind
from service.core.span import Span

# 单户成本, 每单, 一个粉, 平均每件要, 杯均 but not 一共, 第一单
_EACH = lazy(
    r"(?:(?:(?<!第)(?:单|每|一|平均每?)[个位名]?(?P<one>[\u4e00-\u9fff]{1,3}?)的?(?:获客)?(?:成本|花费|费用|均价|单价|价格?)?)|(?P<mean>[\u4e00-\u9fff])均(?:成本|花费|费用|价)?)"
    r"(?:是|为|约|合|要|花|花了|才|只|摊|摊到|到手|算下来)?[ :：]?$"
)
# what a label of money says: 花了, 流水, 总价 but not 单价
_MONEY = lazy(
    r"(?:花了?|花掉|付了?|费用?|成本|支出|消耗|投入?|投了|总价|总额|金额|流水|营收|收入|销售额|成交额?|卖了?|运费|用了?|搭进去|烧了?|进账|回款|共|合计|一共|传单|发)[^，。；\d]{0,3}$"
)
_SUMMED = lazy(r"(?:合计|一共|总共|共计|总计)$")  # 8 校合计: what the 8 have, and no count of them
_EARLIER_TIME = lazy(r"从|[春夏秋冬]季|[上前昨比较]|去年|同期|目标|计划|预算|头一|原")
_SHARED_OUT = ("money", "none", "duration", "count")
_LIKE_TOTAL = ("duration", "count")  # what is shared out is in the unit of each share: 126 人, 每班 42 人
# 人均, 摊到每人, 平均每班 but not 骨干人均: an average of all that were told
_OF_ALL = lazy(r"(?:摊到|摊下来|平均|平均到|合|算下来)*(?:每个?|一)?[\u4e00-\u9fff]{1,2}均?")
_FIGURES = 12
_REACH = 200  # characters back to the count
_TO_TOTAL = 60  # and to a total of the sentence before
_OFF = 0.35  # an average further off than this part of itself is of other things


def check_each(passage: Passage) -> Iterable[Mismatch]:
    """Yield sums per piece that the money in the same sentence and the pieces told with it contradict."""
    figures = passage.figures
    for first, last in passage.groups:
        for at in range(first + 1, last):
            stated = figures[at]
            if stated.unit_kind not in _SHARED_OUT or stated.kind is not NumberKind.MEASURE:
                continue
            found = _EACH.search(passage.label(at))
            if found is None or not is_checkable(stated) or not stated.value:
                continue
            if _EARLIER_TIME.search(passage.label(at)) or EARLIER.search(passage.label(at)):
                continue  # 上月每人 18 元
            if stated.unit_kind in _LIKE_TOTAL and not _OF_ALL.fullmatch(passage.label(at)):
                continue
            thing = found["one"] or found["mean"]
            yield from _check(passage, first, at, thing)


def _check(passage: Passage, first: int, at: int, thing: str) -> Iterable[Mismatch]:
    figures, stated = passage.figures, passage.figures[at]
    named = [i for i in _near(passage, at) if figures[i].unit_kind != "money" and _counts(passage, i, thing)]
    near = [i for i in named if not _SUMMED.search(passage.label(i))] or named
    counts = [figures[i] for i in near]
    money = [i for i in passage.outer(at, 0) if i not in near and _is_total(passage, i, stated)]
    here = [i for i in money if i >= first]
    if not here and stated.unit_kind != "duration" and re.search("均|摊", passage.label(at)):
        money = [i for i in money if _is_close(passage, i, at)]
    else:
        money = here
    if not money or not counts or len(here) > 1:
        return
    made = [of(figures[i]).over(of(c)) for i in money for c in counts]
    if any(each is None or not each.misses(stated.value, room_of(stated)) for each in made):
        return
    total, count = figures[money[0]], counts[0]
    got = total.value / count.value
    if abs(got - stated.value) <= _OFF * max(got, stated.value):
        yield from _told(passage, at, total, count)


def _is_close(passage: Passage, total: int, at: int) -> bool:
    """Tell whether a total of an earlier sentence is of the same paragraph: 46 万。920 人，人均 500 元."""
    between = passage.between(total, at)
    return len(between) <= _TO_TOTAL and "\n" not in between


def _is_total(passage: Passage, at: int, stated: Number) -> bool:
    number = passage.figures[at]
    label = passage.label(at)
    if stated.unit_kind in _LIKE_TOTAL:
        told = number.kind is NumberKind.MEASURE and number.unit == stated.unit and is_checkable(number)
        return told and number.value > stated.value and not _EARLIER_TIME.search(label)
    if number.unit_kind not in ("money", "none") or not is_count(number) or number.value <= stated.value:
        return False
    told = number.unit_kind == "money" or stated.unit_kind == "money" or _MONEY.search(label) is not None
    return told and not _EARLIER_TIME.search(label)


def _near(passage: Passage, at: int) -> Iterable[int]:
    """Yield the counts of this time shortly before a figure, nearest first."""
    start = passage.figures[at].span.start
    for i in passage.outer(at, 0)[:_FIGURES]:
        number = passage.figures[i]
        if start - number.span.end > _REACH:
            return
        if is_count(number) and not _EARLIER_TIME.search(passage.label(i)):
            yield i


def _counts(passage: Passage, at: int, thing: str) -> bool:
    """Tell whether a figure counts the things told of: its unit or the words on either side name them."""
    number = passage.figures[at]
    after = passage.view[number.span.end : number.span.end + 6].lstrip("个 ")
    for name in (thing, thing[1:], thing[:2] if len(thing) > 2 else ""):  # 单条线索: 线索; 回购客: 回购
        if name and (number.unit == name or name in passage.label(at) or after.startswith(name)):
            return True
    return number.unit == thing[:1]


def _told(passage: Passage, at: int, total: Number, count: Number) -> Iterable[Mismatch]:
    stated = passage.figures[at]
    shown = like(passage.document, stated, total.value / count.value)
    a, b = passage.text(total), passage.text(count)
    yield mismatch(
        passage.document,
        "average" if "均" in passage.label(at) else "unit_cost",
        stated,
        (count, total),
        shown,
        f"{plain(total.value)}/{plain(count.value)}",
        f"{a} ÷ {b} 是 {shown}，文中写 {passage.text(stated)}",
        shown,
        f"{a} 和 {b} 哪个不对",
        span=Span(min(stated.span.start, total.span.start), max(stated.span.end, total.span.end)),
    )
