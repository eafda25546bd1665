"""The note as a model is shown it: the view's own words, with just enough layout to read it by."""

import re
from collections.abc import Iterator

from service.core.document.model import Document, LineKind

WINDOW = 6_000  # characters; their claims fit the 8,000 tokens a reply may have, with room to spare
# Where a line too long for a window is cut: matches "。" and "；"; not "，" or the dot of "1.5".
_SENTENCE_END = re.compile(r"(?<=[。！？!?；;])")


def show(document: Document) -> str:
    """Return the view line by line: headings with #, list markers as written, table cells parted by bars.

    What a reader of the rendered note can't see (hidden comments, zero-width characters) is not in the view,
    so no model is shown it either.
    """
    return "\n".join(text for text, _ in _lines(document))


def windows(document: Document, limit: int = WINDOW) -> list[str]:
    """Return the shown note in parts of at most `limit` characters, broken before headings if it can be."""
    parts: list[list[str]] = [[]]
    size = 0
    for text, opens in _lines(document):
        for piece in _pieces(text, limit):
            is_due = size + len(piece) + 1 > limit or (opens and size > limit // 2)
            if is_due and parts[-1]:
                parts.append([])
                size = 0
            parts[-1].append(piece)
            size += len(piece) + 1
    return ["\n".join(part) for part in parts]


def _lines(document: Document) -> Iterator[tuple[str, bool]]:
    """Yield each shown line, and whether a new part of the note opens with it."""
    block = None
    for line in document.lines:
        if block is not None and line.block != block:
            yield "", False
        block = line.block
        words = document.slice(line.span)
        if line.kind is LineKind.HEADING:
            yield f"{'#' * max(1, line.level)} {words}", True
        elif line.kind is LineKind.ROW and line.cells:
            yield " | ".join(document.slice(cell).strip() for cell in line.cells), False
        elif line.marker:
            yield f"{'  ' * max(0, line.level - 1)}{line.marker} {words}", False
        else:
            yield words, False


def _pieces(text: str, limit: int) -> Iterator[str]:
    if len(text) <= limit:
        yield text
        return
    piece = ""
    for sentence in _SENTENCE_END.split(text):
        if piece and len(piece) + len(sentence) > limit:
            yield piece
            piece = ""
        piece += sentence
        while len(piece) > limit:
            yield piece[:limit]
            piece = piece[limit:]
    if piece:
        yield piece
