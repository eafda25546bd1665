"""Plain text: every line is found, its marker told from its words."""

import pytest

from service.core.document import Document, Format, LineKind, parse


def told(document: Document) -> list[tuple[str, int, str, str]]:
    """Return kind, level, marker and words of every line."""
    return [(line.kind.value, line.level, line.marker, document.slice(line.span)) for line in document.lines]


def plain(text: str) -> list[tuple[str, int, str, str]]:
    """Parse as plain text and tell the lines."""
    return told(parse(text, Format.PLAIN))


def test_simple_text_maps_to_itself() -> None:
    """A text with nothing to fold is its own view, and each character maps to itself."""
    text = "本周完成3场直播。\n下周再开2场"
    document = parse(text)
    assert document.format is Format.PLAIN
    assert document.view == text
    assert list(document.starts) == list(range(len(text)))
    assert list(document.ends) == list(range(1, len(text) + 1))


def test_folded_view_is_lower_case_in_ascii_only() -> None:
    """The folded view lowers ASCII letters and keeps its length."""
    document = parse("GMV 涨了 İΣ")
    assert document.folded == "gmv 涨了 İΣ"
    assert len(document.folded) == len(document.view)


def test_quotes_are_the_raw_slice() -> None:
    """A quote covers what folding and dropping changed, exactly as sent."""
    text = "转化\u200b率：１２％\r\n版權(quán)問題"
    document = parse(text)
    assert document.view == "转化率:12%\n版权问题"
    for line, raw in zip(document.lines, ("转化\u200b率：１２％", "版權(quán)問題"), strict=True):
        assert document.quote(line.span) == raw


@pytest.mark.parametrize(
    ("line", "marker", "words"),
    [
        ("1.完成企业微信认证", "1.", "完成企业微信认证"),
        ("1、开团22场，新拉群3个", "1、", "开团22场，新拉群3个"),
        ("12) 拉新", "12)", "拉新"),
        ("3：复盘", "3:", "复盘"),
        ("（1）培训群主", "(1)", "培训群主"),
        ("①改文案", "①", "改文案"),
        ("❷ 改封面", "❷", "改封面"),
        ("1️⃣ 改封面", "1\u20e3", "改封面"),
        ("二、三场直播都播完了，效果一般", "", "二、三场直播都播完了，效果一般"),
        ("二、直播三场都播完了，效果一般", "二、", "直播三场都播完了，效果一般"),
        ("（三）直播三场都播完了，效果一般", "(三)", "直播三场都播完了，效果一般"),
        ("-晚到的事继续推进", "-", "晚到的事继续推进"),
        ("— 晚到的事", "—", "晚到的事"),
        ("* 晚到的事", "*", "晚到的事"),
        ("·晚到的事", "·", "晚到的事"),
        ("• 晚到的事", "•", "晚到的事"),
        ("■ 晚到的事", "■", "晚到的事"),
        ("P0｜改入口", "P0|", "改入口"),
        ("P1: 改入口", "P1:", "改入口"),
        ("【P2】改入口", "【P2】", "改入口"),
        ("1. P0 改入口", "1. P0", "改入口"),
        ("- [ ] 改入口", "- [ ]", "改入口"),
        ("a) 改入口", "a)", "改入口"),
        ("B、改入口", "B、", "改入口"),
        ("KR1：留存到 30%", "KR1:", "留存到 30%"),
        ("1.2.1、改入口", "1.2.1、", "改入口"),
        ("1.\t改入口", "1.", "改入口"),
    ],
)
def test_marker_is_told_from_the_words(line: str, marker: str, words: str) -> None:
    """List markers people type are taken off the line and kept as its marker."""
    [(kind, _, found, text)] = plain(line)
    assert (found, text) == (marker, words)
    assert kind == ("item" if marker else "text")


@pytest.mark.parametrize(
    "line",
    [
        "11.4-11.17 上海 6 店降价",
        "1.2w 用户看了直播",
        "9/18 拿 38 篇做了对照",
        "30 天内到期的分批回访",
        "9:30 开会定了方案",
        "1:2.1 的投产比",
        "-5%的降幅，没拦住",
        "+20% 的涨幅来自老客",
        "A、B 群还在掉人",
        "2、3月的数据补上了",
        "P0、P1 需求都上线了",
        "e.g. 会员日的海报",
        "（2024）年度合同签了",
        "**重点**还是拉新",
        "1.5倍于上周",
    ],
)
def test_what_only_looks_like_a_marker_stays(line: str) -> None:
    """Dates, times, amounts, ratios and enumerated groups at the head of a line are words."""
    [(kind, _, marker, _)] = plain(line)
    assert (kind, marker) == ("text", "")


def test_a_number_right_behind_a_marker_counts_in_a_list() -> None:
    """ "1.11月方案" is an item where the list goes on with 2, and a date or amount where it does not."""
    assert [m for _, _, m, _ in plain("1.11月方案定稿了\n2.30份问卷收回")] == ["1.", "2."]
    assert [m for _, _, m, _ in plain("1.11月方案定稿了\n问卷收回30份了")] == ["", ""]


def test_items_nest_by_indent_and_by_style() -> None:
    """A deeper indent or a lesser marker is a deeper item; a marker met before closes what it held."""
    text = "本周工作：\n1、拉新\n（1）投放\n（2）裂变\n2、留存\n  - 早报\n    - 排版\n  - 晚报\n3、变现"
    assert [(m, level) for kind, level, m, _ in plain(text) if kind == "item"] == [
        ("1、", 1), ("(1)", 2), ("(2)", 2), ("2、", 1), ("-", 2), ("-", 3), ("-", 2), ("3、", 1),
    ]  # fmt: skip


def test_blocks_part_at_empty_lines_and_rules() -> None:
    """Lines share a block until an empty line or a rule; neither of these is a line."""
    document = parse("甲做了\n乙做了\n\n丙做了\n------\n丁做了", Format.PLAIN)
    blocks = [line.block for line in document.lines]
    assert [document.slice(line.span) for line in document.lines] == ["甲做了", "乙做了", "丙做了", "丁做了"]
    assert blocks[0] == blocks[1] < blocks[2] < blocks[3]


def test_a_bracketed_or_ruled_part_is_a_heading() -> None:
    """ "【本周成果】", "—— 下周 ——" and "## 问题" head what follows, without their decoration."""
    text = "【本周成果】\n做了三场直播\n—— 下周 ——\n再做三场\n##问题\n人少"
    headings = [(level, words) for kind, level, _, words in plain(text) if kind == "heading"]
    assert headings == [(2, "本周成果"), (2, "下周"), (2, "问题")]


def test_numbered_parts_are_headings() -> None:
    """ "一、本周工作" heads a part; a sentence or a row of short items behind such a number does not."""
    assert plain("一、本周工作\n开团22场\n二、问题\n人少了")[0] == ("heading", 2, "一、", "本周工作")
    assert plain("一、拉新\n二、留存\n三、变现")[0][0] == "item"
    assert plain("一、本周开团22场，成交4w\n二、人少了")[0][0] == "item"
    parts = plain("1、本周工作\n开团22场，都满了。\n2、存在问题\n人少了，没查原因。")
    assert [kind for kind, *_ in parts] == ["heading", "text", "heading", "text"]


@pytest.mark.parametrize("line", ["本周工作：", "下周先把这俩弄掉——", "next:", "盘子（截至周五 18:00）："])
def test_a_short_line_that_opens_is_a_heading(line: str) -> None:
    """A short line that ends in a colon or a dash heads what follows."""
    assert plain(line + "\n拉新 120 人，都进群了")[0][:2] == ("heading", 3)


@pytest.mark.parametrize("line", ["彩妆少了 1.8w：", "点击没涨、注册涨了，摊开看：", "投递：周二前换链接"])
def test_a_line_that_states_something_is_no_heading(line: str) -> None:
    """A figure, a comma or words behind the colon make it a statement."""
    assert plain(line + "\n按渠道看一遍，再按品类看")[0][0] == "text"


def test_a_bare_line_heads_a_list_but_not_a_heading() -> None:
    """A short line above a list is its heading; the same line under a heading is what that one heads."""
    assert plain("下周\n-改文案\n-改封面")[0] == ("heading", 3, "", "下周")
    assert plain("一、问题\n转化低\n二、下周计划\n-改文案")[1] == ("text", 0, "", "转化低")


def test_a_first_line_with_dates_or_report_is_the_title() -> None:
    """The first line names the note when it holds a period or the word; a statement does not."""
    assert plain("8.18-8.24  猫主子研究所（抖音）\n涨粉了")[0][:2] == ("heading", 2)
    assert plain("W47 投放:消耗4.5w回11.7w,ROI 2.6\n涨粉了")[0][0] == "text"


def test_the_empty_text_has_no_lines() -> None:
    """Nothing and blank space give a document without lines."""
    for text in ("", " \n\t\n", "\u200b"):
        assert parse(text).lines == ()


def test_kinds_have_no_surprises() -> None:
    """Plain text knows text, headings, items and rows only."""
    kinds = {line.kind for line in parse("> 引用\n```\ncode\n```\n正文", Format.PLAIN).lines}
    assert kinds <= {LineKind.TEXT, LineKind.HEADING, LineKind.ITEM, LineKind.ROW}
