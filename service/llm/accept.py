"""From a reply to accepted claims: quotes found in the note and borne out, the rest told as unsupported."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from service.core.analysis import Unsupported
from service.core.document import parse
from service.core.document.model import Format
from service.core.reading import ClaimKind, Reading, Relation
from service.core.span import Span
from service.llm.align import Aligner, Miss, Place
from service.llm.join import Accepted
from service.llm.replies import ClaimReply, ExtractReply
from service.llm.support import Doubt, ground

MAX_QUOTE_TOLD = 120


@dataclass(frozen=True, slots=True)
class Sifted:
    """What a reply came to."""

    accepted: tuple[Accepted, ...]
    unsupported: tuple[Unsupported, ...]


class Sifter:
    """Takes a reply's claims one by one, in the reply's order: a repeated quote is found by that order."""

    def __init__(self, by_rule: Reading) -> None:
        self._format = by_rule.document.format
        self._aligner = Aligner(by_rule.document.view)
        self._promises = _Promises(by_rule.previous)
        self._seen: set[tuple[Span, ClaimKind]] = set()
        self.accepted: list[Accepted] = []
        self.dropped: list[Unsupported] = []

    def add(self, claim: ClaimReply) -> None:
        """Accept a claim that the note bears out, or drop it with the reason; a repeated one is neither."""
        found = find(self._aligner, claim.quote, self._format)
        if not isinstance(found, Place):
            self.dropped.append(_told(claim, found))
        elif (found.span, claim.kind) not in self._seen:
            self._seen.add((found.span, claim.kind))
            self.accepted.append(_accepted(claim, found.span, self._promises))


def sift(reply: ExtractReply, by_rule: Reading) -> Sifted:
    """Return the claims that the note bears out, as spans of its view, and the others with the reason."""
    sifter = Sifter(by_rule)
    for claim in reply.claims:
        sifter.add(claim)
    return Sifted(tuple(sifter.accepted), tuple(sifter.dropped))


def find(aligner: Aligner, quote: str, markup: Format) -> Place | Miss | Doubt:
    """Return where the note says what `quote` says, also where it copies the note's markup or script."""
    found = ground(aligner, quote)
    if found is not Miss.NOT_FOUND:
        return found
    rendered = parse(quote, markup).view.strip()
    return ground(aligner, rendered) if rendered and rendered != quote else found


def _accepted(claim: ClaimReply, span: Span, promises: "_Promises") -> Accepted:
    links: list[tuple[Relation, str, str]] = []
    for link in claim.links:
        if link.relation is Relation.CARRIES_OVER:
            promised = promises.find(link.target)
            if promised is not None:
                links.append((link.relation, promised, "previous"))
        elif link.source != "previous":
            links.append((link.relation, link.target, "text"))
    return Accepted(
        id=claim.id,
        kind=claim.kind,
        span=span,
        traits=frozenset(claim.traits),
        links=tuple(links),
        deadline=claim.deadline,
        owner=claim.owner,
    )


class _Promises:
    """Finds the plan of the note before that a quote names."""

    def __init__(self, previous: Reading | None) -> None:
        self._plans: Sequence[tuple[str, Span]] = ()
        self._aligner: Aligner | None = None
        if previous is not None:
            self._plans = [(c.id, c.span) for c in previous.of(ClaimKind.PLAN)]
            self._aligner = Aligner(previous.document.view)

    def find(self, quote: str) -> str | None:
        """Return the id of the plan that the quote overlaps most, or None."""
        if self._aligner is None:
            return None
        place = self._aligner.place(quote)
        if not isinstance(place, Place):
            return None
        touching = [(id_, span) for id_, span in self._plans if span.overlaps(place.span)]
        return max(touching, key=lambda p: _shared(p[1], place.span))[0] if touching else None


def _shared(a: Span, b: Span) -> int:
    return min(a.end, b.end) - max(a.start, b.start)


def _told(claim: ClaimReply, why: Miss | StrEnum) -> Unsupported:
    return Unsupported(claim.kind.value, claim.quote[:MAX_QUOTE_TOLD], why.value)
