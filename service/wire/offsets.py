"""Where code points become the caller's units, and back: the only place that knows of UTF-16."""

import re
from bisect import bisect_left, bisect_right
from typing import Literal

from service.core.errors import InvalidRequest
from service.core.span import Span

Encoding = Literal["utf-16", "codepoint"]

# Two UTF-16 units: matches "😀" and "𠮷", not "中" or "é".
_ASTRAL = re.compile("[\U00010000-\U0010ffff]")


class Offsets:
    """Converts between the code points of one text and the units its caller counts in.

    Built in one pass over the text, asked in logarithmic time, and at no cost where the two agree: by code
    point, or when no character of the text needs two UTF-16 units.
    """

    __slots__ = ("_astral", "_length", "_pairs")

    def __init__(self, text: str, encoding: Encoding) -> None:
        self._length = len(text)
        self._astral = [m.start() for m in _ASTRAL.finditer(text)] if encoding == "utf-16" else []
        # The unit at which each two-unit character starts: its code point moved by the pairs before it.
        self._pairs = [at + before for before, at in enumerate(self._astral)]

    def out(self, point: int) -> int:
        """Return the caller's offset of a code point."""
        return point + bisect_left(self._astral, point) if self._astral else point

    def span_in(self, start: int, end: int, field: str) -> Span:
        """Return the code points between two offsets of the caller.

        Raises InvalidRequest naming `field` when the range is reversed, leaves the text or cuts a character.
        """
        if not 0 <= start <= end:
            raise InvalidRequest("起点不能在终点之后，也不能是负数", field)
        if end > self._length + len(self._astral):
            raise InvalidRequest("超出了原文的长度，请确认 text 和 offset_encoding", field)
        return Span(self._point(start, field), self._point(end, field))

    def _point(self, unit: int, field: str) -> int:
        if not self._pairs:
            return unit
        before = bisect_right(self._pairs, unit - 1)
        if before and self._pairs[before - 1] + 1 == unit:
            raise InvalidRequest("落在了一个字符（如表情符号）的中间，请确认 offset_encoding", field)
        return unit - before
