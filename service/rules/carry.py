"""What became of last period's promises."""

from bisect import bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby, pairwise

from service.core.reading import ClaimKind
from service.rules.clause import Clause
from service.rules.concepts import part
from service.rules.logit import logit
from service.rules.meaning import Direction, direction, nearness
from service.rules.unit import Unit
from service.rules.words import Index, Words

KEPT = 40  # hundredths of a logit; of what is then called dropped, half is, on notes not learned from
_SHARES = (0.01, 0.05, 0.1, 0.2, 0.3, 0.4, 0.5, 0.65, 0.8)
_WEIGHTS = (0.01, 5.0, 9.0, 13.0, 20.0, 30.0)
_SIZES = (1.0, 12.0, 24.0, 40.0, 70.0)
_LENGTHS = (6, 10, 15, 22, 30)
_TEXTS = (100, 200, 400, 800)
_LONGEST = 9  # characters of a promise told again in a row
_MANY = 4
_PAIRS = 4_000  # promises times passages; 50 promises and 80 sentences are a long note
_NEAR = 8
_REPORTING = ("deed_done", "deed_notyet", "deed_verb", "time_past")


@dataclass(frozen=True, slots=True)
class Passage:
    """One sentence of the note, whatever it was read as, and the claim in it or next to it."""

    words: Mapping[str, float]
    concepts: frozenset[str]
    meaning: Direction
    text: str
    unit: int
    reports: bool  # tells of something done, or not done


def passages(clauses: Sequence[Clause], units: Sequence[Unit], words: Words) -> list[Passage]:
    """Return the sentences of a note, and its table rows, in which promises may be reported on."""
    starts = [unit.span.start for unit in units]
    out = []
    for _, group in groupby(clauses, key=lambda c: c.sentence):
        told = list(group)
        near = max(0, bisect_right(starts, told[-1].span.end - 1) - 1)
        spans = [c.span for c in told]
        out.append(
            Passage(
                words.content(*spans),
                words.concepts(*spans),
                direction(words.within(*spans)),
                "".join(c.text for c in told),
                near,
                any(c.has(*_REPORTING) for c in told),
            )
        )
    for at, unit in enumerate(units):
        if unit.is_row or unit.is_cell:
            text = "".join(c.text for c in unit.clauses)
            out.append(Passage(unit.words, unit.concepts, unit.meaning, text, at, unit.has(*_REPORTING)))
    return out


def carried(previous: Sequence[Unit], told: Sequence[Passage], table: Mapping[str, int]) -> dict[int, int]:
    """Return for each plan of the note before the claim that reports on it, or that stands beside."""
    found = signs(previous, told)
    return {at: best for at, (seen, best) in found.items() if best is not None and logit(table, seen) >= KEPT}


def signs(previous: Sequence[Unit], told: Sequence[Passage]) -> dict[int, tuple[list[str], int | None]]:
    """Return for each promise the signs that tell whether it is reported on, and in which claim."""
    index = Index({at: one.words for at, one in enumerate(told)})
    everywhere: set[str] = set().union(*(one.words for one in told))
    concepts = [one.concepts for one in told]
    spoken_of: frozenset[str] = frozenset().union(*concepts)
    text = "\n".join(one.text for one in told)
    pairs = [set(_pairs(one.text)) for one in told]
    any_pair: set[str] = set().union(*pairs)
    plans = [at for at, unit in enumerate(previous) if unit.kind is ClaimKind.PLAN]
    is_short = len(plans) * len(told) <= _PAIRS
    out: dict[int, tuple[list[str], int | None]] = {}
    for at in plans:
        plan = previous[at]
        total = sum(plan.words.values()) or 1.0
        found = index.scores(plan.words)
        best = max(found, key=lambda i: (found[i], -i), default=None)
        shared = found[best] if best is not None else 0.0
        inside = sum(weight for word, weight in plan.words.items() if word in everywhere)
        promise = "".join(c.text for c in plan.clauses)
        own = _pairs(promise)
        # Of long notes, only the passages that share most words are looked at: the work stays linear.
        near = range(len(told)) if is_short else sorted(found, key=lambda i: (-found[i], i))[:_NEAR]
        alike = max((len(plan.concepts & concepts[i]) for i in near), default=0)
        run = _longest_run(promise, text if is_short else "\n".join(told[i].text for i in near))
        seen = [
            f"shared:{bisect_right(_WEIGHTS, shared)}",
            f"part:{bisect_right(_SHARES, shared / total)}",
            f"all:{bisect_right(_SHARES, inside / total)}",
            f"size:{bisect_right(_SIZES, total)}",
            f"reports:{best is not None and told[best].reports}",
            f"matters:{part(len(plan.concepts & spoken_of), plan.concepts)}",
            f"near:{nearness(plan.meaning, [told[i].meaning for i in near])}",
            f"alike:{min(_MANY, alike)}",
            f"matter:{part(alike, plan.concepts)}",
            f"letters:{bisect_right(_SHARES, sum(p in any_pair for p in own) / max(1, len(own)))}",
            f"beside:{bisect_right(_SHARES, _most(own, [pairs[i] for i in near]) / max(1, len(own)))}",
            f"run:{min(_LONGEST, run)}",
            f"runs:{min(_MANY, 10 * run // max(1, len(promise)))}",
            f"length:{bisect_right(_LENGTHS, len(promise))}",
            f"promises:{min(_MANY, len(plans))}",
            f"text:{bisect_right(_TEXTS, len(text))}",
        ]
        out[at] = seen, None if best is None else told[best].unit
    return out


def _pairs(text: str) -> list[str]:
    """Return the pairs of neighbouring Chinese characters of a text."""
    return [a + b for a, b in pairwise(text) if "一" <= a <= "鿿" and "一" <= b <= "鿿"]


def _most(own: Sequence[str], passages: Sequence[set[str]]) -> int:
    return max((sum(pair in there for pair in own) for there in passages), default=0)


def _longest_run(promise: str, text: str) -> int:
    """Return how many characters in a row of a promise the text repeats, up to `_LONGEST`."""
    best = 0
    for start in range(len(promise)):
        while best < _LONGEST and start + best < len(promise) and promise[start : start + best + 1] in text:
            best += 1
    return best
