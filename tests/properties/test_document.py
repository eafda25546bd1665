"""Whatever text comes in, the document's map, lines and sentences hold together."""

from itertools import pairwise

from hypothesis import example, given
from hypothesis import strategies as st

from service.core.document import Document, Format, LineKind, parse
from service.core.segment import segment
from service.core.span import Span

PIECES = (
    "本周完成", "GMV", "1.2w", "1,340", "9:30", "，", "。", "；", "：", "、", "(", "（", ")", "）",
    "“", "”", '"', "【", "】", "\n", "\n\n", "\r\n", "\r", " ", "  ", "\t", "\u3000", "\u00a0",
    "\u2028", "\x0b", "\x00", "\ud800", "\u200b", "\u200d", "\ufeff", "\ufe0f", "\u00ad", "😀",
    "👩\u200d👧", "\U00020000", "𝟏", "１２％", "\u0301", "&nbsp;", "&lt;", "&amp", "&#8203;",
    "&#x4e2d;", "&notit;", "&", "<", ">", "ROI<1", "<p>", "</p>", "<br>", "<b>", "</b>",
    "<div style='display:none'>", "</div>", "<p hidden>", "<pre>", "</pre>", "<table>", "<tr>",
    "<td colspan=3>", "<td rowspan=2>", "<th>", "</td>", "</tr>", "</table>", "<thead>", "<ul>",
    "<ol start=3>", "<li>", "</li>", "</ul>", "<h2>", "</h2>", "<blockquote>", "<a", "<a <a",
    "<姓名>", "<!--", "-->", "<style>", "</style>", "<![CDATA[", "]]>", "<input type=checkbox>",
    "<span style='font-weight:700'>", "<!-- notecoach-disable D101 -->",
    "<!-- notecoach-disable-next-line -->", "# ", "## ", "#", "- ", "* ", "+ ", "1. ", "  - ",
    "    ", "> ", "- [ ] ", "---", "===", "***", "**", "*", "~~", "~", "`", "```\n",
    "[x](http://a.b)", "[本周]: 完成", "![图](a.png)", "\\", "|", "| a | b |\n|--|--|\n| 1 | 2 |\n",
    "| --- | --- |", "---\na: b\n---\n", "①", "②", "1、", "2、", "一、", "二、", "P0｜", "【问题】",
    "—— 下周 ——", "→", "職場", "台灣", "版權(quán)", "https://a.b/?c=1,2",
)  # fmt: skip
texts = st.one_of(st.text(max_size=80), st.lists(st.sampled_from(PIECES), max_size=30).map("".join))
SEPARATORS = "\n\t ;"


def _check_map(document: Document) -> None:
    length = len(document.view)
    assert len(document.folded) == len(document.starts) == len(document.ends) == length
    before_start = before_end = 0
    for char, start, end in zip(document.view, document.starts, document.ends, strict=True):
        assert before_start <= start <= end <= len(document.text)
        assert before_end <= end
        assert start < end or char in SEPARATORS
        before_start, before_end = start, end


def _check_lines(document: Document) -> None:
    at = 0
    for index, line in enumerate(document.lines):
        assert at <= line.span.start < line.span.end <= len(document.view)
        assert "\n" not in document.slice(line.span)
        inside = line.span.start
        for cell in line.cells:
            assert inside <= cell.start <= cell.end <= line.span.end
            inside = cell.end
        assert (line.kind is LineKind.ROW) == (line.table is not None) == bool(line.cells)
        if line.table is not None:
            assert line.row is not None
            assert document.tables[line.table].lines[line.row] == index
        at = line.span.end
    assert all(before.block <= after.block for before, after in pairwise(document.lines))


def _check_sentences(document: Document) -> None:
    at = line = 0
    for sentence in segment(document):
        assert line <= sentence.line
        assert at <= sentence.span.start < sentence.span.end
        assert document.lines[sentence.line].span.covers(sentence.span)
        assert sentence.clauses
        inside = sentence.span.start
        for clause in sentence.clauses:
            assert inside <= clause.start < clause.end <= sentence.span.end
            assert document.slice(clause).strip() == document.slice(clause)
            inside = clause.end
        at, line = sentence.span.end, sentence.line


@given(texts, st.sampled_from(Format))
@example("<tr><td rowspan=2>a<td>\ufeff## <table>---", Format.HTML)
@example("**a：**b\n**c", Format.MARKDOWN)
@example("1. </td>]]><br>\n\t<li>&amp", Format.MARKDOWN)
def test_a_document_holds_together(text: str, format: Format) -> None:
    """Any text in any format: the map is monotone and covers, lines, cells and clauses are in order."""
    document = parse(text, format)
    assert document.text == text
    _check_map(document)
    _check_lines(document)
    _check_sentences(document)


@given(texts)
def test_plain_text_loses_nothing(text: str) -> None:
    """Every character of a plain text is in its view, but for what never shows."""
    document = parse(text, Format.PLAIN)
    shown = {
        at for start, end in zip(document.starts, document.ends, strict=True) for at in range(start, end)
    }
    invisible = "\u200b\u200d\ufeff\ufe0f\u00ad\r"
    hidden = [range(*found.span) for found in document.suppressions]
    glossed = "版權(quán)" in text
    for at, char in enumerate(text):
        if at in shown or char in invisible or any(at in span for span in hidden) or glossed:
            continue
        assert not char.isprintable() or char.isspace(), (at, char)


@given(st.text(alphabet="本周完成直播三场拉新留存abcXYZ019，。", max_size=200))
def test_simple_text_is_its_own_view(text: str) -> None:
    """A text with nothing to fold maps to itself in plain text."""
    document = parse(text, Format.PLAIN)
    assert document.view == text
    assert list(document.starts) == list(range(len(text)))
    assert list(document.ends) == list(range(1, len(text) + 1))


@given(st.lists(st.text(alphabet="本周完成直播 0123.%，。😀\U00020000", min_size=1, max_size=20), max_size=6))
def test_html_shows_the_words_between_its_tags(paragraphs: list[str]) -> None:
    """Words wrapped in paragraphs come out one line each, and quote to themselves."""
    document = parse("".join(f"<p><span>{words}</span></p>" for words in paragraphs), Format.HTML)
    shown = [" ".join(words.split()) for words in paragraphs if words.split()]
    lines = document.view.split("\n") if document.view else []
    assert [" ".join(line.split()) for line in lines] == shown


@given(texts, st.sampled_from(Format), st.data())
def test_a_quote_is_a_slice_of_the_text(text: str, format: Format, data: st.DataObject) -> None:
    """The quote of any range of the view is a slice of the text, no shorter than its parts together."""
    document = parse(text, format)
    start = data.draw(st.integers(0, len(document.view)))
    end = data.draw(st.integers(start, len(document.view)))
    source = document.source(Span(start, end))
    assert 0 <= source.start <= source.end <= len(text)
    assert document.quote(Span(start, end)) == text[source.start : source.end]
