"""What is counted of a reading is counted once, and never for another."""

from dataclasses import replace

import pytest

from service.core.reading import ClaimKind, Reading, Relation, once
from service.core.scoring.features import attributions, data_features, plan_features
from tests.core.scoring.readings import claim, reading


def test_an_answer_is_kept_with_its_reading() -> None:
    """The work is done once a reading, and again for a reading made from it."""
    asked: list[Reading] = []

    @once
    def count(of: Reading) -> int:
        asked.append(of)
        return len(of.claims)

    first = reading(claim(1, ClaimKind.PROBLEM))
    other = replace(first, claims=())

    assert (count(first), count(first), count(other)) == (1, 1, 0)
    assert asked == [first, other]


@pytest.mark.parametrize("work", [attributions, data_features, plan_features])
def test_counts_are_shared(work) -> None:
    """Judge, praise and rules get the same object."""
    one = reading(claim(1, ClaimKind.PROBLEM))

    assert work(one) is work(one)


def test_answers_make_no_difference_between_readings() -> None:
    """Two equal readings stay equal after one was asked."""
    one, other = reading(claim(1, ClaimKind.PROBLEM)), reading(claim(1, ClaimKind.PROBLEM))
    attributions(one)

    assert hash(one.claims) == hash(other.claims)
    assert replace(one, document=other.document) == other


def test_claims_are_found_by_id_and_by_target() -> None:
    """By id or KeyError; by what they point at, in text order and once each."""
    twice = [(Relation.CAUSES, 1), (Relation.CAUSES, 1)]
    one = reading(
        claim(1, ClaimKind.PROBLEM),
        claim(2, ClaimKind.CAUSE, links=twice),
        claim(3, ClaimKind.CAUSE, links=[(Relation.CAUSES, 1)], previous=[1]),
    )

    assert one.claim("c2") is one.claims[1]
    assert [c.id for c in one.linked_to("c1", Relation.CAUSES)] == ["c2", "c3"]
    assert one.linked_to("c1", Relation.CARRIES_OVER) == []
    with pytest.raises(KeyError):
        one.claim("c9")
