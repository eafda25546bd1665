"""Reading a note in a test, and saying what came of it."""

from service.core.lexicon import load
from service.core.note import Note
from service.core.reading import Claim, ClaimKind, Reading, Relation
from service.rules.reader import RuleReader

_READER = RuleReader(load())


def read(text: str, **known: str) -> Reading:
    """Return the reading of a text; `known` goes to `Note`."""
    return _READER.read(Note(text, **known))  # type: ignore[arg-type]


def told(reading: Reading) -> list[tuple[str, str]]:
    """Return each claim's kind and words as the rules saw them."""
    return [(c.kind.value, reading.document.slice(c.span)) for c in reading.claims]


def only(reading: Reading, kind: ClaimKind) -> Claim:
    """Return the one claim of a kind."""
    (found,) = reading.of(kind)
    return found


def ties(reading: Reading, relation: Relation) -> set[tuple[str, str]]:
    """Return the links of one relation as pairs of the first four characters of both claims."""
    return {
        (_short(reading, c), _short(reading, reading.claim(k.target)))
        for c in reading.claims
        for k in c.links
        if k.relation is relation and k.source == "text"
    }


def _short(reading: Reading, claim: Claim) -> str:
    return reading.document.slice(claim.span)[:4]
