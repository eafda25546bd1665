"""`notecoach rules` and the docs pages: one source."""

import pytest

from service.catalog import rules
from service.cli.main import main
from service.report.rule_page import index, page

RULES = rules()


def test_every_rule_is_listed(capsys: pytest.CaptureFixture[str]) -> None:
    """The list names each rule by code, title and name."""
    assert main(["rules"]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert len(lines) == len(RULES)
    for rule, line in zip(RULES, lines, strict=True):
        assert rule.code in line
        assert rule.name in line
        assert rule.title in line


@pytest.mark.parametrize("wanted", ["D101", "d101", "vague-quantifier"])
def test_rule_is_found_by_code_and_by_name(wanted: str, capsys: pytest.CaptureFixture[str]) -> None:
    """Code or name, upper or lower case."""
    assert main(["rules", wanted]) == 0
    assert capsys.readouterr().out.startswith("# D101 ")


def test_unknown_rule_is_answered_with_the_nearest(capsys: pytest.CaptureFixture[str]) -> None:
    """A typo gets a hint and exit code 2."""
    assert main(["rules", "vague-quantifer"]) == 2
    assert "D101" in capsys.readouterr().err
    assert main(["rules", "X999"]) == 2
    assert "全部规则：notecoach rules" in capsys.readouterr().err


@pytest.mark.parametrize("rule", RULES, ids=lambda r: r.code)
def test_page_holds_what_it_finds_why_and_both_examples(rule) -> None:  # type: ignore[no-untyped-def]
    """Each page tells what, why, a bad and a good example, and how to switch it off."""
    text = page(rule)
    for part in (rule.title, rule.what, rule.why, rule.bad[0].text.strip(), rule.good[0].text.strip()):
        assert part in text
    assert f"notecoach-disable {rule.code}" in text


def test_index_links_every_page() -> None:
    """The docs' list leads to each page."""
    text = index(RULES)
    assert all(f"[{rule.code}]({rule.code}.md)" in text for rule in RULES)
