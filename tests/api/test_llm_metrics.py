"""What a model costs, how often it fails and what it invents is counted; what was said is not."""

import json

import pytest
from pydantic import SecretStr

from service.api.app import create_app
from service.core.analysis import Usage
from service.core.errors import ReaderError, ReaderNonsense, ReaderTimeout, ReaderUnavailable
from service.llm.client import Client
from service.llm.config import LlmSettings
from service.llm.reader import LlmReader
from service.llm.retry import Policy
from service.settings import Settings
from service.wiring import assemble, rooms
from tests.api.conftest import app_with
from tests.api.server import Server
from tests.api.server import serving as api
from tests.fakes.model import FakeModel
from tests.fakes.openai_server import Request, Response, completion, refused, serving
from tests.fakes.rooms import rulebook
from tests.fakes.store import FakeStore

KEY = "sk-canary-KEY-77"
NOTE = "金丝雀组新客 300 人，上周 250 人。"
INVENTED = "金丝雀GMV翻倍"


async def _metrics(server: Server) -> str:
    return (await server.client.get("/metrics")).text


def _value(told: str, name: str) -> float:
    return next(float(line.split()[-1]) for line in told.splitlines() if line.startswith(name + " "))


@pytest.mark.parametrize(
    ("error", "reason"),
    [
        (ReaderUnavailable("忙"), "unavailable"),
        (ReaderTimeout("慢"), "timeout"),
        (ReaderNonsense("乱", Usage(llm_calls=1, attempts=3, input_tokens=9, output_tokens=2)), "nonsense"),
    ],
)
async def test_degraded_answers_are_counted_by_reason(error: ReaderError, reason: str) -> None:
    """Each class of failure has its own count, and what was spent on it is counted too."""
    async with api(app_with(FakeModel(error=error))) as server:
        await server.client.post("/v1/analyses", json={"text": NOTE})
        told = await _metrics(server)
    for one in ("unavailable", "timeout", "nonsense"):
        assert _value(told, f'notecoach_llm_degraded_total{{reason="{one}"}}') == (one == reason)
    assert _value(told, "notecoach_llm_attempts_total") == (3 if reason == "nonsense" else 0)


async def test_inventions_cache_hits_and_the_breaker_are_counted_and_nothing_is_quoted() -> None:
    """Over the real client: figures for everything, and neither note, answer nor key anywhere."""
    reply = {
        "claims": [
            {"id": "c1", "quote": "新客 300 人", "kind": "result"},
            {"id": "c2", "quote": INVENTED, "kind": "result"},
        ]
    }

    def behave(_: Request) -> Response:
        return completion(tool=json.dumps(reply, ensure_ascii=False), tokens=(40, 8))

    async with serving(behave) as upstream:
        settings = LlmSettings(base_url=upstream.base_url, api_key=SecretStr(KEY), model="m")
        model = LlmReader(Client(settings, policy=Policy(base_s=0.0, cap_s=0.0)))
        app = create_app(assemble(rooms(), rulebook(), Settings(), FakeStore(), model), Settings())
        async with api(app) as server:
            for _ in range(2):
                await server.client.post("/v1/analyses", json={"text": NOTE, "include": ["claims"]})
            upstream.behaviour = lambda _: refused(f"{KEY} {NOTE}", 500)
            for number in range(12):
                await server.client.post(
                    "/v1/analyses", json={"text": f"{NOTE}{number}", "include": ["claims"]}
                )
            told = await _metrics(server)

    assert _value(told, 'notecoach_llm_unsupported_claims_total{kind="result"}') == 2
    assert _value(told, "notecoach_llm_cache_hits_total") == 1
    assert _value(told, 'notecoach_llm_tokens_total{direction="input"}') == 40
    assert _value(told, 'notecoach_llm_tokens_total{direction="output"}') == 8
    assert _value(told, 'notecoach_llm_degraded_total{reason="unavailable"}') == 12
    assert _value(told, 'notecoach_llm_breaker{state="open"}') == 1
    for secret in (KEY, "金丝雀", INVENTED):
        assert secret not in told
