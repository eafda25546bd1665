"""What every kind of rewrite asks of a reading: the author's words, the clauses, the names of the periods."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

from service.core.document.model import Document, LineKind
from service.core.finding import Finding
from service.core.lexicon import Hits, load
from service.core.period_kind import period_kind
from service.core.reading import Claim, Reading
from service.core.score import Scores
from service.core.script import in_script_of
from service.core.span import Span
from service.rules.rewrite.wording import forms

_PERIODS = {
    "daily": ("今天", "昨天"),
    "weekly": ("本周", "上周"),
    "monthly": ("本月", "上月"),
    "quarterly": ("本季", "上季"),
    "annual": ("今年", "去年"),
}  # what a note calls its own period, and the one before
_SAME = {"本周": ("这周", "本周"), "本月": ("这个月", "本月", "当月"), "上月": ("上个月", "上月")}
_EDGE = " \t\n，,。；;、!！?？:：~"
_STOPS = "。!！?？；;\n"
_RUN_ON = 60  # a clause without a stop for so long is speech written down: nothing can be put behind it
_LONGEST = 160  # characters of a passage; beyond, only its last clause is shown and mended


@dataclass(frozen=True, slots=True)
class Scene:
    """A reading, its findings, and what rewrites look up in them; `turns` lets forms of a kind take turns."""

    reading: Reading
    scores: Scores
    findings: Sequence[Finding]
    hits: Hits
    this: str
    last: str
    turns: Counter[str] = field(default_factory=Counter)

    @property
    def document(self) -> Document:
        """Return the note as parsed."""
        return self.reading.document

    def view(self, span: Span) -> str:
        """Return the folded words of a range."""
        return self.document.view[span.start : span.end]

    def own(self, words: str) -> str:
        """Return the coach's words in the note's script."""
        return in_script_of(self.reading, words)

    def form(self, kind: str, name: str) -> str:
        """Return the next wording of a kind, in the note's script."""
        choices = forms()[kind][name]
        key = f"{kind}.{name}"
        at = self.turns[key]
        self.turns[key] += 1
        return self.own(choices[at % len(choices)])

    def has(self, cue: str, span: Span) -> bool:
        """Tell whether a word of a list stands in a range."""
        return self.hits.has(cue, span.start, span.end)

    def trimmed(self, span: Span) -> Span:
        """Return a range without the blanks and stops at its ends."""
        start, end = span
        view = self.document.view
        while end > start and view[end - 1] in _EDGE:
            end -= 1
        while start < end and view[start] in _EDGE:
            start += 1
        return Span(start, end)

    def clauses(self, span: Span) -> list[Span]:
        """Return the clauses of a range, parted at stops outside brackets and outside figures."""
        view = self.document.view
        found: list[Span] = []
        depth, start = 0, span.start
        for at in range(span.start, span.end):
            char = view[at]
            if char in "([【“「《":
                depth += 1
            elif char in ")]】”」》":
                depth = max(0, depth - 1)
            elif char == "\n" or (depth == 0 and _parts(view, at)):
                found.append(self.trimmed(Span(start, at)))
                start, depth = at + 1, 0 if char == "\n" else depth
        found.append(self.trimmed(Span(start, span.end)))
        return [one for one in found if len(one)]

    def targets(self, *codes: str) -> Iterator[tuple[Finding, Claim]]:
        """Yield the findings of some codes with the claim each is about, by rank, one a claim."""
        known = {claim.id: claim for claim in self.reading.claims}
        met: set[str] = set()
        for found in sorted(self.findings, key=lambda f: f.rank):
            if found.code not in codes or found.source != "text" or not found.claims:
                continue
            claim = known.get(found.claims[0])
            if claim is not None and claim.id not in met:
                met.add(claim.id)
                yield found, claim

    def passage(self, claim: Claim) -> Span | None:
        """Return the claim's words as a passage to mend: on one line, in running text or in one cell."""
        whole = self.trimmed(claim.span)
        view = self.document.view
        start = view.rfind("\n", whole.start, whole.end) + 1 or whole.start
        passage = self.trimmed(Span(start, whole.end))
        if len(passage) > _LONGEST:
            passage = self.clauses(passage)[-1]
        if any(len(clause) > _RUN_ON for clause in self.clauses(passage)[-1:]):
            return None
        return passage if len(passage) >= 2 and self._is_placeable(passage) else None

    def _is_placeable(self, span: Span) -> bool:
        for line in self.document.lines:
            if line.span.overlaps(span):
                if line.kind in (LineKind.HEADING, LineKind.CODE):
                    return False
                if line.kind is LineKind.ROW:
                    return any(cell.covers(span) for cell in line.cells)
        return True

    def mended(self, passage: Span, part: Span, words: str) -> str:
        """Return the author's words of a passage with one part of it told otherwise."""
        return (
            self.document.words(Span(passage.start, part.start))
            + words
            + self.document.words(Span(part.end, passage.end))
        )

    def to_stop(self, span: Span) -> Span:
        """Return a range drawn out to the end of its sentence."""
        view = self.document.view
        end = span.end
        while end < len(view) and view[end] not in _STOPS:
            end += 1
        return self.trimmed(Span(span.start, end))

    def in_row(self, claim: Claim) -> bool:
        """Tell whether a claim stands in a table."""
        return self.document.lines[claim.line].kind is LineKind.ROW


def _parts(view: str, at: int) -> bool:
    char = view[at]
    if char in "，。；;!！?？":
        return True
    # "62%,上周" is two clauses, "1,340" is one figure
    return char == "," and not (view[at - 1 : at].isdigit() and view[at + 1 : at + 2].isdigit())


def scene(reading: Reading, scores: Scores, findings: Sequence[Finding]) -> Scene:
    """Return the scene of a reading; linear in the note."""
    document = reading.document
    this, last = _PERIODS.get(period_kind(reading), ("本期", "上期"))
    view = document.view
    this = next((word for word in _SAME.get(this, ()) if word in view), this)
    last = next((word for word in _SAME.get(last, ()) if word in view), last)
    hits = reading.hits or load().find(document.folded)
    found = Scene(reading, scores, findings, hits, this, last)
    return replace(found, this=found.own(this), last=found.own(last))
