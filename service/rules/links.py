"""What bears on what inside a note: causes on problems, proof on causes, plans on both."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from service.core.reading import ClaimKind, Relation, SectionKind, Trait
from service.rules.unit import Unit
from service.rules.words import Index, overlap

NEAR = 8.0  # what standing in the same item or paragraph is worth, in word weights
CLOSE = 5.0  # the claim told just before
PLAN_TIE = 7.0  # one telling word shared ties a plan to a problem
RESULT_TIE = 11.0  # a plan that takes up a result has to share more with it
STRAY_TIE = 13.0
SAME_MATTER = 9.0
SPLIT_TIE = 7.0
RESTATED = 0.7  # share of a cause's words that its problem holds already
COMMON = 0.3  # share of the claims that hold a word from which on it counts half
_WINDOW = 60  # units; a cause further away explains nothing
_LOOK_BACK = 40  # problems further apart than this are not compared, so that the work stays linear


@dataclass(frozen=True, slots=True)
class Tie:
    """One link by position: unit `source` bears on unit `target`."""

    source: int
    target: int
    relation: Relation


def recast(units: Sequence[Unit]) -> None:
    """Turn results that take an earlier problem apart ("彩妆少的 1.8w 按入口拆…") into proof of it."""
    troubles: list[Unit] = []
    for unit in units:
        if unit.kind is ClaimKind.PROBLEM:
            troubles.append(unit)
        elif (
            unit.kind is ClaimKind.RESULT
            and not unit.is_row
            and unit.measures
            and _takes_apart(unit, troubles)
        ):
            unit.kind = ClaimKind.EVIDENCE


def _takes_apart(unit: Unit, troubles: Sequence[Unit]) -> bool:
    """Tell whether a figure breaks down a problem told before: by its words, or beside it in one item."""
    if unit.has("evidence_split"):
        return any(overlap(unit.words, t.words) >= SPLIT_TIE for t in troubles[-_LOOK_BACK:])
    last = troubles[-1] if troubles else None
    beside = last is not None and (last.line, last.item) == (unit.line, unit.item)
    return beside and unit.has("scope_segment") and not any(m.is_compared for m in unit.metrics)


def tie(units: Sequence[Unit]) -> list[Tie]:
    """Return all links inside one note, each claim's strongest first."""
    ties: list[Tie] = []
    for at, unit in enumerate(units):
        if unit.kind is ClaimKind.CAUSE:
            found = _explained(units, at)
            if found is not None:
                ties.append(Tie(at, found, Relation.CAUSES))
                _judge_restated(unit, units[found])
    for at, unit in enumerate(units):
        if unit.kind is ClaimKind.EVIDENCE:
            found = _supported(units, at)
            if found is not None:
                ties.append(Tie(at, found, Relation.SUPPORTS))
    ties.extend(_plan_ties(units, ties))
    told = set(ties)
    ties.extend(t for t in (*_row_ties(units), *_in_order(units)) if t not in told)
    return ties


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
                out.append(Tie(at, heads[0], Relation.ADDRESSES))
            elif units[at].kind is ClaimKind.CAUSE:
                out.append(Tie(at, heads[0], Relation.CAUSES))
    return out


def _judge_restated(cause: Unit, told: Unit) -> None:
    """Mark a cause that only says the problem again ("破损是因为破损件数增加") as empty."""
    own = sum(cause.words.values())
    if own and not cause.has("cause_change") and overlap(cause.words, told.words) >= own * RESTATED:
        cause.traits.add(Trait.RESTATED)
        cause.traits.add(Trait.EMPTY)
        cause.traits.discard(Trait.SPECIFIC)


def _explained(units: Sequence[Unit], at: int) -> int | None:
    """Return the problem (or unexpected result) that a cause explains: near, alike, told before."""
    cause = units[at]
    best, found = 0.0, None
    for other, unit in _around(units, at):
        if unit.kind not in (ClaimKind.PROBLEM, ClaimKind.RESULT):
            continue
        score = overlap(cause.words, unit.words)
        same_place = unit.block == cause.block and unit.item == cause.item
        if same_place:
            score += NEAR
        elif unit.section == cause.section:
            score += NEAR / 4
        if other < at and at - other <= 4 and unit.block == cause.block:
            score += CLOSE / (at - other)
        elif other > at and same_place:
            score -= 2.0
        if unit.kind is ClaimKind.RESULT:
            score -= 4.0
        if other > at and not same_place:
            score -= 6.0
        if score > best and score >= 5.0:
            best, found = score, other
    if found is None and cause.has("cause_mark"):
        return next(
            (i for i in range(at - 1, max(-1, at - _WINDOW), -1) if units[i].kind is ClaimKind.PROBLEM), None
        )
    return found


def _around(units: Sequence[Unit], at: int) -> Iterator[tuple[int, Unit]]:
    """Yield the units near one, so that tying stays linear in the note."""
    for other in range(max(0, at - _WINDOW), min(len(units), at + _WINDOW)):
        yield other, units[other]


def _supported(units: Sequence[Unit], at: int) -> int | None:
    """Return the cause that a proof supports, else the problem that it locates."""
    proof = units[at]
    best, found = 0.0, None
    for other, unit in _around(units, at):
        if unit.kind not in (ClaimKind.CAUSE, ClaimKind.PROBLEM, ClaimKind.RESULT):
            continue
        same_place = unit.block == proof.block and unit.item == proof.item
        same_block = unit.block == proof.block
        if not same_block and unit.section != proof.section:
            continue
        shared = overlap(proof.words, unit.words)
        if proof.is_row and not shared:
            continue
        score = shared / 2 + (NEAR if same_place else 3.0 if same_block else 0.0)
        score -= min(abs(at - other), 8) * 0.6
        between = units[other + 1 : at] if other < at else ()
        score -= 2.5 * sum(u.kind is ClaimKind.RESULT for u in between[-8:])
        score += {ClaimKind.CAUSE: 5.0, ClaimKind.PROBLEM: 1.0, ClaimKind.RESULT: -4.0}[unit.kind]
        if score > best and score >= 3.0:
            best, found = score, other
    return found


def _plan_ties(units: Sequence[Unit], ties: Sequence[Tie]) -> list[Tie]:
    """Tie plans to the problems and results whose thread they share telling words with or stand inside of."""
    threads = _threads(units, ties)
    shared = Index({head: thread.words for head, thread in threads.items()})
    at_place: dict[tuple[int, int], list[int]] = {}
    for head, thread in threads.items():
        for place in {(units[m].block, units[m].item) for m in thread.units}:
            at_place.setdefault(place, []).append(head)
    at_place = {place: heads[-_WINDOW:] for place, heads in at_place.items()}
    out: list[Tie] = []
    for at, plan in enumerate(units):
        if plan.kind is not ClaimKind.PLAN:
            continue
        strength = shared.scores(plan.words)
        for head in at_place.get((plan.block, plan.item), ()):
            strength[head] = strength.get(head, 0.0) + NEAR
        best = max(strength.values(), default=0.0)
        for head, score in sorted(strength.items(), key=lambda kv: (-kv[1], kv[0])):
            enough = PLAN_TIE if units[head].kind is ClaimKind.PROBLEM else RESULT_TIE
            if score < enough or score < best * 0.5:
                continue
            out.append(Tie(at, head, Relation.ADDRESSES))
            out.extend(
                Tie(at, m, Relation.ADDRESSES)
                for m in threads[head].units
                if m != head
                and units[m].kind in (ClaimKind.CAUSE, ClaimKind.PROBLEM)
                and overlap(plan.words, units[m].words) >= PLAN_TIE
            )
    return out


@dataclass(slots=True)
class _Thread:
    """A problem (or a result) with what is told of it, and all their words."""

    units: list[int]
    words: dict[str, float]


def _threads(units: Sequence[Unit], ties: Sequence[Tie]) -> dict[int, _Thread]:
    """Return threads by the index of the problem or result that heads each."""
    threads = {
        i: _Thread([i], dict(u.words))
        for i, u in enumerate(units)
        if u.kind in (ClaimKind.PROBLEM, ClaimKind.RESULT)
    }
    causes = {t.source: t.target for t in ties if t.relation is Relation.CAUSES}
    for t in ties:
        head = causes.get(t.target, t.target) if t.relation is Relation.SUPPORTS else t.target
        if head in threads and t.source not in threads:
            threads[head].units.append(t.source)
            threads[head].words.update(units[t.source].words)
    return threads


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


def mark_strays(units: Sequence[Unit], ties: Sequence[Tie], headings: dict[str, float]) -> None:
    """Mark the plans that share no telling word with anything else the note tells and give no reason."""
    tied = {t.source for t in ties}
    told = dict(headings)
    for unit in units:
        if unit.kind is not ClaimKind.PLAN:
            told.update(unit.words)
    for at, unit in enumerate(units):
        if unit.kind is not ClaimKind.PLAN or at in tied or Trait.REASONED in unit.traits:
            continue
        if Trait.SPECIFIC in unit.traits and unit.words and overlap(unit.words, told) < STRAY_TIE:
            unit.traits.add(Trait.OFF_TOPIC)
