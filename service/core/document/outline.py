"""Finds the headings of a note among its lines, and ranks those that bear no rank of their own."""

from service.core.document.draft import Draft
from service.core.document.headings import (
    Heading,
    is_bare,
    is_named,
    is_short,
    is_title,
    read_bold,
    read_heading,
    strip_heading,
)
from service.core.document.model import LineKind


def find_headings(view: str, drafts: list[Draft]) -> None:
    """Turn the lines that head others into headings, their decoration taken off."""
    numbered = _numbered_heads(view, drafts)
    before: Draft | None = None
    for at, draft in enumerate(drafts):
        following = drafts[at + 1] if at + 1 < len(drafts) else None
        heading: Heading | None = None
        if draft.kind is LineKind.HEADING:
            heading = Heading(strip_heading(view, draft.span), draft.level, True)
        elif draft.kind is LineKind.TEXT or (draft.kind is LineKind.ITEM and not draft.marker):
            heading = _heading_of_text(view, draft, before, following)
        elif draft.kind is LineKind.ITEM:
            heading = _heading_of_item(view, draft, following, draft in numbered)
        if heading is not None:
            draft.heading, draft.kind, draft.span = heading, LineKind.HEADING, heading.span
        before = draft


def _heading_of_text(
    view: str, draft: Draft, before: Draft | None, following: Draft | None
) -> Heading | None:
    span, lead = draft.span, draft.rough.lead
    if lead > span.start and (bold := read_bold(view, span, lead, first=before is None)) is not None:
        return bold
    if (heading := read_heading(view, span)) is not None:
        return heading
    if len(span) > 40 or draft.kind is LineKind.ITEM:
        return None
    text = draft.words(view)
    if before is None and following is not None and is_title(text):
        return Heading(span, 2, False)
    # What stands alone right under a heading is what it heads, unless that is the note's title.
    if following is None or (before is not None and before.heading is not None and before.heading.level > 2):
        return None
    if following.kind is LineKind.ITEM and following.marker:
        heads = following.style != "cn" and len(text) > 1 and is_short(text, 12) and is_bare(text)
    else:
        heads = is_named(text) and (following.kind is not LineKind.TEXT or len(following.span) >= 12)
    return Heading(span, 3, False) if heads else None


def _heading_of_item(view: str, draft: Draft, following: Draft | None, numbered: bool) -> Heading | None:
    inner = strip_heading(view, draft.span)
    text = view[inner.start : inner.end]
    if following is None or not is_short(text, 16):
        return None
    same = following.style == draft.style and following.marker != ""
    if draft.style in ("cn", "cn_paren"):
        return None if same else Heading(inner, 2 if draft.style == "cn" else 3, True)
    if numbered:
        return Heading(inner, 4, False)
    if following.kind is not LineKind.ITEM or not following.marker:
        return None
    deeper = following.level > draft.level or following.indent > draft.indent
    closes = len(inner) < len(draft.span)
    if (closes and (deeper or not same)) or (deeper and is_named(text)):
        return Heading(inner, 4, False)
    return None


def _numbered_heads(view: str, drafts: list[Draft]) -> set[Draft]:
    """Return the "1、本周工作" lines of a note that numbers its parts: all short, none next to another."""
    found = [at for at, draft in enumerate(drafts) if draft.style == "number" and draft.rough.level == 0]
    if len(found) < 2 or found[-1] == len(drafts) - 1:
        return set()
    for at in found:
        span = drafts[at].span
        if drafts[at + 1].style == "number" or not is_short(view[span.start : span.end].rstrip(":"), 12):
            return set()
    return {drafts[at] for at in found}


def rank_headings(drafts: list[Draft]) -> None:
    """Let a heading known only by its looks stand below the surest heading before it."""
    firm = looks = 2
    for draft in drafts:
        heading = draft.heading
        if heading is None:
            continue
        if heading.firm:
            draft.level = firm = looks = heading.level
        elif heading.level == 2:
            draft.level = 2
        elif draft.marker:
            draft.level = min(6, looks + 1)
        else:
            draft.level = looks = min(6, max(3, firm + 1))
