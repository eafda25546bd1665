"""The baselines count words, train on the tuning half only, and solve what they should."""

import pytest

from service.core.score import DimensionKey
from service.evaluation import baseline
from service.evaluation.baseline import Ridge, count_levels, groups, ridge_figures, solve
from service.evaluation.dataset import Half
from tests.fakes.solver import rated


def test_there_are_seven_groups_of_signs() -> None:
    """Each group's pattern finds something and has a dimension."""
    assert len(groups()) == 7
    assert {g.dimension for g in groups()} == set(DimensionKey)
    assert next(g for g in groups() if g.name == "digits").count("3,450 单，八成，1.2w") == 2


def test_solve_by_hand() -> None:
    """2x + y = 5 and x + 3y = 10, and a system that needs rows swapped."""
    assert solve([[2, 1], [1, 3]], [5, 10]) == pytest.approx([1, 3])
    assert solve([[0, 1], [1, 0]], [2, 3]) == pytest.approx([3, 2])


def test_ridge_with_no_signs_predicts_the_mean() -> None:
    """The constant is not shrunk: notes without any sign get their mean level back."""
    notes = [rated(f"a-{i}", "做了些事", (level, 1, 2)) for i, level in enumerate((2, 4, 3))]
    assert Ridge(notes).levels("又做了些事") == {
        DimensionKey.DATA: 3,
        DimensionKey.CAUSE: 1,
        DimensionKey.PLAN: 2,
    }


def test_ridge_shrinks_by_hand() -> None:
    """Levels 1 and 3 at x = 0 and 1 (5 numbers): slope 1/(0.5 + 1) = 2/3, so x = 3 gives 2 + 2.5·2/3."""
    notes = [rated("a-1", "做了些事", (1, 1, 1)), rated("a-3", "1 2 3 4 5", (3, 1, 1))]
    assert Ridge(notes).levels("1 2 3 4 5 6 7 8 9 1 2 3 4 5 6")[DimensionKey.DATA] == 4


def test_ridge_refuses_the_testing_half() -> None:
    """Nothing is ever trained on a note of the testing half."""
    with pytest.raises(ValueError, match="tuning half only"):
        Ridge([rated("a-2", half=Half.TESTING)])


def test_a_tuning_note_is_judged_by_a_model_that_never_saw_it() -> None:
    """With two notes of opposite levels, each is predicted from the other: always wrong."""
    notes = [rated("a-1", "做了些事", (1, 1, 1)), rated("a-3", "做了些事", (5, 5, 5))]
    assert ridge_figures(notes, notes)["data_granularity.mae"].value == 4


@pytest.mark.parametrize(
    ("text", "level"), [("做了些事", 1), ("环比", 2), ("环比、同比、目标", 3), ("效果不错，环比", 1)]
)
def test_counting_alone_gives_a_level_for_each_doubling(text: str, level: int) -> None:
    """0 signs is 1, 1 is 2, 3 is 3; a vague word takes one away."""
    assert count_levels(text)[DimensionKey.DATA] == level


def test_counting_alone_never_leaves_the_scale() -> None:
    """A thousand signs are still level 5, many vague words still 1."""
    assert count_levels("环比" * 1000)[DimensionKey.DATA] == 5
    assert count_levels("不错" * 1000)[DimensionKey.DATA] == 1
    assert set(baseline.count_figures([rated("a-1")])) >= {"plan_linkage.qwk"}
