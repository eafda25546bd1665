"""Shares that are said to be all of a thing: 散客 45%、旅行社 30%、会员 35% make more than 100%."""

import re
from collections.abc import Iterable, Sequence

from service.core.arithmetic.interval import is_checkable
from service.core.arithmetic.parts import are_all, parallel
from service.core.arithmetic.passage import Passage, is_percent
from service.core.arithmetic.wording import like, mismatch, plain
from service.core.lazy import lazy
from service.core.numbers.model import Mismatch, Number
from service.core.span import Span

_LINK = lazy(r"(?:[，,、；;]|(?<=[)）])) ?[^，。；、\d%\n→]{1,12}?")
_NO_SHARE = lazy(
    r"率|涨|跌|增|降|升|减|环比|同比|目标|完成|达成|进度|上周|上月|去年|毛利|折|涨|多了|少了|提|回|从|到|达"
)
# said of what is told as parts of one thing
_WHOLE = lazy(r"来源|构成|分布|占比|结构|组成|拆开|拆分|分[两三四五六成为]|份额|归类|配比|怎么来")
_KINDS = lazy(r"(?:只有|就|共|分)?(?P<many>[两俩三四五六七八]) ?[类种样条块项档个路大部段层级]")
_CLOSED = lazy(
    r"(?:别的|其他|其它|另外|其余)[^，。；\n]{0,8}(?:没有|为零|是零(?![散星碎]))|没有?[^，。；\n]{0,2}(?:别|其他|其它)"
    r"|就这[些几两三四]|都在这|全在这|全部在此|没别的|只有这|[两三四五六]者|再没|再无|全算|齐了"
)
_REST = lazy(r"其余|其他|其它|剩下|余下|别的|剩余|另外")
_OVERLAP = lazy(
    r"多选|重叠|重复|交叉|各算|都[有选用买去]|可以?兼|兼|同一批|叠加|不互斥|不止一|去重|合计超|加起来超"
)
_BEFORE = 30  # characters before a list, and after it, in which it is said to be complete
_AFTER = 30
_FAR_BEFORE = 80  # and in which it is said that the kinds overlap
_TENTH = 5.0
_ROUNDED = 0.5  # of a step for each share, and no less than this over all
_NAME = 5  # the longest label of a share that names no more than a kind
_OVER = 112.0  # three kinds that come to this much were meant for all there is
_PAIR_OFF = 12.0  # two percentages further off, of which none is called a share, are no shares
_LEAST, _MOST = 55.0, 180.0  # shares further from a hundred were never all of a thing


def check_hundreds(passage: Passage) -> Iterable[Mismatch]:
    """Yield shares of one whole that come to more than 100 %, or to less where nothing else is left."""
    figures = passage.figures
    at = 0
    while at < len(figures):
        last = at
        while last + 1 < len(figures) and _goes_on(passage, last + 1):
            last += 1
        if last > at:
            yield from _check(passage, at, last)
        at = last + 1


def _goes_on(passage: Passage, at: int) -> bool:
    one, other = passage.figures[at - 1], passage.figures[at]
    if one.unit != "%" or other.unit != "%" or not (is_percent(one) and is_percent(other)):
        return False
    gap = passage.gap(at)
    return len(gap) <= 14 and _LINK.fullmatch(gap) is not None


def _check(passage: Passage, first: int, last: int) -> Iterable[Mismatch]:
    shares = passage.figures[first : last + 1]
    view, start, end = passage.view, shares[0].span.start, shares[-1].span.end
    labels = [passage.label(i) or _after(view, passage.figures[i]) for i in range(first, last + 1)]
    if any(not label or _NO_SHARE.search(label) for label in labels) or not is_checkable(*shares):
        return
    before = re.split(r"[。；\n]", view[max(0, start - _BEFORE) : start])[-1]
    after = view[end : end + _AFTER].split("\n")[0]
    if (
        _OVERLAP.search(view, max(0, start - _FAR_BEFORE), start)
        or _OVERLAP.search(after)
        or re.match(r" ?[，,][^，。；\d]{0,12}\d", after)
    ):
        return
    total = sum(s.value for s in shares)
    tenths = all(s.step >= _TENTH for s in shares)  # 四成、三成、两成、两成
    room = max(_ROUNDED, _TENTH if tenths else sum(s.step for s in shares) / 2)
    if abs(total - 100) <= room or not _LEAST <= total <= _MOST:
        return
    if (
        len(shares) == 2
        and abs(total - 100) > _PAIR_OFF
        and not re.search("占|比", view[max(0, start - _BEFORE) : end])
    ):
        return  # 会员复购 46%，其余 30%: rates of two groups
    kinds = _KINDS.search(before)
    counted = kinds is not None and "两三四五六七八".find(kinds["many"].replace("俩", "两")) + 2 == len(
        shares
    )
    closed = _REST.search(labels[-1]) is not None or _CLOSED.search(after) is not None or are_all(labels)
    whole = _WHOLE.search(before) is not None
    named = all(len(label) <= _NAME for label in labels) and 100 < total <= _OVER
    alike = len(shares) == 2 and parallel(*labels)
    if (
        (named and (len(shares) > 2 or alike))
        or closed
        or (total > 100 and (whole or counted) and len(shares) > 2)
        or (counted and whole)
    ):
        yield _told(passage, shares, total)


def _after(view: str, share: Number) -> str:
    """Return the name right after a share: 四成自营."""
    return re.split(r"[，。；、,;\n\d]", view[share.span.end : share.span.end + _NAME + 1])[0]


def _told(passage: Passage, shares: Sequence[Number], total: float) -> Mismatch:
    last = shares[-1]
    formula = "+".join(plain(s.value) for s in shares)
    rest = max(0.0, last.value + 100 - total)
    shown, listed = f"{plain(total)}%", "、".join(map(passage.text, shares))
    return mismatch(
        passage.document,
        "total",
        last,
        tuple(shares[:-1]),
        shown,
        formula,
        f"文中写的 {listed} 加起来是 {shown}，{'超过' if total > 100 else '不到'} 100%",
        like(passage.document, last, rest),
        "各部分哪个不对",
        span=Span(shares[0].span.start, last.span.end),
    )
