"""The fault matrix: 64 callers at once against a failing server, with the production client over loopback.

Every caller gets a reading or a typed error within its own time; the breaker closes again; nothing leaks.
"""

import asyncio
import gc
import itertools
import json
import threading

import pytest
from pydantic import SecretStr

from service.core.errors import ReaderError, ReaderTimeout, ReaderUnavailable
from service.core.note import Note
from service.core.reading import ClaimKind, Reading
from service.llm.breaker import Breaker, Limits, State
from service.llm.client import Client
from service.llm.config import LlmSettings
from service.llm.reader import LlmReader
from service.llm.retry import Policy
from service.ports import Heard, ModelReading
from tests.fakes.openai_server import (
    Behaviour,
    Request,
    Response,
    Server,
    completion,
    refused,
    serving,
    streamed,
)
from tests.llm.notes import claim, reading

CALLERS = 64
LONG_S = 60.0  # no limit on a loaded machine either
GOOD = completion(tool=json.dumps({"claims": [{"id": "c1", "quote": "新客 300 人", "kind": "result"}]}))
NO_WAIT = Policy(base_s=0.0, cap_s=0.0)
NEVER = Breaker(Limits(minimum=10**9))


class Clock:
    """A clock that a test turns by hand."""

    def __init__(self) -> None:
        self.now = 0.0

    def __call__(self) -> float:
        return self.now


def _reader(server: Server, breaker: Breaker | None = None, concurrency: int = 16) -> LlmReader:
    settings = LlmSettings(
        base_url=server.base_url, api_key=SecretStr("sk-x"), model="m", concurrency=concurrency, queue=CALLERS
    )
    return LlmReader(Client(settings, policy=NO_WAIT, breaker=breaker or Breaker()))


async def _all(
    reader: LlmReader, timeout_s: float = LONG_S, heard: Heard | None = None
) -> list[ModelReading | BaseException]:
    async def one(number: int) -> ModelReading:
        text = f"第{number}份：新客 300 人"
        by_rule = reading(text, claim(text, "c1", ClaimKind.RESULT, "新客 300 人"))
        async with asyncio.timeout(timeout_s + 2.0):
            return await reader.read(Note(text), by_rule, timeout_s, heard)

    return await asyncio.gather(*(one(n) for n in range(CALLERS)), return_exceptions=True)


def _every_other(bad: Response) -> Behaviour:
    turn = itertools.count()
    return lambda _: GOOD if next(turn) % 2 else bad


def _good_after(times: int, bad: Response) -> Behaviour:
    turn = itertools.count()
    return lambda _: bad if next(turn) < times else GOOD


@pytest.mark.parametrize(
    "bad",
    [
        refused("slow down", 429, retry_after="0"),
        refused("slow down", 429),
        refused("boom", 500),
        Response(502, b"<html>bad gateway</html>"),
        Response(200, b"<html>not json</html>"),
        Response(200, b'{"choices": []}'),
        Response(200, GOOD.body[:40]),
        Response(200, b"", declared=500, cut=True),
        Response(200, GOOD.body[:40], declared=len(GOOD.body), cut=True),
    ],
    ids=[
        "429-retry-after",
        "429",
        "500",
        "502-html",
        "garbage",
        "no-choices",
        "cut-json",
        "reset",
        "reset-in-body",
    ],
)
async def test_passing_faults_end_in_readings(bad: Response) -> None:
    """With the first 16 answers bad, all 64 callers are read in the end."""
    async with serving(_good_after(16, bad)) as server:
        reader = _reader(server, NEVER)
        found = await _all(reader)
        await reader.aclose()

    assert [f for f in found if not isinstance(f, ModelReading)] == []


@pytest.mark.parametrize(
    "bad",
    [
        refused("boom", 500),
        Response(200, b"{"),
        Response(200, b"", declared=9, cut=True),
        refused("who?", 401),
    ],
    ids=["500-storm", "garbage", "reset", "401"],
)
async def test_lasting_faults_end_as_unavailable_for_all(bad: Response) -> None:
    """When nothing works every caller is told so, and the breaker spares the server most attempts."""
    async with serving(lambda _: bad) as server:
        reader = _reader(server)
        found = await _all(reader)
        await reader.aclose()

    assert {type(f) for f in found} == {ReaderUnavailable}
    assert len(server.requests) < CALLERS


@pytest.mark.parametrize(
    "bad",
    [
        Response(mute=True),
        Response(200, GOOD.body[:40], declared=len(GOOD.body), hang=True),
        Response(200, b" " * 2_000, drip=True),
    ],
    ids=["hang-before-answer", "hang-in-body", "slow-drip"],
)
async def test_hangs_end_within_the_callers_time(bad: Response) -> None:
    """A server that never finishes costs each caller no more than its own time."""
    async with serving(lambda _: bad) as server:
        reader = _reader(server, NEVER, concurrency=CALLERS)
        found = await _all(reader, timeout_s=0.6)
        await reader.aclose()

    assert {type(f) for f in found} == {ReaderTimeout}


async def test_half_the_calls_failing_still_reads_everybody() -> None:
    """One failure in two is retried away."""
    async with serving(_every_other(refused("boom", 503))) as server:
        reader = _reader(server, NEVER)
        found = await _all(reader)
        await reader.aclose()

    read = [f for f in found if isinstance(f, ModelReading)]
    lost = [f for f in found if isinstance(f, ReaderUnavailable)]
    assert len(read) + len(lost) == CALLERS
    assert len(read) > CALLERS * 3 // 4


async def test_breaker_closes_after_recovery() -> None:
    """Opened by a storm, it lets one probe through after its rest, and everybody once the probe came back."""
    clock = Clock()
    breaker = Breaker(clock=clock)
    healthy = False

    def behave(_: Request) -> Response:
        return GOOD if healthy else refused("boom", 500)

    async with serving(behave) as server:
        reader = _reader(server, breaker)
        await _all(reader)
        assert breaker.state is State.OPEN
        healthy = True
        clock.now = 60.0
        assert breaker.state is State.HALF_OPEN
        text = "新客 300 人，探测"
        await reader.read(
            Note(text), reading(text, claim(text, "c1", ClaimKind.RESULT, "新客 300 人")), LONG_S
        )
        assert breaker.state is State.CLOSED
        found = await _all(reader)
        await reader.aclose()

    assert all(isinstance(f, ModelReading) for f in found)


async def test_nothing_leaks() -> None:
    """After storm, hang and hang-up no task, thread or connection is left over."""
    async with serving(_every_other(Response(200, b"", declared=9, cut=True))) as server:
        reader = _reader(server, NEVER)
        await _all(reader)  # threads and lazily made things are there now
        tasks, threads = len(asyncio.all_tasks()) - server.open, threading.active_count()
        server.behaviour = lambda _: Response(mute=True)
        text = "新客 300 人，挂断"
        by_rule = reading(text, claim(text, "c1", ClaimKind.RESULT, "新客 300 人"))
        asked = len(server.requests)
        calls = [asyncio.ensure_future(reader.read(Note(text + str(n)), by_rule, 30.0)) for n in range(8)]
        await server.until(lambda: len(server.requests) > asked)
        for call in calls:
            call.cancel()
        await asyncio.gather(*calls, return_exceptions=True)
        await reader.aclose()
        await server.until(lambda: server.open == 0)

        assert len(asyncio.all_tasks()) == tasks
        assert threading.active_count() == threads


async def test_memory_does_not_grow_with_failures() -> None:
    """After the first storms, further ones leave no more objects of ours or the SDK's alive than before."""

    def alive() -> int:
        gc.collect()
        return sum(
            str(type(o).__module__).startswith(("service", "openai", "httpx2")) for o in gc.get_objects()
        )

    async with serving(lambda _: refused("boom", 500)) as server:
        reader = _reader(server, NEVER)
        await _all(reader)
        await _all(reader)
        before = alive()
        for _ in range(3):
            await _all(reader)
        grown = alive() - before
        await reader.aclose()

    assert grown < CALLERS  # one object kept a call would be three times that


async def test_full_queue_is_told_at_once() -> None:
    """Beyond concurrency and queue a caller is not kept waiting."""
    async with serving(lambda _: Response(mute=True)) as server:
        settings = LlmSettings(base_url=server.base_url, model="m", concurrency=1, queue=1)
        reader = LlmReader(Client(settings, policy=NO_WAIT))
        calls = []
        for n in range(3):
            text = f"新客 300 人，{n}"
            by_rule = reading(text, claim(text, "c1", ClaimKind.RESULT, "新客 300 人"))
            calls.append(asyncio.ensure_future(reader.read(Note(text), by_rule, 30.0)))
        done, waiting = await asyncio.wait(calls, return_when=asyncio.FIRST_COMPLETED)
        for call in waiting:
            call.cancel()
        await asyncio.gather(*waiting, return_exceptions=True)
        await reader.aclose()

    error = done.pop().exception()
    assert isinstance(error, ReaderError)
    assert "排队" in str(error)


async def test_listeners_are_served_through_a_storm_of_broken_streams() -> None:
    """Every other stream breaks off in the middle: callers are read by retrying, and nothing is left open."""
    said = json.dumps({"claims": [{"id": "c1", "quote": "新客 300 人", "kind": "result"}]})
    turn = itertools.count()

    def behave(_: Request) -> Response:
        return streamed(said[:-1], cut=True) if next(turn) % 2 else streamed(said[:20], said[20:])

    told: list[Reading] = []
    async with serving(behave) as server:
        reader = _reader(server, NEVER)
        tasks = len(asyncio.all_tasks())
        found = await _all(reader, heard=told.append)
        await reader.aclose()
        await server.until(lambda: server.open == 0)
        assert len(asyncio.all_tasks()) == tasks

    assert sum(isinstance(f, ModelReading) for f in found) > CALLERS * 3 // 4
    assert {type(f) for f in found} <= {ModelReading, ReaderUnavailable}
    assert len(told) >= CALLERS
