"""No invented quote is accepted, and no true one lost: over written cases, and over mutations of any text."""

import json
import re
from pathlib import Path

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from service.core.span import Span
from service.llm.align import Aligner, Miss, Place, Status
from service.llm.fold import fold
from service.llm.support import Doubt, ground

FOLDER = Path(__file__).parents[2] / "evals/datasets/fabricated"
NOTES = {
    n["id"]: n["text"] for n in map(json.loads, (FOLDER / "notes.jsonl").read_text("utf-8").splitlines())
}
CASES = [json.loads(line) for line in (FOLDER / "cases.jsonl").read_text("utf-8").splitlines()]
FALSE = [c for c in CASES if not c["supported"]]
TRUE = [c for c in CASES if c["supported"]]


def test_there_are_enough_cases_to_mean_something() -> None:
    """At least 60 fabrications and 40 true quotes, no case twice."""
    assert len(FALSE) >= 60
    assert len(TRUE) >= 40
    assert len({(c["note"], c["quote"]) for c in CASES}) == len(CASES)


@pytest.mark.parametrize("case", FALSE, ids=lambda c: f"{c['id']}-{c['class']}")
def test_fabricated_quote_is_not_accepted(case: dict[str, str]) -> None:
    """What the note does not say has no place in it."""
    assert not isinstance(ground(Aligner(NOTES[case["note"]]), case["quote"]), Place)


@pytest.mark.parametrize("case", TRUE, ids=lambda c: f"{c['id']}-{c['class']}")
def test_true_quote_is_accepted(case: dict[str, str]) -> None:
    """What the note says is found, however it was typed; verbatim is told as exact."""
    place = ground(Aligner(NOTES[case["note"]]), case["quote"])
    assert isinstance(place, Place)
    assert (place.status is Status.EXACT) == (case["class"] == "verbatim")


@pytest.mark.parametrize("case", [c for c in TRUE if re.search("[0-9]", c["quote"])], ids=lambda c: c["id"])
@given(data=st.data())
def test_any_other_digit_makes_a_true_quote_false(case: dict[str, str], data: st.DataObject) -> None:
    """Changing one digit of a true quote to one that makes a number the note lacks leads to no acceptance."""
    quote = case["quote"]
    digits = [i for i, c in enumerate(quote) if c in "0123456789"]
    at = data.draw(st.sampled_from(digits))
    other = data.draw(st.sampled_from("0123456789"))
    assume(other != quote[at])
    changed = quote[:at] + other + quote[at + 1 :]
    text = NOTES[case["note"]]
    assume(fold(changed).text.strip(",。:") not in fold(text).text)
    place = ground(Aligner(text), changed)
    # "1. " before a line is a list marker, not a number of the claim: another marker is still the same claim
    assert not isinstance(place, Place) or at < 2


@given(
    st.text(alphabet="周新客增长了没不将约0123456789.,，。%万 \n（）-~", min_size=1, max_size=60), st.data()
)
def test_accepted_span_always_holds_the_quote(text: str, data: st.DataObject) -> None:
    """Wherever a slice of a text is accepted, the words there fold to contain the slice's own."""
    start = data.draw(st.integers(0, len(text) - 1))
    end = data.draw(st.integers(start + 1, len(text)))
    place = ground(Aligner(text), text[start:end])
    if isinstance(place, Place):
        found = text[place.span.start : place.span.end]
        core = fold(text[start:end]).text.strip(',。:()-~·…"')
        assert core in fold(found).text or core.lstrip("0123456789.、)（(") in fold(found).text
        assert 0 <= place.span.start < place.span.end <= len(text)


@given(st.text(max_size=80))
def test_fold_keeps_the_way_back(text: str) -> None:
    """Every folded character points into the text, in order."""
    folded = fold(text)
    assert len(folded.starts) == len(folded.ends) == len(folded.text)
    assert list(folded.starts) == sorted(folded.starts)
    assert all(0 <= s < e <= len(text) or s == e for s, e in zip(folded.starts, folded.ends, strict=True))


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("1.5", "15"),
        ("1,5", "15"),
        ("3 5", "35"),
        ("-3%", "3%"),
        ("1.2 万", "12 万"),
        ("②61", "261"),
        ("10-12", "1012"),
    ],
)
def test_different_numbers_never_fold_to_the_same(one: str, other: str) -> None:
    """Spaces, dots, dashes and circled marks keep numbers apart."""
    assert fold(one).text != fold(other).text


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("1,200", "1200"),
        ("１２", "12"),
        ("涨 了", "涨了"),
        ("A，b", "a,b"),
        ("“好”", '"好"'),
        ("8～10", "8-10"),
        ("——", "-"),
    ],
)
def test_same_words_typed_otherwise_fold_to_the_same(one: str, other: str) -> None:
    """Width, case, spacing, quotes, dashes and thousands separators do not count."""
    assert fold(one).text == fold(other).text


def test_repeated_quotes_resolve_in_order() -> None:
    """The same words quoted twice are the first and the second place."""
    text = "转化率 3%。\n二店：转化率 3%。"
    aligner = Aligner(text)
    spans = [aligner.place("转化率 3%") for _ in range(2)]
    assert [s.span.start for s in spans if isinstance(s, Place)] == [0, text.rindex("转化率")]


def test_repeat_after_a_later_claim_is_the_later_place() -> None:
    """Order is that of the reply: a repeat quoted after a later claim is looked for after it."""
    text = "转化率 3%。\n客单 76 元。\n转化率 3%。"
    aligner = Aligner(text)
    assert isinstance(aligner.place("客单 76 元"), Place)
    place = aligner.place("转化率 3%")
    assert isinstance(place, Place)
    assert place.span.start == text.rindex("转化率")


@pytest.mark.parametrize(
    ("text", "quote", "span"),
    [
        ("可能是首屏太慢，用户走了", "首屏太慢", "可能是首屏太慢"),
        ("没有在周五前上线", "周五前上线", "没有在周五前上线"),
        ("预计下周到货 300 件", "下周到货 300 件", "预计下周到货 300 件"),
        ("不仅提升了复购", "提升了复购", "提升了复购"),
    ],
)
def test_quote_takes_in_the_word_that_holds_it_open(text: str, quote: str, span: str) -> None:
    """A guess, plan or far negation left off belongs to the claim's span."""
    place = ground(Aligner(text), quote)
    assert isinstance(place, Place)
    assert text[place.span.start : place.span.end] == span


@pytest.mark.parametrize(
    ("text", "quote", "why"),
    [
        ("活动未完成", "完成", Doubt.NEGATION_CUT),
        ("效果提升不明显", "效果提升", Doubt.NEGATION_CUT),
        ("新增 1,280 人", "280 人", Miss.NUMBER_CUT),
        ("新增 12.5%", "新增 12", Miss.NUMBER_CUT),
        ("新增 12 万", "新增 12", Doubt.FACTS_DIFFER),
        ("新增 12 万", "。", Miss.EMPTY),
        ("新增 12 万", "流失 12 万", Miss.NOT_FOUND),
    ],
)
def test_reason_of_a_refusal_is_told(text: str, quote: str, why: Miss | Doubt) -> None:
    """Each way to fail has its own name."""
    assert ground(Aligner(text), quote) is why


def test_place_is_minimal() -> None:
    """Punctuation a model adds round a quote is not taken from the note."""
    place = Aligner("甲：新客 300 人。乙").place("“新客 300 人。”")
    assert place == Place(Span(2, 10), Status.NORMALISED)
