"""Words of the lexicon in a note: the rules ask the hits that it was read by, and search nothing again."""

from functools import cache

from service.core.lexicon import Hits, load
from service.core.reading import Reading
from service.core.span import Span


def cues(reading: Reading) -> Hits:
    """Return the lexicon's hits in the note, as whoever read it found them; asked in view positions."""
    return reading.hits or load().find(reading.document.folded)


def kind_of(hits: Hits, span: Span, names: tuple[str, ...]) -> str | None:
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
