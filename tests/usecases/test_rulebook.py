"""Rules looked up, and referred to."""

import pytest

from service.core.errors import InvalidRequest, NotFound
from service.core.finding import Severity
from service.core.note import RuleOptions
from tests.fakes.rooms import rulebook


@pytest.mark.parametrize("key", ["D101", "d101", "vague-quantifier"])
def test_a_rule_is_found_by_code_or_name(key: str) -> None:
    """Either name leads to the rule."""
    assert rulebook().get(key).code == "D101"


def test_a_near_miss_is_pointed_out() -> None:
    """A typo is answered with the rule that was probably meant."""
    with pytest.raises(NotFound, match="D101"):
        rulebook().get("vague-quantifer")


def test_options_must_name_rules_that_there_are() -> None:
    """A code that no rule has is refused with its field."""
    rulebook().check(RuleOptions(disable=frozenset({"D101"}), severity={"P301": Severity.INFO}))
    with pytest.raises(InvalidRequest) as caught:
        rulebook().check(RuleOptions(severity={"D999": Severity.INFO}))
    assert caught.value.field == "rules.severity"
