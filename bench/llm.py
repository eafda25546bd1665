"""What reading with a model adds to the model's own time, over a mock that takes 200 ms for every answer."""

import asyncio
import json
import statistics
import subprocess
import sys
from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from time import perf_counter
from typing import Any

import httpx2

from service.core.note import Note
from service.core.reading import Reading
from service.llm import prompts, sdk
from service.llm.client import Client
from service.llm.config import LlmSettings
from service.llm.dialects import Mode
from service.llm.reader import LlmReader
from service.llm.replies import ExtractReply
from service.wiring import rooms

ANSWER_S = 0.2
RULES = rooms().reader
CALLERS = 50
TEXT = "新客 300 人，上周 250 人。\n下单转化率 3%，因为落地页要等 6 秒。\n下周三前压缩首屏图，降到 2 秒。"
_CLAIMS = {"claims": [{"id": "c1", "quote": "新客 300 人", "kind": "result"}]}
_MESSAGE = {
    "role": "assistant",
    "content": None,
    "tool_calls": [
        {
            "id": "c",
            "type": "function",
            "function": {"name": "ExtractReply", "arguments": json.dumps(_CLAIMS, ensure_ascii=False)},
        }
    ],
}
_BODY = json.dumps(
    {
        "id": "x",
        "object": "chat.completion",
        "created": 1,
        "model": "mock",
        "choices": [{"index": 0, "finish_reason": "tool_calls", "message": _MESSAGE}],
        "usage": {"prompt_tokens": 1, "completion_tokens": 1, "total_tokens": 2},
    }
).encode()


@dataclass(frozen=True, slots=True)
class Added:
    """Medians over all rounds: milliseconds a call, calls a second, and a cached repeat.

    `added_ms` and `share` are medians of what each round came to: a slow moment hits both of its halves.
    """

    raw_ms: float
    read_ms: float
    added_ms: float
    raw_per_s: float
    read_per_s: float
    share: float
    cached_ms: float
    rounds: int


def added(rounds: int) -> Added:
    """Measure against the raw client in the same run, turn about."""
    with _mock() as base_url:
        return asyncio.run(_measure(base_url, rounds))


async def _measure(base_url: str, rounds: int) -> Added:
    settings = LlmSettings(base_url=base_url, model="mock", concurrency=CALLERS, queue=CALLERS)
    reader = LlmReader(Client(settings))
    await reader.warm()
    fresh: list[tuple[Note, Reading]] = []
    body = _body()

    async def read() -> None:
        note, by_rule = fresh.pop()
        await reader.read(note, by_rule, 30.0)

    async with httpx2.AsyncClient(timeout=30, limits=httpx2.Limits(max_connections=CALLERS)) as client:

        async def raw() -> None:
            (await client.post(f"{base_url}/chat/completions", json=body)).json()

        alone: dict[str, list[float]] = {"raw": [], "read": []}
        many: dict[str, list[float]] = {"raw": [], "read": []}
        for turn in range(rounds + 1):
            calls = [("raw", raw), ("read", read)]
            for name, call in calls if turn % 2 else reversed(calls):
                fresh[:] = [_read_by_rule(turn, number) for number in range(2 * CALLERS + 1)]
                alone[name].append(await _took_ms(call))
                began = perf_counter()
                await asyncio.gather(*(_again(call) for _ in range(CALLERS)))
                many[name].append(2 * CALLERS / (perf_counter() - began))
        note, by_rule = _read_by_rule(-1, 0)
        kept = [await _took_ms(lambda: reader.read(note, by_rule, 30.0)) for _ in range(20)]
    await reader.aclose()
    middle = statistics.median
    for series in (*alone.values(), *many.values()):
        del series[0]  # connections open, templates load
    return Added(
        middle(alone["raw"]),
        middle(alone["read"]),
        middle(read_ms - raw_ms for raw_ms, read_ms in zip(alone["raw"], alone["read"], strict=True)),
        middle(many["raw"]),
        middle(many["read"]),
        middle(read_s / raw_s for raw_s, read_s in zip(many["raw"], many["read"], strict=True)),
        middle(kept[1:]),
        rounds,
    )


def _body() -> dict[str, Any]:
    """Return what the engine sends: the raw client asks the same question."""
    messages = prompts.load(*prompts.EXTRACT).render(note=TEXT, previous=None, earlier=None, nonce="0" * 12)
    shaped = sdk.Shape(ExtractReply, Mode.TOOLS).request(messages)
    return {"model": "mock", **shaped, "temperature": 0.0, "max_tokens": 8000}


def _read_by_rule(turn: int, number: int) -> tuple[Note, Reading]:
    """Return a note that nobody has read, and the rules' reading of it, which has a figure of its own.

    Read before the clock runs, a round at a time: kept for all rounds, they made work for the collector.
    """
    note = Note(f"{TEXT}\n第 {turn} 轮第 {number} 份。")
    return note, RULES.read(note)


async def _again(call: Callable[[], Awaitable[object]]) -> None:
    await call()
    await call()


async def _took_ms(call: Callable[[], Awaitable[object]]) -> float:
    began = perf_counter()
    await call()
    return (perf_counter() - began) * 1000


@contextmanager
def _mock() -> Iterator[str]:
    """Run the mock in a process of its own, so that its work is not the caller's."""
    server = subprocess.Popen([sys.executable, "-m", "bench.llm"], stdout=subprocess.PIPE, text=True)
    try:
        assert server.stdout is not None
        yield f"http://127.0.0.1:{int(server.stdout.readline())}/v1"
    finally:
        server.kill()
        server.wait()


async def _answer(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    head = f"HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: {len(_BODY)}\r\n\r\n"
    try:
        while True:
            asked = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1").lower()
            length = next(x for x in asked.split("\r\n") if x.startswith("content-length:"))
            await reader.readexactly(int(length.split(":")[1]))
            await asyncio.sleep(ANSWER_S)
            writer.write(head.encode() + _BODY)
    except (asyncio.IncompleteReadError, ConnectionError):
        writer.close()


async def _serve() -> None:
    server = await asyncio.start_server(_answer, "127.0.0.1", 0)
    print(server.sockets[0].getsockname()[1], flush=True)
    await server.serve_forever()


if __name__ == "__main__":
    asyncio.run(_serve())
