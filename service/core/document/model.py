"""What a parsed note is: the text as sent, the view that rules read, and the way back."""

from array import array
from collections.abc import Sequence
from dataclasses import dataclass, field
from enum import StrEnum

from service.core.span import Span


class Format(StrEnum):
    """Markup of the text as sent; `AUTO` is resolved by `parse`."""

    AUTO = "auto"
    PLAIN = "plain"
    MARKDOWN = "markdown"
    HTML = "html"


class LineKind(StrEnum):
    """What a line of the view is in the note's layout."""

    TEXT = "text"
    HEADING = "heading"
    ITEM = "item"
    ROW = "row"
    QUOTE = "quote"
    CODE = "code"


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the view, its markup and list marker already taken off.

    `span` and `cells` count view characters. `level` is a heading's rank (1 to 6) or a list item's depth
    (1 = outermost), else 0. `marker` is the list marker as the view has it ("1.", "①", "- P0|"; "-" or the
    number worked out for HTML), "" for a line that goes on with the item before. `block` counts paragraphs
    (lines not parted by an empty line share it). For a table row, `table` and `row` index
    `Document.tables`, and `cells` holds one span a cell, empty cells as empty spans.
    """

    span: Span
    kind: LineKind
    level: int = 0
    marker: str = ""
    block: int = 0
    table: int | None = None
    row: int | None = None
    cells: tuple[Span, ...] = ()


@dataclass(frozen=True, slots=True)
class Table:
    """A table: the indices into `Document.lines` of its rows; row 0 is the head when `has_head`."""

    lines: tuple[int, ...]
    has_head: bool


@dataclass(frozen=True, slots=True)
class Suppression:
    """An inline comment that hides findings: `codes` empty means all; holds from `span.end` on."""

    span: Span
    codes: tuple[str, ...]
    disable: bool


@dataclass(frozen=True, slots=True)
class Document:
    """A note as parsed: `text` as sent, `view` as read, and the map between them.

    `view` is the rendered, normalised text (markup dropped, full-width digits and letters folded, Traditional
    turned Simplified, zero-width characters dropped, line ends as "\\n"); `folded` is `view` in ASCII lower
    case, of the same length. View character `i` came from `text[starts[i]:ends[i]]`.
    """

    text: str
    format: Format
    view: str
    folded: str
    starts: Sequence[int] = field(repr=False)
    ends: Sequence[int] = field(repr=False)
    lines: tuple[Line, ...] = ()
    tables: tuple[Table, ...] = ()
    suppressions: tuple[Suppression, ...] = ()

    def source(self, view_span: Span) -> Span:
        """Map a non-empty range of the view to the range of `text` that it came from."""
        start, end = view_span
        if start >= end:
            at = self.starts[start] if start < len(self.starts) else len(self.text)
            return Span(at, at)
        return Span(self.starts[start], self.ends[end - 1])

    def quote(self, view_span: Span) -> str:
        """Return the raw slice of `text` behind a range of the view."""
        start, end = self.source(view_span)
        return self.text[start:end]

    def words(self, view_span: Span) -> str:
        """Return the words behind a range of the view, script and width as written, markup left out."""
        found = []
        for at in range(view_span.start, view_span.end):
            raw = self.text[self.starts[at] : self.ends[at]]
            found.append(raw if len(raw) == 1 and raw != "\n" else self.view[at])
        return "".join(found)

    def slice(self, view_span: Span) -> str:
        """Return the view's own text in a range."""
        return self.view[view_span.start : view_span.end]


def identity_offsets(length: int) -> "tuple[array[int], array[int]]":
    """Return the offset map of a view that equals its text."""
    return array("I", range(length)), array("I", range(1, length + 1))
