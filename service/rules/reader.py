"""Reads a note by rule: parse, segment, look up, classify, join, observe, tie."""

from collections.abc import Mapping
from dataclasses import dataclass

from service.core import arithmetic
from service.core.document import parse
from service.core.document.model import Document, Format, LineKind
from service.core.lexicon import Hits, Lexicon
from service.core.note import ROLES, Note
from service.core.numbers import scan
from service.core.numbers.metrics import bind
from service.core.numbers.model import Mismatch, Number
from service.core.reading import Claim, ClaimKind, Link, Reading, Relation, Section, Trait
from service.core.segment import segment
from service.rules import carry, claims, clause, compare, links, period, role, tables, traits
from service.rules.sections import lay_out
from service.rules.unit import Unit
from service.rules.words import Words

_SIGNS_NEEDED = 2
# lists whose words are signs of one kind that a text speaks of work
_SIGNS = (
    ("time_now", "time_next", "time_past"),
    ("metric",),
    ("deed_verb", "deed_fix"),
    ("head_plans", "head_problems", "head_causes", "head_results", "head_review"),
    ("tone_bad", "vague_tone", "tone_good"),
    ("plan_vague", "plan_measure", "plan_priority", "plan_chore"),
    ("cause_mark", "cause_empty", "cause_vogue", "evidence_source"),
    tuple(f"role_{role}" for role in ROLES),
)


@dataclass(frozen=True, slots=True)
class _Draft:
    """One note read up to its ties to another."""

    document: Document
    hits: Hits
    sections: tuple[Section, ...]
    units: list[Unit]
    headings: dict[str, float]
    numbers: tuple[Number, ...]
    mismatches: tuple[Mismatch, ...]


class RuleReader:
    """Reads by rule; the same note always gives the same reading."""

    def __init__(self, lexicon: Lexicon) -> None:
        self._lexicon = lexicon

    def read(self, note: Note) -> Reading:
        """Return what the note claims, with the note of the period before read the same way."""
        lexicon = self._lexicon.with_metrics(note.rules.metrics)
        draft = _draft(note.text, note.format, note.kind, lexicon)
        before = _draft(note.previous, Format.AUTO, note.kind, lexicon) if note.previous else None
        carried = carry.carried(before.units, draft.units) if before else {}
        previous = _reading(before, note, {}, None) if before else None
        return _reading(draft, note, carried, previous)


def _draft(text: str, markup: Format, kind: str, lexicon: Lexicon) -> _Draft:
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
    running = clause.build(document, sentences, layout.kinds, hits, numbers, metrics, words)
    for one in running:
        one.when = when.place(one.text) if one.numbers else 0
    units = claims.collect(document, running, layout)
    units += tables.collect(document, layout, hits, numbers, metrics, words)
    units.sort(key=lambda u: u.span)
    for unit in units:
        traits.observe(document, unit, words)
    traits.mark_breakdowns(document, units)
    links.discount(units)
    links.recast(units)
    traits.share_item([u for u in units if document.lines[u.line].kind is LineKind.ITEM])
    heads = [line.span for line in document.lines if line.kind is LineKind.HEADING]
    return _Draft(document, hits, layout.sections, units, words.content(*heads), numbers, mismatches)


def _reading(draft: _Draft, note: Note, carried: Mapping[int, int], previous: Reading | None) -> Reading:
    units = draft.units
    edges: dict[int, list[Link]] = {}
    ties = links.tie(units)
    links.mark_strays(units, ties, draft.headings)
    for tie in ties:
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
        )
        for at, unit in enumerate(units)
    )
    return Reading(
        document=draft.document,
        role=note.role if note.role != "auto" else role.detect(draft.document, draft.hits),
        kind=note.kind,
        sections=draft.sections,
        claims=found,
        numbers=draft.numbers,
        mismatches=draft.mismatches,
        previous=previous,
        is_note=_is_note(draft),
        prioritised=sum(Trait.PRIORITISED in u.traits for u in units) >= 2,
        definitions=len({h.word for h in draft.hits.all("define_mark")}),
        hits=draft.hits,
    )


def _is_note(draft: _Draft) -> bool:
    """Tell whether the text reports on work: it claims something, and two kinds of signs speak of work."""
    if not any(u.kind is not ClaimKind.CAUSE and (u.words or u.measures) for u in draft.units):
        return False
    signs = sum(any(draft.hits.all(name) for name in family) for family in _SIGNS)
    return signs >= _SIGNS_NEEDED
