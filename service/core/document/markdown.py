"""Reads Markdown: CommonMark with tables, strike-through and task lists, as pulldown-cmark sees it."""

import re
from collections.abc import Callable
from typing import Any

from pyromark import Options, events_with_range

from service.core.document.fold import Folded, visible
from service.core.document.html import HtmlReader
from service.core.document.model import LineKind
from service.core.document.page import Page
from service.core.document.tags import KNOWN, without_cdata

_OPTIONS = Options.ENABLE_TABLES | Options.ENABLE_STRIKETHROUGH | Options.ENABLE_TASKLISTS
# Matches "[本周]: 完成" (a reference in CommonMark, words in a note); must not match "[1]: https://…".
_WORDS_IN_BRACKETS = re.compile(
    r"^([ >]{0,12})\[(?=[^\]\n]{1,200}\]:(?!\s{0,9}<?(?:https?:|mailto:|[/.#])))", re.MULTILINE
)
# Matches "- ", "12. "; the head of a list item as written.
_ITEM = re.compile(r"[-*+]|\d{1,9}[.)]")
# Matches "---\ntitle: W46\n---"; must not match "---\n本周工作\n---".
_FRONT_MATTER = re.compile(
    r"---[ \t]*\n(?:[A-Za-z_][\w-]{0,40}:[^\n]*\n|[ \t]+[^\n]*\n|-[ \t][^\n]*\n){1,40}---[ \t]*(?:\n|$)"
)
# Matches "</b>" and "<br/>"; must not match "<!-- note -->".
_TAG = re.compile(r"<(/?)([A-Za-z][\w-]*)")
_STARRED_TIMES = re.compile(r"[0-9A-Za-z]\*\d")


def read_markdown(folded: Folded) -> Page:
    """Write a Markdown text on a page."""
    page = Page(*without_cdata(folded))
    _MarkdownReader(page).read()
    return page


class _MarkdownReader:
    """Follows the parser's events; `char` is the place of the event at hand."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.source = _WORDS_IN_BRACKETS.sub(r"\1〔", page.clean) if "]:" in page.clean else page.clean
        self.data = b""
        self.char = 0
        self.byte = 0
        self.end_byte = 0
        self.containers: list[LineKind] = []  # ITEM or QUOTE, outermost first
        self.depth = 0  # of lists
        self.code: LineKind | None = None
        self.table = 0
        self.in_table = False
        self.closers: list[int] = []
        self.html = HtmlReader(page)
        self.html_range: tuple[int, int] | None = None
        self.line_end = -1

    def read(self) -> None:
        """Read the whole text, front matter apart."""
        front = _FRONT_MATTER.match(self.source)
        if front:
            self._read_front_matter(front.end())
        self.data = self.source.encode()
        for event, place in events_with_range(self.source, options=_OPTIONS):
            self.end_byte = place["end"]
            if isinstance(event, str):
                self._on_mark(event)
                continue
            parsed: dict[str, Any] = dict(event)
            name, value = parsed.popitem()
            if name == "End":
                if (end := _ENDS.get(value if isinstance(value, str) else next(iter(value)))) is not None:
                    end(self)
                continue
            self._move(place["start"])
            if name == "Text":
                self._on_text(value)
            elif name == "Start":
                tag, detail = (value, None) if isinstance(value, str) else next(iter(value.items()))
                if (start := _STARTS.get(tag)) is not None:
                    start(self, detail)
            else:
                self._on_inline(name, value)
        self.page.end_line()

    def _read_front_matter(self, end: int) -> None:
        page = self.page
        page.kind = LineKind.CODE
        for match in re.finditer(r"[^\n]+", self.source[:end]):
            if match[0].strip() != "---":
                page.copy(match.start(), match.end())
                page.end_line()
        page.kind = LineKind.TEXT
        page.at = end
        self.source = re.sub(r"[^\n]", " ", self.source[:end]) + self.source[end:]

    def _move(self, byte: int) -> None:
        """Go to a byte of the text: ranges come as bytes, the page counts code points."""
        if byte == self.byte:
            return
        if byte > self.byte:
            self.char += len(self.data[self.byte : byte].decode())
        else:
            self.char -= len(self.data[byte : self.byte].decode())
        self.byte = byte

    def _end(self) -> int:
        return self.char + len(self.data[self.byte : self.end_byte].decode())

    def _settle_kind(self) -> None:
        page = self.page
        page.kind = self.containers[-1] if self.containers else LineKind.TEXT
        page.level = self.depth if page.kind is LineKind.ITEM else 0

    def _on_mark(self, event: str) -> None:
        if event == "Rule":
            self.page.end_block()
            return
        self.page.end_line()
        if self.containers:
            self._move(self.end_byte)
            if self.source[self.char : self.char + 1] not in " \t>":
                # A lazy continuation to CommonMark; in a note, what stands at the margin is no item.
                self.page.kind, self.page.level = LineKind.TEXT, 0

    def _on_text(self, text: str) -> None:
        char = self.char
        if self.code is not None:
            self._on_code_text(char, self._end())
        elif text == "*" and self._is_stray_bold(char):
            return
        elif self.source.startswith(text, char):
            self.char += len(text)
            self.byte = self.end_byte
            self.page.copy(char, self.char)
        else:
            self.page.put(visible(text), char, self._end())

    def _is_stray_bold(self, char: int) -> bool:
        """Swallow "**" that CommonMark leaves standing: "**问题：**转化低" is bold to whoever wrote it."""
        source = self.source
        if char and source[char - 1] == "*" and self.page.at < char:
            return True  # its second star
        if not source.startswith("**", char):
            return False
        if char > self.line_end:
            at = source.find("\n", char)
            self.line_end = at if at >= 0 else len(source)
        if not self.page.stray_bold and source.find("**", char + 2, self.line_end) < 0:
            return False
        self.page.stray_bold = not self.page.stray_bold
        return True

    def _on_code_text(self, start: int, end: int) -> None:
        for match in re.finditer(r"[^\n]+|\n", self.source[start:end]):
            if match[0] == "\n":
                self.page.end_line()
            else:
                self.page.copy(start + match.start(), start + match.end())

    def _on_inline(self, name: str, value: Any) -> None:
        page, char, end = self.page, self.char, self._end()
        if name == "Code":
            at = self.source.find(value, char, end)
            if at >= 0:
                page.copy(at, at + len(value))
            else:
                page.put(visible(value), char, end)
        elif name == "TaskListMarker":
            page.marker = f"{page.marker} {self.source[char:end]}".strip()
            page.at = end
        elif name == "Html":
            self._on_html(char, end)
        elif name == "InlineHtml":
            self._on_tag(char, end)

    def _on_html(self, start: int, end: int) -> None:
        """Gather the lines of an HTML block: a comment or a tag may go over several."""
        if self.html_range is not None and self.html_range[1] == start:
            self.html_range = (self.html_range[0], end)
        else:
            self._read_html()
            self.html_range = (start, end)

    def _read_html(self) -> None:
        if self.html_range is not None:
            self.html.read(*self.html_range)
            self.html_range = None

    def _end_html(self) -> None:
        self._read_html()
        self.html.rest()
        self._settle_kind()

    def _on_tag(self, start: int, end: int) -> None:
        """Take a tag within a line: what is no tag of HTML ("a<y and z>b") is words."""
        page = self.page
        match = _TAG.match(self.source, start)
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

    def _start_block(self, _: Any) -> None:
        self.page.end_line()

    def _start_item(self, _: Any) -> None:
        self.page.end_line()
        self.containers.append(LineKind.ITEM)
        self._settle_kind()
        match = _ITEM.match(self.source, self.char)
        self.page.marker = match[0] if match else "-"

    def _end_container(self) -> None:
        self.page.end_line()
        self.containers.pop()
        self._settle_kind()
        self.page.marker = ""

    def _start_list(self, _: Any) -> None:
        self.page.end_line()
        self.depth += 1

    def _end_list(self) -> None:
        self.depth -= 1

    def _start_quote(self, _: Any) -> None:
        self.page.end_line()
        self.containers.append(LineKind.QUOTE)
        self._settle_kind()

    def _start_heading(self, detail: dict[str, Any]) -> None:
        self.page.end_line()
        if self.source.startswith("#", self.char) or self._is_title(self.source[self.char : self._end()]):
            self.page.kind, self.page.level = LineKind.HEADING, int(detail["level"][1:])

    @staticmethod
    def _is_title(block: str) -> bool:
        """Tell a title over "---" from a paragraph that happens to stand right above a rule."""
        title = block.rstrip().rpartition("\n")[0]
        return "\n" not in title and len(title) <= 40 and not re.search("[，。；;]", title)

    def _end_heading(self) -> None:
        self.page.end_line()
        self._settle_kind()

    def _start_code(self, detail: Any) -> None:
        self.page.end_line()
        self.code = LineKind.TEXT if detail == "Indented" else LineKind.CODE
        if self.code is LineKind.CODE:
            self.page.kind, self.page.level = LineKind.CODE, 0

    def _end_code(self) -> None:
        self.page.end_line()
        self.code = None
        self._settle_kind()

    def _start_table(self, _: Any) -> None:
        self.in_table = True
        self.table = self.page.begin_table(True)

    def _end_table(self) -> None:
        self.in_table = False
        self.page.end_block()

    def _start_row(self, _: Any) -> None:
        self.page.begin_row(self.table, self.char)

    def _start_cell(self, _: Any) -> None:
        self.page.begin_cell(self.char)

    def _end_row(self) -> None:
        self.page.end_line()

    def _end_cell(self) -> None:
        self.page.end_cell()

    def _start_strong(self, _: Any) -> None:
        self.page.bold += 1

    def _end_strong(self) -> None:
        self.page.bold -= 1

    def _start_emphasis(self, _: Any) -> None:
        """Keep the stars of "2.5kg*4，6kg*2" and the tildes of "~3天~": they are no markup there."""
        char = self.char
        if _STARRED_TIMES.match(self.source, max(char - 1, 0)) or (
            self.source[char] == "~" and not self.source.startswith("~~", char)
        ):
            self.page.copy(char, char + 1)
            self.closers.append(self._end() - 1)
        else:
            self.closers.append(-1)

    def _end_emphasis(self) -> None:
        at = self.closers.pop()
        if at >= 0:
            self.page.copy(at, at + 1)


_STARTS: dict[str, Callable[[_MarkdownReader, Any], None]] = {
    "Paragraph": _MarkdownReader._start_block,
    "HtmlBlock": _MarkdownReader._start_block,
    "Heading": _MarkdownReader._start_heading,
    "BlockQuote": _MarkdownReader._start_quote,
    "CodeBlock": _MarkdownReader._start_code,
    "List": _MarkdownReader._start_list,
    "Item": _MarkdownReader._start_item,
    "Table": _MarkdownReader._start_table,
    "TableHead": _MarkdownReader._start_row,
    "TableRow": _MarkdownReader._start_row,
    "TableCell": _MarkdownReader._start_cell,
    "Strong": _MarkdownReader._start_strong,
    "Emphasis": _MarkdownReader._start_emphasis,
    "Strikethrough": _MarkdownReader._start_emphasis,
}
_ENDS: dict[str, Callable[[_MarkdownReader], None]] = {
    "Paragraph": _MarkdownReader._end_row,
    "HtmlBlock": _MarkdownReader._end_html,
    "Heading": _MarkdownReader._end_heading,
    "BlockQuote": _MarkdownReader._end_container,
    "CodeBlock": _MarkdownReader._end_code,
    "List": _MarkdownReader._end_list,
    "Item": _MarkdownReader._end_container,
    "Table": _MarkdownReader._end_table,
    "TableHead": _MarkdownReader._end_row,
    "TableRow": _MarkdownReader._end_row,
    "TableCell": _MarkdownReader._end_cell,
    "Strong": _MarkdownReader._end_strong,
    "Emphasis": _MarkdownReader._end_emphasis,
    "Strikethrough": _MarkdownReader._end_emphasis,
}
