"""The judge: levels from counted features, monotone and explained."""

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from service.core.numbers.model import Metric, Mismatch
from service.core.reading import ClaimKind, Relation, Trait
from service.core.rubric import rubric
from service.core.score import DimensionKey
from service.core.scoring import judge
from service.core.span import Span
from tests.core.scoring.readings import claim, reading

RESULT, PROBLEM, CAUSE = ClaimKind.RESULT, ClaimKind.PROBLEM, ClaimKind.CAUSE
EVIDENCE, PLAN, ACTIVITY = ClaimKind.EVIDENCE, ClaimKind.PLAN, ClaimKind.ACTIVITY
NUMBER, COMPARED, SEGMENTED = Trait.MEASURABLE, Trait.COMPARED, Trait.SEGMENTED


def level(key: DimensionKey, *claims, **more) -> int:
    return judge(reading(*claims, **more)).level(key)


def test_an_empty_reading_is_level_one_everywhere() -> None:
    """A text that claims nothing gets the lowest level in each dimension, never an error."""
    scores = judge(reading())

    assert [d.level for d in scores.dimensions] == [1, 1, 1]
    assert scores.overall_level == 1


def test_a_text_that_is_no_note_is_level_one_whatever_it_contains() -> None:
    """Figures in a text that reports on no work earn nothing."""
    told = reading(*[claim(i, RESULT, NUMBER, COMPARED) for i in range(3)])
    scores = judge(replace(told, is_note=False))

    assert [d.level for d in scores.dimensions] == [1, 1, 1]


def test_workload_alone_is_level_two_data() -> None:
    """Counts of work done are numbers, but say nothing of what came of it."""
    deed = claim(0, ACTIVITY, metrics=[Metric(Span(0, 2), "推文", 3.0, is_workload=True)])

    assert level(DimensionKey.DATA, deed) == 2


def test_comparison_segment_and_definition_raise_data_step_by_step() -> None:
    """Bare figures are 2, compared ones 3, broken down with a numbered problem 4, with definitions 5."""
    bare = [claim(i, RESULT, NUMBER) for i in range(3)]
    compared = [claim(i, RESULT, NUMBER, COMPARED) for i in range(3)]
    broken = [claim(i, RESULT, NUMBER, COMPARED, SEGMENTED) for i in range(4)]
    problem = claim(5, PROBLEM, NUMBER, COMPARED)

    assert level(DimensionKey.DATA, *bare) == 2
    assert level(DimensionKey.DATA, *compared, problem) == 3
    assert level(DimensionKey.DATA, *broken, problem) == 4
    assert level(DimensionKey.DATA, *broken, problem, definitions=2) == 5


def test_contradicting_figures_cap_data_at_four() -> None:
    """Figures that can't all be right keep an otherwise whole note from level 5."""
    broken = [claim(i, RESULT, NUMBER, COMPARED, SEGMENTED) for i in range(3)]
    wrong = Mismatch("growth", Span(0, 3), Span(0, 3), "+50%", "+60%", "800/500-1", "")

    assert (
        level(
            DimensionKey.DATA, *broken, claim(5, PROBLEM, NUMBER, COMPARED), definitions=2, mismatches=[wrong]
        )
        == 4
    )


def test_cause_levels_follow_emptiness_proof_and_depth() -> None:
    """No cause 1, an empty one 2, concrete ones 3, proven ones 4, proven by figures and words 5."""
    problem = claim(0, PROBLEM, NUMBER)
    why = [(Relation.CAUSES, 0)]
    proves = [(Relation.SUPPORTS, 1)]
    solid = [claim(1, CAUSE, Trait.SPECIFIC, links=why), claim(4, CAUSE, Trait.SPECIFIC, links=why)]
    numbers = [claim(2, EVIDENCE, NUMBER, links=proves), claim(5, EVIDENCE, NUMBER, links=proves)]
    voice = claim(3, EVIDENCE, Trait.QUOTED, links=proves)

    assert level(DimensionKey.CAUSE, problem) == 1
    assert level(DimensionKey.CAUSE, problem, claim(1, CAUSE, Trait.EMPTY, links=why)) == 2
    assert level(DimensionKey.CAUSE, problem, *solid) == 3
    assert level(DimensionKey.CAUSE, problem, *solid, *numbers) == 4
    assert level(DimensionKey.CAUSE, problem, *solid, *numbers, voice) == 5


def test_causes_without_proof_stay_at_three_and_empty_ones_at_two() -> None:
    """However many there are."""
    why = [(Relation.CAUSES, 0)]
    solid = [claim(i, CAUSE, Trait.SPECIFIC, links=why) for i in range(1, 9)]
    empty = [claim(i, CAUSE, Trait.EMPTY, links=why) for i in range(1, 9)]

    assert level(DimensionKey.CAUSE, claim(0, PROBLEM, NUMBER), *solid) == 3
    assert level(DimensionKey.CAUSE, claim(0, PROBLEM, NUMBER), *empty) == 2


def test_plan_levels_follow_link_step_and_hold() -> None:
    """No plan or a stray one 1, a vague one 2, a concrete one 3 or 4 as it is held to, a closed one 5."""
    problem = claim(0, PROBLEM)
    serves = [(Relation.ADDRESSES, 0)]

    def plan(*traits: Trait) -> int:
        return level(DimensionKey.PLAN, problem, claim(1, PLAN, *traits, links=serves))

    assert level(DimensionKey.PLAN, problem) == 1
    assert level(DimensionKey.PLAN, problem, claim(1, PLAN, Trait.SPECIFIC, Trait.OFF_TOPIC)) == 1
    assert plan(Trait.VAGUE) == 2
    assert plan(Trait.SPECIFIC) == 3
    assert 3 <= plan(Trait.SPECIFIC, Trait.DATED) <= 4
    assert plan(Trait.SPECIFIC, Trait.DATED, NUMBER) == 5


def test_plans_that_touch_no_problem_are_not_counted_by_problems() -> None:
    """Nobody is told that 0 problems are taken up, but feebly."""
    told = judge(
        reading(claim(0, RESULT, NUMBER), claim(1, PLAN, Trait.VAGUE, links=[(Relation.ADDRESSES, 0)]))
    )
    reason = told.dimensions[2].reason

    assert told.level(DimensionKey.PLAN) == 2
    assert not reason.startswith("0 ")
    assert "看不出具体做什么" in reason


def test_a_missed_promise_caps_plan_at_four() -> None:
    """What was promised last period and is not mentioned keeps the plan from level 5."""
    before = reading(claim(7, PLAN, Trait.SPECIFIC))
    plan = claim(1, PLAN, Trait.SPECIFIC, Trait.DATED, NUMBER, links=[(Relation.ADDRESSES, 0)])
    report = claim(2, ACTIVITY, previous=[7])

    assert level(DimensionKey.PLAN, claim(0, PROBLEM), plan, previous=before) == 4
    assert level(DimensionKey.PLAN, claim(0, PROBLEM), plan, report, previous=before) == 5


def test_every_verdict_is_explained_within_its_band() -> None:
    """Each dimension has a reason, advice and a score inside the band of its level."""
    for dimension in judge(reading(claim(0, PROBLEM, NUMBER), claim(1, PLAN, Trait.VAGUE))).dimensions:
        low, high = rubric().bands[dimension.level - 1]
        assert low <= dimension.score <= high
        assert dimension.reason.endswith("。")
        assert dimension.next.advice


def test_weights_move_only_the_overall_score() -> None:
    """Weights change the mean, never a dimension; weights of zero fall back to equal."""
    note = reading(*[claim(i, RESULT, NUMBER, COMPARED) for i in range(3)])
    plain = judge(note)
    data_only = judge(note, {"data_granularity": 1, "root_cause_depth": 0, "plan_linkage": 0})

    assert plain.dimensions == data_only.dimensions
    assert data_only.overall_score == data_only.dimensions[0].score
    assert plain == judge(note, dict.fromkeys(DimensionKey, 0.0))


_TRAITS = st.sets(st.sampled_from([NUMBER, COMPARED, SEGMENTED, Trait.VAGUE, Trait.SPECIFIC, Trait.DATED]))
_CLAIMS = st.lists(st.tuples(st.sampled_from([RESULT, PROBLEM, PLAN, CAUSE]), _TRAITS), max_size=12)


@given(_CLAIMS)
def test_judging_is_total_and_repeatable(drawn) -> None:
    """Any mix of claims gets a verdict, and the same reading always gets the same one."""
    note = reading(*[claim(i, kind, *traits) for i, (kind, traits) in enumerate(drawn)])

    assert judge(note) == judge(note)


@given(st.integers(0, 5), st.integers(1, 5))
def test_telling_more_compared_results_never_lowers_data(bare: int, compared: int) -> None:
    """Adding a compared result to a note keeps or raises its data score."""
    claims = [claim(i, RESULT, NUMBER) for i in range(bare)]
    claims += [claim(20 + i, RESULT, NUMBER, COMPARED) for i in range(compared)]
    more = [*claims, claim(40, RESULT, NUMBER, COMPARED)]

    before = judge(reading(*claims)).dimensions[0].score
    assert before <= judge(reading(*more)).dimensions[0].score


def test_what_is_pasted_twice_counts_once() -> None:
    """A paragraph told again word for word adds no figure, whatever it is taken for the second time."""
    told = [claim(i, RESULT, NUMBER, COMPARED, SEGMENTED) for i in range(2)]
    once = reading(*told)
    again = [
        replace(c, id=f"d{i}", kind=(RESULT, EVIDENCE)[i], span=Span(20 + 10 * i, 30 + 10 * i))
        for i, c in enumerate(told)
    ]
    text = once.document.text[:20] * 2
    document = replace(once.document, text=text, view=text, folded=text)
    twice = replace(once, document=document, claims=(*told, *again))

    assert judge(twice).dimensions[0] == judge(once).dimensions[0]
