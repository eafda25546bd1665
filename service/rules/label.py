"""Which kind of claim each clause makes: the likeliest sequence of labels, by weights learned from notes.

A linear chain: a clause's label scores the sum of its signs' weights, two neighbouring labels the weight of
their transition; the best sequence is found exactly. The weights are data (`data/labels.tsv`, written by
`make train`) and can be read: one sign a line, in hundredths, with the labels it speaks for or against.
"""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from struct import unpack
from typing import NamedTuple

from service.core.reading import ClaimKind, SectionKind
from service.rules.clause import Clause, Signs
from service.rules.letters import LetterWeights

NOTHING = "O"  # the clause says nothing that counts as a claim
_LANE = 32  # bits
_MIDDLE = 1 << (_LANE - 1)
_BITS = 4  # room for sixteen labels
_FROM = (1 << _BITS) - 1
_EXPLAINED = (ClaimKind.PROBLEM, ClaimKind.RESULT)
_NEVER = -(1 << 40)
_PLAIN = 300  # hundredths of a logit; so far ahead of a reading without it, a cause is told plainly
_BESIDE = ("-s:", "-l:", "+s:", "+l:")  # of the clause before, of that after; in the same line, in another


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
        self._tables: dict[str, dict[str, int]] = {prefix: {} for prefix in ("", *_BESIDE)}
        self._letters = LetterWeights()
        self._lanes = {name: _LANE * at for at, name in enumerate(labels)}
        self._form = f"<{len(labels)}I"
        self._size = len(labels) * _LANE // 8
        self._middle = sum(_MIDDLE << (_LANE * at) for at in range(len(labels)))

    def add(self, sign: str, weights: Iterable[tuple[str, int]]) -> None:
        """Take in one sign's weights by label."""
        self._put(sign, sum(weight << self._lanes[name] for name, weight in weights))

    def read(self, rows: Iterable[str]) -> None:
        """Take in a file's rows: a sign, then pairs of a label's number and a weight, parted by tabs."""
        lanes = {str(at): lane for at, lane in enumerate(self._lanes.values())}
        known: dict[str, int] = {}  # a third of the rows have weights that another has
        for row in rows:
            sign, _, told = row.partition("\t")
            packed = known.get(told)
            if packed is None:
                pairs = told.split("\t")
                packed = sum([int(w) << lanes[at] for at, w in zip(pairs[::2], pairs[1::2], strict=True)])
                known[told] = packed
            self._put(sign, packed)

    def _put(self, sign: str, packed: int) -> None:
        if sign[:3] in self._tables:
            self._tables[sign[:3]][sign[3:]] = packed
        elif sign[0] in "-+":  # a word beside, wherever it stands
            self._tables[f"{sign[0]}s:"][sign[1:]] = packed
            self._tables[f"{sign[0]}l:"][sign[1:]] = packed
        elif not self._letters.add(sign, packed):
            self._tables[""][sign] = packed

    def scores(self, observed: Sequence[Signs], at: int, sides: tuple[str, str]) -> tuple[int, ...]:
        """Return what each label scores for one clause; `sides` are its neighbours' prefixes."""
        here = observed[at]
        total = self._middle + self._letters.score(here.letters)
        total += _sum(self._tables[""], here.own + here.words + here.place)
        if at:
            before = observed[at - 1]
            total += _sum(self._tables[sides[0]], before.own + before.words)
        if at + 1 < len(observed):
            after = observed[at + 1]
            total += _sum(self._tables[sides[1]], after.own + after.words)
        lanes: tuple[int, ...] = unpack(self._form, total.to_bytes(self._size, "little"))
        return lanes


def _sum(table: dict[str, int], signs: Sequence[str]) -> int:
    return sum(filter(None, map(table.get, signs)))


def label_of(name: str) -> Label:
    """Return the label of a name: "B-plan" opens a plan, "I-plan" goes on with it, "O" is nothing."""
    if name == NOTHING:
        return Label(None)
    return Label(ClaimKind(name[2:]), name.startswith("B-"))


def read_weights(text: str) -> Weights:
    """Return the weights of a file: labels, transitions (one row a label before), then signs."""
    rows = [line for line in text.split("\n") if line and not line.startswith("# ")]
    names = rows[0].split("\t")[1:]
    steps = [row.split("\t")[1:] for row in rows[1 : len(names) + 1]]
    found = Weights(names, [[int(n) for n in row] for row in steps])
    found.read(rows[len(names) + 1 :])
    return found


class Labelled(NamedTuple):
    """Each clause's label, in order, and how plainly the only cause is told: 0 as well none as one, to 1."""

    labels: list[Label]
    plainness: float = 1.0


def label(clauses: Sequence[Clause], learned: Weights) -> Labelled:
    """Return the clauses labelled; linear in their number."""
    if not clauses:
        return Labelled([])
    observed = [clause.signs or Signs() for clause in clauses]
    scored = [
        _allowed(clause, learned.scores(observed, at, sides(clauses, at)), learned.labels)
        for at, clause in enumerate(clauses)
    ]
    path = best_path(scored, learned.steps)
    found = [learned.labels[at] for at in path]
    at = _explains_nothing(clauses, found)
    if at is not None:
        # What comes first is then what is told, not why: that clause opens what can be explained. Where it is
        # all that is claimed, and no word of it speaks of work or trouble, it may as well say nothing.
        is_all = sum(label.opens for label in found if label.kind is not None) == 1
        is_idle = is_all and not clauses[at].has("tone_bad", "metric", "deed_verb")
        scored[at] = tuple(
            score if (label.opens if label.kind in _EXPLAINED else is_idle and label.kind is None) else _NEVER
            for score, label in zip(scored[at], learned.labels, strict=True)
        )
        path = best_path(scored, learned.steps)
    return _labelled(scored, path, learned)


def _labelled(scored: Sequence[tuple[int, ...]], path: Sequence[int], learned: Weights) -> Labelled:
    """Return the labels of a path, with how far it is ahead of the best one without its only cause."""
    labels = [learned.labels[at] for at in path]
    causes = [label for label in labels if label.kind is ClaimKind.CAUSE]
    if not causes or sum(label.opens for label in causes) > 1:
        return Labelled(labels)
    without = [_barred(scores, (ClaimKind.CAUSE,), learned.labels) for scores in scored]
    lead = _worth(scored, path, learned) - _worth(without, best_path(without, learned.steps), learned)
    return Labelled(labels, min(lead, _PLAIN) / _PLAIN)


def _worth(scored: Sequence[tuple[int, ...]], path: Sequence[int], learned: Weights) -> int:
    """Return what the labels of a path and their transitions score together."""
    own = sum(scores[at] for scores, at in zip(scored, path, strict=True))
    return own + sum(learned.steps[one][other] for one, other in pairwise(path))


def _barred(
    scores: tuple[int, ...], kinds: Collection[ClaimKind], labels: Sequence[Label]
) -> tuple[int, ...]:
    return tuple(
        _NEVER if label.kind in kinds else score for score, label in zip(scores, labels, strict=True)
    )


def _allowed(clause: Clause, scores: tuple[int, ...], labels: Sequence[Label]) -> tuple[int, ...]:
    """Return a clause's scores with the kind barred that its words rule out, whatever stands around it.

    What is done, or did not happen, is no problem; what follows a lead for reasons is neither that nor a
    result. Such a one, what has not come again, and what is told of a day in a log or of this period, is no
    plan. An item of the part for problems is no cause unless it says so; what stands in the part for plans is
    no deed yet, and in that for problems no deed alone.
    """
    is_own = clause.is_alone and clause.section is SectionKind.PROBLEMS and not clause.has("cause_mark")
    is_past = clause.has_ended or clause.is_logged or clause.is_past
    is_why = _is_led_to_why(clause)
    ruled_out = (
        (ClaimKind.PROBLEM, clause.is_clear or clause.is_done or is_why),
        (ClaimKind.RESULT, is_why),
        (ClaimKind.PLAN, is_past or is_why),
        (ClaimKind.CAUSE, is_own),
        (ClaimKind.ACTIVITY, clause.section in (SectionKind.PLANS, SectionKind.PROBLEMS)),
    )
    barred = [kind for kind, is_out in ruled_out if is_out]
    return _barred(scores, barred, labels) if barred else scores


def _is_led_to_why(clause: Clause) -> bool:
    return clause.is_led and clause.section is SectionKind.CAUSES


def _explains_nothing(clauses: Sequence[Clause], found: Sequence[Label]) -> int | None:
    """Return the first cause that no word marks as one, where the note tells nothing to explain."""
    if any(label.kind in _EXPLAINED for label in found):
        return None
    return next(
        (
            at
            for at, (clause, label) in enumerate(zip(clauses, found, strict=True))
            if label.kind is ClaimKind.CAUSE and not ("cause_mark" in clause.cues or _is_led_to_why(clause))
        ),
        None,
    )


def sides(clauses: Sequence[Clause], at: int) -> tuple[str, str]:
    """Return the prefixes of a clause's neighbours: in its own line, or in another one."""
    line = clauses[at].line
    before = "-s:" if at and clauses[at - 1].line == line else "-l:"
    after = "+s:" if at + 1 < len(clauses) and clauses[at + 1].line == line else "+l:"
    return before, after


def best_path(scored: Sequence[Sequence[int]], steps: Sequence[Sequence[int]]) -> list[int]:
    """Return the indices of the labels whose scores and transitions add up to most (Viterbi).

    `steps[a][b]` is what label b scores after a. A sum carries the label that it came from in its lowest
    bits, so that taking the largest also tells the way back.
    """
    chain = _chain(tuple(map(tuple, steps)))
    came: list[list[int]] = []
    totals = list(scored[0])
    for scores in scored[1:]:
        lead = max(totals)
        most, rivals = chain[totals.index(lead)]
        lead <<= _BITS
        best = [lead + step for step in most]
        for total, (reach, gains) in zip(totals, rivals, strict=True):
            gap = lead - (total << _BITS)
            if gap > reach:
                continue
            for gain, to in gains:
                if gain < gap:
                    break
                one = lead + most[to] + gain - gap
                if one > best[to]:
                    best[to] = one
        came.append(best)
        totals = [(one >> _BITS) + score for one, score in zip(best, scores, strict=True)]
    at = totals.index(max(totals))
    path = [at]
    for best in reversed(came):
        at = best[at] & _FROM
        path.append(at)
    path.reverse()
    return path


_Gains = tuple[int, tuple[tuple[int, int], ...]]


@lru_cache(maxsize=8)
def _chain(steps: tuple[tuple[int, ...], ...]) -> tuple[tuple[tuple[int, ...], tuple[_Gains, ...]], ...]:
    """Return for each label that may lead what the next ones score after it, and what others gain on it.

    A label that is behind can only be the better one to come from where its step scores so much more than
    the leader's: of thirteen labels and thirteen steps each, two or three. The largest gains come first.
    """
    packed = [[(step << _BITS) + at for step in row] for at, row in enumerate(steps)]
    out = []
    for leader in packed:
        rivals: list[_Gains] = []
        for other in packed:
            gains = [(mine - its, to) for to, (mine, its) in enumerate(zip(other, leader, strict=True))]
            gains = sorted((one for one in gains if other is not leader), reverse=True)
            rivals.append((gains[0][0] if gains else -1, tuple(gains)))
        out.append((tuple(leader), tuple(rivals)))
    return tuple(out)
