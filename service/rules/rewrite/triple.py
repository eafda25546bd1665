"""Problems without a cause or a next step: problem, cause and next step as one passage."""

from collections.abc import Iterator, Sequence

from service.core.finding import Finding
from service.core.reading import Claim, ClaimKind, Relation, SectionKind, Trait
from service.core.rewrite import RewriteDraft
from service.core.score import DimensionKey
from service.core.span import Span
from service.rules.rewrite.pen import CAUSES, Candidate, Pen, quoted
from service.rules.rewrite.scene import Scene
from service.rules.rewrite.topic import mishap, with_change

_WHY = (
    "现在只看到现象，写出是哪一步的问题、从哪看出来的，下一步才对得上。",
    "知道了是什么，还不知道为什么；原因和依据写上，才看得出该改哪里。",
)
_CAUSE_CODES = ("R201", "R205", "R207")
_PLAN_CODES = ("P302", "P301")
_STEADY = ("没动", "持平", "没变", "差不多", "几乎一样")  # nothing moved, whatever the last digit says


def candidates(scene: Scene) -> Iterator[Candidate]:
    """Yield one draft a problem that lacks a cause, a next step, or both."""
    causes = {c.id: f for f, c in scene.targets(*_CAUSE_CODES) if c.kind is ClaimKind.PROBLEM}
    plans = {c.id: f for f, c in scene.targets(*_PLAN_CODES) if c.kind is ClaimKind.PROBLEM}
    for problem in scene.reading.of(ClaimKind.PROBLEM):
        why, what = causes.get(problem.id), plans.get(problem.id)
        if (why is None and what is None) or scene.in_row(problem) or _is_planned(scene, problem):
            continue
        passage = scene.passage(problem)
        if passage is None or (what is None and any(w in scene.view(passage) for w in _STEADY)):
            continue
        rank = min(f.rank for f in (why, what) if f is not None)
        worth = 3.0 + 0.4 * problem.has(Trait.MEASURABLE) - 0.05 * rank
        told = scene.reading.linked_to(problem.id, Relation.CAUSES)
        if why is not None and not told:
            shown = _shown(scene, problem, why)
            if shown is not None:
                yield Candidate(worth, shown)
            elif what is not None:
                yield Candidate(worth + 0.4, _whole(scene, problem, passage, (why, what)))
            else:
                yield Candidate(worth, _why(scene, problem, passage, why))
        elif what is not None:
            draft = _next(scene, problem, _after(scene, passage, told), what)
            if draft is not None:
                yield Candidate(worth, draft)


def _is_planned(scene: Scene, problem: Claim) -> bool:
    """Tell whether what reads like a problem stands in the plan part: it is taken up already."""
    return scene.reading.sections[problem.section].kind is SectionKind.PLANS


def _after(scene: Scene, passage: Span, causes: Sequence[Claim]) -> Span:
    """Return the passage drawn out over the causes that follow in the same sentence."""
    whole = scene.to_stop(passage)
    near = [c for c in causes if c.span.start >= passage.end and whole.end >= scene.trimmed(c.span).end]
    return Span(passage.start, max((scene.trimmed(c.span).end for c in near), default=passage.end))


def _whole(scene: Scene, problem: Claim, passage: Span, found: tuple[Finding, Finding]) -> RewriteDraft:
    """Tell cause and next step at the sentence's end; where more stands between, name the problem again."""
    name = mishap(scene, problem)
    rest = scene.to_stop(passage)
    is_plain = rest.end == passage.end and not (name and len(problem.metrics) > 1)
    if not is_plain and name is None:
        return _why(scene, problem, passage, found[0])
    pen = Pen(scene)
    words = with_change(scene, problem, passage) if is_plain else scene.document.words(rest)
    about = "针对" + (name or quoted(scene.document.words(passage)))
    rewritten = scene.form("triple", "whole" if is_plain else "named").format(
        x=words,
        name=scene.own(name or ""),
        cause=pen.cause(name, scene.document.words(passage)),
        proof=pen.proof(),
        when=pen.when(about),
        what=pen.step(about),
    )
    why = "问题后面接上原因、依据和下一步，读的人不用追问，下一期也有人接着做。"
    return pen.draft(rest, rewritten, (DimensionKey.CAUSE, DimensionKey.PLAN), why, [f.code for f in found])


def _why(scene: Scene, problem: Claim, passage: Span, found: Finding) -> RewriteDraft:
    pen = Pen(scene)
    words = with_change(scene, problem, passage)
    name = mishap(scene, problem)
    cause = pen.cause(name, scene.document.words(passage))
    told = "unexplained_named" if name and len(problem.metrics) > 1 else "unexplained"
    form = scene.form("cause", told).format(
        x=words, name=scene.own(name or ""), cause=cause, proof=pen.proof()
    )
    why = pen.turn(_WHY, "why")
    return pen.draft(passage, form, (DimensionKey.CAUSE,), why, (found.code,))


def _shown(scene: Scene, problem: Claim, found: Finding) -> RewriteDraft | None:
    """Tell the cause behind what was found out about a problem; None where nothing was."""
    proofs = [c for c in scene.reading.linked_to(problem.id, Relation.SUPPORTS) if not scene.in_row(c)]
    passage = scene.passage(proofs[-1]) if proofs else None
    if passage is None:
        return None
    pen = Pen(scene)
    words = scene.document.words(passage)
    cause = pen.blank(
        "直接原因", f"{quoted(words)}，说明是哪一步、哪个做法出了问题？", pen.turn(CAUSES, "cause")
    )
    form = scene.form("cause", "shown").format(x=words, cause=cause)
    why = "查到的已经摆出来了，点明它说明什么，下一步才对得上。"
    return pen.draft(passage, form, (DimensionKey.CAUSE,), why, (found.code,))


def _next(scene: Scene, problem: Claim, passage: Span, found: Finding) -> RewriteDraft | None:
    """Tell the next step at the sentence's end; None where the sentence left a nameless problem behind."""
    name = mishap(scene, problem)
    rest = scene.to_stop(passage)
    is_last = rest.end == passage.end
    if not is_last and name is None:
        return None
    pen = Pen(scene)
    about = "针对" + (name or quoted(scene.document.words(scene.trimmed(problem.span))))
    rewritten = scene.form("triple", "next" if is_last else "next_named").format(
        x=scene.document.words(rest),
        name=scene.own(name or ""),
        when=pen.when(about),
        what=pen.step(about),
        goal=pen.goal(about),
    )
    why = "问题写出来了，还没有人接；写上一步具体的动作和看哪个数，它才会往前走。"
    return pen.draft(rest, rewritten, (DimensionKey.PLAN,), why, (found.code,))
