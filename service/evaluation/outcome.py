"""What one engine made of one note, cut down to what is measured."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from itertools import pairwise
from typing import NamedTuple, Protocol
from unicodedata import normalize

from service.core.analysis import Analysis
from service.core.note import Note
from service.core.numbers.model import NumberKind
from service.core.reading import Reading
from service.core.rewrite import Rewrite
from service.core.score import DimensionKey
from service.core.span import Span
from service.evaluation.describe import describe

# matches "3,450", "12.5" and "8"; not 八成
FIGURE = re.compile(r"\d+(?:[.,]\d+)*")


class Quoted(NamedTuple):
    """A claim kind or finding code with the words it points at (None: the whole note)."""

    label: str
    quote: str | None


@dataclass(frozen=True, slots=True)
class Outcome:
    """One analysed note; `inexact` names what did not point at its own words, out of `spans` looked at.

    `why` holds the judge's reason a dimension and `features` the reading by lines: to be read, not measured.
    """

    levels: Mapping[DimensionKey, int]
    claims: tuple[Quoted, ...] = ()
    findings: tuple[Quoted, ...] = ()
    numbers: int = 0
    rewrites: int = 0
    new_facts: tuple[str, ...] = ()
    spans: int = 0
    inexact: tuple[str, ...] = ()
    why: Mapping[DimensionKey, str] = field(default_factory=dict)
    features: tuple[str, ...] = ()


class Solver(Protocol):
    """An engine under evaluation."""

    @property
    def name(self) -> str:
        """Return what the engine is called in reports."""
        ...

    def solve(self, note: Note) -> Outcome:
        """Return all that is measured of a note."""
        ...

    def levels(self, note: Note) -> Mapping[DimensionKey, int]:
        """Return the levels only: what a changed note is compared by."""
        ...


def observe(analysis: Analysis) -> Outcome:
    """Cut an analysis down to what is measured, checking every span on the way."""
    reading = analysis.reading
    spans = list(_spans(analysis))
    return Outcome(
        levels={d.key: d.level for d in analysis.scores.dimensions},
        claims=tuple(Quoted(c.kind.value, reading.quote(c)) for c in reading.claims),
        findings=tuple(Quoted(f.code, f.quote) for f in analysis.findings),
        numbers=sum(n.kind in (NumberKind.MEASURE, NumberKind.CHANGE) for n in reading.numbers),
        rewrites=len(analysis.rewrites),
        new_facts=tuple(
            fact for r in analysis.rewrites for fact in (*r.check.new_facts, *_unheard(reading, r))
        ),
        spans=len(spans),
        inexact=tuple(name for name, exact in spans if not exact),
        why={d.key: d.reason for d in analysis.scores.dimensions},
        features=describe(reading),
    )


def _spans(analysis: Analysis) -> Iterator[tuple[str, bool]]:
    """Yield a name and whether it points at its own words for everything with a span in the answer."""
    reading = analysis.reading
    text = reading.document.text
    before = reading.previous.document.text if reading.previous else ""
    for claim in reading.claims:
        yield f"claim {claim.id}", _holds(text, reading.document.source(claim.span), reading.quote(claim))
    rests = [(d.key, e) for d in analysis.scores.dimensions for e in d.evidence]
    rests += [(h.dimension, e) for h in analysis.highlights for e in h.evidence]
    for key, evidence in rests:
        quote = reading.document.quote(evidence.span)
        yield f"evidence of {key.value}", _holds(text, reading.document.source(evidence.span), quote)
    for finding in analysis.findings:
        if finding.span is not None or finding.quote is not None:
            where = before if finding.source == "previous" else text
            yield f"finding {finding.code}", _holds(where, finding.span, finding.quote)
        for fix in finding.fixes:
            edits = sorted(e.span for e in fix.edits)
            apart = all(one.end <= two.start for one, two in pairwise(edits))
            inside = all(0 <= e.start <= e.end <= len(text) for e in edits)
            yield f"fix of {finding.code}", apart and inside
    for rewrite in analysis.rewrites:
        yield f"rewrite {rewrite.id}", _holds(text, rewrite.span, rewrite.original)


def _unheard(reading: Reading, rewrite: Rewrite) -> list[str]:
    """Return the rewrite's numbers that stand in neither note, blind to the engine's own check."""
    text = rewrite.rewritten
    for known in (*(b.token for b in rewrite.blanks), *(d.text for d in rewrite.check.derived)):
        text = text.replace(known, " ")
    before = reading.previous.document.text if reading.previous else ""
    heard = set(_numbers(f"{reading.document.text}\n{before}"))
    return [number for number in _numbers(text) if number not in heard]


def _numbers(text: str) -> list[str]:
    # "1,042，18": the comma between clauses must not become one inside a number
    return FIGURE.findall(normalize("NFKC", text.replace("，", " ")))


def _holds(text: str, span: Span | None, quote: str | None) -> bool:
    return span is not None and bool(quote) and span.start >= 0 and text[span.start : span.end] == quote
