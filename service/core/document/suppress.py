"""Finds the inline comments by which a writer hides findings."""

import re

from service.core.document.model import Suppression
from service.core.span import Span

# Matches "<!-- notecoach-disable D101 D103 -->"; must not match "<!-- disable D101 -->".
_COMMENT = re.compile(
    r"<!--\s{0,20}notecoach-(disable-next-line|disable|enable)(?![\w-])([\s,A-Z0-9a-z-]{0,400}?)--!?>"
)
_CODE = re.compile(r"[A-Z]\d{3}")


def find_suppressions(text: str) -> tuple[Suppression, ...]:
    """Return what the comments of a text turn off and on again, in text order; spans count raw characters."""
    if "notecoach-" not in text:
        return ()
    found: list[Suppression] = []
    line_end = -1
    for match in _COMMENT.finditer(text):
        verb, codes = match[1], tuple(dict.fromkeys(_CODE.findall(match[2].upper())))
        found.append(Suppression(Span(*match.span()), codes, verb != "enable"))
        if verb == "disable-next-line":
            if line_end < match.end():
                line_end = _find_break(text, match.end())
            end = _find_break(text, line_end + 1)
            found.append(Suppression(Span(end, end), codes, disable=False))
    return tuple(sorted(found, key=lambda one: one.span))


def _find_break(text: str, at: int) -> int:
    end = text.find("\n", at)
    return end if end >= 0 else len(text)
