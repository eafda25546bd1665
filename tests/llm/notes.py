"""Small readings by hand, so that the tests of this room need no reader by rule."""

from collections.abc import Iterable

from service.core.document.model import Document, Format, Line, LineKind, identity_offsets
from service.core.numbers.model import Metric, Number
from service.core.reading import Claim, ClaimKind, Link, Reading, Section, SectionKind, Trait
from service.core.span import Span


def plain(text: str) -> Document:
    """Return a plain document whose view is the text itself."""
    starts, ends = identity_offsets(len(text))
    lines: list[Line] = []
    at = 0
    for block, words in enumerate(text.split("\n")):
        lines.append(Line(Span(at, at + len(words)), LineKind.TEXT, block=block))
        at += len(words) + 1
    return Document(text, Format.PLAIN, text, text.lower(), starts, ends, tuple(lines))


def claim(
    text: str,
    id: str,
    kind: ClaimKind,
    quote: str,
    *traits: Trait,
    metrics: Iterable[Metric] = (),
    links: Iterable[Link] = (),
    deadline: str | None = None,
) -> Claim:
    """Return a claim whose words stand in the text."""
    start = text.index(quote)
    line = text.count("\n", 0, start)
    span = Span(start, start + len(quote))
    return Claim(id, kind, span, line, 0, tuple(metrics), tuple(links), frozenset(traits), deadline)


def metric(text: str, quote: str, name: str, value: float, **known: float) -> Metric:
    """Return a metric whose words stand in the text."""
    start = text.index(quote)
    return Metric(Span(start, start + len(quote)), name, value, **known)  # type: ignore[arg-type]


def reading(
    text: str, *claims: Claim, numbers: Iterable[Number] = (), previous: Reading | None = None
) -> Reading:
    """Return a reading by rule of a plain text."""
    document = plain(text)
    sections = (Section(SectionKind.OTHER, "", Span(0, len(text)), 0, max(0, len(document.lines) - 1)),)
    return Reading(document, "other", "weekly", sections, claims, tuple(numbers), previous=previous)
