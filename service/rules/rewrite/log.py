"""Deeds without outcomes: what came of the day's work, asked for behind the deeds a log consists of."""

from collections.abc import Iterator

from service.core.reading import ClaimKind
from service.core.rewrite import RewriteDraft
from service.core.score import DimensionKey
from service.core.span import Span
from service.rules.rewrite.pen import Candidate, Pen, short
from service.rules.rewrite.scene import Scene

_MOST = 2
_SAMPLES = ("新增咨询 24 人，上周 19 人", "按时交付 18 单，上周 15 单")


def candidates(scene: Scene) -> Iterator[Candidate]:
    """Yield drafts for the first deeds that are told without an outcome, where a note tells hardly any."""
    if not any(f.code in ("S401", "S402") for f in scene.findings):
        return
    deeds = [c for c in scene.reading.of(ClaimKind.ACTIVITY) if not scene.in_row(c)]
    weighty = sorted(deeds, key=lambda c: -sum(m.is_workload for m in c.metrics))
    found = 0
    for claim in weighty:
        passage = scene.passage(claim)
        if passage is None or len(passage) < 4 or "=" in scene.view(passage):
            continue
        yield Candidate(2.0 - 0.1 * found, _draft(scene, passage, found))
        found += 1
        if found == _MOST:
            return


def _draft(scene: Scene, passage: Span, nth: int) -> RewriteDraft:
    pen, words = Pen(scene), scene.words(passage)
    question = f"“{short(words)}”带来了什么变化，用一个数说，和{scene.last}比怎么样？"
    now = pen.blank(f"什么变化、比{scene.last}怎样", question, _SAMPLES[nth])
    why = "做了什么已经写清楚，再写一句带来了什么，这份力气才看得见。"
    form = scene.form("log", "outcome").format(x=words, now=now)
    return pen.draft(passage, form, (DimensionKey.DATA,), why, ("S401", "S402", "D101"))
