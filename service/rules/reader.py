"""Reads a note by rule: parse, segment, look up, classify, join, observe, tie."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import NamedTuple

from service.core import arithmetic
from service.core.document import parse
from service.core.document.model import Document, Format, LineKind
from service.core.facts.script import is_han
from service.core.lexicon import Hits, Lexicon
from service.core.note import ROLES, Note
from service.core.numbers import scan
from service.core.numbers.metrics import bind
from service.core.numbers.model import Metric, Mismatch, Number
from service.core.reading import Claim, ClaimKind, Link, Reading, Relation, Trait
from service.core.segment import segment
from service.rules import (
    carry,
    claims,
    clause,
    compare,
    frame,
    links,
    period,
    role,
    signs,
    stray,
    tables,
    traits,
    waiting,
)
from service.rules.clause import Clause
from service.rules.label import Label, label
from service.rules.learned import Learned, load
from service.rules.sections import Layout, lay_out
from service.rules.settle import settle
from service.rules.unit import Unit
from service.rules.words import Words

_SIGNS_NEEDED = 2
_MANY_FIGURES = 3
# lists whose words are signs of one kind that a text speaks of work
_SIGNS = (
    ("time_now", "time_next", "time_past", "tone_bad", "vague_tone", "tone_good"),  # fits the weather, too
    ("metric",),
    ("deed_verb", "deed_fix"),
    ("head_plans", "head_problems", "head_causes", "head_results"),
    ("plan_vague", "plan_measure", "plan_priority", "plan_chore"),
    ("cause_mark", "cause_empty", "cause_vogue", "evidence_source"),
    tuple(f"role_{role}" for role in ROLES),
)


@dataclass(frozen=True, slots=True)
class Ground:
    """One note looked over, before any clause of it is judged."""

    document: Document
    hits: Hits
    layout: Layout
    clauses: list[Clause]
    words: Words
    numbers: tuple[Number, ...]
    metrics: tuple[Metric, ...]
    mismatches: tuple[Mismatch, ...]


@dataclass(frozen=True, slots=True)
class Draft:
    """One note read up to its ties to another."""

    ground: Ground
    units: list[Unit]
    ties: list[links.Tie]
    stray_signs: dict[int, list[str]]  # of each plan
    open_signs: dict[int, list[str]]  # of each problem, where there are plans

    @property
    def passages(self) -> list[carry.Passage]:
        """What the text tells, sentence by sentence, for the promises of the note before."""
        return carry.passages(self.ground.clauses, self.units, self.ground.words)


class _Before(NamedTuple):
    """The note of the period before as it was last read: from what, how far it goes by itself, and whole."""

    asked: tuple[str, str, str, tuple[str, ...]]
    draft: Draft
    reading: Reading


class RuleReader:
    """Reads by rule; the same note always gives the same reading."""

    def __init__(self, lexicon: Lexicon, learned: Learned | None = None) -> None:
        self._lexicon = lexicon
        self._learned = learned or load()
        self._before: _Before | None = None

    def clauses(self, note: Note) -> tuple[Document, list[Clause]]:
        """Return a note's clauses of running text with all that is seen in them, before any is judged."""
        ground = _ground(note.text, note.format, note.kind, self._lexicon.with_metrics(note.rules.metrics))
        return ground.document, ground.clauses

    def units(self, note: Note, labels: Sequence[Label]) -> list[Unit]:
        """Return a note's claims in the making by labels that are given: what ties are learned from."""
        ground = _ground(note.text, note.format, note.kind, self._lexicon)
        return _units(ground, labels, self._learned)

    def read(self, note: Note) -> Reading:
        """Return what the note claims, with the note of the period before read the same way."""
        lexicon = self._lexicon.with_metrics(note.rules.metrics)
        draft = _draft(note.text, note.format, note.kind, lexicon, self._learned)
        if not note.previous:
            return _reading(draft, note, {}, None)
        before = self._read_before(note, note.previous, lexicon)
        kept = self._learned.questions["kept"]
        carried = carry.carried(before.draft.units, draft.passages, kept) if draft.units else {}
        return _reading(draft, note, carried, before.reading)

    def _read_before(self, note: Note, text: str, lexicon: Lexicon) -> "_Before":
        """Return the note before, read; the last one is kept, for each rewrite's check asks for it again."""
        asked = (text, note.kind, note.role, note.rules.metrics)
        before = self._before
        if before is None or before.asked != asked:
            draft = _draft(text, Format.AUTO, note.kind, lexicon, self._learned)
            before = self._before = _Before(asked, draft, _reading(draft, note, {}, None))
        return before

    def draft(self, text: str, kind: str, markup: Format = Format.AUTO) -> Draft:
        """Return one text read up to its ties to another."""
        return _draft(text, markup, kind, self._lexicon, self._learned)


def _ground(text: str, markup: Format, kind: str, lexicon: Lexicon) -> Ground:
    document = parse(text, markup)
    sentences = segment(document)
    hits = lexicon.find(document.folded)
    when = period.detect(document, kind)
    numbers = period.redate(document, scan(document.view), when)
    metrics = bind(document, sentences, numbers, lexicon, hits)
    mismatches = arithmetic.check(document, sentences, numbers, metrics)
    metrics = compare.refine(document, sentences, numbers, metrics, when, hits)
    layout = lay_out(document, hits, when)
    words = Words(document.folded)
    clauses = clause.build(document, sentences, layout.kinds, hits, numbers, metrics, words)
    for one in clauses:
        one.when = when.place(one.text) if one.numbers else 0
    frame.place(document, clauses, hits)
    told = claims.running(document, clauses)
    for one, seen in zip(told, signs.observe(document, told, words), strict=True):
        one.signs = seen
    return Ground(document, hits, layout, told, words, numbers, metrics, mismatches)


def _draft(text: str, markup: Format, kind: str, lexicon: Lexicon, learned: Learned) -> Draft:
    ground = _ground(text, markup, kind, lexicon)
    labels, plainness = label(ground.clauses, learned.labels)
    units = _units(ground, labels, learned)
    for unit in units:
        if unit.kind is ClaimKind.CAUSE and not (unit.is_row or unit.is_cell):
            unit.plainness = plainness
    ties = links.tie(units, learned.questions)
    heads = [line.span for line in ground.document.lines if line.kind is LineKind.HEADING]
    asides = [c.span for c, told in zip(ground.clauses, labels, strict=True) if told.kind is None]
    words = ground.words
    signs = stray.signs(units, ties, words.content(*heads), words.content(*asides))
    stray.mark(units, signs, learned.questions["stray"])
    open_signs = waiting.signs(units, ties)
    waiting.mark(units, open_signs, learned.questions["open"])
    return Draft(ground, units, settle(units, ties), signs, open_signs)


def _units(ground: Ground, labels: Sequence[Label], learned: Learned) -> list[Unit]:
    """Return the claims in the making, in text order, with what is observed of each."""
    document, words = ground.document, ground.words
    units = claims.collect(document, ground.clauses, labels, ground.layout)
    units += tables.collect(document, ground.layout, ground.hits, ground.numbers, ground.metrics, words)
    units.sort(key=lambda u: u.span)
    for before, after in pairwise(units):
        before.is_backed = bool(after.measures) and after.kind is before.kind and after.goes_on_from(before)
    for unit in units:
        traits.observe(document, unit, words, learned.questions)
    traits.mark_breakdowns(document, units)
    links.discount(units)
    traits.share_commitments(document, units)
    return units


def _reading(draft: Draft, note: Note, carried: Mapping[int, int], previous: Reading | None) -> Reading:
    ground, units = draft.ground, draft.units
    edges: dict[int, list[Link]] = {}
    for tie in draft.ties:
        edges.setdefault(tie.source, []).append(Link(tie.relation, f"c{tie.target + 1}"))
    for promised, reported in carried.items():
        edges.setdefault(reported, []).append(Link(Relation.CARRIES_OVER, f"c{promised + 1}", "previous"))
    matter = links.matters(units)
    found = tuple(
        Claim(
            id=f"c{at + 1}",
            kind=unit.kind,
            span=unit.span,
            line=unit.line,
            section=unit.section,
            metrics=tuple(unit.metrics),
            links=tuple(edges.get(at, ())),
            traits=frozenset(unit.traits),
            deadline=unit.deadline,
            owner=unit.owner,
            matter=matter.get(at),
            vague=tuple(unit.vague),
            plainness=unit.plainness,
        )
        for at, unit in enumerate(units)
    )
    return Reading(
        document=ground.document,
        role=note.role if note.role != "auto" else role.detect(ground.document, ground.hits),
        kind=note.kind,
        sections=ground.layout.sections,
        claims=found,
        numbers=ground.numbers,
        mismatches=ground.mismatches,
        previous=previous,
        is_note=_is_note(draft),
        prioritised=sum(Trait.PRIORITISED in u.traits for u in units) >= 2,
        definitions=len({h.word for h in ground.hits.all("define_mark")}),
        hits=ground.hits,
    )


def _is_deed_or_trouble(unit: Unit) -> bool:
    if not any(is_han(word[0]) for word in unit.words):
        return False
    if unit.kind is ClaimKind.PROBLEM:
        return Trait.NEGATIVE in unit.traits
    return unit.kind is ClaimKind.ACTIVITY


def _is_note(draft: Draft) -> bool:
    """Tell whether the text reports on work: a deed, a trouble, or two kinds of signs speak of it.

    Figures with units are signs, too: one for some, one more for many.
    """
    told = [u for u in draft.units if u.kind is not ClaimKind.CAUSE and (u.words or u.measures)]
    if not told:
        return False
    if any(_is_deed_or_trouble(u) for u in told):
        return True
    figures = sum(bool(n.unit) for u in draft.units for n in u.measures)
    hits, signs = draft.ground.hits, (figures > 0) + (figures >= _MANY_FIGURES)
    for family in _SIGNS:
        signs += any(hits.all(name) for name in family)
        if signs >= _SIGNS_NEEDED:  # the words of roles are looked for only where nothing else tells
            return True
    return False
