"""Which period the note reports on, as its title says, so that later dates can be told from earlier ones."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from service.core.document.model import Document
from service.core.numbers.model import Number, NumberKind
from service.core.span import Span
from service.rules.shapes import shape

_TITLE_LINES = 3
_AHEAD = 70  # days
# "W46", "第46周", "week 12"; not "本周", "2周"
_WEEK = re.compile(r"(?:(?<![a-z])w(?:eek)?\s?|第)(\d{1,2})(?!\d)(?=周|\b|\D)")
# "11.11-11.17", "9/15–9/21", "10月14日—10月20日": the second date is the end; not "46min + 52min"
_RANGE = re.compile(
    r"(\d{1,2})(?:[./]|月)(\d{1,2})日?\s{0,2}(?:-|–|—|~|至|到)\s{0,2}(?:(\d{1,2})(?:[./]|月))?(\d{1,2})(?!\d|%)"
)
# "0908-0914", "0908~0914"; not "0908-09145"
_TIGHT = re.compile(r"(?<!\d)(\d{2})(\d{2})\s?[-–~]\s?(\d{2})(\d{2})(?!\d)")
# "9 月", "10月份"; not "11月17日", "3 个月"
_MONTH = re.compile(r"(?<!\d)(\d{1,2})\s?月(?!\s?\d{1,2}\s?[日号])")
# "Q3", "q4"; not "FAQ3" or "q32"
_QUARTER = re.compile(r"(?<![a-z])q([1-4])(?!\d)")
# a single date: "11.17", "11/17", "11月17日"; not "1.17%" or "v3.8"
_DATE = re.compile(r"(?<![\d.v])(\d{1,2})(?:[./]|\s?月\s?)(\d{1,2})(?![\d.%]|\s?[%元万亿个人w])")


@dataclass(frozen=True, slots=True)
class Period:
    """The reported period: week, month, quarter, last day as (month, day); None where the title is silent."""

    week: int | None = None
    month: int | None = None
    end: tuple[int, int] | None = None
    quarter: int | None = None

    def is_next(self, text: str) -> bool:
        """Tell whether a line's opening words name the period after this one ("W47", "10 月要办的")."""
        head = text[:12]
        if self.week is not None:
            found = _WEEK.search(head)
            if found is not None and found.start() <= 2 and int(found.group(1)) == self.week % 53 + 1:
                return True
        if self.quarter is not None:
            found = _QUARTER.match(head)
            if found is not None and int(found.group(1)) == self.quarter % 4 + 1:
                return True
        if self.month is not None:
            found = _MONTH.match(head)
            if found is not None and int(found.group(1)) == self.month % 12 + 1:
                return True
        return False

    def place(self, text: str) -> int:
        """Return 1 where a date in the text lies after the period's last day (within ten weeks), -1 where all
        lie on or before it, 0 where there is no date or the title names no days."""
        if self.end is None:
            return 0
        last = self.end[0] * 31 + self.end[1]
        told = 0
        for found in _DATE.finditer(text):
            month, day = int(found.group(1)), int(found.group(2))
            if not (1 <= month <= 12 and 1 <= day <= 31):
                continue
            ahead = (month * 31 + day - last) % (12 * 31)
            if 0 < ahead <= _AHEAD:
                return 1
            told = -1
        return told


def detect(document: Document, kind: str) -> Period:
    """Return what the first lines say of the period."""
    view = document.folded
    upto = document.lines[min(_TITLE_LINES, len(document.lines)) - 1].span.end if document.lines else 0
    head = view[: min(upto, 160)]
    week = _WEEK.search(head)
    quarter = _QUARTER.search(head)
    at_quarter = int(quarter.group(1)) if quarter else None
    end = _end(head)
    month = _MONTH.search(head)
    is_monthly = kind in ("monthly", "quarterly")
    if month is None or (not is_monthly and (end is not None or month.start() > 6)):
        return Period(int(week.group(1)) if week else None, None, end, at_quarter)
    at = int(month.group(1))
    return Period(int(week.group(1)) if week else None, at, end or (at, 31), at_quarter)


def _end(head: str) -> tuple[int, int] | None:
    tight = _TIGHT.search(head)
    if tight is not None and int(tight.group(3)) <= 12 and int(tight.group(4)) <= 31:
        return int(tight.group(3)), int(tight.group(4))
    found = _RANGE.search(head)
    if found is None:
        return None
    month, day = int(found.group(3) or found.group(1)), int(found.group(4))
    return (month, day) if 1 <= month <= 12 and 1 <= day <= 31 else None


def opening(document: Document, span: Span) -> str:
    """Return the first words of a line, folded."""
    return document.folded[span.start : min(span.end, span.start + 24)].lstrip(" *#【[(")


# "11.12", "3.28": month and day where period or what follows bear it out; not "3.285"
_DOTTED = re.compile(r"(\d{1,2})\.(\d{1,2})$")
_DAY_AFTER = shape("day_after")
_RATING = shape("rating_before")


def redate(document: Document, numbers: Sequence[Number], period: Period) -> tuple[Number, ...]:
    """Return the numbers with bare "month.day" figures told as dates where the note bears them out."""
    view = document.folded
    first = tuple(_redated(view, n, period, None) for n in numbers)
    told = next((n for a, n in zip(numbers, first, strict=True) if a is not n), None)
    if told is None:
        return first
    month = int(view[told.span.start : told.span.end].split(".")[0])
    return tuple(_redated(view, n, period, month) for n in first)


def _redated(view: str, number: Number, period: Period, also: int | None) -> Number:
    if number.kind is not NumberKind.MEASURE or number.unit_kind not in ("none", "count"):
        return number
    text = view[number.span.start : number.span.end]
    found = _DOTTED.match(
        text[: len(text) if not number.unit else text.rfind(text.lstrip("0123456789. "))].strip() or text
    )
    if found is None:
        return number
    month, day = int(found.group(1)), int(found.group(2))
    if not (1 <= month <= 12 and 1 <= day <= 31) or _RATING.search(view[: number.span.start][-6:]):
        return number
    end = number.span.start + found.end()
    near = month == also or (period.end is not None and (month - period.end[0] + 1) % 12 <= 2)
    if not _DAY_AFTER.match(view, end) and not near:
        return number
    return replace(number, span=Span(number.span.start, end), kind=NumberKind.DATE, unit="", unit_kind="none")
