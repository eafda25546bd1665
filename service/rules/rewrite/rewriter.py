"""Puts the kinds together: the dimension that lacks most first, one draft a passage, a handful a note."""

from collections import Counter
from collections.abc import Callable, Iterator, Sequence

from service.core.finding import Finding
from service.core.reading import Reading
from service.core.rewrite import RewriteDraft
from service.core.score import DimensionKey, Scores
from service.core.span import Span
from service.rules.rewrite import cause, compare, log, plan, triple, vague
from service.rules.rewrite.pen import Candidate
from service.rules.rewrite.scene import Scene, scene

MOST = 10  # the checker tries so many and passes half of them on
_LACKING = 1.0  # what a level below 5 in its dimension adds to a draft's worth
_SPREAD = 2.0  # what each earlier draft of the same dimensions takes off
_KINDS: tuple[Callable[[Scene], Iterator[Candidate]], ...] = (
    log.candidates,
    vague.candidates,
    compare.candidates,
    cause.candidates,
    plan.candidates,
    triple.candidates,
)


class RuleRewriter:
    """Proposes rewrites by rule; the same reading always gives the same drafts."""

    def propose(
        self, reading: Reading, scores: Scores, findings: Sequence[Finding]
    ) -> Sequence[RewriteDraft]:
        """Return drafts on disjoint passages, most valuable first; a text that is no note gets none."""
        if not reading.is_note:
            return ()
        here = scene(reading, scores, findings)
        levels = {d.key: d.level for d in scores.dimensions}
        waiting = [(_worth(one, levels), one.draft) for kind in _KINDS for one in kind(here)]
        return _picked(waiting)


def _worth(one: Candidate, levels: dict[DimensionKey, int]) -> float:
    lacking = max(5 - levels[key] for key in one.draft.dimensions)
    return one.worth + _LACKING * lacking


def _picked(waiting: list[tuple[float, RewriteDraft]]) -> list[RewriteDraft]:
    """Return the best drafts, spread over dimensions, on disjoint passages."""
    picked: list[RewriteDraft] = []
    taken: list[Span] = []
    met: Counter[tuple[DimensionKey, ...]] = Counter()
    left = sorted(enumerate(waiting), key=lambda w: (-w[1][0], w[0]))
    while left and len(picked) < MOST:
        at = max(
            range(len(left)), key=lambda i: (left[i][1][0] - _SPREAD * met[left[i][1][1].dimensions], -i)
        )
        draft = left.pop(at)[1][1]
        if any(draft.span.overlaps(span) for span in taken):
            continue
        picked.append(draft)
        taken.append(draft.span)
        met[draft.dimensions] += 1
    return picked
