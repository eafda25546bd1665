"""Tells which markup a text is in."""

import re

from service.core.document.model import Format

# Matches "## 数据", "- 改", "> 注", "|---|---|"; must not match "#话题", "-5%".
_STRUCTURE = re.compile(
    r"^[ ]{0,3}(?:#{1,6}[ \t]|>[ \t]|```|[-*+][ \t]+\S|\d{1,2}[.)][ \t]+\S)"
    r"|^[ >]{0,8}(?:\|[ \t]?:?-+:?|:?-{2,}:?|:-+:?|-+:)[ \t]*\|",
    re.MULTILINE,
)
# Matches "**重点**"; must not match "2**3".
_BOLD = re.compile(r"\*\*[^*\n]{1,200}\*\*")
# Matches "</p>", "<br>"; must not match "ROI<1" or "a < b".
_BREAK = re.compile(
    r"</(?:p|div|li|td|th|tr|h[1-6]|ul|ol|table|section|blockquote)\s*>|<br\s*/?>", re.IGNORECASE
)
_INLINE = re.compile(r"</(?:b|strong|span|font|em|i|u|a|body|html|article)\s*>", re.IGNORECASE)
# Matches "<p style=…>" at the head of a text; must not match "<1 的渠道".
_OPENING = re.compile(
    r"\s*<(?:!doctype|html|head|meta|body|p|div|h[1-6]|table|ul|ol|span|section|article|b|strong|font)(?:\s[^<>]*)?>",
    re.IGNORECASE,
)


def detect(clean: str) -> Format:
    """Return the format of a text: HTML where tags lay it out, Markdown where its signs do, else plain."""
    if "<" in clean and _is_html(clean):
        return Format.HTML
    if _STRUCTURE.search(clean) or _BOLD.search(clean):
        return Format.MARKDOWN
    return Format.PLAIN


def _is_html(clean: str) -> bool:
    breaks = len(_BREAK.findall(clean))
    if _OPENING.match(clean):
        tagged = breaks or _INLINE.search(clean)
        return bool(tagged) and breaks >= len(_STRUCTURE.findall(clean))
    return breaks > 0 and not _STRUCTURE.search(clean) and not _BOLD.search(clean)
