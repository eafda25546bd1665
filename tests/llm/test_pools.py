"""Connections over a real loopback server: few, shared, and given back whatever happens to a call."""

import asyncio
import json
from collections.abc import Iterator

import httpx
import pytest

from service.core.errors import ReaderError
from service.core.note import Note
from service.core.reading import ClaimKind
from service.llm import pools, sdk
from service.llm.breaker import Breaker, Limits
from service.llm.client import Client
from service.llm.config import LlmSettings
from service.llm.pools import WIDTH, Pools
from service.llm.reader import LlmReader
from service.llm.retry import Policy
from service.ports import ModelReading
from tests.fakes.openai_server import Response, Server, completion, refused, serving, streamed
from tests.llm.notes import claim, reading

SAID = json.dumps({"claims": [{"id": "c1", "quote": "新客 300 人", "kind": "result"}]})
GOOD = completion(tool=SAID)
CALLERS = 3 * WIDTH


@pytest.fixture
def used(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[Pools]]:
    """The pools that clients made meanwhile."""
    made: list[Pools] = []

    class Kept(Pools):
        def __init__(self) -> None:
            super().__init__()
            made.append(self)

    monkeypatch.setattr(pools, "Pools", Kept)
    return made


def _reader(server: Server) -> LlmReader:
    settings = LlmSettings(base_url=server.base_url, model="m", concurrency=CALLERS, queue=CALLERS)
    policy = Policy(waits=0, base_s=0.0, cap_s=0.0)
    return LlmReader(Client(settings, policy=policy, breaker=Breaker(Limits(minimum=10**9))))


async def _read(
    reader: LlmReader, number: int, timeout_s: float = 60.0, *, live: bool = False
) -> ModelReading:
    text = f"第{number}份：新客 300 人"
    by_rule = reading(text, claim(text, "c1", ClaimKind.RESULT, "新客 300 人"))
    return await reader.read(Note(text), by_rule, timeout_s, (lambda _: None) if live else None)


async def test_one_caller_after_another_keeps_one_connection(used: list[Pools]) -> None:
    """What is open is used again: no second handshake."""
    async with serving(lambda _: GOOD) as server:
        reader = _reader(server)
        for number in range(5):
            await _read(reader, number)
            assert server.open == 1
        await reader.aclose()
    assert [len(made.pools) for made in used] == [1]


async def test_many_callers_share_few_pools_and_all_is_closed(used: list[Pools]) -> None:
    """Three pools for three times their width, with room again afterwards, and nothing open in the end."""
    async with serving(lambda _: GOOD) as server:
        reader = _reader(server)
        for turn in range(3):
            await asyncio.gather(*(_read(reader, turn * CALLERS + n) for n in range(CALLERS)))
        (made,) = used
        assert [pool.busy for pool in made.pools] == [0, 0, 0]
        await reader.aclose()
        await server.until(lambda: server.open == 0)


@pytest.mark.parametrize("live", [False, True])
@pytest.mark.parametrize(
    "bad",
    [
        refused("boom", 500),
        Response(200, b"", declared=9, cut=True),
        Response(200, GOOD.body[:40], declared=len(GOOD.body), cut=True),
        Response(mute=True),
        Response(200, GOOD.body[:40], declared=len(GOOD.body), hang=True),
        streamed(SAID[:-1], cut=True),
        streamed(SAID[:20], asyncio.Event()),
    ],
    ids=["500", "reset", "reset-in-body", "mute", "hang-in-body", "stream-cut", "stream-hang"],
)
async def test_a_failed_call_gives_its_place_back(bad: Response, live: bool, used: list[Pools]) -> None:
    """Else every failure would take a place for ever, and open one more pool in the end."""
    async with serving(lambda _: bad) as server:
        reader = _reader(server)
        calls = (_read(reader, number, 0.3, live=live) for number in range(WIDTH))
        found = await asyncio.gather(*calls, return_exceptions=True)
        assert all(isinstance(f, ReaderError) for f in found)
        async with asyncio.timeout(5):
            while any(pool.busy for pool in used[0].pools):  # noqa: ASYNC110  # the cancelled tell nobody
                await asyncio.sleep(0)
        server.behaviour = lambda _: GOOD
        await _read(reader, WIDTH)
        assert len(used[0].pools) == 1
        await reader.aclose()


def test_behind_a_proxy_the_sdk_s_own_client_is_used(monkeypatch: pytest.MonkeyPatch) -> None:
    """It knows the proxies of the environment; a transport of ours would pass them by."""
    monkeypatch.setenv("HTTPS_PROXY", "http://proxy.test:3128")
    assert pools.http_client() is None


async def test_a_call_tells_nothing_of_the_machine() -> None:
    """Neither system nor Python are any endpoint's business."""
    seen: list[httpx.Headers] = []

    def answer(request: httpx.Request) -> httpx.Response:
        seen.append(request.headers)
        return httpx.Response(200, json={})

    async with httpx.AsyncClient(transport=httpx.MockTransport(answer)) as http:
        await sdk.connect("http://m.test/v1", "k", 5.0, http).post(
            "/chat/completions", cast_to=object, body={}
        )
    told = " ".join(seen[0])
    for word in ("os", "arch", "runtime", "lang"):
        assert f"x-stainless-{word}" not in told
