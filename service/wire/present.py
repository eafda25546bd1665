"""From what the engine found to what callers get: quotes, spans in their units, findings by id."""

from collections.abc import Collection, Sequence
from typing import cast

from service.core import finding as core_finding
from service.core import reading as core_reading
from service.core import rewrite as core_rewrite
from service.core import score as core_score
from service.core.document.model import Document
from service.core.numbers import model as core_numbers
from service.core.span import Span as CoreSpan
from service.wire.claims import ChangeUnit, Claim, Link, Metric, NoteFrame, PrecisionName, Section
from service.wire.findings import Edit, Finding, Fix
from service.wire.names import KindName, SourceName
from service.wire.offsets import Encoding, Offsets
from service.wire.rewrites import Blank, Derived, FactCheck, Rewrite
from service.wire.scores import DimensionScore, Evidence, Highlight, NextLevel, Overall, Scores
from service.wire.spans import Span

TRAIT_ORDER = {trait: at for at, trait in enumerate(core_reading.Trait)}


class Presenter:
    """Turns the parts of one analysis into their wire shapes; made once a request."""

    def __init__(self, text: str, previous: str | None, encoding: Encoding) -> None:
        self._text = text
        self._previous = previous or ""
        self._offsets = Offsets(text, encoding)
        # Only S403 and its like point into the previous note: its offsets are worked out when one does.
        self._encoding = encoding
        self._previous_offsets: Offsets | None = None

    def note(self, reading: core_reading.Reading) -> NoteFrame:
        """Return the note's frame."""
        document = reading.document
        return NoteFrame(
            role="other" if reading.role == "auto" else reading.role,
            kind=cast(KindName, reading.kind),
            format=document.format.value,
            sections=[
                Section(kind=s.kind.value, title=s.title, span=self._span(document.source(s.span)))
                for s in reading.sections
            ],
        )

    def claim(self, reading: core_reading.Reading, claim: core_reading.Claim) -> Claim:
        """Return one claim with its exact words."""
        quote, span = self._passage(reading.document, claim.span)
        return Claim(
            id=claim.id,
            kind=claim.kind.value,
            quote=quote,
            span=span,
            metrics=[self._metric(reading.document, m) for m in claim.metrics],
            links=[
                Link(relation=k.relation.value, target=k.target, source=cast(SourceName, k.source))
                for k in claim.links
            ],
            traits=sorted(claim.traits, key=TRAIT_ORDER.__getitem__),
            deadline=claim.deadline,
            owner=claim.owner,
        )

    def scores(
        self,
        reading: core_reading.Reading,
        scores: core_score.Scores,
        findings: Collection[core_finding.Finding],
    ) -> Scores:
        """Return the verdict; the next step names those of `findings` that stand in its way."""
        return Scores(
            overall=Overall(level=scores.overall_level, score=scores.overall_score),
            dimensions=[
                DimensionScore(
                    key=d.key.value,
                    name=d.name,
                    level=d.level,
                    score=d.score,
                    reason=d.reason,
                    evidence=self._evidence(reading.document, d.evidence),
                    next=NextLevel(
                        level=d.next.level,
                        advice=d.next.advice,
                        findings=[f.id for f in findings if f.code in d.next.codes],
                    ),
                )
                for d in scores.dimensions
            ],
        )

    def highlight(self, reading: core_reading.Reading, highlight: core_score.Highlight) -> Highlight:
        """Return one highlight with the words it praises."""
        return Highlight(
            dimension=highlight.dimension.value,
            message=highlight.message,
            evidence=self._evidence(reading.document, highlight.evidence),
        )

    def finding(self, finding: core_finding.Finding) -> Finding:
        """Return one finding; one about the previous note counts in the previous note."""
        offsets = self._previous_units() if finding.source == "previous" else self._offsets
        return Finding(
            id=finding.id,
            rank=finding.rank,
            fingerprint=finding.fingerprint,
            code=finding.code,
            rule=finding.rule,
            severity=finding.severity.value,
            dimension=finding.dimension.value if finding.dimension else None,
            message=finding.message,
            source=cast(SourceName, finding.source),
            quote=finding.quote if finding.span is not None else None,
            span=_units(offsets, finding.span) if finding.span is not None else None,
            claims=list(finding.claims),
            question=finding.question,
            detail=dict(finding.detail),
            fixes=[
                Fix(
                    title=fix.title,
                    edits=[Edit(span=self._span(e.span), new_text=e.new_text) for e in fix.edits],
                )
                for fix in finding.fixes
            ],
            help=f"/v1/rules/{finding.code}",
        )

    def rewrite(self, rewrite: core_rewrite.Rewrite) -> Rewrite:
        """Return one rewrite with its check."""
        return Rewrite(
            id=rewrite.id,
            span=self._span(rewrite.span),
            original=rewrite.original,
            rewritten=rewrite.rewritten,
            dimensions=[d.value for d in rewrite.dimensions],
            rationale=rewrite.rationale,
            findings=list(rewrite.findings),
            blanks=[Blank(id=b.id, token=b.token, question=b.question) for b in rewrite.blanks],
            check=FactCheck(
                new_facts=list(rewrite.check.new_facts),
                lost_facts=list(rewrite.check.lost_facts),
                derived=[Derived(text=d.text, formula=d.formula) for d in rewrite.check.derived],
                scores_before={k.value: v for k, v in rewrite.check.scores_before.items()},
                scores_after={k.value: v for k, v in rewrite.check.scores_after.items()},
                scores_if_answered={k.value: v for k, v in rewrite.check.scores_if_answered.items()},
            ),
        )

    def _metric(self, document: Document, metric: core_numbers.Metric) -> Metric:
        # 十几个 is no figure: callers know it as "approx".
        precision = metric.precision
        if precision is core_numbers.Precision.VAGUE:
            precision = core_numbers.Precision.APPROX
        return Metric(
            name=metric.name,
            value=metric.value,
            value_max=metric.value_max,
            precision=cast(PrecisionName, precision.value),
            unit=metric.unit,
            direction=metric.direction.value,
            baseline=metric.baseline,
            baseline_kind=metric.baseline_kind.value if metric.baseline_kind else None,
            change=metric.change,
            change_unit=cast(ChangeUnit | None, metric.change_unit),
            segment=metric.segment,
            period=metric.period,
            span=self._span(document.source(metric.span)),
        )

    def _evidence(self, document: Document, evidence: Sequence[core_score.Evidence]) -> list[Evidence]:
        return [
            Evidence(quote=quote, span=span, claim=e.claim)
            for e in evidence
            for quote, span in (self._passage(document, e.span),)
        ]

    def _passage(self, document: Document, view_span: CoreSpan) -> tuple[str, Span]:
        source = document.source(view_span)
        return self._text[source.start : source.end], self._span(source)

    def _span(self, span: CoreSpan) -> Span:
        return _units(self._offsets, span)

    def _previous_units(self) -> Offsets:
        if self._previous_offsets is None:
            self._previous_offsets = Offsets(self._previous, self._encoding)
        return self._previous_offsets


def _units(offsets: Offsets, span: CoreSpan) -> Span:
    return Span(start=offsets.out(span.start), end=offsets.out(span.end))
