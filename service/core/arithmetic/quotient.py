"""Percentages whose whole stands further off: by its name (占消耗 15%), as an aim, or as a list's head."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from typing import NamedTuple

from service.core.arithmetic.interval import is_checkable
from service.core.arithmetic.nearby import AIM, EARLIER
from service.core.arithmetic.passage import Passage, is_count, is_rate, thing_of
from service.core.arithmetic.rate import compare
from service.core.lazy import lazy
from service.core.numbers.model import Mismatch, Number, NumberKind
from service.core.span import Span

_REACH = 260  # characters back to a whole that is named or heads a list
_NEAR = 60  # and to one that goes by its unit only
_FIGURES = 14
_TO_PART = 20  # characters from a part to its percentage
_OFF = 0.25  # a percentage further off than this part of itself is of something else
_OFF_DONE = 0.16
# 占消耗, 占了总数的 and, last in a label, 有效商机里成了
_SHARE = lazy(r"占(?:了|到|比|去|全部)?(?P<of>[\u4e00-\u9fff]{0,6}?)的?(?:为|约|才|只有|不到|近)?$")
_AMONG = lazy(r"(?P<of>[\u4e00-\u9fff]{2,6}?)[里中](?:头|面|当中)?[\u4e00-\u9fff]{0,3}$")
_DONE = lazy(
    r"完成|达成|兑现|做到|花[掉了]|用[掉了]|执行|进度|attain|achiev|done|达标|到手|跑到|拿下|[完达]成?率"
)
# said of a percentage that is another time's, an average's or no quotient of two amounts
_FOREIGN = lazy(
    r"同比|环比|行业|同行|时间|序时|平均|留存|毛利|净利|税|折|误差|增|涨|升|降|跌|提高|目标|计划|预|上限|不到|底线"
)
# a rate of what was not spent of a budget
_SPARED = lazy(r"(?:节[支约省]|结余|剩余|压[降减])率?[^，。；\d]{0,3}$")
_SPENT = lazy(r"花|用|执行|进度|消|节|剩|余")
_RATE = lazy(r"(?P<stem>[\u4e00-\u9fff]{2})率(?:是|为|约|到|才|只有)?[ :：]?$")
_GENERAL = frozenset(("总数", "全部", "整体", "总体", "总量", "全体", "其中", "比重", "比例", "大头", "全国"))
_PART_OF = lazy(r"其中|里|另")
_ASIDE = lazy(r"[(（][^()（）]*[)）]")


class _Pair(NamedTuple):
    """What a percentage is told to be of."""

    part: Number
    whole: Number
    off: float


def check_quotients(passage: Passage) -> Iterable[Mismatch]:
    """Yield percentages that their named whole, their aim or the head of their list contradicts."""
    for at, stated in enumerate(passage.figures):
        if stated.unit != "%" or stated.kind is not NumberKind.MEASURE or at == 0:
            continue
        label = passage.label(at)
        if not label or not is_checkable(stated) or EARLIER.search(label) or _FOREIGN.search(label):
            continue
        pair = _done(passage, at, label) or _share(passage, at, label) or _named(passage, at, label)
        if pair is None or pair.part.value <= 0 or pair.whole.value <= 0:
            continue
        if is_rate(stated, pair.part, pair.whole) or is_rate(stated, pair.whole, pair.part):
            continue
        if _is_explained(passage, at, stated, pair):
            continue
        rest = _SPARED.search(label) is not None and pair.part.value < pair.whole.value
        part = replace(pair.part, value=pair.whole.value - pair.part.value) if rest else pair.part
        got = part.value / pair.whole.value * 100
        if abs(got - stated.value) <= pair.off * max(got, stated.value):
            span = Span(max(part.span.start, passage.figures[at - 1].span.start), stated.span.end)
            yield from compare(passage, stated, part, pair.whole, span=span, rest=pair.part if rest else None)


def _amounts(passage: Passage, at: int, reach: int) -> Iterator[int]:
    """Yield the amounts of this time before a figure, nearest first, none of a closed bracket."""
    start = passage.figures[at].span.start
    for i in passage.outer(at, 0)[:_FIGURES]:
        number = passage.figures[i]
        if start - number.span.end > reach:
            return
        if is_count(number) and not EARLIER.search(passage.label(i)):
            yield i


def _is_like(passage: Passage, one: Number, other: Number) -> bool:
    """Tell whether one amount may be a part of another."""
    if "money" in (one.unit_kind, other.unit_kind):
        return one.unit_kind == other.unit_kind
    a, b = thing_of(passage.view, one), thing_of(passage.view, other)
    return a == b or not a or not b


def _is_explained(passage: Passage, at: int, stated: Number, pair: _Pair) -> bool:
    """Tell whether an amount told right by a percentage makes it of another amount, the pair's own aside."""
    figures, own = passage.figures, {pair.part.span, pair.whole.span}
    # whole percents are met by chance, so only what stands near may explain them
    first, last = (at - _FIGURES, at + 3) if stated.step >= 1.0 else (0, len(figures))
    places = range(max(0, first), min(len(figures), last))
    around = [
        figures[i]
        for i in places
        if is_count(figures[i]) and (stated.step < 1.0 or not EARLIER.search(passage.label(i)))
    ]
    parts = [n for n in figures[max(0, at - 5) : at + 2] if is_count(n)]
    return any(
        is_rate(stated, part, whole, rest=_SPARED.search(passage.label(at)) is not None)
        for part in parts
        for whole in around
        if part is not whole and {part.span, whole.span} != own and _is_like(passage, part, whole)
    )


def _share(passage: Passage, at: int, label: str) -> _Pair | None:
    """Return the part right before a share and the whole it names or, with nothing but 占, the head's."""
    found = _SHARE.search(label) or _AMONG.search(label)
    if found is None:
        return None
    part_at = next(_amounts(passage, at, _TO_PART), None)
    if part_at is None or re.search(r"[。；\n\d]", _ASIDE.sub("", passage.between(part_at, at))):
        return None
    part, name = passage.figures[part_at], found["of"]
    named = len(name) >= 2 and name not in _GENERAL
    if not named and (name or found.re is _AMONG):
        return None
    wholes = [
        i
        for i in _amounts(passage, part_at, _REACH if named else _NEAR)
        if passage.figures[i].value > part.value
        and (
            passage.figures[i].unit_kind == part.unit_kind and _shared(passage, i, name)
            if named
            else _is_like(passage, part, passage.figures[i]) and _heads(passage, i, part_at)
        )
    ]
    if not wholes:
        return None
    best = max(wholes, key=lambda i: _shared(passage, i, name)) if named else wholes[0]
    return _Pair(part, passage.figures[best], _OFF)


def _shared(passage: Passage, at: int, name: str) -> int:
    """Return 2 where the words before an amount hold a name, 1 where its first, telling half, else 0."""
    label = passage.label(at)
    return 2 if name in label else int(name[:2] in label)


def _heads(passage: Passage, at: int, part: int) -> bool:
    """Tell whether an amount is told first in the line or sentence of a part, or in the one before."""
    whole, other = passage.figures[at], passage.figures[part]
    if not whole.unit or whole.unit != other.unit or _PART_OF.search(passage.label(at)):
        return False
    return passage.view[whole.span.end : other.span.start].count("\n") <= 1 and (
        at == 0 or "\n" in passage.gap(at)
    )


def _done(passage: Passage, at: int, label: str) -> _Pair | None:
    """Return what was reached and the aim of the same line."""
    if _DONE.search(label) is None and _SPARED.search(label) is None:
        return None
    start = passage.figures[at].span.start
    line = passage.view.rfind("\n", 0, start)
    aims = [i for i in _amounts(passage, at, _NEAR) if _is_aim(passage, i)]
    if not aims or passage.figures[aims[0]].span.start < line:
        return None
    aim = passage.figures[aims[0]]
    if "预算" in passage.label(aims[0]) and _SPENT.search(label) is None:
        return None  # 预算 20 万，已用 16 万，完成率 92%
    reached = [
        i
        for i in _amounts(passage, at, _REACH // 2)
        if i != aims[0]
        and not _is_aim(passage, i)
        and _is_like(passage, passage.figures[i], aim)
        and passage.figures[i].unit_kind == aim.unit_kind
    ]
    if not reached or not _is_only(passage, reached, aim):
        return None
    # an aim is set, not measured: 6 万 stands for no 6.3 万
    aim = replace(aim, step=min(aim.step, max(1.0, aim.value / 1000)))
    return _Pair(passage.figures[reached[0]], aim, _OFF if _SPARED.search(label) else _OFF_DONE)


def _named(passage: Passage, at: int, label: str) -> _Pair | None:
    """Return the part right before a rate that goes by its name, and the head of a line before."""
    found = _RATE.fullmatch(label)
    part = passage.figures[at - 1]
    if found is None or not is_count(part) or len(passage.gap(at)) > _TO_PART:
        return None
    if found["stem"] not in passage.label(at - 1) or not part.unit:
        return None
    for i in _amounts(passage, at - 1, _REACH):
        whole = passage.figures[i]
        if whole.unit == part.unit and whole.value > part.value:
            first = i == 0 or "\n" in passage.gap(i)
            return _Pair(part, whole, _OFF) if first else None
    return None


def _is_aim(passage: Passage, at: int) -> bool:
    end = passage.figures[at].span.end
    after = re.match(r"的?[\u4e00-\u9fff]{0,2}(?:目标|任务|指标|预算|计划)", passage.view[end : end + 8])
    return AIM.search(passage.label(at)) is not None or after is not None


def _is_only(passage: Passage, reached: Sequence[int], aim: Number) -> bool:
    """Tell whether the nearest amount is the only one of this line, or of the lines before, near the aim."""
    close = [i for i in reached if 0.5 <= passage.figures[i].value / aim.value <= 2]
    return bool(close) and close[0] == reached[0]
