"""What can be seen of two claims together: signs that one bears on the other, for `links` to weigh."""

from bisect import bisect_left, bisect_right
from collections.abc import Mapping, Sequence
from itertools import product
from typing import NamedTuple

from service.core.reading import ClaimKind, SectionKind, Trait
from service.rules.logit import BIAS
from service.rules.meaning import Direction, joined, likeness
from service.rules.unit import Unit
from service.rules.words import Index, overlap

BEARS_ON: Mapping[ClaimKind, tuple[ClaimKind, ...]] = {
    ClaimKind.CAUSE: (ClaimKind.PROBLEM, ClaimKind.RESULT, ClaimKind.CAUSE),
    ClaimKind.EVIDENCE: (ClaimKind.CAUSE, ClaimKind.PROBLEM, ClaimKind.RESULT),
    ClaimKind.PLAN: (ClaimKind.PROBLEM, ClaimKind.CAUSE, ClaimKind.RESULT),
}
# Candidates looked at: so many on either side, whatever they share, and so many that share most, anywhere.
_BEFORE, _AFTER, _ALIKE = 24, 8, 6
_SHARED = (0.01, 4.0, 7.0, 10.0, 14.0, 20.0)  # word weights; one rare word weighs 12
_PARTS = (0.01, 0.1, 0.2, 0.35, 0.5)
_LIKE = (-10, 0, 5, 10, 15, 20, 25, 30, 35, 40, 50, 60, 70)  # likeness of what both are about
_BEHIND = (-50, -30, -20, -10, -5, 0)  # likeness less that of the candidate that is most alike
_CLOSER = 4  # candidates that are more alike
_FAR = 5
_MANY = 3
_TOLD = (Trait.MEASURABLE, Trait.NEGATIVE, Trait.POSITIVE, Trait.SPECIFIC, Trait.EMPTY)
_OWN = (Trait.VAGUE, Trait.SPECIFIC, Trait.QUOTED, Trait.MEASURABLE, Trait.DATED)
_RANKS = (-2, -1, 1, 2, 3, 4)
_PLACES = ("line", "item", "block", "section", "far")
_ALIKENESS = ("none", "low", "half", "best")
_TABLES = 16  # weighed at a time: three a training


class Told(NamedTuple):
    """What one claim goes by where another may bear on it: its words and its direction, or its thread's."""

    words: Mapping[str, float]
    meaning: Direction

    @classmethod
    def of(cls, unit: Unit) -> "Told":
        """Return what a claim goes by alone."""
        return cls(unit.words, unit.meaning)

    def with_more(self, units: Sequence[Unit]) -> "Told":
        """Return it together with what is told of it: its causes and proofs."""
        words = dict(self.words)
        for unit in units:
            words.update(unit.words)
        return Told(words, joined([self.meaning, *(unit.meaning for unit in units)]))


class _Alike(NamedTuple):
    """How far one claim shares words and matter with its candidates."""

    shared: dict[int, float]
    most: float
    likeness: dict[int, int]
    best: int  # likeness of the candidate that is most alike
    closer: dict[int, int]  # of each candidate, how many are more alike


class Pairs:
    """The claims of one note, asked two by two; linear in the note but for the pairs asked for."""

    def __init__(self, units: Sequence[Unit]) -> None:
        self._units = units
        self._weight = [sum(u.words.values()) or 1.0 for u in units]
        self._names = [frozenset(m.name for m in u.metrics if m.name) for u in units]
        self._order: list[int] = []  # the how manieth of its kind each is
        counts: dict[ClaimKind, int] = {}
        for unit in units:
            self._order.append(counts.get(unit.kind, 0))
            counts[unit.kind] = self._order[-1] + 1
        self._by_kind = {kind: [i for i, u in enumerate(units) if u.kind is kind] for kind in counts}
        self._many = min(_MANY, counts.get(ClaimKind.PROBLEM, 0))
        self._by_table: dict[int, list[int]] = {}
        self._told = [[str(trait) for trait in _TOLD if trait in u.traits] for u in units]

    def signs(self, source: int, told: Mapping[int, Told]) -> dict[int, list[str]]:
        """Return the signs of one claim with each of its candidates; `told` gives what each goes by."""
        unit = self._units[source]
        alike = _alike(unit, told)
        own = [f"n:{self._many}", *(f"own:{trait}" for trait in _OWN if trait in unit.traits)]
        return {at: self._pair(source, at, alike) + own for at in told}

    def scores(self, source: int, told: Mapping[int, Told], table: Mapping[str, int]) -> dict[int, int]:
        """Return how likely a claim bears on each candidate, in hundredths of a logit (0: even).

        It is what the signs of each pair add up to; none is written out, what one claim shows is summed once.
        """
        weights = _weighed(table)
        units, names, one = self._units, self._names, self._units[source]
        alike = _alike(one, told)
        most = alike.most
        own = weights.bias + weights.count[self._many]
        own += sum(weight for trait, weight in weights.own.items() if trait in one.traits)
        marks = weights.mark if one.has("cause_mark") else 0
        in_table = one.is_cell or one.is_row
        targets = self._told_weights(table)
        out = {}
        for at, value in alike.shared.items():
            other, like = units[at], alike.likeness[at]
            kind, place, rank = other.kind, _place(one, other), self._rank(source, at)
            total = own + targets[at] + weights.ranks[kind, rank, place]
            total += weights.distances[max(-_FAR, min(_FAR, source - at))]
            total += weights.sections[one.section_kind, other.section_kind]
            total += weights.like[kind][bisect_right(_LIKE, like)]
            total += weights.behind[bisect_right(_BEHIND, like - alike.best)]
            total += weights.closer[alike.closer[at]]
            if value:
                total += weights.many_alike[kind, self._many] + weights.shared[bisect_right(_SHARED, value)]
                total += weights.part[bisect_right(_PARTS, value / self._weight[source])]
                total += weights.of[bisect_right(_PARTS, value / self._weight[at])]
                total += weights.alike[_rank_of(value, most)]
                if value == most:
                    total += weights.best[kind, rank]
            else:
                total += weights.many[kind, self._many] + weights.nothing
            if rank == 1:
                total += marks
            if names[source] and not names[source].isdisjoint(names[at]):
                total += weights.metric
            if in_table:
                total += weights.row[one.line == other.line]
            out[at] = total
        return out

    def _told_weights(self, table: Mapping[str, int]) -> list[int]:
        """Return what each claim's kind and traits weigh where another may bear on it."""
        found = self._by_table.get(id(table))
        if found is None:
            weights = _weighed(table)
            found = self._by_table[id(table)] = [
                weights.kinds[unit.kind] + sum(map(weights.told.__getitem__, told))
                for unit, told in zip(self._units, self._told, strict=True)
            ]
        return found

    def _pair(self, source: int, at: int, alike: _Alike) -> list[str]:
        one, other = self._units[source], self._units[at]
        shared, most = alike.shared[at], alike.most
        like = bisect_right(_LIKE, alike.likeness[at])
        place = _place(one, other)
        kind = other.kind[0]
        rank = self._rank(source, at)
        out = [
            f"t:{other.kind}",
            f"ov:{bisect_right(_SHARED, shared)}",
            f"part:{bisect_right(_PARTS, shared / self._weight[source])}",
            f"of:{bisect_right(_PARTS, shared / self._weight[at])}",
            f"rel:{_rank_of(shared, most)}",
            f"at:{place}",
            f"d:{max(-_FAR, min(_FAR, source - at))}",
            f"r:{kind}{rank}",
            f"r:{kind}{rank}@{place}",
            f"many:{kind}{self._many}{'+' if shared else ''}",
            f"sec:{one.section_kind}>{other.section_kind}",
            f"like:{like}",
            f"like:{kind}{like}",
            f"behind:{bisect_right(_BEHIND, alike.likeness[at] - alike.best)}",
            f"closer:{alike.closer[at]}",
        ]
        if shared and shared == most:
            out.append(f"best@{kind}{rank}")
        if not self._names[source].isdisjoint(self._names[at]):
            out.append("metric")
        if rank == 1 and one.has("cause_mark"):
            out.append("mark")
        out += self._told[at]
        if one.is_cell or one.is_row:
            out.append(f"row:{one.line == other.line}")
        return out

    def _rank(self, source: int, at: int) -> int:
        """Return how many claims of its kind away one stands: 1 is the nearest before, -1 after."""
        ours = self._by_kind[self._units[at].kind]
        before = bisect_right(ours, source - 1)
        place = self._order[at]
        return min(4, before - place) if place < before else max(-2, before - place - 1)


class Candidates:
    """Which claims another one may bear on: those near it, and those that share most with it."""

    def __init__(self, units: Sequence[Unit]) -> None:
        self._units = units
        self._targets = {
            kind: [i for i, u in enumerate(units) if u.kind in kinds] for kind, kinds in BEARS_ON.items()
        }
        self._shared = {
            kind: Index({i: units[i].words for i in targets} if len(targets) > _BEFORE + _AFTER else {})
            for kind, targets in self._targets.items()
        }

    def of(self, source: int) -> list[int]:
        """Return the candidates of one claim, in text order."""
        unit = self._units[source]
        targets = self._targets[unit.kind]
        first, last = bisect_left(targets, source), bisect_right(targets, source)
        near = [*targets[max(0, first - _BEFORE) : first], *targets[last : last + _AFTER]]
        shared = self._shared[unit.kind].scores(unit.words)
        alike = sorted(shared, key=lambda i: (-shared[i], i))[:_ALIKE]
        return sorted({*near, *alike} - {source})


def _alike(unit: Unit, told: Mapping[int, Told]) -> _Alike:
    shared = {at: overlap(unit.words, one.words) for at, one in told.items()}
    like = {at: likeness(unit.meaning, one.meaning) for at, one in told.items()}
    order = sorted(like.values(), reverse=True)[: _CLOSER + 1]
    closer = {at: order.index(value) if value in order else _CLOSER for at, value in like.items()}
    return _Alike(shared, max(shared.values(), default=0.0), like, max(order, default=0), closer)


def _rank_of(shared: float, most: float) -> str:
    if not shared:
        return "none"
    return "best" if shared == most else "half" if shared * 2 >= most else "low"


def _place(one: Unit, other: Unit) -> str:
    if one.line == other.line:
        return "line"
    if one.block == other.block:
        return "item" if one.item == other.item else "block"
    return "section" if one.section == other.section else "far"


class _Weights:
    """One question's weights by what two claims show, so that no sign need be written out to be looked up."""

    def __init__(self, table: Mapping[str, int]) -> None:
        self.table = table

        def weight(sign: str) -> int:
            return table.get(sign, 0)

        self.bias = weight(BIAS)
        self.metric, self.mark = weight("metric"), weight("mark")
        self.row = weight("row:False"), weight("row:True")
        self.count = [weight(f"n:{n}") for n in range(_MANY + 1)]
        self.shared = [weight(f"ov:{n}") for n in range(len(_SHARED) + 1)]
        self.part = [weight(f"part:{n}") for n in range(len(_PARTS) + 1)]
        self.of = [weight(f"of:{n}") for n in range(len(_PARTS) + 1)]
        self.alike = {name: weight(f"rel:{name}") for name in _ALIKENESS}
        self.nothing = self.shared[0] + self.part[0] + self.of[0] + self.alike["none"]
        self.distances = {n: weight(f"d:{n}") for n in range(-_FAR, _FAR + 1)}
        self.sections = {(a, b): weight(f"sec:{a}>{b}") for a, b in product(SectionKind, repeat=2)}
        likes, behind = range(len(_LIKE) + 1), range(len(_BEHIND) + 1)
        self.like = {k: [weight(f"like:{n}") + weight(f"like:{k[0]}{n}") for n in likes] for k in ClaimKind}
        self.behind = [weight(f"behind:{n}") for n in behind]
        self.closer = [weight(f"closer:{n}") for n in range(_CLOSER + 1)]
        self.kinds = {kind: weight(f"t:{kind}") for kind in ClaimKind}
        self.told = {str(trait): weight(trait) for trait in _TOLD}
        self.own = {trait: weight(f"own:{trait}") for trait in _OWN}
        self.best = {(k, n): weight(f"best@{k[0]}{n}") for k, n in product(ClaimKind, _RANKS)}
        self.ranks = {
            (k, n, place): weight(f"r:{k[0]}{n}") + weight(f"r:{k[0]}{n}@{place}") + weight(f"at:{place}")
            for k, n, place in product(ClaimKind, _RANKS, _PLACES)
        }
        counts = range(_MANY + 1)
        self.many = {(k, n): weight(f"many:{k[0]}{n}") for k, n in product(ClaimKind, counts)}
        self.many_alike = {(k, n): weight(f"many:{k[0]}{n}+") for k, n in product(ClaimKind, counts)}


_KNOWN: dict[int, _Weights] = {}  # by the identity of their table, which they hold on to


def _weighed(table: Mapping[str, int]) -> _Weights:
    known = _KNOWN.get(id(table))
    if known is None:
        if len(_KNOWN) >= _TABLES:
            _KNOWN.clear()
        known = _KNOWN[id(table)] = _Weights(table)
    return known
