"""What is counted as found, missed and extra."""

import pytest

from service.core.document.model import Format
from service.core.reading import ClaimKind
from service.core.score import DimensionKey
from service.evaluation.dataset import GoldFinding
from service.evaluation.measure import Solved, match_findings, measure
from service.evaluation.outcome import Outcome, Quoted
from tests.fakes.solver import levels, rated

RESULT, PROBLEM = ClaimKind.RESULT, ClaimKind.PROBLEM


def _outcome(**given: object) -> Outcome:
    return Outcome(**{"levels": levels(2, 1, 1), **given})  # type: ignore[arg-type]


def test_findings_count_by_code() -> None:
    """A right place under another code is a miss here and an alarm there."""
    note = rated("a-1", gold=(GoldFinding("D101", ("效果不错",)), GoldFinding("D101", ("反馈很好",))))
    solved = Solved(note, _outcome(findings=(Quoted("D101", "效果不错，"), Quoted("P302", "反馈很好"))))
    matched = match_findings(solved, "D101")
    assert (matched.row, matched.missed, matched.extra) == ((1.0, 1.0, 2.0), ["反馈很好"], [])
    figures = measure([solved])
    assert figures["findings.D101.f1"].value == pytest.approx(2 / 3)
    assert figures["findings.P302.f1"].value == 0
    assert figures["findings.P307.f1"].value is None


def test_a_finding_on_the_whole_note_matches_no_place() -> None:
    """Without a quote a finding is extra, never a hit."""
    solved = Solved(
        rated("a-1", gold=(GoldFinding("P302", ("没人说话",)),)), _outcome(findings=(Quoted("P302", None),))
    )
    assert match_findings(solved, "P302").row == (0.0, 1.0, 1.0)
    assert match_findings(solved, "P302").extra == ["(whole note)"]


def test_quotes_from_html_match_across_markup() -> None:
    """A raw slice of HTML matches the words it renders to."""
    note = rated("a-1", gold=(GoldFinding("D101", ("效果不错",)),), markup=Format.HTML)
    found = (Quoted("D101", '效果<span class="underlined">不错</span>'),)
    assert match_findings(Solved(note, _outcome(findings=found)), "D101").row[0] == 1


def test_claims_are_the_mean_over_both_annotators() -> None:
    """One claim agrees with the first annotator only; kinds never mix."""
    note = rated("a-1", annotators=(((RESULT, "日活涨到八百"),), ((PROBLEM, "日活涨到八百"),)))
    figures = measure([Solved(note, _outcome(claims=(Quoted("result", "日活涨到八百"),)))])
    assert figures["claims.result.f1"].value == pytest.approx((1 + 0) / 2)
    assert figures["claims.micro.precision"].value == 0.5
    assert figures["claims.cause.f1"].value is None


def test_notes_without_annotated_claims_do_not_count_for_claims() -> None:
    """Claims found where nobody annotated are no alarms."""
    annotated = rated("a-1", annotators=(((RESULT, "日活涨到八百"),),) * 2)
    claims = (Quoted("result", "日活涨到八百"),)
    solved = [Solved(annotated, _outcome(claims=claims)), Solved(rated("a-3"), _outcome(claims=claims))]
    assert measure(solved)["claims.micro.f1"].value == 1
    assert measure(solved[1:])["claims.micro.f1"].value is None


def test_false_alarms_are_per_thousand_numbers_over_all_notes() -> None:
    """Two D105 alarms, one of them planted, in 500 numbers: 2 per 1,000."""
    planted = rated("a-1", gold=(GoldFinding("D105", ("合计二百一十九", "一百九")),))
    solved = [
        Solved(planted, _outcome(findings=(Quoted("D105", "一百九"),), numbers=200)),
        Solved(rated("a-3"), _outcome(findings=(Quoted("D105", "涨两成"),), numbers=300)),
    ]
    assert measure(solved)["findings.D105.false_alarms_per_1000_numbers"].value == 2


def test_rewrites_are_asked_for_where_a_level_is_three_or_less() -> None:
    """A note of fours and fives needs none; new facts and inexact spans are counted over all notes."""
    low, high = rated("a-1", consensus=(5, 5, 3)), rated("a-3", consensus=(4, 5, 4))
    solved = [
        Solved(low, _outcome(rewrites=2)),
        Solved(high, _outcome(new_facts=("12%",), inexact=("claim c1",))),
    ]
    figures = measure(solved)
    assert figures["rewrites.reached"].value == 1
    assert figures["rewrites.new_facts"].value == 1
    assert figures["spans.inexact"].value == 1


def test_levels_are_measured_against_the_consensus() -> None:
    """Each dimension has its own figures."""
    solved = [
        Solved(rated("a-1", consensus=(1, 2, 5)), _outcome(levels=levels(1, 2, 3))),
        Solved(rated("a-3", consensus=(5, 2, 4)), _outcome(levels=levels(4, 2, 4))),
    ]
    figures = measure(solved)
    assert figures[f"{DimensionKey.DATA}.mae"].value == 0.5
    assert figures[f"{DimensionKey.CAUSE}.qwk"].value is None
    assert figures[f"{DimensionKey.PLAN}.within_1"].value == 0.5
