"""The scales that levels are cut from: data that keeps its promises whatever it was fitted to."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from service.core.score import DimensionKey
from service.core.scoring.features import cause_features, data_features, plan_features
from service.core.scoring.scale import scale
from service.core.scoring.terms import cause_terms, data_terms, plan_terms
from tests.core.scoring.readings import reading

NAMES = {
    DimensionKey.DATA: tuple(data_terms(data_features(reading()))),
    DimensionKey.CAUSE: tuple(cause_terms(cause_features(reading()))),
    DimensionKey.PLAN: tuple(plan_terms(plan_features(reading()))),
}


@pytest.mark.parametrize("key", DimensionKey)
def test_a_scale_weighs_known_terms_and_takes_nothing_away(key: DimensionKey) -> None:
    """Every weight is for a term that exists and is positive; the cuts rise."""
    found = scale(key)

    assert set(found.weights) <= set(NAMES[key])
    assert min(found.weights.values()) > 0
    assert list(found.cuts) == sorted(set(found.cuts))


@pytest.mark.parametrize("key", DimensionKey)
def test_every_level_can_be_reached(key: DimensionKey) -> None:
    """Nothing at all is level 1, everything level 5."""
    assert scale(key).place(dict.fromkeys(NAMES[key], 0.0))[0] == 1
    assert scale(key).place(dict.fromkeys(NAMES[key], 1.0))[0] == 5


@given(st.sampled_from(list(DimensionKey)), st.data())
def test_more_of_anything_good_never_lowers(key: DimensionKey, data: st.DataObject) -> None:
    """Raising one term keeps or raises the level, and within a level the way to the next."""
    terms = {name: data.draw(st.floats(0, 1)) for name in NAMES[key]}
    name = data.draw(st.sampled_from(NAMES[key]))
    more = {**terms, name: data.draw(st.floats(terms[name], 1))}

    assert scale(key).place(terms) <= scale(key).place(more)
