"""Shares of a whole: 占报名 400 人的 80%, 200 户里 46 户欠费，占 23%, 老客带来 96 人，占报名的四分之一."""

import re
from collections.abc import Iterable

from service.core.arithmetic.nearby import EARLIER
from service.core.arithmetic.passage import Passage, is_count, is_percent, same_unit
from service.core.arithmetic.rate import compare, is_near
from service.core.lazy import lazy
from service.core.numbers.model import Mismatch

# 占报名 400 人的 80% but not 占比提升
_OF = lazy(r"[，, ]{0,2}占(?:了|到|全部|总)?[^，。；\d]{0,6}")
_OF_THE = lazy(r" ?的 ?(?:约|近)?")
_SHARE = lazy(r"[，,(（ ]{1,2}占(?:了|到|比|总数|总量|全部|整体|总体|其中)?(?:约|近|的)? ?")
# 46 户欠费，占 but not 46 户，上周占
_SHARE_LATER = lazy(r"[^，。；、\d]{1,6}[，,]占(?:了|到|比)?(?:约|近)? ?")
# 60 个新人里 45 个过了试用期，75%
_BARE = lazy(r"[^，。；、\d]{0,8}[，,] ?(?:约|才|只有|仅|是)? ?")
# 200 户里 46 户, 240 个班里有 36 个班 but not 里程 46
_AMONG = lazy(r"[^，。；\d]{0,6}[里中内当](?:头|边|面|间)?(?:有|，|,)? ?")
_PARALLEL = ("、", "和", "/", "+", "与")
# 占报名的, 占看过页面的, 占到店客户总数的 but not 占比
_NAMED = lazy(
    r"占(?:了|到|全部|所有|总)?(?P<base>[\u4e00-\u9fff]{2,10}?)(?:人数|总数|总量|客户|用户|的人|量|数|额)?"
    r"(?:的 ?(?:约|近|将近|差不多)?|[约近]) ?$"
)
_NAMED_LENGTH = 20
_TO_NAMED = lazy(r"[^，。；\d]{0,8}[，,(（ ]{0,2}$")  # between the part and 占
_LEFT_OUT = lazy(r"[的了]|本周|本月|这周|这月|今年|当月|当日|整体|全部|总")
_EARLIER_TIME = lazy(r"[上前昨比较]|去年|同期|目标|计划|预算|原")
_IN_BRACKET = lazy(r"[^(（，。；]{0,6}[)）]")
_WORDS_AFTER = 8
_FIGURES = 14  # figures back to the base
_OFF = 3.0  # even against its own base hardly a share is further off


def check_shares(passage: Passage) -> Iterable[Mismatch]:
    """Yield shares that their part and the whole told with it, or named and told before, contradict."""
    for first, last in passage.groups:
        for at in range(first, last):
            if is_percent(passage.figures[at]):
                yield from _share(passage, first, at)
    for at in range(2, len(passage.figures)):
        if is_percent(passage.figures[at]):
            yield from _named(passage, at)


def _named(passage: Passage, at: int) -> Iterable[Mismatch]:
    """Check a share against the nearest figure that goes by the name of its base."""
    rate, part = passage.figures[at], passage.figures[at - 1]
    start = rate.span.start
    found = _NAMED.search(passage.view, max(part.span.end, start - _NAMED_LENGTH), start)
    if found is None or not is_count(part) or part.unit_kind == "money":
        return
    if not _TO_NAMED.fullmatch(passage.view, part.span.end, found.start()):
        return
    if _EARLIER_TIME.search(passage.label(at - 1)) or _IN_BRACKET.match(passage.view, part.span.end):
        return  # 196 件（5 月 88 件），占总量的 54.9%
    name = _LEFT_OUT.sub("", found["base"])
    for i in range(at - 2, max(-1, at - 2 - _FIGURES), -1):
        base = passage.figures[i]
        if not is_count(base) or base.unit_kind == "money" or not _goes_by(passage, i, name):
            continue
        if base.value > part.value and 1 / _OFF <= part.value / base.value * 100 / rate.value <= _OFF:
            yield from compare(passage, rate, part, base)
        return


def _goes_by(passage: Passage, at: int, name: str) -> bool:
    """Tell whether a figure of this time has all of a name around it: 页面 3.2 万人看过 of 看过页面."""
    label = passage.label(at)
    if _EARLIER_TIME.search(label) or len(name) < 2:
        return False
    end = passage.figures[at].span.end
    after = re.split(r"[，。；、,;:：(（\n\d]", passage.view[end : end + _WORDS_AFTER])[0]
    words = [name[i : i + 2] for i in range(0, len(name) - 1, 2)]
    return all(word in label or word in after for word in words)


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
    among = _SHARE_LATER.fullmatch(gap) is not None and _AMONG.fullmatch(passage.gap(at - 1)) is not None
    bare = (
        _BARE.fullmatch(gap) is not None and _AMONG.fullmatch(passage.gap(at - 1)) is not None
        if at - first >= 2
        else False
    )
    if at - first < 2 or not (among or bare or _SHARE.fullmatch(gap)):
        return
    part = figures[at - 1]
    for back in range(at - 2, first - 1, -1):
        whole = figures[back]
        if not is_count(whole) or not same_unit(part, whole) or whole.value <= part.value:
            continue
        if EARLIER.search(passage.label(back)):
            continue  # 核销 1,150 张，上周 1,010 张，周末 828 张，占七成二
        if passage.gap(at - 1).lstrip()[:1] in _PARALLEL:
            return  # 抖音 520 万、快手 410 万，占 90%
        followed = back + 1 < at - 1 and is_percent(figures[back + 1]) and len(passage.gap(back + 1)) < 6
        if followed:
            return  # a part with a share of its own: the whole isn't told
        if is_near(rate, part, whole) and is_count(part) and not passage.fits_earlier(at, part, rate):
            yield from compare(passage, rate, part, whole)
        return
