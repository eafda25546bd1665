"""An evaluation where a figure should stand: the author's clause, and the figures it rests on as blanks."""

import re
from collections.abc import Iterator

from service.core.lexicon import Hit, load
from service.core.numbers.model import Direction, Number, NumberKind
from service.core.reading import Claim, ClaimKind, Trait
from service.core.rewrite import RewriteDraft
from service.core.score import DimensionKey
from service.core.span import Span
from service.rules.rewrite.pen import Candidate, Pen, quoted
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
# "研发岗到面率" before 偏低; not "力度"
_OWN = re.compile(
    r"(?P<name>[一-鿿A-Za-z]{1,6}(?:率|(?<!力)(?<!程)度|量|额|时长|成本|评分|占比))"
    r"(?:也|都|还|是|有点|比较|不太|稍|略|挺|蛮|又|还是|确实)*$"
)
# "群里吵狗绳的事" before 比较多: what is many is told, and not by a figure of the group
_ANYTHING = re.compile(r"的(?:事情?|情况|现象|状况|毛病|说法|地方)(?:也|都|还|是|有点|挺|很)*$")
_FIGURE = ("率", "度", "量", "数", "额", "分", "比", "时长", "成本", "收入", "粘性", "GMV", "ROI", "NPS")
_CODES = ("D101",)
_OVERALL = ("整体", "总体", "总的", "这次")  # no subject of their own
_REACH = 30
_STOPS = "\n。；;！？"
_SAID = ("说", "表示", "觉得")
_LEANS = 4  # "挺好" speaks of the clause before it
_BARE = 1.0  # where a note has no figure at all, its first is worth more than a cause


def candidates(scene: Scene) -> Iterator[Candidate]:
    """Yield one draft a vague result or problem that is found fault with."""
    for found, claim in scene.targets(*_CODES):
        passage = scene.passage(claim)
        clause = _clause(scene, passage) if passage is not None else None
        if passage is None or clause is None or _is_hearsay(scene, claim):
            continue
        draft = _draft(scene, claim, passage, clause)
        bare = _BARE * (scene.scores.level(DimensionKey.DATA) == 1)
        yield Candidate(3.0 + bare + claim.has(Trait.KEY) - 0.05 * found.rank, draft)


def _is_hearsay(scene: Scene, claim: Claim) -> bool:
    """Tell whether the evaluation is somebody's word ("领导说还行"): no figure can stand in for it."""
    return claim.has(Trait.QUOTED) and any(word in scene.view(claim.span) for word in _SAID)


def _clause(scene: Scene, passage: Span) -> Span | None:
    """Return the last clause of the passage that evaluates."""
    found = [c for c in scene.clauses(passage) if scene.has("vague_tone", c)]
    return found[-1] if found else None


def _pace(scene: Scene, told: Hit | None) -> tuple[Subject, str] | None:
    """Return what speed is measured by where the evaluation itself is of speed ("越来越慢")."""
    return subject_of(told.word) if told is not None and told.word[-1] in "慢快" else None


def _before(scene: Scene, clause: Span) -> str:
    """Return the words of the same sentence that lead up to a clause: its subject often stands there."""
    view = scene.document.view
    floor = max(view.rfind(mark, 0, clause.start) for mark in _STOPS) + 1
    return view[max(floor, clause.start - _REACH) : clause.end]


def _draft(scene: Scene, claim: Claim, passage: Span, clause: Span) -> RewriteDraft:
    view, words = scene.view(clause), scene.document.words(clause)
    good = claim.kind is ClaimKind.RESULT
    told = scene.hits.first("vague_tone", clause.start, clause.end)
    upto = told.start - clause.start if told else None
    found = None
    if upto is None or not _ANYTHING.search(view[:upto]):
        found = _pace(scene, told) or subject_of(view, upto) or subject_of(_before(scene, clause))
    pen = Pen(scene)
    own = _OWN.search(view[:upto]) if upto is not None else None
    moved, effect = _MOVED.fullmatch(view), _EFFECT.fullmatch(view)
    if moved is not None and moved["s"].endswith(_FIGURE):
        mended = _moved(pen, words, moved)
    elif own is not None:
        mended = _own(pen, words, own["name"], good)
    elif (len(clause) <= _LEANS or scene.has("find_shift", clause)) and (
        figure := _figure_before(scene, passage, clause)
    ) is not None:
        mended = _shifted(pen, words, figure)
    elif scene.has("find_voice", clause) or (found is not None and found[0].is_feedback):
        mended = _feedback(pen, words, good)
    elif found is None:
        mended = _uncounted(pen, words)
    elif effect is not None and effect["s"] not in _OVERALL:
        mended = _counted(pen, found[0], good, words[: effect.end("s")], "effect")
    else:
        mended = _counted(pen, found[0], good, words, "counted")
    rationale = f"{quoted(words)}是评价，换成数字并和上一期对照，读的人才知道好坏到什么程度。"
    return pen.draft(passage, scene.mended(passage, clause, mended), (DimensionKey.DATA,), rationale, _CODES)


def _moved(pen: Pen, words: str, found: re.Match[str]) -> str:
    scene, s = pen.scene, words[: found.end("s")]
    rises = found["verb"] not in ("下降", "下滑", "减少")
    low, high = ("12.5%", "15%") if found["s"].endswith(("率", "比")) else ("120", "150")
    before = pen.blank(f"{scene.last}{s}", f"{scene.last}的{s}是多少？", low if rises else high)
    now = pen.blank(f"{scene.this}{s}", f"{scene.this}的{s}是多少？", high if rises else low)
    verb = words[found.start("verb") : found.end("verb")]
    return scene.form("vague", "moved").format(s=s, last=scene.last, before=before, verb=verb, now=now)


def _own(pen: Pen, words: str, name: str, good: bool) -> str:
    """Ask for the figure that the author names and only evaluates ("到面率偏低")."""
    scene = pen.scene
    low, high = ("12.5%", "15%") if name.endswith(("率", "比")) else ("120", "150")
    falls = _falls(name)
    now = pen.blank(
        f"{scene.this}{name}", f"{scene.this}的{name}是多少？", high if good is not falls else low
    )
    before = pen.blank(
        f"{scene.last}{name}", f"{scene.last}的{name}是多少？", low if good is not falls else high
    )
    form = scene.form("vague", "own")
    return form.format(x=words, this=scene.this, now=now, last=scene.last, before=before)


def _falls(name: str) -> bool:
    """Tell whether less of a figure is better, by the vocabulary."""
    term = load().metrics.get(name)
    return term is not None and term.direction is Direction.DOWN_GOOD


def _figure_before(scene: Scene, passage: Span, clause: Span) -> Number | None:
    """Return the figure that an evaluation is said of ("到馆 1.8 万人次，比上月多了不少")."""
    before = scene.reading.numbers_in(Span(passage.start, clause.start))
    return next((n for n in before if n.kind is NumberKind.MEASURE), None)


def _shifted(pen: Pen, words: str, figure: Number) -> str:
    scene = pen.scene
    question = f"{quoted(words)}，{scene.last}是多少？"
    before = pen.blank(f"{scene.last}是多少", question, f"{figure.value * 0.9:.0f}")
    return scene.form("compare", "beside").format(x=words, last=scene.last, before=before, unit="")


def _uncounted(pen: Pen, words: str) -> str:
    question = f"{quoted(words)}用哪个数能说明？这个数现在是多少，{pen.scene.last}是多少？"
    now = pen.blank(f"哪个数、比{pen.scene.last}怎样", question, "办结 39 件，上周 33 件")
    return pen.scene.form("vague", "uncounted").format(x=words, now=now)


def _feedback(pen: Pen, words: str, good: bool) -> str:
    scene = pen.scene
    kind = "说好" if good else "有意见"
    now = pen.blank("收到几条", f"{scene.this}一共收到多少条反馈？", "40")
    part = pen.blank(f"{kind}的几条", f"其中{kind}的有几条？", "31")
    before = pen.blank(f"{scene.last}{kind}的几条", f"{scene.last}{kind}的有几条？", "22")
    form = scene.form("vague", "feedback_good" if good else "feedback_bad")
    return form.format(x=words, now=now, part=part, last=scene.last, before=before)


def _counted(pen: Pen, subject: Subject, good: bool, words: str, name: str) -> str:
    scene = pen.scene
    this, last = ("这次", "上次") if subject.is_event else (scene.this, scene.last)
    low, high = ("12.5", "15") if subject.unit == "%" else ("120", "150")
    rises = good is not subject.is_worse
    measure = subject.measure
    now = pen.blank(f"{this}{measure}", f"{this}{measure}是多少？", high if rises else low)
    before = pen.blank(f"{last}{measure}", f"{last}{measure}是多少？", low if rises else high)
    return scene.form("vague", name).format(
        x=words,
        s=words,
        measure=scene.own(measure),
        unit=scene.own(subject.unit),
        this=scene.own(this),
        last=scene.own(last),
        now=now,
        before=before,
    )
