"""Parts against their total: in brackets, in lists, in sums written out, and what is left of a whole."""

import re
from collections.abc import Iterable, Sequence

from service.core.arithmetic.interval import is_checkable, of, room_of_sum, sum_of
from service.core.arithmetic.nearby import EARLIER
from service.core.arithmetic.parts import BRACKET, lists
from service.core.arithmetic.passage import Passage, is_count
from service.core.arithmetic.summed import STEPS, TOLD_MYRIAD, makes_other, told
from service.core.lazy import lazy
from service.core.numbers.model import Metric, Mismatch, Number, NumberKind
from service.core.span import Span

_OPEN, _CLOSE, _STOP = "(（", ")）", "。；;！!？?\n"
_OVER = ("/", "／")
_CLOSED = lazy(r"[^()（），。；\d\n]{0,4}[)）]")  # right after a figure that stands in a bracket
_RATIOS = ("percent", "point", "ratio")
_REACH = 200  # a list longer than this is not followed
_LOOK_AHEAD = 40  # a list begins this soon after its total
_FAR = 0.35  # parts this far from the total were never meant to add up
_NEARLY = 0.15  # parts in a bracket that come this close were meant for the total
_SHORT = 0.12  # a list that lacks more than this of its total is no full one
# parts that are times of the week or day are seldom all told
_TIMES = lazy(r"周[一二三四五六日末]|上午|下午|晚上|晚场|早上|中午|高峰|节前|节后")
# a list that is not the whole, or whose parts overlap
_PARTIAL = lazy(
    r"其中|两边|都[报有选去买来]|兼|交叉|主要|跨|最[多高低少大小]|[红底]线|上限|警戒|top"
    r"|前[三五十\d]|等(?= ?[，；。)）\d]|$)|例如|比如"
    r"|去重|除重|重叠|重复|可多选|多选|净|目标|上周|上月|上期|去年|同期|环比|同比|平均|均|占|率|比|→|每|还剩|峰值|左右|含"
)
# （44 周 212，进 3 出 1）: another period's figure, and what changed it
_PERIOD = lazy(r" ?(?:第? ?[\d一二三四五六七八九十]{1,3} ?(?:周|月|期|轮|批|季度)|[WwQq]\d|[上下]半[年月])")
_REST = lazy(r"其他|其余|剩下?|另外|余下|其它")
# after a list's last part, to the end of the sentence: some are said to be left and not how many: 其余没明说
_UNTOLD = lazy(
    r"[^。；;！!？?\n]{0,16}?[，,、；;] ?"
    r"(?:其[他余它]|剩下?|另[外有]|余下|别的|还有|未|没|大多|多数|少数|个别)"
    r"(?:[^，。；\n\d一二两三四五六七八九十]|一(?=[概律样些般直]))*(?:[，。；\n]|$)"
)
# right after a total: "：" or "。来源：" or "，其中" but not "，上周 "
_LIST = lazy(r"[^，。；:：\n\d]{0,6}(?:[:：]|——?)")
_NAMED_LIST = lazy(
    r"[^\n]{0,30}?[。；，,](?:(?:来源|构成|分布|组成|拆分|拆开看?|分渠道|分平台|分门店|明细|其中)[^，。:：\d]{0,6}[:：]|其中)"
)
_ALL = r"[，,] ?(?:[两三四五六七八九十]个?[\u4e00-\u9fff]{1,2})?"  # 三区合计
_SUMMED = lazy(_ALL + r"(?:合计|共计?|一共|总计|总共|加起来)[^，。\d]{0,4}")
_ADDED = lazy(_ALL + r"(?:合计|共计|总计|加起来)")  # after three parts: of all that were told
_LEFT = lazy(r" ?[，,][^，。；\d]{0,2}(?:余|剩|还|没|另)")  # 合计出了 2,500 箱，余 200 箱没发
_SPACED = lazy(r" (?![昨上前去原比目])[\u4e00-\u9fff]{1,4} ?")  # 南 62 北 54 but not 21 昨 25
_MYRIAD = 10_000
_FEWEST = 3  # parts that a dash may introduce


def check_totals(passage: Passage, metrics: Sequence[Metric]) -> Iterable[Mismatch]:
    """Yield totals that the parts listed with them contradict."""
    view, figures = passage.view, passage.figures
    held = {n.span for m in metrics for role, n in m.figures if role not in ("value", "over")}
    for at, number in enumerate(figures):
        if number.kind is not NumberKind.MEASURE or number.unit_kind in _RATIOS:
            continue
        if not is_checkable(number) or number.span in held:
            continue
        end = number.span.end
        if at and passage.gap(at).strip() in _OVER:
            continue  # 2/130（2/129）
        if end < len(view) and view[end] in _OPEN:
            parts, closed = _parts(passage, at + 1, end + 1, _CLOSE)
            inside = view[end + 1 : closed]
            earlier = _PERIOD.match(view, end + 1) or EARLIER.match(view, end + 1)  # 42 家（上季 36，关 2）
            if closed is not None and not earlier and _is_list(inside, parts, number):
                yield from _compare(passage, number, parts, inside)
        yield from _listed(passage, at, held)
    for number, (parts, text, closed) in lists(passage):
        yield from _compare(passage, number, parts, "" if closed else text, strict=False, far=closed)
    for first, last in passage.groups:
        yield from _summed(passage, first, last)


def _is_list(inside: str, parts: Sequence[Number], total: Number) -> bool:
    """Tell whether a bracket lists parts: one mark throughout, or a sum near the total."""
    if len(parts) < 3 or _REST.search(inside) or not total.value:
        return True
    marks = {mark for mark in "、，,；;/+" if mark in inside}
    near = abs(sum(p.value for p in parts) / total.value - 1) <= _NEARLY
    return near and (len(marks) == 1 or marks <= {"、", "，"})


def _parts(passage: Passage, at: int, start: int, stops: str) -> tuple[list[Number], int | None]:
    """Return the figures of one bracket level from `start` up to a stop, and where it stands."""
    view, figures = passage.view, passage.figures
    parts: list[Number] = []
    depth, here, limit = 0, start, min(len(view), start + _REACH)
    while here < limit:
        while at < len(figures) and figures[at].span.start < here:
            at += 1
        if at < len(figures) and figures[at].span.start == here:
            if depth == 0:
                parts.append(figures[at])
            here = figures[at].span.end
            continue
        char = view[here]
        if depth == 0 and (char in stops or (parts and _is_over(view, here, parts[-1]))):
            return parts, here
        if char in _OPEN:
            depth += 1
        elif char in _CLOSE:
            depth -= 1
            if depth < 0:
                return parts, None
        here += 1
    return parts, here if here >= len(view) and stops == _STOP else None


def _is_over(view: str, here: int, last: Number) -> bool:
    """Tell whether the list ends here: what follows “其他 109” is no part any more."""
    if view[here] not in "，,、" or last.span.end > here:
        return False
    before = re.split(r"[，,、；:：]", view[max(0, last.span.start - 8) : last.span.start])[-1]
    return _REST.search(before) is not None


def _listed(passage: Passage, at: int, held: set[Span]) -> Iterable[Mismatch]:
    """Check “1,846。来源：搜一搜 612、…”, “57 件：排队 31、…，剩 14” and “412 条，其中抖音 280…”."""
    view, number = passage.view, passage.figures[at]
    if at + 1 >= len(passage.figures):
        return
    end = number.span.end
    if _CLOSED.match(view, end) and passage.gap(at).strip()[-1:] in tuple(_OPEN):
        return  # 签约 84 本（76）：男频 46（44）、女频 38（32）: the list is of the 84
    aside = BRACKET.match(view, end)
    end = aside.end() if aside else end
    follow = view[end : end + _LOOK_AHEAD]
    if not any(mark in follow for mark in (":", "：", "—", "其中")):
        return
    found = _LIST.match(follow) or _NAMED_LIST.match(follow)
    if found is None:
        return
    begin = end + found.end()
    parts, stop = _parts(passage, at + 1, begin, _STOP)
    if stop is None or not _is_nearest(passage, at, (end, begin), held):
        return
    if view[begin - 1] == "—" and len(parts) < _FEWEST:
        return  # 12 家——9 家在城东，5 家是新的
    text = view[begin:stop]
    strict = "其中" not in view[end:begin] or _REST.search(text) is not None
    yield from _compare(passage, number, parts, text, strict)
    run = 1
    while run < len(parts) and view[parts[run - 1].span.end : parts[run].span.start].startswith("、"):
        run += 1
    if 1 < run < len(parts):  # 5.2 万、3.6 万、3.4 万，控制在 12 万以内
        yield from _compare(passage, number, parts[:run], view[begin : parts[run - 1].span.end], strict=False)


def _is_nearest(passage: Passage, at: int, between: tuple[int, int], held: set[Span]) -> bool:
    """Tell whether no other total stands between a figure and a list; what it is held against is none."""
    for figure in passage.figures[at + 1 :]:
        if figure.span.start >= between[1]:
            return True
        if figure.span.start < between[0]:
            continue  # in the bracket right after the figure
        if figure.kind is NumberKind.MEASURE and figure.unit != "%" and figure.span not in held:
            return False
    return True


def _summed(passage: Passage, first: int, last: int) -> Iterable[Mismatch]:
    """Check 早班 12 人、晚班 9 人，共 21 人: a total after its parts."""
    figures = passage.figures
    for at in range(first + 2, last):
        gap = passage.gap(at)
        if (
            gap[:1] not in "，,"
            or not _SUMMED.fullmatch(gap)
            or _LEFT.match(passage.view, figures[at].span.end)
        ):
            continue
        begin = at - 1
        while begin > first and _is_joined(passage, begin):
            begin -= 1
        parts = figures[begin:at]
        if len(parts) < 3 and _SPACED.fullmatch(passage.gap(at - 1)):
            continue  # 昨 25 复购 40，共 66
        if len(parts) >= 2 and figures[at].value > max(p.value for p in parts) and all(map(is_count, parts)):
            text = passage.view[max(0, parts[0].span.start - 6) : parts[-1].span.end].replace("还剩", "")
            whole = len(parts) > 2 and _ADDED.match(passage.gap(at)) is not None
            yield from _compare(passage, figures[at], parts, text, short=_FAR if whole else _SHORT)


def _is_joined(passage: Passage, at: int) -> bool:
    gap = passage.gap(at).strip()
    one, other = passage.figures[at - 1], passage.figures[at]
    if len(gap) > 10 or one.unit != other.unit:
        return False
    if _SPACED.fullmatch(passage.gap(at)):
        return True
    return gap[:1] in ("、", "和", "+", "/") or (bool(one.unit) and gap[:1] in ("，", ","))


def _scale(passage: Passage, total: Number, parts: Sequence[Number]) -> float:
    """Return what parts are to be multiplied by where only the total shows its 万: 64.0 万：12.4、…"""
    most = max(p.value for p in parts)
    bare = all(p.value < _MYRIAD and not p.unit for p in parts)
    if (
        bare
        and most * _MYRIAD <= total.value * 1.5
        and total.step >= 1.0
        and TOLD_MYRIAD.search(passage.text(total))
    ):
        return float(_MYRIAD)
    return 1.0


def _compare(
    passage: Passage,
    total: Number,
    parts: Sequence[Number],
    text: str,
    strict: bool = True,
    far: bool = False,
    short: float = _SHORT,
) -> Iterable[Mismatch]:
    """Yield a mismatch where the parts don't make the total; a list that is no partition is left alone."""
    if len(parts) < 2 or not is_checkable(*parts) or total.value <= 0:
        return
    kinds = {p.unit_kind == "duration" for p in parts}
    if len(kinds) > 1 or (total.unit_kind != "duration" and True in kinds):
        return  # 1,260,000（前七天 1,220,000）
    units = {n.unit for n in (total, *parts) if n.unit}
    if len(units) > 1 or any(p.unit_kind in _RATIOS or p.kind is NumberKind.CHANGE for p in parts):
        return
    start, end = total.span
    around = passage.document.folded[max(0, start - 4) : start] + passage.document.folded[end : end + 5]
    if _PARTIAL.search(text.lower()) or re.search(r"去重|除重", around):
        return
    scale = _scale(passage, total, parts)
    if any(p.value * scale > total.value for p in parts):
        return  # 合格 343（抽 350，退 7）: more than it is no part of a thing
    made = sum_of(parts).times(scale)
    if not made.misses(total.value, room_of_sum(total)):
        return
    got = sum(p.value for p in parts) * scale
    if makes_other(passage, total, parts, got) or _begins(parts, total, scale):
        return
    off = (got - total.value) / total.value
    if off > 0 and len(STEPS.findall(text)) > 1:
        return  # 带看 46 组（一看 30、二看 14、三看 6）
    if off < 0 and not far and _UNTOLD.match(passage.view, parts[-1].span.end):
        return
    if off < 0 and not far and not _REST.search(text) and (not strict or -off > short or _TIMES.search(text)):
        return  # a list may well leave some parts out
    if abs(off) > _FAR and not far:
        return
    yield told(passage, total, parts, scale)


def _begins(parts: Sequence[Number], total: Number, scale: float) -> bool:
    """Tell whether the first of the parts alone make the total: 8,400 单，华东 5,200、华南 3,200，差错 21."""
    made = of(parts[0])
    for part in parts[1:-1]:
        made = made + of(part)
        if not made.times(scale).misses(total.value, room_of_sum(total)):
            return True
    return False
