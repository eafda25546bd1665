"""A note's text cut where its layout allows: headings, whole sections, places for further paragraphs."""

import re
from collections.abc import Callable
from html import escape

from service.core.document.model import Format
from service.evaluation.match import TAG

# matches at the start of "## 一、下周计划：", "【存在问题】" and "下周：先修表单"; not of "上周 3 场"
HEADING = re.compile(
    r"(?P<lead>[ \t]*(?:#{1,6}[ \t]*)?(?:\*\*|__)?"
    r"(?:[一二三四五六七八九十]+[、.．]|\d+[、.．]|[（(][一二三四五六七八九十\d]+[)）])?[ \t]?[【「\[]?)"
    r"(?P<title>[^\s*_#【】「」\[\]：:、。，&;]{1,12})(?=[】」\]]?(?:\*\*|__)?[ \t]*(?:[：:]|$))"
)
# matches "## 数据" and "# 周报"; not "#话题"
MARKDOWN_HEADING = re.compile(r"(#{1,6})[ \t]+\S")
# matches "一、数据", "【计划】", "二. 问题" and "**下周先做这些**"; not "一共三场" or "**注意**：缺货"
PLAIN_HEADING = re.compile(r"[一二三四五六七八九十]+[、.．]|【[^】]{1,12}】\s*$|\*\*[^*]{1,30}\*\*\s*$")
# matches "<h2>" and '<h3 class="t">'; not "<hr>"
HTML_HEADING = re.compile(r"<h([1-6])\b[^<>]*>")
# matches "<div>" and "<body class='x'>"; not "<p>"
WRAPPER = re.compile(r"\s*<(?:div|html|body|section|article)\b")


def is_html(text: str, declared: Format) -> bool:
    """Tell whether the note is HTML, by what was declared or by its first character."""
    return declared is Format.HTML or (declared is Format.AUTO and text.lstrip().startswith("<"))


def rename_headings(text: str, html: bool, rename: Callable[[str], str]) -> str:
    """Return the text with the title of every heading or label replaced by `rename(title)`."""
    if not html:
        return "\n".join(_rename(line, rename) for line in text.split("\n"))
    out, at = [], 0
    for tag in TAG.finditer(text):
        out += [_rename(text[at : tag.start()], rename), tag[0]]
        at = tag.end()
    return "".join([*out, _rename(text[at:], rename)])


def sections(text: str, html: bool, titles: frozenset[str]) -> list[str] | None:
    """Return what stands before the first top heading, then each section; None with fewer than two of them.

    Plain notes part at numbered or bold lines, and at lines that open with one of `titles` as a label.
    """
    starts = _html_starts(text) if html else _line_starts(text, titles)
    if len(starts) < 2:
        return None
    ends = [*starts[1:], len(text)]
    return [text[: starts[0]], *(text[a:b] for a, b in zip(starts, ends, strict=True))]


def add_paragraphs(text: str, html: bool, first: str, last: str) -> str:
    """Return the text with a paragraph before and one after it; an empty one is left out."""
    if html:
        before, after = (f"<p>{escape(p)}</p>" if p else "" for p in (first, last))
        return before + text + after
    return "\n\n".join(part for part in (first, text, last) if part)


def blocks(text: str) -> list[list[str]]:
    """Return the lines of each paragraph; empty lines part paragraphs."""
    out: list[list[str]] = [[]]
    for line in text.splitlines():
        if line.strip():
            out[-1].append(line)
        elif out[-1]:
            out.append([])
    return [block for block in out if block]


def _rename(line: str, rename: Callable[[str], str]) -> str:
    found = HEADING.match(line)
    if found is None:
        return line
    return found["lead"] + rename(found["title"]) + line[found.end() :]


def _html_starts(text: str) -> list[int]:
    if WRAPPER.match(text):
        return []  # sections inside a wrapper can't be moved without moving its end
    found = [(m[1], m.start()) for m in HTML_HEADING.finditer(text)]
    return _top(found)


def _line_starts(text: str, titles: frozenset[str]) -> list[int]:
    marked, plain, at = [], [], 0
    for line in text.split("\n"):
        if heading := MARKDOWN_HEADING.match(line):
            marked.append((heading[1], at))
        named = HEADING.match(line)
        if PLAIN_HEADING.match(line) or (named and named["title"] in titles):
            plain.append(at)
        at += len(line) + 1
    return _top(marked) or plain


def _top(found: list[tuple[str, int]]) -> list[int]:
    """Return where the headings of the highest rank that occurs twice stand."""
    ranks = [rank for rank, _ in found]
    for rank in sorted(set(ranks)):
        if ranks.count(rank) > 1:
            return [at for r, at in found if r == rank]
    return []
