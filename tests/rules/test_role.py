"""Whose note it is: two of a role's own words, or nobody's."""

from tests.rules.notes import read


def test_two_words_of_a_role_tell_it() -> None:
    """A shop's words make a shop's note."""
    assert read("门店客流 300 人，店长排班，巡店 4 次").role == "store_ops"


def test_one_word_is_not_enough() -> None:
    """A word used again is still one word."""
    assert read("巡店 4 次，又巡店 2 次").role == "other"


def test_a_callers_word_stands() -> None:
    """A role that is given is not guessed."""
    assert read("门店客流 300 人，店长排班，巡店 4 次", role="growth_ops").role == "growth_ops"
