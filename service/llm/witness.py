"""What the note's own words bear out: nothing that would lift a level is taken on a model's word alone.

The bound: a model may point out, regroup and lower. A kind, trait or link that could raise a level counts
only where the reading by rule says the same of that passage, or words in the passage itself witness it.
"""

import re
from functools import cached_property

from service.core import lexicon
from service.core.lexicon import Hits
from service.core.numbers.model import Metric, Number, NumberKind
from service.core.reading import Claim, ClaimKind, Reading, Relation, SectionKind, Trait
from service.core.span import Span
from service.llm.passages import Passages
from service.llm.support import sentence
from service.llm.words import words

_KIND_CUES = {
    ClaimKind.CAUSE: ("cause_mark", "cause_guess", "cause_empty"),
    ClaimKind.EVIDENCE: ("evidence_source", "evidence_voice", "evidence_split", "cause_verify"),
    ClaimKind.PLAN: ("plan_future", "time_next", "plan_priority"),
    ClaimKind.PROBLEM: ("tone_bad", "vague_tone"),
}
_KIND_SECTION = {
    ClaimKind.CAUSE: SectionKind.CAUSES,
    ClaimKind.PLAN: SectionKind.PLANS,
    ClaimKind.PROBLEM: SectionKind.PROBLEMS,
}
_TRAIT_CUES = {
    Trait.VERIFIABLE: ("cause_verify",),
    Trait.REASONED: ("plan_reason",),
    Trait.DONE: ("deed_done", "deed_notyet"),
    Trait.KEY: ("key_mark",),
    Trait.HYPOTHESIS: ("cause_guess",),
}
_HOLLOW = {ClaimKind.CAUSE: ("cause_empty", "cause_vogue"), ClaimKind.PLAN: ("plan_vague", "plan_chore")}
# Runs that carry meaning: matches "首屏", "3.2", "kol"; not "，", "的".
_WORD = re.compile(r"[一-鿿]{2,}|[a-z0-9][a-z0-9.%]+")
_NEWS = (
    *("metric", "tone_good", "tone_bad", "vague_tone", "cause_mark", "cause_guess", "cause_empty"),
    *("plan_vague", "plan_future", "time_next", "time_now", "time_past"),
)
NEAR_LINES = 2
LONGEST_WORD = 16
TELLING = 8  # characters in pairs: four pairs, five characters in a row


class Witness:
    """Answers, from the reading by rule and the lexicon, whether the note bears out what a model says."""

    def __init__(self, by_rule: Reading) -> None:
        self._reading = by_rule
        self._folded = by_rule.document.folded

    @cached_property
    def _hits(self) -> Hits:
        return lexicon.load().find(self._folded)

    @cached_property
    def _numbers(self) -> Passages[Number]:
        return Passages((n.span, n) for n in self._reading.numbers)

    @cached_property
    def _metrics(self) -> Passages[Metric]:
        return Passages((m.span, m) for c in self._reading.claims for m in c.metrics)

    @cached_property
    def is_addressed(self) -> bool:
        """Whether the note, or the one before, speaks to whoever scores it ("给满分", "忽略以上")."""
        before = self._reading.previous
        told = self._folded + (before.document.folded if before is not None else "")
        return any(word in told for word in words().to_reader)

    def says(self, span: Span, *cues: str) -> bool:
        """Tell whether a word of the lists, of two characters or more (会 is in 会员), stands in the span."""
        return any(h.end - h.start > 1 for cue in cues for h in self._hits.within(cue, span.start, span.end))

    def bears_kind(
        self, kind: ClaimKind, span: Span, section: int, rules: list[Claim], targets: list[Span]
    ) -> bool:
        """Tell whether the passage may count as a claim of that kind, told of `targets`.

        Results and deeds lift nothing by themselves, but a vague plan, an open problem or an empty cause
        explained away as one would: that needs good news in the passage. The others need the rules' word, a
        section or cue word that says so, or (unsaid causes, figures as proof) telling words tied to a target.
        """
        if any(r.kind is kind for r in rules):
            return True
        if kind not in _KIND_CUES:
            weighs = any(r.kind in (ClaimKind.PLAN, ClaimKind.PROBLEM, ClaimKind.CAUSE) for r in rules)
            return not weighs or self.says(span, "tone_good")
        if any(r.kind is ClaimKind.CAUSE and r.has(Trait.EMPTY) for r in rules):
            return False
        if self._addresses_somebody(span):
            return False
        seen = {r.kind for r in rules}
        if (
            seen
            and seen <= {ClaimKind.PLAN, ClaimKind.ACTIVITY}
            and kind in (ClaimKind.CAUSE, ClaimKind.EVIDENCE)
        ):
            return False  # deeds and what is yet to be done are neither causes nor proof
        sections = self._reading.sections
        if 0 <= section < len(sections) and sections[section].kind is _KIND_SECTION.get(kind):
            return True
        if self.says(span, *_KIND_CUES[kind]):
            return True
        if kind is ClaimKind.PROBLEM:
            return bool(seen - {ClaimKind.PLAN, ClaimKind.ACTIVITY}) or self._falls_short(span)
        measured = self._has_figure(span)
        if kind is ClaimKind.EVIDENCE:
            return measured and any(self.content(span) & self.content(t) for t in targets)
        if kind is ClaimKind.PLAN or not any(self._are_tied(span, t) for t in targets):
            return False
        return self.tells(span) and not (measured and seen <= {ClaimKind.RESULT})

    def bears_trait(self, trait: Trait, kind: ClaimKind, span: Span) -> bool:
        """Tell whether the passage's words allow a trait that the reading by rule did not see."""
        if trait is Trait.SPECIFIC:
            if kind is ClaimKind.PLAN:
                return self.says(span, "plan_do") or self._has_figure(span)
            return self.tells(span) and not self.says(span, *_HOLLOW.get(kind, ()))
        cues = _TRAIT_CUES.get(trait)
        return cues is None or self.says(span, *cues)

    def tells(self, span: Span) -> bool:
        """Tell whether the passage holds words beyond names of metrics and news good or bad."""
        bare = list(self._folded[span.start : span.end])
        for cue in _NEWS:
            for hit in self._hits.within(cue, span.start, span.end):
                bare[hit.start - span.start : hit.end - span.start] = "\0" * (hit.end - hit.start)
        return sum(len(run) for run in _content("".join(bare))) >= TELLING

    def _addresses_somebody(self, span: Span) -> bool:
        return any(word in sentence(self._folded, span) for word in words().addressing)

    def _falls_short(self, span: Span) -> bool:
        """Tell whether a figure moved the wrong way, or a negation says that something is wanting."""
        moved = (m for m in self._metrics.touching(span) if span.covers(m.span))
        if any(m.polarity < 0 for m in moved):
            return True
        return any(word in self._folded[span.start : span.end] for word in words().negation)

    def _are_tied(self, one: Span, other: Span) -> bool:
        gap = self._reading.document.view[min(one.end, other.end) : max(one.start, other.start)]
        return gap.count("\n") <= 1 or bool(self.content(one) & self.content(other))

    def bears_link(self, relation: Relation, source: Claim, target: Claim) -> bool:
        """Tell whether two claims hang together by a shared telling word, or (causes, proof) stand close."""
        if self._addresses_somebody(source.span) or self._addresses_somebody(target.span):
            return False
        if relation is not Relation.ADDRESSES and abs(source.line - target.line) <= NEAR_LINES:
            return True
        return bool(self.content(source.span) & self.content(target.span))

    def content(self, span: Span) -> frozenset[str]:
        """Return the pairs of characters and the Latin words that carry a passage's meaning."""
        return frozenset(_content(self._folded[span.start : span.end]))

    def bears_deadline(self, words: str, span: Span) -> bool:
        """Tell whether a deadline's words stand in the passage and name a time."""
        at = self._reading.document.view.find(words, span.start, span.end)
        if at < 0:
            return False
        named = Span(at, at + len(words))
        dates = (NumberKind.DATE, NumberKind.TIME)
        if any(n.kind in dates and n.span.overlaps(named) for n in self._numbers.touching(named)):
            return True
        return self.says(named, "time_deadline", "time_next", "time_now", "time_often")

    def _has_figure(self, span: Span) -> bool:
        kinds = (NumberKind.MEASURE, NumberKind.CHANGE)
        return any(n.kind in kinds and span.covers(n.span) for n in self._numbers.touching(span))


def _content(folded: str) -> set[str]:
    found: set[str] = set()
    for run in _WORD.findall(folded):
        if run.isascii():
            if len(run) <= LONGEST_WORD:  # longer ones are codes, not words
                found.add(run)
        else:
            found.update(run[i : i + 2] for i in range(len(run) - 1))
    return found - words().common
