"""The note as a model is shown it: the view's own words, with just enough layout to read it by."""

from service.core.document.model import Document, LineKind


def show(document: Document) -> str:
    """Return the view line by line: headings with #, list markers as written, table cells parted by bars.

    What a reader of the rendered note can't see (hidden comments, zero-width characters) is not in the view,
    so no model is shown it either.
    """
    shown: list[str] = []
    block = None
    for line in document.lines:
        if block is not None and line.block != block:
            shown.append("")
        block = line.block
        words = document.slice(line.span)
        if line.kind is LineKind.HEADING:
            shown.append(f"{'#' * max(1, line.level)} {words}")
        elif line.kind is LineKind.ROW and line.cells:
            shown.append(" | ".join(document.slice(cell).strip() for cell in line.cells))
        elif line.marker:
            shown.append(f"{'  ' * max(0, line.level - 1)}{line.marker} {words}")
        else:
            shown.append(words)
    return "\n".join(shown)
