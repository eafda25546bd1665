"""Problems that nobody takes up or explains: problem, cause and next step as one passage."""

from collections.abc import Iterator

from service.core.reading import Claim, ClaimKind, Relation, Trait
from service.core.rewrite import RewriteDraft
from service.core.score import DimensionKey
from service.core.scoring.features import plan_features
from service.core.span import Span
from service.rules.rewrite.cause import about, cause_blank, last_clause, proof_blank
from service.rules.rewrite.pen import Candidate, Pen
from service.rules.rewrite.plan import step_blank, when_blank
from service.rules.rewrite.scene import Scene


def candidates(scene: Scene) -> Iterator[Candidate]:
    """Yield one draft a problem that lacks a cause, a next step, or both."""
    reading = scene.reading
    touched = {c.id for c in plan_features(reading).touched}
    has_plan = bool(reading.of(ClaimKind.PLAN))
    for problem in reading.of(ClaimKind.PROBLEM):
        causes = reading.linked_to(problem.id, Relation.CAUSES)
        lacks_cause = not causes
        lacks_plan = problem.id not in touched
        if not lacks_cause and not lacks_plan:
            continue
        span = last_clause(scene, _last_word(problem, causes, scene))
        if span is None:
            continue
        worth = 2.5 + 0.5 * problem.has(Trait.MEASURABLE) + 0.4 * (lacks_cause and lacks_plan)
        if lacks_cause and lacks_plan and scene.ends_sentence(span):
            yield Candidate(worth, _full(scene, problem, span, has_plan))
        elif lacks_cause:
            yield Candidate(worth, _unexplained(scene, problem, span))
        elif scene.ends_sentence(span):
            yield Candidate(worth, _next(scene, problem, span, has_plan))


def _last_word(problem: Claim, causes: list[Claim], scene: Scene) -> Claim:
    """Return the claim after which a next step is told: the cause that follows the problem in its line, else it."""
    near = [c for c in causes if c.line == problem.line and c.span.start > problem.span.start]
    return near[-1] if near else problem


def _full(scene: Scene, problem: Claim, span: Span, has_plan: bool) -> RewriteDraft:
    pen, words = Pen(scene), scene.words(span)
    name = about(scene, problem) or f"“{words[:14]}”"
    form = scene.form("triple", "full")
    cause, proof = cause_blank(pen, problem), proof_blank(pen)
    when, what = when_blank(pen, name), step_blank(pen, name, "针对它做什么")
    return pen.draft(
        span,
        form.format(x=words, cause=cause, proof=proof, when=when, what=what),
        (DimensionKey.CAUSE, DimensionKey.PLAN),
        "问题后面接上原因、依据和下一步，读的人不用再追问，下周也有人接着做。",
        ("R201", "P302") if has_plan else ("R201", "P301"),
    )


def _unexplained(scene: Scene, problem: Claim, span: Span) -> RewriteDraft:
    pen, words = Pen(scene), scene.words(span)
    form = scene.form("cause", "unexplained")
    return pen.draft(
        span,
        form.format(x=words, cause=cause_blank(pen, problem), proof=proof_blank(pen)),
        (DimensionKey.CAUSE,),
        "现在只看到现象，写出哪一步出了问题、从哪看出来的，下一步才对得上。",
        ("R201", "R207", "R205"),
    )


def _next(scene: Scene, problem: Claim, span: Span, has_plan: bool) -> RewriteDraft:
    pen, words = Pen(scene), scene.words(span)
    name = about(scene, problem) or f"“{words[:14]}”"
    when, what = when_blank(pen, name), step_blank(pen, name, "针对它做什么")
    goal = pen.blank("看哪个数、到多少", f"{name}，看哪个数、到多少算好了？", "问的人降到 5 人以内")
    return pen.draft(
        span,
        scene.form("triple", "plan").format(x=words, when=when, what=what, goal=goal),
        (DimensionKey.PLAN,),
        "问题写出来了，计划里还没人接；写上一步具体的动作，它才会往前走。",
        ("P302",) if has_plan else ("P301", "P302"),
    )
