"""The note's own text with the passages of its findings marked and numbered."""

from collections.abc import Sequence

from rich.text import Text

from service.core.finding import Finding, Severity
from service.core.span import Span
from service.report.printable import printable

COLOURS = {Severity.ERROR: "red", Severity.WARNING: "yellow", Severity.INFO: "cyan"}
_SUPERSCRIPTS = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")


def marked(text: str, findings: Sequence[Finding], *, plain: bool) -> Text:
    """Return the text with each finding's passage underlined (in ⟦ ⟧ where `plain`) and its rank behind it.

    Passages may nest or cross; where they do, the finding of the better rank gives the colour.
    """
    placed = [(f.span, f) for f in findings if f.span is not None and f.source == "text" and len(f.span)]
    cuts = sorted({0, len(text), *(edge for span, _ in placed for edge in span)})
    page = Text()
    for start, end in zip(cuts, [*cuts[1:], len(text)], strict=True):
        _close(page, placed, start, plain=plain)
        opening = [f for span, f in placed if span.start == start]
        if plain and opening:
            page.append("⟦" * len(opening))
        inside = [f for span, f in placed if span.covers(Span(start, end)) and start < end]
        top = min(inside, key=lambda f: f.rank, default=None)
        page.append(printable(text[start:end]), f"underline {COLOURS[top.severity]}" if top else None)
    return page


def _close(page: Text, placed: Sequence[tuple[Span, Finding]], at: int, *, plain: bool) -> None:
    ending = sorted((f for span, f in placed if span.end == at), key=lambda f: f.rank)
    for finding in ending:
        number = str(finding.rank).translate(_SUPERSCRIPTS)
        page.append(f"⟧{number}" if plain else number, f"bold {COLOURS[finding.severity]}")
