"""A stream with a model, on real sockets: the rules at once, claims as they are written, hang-ups."""

import asyncio
import json
from typing import Any

import pytest

from service.api.app import create_app
from service.llm.client import Client
from service.llm.config import LlmSettings
from service.llm.reader import LlmReader
from service.llm.retry import Policy
from service.settings import Settings
from service.wiring import assemble, rooms
from tests.api.server import serving as api
from tests.fakes.openai_server import Behaviour, Request, Response, refused, serving, streamed
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


READ = {
    "claims": [
        {"id": "c1", "quote": "社群日活 1,200", "kind": "result"},
        {"id": "c2", "quote": "下周继续优化海报", "kind": "plan", "traits": ["vague"]},
        {"id": "c3", "quote": "社群日活 2,100", "kind": "result"},
    ]
}
WRITTEN = json.dumps(READ, ensure_ascii=False)
FIRST = WRITTEN.index(', {"id": "c2"')


class Follower:
    """Follows a stream over a real connection; `saw` is told of each event as it comes."""

    def __init__(self, *, on_claim: asyncio.Event | None = None) -> None:
        self.on_claim = on_claim
        self.told: list[tuple[str, Any]] = []

    async def follow(self, behaviour: Behaviour, **fields: Any) -> tuple[list[Request], int]:
        """Analyse NOTE; return what the model was asked, and the connections left open upstream."""
        async with serving(behaviour) as upstream, asyncio.timeout(20):
            model = LlmReader(
                Client(
                    LlmSettings(base_url=upstream.base_url, model="m"), policy=Policy(base_s=0.0, cap_s=0.0)
                )
            )
            app = create_app(assemble(rooms(), rulebook(), Settings(), FakeStore(), model), Settings())
            async with api(app) as server:
                ask = {"text": NOTE, **fields}
                accept = {"Accept": "text/event-stream"}
                async with server.client.stream("POST", "/v1/analyses", json=ask, headers=accept) as stream:
                    await self._read(stream.aiter_lines())
            await upstream.until(lambda: upstream.open == 0)
            return upstream.requests, upstream.open

    async def _read(self, lines: Any) -> None:
        name = ""
        async for line in lines:
            if line.startswith("event: "):
                name = line.removeprefix("event: ")
            elif line.startswith("data: "):
                self.told.append((name, json.loads(line.removeprefix("data: "))))
                if name == "claim" and self.on_claim is not None:
                    self.on_claim.set()

    @property
    def names(self) -> list[str]:
        """The events' names."""
        return [name for name, _ in self.told]

    def all(self, name: str) -> list[Any]:
        """The data of all events of a name."""
        return [data for told, data in self.told if told == name]


def _writes(*pieces: str | asyncio.Event) -> Behaviour:
    """Return a model that reads piece by piece and writes no rewrites."""

    def behave(request: Request) -> Response:
        if request["tools"][0]["function"]["name"] != "ExtractReply":
            return refused("no rewrites", 401)
        return streamed(*pieces)

    return behave


async def test_claim_is_seen_before_the_model_has_finished() -> None:
    """The rules first, then a claim while the fake holds back the rest, then all that follows from it."""
    seen = asyncio.Event()
    caller = Follower(on_claim=seen)
    requests, still_open = await caller.follow(_writes(WRITTEN[:FIRST], seen, WRITTEN[FIRST:]))
    assert still_open == 0
    assert requests[0]["stream"] is True
    names = caller.names
    first = names.index("claim")
    assert names[0] == "note"
    assert set(names[1:first]) == {"finding", "scores"}
    assert names[-1] == "done"
    assert names.count("claim") >= 2
    done = caller.all("done")[0]
    assert done["engine"]["name"] == "llm"
    assert list({c["id"]: c for c in caller.all("claim")}.values()) == done["claims"]
    assert caller.all("scores")[-1] == done["scores"]
    assert caller.all("rewrite") == done["rewrites"]
    assert names.index("rewrite") > max(at for at, name in enumerate(names) if name == "claim")
    assert [u["quote"] for u in done["unsupported"]] == ["社群日活 2,100"]
    assert done["usage"]["input_tokens"] == 100


async def test_what_a_broken_stream_said_gives_way_to_the_rules() -> None:
    """After claims the model breaks off for good: the rules' claims replace them, and the answer says why."""
    caller = Follower()
    await caller.follow(lambda _: streamed(WRITTEN[:FIRST], cut=True), include=["claims"])
    done = caller.all("done")[0]
    assert (done["engine"]["name"], done["engine"]["degraded"]) == ("rules", True)
    assert "中途断了" in done["engine"]["degraded_reason"]
    last = {c["id"]: c for c in caller.all("claim")}
    assert [last[c["id"]] for c in done["claims"]] == done["claims"]
    assert done["usage"]["attempts"] == 4


async def test_caller_who_wants_no_claims_gets_no_stream_upstream() -> None:
    """Nothing is listened to that nobody is told of."""
    caller = Follower()
    requests, _ = await caller.follow(lambda _: refused("no", 401), include=["scores"])
    assert ["stream" in r for r in requests] == [False]
    assert caller.all("done")[0]["engine"]["degraded"]


async def test_leaving_between_two_claims_ends_the_call_upstream() -> None:
    """The client has seen a claim and goes; the model that still writes is hung up on."""
    async with serving(_writes(WRITTEN[:FIRST], asyncio.Event())) as upstream, asyncio.timeout(20):
        model = LlmReader(Client(LlmSettings(base_url=upstream.base_url, model="m")))
        app = create_app(assemble(rooms(), rulebook(), Settings(), FakeStore(), model), Settings())
        async with api(app) as server:
            accept = {"Accept": "text/event-stream"}
            ask = {"text": NOTE}
            async with server.client.stream("POST", "/v1/analyses", json=ask, headers=accept) as stream:
                async for line in stream.aiter_lines():
                    if line == "event: claim":
                        break
            await upstream.until(lambda: upstream.open == 0)
