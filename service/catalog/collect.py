"""Runs the rules over a reading: places what they tell, hides what is to be hidden, ranks the rest."""

from dataclasses import replace

from service.catalog.discover import rules
from service.catalog.fingerprint import Fingerprints
from service.catalog.rank import ranked
from service.core.document.model import Document
from service.core.finding import Draft, Edit, Finding, Fix, Rule, Severity
from service.core.note import RuleOptions
from service.core.reading import Reading
from service.core.score import Scores
from service.core.script import in_script_of
from service.core.span import Span

NOT_A_NOTE = "S404"  # a text that is no work note is told so, and nothing else


def collect(
    reading: Reading, scores: Scores, options: RuleOptions | None = None
) -> tuple[tuple[Finding, ...], int]:
    """Return the findings by rank (1 = mend first) and how many were hidden; hiding changes no score."""
    options = options or RuleOptions()
    disabled = frozenset(d.strip().lower() for d in options.disable)
    severities = {k.strip().lower(): v for k, v in options.severity.items()}
    shown: list[Finding] = []
    hidden = 0
    for found in _placed(reading):
        if (
            {found.code.lower(), found.rule} & disabled
            or found.fingerprint in options.ignore
            or _is_muted(found, reading.document)
        ):
            hidden += 1
        else:
            shown.append(_weighed(found, severities))
    return ranked(shown, scores), hidden


def _placed(reading: Reading) -> list[Finding]:
    placed: list[tuple[Rule, Draft, Span | None, str | None]] = []
    taken: set[tuple[str, str, Span | None]] = set()
    for one in rules():
        if not reading.is_note and one.code != NOT_A_NOTE:
            continue
        for draft in one.check(reading):
            document = _document(reading, draft)
            span = document.source(draft.span) if draft.span is not None else None
            key = (one.code, draft.source, span)
            if key not in taken:
                taken.add(key)
                quote = document.text[span.start : span.end] if span is not None else None
                placed.append((one, draft, span, quote))
    marks = Fingerprints(reading, [(draft.source, quote) for _, draft, _, quote in placed])
    return [
        _finding(reading, one, draft, span, quote, marks.of(one.code, draft.source, quote, span))
        for one, draft, span, quote in placed
    ]


def _document(reading: Reading, draft: Draft) -> Document:
    if draft.source == "previous" and reading.previous is not None:
        return reading.previous.document
    return reading.document


def _finding(
    reading: Reading, one: Rule, draft: Draft, span: Span | None, quote: str | None, fingerprint: str
) -> Finding:
    return Finding(
        id="",
        rank=0,
        fingerprint=fingerprint,
        code=one.code,
        rule=one.name,
        severity=draft.severity or one.severity,
        dimension=one.dimension,
        message=in_script_of(reading, draft.message),
        source=draft.source,
        quote=quote,
        span=span,
        claims=draft.claims,
        question=in_script_of(reading, draft.question) if draft.question is not None else None,
        detail=dict(draft.detail),
        fixes=tuple(_fix(reading, fix) for fix in draft.fixes),
    )


def _fix(reading: Reading, fix: Fix) -> Fix:
    edits = tuple(Edit(edit.span, in_script_of(reading, edit.new_text)) for edit in fix.edits)
    return Fix(in_script_of(reading, fix.title), edits)


def _weighed(found: Finding, severities: dict[str, Severity]) -> Finding:
    told = severities.get(found.code.lower(), severities.get(found.rule))
    return found if told is None else replace(found, severity=told)


def _is_muted(found: Finding, document: Document) -> bool:
    """Tell whether an inline comment hides the finding.

    A comment holds from its end on until one that says otherwise; findings on the whole note, or on the note
    before, are hidden where the last word on them is to hide.
    """
    muted = False
    for mark in document.suppressions:
        told = {c.strip().lower() for c in mark.codes}
        if told and not told & {found.code.lower(), found.rule}:
            continue
        on_whole = found.span is None or found.source == "previous"
        if on_whole or (found.span is not None and mark.span.end <= found.span.start):
            muted = mark.disable
    return muted
