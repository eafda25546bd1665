"""What the scores say: true of the note, in plain counts, and the next step fits the reason."""

from service.core.reading import Claim, ClaimKind, Relation, Trait
from service.core.score import DimensionKey, DimensionScore
from service.core.scoring import judge
from tests.core.scoring.readings import claim, reading

RESULT, PROBLEM, CAUSE, PLAN = ClaimKind.RESULT, ClaimKind.PROBLEM, ClaimKind.CAUSE, ClaimKind.PLAN
NUMBER, COMPARED, SEGMENTED = Trait.MEASURABLE, Trait.COMPARED, Trait.SEGMENTED
STEP = (Trait.SPECIFIC, Trait.DATED, Trait.MEASURABLE)


def told(key: DimensionKey, *claims: Claim) -> DimensionScore:
    """Return the score of one dimension over some claims."""
    return next(d for d in judge(reading(*claims)).dimensions if d.key is key)


def _serves(number: int, problem: int, *traits: Trait) -> Claim:
    return claim(number, PLAN, *traits, links=[(Relation.ADDRESSES, problem)])


def test_all_of_a_kind_is_said_without_counting_twice() -> None:
    """Two of two are "all", and one is no share of one."""
    one = told(DimensionKey.PLAN, claim(0, PROBLEM, NUMBER), _serves(2, 0, *STEP))
    two = told(
        DimensionKey.PLAN,
        claim(0, PROBLEM, NUMBER),
        claim(1, PROBLEM, NUMBER),
        _serves(2, 0, *STEP),
        _serves(3, 1, *STEP),
    )
    data = told(DimensionKey.DATA, *(claim(i, RESULT, NUMBER, COMPARED) for i in range(3)))
    assert one.reason.startswith("写到的问题有具体动作")
    assert two.reason.startswith("2 个问题都有具体动作")
    assert data.reason.startswith("3 处成果和问题都带对比")


def test_one_compared_outcome_is_not_called_too_few_of_one() -> None:
    """A lone outcome that is compared lacks company, not a comparison."""
    found = told(DimensionKey.DATA, claim(0, RESULT, NUMBER, COMPARED))
    assert "1 处成果和问题里" not in found.reason
    assert found.level == 2
    assert "配上对比" not in found.next.advice


def test_no_circle_is_closed_while_a_problem_is_left() -> None:
    """Whatever the level, a problem that no step takes up is what comes next."""
    left = told(DimensionKey.PLAN, claim(0, PROBLEM, NUMBER), claim(1, PROBLEM), _serves(2, 0, *STEP))
    assert left.reason.startswith("2 个问题里 1 个有具体动作")
    assert left.level >= 4
    assert "问题" in left.next.advice
    assert "闭环已经完整" not in left.next.advice


def test_plans_that_serve_nothing_told_are_asked_what_for() -> None:
    """Concrete tasks need no better verbs, they need the problem that they are for."""
    found = told(
        DimensionKey.PLAN,
        claim(0, PROBLEM, NUMBER),
        claim(2, PLAN, Trait.SPECIFIC),
        claim(3, PLAN, Trait.VAGUE, links=[(Relation.ADDRESSES, 0)]),
    )
    assert found.level == 2
    assert "看不出是冲着本期哪个问题去的" in found.reason
    assert "冲着哪个问题" in found.next.advice


def test_a_specific_cause_is_not_asked_to_become_specific() -> None:
    """Where the causes name something to check, proof is what lacks, and causes for the rest."""
    found = told(
        DimensionKey.CAUSE,
        claim(0, PROBLEM, NUMBER),
        claim(1, CAUSE, Trait.SPECIFIC, Trait.HYPOTHESIS, links=[(Relation.CAUSES, 0)]),
        claim(2, PROBLEM),
        claim(3, PROBLEM),
        claim(4, PROBLEM),
    )
    assert "1 处原因里 1 处" not in found.reason
    assert found.level == 3
    assert found.reason == "指到了具体的环节或因素，但还是推测，没有证据，还有 3 个问题没说为什么。"
    assert "证据" in found.next.advice


def test_a_note_that_breaks_figures_down_is_not_told_to_begin_with_it() -> None:
    """One figure is taken apart already, so the next step is the others."""
    found = told(
        DimensionKey.DATA,
        claim(0, RESULT, NUMBER, COMPARED),
        claim(1, RESULT, NUMBER, SEGMENTED),
        claim(2, RESULT, NUMBER, COMPARED),
        claim(3, PROBLEM, NUMBER),
    )
    assert found.level == 3
    assert not found.next.advice.startswith("挑一个关键数字")


def test_a_concrete_plan_is_not_asked_for_concrete_verbs() -> None:
    """Where the level is low for open ends or for promises, these are what comes next."""
    found = told(
        DimensionKey.PLAN,
        claim(0, PROBLEM, NUMBER),
        _serves(2, 0, Trait.SPECIFIC),
        claim(3, PLAN, Trait.VAGUE),
        claim(4, PLAN, Trait.VAGUE),
        claim(5, PLAN, Trait.VAGUE),
    )
    assert found.level == 3
    assert not found.next.advice.startswith("把“优化")


def test_some_specific_causes_are_told_from_the_rest() -> None:
    """One of two causes names a point: it needs proof, the other needs a point."""
    found = told(
        DimensionKey.CAUSE,
        claim(0, PROBLEM, NUMBER),
        claim(1, CAUSE, Trait.SPECIFIC, links=[(Relation.CAUSES, 0)]),
        claim(2, PROBLEM),
        claim(3, CAUSE, Trait.EMPTY, links=[(Relation.CAUSES, 2)]),
        claim(4, PROBLEM),
    )
    assert found.level == 2
    assert "依据" in found.next.advice
    assert "能去核实的说法" in found.next.advice


def test_nothing_left_to_explain_is_not_asked_for() -> None:
    """The only problem has its cause: proof is all that lacks."""
    found = told(
        DimensionKey.CAUSE,
        claim(0, PROBLEM, NUMBER),
        claim(1, CAUSE, Trait.SPECIFIC, Trait.HYPOTHESIS, links=[(Relation.CAUSES, 0)]),
    )
    assert "还没说为什么" not in found.next.advice


def test_one_figure_is_spoken_of_as_one() -> None:
    """都 needs two."""
    assert "都是" not in told(DimensionKey.DATA, claim(0, RESULT, NUMBER)).reason
    assert "都是" in told(DimensionKey.DATA, claim(0, RESULT, NUMBER), claim(1, RESULT, NUMBER)).reason


def test_what_was_looked_into_is_not_called_a_mere_phenomenon() -> None:
    """Figures found about a problem are seen, and what is still asked for is the reason."""
    found = told(
        DimensionKey.CAUSE,
        claim(0, PROBLEM, NUMBER),
        claim(1, ClaimKind.EVIDENCE, NUMBER, links=[(Relation.SUPPORTS, 0)]),
    )
    assert found.level == 2
    assert "只有现象" not in found.reason
    assert "查到" in found.reason
    assert found.next.advice.startswith("查到的")


def test_proofs_without_a_cause_place_a_problem() -> None:
    """Two things found out about a problem are level 3, whoever leaves out the why."""
    found = told(
        DimensionKey.CAUSE,
        claim(0, PROBLEM, NUMBER),
        claim(1, ClaimKind.EVIDENCE, NUMBER, links=[(Relation.SUPPORTS, 0)]),
        claim(2, ClaimKind.EVIDENCE, NUMBER, links=[(Relation.SUPPORTS, 0)]),
    )
    assert found.level == 3
    assert "还没有回答" in found.reason


def test_none_of_several_is_said_without_a_nought() -> None:
    """A step for what was achieved is one, and the problems are told to wait."""
    found = told(
        DimensionKey.PLAN,
        claim(0, RESULT, NUMBER),
        claim(1, PROBLEM, NUMBER),
        claim(2, PROBLEM),
        _serves(3, 0, *STEP),
    )

    assert " 0 个" not in found.reason
    assert "2 个问题都还没有动作" in found.reason
