"""Two quotes mean the same place exactly when the rules say so."""

from difflib import SequenceMatcher

import pytest
from hypothesis import given
from hypothesis import strategies as st

from service.evaluation.match import Pair, bare, claim_score, finding_score, longest_run, pair

SHORT = st.text(alphabet="甲乙丙1", max_size=24)


def test_bare_drops_punctuation_and_spaces() -> None:
    """Only letters and digits of any script stay."""
    assert bare(" 续费率 62%，较上周｜+7pp。") == "续费率62较上周7pp"


def test_bare_of_html_drops_markup_and_entities() -> None:
    """For HTML a tag is punctuation; in plain text "<5%" and "<b" are words."""
    assert bare("完成<b>80</b>&nbsp;单", html=True) == "完成80单"
    assert bare("占比<5%", html=True) == "占比5"
    assert bare("<b>单</b>") == "b单b"


@given(SHORT, SHORT)
def test_longest_run_agrees_with_a_slow_known_good_method(one: str, other: str) -> None:
    """The bisection finds what difflib finds without heuristics."""
    matcher = SequenceMatcher(None, one, other, autojunk=False)
    assert longest_run(one, other) == matcher.find_longest_match().size


@given(SHORT, SHORT, st.integers(1, 10))
def test_longest_run_below_its_bound_is_zero(one: str, other: str, bound: int) -> None:
    """`at_least` only ever turns a shorter run into 0."""
    run = longest_run(one, other)
    assert longest_run(one, other, bound) == (run if run >= bound else 0)


@pytest.mark.parametrize(
    ("gold", "found", "score"),
    [
        ("甲乙丙丁", "甲乙丙丁", 1.0),
        ("甲乙丙丁", "甲乙丙戊", 0.6),  # run 3 of a union of 5
        ("甲乙丙", "甲乙丙丁戊己", 0.5),  # half the longer quote is just enough
        ("甲乙丙", "甲乙丙丁戊己庚", 0.0),  # 3 of 7 is not
        ("甲乙", "乙甲", 0.0),  # run 1 of a union of 3
        ("", "", 0.0),
    ],
)
def test_claims_match_by_run_over_union(gold: str, found: str, score: float) -> None:
    """A claim needs half the union of both quotes in one run."""
    assert claim_score(gold, found) == score


@pytest.mark.parametrize(
    ("gold", "found", "score"),
    [
        ("甲乙丙丁", "甲乙戊己", 0.5),
        ("甲乙丙丁", "甲戊乙己", 0.0),
        ("甲乙", "甲乙" + "丙" * 24, 1.0),  # 26 = 3 x 2 + 20 characters
        ("甲乙", "甲乙" + "丙" * 25, 0.0),
        ("甲乙" + "丙" * 90, "甲乙", 1.0),  # a short finding inside a long gold
        ("甲乙", "", 0.0),
    ],
)
def test_findings_match_by_run_over_the_shorter(gold: str, found: str, score: float) -> None:
    """A finding needs half the shorter quote in one run, and may not be far longer than the gold."""
    assert finding_score(gold, found) == score


def test_pairing_is_one_to_one_and_best_first() -> None:
    """A found quote serves one gold; the better match is made first whatever the order."""
    gold = [("甲乙丙戊",), ("甲乙丙丁",)]
    assert pair(gold, ["甲乙丙丁", "甲乙丙戊己"], claim_score) == [Pair(1, 0, 1.0), Pair(0, 1, 0.8)]
    assert pair([("甲",), ("甲",)], ["甲"], claim_score) == [Pair(0, 0, 1.0)]


def test_pairing_takes_any_of_the_places_that_are_as_good() -> None:
    """An alternative place counts like the first one, and only once."""
    assert pair([("合计二百一十九", "二百一十九")], ["二百一十九"], finding_score) == [Pair(0, 0, 1.0)]
    assert len(pair([("甲乙", "丙丁")], ["甲乙", "丙丁"], finding_score)) == 1
