"""Rates against the counts they come from: 374/3,120=12.0%, 78.2%，11 家到期续回 8 家, 占 400 人的 80%."""

import re
from bisect import bisect_left
from collections.abc import Iterable
from itertools import pairwise

from service.core.arithmetic.interval import is_checkable, of
from service.core.arithmetic.passage import Passage, is_count, is_percent, is_rate, same_unit
from service.core.arithmetic.wording import like, mismatch, percent, plain
from service.core.lazy import lazy
from service.core.numbers.model import Mismatch, Number
from service.core.span import Span

# between a pair and its rate: "=", "(", "，完成率 " but not another clause's words
_TO_RATE = lazy(r" ?(?:=|≈|\(|（|，|,)? ?(?:也就是|即|约|达成率?|完成率?|占比?|才|只有|仅)? ?")
# 54/60 个任务关掉（90%）
_TO_BRACKET = lazy(r"[^，。；\d()（）\n]{0,8}[(（] ?")
_TO_PAIR = lazy(r" ?(?:\(|（|=|，|,) ?")
# between two counts of one thing: "到期续回 " but not "，上周 "
_BETWEEN = lazy(r"[^，。；;,\n\d/]{1,8}")
_NAMED_RATE = lazy(r"率(?:\([^)\n]{1,12}\)|（[^）\n]{1,12}）)?[ :：为是达到]{0,3}$")
# 回滚率 11.1%，上周 15 次回滚 1 次: the counts are another week's
_OTHER_TIME = lazy(r"上|前|去年|同期|昨|W\d|\d ?月|vs")
# 上周 30 个, 去年同期 but not 线上
_EARLIER = lazy(r"^[wq]\d|上(?:个|一)?[周月期次季年轮批场届]|前一|之前|去年|同期|昨")
_LINK = lazy(r"[，,:：(（ ][^，。；\d]{0,10}")
# the word a rate is made of: 核销率, accept rate
_STEM = lazy(r"([a-z]{2,12}|[\u4e00-\u9fff]{2}) ?(?:率|rate|占比?|(?<=满意)度)$|(转化|覆盖)$")
# between a whole and a part of one clause: 台设备坏了
_DONE_TO = lazy(r"[^，。；,\d]{0,6}了[^，。；,\d]{0,2}")
_CAPACITIES = ("利用", "使用", "上座", "入住", "满座")  # of what there is room for, told before or after
_CAPACITY = lazy(r"产能|额定|总|共|可|座|床|房|设计")
# (剔除延期) but not (上月 20%): said of a rate that is made otherwise
_OTHERWISE = lazy(r" ?[(（][^)）\n]{0,12}(?:剔|不含|不算|口径|去重|扣除|按)")
# 70% / 74.7%, 80%（32/40）→ 92%: the first of several rates, of which only one is made of the counts
_ONE_OF = lazy(r" ?(?:[(（][^()（）\n]{1,16}[)）])? ?(?:[/／]|→|->) ?\d[\d.]{0,6} ?%")
_ONE_MORE = lazy(r"% ?[/／] ?$")
# what came of all who came: those may be counted in another unit
_DEALS = ("转化", "成交", "成单", "签约", "签单", "下单", "成团")
# 成了, 签, 下了单 but not 成都, 退订
_TURNED = lazy(r"(?<!退)(?:[成签定订办买付交](?:了|出|下|成|交|约|单)*|下[了单]+)[^，。；\d]{0,2}$")
# rates that are always the last count's of the one before
_OUTCOMES = ("完成", "成功", "通过", "转化", "解决", "处理", "达标", "办结", "修复", "有效", "及时")
# 续约率(按家数)
_STEM_BEFORE = lazy(r"([\u4e00-\u9fff]{2})率[^，。；\d]{0,14}$")
_COMMON = frozenset("转化成率数人用户")  # characters that many names share
_OUT_OF = ("实际", "其中", "来了", "成", "落地", "真正", "最终")
_BRACKETED = lazy(r"[(（][^()（）]{0,30}[)）]")
_DAYS = 31.0
_CLOSE_BY = 12  # characters between a whole and its part
_NEIGHBOURS = 5  # figures either way in which a pair may have a rate of its own
_TIMES_OFF = 2.5  # and so is one so many times off
_AIMED = lazy(r"目标|计划|任务|指标|预算")
_FEWEST = 4.0
_NEAR = 30.0  # a stated rate further off than this many points was taken of something else


def check_rates(passage: Passage) -> Iterable[Mismatch]:
    """Yield rates that the counts written next to them contradict."""
    figures = passage.figures
    for at in range(1, len(figures)):
        if passage.gap(at).strip() == "/":
            yield from _pair(passage, at)
    for first, last in passage.groups:
        for at in range(first, last):
            if is_percent(figures[at]):
                yield from _spelled(passage, first, at, last)
                yield from _stem(passage, first, at)


def _pair(passage: Passage, at: int) -> Iterable[Mismatch]:
    """Check a/b=p, a/b（p）and p（a/b）."""
    figures = passage.figures
    top, bottom = figures[at - 1], figures[at]
    if "%" in (top.unit, bottom.unit) or not is_checkable(top, bottom) or top.value <= 0 or bottom.value <= 0:
        return
    ahead = behind = None
    if at + 1 < len(figures) and is_percent(figures[at + 1]):
        gap = passage.gap(at + 1)
        if (len(gap) <= 8 and _TO_RATE.fullmatch(gap)) or _TO_BRACKET.fullmatch(gap):
            behind = figures[at + 1]
    if at >= 2 and is_percent(figures[at - 2]):
        gap = passage.gap(at - 1)
        dated = "，" in gap and bottom.value <= _DAYS  # 完成 87%，9/7 复查
        if len(gap) <= 3 and _TO_PAIR.fullmatch(gap) and not dated:
            ahead = figures[at - 2]
    # 3.6%，612/17000（3.5%，560/16000）: the rate in the bracket is of the pair there
    owned = at + 3 < len(figures) and passage.gap(at + 3).strip() == "/"
    stated = ahead if owned and ahead is not None else behind or ahead
    if stated is None or is_rate(stated, bottom, top) or _is_of_other(passage, at, stated):
        return
    if not is_near(stated, top, bottom) and not is_near(stated, bottom, top):
        return
    yield from compare(passage, stated, top, bottom)


def _is_of_other(passage: Passage, at: int, stated: Number) -> bool:
    """Tell whether a pair or the rate next to it belongs elsewhere: 65/100→54/80，65%→67.5%."""
    figures = passage.figures
    top, bottom = figures[at - 1], figures[at]
    for near in figures[max(0, at - _NEIGHBOURS) : at + _NEIGHBOURS]:
        if near is not stated and is_percent(near) and is_rate(near, top, bottom):
            return True
    return any(
        other != at
        and passage.gap(other).strip() == "/"
        and figures[other].value > 0
        and is_rate(stated, figures[other - 1], figures[other])
        for other in range(max(1, at - _NEIGHBOURS), min(len(figures), at + _NEIGHBOURS))
    )


def compare(
    passage: Passage,
    stated: Number,
    part: Number,
    base: Number,
    kind: str = "rate",
    span: Span | None = None,
    rest: Number | None = None,
) -> Iterable[Mismatch]:
    """Yield a mismatch where part over base is no such percentage; `rest` is told in place of the part."""
    if not is_checkable(stated, part, base) or is_rate(stated, part, base):
        return
    if base.value < _FEWEST:
        return  # of two steps or three classes no rate is taken
    start, end = stated.span
    view = passage.view
    if _OTHERWISE.match(view, end) or _ONE_OF.match(view, end):
        return
    if _ONE_MORE.search(view, max(0, start - 4), start) or _is_of_neighbours(passage, stated, part, base):
        return
    got = part.value / base.value * 100
    a, b = passage.text(rest or part), passage.text(base)
    sum_ = f"1 - {a} ÷ {b}" if rest else f"{a} ÷ {b}"
    yield mismatch(
        passage.document,
        kind,
        stated,
        (base, rest or part),
        percent(got),
        f"{plain(part.value)}/{plain(base.value)}",
        f"{sum_} 是 {percent(got)}，文中写 {passage.text(stated)}",
        like(passage.document, stated, got),
        f"{a} 和 {b} 哪个不对",
        span=span,
    )


def _is_of_neighbours(passage: Passage, stated: Number, part: Number, base: Number) -> bool:
    """Tell whether two other figures side by side make a rate to the digit."""
    at = bisect_left(passage.starts, stated.span.start)
    near = [n for n in passage.figures[max(0, at - _NEIGHBOURS - 1) : at + 3] if is_count(n)]
    if stated.step >= 1.0:
        return False  # whole percents are met by chance
    return any(
        {a.span, b.span} != {part.span, base.span}
        and same_unit(a, b)
        and (is_rate(stated, a, b, rest=False) or is_rate(stated, b, a, rest=False))
        for a, b in pairwise(near)
    )


def _spelled(passage: Passage, first: int, at: int, last: int) -> Iterable[Mismatch]:
    """Check 续约率 78.2%，11 家到期续回 8 家 and 11 家到期续回 8 家，续约率 78.2%."""
    figures, view = passage.figures, passage.view
    rate = figures[at]
    if not _NAMED_RATE.search(view[max(0, rate.span.start - 20) : rate.span.start]):
        return
    for low in (at + 1, at - 2):
        if low < first or low + 1 >= last:
            continue
        whole, part = figures[low], figures[low + 1]
        if not (is_count(whole) and is_count(part)) or not whole.unit or whole.unit != part.unit:
            continue
        own = figures[low + 2] if at < low and low + 2 < last else None
        if own is not None and is_percent(own) and is_rate(own, part, whole):
            continue  # 接受率 72.2%，五月 13 个里接 8 个，61.5%
        if part.value >= whole.value or not _BETWEEN.fullmatch(passage.gap(low + 1)):
            continue
        before = view[max(0, rate.span.start - 24) : rate.span.start]
        stem = _STEM.search(passage.label(at)) or _STEM_BEFORE.search(before)
        if not stem or not any(c in passage.gap(low + 1) for c in stem[1]):
            continue  # 好评率 92%，20 条里 15 条提物流
        link = passage.gap(low) if low > at else passage.gap(at)
        if _LINK.fullmatch(link) and not _OTHER_TIME.search(link) and is_near(rate, part, whole):
            yield from compare(passage, rate, part, whole)
            return


def _stem(passage: Passage, first: int, at: int) -> Iterable[Mismatch]:
    """Check 发放 5,200 张，核销 2,132 张，核销率 41%: one of the counts carries the rate's own name."""
    figures = passage.figures
    before = [i for i in passage.outer(at, first) if figures[i].unit_kind != "duration"]
    if len(before) < 2:
        return
    near, far = before[0], before[1]
    if (
        near < at - 1
        and not passage.gap(at).strip("率 ").startswith(tuple("，,。（(;；"))
        and figures[at - 1].unit_kind == "duration"
    ):
        return  # 接通 779 通，20 秒接通率 88%
    label = passage.label(at).rstrip("为是达到约 ")
    stem = _STEM.search(label)
    word = (stem[1] or stem[2]) if stem else ""
    swapped = word and (word in passage.label(far) or word in _CAPACITIES)
    if swapped and figures[near].value > figures[far].value:
        near, far = far, near  # 接起 1,140 通，呼入 1,200 通，接起率 95%
    rate, part, whole = figures[at], figures[near], figures[far]
    if not is_count(part) or not is_count(whole) or part.value > whole.value:
        return
    closed = word in _DEALS and _turns(passage, near, part, whole)
    if not (same_unit(part, whole) or closed):
        return
    same = bool(part.unit) and part.unit == whole.unit
    bracketed = (
        same
        and passage.gap(at).strip() in ("(", "（")
        and passage.view.startswith((")", "）"), rate.span.end)
    )
    bare = not label and (bracketed or passage.gap(at).strip() in ("，", ","))
    between = _BRACKETED.sub("", passage.between(before[1], before[0]))
    if not (bare or stem) or len(between) > _CLOSE_BY or re.search("[；、]", between):
        return
    states = passage.label(near), passage.label(far)
    if any(_EARLIER.search(told) or (stem and _AIMED.search(told)) for told in states):
        return  # 接起 407 通，目标 430 通，满意度 84%
    carried = closed or _carries(passage, word, near, far)
    if not carried and re.search("→|->|=>", between):
        return  # 1,277 次→1,225 次，转化率 74%
    if stem and not (carried or (same and _goes_without(passage, word, far, between))):
        return
    if not is_near(rate, part, whole) or passage.fits_earlier(at, part, rate):
        return
    if stem and passage.is_foreign(at, _STEM, (part, whole)):
        return  # 合格 45 批，一次合格率 95.7%
    if bare and not _is_half_off(rate, part, whole):
        return
    if is_rate(rate, whole, part):
        return  # 106.8%: actual over target, the other way round
    yield from compare(passage, rate, part, whole)


def _turns(passage: Passage, near: int, part: Number, whole: Number) -> bool:
    """Tell whether those who came (of any unit) turned into deals: 2,400 人成了 288 单, 640 组签了 96 套."""
    if {"money", "duration"} & {part.unit_kind, whole.unit_kind}:
        return False
    return _TURNED.search(passage.label(near)) is not None


def _goes_without(passage: Passage, word: str, far: int, between: str) -> bool:
    """Tell whether a rate is made of two counts of one unit that do not carry its name."""
    if word in _CAPACITIES:
        return _CAPACITY.search(passage.label(far)) is not None
    return word in _OUTCOMES or _DONE_TO.fullmatch(between) is not None


def _carries(passage: Passage, stem: str, near: int, far: int) -> bool:
    """Tell whether a rate is made of two counts: the part is called like it, or the whole is its base."""
    part, whole = passage.label(near), passage.label(far)
    end = passage.figures[near].span.end
    after = re.split("[，,；。]", passage.view[end : end + len(stem) + 1])[0]
    if stem and stem in after:
        return True  # 45 家，38 家合格，合格率 84.4%
    if stem in part or (len(stem) == 2 and any(c in part for c in stem if c not in _COMMON)):
        return True
    if "到" in stem and ("来" in part or "到" in part):
        return True
    return stem in whole and any(word in part for word in _OUT_OF)


def is_near(rate: Number, part: Number, whole: Number) -> bool:
    """Tell whether a stated rate is close enough to two counts' to have been taken of them."""
    got = part.value / whole.value * 100
    return (
        abs(got - rate.value) <= _NEAR and got <= rate.value * _TIMES_OFF and rate.value <= got * _TIMES_OFF
    )


def _is_half_off(rate: Number, part: Number, whole: Number) -> bool:
    """Tell whether an unnamed rate is within half of what the two counts give."""
    got = part.value / whole.value * 100
    return abs(got - rate.value) <= max(got, rate.value) / 2 and rate.step < rate.value and of(part).low > 0
