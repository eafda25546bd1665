"""The report as a page: what a reader finds in it, in which order, in which width."""

import io
from dataclasses import replace

import pytest
from rich.cells import cell_len
from rich.console import Console

from service.core.analysis import Analysis, EngineInfo
from service.core.document.model import Document, Format, identity_offsets
from service.core.finding import Edit, Finding, Fix, Severity
from service.core.reading import Reading
from service.core.rewrite import Blank, FactCheck, Rewrite
from service.core.score import DimensionKey, DimensionScore, Evidence, Highlight, NextLevel, Scores
from service.core.span import Span
from service.report.terminal import render

TEXT = "本周直播三场，人数都有记录\n社群活跃度有所提升\n下周继续优化"
VAGUE = Span(14, 23)


def dimension(key: DimensionKey, name: str, level: int) -> DimensionScore:
    """A score with a reason and a next step."""
    return DimensionScore(
        key,
        name,
        level,
        level * 20 - 10,
        f"{name}的理由",
        (),
        NextLevel(min(level + 1, 5), f"{name}的下一步"),
    )


def finding(rank: int) -> Finding:
    """A vague phrase with its question and a fix."""
    return Finding(
        id=f"f{rank}", rank=rank, fingerprint=f"p{rank}", code="D101", rule="vague-quantifier",
        severity=Severity.WARNING, dimension=DimensionKey.DATA, message=f"说法含糊{rank}", source="text",
        quote=TEXT[VAGUE.start : VAGUE.end], span=VAGUE, claims=(), question="从多少到多少？", detail={},
        fixes=(Fix("换成数字", (Edit(Span(19, 23), "从【待补】到【待补】"),)),),
    )  # fmt: skip


@pytest.fixture
def analysis() -> Analysis:
    """An analysis with a bit of everything."""
    starts, ends = identity_offsets(len(TEXT))
    document = Document(TEXT, Format.PLAIN, TEXT, TEXT, starts, ends)
    return Analysis(
        engine=EngineInfo("rules", "1.2.3"),
        reading=Reading(document, "user_ops", "weekly", (), ()),
        scores=Scores(
            2,
            36,
            (
                dimension(DimensionKey.DATA, "数据颗粒度", 3),
                dimension(DimensionKey.CAUSE, "根因深度", 1),
                dimension(DimensionKey.PLAN, "计划关联性", 2),
            ),
        ),
        highlights=(Highlight(DimensionKey.DATA, "直播写清了场次", (Evidence(Span(0, 6)),)),),
        findings=tuple(finding(rank) for rank in range(1, 6)),
        suppressed=0,
        rewrites=(
            Rewrite(
                id="r1", span=VAGUE, original="社群活跃度有所提升",
                rewritten="社群活跃度从【待补：上周值】升到【待补：本周值】", dimensions=(DimensionKey.DATA,),
                rationale="给出对比", findings=("f1",),
                blanks=(
                    Blank("b1", "【待补：上周值】", "上周是多少？"),
                    Blank("b2", "【待补：本周值】", "本周是多少？"),
                ),
                check=FactCheck(
                    scores_before={DimensionKey.DATA: 3}, scores_after={DimensionKey.DATA: 3},
                    scores_if_answered={DimensionKey.DATA: 4},
                ),
            ),
        ),
    )  # fmt: skip


def page(analysis: Analysis, *, width: int = 80, full: bool = False, colour: bool = False) -> str:
    """The report as printed."""
    out = io.StringIO()
    console = Console(
        file=out, width=width, force_terminal=colour, color_system="standard" if colour else None
    )
    render(analysis, {"D101": "模糊量词"}, console, full=full)
    return out.getvalue()


def test_report_tells_scores_note_praise_findings_rewrites_in_this_order(analysis: Analysis) -> None:
    """Praise comes before blame, the note before both, the scores first of all."""
    shown = page(analysis)
    marks = [
        "用户运营 · 周报",
        "数据颗粒度 ",
        "计划关联性 ",
        "原文",
        "写得好的地方",
        "最值得改的地方",
        "可以这样改写",
    ]
    places = [shown.index(mark) for mark in marks]
    assert places == sorted(places)


def test_score_has_its_bar_its_reason_and_its_next_step(analysis: Analysis) -> None:
    """Half a score is half a bar; reason and next step stand below."""
    lines = page(analysis).splitlines()
    at = next(i for i, line in enumerate(lines) if line.startswith("数据颗粒度"))
    assert lines[at].count("█") == lines[at].count("░") == 10
    assert "50 分 · 3 级" in lines[at]
    assert lines[at + 1].strip() == "数据颗粒度的理由"
    assert lines[at + 2].strip() == "到 4 级：数据颗粒度的下一步"


def test_only_the_findings_worth_mending_first_are_shown(analysis: Analysis) -> None:
    """Three findings at first, all of them with `full`."""
    assert "说法含糊3" in page(analysis)
    assert "说法含糊4" not in page(analysis)
    assert "共 5 处" in page(analysis)
    assert "说法含糊5" in page(analysis, full=True)


def test_finding_tells_its_name_passage_question_and_fix(analysis: Analysis) -> None:
    """A finding is whole: name, code, quote, message, question, fix."""
    shown = page(analysis)
    for part in ("模糊量词  D101 · 提醒", "“社群活跃度有所提升”", "问：从多少到多少？", "“有所提升” → "):
        assert part in shown


def test_rewrite_stands_before_and_after_with_its_blanks(analysis: Analysis) -> None:
    """Before, after, and one question a blank; what answering would bring."""
    shown = page(analysis)
    assert "− 社群活跃度有所提升" in shown
    assert "+ 社群活跃度从【待补：上周值】升到【待补：本周值】" in shown
    assert "【待补：本周值】 本周是多少？" in shown
    assert "数据颗粒度 3 → 3 级，补齐后 4 级" in shown


def test_plain_page_holds_no_escape_codes_and_brackets_the_passage(analysis: Analysis) -> None:
    """A pipe gets plain text that still tells where the findings are."""
    shown = page(analysis)
    assert "\x1b" not in shown
    assert "社群活跃度有所提升⟧¹" in shown


def test_coloured_page_underlines_the_passage(analysis: Analysis) -> None:
    """A terminal gets underlines instead of brackets."""
    shown = page(analysis, colour=True)
    assert "\x1b[4;33m社群活跃度有所提升" in shown
    assert "⟦" not in shown


def test_note_cannot_steer_the_terminal(analysis: Analysis) -> None:
    """Escape sequences in a note, a message or a rewrite arrive as dots."""
    evil = TEXT.replace("本周", "\x1b[2J", 1)
    document = replace(analysis.reading.document, text=evil)
    first = replace(analysis.findings[0], message="\x1b]0;x\x07")
    tainted = replace(
        analysis, reading=replace(analysis.reading, document=document), findings=(first,),
        rewrites=(replace(analysis.rewrites[0], rewritten="\x1b[31m红"),),
    )  # fmt: skip
    assert "\x1b" not in page(tainted, full=True)


@pytest.mark.parametrize("width", [40, 60, 80, 200])
def test_no_line_is_wider_than_the_terminal(analysis: Analysis, width: int) -> None:
    """Chinese characters count two cells; the page fits, and stays narrow on a very wide terminal."""
    widest = max(cell_len(line) for line in page(analysis, width=width).splitlines())
    assert widest <= min(width, 100)


def test_long_note_is_cut_to_the_lines_around_its_findings(analysis: Analysis) -> None:
    """Of a long note only the marked lines and their neighbours are shown, unless all is asked for."""
    text = TEXT + "\n例行工作" * 60
    starts, ends = identity_offsets(len(text))
    document = Document(text, Format.PLAIN, text, text, starts, ends)
    long = replace(analysis, reading=replace(analysis.reading, document=document))
    assert "略 60 行" in page(long)
    assert page(long, full=True).count("例行工作") == 60


def test_degraded_answer_says_so(analysis: Analysis) -> None:
    """Where the model failed, the reader is told who answered and why."""
    engine = EngineInfo("rules", "1.2.3", degraded=True, degraded_reason="超时")
    assert "大模型没能读这篇笔记（超时）" in page(replace(analysis, engine=engine))


def test_note_without_findings_is_told_so(analysis: Analysis) -> None:
    """Nothing to mend is said, not left out."""
    assert "没有发现需要改的地方" in page(replace(analysis, findings=(), rewrites=()))


def test_the_same_edit_is_told_once_with_its_count(analysis: Analysis) -> None:
    """Four tasks without a name get one line, and a blank is shown whole."""
    blank = "（上周【待补：上周的值】，目标【待补：目标值】）"
    fix = Fix("补上", tuple(Edit(Span(at, at), blank) for at in (3, 6, 9)))
    told = page(replace(analysis, findings=(replace(finding(1), fixes=(fix,)),)), width=100)
    assert told.count("【待补：目标值】") == 1
    assert "3 处都加上" in told


def test_quotation_marks_of_the_note_change_shape_inside_ours(analysis: Analysis) -> None:
    """“““零事故”看板”” can't be read."""
    told = page(replace(analysis, findings=(replace(finding(1), quote="“零事故运行”的看板归零"),)))
    assert "“‘零事故运行’的看板归零”" in told
