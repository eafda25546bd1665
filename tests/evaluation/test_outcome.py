"""An analysis is cut down to what is measured, and every place in it is looked at."""

from dataclasses import replace

import pytest

from service.core.analysis import Analysis, EngineInfo
from service.core.document import parse
from service.core.document.model import Format
from service.core.finding import Edit, Finding, Fix, Severity
from service.core.note import Note
from service.core.numbers.model import Number, NumberKind
from service.core.reading import Claim, ClaimKind, Reading
from service.core.rewrite import Blank, Derived, FactCheck, Rewrite
from service.core.score import DimensionKey, DimensionScore, Evidence, NextLevel, Scores
from service.core.span import Span
from service.evaluation.engines import EngineSolver
from service.evaluation.outcome import Quoted, observe

TEXT = "日活 800，群里没人说话。"
QUIET = Span(7, 13)


def _scores() -> Scores:
    dimensions = tuple(
        DimensionScore(
            key, key.value, level, 20 * level, "原因", (Evidence(QUIET),), NextLevel(level, "建议")
        )
        for level, key in enumerate(DimensionKey, 1)
    )
    return Scores(2, 40, dimensions)


def _analysis(text: str = TEXT) -> Analysis:
    document = parse(text, Format.PLAIN)
    kinds = (NumberKind.MEASURE, NumberKind.DATE, NumberKind.CHANGE)
    reading = Reading(
        document=document,
        role="other",
        kind="weekly",
        sections=(),
        claims=(Claim("c1", ClaimKind.PROBLEM, QUIET, 0, 0),),
        numbers=tuple(Number(Span(3, 6), kind, 800.0) for kind in kinds),
    )
    finding = Finding(
        "f1", 1, "x", "D101", "vague-quantifier", Severity.WARNING, DimensionKey.DATA, "话", "text",
        "群里没人说话", QUIET, (), None, {}, (Fix("改", (Edit(QUIET, "改"),)),),
    )  # fmt: skip
    rewrite = Rewrite("r1", QUIET, "群里没人说话", "群里【待补】", (), "因为", (), (), FactCheck())
    return Analysis(EngineInfo("rules", "0"), reading, _scores(), (), (finding,), 0, (rewrite,))


def test_what_is_measured_is_kept() -> None:
    """Levels, quotes by label, numbers about the work, rewrites; every place holds."""
    outcome = observe(_analysis())
    assert list(outcome.levels.values()) == [1, 2, 3]
    assert outcome.claims == (Quoted("problem", "群里没人说话"),)
    assert outcome.findings == (Quoted("D101", "群里没人说话"),)
    assert (outcome.numbers, outcome.rewrites, outcome.new_facts) == (2, 1, ())
    assert (outcome.spans, outcome.inexact) == (7, ())


def test_a_rewrite_with_new_facts_is_told() -> None:
    """Each fact the note does not hold is counted."""
    analysis = _analysis()
    bad = replace(analysis.rewrites[0], check=FactCheck(new_facts=("12%", "周三")))
    assert observe(replace(analysis, rewrites=(bad,))).new_facts == ("12%", "周三")


@pytest.mark.parametrize(
    ("rewritten", "unheard"),
    [
        ("日活 ８００，群里没人说话", ()),
        ("群里没人说话，比上周少 30%", ("30",)),
        ("群里没人说话【待补：7 天里几条】", ()),
        ("群里没人说话，+60%", ()),
        ("日活 80，群里没人说话", ("80",)),
    ],
)
def test_a_number_nobody_wrote_is_a_new_fact_whatever_the_check_says(
    rewritten: str, unheard: tuple[str, ...]
) -> None:
    """Numbers of the note in any width, in blanks and in derivations are known; all others are not."""
    analysis = _analysis()
    blank = Blank("b1", "【待补：7 天里几条】", "几条？")
    check = FactCheck(derived=(Derived("+60%", "800/500-1"),))
    rewrite = replace(analysis.rewrites[0], rewritten=rewritten, blanks=(blank,), check=check)
    assert observe(replace(analysis, rewrites=(rewrite,))).new_facts == unheard


@pytest.mark.parametrize(
    ("change", "name"),
    [
        ({"quote": "群里没人说"}, "finding D101"),
        ({"span": Span(6, 12)}, "finding D101"),
        ({"span": None}, "finding D101"),
        ({"source": "previous"}, "finding D101"),
        ({"fixes": (Fix("改", (Edit(QUIET, "甲"), Edit(Span(8, 9), "乙"))),)}, "fix of D101"),
        ({"fixes": (Fix("改", (Edit(Span(0, 99), "甲"),)),)}, "fix of D101"),
    ],
)
def test_a_finding_that_does_not_hold_its_words_is_inexact(change: dict[str, object], name: str) -> None:
    """Wrong quote, wrong place, wrong note, edits that overlap or leave the text: each is named."""
    analysis = _analysis()
    finding = replace(analysis.findings[0], **change)  # type: ignore[arg-type]
    assert observe(replace(analysis, findings=(finding,))).inexact == (name,)


def test_a_finding_on_the_whole_note_has_no_place_to_miss() -> None:
    """No span and no quote is a way to be exact."""
    analysis = _analysis()
    finding = replace(analysis.findings[0], span=None, quote=None, fixes=())
    assert observe(replace(analysis, findings=(finding,))).inexact == ()


def test_an_empty_claim_and_a_moved_rewrite_are_inexact() -> None:
    """A claim points at words, and a rewrite at what it replaces."""
    analysis = _analysis()
    empty = replace(analysis.reading, claims=(Claim("c1", ClaimKind.RESULT, Span(3, 3), 0, 0),))
    assert "claim c1" in observe(replace(analysis, reading=empty, findings=(), rewrites=())).inexact
    moved = replace(analysis.rewrites[0], span=Span(0, 2))
    assert observe(replace(analysis, rewrites=(moved,))).inexact == ("rewrite r1",)


def test_the_reading_is_described_line_by_line() -> None:
    """The judge's counts come first, then each claim with its words."""
    lines = observe(_analysis()).features
    assert lines[-1].startswith("c1 problem · 「群里没人说话」")
    assert any(line.startswith("plan: plans=0") for line in lines)


def test_an_engine_is_solved_by_its_functions() -> None:
    """The solver asks the engine for the whole, or for the scores alone."""
    solver = EngineSolver("rules", lambda note: _analysis(note.text), lambda _: _scores())
    assert solver.name == "rules"
    assert solver.solve(Note(TEXT)).levels == solver.levels(Note(TEXT))


def test_a_comma_between_clauses_joins_no_numbers() -> None:
    """ "1,042，18" is 1,042 and 18, in full width or not."""
    from service.evaluation.outcome import _numbers

    assert _numbers("刷卡1,042，18周1,015；１，２００件") == ["1,042", "18", "1,015", "1", "200"]
