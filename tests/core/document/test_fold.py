"""Folding keeps the length of a text and says what drops out of it."""

import pytest

from service.core.document.fold import fold, visible


@pytest.mark.parametrize(
    ("text", "clean"),
    [
        ("ＧＭＶ：１２％（一）；！？", "GMV:12%(一);!?"),
        ("涨了，1，340。“好”《表》→①、", "涨了，1，340。“好”《表》→①、"),
        ("−5\u00a0\u3000𝟏𝟐𝟬～", "-5  120~"),
        ("台灣職場的軟體", "台湾职场的软体"),
        ("a\rb\u2028c\x0bd", "a\nb\nc\nd"),
        ("\ud800x", "\ufffdx"),
    ],
)
def test_characters_fold_one_for_one(text: str, clean: str) -> None:
    """Widths, spaces, digits, script and line ends fold; the comma of a sentence and “” stay."""
    folded = fold(text, [])
    assert folded.clean == clean
    assert len(folded.clean) == len(text)
    assert folded.drops == []


@pytest.mark.parametrize(
    ("text", "drops"),
    [
        ("版權(quán)问题", [(2, 8)]),
        ("职（zhí）场", [(1, 6)]),
        ("用户(App)和社群(qq)", []),
        ("GMV(é)", []),
        ("涨\u200b了\ufeff", [(1, 2), (3, 4)]),
        ("👩\u200d👧\ufe0f", [(1, 2), (3, 4)]),
        ("a\r\nb\r\r\n", [(1, 2), (5, 6)]),
    ],
)
def test_what_never_shows_is_named(text: str, drops: list[tuple[int, int]]) -> None:
    """Pinyin behind a character, invisible characters and the CR of CRLF are dropped, no more."""
    assert fold(text, []).drops == drops


def test_hidden_ranges_are_blanked_and_dropped() -> None:
    """What a caller hides is blank in the text and among the drops, joined with what it touches."""
    folded = fold("好<!--x-->\u200b的", [(1, 9)])
    assert folded.clean == "好         的"
    assert folded.drops == [(1, 10)]


def test_a_phrase_that_changes_length_falls_back_to_characters(monkeypatch: pytest.MonkeyPatch) -> None:
    """Offsets stay true even where a phrase would be simplified to another length."""
    table = {"體": "体", "體驗": "体", "驗": "验"}
    monkeypatch.setattr("service.core.document.fold.zhconv", lambda text, _: table.get(text, text))
    assert fold("體驗", []).clean == "体验"


def test_visible_folds_a_resolved_reference() -> None:
    """The characters an entity stands for fold as text does; the invisible ones vanish."""
    assert visible("\xa0") == " "
    assert visible("\u200b") == ""
    assert visible("（") == "("
