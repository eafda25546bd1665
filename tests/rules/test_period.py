"""The reported period is read from the title; later dates are told from earlier ones."""

import pytest

from service.core.document import parse
from service.core.document.model import Format
from service.core.numbers.model import NumberKind
from service.rules.period import Period, detect
from tests.rules.notes import read


def period(title: str, kind: str = "weekly") -> Period:
    """The period that a title tells."""
    return detect(parse(f"{title}\n接待 46 家", Format.PLAIN), kind)


@pytest.mark.parametrize(
    ("title", "expected"),
    [
        ("第12周 门诊小结", Period(week=12)),
        ("week 9 update", Period(week=9)),
        ("门诊周报 11.11-11.17", Period(end=(11, 17))),
        ("门诊周报 10月14日—10月20日", Period(end=(10, 20))),
        ("门诊周报 0908-0914", Period(end=(9, 14))),
        ("Q3 招商回顾", Period(quarter=3)),
        ("门诊小结", Period()),
        ("门诊小结 v3.8 46min + 52min", Period()),
    ],
)
def test_titles_tell_the_period(title: str, expected: Period) -> None:
    """Week, last day or quarter, and nothing from a title that is silent."""
    assert period(title) == expected


def test_a_monthly_note_ends_with_its_month() -> None:
    """9月 in a monthly note's title means up to the 31st."""
    assert period("9月烘焙店月报", "monthly") == Period(month=9, end=(9, 31))


@pytest.mark.parametrize(
    ("text", "at"), [("11.20 上线", 1), ("11.15 已上线", -1), ("12/3 前", 1), ("三天后", 0)]
)
def test_days_are_placed_before_and_after_the_end(text: str, at: int) -> None:
    """A day after the last one lies ahead; up to it, behind; no day, neither."""
    assert Period(end=(11, 17)).place(text) == at


def test_a_bare_month_and_day_becomes_a_date() -> None:
    """2.26 before a deed is a day; 4.26 分 is a rating."""
    numbers = read("第9周 书店周报 2.24-3.2\n2.26 开讲座，满意度 4.26 分").numbers

    assert [n.kind for n in numbers][-2:] == [NumberKind.DATE, NumberKind.MEASURE]
