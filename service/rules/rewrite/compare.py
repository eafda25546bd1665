"""A figure that stands against nothing: the same figure of the period before, to be filled in beside it."""

import re
from collections.abc import Iterator

from service.core.numbers.model import Number, NumberKind, Precision
from service.core.reading import Claim, ClaimKind, Trait
from service.core.rewrite import RewriteDraft
from service.core.score import DimensionKey
from service.core.span import Span
from service.rules.rewrite.pen import Candidate, Pen
from service.rules.rewrite.scene import Scene
from service.rules.rewrite.topic import figure_of

_UNIT = re.compile(r"[人单条份场位户家台张篇元次分件个组桶箱套间辆只杯例项]|分钟|小时|天|件次|人次")
_CODES = ("D102",)


def candidates(scene: Scene) -> Iterator[Candidate]:
    """Yield one draft a figure of the results and problems that lacks a comparison."""
    for claim in scene.reading.of(ClaimKind.RESULT, ClaimKind.PROBLEM):
        if claim.has(Trait.COMPARED) or not claim.has(Trait.MEASURABLE) or scene.in_row(claim):
            continue
        found = _lonely(scene, claim)
        if found is None:
            continue
        span, number = found
        worth = (
            2.0
            + claim.has(Trait.KEY)
            + 0.5 * (claim.kind is ClaimKind.PROBLEM)
            + 0.3 * _is_named(scene, claim)
        )
        yield Candidate(worth, _draft(scene, claim, span, number))


def _is_named(scene: Scene, claim: Claim) -> bool:
    return figure_of(scene, claim) is not None


def _lonely(scene: Scene, claim: Claim) -> tuple[Span, Number] | None:
    """Return the clause whose only figure stands against nothing, and that figure."""
    for clause in scene.clauses(claim.span):
        inside = [n for n in scene.reading.numbers if clause.covers(n.span)]
        measures = [n for n in inside if n.kind is NumberKind.MEASURE]
        changes = any(n.kind is NumberKind.CHANGE for n in inside)
        if len(measures) != 1 or changes or scene.has("time_past", clause):
            continue
        number = measures[0]
        if (
            number.precision is Precision.VAGUE
            or number.value_max is not None
            or number.unit_kind == "duration"
        ):
            continue
        if scene.is_placeable(clause) and not _is_bracketed(scene, clause):
            return clause, number
    return None


def _is_bracketed(scene: Scene, clause: Span) -> bool:
    view = scene.document.view
    return view[clause.end - 1 : clause.end] in ")）" or view[clause.end : clause.end + 1] in ("(", "（")


def _draft(scene: Scene, claim: Claim, clause: Span, number: Number) -> RewriteDraft:
    pen = Pen(scene)
    words = scene.words(clause)
    figure = figure_of(scene, claim)
    shown = scene.view(number.span)
    unit = _unit(shown)
    name = figure.name if figure is not None and figure.span.overlaps(clause) else None
    label = f"{scene.last}{name or _what(number, unit)}"
    question = f"{scene.last}的{name}是多少？" if name else f"“{words[-18:]}”，{scene.last}是多少？"
    before = pen.blank(label[:14], question, _sample(claim, number, shown, unit))
    form = scene.form("compare", "counted").format(last=scene.last, before=before, unit=scene.own(unit))
    return pen.draft(
        clause,
        words + form,
        (DimensionKey.DATA,),
        "这个数单看不知道是多是少，旁边放上前一期的同一个数，涨跌一眼能看出来。",
        _CODES,
    )


def _unit(shown: str) -> str:
    found = re.search(r"\D+$", shown.strip())
    tail = found[0].strip(" 多余来+") if found else ""
    return tail if _UNIT.fullmatch(tail) else ""


def _what(number: Number, unit: str) -> str:
    if unit in ("元",) or number.unit_kind == "money":
        return "金额"
    if number.unit_kind == "percent":
        return "比例"
    return f"{unit}数" if unit and unit not in ("分", "分钟", "小时", "天") else "同一个数"


def _sample(claim: Claim, number: Number, shown: str, unit: str) -> str:
    """Return a value of the period before that leaves good news good and bad news bad."""
    metric = claim.metrics[0] if claim.metrics else None
    down = metric is not None and metric.direction.value == "down_good"
    bad = claim.kind is ClaimKind.PROBLEM
    factor = 1.1 if down is not bad else 0.9
    value = number.value * factor
    text = f"{value:.1f}" if number.unit_kind in ("percent", "ratio") or value < 10 else f"{value:.0f}"
    return text if unit else text + ("%" if number.unit_kind == "percent" else "元" if "元" in shown else "")
