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
# A link, a mark, a bracket or a run of spaces; a link is one token, so that its "?" and "," end nothing.
_TOKEN = re.compile(
    'https?://[!-~]+|[。！!？?；;，,…“”‘’「」『』《》()\\[\\]【】〈〉"]|[ \t]{2,}'
    "|[\u2600-\u2775\u2b50\u2b55\U0001f000-\U0001faff]+"
)
# Matches the "," of "1,340"; must not match that of "62%,上周" or "10,20".
_THOUSANDS = re.compile(r"(?<=\d),(?=\d{3}(?!\d))")
# Matches the space of "拉新起来了 留存没跟上"; must not match that of "10 月", "APP 日活".
_HAN_SPACE = re.compile(r"(?<=[\u4e00-\u9fff%]) (?=[\u4e00-\u9fff])")
_WORD = re.compile(r"\w")
_HEAD_JUNK = frozenset(" \t。！!？?；;，,、:…—·•|*#")
_TAIL_JUNK = _HEAD_JUNK | frozenset("-~←")


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
        if line.kind is not LineKind.ROW and line.kind is not LineKind.CODE:
            _cut_line(document.view, line, at, sentences)
    return tuple(sentences)


def _cut_line(view: str, line: Line, at: int, sentences: list[Sentence]) -> None:
    ends, commas = _marks(view, line.span)
    if not commas and len(ends) < 2 and len(line.span) > _SPACED and line.kind is not LineKind.HEADING:
        commas = [Span(*match.span()) for match in _HAN_SPACE.finditer(view, *line.span)]
    ends += find_enumerators(view, line.span, line.marker)
    ends.sort()
    ends.append(Span(line.span.end, line.span.end))
    start = line.span.start
    comma = 0
    for end, resume in ends:
        if end < start:
            continue
        cuts: list[Span] = []
        while comma < len(commas) and commas[comma].start < end:
            if commas[comma].start >= start:
                cuts.append(commas[comma])
            comma += 1
        clauses = _clauses(view, start, end, cuts)
        if clauses:
            sentences.append(Sentence(_bare(view, start, end), at, clauses))
        start = resume


def _marks(view: str, span: Span) -> tuple[list[Span], list[Span]]:
    """Return where sentences end and where clauses part, leaving quotations, brackets and numbers whole."""
    ends: list[Span] = []
    commas: list[Span] = []
    pairs: list[Span] = []
    opened: dict[str, list[int]] = {}
    for match in _TOKEN.finditer(view, span.start, span.end):
        mark, at = match[0], match.start()
        if mark in _ENDS:
            if ends and ends[-1].end == at:
                ends[-1] = Span(at + 1, at + 1)
            else:
                ends.append(Span(at + 1, at + 1))
        elif mark == "，" or mark == "…" or (mark == "," and not _in_number(view, at)):
            commas.append(Span(at, at + 1))
        elif mark in _PAIRS:
            opened.setdefault(mark, []).append(at)
        elif mark in _CLOSERS:
            stack = opened.get(_CLOSERS[mark])
            if stack:
                pairs.append(Span(stack.pop(), at + 1))
        elif mark == '"':
            stack = opened.setdefault(mark, [])
            if stack and at - stack[-1] <= _REACH:
                pairs.append(Span(stack.pop(), at + 1))
            else:
                stack[:] = [at]
        elif (len(mark) > 1 or mark > "\u2600") and not mark.startswith("http"):
            # "掉了😂 播放涨": an emoji and a space end a sentence, either alone a clause
            ends_it = mark[0] > "\u2600" and view[match.end() : match.end() + 1] == " "
            (ends if ends_it else commas).append(Span(at, match.end()))
    pairs = [pair for pair in pairs if len(pair) <= _REACH]
    if pairs:
        pairs.sort()
        ends, commas = _outside(ends, pairs), _outside(commas, pairs)
    return ends, commas


def _in_number(view: str, comma: int) -> bool:
    before = view[max(comma - 4, 0) : comma]
    return _THOUSANDS.match(view, comma) is not None and not (len(before) == 4 and before.isdigit())


def _outside(cuts: list[Span], pairs: list[Span]) -> list[Span]:
    """Return the cuts that stand in none of the pairs; both are in order."""
    kept: list[Span] = []
    pair = reach = 0
    for cut in cuts:
        while pair < len(pairs) and pairs[pair].start < cut.end:
            reach = max(reach, pairs[pair].end)
            pair += 1
        if cut.start >= reach:
            kept.append(cut)
    return kept


def _clauses(view: str, start: int, end: int, cuts: list[Span]) -> tuple[Span, ...]:
    clauses: list[Span] = []
    for cut in (*cuts, Span(end, end)):
        clause = _trim(view, start, min(cut.start, end))
        if len(clause) and _WORD.search(view, *clause):
            clauses.append(clause)
        start = cut.end
    return tuple(clauses)


def _trim(view: str, start: int, end: int) -> Span:
    """Take spaces, punctuation, and brackets whose other half is elsewhere off both ends."""
    alone: dict[str, bool] = {}
    while start < end:
        mark = view[start]
        if mark in _PAIRS and mark not in alone:
            alone[mark] = _PAIRS[mark] not in view[start:end]
        if mark not in _HEAD_JUNK and mark not in _CLOSERS and not alone.get(mark):
            break
        start += 1
    while start < end:
        mark = view[end - 1]
        if mark in _CLOSERS and mark not in alone:
            alone[mark] = _CLOSERS[mark] not in view[start:end]
        if mark not in _TAIL_JUNK and mark not in _PAIRS and not alone.get(mark):
            break
        end -= 1
    return Span(start, end)


def _bare(view: str, start: int, end: int) -> Span:
    while start < end and view[start].isspace():
        start += 1
    while start < end and view[end - 1].isspace():
        end -= 1
    return Span(start, end)
