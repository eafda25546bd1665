"""Clauses with everything the rules ask of them: cue words, numbers, metrics, surroundings."""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, field

from service.core.document.model import Document
from service.core.lexicon import Hit, Hits
from service.core.numbers.model import Metric, Number, NumberKind, Precision
from service.core.reading import SectionKind
from service.core.segment import Sentence
from service.core.span import Span
from service.rules.sections import told_by_lead
from service.rules.words import Words

# "说话的人也少", "出餐有点慢了"; not "至少", "多少", "减少"
_TAIL = re.compile(r"(?<![至多减缺没不])(少|低|慢|差|冷|弱|晚|乱|难|贵|淡|散|卡)了?[\s。.!~]{0,3}$")
_RUN_ON = 48  # characters without a comma that nobody writes on purpose
_BREATH = 8
_THIN = ("cause_vogue", "cause_mark", "plan_", "time_", "deed_", "tone_", "vague_", "key_", "head_")
_SAYS_SOMETHING = 16.0  # more than one rare word
_SPACED = 20
_ARROW = re.compile(r"\s?(?:→|←|->|=>|⇒)\s?")
_ANY_DIGIT = re.compile(r"\d")
# "补货 找不到的": a space between two Chinese characters
_GAP = re.compile(r"(?<=[一-鿿])[ \t]{1,4}(?=[一-鿿])")
# "周一:晨会", "周三 回访"; not "周三前", "周四约新总监"
_LOG = re.compile(r"(?:周|星期|礼拜)[一二三四五六日天末](?:[:\s]|下午|上午|晚上)")
_NEGATIONS = ("没有", "没", "未", "无", "不再", "不会", "零", "并非", "非")


@dataclass(slots=True)
class Clause:
    """One clause (or table cell) of the view; `cues` maps a list's name to its hits in the clause."""

    span: Span
    line: int
    sentence: int
    section: SectionKind
    cues: dict[str, list[Hit]] = field(default_factory=dict)
    numbers: list[Number] = field(default_factory=list)
    metrics: list[Metric] = field(default_factory=list)
    text: str = ""
    when: int = 0  # 1: names a day after the reported period, -1: only days up to its end
    is_vogue: bool = False  # words of method and fashion, and nothing beside them
    rest: int = 99  # characters that are neither figures nor words of time and comparison

    def has(self, *names: str) -> bool:
        """Tell whether a word of any of the lists stands in the clause."""
        return any(n in self.cues for n in names)

    def count(self, name: str) -> int:
        """Count the hits of one list."""
        return len(self.cues.get(name, ()))

    @property
    def measures(self) -> list[Number]:
        """Numbers that can be checked: measures and changes that are not vague."""
        return [
            n
            for n in self.numbers
            if n.kind in (NumberKind.MEASURE, NumberKind.CHANGE) and n.precision is not Precision.VAGUE
        ]

    @property
    def is_dated(self) -> bool:
        """Tell whether a date, weekday or time of day stands in the clause."""
        return any(n.kind in (NumberKind.DATE, NumberKind.TIME) for n in self.numbers)

    @property
    def is_log(self) -> bool:
        """Tell whether the clause opens an entry of a day-by-day log ("周一:晨会")."""
        return _LOG.match(self.text) is not None

    @property
    def is_fragment(self) -> bool:
        """Tell whether the clause only goes on about the figure before it ("上周 70%", "+18.8%")."""
        return self.rest <= 2 and bool(self.measures)

    @property
    def has_quote(self) -> bool:
        """Tell whether somebody's words are quoted."""
        return "“" in self.text or "「" in self.text or '"' in self.text


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
    clauses = [
        Clause(span, sentence.line, at, sections[sentence.line], text=document.slice(span))
        for at, sentence in enumerate(sentences)
        for whole in sentence.clauses
        for link in _chain(document.view, whole)
        for piece in _spaced(document.view, link)
        for span in _breaths(piece, hits)
    ]
    fill(document, clauses, hits, numbers, metrics, words)
    _lead(clauses, hits)
    return clauses


def _lead(clauses: Sequence[Clause], hits: Hits) -> None:
    """Let a sentence's own lead-in ("原因: …") say what it and the rest of its line are for."""
    line, told, sentence = -1, None, -1
    for clause in clauses:
        if clause.line != line:
            line, told = clause.line, None
        if clause.sentence != sentence:
            sentence = clause.sentence
            told = told_by_lead(hits, clause.span, clause.text) or told
        if told is not None:
            clause.section = told


def _chain(view: str, span: Span) -> list[Span]:
    """Cut a chain of reasons at its arrows ("只续了 74 个 → 意愿不强"); an arrow between figures stays."""
    text = view[span.start : span.end]
    if not _ARROW.search(text):
        return [span]
    pieces, start = [], 0
    arrows = list(_ARROW.finditer(text))
    for at, arrow in enumerate(arrows):
        after = text[arrow.end() : arrows[at + 1].start() if at + 1 < len(arrows) else len(text)]
        if arrow.start() - start >= 2 and len(after) >= 2 and not _ANY_DIGIT.search(after):
            pieces.append(Span(span.start + start, span.start + arrow.start()))
            start = arrow.end()
    return [*pieces, Span(span.start + start, span.end)]


def _spaced(view: str, span: Span) -> list[Span]:
    """Cut a long clause at the spaces that stand between Chinese characters, as dictation leaves them."""
    if span.end - span.start < _SPACED:
        return [span]
    pieces, start = [], span.start
    for gap in _GAP.finditer(view, span.start, span.end):
        if gap.start() - start >= _BREATH - 2 and span.end - gap.end() >= _BREATH - 2:
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


def fill(
    document: Document,
    clauses: Sequence[Clause],
    hits: Hits,
    numbers: Sequence[Number],
    metrics: Sequence[Metric],
    words: Words,
) -> None:
    """Hand each hit, number and metric to the clause that its start lies in."""
    starts = [c.span.start for c in clauses]
    view = document.view

    def owner(start: int) -> Clause | None:
        at = bisect_right(starts, start) - 1
        return clauses[at] if at >= 0 and start < clauses[at].span.end else None

    for hit in hits.ordered:
        clause = owner(hit.start)
        if clause is None:
            continue
        if hit.end - hit.start == 1 and not words.is_token(hit.start, hit.end):
            continue  # "问" is no word in "问题"
        name = hit.cue
        if name in ("tone_good", "tone_bad") and _is_negated(view, hit, clause.span.start):
            name = "tone_bad" if name == "tone_good" else "tone_denied"
        clause.cues.setdefault(name, []).append(hit)
    for clause in clauses:
        _judge_tail(clause)
    for number in numbers:
        clause = owner(number.span.start)
        if clause is not None:
            clause.numbers.append(number)
    for metric in metrics:
        clause = owner(metric.span.start)
        if clause is not None:
            clause.metrics.append(metric)
    for clause in clauses:
        if clause.numbers:
            clause.rest = _rest(clause)
        if clause.has("cause_vogue") and not clause.measures:
            clause.is_vogue = _is_vogue(clause, words)


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
    """Count the letters of a clause outside its numbers and its words of time and comparison."""
    covered = [(n.span.start, n.span.end) for n in clause.numbers]
    for name in ("time_past", "time_now", "scope_compare"):
        covered += [(h.start, h.end) for h in clause.cues.get(name, ())]
    left = 0
    for at, char in enumerate(clause.text, clause.span.start):
        if (
            char.isalpha()
            and char not in "多少是约近到了涨跌降升掉比"
            and not any(a <= at < b for a, b in covered)
        ):
            left += 1
            if left > 2:
                break
    return left


def _judge_tail(clause: Clause) -> None:
    """Count a bare adjective that ends a clause as vague bad news ("说话的人也少", "出餐慢了")."""
    found = _TAIL.search(clause.text)
    if found is None or clause.has("tone_bad", "vague_tone", "tone_good"):
        return
    at = clause.span.start + found.start(1)
    hit = Hit(at, at + len(found.group(1)), "tone_bad", found.group(1))
    clause.cues.setdefault("tone_bad", []).append(hit)
    clause.cues.setdefault("vague_tone", []).append(hit)


def _is_negated(view: str, hit: Hit, floor: int) -> bool:
    before = view[max(floor, hit.start - 4) : hit.start]
    return any(
        before.endswith((n, n + "有", n + "太", n + "怎么", n + "再", n + "出现", n + "发生"))
        for n in _NEGATIONS
    ) or (hit.cue == "tone_good" and before.endswith(("不", "不太", "不怎么", "不够")))


def within(clauses: Sequence[Clause], span: Span) -> Sequence[Clause]:
    """Return the clauses that start inside a span."""
    starts = [c.span.start for c in clauses]
    return clauses[bisect_left(starts, span.start) : bisect_left(starts, span.end)]
