"""Finds a quote in the note: exact after folding, whole numbers only, repeats in the note's order."""

import re
from dataclasses import dataclass
from enum import StrEnum

from service.core.span import Span
from service.llm.fold import Folded, fold


class Status(StrEnum):
    """How a quote met the note."""

    EXACT = "exact"
    NORMALISED = "normalised"


class Miss(StrEnum):
    """Why a quote has no place in the note."""

    EMPTY = "empty"
    NOT_FOUND = "not_found"
    NUMBER_CUT = "number_cut"


@dataclass(frozen=True, slots=True)
class Place:
    """Where a quote stands, in code points of the aligned text."""

    span: Span
    status: Status


_STOPS = ",。:…·"  # a model adds or drops these at a quote's ends
_EDGE = _STOPS + '"()-~'  # these only where the quote is found nowhere with them
_NUMERALS = "0123456789零〇一二两三四五六七八九十百千万亿半几"
_DIGITS = "0123456789零〇一二两三四五六七八九十"  # a following 百, 千, 万 is taken in as a size instead
# A list marker a model copies along: matches "1. " in "1. 直播三场", "①", "- "; not "1.5 万".
_MARKER = re.compile(r"^(?:\(?\d{1,2}[.、)）．](?!\d)|[-*•·]\s|[①-⑳]|[一二三四五六七八九十]{1,2}、)\s*")
# What changes the size of the number before it: matches "%", "万", "个百分点", "k"; not the w of "week".
_SIZE = re.compile(
    r"(?:%|‰|万|亿|千|百|成(?![功为绩立交本果长员])|倍|折|个?百分点|分点|(?:pp|pt|[wkm])(?![a-z]))+"
)
MIN_LENGTH = 2


class Aligner:
    """Places quotes in one text; remembers where the last one ended, so that repeats resolve by order."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.folded = fold(text)
        self._cursor = 0
        self._taken: set[tuple[int, int]] = set()

    def place(self, quote: str) -> Place | Miss:
        """Return where `quote` stands, or why it stands nowhere."""
        folded = fold(quote).text
        found: list[tuple[int, int]] = []
        cut = False
        for needle in dict.fromkeys((trim(folded, _STOPS), trim(folded, _EDGE))):
            if len(needle) < MIN_LENGTH:
                return Miss.EMPTY
            found, cut = self._occurrences(needle, at_line_start=False)
            if found or cut:
                break
        if not found and (bare := unmarked(quote)) != quote:
            needle = trim(fold(bare).text, _EDGE)
            if len(needle) >= MIN_LENGTH:
                found, cut = self._occurrences(needle, at_line_start=True)
        if not found:
            return Miss.NUMBER_CUT if cut else Miss.NOT_FOUND
        start, end = self._in_order(found)
        self._cursor = start
        self._taken.add((start, end))
        span = self.folded.source(start, end)
        exact = self.text[span.start : span.end] == quote
        return Place(span, Status.EXACT if exact else Status.NORMALISED)

    def _occurrences(self, needle: str, *, at_line_start: bool) -> tuple[list[tuple[int, int]], bool]:
        found: list[tuple[int, int]] = []
        cut = False
        at = self.folded.text.find(needle)
        while at >= 0:
            whole = whole_numbers(self.folded, at, at + len(needle))
            if at_line_start and not self._opens_line(at):
                pass
            elif whole is None:
                cut = True
            else:
                found.append(whole)
            at = self.folded.text.find(needle, at + 1)
        return found, cut

    def _opens_line(self, at: int) -> bool:
        start = self.folded.starts[at]
        lead = self.text[self.text.rfind("\n", 0, start) + 1 : start].lstrip()
        return not unmarked(lead)

    def _in_order(self, found: list[tuple[int, int]]) -> tuple[int, int]:
        free = [f for f in found if f not in self._taken] or found
        return next((f for f in free if f[0] >= self._cursor), free[0])


def unmarked(quote: str) -> str:
    """Return a quote without the list marker before it."""
    marker = _MARKER.match(quote)
    return quote[marker.end() :] if marker else quote


def trim(folded: str, edge: str) -> str:
    """Return a folded quote without the given punctuation round it; a sign before a digit stays."""
    kept = folded.rstrip(edge)
    start = 0
    while start < len(kept) and kept[start] in edge:
        if kept[start] in "-~" and kept[start + 1 : start + 2].isdecimal():
            break
        start += 1
    return kept[start:]


def whole_numbers(folded: Folded, start: int, end: int) -> tuple[int, int] | None:
    """Return the range widened to whole signs and sizes, or None where it cuts a number in two."""
    text = folded.text
    first, before = text[start], text[start - 1 : start]
    if first in _NUMERALS and before:
        if before in _NUMERALS and first.isdecimal() == before.isdecimal():
            return None
        if first.isdecimal() and before in ".-/" and text[start - 2 : start - 1].isdecimal():
            return None
        if first.isdecimal() and before in "-+~±":
            start -= 1
    last, after = text[end - 1], text[end : end + 1]
    if last in _NUMERALS and after:
        if after in _DIGITS and last.isdecimal() == after.isdecimal():
            return None
        if last.isdecimal() and after in ".-/" and text[end + 1 : end + 2].isdecimal():
            return None
        size = _SIZE.match(text, end)
        if size is not None:
            end = size.end()
    return start, end
