"""Tells a running log: a review that goes by weekday, or deeds with next to no results."""

from typing import NamedTuple

from service.catalog.cues import words
from service.core.document.model import LineKind
from service.core.reading import Claim, ClaimKind, Reading, SectionKind, Trait

DAYS = 3  # so many days of the week as line openers make a log
_DEEDS = 5  # so many deeds without results read like one
_RATIO = 6  # deeds a result; above, the note tells what was done, not what came of it
_REACH = 6  # characters from the line's start within which its day stands


class Log(NamedTuple):
    """What makes a note a log: `days` weekdays as openers (0 = not by day), its deeds, and its results."""

    days: int
    deeds: tuple[Claim, ...]
    results: int


def log_of(reading: Reading) -> Log | None:
    """Return what makes the note a running log, or None; a daily note is none."""
    if not reading.is_note or reading.kind == "daily":
        return None
    days = _days(reading)
    deeds = tuple(reading.of(ClaimKind.ACTIVITY))
    told = sum(c.has(Trait.MEASURABLE) for c in reading.of(ClaimKind.RESULT, ClaimKind.PROBLEM))
    if days >= DAYS and told <= days:
        return Log(days, deeds, told)
    if len(deeds) >= _DEEDS and told * _RATIO <= len(deeds):
        return Log(0, deeds, told)
    return None


def _days(reading: Reading) -> int:
    """Count the different weekdays that lines outside the plan part open with."""
    document = reading.document
    plans = [(s.first_line, s.last_line) for s in reading.sections if s.kind is SectionKind.PLANS]
    names = words("find_weekday")
    found: set[str] = set()
    part = 0
    for at, line in enumerate(document.lines):
        while part < len(plans) and plans[part][1] < at:
            part += 1
        if line.kind is LineKind.CODE or (part < len(plans) and plans[part][0] <= at):
            continue
        head = document.folded[line.span.start : min(line.span.end, line.span.start + _REACH)].lstrip(" -·*")
        if not head.startswith(names):
            continue
        day = next((n for n in names if head.startswith(n)), None)
        if day is not None and not head[len(day) :].startswith(("前", "之前", "下班前")):
            found.add(day)
    return len(found)
