"""Vague or open-ended plan items: the author's topic, with day, step and goal to be filled in."""

import re
from collections.abc import Iterator

from service.core.numbers.model import Metric
from service.core.reading import Claim, ClaimKind, Relation, SectionKind
from service.core.rewrite import RewriteDraft
from service.core.score import DimensionKey
from service.core.span import Span
from service.rules.rewrite.pen import Candidate, Pen, quoted
from service.rules.rewrite.scene import Scene
from service.rules.rewrite.topic import Topic, back, figure_name, plan_topic, value_of

_HELD = (
    "动作已经具体，补上{told}，到时候就能对照着看。",
    "要做什么说清楚了，再写上{told}，下一期就知道做没做到。",
)
_CONCRETE = (
    "方向已经有了，再写成能做、能查的一步：哪天前、做什么、到多少算好。",
    "写成做完能打勾的一件事：哪天前、动哪里、看哪个数。",
)
_DIMENSIONS = (DimensionKey.PLAN,)
_PAIR = 2  # clauses of one sentence; more are a list
_BARE = 3  # a topic of so few characters sounds cut off
# "月底前", "周三", "11/18"; not "3 单"
_DAY = re.compile(r"[月年季]底|周末|(?:周|星期|礼拜)[一二三四五六日天]|\d{1,2}[./月]\d{1,2}")


def candidates(scene: Scene) -> Iterator[Candidate]:
    """Yield one draft a plan item that names nothing to do, or that lacks its day or goal."""
    vague: set[str] = set()
    for found, plan in scene.targets("P303"):
        passage = scene.passage(plan)
        if passage is None or not _is_ahead(scene, plan):
            continue
        vague.add(plan.id)
        problem = served(scene, plan)
        worth = (3.2 if problem is not None else 1.5) - 0.05 * found.rank
        yield Candidate(worth, _smart(scene, passage, problem))
    lacks: dict[str, set[str]] = {}
    plans: dict[str, Claim] = {}
    for code in ("P304", "P305"):
        for _, plan in scene.targets(code):
            lacks.setdefault(plan.id, set()).add(code)
            plans[plan.id] = plan
    for key, plan in plans.items():
        passage = scene.passage(plan)
        if key in vague or passage is None or not _is_ahead(scene, plan):
            continue
        if _DAY.search(scene.view(passage)):
            lacks[key].discard("P304")
        if not lacks[key]:
            continue
        worth = 2.4 if served(scene, plan) is not None else 1.0
        yield Candidate(worth, _held(scene, passage, lacks[key]))


def _is_ahead(scene: Scene, plan: Claim) -> bool:
    """Tell whether words may be added to a plan: outside tables, and told as something to come."""
    if plan.kind is not ClaimKind.PLAN or scene.in_row(plan):
        return False
    in_part = scene.reading.sections[plan.section].kind is SectionKind.PLANS
    return in_part or scene.has("time_next", plan.span)


def served(scene: Scene, plan: Claim) -> Claim | None:
    """Return the problem that a plan takes up, through its cause where it names that."""
    for link in plan.links:
        if link.relation is not Relation.ADDRESSES or link.source != "text":
            continue
        target = scene.reading.claim(link.target)
        if target.kind is not ClaimKind.CAUSE:
            return target
        for onward in target.links:
            if onward.relation is Relation.CAUSES and onward.source == "text":
                return scene.reading.claim(onward.target)
    return None


def _smart(scene: Scene, passage: Span, problem: Claim | None) -> RewriteDraft:
    pen = Pen(scene)
    part, topic = _part(scene, passage)
    metric = problem.metrics[0] if problem is not None and len(problem.metrics) == 1 else None
    value = value_of(scene, metric) if metric is not None else None
    name = figure_name(scene, problem, metric) if problem is not None and metric is not None else None
    if topic is None:
        mended = _whole(pen, scene.document.words(part))
    elif metric is not None and value is not None and name is not None:
        mended = _measured(pen, topic, metric, name, value)
    else:
        mended = _topic(pen, topic)
    why = pen.turn(_CONCRETE, "concrete")
    return pen.draft(passage, scene.mended(passage, part, mended), _DIMENSIONS, why, ("P303", "P304", "P305"))


def _part(scene: Scene, passage: Span) -> tuple[Span, Topic | None]:
    """Return the clause to be made concrete: the first that splits into topic and verb, else the last.

    A list of slogans is added to at its end: words put into its middle would tear the sentence.
    """
    found = scene.clauses(passage)
    if len(found) > _PAIR:
        return found[-1], None
    for clause in found:
        topic = plan_topic(scene, clause)
        if topic is not None:
            return clause, topic
    vague = [c for c in found if scene.has("plan_vague", c)] or found
    return vague[-1], None


def _measured(pen: Pen, topic: Topic, metric: Metric, name: str, value: str) -> str:
    scene = pen.scene
    words = _named(scene, topic)
    when, what = pen.when(words), pen.step(words)
    goal = pen.blank(f"{name}的目标", f"{name}从{value}{back(metric)}多少算好？", _goal(metric, value))
    return _lead(scene, topic) + scene.form("plan", "measured").format(
        topic=words,
        sep=_sep(topic),
        when=when,
        partner=_partner(scene, topic),
        what=what,
        name=name,
        value=value,
        verb=scene.own(back(metric)),
        goal=goal,
    )


def _goal(metric: Metric, value: str) -> str:
    amount = (metric.value or 1.0) * (0.8 if back(metric) == "降到" else 1.2)
    return f"{amount:.1f}%" if "%" in value else f"{amount:.0f}"


def _lead(scene: Scene, topic: Topic) -> str:
    return scene.document.words(topic.lead) if topic.lead is not None else ""


def _named(scene: Scene, topic: Topic) -> str:
    """Return the topic as a sentence can open with it: a bare word or two are pointed at."""
    words = scene.document.words(topic.span)
    return words + scene.own("这块") if len(words) <= _BARE and words[-1] not in "事块边" else words


def _sep(topic: Topic) -> str:
    return "，" if topic.lead is not None else "："  # "下周：退货：…" has one colon too many


def _partner(scene: Scene, topic: Topic) -> str:
    return scene.document.words(topic.partner) if topic.partner is not None else ""


def _topic(pen: Pen, topic: Topic) -> str:
    scene = pen.scene
    words = _named(scene, topic)
    label = "定下哪项改动" if topic.partner is not None else None
    when, what = pen.when(words), pen.step(words, label)
    goal = pen.goal(words)
    return _lead(scene, topic) + scene.form("plan", "topic").format(
        topic=words, sep=_sep(topic), when=when, partner=_partner(scene, topic), what=what, goal=goal
    )


def _whole(pen: Pen, words: str) -> str:
    about = quoted(words)
    when, what = pen.when(about), pen.step(about)
    goal = pen.goal(about)
    return pen.scene.form("plan", "whole").format(x=words, when=when, what=what, goal=goal)


def _held(scene: Scene, passage: Span, lacks: set[str]) -> RewriteDraft:
    """Add what a concrete step lacks: its day, its goal, or both."""
    pen, words = Pen(scene), scene.document.words(passage)
    about = quoted(words)
    pieces = {"x": words}
    if "P304" in lacks:
        pieces["when"] = pen.when(about)
    if "P305" in lacks:
        goal = pen.blank("看哪个数、到多少", f"{about}，做完以后看哪个数、到多少算见效？", "新单到 30 单以上")
        pieces["goal"] = goal
    name = "both" if len(lacks) > 1 else "date" if "P304" in lacks else "goal"
    told = {"both": "期限和目标", "date": "期限", "goal": "目标"}[name]
    why = pen.turn(_HELD, "held").format(told=told)
    return pen.draft(passage, scene.form("plan", name).format(**pieces), _DIMENSIONS, why, sorted(lacks))
