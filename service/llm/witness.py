"""What the note's own words bear out: nothing that would lift a level is taken on a model's word alone.

The bound: a model may point out, regroup and lower. A kind, trait or link that could raise a level counts
only where the reading by rule says the same of that passage, or words in the passage itself witness it.
"""

import re
from functools import cached_property

from service.core import lexicon
from service.core.lexicon import Hits
from service.core.numbers.model import NumberKind
from service.core.reading import Claim, ClaimKind, Reading, Relation, SectionKind, Trait
from service.core.span import Span
from service.llm.words import words

_KIND_CUES = {
    ClaimKind.CAUSE: ("cause_mark", "cause_guess", "cause_empty"),
    ClaimKind.EVIDENCE: ("evidence_source", "evidence_voice", "evidence_split", "cause_verify"),
    ClaimKind.PLAN: ("plan_future", "time_next", "plan_priority"),
}
_KIND_SECTION = {ClaimKind.CAUSE: SectionKind.CAUSES, ClaimKind.PLAN: SectionKind.PLANS}
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
NEAR_LINES = 2


class Witness:
    """Answers, from the reading by rule and the lexicon, whether the note bears out what a model says."""

    def __init__(self, by_rule: Reading) -> None:
        self._reading = by_rule
        self._folded = by_rule.document.folded

    @cached_property
    def _hits(self) -> Hits:
        return lexicon.load().find(self._folded)

    def says(self, span: Span, *cues: str) -> bool:
        """Tell whether a word of the lists stands in the span."""
        return any(self._hits.has(cue, span.start, span.end) for cue in cues)

    def bears_kind(self, kind: ClaimKind, span: Span, section: int, rules: list[Claim]) -> bool:
        """Tell whether the passage may count as a claim of that kind."""
        if any(r.kind is kind for r in rules) or kind not in _KIND_CUES:
            return True
        if any(r.kind is ClaimKind.PLAN for r in rules):
            return False  # what is yet to be done is neither a cause nor proof
        sections = self._reading.sections
        if 0 <= section < len(sections) and sections[section].kind is _KIND_SECTION.get(kind):
            return True
        if self.says(span, *_KIND_CUES[kind]):
            return True
        return kind is ClaimKind.EVIDENCE and self._has_figure(span)

    def bears_trait(self, trait: Trait, kind: ClaimKind, span: Span) -> bool:
        """Tell whether the passage's words allow a trait that the reading by rule did not see."""
        if trait is Trait.SPECIFIC:
            hollow = self.says(span, *_HOLLOW.get(kind, ()))
            return bool(self.content(span)) and (
                not hollow or self.says(span, "plan_do") or self._has_figure(span)
            )
        cues = _TRAIT_CUES.get(trait)
        return cues is None or self.says(span, *cues)

    def bears_link(self, relation: Relation, source: Claim, target: Claim) -> bool:
        """Tell whether two claims hang together by a shared telling word, or (causes, proof) stand close."""
        if relation is not Relation.ADDRESSES and abs(source.line - target.line) <= NEAR_LINES:
            return True
        return bool(self.content(source.span) & self.content(target.span))

    def content(self, span: Span) -> frozenset[str]:
        """Return the pairs of characters and the Latin words that carry a passage's meaning."""
        found: set[str] = set()
        for run in _WORD.findall(self._folded[span.start : span.end]):
            if run.isascii():
                found.add(run)
            else:
                found.update(run[i : i + 2] for i in range(len(run) - 1))
        return frozenset(found - words().common)

    def bears_deadline(self, words: str, span: Span) -> bool:
        """Tell whether a deadline's words stand in the passage and name a time."""
        at = self._reading.document.view.find(words, span.start, span.end)
        if at < 0:
            return False
        named = Span(at, at + len(words))
        dates = (NumberKind.DATE, NumberKind.TIME)
        if any(n.kind in dates and n.span.overlaps(named) for n in self._reading.numbers):
            return True
        return self.says(named, "time_deadline", "time_next", "time_now", "time_often")

    def _has_figure(self, span: Span) -> bool:
        kinds = (NumberKind.MEASURE, NumberKind.CHANGE)
        return any(n.kind in kinds and span.covers(n.span) for n in self._reading.numbers)
