"""Figures worked out from a note's own are known with their formula."""

import pytest

from service.core.arithmetic import derivations, derive
from service.core.numbers import scan


@pytest.mark.parametrize(
    ("note", "stated", "formula"),
    [
        ("日活 500，上周 800", "60%", "800/500-1"),
        ("续费率 62%，上周 55%", "7个百分点", "55-62"),
        ("报名 400 人，到课 320 人", "80%", "320/400"),
        ("本周 12 单，上周 9 单", "3 单", "9-12"),
        ("花了 2w，回了 5w", "2.5倍", "50000/20000"),
    ],
)
def test_a_figure_of_two_others_has_a_formula(note: str, stated: str, formula: str) -> None:
    """Growth, points, share, difference and multiple of two figures are derived."""
    assert derive(scan(stated)[0], scan(note)) == formula


@pytest.mark.parametrize("stated", ["61%", "42 人", "9pp"])
def test_a_figure_from_nowhere_has_none(stated: str) -> None:
    """What no two figures give is not derived."""
    assert derive(scan(stated)[0], scan("日活 500，上周 800")) is None


def test_derivations_name_what_neighbours_give() -> None:
    """Every figure that two neighbours give is listed without its sign, with its formula."""
    found = derivations(scan("日活从 500 到 800"))

    assert found["60%"] == "800/500-1"
    assert found["37.5%"] == "500/800-1"
    assert found["300"] == "800-500"


def test_derivations_are_bounded() -> None:
    """A long note does not make the answer grow without end."""
    few = derivations(scan(" ".join(str(7 * i + 3) for i in range(200))))
    more = derivations(scan(" ".join(str(7 * i + 3) for i in range(2000))))

    assert len(few) == len(more)


def test_dates_and_vague_numbers_derive_nothing() -> None:
    """Only checkable measures are combined."""
    assert derivations(scan("11.11-11.17，周三 20:00，十几个人")) == {}
