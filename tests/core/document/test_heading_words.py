"""The packaged list of what parts of a note are called."""

import tomllib
from importlib.resources import files

import pytest

from service.core.document.headings import is_named, is_short


def test_the_list_holds_words_once_each() -> None:
    """Every entry is a short word, and none stands there twice."""
    file = files("service.core.document") / "data" / "heading_words.toml"
    words = tomllib.loads(file.read_text("utf-8"))["tails"]
    assert len(words) == len(set(words))
    assert all(isinstance(word, str) and 2 <= len(word) <= 4 and word == word.strip() for word in words)


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("数据情况", True),
        ("下周", True),
        ("问题（按急的排）", True),
        ("转化低", False),
        ("完成会员日", False),
        ("", False),
    ],
)
def test_a_part_is_known_by_how_its_name_ends(text: str, named: bool) -> None:
    """A short line that ends in one of the words calls itself a part, an aside in brackets apart."""
    assert is_named(text) is named


def test_headings_may_hold_dates_but_no_figures() -> None:
    """Dates and periods are fine in a heading, figures and marks are not."""
    assert is_short("11.4-11.8 数据", 16)
    assert not is_short("涨了 12%", 16)
    assert not is_short("涨了，没查", 16)
