"""Which kind of claim each clause makes: the likeliest sequence of labels, by weights learned from notes.

A linear chain: a clause's label scores the sum of its signs' weights, two neighbouring labels the weight of
their transition; the best sequence is found exactly. The weights are data (`data/labels.tsv`, written by
`make train`) and can be read: one sign a line, in hundredths, with the labels it speaks for or against.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from struct import unpack

from service.core.reading import ClaimKind
from service.rules.clause import Clause, Signs

NOTHING = "O"  # the clause says nothing that counts as a claim
_LANE = 32  # bits
_MIDDLE = 1 << (_LANE - 1)
_BITS = 4  # room for sixteen labels
_FROM = (1 << _BITS) - 1
_PREFIXES = ("-s:", "-l:", "+s:", "+l:", "-", "+")


@dataclass(frozen=True, slots=True)
class Label:
    """What one clause is: its kind, and whether it opens a claim or goes on with the one before."""

    kind: ClaimKind | None
    opens: bool = True


class Weights:
    """Weights of signs, each sign's for all labels side by side in one integer: one sum adds them all."""

    def __init__(self, labels: Sequence[str], transitions: Sequence[Sequence[int]]) -> None:
        self.names = tuple(labels)
        self.labels = tuple(map(label_of, labels))
        self.steps = tuple(map(tuple, transitions))  # what each label (column) scores after each other (row)
        self._tables: dict[str, dict[str, int]] = {prefix: {} for prefix in ("", *_PREFIXES)}
        self._form = f"<{len(labels)}I"
        self._size = len(labels) * _LANE // 8
        self._middle = sum(_MIDDLE << (_LANE * at) for at in range(len(labels)))

    def add(self, sign: str, weights: Iterable[tuple[str, int]]) -> None:
        """Take in one sign's weights by label."""
        place = {name: at for at, name in enumerate(self.names)}
        packed = sum(weight << (_LANE * place[name]) for name, weight in weights)
        prefix = next((p for p in _PREFIXES if sign.startswith(p)), "")
        self._tables[prefix][sign.removeprefix(prefix)] = packed

    def scores(self, observed: Sequence[Signs], at: int, sides: tuple[str, str]) -> tuple[int, ...]:
        """Return what each label scores for one clause; `sides` are its neighbours' prefixes."""
        here = observed[at]
        own = self._tables[""]
        total = self._middle + _sum(own, here.own) + _sum(own, here.words) + _sum(own, here.rest)
        if at:
            before = observed[at - 1]
            total += _sum(self._tables[sides[0]], before.own) + _sum(self._tables["-"], before.words)
        if at + 1 < len(observed):
            after = observed[at + 1]
            total += _sum(self._tables[sides[1]], after.own) + _sum(self._tables["+"], after.words)
        lanes: tuple[int, ...] = unpack(self._form, total.to_bytes(self._size, "little"))
        return lanes


def _sum(table: dict[str, int], signs: list[str]) -> int:
    return sum(filter(None, map(table.get, signs)))


def label_of(name: str) -> Label:
    """Return the label of a name: "B-plan" opens a plan, "I-plan" goes on with it, "O" is nothing."""
    if name == NOTHING:
        return Label(None)
    return Label(ClaimKind(name[2:]), name.startswith("B-"))


def read_weights(text: str) -> Weights:
    """Return the weights of a file: labels, transitions (one row a label before), then signs."""
    rows = [line.split("\t") for line in text.split("\n") if line and not line.startswith("# ")]
    names = rows[0][1:]
    found = Weights(names, [[int(n) for n in row[1:]] for row in rows[1 : len(names) + 1]])
    for sign, *told in rows[len(names) + 1 :]:
        found.add(sign, ((names[int(told[i])], int(told[i + 1])) for i in range(0, len(told), 2)))
    return found


def label(clauses: Sequence[Clause], learned: Weights) -> list[Label]:
    """Return each clause's label, in order; linear in the number of clauses."""
    if not clauses:
        return []
    observed = [clause.signs or Signs() for clause in clauses]
    scored = [learned.scores(observed, at, sides(clauses, at)) for at in range(len(clauses))]
    return [learned.labels[at] for at in best_path(scored, learned.steps)]


def sides(clauses: Sequence[Clause], at: int) -> tuple[str, str]:
    """Return the prefixes of a clause's neighbours: in its own line, or in another one."""
    line = clauses[at].line
    before = "-s:" if at and clauses[at - 1].line == line else "-l:"
    after = "+s:" if at + 1 < len(clauses) and clauses[at + 1].line == line else "+l:"
    return before, after


def best_path(scored: Sequence[Sequence[int]], steps: Sequence[Sequence[int]]) -> list[int]:
    """Return the indices of the labels whose scores and transitions add up to most (Viterbi).

    `steps[a][b]` is what label b scores after a. A sum carries the label that it came from in its lowest
    bits, so that taking the largest also tells the way back. A label further behind than any two steps differ
    can't be on the best path: of thirteen, a few are left.
    """
    shifted = [[step << _BITS for step in row] for row in steps]
    reach = max(map(max, steps)) - min(map(min, steps))
    came: list[list[int]] = []
    totals = list(scored[0])
    for scores in scored[1:]:
        floor = max(totals) - reach
        rows = [
            [(total << _BITS) + at + step for step in shifted[at]]
            for at, total in enumerate(totals)
            if total >= floor
        ]
        most = list(map(max, *rows)) if len(rows) > 1 else rows[0]
        came.append(most)
        totals = [(one >> _BITS) + score for one, score in zip(most, scores, strict=True)]
    at = totals.index(max(totals))
    path = [at]
    for most in reversed(came):
        at = most[at] & _FROM
        path.append(at)
    path.reverse()
    return path
