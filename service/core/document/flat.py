"""Opens up reports that were flattened into one line: headings, parts, bullets and tables run together."""

import re
from itertools import pairwise

from service.core.document.headings import is_short
from service.core.document.model import LineKind
from service.core.document.page import Rough

_LONG = 40  # a line shorter than this is a line
# Matches " ## 本周" within a line; must not match "#话题" or "C# 开发".
_HASHES = re.compile(r"(?:^|(?<=\s))#{1,6}\s+(?=\S)")
# Matches "【存在问题】"; must not match "【P0】" or "【待补：目标值】".
_BRACKETS = re.compile(r"【(?![Pp]\d)[^【】:\d]{2,10}】")
# Matches "二、" after a mark or a space; must not match "二、三线城市".
_HAN = re.compile(r"(?:^|(?<=[\s。;；!?:，,)]))([一二三四五六七八九十])、(?![一二三四五六七八九十])")
_HAN_ORDER = "一二三四五六七八九十"
# Matches the space before "- 改" and "2. 改"; must not match that of "11 - 15".
_BULLET = re.compile(r"(?<![\d\s])\s++(?=(?:[-*+•]|\d{1,2}[.)、])\s+\D)")
# Matches "| --- | --- |", the rule under a table's head.
_RULE = re.compile(r"\|(?:\s*+(?::-++:?|-{2,}+:?|-:)\s*+\|)+")
_FIRST_WORD = re.compile(r"(?:[一二三四五六七八九十]、)?\s*(\S+?)(?::\s*|\s+)(?=\S)")


def unflatten(view: str, roughs: list[Rough], heads: list[bool | None]) -> list[Rough]:
    """Return the lines with those that hold a whole report cut up; most texts come back as they are."""
    opened: list[Rough] = []
    for rough in roughs:
        if rough.end - rough.start < _LONG or rough.cells or rough.kind is LineKind.CODE:
            opened.append(rough)
        elif _has(view, rough, "|") and _RULE.search(view, rough.start, rough.end):
            opened += _with_tables(view, rough, heads)
        else:
            opened += _parts(view, rough, scraped=False)
    return opened


def _has(view: str, rough: Rough, char: str) -> bool:
    return view.find(char, rough.start, rough.end) >= 0


def _piece(rough: Rough, start: int, end: int, first: bool) -> Rough:
    """Return a part of a line; only the first keeps its marker, none keeps being a heading."""
    kind = LineKind.TEXT if rough.kind is LineKind.HEADING or not first else rough.kind
    level = rough.level if kind is rough.kind and kind is not LineKind.TEXT else 0
    piece = Rough(start, kind, level, rough.marker if first else "", rough.block)
    piece.end = end
    return piece


def _with_tables(view: str, rough: Rough, heads: list[bool | None]) -> list[Rough]:
    lines: list[Rough] = []
    at = rough.start
    while rule := _RULE.search(view, at, rough.end):
        columns = view.count("|", *rule.span()) - 1
        pipes = [match.start() for match in re.finditer(r"\|", view[at : rule.start()])]
        if len(pipes) <= columns:
            lines += _parts(view, _piece(rough, at, rule.end(), not lines), scraped=True)
            at = rule.end()
            continue
        top = at + pipes[-columns - 1]
        if view[at:top].strip():
            lines += _parts(view, _piece(rough, at, top, not lines), scraped=True)
        table = len(heads)
        heads.append(True)
        lines.append(_row(view, rough, top, columns, rule.start(), table))
        at = rule.end()
        while (row := _row(view, rough, at, columns, rough.end, table)).cells:
            lines.append(row)
            at = row.end
    if view[at : rough.end].strip():
        lines += _parts(view, _piece(rough, at, rough.end, not lines), scraped=True)
    return lines


def _row(view: str, rough: Rough, start: int, columns: int, limit: int, table: int) -> Rough:
    """Read a row from the next "|" on; no cells where the text goes on otherwise."""
    row = Rough(start, LineKind.ROW, 0, "", rough.block)
    row.table = table
    at = start
    while at < limit and view[at].isspace():
        at += 1
    if at >= limit or view[at] != "|":
        return row
    while len(row.cells) < columns:
        end = view.find("|", at + 1, limit)
        if end < 0:
            break
        row.cells.append((at + 1, end))
        at = end
    row.end = at + 1
    return row


def _parts(view: str, rough: Rough, scraped: bool) -> list[Rough]:
    """Cut a line at its headings: "## x", "一、x" or "【x】", whichever it has."""
    text = view[rough.start : rough.end]
    cuts: list[int] = []
    if "#" in text:
        cuts = [match.start() for match in _HASHES.finditer(text)]
        scraped = scraped or len(cuts) > 1
    if not scraped and "、" in text and len(cuts) < 2:
        cuts = _han_parts(text)
    if not scraped and "【" in text and len(cuts) < 2:
        cuts = [match.start() for match in _BRACKETS.finditer(text)]
    if not scraped and len(cuts) < 2:
        return [rough]
    parts: list[Rough] = []
    bounds = [0, *(cut for cut in cuts if cut), len(text)]
    for start, end in pairwise(bounds):
        parts += _headed(view, rough, rough.start + start, rough.start + end, scraped, not parts)
    return parts


def _han_parts(text: str) -> list[int]:
    """Return where "一、", "二、"… begin, if they part the line into passages and not into a short list."""
    cuts: list[int] = []
    for match in _HAN.finditer(text):
        if len(cuts) < len(_HAN_ORDER) and match[1] == _HAN_ORDER[len(cuts)]:
            cuts.append(match.start())
    return cuts if len(cuts) > 1 and len(text) >= 25 * len(cuts) else []


def _headed(view: str, rough: Rough, start: int, end: int, scraped: bool, first: bool) -> list[Rough]:
    """Part a passage into its heading and what follows, and what follows, where scraped, at its bullets."""
    text = view[start:end]
    hashes = _HASHES.match(text)
    title = hashes.end() if hashes else 0
    lines: list[Rough] = []
    if hashes or text.startswith("【") or _HAN.match(text):
        bracket = _BRACKETS.match(text)
        word = _FIRST_WORD.match(text, title)
        if bracket:
            title = bracket.end()
        elif is_short(text[title:], 30):
            title = len(text)
        elif word and is_short(word[1], 12):
            title = word.end()
        else:
            title = 0
        if title:
            head = _piece(rough, start + (hashes.end() if hashes else 0), start + title, first)
            if hashes:
                head.kind, head.level, head.marker = LineKind.HEADING, hashes[0].count("#"), ""
            lines.append(head)
    at = start + title
    cuts = [match.end() for match in _BULLET.finditer(view, at, end)] if scraped else []
    for stop in (*cuts, end):
        if view[at:stop].strip():
            lines.append(_piece(rough, at, stop, first and not lines))
        at = stop
    return lines
