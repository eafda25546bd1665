"""Growth, difference and percentage points: from and to against the change that is stated."""

from collections.abc import Iterable, Sequence

from service.core.arithmetic.difference import bases, difference, is_distance
from service.core.arithmetic.interval import Interval, Room, in_unit, is_checkable, of, room_of
from service.core.arithmetic.slips import over_new, told_times
from service.core.arithmetic.wording import like, mismatch, percent, plain, said
from service.core.document.model import Document
from service.core.lazy import lazy
from service.core.numbers.model import SECONDS, BaselineKind, Direction, Metric, Mismatch, Number, Precision

# How much of the inputs' rounding room is granted to a change stated in whole percent, and in fives.
_WHOLE, _ROUND = 0.8, 0.4
# Figures further apart than this factor, with a change under so many percent, belong to different things.
_SWING, _MODEST = 3.0, 50.0
# 超额 10%, 超目标 10% but not 达成 110%
_OVER_AIM = lazy(r"超(?:额|出|过|目标|计划|任务)?(?:完成)?(?:了|约)? ?$")
# 比计划低 20%, 差 20%, 多 7%
_OFF_AIM = lazy(r"[低差缺欠少多高](?:了|约|出)? ?$")
# 上一支, 上周 right before a figure but not 上线后
EARLIER_FIGURE = lazy(
    r"(?:[，,；;(（]|^)(?:上[一个]?[\u4e00-\u9fff]|前一[\u4e00-\u9fff]|去年|同期|昨[天日])[^，。；\d→到]{0,4}$"
)
_LISTED = lazy(r"[:：]")  # 23 起，8 月 41 起：少送 9 起: what it is made of
_SEVERAL = lazy(r"都|分别|各|一年|全年|一个?月")
# 本周少了 of 周; not 上周
_WINDOW = lazy(r"[本这今当](?:个)?([周月季年天日])")
# 比 6 月少, 较年初高, 离峰值差 but not 比少, 环比提升
_OTHER_BASE = lazy(
    r"(?<![环同对占相])[比较跟离距](?! ?上) ?(?P<base>[^，。；少多高低差贵快慢提降涨升增减]{2,10})"
    r"[少多高低差贵快慢提降涨升增减]?[降升高长]?了? ?$"
)
_MOVES = "有略又还是的"  # words between a base and the verb: 较7月略升
_PACE = ("快", "慢")  # a quicker pace is a longer or a shorter figure
# Said of a thing that got better, whichever way its figure went: 响应时长 10→8 分钟，提升20%.
_BETTER = ("提升", "提高", "改善", "优化", "提速", "提效")


def check_growth(document: Document, metrics: Sequence[Metric]) -> Iterable[Mismatch]:
    """Yield changes that their own two figures contradict."""
    for metric in metrics:
        change, value, base = (metric.figure(role) for role in ("change", "value", "baseline"))
        if change is None or value is None or base is None or not is_checkable(change, value, base):
            continue
        if _is_elsewhere(document, change, value, base):
            continue
        if value.unit != base.unit and value.unit_kind == base.unit_kind == "duration":
            if value.unit not in SECONDS or base.unit not in SECONDS:
                continue
            base = in_unit(base, value.unit)  # 2 小时压到 90 分钟
        if value.span.start > base.span.start and EARLIER_FIGURE.search(_before(document, value, 10)):
            value, base = base, value  # 15.0%，上一支 16.0%，低 1 个百分点
        found = _found(document, metric, change, value, base)
        if found is not None:
            yield found


def _found(
    document: Document, metric: Metric, change: Number, value: Number, base: Number
) -> Mismatch | None:
    """Return what is wrong with a change, by what it is told in and what it is held against."""
    if metric.baseline_kind is BaselineKind.TARGET:
        if change.unit_kind == "point":
            return _points(document, change, value, base)
        if change.unit_kind == "percent":
            told = _before(document, change)
            off = _OVER_AIM.search(told) or (value.unit != "%" and _OFF_AIM.search(told))
            return _relative(document, metric, change, value, base) if off else None
        return None if change.unit_kind == "ratio" else difference(document, metric, change, value, base)
    if change.unit_kind == "percent":
        return _relative(document, metric, change, value, base)
    if change.unit_kind == "point":
        return _points(document, change, value, base)
    if change.unit == "倍":
        return told_times(document, change, value, base)
    return None if change.unit_kind == "ratio" else difference(document, metric, change, value, base)


def _before(document: Document, number: Number, reach: int = 6) -> str:
    return document.view[max(0, number.span.start - reach) : number.span.start]


def _is_elsewhere(document: Document, change: Number, value: Number, base: Number) -> bool:
    """Tell whether the words before a change name another window or base, or more than one thing.

    月初 810，本周少了 40; 上周 300，比 6 月少 12; 12%（15%），客单 80（90），都在降，降幅 8%.
    """
    told = document.view[max(value.span.end, base.span.end) : change.span.start]
    before = document.view[max(0, base.span.start - 8) : base.span.start].replace(" ", "")
    if _SEVERAL.search(told) or _LISTED.search(told):
        return True
    other = _OTHER_BASE.search(told)
    if other is not None and other["base"].replace(" ", "").rstrip(_MOVES) not in before:
        return True
    window = _WINDOW.search(told)
    return window is not None and window[1] not in before


def growth(value: Number, base: Number, stated: Number) -> Interval | None:
    """Return every relative change in percent that two figures allow, were `stated` made from finer ones.

    How finely a change is stated tells how likely that is: 1.2w→1.5w can be +27.3%, but hardly a round +30%.
    """
    trust = 1.0
    if stated.precision is Precision.EXACT and stated.step == 1.0:
        trust = _ROUND if stated.value % 5 == 0 else _WHOLE
    ratio = of(value).nearer(trust).over(of(base).nearer(trust))
    return None if ratio is None else Interval((ratio.low - 1) * 100, (ratio.high - 1) * 100)


def _relative(
    document: Document, metric: Metric, change: Number, value: Number, base: Number
) -> Mismatch | None:
    ranges = [
        (g, b) for g, b in ((growth(value, b, change), b) for b in bases(metric, base)) if g is not None
    ]
    if not ranges or base.value <= 0:
        return None
    delta = change.value * (change.sign or 1)
    room = room_of(change)
    if value.unit == "%" and _is_points(change, value, base):
        return mixed(document, change, value, base)
    slipped = len(ranges) == 1 and over_new(change, value, base, ranges[0][0])
    if not slipped and any(_fits(r, b, value, delta, change) for r, b in ranges):
        return None
    moved = (value.value / base.value - 1) * 100
    if not 1 / _SWING <= value.value / base.value <= _SWING and change.value < _MODEST:
        return None  # the two figures were hardly meant for each other
    unsure = not slipped and _unsure_sign(document, metric, change)
    if unsure and any(_fits(r, b, value, -delta, change) for r, b in ranges):
        return None
    if value.unit == "%" and base.unit == "%":
        points = of(value).minus(of(base))
        if not points.misses(delta, room):
            return mixed(document, change, value, base)
    a, b = document.slice(base.span), document.slice(value.span)
    got = like(document, change, moved) if change.sign else percent(abs(moved))
    shown = percent(moved, signed=True)
    return mismatch(
        document,
        "growth",
        change,
        (base, value),
        shown,
        f"{plain(value.value)}/{plain(base.value)}-1",
        f"{a}→{b} 是 {shown}，文中写 {said(change)}",
        got,
        f"{b} 这个数",
    )


def _fits(allowed: Interval, base: Number, value: Number, delta: float, change: Number) -> bool:
    """Tell whether a change fits: rounded or cut off from the figures shown, or rounded from finer ones."""
    shown = (value.value / base.value - 1) * 100
    room = room_of(change)
    if not Interval(shown, shown).misses(delta, room):
        return True
    return not allowed.misses(delta, Room(room.under, room.under))


def _is_points(change: Number, value: Number, base: Number) -> bool:
    """Tell whether a change is to the digit two percentages' difference, not their ratio: 88%→92%, +4%."""
    points = value.value - base.value
    delta = change.value * (change.sign or (1 if points > 0 else -1))
    relative = points / base.value * 100
    return abs(points - delta) < 1e-6 and abs(relative - delta) > change.step / 2


def _unsure_sign(document: Document, metric: Metric, change: Number) -> bool:
    if is_distance(document, change):
        return True
    before = document.view[max(0, change.span.start - 6) : change.span.start + 3]
    if any(word in before for word in _PACE):
        return True
    return metric.direction is not Direction.UP_GOOD and any(word in before for word in _BETTER)


def mixed(document: Document, change: Number, value: Number, base: Number) -> Mismatch:
    """55% → 62% called 7%: seven percentage points, or 12.7 percent."""
    points = value.value - base.value
    relative = points / base.value * 100
    a, b = document.slice(base.span), document.slice(value.span)
    quote = document.slice(change.span)
    mend = quote.replace("%", "个百分点") if "%" in quote else f"{plain(abs(points))}个百分点"
    shown = f"{plain(points, 1)}个百分点"
    plus = "+" if points > 0 else ""
    return mismatch(
        document,
        "point_percent",
        change,
        (base, value),
        shown,
        f"{plain(value.value)}-{plain(base.value)}",
        f"{a}→{b} 是 {plus}{shown}（相对 {percent(relative, signed=True)}），文中写 {said(change)}",
        mend,
        f"{b} 这个数",
    )


def _points(document: Document, change: Number, value: Number, base: Number) -> Mismatch | None:
    if value.unit != "%" or base.unit != "%":
        return None
    delta = change.value * (change.sign or 1)
    apart = of(value).minus(of(base))
    room = room_of(change)
    if not apart.misses(delta, room) or (not apart.misses(-delta, room) and is_distance(document, change)):
        return None
    points = value.value - base.value
    a, b = document.slice(base.span), document.slice(value.span)
    relative = (value.value / base.value - 1) * 100 if base.value else 0.0
    kind = "point_percent" if abs(relative - delta) <= change.step / 2 else "difference"
    shown = f"{plain(points, 2)}个百分点"
    return mismatch(
        document,
        kind,
        change,
        (base, value),
        shown,
        f"{plain(value.value)}-{plain(base.value)}",
        f"{a}→{b} 是 {'+' if points > 0 else ''}{shown}，文中写 {said(change)}",
        like(document, change, points if change.sign else abs(points)),
        f"{b} 这个数",
    )
