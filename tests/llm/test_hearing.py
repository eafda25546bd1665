"""Claims are cut out of a text that is still being written, each as soon as it is finished."""

import json
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from service.core.note import Note
from service.core.reading import ClaimKind, Reading
from service.llm.hearing import Cutter, Preview
from service.llm.replies import ClaimReply
from service.wiring import rooms
from tests.llm.notes import claim, reading

CLAIMS: list[dict[str, Any]] = [
    {"id": "c1", "quote": "新客 300 人", "kind": "result", "links": [{"relation": "causes", "target": "c2"}]},
    {"id": "c2", "quote": '他说 "}]" 和 {"claims": [', "kind": "cause"},
    {"id": "c3", "quote": "下周三前上线", "kind": "plan", "traits": ["specific"]},
]
TEXT = json.dumps({"claims": CLAIMS}, ensure_ascii=False)


class Heard:
    """Keeps what a cutter finds since it last began."""

    def __init__(self) -> None:
        self.claims: list[ClaimReply] = []
        self.cutter = Cutter(self.claims.clear, self.claims.append)
        self.cutter.restart()

    @property
    def ids(self) -> list[str]:
        """The ids found."""
        return [c.id for c in self.claims]


@given(st.sets(st.integers(1, len(TEXT) - 1)), st.integers(0, 3))
def test_claims_are_the_same_however_the_text_is_cut_up(cuts: set[int], indent: int) -> None:
    """Any pieces, compact or spread over lines, give the claims of the whole."""
    text = json.dumps({"claims": CLAIMS}, ensure_ascii=False, indent=indent or None)
    heard = Heard()
    edges = [0, *sorted(c for c in cuts if c < len(text)), len(text)]
    for start, end in pairwise(edges):
        heard.cutter.hear(text[start:end])
    assert heard.claims == [ClaimReply.model_validate(c) for c in CLAIMS]


def test_claim_is_told_with_its_last_brace() -> None:
    """Not before it is finished, and not only when the next one begins."""
    end = TEXT.index(', {"id": "c2"')
    heard = Heard()
    heard.cutter.hear(TEXT[: end - 1])
    assert heard.ids == []
    heard.cutter.hear(TEXT[end - 1 : end])
    assert heard.ids == ["c1"]


@pytest.mark.parametrize(
    "lead",
    [
        "```json\n",
        '<think>有 {"claims": [{"id": "x", "quote": "想想", "kind": "plan"}]} 吗？{</think>\n',
        '好的：{"note": "x"}\n',
    ],
    ids=["fenced", "reasoning-first", "another-object-first"],
)
def test_what_stands_before_the_answer_is_passed_over(lead: str) -> None:
    """A list of claims that opens later replaces what an earlier one held."""
    heard = Heard()
    for char in lead + TEXT:
        heard.cutter.hear(char)
    assert heard.ids == ["c1", "c2", "c3"]


def test_claim_of_no_known_shape_is_passed_over() -> None:
    """A bad claim in the middle hides neither the one before nor the one after."""
    heard = Heard()
    heard.cutter.hear(json.dumps({"claims": [CLAIMS[0], {"id": "bad"}, CLAIMS[2]]}, ensure_ascii=False))
    assert heard.ids == ["c1", "c3"]


@pytest.mark.parametrize(
    "text", ["}}}}", '{"claims": }', '{"claims": [}', '{"claims": ["}"', "[" * 9_000 + "}"]
)
def test_garbage_is_silence(text: str) -> None:
    """What is no list of claims is not told, and breaks nothing."""
    heard = Heard()
    heard.cutter.hear(text)
    assert heard.ids == []


def test_new_attempt_begins_anew() -> None:
    """What a broken attempt had said is forgotten."""
    heard = Heard()
    heard.cutter.hear(TEXT[:-3])
    heard.cutter.restart()
    assert heard.ids == []
    heard.cutter.hear(TEXT)
    assert heard.ids == ["c1", "c2", "c3"]


NOTE = "新客 300 人，上周 250 人。\n下单转化率 3%，因为落地页要等 6 秒。\n下周三前压缩首屏图，降到 2 秒。"


def _says(*claims: dict[str, Any]) -> list[Reading]:
    told: list[Reading] = []
    listener = Preview(rooms().reader.read(Note(NOTE)), told.append).window((), list)
    listener.restart()
    listener.hear(json.dumps({"claims": claims}, ensure_ascii=False))
    return told


def test_what_is_told_ends_where_the_model_has_come_to() -> None:
    """The rules' claims before that place are told along, those after it wait; ids count up from c1."""
    told = _says({"id": "a", "quote": "落地页要等 6 秒", "kind": "cause"})
    (so_far,) = told
    assert [c.id for c in so_far.claims] == [f"c{n}" for n in range(1, len(so_far.claims) + 1)]
    assert any(c.kind is ClaimKind.RESULT for c in so_far.claims)
    assert not any("压缩首屏图" in so_far.quote(c) for c in so_far.claims)
    known = {c.id for c in so_far.claims}
    assert all(k.target in known for c in so_far.claims for k in c.links)


def test_claim_the_note_does_not_bear_out_is_not_told() -> None:
    """An invented quote and an altered number are dropped before anyone hears of them."""
    assert _says({"id": "a", "quote": "GMV 翻倍", "kind": "result"}) == []
    assert _says({"id": "a", "quote": "新客 800 人", "kind": "result"}) == []


def test_a_long_note_s_claims_are_joined_a_few_at_a_time() -> None:
    """Joining a thousand claims anew for each of them would take minutes: 16, then a 16th more each time."""
    lines = [f"第{n}店新客 {n} 人" for n in range(1000)]
    text = "\n".join(lines)
    told: list[Reading] = []
    listener = Preview(reading(text, claim(text, "c1", ClaimKind.RESULT, lines[0])), told.append).window(
        (), list
    )
    listener.restart()
    for number, line in enumerate(lines):
        one = {"id": f"m{number}", "quote": line, "kind": "result"}
        listener.hear(('{"claims": [' if not number else ",") + json.dumps(one, ensure_ascii=False))
    assert [len(r.claims) for r in told[:16]] == list(range(1, 17))
    assert len(told) < 100
    assert len(told[-1].claims) > 900
