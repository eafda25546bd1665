"""What a plan or problem is about, cut out of the author's own words."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from itertools import accumulate

import rjieba

from service.core.numbers.model import BaselineKind, Direction, Metric, NumberKind, Precision
from service.core.reading import Claim
from service.core.span import Span
from service.rules.rewrite.scene import Scene
from service.rules.rewrite.wording import subject_of, topic_words

_LONGEST = 14
# "下周:", "9 月:", "下星期 "; what of a plan's opening is kept as it stands
_PERIOD = re.compile(
    r"(?:下周|下星期|下礼拜|下个?月|下个?季度|下阶段|明天|明日|接下来|后续|后面|\d{1,2} ?月)[ :,，]*"
)
# "跟仓里" before 推进, "和 DBA" before 沟通; not "和普卡" before 重点关注
_PARTNER = re.compile(
    r"(?P<partner>(?:跟|和|与|同|找)(?!进|踪)[^，。；的要]{1,8}?)(?:再|继续|持续|多|加强|一起)*"
    r"(?:推进|协同|沟通|对一下|碰一下|聊聊|商量|谈谈|配合|对接)(?:一下)?"
)
_NAMED = re.compile(r"[\w一-鿿·/（）() +-]{2,14}")
_ONTO = ("针对", "对于", "对", "把")
_BAD_ENDS = "把对的和跟在要与及"
_BAD_STARTS = "的了着把其他别"
# what may stand before a figure as its name: "短信点击", "退款率"; not "普卡", "多"
_FIGURE = re.compile(
    r".*(?:率|量|数|额|单价|均价|时长|时间|成本|占比|人数|点击|转化|满意度|GMV|ROI|UV|PV|CPA|CAC|NPS|客单|评分|日活|月活|留存|损耗|库存|毛利|订单|投诉|订阅|营业额|销售额|阅读|播放|转发|关注|注册|首充|进件|工单)",
    re.IGNORECASE,
)
# what rises and falls, where counts grow more or fewer: "退款率", "客单价"; not "工单"
_RATE = re.compile(
    r"(?:率|度|价|时长|时间|成本|占比|评分|ROI|CPA|CAC|NPS|客单|转化|留存|损耗|毛利)$", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class Topic:
    """A plan's topic, whom it is done with, and the period it opens with, as ranges of the view."""

    span: Span
    partner: Span | None = None
    lead: Span | None = None


def plan_topic(scene: Scene, clause: Span) -> Topic | None:
    """Return what a vague plan clause is about, or None where its words do not come apart cleanly."""
    view = scene.view(clause)
    lists = topic_words()
    opening = _PERIOD.match(view)
    first = opening.end() if opening else 0
    start, is_object = _cut_front(view, first, len(view), lists)
    partner, end = None, len(view)
    found = _PARTNER.search(view, start)
    if found is not None and found.end() == len(view):
        if found.start() < start + 2:
            return None
        partner = Span(clause.start + found.start(), clause.start + found.end("partner"))
        end = found.start()
    elif not is_object:
        end = _cut_back(view, start, end, lists["tail"])
    if end == len(view) and start == first:
        return None
    end = _cut_back(view, start, end, lists["joint"])
    text = view[start:end]
    clean = _NAMED.fullmatch(text) and text[0] not in _BAD_STARTS and text[-1] not in _BAD_ENDS
    if not clean or not 2 <= len(text) <= _LONGEST or text in (*lists["lead"], *lists["tail"]):
        return None
    span = Span(clause.start + start, clause.start + end)
    if scene.has("plan_vague", span):
        return None
    lead = Span(clause.start, clause.start + first) if first else None
    return Topic(span, partner, lead)


def _cut_front(view: str, start: int, end: int, lists: Mapping[str, tuple[str, ...]]) -> tuple[int, bool]:
    """Return where the topic begins, and whether a vague verb stands before it.

    Opening words go where a word ends with them (no 会 off 会员); behind the verb only 对 and its like do.
    """
    ends = set(accumulate(map(len, rjieba.cut(view))))
    words, is_object = lists["lead"], False
    while True:
        while start < end and view[start] in " :-—、,，":
            start += 1
        word = next((w for w in words if view.startswith(w, start) and start + len(w) in ends), None)
        if word is None or start + len(word) >= end:
            return start, is_object
        start += len(word)
        if word in lists["tail"]:
            words, is_object = _ONTO, True


def _cut_back(view: str, start: int, end: int, words: tuple[str, ...]) -> int:
    while True:
        while end > start and view[end - 1] in " ,，、":
            end -= 1
        word = next((w for w in words if view.endswith(w, start, end)), None)
        if word is None or end - len(word) <= start:
            return end
        end -= len(word)


def figure_name(scene: Scene, claim: Claim, metric: Metric) -> str | None:
    """Return what the author calls a figure, where that can stand in a sentence of its own."""
    number = metric.figure("value") or metric.figure("baseline") or metric.figure("change")
    if number is None:
        return None
    view = scene.document.view
    for clause in scene.clauses(claim.span):
        if clause.start <= number.span.start < clause.end:
            floor = max(clause.start, view.rfind(":", clause.start, number.span.start) + 1)
            own = view[floor : number.span.start].lstrip(" ").rstrip(" 的是了到才只有仅为约大概从由")
            own = re.split(r"[\s、/(（]", own)[-1]
            if 2 <= len(own) <= 10 and _FIGURE.fullmatch(own):
                return own
    name = metric.name
    if name is None or len(name) > 10 or name not in scene.view(claim.span):
        return None
    return name if _FIGURE.fullmatch(name) else None


def mishap(scene: Scene, claim: Claim) -> str | None:
    """Return a short name for what went wrong or moved (退款率升高, 投诉问题); None where none is plain."""
    for metric in claim.metrics:
        name = figure_name(scene, claim, metric)
        if name is None:
            continue
        if metric.baseline_kind is BaselineKind.TARGET and metric.polarity < 0:
            return f"{name}{'超了目标' if metric.direction is Direction.DOWN_GOOD else '没到目标'}"
        move = _move(metric)
        if move:
            up, down = ("升高", "下降") if _RATE.search(name) else ("变多", "变少")
            return f"{name}{up if move > 0 else down}"
    view = scene.view(scene.trimmed(claim.span))
    found = subject_of(view)
    if found is not None and found[0].is_worse and len(found[1]) >= 2:
        return found[1] if found[1].endswith("问题") else f"{found[1]}问题"
    return None


def _move(metric: Metric) -> float:
    if metric.change:
        return metric.change
    if metric.value is None or metric.baseline is None or metric.baseline_kind is BaselineKind.TARGET:
        return 0.0
    return metric.value - metric.baseline


def with_change(scene: Scene, claim: Claim, passage: Span) -> str:
    """Return the author's words with the change worked out where both ends are told and the change is not."""
    words = scene.document.words(passage)
    if len(claim.metrics) != 1:
        return words
    metric = claim.metrics[0]
    new, old = metric.figure("value"), metric.figure("baseline")
    inside = [n for n in scene.reading.numbers if passage.covers(n.span)]
    plain = [n for n in inside if n.kind is NumberKind.MEASURE and n.precision is Precision.EXACT]
    if metric.change is not None or new is None or old is None or len(inside) != 2 or len(plain) != 2:
        return words
    if max(new.span.end, old.span.end) != passage.end or old.value <= 0 or new.value == old.value:
        return words
    if new.unit != old.unit or metric.baseline_kind in (BaselineKind.TARGET, BaselineKind.PEER):
        return words
    if new.unit == "%":
        return words + scene.own(f"（{new.value - old.value:+.4g} 个百分点）")
    return words + f"（{(new.value / old.value - 1) * 100:+.0f}%）"


def value_of(scene: Scene, metric: Metric) -> str | None:
    """Return a metric's present value as the author wrote it, or None where it is no plain value."""
    number = metric.figure("value")
    if number is None or number.value_max is not None:
        return None
    return scene.document.words(number.span)


def back(metric: Metric) -> str:
    """Return the verb that brings a metric where it should be."""
    return {Direction.UP_GOOD: "提到", Direction.DOWN_GOOD: "降到"}.get(metric.direction, "做到")
