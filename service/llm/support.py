"""A located quote is not yet a supported claim: what its words say must be what the note says there."""

import re
from enum import StrEnum

from service.core.span import Span
from service.llm.align import Aligner, Miss, Place, Status, unmarked
from service.llm.fold import fold
from service.llm.words import words

# A number with what follows it: matches "12.5%", "3 万", "1,200 人", "11-03"; not the N of "N 个".
_NUMBER = re.compile(r"[-+]?\d+(?:[.\-/:]\d+)*(?:[^\W\d_]{0,2}|[%‰])")
_CLAUSE_EDGE = re.compile(r"[\s,，。.;；:：!！?？、|()（）\[\]【】<>《》\"“”]")
_SENTENCE_ENDS = "。！？!?\n"
_REACH = 4  # how far before a quote a word still bears on it: 可能还是 + 首屏太慢
_REACH_NEGATION = 3  # 没有在周五 + 上线


class Doubt(StrEnum):
    """Why a located quote is not accepted."""

    FACTS_DIFFER = "facts_differ"
    NEGATION_CUT = "negation_cut"
    TO_READER = "addressed_to_reader"


def ground(aligner: Aligner, quote: str) -> Place | Miss | Doubt:
    """Return where the note says what `quote` says, or why it does not."""
    place = aligner.place(quote)
    if isinstance(place, Miss):
        return place
    text = aligner.text
    if speaks_to_reader(text, place.span):
        return Doubt.TO_READER
    lead = _clause_before(text, place.span.start)
    if _is_negated(lead) or _negated_after(text, place.span.end):
        return Doubt.NEGATION_CUT
    span = Span(place.span.start - _taken_in(lead), place.span.end)
    said = text[span.start : span.end]
    if said != (bare := unmarked(quote)) and not facts(bare) <= facts(said):
        return Doubt.FACTS_DIFFER
    return Place(span, place.status if span == place.span else Status.NORMALISED)


def speaks_to_reader(text: str, span: Span) -> bool:
    """Tell whether the sentence round a quote addresses whoever reads or marks the note."""
    said = sentence(text, span).lower()
    return any(word in said for word in words().to_reader)


def sentence(text: str, span: Span) -> str:
    """Return the sentence or sentences that a span stands in."""
    start = max(text.rfind(mark, 0, span.start) for mark in _SENTENCE_ENDS) + 1
    ends = [at for mark in _SENTENCE_ENDS if (at := text.find(mark, span.end)) >= 0]
    return text[start : min(ends, default=len(text))]


def facts(text: str) -> frozenset[str]:
    """Return the numbers with units, and the negations, that a text states."""
    folded = fold(text).text
    found = set(_NUMBER.findall(folded))
    masked = _masked(text)
    found.update(w for w in words().negation if w in masked)
    return frozenset(found)


def _masked(text: str) -> str:
    for word in words().mask:
        text = text.replace(word, "□" * len(word))
    return text


def _is_negated(lead: str) -> bool:
    """Tell whether a negation stands right before the quote; the 不到 of 收不到 ends what goes before."""
    masked = _masked(lead)
    if masked.endswith("不到") and len(masked) > 2:
        return False
    return masked.endswith(words().negation)


def _negated_after(text: str, end: int) -> bool:
    rest = text[end : end + 4]
    if any(rest.startswith(w) for w in words().mask):
        return False
    return any(rest.startswith(w) for w in words().negation)


def _taken_in(lead: str) -> int:
    """Return how many characters before the quote belong to it: a negation, guess, aim or condition."""
    masked = _masked(lead)
    taken = 0
    for reach, listed in ((_REACH_NEGATION, words().negation), (_REACH, words().held_open)):
        for word in listed:
            at = masked.rfind(word)
            if at >= 0 and len(lead) - at - len(word) <= reach:
                taken = max(taken, len(lead) - at)
    return taken


def _clause_before(text: str, start: int) -> str:
    begin = max(0, start - 16)
    lead = text[begin:start]
    edges = [m.end() for m in _CLAUSE_EDGE.finditer(lead)]
    return lead[edges[-1] :] if edges else lead
