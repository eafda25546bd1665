"""What bears on what inside a note: causes on problems, proof on causes, plans on both."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from service.core.reading import ClaimKind, Relation, SectionKind, Trait
from service.rules.learned import Logits
from service.rules.pairs import Candidates, Pairs, Told
from service.rules.shapes import listed
from service.rules.unit import NEVER, Unit
from service.rules.words import overlap

# In hundredths of a logit: a cause or a proof nearly always bears on something, so little is asked of it,
# of a plan more, since many serve nothing told.
LIKELY = -250
SERVES = -75
CERTAIN = 99999  # what a table's row ties
SAME_MATTER = 9.0
_ADDS_NOTHING = frozenset(listed("adds_nothing"))
RESTATED = 0.7  # share of a cause's words that its problem holds already
COMMON = 0.3  # share of the claims that hold a word from which on it counts half
_LOOK_BACK = 40  # problems further apart than this are not compared, so that the work stays linear


@dataclass(frozen=True, slots=True)
class Tie:
    """One link by position: unit `source` bears on unit `target`, as likely as `score` says."""

    source: int
    target: int
    relation: Relation
    score: int = field(default=0, compare=False)  # hundredths of a logit


def tie(units: Sequence[Unit], questions: Mapping[str, Logits]) -> list[Tie]:
    """Return all links inside one note."""
    pairs = Pairs(units)
    near = Candidates(units)
    ties: list[Tie] = []
    for kind, relation in ((ClaimKind.CAUSE, Relation.CAUSES), (ClaimKind.EVIDENCE, Relation.SUPPORTS)):
        for at, unit in enumerate(units):
            if unit.kind is kind:
                told = {i: Told.of(units[i]) for i in near.of(at)}
                found = _strongest(pairs.scores(at, told, questions[kind]))
                if found is None and kind is ClaimKind.CAUSE and unit.clauses[0].is_led:
                    found = _told_before(units, at)
                if found is not None:
                    ties.append(Tie(at, found, relation))
                    if kind is ClaimKind.CAUSE:
                        _judge_restated(unit, units[found])
    ties.extend(_plan_ties(units, ties, pairs, near, questions[ClaimKind.PLAN]))
    rows = _row_ties(units)
    told_before = {*ties, *rows}
    listed = [t for t in _in_order(units) if t not in told_before]
    certain = set(rows)
    return [t for t in ties if t not in certain] + rows + listed


def _told_before(units: Sequence[Unit], at: int) -> int | None:
    """Return what 原因： explains where nothing is likely: the trouble or outcome told last before it."""
    before = range(at - 1, max(-1, at - 1 - _LOOK_BACK), -1)
    return next((i for i in before if units[i].kind in (ClaimKind.PROBLEM, ClaimKind.RESULT)), None)


def _strongest(found: Mapping[int, int]) -> int | None:
    """Return the claim that a cause or proof bears on: the likeliest, unless none is likely at all."""
    best = likeliest(found)
    return best if best is not None and found[best] >= LIKELY else None


def likeliest(found: Mapping[int, int]) -> int | None:
    """Return the key of the largest score, the first among equals."""
    return max(found, key=lambda at: (found[at], -at), default=None)


def _row_ties(units: Sequence[Unit]) -> list[Tie]:
    """Tie the cells of one table row: its plan and its cause belong to its problem, else to its figures."""
    rows: dict[int, list[int]] = {}
    for at, unit in enumerate(units):
        if unit.is_cell or unit.is_row:
            rows.setdefault(unit.line, []).append(at)
    out: list[Tie] = []
    for cells in rows.values():
        heads = [i for i in cells if units[i].kind is ClaimKind.PROBLEM] or [
            i for i in cells if units[i].kind is ClaimKind.RESULT
        ]
        if not heads:
            continue
        for at in cells:
            if units[at].kind is ClaimKind.PLAN:
                out.append(Tie(at, heads[0], Relation.ADDRESSES, CERTAIN))
            elif units[at].kind is ClaimKind.CAUSE:
                out.append(Tie(at, heads[0], Relation.CAUSES))
    return out


def _judge_restated(cause: Unit, told: Unit) -> None:
    """Mark a cause that only says the problem again ("破损是因为破损件数增加") as empty."""
    words = {word: weight for word, weight in cause.words.items() if word not in _ADDS_NOTHING}
    own = sum(words.values())
    if own and not cause.has("cause_change") and overlap(words, told.words) >= own * RESTATED:
        cause.traits.add(Trait.RESTATED)
        cause.traits.add(Trait.EMPTY)
        cause.traits.discard(Trait.SPECIFIC)


def _plan_ties(
    units: Sequence[Unit], ties: Sequence[Tie], pairs: Pairs, near: Candidates, table: Logits
) -> list[Tie]:
    """Tie plans to what they take up; a problem goes by its own words and those of its causes and proofs."""
    threads = _threads(units, ties)
    out: list[Tie] = []
    for at, plan in enumerate(units):
        if plan.kind is ClaimKind.PLAN:
            told = {i: threads.get(i) or Told.of(units[i]) for i in near.of(at)}
            found = pairs.scores(at, told, table)
            plan.likely = found
            plan.serves = max(found.values(), default=NEVER)
            for i, score in found.items():
                units[i].served = max(units[i].served, score)
            out.extend(Tie(at, i, Relation.ADDRESSES, s) for i, s in found.items() if s >= SERVES)
    return out


def _threads(units: Sequence[Unit], ties: Sequence[Tie]) -> dict[int, Told]:
    """Return what each problem and result goes by: its own words and those of its causes and proofs."""
    parts: dict[int, list[int]] = {
        i: [] for i, u in enumerate(units) if u.kind in (ClaimKind.PROBLEM, ClaimKind.RESULT)
    }
    causes = {t.source: t.target for t in ties if t.relation is Relation.CAUSES}
    for t in ties:
        head = causes.get(t.target, t.target) if t.relation is Relation.SUPPORTS else t.target
        if head in parts and t.source not in parts:
            parts[head].append(t.source)
    return {i: Told.of(units[i]).with_more([units[at] for at in told]) for i, told in parts.items()}


def discount(units: Sequence[Unit]) -> None:
    """Weigh down the words that run through the whole note: they tell no matter from another."""
    frequency: dict[str, int] = {}
    told = [u for u in units if u.kind is not ClaimKind.PLAN]
    for unit in told:
        for word in unit.words:
            frequency[word] = frequency.get(word, 0) + 1
    common = max(3.0, len(told) * COMMON)
    for unit in units:
        for word in unit.words:
            if frequency.get(word, 0) >= common:
                unit.words[word] /= 2


def matters(units: Sequence[Unit]) -> dict[int, int]:
    """Return for each problem the number of its matter: problems that share telling words or a sentence."""
    problems = [i for i, u in enumerate(units) if u.kind is ClaimKind.PROBLEM]
    matter = {i: i for i in problems}

    def root(i: int) -> int:
        while matter[i] != i:
            matter[i] = matter[matter[i]]
            i = matter[i]
        return i

    for n, one in enumerate(problems):
        for other in problems[max(0, n - _LOOK_BACK) : n]:
            if overlap(units[other].words, units[one].words) >= SAME_MATTER:
                matter[root(one)] = root(other)
        before = problems[n - 1] if n else None
        if before is not None and _goes_on(units[before], units[one]):
            matter[root(one)] = root(before)
    return {i: root(i) for i in problems}


def _goes_on(before: Unit, unit: Unit) -> bool:
    """Tell whether a problem goes on about the one before it: same line, no new figure by name, no switch."""
    if unit.line != before.line or unit.is_row or unit.has("switch_mark"):
        return False
    return not any(m.name and m.is_compared for m in unit.metrics)


def _in_order(units: Sequence[Unit]) -> list[Tie]:
    """Tie plan 1 to problem 1 and so on where a list of problems meets a list of plans of the same length."""
    problems = _listed(units, ClaimKind.PROBLEM, SectionKind.PROBLEMS)
    plans = _listed(units, ClaimKind.PLAN, SectionKind.PLANS)
    if len(problems) < 2 or len(problems) != len(plans):
        return []
    return [Tie(b, a, Relation.ADDRESSES) for a, b in zip(problems, plans, strict=True)]


def _listed(units: Sequence[Unit], kind: ClaimKind, section: SectionKind) -> list[int]:
    """Return the first claim of a kind in each numbered item of a part."""
    found: dict[int, int] = {}
    for at, unit in enumerate(units):
        if unit.kind is kind and unit.section_kind is section and unit.is_numbered:
            found.setdefault(unit.item, at)
    return list(found.values())
