"""POST /v1/checks: fast, by rule, without rewrites."""

from tests.api.conftest import Client, Serve, at
from tests.fakes.model import FakeModel

TEXT = "😀社群活动效果不错\n下周二前上线"


async def test_a_check_has_the_contract_s_shape(client: Client) -> None:
    """Frame, scores, highlights and findings come back with the caller's revision."""
    answer = (await client.post("/v1/checks", json={"text": TEXT, "revision": "r-3"})).json()
    assert set(answer) == {"note", "scores", "highlights", "findings", "revision"}
    assert answer["revision"] == "r-3"
    finding = answer["findings"][0]
    assert at(TEXT, finding["span"]) == finding["quote"] == "效果不错"


async def test_a_check_says_what_the_analysis_says(client: Client) -> None:
    """By rule, both give the same scores, highlights and findings."""
    check = (await client.post("/v1/checks", json={"text": TEXT})).json()
    analysis = (await client.post("/v1/analyses", json={"text": TEXT})).json()
    for part in ("note", "scores", "highlights", "findings"):
        assert check[part] == analysis[part]


async def test_a_check_leaves_parts_out(client: Client) -> None:
    """`include` holds here as well; what a check never gives is no error to ask for."""
    answer = (
        await client.post("/v1/checks", json={"text": TEXT, "include": ["findings", "rewrites"]})
    ).json()
    assert set(answer) == {"note", "findings", "revision"}


async def test_a_check_asks_no_model(serve: Serve) -> None:
    """Typing costs no token."""
    model = FakeModel()
    client = await serve(model)
    assert (await client.post("/v1/checks", json={"text": TEXT})).status_code == 200
    assert not model.asked.is_set()


async def test_a_check_takes_no_field_of_an_analysis_alone(client: Client) -> None:
    """engine, store and timeout_ms mean nothing here, so they are refused rather than ignored."""
    response = await client.post(
        "/v1/checks", json={"text": TEXT, "engine": "llm", "store": True, "timeout_ms": 5}
    )
    assert response.status_code == 422
    assert {e["field"] for e in response.json()["errors"]} == {"engine", "store", "timeout_ms"}
