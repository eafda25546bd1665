"""Reads what stands within a line of Markdown: words, bold, code and tags."""

import re

from service.core.document.cursor import Cursor
from service.core.document.fold import visible
from service.core.document.page import Page
from service.core.document.tags import KNOWN

# Matches "</b>" and "<br/>"; must not match "<!-- note -->".
_TAG = re.compile(r"<(/?)([A-Za-z][\w-]*)")
# Matches "g*4" of "2.5kg*4"; must not match "**4".
_TIMES = re.compile(r"[0-9A-Za-z]\*\d")


class InlineReader:
    """Writes the words of a line on a page; the cursor stands at what is read."""

    def __init__(self, page: Page, cursor: Cursor) -> None:
        self.page = page
        self.cursor = cursor
        self.in_table = False
        self._closers: list[int] = []
        self._line_end = -1

    def text(self, words: str, end_byte: int) -> None:
        """Read words that end at a byte of the text."""
        cursor = self.cursor
        start = cursor.char
        if words == "*" and self._is_stray_bold(start):
            return
        if cursor.source.startswith(words, start):
            cursor.jump(start + len(words), end_byte)
            self.page.copy(start, cursor.char)
        else:
            self.page.put(visible(words), start, cursor.at(end_byte))

    def code(self, words: str, end: int) -> None:
        """Read the words between backticks; `end` is behind the last of these."""
        start = self.cursor.char
        at = self.cursor.source.find(words, start, end)
        if at >= 0:
            self.page.copy(at, at + len(words))
        else:
            self.page.put(visible(words), start, end)

    def tag(self, end: int) -> None:
        """Take a tag: what is no tag of HTML ("a<y and z>b") is words."""
        page, start = self.page, self.cursor.char
        match = _TAG.match(self.cursor.source, start)
        if match is None:
            return
        name = match[2].lower()
        if name == "br":
            page.break_cell(start, end)
            if not self.in_table:
                page.end_line()
        elif name in ("b", "strong"):
            page.bold += -1 if match[1] and page.bold else 0 if match[1] else 1
        elif name not in KNOWN and "-" not in name:
            page.copy(start, end)

    def start_emphasis(self, start_byte: int, end_byte: int) -> None:
        """Keep the stars of "2.5kg*4，6kg*2" and the tildes of "~3天~": they are no markup there."""
        cursor = self.cursor
        cursor.move(start_byte)
        start, source = cursor.char, cursor.source
        closer = -1
        if (start and _TIMES.match(source, start - 1)) or (
            source[start] == "~" and not source.startswith("~~", start)
        ):
            closer = cursor.at(end_byte) - 1
            self.page.copy(start, start + 1)
        self._closers.append(closer)

    def end_emphasis(self) -> None:
        """Close what start_emphasis opened."""
        at = self._closers.pop()
        if at >= 0:
            self.page.copy(at, at + 1)

    def _is_stray_bold(self, char: int) -> bool:
        """Swallow "**" that CommonMark leaves standing: "**问题：**转化低" is bold to whoever wrote it."""
        source = self.cursor.source
        if char and source[char - 1] == "*" and self.page.at < char:
            return True  # its second star
        if not source.startswith("**", char):
            return False
        if char > self._line_end:
            at = source.find("\n", char)
            self._line_end = at if at >= 0 else len(source)
        if not self.page.stray_bold and source.find("**", char + 2, self._line_end) < 0:
            return False
        self.page.stray_bold = not self.page.stray_bold
        return True
