"""What becomes of the rules' drafts: placed, marked, hidden, ranked."""

from dataclasses import replace
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from service.catalog import collect
from service.core.document.model import Format, Suppression
from service.core.finding import Finding, Severity
from service.core.lexicon import load
from service.core.note import Note, RuleOptions
from service.core.reading import Reading
from service.core.score import DimensionKey
from service.core.scoring.judge import judge
from service.core.span import Span
from service.rules.reader import RuleReader

READER = RuleReader(load())
NOTE = (
    "## 成果\n- 社群活动效果不错\n- 新增用户从500涨到800，增长50%\n"
    "## 问题\n- 退款率从3%升到5%\n- 夜班首响慢，主要是执行力不够\n"
    "## 下周\n- 继续优化退款流程\n- 周五前参加消防演练\n"
)


def _read(
    text: str, role: str = "auto", previous: str | None = None, format: Format = Format.AUTO
) -> Reading:
    return READER.read(Note(text, format=format, role=role, previous=previous))


def _found(
    text: str,
    options: RuleOptions | None = None,
    role: str = "auto",
    previous: str | None = None,
    format: Format = Format.AUTO,
) -> tuple[Finding, ...]:
    reading = _read(text, role, previous, format)
    return collect(reading, judge(reading), options)[0]


def _marks(found: tuple[Finding, ...], code: str) -> list[str]:
    return sorted(f.fingerprint for f in found if f.code == code)


def test_ids_and_ranks_count_from_one() -> None:
    """f1 has rank 1, and so on without a hole."""
    found = _found(NOTE)
    assert [(f.id, f.rank) for f in found] == [(f"f{n}", n) for n in range(1, len(found) + 1)]
    assert len(found) >= 5


def test_a_sum_that_does_not_add_up_comes_first() -> None:
    """D105 is the first thing to mend."""
    assert _found(NOTE)[0].code == "D105"


def test_the_first_three_are_not_all_of_one_kind() -> None:
    """A note with many vague words still hears of something else among the first three."""
    text = "".join(f"- 第{n}个群氛围不错，反馈也很好\n" for n in "一二三四五六") + "下周：\n- 继续优化\n"
    assert len({f.code for f in _found(text)[:3]}) >= 2


def test_no_message_is_told_twice() -> None:
    """Findings of one code in one note differ in their words."""
    text = (
        "## 问题\n- 夜班首响太慢\n- 退群的多了不少\n- 仓库破损变多\n- 新店没什么人\n## 下周\n- 周三前换招牌\n"
    )
    messages = [f.message for f in _found(text)]
    assert len(messages) == len(set(messages))


@pytest.mark.parametrize("name", ["D101", "d101", "vague-quantifier", " Vague-Quantifier "])
def test_a_rule_is_disabled_by_code_or_name(name: str) -> None:
    """What is disabled is not told, is counted, and the rest stays as it was."""
    reading = _read(NOTE)
    scores = judge(reading)
    everything, _ = collect(reading, scores)
    kept, hidden = collect(reading, scores, RuleOptions(disable=frozenset({name})))
    assert "D101" not in {f.code for f in kept}
    assert hidden == sum(f.code == "D101" for f in everything) > 0
    assert {f.fingerprint for f in kept} == {f.fingerprint for f in everything if f.code != "D101"}


def test_severity_is_the_callers_to_set() -> None:
    """By code or name; it shows in the finding and moves it down the list."""
    found = _found(NOTE, RuleOptions(severity={"P303": Severity.INFO, "off-topic-task": Severity.ERROR}))
    told = {f.code: f.severity for f in found}
    assert told["P303"] is Severity.INFO
    assert told["P307"] is Severity.ERROR


def test_an_ignored_fingerprint_hides_that_finding_alone() -> None:
    """The others stay."""
    everything = _found(NOTE)
    victim = everything[1]
    kept = _found(NOTE, RuleOptions(ignore=frozenset({victim.fingerprint})))
    assert {f.fingerprint for f in everything} - {f.fingerprint for f in kept} == {victim.fingerprint}


@pytest.mark.parametrize(
    ("comment", "heard"),
    [
        ("<!-- notecoach-disable D101 -->\n", False),
        ("<!-- notecoach-disable -->\n", False),
        ("<!-- notecoach-disable D102 -->\n", True),
        ("<!-- notecoach-disable D101 -->\n<!-- notecoach-enable D101 -->\n", True),
    ],
)
def test_an_inline_comment_holds_from_where_it_stands(comment: str, heard: bool) -> None:
    """Until one that enables again; for the codes it names, or all."""
    found = _found(comment + "\n本周社群活动效果不错，大家反馈很好。\n", format=Format.MARKDOWN)
    assert ("D101" in {f.code for f in found}) is heard


def test_an_inline_comment_says_nothing_of_what_stands_before_it() -> None:
    """A passage above the comment is still told of."""
    text = "本周社群活动效果不错。\n\n<!-- notecoach-disable D101 -->\n\n老用户回流一般般。\n"
    found = _found(text, format=Format.MARKDOWN)
    assert ["效果不错" in (f.quote or "") for f in found if f.code == "D101"] == [True]


def test_a_comment_for_one_line_spares_findings_on_the_whole_note() -> None:
    """P301 stays where a passage is muted and unmuted again."""
    reading = _read("本周新增用户1200人，上周1000人。")
    muted = (Suppression(Span(0, 0), (), True), Suppression(Span(5, 5), (), False))
    reading = replace(reading, document=replace(reading.document, suppressions=muted))
    assert "P301" in {f.code for f in collect(reading, judge(reading))[0]}


def test_a_text_that_is_no_note_is_told_so_and_nothing_else() -> None:
    """S404 alone."""
    assert [f.code for f in _found("床前明月光，疑是地上霜。")] == ["S404"]


def test_a_promise_of_the_note_before_is_quoted_from_there() -> None:
    """The span counts the previous note's characters."""
    before = "本周开播两场。\n下周计划：\n1. 给冷冻品破损出一版拍照模板"
    found = [f for f in _found("本周开了三场直播，成交12万元。", previous=before) if f.code == "S403"]
    assert [f.source for f in found] == ["previous"]
    assert found[0].span is not None
    assert before[found[0].span.start : found[0].span.end] == found[0].quote == "给冷冻品破损出一版拍照模板"


@pytest.mark.parametrize("edit", ["本周开了两场直播。\n\n", "😀\n\n", "成交额 12 万元，上周 10 万元。\n\n"])
def test_a_fingerprint_outlives_edits_elsewhere(edit: str) -> None:
    """What is written before a passage does not change its mark."""
    passage = "老用户回流一般般。"
    before, after = _marks(_found(passage), "D101"), _marks(_found(edit + passage), "D101")
    assert before
    assert set(before) <= set(after)


def test_a_fingerprint_does_not_count_spaces() -> None:
    """Reflowing a passage keeps its mark."""
    assert _marks(_found("老用户 回流一般般。"), "D101") == _marks(_found("老用户回流一般般。"), "D101")


def test_equal_passages_have_marks_of_their_own() -> None:
    """The second of two equal passages can be ignored alone."""
    found = _marks(_found("- 社群效果不错\n\n中间隔一段别的话。\n\n- 社群效果不错\n"), "D101")
    assert len(found) == len(set(found)) == 2


def test_mending_around_one_of_two_equal_passages_keeps_the_others_mark() -> None:
    """The order counts passages of the text, so a finding that goes away takes no other's place."""
    first = "- 社群效果不错\n"
    mended = "- 社群效果不错：发言人数从120人涨到180人\n"
    rest = "\n中间隔一段别的话。\n\n- 社群效果不错\n"
    before, after = _found(first + rest), _found(mended + rest)
    second = max((f for f in before if f.code == "D101"), key=lambda f: f.span or Span(0, 0))
    assert [f.fingerprint for f in after if f.code == "D101"] == [second.fingerprint]


def test_every_fix_can_be_made() -> None:
    """Edits of a fix are disjoint, inside the text, and leave the text changed."""
    made = 0
    for finding in _found(NOTE):
        for fix in finding.fixes:
            edits = sorted(fix.edits, key=lambda e: e.span)
            assert all(a.span.end <= b.span.start for a, b in pairwise(edits))
            assert all(0 <= e.span.start <= e.span.end <= len(NOTE) for e in edits)
            text = NOTE
            for edit in reversed(edits):
                text = text[: edit.span.start] + edit.new_text + text[edit.span.end :]
            assert text != NOTE
            made += 1
    assert made >= 3


def test_fixes_bring_no_figure_of_their_own() -> None:
    """Outside D105, whose mends are sums over the note's figures, an edit adds a blank and no digit."""
    for finding in _found(NOTE):
        for fix in finding.fixes:
            for edit in fix.edits:
                if finding.code != "D105":
                    assert "【待补：" in edit.new_text
                    assert not any(c.isdigit() for c in edit.new_text)


PIECES = st.sampled_from(
    [
        "本周",
        "效果不错",
        "退款率从3%升到5%",
        "，",
        "。",
        "\n",
        "\n\n",
        "## 问题\n",
        "- ",
        "因为",
        "力度不够",
        "下周",
        "继续优化",
        "周三前",
        "| a | b |\n|---|---|\n| 退款率 | 5% |\n",
        "A/B测试显示更好",
        "2月30日",
        "“",
        "（",
        "😀",
        "𠀀",
        "<b>",
        "１２％",
        "周一：",
        "周二：",
        "周三：",
        "转化率120%",
        "<!-- notecoach-disable -->",
        "P0 ",
        "@小林",
        "可能",
        "\t",
        "\u3000",
    ]
)


@settings(max_examples=150, deadline=None)
@given(
    st.lists(PIECES | st.text(max_size=6), max_size=30).map("".join), st.sampled_from(["auto", "ops_manager"])
)
def test_any_text_gives_findings_that_stand_in_it(text: str, role: str) -> None:
    """Nothing raises; every quote is the text's own slice; every edit lies inside."""
    found = _found(text, role=role, previous="下周：\n- 出一版拍照模板")
    for finding in found:
        if finding.source == "previous":
            continue
        if finding.span is None:
            assert finding.quote is None
        else:
            assert 0 <= finding.span.start < finding.span.end <= len(text)
            assert finding.quote == text[finding.span.start : finding.span.end]
        for fix in finding.fixes:
            assert all(0 <= e.span.start <= e.span.end <= len(text) for e in fix.edits)
    assert len({f.fingerprint for f in found}) == len(found)


@given(st.sets(st.sampled_from(["D101", "P303", "P307", "R202", "D105"])))
def test_hiding_changes_no_score(hidden: set[str]) -> None:
    """Scores come from the reading, whatever is hidden; shown and hidden findings add up."""
    reading = _read(NOTE)
    scores = judge(reading)
    everything, _ = collect(reading, scores)
    kept, count = collect(reading, scores, RuleOptions(disable=frozenset(hidden)))
    assert len(kept) + count == len(everything)
    assert judge(reading) == scores
    assert scores.level(DimensionKey.PLAN) <= 3
