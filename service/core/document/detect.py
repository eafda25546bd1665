"""Tells which markup a text is in."""

import re

from service.core.document.model import Format

_MARKDOWN = re.compile(
    r"^[ ]{0,3}(?:\#{1,6}\s|>\s|```|[-*+]\s+\S|\d{1,2}[.)]\s+\S)"
    r"|\*\*[^*\n]{1,200}\*\*"
    r"|^[ >]{0,8}\|?\s?:?-{2,}:?\s*\|",
    re.MULTILINE,
)


def detect(clean: str) -> Format:
    """Return the format of a text."""
    return Format.MARKDOWN if _MARKDOWN.search(clean) else Format.PLAIN
