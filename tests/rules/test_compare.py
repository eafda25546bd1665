"""Figures of the period before are folded into those they are compared with; names tell a direction."""

import pytest

from service.core.numbers.model import BaselineKind, Direction, Metric
from tests.rules.notes import read


def metrics(text: str) -> list[Metric]:
    """All metrics of a text's claims."""
    return [m for c in read(text).claims for m in c.metrics]


def test_last_weeks_label_makes_a_baseline() -> None:
    """In a note on W12, "W11 29 人" is what 46 is held against."""
    (found,) = metrics("W12 夜校周报\n报名 46 人，W11 29 人")

    assert (found.value, found.baseline, found.baseline_kind) == (46.0, 29.0, BaselineKind.PREVIOUS)


def test_the_own_weeks_label_makes_none() -> None:
    """W12 in a note on W12 is no comparison."""
    assert [m.baseline for m in metrics("W12 夜校周报\n报名 W12 46 人")] == [None]


def test_a_figure_far_from_the_label_is_its_own() -> None:
    """A label speaks of the figure right after it."""
    found = metrics("W12 夜校周报\n报名 46 人，W11 换了老师之后退费 3 单")

    assert all(m.baseline is None for m in found)


@pytest.mark.parametrize(
    ("text", "held"),
    [
        ("日单4,560(4,800)、台均3.0(3.2)", [(4560.0, 4800.0), (3.0, 3.2)]),
        ("括号里是上周：邀请转化 38.3%(38.0%)", [(38.3, 38.0)]),
        ("离职 29 人(33)", [(29.0, None), (33.0, None)]),  # once is no habit
        ("报名 320(40)、到场 280(35)", [(320.0, None), (40.0, None), (280.0, None), (35.0, None)]),
        ("异形件压了 460 件，前七天 310", [(460.0, 310.0)]),
        ("异形件压了 460 件，前 7 天 310", [(460.0, 310.0)]),
        ("一次成功 44/50，88%，上周 46", [(44.0, 46.0), (88.0, None)]),
        ("KR2 任务完成率 40% → 55%：目前 47%（+3pp）", [(47.0, 40.0)]),  # 55 is where it is to go
        ("KR1 P90 从 18h 降到 6h，当前 15h", [(15.0, 18.0)]),
        ("转化率从 3.2% 提到 4%，目前 4%", [(4.0, 3.2), (4.0, None)]),  # it is there
        ("穿刺 88%，上周 46 人", [(88.0, None), (None, 46.0)]),  # a share is held against no count
    ],
)
def test_what_stands_beside_a_figure_is_its_baseline(
    text: str, held: list[tuple[float, float | None]]
) -> None:
    """Brackets that hold a like figure each time, and days before, tell what a figure was."""
    assert [(m.value, m.baseline) for m in metrics("本周小结\n" + text)] == held


@pytest.mark.parametrize(
    ("text", "direction"),
    [
        ("响应时长 8 分钟，上周 12 分钟", Direction.DOWN_GOOD),
        ("在线时长 40 分钟，上周 35 分钟", Direction.UP_GOOD),
        ("赔付金额 800 元，上周 1200 元", Direction.DOWN_GOOD),
        ("产量 80 件，上周 65 件", Direction.UP_GOOD),
    ],
)
def test_names_tell_a_direction(text: str, direction: Direction) -> None:
    """Shorter waits and fewer losses are good; more of what is sold is good."""
    assert [m.direction for m in metrics(text)] == [direction]


def test_a_bound_tells_which_way_is_good() -> None:
    """Of what is to stay at or below a goal, less is good."""
    (found,) = [m for m in metrics("单篇互动花 2.9 元（目标 ≤3.5）") if m.baseline is not None]
    assert found.direction is Direction.DOWN_GOOD
    assert found.polarity > 0


@pytest.mark.parametrize(
    ("name", "direction"),
    [
        ("离线率", Direction.DOWN_GOOD),
        ("断药率", Direction.DOWN_GOOD),
        ("不合格批", Direction.DOWN_GOOD),
        ("隐患整改数", Direction.UP_GOOD),
        ("带看组数", Direction.UP_GOOD),
        ("航空件", Direction.NEUTRAL),
        ("不锈钢件", Direction.NEUTRAL),
    ],
)
def test_a_names_words_tell_which_way_is_good(name: str, direction: Direction) -> None:
    """What is broken, late or missing is to fall; what was put right is to rise."""
    (found,) = metrics(f"本周小结\n{name} 32，上周 30")
    assert (found.name, found.direction) == (name, direction)
