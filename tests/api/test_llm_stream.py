"""A stream with a model, on real sockets: the rules at once, and hanging up ends the upstream call."""

import asyncio

import pytest

from service.api.app import create_app
from service.llm.client import Client
from service.llm.config import LlmSettings
from service.llm.reader import LlmReader
from service.settings import Settings
from service.wiring import assemble, rooms
from tests.api.server import serving as api
from tests.fakes.openai_server import Response, serving
from tests.fakes.rooms import rulebook
from tests.fakes.store import FakeStore

NOTE = "社群日活 1,200，效果不错。\n下周继续优化海报。"


@pytest.mark.parametrize("hangs", ["before the answer", "within it"])
async def test_hanging_up_on_the_stream_cancels_the_call_upstream(hangs: str) -> None:
    """The rules' findings come while the model is silent; the client leaves; nothing stays open upstream."""
    mute = hangs == "before the answer"
    response = Response(mute=True) if mute else Response(200, b"{", declared=900, hang=True)
    async with serving(lambda _: response) as upstream:
        model = LlmReader(Client(LlmSettings(base_url=upstream.base_url, model="m")))
        app = create_app(assemble(rooms(), rulebook(), Settings(), FakeStore(), model), Settings())
        async with api(app) as server:
            accept = {"Accept": "text/event-stream"}
            told = []
            async with server.client.stream(
                "POST", "/v1/analyses", json={"text": NOTE}, headers=accept
            ) as stream:
                async for line in stream.aiter_lines():
                    if line.startswith("event: "):
                        told.append(line.removeprefix("event: "))
                    if line == "event: scores":
                        async with asyncio.timeout(10):
                            await upstream.until(lambda: upstream.open == 1)
                        break
            async with asyncio.timeout(10):
                await upstream.until(lambda: upstream.open == 0)
    assert told[0] == "note"
    assert set(told[1:-1]) == {"finding"}
