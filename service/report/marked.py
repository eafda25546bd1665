"""The note's own text with the passages of its findings marked and numbered."""

from collections.abc import Mapping, Sequence

from rich.text import Text

from service.core.finding import Finding, Severity
from service.core.span import Span
from service.report.printable import printable

COLOURS = {Severity.ERROR: "red", Severity.WARNING: "yellow", Severity.INFO: "cyan"}
_SUPERSCRIPTS = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")

_Placed = Mapping[Span, Sequence[Finding]]


def marked(text: str, findings: Sequence[Finding], *, plain: bool) -> Text:
    """Return the text with each finding's passage underlined (in ⟦ ⟧ where `plain`) and its rank behind it.

    Passages may nest or cross; where they do, the finding of the better rank gives the colour.
    """
    placed: dict[Span, list[Finding]] = {}
    for finding in sorted(findings, key=lambda f: f.rank):
        if finding.span is not None and finding.source == "text" and len(finding.span):
            placed.setdefault(finding.span, []).append(finding)
    cuts = sorted({0, len(text), *(edge for span in placed for edge in span)})
    page = Text()
    for start, end in zip(cuts, [*cuts[1:], len(text)], strict=True):
        _close(page, placed, start, plain=plain)
        if plain:
            page.append("⟦" * sum(span.start == start for span in placed))
        if start < end:
            page.append(printable(text[start:end]), _style(placed, Span(start, end)))
    return page


def _style(placed: _Placed, piece: Span) -> str | None:
    covering = [found[0] for span, found in placed.items() if span.covers(piece)]
    top = min(covering, key=lambda f: f.rank, default=None)
    return f"underline {COLOURS[top.severity]}" if top else None


def _close(page: Text, placed: _Placed, at: int, *, plain: bool) -> None:
    # The innermost passage closes first. Two numbers in a row are parted, or ¹ and ² would read as twelve.
    ending = sorted((span for span in placed if span.end == at), key=lambda span: -span.start)
    for position, span in enumerate(ending):
        numbers = "·".join(str(f.rank).translate(_SUPERSCRIPTS) for f in placed[span])
        if plain:
            numbers = "⟧" + numbers
        elif position:
            numbers = "·" + numbers
        page.append(numbers, f"bold {COLOURS[placed[span][0].severity]}")
