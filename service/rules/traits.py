"""Small observable judgements about one claim: vague, dated, measurable, specific and their kin."""

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from itertools import groupby, pairwise

from service.core.document.model import Document, LineKind
from service.core.numbers.model import Number, NumberKind
from service.core.reading import ClaimKind, Trait
from service.core.span import Span
from service.rules import hollow, vague
from service.rules.clause import Clause
from service.rules.learned import Logits
from service.rules.logit import logit
from service.rules.meaning import direction
from service.rules.news import is_outcome, judged
from service.rules.shapes import listed
from service.rules.unit import Unit
from service.rules.words import Words

# "等候压到", "控制在", "不超过", "目标 " right before a length of time; not "再盯"
_BOUND = re.compile(
    r"(?:[压降缩减控]|缩短|控制|恢复)(?:到|至|在)[ 约≤<]{0,3}$"
    r"|(?:目标|要求|不超过?|[低少短]于|[≤<])[为是:]? ?$"
)
_BOUND_REACH = 6
_SHORT = ("毫秒", "秒", "分钟", "小时")
_WITHIN = ("以内", "之内", "内", " 以内", " 内")
_GROUP_ENDS = listed("group_end")
_DEADLINE_TAILS = listed("deadline_tail")
# "@阿宁" after a plan; not the "@" of "a@b.c"
_MENTION = re.compile(r"(?<![\w.])@([\w一-鿿]{1,8})")
_NAME = 12  # characters; a longer name is a piece of sentence
_TELLING = 11  # smaller numbers recur by chance
NAME_WEIGHT = 9.0
NUMBER_WEIGHT = 7.0
_OUTCOMES = (ClaimKind.RESULT, ClaimKind.PROBLEM, ClaimKind.EVIDENCE)
_ONE_ITEM = 9  # clauses; a longer line holds several plans
_SPELL = re.compile(r"\d ?[点:0-9]{0,4}[-–—~～至到]")  # "0–4 点", "9:00-11:00"; not "9:30"
_RANKED = re.compile(r"[Pp]\d")  # "P0|", "- P1"; not "-"
_COMMAS = (",", "，", "、")
_SHARED = {Trait.DATED, Trait.MEASURABLE, Trait.PRIORITISED, Trait.OWNED, Trait.REASONED}


def observe(document: Document, unit: Unit, words: Words, questions: Mapping[str, Logits]) -> None:
    """Add to a unit the traits that its words and numbers show."""
    spans = [c.span for c in unit.clauses]
    unit.words = words.content(*spans)
    unit.concepts = words.concepts(*spans)
    told = spans if unit.topic is None else [unit.topic, *spans]
    unit.meaning = direction(words.within(*told))
    for m in unit.metrics:
        if m.name and len(m.name) <= _NAME:
            unit.words.setdefault(m.name.lower(), NAME_WEIGHT)
    for n in unit.measures:
        if n.value >= _TELLING and n.kind is NumberKind.MEASURE and n.unit_kind != "percent":
            unit.words[f"#{n.value:g}{n.unit}"] = NUMBER_WEIGHT
    if unit.topic is not None:
        unit.words = {**words.content(unit.topic), **unit.words}
    if unit.kind is ClaimKind.PLAN:
        _plan(document, unit, questions["loose"])
        return
    if unit.kind is ClaimKind.CAUSE:
        _cause(unit, questions["hollow"])
    else:
        _outcome(unit)
    unit.vague = list(vague.passages(unit, questions["vague"]))
    if unit.vague and not unit.measures:
        unit.traits.add(Trait.VAGUE)


def _outcome(unit: Unit) -> None:
    traits = unit.traits
    metrics = unit.metrics
    outcome = [m for c in unit.clauses for m in c.metrics if is_outcome(c, m)]
    if any(m.is_compared for m in outcome):
        traits.add(Trait.COMPARED)
    if is_segmented(unit):
        traits.add(Trait.SEGMENTED)
    if unit.has("define_mark"):
        traits.add(Trait.DEFINED)
    if unit.has("key_mark"):
        traits.add(Trait.KEY)
    told = [judged(m) for m in metrics]
    if unit.kind is ClaimKind.PROBLEM or sum(told) < 0:
        traits.add(Trait.NEGATIVE)
    elif sum(told) > 0 or unit.has("tone_good"):
        traits.add(Trait.POSITIVE)
    if unit.has("deed_done") and unit.has("deed_verb"):
        traits.add(Trait.DONE)
    if outcome or (unit.kind is ClaimKind.EVIDENCE and any(n.unit for n in unit.measures)):
        traits.add(Trait.MEASURABLE)
    if unit.has_quote or unit.has("evidence_voice"):
        traits.add(Trait.QUOTED)
    if unit.has("cause_change", "cause_mark") and not outcome and unit.words:
        traits.add(Trait.SPECIFIC)
    if unit.has("cause_verify"):
        traits.add(Trait.VERIFIABLE)
    if unit.is_row:
        traits.add(Trait.ROW)


def share_commitments(document: Document, units: Sequence[Unit]) -> None:
    """Let plans that are one commitment share date, goal and order.

    Those of one list item are, whatever parts them, and their words count for each. Those of one line are
    where only commas part them (每晚 8 点提醒打卡，把第七天留下的做到 130 人), but each keeps its own words.
    """
    plans = [u for u in units if u.kind is ClaimKind.PLAN and not u.is_row]
    together: list[Unit] = []
    for plan in plans:
        if together and not _is_one(document, together[-1], plan):
            _share(document, together)
            together = []
        together.append(plan)
    _share(document, together)


def _is_one(document: Document, before: Unit, plan: Unit) -> bool:
    if before.line != plan.line:
        return False
    between = document.view[before.span.end : plan.span.start].strip()
    return document.lines[plan.line].kind is LineKind.ITEM or between in _COMMAS


def _share(document: Document, plans: Sequence[Unit]) -> None:
    if len(plans) < 2 or sum(len(p.clauses) for p in plans) > _ONE_ITEM:
        return
    shared = set().union(*(p.traits for p in plans)) & _SHARED
    words = {k: w for p in plans for k, w in p.words.items()}
    for plan in plans:
        plan.traits |= shared
        if Trait.SPECIFIC in plan.traits:
            plan.traits.discard(Trait.VAGUE)
        if document.lines[plan.line].kind is LineKind.ITEM:
            plan.words = words


def mark_breakdowns(document: Document, units: Sequence[Unit]) -> None:
    """Mark figures that break one down side by side: sub-items of a figure, or groups alike in one line."""
    for _, group in groupby(units, key=lambda u: u.line):
        row = [u for u in group if u.kind in _OUTCOMES and u.measures and not u.is_row]
        groups = [u for u in row if not u.has("metric") or u.has("scope_segment")]
        if len(groups) >= 2 and len({tuple(n.unit for n in u.measures)[:2] for u in groups}) == 1:
            for unit in groups:
                unit.traits.add(Trait.SEGMENTED)
        names = Counter(m.name for u in row for m in u.metrics if m.name and m.value is not None)
        for unit in row:
            if any(m.name and names[m.name] > 1 and not m.is_compared for m in unit.metrics):
                unit.traits.add(Trait.SEGMENTED)
    subs: dict[int, list[Unit]] = {}
    for unit in units:
        line = document.lines[unit.line]
        if line.kind is LineKind.ITEM and line.level > 1 and unit.kind in _OUTCOMES and unit.measures:
            subs.setdefault(unit.item, []).append(unit)
    for below in subs.values():
        if len({u.line for u in below}) >= 2:
            for unit in below:
                unit.traits.add(Trait.SEGMENTED)


def is_segmented(unit: Unit) -> bool:
    """Tell whether figures are broken down: parallel figures of one unit under different names or groups."""
    metrics = unit.metrics
    if unit.is_row:
        return bool(metrics) and not unit.row_is_metric
    if len({m.segment for m in metrics if m.segment}) >= 2:
        return True
    if unit.has("evidence_split") and len(unit.measures) >= 2:
        return True
    if any(m.is_compared for m in metrics) and _names_groups(unit):
        return True
    if not unit.has("scope_segment") and not any(m.name and m.name.endswith(_GROUP_ENDS) for m in metrics):
        return False
    named: dict[str, set[str]] = {}
    for m in metrics:
        if m.name and m.value is not None:
            named.setdefault(m.unit, set()).add(m.name)
    return any(len(names) >= 2 for names in named.values())


def _names_groups(unit: Unit) -> bool:
    """Tell whether two clauses speak of two groups: 安卓 38%→29%，iOS 没动."""
    named = [{h.word for h in c.cues.get("scope_segment", ())} for c in unit.clauses]
    return any(one and other and one.isdisjoint(other) for one, other in pairwise(named))


def _cause(unit: Unit, table: Logits) -> None:
    traits = unit.traits
    if unit.has("cause_guess"):
        traits.add(Trait.HYPOTHESIS)
    if unit.has("cause_verify"):
        traits.add(Trait.VERIFIABLE)
    is_empty = not unit.words or logit(table, hollow.signs(unit)) >= hollow.HOLLOW
    traits.add(Trait.EMPTY if is_empty else Trait.SPECIFIC)


def _told_as_goal(document: Document, clause: Clause, number: Number) -> bool:
    """Tell whether a plan's number can be held to: written in digits, or next to a word of reaching."""
    return clause.has("plan_measure", "metric") or any(c.isdigit() for c in document.slice(number.span))


def _is_goal(document: Document, number: Number) -> bool:
    """Tell whether a number can be a goal: a measure; a length of time only where it is one to be kept to.

    等候压到 15 分钟 and 30 分钟内到场 are goals; 盯 7 天 and 三天内发出 are not.
    """
    if number.kind not in (NumberKind.MEASURE, NumberKind.CHANGE):
        return False
    if number.unit_kind != "duration":
        return True
    start, end = number.span
    before = document.view[max(0, start - _BOUND_REACH) : start]
    if _BOUND.search(before):
        return True
    is_short = number.unit in _SHORT
    return is_short and (before.rstrip(" ").endswith("到") or document.view.startswith(_WITHIN, end))


def _plan(document: Document, unit: Unit, table: Logits) -> None:
    traits = unit.traits
    dates = [n for n in unit.numbers if n.kind is NumberKind.DATE] or [
        n for n in unit.numbers if n.kind is NumberKind.TIME and not _SPELL.search(document.slice(n.span))
    ]
    if dates or unit.has("time_often", "day_mark"):
        traits.add(Trait.DATED)
        if unit.deadline is None and dates:
            unit.deadline = deadline(document, dates[0].span, unit.span)
    if any(_is_goal(document, n) and _told_as_goal(document, c, n) for c in unit.clauses for n in c.measures):
        traits.add(Trait.MEASURABLE)
    text = document.slice(unit.span)
    mention = _MENTION.search(text)
    if mention is not None:
        traits.add(Trait.OWNED)
        unit.owner = unit.owner or mention.group(1)
    elif unit.has("plan_owner"):
        traits.add(Trait.OWNED)
    if unit.has("plan_priority") or _RANKED.search(document.lines[unit.line].marker):
        traits.add(Trait.PRIORITISED)
    if unit.has("plan_reason"):
        traits.add(Trait.REASONED)
    if unit.has("cause_verify"):
        traits.add(Trait.VERIFIABLE)
    loose = logit(table, hollow.signs(unit))
    if loose < hollow.CONCRETE and unit.words:
        traits.add(Trait.SPECIFIC)
    elif loose >= hollow.LOOSE or not unit.words:
        traits.add(Trait.VAGUE)


def deadline(document: Document, date: Span, within: Span) -> str:
    """Return a date with the word that makes it a deadline ("周三前", "11 月底前")."""
    end = date.end
    after = document.view[end : min(end + 4, within.end)]
    for tail in _DEADLINE_TAILS:
        if after.lstrip().startswith(tail):
            end += len(after) - len(after.lstrip()) + len(tail)
            break
    return document.view[date.start : end].strip()
