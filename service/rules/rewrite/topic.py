"""What a plan or problem is about, cut out of the author's own words."""

import re
from dataclasses import dataclass

from service.core.numbers.model import Direction, Metric
from service.core.reading import Claim
from service.core.span import Span
from service.rules.rewrite.scene import Scene
from service.rules.rewrite.wording import topic_words

_LONGEST = 14
# "跟仓里", "和 DBA"; not "跟进"
_PARTNER = re.compile(
    r"(?P<partner>(?:跟|和|与|同|找)(?!进|踪)[^，。；的]{1,8}?(?:那边|这边)?)(?=再|继续|持续|多|推进|协同|沟通|对一下|碰|聊|$)"
)
_NAMED = re.compile(r"[\w一-鿿·/（）() ]{2,12}")
# names the reader makes of whatever stands before a figure are taken only where they look like a figure's name
_FIGURE = re.compile(
    r".*(?:率|量|数|额|价|单|时长|时间|成本|占比|人数|点击|转化|满意度|GMV|ROI|UV|PV|CPA|CAC|NPS|ACOS|TACOS|客单|评分|日活|月活|留存|续充|损耗|库存|毛利)",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Topic:
    """A plan's topic and whom it is done with, both as ranges of the view."""

    span: Span
    partner: Span | None = None


def plan_topic(scene: Scene, span: Span) -> Topic | None:
    """Return what a vague plan clause is about, or None where its words do not come apart cleanly."""
    view = scene.view(span)
    start, end = 0, len(view)
    lists = topic_words()
    start = _cut_front(view, start, end, lists["lead"])
    end = _cut_back(view, start, end, lists["tail"])
    if end == len(view) and start == 0:
        return None
    partner = None
    found = _PARTNER.search(view, start + 2, end) if end > start + 2 else None
    if found is not None and found.end() == end:
        partner = Span(span.start + found.start(), span.start + found.end())
        end = found.start()
    end = _cut_back(view, start, end, lists["joint"])
    text = view[start:end]
    if (
        not 2 <= len(text) <= _LONGEST
        or not _NAMED.fullmatch(text)
        or text[0] in "的了着把"
        or text[-1] in "把对的和跟在要"
    ):
        return None
    return Topic(Span(span.start + start, span.start + end), partner)


def _cut_front(view: str, start: int, end: int, words: tuple[str, ...]) -> int:
    while True:
        while start < end and view[start] in " :-—、,，":
            start += 1
        word = next((w for w in words if view.startswith(w, start)), None)
        if word is None or start + len(word) >= end:
            return start
        start += len(word)


def _cut_back(view: str, start: int, end: int, words: tuple[str, ...]) -> int:
    while True:
        word = next((w for w in words if view.endswith(w, start, end)), None)
        if word is None or end - len(word) <= start:
            return end
        end -= len(word)
        while end > start and view[end - 1] in " ,，、":
            end -= 1


def figure_of(scene: Scene, claim: Claim) -> Metric | None:
    """Return the claim's metric whose name, in the author's own words, can stand in a sentence."""
    for metric in claim.metrics:
        name = metric.name
        if name and name in scene.view(claim.span) and len(name) <= 10 and _FIGURE.fullmatch(name):
            return metric
    return None


def value_of(scene: Scene, metric: Metric) -> str | None:
    """Return a metric's present value as the author wrote it, or None where it is no plain value."""
    number = metric.figure("value")
    if number is None or number.value_max is not None:
        return None
    return scene.words(number.span)


def back(metric: Metric) -> str:
    """Return the verb that brings a metric where it should be."""
    return {Direction.UP_GOOD: "提到", Direction.DOWN_GOOD: "降到"}.get(metric.direction, "做到")
