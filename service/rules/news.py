"""What a clause's figures and words say came of the work: good news, bad news, or how much was done."""

from service.core.numbers.model import BaselineKind, Metric
from service.rules.clause import Clause
from service.rules.shapes import listed, shape

_ATTAINED = shape("attained")
_REACHED = 100.0
_IDENTIFIES = shape("identifies")
_DEED_UNITS = frozenset(listed("deed_unit"))
_SPANS_OF_TIME = frozenset(listed("time_unit"))


def polarity(clause: Clause) -> int:
    """Return 1 for good news, -1 for bad news, 0 where neither figures nor words tell."""
    told = [p for p in map(judged, clause.metrics) if p]
    if told:
        return 1 if sum(told) > 0 else -1
    return _tone(clause)


def _tone(clause: Clause) -> int:
    good, bad = clause.count("tone_good"), clause.count("tone_bad")
    return 0 if good == bad else (1 if good > bad else -1)


def judged(metric: Metric) -> int:
    """Return a metric's polarity; short of a target is bad news even where the direction is not known."""
    if metric.polarity or metric.value is None:
        return metric.polarity
    if metric.unit == "%" and metric.name and _ATTAINED.search(metric.name):
        return 1 if metric.value >= _REACHED else -1
    if metric.baseline_kind is BaselineKind.TARGET and metric.baseline is not None:
        return 0 if metric.value == metric.baseline else 1 if metric.value > metric.baseline else -1
    return 0


def has_outcome(clause: Clause) -> bool:
    """Tell whether a figure says what came of the work."""
    return any(is_outcome(clause, m) for m in clause.metrics)


def is_outcome(clause: Clause, metric: Metric) -> bool:
    """Tell whether a metric says what came of the work, rather than how much was done or how long."""
    if metric.is_compared:
        return True
    if metric.is_workload or metric.value is None:
        return False
    known = "metric" in clause.cues
    counted = metric.unit not in ("%", "‰", "pp", "元", "美元")
    if counted and not known and (metric.unit in _DEED_UNITS or "deed_verb" in clause.cues):
        return False
    if metric.unit in _SPANS_OF_TIME and not known:
        return False
    if not metric.unit and not known and not metric.name:
        return False  # a bare figure measures nothing
    if metric.name and _IDENTIFIES.search(metric.name):
        return False
    return clause.has_digit  # "三个妈妈" counts for little, "31 件" can be checked
