"""What the heads of a table mean."""

from service.core.document import parse
from service.core.document.model import Format
from service.core.lexicon import load
from service.rules.columns import NO_HEAD, Columns, read_heads


def columns(*heads: str) -> Columns:
    """The meaning of a table's heads."""
    head = "| " + " | ".join(heads) + " |"
    document = parse("\n".join((head, "|---" * len(heads) + "|", head)), Format.MARKDOWN)
    return read_heads(document, document.tables[0], load().find(document.folded))


def test_heads_are_known_by_their_words() -> None:
    """Each head goes by the lists that a third of it is made of."""
    found = columns("问题", "原因", "责任人", "一个说了很多很多话的长表头里也有问题二字")

    assert found.told[0] == ("col_problem",)
    assert found.told[1] == ("col_cause",)
    assert "col_owner" in found.told[2]
    assert 3 not in found.told


def test_plans_with_pledges_make_an_action_table() -> None:
    """Plan and owner make rows plans; a column of problems makes them a review."""
    assert columns("措施", "责任人").is_action
    assert not columns("措施", "问题", "责任人").is_action
    assert not columns("措施", "说明").is_action


def test_past_columns_are_never_the_first_two() -> None:
    """The group and the figure come first; what is to the right may be of an earlier period."""
    assert columns("上周", "上周", "上周", "W31", "8月", "W31→W32").past == {2, 3, 4}


def test_no_head_means_nothing() -> None:
    """A table without a head has no known column."""
    assert not NO_HEAD.told
    assert not NO_HEAD.past
    assert not NO_HEAD.is_action
