"""Tables without markup, reports flattened into one line, comments that suppress."""

import pytest

from service.core.document import Document, Format, parse
from service.core.span import Span


def told(document: Document) -> list[tuple[str, int, str, str]]:
    """Return kind, level, marker and words of every line."""
    return [(line.kind.value, line.level, line.marker, document.slice(line.span)) for line in document.lines]


def cells(document: Document) -> list[list[str]]:
    """Return the words of every row's cells."""
    return [[document.slice(cell) for cell in line.cells] for line in document.lines if line.cells]


def test_a_pasted_sheet_is_a_table() -> None:
    """Lines parted by tabs are rows, empty cells kept; the head is told from the figures."""
    document = parse("数据如下\n渠道\t消耗\tROI\n短信\t\t2.8\n社群\t18w\t2.5\n以上都是自然周", Format.PLAIN)
    assert cells(document) == [["渠道", "消耗", "ROI"], ["短信", "", "2.8"], ["社群", "18w", "2.5"]]
    assert [table.has_head for table in document.tables] == [True]


def test_an_indented_sheet_has_no_empty_column() -> None:
    """A tab before every row indents the table."""
    assert cells(parse("\t留存\t30%\n\t转化\t2%", Format.PLAIN)) == [["留存", "30%"], ["转化", "2%"]]


@pytest.mark.parametrize("text", ["1.\t完成甲\n2.\t完成乙", "甲\t乙", "P0｜改入口\nP1｜改文案", "\t甲\n\t乙"])
def test_tabs_and_bars_that_part_nothing_are_no_table(text: str) -> None:
    """A tab behind a marker or an indent, one line alone, or a priority with its bar is no table."""
    assert parse(text, Format.PLAIN).tables == ()


def test_bars_make_rows_without_a_rule() -> None:
    """Lines with as many bars each are rows, in plain text, with a rule under the first or without."""
    assert cells(parse("渠道 | 消耗 | ROI\n短信 | 42w | 2.8", Format.PLAIN)) == [
        ["渠道", "消耗", "ROI"],
        ["短信", "42w", "2.8"],
    ]
    ruled = parse("| 甲 | 乙 |\n|---|---|\n| 1 | 2 |", Format.PLAIN)
    assert cells(ruled) == [["甲", "乙"], ["1", "2"]]
    assert ruled.tables[0].has_head


def test_a_table_flattened_into_one_line_opens_up() -> None:
    """Head, rule and rows run together are told apart by the rule's width; the words around are lines."""
    text = "数据 | 渠道 | 消耗 | | --- | --- | | 短信 | 42w | | 社群 | | 以上为本周，整体平稳，下周跟进页面。"
    document = parse(text)
    assert cells(document) == [["渠道", "消耗"], ["短信", "42w"], ["社群", ""]]
    assert [document.slice(line.span) for line in document.lines if not line.cells] == [
        "数据", "以上为本周，整体平稳，下周跟进页面。",
    ]  # fmt: skip


def test_a_report_flattened_into_one_line_opens_up() -> None:
    """Headings and bullets of a scraped report are lines again."""
    text = "# 周报 W42 ## 本周成果 - 完成会员日，拉新1200人 - 播了三场 "
    text += "## 问题 转化率只有2%，落地页慢 ## 下周 1. 改页面 2. 再播"
    assert told(parse(text)) == [
        ("heading", 2, "", "周报 W42"),
        ("heading", 2, "", "本周成果"),
        ("item", 1, "-", "完成会员日，拉新1200人"),
        ("item", 1, "-", "播了三场"),
        ("heading", 2, "", "问题"),
        ("text", 0, "", "转化率只有2%，落地页慢"),
        ("heading", 2, "", "下周"),
        ("item", 1, "1.", "改页面"),
        ("item", 1, "2.", "再播"),
    ]


@pytest.mark.parametrize(
    "text",
    [
        "一、本周工作：完成会员日活动，GMV 86w，环比+20%。二、存在问题：短信点击率1.2%，低于上周1.9%。",
        "【本周工作】完成会员日活动，GMV 86w，环比+20%。【存在问题】短信点击率1.2%，低于上周1.9%。",
    ],
)
def test_parts_in_one_line_are_headed(text: str) -> None:
    """ "一、…二、…" and "【…】…【…】…" in one line are parts with their headings."""
    document = parse(text)
    assert [document.slice(line.span) for line in document.lines] == [
        "本周工作",
        "完成会员日活动，GMV 86w，环比+20%。",
        "存在问题",
        "短信点击率1.2%，低于上周1.9%。",
    ]


def test_a_short_list_in_a_line_stays_a_line() -> None:
    """ "一、拉新；二、留存" within a sentence is cut by nobody but segment()."""
    document = parse("本周重点盯了几件事，按先后排了一下顺序：一、拉新；二、留存；三、变现，都在表里。")
    assert len(document.lines) == 1


@pytest.mark.parametrize("format", [Format.PLAIN, Format.MARKDOWN, Format.HTML])
def test_suppressions_are_found_and_never_shown(format: Format) -> None:
    """Comments that disable and enable are told with raw spans, in every format, and are not in the view."""
    text = "<!-- notecoach-disable D101 d103 -->效果不错<!--notecoach-enable D101-->，很好<!-- note -->"
    document = parse(text, format)
    first, second = document.suppressions
    assert (first.codes, first.disable, text[first.span.start : first.span.end]) == (
        ("D101", "D103"), True, "<!-- notecoach-disable D101 d103 -->",
    )  # fmt: skip
    assert (second.codes, second.disable) == (("D101",), False)
    assert "notecoach" not in document.view
    assert "效果不错，很好" in document.view


def test_disabling_the_next_line_ends_there() -> None:
    """disable-next-line holds to the end of the line after the comment; without codes it means all."""
    text = "甲\n<!-- notecoach-disable-next-line -->\n乙做了\n丙做了"
    first, second = parse(text).suppressions
    assert (first.codes, first.disable) == ((), True)
    assert (second.span, second.disable) == (Span(text.index("\n丙"), text.index("\n丙")), False)


def test_other_comments_suppress_nothing() -> None:
    """A comment of another tool, or a misspelt one, is none of ours."""
    assert parse("<!-- disable D101 --><!-- notecoach-disabled D101 -->").suppressions == ()
