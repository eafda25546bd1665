"""Figures that stand against nothing, in a lump, or on no stated basis: what is missing, as blanks beside."""

import re
from collections.abc import Iterator

from service.core.finding import Finding
from service.core.numbers.model import Direction, Metric, Number
from service.core.reading import Claim, ClaimKind
from service.core.rewrite import RewriteDraft
from service.core.score import DimensionKey
from service.core.span import Span
from service.rules.rewrite.pen import Candidate, Pen, quoted
from service.rules.rewrite.scene import Scene
from service.rules.rewrite.topic import figure_name

# the unit as written after a figure: "单" of "61单", "人次"; not "w", "万"
_UNIT = re.compile(r"[人单条份场位户家台张篇元次分件个组桶箱套间辆只杯例项]|分钟|小时|天|件次|人次")


def candidates(scene: Scene) -> Iterator[Candidate]:
    """Yield drafts for bare figures, for the figure to be taken apart, and for rates without a basis."""
    for found, claim in scene.targets("D102"):
        place = _figure(scene, claim, found)
        if place is not None:
            yield Candidate(2.6 - 0.05 * found.rank, _beside(scene, claim, *place))
    for _, claim in scene.targets("D103"):
        passage = scene.passage(claim)
        if passage is not None and not scene.in_row(claim):
            yield Candidate(2.8, _apart(scene, claim, passage))
    for found, claim in scene.targets("D104"):
        place = _figure(scene, claim, found)
        if place is not None:
            yield Candidate(1.6, _basis(scene, found, *place))


def _figure(scene: Scene, claim: Claim, found: Finding) -> tuple[Span, Metric, Number] | None:
    """Return passage, metric and figure that were found fault with, where words fit behind the figure."""
    passage = scene.passage(claim)
    if passage is None or scene.in_row(claim):
        return None
    for metric in claim.metrics:
        number = metric.figure("value")
        if number is None or not passage.covers(number.span) or number.value_max is not None:
            continue
        raw = scene.document.source(number.span)
        if found.span is None or not found.span.overlaps(raw):
            continue
        if _is_free(scene, number):
            return passage, metric, number
    return None


def _is_free(scene: Scene, number: Number) -> bool:
    """Tell whether nothing follows a figure that words between would cut off ("46 关 39", "88% → 86%")."""
    view = scene.document.view
    after = view[number.span.end : number.span.end + 3]
    follows = after.lstrip(" ")[:1]
    return not follows.isalnum() and follows not in ("(", "/", "→", "-", "~", "+", "=")


def _beside(scene: Scene, claim: Claim, passage: Span, metric: Metric, number: Number) -> RewriteDraft:
    pen = Pen(scene)
    shown = scene.view(number.span)
    unit = unit_of(shown)
    name = figure_name(scene, claim, metric)
    label = f"{scene.last}{name}" if name else f"{scene.last}{_what(number, unit)}"
    question = (
        f"{label}是多少？" if name else f"{quoted(scene.document.words(passage))}，{scene.last}是多少？"
    )
    before = pen.blank(label, question, _sample(claim, metric, number, unit))
    words = scene.document.words(number.span)
    form = scene.form("compare", "beside").format(
        x=words, last=scene.last, before=before, unit=scene.own(unit)
    )
    rationale = "这个数单看不知道是多是少，旁边放上前一期的同一个数，涨跌一眼能看出来。"
    return pen.draft(
        passage, scene.mended(passage, number.span, form), (DimensionKey.DATA,), rationale, ("D102",)
    )


def _apart(scene: Scene, claim: Claim, passage: Span) -> RewriteDraft:
    pen, words = Pen(scene), scene.document.words(passage)
    name = next((n for n in (figure_name(scene, claim, m) for m in claim.metrics) if n), "")
    part = f"这一块的{name}" if name else "这一块"
    which = pen.blank("哪一块", f"拆到渠道、人群或环节，{name}变化最大的是哪一块？", "老客")
    now = pen.blank(
        "这一块从多少到多少", f"{part}{scene.last}是多少，{scene.this}是多少？", "从 40 单到 62 单"
    )
    form = scene.form("compare", "apart").format(x=words, which=which, now=now)
    rationale = "总数说明涨跌，拆一层才看得出变化出在哪里。"
    return pen.draft(passage, form, (DimensionKey.DATA,), rationale, ("D103",))


def _basis(scene: Scene, found: Finding, passage: Span, metric: Metric, number: Number) -> RewriteDraft:
    pen = Pen(scene)
    question = found.question or "分母是谁，统计的是哪几天？"
    basis = pen.blank("分母和时间窗", question, "分母为当周新客，统计自然周")
    form = scene.form("compare", "basis").format(x=scene.document.words(number.span), basis=basis)
    rationale = "同一个比率有几种算法，口径写清楚，下一期才比得上。"
    return pen.draft(
        passage, scene.mended(passage, number.span, form), (DimensionKey.DATA,), rationale, ("D104",)
    )


def unit_of(shown: str) -> str:
    """Return the counting word behind a figure, or nothing where it has none that can stand alone."""
    found = re.search(r"[^\d\s.,]+$", shown)
    tail = found[0].strip("多余来+") if found else ""
    return tail if _UNIT.fullmatch(tail) else ""


def _what(number: Number, unit: str) -> str:
    if number.unit_kind == "money":
        return "金额"
    if number.unit_kind == "percent":
        return "比例"
    return f"{unit}数" if unit and unit not in ("元", "分", "分钟", "小时", "天") else "的同一个数"


def _sample(claim: Claim, metric: Metric, number: Number, unit: str) -> str:
    """Return a value of the period before that leaves good news good and bad news bad."""
    falls = metric.direction is Direction.DOWN_GOOD
    bad = claim.kind is ClaimKind.PROBLEM
    value = number.value * (1.1 if falls is not bad else 0.9)
    whole = number.unit_kind not in ("percent", "ratio") and value >= 10
    text = f"{value:.0f}" if whole else f"{value:.1f}"
    if unit:
        return text
    return text + {"percent": "%", "money": "元"}.get(number.unit_kind, "")
