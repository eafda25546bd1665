"""Reads Markdown: CommonMark with tables, strike-through and task lists, as pulldown-cmark sees it."""

import re
from collections.abc import Callable
from typing import Any

from pyromark import Options, events_with_range

from service.core.document.cursor import Cursor
from service.core.document.fold import Folded
from service.core.document.html import HtmlReader
from service.core.document.inline import InlineReader
from service.core.document.model import LineKind
from service.core.document.page import Page
from service.core.document.tags import without_cdata

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
# What a fence around a whole note may be called; "sql" is code.
_PROSE = ("", "md", "markdown", "text", "txt", "plain")


def read_markdown(folded: Folded) -> Page:
    """Write a Markdown text on a page."""
    page = Page(*without_cdata(folded))
    _MarkdownReader(page).read()
    return page


class _MarkdownReader:
    """Follows the parser's events, block by block; what stands within a line is read inline."""

    def __init__(self, page: Page) -> None:
        self.page = page
        source = _WORDS_IN_BRACKETS.sub(r"\1〔", page.clean) if "]:" in page.clean else page.clean
        front = _FRONT_MATTER.match(source)
        if front:
            _write_front_matter(page, front.end())
            source = re.sub(r"[^\n]", " ", front[0]) + source[front.end() :]
        self.source = source
        self.bounds = (len(source) - len(source.lstrip()), len(source.rstrip()))
        self.cursor = Cursor(source)
        self.inline = InlineReader(page, self.cursor)
        self.start_byte = self.end_byte = 0
        self.containers: list[LineKind] = []  # ITEM or QUOTE, outermost first
        self.depth = 0  # of lists
        self.in_code = False
        self.table = 0
        self.html = HtmlReader(page)
        self.html_range: tuple[int, int] | None = None

    def read(self) -> None:
        """Read the whole text."""
        # The parser's own types are a union of fifty shapes; each event is a word, or one name with a value.
        events: Any = events_with_range(self.source, options=_OPTIONS)
        for event, place in events:
            self.start_byte, self.end_byte = place["start"], place["end"]
            if isinstance(event, str):
                self._on_mark(event)
                continue
            name, value = event.popitem()
            if name == "Text":
                self.cursor.move(self.start_byte)
                self._on_text(value)
            elif name == "End":
                if (end := _ENDS.get(value if isinstance(value, str) else next(iter(value)))) is not None:
                    end(self)
            elif name == "Start":
                tag, detail = (value, None) if isinstance(value, str) else value.popitem()
                if (start := _STARTS.get(tag)) is not None:
                    start(self, detail)
            else:
                self.cursor.move(self.start_byte)
                self._on_inline(name, value, self.cursor.char, self.cursor.at(self.end_byte))
        self.page.end_line()

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
            cursor = self.cursor
            cursor.move(self.end_byte)
            if self.source[cursor.char : cursor.char + 1] not in " \t>":
                # A lazy continuation to CommonMark; in a note, what stands at the margin is no item.
                self.page.kind, self.page.level = LineKind.TEXT, 0

    def _on_text(self, words: str) -> None:
        if self.html_range is not None:  # the rest of a tab, within a block of HTML
            self._read_html()
        if self.in_code:
            _write_lines(self.page, self.cursor.char, self.cursor.at(self.end_byte))
        else:
            self.inline.text(words, self.end_byte)

    def _on_inline(self, name: str, value: Any, start: int, end: int) -> None:
        if name == "Code":
            self.inline.code(value, end)
        elif name == "InlineHtml":
            self.inline.tag(end)
        elif name == "Html":
            self._on_html(start, end)
        elif name == "TaskListMarker":
            self.page.marker = f"{self.page.marker} {self.source[start:end]}".strip()
            self.page.at = end

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

    def _start_block(self, _: Any) -> None:
        self.page.end_line()
        self.page.bold = 0  # a <b> that was never closed ends with its paragraph

    def _start_strong(self, _: Any) -> None:
        self.page.bold += 1

    def _end_strong(self) -> None:
        self.page.bold -= 1

    def _start_emphasis(self, _: Any) -> None:
        self.inline.start_emphasis(self.start_byte, self.end_byte)

    def _end_emphasis(self) -> None:
        self.inline.end_emphasis()

    def _start_item(self, _: Any) -> None:
        self.cursor.move(self.start_byte)
        self.page.end_line()
        self.containers.append(LineKind.ITEM)
        self._settle_kind()
        match = _ITEM.match(self.source, self.cursor.char)
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
        self.cursor.move(self.start_byte)
        self.page.end_line()
        start, end = self.cursor.char, self.cursor.at(self.end_byte)
        if self.source.startswith("#", start) or self._is_title(self.source[start:end]):
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
        self.in_code = True
        # An indented note is no code, nor is one that stands in a fence as a whole.
        if detail != "Indented" and not self._is_whole(detail["Fenced"]):
            self.page.kind, self.page.level = LineKind.CODE, 0

    def _is_whole(self, info: str) -> bool:
        self.cursor.move(self.start_byte)
        first, last = self.bounds
        return info.lower() in _PROSE and self.cursor.char <= first and self.cursor.at(self.end_byte) >= last

    def _end_code(self) -> None:
        self.page.end_line()
        self.in_code = False
        self._settle_kind()

    def _start_table(self, _: Any) -> None:
        self.inline.in_table = True
        self.table = self.page.begin_table(True)

    def _end_table(self) -> None:
        self.inline.in_table = False
        self.page.end_block()

    def _start_row(self, _: Any) -> None:
        self.cursor.move(self.start_byte)
        self.page.begin_row(self.table, self.cursor.char)

    def _start_cell(self, _: Any) -> None:
        self.cursor.move(self.start_byte)
        self.page.begin_cell(self.cursor.char)

    def _end_row(self) -> None:
        self.page.end_line()

    def _end_cell(self) -> None:
        self.page.end_cell()


def _write_front_matter(page: Page, end: int) -> None:
    page.kind = LineKind.CODE
    for match in re.finditer(r"[^\n]+", page.clean[:end]):
        if match[0].strip() != "---":
            page.copy(*match.span())
            page.end_line()
    page.kind = LineKind.TEXT
    page.at = end


def _write_lines(page: Page, start: int, end: int) -> None:
    for match in re.finditer(r"[^\n]+|\n", page.clean[start:end]):
        if match[0] == "\n":
            page.end_line()
        else:
            page.copy(start + match.start(), start + match.end())


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
