"""Filling blanks: the caller's rewrite is trusted in nothing, an answer is data."""

from collections.abc import Mapping, Sequence

import pytest

from service.core import lexicon, scoring
from service.core.document.model import Format
from service.core.errors import InvalidRequest
from service.core.facts import fill
from service.core.note import Note
from service.core.reading import Reading
from service.core.rewrite import Blank, Rewrite
from service.core.score import DimensionKey, Scores
from service.core.span import Span
from service.rules.reader import RuleReader

TEXT = "本周社群活动效果不错。\n下周继续优化活动报名页。"
PASSAGE = "社群活动效果不错"
REWRITTEN = "社群活动参与人数【待补：本期人数】人，上期【待补：上期人数】人"
BLANKS = (
    Blank("b1", "【待补：本期人数】", "本期多少人？"),
    Blank("b2", "【待补：上期人数】", "上期多少人？"),
)
READER = RuleReader(lexicon.load())


def reread(note: Note) -> tuple[Reading, Scores]:
    """Read and judge by rule."""
    reading = READER.read(note)
    return reading, scoring.judge(reading, {})


def filled(
    answers: Mapping[str, str],
    rewritten: str = REWRITTEN,
    blanks: Sequence[Blank] = BLANKS,
    text: str = TEXT,
    passage: str = PASSAGE,
    markup: Format = Format.PLAIN,
) -> Rewrite:
    """Fill the blanks of one passage."""
    at = text.index(passage)
    return fill(Note(text, markup), Span(at, at + len(passage)), rewritten, blanks, answers, reread)


def refused(field: str, **wrong: object) -> str:
    """Return the message of the refusal that names `field`."""
    with pytest.raises(InvalidRequest) as caught:
        filled(**{"answers": {}, **wrong})  # type: ignore[arg-type]
    assert caught.value.field == field
    return str(caught.value)


def test_answers_stand_where_their_blanks_stood() -> None:
    """The original is the text's own passage, the rewrite holds the answers, and no blank is left."""
    done = filled({"b1": "180", "b2": "120"})
    assert done.original == PASSAGE
    assert done.rewritten == "社群活动参与人数180人，上期120人"
    assert done.blanks == ()
    assert done.check.scores_after[DimensionKey.DATA] > done.check.scores_before[DimensionKey.DATA]


def test_what_is_not_answered_stays_blank() -> None:
    """An empty answer is none; a blank left counts as missing and keeps its question."""
    done = filled({"b1": "180", "b2": "  "})
    assert done.rewritten == "社群活动参与人数180人，上期【待补：上期人数】人"
    assert [blank.id for blank in done.blanks] == ["b2"]


@pytest.mark.parametrize("answer", ["不知道", " 不清楚。", "？", "TBD"])
def test_not_knowing_leaves_the_blank_open(answer: str) -> None:
    """“参与人数不知道人” would be worse than a blank; who writes 0 has answered."""
    assert filled({"b1": answer, "b2": "0"}).rewritten == "社群活动参与人数【待补：本期人数】人，上期0人"


@pytest.mark.parametrize(
    ("answer", "whole"),
    [("180人", "180人，"), ("180人。", "180人，"), ("参与人数180", "180人，"), (" 约180 ", "约180人，")],
)
def test_grammar_round_an_answer_stays_fine(answer: str, whole: str) -> None:
    """A unit that stands there already, a stop or spaces are not said twice."""
    assert filled({"b1": answer, "b2": "120"}).rewritten.startswith("社群活动参与人数" + whole)


@pytest.mark.parametrize("answer", ["一行\n两行", "铃\a", "反\u202e转", "【待补：目标】", "长" * 201])
def test_an_answer_is_one_plain_line(answer: str) -> None:
    """Line ends, control signs, blanks and whole essays are refused, and the field is named."""
    refused("answers.b1", answers={"b1": answer})


def test_an_answer_brings_in_no_markup() -> None:
    """In HTML an answer is escaped; in Markdown its signs are words; a comment hides no finding."""
    html = filled(
        {"b1": "<b>180</b>", "b2": "120"},
        text=f"<p>{PASSAGE}</p>",
        markup=Format.HTML,
    )
    assert "<b>" not in html.rewritten
    assert "<!--" not in filled({"b1": "180<!-- notecoach-disable -->", "b2": "120"}).rewritten


def test_an_unknown_answer_is_refused() -> None:
    """An answer for a blank that is not listed names the answers."""
    refused("answers", answers={"b9": "180"})


def test_a_made_up_fact_is_refused_by_kind() -> None:
    """The message says what kind was not found and echoes nothing."""
    message = refused("rewritten", rewritten=REWRITTEN + "，增长 35%，小王负责")
    assert "1 处数字" in message
    assert "35" not in message


@pytest.mark.parametrize(
    ("rewritten", "blanks", "field"),
    [
        (REWRITTEN, BLANKS[:1], "blanks"),
        (REWRITTEN + "【待补：上期人数】", BLANKS, "blanks"),
        (REWRITTEN, (BLANKS[0], Blank("b1", BLANKS[1].token, "?")), "blanks"),
        ("社群活动涨了80%", (Blank("b1", "涨了80%", "?"),), "blanks"),
        (" ", (), "rewritten"),
        ("社群活动<script>效果不错", (), "rewritten"),
        ("社群活动<!-- notecoach-disable -->效果不错", (), "rewritten"),
    ],
)
def test_a_frame_that_does_not_fit_is_refused(rewritten: str, blanks: Sequence[Blank], field: str) -> None:
    """Blanks stand once, are listed, have ids of their own and look like blanks; no markup comes in."""
    refused(field, rewritten=rewritten, blanks=blanks)


def test_a_span_outside_the_text_is_refused() -> None:
    """A range that the text does not have names the span."""
    with pytest.raises(InvalidRequest) as caught:
        fill(Note(TEXT), Span(3, 999), "活动", (), {}, reread)
    assert caught.value.field == "span"


def test_dropped_facts_are_told() -> None:
    """What the rewrite leaves out of the passage is listed."""
    passage = "周三社群活动来了80人，上周60人，效果不错"
    done = filled({}, passage.removeprefix("周三"), (), text=f"{passage}。下周继续优化。", passage=passage)
    assert done.check.lost_facts == ("周三",)
