"""64 callers at once over HTTP while the model's server fails: all are answered 200, and truly marked.

Where no model reads, the engine by rule is a fake: this is about what stands round it.
"""

import asyncio
import itertools
import json
from typing import Any

import httpx
import pytest

from service.api.app import create_app
from service.llm.breaker import Breaker, Limits
from service.llm.client import Client
from service.llm.config import LlmSettings
from service.llm.reader import LlmReader
from service.llm.retry import Policy
from service.settings import Settings
from service.usecases.rooms import Rooms
from service.wiring import assemble
from service.wiring import rooms as real_rooms
from tests.api.server import serving as api
from tests.fakes.openai_server import Behaviour, Response, completion, refused, serving
from tests.fakes.rooms import rooms, rulebook
from tests.fakes.store import FakeStore

CALLERS = 64
SHORT_MS, LONG_MS = 1_500, 30_000
GOOD = completion(tool=json.dumps({"claims": [{"id": "c1", "quote": "新客 300 人", "kind": "result"}]}))
BAD = {
    "mute": Response(mute=True),
    "hang-in-body": Response(200, GOOD.body[:40], declared=len(GOOD.body), hang=True),
    "drip": Response(200, b" " * 2_000, drip=True),
    "reset": Response(200, b"", declared=9, cut=True),
    "reset-in-body": Response(200, GOOD.body[:40], declared=len(GOOD.body), cut=True),
    "429": refused("slow down", 429),
    "429-retry-after": refused("slow down", 429, retry_after="99"),
    "500": refused("boom", 500),
    "garbage": Response(200, b"<html>"),
    "truncated-json": completion(tool='{"claims": [{"id": "c1", "quo', finish_reason="length"),
}


def _half(bad: Response) -> Behaviour:
    turn = itertools.count()
    return lambda _: GOOD if next(turn) % 2 else bad


def _always(bad: Response) -> Behaviour:
    return lambda _: bad


async def _ask_all(behaviour: Behaviour, engine: Rooms, patience_ms: int) -> tuple[list[dict[str, Any]], int]:
    """Return what 64 callers were told, and how many questions the model's server saw."""
    async with serving(behaviour) as upstream, asyncio.timeout(60):
        settings = LlmSettings(base_url=upstream.base_url, model="m", concurrency=CALLERS, queue=CALLERS)
        policy = Policy(base_s=0.0, cap_s=0.0)
        model = LlmReader(Client(settings, policy=policy, breaker=Breaker(Limits(minimum=10**9))))
        await model.warm()
        app = create_app(assemble(engine, rulebook(), Settings(), FakeStore(), model), Settings())
        async with api(app) as server:

            async def one(number: int) -> httpx.Response:
                ask = {"text": f"第 {number} 组：新客 300 人。", "engine": "auto", "timeout_ms": patience_ms}
                return await server.client.post("/v1/analyses", json={**ask, "include": ["claims"]})

            answers = await asyncio.gather(*(one(n) for n in range(CALLERS)))
        await upstream.until(lambda: upstream.open == 0)
    assert {a.status_code for a in answers} == {200}
    return [a.json() for a in answers], len(upstream.requests)


@pytest.mark.parametrize("fault", BAD)
async def test_every_caller_is_answered_while_the_model_fails(fault: str) -> None:
    """By rule, with the reason, whatever the model's server does."""
    answers, asked = await _ask_all(_always(BAD[fault]), rooms(), SHORT_MS)
    assert asked
    for answer in answers:
        engine = answer["engine"]
        assert (engine["name"], engine["degraded"]) == ("rules", True)
        assert engine["degraded_reason"]
        assert answer["claims"]


@pytest.mark.parametrize("fault", ["reset", "500", "garbage"])
async def test_half_the_calls_failing_marks_each_answer_truly(fault: str) -> None:
    """An answer is degraded exactly where it is by rule, and some are read by the model."""
    answers, _ = await _ask_all(_half(BAD[fault]), real_rooms(), LONG_MS)
    for answer in answers:
        assert answer["engine"]["degraded"] == (answer["engine"]["name"] == "rules")
        assert bool(answer["engine"].get("prompts")) != answer["engine"]["degraded"]
    assert any(not answer["engine"]["degraded"] for answer in answers)
