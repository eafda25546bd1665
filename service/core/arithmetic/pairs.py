"""Changes and gaps whose two figures stand in other clauses: 安全库存 600 盒，现有 415 盒，差 185 盒."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace
from itertools import combinations

from service.core.arithmetic.growth import check_growth, growth
from service.core.arithmetic.interval import in_unit, is_checkable, is_slip, of, room_of
from service.core.arithmetic.nearby import AIM, EARLIER, States, is_parted, near, states
from service.core.arithmetic.passage import Passage, thing_of
from service.core.arithmetic.slips import multiple
from service.core.lazy import lazy
from service.core.numbers.model import SECONDS, BaselineKind, Metric, Mismatch, Number, NumberKind, Precision
from service.core.span import Span

# what a measure is called that is the difference of two others: 还缺 11 人, 省出 1.2s, 少接 430 通
_APART = lazy(
    r"(?P<way>[差缺欠超省少多快慢高低减涨降掉跌升增冒压剩裁亏赚赔盈涌扩缩砍退垫追补落净余提添空]|收窄|"
    r"缩窄|拉开|提前|推迟|延后|短(?=[ 了出少缺]|$)|用掉|花掉|[长早晚轻重瘦胖贵](?=了|出)|还有)"
    r"(?:[了出掉下去收接卖做来过用发进跑花送签招到至约近口额距着支共货款费人量等窄添编口]|"
    r"未[\u4e00-\u9fff])*[ :：]?$"
)
# 往上走了 25%, 增加差不多两成 but not 减重人数 25%
_MOVED_BY = lazy(
    r"(?P<way>增加?|涨|升|降|跌|减少?|多|少|缩水|萎缩|扩大?|下滑|回落|反弹|提高?|压|往[上下]|"
    r"走[高低])[^，。；\d率比]{0,4}[ :：]?$"
)
# 是原来 4 倍, 相当于平时的 3 倍 but not 每 3 倍
_TIMES = lazy(r"(?:[是为成到]|相当于|等于)[^，。；\d]{0,6}$")
# 节约 25%, 掉了两成 but not 多数 25%
_SAVED = lazy(
    r"(?P<way>节[约省]|省|少|多|掉|贵|便宜|压?缩[短水减]?|高|低|快|慢|砍)[了出掉去]?(?:近|约|整整|"
    r"足足|大概)?[ :：]?$"
)
_NO_GAP = lazy(
    r"关[掉闭停]|最[多少高低快慢]|至少|不少|很多|多[少次个]|差[评错]|缺[陷席勤货]|高[于峰铁]|快[递]|慢性|减[价满免]|增[值]|涨价|降价|超[过时市]|均|每|累计|占|另|其中|省[内外份级市]|[外本全]省|短[信视片]|早[班晚餐市]|晚[班市餐上]|新增|多[数家场项条位名]|高[中三二一管端层]|低[端龄]|少[年儿先]|减[肥脂]|退[货款票费订改房]|升[级学]|补[考货贴课差]|余[额下]|落[地实]|追[加单]|净[利重资]|重[复点要]|长[期度]|差[旅异]|压[货力车]|扩[招容建]|超[一过]"
)
_RISE = frozenset("多高涨升增冒超")
# 降幅 3%, 增长率 12%, 相对 25%
_RATE_OF = lazy(
    r"(?P<way>[增涨升降跌减]|提升|下降)(?:幅|长率|速|长幅度|低率)(?:只|有|达|是|为|约|到|才|仅|大概|"
    r"接近|高达)*[ :：]?$"
)
_PARALLEL = lazy(r"[，,；]")  # 甲 84 人，乙 119 人 but not 14 车里 5 车
# what says in a label that something moved, and how, but not what
_MOVED = lazy(
    r"[增涨升降跌减提]幅|增长率?|提[升高拉]|上[涨升]|下[降跌滑]|减少|降低|缩[短减]|压[缩降低]|节[省约]|[回反][落升弹]|相[差比对当较]|差[距额了]?|缺口?|欠|超[额出]?"
    r"|多[了出]?|少[了]?|高[了出]?|低[了]?|快[了]?|慢[了]?|[贵涨跌降升增减省掉拉抬压]|便宜|出|了|直接|一下子?|整整|足足|又|还|再|只|有|就|才|也|都|约|近|大概|差不多|后|先|接着|随后|一共|共|绝对值|幅度"
    r"|环比|同比|整体|总体|等于|相当于|也就是|即|实际|距|离|目标|计划|任务|仍|尚|了|的|里|下|来|去|[本这]周|今年|本月|人均|净|之间|库存|人数|总数|收窄|[拉提添空裁补扩]|两[者\u4e00-\u9fff]"
)
_OTHER_SCOPE = lazy(
    r"一年|一个?月(?!份)|累计|平均|均|同比|每[\u4e00-\u9fff]|总共|学期|全年|去重|另|其中|各|分别"
)
_MOST = 2.5  # a change so many times off was told of other figures
_MOST_UNSURE = 2.0  # where only their places tie them together
_MOST_LED = 10.0  # and of two figures that lead from one to the other
_SHORT_LABEL = 2  # a word on a difference that is not known as one: 下来, 又添
_DIGITS = 100.0
_ASIDE = lazy(r"[(（][^()（）]*[)）]")
_TO_CHANGE = 40  # characters from the later figure to the change


def check_pairs(passage: Passage, metrics: Sequence[Metric]) -> Iterable[Mismatch]:
    """Yield changes and gaps that two figures before them contradict, where no metric holds all three."""
    bound = {change.span for metric in metrics if (change := _bound(metric)) is not None}
    for at in range(2, len(passage.figures)):
        number = passage.figures[at]
        if not is_checkable(number) or number.span in bound:
            continue
        change = _change(passage, at, number)
        if change is not None:
            yield from _check(passage, at, change)


def _bound(metric: Metric) -> Number | None:
    """Return the change that a metric holds with its two figures, all in units that can be compared."""
    change, value, base = (metric.figure(role) for role in ("change", "value", "baseline"))
    if change is None or value is None or base is None:
        return None
    other = change.unit_kind == "duration" and not change.unit == value.unit == base.unit
    return None if other else change


def _change(passage: Passage, at: int, number: Number) -> Number | None:
    """Return a figure as the change it tells, None where it tells none."""
    if number.kind is NumberKind.CHANGE:
        return number if not _NO_GAP.search(passage.label(at)) else None
    label = passage.label(at)
    if not label or number.unit_kind == "point":
        return None
    if number.unit_kind == "percent":
        found = _RATE_OF.search(label) or _SAVED.search(label) or _MOVED_BY.search(label)
        if found is None or number.unit != "%":
            return None
        return replace(
            number, kind=NumberKind.CHANGE, sign=1 if found["way"][0] in "增涨升提多贵高扩反往" else -1
        )
    if number.unit_kind == "ratio":
        return number if number.unit == "倍" and _TIMES.search(label) else None
    found = _APART.search(label)
    state = EARLIER.search(label) or AIM.search(label)  # 上周 1.23 万, 目标 49 万
    if found is None and len(label) <= _SHORT_LABEL and not state and not _NO_GAP.search(label):
        return (
            replace(number, kind=NumberKind.CHANGE, precision=Precision.APPROX)
            if number.value >= _DIGITS
            else None
        )
    if found is None or _NO_GAP.search(label):
        return None
    return replace(number, kind=NumberKind.CHANGE, sign=1 if found["way"][0] in _RISE else -1)


def _check(passage: Passage, at: int, change: Number) -> Iterable[Mismatch]:
    like = near(passage, at, lambda n: _is_like(n, change))
    nearest = len(like) > 1 and like[1]
    places = _alike(passage, like)
    if len(places) < 2 or is_parted(passage, places[1], at):
        return
    told = _ASIDE.sub("", passage.between(places[0], at))
    if ":" in told or "：" in told or re.search(r"\d", told):
        return  # 320 单，上周 300 单，+6.7%，退货少了 12 单
    if len(told) > _TO_CHANGE or _OTHER_SCOPE.search(told):
        return
    pair = states(passage, places[1], places[0])
    unsure = pair is None
    if unsure and (places[1] != nearest or EARLIER.search(told)):
        return  # A 组 42 单，B 组 36 单，A 比上周多 8 单
    pair = pair or _neighbours(passage, places, at)
    if pair is None or _is_foreign(passage, at, places[1]) or not _is_same_unit(pair.base, pair.value):
        return
    figures = [_in_unit(passage.figures[i], change) for i in places]
    led = pair.kind is BaselineKind.START
    down = change.sign < 0 and pair.value.value < pair.base.value and change.step < 1.0
    if not unsure and down and pair.kind is BaselineKind.PREVIOUS:
        led = True  # 720 人，第 26 周 850 人，缩了 18.1%: of 850
        figures = [_in_unit(n, change) for n in (pair.value, pair.base)]
    if any(_explains(one, other, change, led) for one, other in combinations(figures, 2)):
        return
    if change.unit == "个" and pair.value.unit_kind == "count":
        change = replace(change, unit=pair.value.unit)  # 35 人减到 28 人，裁了 9 个
    if change.precision is Precision.APPROX and passage.figures[at].precision is Precision.EXACT:
        change = replace(change, precision=Precision.EXACT)
        if unsure or not _is_slip(change, pair):
            return  # nothing calls it a difference
    if change.unit == "倍" and change.kind is NumberKind.MEASURE:
        yield from multiple(passage.document, change, pair.value, pair.base)
        return
    metric = _metric(pair, change)
    for found in check_growth(passage.document, (metric,)):
        if _is_plausible(metric, change, unsure):
            yield found


def _alike(passage: Passage, places: Sequence[int]) -> Sequence[int]:
    """Return the places told in the unit of the nearest: 320 单，达成 106%，上周 300 单，+12%."""
    if len(places) < 2:
        return places
    last = passage.figures[places[0]]
    return [i for i in places if _is_same_unit(passage.figures[i], last)]


def _neighbours(passage: Passage, places: Sequence[int], at: int) -> States | None:
    """Return the only two figures of a sentence that a change right after them can be of, in text order."""
    first, second = places[1], places[0]
    alone = len(places) == 2 or is_parted(passage, places[2], at)
    link = passage.between(first, second)
    if not alone or second - first > 1 or at - second > 1 or not _PARALLEL.search(link):
        return None
    if any("其中" in passage.label(i) for i in (first, second)):
        return None
    one, other, change = passage.figures[first], passage.figures[second], passage.figures[at]
    things = {thing_of(passage.view, n) for n in (one, other)}
    if change.unit_kind not in ("percent", "point", "duration"):
        things.add(thing_of(passage.view, change))
    alike = thing_of(passage.view, one) == thing_of(passage.view, other)
    return States(one, other, BaselineKind.PREVIOUS) if alike and len(things - {""}) <= 1 else None


def _is_slip(change: Number, pair: States) -> bool:
    """Tell whether a figure is the difference of two but for one digit: 1,430 册, 1,205 册，下来 325 册."""
    apart = abs(pair.base.value - pair.value.value)
    return is_slip(change.value, apart, change.step)


def _is_foreign(passage: Passage, at: int, first: int) -> bool:
    """Tell whether a change has a subject that its figures are not told of: 能耗降 8%, 请假多了 3 人."""
    subject = _MOVED.sub("", passage.label(at))
    if len(subject) < 2:
        return False
    start = passage.figures[first].span.start
    around = passage.document.folded[
        max(0, start - 24) : passage.figures[at].span.start - len(passage.label(at))
    ]
    return not any(subject[i : i + 2] in around for i in range(len(subject) - 1))


def _is_like(number: Number, change: Number) -> bool:
    """Tell whether a change may be one of this figure."""
    if change.unit_kind in ("percent", "ratio"):
        return number.unit_kind != "ratio"
    if change.unit_kind == "point" or "%" in (change.unit, number.unit):
        return change.unit_kind == "point" and number.unit == "%"
    if change.unit_kind == "duration":
        return number.unit_kind == "duration" and number.unit in SECONDS and change.unit in SECONDS
    return number.unit_kind in ("count", "none", "money") and (
        not change.unit or not number.unit or change.unit == number.unit or "个" in (change.unit, number.unit)
    )


def _is_same_unit(one: Number, other: Number) -> bool:
    if one.unit_kind == "duration":
        return other.unit_kind == "duration" and one.unit in SECONDS and other.unit in SECONDS
    if one.unit_kind == other.unit_kind == "count" and "个" in (one.unit, other.unit):
        return True
    return one.unit == other.unit or ("%" not in (one.unit, other.unit) and (not one.unit or not other.unit))


def _in_unit(number: Number, change: Number) -> Number:
    """Return a stretch of time in the unit of the change, other figures as they are."""
    unit = change.unit if change.unit in SECONDS else "秒"
    if number.unit_kind != "duration" or number.unit == unit or number.unit not in SECONDS:
        return number
    return in_unit(number, unit)


def _explains(one: Number, other: Number, change: Number, led: bool) -> bool:
    """Tell whether two figures, the later one first, make a change; unless one `led`, either is the base."""
    room = room_of(change)
    if change.unit == "倍":
        ratios = (of(a).over(of(b)) for a, b in ((one, other), (other, one)))
        return any(r is not None and not r.misses(change.value, room) for r in ratios)
    if change.unit_kind == "percent":
        for top, bottom in ((one, other),) if led else ((one, other), (other, one)):
            allowed = growth(top, bottom, change)
            if allowed is not None and not allowed.misses(_signed(top, bottom, change), room):
                return True
        return False
    both = of(one).minus(of(other)), of(other).minus(of(one)), of(one) + of(other)
    return any(not made.misses(change.value, room) for made in both)


def _signed(top: Number, bottom: Number, change: Number) -> float:
    return change.value if top.value >= bottom.value else -change.value


def _metric(pair: States, change: Number) -> Metric:
    base, value = _in_unit(pair.base, change), _in_unit(pair.value, change)
    first, last = min(base.span, value.span), max(change.span, value.span, base.span)
    return Metric(
        span=Span(first.start, last.end),
        name=None,
        value=value.value,
        baseline=base.value,
        baseline_kind=pair.kind,
        figures=(("value", value), ("baseline", base), ("change", change)),
    )


def _is_plausible(metric: Metric, change: Number, unsure: bool) -> bool:
    """Tell whether a change is of the size of what its figures give, or is its relative twin."""
    value, base = metric.value or 0.0, metric.baseline or 0.0
    if not base or not change.value:
        return False
    apart, relative = abs(value - base), abs(value / base - 1) * 100
    sizes = [relative] if change.unit_kind == "percent" else [apart]
    if change.unit_kind == "point" or (change.unit == "%" and metric.figure("value").unit == "%"):  # type: ignore[union-attr]
        sizes = [apart, relative]
    most = _MOST_LED if metric.baseline_kind is BaselineKind.START else _MOST
    if unsure:
        most = _MOST_UNSURE
    return any(1 / most <= size / change.value <= most for size in sizes)
