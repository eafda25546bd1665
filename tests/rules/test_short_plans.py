"""Plans told in few words, and lines that only name a part."""

from service.core.lexicon import load
from service.core.note import Note
from service.core.reading import ClaimKind, Reading
from service.rules.reader import RuleReader


def read(text: str) -> Reading:
    return RuleReader(load()).read(Note(text))


def test_a_short_plan_with_nothing_under_it_is_a_plan() -> None:
    """Few words are enough for a plan; only a topic with something under it is none."""
    found = read("## 问题\n- 退货 40 单，上周 22 单，尺码表没更新\n## 下周\n- 重印尺码表")

    assert [found.document.slice(c.span) for c in found.of(ClaimKind.PLAN)] == ["重印尺码表"]


def test_a_parts_own_title_makes_no_claim() -> None:
    """A plain line that is a part's title and nothing else says nothing by itself."""
    found = read("问题\n退货 40 单，上周 22 单\n下周\n周三前重印尺码表")

    assert "问题" not in [found.document.slice(c.span) for c in found.claims]
    assert "下周" not in [found.document.slice(c.span) for c in found.claims]


def test_a_rate_of_something_bad_is_better_low() -> None:
    """A rate named after a loss counts its rise as bad news."""
    found = read("死苗率从4%升到9%。")

    assert [c.kind for c in found.claims] == [ClaimKind.PROBLEM]
