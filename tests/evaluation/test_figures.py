"""Figures worked out by hand."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from service.evaluation import figures as fig
from service.evaluation.figures import Figure, estimate

RATINGS = st.lists(st.tuples(st.integers(1, 5), st.integers(1, 5)), min_size=2, max_size=12)


def _rows(*pairs: tuple[int, int]) -> list[fig.Row]:
    return [fig.rating_row(a, b) for a, b in pairs]


def _value(rows: list[fig.Row], formula: fig.Formula) -> float | None:
    return estimate(rows, formula, resamples=1).value


def _kappa_by_table(pairs: list[tuple[int, int]]) -> float | None:
    """Work kappa out of the table of counts, as textbooks do."""
    n = len(pairs)
    observed = sum((a - b) ** 2 for a, b in pairs) / n
    chance = sum((a - b) ** 2 for a, _ in pairs for _, b in pairs) / n**2
    return 1 - observed / chance if chance else None


def test_kappa_of_full_agreement_is_one() -> None:
    """Equal ratings that vary give 1."""
    assert _value(_rows((1, 1), (3, 3), (5, 5)), fig.kappa) == 1


def test_kappa_by_hand() -> None:
    """(1,1) (2,3) (4,3) (5,5): observed 2/4, chance 46/4 + 44/4 - 2·3·3."""
    assert _value(_rows((1, 1), (2, 3), (4, 3), (5, 5)), fig.kappa) == pytest.approx(1 - 0.5 / 4.5)


def test_kappa_of_one_constant_is_unscored() -> None:
    """Both sides one and the same constant: nothing to agree on, so no figure."""
    assert estimate(_rows((3, 3), (3, 3)), fig.kappa) == Figure(None)


def test_kappa_of_a_constant_guess_is_zero() -> None:
    """A guess that never varies agrees no better than chance."""
    assert _value(_rows((1, 3), (3, 3), (5, 3)), fig.kappa) == pytest.approx(0)


@given(RATINGS)
def test_kappa_from_sums_is_kappa_from_the_table(pairs: list[tuple[int, int]]) -> None:
    """The formula over sums is the textbook's over counts."""
    expected = _kappa_by_table(pairs)
    found = _value(_rows(*pairs), fig.kappa)
    assert found is None if expected is None else found == pytest.approx(expected)


def test_errors_by_hand() -> None:
    """Off by 0, 1 and 3: mean 4/3, one exact, two within one."""
    rows = _rows((2, 2), (2, 3), (5, 2))
    assert _value(rows, fig.mean_of(6)) == pytest.approx(4 / 3)
    assert _value(rows, fig.mean_of(7)) == pytest.approx(1 / 3)
    assert _value(rows, fig.mean_of(8)) == pytest.approx(2 / 3)


def test_precision_recall_f1_by_hand() -> None:
    """3 hits of 4 found and 6 planted."""
    rows: list[fig.Row] = [(1.0, 1.0, 2.0), (2.0, 3.0, 4.0)]
    assert _value(rows, fig.precision) == 0.75
    assert _value(rows, fig.recall) == 0.5
    assert _value(rows, fig.f1) == pytest.approx(0.6)


def test_two_annotators_count_as_the_mean_of_both() -> None:
    """F1 is 1 against the first and 0.5 against the second."""
    assert _value([(1.0, 1.0, 1.0, 1.0, 2.0, 2.0)], fig.f1) == 0.75


def test_what_was_neither_found_nor_planted_is_unscored() -> None:
    """Nothing to find and nothing found is no perfect score; nothing found of something is 0."""
    assert _value([(0.0, 0.0, 0.0)], fig.f1) is None
    assert _value([(0.0, 0.0, 2.0)], fig.f1) == 0
    assert _value([(0.0, 0.0, 2.0)], fig.precision) is None


def test_no_notes_no_figure() -> None:
    """An empty half scores nothing."""
    assert estimate([], fig.f1) == Figure(None)


def test_interval_holds_the_value_and_is_the_same_each_time() -> None:
    """The bootstrap is seeded, spreads where notes differ, and never where they don't."""
    mixed = [(float(i % 3 == 0), 1.0) for i in range(30)]
    one, two = estimate(mixed, fig.ratio), estimate(mixed, fig.ratio)
    assert one == two
    assert one.low is not None
    assert one.high is not None
    assert one.value is not None
    assert 0 < one.low < one.value < one.high < 1
    assert estimate([(1.0, 1.0)] * 5, fig.ratio) == Figure(1.0, 1.0, 1.0, (1.0, 1.0))


def test_leaving_one_note_out_by_hand() -> None:
    """2 of 3: without a hit 1/2, without the miss 1."""
    assert estimate([(1.0, 1.0), (1.0, 1.0), (0.0, 1.0)], fig.ratio).without_one == (0.5, 1.0)


def test_rate_per_thousand_by_hand() -> None:
    """1 false alarm in 250 numbers is 4 per 1,000; without numbers there is no rate."""
    assert _value([(1.0, 100.0), (0.0, 150.0)], fig.per_thousand) == 4
    assert _value([(0.0, 0.0)], fig.per_thousand) is None
