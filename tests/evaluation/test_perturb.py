"""Changes touch what they say and leave the rest of the note alone."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from service.core.document.model import Format
from service.core.reading import ClaimKind
from service.evaluation import layout, perturb
from service.evaluation.dataset import RatedNote
from service.evaluation.match import bare
from tests.fakes.solver import rated

MARKDOWN = "# 周报\n## 数据\n日活 800，上周 500\n\n## 下周计划：\n- 周二前换海报。\n"
HTML = "<h2>存在问题</h2><p>群里没人说话</p><h2>下周</h2><p>换海报</p>"


def _note(text: str, markup: Format = Format.PLAIN, previous: str | None = None) -> RatedNote:
    return rated("a-1", text, markup=markup, previous=previous)


def _text(changed: object) -> str:
    assert changed is not None
    return changed.text  # type: ignore[attr-defined, no-any-return]


@pytest.mark.parametrize("markup", [Format.PLAIN, Format.HTML])
def test_padding_keeps_every_word_in_its_place(markup: Format) -> None:
    """The note stands whole between greeting and closing, as paragraphs where it is HTML."""
    source = HTML if markup is Format.HTML else "日活 800"
    text = _text(perturb.padded(_note(source, markup)))
    assert source in text
    assert text.startswith("<p>" if markup is Format.HTML else perturb.GREETING)
    assert perturb.CLOSING in text


def test_stuffing_holds_every_word_of_analysis_and_no_figure() -> None:
    """What is stuffed in is jargon only."""
    stuffing = "".join(perturb.STUFFING)
    assert all(word in stuffing for word in ("因为", "根因", "闭环", "赋能", "5Why"))
    assert not any(c.isdigit() for c in stuffing.replace("5Why", ""))


def test_headings_are_renamed_and_nothing_else() -> None:
    """Known titles change, marks around them and all other lines stay."""
    assert _text(perturb.renamed(_note(MARKDOWN, Format.MARKDOWN))) == MARKDOWN.replace(
        "## 数据", "## 成果与数据"
    ).replace("## 下周计划：", "## 下周安排：")
    assert _text(perturb.renamed(_note("问题：群里没人说话"))) == "问题与不足：群里没人说话"
    assert "<h2>遇到的问题</h2>" not in _text(perturb.renamed(_note(HTML, Format.HTML)))
    assert "<h2>存在的问题</h2>" in _text(perturb.renamed(_note(HTML, Format.HTML)))


@pytest.mark.parametrize("text", ["下周三前换海报。", "没有标题的一段话", "数据涨了：日活 800"])
def test_prose_has_no_heading_to_rename(text: str) -> None:
    """A sentence that merely begins like a heading is left alone."""
    assert perturb.renamed(_note(text)) is None


def test_every_heading_has_another_name_in_the_same_period() -> None:
    """Renaming never leads from one period to another, and never back to itself."""
    for title, other in perturb._synonyms().items():
        assert title != other
        assert [w in title for w in ("下周", "下月", "下季", "本月")] == [
            w in other for w in ("下周", "下月", "下季", "本月")
        ]


def test_shuffling_reverses_sections_and_keeps_what_stands_before_them() -> None:
    """The title stays on top; both sections are there, in the other order."""
    text = _text(perturb.shuffled(_note(MARKDOWN, Format.MARKDOWN)))
    assert text.index("# 周报") < text.index("下周计划") < text.index("## 数据")
    assert sorted(bare(text)) == sorted(bare(MARKDOWN))
    assert _text(perturb.shuffled(_note(HTML, Format.HTML))) == (
        "<h2>下周</h2><p>换海报</p><h2>存在问题</h2><p>群里没人说话</p>"
    )


@pytest.mark.parametrize("text", ["## 数据\n日活 800", "日活 800\n群里没人说话"])
def test_one_section_can_not_be_shuffled(text: str) -> None:
    """With fewer than two sections there is no other order."""
    assert perturb.shuffled(_note(text)) is None


def test_sections_inside_a_wrapper_are_left_alone() -> None:
    """Moving them would move the wrapper's end into the middle."""
    assert perturb.shuffled(_note(f"<div>{HTML}</div>", Format.HTML)) is None


def test_traditional_turns_the_note_before_as_well() -> None:
    """Both texts are in one script afterwards, so that promises can still be found again."""
    changed = perturb.traditional(_note("没人说话", previous="换海报"))
    assert changed is not None
    assert (changed.text, changed.previous) == ("沒人說話", "換海報")
    assert perturb.traditional(_note("沒人說話")) is None


def test_html_of_a_plain_note_shows_the_same_text() -> None:
    """Paragraphs and line breaks are kept, and "<" is no tag."""
    changed = perturb.as_html(_note("占比 <5%\n日活 800\n\n下周"))
    assert changed is not None
    assert changed.format is Format.HTML
    assert changed.text == "<p>占比 &lt;5%<br>日活 800</p>\n<p>下周</p>"
    assert perturb.as_html(_note(HTML, Format.HTML)) is None


def test_html_of_markdown_keeps_tables_and_line_breaks() -> None:
    """A table becomes a table, and two lines of one paragraph stay two lines."""
    text = _text(
        perturb.as_html(_note("| 渠道 | 量 |\n|---|---|\n| 社群 | 8 |\n\n甲\n乙\n", Format.MARKDOWN))
    )
    assert "<td>社群</td>" in text
    assert "甲<br>\n乙" in text


def test_stray_digits_keep_the_words() -> None:
    """Sentences get a bare figure after them; headings and tables get none."""
    text = _text(perturb.with_digits(_note("# 数据\n日活 800。\n| 社群 | 8 |", Format.MARKDOWN)))
    assert text.startswith(perturb.STRAY_DIGITS)
    assert "日活 800。（8）" in text
    assert "# 数据\n" in text
    assert text.endswith("| 社群 | 8 |")


def test_taking_evidence_out_takes_what_any_annotator_marked() -> None:
    """Marked passages go with the comma after them; other kinds stay."""
    note = rated(
        "a-1",
        "因为海报没人看，20 人里 15 人没印象，群里说得少。",
        annotators=(
            ((ClaimKind.CAUSE, "因为海报没人看"), (ClaimKind.EVIDENCE, "20 人里 15 人没印象")),
            ((ClaimKind.EVIDENCE, "群里说得少"),),
        ),
    )
    assert _text(perturb.without(ClaimKind.EVIDENCE)(note)) == "因为海报没人看，"
    assert perturb.without(ClaimKind.PLAN)(note) is None


def test_a_note_that_is_all_evidence_is_not_emptied() -> None:
    """An empty text is no note to compare with."""
    note = rated("a-1", "20 人没印象", annotators=(((ClaimKind.EVIDENCE, "20 人没印象"),),))
    assert perturb.without(ClaimKind.EVIDENCE)(note) is None


def test_changes_have_names_of_their_own() -> None:
    """A floor names a change, so no two may share a name."""
    names = [c.name for c in perturb.CHANGES]
    assert len(names) == len(set(names)) == 9


@given(st.text(max_size=80), st.booleans())
def test_cutting_and_joining_loses_no_character(text: str, html: bool) -> None:
    """Sections put together again are the note, and renaming to itself is the note."""
    parts = layout.sections(text, html, frozenset({"数据"}))
    assert parts is None or "".join(parts) == text
    assert layout.rename_headings(text, html, lambda title: title) == text
