"""Cuts the lines of a document into sentences and clauses."""

import re
from dataclasses import dataclass

from service.core.document.enumerators import find_enumerators
from service.core.document.model import Document, Line, LineKind
from service.core.span import Span

_SPACED = 12  # in a line longer than this without any mark, spaces are the marks
_REACH = 120  # a quotation or bracket longer than this is cut like any other text
_PAIRS = {"“": "”", "‘": "’", "「": "」", "『": "』", "《": "》", "(": ")", "[": "]", "【": "】", "〈": "〉"}
_CLOSERS = {closer: opener for opener, closer in _PAIRS.items()}
_ENDS = frozenset("。！!？?；;")
# One class ahead of everything lets the scan run at a few ns a character. Matches marks, brackets, emoji and
# runs of spaces; must not match a single space.
_TOKEN = re.compile(
    '[。！!？?；;，,…“”‘’「」『』《》()\\[\\]【】〈〉" \t\u2600-\u2775\u2b50\u2b55\U0001f000-\U0001faff]'
    "(?:(?<![ \t])|[ \t]+)"
)
# Matches "https://a.b/c?d=1,2"; its "?" and "," end nothing.
_LINK = re.compile("https?://[!-~]+")
# Matches the "," of "1,340"; must not match that of "62%,上周" or "10,20".
_THOUSANDS = re.compile(r"(?<=\d),(?=\d{3}(?!\d))")
# Matches the space of "拉新起来了 留存没跟上"; must not match that of "10 月", "APP 日活".
_HAN_SPACE = re.compile(r"(?<=[\u4e00-\u9fff%]) (?=[\u4e00-\u9fff])")
_WORD = re.compile(r"\w")
_HEAD_JUNK = frozenset(" \t。！!？?；;，,、:…—·•|*#")
_TAIL_JUNK = _HEAD_JUNK | frozenset("-~←")
_HALVES = frozenset(_PAIRS) | frozenset(_CLOSERS)
_HEAD_EDGE = _HEAD_JUNK | _HALVES
_TAIL_EDGE = _TAIL_JUNK | _HALVES

_Cut = tuple[int, int]  # what ends here, what begins there


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence with its clauses, in view coordinates; clauses bear no spaces or punctuation at their ends.

    `line` indexes `Document.lines`; list markers and enumerators belong to no sentence.
    """

    span: Span
    line: int
    clauses: tuple[Span, ...]


def segment(document: Document) -> tuple[Sentence, ...]:
    """Return the sentences of a document's lines, in order; rows and code hold none. Linear in the view."""
    sentences: list[Sentence] = []
    for at, line in enumerate(document.lines):
        kind = line.kind
        if kind is not LineKind.ROW and kind is not LineKind.CODE:
            _cut_line(document.view, line, at, sentences)
    return tuple(sentences)


def _cut_line(view: str, line: Line, at: int, sentences: list[Sentence]) -> None:
    start, line_end = line.span
    ends, commas = _marks(view, start, line_end)
    if not commas and len(ends) < 2 and line_end - start > _SPACED and line.kind is not LineKind.HEADING:
        commas = [match.span() for match in _HAN_SPACE.finditer(view, start, line_end)]
    enumerators = find_enumerators(view, line.span, line.marker)
    if enumerators:
        ends = sorted(ends + enumerators)
    ends.append((line_end, line_end))
    commas.append((line_end + 1, line_end + 1))
    comma = 0
    for end, resume in ends:
        if end < start:
            continue
        first = start
        clauses: list[Span] = []
        while commas[comma][0] < end:
            stop, onward = commas[comma]
            if stop >= start:
                _add_clause(view, start, stop, clauses)
                start = onward
            comma += 1
        _add_clause(view, start, end, clauses)
        if clauses:
            sentences.append(Sentence(_bare(view, first, end), at, tuple(clauses)))
        start = resume


def _marks(view: str, start: int, end: int) -> tuple[list[_Cut], list[_Cut]]:
    """Return where sentences end and where clauses part, leaving quotations, brackets and numbers whole."""
    ends: list[_Cut] = []
    commas: list[_Cut] = []
    pairs: list[_Cut] = []
    opened: dict[str, list[int]] = {}
    for match in _TOKEN.finditer(view, start, end):
        mark, at = match[0], match.start()
        if mark == "，" or mark == "…":
            commas.append((at, at + 1))
        elif mark in _ENDS:
            if ends and ends[-1][0] == at:
                ends.pop()
            ends.append((at + 1, at + 1))
        elif mark == ",":
            if not _in_number(view, at):
                commas.append((at, at + 1))
        elif mark in _PAIRS:
            opened.setdefault(mark, []).append(at)
        elif mark in _CLOSERS:
            stack = opened.get(_CLOSERS[mark])
            if stack and at - (opener := stack.pop()) < _REACH:
                pairs.append((opener, at + 1))
        elif mark == '"':
            stack = opened.setdefault(mark, [])
            if stack and at - stack[-1] < _REACH:
                pairs.append((stack.pop(), at + 1))
            else:
                stack[:] = [at]
        else:
            # "掉了😂 播放涨": an emoji and a space end a sentence, either alone a clause
            stop = match.end()
            ends_it = mark > "\u2600" and view[stop : stop + 1] == " "
            (ends if ends_it else commas).append((at, stop))
    if view.find("://", start, end) >= 0:
        pairs += [match.span() for match in _LINK.finditer(view, start, end)]
    if pairs:
        pairs.sort()
        ends, commas = _outside(ends, pairs), _outside(commas, pairs)
    return ends, commas


def _in_number(view: str, comma: int) -> bool:
    if _THOUSANDS.match(view, comma) is None:
        return False
    before = view[max(comma - 4, 0) : comma]
    return not (len(before) == 4 and before.isdigit())


def _outside(cuts: list[_Cut], pairs: list[_Cut]) -> list[_Cut]:
    """Return the cuts that stand in none of the pairs; both are in order."""
    kept: list[_Cut] = []
    pair = reach = 0
    for cut in cuts:
        while pair < len(pairs) and pairs[pair][0] < cut[1]:
            reach = max(reach, pairs[pair][1])
            pair += 1
        if cut[0] >= reach:
            kept.append(cut)
    return kept


def _add_clause(view: str, start: int, end: int, clauses: list[Span]) -> None:
    if start >= end:
        return
    if view[start] in _HEAD_EDGE or view[end - 1] in _TAIL_EDGE:
        start, end = _trim(view, start, end)
        if start >= end:
            return
    if view[start].isalnum() or _WORD.search(view, start, end):
        clauses.append(Span(start, end))


def _trim(view: str, start: int, end: int) -> _Cut:
    """Take spaces, punctuation, and brackets whose other half is elsewhere off both ends."""
    alone: dict[str, bool] = {}
    while start < end:
        mark = view[start]
        if mark in _PAIRS and mark not in alone:
            alone[mark] = view.find(_PAIRS[mark], start, end) < 0
        if mark not in _HEAD_JUNK and mark not in _CLOSERS and not alone.get(mark):
            break
        start += 1
    while start < end:
        mark = view[end - 1]
        if mark in _CLOSERS and mark not in alone:
            alone[mark] = view.find(_CLOSERS[mark], start, end) < 0
        if mark not in _TAIL_JUNK and mark not in _PAIRS and not alone.get(mark):
            break
        end -= 1
    return start, end


def _bare(view: str, start: int, end: int) -> Span:
    while start < end and view[start].isspace():
        start += 1
    while start < end and view[end - 1].isspace():
        end -= 1
    return Span(start, end)
