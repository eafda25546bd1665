"""Marks that let a caller ignore one finding for good, whatever is edited elsewhere in the note."""

from collections import defaultdict
from collections.abc import Sequence
from hashlib import blake2b

from ahocorasick_rs import AhoCorasick, Implementation, MatchKind

from service.core.reading import Reading
from service.core.span import Span

_SHORT = 4_000  # characters; in a longer text repeats of a long passage could take quadratic time one by one


class Fingerprints:
    """Fingerprints of a note's findings: code, source, a passage's words, its order among equal passages.

    `passages` are the findings' sources and quotes.

    The order is counted over the passages of the text, not over the findings: mending what stands around one
    of two equal passages leaves the other's mark as it is. Spaces in a passage do not count.
    """

    def __init__(self, reading: Reading, passages: Sequence[tuple[str, str | None]]) -> None:
        texts = {"text": reading.document.text}
        if reading.previous is not None:
            texts["previous"] = reading.previous.document.text
        self._order: dict[tuple[str, str, int], int] = {}
        for source, text in texts.items():
            quotes = {quote for told, quote in passages if told == source and quote}
            for quote, starts in _places(text, sorted(quotes)).items():
                for nth, start in enumerate(starts):
                    self._order[source, quote, start] = nth

    def of(self, code: str, source: str, quote: str | None, span: Span | None) -> str:
        """Return the fingerprint of the finding of a code at one of the passages."""
        nth = self._order.get((source, quote or "", span.start if span is not None else 0), 0)
        words = "".join((quote or "").split())
        base = f"{code}\x1f{source}\x1f{words}\x1f{nth}"
        return blake2b(base.encode("utf-8", "surrogatepass"), digest_size=8).hexdigest()


def _places(text: str, quotes: Sequence[str]) -> dict[str, list[int]]:
    """Return where each passage stands; in a long text in one walk, however many passages there are."""
    places: dict[str, list[int]] = defaultdict(list)
    if len(text) <= _SHORT:
        for quote in quotes:
            start = text.find(quote)
            while start >= 0:
                places[quote].append(start)
                start = text.find(quote, start + 1)
    elif quotes:
        automaton = AhoCorasick(
            quotes, matchkind=MatchKind.Standard, implementation=Implementation.NoncontiguousNFA
        )
        for index, start, _ in automaton.find_matches_as_indexes(text, overlapping=True):
            places[quotes[index]].append(start)
    return places
