"""Text as sent → Document: one reader a format, one settling for all."""

from service.core.document.detect import detect
from service.core.document.flat import unflatten
from service.core.document.fold import fold
from service.core.document.html import read_html
from service.core.document.lines import settle
from service.core.document.markdown import read_markdown
from service.core.document.model import Document, Format
from service.core.document.plain import read_plain
from service.core.document.suppress import find_suppressions
from service.core.document.typed import find_typed_tables


def parse(text: str, format: Format = Format.AUTO) -> Document:
    """Read a text in its format (found out when AUTO) into a Document; never raises, linear in the text."""
    suppressions = find_suppressions(text)
    hidden = [(one.span.start, one.span.end) for one in suppressions if len(one.span)]
    folded = fold(text, hidden)
    resolved = detect(folded.clean) if format is Format.AUTO else format
    if resolved is Format.PLAIN:
        (view, starts, ends), roughs = read_plain(folded)
        heads: list[bool | None] = []
    else:
        page = read_html(folded) if resolved is Format.HTML else read_markdown(folded)
        (view, starts, ends), roughs, heads = page.view(), page.lines, page.heads
    roughs = unflatten(view, find_typed_tables(view, roughs, heads), heads)
    lines, tables = settle(view, roughs, heads)
    folded_view = view.encode().lower().decode()
    return Document(text, resolved, view, folded_view, starts, ends, lines, tables, suppressions)
