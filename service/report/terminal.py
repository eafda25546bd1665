"""An analysis as a page for a terminal: scores, the marked note, praise, findings, rewrites."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from itertools import groupby

from rich.console import Console
from rich.text import Text

from service.core.analysis import Analysis
from service.core.finding import Edit, Finding, Fix
from service.core.rewrite import Rewrite
from service.core.score import DimensionScore, Highlight
from service.report.labels import ENGINES, KINDS, SEVERITIES, dimension_name, role_name
from service.report.marked import COLOURS, marked
from service.report.printable import one_line, printable, wrap

TOP_FINDINGS = 3
TOP_REWRITES = 3
_LONG_NOTE = 40  # lines; of a longer one only the marked lines and their neighbours are shown
_BAR = 20
_MAX_WIDTH = 100


def render(analysis: Analysis, titles: Mapping[str, str], console: Console, *, full: bool = False) -> None:
    """Print the report; `titles` names the rules by code, `full` shows every finding and the whole note."""
    width = min(console.width, _MAX_WIDTH)
    plain = console.color_system is None
    shown = analysis.findings if full else analysis.findings[:TOP_FINDINGS]
    page = [
        *_title(analysis),
        *_scores(analysis, width),
        *_note(analysis, shown, width, plain=plain, full=full),
        *_highlights(analysis, width),
        *_findings(analysis, shown, titles, width),
        *_rewrites(analysis, width, full=full),
    ]
    for line in page:
        console.print(line, soft_wrap=True, highlight=False)


def _title(analysis: Analysis) -> Iterator[Text]:
    reading, engine = analysis.reading, analysis.engine
    name = ENGINES.get(engine.name, engine.name)
    by = f"{name} {engine.model}" if engine.model else f"{name} {engine.version}"
    kind = KINDS.get(reading.kind, reading.kind)
    yield Text.assemble((f"{role_name(reading.role)} · {kind}", "bold"), (f" · {by}", "dim"))
    if engine.degraded:
        yield Text(f"大模型没能读这篇笔记（{engine.degraded_reason}），以下由规则引擎给出", "yellow")


def _scores(analysis: Analysis, width: int) -> Iterator[Text]:
    scores = analysis.scores
    yield Text("")
    for dimension in scores.dimensions:
        yield _bar(dimension.name, dimension.score, dimension.level, width)
        yield from _indented(Text(dimension.reason), width, 2)
        yield from _indented(_next_step(dimension), width, 2)
    yield _bar("综合", scores.overall_score, scores.overall_level, width)


def _bar(name: str, score: int, level: int, width: int) -> Text:
    cells = min(_BAR, max(5, width - 26))  # name and figures take 26
    filled = round(score / 100 * cells)
    colour = ("red", "red", "yellow", "green", "green")[level - 1]
    # The longest name is five characters wide: 数据颗粒度, 计划关联性.
    return Text.assemble(
        (name + "　" * (5 - len(name)), "bold"),
        " ",
        ("█" * filled, colour),
        ("░" * (cells - filled), "dim"),
        (f" {score:3d}", "bold"),
        f" 分 · {level} 级",
    )


def _next_step(dimension: DimensionScore) -> Text:
    lead = f"到 {dimension.next.level} 级：" if dimension.next.level > dimension.level else "再进一步："
    return Text.assemble((lead, "bold"), dimension.next.advice, style="dim")


def _note(
    analysis: Analysis, shown: Sequence[Finding], width: int, *, plain: bool, full: bool
) -> Iterator[Text]:
    text = marked(analysis.reading.document.text, shown, plain=plain)
    text.rstrip()
    lines = list(text.split("\n", allow_blank=True))
    yield from _heading("原文")
    kept = _worth_showing(lines, full)
    for is_kept, run in groupby(range(len(lines)), key=kept.__contains__):
        block = list(run)
        if not is_kept:
            yield Text(f"  …（略 {len(block)} 行，--full 看全文）", "dim")
            continue
        for at in block:
            yield from _indented(lines[at], width, 2)


def _worth_showing(lines: Sequence[Text], full: bool) -> set[int]:
    if full or len(lines) <= _LONG_NOTE:
        return set(range(len(lines)))
    marks = [at for at, line in enumerate(lines) if line.spans] or [0]
    return {at + step for at in marks for step in (-1, 0, 1)}


def _highlights(analysis: Analysis, width: int) -> Iterator[Text]:
    if not analysis.highlights:
        return
    yield from _heading("写得好的地方")
    for highlight in analysis.highlights:
        yield from _indented(Text(printable(highlight.message)), width, 4, Text("  ✓ ", "bold green"))
        quoted = _quotes(analysis, highlight)
        if quoted:
            yield from _indented(Text(quoted, "dim"), width, 4)


def _quotes(analysis: Analysis, highlight: Highlight) -> str:
    document = analysis.reading.document
    return "　".join(_quoted(document.quote(e.span), 40) for e in highlight.evidence[:2])


def _quoted(text: str, cells: int) -> str:
    return "“" + one_line(text, cells).replace("“", "‘").replace("”", "’") + "”"


def _findings(
    analysis: Analysis, shown: Sequence[Finding], titles: Mapping[str, str], width: int
) -> Iterator[Text]:
    total = len(analysis.findings)
    if not total:
        yield from _heading("没有发现需要改的地方")
        return
    rest = f"（共 {total} 处，--full 看全部）" if total > len(shown) else f"（共 {total} 处）"
    yield from _heading("最值得改的地方" if total > len(shown) else "可以改的地方", rest)
    for finding in shown:
        yield from _finding(analysis, finding, titles.get(finding.code, finding.rule), width)
    if analysis.suppressed:
        yield Text(f"  另有 {analysis.suppressed} 处已按设置隐藏，不影响分数", "dim")


def _finding(analysis: Analysis, finding: Finding, title: str, width: int) -> Iterator[Text]:
    colour = COLOURS[finding.severity]
    yield Text.assemble(
        (f" {finding.rank:2d} ", f"bold {colour}"),
        (title, "bold"),
        (f"  {finding.code} · {SEVERITIES[finding.severity]}", "dim"),
    )
    where = "上期：" if finding.source == "previous" else ""
    if finding.quote and (where or finding.quote not in finding.message):
        yield from _indented(Text(where + _quoted(finding.quote, 60), colour), width, 4)
    yield from _indented(Text(printable(finding.message)), width, 4)
    if finding.question:
        yield from _indented(Text(printable(finding.question), "italic"), width, 8, Text("    问：", "bold"))
    for fix in finding.fixes:
        change = _change(analysis.reading.document.text, fix)
        yield from _indented(Text(change), width, 8, Text("    改：", "bold green"))


def _change(text: str, fix: Fix) -> str:
    told = Counter(_edit(text, edit) for edit in fix.edits)
    edits = (f"{times} 处都{edit}" if times > 1 else edit for edit, times in told.items())
    return f"{printable(fix.title)}（{'；'.join(edits)}）"


def _edit(text: str, edit: Edit) -> str:
    old = one_line(text[edit.span.start : edit.span.end], 40)
    new = one_line(edit.new_text, 60)
    if not old:
        return f"加上“{new}”"
    return f"“{old}” → “{new}”" if new else f"删去“{old}”"


def _rewrites(analysis: Analysis, width: int, *, full: bool) -> Iterator[Text]:
    shown = analysis.rewrites if full else analysis.rewrites[:TOP_REWRITES]
    if not shown:
        return
    total = len(analysis.rewrites)
    yield from _heading(
        "可以这样改写",
        f"（共 {total} 处，--full 看全部）" if total > len(shown) else "（不编造事实，缺的留空）",
    )
    for rewrite in shown:
        yield from _rewrite(rewrite, width)


def _rewrite(rewrite: Rewrite, width: int) -> Iterator[Text]:
    yield from _indented(Text(printable(rewrite.original), "dim"), width, 4, Text("  − ", "bold red"))
    after = Text(printable(rewrite.rewritten))
    for blank in rewrite.blanks:
        after.highlight_words([blank.token], "bold magenta")
    yield from _indented(after, width, 4, Text("  + ", "bold green"))
    yield from _indented(Text(printable(rewrite.rationale), "dim"), width, 4)
    for blank in rewrite.blanks:
        line = Text.assemble((blank.token, "bold magenta"), f" {printable(blank.question)}")
        yield from _indented(line, width, 6, Text("    "))
    gain = _gain(rewrite)
    if gain:
        yield Text(f"    {gain}", "green")


def _gain(rewrite: Rewrite) -> str:
    check = rewrite.check
    parts = []
    for key, before in check.scores_before.items():
        after = check.scores_after.get(key, before)
        answered = check.scores_if_answered.get(key, after)
        if after > before or answered > before:
            tail = f"，补齐后 {answered} 级" if answered > after else ""
            parts.append(f"{dimension_name(key)} {before} → {after} 级{tail}")
    return "；".join(parts)


def _heading(title: str, note: str = "") -> Iterator[Text]:
    yield Text("")
    yield Text.assemble((title, "bold underline"), (note, "dim"))


def _indented(text: Text, width: int, indent: int, first: Text | None = None) -> Iterator[Text]:
    lead = first if first is not None else Text(" " * indent)
    for line in wrap(text, width - indent):
        yield lead + line if line or first is not None else line
        lead = Text(" " * indent)
