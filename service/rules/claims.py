"""From clauses to claims: neighbours that say one thing are joined, those that do not are parted."""

from collections.abc import Sequence
from itertools import groupby

from service.core.document.model import Document, LineKind
from service.core.reading import ClaimKind, SectionKind
from service.core.span import Span
from service.rules.classify import Surroundings
from service.rules.clause import Clause
from service.rules.runs import split
from service.rules.sections import Layout
from service.rules.shapes import listed, shape
from service.rules.unit import Unit

_TAIL_SHARE = 0.6  # a last paragraph longer than this share of the note is no close
_NUMERALS = "①②③④⑤⑥⑦⑧⑨⑩一二三四五六七八九十"
_HEADING = ("head_", "time_next")
_TOPIC = 14  # characters
_OPENING = 24
_FALLBACK = shape("fallback")
_DEFINITIONS = frozenset(listed("definition"))


def collect(document: Document, clauses: Sequence[Clause], layout: Layout) -> list[Unit]:
    """Return the units told in running text, in text order."""
    units: list[Unit] = []
    tail = _tail(document, clauses)
    has_plan_part = any(
        k is SectionKind.PLANS and x for k, x in zip(layout.kinds, layout.is_explicit, strict=True)
    )
    item_of = _items(document)
    open_in: set[tuple[int, int]] = set()
    silent = layout.titles | layout.heads | layout.asides
    analysis: set[tuple[int, int]] = set()
    last_plan_line = -1
    for _, group in groupby(clauses, key=lambda c: c.sentence):
        sentence = list(group)
        line = document.lines[sentence[0].line]
        if line.kind in (LineKind.HEADING, LineKind.CODE) or sentence[0].line in silent:
            continue
        if _defines(sentence[0]) or _is_courtesy(sentence):
            continue
        place = (line.block, item_of[sentence[0].line])
        found = split(
            sentence,
            Surroundings(
                has_open_problem=place in open_in,
                is_tail=sentence[0].span.start >= tail,
                follows_plan=last_plan_line == sentence[0].line
                or _in_plan_list(document, sentence[0].line, last_plan_line),
                has_plan_part=has_plan_part,
                in_analysis=place in analysis,
            ),
        )
        for run in found:
            kind, first = run.kind, run.clauses[0]
            units.append(
                Unit(
                    kind=kind,
                    clauses=run.clauses,
                    line=first.line,
                    block=line.block,
                    item=item_of[first.line],
                    section=layout.owners[first.line],
                    section_kind=first.section,
                    span=Span(first.span.start, run.clauses[-1].span.end),
                    total=run.total,
                    is_numbered=any(ch.isdigit() or ch in _NUMERALS for ch in line.marker),
                )
            )
            if kind is ClaimKind.PROBLEM:
                open_in.add(place)
            elif kind in (ClaimKind.CAUSE, ClaimKind.EVIDENCE) and place in open_in:
                analysis.add(place)
            last_plan_line = first.line if kind is ClaimKind.PLAN else -1
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
        text = document.slice(unit.span)
        if (
            last is not None
            and last.kind is ClaimKind.PLAN
            and last.line == unit.line
            and (_FALLBACK.match(text) or document.view[last.span.end : unit.span.start].strip() == ";")
        ):
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
    """Tell whether something stands under a topic: more in its line, or the items below; else it is a plan.

    Words of headings alone ("下一步打算") are never a plan.
    """
    if after is not None and after.line == unit.line:
        between = document.view[unit.span.end : after.span.start]
        if ";" not in between and not _FALLBACK.match(document.slice(after.span)):
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


def _in_plan_list(document: Document, line: int, last_plan: int) -> bool:
    """Tell whether a line is the next item of a list whose item before it was a plan."""
    if last_plan < 0 or line != last_plan + 1:
        return False
    here, before = document.lines[line], document.lines[last_plan]
    return (
        here.kind is LineKind.ITEM
        and before.kind is LineKind.ITEM
        and (here.level, here.block) == (before.level, before.block)
    )


def _tail(document: Document, clauses: Sequence[Clause]) -> int:
    """Return where the note's close begins: its last paragraph, else its last line, else its last third."""
    lines = document.lines
    told = [c for c in clauses if not c.is_vogue and not c.has("close_mark")]
    if not told:
        return len(document.view)
    first, last = told[0], told[-1]
    start = min(c.span.start for c in told if lines[c.line].block == lines[last.line].block)
    whole = last.span.end - first.span.start
    if start > first.span.start and (last.span.end - start) <= whole * _TAIL_SHARE:
        return start
    if last.line > first.line + 1:
        return lines[last.line].span.start
    return first.span.start + whole * 2 // 3


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
