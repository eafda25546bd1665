"""Vague or open-ended plan items: the author's topic, with date, step and goal to be filled in."""

from collections.abc import Iterator

from service.core.numbers.model import Metric
from service.core.reading import Claim, ClaimKind, Relation, Trait
from service.core.rewrite import RewriteDraft
from service.core.score import DimensionKey
from service.core.span import Span
from service.rules.rewrite.pen import Candidate, Pen
from service.rules.rewrite.scene import Scene
from service.rules.rewrite.topic import Topic, back, figure_of, plan_topic, value_of

STEPS = ("把提醒改成实时发送", "上线分组排班表", "给每位负责人发一份对照卡")
_CODES_VAGUE = ("P303", "P304", "P305")


def candidates(scene: Scene) -> Iterator[Candidate]:
    """Yield one draft a plan item that is vague or lacks date or goal."""
    for plan in scene.reading.of(ClaimKind.PLAN):
        if scene.in_row(plan) or plan.has(Trait.OFF_TOPIC):
            continue
        problem = served(scene, plan)
        worth = 3.0 if problem is not None else 1.2
        if plan.has(Trait.VAGUE) or not plan.has(Trait.SPECIFIC):
            span = _vague_clause(scene, plan)
            if span is not None and scene.is_placeable(span):
                yield Candidate(worth, _smart(scene, plan, span, problem))
        elif not (plan.has(Trait.DATED) and plan.has(Trait.MEASURABLE)):
            found = scene.clauses(plan.span)
            if found and scene.is_placeable(found[-1]):
                yield Candidate(worth - 0.8, _held(scene, plan, found[-1]))


def served(scene: Scene, plan: Claim) -> Claim | None:
    """Return the problem that a plan takes up, through its cause where it names that."""
    for link in plan.links:
        if link.relation is not Relation.ADDRESSES or link.source != "text":
            continue
        target = scene.reading.claim(link.target)
        if target.kind is ClaimKind.CAUSE:
            onward = next((k.target for k in target.links if k.relation is Relation.CAUSES), None)
            if onward is None:
                continue
            target = scene.reading.claim(onward)
        return target
    return None


def _vague_clause(scene: Scene, plan: Claim) -> Span | None:
    """Return the clause to be made concrete: one that comes apart into topic and vague verb, else the last."""
    found = scene.clauses(plan.span)
    vague = [c for c in found if scene.has("plan_vague", c) or scene.has("plan_future", c)]
    apart = [c for c in vague if plan_topic(scene, c) is not None]
    if apart:
        return apart[0]
    return vague[-1] if vague else (found[-1] if found else None)


def _smart(scene: Scene, plan: Claim, span: Span, problem: Claim | None) -> RewriteDraft:
    pen = Pen(scene)
    topic = plan_topic(scene, span)
    metric = figure_of(scene, problem) if problem is not None else None
    value = value_of(scene, metric) if metric is not None else None
    if topic is None:
        rewritten = _whole(pen, scene.words(span))
    elif metric is not None and value is not None and metric.name:
        rewritten = _metric(pen, topic, metric, value)
    else:
        rewritten = _topic(pen, topic)
    return pen.draft(
        span,
        rewritten,
        (DimensionKey.PLAN,),
        "把方向换成一个能做、能查的动作：哪天前、改什么、做到多少。",
        _CODES_VAGUE,
    )


def when_blank(pen: Pen, about: str) -> str:
    """Return the blank for a deadline."""
    return pen.blank("哪天", f"{about}，哪天前做？", ("周三", "周五")[pen.scene.turns["when"] % 2])


def step_blank(pen: Pen, about: str, label: str = "具体改哪一处") -> str:
    """Return the blank for a concrete step."""
    at = pen.scene.turns["step"]
    pen.scene.turns["step"] += 1
    return pen.blank(label, f"{about}，具体改什么、怎么改？", STEPS[at % len(STEPS)])


def _metric(pen: Pen, topic: Topic, metric: Metric, value: str) -> str:
    scene = pen.scene
    words = scene.words(topic.span)
    when, what = when_blank(pen, words), step_blank(pen, words)
    goal = pen.blank(
        f"{metric.name}的目标", f"{metric.name}从{value}{back(metric)}多少算好？", _goal(metric, value)
    )
    return scene.form("plan", "metric").format(
        topic=words,
        when=when,
        partner=_partner(scene, topic),
        what=what,
        name=metric.name,
        value=value,
        verb=scene.own(back(metric)),
        goal=goal,
    )


def _goal(metric: Metric, value: str) -> str:
    amount = (metric.value or 1.0) * (0.8 if back(metric) == "降到" else 1.2)
    return f"{amount:.1f}%" if "%" in value else f"{amount:.0f}"


def _partner(scene: Scene, topic: Topic) -> str:
    return scene.words(topic.partner) if topic.partner is not None else ""


def _topic(pen: Pen, topic: Topic) -> str:
    scene = pen.scene
    words = scene.words(topic.span)
    label = "定下哪项改动" if topic.partner is not None else "具体改哪一处"
    when, what = when_blank(pen, words), step_blank(pen, words, label)
    goal = pen.blank("看哪个数、做到多少", f"{words}，看哪个数、做到多少算好？", "问的人降到 5 人以内")
    return scene.form("plan", "topic").format(
        topic=words, when=when, partner=_partner(scene, topic), what=what, goal=goal
    )


def _whole(pen: Pen, words: str) -> str:
    short = words[-16:]
    when, what = when_blank(pen, f"“{short}”"), step_blank(pen, f"“{short}”", "先做哪一步")
    goal = pen.blank("怎么算做到", f"“{short}”，看到什么结果算做到了？", "新单从 20 单提到 30 单")
    return pen.scene.form("plan", "whole").format(x=words, when=when, what=what, goal=goal)


def _held(scene: Scene, plan: Claim, span: Span) -> RewriteDraft:
    """Add what a concrete step lacks: its date, its goal, or both."""
    pen, words = Pen(scene), scene.words(span)
    short = f"“{words[-16:]}”"
    pieces = {"x": words}
    lacks_date, lacks_goal = not plan.has(Trait.DATED), not plan.has(Trait.MEASURABLE)
    if lacks_date:
        pieces["when"] = when_blank(pen, short)
    if lacks_goal:
        pieces["goal"] = pen.blank("看哪个数、到多少", f"{short}，看哪个数、到多少算成？", "到 30 单以上")
    name = "both" if lacks_date and lacks_goal else "date" if lacks_date else "goal"
    codes = [code for code, lacks in (("P304", lacks_date), ("P305", lacks_goal)) if lacks]
    told = {"both": "期限和目标", "date": "期限", "goal": "目标"}[name]
    return pen.draft(
        span,
        scene.form("plan", name).format(**pieces),
        (DimensionKey.PLAN,),
        f"动作已经具体，补上{told}，到时候就能对照着看。",
        codes,
    )
