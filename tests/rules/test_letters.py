"""Letters: looked up as they stand, they weigh what the signs weigh that they are written out as."""

from hypothesis import given
from hypothesis import strategies as st

from service.rules.letters import Letters, LetterWeights

_TEXT = st.text("效果不错涨跌a1%:， ", max_size=12)


@given(_TEXT, _TEXT, st.sampled_from(["", "#", "效果"]), st.data())
def test_letters_weigh_what_their_signs_weigh(text: str, other: str, word: str, data: st.DataObject) -> None:
    """Every sign counts once, and none of another clause's letters."""
    letters = Letters(text, word, word)
    weights = LetterWeights()
    table: dict[str, int] = {}
    for sign in (*letters.signs(), *Letters(other, "跌", "跌").signs()):
        table[sign] = data.draw(st.integers(-500, 500))
        assert weights.add(sign, table[sign])

    assert weights.score(letters) == sum(table[sign] for sign in letters.signs())


def test_other_signs_are_left_to_others() -> None:
    """Only signs of letters are taken in."""
    assert not any(map(LetterWeights().add, ("q:tone_bad", "len:1", "b", "-w:涨"), range(4)))
