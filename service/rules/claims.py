"""From labelled clauses to claims, sentence by sentence; plans are put together with their topics."""

from collections.abc import Sequence
from itertools import groupby

from service.core.document.model import Document, LineKind
from service.core.reading import ClaimKind
from service.core.span import Span
from service.rules.clause import Clause
from service.rules.cut import is_lead
from service.rules.label import Label
from service.rules.runs import split
from service.rules.sections import Layout
from service.rules.shapes import listed, shape
from service.rules.unit import Unit

_NUMERALS = "①②③④⑤⑥⑦⑧⑨⑩一二三四五六七八九十"
_HEADING = ("head_", "time_next")
_TOPIC = 14  # characters
_OPENING = 24
_PASTED = 16  # characters; shorter lines come again by chance
_FALLBACK = shape("fallback")
_SAYS_NOTHING = shape("says_nothing")
_DEFINITIONS = frozenset(listed("definition"))


def running(document: Document, clauses: Sequence[Clause]) -> list[Clause]:
    """Return the clauses that may make claims.

    Headings, leads, code, greetings, numbers of documents and rooms, and what was pasted twice make none; nor
    do they stand between those that do.
    """
    silent = _pasted_again(document)
    told = [
        c
        for c in clauses
        if document.lines[c.line].kind not in (LineKind.HEADING, LineKind.CODE)
        and c.line not in silent
        and not is_lead(c.text)
        and not (c.has_digit and _SAYS_NOTHING.search(c.text))
    ]
    sentences = (list(group) for _, group in groupby(told, key=lambda c: c.sentence))
    return [c for sentence in sentences if not _says_nothing(sentence) for c in sentence]


def _says_nothing(sentence: Sequence[Clause]) -> bool:
    """Tell whether a sentence is a courtesy, or words of method and fashion and nothing beside them."""
    is_fashion = all(c.has("cause_vogue") and not c.measures for c in sentence)
    return _is_courtesy(sentence) or (is_fashion and 2 * sum(c.is_vogue for c in sentence) >= len(sentence))


def _pasted_again(document: Document) -> set[int]:
    """Return the lines that say what a line before says, to the letter."""
    met: set[str] = set()
    again: set[int] = set()
    for at, line in enumerate(document.lines):
        text = document.slice(line.span).strip()
        if len(text) < _PASTED:
            continue
        if text in met:
            again.add(at)
        met.add(text)
    return again


def collect(
    document: Document, clauses: Sequence[Clause], labels: Sequence[Label], layout: Layout
) -> list[Unit]:
    """Return the units told in running text, in text order; `labels` has one for each clause."""
    units: list[Unit] = []
    item_of = _items(document)
    silent = layout.titles | layout.heads | layout.asides
    labelled = zip(clauses, labels, strict=True)
    for _, group in groupby(labelled, key=lambda pair: pair[0].sentence):
        sentence = list(group)
        first = sentence[0][0]
        if first.line in silent or _defines(first):
            continue
        line = document.lines[first.line]
        units += [
            Unit(
                kind=run.kind,
                clauses=run.clauses,
                line=first.line,
                block=line.block,
                item=item_of[first.line],
                section=layout.owners[first.line],
                section_kind=run.clauses[0].section,
                span=Span(run.clauses[0].span.start, run.clauses[-1].span.end),
                is_numbered=any(ch.isdigit() or ch in _NUMERALS for ch in line.marker),
                goes_on=run.goes_on,
            )
            for run in split(sentence)
        ]
    return _plans_whole(document, units)


def _plans_whole(document: Document, units: list[Unit]) -> list[Unit]:
    """Put together what one plan is told in: its topic before it, and what follows if it fails.

    A topic that stands alone ("下周:", "周末排队，P0") is no plan; its words go to the plans told under it.
    """
    out: list[Unit] = []
    topic: Unit | None = None
    for at, unit in enumerate(units):
        if unit.kind is not ClaimKind.PLAN:
            out.append(unit)
            continue
        if topic is not None and topic.item != unit.item and topic.line != unit.line:
            topic = None
        after = units[at + 1] if at + 1 < len(units) else None
        if (_is_topic(unit) and _leads(document, unit, after)) or _announces(document, unit):
            topic = unit
            continue
        last = out[-1] if out else None
        if last is not None and last.kind is ClaimKind.PLAN and _goes_on(document, last, unit):
            for clause in unit.clauses:
                last.grow(clause)
            continue
        if topic is not None:
            unit.topic = topic.span
            if topic.line == unit.line and (last is None or last.line != unit.line):
                unit.span = Span(topic.span.start, unit.span.end)
                unit.clauses = [*topic.clauses, *unit.clauses]
        out.append(unit)
    return out


def _goes_on(document: Document, last: Unit, unit: Unit) -> bool:
    """Tell whether a plan's sentence goes on with the plan before it: what if it fails, or a part of it."""
    if last.line != unit.line:
        return False
    between = document.view[last.span.end : unit.span.start].strip()
    return (unit.goes_on and between == ";") or _FALLBACK.match(document.slice(unit.span)) is not None


def _announces(document: Document, unit: Unit) -> bool:
    """Tell whether a short line only opens the list below it ("10 月就三件事，从急到缓")."""
    line = document.lines[unit.line]
    below = document.lines[unit.line + 1] if unit.line + 1 < len(document.lines) else None
    return (
        line.kind is not LineKind.ITEM
        and below is not None
        and below.kind is LineKind.ITEM
        and line.span.end - line.span.start <= _OPENING
        and not unit.has("plan_do")
    )


def _leads(document: Document, unit: Unit, after: Unit | None) -> bool:
    """Tell whether something stands under a topic: more behind a colon, or items below; else it is a plan.

    Words of headings alone ("下一步打算") are never a plan.
    """
    if after is not None and after.line == unit.line:
        between = document.view[unit.span.end : after.span.start]
        if between.strip() in ("", ":") and not _FALLBACK.match(document.slice(after.span)):
            return True
    line = document.lines[unit.line]
    below = document.lines[unit.line + 1] if unit.line + 1 < len(document.lines) else None
    if (
        below is not None
        and below.kind is LineKind.ITEM
        and (line.kind is not LineKind.ITEM or below.level > line.level)
    ):
        return True
    told = sum(
        h.end - h.start
        for c in unit.clauses
        for name, hits in c.cues.items()
        if name.startswith(_HEADING)
        for h in hits
    )
    return told * 2 >= unit.span.end - unit.span.start


def _is_topic(unit: Unit) -> bool:
    """Tell whether a plan sentence only names what follows."""
    length = sum(c.span.end - c.span.start for c in unit.clauses)
    return (
        length <= _TOPIC
        and not unit.has("plan_do", "plan_vague", "plan_chore")
        and not unit.measures
        and not any(c.is_dated for c in unit.clauses)
    )


def _is_courtesy(sentence: Sequence[Clause]) -> bool:
    """Tell whether a sentence greets, thanks or closes."""
    polite = sum(c.has("close_mark") for c in sentence)
    if not polite or any(c.measures or c.is_dated or c.has("tone_bad") for c in sentence):
        return False
    return polite * 2 >= len(sentence) or sentence[0].has("close_mark")


def _defines(first: Clause) -> bool:
    """Tell whether a sentence opens by stating definitions ("口径先说: ...")."""
    return any(
        h.word in _DEFINITIONS and h.start - first.span.start <= 2 for h in first.cues.get("define_mark", ())
    )


def _items(document: Document) -> list[int]:
    """Return for each line the index of the outermost list item or paragraph that it belongs to."""
    owner: list[int] = []
    current = 0
    for at, line in enumerate(document.lines):
        opens = line.kind is not LineKind.ITEM or line.level <= 1
        if opens:
            current = at
        owner.append(current)
    return owner
