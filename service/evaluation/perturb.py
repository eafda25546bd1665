"""Changes to a note that must not move its levels, must not raise them, or should lower them."""

import re
import tomllib
from collections.abc import Callable
from dataclasses import dataclass, replace
from enum import StrEnum
from functools import cache
from html import escape
from importlib.resources import files

import pyromark
from zhconv_rs import zhconv

from service.core.document.model import Format
from service.core.note import Note
from service.core.reading import ClaimKind
from service.core.score import DimensionKey
from service.evaluation import layout
from service.evaluation.dataset import RatedNote

EVERY = tuple(DimensionKey)
GREETING = "各位领导、同事好，以下是我的工作汇报，请查阅。"
CLOSING = "以上就是全部内容，感谢大家一直以来的支持，不当之处请多指正，祝工作顺利！"
STUFFING = (
    "本期坚持用 5Why 看根因，因为重视闭环，所以持续赋能业务。",
    "后续继续围绕根因做 5Why，赋能一线，形成闭环。",
)
STRAY_DIGITS = "文档编号 20480817，版本 3.2.1，会议室 1806，分机 8027。"
# one line break between two characters of running text, as pyromark leaves them; not the one after "</p>"
SOFT_BREAK = re.compile(r"(?<=[^>\n])\n(?=[^<\n])")


class Promise(StrEnum):
    """What a change must do to the levels."""

    SAME = "same"
    NOT_RAISED = "not_raised"
    LOWERED = "lowered"


@dataclass(frozen=True, slots=True)
class Change:
    """A change to a note; `apply` returns None where the note gives it nothing to work on.

    `rests_from`: from this level on it rests on what the change takes away, and should fall.
    """

    name: str
    title: str
    promise: Promise
    apply: Callable[[RatedNote], Note | None]
    dimensions: tuple[DimensionKey, ...] = EVERY
    rests_from: int | None = None


def padded(rated: RatedNote) -> Note | None:
    """Return the note between a greeting and closing phrases."""
    return _with_paragraphs(rated.note, GREETING, CLOSING)


def stuffed(rated: RatedNote) -> Note | None:
    """Return the note with the words of analysis and none of it."""
    return _with_paragraphs(rated.note, *STUFFING)


def renamed(rated: RatedNote) -> Note | None:
    """Return the note with each known heading under another of its names; None without one."""
    return _retext(rated.note, lambda text, html: layout.rename_headings(text, html, _synonym))


def shuffled(rated: RatedNote) -> Note | None:
    """Return the note with its sections in reverse order; None with fewer than two."""

    def reverse(text: str, html: bool) -> str:
        parts = layout.sections(text, html, frozenset(_synonyms()))
        if parts is None:
            return text
        glue = "" if html else "\n"
        return parts[0] + glue.join(p if html else p.rstrip("\n") + "\n" for p in reversed(parts[1:]))

    return _retext(rated.note, reverse)


def traditional(rated: RatedNote) -> Note | None:
    """Return the note and the one before it in Traditional script; None where they are written so already."""
    previous = rated.note.previous
    changed = _retext(rated.note, lambda text, _: zhconv(text, "zh-hant"))
    if changed is None or previous is None:
        return changed
    return replace(changed, previous=zhconv(previous, "zh-hant"))


def as_html(rated: RatedNote) -> Note | None:
    """Return the plain or Markdown note as the HTML a docs tool would make of it; None for HTML."""
    note = rated.note
    if layout.is_html(note.text, note.format):
        return None
    if note.format is Format.MARKDOWN:
        options = pyromark.Options.ENABLE_TABLES
        text = SOFT_BREAK.sub("<br>\n", pyromark.html(note.text, options=options))
    else:
        text = "\n".join(f"<p>{'<br>'.join(map(escape, block))}</p>" for block in layout.blocks(note.text))
    return replace(note, text=text, format=Format.HTML)


def with_digits(rated: RatedNote) -> Note | None:
    """Return the note with digits that measure nothing: a line of ids, and bare figures after sentences."""

    def add(text: str, html: bool) -> str:
        if not html:
            lines = [f"{s}（{7 + i % 5}）" if _is_prose(s) else s for i, s in enumerate(text.split("\n"))]
            text = "\n".join(lines)
        return layout.add_paragraphs(text, html, STRAY_DIGITS, "")

    return _retext(rated.note, add)


def without(*kinds: ClaimKind) -> Callable[[RatedNote], Note | None]:
    """Return the change that takes away every passage some annotator marked as one of the kinds."""

    def cut(rated: RatedNote) -> Note | None:
        quotes = {c.quote for claims in rated.annotators for c in claims if c.kind in kinds}
        return _retext(rated.note, lambda text, _: _cut(text, quotes))

    return cut


CHANGES: tuple[Change, ...] = (
    Change("padding", "加客套话", Promise.SAME, padded),
    Change("marker_stuffing", "塞套话", Promise.SAME, stuffed),
    Change("renamed_headings", "换标题", Promise.SAME, renamed),
    Change("shuffled_sections", "章节倒序", Promise.SAME, shuffled),
    Change("traditional", "转繁体", Promise.SAME, traditional),
    Change("html", "转 HTML", Promise.SAME, as_html),
    Change("stray_digits", "塞数字", Promise.NOT_RAISED, with_digits),
    Change(
        "without_evidence",
        "删证据",
        Promise.NOT_RAISED,
        without(ClaimKind.EVIDENCE),
        (DimensionKey.CAUSE,),
        rests_from=4,
    ),
    Change(
        "without_causes",
        "删原因证据",
        Promise.NOT_RAISED,
        without(ClaimKind.CAUSE, ClaimKind.EVIDENCE),
        (DimensionKey.CAUSE,),
        rests_from=2,
    ),
)


def _with_paragraphs(note: Note, first: str, last: str) -> Note | None:
    return _retext(note, lambda text, html: layout.add_paragraphs(text, html, first, last))


def _retext(note: Note, change: Callable[[str, bool], str]) -> Note | None:
    text = change(note.text, layout.is_html(note.text, note.format))
    return replace(note, text=text) if text != note.text and text.strip() else None


def _is_prose(line: str) -> bool:
    """Tell whether a line is running text, not a heading, table row or blank."""
    return line.rstrip().endswith(("。", "；")) and "|" not in line and not line.startswith("#")


def _cut(text: str, quotes: set[str]) -> str:
    gone = bytearray(len(text))
    for quote in quotes:
        at = text.find(quote)
        if at >= 0:
            end = at + len(quote)
            while end < len(text) and text[end] in "，。；、,;":
                end += 1
            gone[at:end] = b"\1" * (end - at)
    return "".join(c for c, dropped in zip(text, gone, strict=True) if not dropped)


def _synonym(title: str) -> str:
    return _synonyms().get(title, title)


@cache
def _synonyms() -> dict[str, str]:
    """Map each known title to the next of its group."""
    data = (files("service.evaluation") / "data" / "headings.toml").read_text("utf-8")
    groups = tomllib.loads(data)["groups"]
    return {g[i]: g[(i + 1) % len(g)] for g in groups for i in range(len(g))}
