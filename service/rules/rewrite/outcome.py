"""Work that is told without what came of it: the outcome, to be filled in behind the deed."""

from collections.abc import Iterator

from service.core.reading import ClaimKind
from service.core.rewrite import RewriteDraft
from service.core.score import DimensionKey
from service.core.span import Span
from service.rules.rewrite.cause import last_clause
from service.rules.rewrite.pen import Candidate, Pen
from service.rules.rewrite.scene import Scene

_MOST = 3
_SAMPLES = ("新增咨询 24 人", "到店 31 人", "按时交付 18 单")
_BEFORE = ("19 人", "26 人", "15 单")


def candidates(scene: Scene) -> Iterator[Candidate]:
    """Yield a draft for the first deeds told without an outcome, where the note lacks outcomes at large."""
    if scene.scores.level(DimensionKey.DATA) > 2:
        return
    found = 0
    for claim in scene.reading.of(ClaimKind.ACTIVITY):
        span = last_clause(scene, claim)
        if span is None or scene.in_row(claim) or len(span) < 4:
            continue
        worth = 1.6 + 0.4 * any(m.is_workload for m in claim.metrics)
        yield Candidate(worth, _draft(scene, span, found))
        found += 1
        if found == _MOST:
            return


def _draft(scene: Scene, span: Span, nth: int) -> RewriteDraft:
    pen, words = Pen(scene), scene.words(span)
    short = words[-16:]
    now = pen.blank("带来了什么，写成数", f"“{short}”之后有了什么变化，能写成哪个数？", _SAMPLES[nth])
    before = pen.blank(f"{scene.last}的同一个数", f"同一个数，{scene.last}是多少？", _BEFORE[nth])
    return pen.draft(
        span,
        scene.form("outcome", "forms").format(x=words, now=now, last=scene.last, before=before),
        (DimensionKey.DATA,),
        "做了什么已经写清楚，再写一句带来了什么，这份力气才看得见。",
        ("D101", "D102", "S401"),
    )
