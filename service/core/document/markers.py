"""List markers as people type them, with or without markup."""

import re
from typing import NamedTuple

from service.core.span import Span

# Each style with what it matches; what it must not match stands behind "not".
_STYLES = {
    # "P0|", "【P1】", "P2 改"; not "P0、P1 需求", "P0.5"
    "priority": r"[【\[(][Pp][0-4][】\])]\s*[:|、—-]?"
    r"|[Pp][0-4](?:\s*[|:、—-](?!\s*[Pp]\d)|\s*\.(?!\d)|\s(?!\s*[Pp/、&和|]))",
    # "[ ] ", "[x]", "☑"; not "[本周]"
    "task": r"\[[ xX√✓]\]|[☐☑☒]",
    # "一、本周", "二."; not "二、三线城市", "一个"
    "cn": r"[一二三四五六七八九十]{1,3}\s?(?:[、.)]|:(?=\S))(?![一二三四五六七八九十])",
    # "(一)"; not "(一个)"
    "cn_paren": r"\([一二三四五六七八九十]{1,3}\)\s?[、.:]?",
    # "1.2、", "1.2.3."; not "11.4-11.17", "1.2w"
    "dotted": r"\d{1,2}(?:\.\d{1,2}){1,3}(?:[、)](?!\d)|\.(?!\d))",
    # "1.完成", "1、开团", "2)", "3:" ; not "1.2w", "9:30", "1、2月", "30 天内"
    "number": r"\d{1,2}(?:\.(?![\d.])|\s?、(?!\d)|\)|:(?!\d))",
    # "(1)", "(12)、"; not "(2024)"
    "paren": r"\(\d{1,2}\)\s?[、.:]?",
    # "①", "⑵", "❸", "4⃣"
    "circled": r"(?:[①-⑳⑴-⒛❶-❿➀-➓㈠-㈩㊀-㊉]|\d\u20e3)\s?[、.:)]?",
    # "KR1:", "O2、"; not "OKR", "O2.5"
    "okr": r"(?:KR|O)\d{1,2}(?:\.\d)?\s?(?:[:、|)]|\.(?!\d))",
    # "a)完成", "B、完成"; not "A、B 群", "e.g.", "A.B"
    "letter": r"[A-Za-z](?:\)|、(?![A-Za-z])|\.(?![A-Za-z0-9])\s*)|[ivx]{2,4}[.)、](?![\w.])",
    # "- 改", "-改", "·改", "* 改"; not "-5%", "--", "**粗**", "+20%"
    "bullet": r"[•·・‧∙●○◦■□◆◇▪▫▸►▶➤➢❖★☆※]|[-–](?![-–—\d.+%])|[-–*+]\s(?=\S)|—(?!—)|\*(?![*\s])",
}  # fmt: skip
_MARKER = re.compile("|".join(f"(?P<{style}>{pattern})" for style, pattern in _STYLES.items()))
# What a marker can begin with: spares most lines the pattern.
_RUNS = ("!-~", "☐-☒", "①-⒛", "❶-❿", "➀-➓", "㈠-㈩", "㊀-㊉")
_FIRST = frozenset("【–—一二三四五六七八九十•·・‧∙●○◦■□◆◇▪▫▸►▶➤➢❖★☆※").union(
    *(map(chr, range(ord(run[0]), ord(run[-1]) + 1)) for run in _RUNS)
)
# "1.11月" and "2、30份": a marker only in the right place of a list
_TIGHT = re.compile(r"(\d{1,2})[.、](?=\d)")
_SPACE = re.compile(r"\s*")
_DIGITS = re.compile(r"\d{1,2}")

# Outer to inner, as writers nest them.
RANK = {style: at for at, style in enumerate(
    ("cn", "cn_paren", "okr", "number", "dotted", "paren", "circled", "letter", "priority", "task", "bullet")
)}  # fmt: skip
_INNER = frozenset({"priority", "task", "number", "circled", "paren", "cn"})


class Marker(NamedTuple):
    """A list marker at the head of a line: where the words after it begin, what it is, its number or 0."""

    end: int
    style: str
    number: int


def read_marker(view: str, span: Span, expected: int = 0) -> Marker | None:
    """Return the marker that a line of the view begins with; `expected` is the number a list has come to."""
    if view[span.start] not in _FIRST:
        return None
    match = _MARKER.match(view, span.start, span.end)
    if match is None:
        match = _TIGHT.match(view, span.start, span.end)
        if match is None or not expected or int(match[1]) != expected:
            return None
        style = "number"
    else:
        style = match.lastgroup or "bullet"
    end = _skip_spaces(view, match.end(), span.end)
    if end >= span.end:
        return None
    digits = _DIGITS.search(match[0])
    number = int(digits[0]) if digits and style in ("number", "paren") else 0
    return Marker(end, style, number)


def read_inner(view: str, span: Span) -> int:
    """Return where words begin after a second marker, as in "- P0|改入口" or "1. ①改"; else `span.start`."""
    if view[span.start] not in _FIRST:
        return span.start
    match = _MARKER.match(view, span.start, span.end)
    if match is None or match.lastgroup not in _INNER:
        return span.start
    end = _skip_spaces(view, match.end(), span.end)
    return end if end < span.end else span.start


def _skip_spaces(view: str, start: int, end: int) -> int:
    match = _SPACE.match(view, start, end)
    return match.end() if match else start
