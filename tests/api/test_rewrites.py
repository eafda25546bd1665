"""POST /v1/rewrites: blanks filled, in the caller's encoding."""

from typing import Any

import pytest

from tests.api.conftest import Client, at
from tests.api.test_problems import assert_problem

TEXT = "😀社群活动效果不错\n下周二前上线"
BLANK = {"id": "b1", "token": "【待补：数据】", "question": "多少？"}


def ask(**fields: Any) -> dict[str, Any]:
    """Return a request whose rewrite has one blank."""
    return {
        "text": TEXT,
        "span": {"start": 2, "end": 10},
        "rewritten": "社群活动【待补：数据】",
        "blanks": [BLANK],
        "answers": {"b1": "来了 300 人"},
        **fields,
    }


async def test_answers_fill_the_blanks(client: Client) -> None:
    """The rewrite comes back filled, with the passage it stands for."""
    response = await client.post("/v1/rewrites", json=ask())
    assert response.status_code == 200, response.text
    rewrite = response.json()["rewrite"]
    assert rewrite["rewritten"] == "社群活动来了 300 人"
    assert rewrite["blanks"] == []
    assert rewrite["original"] == at(TEXT, rewrite["span"]) == "社群活动效果不错"


async def test_both_encodings_mean_the_same_passage(client: Client) -> None:
    """The same passage, counted either way, gives the same rewrite."""
    utf16 = (await client.post("/v1/rewrites", json=ask())).json()["rewrite"]
    points = ask(span={"start": 1, "end": 9}, offset_encoding="codepoint")
    other = (await client.post("/v1/rewrites", json=points)).json()["rewrite"]
    assert other["span"] == {"start": 1, "end": 9}
    assert (utf16["original"], utf16["rewritten"]) == (other["original"], other["rewritten"])


async def test_an_unanswered_blank_stays(client: Client) -> None:
    """What the author leaves open is returned as open."""
    rewrite = (await client.post("/v1/rewrites", json=ask(answers={}))).json()["rewrite"]
    assert rewrite["blanks"] == [BLANK]
    assert BLANK["token"] in rewrite["rewritten"]


async def test_a_fact_from_nowhere_is_not_returned(client: Client) -> None:
    """The caller's rewrite is trusted in nothing: what neither note nor answers hold is refused."""
    problem = assert_problem(
        await client.post("/v1/rewrites", json=ask(rewritten="编造【待补：数据】")), 422, "invalid-request"
    )
    assert problem["errors"][0]["field"] == "rewritten"


@pytest.mark.parametrize(
    ("fields", "field"),
    [
        ({"span": {"start": 1, "end": 10}}, "span"),
        ({"span": {"start": 9, "end": 3}}, "span"),
        ({"span": {"start": 0, "end": 999}}, "span"),
        ({"span": {"start": -1, "end": 3}}, "span.start"),
        ({"span": None}, "span"),
        ({"answers": {"b9": "x"}}, "answers"),
        ({"answers": {"b1": 3}}, "answers.b1"),
        ({"blanks": [{"id": "b1"}]}, "blanks[0].token"),
        ({"rewritten": ""}, "rewritten"),
    ],
)
async def test_what_does_not_fit_is_named(client: Client, fields: dict[str, Any], field: str) -> None:
    """A span, a blank or an answer that can't be is told by its field."""
    problem = assert_problem(await client.post("/v1/rewrites", json=ask(**fields)), 422, "invalid-request")
    assert [e["field"] for e in problem["errors"]] == [field]
