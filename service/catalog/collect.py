"""Runs the rules over a reading: places, fingerprints, hides what the caller asked to hide, ranks."""

from collections import Counter
from dataclasses import replace
from hashlib import blake2b

from service.catalog.discover import rules
from service.core.document.model import Document
from service.core.finding import Draft, Finding, Rule, Severity
from service.core.note import RuleOptions
from service.core.reading import Reading
from service.core.score import DimensionKey, Scores
from service.core.span import Span

_WEIGHT = {Severity.ERROR: 30, Severity.WARNING: 10, Severity.INFO: 0}
_LACKING = 12  # a level below 5 in the finding's dimension counts this much a level
_ASKED = 15  # the finding is what the next level of its dimension asks for
_SPREAD = 14  # a second finding of one code among the first is worth that much less
_HAND_PICKED = (
    5  # so many first findings are picked for spread over codes and dimensions; the rest follow by worth
)


def collect(
    reading: Reading, scores: Scores, options: RuleOptions | None = None
) -> tuple[tuple[Finding, ...], int]:
    """Return the findings by rank (1 = mend first) and how many were hidden; hiding changes no score."""
    options = options or RuleOptions()
    shown: list[Finding] = []
    hidden = 0
    for found in _placed(reading):
        if _is_hidden(found, reading.document, options):
            hidden += 1
            continue
        shown.append(found)
    return _ranked(shown, scores, options), hidden


def _placed(reading: Reading) -> list[Finding]:
    out: list[Finding] = []
    seen: Counter[str] = Counter()
    taken: set[tuple[str, str, Span | None]] = set()
    for one in rules():
        for draft in one.check(reading):
            document = _document(reading, draft)
            span = document.source(draft.span) if draft.span is not None else None
            key = (one.code, draft.source, span)
            if key in taken:
                continue
            taken.add(key)
            quote = document.text[span.start : span.end] if span is not None else None
            print_of = fingerprint(one.code, draft.source, quote, seen)
            out.append(_finding(one, draft, span, quote, print_of))
    return out


def _document(reading: Reading, draft: Draft) -> Document:
    if draft.source == "previous" and reading.previous is not None:
        return reading.previous.document
    return reading.document


def fingerprint(code: str, source: str, quote: str | None, seen: Counter[str]) -> str:
    """Return a mark that stays while the passage's own words do; equal passages are told apart by their order."""
    words = "".join(quote.split()) if quote is not None else ""
    base = f"{code}\x1f{source}\x1f{words}"
    seen[base] += 1
    return blake2b(f"{base}\x1f{seen[base]}".encode("utf-8", "surrogatepass"), digest_size=8).hexdigest()


def _finding(one: Rule, draft: Draft, span: Span | None, quote: str | None, mark: str) -> Finding:
    return Finding(
        id="",
        rank=0,
        fingerprint=mark,
        code=one.code,
        rule=one.name,
        severity=draft.severity or one.severity,
        dimension=one.dimension,
        message=draft.message,
        source=draft.source,
        quote=quote,
        span=span,
        claims=draft.claims,
        question=draft.question,
        detail=dict(draft.detail),
        fixes=draft.fixes,
    )


def _is_hidden(found: Finding, document: Document, options: RuleOptions) -> bool:
    if found.code in options.disable or found.rule in options.disable or found.fingerprint in options.ignore:
        return True
    hidden = False
    for mark in document.suppressions:
        if mark.codes and found.code not in mark.codes:
            continue
        if found.span is None or found.source == "previous":
            hidden = hidden or mark.disable
        elif mark.span.start <= found.span.start:
            hidden = mark.disable
    return hidden


def _ranked(found: list[Finding], scores: Scores, options: RuleOptions) -> tuple[Finding, ...]:
    lowest = min(d.level for d in scores.dimensions)
    levels = {d.key: d.level for d in scores.dimensions}
    asked = {d.key: d.next.codes for d in scores.dimensions}

    def worth(f: Finding) -> float:
        total = float(_WEIGHT[f.severity])
        if f.dimension is not None:
            total += _LACKING * (5 - levels[f.dimension]) / 2
            total += _SPREAD / 2 if levels[f.dimension] == lowest else 0
            if f.code in asked[f.dimension]:
                total += _ASKED - 3 * asked[f.dimension].index(f.code)
        return total

    waiting = sorted(((worth(f), -n, f) for n, f in enumerate(found)), key=lambda w: w[:2], reverse=True)
    first: list[Finding] = []
    met: Counter[str] = Counter()
    met_dimensions: Counter[DimensionKey | None] = Counter()
    while waiting and len(first) < _HAND_PICKED:
        best = max(
            waiting,
            key=lambda w: (w[0] - _SPREAD * met[w[2].code] - 4 * met_dimensions[w[2].dimension], w[1]),
        )
        waiting.remove(best)
        first.append(best[2])
        met[best[2].code] += 1
        met_dimensions[best[2].dimension] += 1
    ordered = [*first, *(w[2] for w in waiting)]
    return tuple(
        replace(
            f,
            id=f"f{rank}",
            rank=rank,
            severity=options.severity.get(f.code, options.severity.get(f.rule, f.severity)),
        )
        for rank, f in enumerate(ordered, 1)
    )
