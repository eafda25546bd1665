"""What became of last period's promises."""

from bisect import bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby

from service.core.reading import ClaimKind
from service.rules.clause import Clause
from service.rules.logit import logit
from service.rules.unit import Unit
from service.rules.words import Index, Words

KEPT = 100  # hundredths of a logit; on notes not learned from, half of what is then called dropped is dropped
_SHARES = (0.01, 0.1, 0.2, 0.3, 0.4, 0.5, 0.65, 0.8)
_WEIGHTS = (0.01, 5.0, 9.0, 13.0, 20.0, 30.0)
_SIZES = (1.0, 12.0, 24.0, 40.0, 70.0)
_REPORTING = ("deed_done", "deed_notyet", "deed_verb", "time_past")


@dataclass(frozen=True, slots=True)
class Passage:
    """One sentence of the note, whatever it was read as, and the claim in it or next to it."""

    words: Mapping[str, float]
    unit: int
    reports: bool  # tells of something done, or not done


def passages(clauses: Sequence[Clause], units: Sequence[Unit], words: Words) -> list[Passage]:
    """Return the sentences of a note, and its table rows, in which promises may be reported on."""
    starts = [unit.span.start for unit in units]
    out = []
    for _, group in groupby(clauses, key=lambda c: c.sentence):
        told = list(group)
        near = max(0, bisect_right(starts, told[-1].span.end - 1) - 1)
        content = words.content(*(c.span for c in told))
        out.append(Passage(content, near, any(c.has(*_REPORTING) for c in told)))
    out += [Passage(u.words, at, u.has(*_REPORTING)) for at, u in enumerate(units) if u.is_row or u.is_cell]
    return out


def carried(previous: Sequence[Unit], told: Sequence[Passage], table: Mapping[str, int]) -> dict[int, int]:
    """Return for each plan of the note before the claim that reports on it, or that stands beside."""
    found = signs(previous, told)
    return {at: best for at, (seen, best) in found.items() if best is not None and logit(table, seen) >= KEPT}


def signs(previous: Sequence[Unit], told: Sequence[Passage]) -> dict[int, tuple[list[str], int | None]]:
    """Return for each promise the signs that tell whether it is reported on, and in which claim."""
    index = Index({at: one.words for at, one in enumerate(told)})
    everywhere: set[str] = set().union(*(one.words for one in told))
    out: dict[int, tuple[list[str], int | None]] = {}
    for at, plan in enumerate(previous):
        if plan.kind is not ClaimKind.PLAN:
            continue
        total = sum(plan.words.values()) or 1.0
        found = index.scores(plan.words)
        best = max(found, key=lambda i: (found[i], -i), default=None)
        shared = found[best] if best is not None else 0.0
        inside = sum(weight for word, weight in plan.words.items() if word in everywhere)
        seen = [
            f"shared:{bisect_right(_WEIGHTS, shared)}",
            f"part:{bisect_right(_SHARES, shared / total)}",
            f"all:{bisect_right(_SHARES, inside / total)}",
            f"size:{bisect_right(_SIZES, total)}",
            f"reports:{best is not None and told[best].reports}",
        ]
        out[at] = seen, None if best is None else told[best].unit
    return out
