"""Puts a rewritten passage into the text as sent, without tearing its markup."""

import html
import re
from dataclasses import dataclass

from service.core.document.model import Document, Format, LineKind
from service.core.span import Span

# <b>, </td>, <br/>, <td class="x">; not "a < b"
_TAG = re.compile(r"<(/?)([A-Za-z][A-Za-z0-9]*)\b[^<>]*?(/?)>")
_VOID = frozenset(("br", "hr", "img", "input", "wbr", "col"))
_CELLS = frozenset(("td", "th", "tr", "table", "tbody", "thead"))
_PAIRS = ("**", "__", "~~", "`")
_OPENER = re.compile(
    r"(?:\*\*|__|~~|<(?!/)(?:b|strong|i|em|u|span|font|a|mark|s|del)\b[^<>]*>)$", re.IGNORECASE
)
_CLOSER = re.compile(r"(?:\*\*|__|~~|</(?:b|strong|i|em|u|span|font|a|mark|s|del)>)", re.IGNORECASE)
_WIDENINGS = 4  # nested emphasis deeper than this is left alone


@dataclass(frozen=True, slots=True)
class Placed:
    """A rewrite in the terms of the text as sent: replace `text[span]` by `replacement`."""

    span: Span
    replacement: str


def splice(document: Document, view_span: Span, rewritten: str) -> Placed | None:
    """Return where and how the rewritten passage goes into the text; None where it would break the markup."""
    if view_span.start >= view_span.end:
        return None
    span = document.source(view_span)
    in_table = _in_table(document, view_span)
    if in_table is None or (in_table and ("\n" in rewritten or "|" in rewritten or "\t" in rewritten)):
        return None
    if document.format is Format.PLAIN:
        return Placed(span, rewritten)
    whole = _widened(document.text, span)
    if whole is None or (in_table and _crosses_cells(document.text[whole.start : whole.end])):
        return None
    return Placed(whole, dressed(rewritten, document))


def dressed(words: str, document: Document) -> str:
    """Return plain words as the note's format writes them, blank tokens and line ends included."""
    if document.format is Format.PLAIN:
        return words
    words = html.escape(words, quote=False) if document.format is Format.HTML else words.replace("<", "&lt;")
    return words.replace("\n", "<br>") if document.format is Format.HTML else words


def apply(text: str, placed: Placed) -> str:
    """Return the text with the rewrite in place."""
    return text[: placed.span.start] + placed.replacement + text[placed.span.end :]


def _in_table(document: Document, span: Span) -> bool | None:
    """Tell whether the passage stands in one table cell (True), in no table (False), across cells (None)."""
    for line in document.lines:
        if line.span.start >= span.end:
            break
        if line.kind is not LineKind.ROW or not line.span.overlaps(span):
            continue
        return True if any(cell.covers(span) for cell in line.cells) else None
    return False


def _widened(text: str, span: Span) -> Span | None:
    """Return the span with emphasis that it would cut in two taken in; None where that fails."""
    start, end = span
    for _ in range(_WIDENINGS):
        piece = text[start:end]
        left, right = _open_ends(piece)
        if not left and not right:
            return Span(start, end)
        before, after = _OPENER.search(text[:start][-80:]), _CLOSER.match(text, end)
        if left and before is not None:
            start -= len(before[0])
        elif right and after is not None:
            end = after.end()
        else:
            return None
    return None


def _open_ends(piece: str) -> tuple[bool, bool]:
    """Tell whether a piece ends something begun before it, and begins something it does not end."""
    opened: list[str] = []
    closed: list[str] = []
    for match in _TAG.finditer(piece):
        name = match[2].lower()
        if name in _VOID or match[3]:
            continue
        if not match[1]:
            opened.append(name)
        elif opened and opened[-1] == name:
            opened.pop()
        else:
            closed.append(name)
    if closed and closed == opened[::-1]:  # "…</p><p>…": two paragraphs become one, whole again
        opened, closed = [], []
    odd = any(piece.count(mark) % 2 for mark in _PAIRS)
    if odd:
        return True, True
    return bool(closed), bool(opened)


def _crosses_cells(piece: str) -> bool:
    return any(match[2].lower() in _CELLS for match in _TAG.finditer(piece)) or "|" in piece
