"""Markdown: the view is the rendered text, quotes are the raw slices."""

import pytest

from service.core.document import Document, Format, parse


def told(document: Document) -> list[tuple[str, int, str, str]]:
    """Return kind, level, marker and words of every line."""
    return [(line.kind.value, line.level, line.marker, document.slice(line.span)) for line in document.lines]


def markdown(text: str) -> list[tuple[str, int, str, str]]:
    """Parse as Markdown and tell the lines."""
    return told(parse(text, Format.MARKDOWN))


def test_inline_markup_leaves_its_words() -> None:
    """Bold, emphasis, strike, code, links and images leave the words; addresses leave the view."""
    text = '**拉新** *涨* ~~旧~~ `SQL` [看板](http://a.b "t") ![截图](x.png) <http://c.d> 好&nbsp;&lt;'
    assert parse(text, Format.MARKDOWN).view == "拉新 涨 旧 SQL 看板 截图 http://c.d 好 <"


def test_quotes_cover_the_markup_between() -> None:
    """A quote from the first to the last word is the raw slice, markup and all."""
    text = "本周**拉新**涨了`12%`😀，[看板](http://a.b)在这"
    document = parse(text, Format.MARKDOWN)
    [line] = document.lines
    assert document.view == "本周拉新涨了12%😀，看板在这"
    assert document.quote(line.span) == text
    start = document.view.index("拉新")
    assert document.quote(type(line.span)(start, start + 2)) == "拉新"


def test_real_headings_keep_their_level() -> None:
    """ATX and setext headings keep their rank and lose their decoration."""
    assert markdown("# 周报\n\n## 【问题】：\n\n#### 一、原因\n\n标题\n===") == [
        ("heading", 1, "", "周报"),
        ("heading", 2, "", "问题"),
        ("heading", 4, "一、", "原因"),
        ("heading", 1, "", "标题"),
    ]


def test_sentences_above_a_rule_are_no_heading() -> None:
    """Two lines, or a sentence, right above "---" are text: the writer drew a line."""
    assert [kind for kind, *_ in markdown("做了直播\n开了三场\n---\n\n播完了，人不多\n---\n")] == ["text"] * 3


def test_bold_paragraphs_are_headings() -> None:
    """A short paragraph in bold heads, with an aside or without; a bold lead or a bold figure does not."""
    text = "**问题**\n\n**下周**（按急的排）\n\n**收录** 提交了 6,100 篇\n\n**涨了 12%**\n\n"
    text += "**要办的：**\n\n正文一段"
    assert [kind for kind, *_ in markdown(text)] == ["heading", "heading", "text", "text", "heading", "text"]


def test_looks_rank_below_the_last_real_heading() -> None:
    """A bold or colon heading stands one below the real heading before it."""
    text = "### 会员组\n\n**问题**\n\n- 人少\n\n## 下周\n\n要办的：\n\n- 改页面"
    assert [(level, words) for kind, level, _, words in markdown(text) if kind == "heading"] == [
        (3, "会员组"), (4, "问题"), (2, "下周"), (3, "要办的"),
    ]  # fmt: skip


def test_lists_nest_and_keep_their_markers() -> None:
    """Items know depth and marker as written, task boxes and priorities with them."""
    assert markdown("- 甲\n  - 乙\n    1) 丙\n- [x] 丁\n- P0｜戊\n\n7. 己\n8. 庚") == [
        ("item", 1, "-", "甲"),
        ("item", 2, "-", "乙"),
        ("item", 3, "1)", "丙"),
        ("item", 1, "- [x]", "丁"),
        ("item", 1, "- P0|", "戊"),
        ("item", 1, "7.", "己"),
        ("item", 1, "8.", "庚"),
    ]


def test_more_of_an_item_has_no_marker() -> None:
    """An indented line under an item belongs to it; a line at the margin does not."""
    assert markdown("- 甲\n  接着甲\n下周：\n- 乙") == [
        ("item", 1, "-", "甲"),
        ("item", 1, "", "接着甲"),
        ("heading", 3, "", "下周"),
        ("item", 1, "-", "乙"),
    ]


def test_chinese_enumerators_make_items() -> None:
    """What CommonMark takes for a paragraph is items where the lines begin with Chinese markers."""
    assert [m for _, _, m, _ in markdown("# 周报\n1、甲做了\n2、乙做了\n①丙做了")] == ["", "1、", "2、", "①"]


def test_tables_have_cells_and_a_head() -> None:
    """Rows hold one span a cell, missing ones empty; cells part by a tab; tables need no outer pipes."""
    text = "| 渠道 | 消耗 |\n|:--|--|\n| **短信** | 1<br>2 |\n| 社群 |\n\n甲 | 乙\n--|--\n1 | 2\n"
    document = parse(text, Format.MARKDOWN)
    cells = [[document.slice(cell) for cell in line.cells] for line in document.lines]
    assert cells == [["渠道", "消耗"], ["短信", "1 2"], ["社群", ""], ["甲", "乙"], ["1", "2"]]
    assert [(table.lines, table.has_head) for table in document.tables] == [((0, 1, 2), True), ((3, 4), True)]
    assert [(line.table, line.row) for line in document.lines] == [(0, 0), (0, 1), (0, 2), (1, 0), (1, 1)]
    assert document.slice(document.lines[0].span) == "渠道\t消耗"
    assert document.quote(document.lines[1].cells[0]) == "短信"


def test_an_empty_head_heads_nothing() -> None:
    """A table whose head row holds no word has no head."""
    document = parse("|  |  |\n|--|--|\n| 目标 | 80 |\n| 实际 | 86 |\n", Format.MARKDOWN)
    assert [table.has_head for table in document.tables] == [False]


def test_a_broken_line_in_a_cell_parts_clauses() -> None:
    """<br> in a cell reads as ";" after a clause and as a space after a word."""
    text = "| 事 |\n|--|\n| 先改落地页的文案<br>再看转化 |\n| 本期<br>GMV |\n"
    document = parse(text, Format.MARKDOWN)
    assert [document.slice(line.span) for line in document.lines[1:]] == [
        "先改落地页的文案;再看转化",
        "本期 GMV",
    ]


def test_stars_that_multiply_stay() -> None:
    """ "2.5kg*4" and "~3天~" are words, not emphasis; a "**" pair next to a mark is bold all the same."""
    assert parse("2.5kg*4，6kg*2，10*3*4，~3天~", Format.MARKDOWN).view == "2.5kg*4，6kg*2，10*3*4，~3天~"
    assert (
        parse("**问题：**转化低，**环比+12%**的新客", Format.MARKDOWN).view == "问题:转化低，环比+12%的新客"
    )
    assert parse("2**3", Format.MARKDOWN).view == "2**3"


def test_nothing_that_only_looks_like_markup_is_lost() -> None:
    """Words that CommonMark would swallow as a reference or a tag stay in the view."""
    assert parse("[本周]: 拉新完成", Format.MARKDOWN).view.endswith("本周]: 拉新完成")
    assert parse("留存a<y and z>b，ROI<1", Format.MARKDOWN).view == "留存a<y and z>b，ROI<1"
    assert parse("填<姓名>即可", Format.MARKDOWN).view == "填<姓名>即可"
    assert parse("[1]: https://a.b\n正文", Format.MARKDOWN).view == "正文"


def test_html_inside_is_read_as_html() -> None:
    """Blocks of HTML give lines and rows, inline tags vanish, comments of any length never show."""
    text = "# 周报\n\n<table><tr><td>甲</td><td>1</td></tr>\n\n<tr><td>乙</td><td>2</td></tr></table>\n\n"
    text += "- 做<br>完 <b>了</b><!-- 记 -->\n\n<!--\n别看\n-->\n\n收尾"
    assert markdown(text) == [
        ("heading", 1, "", "周报"),
        ("row", 0, "", "甲\t1"),
        ("row", 0, "", "乙\t2"),
        ("item", 1, "-", "做"),
        ("item", 1, "", "完 了"),
        ("text", 0, "", "收尾"),
    ]


def test_code_quotes_and_front_matter_have_their_kinds() -> None:
    """Fenced code and front matter are code lines, quotes are quote lines."""
    text = "---\ntitle: W46\n---\n\n> 口径见表\n> 第二行\n\n```sql\nselect 1\n```\n\n正文一段话"
    assert [(kind, words) for kind, _, _, words in markdown(text)] == [
        ("code", "title: W46"),
        ("quote", "口径见表"),
        ("quote", "第二行"),
        ("code", "select 1"),
        ("text", "正文一段话"),
    ]


def test_indented_notes_are_no_code() -> None:
    """Lines that CommonMark takes for code by their indent read as text and items."""
    text = "正文一段话\n\n    缩进的一段话，1.2w\n    - 缩进的事\n"
    assert [(kind, words) for kind, _, _, words in markdown(text)] == [
        ("text", "正文一段话"),
        ("text", "缩进的一段话，1.2w"),
        ("item", "缩进的事"),
    ]


def test_full_width_markup_counts() -> None:
    """Full-width hashes and pipes lay a note out like narrow ones."""
    assert markdown("＃ 周报\n\n｜甲｜乙｜\n｜--｜--｜\n｜1｜2｜")[0] == ("heading", 1, "", "周报")
    assert markdown("｜甲｜乙｜\n｜--｜--｜\n｜1｜2｜")[1] == ("row", 0, "", "1\t2")


@pytest.mark.parametrize("newline", ["\n", "\r\n", "\r"])
def test_any_line_end_will_do(newline: str) -> None:
    """LF, CRLF and CR give the same lines, and quotes without line ends."""
    text = newline.join(["# 周报", "", "- 甲做了", "- 乙做了", "", "```", "x", "```"])
    document = parse(text, Format.MARKDOWN)
    assert [document.quote(line.span) for line in document.lines] == ["周报", "甲做了", "乙做了", "x"]
    assert "\r" not in document.view


def test_a_note_in_a_fence_is_a_note() -> None:
    """A fence around all of a text, named nothing or a text's name, is taken off; a program's stays code."""
    assert markdown("```markdown\n## 问题\n- 人少\n```")[:2] == [
        ("heading", 2, "", "问题"),
        ("item", 1, "-", "人少"),
    ]
    assert markdown("```sql\nselect 1\n```")[0][0] == "code"


def test_bold_ends_with_its_paragraph() -> None:
    """A <b> that is never closed makes no heading of the paragraphs after it."""
    assert [kind for kind, *_ in markdown("做了<b>三场直播\n\n下周再看看")] == ["text", "text"]
