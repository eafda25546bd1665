"""A line on its way from what a reader left to what it is."""

from service.core.document.headings import Heading
from service.core.document.page import Rough
from service.core.span import Span


class Draft:
    """A line's words, its marker, and a kind that may still change."""

    __slots__ = ("heading", "indent", "kind", "level", "marker", "rough", "span", "style")

    def __init__(self, rough: Rough, span: Span, indent: int) -> None:
        self.rough = rough
        self.span = span
        self.indent = indent
        self.kind = rough.kind
        self.level = rough.level
        self.marker = rough.marker
        self.style = ""  # of the marker, as markers.py names it
        self.heading: Heading | None = None

    def words(self, view: str) -> str:
        """Return the line's words."""
        return view[self.span.start : self.span.end]
