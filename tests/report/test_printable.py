"""Text of a note on a terminal: safe, whole, and no wider than asked."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len
from rich.text import Text

from service.report.printable import one_line, printable, wrap

SAFE = st.text(st.characters(exclude_categories=["Cc", "Cs", "Zl", "Zp"]))


@given(st.text())
def test_printable_text_holds_no_control_code(text: str) -> None:
    """Whatever a note holds, the terminal gets nothing that steers it."""
    shown = printable(text)
    assert not [c for c in shown if unicodedata.category(c) in {"Cc", "Zl", "Zp"} and c != "\n"]


@pytest.mark.parametrize(
    ("raw", "shown"),
    [
        ("a\x1b[2Jb", "a·[2Jb"),
        ("行一\r\n行二", "行一\n行二"),
        ("abc\u202edef", "abcdef"),
        ("零\u200b宽", "零宽"),
        ("a\tb", "a    b"),
    ],
)
def test_printable_text_is_what_a_reader_would_expect(raw: str, shown: str) -> None:
    """Escapes show as dots, line ends stay, invisible characters go."""
    assert printable(raw) == shown


@given(st.text(), st.integers(4, 40))
def test_one_line_fits(text: str, cells: int) -> None:
    """A shortened quote is one line and never wider than asked."""
    shown = one_line(text, cells)
    assert "\n" not in shown
    assert sum(cell_len(c) for c in shown) <= cells


@given(SAFE, st.integers(2, 40))
def test_wrapping_loses_nothing_but_spaces_at_line_ends(text: str, width: int) -> None:
    """Wrapped lines hold every character but spaces, in order, none wider than asked."""
    lines = [line.plain for line in wrap(Text(text), width)]
    assert "".join("".join(lines).split()) == "".join(Text(text).plain.split())
    assert all(sum(cell_len(c) for c in line) <= width for line in lines)


@pytest.mark.parametrize(
    ("text", "width", "lines"),
    [
        ("一二三四，五六", 8, ["一二三", "四，五六"]),  # no comma at the start of a line
        ("一二三（四五）", 8, ["一二三", "（四五）"]),  # no bracket at the end of one
        ("付费转化 conversion 下降", 12, ["付费转化", "conversion", "下降"]),  # no break inside a word
        ("一二\n三", 8, ["一二", "三"]),
        ("一二\n\n三", 8, ["一二", "", "三"]),
        ("abcdefghij", 4, ["abcd", "efgh", "ij"]),
    ],
)
def test_wrapping_breaks_where_a_typesetter_would(text: str, width: int, lines: list[str]) -> None:
    """Chinese breaks anywhere but before a closing and after an opening mark; words stay whole."""
    assert [line.plain for line in wrap(Text(text), width)] == lines


def test_wrapping_keeps_styles() -> None:
    """An underlined passage stays underlined on both sides of a break."""
    first, second = wrap(Text("一二三四", "underline"), 4)
    assert first.style == second.style == "underline"
