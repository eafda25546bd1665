"""Which figures of a note matter: a lead asks about these, not about every number in a breakdown."""

import re

from service.catalog.cues import is_known_metric, is_name
from service.core.numbers.model import BaselineKind, Metric, NumberKind
from service.core.reading import Claim, ClaimKind, Reading, Trait
from service.core.span import Span

IMPLAUSIBLE = "implausible"  # the kind of a mismatch that D106 tells of, not D105
SWING = 10.0  # percent: from here on a lead expects a core metric's movement to be explained
_FEW = 20.0  # counts below are too small for a percentage to mean anything
_MADE = frozenset("场篇版张节期")
_COUNTS = ("count", "none")
# "其中 ", "影响了" before a figure: a part of the one before, or how far one mishap reached
_PART = re.compile(r"(?:其中|影响|波及|涉及|牵连|耽误)[^，。；、\d]*$")
_PART_REACH = 16
# "全班第 3 名", "全卷最低", "排名第二": a place among others; not "第二批", "最低消费"
_RANKED = re.compile(
    r"(?:排名?|名列|位列|年级|全[^，。；]{1,4}|[组科店区]里)(?:并列)?第 ?[一二三四五六七八九十\d]"
    r"|全[^，。；]{1,4}最[高低好差多少快慢]|垫底|倒数第|居首"
)
_BESIDE = 40  # characters between a rate and the counts it is worked out of


def is_outcome(metric: Metric) -> bool:
    """Tell whether a metric is named, says what came of the work, and has a value or a movement."""
    if metric.is_workload or (metric.value is None and metric.change is None):
        return False
    return is_name(metric.name) and _fits(metric)


def _fits(metric: Metric) -> bool:
    """Tell whether name and unit belong together: no rate in pieces, no count in percent."""
    number = metric.figure("value")
    if number is None or metric.name is None:
        return True
    is_share = number.unit_kind in ("percent", "ratio", "point")
    if metric.name.endswith("率"):
        return is_share or number.unit_kind == "none"
    return not (number.unit_kind == "percent" and metric.name.endswith(("量", "数", "额")))


def compared_names(reading: Reading) -> set[str]:
    """Return the names that are held against something anywhere in the note."""
    return {m.name for c in reading.claims for m in c.metrics if m.name and m.is_compared}


def lone_figures(reading: Reading) -> list[tuple[Claim, Metric]]:
    """Return the outcomes told as one bare number, the most telling first.

    A number of a list of parts (several segments in one claim), of a table's row, whose metric is compared
    elsewhere in the note, that a rate is worked out of, or beside a place among others is left alone.
    """
    known = compared_names(reading)
    found: list[tuple[float, int, Claim, Metric]] = []
    met: set[str] = set()
    for at, claim in enumerate(reading.of(ClaimKind.RESULT, ClaimKind.PROBLEM)):
        if claim.has(Trait.COMPARED) or claim.has(Trait.ROW) or not claim.has(Trait.MEASURABLE):
            continue
        if _RANKED.search(reading.document.slice(claim.span)):
            continue
        bare = [
            m
            for m in claim.metrics
            if is_outcome(m)
            and not (m.is_compared or _says_it_all(m))
            and not (_is_part(reading, claim, m) or _makes_a_rate(reading, m))
        ]
        if not bare or sum(m.segment is not None for m in bare) >= 2:
            continue
        metric = max(bare, key=_weight)
        name = metric.name or ""
        if name in known or name in met or any(m.figure("over") for m in bare if m.name == name):
            continue
        met.add(name)
        worth = _weight(metric) + 2.0 * claim.has(Trait.KEY) + 0.5 * (claim.kind is ClaimKind.PROBLEM)
        found.append((worth, -at, claim, metric))
    found.sort(key=lambda f: f[:2], reverse=True)
    return [(claim, metric) for _, _, claim, metric in found]


def _is_part(reading: Reading, claim: Claim, metric: Metric) -> bool:
    """Tell whether a figure is told as part of the one before: 涨粉 3,860，其中 2,900 来自一条视频."""
    view = reading.document.view
    before = view[max(claim.span.start, metric.span.start - _PART_REACH) : metric.span.start]
    return _PART.search(before) is not None


def _makes_a_rate(reading: Reading, metric: Metric) -> bool:
    """Tell whether a count is told for its rate: 到期 1,860 人，续了 1,023，续费率 55%."""
    own = metric.figure("value")
    if own is None or own.unit_kind not in _COUNTS:
        return False
    here = own.span.start
    near = [n for n in reading.numbers_in(Span(here - _BESIDE, here + _BESIDE)) if n.value > 0]
    rates = [n for n in near if n.unit_kind == "percent" and n.kind is NumberKind.MEASURE]
    counts = [n for n in near if n.unit_kind in _COUNTS and n is not own]
    return any(
        abs(rate.value - 100 * min(own.value, n.value) / max(own.value, n.value)) <= rate.step
        for rate in rates
        for n in counts
    )


def _says_it_all(metric: Metric) -> bool:
    """Tell whether a value is missing, counts what was made (25 场), or can't be better (100%, 事故 0)."""
    return metric.value is None or metric.unit in _MADE or metric.is_full or metric.is_nought


def _weight(metric: Metric) -> float:
    number = metric.figure("value")
    kind = number.unit_kind if number is not None else "none"
    rank = {"percent": 2.0, "ratio": 2.0, "money": 1.6, "duration": 1.0}.get(kind, 0.8)
    return rank + 1.0 * is_known_metric(metric.name)


def swing_of(metric: Metric) -> float | None:
    """Return how far a metric moved in percent of where it was; None where that can't be told or is noise.

    Above or below what others have is no movement.
    """
    if metric.baseline_kind is BaselineKind.PEER:
        return None
    number = metric.figure("value")
    if number is not None and number.unit_kind in _COUNTS:
        size = max(abs(metric.value or 0.0), abs(metric.baseline or 0.0))
        if size < _FEW:
            return None
    if metric.value is not None and metric.baseline:
        return (metric.value - metric.baseline) / abs(metric.baseline) * 100
    return metric.change if metric.change_unit == "%" else None


def is_against_target(metric: Metric) -> bool:
    """Tell whether a metric stands against a goal, not against a period."""
    return metric.baseline_kind is BaselineKind.TARGET


def widest(claim: Claim) -> tuple[Metric, float] | None:
    """Return the outcome of a claim that moved furthest, with its movement in percent."""
    found = [(m, s) for m in claim.metrics if is_outcome(m) and (s := swing_of(m)) is not None]
    return max(found, key=lambda f: abs(f[1]), default=None)
