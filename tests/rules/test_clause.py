"""What stands in a clause: cue words, numbers and metrics, each in exactly one clause."""

from service.core.document import parse
from service.core.document.model import Format
from service.core.lexicon import load
from service.core.numbers import scan
from service.core.reading import SectionKind
from service.core.segment import segment
from service.rules.clause import Clause, build
from service.rules.frame import place
from service.rules.words import Words


def clauses(text: str) -> list[Clause]:
    """The clauses of a text, without metrics."""
    document = parse(text, Format.PLAIN)
    kinds = [SectionKind.OTHER] * len(document.lines)
    hits, words = load().find(document.folded), Words(document.folded)
    found = build(document, segment(document), kinds, hits, scan(document.view), (), words)
    place(document, found, hits)
    return found


def test_words_belong_to_the_clause_they_stand_in() -> None:
    """A word is found in its own clause and not in its neighbour's."""
    first, second = clauses("投诉来了 4 起，下周补货")

    assert first.has("tone_bad")
    assert not second.has("tone_bad")
    assert second.has("time_next", "no such list")
    assert second.count("time_next") == 1


def test_numbers_belong_to_the_clause_they_start_in() -> None:
    """Each number is in one clause, and vague ones are no measures."""
    first, second, third = clauses("卖出 30 盆，退 2 盆，来了十几个客人")

    assert [len(c.numbers) for c in (first, second, third)] == [1, 1, 1]
    assert [len(c.measures) for c in (first, second, third)] == [1, 1, 0]


def test_a_negation_turns_news_round() -> None:
    """没有丢件 is no bad news, 不满意 no good one."""
    (denied,) = clauses("没有丢件")
    (turned,) = clauses("客人不满意")

    assert not denied.has("tone_bad")
    assert denied.has("tone_denied")
    assert not turned.has("tone_good")


def test_a_bare_adjective_at_the_end_is_vague_bad_news() -> None:
    """说话的人也少 evaluates; 至少 does not."""
    (few,) = clauses("说话的人也少")
    (least,) = clauses("来三个人，至少")[1:]

    assert few.has("tone_bad")
    assert few.has("vague_tone")
    assert not least.has("tone_bad")


def test_a_single_character_counts_as_a_word_of_its_own_only() -> None:
    """The 改 of 改革 is no deed."""
    assert not clauses("改革开放展览")[0].has("plan_do")


def test_a_fragment_only_goes_on_about_a_figure() -> None:
    """上周 70% says nothing without the clause before it."""
    whole, rest = clauses("复诊率 62%，上周 70%")

    assert not whole.is_fragment
    assert rest.is_fragment


def test_a_log_opens_with_a_day() -> None:
    """周一: opens an entry, 周三前 does not."""
    assert clauses("周一:晨会")[0].is_log
    assert not clauses("周三前换锁")[0].is_log


def test_fashion_alone_is_told_from_fashion_with_content() -> None:
    """闭环赋能 says nothing; the same beside a thing does."""
    assert clauses("闭环赋能")[0].is_vogue
    assert not clauses("用叉车电池台账闭环赋能仓库夜班")[0].is_vogue


def test_a_sentences_lead_in_tells_the_rest_of_its_line() -> None:
    """After 原因: the line is about causes, until 对策: says otherwise; the next line is free."""
    found = clauses("原因：喷淋堵了。对策：换喷头。顺便洗管子\n卖出 30 盆")

    assert [c.section for c in found] == [
        SectionKind.CAUSES,
        SectionKind.PLANS,
        SectionKind.PLANS,
        SectionKind.OTHER,
    ]
