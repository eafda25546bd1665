"""Rates against the counts they come from: 374/3,120=12.0%, 78.2%，11 家到期续回 8 家, 占 400 人的 80%."""

import re
from collections.abc import Iterable

from service.core.arithmetic.interval import is_checkable, of
from service.core.arithmetic.passage import Passage, is_count, is_percent, is_rate, same_unit
from service.core.arithmetic.wording import like, mismatch, percent, plain
from service.core.numbers.model import Mismatch, Number

# between a pair and its rate: "=", "(", "，完成率 " but not another clause's words
_TO_RATE = re.compile(r" ?(?:=|≈|\(|（|，|,)? ?(?:也就是|即|约|达成率?|完成率?|占比?|才|只有|仅)? ?")
_TO_PAIR = re.compile(r" ?(?:\(|（|=) ?")
# between two counts of one thing: "到期续回 " but not "，上周 "
_BETWEEN = re.compile(r"[^，。；;,\n\d/]{1,8}")
_NAMED_RATE = re.compile(r"率(?:\([^)\n]{1,12}\)|（[^）\n]{1,12}）)?[ :：为是达到]{0,3}$")
# 回滚率 11.1%，上周 15 次回滚 1 次: the counts are another week's
_OTHER_TIME = re.compile(r"上|前|去年|同期|昨|W\d|\d ?月|vs")
_LINK = re.compile(r"[，,:：(（ ][^，。；\d]{0,10}")
# 占报名 400 人的 80% but not 占比提升
_OF = re.compile(r"[，, ]{0,2}占(?:了|到|全部|总)?[^，。；\d]{0,6}")
_OF_THE = re.compile(r" ?的 ?(?:约|近)?")
_SHARE = re.compile(r"[，,(（ ]{1,2}占(?:了|到|比|总数|总量|全部|整体|总体|其中)?(?:约|近|的)? ?")
# the word a rate is made of: 核销率, accept rate
_STEM = re.compile(r"([a-z]{2,12}|[\u4e00-\u9fff]{2}) ?(?:率|rate)$")
# 续约率(按家数)
_STEM_BEFORE = re.compile(r"([\u4e00-\u9fff]{2})率[^，。；\d]{0,14}$")
_COMMON = frozenset("转化成率数人用户")  # characters that many names share
_OUT_OF = ("实际", "其中", "来了", "成", "落地", "真正", "最终")
_BRACKETED = re.compile(r"[(（][^()（）]{0,30}[)）]")
_CLOSE_BY = 12  # characters between a whole and its part
_PARALLEL = ("、", "和", "/", "+", "与")
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
                yield from _share(passage, first, at)


def _pair(passage: Passage, at: int) -> Iterable[Mismatch]:
    """Check a/b=p, a/b（p）and p（a/b）."""
    figures = passage.figures
    top, bottom = figures[at - 1], figures[at]
    if "%" in (top.unit, bottom.unit) or not is_checkable(top, bottom) or top.value <= 0 or bottom.value <= 0:
        return
    stated = None
    if at + 1 < len(figures) and is_percent(figures[at + 1]):
        gap = passage.gap(at + 1)
        if len(gap) <= 8 and _TO_RATE.fullmatch(gap):
            stated = figures[at + 1]
    if stated is None and at >= 2 and is_percent(figures[at - 2]):
        gap = passage.gap(at - 1)
        if len(gap) <= 3 and _TO_PAIR.fullmatch(gap):
            stated = figures[at - 2]
    if stated is not None and not is_rate(stated, bottom, top):
        yield from compare(passage, stated, top, bottom)


def compare(
    passage: Passage, stated: Number, part: Number, base: Number, kind: str = "rate"
) -> Iterable[Mismatch]:
    """Yield a mismatch where part over base is not the stated percentage."""
    if not is_checkable(stated, part, base) or is_rate(stated, part, base):
        return
    got = part.value / base.value * 100
    a, b = passage.text(part), passage.text(base)
    yield mismatch(
        passage.document,
        kind,
        stated,
        (base, part),
        percent(got),
        f"{plain(part.value)}/{plain(base.value)}",
        f"{a} ÷ {b} 是 {percent(got)}，文中写 {passage.text(stated)}",
        like(passage.document, stated, got),
        f"{a} 和 {b} 哪个不对",
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
        if part.value >= whole.value or not _BETWEEN.fullmatch(passage.gap(low + 1)):
            continue
        before = view[max(0, rate.span.start - 24) : rate.span.start]
        stem = _STEM.search(passage.label(at)) or _STEM_BEFORE.search(before)
        if not stem or not any(c in passage.gap(low + 1) for c in stem[1]):
            continue  # 好评率 92%，20 条里 15 条提物流
        link = passage.gap(low) if low > at else passage.gap(at)
        if _LINK.fullmatch(link) and not _OTHER_TIME.search(link) and _is_near(rate, part, whole):
            yield from compare(passage, rate, part, whole)
            return


def _stem(passage: Passage, first: int, at: int) -> Iterable[Mismatch]:
    """Check 发放 5,200 张，核销 2,132 张，核销率 41%: one of the counts carries the rate's own name."""
    figures = passage.figures
    before = passage.outer(at, first)
    if len(before) < 2:
        return
    near, far = before[0], before[1]
    label = passage.label(at).rstrip("为是达到约 ")
    stem = _STEM.search(label)
    if stem and stem[1] in passage.label(far) and figures[near].value > figures[far].value:
        near, far = far, near  # 接起 1,140 通，呼入 1,200 通，接起率 95%
    rate, part, whole = figures[at], figures[near], figures[far]
    if not is_count(part) or not is_count(whole) or not same_unit(part, whole) or part.value > whole.value:
        return
    bare = not label and passage.gap(at).strip() in ("，", ",")
    between = _BRACKETED.sub("", passage.between(before[1], before[0]))
    if not (bare or stem) or len(between) > _CLOSE_BY or "；" in between:
        return
    if stem and not _carries(passage, stem[1], near, far):
        return
    if not _is_near(rate, part, whole) or passage.fits_earlier(at, part, rate):
        return
    if stem and passage.is_foreign(at, _STEM, (part, whole)):
        return  # 合格 45 批，一次合格率 95.7%
    if bare and not _is_half_off(rate, part, whole):
        return
    if is_rate(rate, whole, part):
        return  # 106.8%: actual over target, the other way round
    yield from compare(passage, rate, part, whole)


def _carries(passage: Passage, stem: str, near: int, far: int) -> bool:
    """Tell whether a rate is made of two counts: the part is called like it, or the whole is its base."""
    part, whole = passage.label(near), passage.label(far)
    if stem in part or (len(stem) == 2 and any(c in part for c in stem if c not in _COMMON)):
        return True
    return stem in whole and any(word in part for word in _OUT_OF)


def _share(passage: Passage, first: int, at: int) -> Iterable[Mismatch]:
    """Check 打卡 320 人，占报名 400 人的 80% and 本周 1,200 单，老客 780 单，占 65%."""
    figures = passage.figures
    rate = figures[at]
    gap = passage.gap(at) if at else ""
    if at - first >= 2 and _OF_THE.fullmatch(gap) and _OF.fullmatch(passage.gap(at - 1)):
        part, whole = figures[at - 2], figures[at - 1]
        if is_count(part) and is_count(whole) and same_unit(part, whole):
            yield from compare(passage, rate, part, whole)
        return
    if at - first < 2 or not _SHARE.fullmatch(gap):
        return
    part = figures[at - 1]
    for back in range(at - 2, first - 1, -1):
        whole = figures[back]
        if not is_count(whole) or not same_unit(part, whole) or whole.value <= part.value:
            continue
        if passage.gap(at - 1).lstrip()[:1] in _PARALLEL:
            return  # 抖音 520 万、快手 410 万，占 90%
        followed = back + 1 < at - 1 and is_percent(figures[back + 1]) and len(passage.gap(back + 1)) < 6
        if followed:
            return  # a part with a share of its own: the whole isn't told
        if _is_near(rate, part, whole) and is_count(part) and not passage.fits_earlier(at, part, rate):
            yield from compare(passage, rate, part, whole)
        return


def _is_near(rate: Number, part: Number, whole: Number) -> bool:
    return abs(part.value / whole.value * 100 - rate.value) <= _NEAR


def _is_half_off(rate: Number, part: Number, whole: Number) -> bool:
    """Tell whether an unnamed rate is within half of what the two counts give."""
    got = part.value / whole.value * 100
    return abs(got - rate.value) <= max(got, rate.value) / 2 and rate.step < rate.value and of(part).low > 0
