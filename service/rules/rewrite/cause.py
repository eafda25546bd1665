"""Causes that are missing, empty, unproven or guessed: asked for beside what they explain."""

from collections.abc import Iterator

from service.core.finding import Finding
from service.core.reading import Claim, ClaimKind, Relation
from service.core.rewrite import RewriteDraft
from service.core.score import DimensionKey
from service.core.span import Span
from service.core.why import is_hearsay, why
from service.rules.rewrite.pen import CAUSES, Candidate, Pen, quoted
from service.rules.rewrite.scene import Scene
from service.rules.rewrite.topic import mishap, with_change

_UNPROVEN = (
    "原因已经指到了具体的地方，补一条依据，别人就能复核。",
    "这个原因说得通，再有一条依据，就不只是一家之言。",
)
_DIMENSIONS = (DimensionKey.CAUSE,)


def candidates(scene: Scene) -> Iterator[Candidate]:
    """Yield one draft a finding about causes; those on missing causes are told by `triple`."""
    kinds = (
        ("R203", 3.0, _unproven),
        ("R204", 2.8, _guess),
        ("R206", 2.0, _deeper),
    )
    for found, claim in scene.targets("R202"):
        passage = scene.passage(claim)
        if passage is not None and claim.kind is ClaimKind.CAUSE:
            yield Candidate(3.4 - 0.05 * found.rank, _empty(scene, claim, passage, found))
    for code, worth, write in kinds:
        for found, claim in scene.targets(code):
            passage = scene.passage(claim)
            if passage is None:
                continue
            if claim.kind is not ClaimKind.CAUSE:
                continue
            yield Candidate(worth - 0.05 * found.rank, write(scene, claim, passage))
    for found, claim in scene.targets("R207"):
        passage = scene.passage(claim)
        if passage is not None and claim.kind is ClaimKind.RESULT and not scene.in_row(claim):
            yield Candidate(2.6 - 0.05 * found.rank, _swing(scene, claim, passage))


def explained(scene: Scene, cause: Claim) -> Claim | None:
    """Return what a cause explains."""
    for link in cause.links:
        if link.relation is Relation.CAUSES and link.source == "text":
            return scene.reading.claim(link.target)
    return None


def _empty(scene: Scene, claim: Claim, passage: Span, found: Finding) -> RewriteDraft:
    pen, words = Pen(scene), scene.document.words(passage)
    problem = explained(scene, claim)
    name = mishap(scene, problem) if problem is not None else None
    cause = pen.blank(
        "哪群人、哪一步",
        f"{name or _named(scene, problem)}卡在哪群人、哪一步，那里出了什么问题？",
        pen.turn(CAUSES, "cause"),
    )
    form = scene.form("cause", "empty").format(x=words, cause=cause, proof=pen.proof())
    empty = quoted(found.quote or words)
    reason = f"{empty}换到哪一期都说得通，落到具体的环节或人群、再给一条依据，才知道该改哪里。"
    return pen.draft(passage, form, _DIMENSIONS, reason, ("R202",))


def _named(scene: Scene, problem: Claim | None) -> str:
    return "这件事" if problem is None else quoted(scene.document.words(scene.trimmed(problem.span)))


def _unproven(scene: Scene, claim: Claim, passage: Span) -> RewriteDraft:
    pen, words = Pen(scene), scene.document.words(passage)
    heard = is_hearsay(scene.document.view, passage)
    form = scene.form("cause", "unproven").format(x=words, proof=pen.proof(heard))
    reason = pen.turn(_UNPROVEN, "unproven")
    return pen.draft(passage, form, _DIMENSIONS, reason, ("R203",))


def _guess(scene: Scene, claim: Claim, passage: Span) -> RewriteDraft:
    pen, words = Pen(scene), scene.document.words(passage)
    guess = quoted(words)
    when = pen.blank("哪天", f"{guess}，打算哪天前验证？", pen.turn(("周三", "周五"), "when"))
    check = pen.blank(
        "查哪份记录或问哪些人", f"{guess}，看哪份记录、问哪些人就能验证？", "抽查 30 条记录做对照"
    )
    told = "guess" if scene.has("cause_guess", passage) else "checked"
    form = scene.form("cause", told).format(x=words, when=when, check=check)
    reason = "推测可以写，再写上哪天、用什么验证，它就不会一直悬着。"
    return pen.draft(passage, form, _DIMENSIONS, reason, ("R204",))


def _deeper(scene: Scene, claim: Claim, passage: Span) -> RewriteDraft:
    pen, words = Pen(scene), scene.document.words(passage)
    told = scene.document.words(why(scene.document.view, passage))
    question = f"{quoted(told)}又是怎么来的：哪个流程、规定或习惯让它发生？"
    cause = pen.blank("更上一层的原因", question, CAUSES[1])
    form = scene.form("cause", "deeper").format(x=words, cause=cause, proof=pen.proof())
    reason = "直接原因改掉管一次，再往上问一层，改掉的是根子。"
    return pen.draft(passage, form, _DIMENSIONS, reason, ("R206",))


def _swing(scene: Scene, claim: Claim, passage: Span) -> RewriteDraft:
    pen = Pen(scene)
    name = mishap(scene, claim)
    question = f"{name or '这个变化'}主要是哪个渠道、人群或动作带来的？"
    cause = pen.blank("哪个渠道或动作", question, "老客户收到的短信换成了带门店地址的版本")
    words = with_change(scene, claim, passage)
    told = "unexplained" if any(m.polarity < 0 for m in claim.metrics) else "swing"
    form = scene.form("cause", told).format(x=words, cause=cause, proof=pen.proof())
    reason = "变化不小，写清楚是什么带来的，下一次才能照着做或避开。"
    return pen.draft(passage, form, _DIMENSIONS, reason, ("R207",))
