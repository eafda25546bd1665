"""Reads text without markup: every line that holds more than a rule is a line."""

from service.core.document.fold import Folded
from service.core.document.model import LineKind
from service.core.document.page import Rough, View, assemble


def read_plain(folded: Folded) -> tuple[View, list[Rough]]:
    """Return the view of a plain text, all of it, and its lines."""
    clean, drops = folded
    parts: list[str] = []
    runs: list[tuple[int, int, int]] = []
    at = 0
    for start, end in (*drops, (len(clean), len(clean))):
        if at < start:
            parts.append(clean[at:start])
            runs.append((at, start, 0))
        at = end
    view = assemble(parts, runs)
    return view, rough_lines(view.text)


def rough_lines(view: str) -> list[Rough]:
    """Return the lines of a view that parts them by "\\n"; an empty line ends a block."""
    lines: list[Rough] = []
    at = block = 0
    for piece in view.split("\n"):
        body = piece.strip()
        if not body:
            block += 1
        elif body.strip("-—–=_*~·. ") or len(body) < 3:
            rough = Rough(at, LineKind.TEXT, 0, "", block)
            rough.end = at + len(piece)
            lines.append(rough)
        else:
            block += 1
        at += len(piece) + 1
    return lines
