"""Whose note it is, from its words."""

from service.core.document.model import Document
from service.core.lexicon import Hits
from service.core.profile import profiles

FLOOR = 2


def detect(document: Document, hits: Hits) -> str:
    """Return the role whose words the note uses most, or "other" where no role has at least two."""
    best, role = FLOOR - 1, "other"
    for profile in profiles():
        words = {h.word for h in hits.all(f"role_{profile.key}")}
        if len(words) > best:
            best, role = len(words), profile.key
    return role
