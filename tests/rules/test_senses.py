"""The broad lists: kept in form, found by range, denied where a denial stands before."""

import pytest

from service.rules.senses import Senses, lists


@pytest.mark.parametrize("name", lists())
def test_a_list_says_what_it_is_for_and_holds_no_word_twice(name: str) -> None:
    """Words are lower case, without spaces at their ends, each once."""
    words = lists()[name]

    assert len(words) > 50
    assert len(set(words)) == len(words)
    assert [w for w in words if w != w.strip().lower()] == []


def test_a_denied_word_has_a_sign_of_its_own() -> None:
    """投诉 and 没投诉 are not the same news."""
    told = Senses("投诉多，没投诉")

    assert "S:bad" in told.within(0, 2)
    assert "S:bad" not in told.within(4, 7)
    assert told.within(3, 3) == []
