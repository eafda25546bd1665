"""Attainment told in running text: an aim, what was reached, and the percentage said of both."""

import re
from collections.abc import Iterable, Sequence

from service.core.arithmetic.attainment import is_together
from service.core.arithmetic.interval import Interval, is_checkable, of, room_of, scale_untold
from service.core.arithmetic.passage import Passage, is_percent
from service.core.arithmetic.wording import like, mismatch, percent, plain
from service.core.lazy import lazy
from service.core.numbers.model import Mismatch, Number, NumberKind, Precision

_REACH = 80  # characters looked back over for an aim
_FIGURES = 8
_BACK = 16  # characters before the figures in which their subject may be told
# what stands before a percentage of attainment: "，完成率", "只做到 ", "铺货进度 " but not "占比 "
_DONE = lazy(
    r"(?:达成|完成|做到|兑现|实现|[到完]了|执行|(?<!时间)(?<!时序)(?<!序时)进度|达标|拿下)[率度]?"
    r"(?:[^，。；\d]{0,2}(?:任务|目标|计划)的?)?(?:了|是|为|才|约|只有|仅|有|到|的){0,2}[ :：]?$"
)
# a rate or a verb that an aim may carry: 收缴率 (应缴), 跑了 (要跑)
_RATE = lazy(r"(?:(?P<stem>[\u4e00-\u9fff]{2})率(?:是|为|才|约|只有)?|(?P<verb>[\u4e00-\u9fff])了)[ :：]?$")
# what a percentage of attainment may be said of when no subject is named
_OVERALL = ("整体", "综合", "总体", "本周", "本月", "最终", "实际", "目前", "已经", "累计", "只有", "全年")
# what makes the figure after it an aim: "目标 ", "定的 ", "应到 ", "要铺 " but not "超目标 "
_AIM = lazy(
    r"(?<![超过离])(?:目标|任务|指标|计划|要求|原定|定[的了下在]|说好|应[\u4e00-\u9fff]?"
    r"|(?<![主重需首])要[\u4e00-\u9fff]|(?:本来|原本|原先|说)要|排期|给的数?|kpi|承诺|答应)[^，。；\d差欠缺超剩了]{0,3}$"
    r"|(?:^|[^计])全[年季月]$"
)
# 预算 12 万 is an aim of what comes in: 进账 13.2 万, 学费收入 9.0 万 but not 已用 16 万
_BUDGET = lazy(r"预算[^，。；\d差欠缺超剩]{0,3}$")
_EARNED = lazy(r"进账|收入|营收|销售|回款|流水|收款|营业|业绩")
_LEFT = lazy(r" ?(?:→|->|=>|➡)")  # 1,160→1,044: no longer the figure of this time
_AIM_AFTER = lazy(r" ?的?(?:周|月|季度?|年度?)?(?:目标|任务|指标|计划|线)")
# another time's figure is not what was reached
_OTHER = lazy(r"[上前昨比较]|去年|同期|差|还|缺|欠|超|每|均")
_PLAUSIBLE = (0.7, 1.43)  # a percentage further off than this was said of something else
_WORSE = lazy(r"成本|费|投诉|差评|退|损|缺|坏|误|时长|耗时|逾期|故障|超时|事故|以内|不超|控制|压")


def check_aims(passage: Passage) -> Iterable[Mismatch]:
    """Yield percentages of attainment that no figure told with the aim comes to."""
    figures, view = passage.figures, passage.view
    for at in range(2, len(figures)):
        stated = figures[at]
        if not is_percent(stated) or not _may_attain(passage, at):
            continue
        aims, others = _around(passage, at)
        if not aims or not _is_meant(passage, at, aims, others):
            continue
        aim = figures[aims[0]]
        reached = [figures[i] for i in others if _is_kin(figures[i], aim)]
        if not reached or any(_fits(stated, r, figures[a], aimed=True) for r in reached for a in aims):
            continue
        primary = min(reached, key=lambda n: _rank(n, aim, stated))
        if is_together(view, primary, stated.span.start):
            continue
        start = min(primary.span.start, aim.span.start)
        worse = _WORSE.search(view, max(0, start - 12), stated.span.start)
        if worse and _fits(stated, aim, primary):
            continue  # where less is better, target over actual is in use
        yield from _compare(passage, stated, primary, aim)


def _is_bare(passage: Passage, at: int) -> bool:
    return not passage.label(at) and passage.gap(at).strip() in ("(", "（", "，", ",")


def _may_attain(passage: Passage, at: int) -> bool:
    label = passage.label(at)
    return bool(_DONE.search(label) or _RATE.search(label)) or _is_bare(passage, at)


def _is_meant(passage: Passage, at: int, aims: Sequence[int], others: Sequence[int]) -> bool:
    """Tell whether a percentage is said of the nearest aim: by its words, its name or its place."""
    label = passage.label(at)
    done = _DONE.search(label)
    if done:
        subject = label[: done.start()].strip()  # 晨会 88 次，目标 97 次，复购做到 75%
        first = min([aims[0], *(i for i in others if abs(i - aims[0]) == 1)])
        start = max(0, passage.figures[first].span.start - _BACK)
        told = passage.document.folded[start : passage.figures[at - 1].span.end]
        if len(subject) < 2 or subject.startswith(_OVERALL) or _AIM.search(subject):
            return True
        return subject[:2] in told
    rate = _RATE.search(label)
    if rate is None:
        return aims[0] == at - 1
    near = [i for i in others if abs(i - aims[0]) == 1 and max(i, aims[0]) >= at - 2]
    return any(_is_due(passage, i, rate) for i in (aims[0], *near))


def _around(passage: Passage, at: int) -> tuple[list[int], list[int]]:
    """Return the aims and the other measures of a line shortly before figure `at`, nearest first."""
    figures, view = passage.figures, passage.view
    start = figures[at].span.start
    aims: list[int] = []
    others: list[int] = []
    outer = set(passage.outer(at, 0)[:_FIGURES])
    for i in range(at - 1, max(-1, at - 1 - _FIGURES), -1):
        number = figures[i]
        if start - number.span.end > _REACH or "\n" in view[number.span.end : start]:
            break
        if number.kind is not NumberKind.MEASURE or number.unit == "%" or not is_checkable(number):
            continue
        label = passage.label(i)
        earned = i and _BUDGET.search(label) is not None and _EARNED.search(passage.label(i - 1)) is not None
        if earned or _AIM.search(label) or _AIM_AFTER.match(view, number.span.end):
            aims.append(i)
        elif i in outer and not _OTHER.search(label) and not _LEFT.match(view, number.span.end):
            others.append(i)
    return aims, others


def _is_due(passage: Passage, at: int, rate: "re.Match[str]") -> bool:
    """Tell whether a figure goes by the rate's own name: 应到 240 人 of 到课率, 到货 18 车 of 到货率."""
    label = passage.label(at)
    if rate["verb"]:
        return f"要{rate['verb']}" in label
    return rate["stem"] in label or any(f"应{char}" in label for char in rate["stem"])


def _is_kin(one: Number, other: Number) -> bool:
    return one.unit == other.unit or "none" in (one.unit_kind, other.unit_kind)


def _rank(reached: Number, aim: Number, stated: Number) -> tuple[bool, bool, int]:
    """Rank what may have been reached: of the aim's unit, near to what is stated, near in the text."""
    off = reached.value / aim.value * 100 / max(stated.value, 1e-9) if aim.value else 0.0
    plausible = _PLAUSIBLE[0] <= off <= _PLAUSIBLE[1]
    return reached.unit != aim.unit, not plausible, abs(reached.span.start - aim.span.start)


def _fits(stated: Number, part: Number, whole: Number, aimed: bool = False) -> bool:
    # an aim is set, not measured: 10 万 stands for no 95,001
    exact = aimed and whole.precision is Precision.EXACT
    ratio = of(part).over(Interval(whole.value, whole.value) if exact else of(whole))
    if ratio is None:
        return True
    scale = scale_untold(part.value / whole.value * 100, stated.value)
    return not ratio.times(100 * scale).misses(stated.value, room_of(stated))


def _compare(passage: Passage, stated: Number, reached: Number, aim: Number) -> Iterable[Mismatch]:
    got = reached.value / aim.value * 100 if aim.value else 0.0
    inverse = _fits(stated, aim, reached)
    if not inverse and not _PLAUSIBLE[0] <= got / max(stated.value, 1e-9) <= _PLAUSIBLE[1]:
        return
    a, b = passage.text(reached), passage.text(aim)
    yield mismatch(
        passage.document,
        "attainment",
        stated,
        (aim, reached),
        percent(got),
        f"{plain(reached.value)}/{plain(aim.value)}",
        f"{a} ÷ 目标 {b} 是 {percent(got)}，文中写 {passage.text(stated)}",
        like(passage.document, stated, got),
        f"{a} 这个数",
    )
