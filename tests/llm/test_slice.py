"""The whole way, once: a recorded answer over the wire, through instructor, to a reading to be judged."""

import json
from pathlib import Path

import httpx
import pytest
import respx
from pydantic import SecretStr

from service.core.errors import ReaderNonsense, ReaderTimeout, ReaderUnavailable
from service.core.note import Note
from service.core.reading import ClaimKind, Reading, Relation, Trait
from service.llm import prompts
from service.llm.client import Client
from service.llm.config import LlmSettings
from service.llm.reader import LlmReader
from service.llm.retry import Policy
from tests.llm.notes import claim, metric, reading

RECORDING = json.loads(
    (Path(__file__).parents[2] / "evals/recordings/extract-v1-simulated.json").read_text("utf-8")
)
TEXT: str = RECORDING["note"]
BASE = "http://model.test/v1"
NO_WAIT = Policy(base_s=0.0, cap_s=0.0)


def _by_rule() -> Reading:
    return reading(
        TEXT,
        claim(
            TEXT,
            "c1",
            ClaimKind.RESULT,
            "新客 1,200 人，比上周多 20%",
            Trait.POSITIVE,
            metrics=[metric(TEXT, "1,200 人，比上周多 20%", "新客", 1200.0, change=20.0)],
        ),
        claim(TEXT, "c2", ClaimKind.PROBLEM, "下单转化率只有 3%", Trait.NEGATIVE),
    )


def _reader(**settings: object) -> LlmReader:
    made = LlmSettings(
        base_url=BASE,
        api_key=SecretStr("sk-test-key"),
        model="sim",
        **settings,  # type: ignore[arg-type]
    )
    return LlmReader(Client(made, http_client=httpx.AsyncClient(), policy=NO_WAIT))


def test_recording_is_not_stale() -> None:
    """A recording answers the prompt it was made for: a changed prompt asks for a new recording."""
    assert prompts.load(*prompts.EXTRACT).name == RECORDING["prompt"]


@respx.mock
async def test_recorded_answer_becomes_a_checked_reading(respx_mock: respx.MockRouter) -> None:
    """Claims are aligned, figures bound by code, links kept, an invention dropped, tokens counted."""
    route = respx_mock.post(f"{BASE}/chat/completions").respond(json=RECORDING["response"])
    reader = _reader()

    found = await reader.read(Note(TEXT), _by_rule(), 60.0)

    by_kind = {c.kind: c for c in found.reading.claims}
    assert [found.reading.quote(c) for c in found.reading.claims] == RECORDING["expected_quotes"]
    assert by_kind[ClaimKind.RESULT].metrics[0].name == "新客"
    assert Trait.MEASURABLE in by_kind[ClaimKind.RESULT].traits
    assert by_kind[ClaimKind.CAUSE].links[0].relation is Relation.CAUSES
    assert [u.reason for u in found.unsupported] == ["not_found"]
    assert (found.usage.llm_calls, found.usage.attempts) == (1, 1)
    assert found.usage.input_tokens == RECORDING["response"]["usage"]["prompt_tokens"]
    assert found.prompts["extract"].startswith("v1@")
    assert json.loads(route.calls.last.request.content)["model"] == "sim"
    await reader.aclose()


@respx.mock
async def test_second_reading_of_the_same_note_asks_nobody(respx_mock: respx.MockRouter) -> None:
    """An identical note is answered from the cache, at no cost, and says so."""
    route = respx_mock.post(f"{BASE}/chat/completions").respond(json=RECORDING["response"])
    reader = _reader()

    first = await reader.read(Note(TEXT), _by_rule(), 60.0)
    again = await reader.read(Note(TEXT), _by_rule(), 60.0)

    assert route.call_count == 1
    assert again.usage.cached
    assert again.usage.input_tokens == 0
    assert again.reading.claims == first.reading.claims


@pytest.mark.parametrize("status", [400, 401, 402, 403, 404])
@respx.mock
async def test_refusal_by_status_is_never_retried(respx_mock: respx.MockRouter, status: int) -> None:
    """A request the server will not take is sent once and ends as unavailable."""
    route = respx_mock.post(f"{BASE}/chat/completions").respond(status, json={"error": {"message": "no"}})

    with pytest.raises(ReaderUnavailable) as raised:
        await _reader().read(Note(TEXT), _by_rule(), 60.0)

    assert route.call_count == 1
    assert raised.value.usage is not None
    assert raised.value.usage.attempts == 1


@pytest.mark.parametrize("status", [408, 409, 429, 500, 502, 503, 504])
@respx.mock
async def test_passing_trouble_is_waited_out(respx_mock: respx.MockRouter, status: int) -> None:
    """A status that may pass is tried again, and both attempts are billed."""
    route = respx_mock.post(f"{BASE}/chat/completions")
    route.side_effect = [
        httpx.Response(status, json={"error": {"message": "later"}}),
        httpx.Response(200, json=RECORDING["response"]),
    ]

    found = await _reader().read(Note(TEXT), _by_rule(), 60.0)

    assert found.usage.attempts == 2


@respx.mock
async def test_lost_connection_is_tried_again_and_then_unavailable(respx_mock: respx.MockRouter) -> None:
    """A server that can't be reached is tried a bounded number of times."""
    route = respx_mock.post(f"{BASE}/chat/completions").mock(side_effect=httpx.ConnectError("down"))

    with pytest.raises(ReaderUnavailable, match="连不上"):
        await _reader().read(Note(TEXT), _by_rule(), 60.0)

    assert route.call_count == 1 + NO_WAIT.waits


@respx.mock
async def test_retry_after_beyond_the_deadline_ends_at_once(respx_mock: respx.MockRouter) -> None:
    """A wait longer than the time left is not begun."""
    route = respx_mock.post(f"{BASE}/chat/completions").respond(429, headers={"Retry-After": "60"})

    with pytest.raises(ReaderUnavailable, match="限流"):
        await _reader().read(Note(TEXT), _by_rule(), 60.0)

    assert route.call_count == 1


@respx.mock
async def test_wrong_shape_is_asked_again_with_the_last_error_only(respx_mock: respx.MockRouter) -> None:
    """The second question carries what was wrong, once, and none of the bad reply."""
    bad = json.loads(json.dumps(RECORDING["response"]))
    call = bad["choices"][0]["message"]["tool_calls"][0]["function"]
    call["arguments"] = '{"claims": [{"id": "c1", "kind": "MARK-OF-THE-BAD-REPLY"}]}'
    route = respx_mock.post(f"{BASE}/chat/completions")
    route.side_effect = [
        httpx.Response(200, json=bad),
        httpx.Response(200, json=bad),
        httpx.Response(200, json=RECORDING["response"]),
    ]

    found = await _reader().read(Note(TEXT), _by_rule(), 60.0)

    sent = [json.loads(c.request.content)["messages"] for c in route.calls]
    assert [len(m) for m in sent] == [2, 2, 2]
    assert "上一次的回答不能用" not in sent[0][-1]["content"]
    assert sent[2][-1]["content"].count("上一次的回答不能用") == 1
    assert "MARK-OF-THE-BAD-REPLY" not in json.dumps(sent)
    assert found.usage.attempts == 3
    assert found.usage.input_tokens == 3 * RECORDING["response"]["usage"]["prompt_tokens"]


@respx.mock
async def test_nonsense_to_the_end_is_told_as_nonsense(respx_mock: respx.MockRouter) -> None:
    """Re-asks are bounded; then the reader says that the answer can't be used."""
    bad = json.loads(json.dumps(RECORDING["response"]))
    bad["choices"][0]["message"]["tool_calls"][0]["function"]["arguments"] = '{"claims": "none"}'
    route = respx_mock.post(f"{BASE}/chat/completions").respond(json=bad)

    with pytest.raises(ReaderNonsense):
        await _reader().read(Note(TEXT), _by_rule(), 60.0)

    assert route.call_count == 1 + NO_WAIT.reasks


@respx.mock
async def test_time_that_runs_out_is_a_timeout(respx_mock: respx.MockRouter) -> None:
    """A deadline already reached ends as a timeout, whatever the server would have said."""
    respx_mock.post(f"{BASE}/chat/completions").respond(json=RECORDING["response"])

    with pytest.raises(ReaderTimeout):
        await _reader().read(Note(TEXT), _by_rule(), 0.0)
