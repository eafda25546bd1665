"""Any text is read, the same way each time, and what is read hangs together."""

from hypothesis import example, given
from hypothesis import strategies as st

from service.catalog import collect
from service.core.document.model import Format
from service.core.lexicon import load
from service.core.note import Note, RuleOptions
from service.core.reading import ClaimKind, Reading
from service.core.scoring import highlights, judge
from service.rules.reader import RuleReader

READER = RuleReader(load())
_MARKS = "，。；：、| “”（）→\n\t\r\x00\u3000😀𠮷-*#`"
_WORDS = (
    "## 问题\n", "## 下周\n", "\n- ", "\n1. ", "\n\n", "\n|---|---|\n", "\n| ", "投诉 14 单", "上周 9 单",
    "+12%", "1.2万", "62%", "因为", "可能是", "尺码表没更新", "周三前", "@阿强", "降到 5%", "优化流程",
    "采购扫码枪", "闭环赋能", "其中", "口径：", "感谢", "W12", "11.12", "有点慢", "没有丢件", "门店",
    "原因：", "```\n", "<b>", "</b>", "<td>",
)  # fmt: skip
_PIECES = (*_WORDS, *_MARKS)
TEXTS = st.lists(st.sampled_from(_PIECES) | st.text(max_size=6), max_size=40).map("".join)


def _holds_together(reading: Reading) -> None:
    view, lines, sections = reading.document.view, reading.document.lines, reading.sections
    ids = [c.id for c in reading.claims]
    before = {c.id: c for c in reading.previous.claims} if reading.previous else {}
    assert len(set(ids)) == len(ids)
    assert [c.span for c in reading.claims] == sorted(c.span for c in reading.claims)
    for claim in reading.claims:
        assert 0 <= claim.span.start < claim.span.end <= len(view)
        assert 0 <= claim.line < len(lines)
        assert sections[claim.section].first_line <= claim.line <= sections[claim.section].last_line
        assert (claim.matter is not None) == (claim.kind is ClaimKind.PROBLEM)
        for link in claim.links:
            target = reading.claim(link.target) if link.source == "text" else before[link.target]
            assert target is not claim


@given(TEXTS, st.sampled_from(Format), st.none() | TEXTS)
@example("", Format.AUTO, "")
@example("|", Format.MARKDOWN, None)
def test_any_text_is_read(text: str, markup: Format, previous: str | None) -> None:
    """Nothing raises; spans lie in the view, ids are unique, links and sections exist."""
    reading = READER.read(Note(text, markup, previous=previous))
    scores = judge(reading)
    collect(reading, scores)
    highlights(reading, scores)

    _holds_together(reading)
    if reading.previous is not None:
        _holds_together(reading.previous)


@given(TEXTS)
def test_the_same_note_gives_the_same_reading(text: str) -> None:
    """Reading keeps nothing from one note to the next."""
    first = READER.read(Note(text))
    READER.read(Note("投诉 14 单，上周 9 单，因为尺码表没更新"))

    assert READER.read(Note(text)) == first


def test_the_callers_own_metrics_are_known() -> None:
    """A name of the caller's own is a metric in this note, and in no later one."""
    text = "鱼丸温 46，上周 40"
    named = READER.read(Note(text, rules=RuleOptions(metrics=("鱼丸温",))))
    bare = READER.read(Note(text))

    assert [m.name for c in named.claims for m in c.metrics] == ["鱼丸温"]
    assert [m.direction for c in named.claims for m in c.metrics] != [
        m.direction for c in bare.claims for m in c.metrics
    ]
