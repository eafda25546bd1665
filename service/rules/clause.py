"""Clauses with everything the rules ask of them: cue words, numbers, metrics, surroundings."""

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from service.core.document.model import Document
from service.core.lexicon import METRIC, Hit, Hits
from service.core.numbers.model import Metric, Number, NumberKind, Precision
from service.core.reading import SectionKind
from service.core.segment import Sentence
from service.core.span import Span
from service.rules.cut import cut
from service.rules.letters import NO_LETTERS, Letters
from service.rules.shapes import listed, shape
from service.rules.words import Words

_THIN = ("cause_vogue", "cause_mark", "plan_", "time_", "deed_", "tone_", "vague_", "key_", "head_")
_SAYS_SOMETHING = 16.0  # more than one rare word
_ANY_DIGIT = re.compile(r"\d")  # "3 单", "３"; not "三个"
_TAIL = shape("bare_tail")
_TAILS = frozenset(listed("bare_tail"))
_TAIL_REACH = 8  # a tail and what stands before it
_LOG = shape("log_day")
_DENIES = tuple(n + more for n in listed("negation") for more in listed("negation_tail"))
_DENIES_GOOD = (*_DENIES, *listed("denial"))
_LINKING = frozenset(listed("linking"))
_NO_TROUBLE, _ALL_DONE, _NO_MORE = shape("no_trouble"), shape("all_done"), shape("no_more")
_DOWN_GOOD = shape("down_good")
_DENIAL, _DONE_ENDS = frozenset("没未无零"), frozenset("定尾妥好位线项过")  # without one, no shape fits
_FIGURES = frozenset((NumberKind.MEASURE, NumberKind.CHANGE))
_MOMENTS = frozenset((NumberKind.DATE, NumberKind.TIME))


@dataclass(slots=True)
class Signs:
    """What is seen of one clause, as short strings; its neighbours look at `own` and `words` too."""

    own: list[str] = field(default_factory=list)
    words: list[str] = field(default_factory=list)
    place: list[str] = field(default_factory=list)  # where the clause stands
    letters: Letters = NO_LETTERS

    @property
    def rest(self) -> list[str]:
        """What no neighbour looks at: where the clause stands, and its letters."""
        return [*self.place, *self.letters.signs()]


@dataclass(slots=True)
class Clause:
    """One clause (or table cell) of the view; `cues` maps a list's name to its hits in the clause."""

    span: Span
    line: int
    sentence: int
    section: SectionKind
    cues: dict[str, list[Hit]] = field(default_factory=dict)
    numbers: Sequence[Number] = ()
    metrics: Sequence[Metric] = ()
    text: str = ""
    when: int = 0  # 1: names a day after the reported period, -1: only days up to its end
    is_led: bool = False  # a lead-in in its own line says what it is for
    is_vogue: bool = False  # words of method and fashion, and nothing beside them
    rest: int = 99  # characters that are neither figures nor words of time and comparison
    measures: Sequence[Number] = ()  # what can be checked: measures and changes that are not vague
    is_dated: bool = False  # a date, weekday or time of day stands in the clause
    is_log: bool = False  # opens an entry of a day-by-day log ("周一:晨会")
    is_logged: bool = False  # and the note is such a log
    is_alone: bool = False  # all that an item of a list says
    is_past: bool = False  # told of this period, in a line that begins with it, before what is to come
    has_digit: bool = False
    has_quote: bool = False  # somebody's words are quoted
    is_clear: bool = False  # nothing bad came up, or a figure can't be better
    is_done: bool = False  # a deed that is said to be done, with nothing taken off it
    has_ended: bool = False  # something is said not to have come again
    signs: Signs | None = None  # what `signs` saw of it; nothing for a table's cell

    def has(self, *names: str) -> bool:
        """Tell whether a word of any of the lists stands in the clause."""
        cues = self.cues
        for name in names:  # noqa: SIM110  three times as fast as any() of a generator
            if name in cues:
                return True
        return False

    def count(self, name: str) -> int:
        """Count the hits of one list."""
        return len(self.cues.get(name, ()))

    @property
    def is_fragment(self) -> bool:
        """Tell whether the clause only goes on about the figure before it ("上周 70%", "+18.8%")."""
        return self.rest <= 2 and bool(self.measures)


def build(
    document: Document,
    sentences: Sequence[Sentence],
    sections: Sequence[SectionKind],
    hits: Hits,
    numbers: Sequence[Number],
    metrics: Sequence[Metric],
    words: Words,
) -> list[Clause]:
    """Return the clauses of all sentences in text order, with what stands in each; linear in the text."""
    view = document.view
    clauses = [
        Clause(span, sentence.line, at, sections[sentence.line], text=view[span.start : span.end])
        for at, sentence, span in cut(view, sentences, hits)
    ]
    fill(document, clauses, hits, numbers, metrics, words)
    return clauses


def fill(
    document: Document,
    clauses: Sequence[Clause],
    hits: Hits,
    numbers: Sequence[Number],
    metrics: Sequence[Metric],
    words: Words,
) -> None:
    """Hand each hit, number and metric to the clause that its start lies in: one walk over all of them.

    `clauses` come in text order; where two overlap, what stands in both is the later one's.
    """
    if not clauses:
        return
    view = document.view
    spans = [clause.span for clause in clauses]
    limits = [end if end < start else start for (_, end), (start, _) in pairwise(spans)]
    limits.append(spans[-1].end)
    _hand_out_hits(clauses, limits, hits.ordered, view, words)
    _hand_out_hits(clauses, limits, hits.all(METRIC), view, words)
    for clause, first, last in _runs(clauses, limits, numbers):
        clause.numbers = numbers[first:last]
    for clause, first, last in _runs(clauses, limits, metrics):
        clause.metrics = metrics[first:last]
    for clause in clauses:
        _look_over(clause, words)


def _hand_out_hits(
    clauses: Sequence[Clause], limits: Sequence[int], hits: Sequence[Hit], view: str, words: Words
) -> None:
    at, size = bisect_left(hits, (clauses[0].span.start,)), len(hits)
    for clause, limit in zip(clauses, limits, strict=True):
        floor, cues = clause.span.start, clause.cues
        while at < size and hits[at].start < floor:
            at += 1
        while at < size:
            hit = hits[at]
            start, end, name, _ = hit
            if start >= limit:
                break
            at += 1
            if end - start == 1 and not words.is_token(start, end):
                continue  # "问" is no word in "问题"
            if name == "tone_good":
                if view.endswith(_DENIES_GOOD, max(floor, start - 4), start):
                    name = "tone_bad"
            elif name == "tone_bad" and view.endswith(_DENIES, max(floor, start - 4), start):
                name = "tone_denied"
            if name in cues:
                cues[name].append(hit)
            else:
                cues[name] = [hit]


def _runs(
    clauses: Sequence[Clause], limits: Sequence[int], found: Sequence[Number] | Sequence[Metric]
) -> Iterator[tuple[Clause, int, int]]:
    """Yield the clauses in which numbers (or metrics) start, with their range; all are in text order."""
    at, size, starts = 0, len(found), [one.span.start for one in found]
    for clause, limit in zip(clauses, limits, strict=True):
        if at == size:
            return
        start = clause.span.start
        while at < size and starts[at] < start:
            at += 1
        first = at
        while at < size and starts[at] < limit:
            at += 1
        if first < at:
            yield clause, first, at


def _look_over(clause: Clause, words: Words) -> None:
    """Note what the rules ask again and again of a clause's words and numbers."""
    text, cues = clause.text, clause.cues
    if not _TAILS.isdisjoint(text[-_TAIL_REACH:]):
        _judge_tail(clause)
    clause.has_digit = _ANY_DIGIT.search(text) is not None
    clause.has_quote = "“" in text or "「" in text or '"' in text
    if not _DENIAL.isdisjoint(text):
        clause.is_clear = _NO_TROUBLE.search(text) is not None
        clause.has_ended = "再" in text and _NO_MORE.search(text) is not None
    if clause.metrics and any(map(_is_best, clause.metrics)):
        clause.is_clear = True
    if "完" in text or not _DONE_ENDS.isdisjoint(text[-2:]):
        clause.is_done = _ALL_DONE.search(text) is not None and not clause.has("tone_bad", "vague_tone")
    clause.is_log = _LOG.match(text) is not None
    if clause.numbers:
        clause.measures = measures = []
        for number in clause.numbers:
            kind = number.kind
            if kind in _FIGURES:
                if number.precision is not Precision.VAGUE:
                    measures.append(number)
            elif kind in _MOMENTS:
                clause.is_dated = True
        clause.rest = _rest(clause)
    if "cause_vogue" in cues and not clause.measures:
        clause.is_vogue = _is_vogue(clause, words)


def _is_best(metric: Metric) -> bool:
    """Tell whether a figure can't be better: 压疮 0, 差错 0 起, 通过率 100%."""
    if metric.is_full:
        return metric.baseline in (None, metric.value)
    if metric.value != 0 or metric.name is None or metric.baseline == 0:
        return False
    return metric.is_nought or _DOWN_GOOD.search(metric.name) is not None


def _is_vogue(clause: Clause, words: Words) -> bool:
    """Tell whether a clause says nothing once the words of fashion and the little words are taken away."""
    taken = [(h.start, h.end) for name, hits in clause.cues.items() if name.startswith(_THIN) for h in hits]
    left = sum(
        weight
        for word, weight in words.content(clause.span).items()
        if not any(
            word in clause.text[a - clause.span.start : b - clause.span.start].lower() for a, b in taken
        )
    )
    return left < _SAYS_SOMETHING


def _rest(clause: Clause) -> int:
    """Count the letters of a clause outside its numbers and its words of time and comparison, up to 3."""
    start, cues = clause.span.start, clause.cues
    covered = [(n.span.start - start, n.span.end - start) for n in clause.numbers]
    for name in ("time_past", "time_now", "scope_compare"):
        covered += [(h.start - start, h.end - start) for h in cues.get(name, ())]
    covered.sort()
    covered.append((len(clause.text), len(clause.text)))
    at = left = 0
    for first, last in covered:
        for char in clause.text[at:first]:
            if char.isalpha() and char not in _LINKING:
                left += 1
                if left > 2:
                    return left
        at = max(at, last)
    return left


def _judge_tail(clause: Clause) -> None:
    """Count a bare adjective that ends a clause as vague bad news ("说话的人也少", "出餐慢了")."""
    found = _TAIL.search(clause.text, max(0, len(clause.text) - _TAIL_REACH))  # which sees what is before
    if found is None or clause.has("tone_bad", "vague_tone", "tone_good"):
        return
    at = clause.span.start + found.start(1)
    hit = Hit(at, at + len(found.group(1)), "tone_bad", found.group(1))
    clause.cues["tone_bad"] = [hit]
    clause.cues["vague_tone"] = [hit]
