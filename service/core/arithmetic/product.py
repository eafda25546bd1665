"""So much each, so many, so much in all: 门票 68 元，卖了 250 张，收入 1.7 万; 320 件，每天 40 件，8 天."""

import re
from bisect import bisect_left
from collections.abc import Iterable, Sequence
from dataclasses import replace
from itertools import combinations, pairwise
from typing import NamedTuple

from service.core.arithmetic.interval import (
    NO_ROOM,
    Interval,
    exact,
    is_checkable,
    of,
    room_of,
    room_of_sum,
)
from service.core.arithmetic.nearby import EARLIER
from service.core.arithmetic.passage import Passage
from service.core.arithmetic.wording import like, mismatch, plain
from service.core.lazy import lazy
from service.core.numbers.model import SECONDS, Mismatch, Number, NumberKind, Precision

_THING = r"[\u4e00-\u9fff]{1,3}?"
# 每台, 平均每人, 单件, 人均, 亩产 at the end of a label: what the figure is for one of
_EACH = lazy(
    r"(?:每(?:个|一)?(?P<one>"
    + _THING
    + r")|单(?P<single>(?!价)[\u4e00-\u9fff])|(?P<mean>(?!平)[\u4e00-\u9fff])[均产](?:工时|量)?)"
    r"(?:能|要|可以?|只|约|是|为|有|花|摊|成本|价|费用|费|上|出|做|送|改|检|跑|用|收|卖|接|装|产|发|干|"
    r"吃|烧|耗|的?油耗|人工|大概|差不多|平均|来|到|了)*[ :：]?$"
)
_PRICE = lazy(
    r"(?:[\u4e00-\u9fff]价|均价|客单价?|票价|门票|时薪|日薪|[日月年]租|标价|售价|定价|房价|现价|价格|"
    r"单票|卖价|年卡|月卡|aov|cpa|cac|cpc|cpl|arpu)(?:是|为|约|每[\u4e00-\u9fff])?[ :：]?$"
)
# 平均 36 单, 各产 1,200 件: of the only count told with it
_EVEN = lazy(r"(?:平均|各)[\u4e00-\u9fff]{0,2}[ :：]?$")
_ONE = lazy(r"(?:^|[^第\d])一个?(?P<one>[\u4e00-\u9fff])(?:平均|约|合|要|能|卖|收|出|大概|是|摊)?[ :：]?$")
# 一张, 每件, /斤, 元一份 after a figure
_PER_AFTER = lazy(r" ?(?:元|块钱?)? ?(?:一|每|/) ?个?(?P<one>[\u4e00-\u9fff])(?![\u4e00-\u9fff]*\d)?")
_OTHER = lazy(
    r"目标|计划|预算|上[周月期次]|去年|同期|定金|首付|其中|累计|最|原价|时间|平时|差|还|超|剩|实际|实到|在[校岗册]|应"
)
_MODIFIED = lazy(
    r"折|定金|首付|先付|半价|优惠|立减|满减|免费|减免|赠|退款?|含|送|同时|并行|分头|各[自种类]|不等|起步|阶梯|另|学生票|儿童|扣|工作日|前\d|超出|加价|补贴|抽成|佣金|里停|停了|歇了|缺"
)
_DAY = lazy(r"[Ww]\d|\d ?[月周号]|第[一二三四五六\d]|周[一二三四五六日]")
_TAKEN = lazy(r"[收付钱额费款共计价营卖账入花给票租]")
_IN_ALL = lazy(r"[\u4e00-\u9fff]{2}共$")  # 库房共, 到课共: of something else than what was multiplied
_ANY = lazy(r"[每单均产价租薪一各/]|aov|cpa|cac|cpc|cpl|arpu|门票|客单|月卡|年卡")  # needed for so much each
_MYRIAD = 10_000
_NOT_MODIFIED = lazy(r"[不没无]打?折|[不没无]优惠|折合|折算|含税")
_SAME = {"日": "天", "天": "天", "时": "小时", "店": "家", "票": "张", "车": "辆"}
_REACH = 20  # characters
_AROUND = 8  # characters around a sum in which a discount may be told
_NEXT = 2  # figures from a sum per piece to its count and its total, where the sentence tells more
_FEW = 10  # figures of a sentence that such a sum stands in
_LONE = 4  # more figures than this, and a sum per piece needs a name
_OFF = 0.5  # figures further apart than this are no sum
_FIGURES = ("count", "money", "none", "duration")


class _Sum(NamedTuple):
    """What one takes or brings, of how many, and in all."""

    each: Number
    number: Number
    total: Number


def check_all_told(passage: Passage) -> Iterable[Mismatch]:
    """Yield sums per piece, counts and totals of sentences in which the three can't all be right."""
    for first, last in passage.groups:
        if last - first < 3 or _ANY.search(passage.told(first, last)) is None:
            continue
        places = [at for at in range(first, last) if _is_free(passage, at)]
        if not 3 <= len(places) <= _FEW:
            continue
        each = [(at, thing) for at in places if (thing := _thing(passage, at)) is not None]
        sums = [_find(passage, at, [i for i in places if i != at], thing) for at, thing in each]
        found = [one for one in sums if one is not None]
        if len(found) != 1:
            continue
        if _is_of_two_times(passage, found[0]) or _is_apart(found[0]):
            continue  # 5.5h，前一周两起平均 2.0h
        if not _is_modified(passage, found[0]) and not _is_told(passage, places, found[0]):
            yield from _check(passage, found[0])


def _is_of_two_times(passage: Passage, told: _Sum) -> bool:
    """Tell whether the count is told of an earlier time and the total is not."""
    count, total = (bisect_left(passage.starts, n.span.start) for n in (told.number, told.total))
    return EARLIER.search(passage.label(count)) is not None and EARLIER.search(passage.label(total)) is None


def _is_apart(told: _Sum) -> bool:
    """Tell whether much is told between two of the three, and so of something else."""
    return any(b.span.start - a.span.end > _REACH for a, b in pairwise(sorted(told, key=lambda n: n.span)))


def _is_modified(passage: Passage, told: _Sum) -> bool:
    """Tell whether more than the three figures goes into a sum: a discount, a deposit, what is free."""
    start = min(n.span.start for n in told)
    end = max(n.span.end for n in told)
    rest = re.split(r"[，。；\n]", passage.view[end : end + _AROUND])[0]
    text = passage.view[max(0, start - _AROUND) : end] + rest
    return _MODIFIED.search(_NOT_MODIFIED.sub("", text)) is not None


def _is_free(passage: Passage, at: int) -> bool:
    """Tell whether a figure may be part of a product: 一小时 4 趟 is four an hour, and no 1."""
    number = passage.figures[at]
    if number.kind is not NumberKind.MEASURE or number.unit_kind not in _FIGURES or not is_checkable(number):
        return False
    return not passage.text(number).startswith("一")


def _thing(passage: Passage, at: int) -> str | None:
    """Return what a figure is for one of, "" where only its price is told, None where it is for no one."""
    label = passage.label(at)
    if _OTHER.search(label) or EARLIER.search(label):
        return None
    found = _EACH.search(label)
    if found is not None and found["mean"] and found.start() > 1:
        return None  # 骨干人均
    if found is not None:
        return found["one"] or found["single"] or found["mean"]
    ahead = _ONE.search(label)
    if ahead is not None:
        return "天" if ahead["one"] == "日" else ahead["one"]  # 一斤 12 块, 一天平均 240 件
    one = passage.figures[at - 1] if at else None
    if (
        one is not None
        and passage.text(one).startswith("一")
        and one.value == 1
        and passage.gap(at).strip()
        in ("", "平均", "约", "收", "大概", "合", "要", "能", "卖", "出", "跑", "做")
    ):
        return one.unit  # 一斤 12 块, 一小时 4 趟
    end = passage.figures[at].span.end
    after = _PER_AFTER.match(passage.view, end)
    if after is not None and at + 1 < len(passage.figures):
        return after["one"]
    return "" if _PRICE.search(label) or _EVEN.search(label) else None


def _find(passage: Passage, at: int, others: Sequence[int], thing: str) -> _Sum | None:
    figures = passage.figures
    each = figures[at]
    named = [i for i in others if thing and _counts(passage, i, each, thing)]
    totals = [i for i in others if i not in named and _is_total(passage, i, each)]
    counts = named or [i for i in others if i not in totals and _counts(passage, i, each, thing)]
    if not counts and len(others) == 2 and len(totals) == 1:
        # 2,980 元一期，20 人; 12 个客户经理，人均 9 单: the only other count
        counts = [i for i in others if i not in totals and _may_count(passage, i, each, thing)]
    if len(totals) > 1 or len(counts) > 1:
        every = [(t, c) for t in totals for c in counts]
        if any(
            not of(figures[t]).minus(_many(figures[c]).by(of(each))).misses(0.0, NO_ROOM) for t, c in every
        ):
            return None  # of this week's and last week's, one fits
        pairs = [(t, c) for t, c in every if abs(t - c) == 1] if thing else []
        if pairs and at > max(pairs[0]) and not _is_dated(passage, pairs[0]):
            totals, counts = [pairs[0][0]], [pairs[0][1]]  # £8,950 w/ 5 场，W13 £10,368 w/ 6 场；场均
        else:
            totals, counts = _nearest(totals, at), _nearest(counts, at)
    if len(counts) != 1 or len(totals) != 1 or _IN_ALL.search(passage.label(totals[0])):
        return None
    label = passage.label(at)
    if not label and len(others) > _LONE:
        return None
    if _EVEN.search(label) and (len(others) > _NEXT or not re.search("[共总合]", passage.label(totals[0]))):
        return None  # 4 节课，平均 2 分钟，湖滨 11 分钟
    return _Sum(each, figures[counts[0]], _in_unit(figures[totals[0]], each))


def _is_dated(passage: Passage, places: Sequence[int]) -> bool:
    return any(_DAY.search(passage.label(i)) or EARLIER.search(passage.label(i)) for i in places)


def _nearest(places: Sequence[int], at: int) -> list[int]:
    """Return the places that are next to a figure, or next but one."""
    return sorted((i for i in places if abs(i - at) <= _NEXT), key=lambda i: abs(i - at))[:1]


def _may_count(passage: Passage, at: int, each: Number, thing: str) -> bool:
    number = passage.figures[at]
    if number.unit_kind != "count" or number.step < 1.0 or number.unit == each.unit:
        return False
    if _OTHER.search(passage.label(at)) or number.value <= 1:
        return False
    return each.unit_kind == "money" or (thing == "人" and number.unit in ("个", "人"))


def _counts(passage: Passage, at: int, each: Number, thing: str) -> bool:
    """Tell whether a figure counts the things told of, by its own words or those next to it."""
    number = passage.figures[at]
    if number.unit_kind == "money" or (number.step < 1.0 and number.unit_kind != "duration"):
        return False
    if _OTHER.search(passage.label(at)) or number.value <= 1:
        return False
    if not thing:
        return number.unit_kind in ("count", "duration") and number.unit != each.unit
    after = passage.view[number.span.end : number.span.end + 3].lstrip("个 ")
    return (
        thing[:1] in passage.text(number)
        or after.startswith((thing, thing[:1]))
        or _SAME.get(thing) == number.unit
    )


def _is_total(passage: Passage, at: int, each: Number) -> bool:
    number = passage.figures[at]
    if _OTHER.search(passage.label(at)):
        return False
    if each.unit_kind == "duration":
        return number.unit in SECONDS and each.unit in SECONDS and _in_unit(number, each).value > each.value
    if _DAY.search(passage.label(at)) and not _DAY.search(
        passage.label(bisect_left(passage.starts, each.span.start))
    ):
        return False  # 58 人人均 26h，W22 是 1,280h
    if each.unit_kind == "money" and number.unit_kind == "none" and number.value < _MYRIAD:
        label = passage.label(at)
        return number.value > each.value and _TAKEN.search(label) is not None
    same = number.unit in (each.unit, f"{each.unit}次") or {number.unit_kind, each.unit_kind} <= {
        "money",
        "none",
    }
    counted = each.unit == "个" and number.unit_kind == "count"  # 12 个课时，每周上 3 个
    return (same or counted) and number.value > each.value


def _is_told(passage: Passage, places: Sequence[int], told: _Sum) -> bool:
    """Tell whether other figures of the sentence make the total: 标价 199，实收 150，40 份，6,000."""
    made = of(told.each).by(_many(told.number))
    start, end = min(n.span for n in told).start, max(n.span for n in told).end
    for figure in passage.figures[bisect_left(passage.starts, start) : bisect_left(passage.starts, end)]:
        if figure.span != told.each.span and not made.misses(figure.value, room_of(figure)):
            return True  # 花了 8.4 万，其中奖励 5 万，单户 25 元，2,000 户
    free = [passage.figures[i] for i in places if passage.figures[i] is not told.total]
    return any(
        not _many(a).by(_many(b)).misses(told.total.value, room_of_sum(told.total))
        for a, b in combinations(free, 2)
    )


def _many(number: Number) -> Interval:
    """Return how many there are: 七天 are seven days, and no 6.5."""
    return exact(number) if number.step == 1.0 and number.precision is Precision.EXACT else of(number)


def _in_unit(number: Number, each: Number) -> Number:
    if number.unit == each.unit or number.unit not in SECONDS or each.unit not in SECONDS:
        return number
    times = SECONDS[number.unit] / SECONDS[each.unit]
    return replace(number, value=number.value * times, step=number.step * times, unit=each.unit)


def _check(passage: Passage, told: _Sum) -> Iterable[Mismatch]:
    each, count, total = told
    last = max(told, key=lambda n: n.span)
    # a price is set, not measured: 8 块 stands for no 7.6
    price = each.unit_kind == "money" and last is not each and each.precision is Precision.EXACT
    made = (exact(each) if price else of(each)).by(_many(count))
    got = each.value * count.value
    if not made.misses(total.value, room_of_sum(total)) or not 1 - _OFF <= got / total.value <= 1 / (
        1 - _OFF
    ):
        return
    if last is total:
        one, other, sign, result = count, each, "×", got
    elif last is each:
        one, other, sign, result = total, count, "÷", total.value / count.value
    else:
        one, other, sign, result = total, each, "÷", total.value / each.value
    if last is not total and _is_quotient(one, other, last):
        return
    a, b = passage.text(one), passage.text(other)
    shown = like(passage.document, last, result)
    yield mismatch(
        passage.document,
        "average" if last is each else "total",
        last,
        (one, other),
        plain(result, comma=True),
        f"{plain(one.value)}{'×' if sign == '×' else '/'}{plain(other.value)}",
        f"{a} {sign} {b} 是 {shown}，文中写 {passage.text(last)}",
        shown,
        f"{a} 和 {b} 哪个不对",
    )


def _is_quotient(total: Number, other: Number, stated: Number) -> bool:
    quotient = of(total).over(of(other))
    return quotient is None or not Interval(*quotient).misses(stated.value, room_of(stated))
