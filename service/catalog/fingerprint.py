"""Marks that let a caller ignore one finding for good, whatever is edited elsewhere in the note."""

from collections import defaultdict
from collections.abc import Sequence
from hashlib import blake2b

from ahocorasick_rs import AhoCorasick, Implementation, MatchKind

from service.core.finding import Finding
from service.core.reading import Reading


class Fingerprints:
    """Fingerprints of a note's findings: code, source, a passage's words, its order among equal passages.

    The order is counted over the passages of the text, not over the findings: mending what stands around one
    of two equal passages leaves the other's mark as it is. Spaces in a passage do not count.
    """

    def __init__(self, reading: Reading, found: Sequence[Finding]) -> None:
        texts = {"text": reading.document.text}
        if reading.previous is not None:
            texts["previous"] = reading.previous.document.text
        self._order: dict[tuple[str, str, int], int] = {}
        for source, text in texts.items():
            quotes = {f.quote for f in found if f.source == source and f.quote}
            for quote, starts in _places(text, sorted(quotes)).items():
                for nth, start in enumerate(starts):
                    self._order[source, quote, start] = nth

    def of(self, found: Finding) -> str:
        """Return the fingerprint of one of the findings."""
        quote, start = found.quote or "", found.span.start if found.span is not None else 0
        nth = self._order.get((found.source, quote, start), 0)
        words = "".join(quote.split())
        base = f"{found.code}\x1f{found.source}\x1f{words}\x1f{nth}"
        return blake2b(base.encode("utf-8", "surrogatepass"), digest_size=8).hexdigest()


def _places(text: str, quotes: Sequence[str]) -> dict[str, list[int]]:
    """Return where each passage stands, in one walk over the text however many passages there are."""
    places: dict[str, list[int]] = defaultdict(list)
    if quotes:
        automaton = AhoCorasick(
            quotes, matchkind=MatchKind.Standard, implementation=Implementation.NoncontiguousNFA
        )
        for index, start, _ in automaton.find_matches_as_indexes(text, overlapping=True):
            places[quotes[index]].append(start)
    return places
