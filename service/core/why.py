"""The part of a cause that tells why: how it was found out, or what it explains, may stand before that."""

import re

from service.core.span import Span

# 翻了上架记录，是系统推错了; 集中在周六，因为隔壁也排在周六; 查了后台，发现券没同步
_MARK = re.compile(
    r"[，,：:；;] ?(?:主要|其实|原来|根子)?"
    r"(?:是因为|是由于|因为|由于|原因[是在]|发现是?|原来是?|都是|是)(?![否不什谁有的吗]) ?"
)
_LEAST = 4  # characters that can tell why


def why(view: str, span: Span) -> Span:
    """Return what stands after the last word that says “because” inside a cause, else all of it."""
    found = None
    for found in _MARK.finditer(view, span.start, max(span.start, span.end - _LEAST)):
        pass
    return span if found is None else Span(found.end(), span.end)
