"""Readings built by hand, for judging without reading."""

from collections.abc import Iterable

from service.core.document.model import Document, Format, Line, LineKind, identity_offsets
from service.core.numbers.model import Metric, Mismatch
from service.core.reading import Claim, ClaimKind, Link, Reading, Relation, Trait
from service.core.span import Span


def reading(
    *claims: Claim,
    mismatches: Iterable[Mismatch] = (),
    definitions: int = 0,
    prioritised: bool = False,
    previous: Reading | None = None,
) -> Reading:
    """A reading of a placeholder text long enough for every claim, no two of them in the same words."""
    text = "".join(chr(ord("㐀") + at) for at in range(max((c.span.end for c in claims), default=1)))
    starts, ends = identity_offsets(len(text))
    document = Document(
        text, Format.PLAIN, text, text, starts, ends, (Line(Span(0, len(text)), LineKind.TEXT),)
    )
    return Reading(
        document=document,
        role="other",
        kind="weekly",
        sections=(),
        claims=claims,
        mismatches=tuple(mismatches),
        definitions=definitions,
        prioritised=prioritised,
        previous=previous,
    )


def claim(
    number: int,
    kind: ClaimKind,
    *traits: Trait,
    links: Iterable[tuple[Relation, int]] = (),
    metrics: Iterable[Metric] = (),
    previous: Iterable[int] = (),
) -> Claim:
    """Claim `c<number>` on its own ten characters, linked to others by number."""
    span = Span(number * 10, number * 10 + 10)
    return Claim(
        id=f"c{number}",
        kind=kind,
        span=span,
        line=0,
        section=0,
        traits=frozenset(traits),
        metrics=tuple(metrics),
        links=(
            *(Link(relation, f"c{to}") for relation, to in links),
            *(Link(Relation.CARRIES_OVER, f"c{to}", "previous") for to in previous),
        ),
    )
