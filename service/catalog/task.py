"""Plan items taken apart into tasks: one line often holds several."""

import re
from bisect import bisect_left

from service.catalog.cues import words
from service.catalog.passage import clauses, trimmed
from service.core.numbers.model import NumberKind
from service.core.reading import Claim, Reading
from service.core.span import Span

_PARTS = re.compile(r"[；;\n]")
_BEFORE_DAY = 1  # 下 in 下周二
_SHORT = 4  # characters; a shorter piece belongs to the one before


def tasks(reading: Reading, plan: Claim) -> list[Span]:
    """Return the tasks of one plan item in order: parted by semicolons, words like 还要, a day each."""
    view = reading.document.view
    found: list[Span] = []
    at = plan.span.start
    pieces: list[Span] = []
    for mark in _PARTS.finditer(view, plan.span.start, plan.span.end):
        pieces.append(Span(at, mark.start()))
        at = mark.end()
    pieces.append(Span(at, plan.span.end))
    for piece in pieces:
        parts = clauses(view, piece)
        # "周二搬工位，周四体检" is two tasks, "出两版海报，周四给客户看" is one
        by_day = bool(parts) and _opens_with_day(reading, parts[0])
        for nth, part in enumerate(parts):
            opens = nth == 0 or view.startswith(words("find_also"), part.start)
            opens = opens or (by_day and _opens_with_day(reading, part))
            if found and (not opens or len(part) < _SHORT):
                found[-1] = Span(found[-1].start, part.end)
            else:
                found.append(part)
    return [trimmed(view, t) for t in found] or [trimmed(view, plan.span)]


def _opens_with_day(reading: Reading, clause: Span) -> bool:
    """Tell whether a clause begins with a date or a day of the week."""
    at = bisect_left(reading.numbers, clause.start, key=lambda n: n.span.start)
    first = reading.numbers[at] if at < len(reading.numbers) else None
    return (
        first is not None and first.kind is NumberKind.DATE and first.span.start - clause.start <= _BEFORE_DAY
    )
