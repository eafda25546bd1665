"""What in a text is markup, so that a rewrite or an answer brings in none of its own."""

import html
import re
from collections import Counter

from service.core.document.model import Format

_BREAKS = frozenset(("br",))
# <script src=x>, </p>, <!-- … ; not "a < b" or "<3"
_TAGS = re.compile(r"<(/?[A-Za-z][A-Za-z0-9-]*|!--|!\[|\?)")
# [text](url), ![image](url), ![image][ref]; not "[1]"
_LINKS = re.compile(r"!?\[[^\]\n]{0,200}\](?:\(|\[)")
_SPECIAL = re.compile(r"([\\`*_\[\]<>|~#])")


def marks(text: str, markup: Format) -> Counter[str]:
    """Count the tags, comments and links of a text; a line break counts as none."""
    found = Counter(match[1].lower() for match in _TAGS.finditer(text))
    for name in _BREAKS:
        del found[name]
    if markup is not Format.PLAIN:
        found["link"] += len(_LINKS.findall(text))
    return +found


def literal(words: str, markup: Format) -> str:
    """Return plain words so written that the format reads them as words."""
    if markup is Format.HTML:
        return html.escape(words, quote=False)
    if markup is Format.MARKDOWN:
        return _SPECIAL.sub(r"\\\1", words)
    return words.replace("<!--", "＜!--")
