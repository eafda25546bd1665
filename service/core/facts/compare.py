"""Lays a rewrite's facts beside the note's: what came in, what went, what was worked out."""

from collections.abc import Sequence
from dataclasses import dataclass

from service.core.facts.derive import Derivation, derive
from service.core.facts.model import Fact, FactKind, Facts
from service.core.facts.script import is_han
from service.core.facts.words import word_lists
from service.core.numbers.model import Number
from service.core.rewrite import Derived

_SHARED = 0.6  # a cause is the note's own when this share of its character pairs stands in the note
_NEW_WORD = 2  # so many characters in a row that neither the note nor the coach's words account for


@dataclass(frozen=True, slots=True)
class Difference:
    """What a rewritten passage adds to the note, what it drops from the passage, what it worked out."""

    new: tuple[Fact, ...]
    lost: tuple[Fact, ...]
    derived: tuple[Derived, ...]


def compare(
    rewritten: Facts,
    passage: Facts,
    note: Facts,
    answers: Sequence[Facts] = (),
    causes: str = "",
    sums: Sequence[Derivation] = (),
) -> Difference:
    """Compare a rewritten passage with the passage as it was, the whole note and the author's answers.

    `causes` are the note's words that tell causes, whoever read them; `sums` what may be worked out.
    """
    near = (
        passage,
        *answers,
    )  # status and cause belong to the passage; the rest may come from the whole note
    known = (note, *near)
    derived: list[Derived] = []
    new: list[Fact] = []
    for fact in rewritten.items:
        if fact.number is not None and not _holds_number(fact.number, known):
            found = derive(fact.number, fact.text, sums)
            if found is not None:
                derived.append(found)
                continue
        if not _is_known(fact, near, known, causes):
            new.append(fact)
    new.extend(_new_words(rewritten.plain, known))
    lost = tuple(fact for fact in passage.items if not _is_kept(fact, rewritten))
    return Difference(_once(new), _once(list(lost)), tuple(dict.fromkeys(derived)))


def _once(found: list[Fact]) -> tuple[Fact, ...]:
    return tuple({(fact.kind, fact.key): fact for fact in found}.values())


def _is_known(fact: Fact, near: Sequence[Facts], known: Sequence[Facts], causes: str) -> bool:
    if fact.number is not None:
        return _holds_number(fact.number, known)
    if fact.kind is FactKind.STATUS:
        return any(fact.key in one.plain for one in near)
    if fact.kind is FactKind.GUESS:
        return True
    if fact.kind is FactKind.CAUSE:
        return _is_told(fact.key, (causes, *(one.plain for one in near)))
    return any(fact.key in one.plain for one in known)


def _is_told(cause: str, sources: Sequence[str]) -> bool:
    pairs = [cause[i : i + 2] for i in range(len(cause) - 1)]
    told = sum(any(pair in source for source in sources) for pair in pairs)
    return told >= _SHARED * len(pairs)


def _holds_number(number: Number, known: Sequence[Facts]) -> bool:
    return any(
        _same(number, fact.number)
        for one in known
        for fact in one.of(FactKind.NUMBER)
        if fact.number is not None
    )


def _same(new: Number, old: Number) -> bool:
    """Tell whether a figure says no more than one of the note's: same value, unit, way and exactness."""
    return (
        abs(new.value - old.value) <= 1e-9 * max(1.0, abs(old.value))
        and new.value_max == old.value_max
        and new.unit in (old.unit, "")
        and (new.sign == old.sign or not new.sign)
        and new.precision is old.precision
    )


def _is_kept(fact: Fact, rewritten: Facts) -> bool:
    """Tell whether a fact of the passage is still there; words and causes may be told otherwise."""
    if fact.number is not None:
        return any(
            n.number is not None
            and abs(n.number.value - fact.number.value) < 1e-9 * max(1.0, abs(fact.number.value))
            and n.number.unit == fact.number.unit
            for n in rewritten.of(FactKind.NUMBER)
        )
    if fact.kind in (FactKind.WORD, FactKind.CAUSE):
        return True
    if fact.kind is FactKind.GUESS:
        return bool(rewritten.of(FactKind.GUESS))
    return fact.key in rewritten.plain


def _new_words(plain: str, known: Sequence[Facts]) -> list[Fact]:
    """Return the runs of Chinese characters that neither the known texts nor the coach's own words hold."""
    covered = [False] * len(plain)
    for i in range(len(plain) - 1):
        if any(plain[i : i + 2] in one.pairs for one in known):
            covered[i] = covered[i + 1] = True
    for word in word_lists().neutral:
        at = plain.find(word)
        while at >= 0:
            covered[at : at + len(word)] = [True] * len(word)
            at = plain.find(word, at + 1)
    found: list[Fact] = []
    run = ""
    for char, is_known in zip(plain + "\n", (*covered, True), strict=True):
        if not is_known and is_han(char):  # figures, Latin words and signs are looked at elsewhere
            run += char
            continue
        if len(run) >= _NEW_WORD:
            found.append(Fact(FactKind.WORD, run, run))
        run = ""
    return found
