"""Tells headings from what they head, in notes that mark them by a number, brackets, a colon or bold type."""

import re
import tomllib
from functools import cache
from importlib.resources import files
from typing import NamedTuple

from service.core.span import Span

# Matches "11.18-11.24", "W47", "第3周", "10月"; must not match "38 店", "4.5w", "12%".
_DATE = re.compile(
    r"\d{1,2}[./]\d{1,2}\s?[-~–—至到]\s?(?:\d{1,2}[./])?\d{1,2}(?!\d)|(?<!\d)\d{4}-\d{4}(?!\d)"
    r"|(?:20)?\d{2}年|[WwQq]\d{1,2}|第\s?\d{1,2}\s?[周期季]|\d{1,2}\s?[月日号](?:份)?|20\d\d"
    r"|\d{1,4}[./-]\d{1,2}(?:[./-]\d{1,2})?(?![%\dw万k])"
    r"|5\s?[Ww]hy|(?:OKR|KR|KPI|[Vv])\d+(?:\.\d+)*|双\d{2}|618"
)
# Matches "9/18", "11.4"; must not match "W47"
_DAY = re.compile(r"\d[./-]\d")
_DIGIT = re.compile(r"\d")
# Matches "，" and "→"; must not match "、" ("问题、原因与改进" is one heading).
_MARK = re.compile("[，。；！？,;!?→←…]")
# Matches "投放周报", "10月复盘"; must not match "汇报了进度".
_REPORT = re.compile("[日周月季年]报|总结|复盘|纪要")
# Matches "W47", "第3周", "11.11-11.17"; must not match "11.4 上海".
_PERIOD = re.compile(
    r"[WwQq]\d{1,2}(?!\d)|第\s?\d{1,2}\s?[周季]|\d{1,2}[./]\d{1,2}\s?[-~–—至到]|\d{1,2}月(?:份)?$"
)
# Matches "【本周成果】", "[问题]:"; must not match "【提醒】周五交".
_BRACKETED = re.compile(r"[【〖\[]\s*([^【】〖〗\[\]]{1,24}?)\s*[】〗\]]\s*:?$")
# Matches "—— 下周 ——", "== 问题 =="; must not match "----".
_DECORATED = re.compile(
    r"[-—–=~_*·#◆■★☆]{2,}\s*([^-—–=~_*·#◆■★☆\s][^—–=~_*#◆■★☆]{0,23}?)\s*[-—–=~_*·#◆■★☆]{2,}$"
)
# Matches "##问题", "# 周报 #"; must not match "#话题# 很热".
_HASHES = re.compile(r"(#{1,6})\s*([^#\s][^#]{0,79}?)\s*#*$")
# Matches "(截至周五 18:00)" at the end of "盘子(截至周五 18:00)".
_ASIDE = re.compile(r"\s*[(（【][^()（）【】]{1,40}[)）】]\s*:?$")
_TAIL = re.compile(r"\s*(?::|——?|-{2,})\s*$")
_FRAMES = frozenset("【〖[-—–=~_*·#◆■★☆")
_TAILS = frozenset(":—-")
_LONGEST = 100  # no heading is longer, and none of the patterns above need fear a megabyte
_PARTICLES = "了吧呢啊哦嘛吗呀的着过啦"


class Heading(NamedTuple):
    """A heading: its words, its rank, and whether the rank is sure (`##`, "一、") or by comparison."""

    span: Span
    level: int
    firm: bool


def strip_heading(view: str, span: Span) -> Span:
    """Take brackets, rules and a closing colon off a heading's words."""
    text = view[span.start : span.end]
    if len(text) > _LONGEST:
        return span
    if text[:1] in _FRAMES and (match := _BRACKETED.match(text) or _DECORATED.match(text)):
        return Span(span.start + match.start(1), span.start + match.end(1))
    if text[-1:] in _TAILS and (tail := _TAIL.search(text)) and tail.start() > 0:
        return Span(span.start, span.start + tail.start())
    return span


def read_heading(view: str, span: Span) -> Heading | None:
    """Return the heading that a line is by its own looks: "## x", "【x】", "—— x ——", "x:"."""
    text = view[span.start : span.end]
    if len(text) > _LONGEST or not (text[0] in _FRAMES or text[-1] in _TAILS):
        return None
    if text[0] == "#" and (hashes := _HASHES.match(text)):
        inner = Span(span.start + hashes.start(2), span.start + hashes.end(2))
        return Heading(strip_heading(view, inner), len(hashes[1]), True)
    if text[0] in _FRAMES and (_BRACKETED.match(text) or _DECORATED.match(text)):
        return Heading(strip_heading(view, span), 2, True)
    if text[-1] in _TAILS and (tail := _TAIL.search(text)) and is_short(text[: tail.start()], 16):
        return Heading(Span(span.start, span.start + tail.start()), 3, False)
    return None


def read_bold(view: str, span: Span, lead: int, first: bool) -> Heading | None:
    """Return the heading that a line in bold type is, up to an aside in brackets."""
    if len(span) > _LONGEST:
        return None
    rest = view[lead : span.end].strip(" :\t")
    if rest and not _ASIDE.fullmatch(rest):
        return None
    inner = strip_heading(view, Span(span.start, min(lead, span.end)))
    text = view[inner.start : inner.end].strip()
    if not text or len(text) > 40 or any(mark in text for mark in "。；;！!？?"):
        return None
    if first and is_title(text):
        return Heading(inner, 2, False)
    if len(text) > 24 or (has_figures(text) and not is_title(text)):
        return None
    return Heading(inner, 3, False)


def is_title(text: str) -> bool:
    """Tell whether a first line names the note: "W47 投放周报", "8.18-8.24 猫主子研究所"."""
    if len(text) > 40 or ":" in text or _MARK.search(text):
        return False
    return bool(_REPORT.search(text)) or (bool(_PERIOD.search(text)) and not has_figures(text))


def is_short(text: str, longest: int) -> bool:
    """Tell whether words could head something: few, unbroken, and stating no figure."""
    if len(text) > _LONGEST:
        return False
    if text[-1:] in ")】":
        text = _ASIDE.sub("", text).strip()
    return 0 < len(text) <= longest and not _MARK.search(text) and not has_figures(text) and ":" not in text


def is_bare(text: str) -> bool:
    """Tell whether a line could head a list: "盘子(截至周五)"; not "没动静了", "9/18 拿数"."""
    return text[-1] not in _PARTICLES and not _DAY.search(_ASIDE.sub("", text))


def is_named(text: str) -> bool:
    """Tell whether a short line calls itself a part: "数据情况", "下周"; not "转化低"."""
    return is_short(text, 10) and _ASIDE.sub("", text).rstrip().endswith(_tails())


@cache
def _tails() -> tuple[str, ...]:
    """Return the packaged words that a part's name ends with."""
    file = files("service.core.document") / "data" / "heading_words.toml"
    return tuple(tomllib.loads(file.read_text("utf-8"))["tails"])


def has_figures(text: str) -> bool:
    """Tell whether words hold a number that is no date."""
    return bool(_DIGIT.search(text)) and bool(_DIGIT.search(_DATE.sub("", text)))
