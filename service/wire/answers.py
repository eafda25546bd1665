"""Whole answers and streams, built from what the use cases give."""

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from datetime import datetime

from pydantic import BaseModel

from service.core import analysis as core
from service.core.finding import Finding
from service.core.reading import Reading
from service.core.rubric import Rubric
from service.core.score import Highlight, Scores
from service.wire.analyses import Analysis, Check, Engine, RubricRef, Unsupported, Usage
from service.wire.findings import FindingRemoved
from service.wire.present import Presenter


@dataclass(frozen=True, slots=True)
class Stamp:
    """What an answer says of itself rather than of the note."""

    id: str
    created_at: datetime
    revision: int | str | None
    rubric: Rubric


def analysis_answer(
    analysis: core.Analysis, present: Presenter, include: Collection[str], stamp: Stamp, elapsed_ms: float
) -> Analysis:
    """Return the whole answer to an analysis, with the parts in `include`."""
    reading = analysis.reading
    return Analysis(
        id=stamp.id,
        created_at=stamp.created_at,
        revision=stamp.revision,
        engine=Engine(
            name=analysis.engine.name,
            version=analysis.engine.version,
            model=analysis.engine.model,
            degraded=analysis.engine.degraded,
            degraded_reason=analysis.engine.degraded_reason,
            prompts=dict(analysis.engine.prompts),
        ),
        rubric=RubricRef(id=stamp.rubric.id, version=stamp.rubric.version),
        note=present.note(reading),
        claims=[present.claim(reading, c) for c in reading.claims] if "claims" in include else None,
        scores=present.scores(reading, analysis.scores, analysis.findings) if "scores" in include else None,
        highlights=[present.highlight(reading, h) for h in analysis.highlights]
        if "highlights" in include
        else None,
        findings=[present.finding(f) for f in analysis.findings] if "findings" in include else None,
        rewrites=[present.rewrite(r) for r in analysis.rewrites] if "rewrites" in include else None,
        unsupported=[Unsupported(kind=u.kind, quote=u.quote, reason=u.reason) for u in analysis.unsupported],
        usage=Usage(
            llm_calls=analysis.usage.llm_calls,
            attempts=analysis.usage.attempts,
            input_tokens=analysis.usage.input_tokens,
            output_tokens=analysis.usage.output_tokens,
            cached=analysis.usage.cached,
            elapsed_ms=round(elapsed_ms, 2),
        ),
    )


def check_answer(
    reading: Reading,
    scores: Scores,
    highlights: Sequence[Highlight],
    findings: Sequence[Finding],
    present: Presenter,
    include: Collection[str],
    revision: int | str | None,
) -> Check:
    """Return the answer to a fast check, with the parts in `include`."""
    return Check(
        note=present.note(reading),
        scores=present.scores(reading, scores, findings) if "scores" in include else None,
        highlights=[present.highlight(reading, h) for h in highlights] if "highlights" in include else None,
        findings=[present.finding(f) for f in findings] if "findings" in include else None,
        revision=revision,
    )


class Narrator:
    """Turns the events of one analysis into named wire shapes, as a stream tells them.

    `answer` gives the whole answer's JSON once the analysis is done.
    """

    def __init__(self, present: Presenter, include: Collection[str], answer: Callable[[], bytes]) -> None:
        self._present = present
        self._include = include
        self._answer = answer
        self._findings: dict[str, Finding] = {}

    def tell(self, event: core.Event) -> tuple[str, bytes] | None:
        """Return the event's name and its JSON; None for a part nobody asked for."""
        self._remember(event)
        if isinstance(event, core.Done):
            return "done", self._answer()
        told = self._shape(event)
        return (told[0], told[1].model_dump_json().encode()) if told else None

    def _shape(self, event: core.Event) -> tuple[str, BaseModel] | None:
        present, include = self._present, self._include
        match event:
            case core.NoteRead():
                return "note", present.note(event.reading)
            case core.ClaimFound() if "claims" in include:
                return "claim", present.claim(event.reading, event.claim)
            case core.HighlightFound() if "highlights" in include:
                return "highlight", present.highlight(event.reading, event.highlight)
            case core.FindingFound() if "findings" in include:
                return "finding", present.finding(event.finding)
            case core.FindingRemoved() if "findings" in include:
                return "finding_removed", FindingRemoved(fingerprint=event.fingerprint)
            case core.Scored() if "scores" in include:
                return "scores", present.scores(event.reading, event.scores, self._findings.values())
            case core.RewriteFound() if "rewrites" in include:
                return "rewrite", present.rewrite(event.rewrite)
            case _:
                return None

    def _remember(self, event: core.Event) -> None:
        # Scores name findings by id, so those told so far are kept.
        if isinstance(event, core.FindingFound):
            self._findings[event.finding.fingerprint] = event.finding
        elif isinstance(event, core.FindingRemoved):
            self._findings.pop(event.fingerprint, None)
