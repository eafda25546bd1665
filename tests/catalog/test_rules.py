"""Every rule of the contract is there, whole, and does what its own examples say."""

from importlib import import_module
from pkgutil import iter_modules

import pytest

from service.catalog import rule, rules
from service.catalog.discover import FAMILIES
from service.core.errors import NotFound
from service.core.finding import Example, Rule, Severity
from service.core.lexicon import load
from service.core.note import Note
from service.core.reading import Reading
from service.rules.reader import RuleReader

CONTRACT = {
    "D101": "vague-quantifier",
    "D102": "no-comparison",
    "D103": "no-segment",
    "D104": "unclear-basis",
    "D105": "arithmetic-mismatch",
    "D106": "implausible-value",
    "D107": "experiment-without-basis",
    "R201": "phenomenon-only",
    "R202": "empty-cause",
    "R203": "no-evidence",
    "R204": "unverified-hypothesis",
    "R205": "fix-instead-of-cause",
    "R206": "shallow-chain",
    "R207": "unexplained-swing",
    "P301": "no-plan",
    "P302": "problem-unaddressed",
    "P303": "vague-action",
    "P304": "no-deadline",
    "P305": "not-measurable",
    "P306": "no-priority",
    "P307": "off-topic-task",
    "P308": "no-owner",
    "S401": "running-log",
    "S402": "missing-part",
    "S403": "carry-over-missed",
    "S404": "not-a-note",
}
LETTERS = {"data": "D1", "cause": "R2", "plan": "P3", "structure": "S4"}
READER = RuleReader(load())


def _read(example: Example) -> Reading:
    return READER.read(Note(example.text, role=example.role, kind=example.kind, previous=example.previous))


def _examples(side: str) -> list[object]:
    return [
        pytest.param(one, example, id=f"{one.code}-{side}-{n}")
        for one in rules()
        for n, example in enumerate(getattr(one, side), 1)
    ]


def test_the_contract_and_the_catalog_hold_the_same_codes() -> None:
    """No code is missing, none is made up, and each goes by its name."""
    assert {r.code: r.name for r in rules()} == CONTRACT


@pytest.mark.parametrize("family", FAMILIES)
def test_a_file_is_a_rule_of_its_family_and_bears_its_name(family: str) -> None:
    """Every module of a family holds one RULE, named like the file, with the family's letter."""
    package = import_module(f"service.catalog.{family}")
    for module in iter_modules(package.__path__):
        found = import_module(f"{package.__name__}.{module.name}").RULE
        assert isinstance(found, Rule)
        assert found.name == module.name.replace("_", "-")
        assert found.code.startswith(LETTERS[family])


@pytest.mark.parametrize("one", rules(), ids=lambda r: r.code)
def test_a_rule_explains_itself(one: Rule) -> None:
    """Title, what and why are there, and at least two examples of either side."""
    assert 2 <= len(one.title) <= 14
    assert len(one.what) >= 10
    assert len(one.why) >= 10
    assert len(one.bad) >= 2
    assert len(one.good) >= 2
    assert one.since


def test_only_order_and_owner_are_mere_suggestions() -> None:
    """P306 and P308 are infos by contract, D105 an error."""
    assert {r.code for r in rules() if r.severity is Severity.INFO} == {"P306", "P308"}
    assert rule("D105").severity is Severity.ERROR


@pytest.mark.parametrize(("one", "example"), _examples("bad"))
def test_bad_example_is_found_where_it_says(one: Rule, example: Example) -> None:
    """The rule fires, on a passage that overlaps the words the example marks."""
    reading = _read(example)
    drafts = list(one.check(reading))
    assert drafts
    if example.marks is None:
        assert all(d.span is None for d in drafts)
        return
    source = reading.previous if drafts[0].source == "previous" else reading
    assert source is not None
    at = source.document.text.index(example.marks)
    places = [source.document.source(d.span) for d in drafts if d.span is not None]
    assert any(p.start < at + len(example.marks) and at < p.end for p in places)


@pytest.mark.parametrize(("one", "example"), _examples("good"))
def test_good_example_is_left_alone(one: Rule, example: Example) -> None:
    """The rule keeps silent."""
    assert [d.message for d in one.check(_read(example))] == []


@pytest.mark.parametrize("asked", ["D101", "d101", " vague-quantifier "])
def test_a_rule_is_found_by_code_or_name(asked: str) -> None:
    """Case and spaces do not matter."""
    assert rule(asked).code == "D101"


def test_an_unknown_code_is_said_to_be_unknown() -> None:
    """NotFound, with the code as asked."""
    with pytest.raises(NotFound, match="D999"):
        rule("D999")
