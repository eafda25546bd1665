"""What kind of claim a clause makes: readable sums of observed signs, no learned weights.

Each function returns what its signs add up to; `kind_of` takes the highest sum. A strong sign (1.5 and above)
outweighs a weak one (0.3 to 0.8), and the heading of the plan part outweighs one strong sign.
"""

from dataclasses import dataclass
from typing import NamedTuple

from service.core.numbers.model import BaselineKind, Metric, NumberKind
from service.core.reading import ClaimKind, SectionKind
from service.rules.clause import Clause
from service.rules.shapes import listed, shape


@dataclass(slots=True)
class Surroundings:
    """What came before a clause, in the same sentence and in the same paragraph, and where it stands."""

    before: ClaimKind | None = None
    has_open_problem: bool = False
    is_tail: bool = False
    has_plan_part: bool = False
    in_analysis: bool = False  # a paragraph that has told a problem and gone on to its cause or proof
    follows_plan: bool = False  # the sentence before it, in the same line, is a plan


KINDS = tuple(ClaimKind)
# what the part of the note adds: activity, result, problem, cause, evidence, plan
_SECTION = {
    SectionKind.PLANS: (0.0, 0.0, 0.0, 0.0, 0.0, 3.0),
    SectionKind.PROBLEMS: (0.0, 0.0, 1.0, 0.4, 0.2, 0.0),
    SectionKind.CAUSES: (0.0, 0.0, 0.2, 1.0, 0.6, 0.0),
    SectionKind.RESULTS: (0.0, 0.8, 0.0, 0.0, 0.0, 0.0),
    SectionKind.REVIEW: (0.4, 0.2, 0.0, 0.0, 0.0, 0.0),
    SectionKind.OTHER: (0.0,) * 6,
}
_ATTAINED = shape("attained")
_REACHED = 100.0
_IDENTIFIES = shape("identifies")
_SAMPLE = shape("sample")
_SHORT = shape("short_of")
_DEED_UNITS = frozenset(listed("deed_unit"))
_SPANS_OF_TIME = frozenset(listed("time_unit"))
_OPENERS = frozenset(listed("cause_opener"))
IN_ANALYSIS = 0.9  # figures told while a problem is being explained are proof more often than new results
BAD_AFTER_BAD = (
    0.3  # bad news without a figure, right after bad news, is its cause more often than a second one
)
FLOOR = 0.5  # a clause whose best sum is below says nothing that counts as a claim


def kind_of(clause: Clause, around: Surroundings) -> tuple[ClaimKind | None, float]:
    """Return the likeliest kind and its sum, or None where nothing speaks for any."""
    if clause.has("cause_unknown") and not clause.measures:
        return None, 0.0
    if clause.is_vogue:
        return ClaimKind.ACTIVITY, FLOOR
    totals = sums(clause, around)
    best = max(totals)
    return (KINDS[totals.index(best)] if best >= FLOOR else None), best


def sums(clause: Clause, around: Surroundings) -> tuple[float, ...]:
    """Return each kind's sum for one clause, in the order of `KINDS`."""
    activity, result, problem, cause, evidence, plan = _SECTION[clause.section]
    news = _news(clause)
    return (
        activity + _activity(clause, news),
        result + _result(clause, news),
        problem + _problem(clause, news),
        cause + _cause(clause, around, news),
        evidence + _evidence(clause, around, news),
        plan + _plan(clause, around, news),
    )


class _News(NamedTuple):
    """What a clause's figures and words say came of the work: asked by every kind, worked out once."""

    outcome: bool  # a figure says what came of it
    balance: int | None  # good figures less bad ones; None where no figure can tell
    polarity: int


def _news(clause: Clause) -> _News:
    if not clause.metrics:
        return _News(False, None, _tone(clause))
    told = [p for p in map(judged, clause.metrics) if p]
    if not told:
        return _News(has_outcome(clause), None, _tone(clause))
    balance = sum(told)
    return _News(has_outcome(clause), balance, 1 if balance > 0 else -1)


def polarity(clause: Clause) -> int:
    """Return 1 for good news, -1 for bad news, 0 where neither figures nor words tell."""
    return _news(clause).polarity


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


def _activity(c: Clause, news: _News) -> float:
    total, cues = 0.0, c.cues
    if "deed_verb" in cues:
        total += 1.0 if "deed_done" in cues or "cause_vogue" in cues else 0.6
    if c.metrics and all(m.is_workload for m in c.metrics):
        total += 1.2
    if news.outcome:
        total -= 0.5
    if "tone_bad" in cues:
        total -= 0.3
    if c.is_log and c.section is not SectionKind.PLANS:
        total += 1.0
    return total


def _result(c: Clause, news: _News) -> float:
    total = 0.0
    if news.outcome:
        total += 1.3 if news.polarity >= 0 else 0.4
    elif c.measures:
        total += 0.4
    if news.polarity > 0:
        total += 1.0
    elif news.polarity < 0:
        total -= 0.4
    if "vague_tone" in c.cues and news.polarity >= 0 and "tone_bad" not in c.cues:
        total += 0.8
    return total


def _problem(c: Clause, news: _News) -> float:
    total, cues = 0.0, c.cues
    words = min(c.count("tone_bad"), 2)
    total += 1.3 * (words > 0) + 0.3 * (words > 1)
    if news.balance is not None:
        total += 1.8 if news.balance < 0 else -1.2
    elif words and news.outcome:
        total += 0.5
    if news.balance is None and c.has_digit and _SHORT.search(c.text):
        total += 0.6
    if "tone_good" in cues and not words:
        total -= 0.6
    if "deed_notyet" in cues:
        total += 0.7
    if "deed_fix" in cues and not any(m.is_compared for m in c.metrics):
        total -= 1.0
    return total


def _cause(c: Clause, around: Surroundings, news: _News) -> float:
    total, cues = 0.0, c.cues
    marks = "cause_mark" in cues
    if marks:
        total += 1.6
        if any(h.word in _OPENERS and h.start - c.span.start <= 2 for h in cues["cause_mark"]):
            total += 1.2
    if "cause_vogue" in cues and "deed_verb" in cues:
        return 0.0
    if "cause_guess" in cues:
        total += 1.2
    if "cause_empty" in cues:
        total += 1.6
    after = around.has_open_problem or around.before in (ClaimKind.PROBLEM, ClaimKind.CAUSE)
    if after and not news.outcome:
        if "tone_bad" in cues and "switch_mark" not in cues and not c.measures:
            total += BAD_AFTER_BAD
        total += 1.3 if "cause_change" in cues else 0.8 if "cause_flavour" in cues else 0.3
    elif around.before is ClaimKind.RESULT and marks:
        total += 0.3
    if around.before is ClaimKind.CAUSE and not c.metrics:
        total += 0.5
    return total


def _evidence(c: Clause, around: Surroundings, news: _News) -> float:
    cues, measured = c.cues, bool(c.measures)
    sample = c.has_digit and _SAMPLE.search(c.text) is not None
    voice, source = "evidence_voice" in cues, "evidence_source" in cues
    total = IN_ANALYSIS if around.in_analysis and (news.outcome or sample) else 0.0
    if source:
        total += 0.9 + (0.4 if measured else 0.0)
    if c.has_quote and voice:
        total += 1.9
    elif voice and measured:
        total += 0.8
    if "evidence_split" in cues and measured:
        total += 0.8
    if sample:
        total += 1.0
    if not (around.has_open_problem or around.before in (ClaimKind.CAUSE, ClaimKind.EVIDENCE)):
        return total - (0.2 if sample else 0.6)
    if measured or c.has_quote or source or voice:
        total += 0.6
        if around.before is ClaimKind.EVIDENCE:
            total += 0.6
    if news.outcome and not any(m.is_compared and m.name for m in c.metrics):
        total += 0.8
    if around.before is ClaimKind.CAUSE and measured:
        total += 1.3
    return total


def _plan(c: Clause, around: Surroundings, news: _News) -> float:
    total, cues = 0.0, c.cues
    is_next, done = "time_next" in cues, "deed_done" in cues
    in_plans = c.section is SectionKind.PLANS
    if is_next:
        total += 1.6
    total += 1.6 * (c.when > 0) - 1.5 * (c.when < 0)
    if "plan_future" in cues:
        total += 0.6 if any(h.end - h.start > 1 for h in cues["plan_future"]) else 0.3
    if "plan_vague" in cues:
        total += 0.6
    if not done and "time_deadline" in cues and any(n.kind is NumberKind.DATE for n in c.numbers):
        total += 1.1
    if not done and "plan_do" in cues:
        total += 0.4
    if around.is_tail and not around.has_plan_part:
        total += 0.8
    if not done and "plan_measure" in cues and c.measures:
        total += 0.5
    if done:
        total -= 0.8
    if c.is_log and not in_plans:
        total -= 1.5
    if not is_next and ("time_past" in cues or "time_now" in cues):
        total -= 0.6
    return _plan_in_place(total, c, around, news)


def _plan_in_place(total: float, c: Clause, around: Surroundings, news: _News) -> float:
    """Return a plan's sum with what plans before it add and news told outside their part takes away."""
    if around.before is ClaimKind.PLAN:
        total += 0.8
    elif around.follows_plan and not c.has("deed_done", "time_past"):
        total += 2.0
    reports = news.outcome and news.polarity != 0
    if reports and c.section is not SectionKind.PLANS and not around.follows_plan:
        total -= 0.8
    return total
