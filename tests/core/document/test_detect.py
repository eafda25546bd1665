"""AUTO finds out what a text is written in."""

import pytest

from service.core.document import Format, parse


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("本周 ROI<1，a < b，还行", Format.PLAIN),
        ("1、开团22场\n2、拉群3个", Format.PLAIN),
        ("-晚到的事\n-5%的降幅", Format.PLAIN),
        ("#话题 很热\n2**3", Format.PLAIN),
        ("<姓名>本周做了直播", Format.PLAIN),
        ("# 周报\n做了直播", Format.MARKDOWN),
        ("做了**三场**直播", Format.MARKDOWN),
        ("- 甲\n- 乙", Format.MARKDOWN),
        ("渠道|消耗\n--|--\n短信|1", Format.MARKDOWN),
        ("甲|乙\n:-:|:-:\n1<br>2|3", Format.MARKDOWN),
        ("|甲|乙|\n|-|-|\n|1<br>2|3|", Format.MARKDOWN),
        ("**问题**：人少<br>**原因**：慢", Format.MARKDOWN),
        ("# 周报\n\n| a |\n|--|\n| 1<br>2 |", Format.MARKDOWN),
        ("# 周报\n\n<table><tr><td>1</td></tr></table>\n\n<p>x</p>", Format.MARKDOWN),
        ("<p>做了直播</p>", Format.HTML),
        ("  <h3>周报</h3>\n<ul>\n<li>甲</li>\n</ul>", Format.HTML),
        ("大家好，<br>做了直播", Format.HTML),
        ("<b>重点</b>：直播", Format.HTML),
        ("<!DOCTYPE html><html><body>甲</body></html>", Format.HTML),
        ("", Format.PLAIN),
    ],
)
def test_format_is_found_out(text: str, expected: Format) -> None:
    """Tags that lay out a text make it HTML, Markdown's signs Markdown, anything else is plain."""
    assert parse(text).format is expected


@pytest.mark.parametrize("format", [Format.PLAIN, Format.MARKDOWN, Format.HTML])
def test_a_named_format_is_taken(format: Format) -> None:
    """A format asked for by name is the document's."""
    assert parse("<p># 周报</p>", format).format is format
