"""A note's text as parsed: the view, the map back, lines and tables."""

from service.core.document.model import Document, Format, Line, LineKind, Suppression, Table
from service.core.document.parse import parse

__all__ = ["Document", "Format", "Line", "LineKind", "Suppression", "Table", "parse"]
