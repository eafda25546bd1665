"""Which characters say something."""

import pytest

from service.core.facts.script import is_han, is_spoken


@pytest.mark.parametrize("char", "一鿿周㐀䶿")
def test_chinese_is_told(char: str) -> None:
    """The first and last of both ranges, and what lies between, are Chinese and spoken."""
    assert is_han(char)
    assert is_spoken(char)


@pytest.mark.parametrize("char", "aZ09")
def test_latin_and_digits_are_spoken(char: str) -> None:
    """Letters and digits are read aloud and no Chinese."""
    assert is_spoken(char)
    assert not is_han(char)


@pytest.mark.parametrize("char", "，。 □-é①")
def test_signs_are_silent(char: str) -> None:
    """A sign, a space, a blank's stand-in or a letter of another script says nothing."""
    assert not is_spoken(char)
