"""Cost per head and averages: spend over count, total over count."""

from collections.abc import Iterable

from service.core.arithmetic.interval import is_checkable, of, room_of
from service.core.arithmetic.nearby import EARLIER
from service.core.arithmetic.passage import Passage, is_count
from service.core.arithmetic.wording import like, mismatch, plain
from service.core.lazy import lazy
from service.core.numbers.model import Mismatch, Number, NumberKind

# the name of a cost per head at the end of a label: cpa, 获客成本 but not 总成本
_PER_HEAD = lazy(
    r"(?:cpa|cac|cpl|cpc|cps|(?:获客|拉新|单客|获新|注册|激活|线索|留资|加粉|单个|单均|单条|人均)[^，]{0,4}成本)"
    r"[为是约达到 ]{0,3}$"
)
# the name of what was spent: 消耗, 花了 but not 获客成本
_SPENT = lazy(r"(?:消?耗|花费?|投入|投流|投放|支出|费用|广告费|花掉|成本共)了?[为是约共 ]{0,3}$")
# the name of what was gained: 新增, 拉新 but not 曝光
_GAINED = lazy(
    r"(?:新增|拉新|获客|激活|注册|线索|表单|留资|加粉|新客|转化|下单|带来|进粉|涨粉|获取)[^，。；\d]{0,6}$"
)
_PLAUSIBLE = (0.5, 2.0)  # further off than this, the figures speak of different things
# 场均, 店均, 人均 at the end of a label: what the total is shared among
_AVERAGE = lazy(
    r"(场|店|人|日|天|篇|单|件|户|家|次|条|期|群|节|组|车|台)均([^，。；\d]{0,4})$"
    r"|平均每(?:个)?(场|店|人|天|篇|单|件|户|家|次|条|期|群|节|组|车|台)([^，。；\d]{0,4})$"
)
_AIMED = lazy(r"预算|目标|计划")  # 人均 4,500 元，预算 6 万: no total of what was spent
_SHARED = {
    "店": ("店", "家", "门店"),
    "家": ("家", "店", "门店"),
    "日": ("天",),
    "天": ("天",),
    "人": ("人", ""),
}


def check_unit_costs(passage: Passage) -> Iterable[Mismatch]:
    """Yield costs per head that the spend and the count in the same sentence contradict."""
    figures = passage.figures
    for first, last in passage.groups:
        if last - first < 3:
            continue
        for at in range(first, last):
            stated = figures[at]
            label = passage.label(at)
            if not ("成本" in label or "c" in label) or stated.unit_kind not in ("none", "money"):
                continue
            if not _PER_HEAD.search(label):
                continue
            spent = [
                i
                for i in range(first, last)
                if i != at and _SPENT.search(passage.label(i)) and is_count(figures[i])
            ]
            gained = [
                i
                for i in range(first, last)
                if i != at and i not in spent and _GAINED.search(passage.label(i))
            ]
            gained = [i for i in gained if is_count(figures[i]) and figures[i].unit_kind != "money"]
            if len(spent) != 1 or len(gained) != 1:
                continue
            if not passage.is_foreign(at, _PER_HEAD, (figures[spent[0]], figures[gained[0]])):
                yield from _compare(passage, "unit_cost", stated, figures[spent[0]], figures[gained[0]])


def check_averages(passage: Passage) -> Iterable[Mismatch]:
    """Yield averages that the total and the count in the same sentence contradict."""
    figures = passage.figures
    for first, last in passage.groups:
        if last - first < 3:
            continue
        for at in range(first, last):
            stated = figures[at]
            label = passage.label(at)
            found = _AVERAGE.search(label) if "均" in label else None
            if not found or stated.kind is not NumberKind.MEASURE or stated.unit == "%":
                continue
            if EARLIER.search(label):
                continue  # 前一周两起平均 2.0h
            units = _SHARED.get(found[1] or found[3], (found[1] or found[3],))
            others = [
                i
                for i in range(first, last)
                if i != at and _is_whole(figures[i]) and not _AIMED.search(passage.label(i))
            ]
            counts = [i for i in others if figures[i].unit in units and figures[i].step == 1.0]
            totals = [i for i in others if i not in counts and _may_total(stated, figures[i])]
            if len(counts) != 1 or len(totals) != 1:
                continue
            if found[1] == "日" and found.start() and figures[counts[0]].unit == "天":
                continue  # 31 天出货 3,600 件，工作日日均 150 件
            of_what = (found[2] or found[4] or "").strip("为是约达到 ")
            if of_what and of_what not in passage.label(totals[0]):
                continue  # 场均在线 is not made of all who came
            yield from _compare(passage, "average", stated, figures[totals[0]], figures[counts[0]])


def _is_whole(number: Number) -> bool:
    """Tell whether a figure counts something, whole days among it."""
    return is_count(number) or (number.unit == "天" and number.kind is NumberKind.MEASURE)


def _may_total(stated: Number, number: Number) -> bool:
    return number.unit in (stated.unit, "") and number.value > stated.value


def _compare(passage: Passage, kind: str, stated: Number, total: Number, count: Number) -> Iterable[Mismatch]:
    if not is_checkable(stated, total, count) or count.value <= 0:
        return
    each = of(total).over(of(count))
    if each is None or not each.misses(stated.value, room_of(stated)):
        return
    got = total.value / count.value
    if not stated.value or not _PLAUSIBLE[0] <= got / stated.value <= _PLAUSIBLE[1]:
        return
    shown = like(passage.document, stated, got)
    a, b = passage.text(total), passage.text(count)
    yield mismatch(
        passage.document,
        kind,
        stated,
        (total, count),
        shown,
        f"{plain(total.value)}/{plain(count.value)}",
        f"{a} ÷ {b} 是 {shown}，文中写 {passage.text(stated)}",
        shown,
        f"{a} 和 {b} 哪个不对",
    )
