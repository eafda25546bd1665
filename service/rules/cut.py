"""Cuts clauses further than punctuation does: at arrows, at dictated pauses, at spoken connectives."""

import re
from collections.abc import Iterator, Sequence

from service.core.lexicon import Hits
from service.core.segment import Sentence
from service.core.span import Span
from service.rules.sections import BRACKETED, told_by_lead

_RUN_ON = 48  # characters without a comma that nobody writes on purpose
_SPACED = 20  # a shorter clause is whole, whatever spaces it holds
_BREATH = 8  # no piece is shorter
_APART = _BREATH - 2  # nor a piece between spaces
# "续费少 → 意愿不强", "a -> b"; not "a - b"
_ARROW = re.compile(r"\s?(?:→|←|->|=>|⇒)\s?")
# "【问题】", "[原因]: "; not "[链接](http://x.cn)"
_BRACKET = re.compile(BRACKETED + r" ?")
_ANY_DIGIT = re.compile(r"\d")  # "3", "３"; not "三"
# "补货 找不到的": a space between two Chinese characters; not that of "A 店"
_GAP = re.compile(r"(?<=[一-鿿])[ \t]{1,4}(?=[一-鿿])")


def cut(view: str, sentences: Sequence[Sentence], hits: Hits) -> Iterator[tuple[int, Sentence, Span]]:
    """Yield each piece of each sentence's clauses, with the sentence and its index, in text order."""
    has_arrows = _ARROW.search(view) is not None
    for at, sentence in enumerate(sentences):
        for whole in _led(view, sentence.clauses, hits):
            for link in _chain(view, whole) if has_arrows else (whole,):
                if link.end - link.start < _SPACED:
                    yield at, sentence, link
                    continue
                for piece in _spaced(view, link):
                    for span in _breaths(piece, hits):
                        yield at, sentence, span


def is_lead(text: str) -> bool:
    """Tell whether a piece is a lead-in in brackets and nothing else (【问题】)."""
    return text[:1] in ("【", "[") and _BRACKET.fullmatch(text) is not None


def _led(view: str, clauses: Sequence[Span], hits: Hits) -> Sequence[Span]:
    """Cut a lead-in in brackets off the first clause of a sentence; a team's name there (【华东】) stays."""
    first = clauses[0]
    if view[first.start] not in "【[":
        return clauses
    found = _BRACKET.match(view, first.start, first.end)
    if found is None or found.end() == first.end:
        return clauses
    lead = Span(first.start, found.end())
    if told_by_lead(hits, lead, found[0]) is None:
        return clauses
    return [lead, Span(found.end(), first.end), *clauses[1:]]


def _chain(view: str, span: Span) -> list[Span]:
    """Cut a chain of reasons at its arrows ("只续了 74 个 → 意愿不强"); an arrow between figures stays."""
    text = view[span.start : span.end]
    arrows = list(_ARROW.finditer(text))
    if not arrows:
        return [span]
    pieces, start = [], 0
    for at, arrow in enumerate(arrows):
        after = text[arrow.end() : arrows[at + 1].start() if at + 1 < len(arrows) else len(text)]
        if arrow.start() - start >= 2 and len(after) >= 2 and not _ANY_DIGIT.search(after):
            pieces.append(Span(span.start + start, span.start + arrow.start()))
            start = arrow.end()
    return [*pieces, Span(span.start + start, span.end)]


def _spaced(view: str, span: Span) -> list[Span]:
    """Cut a long clause at the spaces that stand between Chinese characters, as dictation leaves them."""
    pieces, start = [], span.start
    for gap in _GAP.finditer(view, span.start, span.end):
        if gap.start() - start >= _APART and span.end - gap.end() >= _APART:
            pieces.append(Span(start, gap.start()))
            start = gap.end()
    return [*pieces, Span(start, span.end)]


def _breaths(span: Span, hits: Hits) -> list[Span]:
    """Cut a clause told without punctuation where a spoken connective starts the next thought."""
    if span.end - span.start < _RUN_ON:
        return [span]
    cuts = [span.start]
    for hit in hits.within("break_mark", span.start, span.end):
        if hit.start - cuts[-1] >= _BREATH:
            cuts.append(hit.start)
    return [Span(a, b) for a, b in zip(cuts, [*cuts[1:], span.end], strict=True)]
