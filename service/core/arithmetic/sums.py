"""A total told after its parts: 甲栋 18,600、乙栋 22,400、丙栋 15,000，三栋共 5.6 万."""

import re
from bisect import bisect_left
from collections.abc import Iterable, Sequence
from itertools import pairwise

from service.core.arithmetic.interval import Interval, is_checkable, is_slip, of, room_of_sum
from service.core.arithmetic.nearby import link, own_time
from service.core.arithmetic.parts import are_all, parallel
from service.core.arithmetic.passage import Passage, thing_of
from service.core.arithmetic.summed import makes_other, told
from service.core.lazy import lazy
from service.core.numbers.model import Mismatch, Number, NumberKind

# 共, 三店合计, 总人数, 全校, 加起来 but not 累计, 全年累计
_TOTAL = lazy(
    r"(?:(?P<sum>[拢统]共|合计|总计|共计|一共|总共|加起来|合起来|合着|加一块儿?|共|总和)|(?P<all>全[校厂店组员院司市县村镇区场队班公部站园馆楼仓社]|总[\u4e00-\u9fff]{1,3}|整[\u4e00-\u9fff]))"
    r"[^，。；\d]{0,5}$"
)
_OTHER = lazy(r"目标|计划|预算|去年|上[周月期次]|同期|平均|均|率|每|其中|剩|还|预计|净|差|去重|最|占")
# between two parts: 、 or ，, maybe after a word, and the name of the next
_DATED = lazy(r"\d{1,2} ?[号日月周]")  # 11 号 46 单、12 号 52 单
_LINK = lazy(r"[^，。；、,;\n\d]{0,6}[、，,；;和+/／ ][^，。；、,;\n\d]{0,10}")
_NO_PART = lazy(
    r"roi|其中|目标|计划|上[周月期次]|去年|同期|平均|均|率|每|净|比|剩|差|占比|其余再|再|又|退|减|含|来自|都|最"
)
_OVERLAP = lazy(r"去重|除重|重复|重叠|两边都|都[有选用买上去报]|兼|交叉|含|另|还有|等|除")
_TOLD_WHOLE = lazy(r"全|总|合|共|加起来|半年|周末|整")
_LEFT = lazy(r" ?[，,][^，。；\d]{0,2}(?:余|剩|还|没|另)")  # 合计出了 2,500 箱，余 200 箱没发
_NUMERALS = {c: i for i, c in enumerate("两三四五六七八九十", 2)} | {"俩": 2, "仨": 3}
_MOST_PARTS = 16
_OFF = 0.3  # parts this far from the total were never all of it
_TO_TOTAL = 24  # characters from the last part to the total
_CLOSE = 0.12  # and where no word says that it is a total
_FEWEST = 3  # of two parts a total must say that it is of both


def check_sums(passage: Passage) -> Iterable[Mismatch]:
    """Yield totals that the run of parts right before them contradicts."""
    figures = passage.figures
    for at in range(2, len(figures)):
        total = figures[at]
        if total.kind is not NumberKind.MEASURE or not is_checkable(total):
            continue
        label = passage.label(at)
        if total.unit_kind == "ratio" or _OTHER.search(label):
            continue
        found = _TOTAL.search(label)
        many = _counter(passage, at)
        listed = "、" in passage.gap(at - 1) or "、" in passage.gap(at - 2)
        if found is None and many < 2 and not listed and not _TOLD_WHOLE.search(label):
            continue  # no word and no list says that it is a total
        before = own_time(passage, at)
        if many or _is_window(passage, at):
            before = before[1:]
        if len(before) < 2 or total.value <= min(figures[i].value for i in before[:2]):
            continue
        places = _run(passage, before, at)
        if many > 1:
            places = places[-many:] if len(places) >= many else []
        parts = [figures[i] for i in places]
        listed = all("、" in link(passage, a, b) for a, b in pairwise(places))
        if found is None and many < 2 and not listed and not _is_both(passage, at, parts):
            continue
        told_so = found is not None or many > 1
        pair = len(parts) == 2 and is_slip(total.value, sum(p.value for p in parts), total.step)
        pair = pair or (len(parts) == 2 and found is not None and found["sum"] is not None)
        if pair and listed and len({thing_of(passage.view, n) for n in (*parts, total)}) == 1:
            yield from _check(passage, total, parts, _CLOSE)
        elif len(parts) >= (2 if many or _is_both(passage, at, parts) else _FEWEST):
            yield from _check(passage, total, parts, _OFF if told_so else _CLOSE)


def _is_window(passage: Passage, at: int) -> bool:
    """Tell whether a total is told of one day or week: 一天 965 件."""
    text = passage.text(passage.figures[at - 1])
    return text.startswith(("一天", "一周", "一日", "一年")) and len(passage.gap(at)) <= 3


def _is_both(passage: Passage, at: int, parts: Sequence[Number]) -> bool:
    """Tell whether two parts are the halves of what a total is said of: 上半月, 下半月, 全月."""
    told = _is_window(passage, at) or _TOLD_WHOLE.search(passage.label(at))
    if len(parts) != 2 or not told:
        return False
    places = [bisect_left(passage.starts, part.span.start) for part in parts]
    labels = [passage.label(i) for i in places]
    return parallel(*labels) or are_all(labels)


def _counter(passage: Passage, at: int) -> int:
    """Return how many parts a total says it is of: 三栋共 6.6 万; 0 where that isn't told."""
    number = passage.figures[at - 1]
    if not 2 <= number.value <= _MOST_PARTS or len(passage.gap(at)) > 6:
        return 0
    text = passage.text(number).replace(" ", "")
    whole = number.value == int(number.value)
    bare = "，" not in passage.gap(at)
    small = text[:1] in _NUMERALS or (text[:1].isdigit() and "，" in passage.gap(at - 1))
    if not (whole and bare and small) or not re.fullmatch(r"\d{1,2}\D+|[两俩三四五六七八九十仨]个?\D*", text):
        return 0
    return int(number.value)


def _run(passage: Passage, before: Sequence[int], at: int) -> list[int]:
    """Return where the figures of one unit stand that lead up to a total without a break, in text order."""
    total = passage.figures[at]
    places: list[int] = []
    after = at
    for i in before[:_MOST_PARTS]:
        gap = _DATED.sub("", link(passage, i, after))
        if after == at:
            joined = len(gap) <= _TO_TOTAL and re.search(r"[。\n]", gap) is None
        else:
            joined = _LINK.fullmatch(gap) is not None
        if not joined or not _is_part(passage, i, total):
            break
        places.append(i)
        after = i
    return places[::-1]


def _is_part(passage: Passage, at: int, total: Number) -> bool:
    number = passage.figures[at]
    if number.kind is not NumberKind.MEASURE or not is_checkable(number) or number.value <= 0:
        return False
    if number.unit_kind == "ratio" or (number.unit == "%") != (total.unit == "%"):
        return False
    if number.unit and total.unit and number.unit != total.unit:
        return False
    if number.unit_kind == "duration" and total.unit_kind != "duration":
        return False
    return not _NO_PART.search(passage.label(at)) and number.value < total.value


def _check(passage: Passage, total: Number, parts: Sequence[Number], most: float) -> Iterable[Mismatch]:
    if len({p.unit for p in parts if p.unit}) > 1:
        return
    text = passage.view[parts[0].span.start - min(8, parts[0].span.start) : total.span.end + 10]
    if _OVERLAP.search(text) or _LEFT.match(passage.view, total.span.end):
        return
    summed = Interval(0.0, 0.0)
    for start in range(len(parts) - 1, -1, -1):
        summed = summed + of(parts[start])
        if start < len(parts) - 1 and not summed.misses(total.value, room_of_sum(total)):
            return
    got = sum(p.value for p in parts)
    if abs(got - total.value) > most * total.value or makes_other(passage, total, parts, got):
        return
    yield told(passage, total, parts)
