"""Words of the lexicon inside a short passage: rules look at single claims, never at the whole note again."""

from functools import cache

from service.core.lexicon import Hit, Hits, load
from service.core.reading import Reading
from service.core.span import Span


def cues(reading: Reading, span: Span) -> Hits:
    """Return the lexicon's hits inside a range of the view, in view positions."""
    found = load().find(reading.document.folded[span.start : span.end])
    return Hits([Hit(h.start + span.start, h.end + span.start, h.cue, h.word) for h in found.ordered])


def kind_of(hits: Hits, span: Span, names: tuple[str, ...]) -> str | None:
    """Return the first of the lists, in the order given, that has a word in the range."""
    return next((n for n in names if hits.has(n, span.start, span.end)), None)


@cache
def words(name: str) -> tuple[str, ...]:
    """Return one list's words, longest first."""
    return tuple(sorted(load().cues[name], key=lambda w: (-len(w), w)))


def is_known_metric(name: str | None) -> bool:
    """Tell whether the vocabulary holds the name."""
    return name is not None and name.lower() in load().metrics


def is_name(name: str | None) -> bool:
    """Tell whether a metric's name can be said aloud: known, or a phrase that ends like a figure's name."""
    if name is None or not 2 <= len(name) <= 12:
        return False
    return is_known_metric(name) or name.lower().endswith(words("find_name_tail"))
