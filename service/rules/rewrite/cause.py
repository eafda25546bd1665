"""Causes that are missing, empty, unproven or guessed: asked for beside the problem they explain."""

from collections.abc import Iterator, Sequence

from service.core.numbers.model import Metric
from service.core.reading import Claim, ClaimKind, Relation, Trait
from service.core.rewrite import RewriteDraft
from service.core.score import DimensionKey
from service.core.span import Span
from service.rules.rewrite.pen import Candidate, Pen
from service.rules.rewrite.scene import Scene
from service.rules.rewrite.topic import figure_of
from service.rules.rewrite.wording import subject_of

_SWING = 10.0  # a change of so many percent is one a lead expects to see explained
CAUSE_SAMPLES = (
    "新人填表时第二步要重复输入手机号",
    "排班表没有跟着改，晚高峰只留了一个窗口",
    "老客户打开短信后看到的券已经过期",
)
PROOF_SAMPLES = (
    "抽看 30 条记录，22 条停在同一步",
    "回访 20 人，14 人说“不知道要先登记”",
    "翻后台记录，41 单里 33 单都是这样",
)


def candidates(scene: Scene) -> Iterator[Candidate]:
    """Yield one draft a weak cause, or a result's unexplained swing where the note tells no problem."""
    reading = scene.reading
    for claim in reading.of(ClaimKind.CAUSE):
        if any(link.relation is Relation.CAUSES for link in claim.links):
            found = _weak(scene, claim)
            if found is not None:
                yield found
    if not reading.of(ClaimKind.PROBLEM):
        for claim in reading.of(ClaimKind.RESULT):
            swing = next((m for m in claim.metrics if _swings(m)), None)
            explained = reading.linked_to(claim.id, Relation.CAUSES)
            if swing is not None and not explained and not scene.in_row(claim):
                yield Candidate(2.2, _swing(scene, claim))


def _swings(metric: Metric) -> bool:
    if metric.change is not None and metric.change_unit == "%":
        return abs(metric.change) >= _SWING
    if metric.value is None or not metric.baseline:
        return False
    return abs(metric.value / metric.baseline - 1) * 100 >= _SWING


def _weak(scene: Scene, claim: Claim) -> Candidate | None:
    """Return the draft for a cause that is empty, a guess without a test, or without proof."""
    span = last_clause(scene, claim)
    if span is None:
        return None
    problem = scene.reading.claim(next(k.target for k in claim.links if k.relation is Relation.CAUSES))
    proofs = [
        *scene.reading.linked_to(claim.id, Relation.SUPPORTS),
        *scene.reading.linked_to(problem.id, Relation.SUPPORTS),
    ]
    if claim.has(Trait.EMPTY):
        return Candidate(3.2, _empty(scene, problem, span))
    if claim.has(Trait.HYPOTHESIS):
        return None if claim.has(Trait.VERIFIABLE) else Candidate(2.6, _guess(scene, problem, span))
    if not proofs:
        return Candidate(2.8, _unproven(scene, problem, span))
    return Candidate(1.0, _deeper(scene, problem, span))


def last_clause(scene: Scene, claim: Claim) -> Span | None:
    """Return the clause that words may be added to: the claim's last, outside headings and table heads."""
    found = scene.clauses(claim.span)
    return found[-1] if found and scene.is_placeable(found[-1]) else None


def about(scene: Scene, problem: Claim) -> str | None:
    """Return a short name for what went wrong, to be used in labels: a figure's name or the subject's word."""
    figure = figure_of(scene, problem)
    if figure is not None and figure.name:
        return figure.name
    found = subject_of(scene.view(problem.span))
    return found[1] if found is not None and len(found[1]) >= 2 else None


def cause_blank(pen: Pen, problem: Claim) -> str:
    """Return the blank for the direct cause of a problem, named after the problem."""
    scene = pen.scene
    name = about(scene, problem)
    words = scene.words(scene.trimmed(problem.span))[:20]
    label = f"{name}的直接原因" if name else "直接原因"
    question = (
        f"{name}这件事，是哪一步、哪群人出了什么问题？"
        if name
        else f"“{words}”：是哪一步、哪群人出了什么问题？"
    )
    return pen.blank(label, question, _turned(scene, CAUSE_SAMPLES, "cause"))


def proof_blank(pen: Pen) -> str:
    """Return the blank for the proof of a cause; its label takes turns."""
    labels = ("看了什么、多少条里有多少条", "哪份记录或谁的原话", "查过的数据或原话")
    question = "这个判断从哪看出来的：查了什么、多少条里有多少条，或者谁的原话？"
    scene = pen.scene
    return pen.blank(_turned(scene, labels, "proof_label"), question, _turned(scene, PROOF_SAMPLES, "proof"))


def _turned(scene: Scene, choices: Sequence[str], key: str) -> str:
    at = scene.turns[key]
    scene.turns[key] += 1
    return choices[at % len(choices)]


def _empty(scene: Scene, problem: Claim, span: Span) -> RewriteDraft:
    pen, words = Pen(scene), scene.words(span)
    form = scene.form("cause", "empty")
    rewritten = form.format(x=words, cause=cause_blank(pen, problem), proof=proof_blank(pen))
    return pen.draft(
        span,
        rewritten,
        (DimensionKey.CAUSE,),
        "这个原因换到哪一周都说得通，落到具体的环节或人群、再给一条依据，才知道该改哪里。",
        ("R202", "R205"),
    )


def _guess(scene: Scene, problem: Claim, span: Span) -> RewriteDraft:
    pen, words = Pen(scene), scene.words(span)
    when = pen.blank("哪天", f"“{words[:18]}”打算哪天前验证？", "周三")
    check = pen.blank(
        "查什么或问谁", f"怎么验证“{words[:18]}”：看哪份记录，还是问哪些人？", "抽查 30 条记录做对照"
    )
    return pen.draft(
        span,
        scene.form("cause", "guess").format(x=words, when=when, check=check),
        (DimensionKey.CAUSE,),
        "推测可以写，再写上怎么验证、哪天有结论，它就能落地。",
        ("R204", "R203"),
    )


def _unproven(scene: Scene, problem: Claim, span: Span) -> RewriteDraft:
    pen, words = Pen(scene), scene.words(span)
    return pen.draft(
        span,
        scene.form("cause", "unproven").format(x=words, proof=proof_blank(pen)),
        (DimensionKey.CAUSE,),
        "原因已经指到了具体的地方，补一条依据，别人才能复核。",
        ("R203",),
    )


def _deeper(scene: Scene, problem: Claim, span: Span) -> RewriteDraft:
    pen, words = Pen(scene), scene.words(span)
    cause = pen.blank("再往上一层的原因", f"“{words[:18]}”又是怎么来的？", CAUSE_SAMPLES[1])
    return pen.draft(
        span,
        scene.form("cause", "deeper").format(x=words, cause=cause, proof=proof_blank(pen)),
        (DimensionKey.CAUSE,),
        "再往上问一层，改的就是根子，不只是这一次。",
        ("R206",),
    )


def _swing(scene: Scene, claim: Claim) -> RewriteDraft:
    span = scene.trimmed(claim.span)
    pen, words = Pen(scene), scene.words(span)
    name = about(scene, claim)
    cause = pen.blank(
        f"{name}变化的来源" if name else "变化的来源",
        f"{name or '这个变化'}主要是哪个渠道、人群或动作带来的？",
        "老客户收到的短信换成了带门店地址的版本",
    )
    return pen.draft(
        span,
        scene.form("cause", "swing").format(x=words, cause=cause, proof=proof_blank(pen)),
        (DimensionKey.CAUSE,),
        "变化不小，写清楚是什么带来的，下次才能照着做或避开。",
        ("R207",),
    )
