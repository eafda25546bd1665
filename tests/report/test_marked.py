"""The marked note: every passage marked once, numbered by rank, and the note's words unchanged."""

import re

from hypothesis import given
from hypothesis import strategies as st

from service.core.finding import Finding, Severity
from service.core.span import Span
from service.report.marked import marked
from service.report.printable import printable

MARKS = re.compile(r"[·⟦⟧⁰¹²³⁴⁵⁶⁷⁸⁹]")  # ⟦效果不错⟧¹; not 【待补】


def finding(
    rank: int, span: Span | None, severity: Severity = Severity.WARNING, source: str = "text"
) -> Finding:
    """A finding of which only place, rank and weight matter."""
    return Finding(
        id=f"f{rank}", rank=rank, fingerprint=f"p{rank}", code="D101", rule="vague-quantifier",
        severity=severity, dimension=None, message="", source=source, quote=None, span=span,
        claims=(), question=None, detail={}, fixes=(),
    )  # fmt: skip


def test_passage_is_bracketed_and_numbered() -> None:
    """In plain text a passage stands in brackets with its rank behind."""
    assert marked("效果不错，继续", [finding(1, Span(0, 4))], plain=True).plain == "⟦效果不错⟧¹，继续"


def test_passage_is_underlined_where_there_is_colour() -> None:
    """On a terminal no bracket is needed: the passage is underlined in the colour of its severity."""
    text = marked("效果不错，继续", [finding(1, Span(0, 4), Severity.ERROR)], plain=False)
    assert text.plain == "效果不错¹，继续"
    assert any((s.start, s.end, str(s.style)) == (0, 4, "underline red") for s in text.spans)


def test_nested_passages_show_both_numbers() -> None:
    """A passage inside another has both marks; the better rank gives the colour."""
    found = [finding(1, Span(2, 4), Severity.ERROR), finding(2, Span(0, 6))]
    assert marked("本周不错的活动", found, plain=True).plain == "⟦本周⟦不错⟧¹的活⟧²动"


def test_findings_of_one_passage_share_its_brackets() -> None:
    """The same passage is bracketed once; its numbers are parted, so that 1 and 2 do not read as 12."""
    found = [finding(2, Span(0, 2)), finding(1, Span(0, 2))]
    assert marked("不错", found, plain=True).plain == "⟦不错⟧¹·²"
    assert marked("不错", [finding(1, Span(1, 2)), finding(2, Span(0, 2))], plain=False).plain == "不错¹·²"


def test_findings_elsewhere_leave_the_text_alone() -> None:
    """Findings on the whole note or in the note before mark nothing."""
    found = [finding(1, None), finding(2, Span(0, 2), source="previous")]
    assert marked("效果不错", found, plain=True).plain == "效果不错"


def test_rank_of_two_digits_is_one_number() -> None:
    """The twelfth finding is ¹²."""
    assert marked("不错", [finding(12, Span(0, 2))], plain=True).plain == "⟦不错⟧¹²"


@given(st.text(), st.lists(st.tuples(st.integers(0, 30), st.integers(0, 30)), max_size=6))
def test_marks_change_no_word(text: str, ranges: list[tuple[int, int]]) -> None:
    """Take the marks off and the note is there as printed without them, wherever findings lie."""
    bounds = [(min(a, b, len(text)), min(max(a, b), len(text))) for a, b in ranges]
    found = [finding(rank, Span(*edges)) for rank, edges in enumerate(bounds, 1)]
    page = marked(text, found, plain=True).plain
    assert MARKS.sub("", page) == MARKS.sub("", printable(text))
