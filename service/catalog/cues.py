"""Words of the lexicon inside a short passage: rules look at single claims, never at the whole note again."""

from functools import cache

from service.core.lexicon import Hit, Hits, load
from service.core.reading import Reading
from service.core.span import Span


class Cues:
    """The lexicon's hits in one passage, asked and answered in view positions."""

    __slots__ = ("_hits", "_offset")

    def __init__(self, hits: Hits, offset: int) -> None:
        self._hits = hits
        self._offset = offset

    def first(self, cue: str, start: int, end: int) -> Hit | None:
        """Return the first hit of one list inside `[start, end)`, or None."""
        at = self._offset
        hit = self._hits.first(cue, start - at, end - at)
        return None if hit is None else Hit(hit.start + at, hit.end + at, hit.cue, hit.word)

    def within(self, cue: str, start: int, end: int) -> list[Hit]:
        """Return the hits of one list inside `[start, end)`, in order."""
        at = self._offset
        return [
            Hit(h.start + at, h.end + at, h.cue, h.word) for h in self._hits.within(cue, start - at, end - at)
        ]

    def has(self, cue: str, start: int, end: int) -> bool:
        """Tell whether a word of the list stands inside `[start, end)`."""
        return self._hits.has(cue, start - self._offset, end - self._offset)


def cues(reading: Reading, span: Span) -> Cues:
    """Return the lexicon's hits inside a range of the view."""
    return Cues(load().find(reading.document.folded[span.start : span.end]), span.start)


def kind_of(hits: Cues, span: Span, names: tuple[str, ...]) -> str | None:
    """Return the first of the lists, in the order given, that has a word in the range."""
    return next((n for n in names if hits.has(n, span.start, span.end)), None)


def any_of(folded: str, name: str) -> bool:
    """Tell whether a word of the list may stand in a text: a quick look before a thorough one."""
    return any(word in folded for word in words(name))


@cache
def words(name: str) -> tuple[str, ...]:
    """Return one list's words, longest first."""
    return tuple(sorted(load().cues[name], key=lambda w: (-len(w), w)))


def is_known_metric(name: str | None) -> bool:
    """Tell whether the vocabulary holds the name."""
    return name is not None and name.lower() in load().metrics


def is_name(name: str | None) -> bool:
    """Tell whether a name can be said aloud: known, or a phrase that ends in a figure's name."""
    if name is None or not 2 <= len(name) <= 12:
        return False
    low = name.lower()
    if low.endswith(words("find_name_tail")):
        return True
    return any(low[at:] in load().metrics for at in range(len(low) - 1))
