"""Floors stop what falls below them, with one note's tolerance and not two's."""

from pathlib import Path

import pytest

from service.core.errors import InvalidRequest
from service.evaluation import floors
from service.evaluation.figures import Figure, estimate, ratio
from service.evaluation.floors import Floor


def _exact(right: int, wrong: int) -> Figure:
    return estimate([(1.0, 1.0)] * right + [(0.0, 1.0)] * wrong, ratio)


@pytest.mark.parametrize(("right", "wrong", "holds"), [(8, 2, True), (7, 2, True), (7, 3, False)])
def test_one_note_below_the_floor_is_tolerated(right: int, wrong: int, holds: bool) -> None:
    """7 of 9 is below 0.8 but 7 of 8 is not; 7 of 10 stays below whichever note is left out."""
    assert Floor("d", "f", "at_least", 0.8).holds(_exact(right, wrong)) is holds


def test_a_ceiling_is_tolerant_the_other_way() -> None:
    """2 of 10 passes a ceiling of 0.2, 3 of 10 is 2 of 9 at best."""
    assert Floor("d", "f", "at_most", 0.2).holds(_exact(2, 8))
    assert not Floor("d", "f", "at_most", 0.2).holds(_exact(3, 7))


def test_never_above_knows_no_tolerance() -> None:
    """One invented fact is one too many."""
    assert Floor("d", "f", "never_above", 0).holds(Figure(0.0, 0.0, 0.0, (0.0, 0.0)))
    assert not Floor("d", "f", "never_above", 0).holds(Figure(1.0, 0.0, 2.0, (0.0, 1.0)))


def test_an_unscored_figure_keeps_no_floor() -> None:
    """What was not measured can't pass."""
    assert not Floor("d", "f", "never_above", 0).holds(Figure(None))


def test_floors_load_and_name_what_was_missed(tmp_path: Path) -> None:
    """A file gives its floors; only those below are returned."""
    file = tmp_path / "floors.toml"
    file.write_text(
        '[founding.at_least]\n"a.f1" = 0.5\n"b.f1" = 0.9\n[founding.never_above]\nnew = 0\n', "utf-8"
    )
    figures = {"founding": {"a.f1": Figure(0.6), "b.f1": Figure(0.6), "new": Figure(0.0)}}
    assert floors.missed(floors.load(file), figures) == [Floor("founding", "b.f1", "at_least", 0.9)]


@pytest.mark.parametrize(
    "text", ["[founding.atleast]\na = 1", "[founding.at_least]\na = 'x'", "founding = 1", "["]
)
def test_a_file_that_is_off_is_refused(tmp_path: Path, text: str) -> None:
    """A misspelt table can't silently hold no floor."""
    file = tmp_path / "floors.toml"
    file.write_text(text, "utf-8")
    with pytest.raises(InvalidRequest, match=r"floors\.toml"):
        floors.load(file)


def test_a_floor_on_nothing_is_refused() -> None:
    """A figure that is not worked out can't be floored."""
    with pytest.raises(InvalidRequest, match="没有算出"):
        floors.missed((Floor("founding", "no.such", "at_least", 1),), {"founding": {}})
