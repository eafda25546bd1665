"""What two passages share: telling words, weighed by rarity."""

from hypothesis import given
from hypothesis import strategies as st

from service.core.span import Span
from service.rules.words import COMMONPLACE, Index, Words, overlap, weight


def content(text: str) -> dict[str, float]:
    """The telling words of a text."""
    return Words(text).content(Span(0, len(text)))


def test_rare_words_weigh_more() -> None:
    """A word that is in no list is the rarest."""
    assert weight("活动") < weight("扫码枪")


def test_little_words_and_figures_tell_nothing() -> None:
    """Neither 的 nor 147 is a telling word."""
    assert content("的147了") == {}


def test_synonyms_share() -> None:
    """退货 in two passages is shared, an unrelated passage shares nothing."""
    assert overlap(content("扫码枪坏了"), content("采购扫码枪")) > 0
    assert overlap(content("扫码枪坏了"), content("宿舍漏水")) == 0.0


def test_a_single_character_is_a_word_only_where_it_stands_alone() -> None:
    """The 问 of 问题 is none."""
    words = Words("问题：问")

    assert not words.is_token(0, 1)
    assert words.is_token(0, 2)
    assert words.is_token(3, 4)
    assert not words.is_token(3, 5)


@given(st.text(max_size=80), st.data())
def test_content_of_any_range_is_part_of_the_whole(text: str, data: st.DataObject) -> None:
    """Asking for a piece tells no word that the whole does not hold."""
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, len(text)))
    words = Words(text)

    assert words.content(Span(start, end)).keys() <= words.content(Span(0, len(text))).keys()


@given(st.lists(st.dictionaries(st.sampled_from("甲乙丙丁戊"), st.floats(0.5, 12)), max_size=8))
def test_the_index_scores_as_overlap_does(passages: list[dict[str, float]]) -> None:
    """Looking a passage up among others gives the sums that comparing each would."""
    index = Index(dict(enumerate(passages)))
    for one in passages:
        scores = index.scores(one)
        for key, other in enumerate(passages):
            assert abs(scores.get(key, 0.0) - overlap(one, other)) < 1e-9


def test_a_commonplace_word_is_looked_up_in_the_first_passages_only() -> None:
    """So that a word in every passage does not make the work grow with the square."""
    index = Index({at: {"甲": 1.0} for at in range(COMMONPLACE * 2)})

    assert len(index.scores({"甲": 1.0})) == COMMONPLACE
