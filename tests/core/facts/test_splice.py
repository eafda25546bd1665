"""A rewrite goes into the text as sent without tearing its markup."""

import pytest

from service.core.document import Format, parse
from service.core.facts.splice import apply, splice
from service.core.span import Span


def spliced(text: str, markup: Format, passage: str, rewritten: str) -> str | None:
    """Put a rewrite in place of a passage of the view."""
    document = parse(text, markup)
    at = document.view.index(passage)
    placed = splice(document, Span(at, at + len(passage)), rewritten)
    return None if placed is None else apply(text, placed)


@pytest.mark.parametrize(
    ("text", "markup", "passage", "whole"),
    [
        ("退货多了。", Format.PLAIN, "退货多了", "新。"),
        ("- **退货**多了\n- 好", Format.MARKDOWN, "退货多了", "- 新\n- 好"),
        ("说：**退货多了**。", Format.MARKDOWN, "退货多了", "说：**新**。"),
        ("<p><b>退货</b>多了</p>", Format.HTML, "退货多了", "<p>新</p>"),
        ("<p>A &amp; B 多了</p>", Format.HTML, "A & B 多了", "<p>新</p>"),
        ("<p>甲多了</p><p>乙少了</p>", Format.HTML, "甲多了", "<p>新</p><p>乙少了</p>"),
    ],
)
def test_markup_stays_whole(text: str, markup: Format, passage: str, whole: str) -> None:
    """Emphasis that the passage would cut in two is taken in; everything round it stays."""
    assert spliced(text, markup, passage, "新") == whole


def test_a_cell_stays_a_cell() -> None:
    """Within one cell words may change; a line end or a bar may not come in."""
    table = "| 项 | 原因 |\n|---|---|\n| 堂食 | 大环境 |\n"
    assert spliced(table, Format.MARKDOWN, "大环境", "新") == table.replace("大环境", "新")
    assert spliced(table, Format.MARKDOWN, "大环境", "新|旧") is None
    assert spliced(table, Format.MARKDOWN, "大环境", "新\n旧") is None


def test_a_passage_over_cells_is_left_alone() -> None:
    """A row is never flattened into a sentence."""
    table = "| 项 | 原因 |\n|---|---|\n| 堂食 | 大环境 |\n"
    document = parse(table, Format.MARKDOWN)
    row = document.lines[1].span
    assert splice(document, row, "新") is None


def test_words_are_written_as_the_format_writes_them() -> None:
    """In HTML a sign that would be markup is escaped and a line end is a break."""
    assert spliced("<p>旧的</p>", Format.HTML, "旧的", "a<b & c\n新") == "<p>a&lt;b &amp; c<br>新</p>"
