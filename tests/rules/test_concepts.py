"""Words of one matter, whatever they are: `concepts.txt` and its lookup."""

from collections import Counter
from importlib.resources import files

import pytest

from service.core.span import Span
from service.rules.concepts import Concepts, matters


def test_no_word_belongs_to_two_matters() -> None:
    """A word told twice would count for the matter read last."""
    text = (files("service.rules") / "data" / "concepts.txt").read_text("utf-8").lower()
    words = Counter(w for line in text.splitlines() if not line.startswith("#") for w in line.split())

    assert [word for word, count in words.items() if count > 1] == []
    assert len(words) == len(matters())


@pytest.mark.parametrize(
    ("one", "other"),
    [("客诉", "投诉"), ("断货", "缺货"), ("等位", "排队"), ("续约", "续费"), ("CHURN", "churn")],
)
def test_words_of_one_matter_are_taken_as_one(one: str, other: str) -> None:
    """Synonyms stand for each other."""
    text = f"{one}，{other}".lower()
    found = Concepts(text)
    first = found.within(Span(0, len(one)))

    assert first == found.within(Span(len(one) + 1, len(text)))


def test_only_words_that_start_inside_count() -> None:
    """A range is asked for, not the whole text."""
    found = Concepts("投诉多，缺货少")

    assert found.within(Span(0, 3)) == {matters()["投诉"]}
    assert found.within(Span(3, 7)) == {matters()["缺货"]}
    assert found.within(Span(1, 3)) == frozenset()
