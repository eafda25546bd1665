"""Ranges a finding points at: clauses, trimmed of marks and spaces, never more than what is meant."""

import re
from collections.abc import Sequence

from service.core.document.model import Document
from service.core.finding import Edit, Fix
from service.core.reading import Claim, Trait
from service.core.span import Span

# "，" "。" and a line end part clauses; the comma of "1,200", the dot of "4.5" and what stands in a short
# bracket do not: "（30人，5天，缺勤13人次）", not a bracket that never closes
_BREAK = re.compile(r"[（(][^（()）\n]{1,60}[）)]|(?P<mark>[，。；！？;!?\n]|(?<!\d),|,(?!\d)|\.(?=\s|$))")
_EDGE = " \t\n\r　，,。；;：:、！!？?-—·*#>|"
_TAIL = " \t\n\r　，,。；;：:、！!？?"


def trimmed(view: str, span: Span) -> Span:
    """Return the range without the marks and spaces at its ends; an empty rest gives the range back."""
    start, end = span
    while start < end and view[start] in _EDGE:
        start += 1
    while end > start and view[end - 1] in _TAIL:
        end -= 1
    return Span(start, end) if start < end else span


def clauses(view: str, span: Span) -> list[Span]:
    """Return the non-empty clauses of a range, trimmed, in order."""
    found: list[Span] = []
    at = span.start
    for mark in _BREAK.finditer(view, span.start, span.end):
        if mark["mark"] is None:
            continue
        found.append(Span(at, mark.start()))
        at = mark.end()
    found.append(Span(at, span.end))
    return [trimmed(view, c) for c in found if view[c.start : c.end].strip(_EDGE)]


def grouped(parts: Sequence[Span], chosen: Sequence[bool], longest: int) -> list[Span]:
    """Return the chosen parts, neighbours joined while the whole stays within `longest` characters."""
    found: list[Span] = []
    last = -2
    for at, (part, wanted) in enumerate(zip(parts, chosen, strict=True)):
        if not wanted:
            continue
        if last == at - 1 and part.end - found[-1].start <= longest:
            found[-1] = Span(found[-1].start, part.end)
        else:
            found.append(part)
        last = at
    return found


def appended(document: Document, claim: Claim, span: Span, text: str) -> tuple[Edit, ...]:
    """Return the edit that adds words at a range's end, before its full stop; none inside a table's row."""
    if claim.has(Trait.ROW) or document.lines[claim.line].cells:
        return ()
    end = document.source(trimmed(document.view, span)).end
    return (Edit(Span(end, end), text),)


def one_fix(title: str, edits: tuple[Edit, ...]) -> tuple[Fix, ...]:
    """Return the fix, or none where there is nothing to edit."""
    return (Fix(title, edits),) if edits else ()
