"""Reads HTML as pasted from document tools: the view is what a browser would show."""

import re

from service.core.document.fold import Folded, blank_out, visible
from service.core.document.grid import Grid
from service.core.document.model import LineKind
from service.core.document.page import Page
from service.core.document.tags import Kind, Piece, names, read_pieces, without_cdata

_BLOCKS = names(
    "p div section article header footer main nav aside figure figcaption address form fieldset details"
    " summary center hr body html dl dt dd pre blockquote caption legend"
)
# Parted from what surrounds them by space, as by an empty line.
_PARAGRAPHS = names("p dl blockquote hr pre section article h1 h2 h3 h4 h5 h6 h7 h8 h9")
_TABLE_TAGS = names("table thead tbody tfoot tr td th")
_HEADINGS = {f"h{level}": min(level, 6) for level in range(1, 10)}
_HIDDEN = names("script style template noscript svg canvas video audio title xml datalist")
_VOID = names("area base br col embed hr img input link meta param source track wbr")
_OPTIONAL_END = names("p td th tr option")
# Matches "display: none" and "mso-hide:all"; must not match "display:inline".
_NOT_SHOWN = re.compile(r"(?:display\s*:\s*none|visibility\s*:\s*hidden|mso-hide\s*:\s*all)", re.IGNORECASE)
# Matches "font-weight:700"; must not match "font-weight:400".
_HEAVY = re.compile(r"font-weight\s*:\s*(?:bold|[6-9]00)", re.IGNORECASE)
_LIGHT = re.compile(r"font-weight\s*:\s*(?:normal|[1-5]00)", re.IGNORECASE)
# Matches "mso-list:l0 level2 lfo1": Word's items are paragraphs
_WORD_LEVEL = re.compile(r"mso-list\s*:[^;]{0,40}?level([1-9])", re.IGNORECASE)
_NOTHING = "\ue001"
_SPACE = re.compile(r"[ \t\n\r\f]+")
_WORDS = re.compile(r"[^ \t\n\r\f]+|[ \t\n\r\f]+")
# Matches "white-space: pre-wrap"; must not match "white-space:normal".
_PRE_WRAP = re.compile(r"white-space\s*:\s*(?:pre|break-spaces)", re.IGNORECASE)
_BROKEN = re.compile(r"<(?:br|/?(?:p|div|li|tr|h[1-6]|table|ul|ol))\b", re.IGNORECASE)


def read_html(folded: Folded) -> Page:
    """Write an HTML text on a page."""
    clean, drops = without_cdata(folded)
    # What never shows must not pass for white space: it would come out as a space.
    invisible = [drop for drop in drops if "\r" not in clean[slice(*drop)]]
    page = Page(blank_out(clean, invisible, _NOTHING) if invisible else clean, drops)
    # Where no tag breaks lines, the line ends of the text do: someone called plain text HTML.
    keep = _BROKEN.search(page.clean) is None or _PRE_WRAP.search(page.clean) is not None
    reader = HtmlReader(page, keep_breaks=keep)
    reader.read(0, len(page.clean))
    reader.rest()
    return page


class HtmlReader:
    """Writes ranges of HTML on a page; what is open at the end of one is still open in the next."""

    def __init__(self, page: Page, keep_breaks: bool = False) -> None:
        self.page = page
        self.grid = Grid(page)
        self.keep_breaks = keep_breaks
        self._lists: list[tuple[bool, int]] = []  # ordered, number of the item to come
        self._in_item = False
        self._quotes = 0
        self._pre = 0
        self._weights: dict[str, list[int]] = {}
        self._hidden = ""
        self._hidden_depth = 0

    def read(self, start: int, end: int) -> None:
        """Read a range of the page's text."""
        for piece in read_pieces(self.page.clean, start, end):
            kind = piece[0]
            if self._hidden:
                self._pass_hidden(piece)
            elif kind is Kind.TEXT:
                self._text(piece[1], piece[2])
            elif kind is Kind.START:
                self._start(piece)
            elif kind is Kind.END:
                self._end(piece)
            else:
                self._reference(piece)

    def rest(self) -> None:
        """End the row and the line being written, ahead of words that are not HTML."""
        self.grid.close_row(self.page.at)
        self.page.end_line()

    def _pass_hidden(self, piece: Piece) -> None:
        kind, _, _, name, _ = piece
        if name != self._hidden or kind is Kind.REFERENCE:
            return
        if kind is Kind.START and name not in _OPTIONAL_END:
            self._hidden_depth += 1
            return
        self._hidden_depth -= 1
        if not self._hidden_depth:
            self._hidden = ""
            if kind is Kind.START:
                self._start(piece)

    def _text(self, start: int, end: int) -> None:
        clean, page = self.page.clean, self.page
        if not _SPACE.search(clean, start, end):
            self._write(start, end)
            return
        for match in _WORDS.finditer(clean, start, end):
            if not match[0].isspace():
                self._write(*match.span())
            elif (self.keep_breaks or self._pre) and "\n" in match[0] and not self.grid.depth:
                page.end_line()
            else:
                page.space(*match.span())

    def _reference(self, piece: Piece) -> None:
        _, start, end, chars, _ = piece
        shown = visible(chars)
        if not shown.isspace():
            self.page.put(shown, start, end)
        elif self.page.in_line:
            self.page.put(" ", start, end)

    def _write(self, start: int, end: int) -> None:
        if self.grid.in_row and not self.grid.in_cell:
            if not self.page.clean[start:end].strip(_NOTHING):
                return
            self.grid.open_cell(start, "td", 1, 1)
        self.page.copy(start, end)

    def _break(self, piece: Piece, paragraph: bool = False) -> None:
        """End a line, or the line of a table cell."""
        if self.grid.in_cell:
            self.page.break_cell(piece[1], piece[2])
        elif self.grid.in_row:
            return
        elif paragraph and not self._lists:
            self.page.end_block()
        else:
            self.page.end_line()

    def _settle_kind(self) -> None:
        page = self.page
        page.level = len(self._lists)
        if self._lists and self._in_item:
            page.kind = LineKind.ITEM
        else:
            page.kind = LineKind.QUOTE if self._quotes else LineKind.TEXT
            page.level = 0

    def _start(self, piece: Piece) -> None:
        name = piece[3]
        attributes = dict(piece[4]) if piece[4] else {}
        style = attributes.get("style") or ""
        if name in _HIDDEN or (attributes and name not in _VOID and _is_hidden(attributes, style)):
            self._hidden, self._hidden_depth = name, 1
            return
        if name in ("b", "strong", "span", "font"):
            self._weigh(name, style)
        elif name == "br":
            self._break(piece)
        elif name in _TABLE_TAGS:
            self._table_start(piece, attributes)
        elif name in ("ul", "ol"):
            self._break(piece, paragraph=True)
            self._lists.append((name == "ol", _integer(attributes.get("start"), 1)))
            self._in_item = False
        elif name == "li":
            self._item(piece, attributes)
        elif name == "input" and attributes.get("type") == "checkbox":
            box = "[x]" if "checked" in attributes else "[ ]"
            self.page.marker = f"{self.page.marker} {box}".strip()
        elif name in _BLOCKS or name in _HEADINGS:
            self._block(piece, style)

    def _weigh(self, name: str, style: str) -> None:
        weight = 1 if name in ("b", "strong") else 0
        if style:
            weight = 1 if _HEAVY.search(style) else 0 if _LIGHT.search(style) else weight
        self._weights.setdefault(name, []).append(weight)
        self.page.bold += weight

    def _item(self, piece: Piece, attributes: dict[str, str]) -> None:
        self._break(piece)
        ordered, number = self._lists[-1] if self._lists else (False, 1)
        number = _integer(attributes.get("value"), number)
        if self._lists:
            self._lists[-1] = (ordered, number + 1)
        else:
            self._lists.append((False, 1))
        self._in_item = True
        self._settle_kind()
        self.page.marker = f"{number}." if ordered else "-"

    def _block(self, piece: Piece, style: str) -> None:
        name = piece[3]
        self._break(piece, paragraph=name in _PARAGRAPHS)
        if self.grid.in_cell:
            return
        if name == "blockquote":
            self._quotes += 1
        elif name == "pre":
            self._pre += 1
        self._settle_kind()
        if name in _HEADINGS:
            self.page.kind, self.page.level, self.page.marker = LineKind.HEADING, _HEADINGS[name], ""
        elif name == "p" and not self._lists and (word := _WORD_LEVEL.search(style)):
            self.page.level = int(word[1]) - 1

    def _end(self, piece: Piece) -> None:
        name = piece[3]
        if name in self._weights:
            if self._weights[name]:
                self.page.bold -= self._weights[name].pop()
        elif name in _TABLE_TAGS:
            self._table_end(piece)
        elif name in ("ul", "ol"):
            if self._lists:
                self._lists.pop()
            self._in_item = bool(self._lists)
            self._break(piece, paragraph=True)
            self._settle_kind()
        elif name == "li":
            self._break(piece)
            self._in_item = False
            self.page.marker = ""
            self._settle_kind()
        elif name in _BLOCKS or name in _HEADINGS:
            self._break(piece, paragraph=name in _PARAGRAPHS)
            if name == "blockquote":
                self._quotes = max(self._quotes - 1, 0)
            elif name == "pre":
                self._pre = max(self._pre - 1, 0)
            if not self.grid.in_cell:
                self._settle_kind()

    def _table_start(self, piece: Piece, attributes: dict[str, str]) -> None:
        name, grid = piece[3], self.grid
        if name == "table":
            self._break(piece, paragraph=True)
            grid.open()
        elif grid.depth != 1:
            self._break(piece)
        elif name in ("td", "th"):
            columns, rows = (_integer(attributes.get(key), 1) for key in ("colspan", "rowspan"))
            grid.open_cell(piece[2], name, columns, rows)
        else:
            grid.close_row(piece[1])
            if name != "tr":
                grid.enter_part(name)

    def _table_end(self, piece: Piece) -> None:
        name, grid = piece[3], self.grid
        if grid.depth != 1:
            self._break(piece)
            if name == "table":
                grid.close(piece[1])
            return
        if name in ("td", "th"):
            grid.close_cell(piece[2])
        elif name == "table":
            grid.close(piece[2])
        else:
            grid.close_row(piece[2])


def _is_hidden(attributes: dict[str, str], style: str) -> bool:
    return "hidden" in attributes or (style != "" and _NOT_SHOWN.search(style) is not None)


def _integer(value: str | None, default: int) -> int:
    """Return an attribute's small number, or the default where it holds none."""
    return int(value) if value and value.isascii() and value.isdigit() and len(value) < 5 else default
