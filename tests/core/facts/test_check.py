"""Which drafts pass: those that invent nothing, lose nothing and lift what they are for."""

from dataclasses import replace
from itertools import pairwise

import pytest

from service import catalog
from service.core import lexicon, scoring
from service.core.document import parse
from service.core.document.model import Format
from service.core.facts import check_rewrites
from service.core.note import Note
from service.core.reading import Reading
from service.core.rewrite import Blank, Rewrite, RewriteDraft
from service.core.score import DimensionKey, Scores
from service.core.span import Span
from service.rules.reader import RuleReader

TEXT = "本周社群活动效果不错。\n退款率从2.1%升到3.2%。\n下周三前换完退款说明的海报。"
READER = RuleReader(lexicon.load())
TOKENS = ("【待补：这次人数】", "【待补：上次人数】")
BLANKS = tuple(Blank(f"b{n}", token, "多少人？") for n, token in enumerate(TOKENS, 1))


def reread(note: Note) -> tuple[Reading, Scores]:
    """Read and judge by rule."""
    reading = READER.read(note)
    return reading, scoring.judge(reading, {})


def passed(*drafts: RewriteDraft, text: str = TEXT) -> tuple[Rewrite, ...]:
    """Return what the check lets through."""
    note = Note(text)
    reading, scores = reread(note)
    findings, _ = catalog.collect(reading, scores)
    return check_rewrites(note, reading, scores, findings, drafts, reread)


def draft(passage: str, rewritten: str, blanks: tuple[Blank, ...] = BLANKS) -> RewriteDraft:
    """Return a draft on one passage of TEXT."""
    at = TEXT.index(passage)
    return RewriteDraft(
        Span(at, at + len(passage)), rewritten, (DimensionKey.DATA,), "写上数字。", ("D101",), blanks
    )


GOOD = draft("社群活动效果不错", f"社群活动参与人数{TOKENS[0]}人，上次{TOKENS[1]}人")


def test_a_good_draft_passes_with_its_levels() -> None:
    """Blanks count as missing after, as given if answered, and the finding it mends is named."""
    (found,) = passed(GOOD)
    assert found.original == TEXT[found.span.start : found.span.end] == "社群活动效果不错"
    assert len(found.findings) == 1
    check = found.check
    assert check.scores_after[DimensionKey.DATA] == check.scores_before[DimensionKey.DATA]
    assert check.scores_if_answered[DimensionKey.DATA] >= check.scores_before[DimensionKey.DATA]
    assert (check.new_facts, check.lost_facts) == ((), ())


@pytest.mark.parametrize(
    "bad",
    [
        draft("社群活动效果不错", f"社群活动参与人数180人，上次{TOKENS[1]}人", BLANKS[1:]),
        draft("退款率从2.1%升到3.2%", f"退款率升到3.2%（{TOKENS[0]}，{TOKENS[1]}）"),
        draft("社群活动效果不错", "社群活动效果还行", ()),
        replace(GOOD, blanks=BLANKS[:1]),
        replace(GOOD, blanks=(BLANKS[0], replace(BLANKS[1], question=" "))),
        replace(GOOD, rewritten=GOOD.rewritten + TOKENS[0]),
    ],
    ids=["new figure", "lost figure", "no lift", "unlisted blank", "no question", "blank twice"],
)
def test_a_bad_draft_falls(bad: RewriteDraft) -> None:
    """A draft that invents, loses, lifts nothing or has its blanks out of order is not returned."""
    assert passed(bad) == ()


def test_a_draft_that_keeps_the_words_is_read_once() -> None:
    """Where blanks only stand beside the author's words, the note with them open is the note itself."""
    told: list[str] = []

    def counted(note: Note) -> tuple[Reading, Scores]:
        told.append(note.text)
        return reread(note)

    note = Note(TEXT)
    reading, scores = reread(note)
    beside = draft("社群活动效果不错", f"社群活动效果不错（这次{TOKENS[0]}人，上次{TOKENS[1]}人）")
    (found,) = check_rewrites(note, reading, scores, (), (beside,), counted)
    assert len(told) == 1
    assert "【" not in told[0]
    assert found.check.scores_after == found.check.scores_before
    assert found.check.scores_if_answered != {}


def test_passages_are_disjoint_and_few() -> None:
    """The second draft on a passage falls; no note gets more than five rewrites."""
    text = "".join(f"第{n}场活动效果不错。\n" for n in "一二三四五六七八")
    drafts = []
    for n in "一二三四五六七八":
        at = text.index(f"第{n}场活动效果不错")
        words = f"第{n}场活动参与人数{TOKENS[0]}人，上次{TOKENS[1]}人"
        drafts += [
            RewriteDraft(Span(at, at + 9), words, (DimensionKey.DATA,), "数字。", ("D101",), BLANKS)
        ] * 2
    found = passed(*drafts, text=text)
    spans = sorted(r.span for r in found)
    assert 0 < len(found) <= 5
    assert all(a.end <= b.start for a, b in pairwise(spans))
    assert [r.id for r in found] == [f"r{n}" for n in range(1, len(found) + 1)]


def test_a_long_note_is_not_read_again_for_every_draft() -> None:
    """Ten drafts of a book are not ten more readings: what is read again is bounded."""
    line = "社群活动效果不错。\n"
    long = Note(line * (50_000 // len(line)))
    reading, scores = reread(Note(line))
    read: list[int] = []

    def count(changed: Note) -> tuple[Reading, Scores]:
        read.append(len(changed.text))
        return reading, scores

    whole = replace(reading, document=parse(long.text, Format.PLAIN))
    drafts = [replace(GOOD, span=Span(at * len(line), at * len(line) + 8)) for at in range(10)]
    check_rewrites(long, whole, scores, (), drafts, count)
    assert 2 <= len(read) <= 3
