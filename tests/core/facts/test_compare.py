"""What a rewrite may not bring in, and what it may not leave out."""

import pytest

from service.core.facts import FactKind, derivations, facts
from service.core.facts.compare import Difference, compare
from service.core.numbers import scan

NOTE = "本周退款率3.2%，上周2.1%。快递那边说没有延误，可能是尺码表标错了。海报周三上线。"


def changed(passage: str, rewritten: str) -> Difference:
    """Compare one passage of NOTE with its rewrite."""
    sums = derivations(scan(passage), passage)
    return compare(facts(rewritten), facts(passage), facts(NOTE), causes="可能是尺码表标错了", sums=sums)


@pytest.mark.parametrize(
    ("rewritten", "kind"),
    [
        ("本周退款率4.2%，上周2.1%", FactKind.NUMBER),
        ("本周退款率3.2个百分点，上周2.1%", FactKind.NUMBER),
        ("本周退款率3.2%，上周2.1%，周五前降下来", FactKind.DATE),
        ("本周退款率3.2%，上周2.1%，SKU 太多", FactKind.NAME),
        ("本周退款率3.2%，上周2.1%，已解决", FactKind.STATUS),
        ("本周退款率3.2%，上周2.1%，不严重", FactKind.NEGATION),
        ("本周退款率3.2%，上周2.1%，因为快递那边海报", FactKind.CAUSE),
        ("本周退款率3.2%，上周2.1%，竞争对手促销", FactKind.WORD),
    ],
)
def test_what_the_note_lacks_is_new(rewritten: str, kind: FactKind) -> None:
    """A figure, unit, date, name, status, negation, cause or thing that the note lacks is told as new."""
    assert kind in {fact.kind for fact in changed("本周退款率3.2%，上周2.1%", rewritten).new}


def test_status_belongs_to_its_passage() -> None:
    """The poster's going online is no licence to call the size chart online."""
    found = changed("尺码表标错了", "尺码表标错了，上线")
    assert [fact.key for fact in found.new] == ["上线"]


@pytest.mark.parametrize(
    ("passage", "rewritten", "lost"),
    [
        ("本周退款率3.2%，上周2.1%", "本周退款率3.2%", "2.1%"),
        ("海报周三上线", "海报上线", "周三"),
        ("快递那边说没有延误", "快递那边说延误", "没有延"),
        ("可能是尺码表标错了", "尺码表标错了", "可能"),
    ],
)
def test_what_goes_is_lost(passage: str, rewritten: str, lost: str) -> None:
    """A figure, a date, a negation or a hedge that the rewrite drops is told as lost."""
    assert lost in {
        fact.key if fact.number is None else fact.text for fact in changed(passage, rewritten).lost
    }


def test_a_derived_figure_is_no_new_fact() -> None:
    """What follows from the passage's own figures passes, with its sum."""
    found = changed("本周退款率3.2%，上周2.1%", "本周退款率3.2%，上周2.1%（+1.1 个百分点）")
    assert not found.new
    assert [d.formula for d in found.derived] == ["3.2%-2.1%"]


def test_a_wrong_sum_is_a_new_fact() -> None:
    """A figure near the right one, in the right unit, is still made up."""
    found = changed("本周退款率3.2%，上周2.1%", "本周退款率3.2%，上周2.1%（+1.2 个百分点）")
    assert [fact.kind for fact in found.new] == [FactKind.NUMBER]


def test_the_authors_own_words_pass() -> None:
    """The coach's connectives round the author's words are no facts."""
    found = changed(
        "本周退款率3.2%，上周2.1%",
        "本周退款率3.2%，上周2.1%，是因为【待补：直接原因】（依据：【待补：数据或原话】），打算【待补：哪天】前【待补：做哪一步】",
    )
    assert (found.new, found.lost) == ((), ())
