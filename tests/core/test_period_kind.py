"""Who sends a month without saying so is not asked about last week."""

import pytest

from service.core.lexicon import load
from service.core.note import Note
from service.core.period_kind import period_kind
from service.rules.reader import RuleReader

READER = RuleReader(load())


@pytest.mark.parametrize(
    ("head", "kind"),
    [
        ("本月总结（采购 12月）", "monthly"),
        ("11月工作小结 王工", "monthly"),
        ("客服月报", "monthly"),
        ("第三季度小结", "quarterly"),
        ("Q3 招商回顾", "quarterly"),
        ("2026 年终总结", "annual"),
        ("客服日报", "daily"),
        ("司机班 11月第4周", "weekly"),
        ("12月1日-12月5日 工作小结", "weekly"),
        ("本周小结", "weekly"),
        ("增长周报 W48", "weekly"),
        ("仓库组", "weekly"),
        ("四季花店 小结", "weekly"),
        ("本月营收 86 万，上周 20 万", "weekly"),
    ],
)
def test_the_title_tells_where_the_caller_does_not(head: str, kind: str) -> None:
    """A month, a quarter or a day is named in the first line; a week needs no name."""
    assert period_kind(READER.read(Note(f"{head}\n到货 320 箱，破损 6 箱。"))) == kind


def test_what_the_caller_says_holds() -> None:
    """A kind that was sent is not overruled."""
    assert period_kind(READER.read(Note("客服日报\n接起率 86%。", kind="monthly"))) == "monthly"


def test_today_and_tomorrow_make_a_day() -> None:
    """Without a title the note's own words tell."""
    assert period_kind(READER.read(Note("今天店里做了 8,230。明天提前备好打印纸。"))) == "daily"
