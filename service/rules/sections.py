"""Which part of the note each line belongs to, with and without headings."""

import re
from dataclasses import dataclass, replace

from service.core.document.model import Document, Line, LineKind
from service.core.lexicon import Hits
from service.core.reading import Section, SectionKind
from service.core.span import Span
from service.rules.period import Period, opening
from service.rules.shapes import shape

_HEADS = {
    "head_plans": SectionKind.PLANS,
    "head_problems": SectionKind.PROBLEMS,
    "head_causes": SectionKind.CAUSES,
    "head_results": SectionKind.RESULTS,
    "head_review": SectionKind.REVIEW,
    "head_aside": SectionKind.OTHER,
}
_TITLE = 48
_TITLE_LINES = 2
_TITLE_WORD = shape("title_word")
_FIGURE = shape("title_figure")
_LEAD_REACH = 16  # a lead-in such as "下周要做的事:" ends within so many characters
# a lead-in in brackets, but no link: 【问题】, [原因]:
BRACKETED = r"(?:【[^】\n]{1,12}】|\[[^\]\n]{1,12}\](?!\()):?"
# "下周:", "问题 :", "【问题】" but not "9:30 开会"
_LEAD = re.compile(BRACKETED + r"|[^:\n，。；]{1,15}(?:(?<!\d):|——|—)(?!//)")


# "本周重点", "【这周"; not "本周总结"
_NOW = re.compile(r"\W{0,4}(?:本|这)[周月季](?!.{0,4}(?:完成|回顾|总结|结果|数据|复盘|情况))")
# "上周完成", "【上月"; not "比上周"
_BEFORE = re.compile(r"\W{0,4}上[周月季]")
# "原因:", "下周动作 :", "【原因】"; not "9:30 开会", "广点通那边的素材问题:"
_SHORT_LEAD = re.compile(BRACKETED + r"|[^:\d，。;\s]{1,8}\s?:(?!\d)")
_BRACKETS = "【】[]"


@dataclass(frozen=True, slots=True)
class Layout:
    """Sections in order, the section kind of every line, and where a lead-in's own words end in a line."""

    sections: tuple[Section, ...]
    kinds: tuple[SectionKind, ...]
    owners: tuple[int, ...]  # line → index into sections
    titles: frozenset[int] = frozenset()  # lines that only name the note
    heads: frozenset[int] = frozenset()  # lines that are a title of their part and nothing else
    asides: frozenset[int] = frozenset()  # lines of definitions, thanks and attachments


def lay_out(document: Document, hits: Hits, period: Period) -> Layout:
    """Return the note's parts; a line without any sign belongs to the part before it."""
    kinds: list[SectionKind] = []
    opened: list[tuple[int, SectionKind, str]] = []
    current = SectionKind.OTHER
    stack: list[tuple[int, SectionKind]] = []
    heads: set[int] = set()
    has_past = False  # a heading before names the period before
    for at, line in enumerate(document.lines):
        told = _told(document, hits, at, stack, period, has_past)
        if line.kind is LineKind.HEADING:
            has_past = has_past or _BEFORE.match(document.slice(line.span)) is not None
        if told is not None:
            kind, title, lasts = told
            opened.append((at, kind, title))
            if _says_no_more(document, hits, line, title):
                heads.add(at)
            kinds.append(kind)
            if lasts:
                current = kind
            elif at + 1 < len(document.lines):
                opened.append((at + 1, current, ""))
            continue
        if at and current is SectionKind.PLANS and not stack and _left_plans(document, hits, at):
            current = SectionKind.OTHER
            opened.append((at, current, ""))
        kinds.append(current)
        if line.kind is LineKind.HEADING:
            opened.append((at, current, document.slice(line.span).strip()))
    layout = _sections(document, kinds, opened)
    return replace(
        layout,
        titles=_titles(document, period),
        asides=_asides(layout, hits, document),
        heads=frozenset(heads),
    )


def _says_no_more(document: Document, hits: Hits, line: Line, title: str) -> bool:
    """Tell whether a line is its title and nothing else, so that it makes no claim ("问题", "下周:")."""
    text = document.slice(line.span).strip(" :—-|*#")
    return len(text) <= len(title) + 1 and not hits.has("plan_do", *line.span)


def _titles(document: Document, period: Period) -> frozenset[int]:
    """Return the first line, or the one after a greeting, where it only names the note."""
    for at, line in enumerate(document.lines[:_TITLE_LINES]):
        if at + 1 == len(document.lines):
            break
        text = document.slice(line.span)
        one_piece = (
            len(text) <= _TITLE and not any(c in text for c in "，。；;,") and not _FIGURE.search(text)
        )
        if line.kind not in (LineKind.ROW, LineKind.ITEM) and one_piece:
            return frozenset((at,)) if _TITLE_WORD.search(text.lower()) or period != Period() else frozenset()
    return frozenset()


def _asides(layout: Layout, hits: Hits, document: Document) -> frozenset[int]:
    """Return the lines under headings and lead-ins that announce definitions, notes or attachments."""
    out: set[int] = set()
    for section in layout.sections:
        if section.kind is not SectionKind.OTHER or not section.title:
            continue
        first = document.lines[section.first_line].span
        upto = min(first.end, first.start + len(section.title) + 1)
        if hits.has("head_aside", first.start, upto):
            out.update(range(section.first_line, section.last_line + 1))
    return frozenset(out)


def _told(
    document: Document,
    hits: Hits,
    at: int,
    stack: list[tuple[int, SectionKind]],
    period: Period,
    has_past: bool,
) -> tuple[SectionKind, str, bool] | None:
    """Return (kind, title, holds on for the lines after) where the line announces a part.

    `has_past` tells whether a heading before it names the period before.
    """
    line = document.lines[at]
    text = document.slice(line.span)
    is_next = at > 0 and period.is_next(opening(document, line.span))
    if line.kind is LineKind.HEADING:
        level = line.level or 6
        while stack and stack[-1][0] >= level:
            stack.pop()
        kind = SectionKind.PLANS if is_next else head_kind(hits, line.span, text)
        if kind is SectionKind.REVIEW and has_past and _NOW.match(text):
            kind = SectionKind.PLANS  # "上周完成 … 本周重点": the note is written at the start of the week
        if kind is None:
            kind = stack[-1][1] if stack else SectionKind.OTHER
        stack.append((level, kind))
        return kind, text.strip(), True
    if line.kind in (LineKind.ROW, LineKind.CODE):
        return None
    if is_next and line.kind is LineKind.TEXT:
        return SectionKind.PLANS, text.strip()[:_LEAD_REACH], True
    lead = _LEAD.match(text)
    if lead is not None:
        head = Span(line.span.start, line.span.start + lead.end())
        kind = head_kind(hits, head, lead.group())
        rest = text[lead.end() :].strip()
        if kind is not None and (not rest or _covers_most(hits, head, lead.group())):
            lasts = not rest or kind is SectionKind.PLANS
            if lasts and line.kind is not LineKind.ITEM:
                stack.clear()
            return kind, lead.group().strip(" :—" + _BRACKETS), lasts
    short = len(text.strip()) <= _LEAD_REACH and not any(c in text for c in "，。；")
    if short:
        kind = head_kind(hits, line.span, text)
        if kind is not None and _covers_most(hits, line.span, text):
            return kind, text.strip(" :—-"), True
    first = hits.first("time_next", line.span.start, min(line.span.end, line.span.start + 8))
    if first is not None and first.start - line.span.start <= 3 and line.kind is not LineKind.ITEM:
        return SectionKind.PLANS, document.view[first.start : first.end], True
    return None


def head_kind(hits: Hits, span: Span, text: str) -> SectionKind | None:
    """Return what a heading announces: a next-period word means plans, else the last head word rules."""
    if hits.has("time_next", span.start, span.end):
        return SectionKind.PLANS
    best: tuple[int, int] = (-1, -1)
    found: SectionKind | None = None
    for name, kind in _HEADS.items():
        for hit in hits.within(name, span.start, span.end):
            rank = (hit.end, hit.end - hit.start)
            if rank > best:
                best, found = rank, kind
    if found is SectionKind.PLANS and "上周" in text:
        return SectionKind.REVIEW
    return found


def told_by_lead(hits: Hits, span: Span, text: str) -> SectionKind | None:
    """Return what a sentence's own lead-in says it is ("原因: …", "对策: …"), or None."""
    lead = _SHORT_LEAD.match(text)
    if lead is None:
        return None
    head = Span(span.start, span.start + lead.end())
    kind = head_kind(hits, head, lead.group())
    return kind if kind is not None and _covers_most(hits, head, lead.group()) else None


def _covers_most(hits: Hits, span: Span, text: str) -> bool:
    """Tell whether a short line is little else than head words ("下周要做的", "问题 & 原因")."""
    covered: set[int] = set()
    for name in (*_HEADS, "time_next", "time_now", "time_past"):
        for hit in hits.within(name, span.start, span.end):
            covered.update(range(hit.start, hit.end))
    return len(covered) * 2 >= len(text.strip(" :—-|·*#、&和与及的" + _BRACKETS))


def _left_plans(document: Document, hits: Hits, at: int) -> bool:
    """Tell whether a new paragraph after a plan lead-in reports on the past again."""
    line, before = document.lines[at], document.lines[at - 1]
    if line.block == before.block or line.kind is LineKind.ITEM:
        return False
    start, end = line.span
    return hits.has("time_now", start, min(end, start + 8)) and not hits.has("time_next", start, end)


def _sections(
    document: Document,
    kinds: list[SectionKind],
    opened: list[tuple[int, SectionKind, str]],
) -> Layout:
    lines = document.lines
    if lines and (not opened or opened[0][0] > 0):
        opened.insert(0, (0, kinds[0], ""))
    starts = [o for n, o in enumerate(opened) if n + 1 == len(opened) or opened[n + 1][0] != o[0]]
    sections: list[Section] = []
    owners: list[int] = []
    for n, (first, kind, title) in enumerate(starts):
        last = (starts[n + 1][0] if n + 1 < len(starts) else len(lines)) - 1
        span = Span(lines[first].span.start, lines[last].span.end)
        sections.append(Section(kind, title, span, first, last))
        owners.extend([n] * (last - first + 1))
    return Layout(tuple(sections), tuple(kinds), tuple(owners))
