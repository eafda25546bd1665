"""Folds a text to what its words say, whatever the typing, and keeps the way back to each character."""

import re
import unicodedata
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass

from service.core.span import Span

_SAME = {
    **dict.fromkeys(",，、;；", ","),
    **dict.fromkeys("。!！", "。"),
    **dict.fromkeys("“”\"‘’'「」『』《》〈〉„", '"'),
    **dict.fromkeys("（([【〔［", "("),
    **dict.fromkeys("）)]】〕］", ")"),
    **dict.fromkeys("-−–—―‐‑－", "-"),
    **dict.fromkeys("~～〜∼", "~"),
    **dict.fromkeys("：:︰", ":"),
}
_EMPHASIS = frozenset("*`")
_RUNS = frozenset("。-")  # written once or many times: 。。。, ——
# A comma that groups thousands: matches the comma of "1,200" and "12,345.6"; not of "3,5" or "1,2000".
_THOUSANDS = re.compile(r"(?<=\d),(?=\d{3}(?!\d))")


@dataclass(frozen=True, slots=True)
class Folded:
    """A folded text; folded character `i` came from `[starts[i], ends[i])` of the original."""

    text: str
    starts: Sequence[int]
    ends: Sequence[int]

    def source(self, start: int, end: int) -> Span:
        """Return the smallest original range behind a non-empty folded range."""
        return Span(self.starts[start], self.ends[end - 1])

    def at(self, original: int) -> int:
        """Return the first folded position that came from `original` or later."""
        return bisect_left(self.starts, original)


def fold(text: str) -> Folded:
    """Return `text` in NFKC and lower case, punctuation unified, spaces and thousands separators dropped.

    A gap between two digits stays one space, and a dot or dash between digits keeps its meaning, so that
    no two different numbers fold to the same.
    """
    grouping = {m.start() for m in _THOUSANDS.finditer(text)}
    chars: list[str] = []
    starts: list[int] = []
    ends: list[int] = []
    gap = False
    for at, raw in enumerate(text):
        if "一" <= raw <= "鿿":  # three characters in four, and nothing of them to fold: half the time
            gap = False
            chars.append(raw)
            starts.append(at)
            ends.append(at + 1)
            continue
        if at in grouping:
            continue
        for char in _forms(raw):
            if char == " ":
                gap = True
                continue
            is_digit = char.isdecimal()
            if gap and is_digit and chars and chars[-1].isdecimal():
                chars.append(" ")
                starts.append(at)
                ends.append(at)
            gap = False
            if char in _EMPHASIS and not _between_digits(text, at):
                continue
            if char == "." and not _between_digits(text, at):
                char = "。"
            elif char == "~" and _between_digits(text, at):
                char = "-"
            if char in _RUNS and chars and chars[-1] == char:
                ends[-1] = at + 1
                continue
            chars.append(char)
            starts.append(at)
            ends.append(at + 1)
    return Folded("".join(chars), starts, ends)


def _forms(raw: str) -> str:
    if raw.isascii() and raw.isalnum():
        return raw.lower()
    same = _SAME.get(raw)
    if same is not None:
        return same
    if raw.isspace() or raw in "|｜":
        return " "
    category = unicodedata.category(raw)
    if category == "Cf":  # zero-width and direction marks
        return ""
    if category == "No":  # ② before 61 must not make 261
        return raw
    folded = unicodedata.normalize("NFKC", raw).lower()
    return "".join(" " if c.isspace() else _SAME.get(c, c) for c in folded)


def _between_digits(text: str, at: int) -> bool:
    return 0 < at < len(text) - 1 and text[at - 1].isdecimal() and text[at + 1].isdecimal()
