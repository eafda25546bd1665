"""HTML as pasted from document tools: the view is what a browser shows, quotes are the raw slices."""

import pytest

from service.core.document import Document, Format, parse


def told(document: Document) -> list[tuple[str, int, str, str]]:
    """Return kind, level, marker and words of every line."""
    return [(line.kind.value, line.level, line.marker, document.slice(line.span)) for line in document.lines]


def html(text: str) -> list[tuple[str, int, str, str]]:
    """Parse as HTML and tell the lines."""
    return told(parse(text, Format.HTML))


def cells(document: Document) -> list[list[str]]:
    """Return the words of every row's cells."""
    return [[document.slice(cell) for cell in line.cells] for line in document.lines if line.cells]


def test_quotes_are_raw_slices() -> None:
    """A quote covers tags and references inside it; a word alone is its own slice."""
    text = "<p>新客<b>ROI</b>&nbsp;2.20&lt;目标，差<span style='x'>一点</span></p>"
    document = parse(text, Format.HTML)
    [line] = document.lines
    assert document.view == "新客ROI 2.20<目标，差一点"
    assert document.quote(line.span) == "新客<b>ROI</b>&nbsp;2.20&lt;目标，差<span style='x'>一点"
    at = document.view.index("<")
    assert document.quote(type(line.span)(at, at + 1)) == "&lt;"


def test_blocks_and_breaks_make_lines() -> None:
    """Paragraphs, divs and <br> end lines; line ends of the source are spaces; paragraphs part blocks."""
    document = parse(
        "<p>甲做了\n  三场<br/>播完了</p><div>乙做了</div><div>丙做了</div>\n<p>丁</p>", Format.HTML
    )
    assert [document.slice(line.span) for line in document.lines] == [
        "甲做了 三场",
        "播完了",
        "乙做了",
        "丙做了",
        "丁",
    ]
    blocks = [line.block for line in document.lines]
    assert blocks[0] == blocks[1] < blocks[2] == blocks[3] < blocks[4]


def test_headings_real_and_bold() -> None:
    """<h1>-<h6> keep their rank; a paragraph all in bold is a heading, by tag or by style."""
    text = "<h2>一、周报</h2><p><b>问题</b></p><p>人少了，没查</p>"
    text += "<p><span style='font-weight:700'>下周：</span></p><p>改页面的文案</p>"
    text += "<p><b style='font-weight:normal'>再说</b></p><p><b>涨了 12%</b></p>"
    assert [(kind, level) for kind, level, _, _ in html(text)] == [
        ("heading", 2), ("heading", 3), ("text", 0), ("heading", 3), ("text", 0), ("text", 0), ("text", 0),
    ]  # fmt: skip


def test_lists_nest_and_number() -> None:
    """Items know their depth and number, with paragraphs or priorities inside and lists in lists."""
    text = "<ul><li>甲<ul><li>乙</li></ul></li><ul><li>丙</li></ul></ul>"
    text += "<ol start='3'><li><p>丁</p></li><li>P0&nbsp;戊<br>接着戊</li></ol><p>己</p>"
    assert html(text) == [
        ("item", 1, "-", "甲"),
        ("item", 2, "-", "乙"),
        ("item", 2, "-", "丙"),
        ("item", 1, "3.", "丁"),
        ("item", 1, "4. P0", "戊"),
        ("item", 1, "", "接着戊"),
        ("text", 0, "", "己"),
    ]


def test_word_lists_are_items() -> None:
    """Word's list paragraphs, with their conditional comments, are items of the depth Word says."""
    text = "<p class=MsoListParagraph style='mso-list:l0 level1 lfo1'>"
    text += "<![if !supportLists]>1.<span>&nbsp; </span><![endif]>完成甲<o:p></o:p></p>"
    text += "<p style='mso-list:l0 level2 lfo1'>(1)&nbsp;子项</p>"
    assert html(text) == [("item", 1, "1.", "完成甲"), ("item", 2, "(1)", "子项")]


def test_check_boxes_are_markers() -> None:
    """A task's box stands in the marker."""
    assert [m for _, _, m, _ in html("<ul><li><input type=checkbox checked>甲</li><li>乙</li></ul>")] == [
        "- [x]",
        "-",
    ]


def test_tables_align_what_spans() -> None:
    """Cells that span columns or rows leave empty cells, so that columns stay in line."""
    document = parse(
        "<table><tr><th>渠道</th><th>周</th><th>消耗</th></tr>"
        "<tr><td rowspan=2>短信</td><td>上周</td><td>1</td></tr><tr><td>本周</td><td>2</td></tr>"
        "<tr><td colspan='2'>合计</td><td>3</td></tr></table>",
        Format.HTML,
    )
    assert cells(document) == [
        ["渠道", "周", "消耗"], ["短信", "上周", "1"], ["", "本周", "2"], ["合计", "", "3"],
    ]  # fmt: skip
    assert document.tables[0].has_head


@pytest.mark.parametrize(
    ("rows", "has_head"),
    [
        ("<thead><tr><td>8月</td><td>1</td></tr></thead><tr><td>拉新</td><td>2</td></tr>", True),
        ("<tr><th>项</th><th>1</th></tr><tr><td>拉新</td><td>2</td></tr>", True),
        ("<tr><td><b>项</b></td><td><b>2024</b></td></tr><tr><td>拉新</td><td>2</td></tr>", True),
        ("<tr><td>项</td><td>8月</td></tr><tr><td>拉新</td><td>2</td></tr>", True),
        ("<tr><td>拉新</td><td>1,200</td></tr><tr><td>留存</td><td>30%</td></tr>", False),
        ("<tr><td>项</td><td>数</td></tr>", False),
    ],
)
def test_the_head_is_told(rows: str, has_head: bool) -> None:
    """<th>, <thead>, a bold first row or one without figures is the head; a row of figures is not."""
    [table] = parse(f"<table>{rows}</table>", Format.HTML).tables
    assert table.has_head is has_head


def test_cells_hold_one_line_each() -> None:
    """Paragraphs, breaks and tables in a cell stay in it."""
    text = "<table><tr><td><p>先改落地页的文案</p><p>再看转化</p></td><td>甲<br>乙<br></td></tr>"
    text += "<tr><td><table><tr><td>内</td><td>里</td></tr></table></td><td><ul><li>丙</li></ul></td></tr>"
    text += "</table>后"
    document = parse(text, Format.HTML)
    assert cells(document) == [["先改落地页的文案;再看转化", "甲 乙"], ["内 里", "丙"]]
    assert document.slice(document.lines[-1].span) == "后"


def test_white_space_between_cells_is_none() -> None:
    """Line ends of any kind and invisible characters between the tags of a table make no cells."""
    text = "<table>\r\n <tr>\r\n  <td>短信</td>\r\n  <td>12</td>\u200b\r\n </tr>\r\n</table>"
    assert cells(parse(text, Format.HTML)) == [["短信", "12"]]


def test_hidden_text_is_not_read() -> None:
    """Styles, scripts, comments, titles and hidden elements are not in the view; what follows is."""
    text = "<head><title>T</title><style>p{a}</style></head><script>if(a<b){}</script><!-- 记 -->"
    text += "<p hidden>藏<p>甲\u200b乙</p>"
    text += "<div style='display: none'>藏<div>藏</div></div><span style='mso-hide:all'>藏</span>丙"
    assert [words for *_, words in html(text)] == ["甲乙", "丙"]


def test_nothing_a_user_wrote_is_lost() -> None:
    """Signs that open no tag, unknown tags and unclosed constructs are words."""
    assert parse("<p>ROI<1 且 a<b，但是</p>", Format.HTML).view == "ROI<1 且 a<b，但是"
    assert parse("<p>填<姓名>和<name>即可</p>", Format.HTML).view == "填<姓名>和<name>即可"
    assert parse("<b 明显，后面</p>尾<a href='x", Format.HTML).view == "<b 明显，后面\n尾<a href='x"
    assert parse("<p>甲</p><!-- 乙", Format.HTML).view == "甲\n<!-- 乙"
    assert parse("<p>甲</p><style>乙", Format.HTML).view == "甲\n<style>乙"
    assert parse("<p><![CDATA[a<1，乙]]></p>", Format.HTML).view == "a<1，乙"


def test_text_called_html_keeps_its_lines() -> None:
    """Without a tag that breaks lines, or with pre-wrap, the source's line ends are lines."""
    assert [words for *_, words in html("甲做了\n乙<b>做</b>了")] == ["甲做了", "乙做了"]
    assert [words for *_, words in html("<div style='white-space:pre-wrap'>甲\n乙</div>")] == ["甲", "乙"]
    assert [words for *_, words in html("<p>x</p><pre>甲\n乙</pre>")] == ["x", "甲", "乙"]


def test_references_read_as_characters() -> None:
    """Named and numeric references count with and without semicolon; invisible ones vanish."""
    document = parse("<p>甲&amp乙&#x4e2d;&#8203;丙&nbsp;&nbsp;丁&unknown;</p>", Format.HTML)
    assert document.view == "甲&乙中丙  丁&unknown;"
