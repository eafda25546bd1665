"""Running logs: deeds regrouped by module with outcomes first, or the outcome asked for behind a deed."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from service.core.document.model import Format, LineKind
from service.core.numbers.model import NumberKind
from service.core.reading import ClaimKind, SectionKind
from service.core.rewrite import RewriteDraft
from service.core.score import DimensionKey
from service.core.span import Span
from service.rules.rewrite.pen import Candidate, Pen, quoted
from service.rules.rewrite.scene import Scene
from service.rules.rewrite.wording import modules

_MOST = 2
_DAYS = 3  # so many days in a row make a log
_ASKED = 2  # outcomes asked for in one regrouped log; the rest would be a form to fill in
_REST = "还有"  # "其他" would read as the heading of an aside
_INSIDE = "团队与内部"  # nobody asks what came of a morning meeting
_DATA = (DimensionKey.DATA,)
_SAMPLES = ("新增咨询 24 人，上周 19 人", "按时交付 18 单，上周 15 单")
# "周一:", "周二 ", "星期三、"; not "周一下班前"
_DAY = re.compile(r"(?P<day>(?:周|星期|礼拜)[一二三四五六日天])(?:[:,，、\s—-]+|(?=[^一-鿿]))")
_ITEM = re.compile(r"[^。；;\n]+")


@dataclass(frozen=True, slots=True)
class _Item:
    """One thing done, on which day, and whether it tells a figure that came of it."""

    words: str
    day: str
    module: str
    has_outcome: bool


def candidates(scene: Scene) -> Iterator[Candidate]:
    """Yield the regrouped log where the note goes day by day; else drafts for the first bare deeds."""
    if not any(f.code in ("S401", "S402") for f in scene.findings):
        return
    regrouped = _regrouped(scene)
    if regrouped is not None:
        yield Candidate(4.0, regrouped)
    found = 0
    deeds = [c for c in scene.reading.of(ClaimKind.ACTIVITY) if not scene.in_row(c)]
    for claim in sorted(deeds, key=lambda c: -sum(m.is_workload for m in c.metrics)):
        passage = scene.passage(claim)
        if passage is None or len(passage) < 4 or "=" in scene.view(passage):
            continue
        yield Candidate(2.0 - 0.1 * found, _outcome(scene, passage, found))
        found += 1
        if found == _MOST:
            return


def _outcome(scene: Scene, passage: Span, nth: int) -> RewriteDraft:
    pen, words = Pen(scene), scene.document.words(passage)
    question = f"{quoted(words)}带来了什么变化，用一个数说，和{scene.last}比怎么样？"
    now = pen.blank(f"什么变化、比{scene.last}怎样", question, _SAMPLES[nth])
    why = "做了什么已经写清楚，再写一句带来了什么，这份力气才看得见。"
    form = scene.form("log", "outcome").format(x=words, now=now)
    return pen.draft(passage, form, _DATA, why, ("S401", "S402", "D101"))


def _regrouped(scene: Scene) -> RewriteDraft | None:
    """Return the log told by module, each item with its day; None where there is no log to regroup."""
    days = _day_lines(scene)
    if len(days) < _DAYS:
        return None
    items = [item for line, mark in days for item in _items(scene, line, mark)]
    groups: dict[str, list[_Item]] = {}
    for item in items:
        groups.setdefault(item.module, []).append(item)
    if len(groups) < 2 or not any(len({i.day for i in group}) > 1 for group in groups.values()):
        return None
    first, last = days[0][0], days[-1][0]
    lines = scene.document.lines
    span = Span(lines[first].span.start, scene.trimmed(lines[last].span).end)
    pen = Pen(scene)
    ordered = sorted(groups.items(), key=lambda g: (g[0] == _REST, -sum(i.has_outcome for i in g[1])))
    told = [_told(pen, name, group) for name, group in ordered]
    if not pen.blanks:
        told[0] += _before(pen, ordered[0][0])
    why = "同一类的事放在一起、结果写在前面，读的人一眼看到做成了什么；日期都还在。"
    return pen.draft(span, _separator(scene, first).join(told), _DATA, why, ("S401",))


def _day_lines(scene: Scene) -> list[tuple[int, re.Match[str]]]:
    """Return the lines in a row that open with a day, outside the plan part."""
    found: list[tuple[int, re.Match[str]]] = []
    plans = [s for s in scene.reading.sections if s.kind is SectionKind.PLANS]
    for at, line in enumerate(scene.document.lines):
        text = scene.view(line.span)
        match = _DAY.match(text)
        planned = any(s.first_line <= at <= s.last_line for s in plans)
        if match is None or planned or line.kind not in (LineKind.TEXT, LineKind.ITEM):
            if found and len(found) >= _DAYS:
                break
            found = []
            continue
        found.append((at, match))
    return found


def _items(scene: Scene, line: int, mark: re.Match[str]) -> Iterator[_Item]:
    start = scene.document.lines[line].span.start
    text = scene.view(scene.document.lines[line].span)
    for piece in _ITEM.finditer(text, mark.end()):
        span = scene.trimmed(Span(start + piece.start(), start + piece.end()))
        if len(span) >= 2:
            day = scene.document.words(Span(start + mark.start("day"), start + mark.end("day")))
            yield _Item(scene.document.words(span), day, _module(scene.view(span)), _has_outcome(scene, span))


def _module(text: str) -> str:
    best, name = 0, _REST
    for module, words in modules():
        hits = sum(word in text for word in words)
        if hits > best:
            best, name = hits, module
    return name


def _has_outcome(scene: Scene, span: Span) -> bool:
    return any(span.covers(n.span) and n.kind is NumberKind.MEASURE for n in scene.reading.numbers)


def _told(pen: Pen, name: str, group: list[_Item]) -> str:
    """Return one module's line: items with figures first, an outcome asked for where none has any."""
    scene = pen.scene
    ordered = sorted(group, key=lambda i: not i.has_outcome)
    words = "；".join(f"{i.words}（{i.day}）" for i in ordered)
    if not any(i.has_outcome for i in group) and len(pen.blanks) < _ASKED and name not in (_REST, _INSIDE):
        question = f"“{name}”这几件事带来了什么，用一个数说，和{scene.last}比怎么样？"
        sample = _SAMPLES[len(pen.blanks)]
        words += scene.own("；结果：") + pen.blank(f"{name}做成了什么、比{scene.last}怎样", question, sample)
    return f"{scene.own(name)}：{words}"


def _before(pen: Pen, name: str) -> str:
    """Ask for the main figure of the period before, where every module tells figures already."""
    scene = pen.scene
    question = f"“{name}”里最主要的那个数，{scene.last}是多少？"
    return f"；{scene.last}{scene.own('这块')}：" + pen.blank(
        f"{scene.last}最主要的数", question, "成交 7 单"
    )


def _separator(scene: Scene, line: int) -> str:
    """Return what parts the new lines: a line end, and in Markdown the list marker of the first."""
    first = scene.document.lines[line]
    marked = first.kind is LineKind.ITEM and scene.document.format is Format.MARKDOWN
    return f"\n{first.marker} " if marked and first.marker in ("-", "*", "+") else "\n"
