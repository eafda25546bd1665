"""An evaluation where a figure should stand: the author's clause, with the figures it rests on to be filled in."""

import re
from collections.abc import Iterator

from service.core.reading import Claim, ClaimKind, Trait
from service.core.rewrite import RewriteDraft
from service.core.score import DimensionKey
from service.core.span import Span
from service.rules.rewrite.pen import Candidate, Pen
from service.rules.rewrite.scene import Scene
from service.rules.rewrite.wording import Subject, subject_of

# "社群活动整体效果不错"; not "效果如下"
_EFFECT = re.compile(
    r"(?P<s>\S{2,14}?)(?:整体|总体|的)?效果(?:还|也|挺|很|都|比较|非常|算)?(?:是)?"
    r"(?:不错|很好|好|良好|明显|显著|可以|行|一般|理想)的?"
)
# "客户满意度稳步提升了"; not "有所准备"
_MOVED = re.compile(
    r"(?P<s>\S{2,12}?)(?:也|都|还)?(?:有所|稳步|明显|显著|大幅|逐步|持续|逐渐|进一步|有一定|有较大)"
    r"(?P<verb>提升|增长|提高|上升|下降|下滑|增加|减少|改善)了?"
)
_FIGURE = (
    "率",
    "度",
    "量",
    "数",
    "额",
    "分",
    "比",
    "时长",
    "成本",
    "收入",
    "粘性",
    "占比",
    "GMV",
    "ROI",
    "NPS",
)
_CODES = ("D101",)


def candidates(scene: Scene) -> Iterator[Candidate]:
    """Yield one draft a vague result or problem, the main work first."""
    for claim in scene.reading.of(ClaimKind.RESULT, ClaimKind.PROBLEM):
        if not claim.has(Trait.VAGUE):
            continue
        span = _clause(scene, claim)
        if span is None or not scene.is_placeable(span):
            continue
        worth = 3.0 + 1.0 * claim.has(Trait.KEY) + 0.5 * (claim.kind is ClaimKind.PROBLEM)
        yield Candidate(worth, _draft(scene, claim, span))


def _clause(scene: Scene, claim: Claim) -> Span | None:
    """Return the last clause of the claim that evaluates."""
    found = [c for c in scene.clauses(claim.span) if scene.has("vague_tone", c)]
    return found[-1] if found else None


def _draft(scene: Scene, claim: Claim, span: Span) -> RewriteDraft:
    view, words = scene.view(span), scene.words(span)
    good = claim.kind is ClaimKind.RESULT
    told = scene.hits.first("vague_tone", span.start, span.end)
    found = subject_of(view, told.start - span.start if told else None) or subject_of(scene.view(claim.span))
    pen = Pen(scene)
    moved = _MOVED.fullmatch(view)
    effect = _EFFECT.fullmatch(view)
    if moved is not None and moved["s"].endswith(_FIGURE):
        rewritten = _moved(pen, words, moved)
    elif found is None:
        rewritten = _uncounted(pen, words)
    elif found[0].is_feedback:
        rewritten = _feedback(pen, words, good)
    elif effect is not None:
        rewritten = _counted(pen, found[0], good, words[: effect.end("s")], "effect")
    else:
        rewritten = _counted(pen, found[0], good, words, "counted")
    return pen.draft(span, rewritten, (DimensionKey.DATA,), _rationale(words), _CODES)


def _rationale(words: str) -> str:
    short = words if len(words) <= 12 else words[:11] + "…"
    return f"“{short}”是评价，写上数字和上一期的对照，读的人才知道好坏到什么程度。"


def _moved(pen: Pen, words: str, found: re.Match[str]) -> str:
    scene, s = pen.scene, words[: found.end("s")]
    up = found["verb"] not in ("下降", "下滑", "减少")
    percent = found["s"].endswith(("率", "占比", "比"))
    low, high = ("12.5%", "15%") if percent else ("120", "150")
    before = pen.blank(
        f"{scene.last}{found['s']}"[-16:], f"{scene.last}的{found['s']}是多少？", low if up else high
    )
    now = pen.blank(
        f"{scene.this}{found['s']}"[-16:], f"{scene.this}的{found['s']}是多少？", high if up else low
    )
    verb = words[found.start("verb") : found.end("verb")]
    return scene.form("vague", "moved").format(s=s, last=scene.last, before=before, verb=verb, now=now)


def _uncounted(pen: Pen, words: str) -> str:
    scene = pen.scene
    now = pen.blank(
        "能说明这一点的数", f"“{words[:16]}”看哪个数能看出来，{scene.this}是多少？", "关掉 39 张工单"
    )
    before = pen.blank(f"{scene.last}的数", f"同一个数，{scene.last}是多少？", "33 张")
    return scene.form("vague", "uncounted").format(x=words, now=now, last=scene.last, before=before)


def _feedback(pen: Pen, words: str, good: bool) -> str:
    scene = pen.scene
    now = pen.blank("反馈条数", "一共收到多少条反馈？", "40")
    part = pen.blank("其中条数", "其中说好的有几条？" if good else "其中有意见的有几条？", "31")
    what = pen.blank("提得最多的一点", "大家提得最多的是什么？", "讲解清楚")
    form = scene.form("vague", "feedback_good" if good else "feedback_bad")
    return form.format(x=words, now=now, before=part, what=what)


def _counted(pen: Pen, subject: Subject, good: bool, words: str, name: str) -> str:
    scene = pen.scene
    this, last = ("这次", "上次") if subject.is_event else (scene.this, scene.last)
    rises = good is not subject.is_worse
    low, high = ("12.5", "15") if subject.unit == "%" else ("120", "150")
    label = subject.measure
    now = pen.blank(f"{this}{label}", f"{this}{label}是多少？", high if rises else low)
    before = pen.blank(f"{last}{label}", f"{last}{label}是多少？", low if rises else high)
    form = scene.form("vague", name)
    return form.format(
        x=words,
        s=words,
        measure=scene.own(subject.measure),
        unit=scene.own(subject.unit),
        this=scene.own(this),
        last=scene.own(last),
        now=now,
        before=before,
    )
