"""What kind of claim a clause makes: readable sums of observed signs, no learned weights.

Each function returns what its signs add up to; `kind_of` takes the highest sum. A strong sign (1.5 and above)
outweighs a weak one (0.3 to 0.8), and the heading of the plan part outweighs one strong sign.
"""

import re
from dataclasses import dataclass

from service.core.numbers.model import BaselineKind, Metric, NumberKind
from service.core.reading import ClaimKind, SectionKind
from service.rules.clause import Clause


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What came before a clause, in the same sentence and in the same paragraph, and where it stands."""

    before: ClaimKind | None = None
    in_paragraph: ClaimKind | None = None
    has_open_problem: bool = False
    explicit: bool = False
    is_tail: bool = False
    has_plan_part: bool = False
    in_analysis: bool = False  # a paragraph that has told a problem and gone on to its cause or proof
    follows_plan: bool = False  # the sentence before it, in the same line, is a plan


_SECTION = {
    SectionKind.PLANS: {ClaimKind.PLAN: 3.0},
    SectionKind.PROBLEMS: {ClaimKind.PROBLEM: 1.0, ClaimKind.CAUSE: 0.4, ClaimKind.EVIDENCE: 0.2},
    SectionKind.CAUSES: {ClaimKind.CAUSE: 1.0, ClaimKind.EVIDENCE: 0.6, ClaimKind.PROBLEM: 0.2},
    SectionKind.RESULTS: {ClaimKind.RESULT: 0.8},
    SectionKind.REVIEW: {ClaimKind.ACTIVITY: 0.4, ClaimKind.RESULT: 0.2},
    SectionKind.OTHER: {},
}
_ATTAINED = re.compile(r"达成|完成率|完成度|进度")
_REACHED = 100.0
_DEED_UNITS = frozenset(
    ("篇", "张", "场", "通", "版", "节", "期", "轮", "项", "套", "份", "件", "支", "部", "遍", "条")
)
_SPANS_OF_TIME = frozenset(("天", "小时", "分钟", "秒", "周", "月", "年", "分", "日"))
# names after which a number tells which one, not how much: "会议室 1806", "分机 8027"
_IDENTIFIES = re.compile(
    r"编号|版本|会议室|分机|房间|工号|号码|单号|文档|文件|电话|手机|邮编|页码?$|楼$|层$|室$|群号|学号|账号|密码|端口"
)
_DIGIT = re.compile(r"\d")  # "三个妈妈" counts for little, "31 件" can be checked
# "30 个里 24 个", "20条中15条": a count out of a sample; not "30 个人里程"
_SAMPLE = re.compile(r"\d\s?[^\d\s,，。;]{1,6}(?:里面?|中)有?\s?\d")
# "差 7.2 万", "只来了 5 个", "才 130", "不到 60%"
_SHORT = re.compile(r"(?:还差|差了?|只有?[^\d，。]{0,3}|才|不到|仅)\s?\d")
_OPENERS = frozenset(
    (
        "因为",
        "由于",
        "原因是",
        "原因",
        "主因",
        "根因",
        "主要是",
        "是因为",
        "主要因为",
        "主要由于",
        "于是",
        "所以",
        "because",
        "due to",
    )
)
IN_ANALYSIS = 0.9  # figures told while a problem is being explained are proof more often than new results
BAD_AFTER_BAD = (
    0.3  # bad news without a figure, right after bad news, is its cause more often than a second one
)
FLOOR = 0.5  # a clause whose best sum is below says nothing that counts as a claim


def sums(clause: Clause, around: Surroundings) -> dict[ClaimKind, float]:
    """Return each kind's sum for one clause."""
    base = dict.fromkeys(ClaimKind, 0.0)
    base.update(_SECTION[clause.section])
    base[ClaimKind.ACTIVITY] += _activity(clause)
    base[ClaimKind.RESULT] += _result(clause)
    base[ClaimKind.PROBLEM] += _problem(clause)
    base[ClaimKind.CAUSE] += _cause(clause, around)
    base[ClaimKind.EVIDENCE] += _evidence(clause, around)
    base[ClaimKind.PLAN] += _plan(clause, around)
    return base


def kind_of(clause: Clause, around: Surroundings) -> tuple[ClaimKind | None, float]:
    """Return the likeliest kind and its sum, or None where nothing speaks for any."""
    base = sums(clause, around)
    if clause.is_vogue:
        return ClaimKind.ACTIVITY, FLOOR
    kind = max(base, key=lambda k: base[k])
    return (kind, base[kind]) if base[kind] >= FLOOR else (None, base[kind])


def polarity(clause: Clause) -> int:
    """Return 1 for good news, -1 for bad news, 0 where neither figures nor words tell."""
    told = [p for p in (judged(m) for m in clause.metrics) if p]
    if told:
        return 1 if sum(told) > 0 else -1
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
    known = clause.has("metric")
    counted = metric.unit not in ("%", "‰", "pp", "元", "美元")
    if counted and not known and (metric.unit in _DEED_UNITS or clause.has("deed_verb")):
        return False
    if metric.unit in _SPANS_OF_TIME and not known:
        return False
    if not metric.unit and not known and not metric.name:
        return False  # a bare figure measures nothing
    if metric.name and _IDENTIFIES.search(metric.name):
        return False
    return _DIGIT.search(clause.text) is not None


def _activity(c: Clause) -> float:
    total = 0.0
    if c.has("deed_verb"):
        total += 1.0 if c.has("deed_done", "cause_vogue") else 0.6
    if c.metrics and all(m.is_workload for m in c.metrics):
        total += 1.2
    if has_outcome(c):
        total -= 0.5
    if c.has("tone_bad"):
        total -= 0.3
    if c.is_log and c.section is not SectionKind.PLANS:
        total += 1.0
    return total


def _result(c: Clause) -> float:
    total = 0.0
    direction = polarity(c)
    if has_outcome(c):
        total += 1.3 if direction >= 0 else 0.4
    elif c.measures:
        total += 0.4
    if direction > 0:
        total += 1.0
    elif direction < 0:
        total -= 0.4
    if c.has("vague_tone") and direction >= 0 and not c.has("tone_bad"):
        total += 0.8
    return total


def _problem(c: Clause) -> float:
    total = 0.0
    words = min(c.count("tone_bad"), 2)
    total += 1.3 * (words > 0) + 0.3 * (words > 1)
    told = [p for p in (judged(m) for m in c.metrics) if p]
    if told:
        total += 1.8 if sum(told) < 0 else -1.2
    elif words and has_outcome(c):
        total += 0.5
    if not told and _SHORT.search(c.text):
        total += 0.6
    if c.has("tone_good") and not words:
        total -= 0.6
    if c.has("deed_notyet"):
        total += 0.7
    if c.has("deed_fix") and not any(m.is_compared for m in c.metrics):
        total -= 1.0
    return total


def _cause(c: Clause, around: Surroundings) -> float:
    total = 0.0
    marks = c.has("cause_mark")
    if marks:
        total += 1.6
        if any(h.word in _OPENERS and h.start - c.span.start <= 2 for h in c.cues["cause_mark"]):
            total += 1.2
    if c.has("cause_vogue") and c.has("deed_verb"):
        return 0.0
    if c.has("cause_guess"):
        total += 1.2
    if c.has("cause_empty"):
        total += 1.6
    after = around.has_open_problem or around.before in (ClaimKind.PROBLEM, ClaimKind.CAUSE)
    if after and not has_outcome(c):
        if c.has("tone_bad") and not c.has("switch_mark") and not c.measures:
            total += BAD_AFTER_BAD
        total += 1.3 if c.has("cause_change") else 0.8 if c.has("cause_flavour") else 0.3
    elif around.before is ClaimKind.RESULT and marks:
        total += 0.3
    if around.before is ClaimKind.CAUSE and not c.metrics:
        total += 0.5
    return total


def _evidence(c: Clause, around: Surroundings) -> float:
    total = IN_ANALYSIS if around.in_analysis and c.measures else 0.0
    if c.has("evidence_source"):
        total += 0.9 + (0.4 if c.measures else 0.0)
    if c.has_quote and c.has("evidence_voice"):
        total += 1.9
    elif c.has("evidence_voice") and c.measures:
        total += 0.8
    if c.has("evidence_split") and c.measures:
        total += 0.8
    if _SAMPLE.search(c.text):
        total += 1.0
    if not (around.has_open_problem or around.before in (ClaimKind.CAUSE, ClaimKind.EVIDENCE)):
        return total - (0.2 if _SAMPLE.search(c.text) else 0.6)
    shown = bool(c.measures) or c.has_quote or c.has("evidence_source", "evidence_voice")
    if shown:
        total += 0.6
        if around.before is ClaimKind.EVIDENCE:
            total += 0.6
    if has_outcome(c) and not any(m.is_compared and m.name for m in c.metrics):
        total += 0.8
    if around.before is ClaimKind.CAUSE and c.measures:
        total += 1.3
    return total


def _plan(c: Clause, around: Surroundings) -> float:
    total = 0.0
    if c.has("time_next"):
        total += 1.6
    total += 1.6 * (c.when > 0) - 1.5 * (c.when < 0)
    if c.has("plan_future"):
        total += 0.6 if any(h.end - h.start > 1 for h in c.cues["plan_future"]) else 0.3
    if c.has("plan_vague"):
        total += 0.6
    dated = any(n.kind is NumberKind.DATE for n in c.numbers)
    if dated and c.has("time_deadline") and not c.has("deed_done"):
        total += 1.1
    if c.has("plan_do") and not c.has("deed_done"):
        total += 0.4
    if around.is_tail and not around.has_plan_part:
        total += 0.8
    if c.has("plan_measure") and c.measures and not c.has("deed_done"):
        total += 0.5
    if c.has("deed_done"):
        total -= 0.8
    if c.is_log and c.section is not SectionKind.PLANS:
        total -= 1.5
    if c.has("time_past", "time_now") and not c.has("time_next"):
        total -= 0.6
    if around.before is ClaimKind.PLAN:
        total += 0.8
    elif around.follows_plan and not c.has("deed_done", "time_past"):
        total += 2.0
    if c.section is not SectionKind.PLANS and not around.follows_plan and polarity(c) and has_outcome(c):
        total -= 0.8
    return total
